//! Years without a month: "in 2011", "2018–2021", "the 1990s", "World Report 2022". Most four-digit numbers are no years:
//! the words around decide.

use compact_str::format_compact;

use super::Found;
use super::calendar::year_number;
use crate::annotate::wording::{Shape, Words};
use crate::model::{DateValue, Kind, Mention, MentionClass, Reading};
use crate::seeds::WordClass;

/// The year, span of years or decade that begins at word `i`.
pub(super) fn find_at(words: &Words, i: usize) -> Option<Found> {
    match words.shape(i) {
        Shape::Number => span_of_years(words, i).or_else(|| single(words, i)),
        Shape::Coded => decade(words, i).or_else(|| middle(words, i)),
        Shape::Slashed => season(words, i),
        _ => None,
    }
}

/// "2018–2021", "2021-25", "from 2018 to 2021", "between 2018 and 2021".
fn span_of_years(words: &Words, i: usize) -> Option<Found> {
    let start = year_number(words.form(i))?;
    let said = |first: &str, joint: &str| i > 0 && words.is(i - 1, first) && words.is(i + 1, joint);
    let dashed = words.is_dash(i + 1);
    if !dashed && !said("from", "to") && !said("between", "and") && !said("period", "to") {
        return None;
    }
    let form = words.form(i + 2);
    let end = match form.len() {
        2 if dashed && words.touches_next(i) => format!("{}{form}", &words.form(i)[..2]),
        _ => form.to_owned(),
    };
    let end = year_number(&end).filter(|end| start < *end && end - start < 200)?;
    (!words.is_dash(i + 3) || !words.touches_next(i + 2))
        .then(|| Found::new(i, i + 2, DateValue::new(&format_compact!("{start}/{end}"))))
}

/// "2019/20".
fn season(words: &Words, i: usize) -> Option<Found> {
    let (start, end) = words.form(i).split_once('/')?;
    let start = year_number(start)?;
    let end: i16 = (end.len() == 2).then(|| end.parse().ok()).flatten()?;
    ((start + 1) % 100 == end).then(|| Found::new(i, i, DateValue::new(&format_compact!("{start}/{}", start + 1))))
}

/// "the 1990s", "mid-1980s".
fn decade(words: &Words, i: usize) -> Option<Found> {
    let form = words.form(i);
    let plain = ["mid-", "late-", "early-"].iter().find_map(|part| form.strip_prefix(part)).unwrap_or(form);
    let year = plain.strip_suffix('s')?.trim_end_matches(['\'', '’']);
    let year = year_number(year).filter(|year| year % 10 == 0)?;
    Some(Found::new(i, i, DateValue::new(&format_compact!("{year}/{}", year + 9))))
}

/// "mid-2020", "end-2021".
fn middle(words: &Words, i: usize) -> Option<Found> {
    let (part, year) = words.form(i).split_once('-')?;
    let year = year_number(year).filter(|_| matches!(part, "mid" | "end" | "early" | "late" | "Mid"))?;
    Some(Found::new(i, i, DateValue::new(&format_compact!("{year}"))))
}

fn single(words: &Words, i: usize) -> Option<Found> {
    let year = year_number(words.form(i)).filter(|_| is_year(words, i))?;
    Some(Found::new(i, i, DateValue::new(&format_compact!("{year}"))))
}

fn is_year(words: &Words, i: usize) -> bool {
    let Some(before) = i.checked_sub(1) else { return words.is_a(i + 1, WordClass::YearVerb) };
    if is_amount_or_code(words, i, before) {
        return false;
    }
    let opens = words.starts_sentence(i) || words.is_mark(before, ',') || words.is(before, "that");
    if opens && words.is_a(i + 1, WordClass::YearVerb) {
        return true;
    }
    let determined = words.is_one_of(before, &["the", "its", "our", "this", "their"]);
    if counts(words, i + 1) {
        return determined;
    }
    let plausible = year_number(words.form(i)).is_some_and(|year| year >= 1900);
    match () {
        () if words.is(before, "in") => true,
        () if !plausible => false,
        () if words.is_a(before, WordClass::BeforeYear) || determined => true,
        () if words.starts_sentence(i) => false,
        () if words.is_capital(before) => is_title_word(words, before),
        () => in_series(words, i, before) || in_brackets(words, i, before) || words.is_capital(i + 1),
    }
}

/// "$ 2000", "2000 %", "No. 2000", "page 2000", "2000/5", "2000 million".
fn is_amount_or_code(words: &Words, i: usize, before: usize) -> bool {
    let coded = matches!(words.shape(before), Shape::Mark('$' | '€' | '£' | '#' | '/' | '№' | '+'))
        || words.is_a(before, WordClass::NumberName)
        || (words.is_mark(before, '.') && words.touches_next(before));
    let valued = matches!(words.shape(i + 1), Shape::Mark('%' | '/' | '$' | '€') | Shape::Number)
        || words.is_a(i + 1, WordClass::AfterAmount);
    coded || valued || (words.is_mark(i + 1, '-') && words.touches_next(i) && words.shape(i + 2) == Shape::Number)
}

/// Whether the word at `i` is a plural that the number before it would count: "1950 people", "2000 soldiers"; "2011
/// levels" are those of a year.
fn counts(words: &Words, i: usize) -> bool {
    let form = words.form(i);
    let plural = form.len() > 3 && form.ends_with('s') && !form.ends_with("ss") && !form.ends_with("us");
    let round = i.checked_sub(1).is_some_and(|number| words.form(number).ends_with("00"));
    words.shape(i) == Shape::Lower
        && (words.is_a(i, WordClass::CountedPeople) || (round && plural && !words.is_a(i, WordClass::NoPlural)))
}

/// The year at the end of a title: "World Report 2022"; not "Article 2000", "Resolution 2000".
fn is_title_word(words: &Words, before: usize) -> bool {
    !words.is_titled(before, WordClass::NumberedThing) && words.form(before).len() > 1
}

/// "2019, 2020 and 2021".
fn in_series(words: &Words, i: usize, before: usize) -> bool {
    let joined = words.is_mark(before, ',') || words.is_one_of(before, &["and", "or"]);
    let earlier = before.checked_sub(1).is_some_and(|k| year_number(words.form(k)).is_some());
    let later = (words.is_mark(i + 1, ',') || words.is_one_of(i + 1, &["and", "or"]))
        && year_number(words.form(i + 2)).is_some();
    joined && (earlier || later)
}

/// "World Report (2019)"; a number before the bracket makes it part of a symbol.
fn in_brackets(words: &Words, i: usize, before: usize) -> bool {
    let bracketed = words.is_mark(before, '(') && words.is_mark(i + 1, ')');
    bracketed && before.checked_sub(1).is_some_and(|k| words.is_letters(k))
}

/// "throughout the decade": a stretch of time that the text points to.
pub(super) fn pointed_at(words: &Words, i: usize) -> Option<Mention> {
    let pointed = i > 0 && words.is(i, "decade") && words.is_one_of(i - 1, &["the", "this"]) && !words.is(i + 1, "of");
    pointed.then(|| Mention::new(words.span(i, i), Kind::Date, MentionClass::Nominal, Reading::Phrase))
}
