//! All texts in small letters, letter for letter, to look for words in.

use memchr::memmem::Finder;

use super::Reading;
use super::names::folded_letter;

/// Letters shown before and after a hit.
const AROUND: usize = 70;

/// The folded texts, in the order of the reading's texts.
pub struct FoldedTexts(Vec<String>);

/// A place where words stand, with what is around it, as it was written.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Hit {
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// What stands before.
    pub before: String,
    /// The words.
    pub words: String,
    /// What stands after.
    pub after: String,
}

impl FoldedTexts {
    /// Reads and folds all texts.
    pub(super) fn new(reading: &Reading) -> Self {
        let texts = reading.texts().iter();
        let folded = |text: &super::TextLine| {
            let words = reading.words(text).unwrap_or_default();
            words.chars().map(folded_letter).collect()
        };
        Self(texts.map(folded).collect())
    }

    /// The texts that hold all the phrases, each with the bytes where the first stands: number of the text, places.
    pub fn find(&self, phrases: &[String]) -> Vec<(usize, Vec<usize>)> {
        let folded: Vec<String> = phrases.iter().map(|phrase| phrase.chars().map(folded_letter).collect()).collect();
        let Some((first, others)) = folded.split_first() else { return Vec::new() };
        let first = Finder::new(first.as_str());
        let others: Vec<Finder<'_>> = others.iter().map(|phrase| Finder::new(phrase.as_str())).collect();
        let places = |(at, text): (usize, &String)| {
            let begins = |place: &usize| !text[..*place].chars().next_back().is_some_and(char::is_alphanumeric);
            let has = |finder: &Finder<'_>| finder.find_iter(text.as_bytes()).any(|place| begins(&place));
            if !others.iter().all(has) {
                return None;
            }
            let places: Vec<usize> = first.find_iter(text.as_bytes()).filter(begins).collect();
            (!places.is_empty()).then_some((at, places))
        };
        self.0.iter().enumerate().filter_map(places).collect()
    }

    /// A hit with what is around it; `written` is the text as it was read.
    pub fn hit(&self, at: usize, place: usize, phrase: &str, written: &str) -> Hit {
        let start = self.0[at][..place].chars().count();
        let end = start + phrase.chars().count();
        let part = |from: usize, to: usize| {
            written
                .chars()
                .skip(from)
                .take(to - from)
                .collect::<String>()
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        };
        let before = start.saturating_sub(AROUND);
        let lead = if before > 0 { "…" } else { "" };
        Hit {
            start,
            end,
            before: format!("{lead}{} ", part(before, start)),
            words: part(start, end),
            after: format!(" {}…", part(end, end + AROUND)),
        }
    }
}
