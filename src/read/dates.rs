//! Dates of mastheads: "27-29 March, 2019", "April 8, 2021", "13 mars 2023", "31/03/2019", "2019-03-31".
//!
//! Only what a title, a date line or a stamp holds is understood here; dates in running text are another stage's matter.

use std::ops::Range;

use jiff::civil::Date;

use crate::model::DateValue;
use crate::seeds::{Lexicon, WordClass};

/// Texts longer than this are no mastheads; only their start is searched, in bytes.
const REACH: usize = 2000;

/// A date and where it stands in the searched text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub range: Range<usize>,
    pub value: DateValue,
}

/// The first date of a text. `year` completes dates that name none.
pub(super) fn find(text: &str, year: Option<i16>) -> Option<Found> {
    let tokens = tokens(&text[..text.floor_char_boundary(REACH)]);
    (0..tokens.len()).find_map(|i| in_digits(text, &tokens, i).or_else(|| in_words(&tokens, i, year)))
}

/// A year, if the token is one.
pub(super) fn year(token: &str) -> Option<i16> {
    let year = token.parse().ok().filter(|year| (1800..2200).contains(year))?;
    (token.len() == 4).then_some(year)
}

struct Token<'a> {
    text: &'a str,
    start: usize,
    /// What stands between it and the next one.
    after: &'a str,
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// A day of the month: `8`, `8th`, `1er`.
    fn day(&self) -> Option<i8> {
        let digits = self.text.trim_end_matches(|c: char| !c.is_ascii_digit());
        let suffix = &self.text[digits.len()..];
        let known = ["", "st", "nd", "rd", "th", "er", "º"].contains(&suffix);
        digits.parse().ok().filter(|day| known && (1..=31).contains(day))
    }

    fn month(&self) -> Option<i8> {
        Lexicon::embedded().languages().month(&self.text.to_lowercase())
    }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found: Vec<Token> = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(char::is_alphanumeric).map(|i| at + i) {
        let end = text[start..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |i| start + i);
        if let Some(last) = found.last_mut() {
            last.after = &text[last.end()..start];
        }
        found.push(Token { text: &text[start..end], start, after: "" });
        at = end;
    }
    found
}

/// `2019-03-31`, `31/03/2019`, `31.03.2019`.
fn in_digits(text: &str, tokens: &[Token], i: usize) -> Option<Found> {
    let [a, b, c] = tokens.get(i..i + 3)? else { return None };
    if a.after != b.after || !["-", "/", "."].contains(&a.after) || part_of_number(text, a.start) {
        return None;
    }
    let two = |token: &Token| (token.text.len() <= 2).then(|| token.text.parse::<i8>().ok()).flatten();
    let (year, month, day) = match (year(a.text), year(c.text)) {
        (Some(year), _) => (year, two(b)?, two_leading(c)?),
        (None, Some(year)) => {
            let (first, second) = (two(a)?, two(b)?);
            if second > 12 { (year, first, second) } else { (year, second, first) }
        }
        _ => return None,
    };
    let value = DateValue::new(&iso(year, month, day)?);
    let end = if c.text.len() > 4 { c.start + 2 } else { c.end() };
    Some(Found { range: a.start..end, value })
}

/// The two digits that a day starts with, also in `31T10`.
fn two_leading(token: &Token) -> Option<i8> {
    let (digits, rest) = token.text.split_at_checked(2)?;
    (rest.is_empty() || rest.starts_with('T')).then(|| digits.parse().ok()).flatten()
}

fn part_of_number(text: &str, start: usize) -> bool {
    text[..start].ends_with(['/', '-', '.'])
}

/// A date with its month in words, starting at token `i`.
fn in_words(tokens: &[Token], i: usize, year: Option<i16>) -> Option<Found> {
    let (first, next) = day_and_month(tokens, i)?;
    let (last, next) = match interval_end(tokens, next - 1) {
        Some((last, next)) => (last, next),
        None => (DayMonth { is_first: false, ..first.clone() }, next),
    };
    let last_token = &tokens[next - 1];
    let named = tokens.get(next).and_then(|token| self::year(token.text)).filter(|_| joins_year(last_token.after));
    let end = if named.is_some() { tokens[next].end() } else { last_token.end() };
    let year = named.or(year)?;
    let start = first.iso(year, last.month)?;
    let finish = last.iso(year, last.month)?;
    let value = if start == finish { start } else { format!("{start}/{finish}") };
    Some(Found { range: tokens[i].start..end, value: DateValue::new(&value) })
}

/// What a date says before its year.
#[derive(Clone, Debug)]
struct DayMonth {
    days: Option<(i8, i8)>,
    month: Option<i8>,
    is_first: bool,
}

impl DayMonth {
    /// ISO text of the first day (or the last one), or of the month.
    fn iso(&self, year: i16, month: Option<i8>) -> Option<String> {
        let month = self.month.or(month)?;
        match self.days {
            Some((first, last)) => iso(year, month, if self.is_first { first } else { last }),
            None => Some(format!("{year:04}-{month:02}")),
        }
    }
}

