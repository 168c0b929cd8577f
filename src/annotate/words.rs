//! Words as names are written: hyphens, apostrophes and inner dots belong to them, unlike in a treebank.

use compact_str::CompactString;

use crate::model::Span;
use crate::seeds::{Classes, Lexicon, WordClass};

/// A word, its shape and its classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Where, without a final possessive.
    pub span: Span,
    /// How it is written.
    pub shape: Shape,
    /// What the lexicon says of it.
    pub classes: Classes,
    /// The number of its form in the text.
    pub form: u32,
}

impl Word {
    /// Whether it is of a class.
    pub fn is(&self, class: WordClass) -> bool {
        self.classes.has(class)
    }

    /// Whether it begins with a capital.
    pub fn is_capital(&self) -> bool {
        matches!(self.shape, Shape::Capital | Shape::Acronym)
    }
}

/// What is known of all words that are written alike.
#[derive(Clone, Debug)]
pub(super) struct Form {
    /// In lower case.
    pub lower: CompactString,
    /// In lower case, in the singular that its ending tells.
    pub singular: CompactString,
    /// What the lexicon says of it.
    pub classes: Classes,
}

impl Form {
    pub fn new(written: &str, lexicon: &Lexicon) -> Self {
        let lower = CompactString::from(written.to_lowercase());
        Self { singular: lexicon.singular_by_ending(&lower), classes: lexicon.classes(&lower), lower }
    }
}

/// How a word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `Police`, `EUROPOL-led`: a capital first.
    Capital,
    /// `UNODC`, `U.S.`, `G20`: capitals and digits only, at least one capital and two signs.
    Acronym,
    /// Letters, none of the above.
    Lower,
    /// Starts with a digit.
    Number,
}

/// Places and shapes of the words of `text[span]`, in order, in document bytes.
pub(super) fn cut(text: &str, span: Span) -> Vec<(Span, Shape)> {
    let mut found = Vec::new();
    let mut start = None;
    let part = span.of(text);
    let mut chars = part.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let footnoted = c == '.' && part[..at].ends_with(char::is_lowercase);
        let goes_on = |next: char| next.is_alphabetic() || next.is_alphanumeric() && !footnoted;
        let joins = start.is_some() && is_joiner(c) && chars.peek().is_some_and(|&(_, next)| goes_on(next));
        if c.is_alphanumeric() || joins {
            start.get_or_insert(at);
        } else if let Some(from) = start.take() {
            found.push(word(text, Span::new(span.start + from, span.start + at)));
        }
    }
    if let Some(from) = start {
        found.push(word(text, Span::new(span.start + from, span.end)));
    }
    found
}

const fn is_joiner(c: char) -> bool {
    matches!(c, '-' | '‑' | '–' | '\'' | '’' | '.' | '&' | '/')
}

fn word(text: &str, mut span: Span) -> (Span, Shape) {
    let whole = span.of(text);
    for ending in ["'s", "’s", "'S", "’S"] {
        if let Some(stem) = whole.strip_suffix(ending) {
            span.end = span.start + stem.len();
        }
    }
    span.end = span.start + unmarked(span.of(text)).len();
    let stem = span.of(text);
    let is_dotted = stem.contains('.') && stem.split('.').all(|part| part.chars().count() <= 1);
    if is_dotted && text[span.end..].starts_with('.') {
        span.end += 1;
    }
    (span, shape(stem))
}

/// A word without the mark of a note at its end: "Agency1", "Corruption²".
pub(super) fn unmarked(word: &str) -> &str {
    let is_mark = |c: char| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
    let stem = word.trim_end_matches(is_mark);
    let small = stem.chars().rev().take(4).filter(|c| c.is_lowercase()).count() == 4;
    if small && word.len() <= stem.len() + 4 { stem } else { word }
}

fn shape(word: &str) -> Shape {
    let Some(first) = word.chars().next() else { return Shape::Lower };
    if first.is_numeric() {
        return Shape::Number;
    }
    if !first.is_uppercase() {
        return Shape::Lower;
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let signs = word.chars().filter(|c| c.is_alphanumeric()).count();
    if capitals == letters && signs >= 2 { Shape::Acronym } else { Shape::Capital }
}

#[cfg(test)]
mod tests {
    use super::{Shape, cut};
    use crate::model::Span;

    #[test]
    fn names_keep_their_inner_signs() {
        let text = "The U.S. Secretary-General’s G20 plan, 24/7, O’Brien.";
        let found: Vec<_> =
            cut(text, Span::new(0, text.len())).iter().map(|(span, shape)| (span.of(text), *shape)).collect();
        assert_eq!(
            found,
            [
                ("The", Shape::Capital),
                ("U.S.", Shape::Acronym),
                ("Secretary-General", Shape::Capital),
                ("G20", Shape::Acronym),
                ("plan", Shape::Lower),
                ("24/7", Shape::Number),
                ("O’Brien", Shape::Capital),
            ]
        );
    }

    #[test]
    fn marks_of_notes_are_no_part_of_a_word() {
        let text = "the Agency1 and the Treaty² on Corruption.2 of COVID-19, the 1990s";
        let words: Vec<_> = cut(text, Span::new(0, text.len())).iter().map(|(span, _)| span.of(text)).collect();
        assert_eq!(
            words,
            ["the", "Agency", "and", "the", "Treaty", "on", "Corruption", "2", "of", "COVID-19", "the", "1990s"]
        );
    }
}
