//! Resolutions that are meant but not numbered: "the said resolution", "relevant resolutions".

use crate::annotate::wording::{Shape, Words};
use crate::model::{Kind, Mention, MentionClass, Mentions, Reading};
use crate::seeds::WordClass;

/// The unnumbered ones among the words, leaving out those that belong to a citation already found.
pub(super) fn find(words: &Words, cited: &Mentions) -> Vec<Mention> {
    (0..words.len())
        .filter(|&i| words.is(i, "resolution") || words.is(i, "resolutions"))
        .filter_map(|i| nominal(words, i))
        .filter(|one| cited.overlapping(one.span).next().is_none())
        .collect()
}

fn nominal(words: &Words, noun: usize) -> Option<Mention> {
    let numbered = matches!(words.shape(noun + 1), Shape::Number | Shape::Slashed);
    let first = start(words, noun);
    let plural = words.is(noun, "resolutions");
    let fits = !numbered
        && (opens_document(words, noun)
            || (plural && first < noun)
            || (is_pointed_at(words, first) && !of_something(words, noun)));
    fits.then(|| Mention::new(words.span(first, noun), Kind::Resolution, MentionClass::Nominal, Reading::Phrase))
}

/// The first adjective that belongs to the phrase.
fn start(words: &Words, noun: usize) -> usize {
    let mut first = noun;
    while first > 0 && words.is_a(first - 1, WordClass::ResolutionAdjective) {
        first -= 1;
    }
    first
}

/// "Resolution adopted by the General Assembly on …": the document speaks of itself.
fn opens_document(words: &Words, noun: usize) -> bool {
    noun == 0 && words.is(1, "adopted")
}

fn is_pointed_at(words: &Words, first: usize) -> bool {
    let Some(before) = first.checked_sub(1) else { return false };
    words.is_a(before, WordClass::ResolutionPointer) || words.is_a(before, WordClass::OnlyPointing)
}

/// "the resolution of conflicts" is an outcome, not a text.
fn of_something(words: &Words, noun: usize) -> bool {
    words.is(noun, "resolution") && words.is(noun + 1, "of") && !words.is_a(noun + 3, WordClass::ResolutionOrgan)
}
