//! What examples are examples of: the noun right before "such as". In "the strengthening of instruments such as the Treaty"
//! the Treaty is an instrument, and no strengthening.

use crate::model::Span;

/// Whether a broader thing and its example stand on both sides of the words that join them, with other words in between:
/// then the example is one of what those other words name.
pub(super) fn is_of_another(text: &str, broader: Option<Span>, trigger: Span, narrower: Option<Span>) -> bool {
    let (Some(broader), Some(narrower)) = (broader, narrower) else { return false };
    if broader.end > trigger.start || narrower.start < trigger.end {
        return false;
    }
    // "the strengthening of instruments" is one name of a strengthening.
    if broader.of(text).split_whitespace().any(|word| matches!(word, "of" | "for" | "in" | "on" | "to")) {
        return true;
    }
    let mut depth = 0;
    text[broader.end..trigger.start].chars().any(|c| {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0 && c.is_alphanumeric()
    })
}

/// "global pandemics like the pandemic": an example by the name of its kind.
pub(super) fn is_same_word(one: &str, kind: &str) -> bool {
    let singular = |label: &str| label.to_lowercase().trim_end_matches('s').to_owned();
    singular(kind).ends_with(&singular(one))
}

/// "ransomware such as worms, and terrorism": a comma before the "and" of two parts the second from the examples.
pub(super) fn is_beside(text: &str, trigger: Span, narrower: Option<Span>) -> bool {
    let Some(narrower) = narrower.filter(|narrower| narrower.start > trigger.end) else { return false };
    let between = &text[trigger.end..narrower.start];
    let parts = between.matches(',').count() == 1 && (between.contains(", and ") || between.contains(", as well as "));
    // Of three or more the last has the comma too.
    parts && !text[narrower.end..].starts_with(',')
}

#[cfg(test)]
mod tests {
    use super::{is_beside, is_of_another};
    use crate::model::Span;

    fn place(text: &str, words: &str) -> Span {
        let start = text.find(words).expect("it stands there");
        Span::new(start, start + words.len())
    }

    #[test]
    fn examples_are_of_the_noun_before_them() {
        let cases = [
            ("instruments", "strengthening of instruments such as the Treaty", false),
            ("strengthening", "strengthening of instruments such as the Treaty", true),
            ("strengthening of instruments", "strengthening of instruments such as the Treaty", true),
            ("instruments", "instruments (all of them), such as the Treaty", false),
            ("Treaty", "such as instruments and the Treaty", false),
        ];
        for (broader, text, wanted) in cases {
            let at = |words| place(text, words);
            assert_eq!(is_of_another(text, Some(at(broader)), at("such as"), Some(at("Treaty"))), wanted, "{text}");
        }
    }

    #[test]
    fn a_comma_before_and_parts_two() {
        let cases = [
            ("attacks such as worms, and terrorism.", "terrorism", true),
            ("attacks such as worms and terrorism.", "terrorism", false),
            ("attacks such as worms, floods, and terrorism.", "terrorism", false),
        ];
        for (text, narrower, wanted) in cases {
            let found = is_beside(text, place(text, "such as"), Some(place(text, narrower)));
            assert_eq!(found, wanted, "{text}");
        }
    }
}
