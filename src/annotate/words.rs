//! Words as names are written: hyphens, apostrophes and inner dots belong to them, unlike in a treebank.

use crate::model::Span;

/// A word and its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Where, without a final possessive.
    pub span: Span,
    /// How it is written.
    pub shape: Shape,
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

/// The words of `text[span]`, in order, in document bytes.
pub(super) fn words(text: &str, span: Span) -> Vec<Word> {
    let mut found = Vec::new();
    let mut start = None;
    let part = span.of(text);
    let mut chars = part.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = start.is_some() && is_joiner(c) && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
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

fn word(text: &str, mut span: Span) -> Word {
    let whole = span.of(text);
    for ending in ["'s", "’s", "'S", "’S"] {
        if let Some(stem) = whole.strip_suffix(ending) {
            span.end = span.start + stem.len();
        }
    }
    let stem = span.of(text);
    let is_dotted = stem.contains('.') && stem.split('.').all(|part| part.chars().count() <= 1);
    if is_dotted && text[span.end..].starts_with('.') {
        span.end += 1;
    }
    Word { span, shape: shape(stem) }
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

/// Words that are capital only at the start of a sentence or in titles, never the start of a name. Takes lower case.
pub(super) fn is_function_word(lower: &str) -> bool {
    const WORDS: &[&str] = &[
        "the", "a", "an", "this", "that", "these", "those", "its", "their", "our", "my", "his", "her", "your", "we",
        "i", "it", "he", "she", "they", "you", "in", "on", "at", "for", "of", "to", "by", "with", "from", "as", "and",
        "or", "but", "if", "when", "while", "since", "also", "such", "all", "any", "some", "each", "every", "both",
        "no", "not", "nor", "there", "here", "mr", "mr.", "mrs", "ms", "dr", "madam", "sir", "under", "over", "before",
        "after", "during", "between", "against", "into", "through", "however", "therefore", "furthermore", "moreover",
        "firstly", "secondly", "thirdly", "finally", "first", "second", "third", "let", "allow", "today", "now", "yet",
        "so", "thus", "hence", "what", "who", "which", "where", "why", "how", "one", "two", "three",
    ];
    WORDS.contains(&lower)
}

/// A plural's singular, by the regular endings: good enough to look a head noun up. Takes and gives lower case.
pub(super) fn singular(plural: &str) -> String {
    let stem = |ending: &str| plural.strip_suffix(ending).filter(|stem| stem.len() >= 2);
    if let Some(stem) = stem("ies") {
        return format!("{stem}y");
    }
    let keeps = ["ss", "us", "is", "news", "series"].iter().any(|ending| plural.ends_with(ending));
    let es = ["ches", "shes", "xes", "sses"].iter().any(|ending| plural.ends_with(ending));
    match stem("s") {
        Some(_) if keeps => plural.to_owned(),
        Some(stem) if es => stem.trim_end_matches('e').to_owned(),
        Some(stem) => stem.to_owned(),
        None => plural.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Shape, words};
    use crate::model::Span;

    #[test]
    fn names_keep_their_inner_signs() {
        let text = "The U.S. Secretary-General’s G20 plan, 24/7, O’Brien.";
        let found: Vec<_> = words(text, Span::new(0, text.len())).iter().map(|w| (w.span.of(text), w.shape)).collect();
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
}
