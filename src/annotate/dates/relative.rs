//! Dates told from another one: "31 October last year", "last July"; and the word that narrows a date: "early 2015", "the
//! year 2024".

use super::written;
use super::{Found, Hint};
use crate::annotate::wording::{Shape, Words};

/// The date that begins at word `i` and whose year is told from the document's own: "May this year", "last June".
pub(super) fn find_at(words: &Words, i: usize, hint: Hint) -> Option<Vec<Found>> {
    let before = i.checked_sub(1).filter(|&before| words.is_one_of(before, &["last", "next"]));
    if before.is_some() {
        // Which year's June "last June" was, the document's own date does not tell alone.
        return Some(written::find_at(words, i, Hint::default())).filter(|found| !found.is_empty());
    }
    let plain = written::find_at(words, i, Hint::default());
    let last = plain.last()?.last;
    let away = years_away(words, last + 1)?;
    let hint = Hint { year: hint.year.map(|year| year + away) };
    let mut found = written::find_at(words, i, hint);
    if let Some(end) = found.last_mut() {
        end.last = last + 2;
    }
    Some(found)
}

/// How many years "last year", "this year" or "next year" is away.
fn years_away(words: &Words, i: usize) -> Option<i16> {
    words.is(i + 1, "year").then_some(())?;
    match () {
        () if words.is(i, "last") => Some(-1),
        () if words.is(i, "this") => Some(0),
        () if words.is(i, "next") => Some(1),
        () => None,
    }
}

/// The first word of a date, with the word that narrows it: "early", "late", "last"; "year" before a bare year.
pub(super) fn opening(words: &Words, first: usize) -> usize {
    let Some(before) = first.checked_sub(1) else { return first };
    let is_year = words.shape(first) == Shape::Number && words.form(first).len() == 4;
    let is_month = !matches!(words.shape(first), Shape::Number | Shape::Coded);
    let narrows = words.is_one_of(before, &["early", "late"])
        || (is_year && words.is(before, "year"))
        || (is_month && words.is(before, "last"));
    if narrows {
        return before;
    }
    part_of(words, before).filter(|_| is_year || is_month).unwrap_or(first)
}

/// Where "the end of", "the first week of" before a date begins, article left out; `of` is the word "of".
fn part_of(words: &Words, of: usize) -> Option<usize> {
    let part = of.checked_sub(1).filter(|_| words.is(of, "of"))?;
    if words.is_one_of(part, &["end", "beginning", "start", "middle"]) {
        return Some(part);
    }
    let counted = part.checked_sub(1).filter(|_| words.is_one_of(part, &["week", "half", "quarter", "months"]))?;
    let ordinal = words.is(counted, "last") || words.lexicon().numerals().ordinal(words.form(counted)).is_some();
    ordinal.then_some(counted)
}
