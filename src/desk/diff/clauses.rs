//! A text in clauses: sentences, and the paragraphs and points of a resolution. Numbers before a point are no part of it, since
//! they move when another point comes in.

use crate::seeds::WordClass;

/// A clause of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// The words on one line, without a number before them.
    pub words: String,
}

/// Clauses with fewer words are headings, page numbers and the like, and do not count.
const LEAST_WORDS: usize = 3;

/// The clauses of a text, in order.
pub fn clauses(text: &str) -> Vec<Clause> {
    let letters: Vec<char> = text.chars().collect();
    let first = front_matter(&letters);
    let (mut found, mut start) = (Vec::new(), first);
    for at in first..letters.len() {
        if ends_here(&letters, start, at) {
            found.extend(clause(&letters, start, at + 1));
            start = at + 1;
        }
    }
    found.extend(clause(&letters, start, letters.len()));
    found
}

/// Where the text begins behind the lines between two lines of three hyphens at its head.
fn front_matter(letters: &[char]) -> usize {
    let fence = ['-', '-', '-', '\n'];
    if !letters.starts_with(&fence) {
        return 0;
    }
    let end = letters.windows(5).position(|five| five[0] == '\n' && five[1..] == fence);
    end.map_or(0, |at| at + 5)
}

/// Whether a clause ends with this letter: at a blank line, at a semicolon before a line break, and at the end of a sentence.
fn ends_here(letters: &[char], start: usize, at: usize) -> bool {
    let rest = || letters[at + 1..].iter();
    let is_break = |c: &char| matches!(c, '\n' | '\r' | '\u{2029}');
    match letters[at] {
        '\n' => rest().find(|c| !matches!(c, ' ' | '\t' | '\r')).is_some_and(|c| *c == '\n'),
        ';' | ':' => rest().find(|c| !matches!(c, ' ' | '\t')).is_none_or(is_break),
        '.' | '!' | '?' => {
            let mut after = rest().skip_while(|c| matches!(c, '"' | '”' | '’' | ')' | ']') || c.is_ascii_digit());
            let parts = after.next().is_none_or(|c| c.is_whitespace());
            let next = after.find(|c| !c.is_whitespace());
            let opens = next.is_none_or(|c| !c.is_lowercase());
            parts && opens && !is_abbreviation(&letters[start..at])
        }
        _ => false,
    }
}

/// Whether the word before a full stop ends no sentence: "no", "Mr", an initial, a number that opens a point.
fn is_abbreviation(before: &[char]) -> bool {
    let word: String =
        before.iter().rev().take_while(|c| c.is_alphanumeric()).collect::<Vec<_>>().into_iter().rev().collect();
    let is_only = before.iter().filter(|c| c.is_alphanumeric()).count() == word.chars().count();
    let is_number = word.chars().all(|c| c.is_ascii_digit());
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    is_initial || is_number && is_only || WordClass::Abbreviation.has(&word.to_lowercase())
}

fn clause(letters: &[char], start: usize, end: usize) -> Option<Clause> {
    let is_blank = |at: &usize| letters[*at].is_whitespace();
    let start = (start..end).find(|at| !is_blank(at))?;
    let end = (start..end).rev().find(|at| !is_blank(at))? + 1;
    let all: String = letters[start..end].iter().collect();
    let words: Vec<&str> = all.split_whitespace().collect();
    let words = &words[usize::from(words.first().is_some_and(|word| is_point(word)))..];
    (words.len() >= LEAST_WORDS).then(|| Clause { start, end, words: words.join(" ") })
}

/// Whether a word only counts points: `12.`, `(a)`, `iv)`, `•`.
fn is_point(word: &str) -> bool {
    let inner = word.trim_matches(['(', ')', '.', '•', '–', '-', '*']);
    let is_counted = inner.chars().all(|c| c.is_ascii_digit())
        || inner.chars().count() == 1
        || inner.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    word != inner && is_counted
}

#[cfg(test)]
mod tests {
    use super::clauses;

    fn words(text: &str) -> Vec<String> {
        clauses(text).into_iter().map(|clause| clause.words).collect()
    }

    #[test]
    fn sentences_and_points_are_clauses() {
        assert_eq!(
            words(
                "Harbour dues\n\nThe Assembly,\nRecalling its fog signals,\n\n1. Requests Mr. A. Bell to report;\n\n(b) Urges ports to open. They must not close!\n\n14\n"
            ),
            [
                "The Assembly, Recalling its fog signals,",
                "Requests Mr. A. Bell to report;",
                "Urges ports to open.",
                "They must not close!",
            ]
        );
        assert_eq!(
            words("Dues rose by 1.5 per cent. The fleet left."),
            ["Dues rose by 1.5 per cent.", "The fleet left."]
        );
        assert_eq!(words("---\ndate: 2020 or so it is\n---\nThe fleet left."), ["The fleet left."]);
        assert!(words("").is_empty() && words(" \n ; . ").is_empty());
    }

    #[test]
    fn places_are_code_points() {
        let text = "پاسخ‌های روشن لازم است. The fleet left port.";
        let found = clauses(text);
        let last = found.last().expect("two clauses");
        assert_eq!(
            text.chars().skip(last.start).take(last.end - last.start).collect::<String>(),
            "The fleet left port."
        );
    }
}