/// `8 March`, `27-29 March`, `March 8`, `March 27-29`, `March`; and the number of the token after it.
fn day_and_month(tokens: &[Token], i: usize) -> Option<(DayMonth, usize)> {
    let token = tokens.get(i)?;
    if let Some(month) = token.month() {
        let (days, next) = match days(tokens, i + 1).filter(|_| is_short_blank(token.after)) {
            Some((days, next)) => (Some(days), next),
            None => (None, i + 1),
        };
        return Some((DayMonth { days, month: Some(month), is_first: true }, next));
    }
    let (days, next) = days(tokens, i)?;
    let mut at = next;
    if tokens.get(at).is_some_and(|token| matches!(token.text, "de" | "of")) {
        at += 1;
    }
    let month = tokens.get(at)?.month()?;
    let glue = tokens[next - 1].after;
    (is_short_blank(glue) || glue == ". ")
        .then_some((DayMonth { days: Some(days), month: Some(month), is_first: true }, at + 1))
}

/// One day or two: `8`, `27-29`, `27 to 29`, `27 and 28`.
fn days(tokens: &[Token], i: usize) -> Option<((i8, i8), usize)> {
    let first = tokens.get(i)?.day()?;
    let (at, glue) = match tokens.get(i + 1) {
        Some(word) if WordClass::DayInterval.has(word.text) => (i + 2, "-"),
        _ => (i + 1, tokens[i].after.trim()),
    };
    let second = tokens.get(at).and_then(Token::day).filter(|second| is_dash(glue) && *second > first);
    Some(match second {
        Some(second) => ((first, second), at + 1),
        None => ((first, first), i + 1),
    })
}

/// The end of an interval over two months (`30 August to 2 September`), or the last day of one in a single month.
fn interval_end(tokens: &[Token], last: usize) -> Option<(DayMonth, usize)> {
    let glued = is_dash(tokens[last].after.trim());
    let worded = tokens.get(last + 1).is_some_and(|word| matches!(word.text, "to" | "and"));
    if !glued && !worded {
        return None;
    }
    let (end, next) = day_and_month(tokens, last + 1 + usize::from(worded))?;
    end.days.map(|_| (DayMonth { is_first: false, ..end }, next))
}

fn is_dash(glue: &str) -> bool {
    matches!(glue, "-" | "–" | "—" | "&")
}

fn is_short_blank(glue: &str) -> bool {
    !glue.is_empty() && glue.len() <= 4 && glue.chars().all(char::is_whitespace)
}

/// Blank, comma or full stop (of `Sept.`) before the year; also `de` in Spanish is left to the caller.
fn joins_year(glue: &str) -> bool {
    glue.len() <= 4 && glue.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '.'))
}

fn iso(year: i16, month: i8, day: i8) -> Option<String> {
    Date::new(year, month, day).ok().map(|date| date.to_string())
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn mastheads_have_dates() {
        for (text, quote, value) in [
            ("Vienna, 27-29 March, 2019", "27-29 March, 2019", "2019-03-27/2019-03-29"),
            ("(April 8, 2021)", "April 8, 2021", "2021-04-08"),
            ("adopted on 18 December 2019", "18 December 2019", "2019-12-18"),
            ("Den 13 mars 2023 höll", "13 mars 2023", "2023-03-13"),
            ("from 3\u{a0}to 5 April 2018,", "3\u{a0}to 5 April 2018", "2018-04-03/2018-04-05"),
            ("30 August to 2 September 2021", "30 August to 2 September 2021", "2021-08-30/2021-09-02"),
            ("21 Sep - 30 Dec 2022", "21 Sep - 30 Dec 2022", "2022-09-21/2022-12-30"),
            ("January 30-31, 2023.", "January 30-31, 2023", "2023-01-30/2023-01-31"),
            ("11:34 - 31/03/2019 / 7", "31/03/2019", "2019-03-31"),
            ("2021-11-03 08:26:55", "2021-11-03", "2021-11-03"),
            ("2021-11-03T08:26:55Z", "2021-11-03", "2021-11-03"),
            ("Meeting October 2021", "October 2021", "2021-10"),
            ("le 1er juin 2020", "1er juin 2020", "2020-06-01"),
            ("am 3. März 2020", "3. März 2020", "2020-03-03"),
            ("the 8th of May 2011", "8th of May 2011", "2011-05-08"),
            ("New York, May 2nd, 2011", "May 2nd, 2011", "2011-05-02"),
        ] {
            let found = find(text, None);
            let got = found.as_ref().map(|found| (&text[found.range.clone()], found.value.iso()));
            assert_eq!(got, Some((quote, value)), "{text}");
        }
        assert_eq!(find("on 8 March", Some(2023)).map(|f| f.value.iso().to_owned()).as_deref(), Some("2023-03-08"));
    }

    #[test]
    fn other_numbers_are_no_dates() {
        for text in ["", "A/78/404", "1/6", "Mayor 2020", "may 5 people", "resolution 65/230", "5 of 7"] {
            assert_eq!(find(text, None), None, "{text}");
        }
    }
}
