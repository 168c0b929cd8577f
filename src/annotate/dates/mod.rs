//! Dates, intervals, years and time stamps, to ISO 8601.

mod calendar;
mod relative;
mod stamp;
mod written;
mod years;

use super::taken::Taken;
use super::text::Text;
use super::wording::{Shape, Words};
use crate::model::{DateValue, Document, Kind, Mention, MentionClass, Mentions, Reading, Span};

/// The year that a date without one lies in: that of the document's own date. No other date lends its year: "17 October"
/// may be a day of every year.
#[derive(Clone, Copy, Debug, Default)]
struct Hint {
    year: Option<i16>,
}

impl Hint {
    /// The year of the document's own date.
    fn of(doc: &Document) -> Self {
        let date = doc.metadata.date.as_ref().map(|date| date.value.start());
        let year = date.and_then(|date| calendar::year_number(date.get(..4)?));
        Self { year }
    }
}

/// A date and the words it takes.
struct Found {
    first: usize,
    last: usize,
    value: DateValue,
    /// The bare date inside a time stamp.
    nested: Option<(usize, usize, DateValue)>,
}

impl Found {
    const fn new(first: usize, last: usize, value: DateValue) -> Self {
        Self { first, last, value, nested: None }
    }
}

/// The dates of a text, in text order. Nothing begins inside a code or the number of a provision.
pub(super) fn find(text: &Text, known: &Mentions) -> Vec<Mention> {
    let hint = Hint::of(text.doc);
    let taken = |words: &Words| Taken::by_codes(known, words.block());
    text.blocks.iter().flat_map(|words| in_block(words, hint, &taken(words))).collect()
}

fn in_block(words: &Words, hint: Hint, taken: &Taken) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut i = 0;
    while i < words.len() {
        if !may_begin(words, i) || !taken.leaves_free(words.at(i)) {
            i += 1;
            continue;
        }
        i = dates_at(words, i, hint, &mut mentions);
    }
    mentions
}

/// Reads what begins at `i`; gives the word to go on with.
fn dates_at(words: &Words, i: usize, hint: Hint, mentions: &mut Vec<Mention>) -> usize {
    if let Some(pointed) = years::pointed_at(words, i) {
        mentions.push(pointed);
        return i + 1;
    }
    let mut found: Vec<Found> = stamp::find_at(words, i).into_iter().collect();
    if found.is_empty() {
        found = relative::find_at(words, i, hint).unwrap_or_else(|| written::find_at(words, i, hint));
    }
    if found.is_empty() {
        found.extend(years::find_at(words, i));
    }
    if let Some(first) = found.first_mut() {
        first.first = relative::opening(words, first.first);
    }
    let next = found.last().map_or(i + 1, |last| last.last + 1);
    for one in found {
        mentions.push(mention(words.span(one.first, one.last), one.value));
        mentions.extend(one.nested.map(|(first, last, value)| mention(words.span(first, last), value)));
    }
    next
}

/// A number, a month's name, "decade": nothing else begins a date.
fn may_begin(words: &Words, i: usize) -> bool {
    match words.shape(i) {
        Shape::Number | Shape::Coded | Shape::Slashed => true,
        Shape::Title | Shape::Upper => calendar::month_number(words.lexicon(), words.form(i)).is_some(),
        Shape::Lower => words.form(i) == "decade",
        Shape::Address | Shape::Mark(_) => false,
    }
}

fn mention(span: Span, value: DateValue) -> Mention {
    Mention::new(span, Kind::Date, MentionClass::Named, Reading::Date(value))
}

#[cfg(test)]
mod tests;
