use super::{Hint, in_block};
use crate::annotate::taken::Taken;
use crate::annotate::wording::Words;
use crate::model::{Reading, Span};
use crate::seeds::Lexicon;

fn read(text: &str) -> Vec<String> {
    let words = Words::new(Lexicon::embedded(), text, Span::new(0, text.len()));
    let dates = in_block(&words, Hint::default(), &Taken::default());
    let value = |reading: &Reading| match reading {
        Reading::Date(date) => date.iso().to_owned(),
        _ => "…".to_owned(),
    };
    dates.iter().map(|date| format!("{} = {}", date.span.of(text), value(&date.reading))).collect()
}

#[test]
fn dates_become_iso() {
    let cases: &[(&str, &[&str])] = &[
        ("on 8 April 2021 in", &["8 April 2021 = 2021-04-08"]),
        ("April 8, 2021", &["April 8, 2021 = 2021-04-08"]),
        ("Oslo, 27-29 March, 2019", &["27-29 March, 2019 = 2019-03-27/2019-03-29"]),
        ("from 3 to 5 April 2018;", &["3 to 5 April 2018 = 2018-04-03/2018-04-05"]),
        ("June 30-31, 2023", &[]),
        ("31 February 2020", &["February 2020 = 2020-02"]),
        ("on January 30-31, 2023", &["January 30-31, 2023 = 2023-01-30/2023-01-31"]),
        ("from 29 November to 2 December 2008", &["29 November to 2 December 2008 = 2008-11-29/2008-12-02"]),
        ("29 December to 2 January 2008", &["29 December to 2 January 2008 = 2007-12-29/2008-01-02"]),
        ("1 July 2017 to 30 June 2018", &["1 July 2017 to 30 June 2018 = 2017-07-01/2018-06-30"]),
        ("November 29 – December 2, 2008", &["November 29 – December 2, 2008 = 2008-11-29/2008-12-02"]),
        ("on 4 and 5 September 2016", &["4 and 5 September 2016 = 2016-09-04/2016-09-05"]),
        ("on 4 and 9 September 2016", &["4 = 2016-09-04", "9 September 2016 = 2016-09-09"]),
        ("30 November and 1 December 2018", &["30 November and 1 December 2018 = 2018-11-30/2018-12-01"]),
        ("6 May and 1 June 2018", &["6 May = 2018-05-06", "1 June 2018 = 2018-06-01"]),
        ("in September 2021", &["September 2021 = 2021-09"]),
        ("March to May 2020", &["March to May 2020 = 2020-03/2020-05"]),
        ("the 3rd of May 1999", &["3rd of May 1999 = 1999-05-03"]),
        ("on 8 April,", &["8 April = --04-08"]),
        ("2023-02-02", &["2023-02-02 = 2023-02-02"]),
        (
            "2023-02-02 15:10:11-05:00",
            &["2023-02-02 15:10:11-05:00 = 2023-02-02T15:10:11-05:00", "2023-02-02 = 2023-02-02"],
        ),
        ("09:34 - 30/06/2019 /", &["09:34 - 30/06/2019 = 2019-06-30T09:34", "30/06/2019 = 2019-06-30"]),
        ("31.12.2019, 12/31/2019", &["31.12.2019 = 2019-12-31", "12/31/2019 = 2019-12-31"]),
        ("for the period 2018–2021", &["2018–2021 = 2018/2021"]),
        ("Plan 2021-2025, 2021-25", &["2021-2025 = 2021/2025", "2021-25 = 2021/2025"]),
        ("from 2018 to 2021", &["2018 to 2021 = 2018/2021"]),
        ("on 1 May 2001; on 3 June", &["1 May 2001 = 2001-05-01", "3 June = --06-03"]),
        ("In Oslo, 2012 saw many movements", &["2012 = 2012"]),
        ("in the 1980's", &["1980's = 1980/1989"]),
        ("in the 1990s and the mid-1980s", &["1990s = 1990/1999", "mid-1980s = 1980/1989"]),
        ("the season 2019/20", &["2019/20 = 2019/2020"]),
        ("In 2011 we; since 2014, by 2030", &["2011 = 2011", "2014 = 2014", "2030 = 2030"]),
        ("the Global Report 2022 and the 2030 Plan", &["2022 = 2022", "2030 = 2030"]),
        ("in 2019, 2020 and 2021", &["2019 = 2019", "2020 = 2020", "2021 = 2021"]),
        ("throughout the decade", &["decade = …"]),
        ("in May; may 5 people, March on", &["May = --05"]),
    ];
    for (text, wanted) in cases {
        assert_eq!(&read(text), wanted, "{text}");
    }
}

#[test]
fn other_numbers_are_no_dates() {
    let cases = [
        "of 2000 people", "2000 soldiers came", "$ 2000 and 2000 %", "No. 2000", "45/13/2019", "item 5 (a)",
        "24/7 service", "the Decade of Action", "about 1999 votes",
    ];
    for text in cases {
        let dates = read(text);
        assert!(dates.is_empty(), "{text}: {dates:?}");
    }
}

#[test]
fn a_date_without_a_year_takes_the_document_s() {
    let text = "on 8 April we met";
    let words = Words::new(Lexicon::embedded(), text, Span::new(0, text.len()));
    let dates = in_block(&words, Hint { year: Some(2021) }, &Taken::default());
    assert!(matches!(&dates[0].reading, Reading::Date(date) if date.iso() == "2021-04-08"));
}
