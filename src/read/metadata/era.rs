//! The year in which an undated speech was given: that of the session of the General Assembly that its first sentences
//! name. It is no date of the document; names are read by it.

use crate::model::{DateValue, Metadata, Span};
use crate::seeds::WordClass;

use super::super::layout::Layout;
use super::super::paragraphs::Paragraph;
use super::filename::FOUNDED;
use super::ordinals;
use super::words::{self, Word};

/// How many bytes of the body are read.
const BYTES: usize = 4000;

/// The sessions before this one are named by their numbers like those of any committee.
const LEAST: u32 = 4;

/// Sets the era where no date tells it: the latest session that is named early on.
pub(super) fn read(layout: &Layout, body: &[Paragraph], metadata: &mut Metadata) {
    let (Some(first), Some(last), None) = (body.first(), body.last(), &metadata.date) else { return };
    let end = layout.text.floor_char_boundary(last.span.end.min(first.span.start + BYTES));
    if end <= first.span.start {
        return;
    }
    let words = words::words(layout, Span::new(first.span.start, end));
    let sessions = (0..words.len()).filter_map(|at| session(&words, at));
    let latest = sessions.filter(|session| (LEAST..200).contains(session)).max();
    metadata.era = latest.map(|session| DateValue::new(&(u32::from(FOUNDED.unsigned_abs()) + session).to_string()));
}

/// The number of a regular session of the General Assembly, if its ordinal ends at a word.
fn session(words: &[Word], at: usize) -> Option<u32> {
    let lower = |i: usize| words.get(i).map_or("", |word| word.lower.as_str());
    // "thirty-" at the end of a line.
    let joined = at.checked_sub(1).and_then(|before| ordinals::parse(&format!("{}-{}", lower(before), lower(at))));
    let number = joined.or_else(|| ordinals::parse(lower(at)))?;
    let noun = (at + 1..at + 3).find(|&i| lower(i) == "session")?;
    if matches!(lower(at + 1), "special" | "emergency") {
        return None;
    }
    let mut after =
        (noun + 1..).map(lower).skip_while(|word| matches!(*word, "of" | "the" | "this" | "united" | "nations"));
    let behind = lower(noun + 1) == "of" && is_assembly(after.next().unwrap_or(""), after.next().unwrap_or(""));
    let small = |word: &&str| WordClass::SmallInName.has(word) || matches!(*word, "at" | "its" | "during" | "this");
    let start = at - usize::from(joined.is_some());
    let mut before = (0..start).rev().map(lower).skip_while(small);
    (behind || before.next().is_some_and(|word| word.trim_end_matches("'s").trim_end_matches("’s") == "assembly"))
        .then_some(number)
}

fn is_assembly(first: &str, second: &str) -> bool {
    first == "assembly" || first == "general" && second == "assembly"
}
