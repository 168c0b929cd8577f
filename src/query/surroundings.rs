//! The words around a passage of a stored text.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::model::Passage;

use super::wrap::{clean, wrap};
use crate::model::text::one_line;

/// Code points shown before and after a quote.
const REACH: usize = 200;

/// A longer sentence is cut around the passage.
const LONGEST: usize = 320;

/// A quote with what stands around it in its paragraph, blanks folded, "…" where something is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// Line of the quote's beginning, from 1.
    pub line: usize,
    /// What stands before.
    pub before: String,
    /// The quote.
    pub quote: String,
    /// What stands after.
    pub after: String,
}

impl Surroundings {
    /// Those of the code points `start..end`; `None` if the text is shorter.
    pub fn of(text: &str, start: usize, end: usize) -> Option<Self> {
        let letters: Vec<char> = text.chars().collect();
        let quote = letters.get(start..end)?;
        let (first, last) = paragraph(&letters, start, end);
        let from = near(&letters, first.max(start.saturating_sub(REACH)), first, start);
        let to = last.min(end + REACH);
        let to = (end..=to)
            .rev()
            .find(|&at| at == last || letters.get(at).is_some_and(|c| c.is_whitespace()))
            .unwrap_or(end);
        Some(Self {
            line: letters[..start].iter().filter(|c| **c == '\n').count() + 1,
            before: joined(&letters[from..start], from > first, false),
            quote: words(quote),
            after: joined(&letters[end..to], false, to < last),
        })
    }
}

/// Reads sentences out of stored texts, each text once.
pub struct Sentences<F> {
    text_of: F,
    known: RefCell<HashMap<String, Option<Vec<char>>>>,
}

impl<F: Fn(&str) -> Option<String>> Sentences<F> {
    /// `text_of` gives a text by the first 16 digits of its hash.
    pub fn new(text_of: F) -> Self {
        Self { text_of, known: RefCell::default() }
    }

    /// The sentence around a passage.
    pub fn at(&self, place: &str) -> Option<String> {
        let place = Passage::parse(place)?;
        let mut known = self.known.borrow_mut();
        let read = || (self.text_of)(place.digits()).map(|text| text.chars().collect());
        let letters = known.entry(place.digits().to_owned()).or_insert_with(read).as_ref()?;
        sentence(letters, place.start, place.end)
    }
}

fn sentence(letters: &[char], start: usize, end: usize) -> Option<String> {
    letters.get(start..end)?;
    let (first, last) = paragraph(letters, start, end);
    let from = (first + 1..=start).rev().find(|&at| begins_sentence(letters, at)).unwrap_or(first);
    let to = (end + 1..last).find(|&at| begins_sentence(letters, at)).unwrap_or(last);
    if to - from <= LONGEST {
        return Some(words(&letters[from..to]));
    }
    let around = Surroundings::of(&letters[from..to].iter().collect::<String>(), start - from, end - from)?;
    Some(format!("{}{}{}", around.before, around.quote, around.after))
}

/// A text in lines of at most `width` columns.
pub fn folded(text: &str, width: usize) -> Vec<String> {
    wrap(&clean(text), width)
}

/// The stretch between blank lines.
fn paragraph(letters: &[char], start: usize, end: usize) -> (usize, usize) {
    let blank =
        |at: usize| letters.get(at) == Some(&'\n') && letters[at + 1..].iter().find(|c| **c != ' ') == Some(&'\n');
    let first = (0..start).rev().find(|&at| blank(at)).map_or(0, |at| at + 1);
    let first = (first..start).find(|&at| !letters[at].is_whitespace()).unwrap_or(start);
    let last = (end..letters.len()).find(|&at| blank(at)).unwrap_or(letters.len());
    (first, last)
}

/// The first beginning of a word from `at` on, unless `at` is the beginning of the paragraph.
fn near(letters: &[char], at: usize, first: usize, start: usize) -> usize {
    if at == first {
        return at;
    }
    (at..start).find(|&at| letters[at].is_whitespace()).map_or(start, |at| at + 1)
}

/// Whether a sentence begins there: a capital after a full stop and a blank. A title such as "Mr." ends none.
fn begins_sentence(letters: &[char], at: usize) -> bool {
    let opens = letters.get(at).is_some_and(|c| c.is_uppercase() || matches!(c, '“' | '"'));
    let before: Vec<char> = letters[..at].iter().rev().skip_while(|c| c.is_whitespace()).take(4).copied().collect();
    let blank = at > 0 && letters[at - 1].is_whitespace();
    let ends = matches!(before.first(), Some('.' | '!' | '?'));
    let title = before.iter().skip(1).position(|c| !c.is_alphabetic()).is_some_and(|length| length <= 2)
        && before.get(2).is_some_and(|c| c.is_uppercase() || c.is_whitespace());
    opens && blank && ends && !title
}

fn joined(letters: &[char], cut_before: bool, cut_after: bool) -> String {
    let text: String = letters.iter().collect();
    let inner = words(letters);
    let left = if text.starts_with(char::is_whitespace) && !inner.is_empty() { " " } else { "" };
    let right = if text.ends_with(char::is_whitespace) && !inner.is_empty() { " " } else { "" };
    format!("{}{left}{inner}{right}{}", if cut_before { "… " } else { "" }, if cut_after { "…" } else { "" })
}

fn words(letters: &[char]) -> String {
    one_line(&letters.iter().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Title\n\nMr. Chair, the Tide Police of Ruritania\nworks with Aland. It has 3 boats!\n\nEnd.";

    fn at(words: &str) -> (usize, usize) {
        let start = TEXT[..TEXT.find(words).expect(words)].chars().count();
        (start, start + words.chars().count())
    }

    #[test]
    fn a_quote_stands_in_its_paragraph() {
        let (start, end) = at("Ruritania\nworks");
        let around = Surroundings::of(TEXT, start, end).expect("inside");
        assert_eq!((around.line, around.before.as_str()), (3, "Mr. Chair, the Tide Police of "));
        assert_eq!((around.quote.as_str(), around.after.as_str()), ("Ruritania works", " with Aland. It has 3 boats!"));
        assert_eq!(Surroundings::of(TEXT, 5, 500), None);
        let long = "word ".repeat(300);
        let around = Surroundings::of(&long, 700, 704).expect("inside");
        assert!(around.before.starts_with("… word") && around.after.ends_with("…") && around.before.len() < 220);
    }

    #[test]
    fn a_place_gives_its_sentence() {
        for (words, sentence) in [
            ("Aland", "Mr. Chair, the Tide Police of Ruritania works with Aland."),
            ("boats", "It has 3 boats!"),
            ("Title", "Title"),
            ("End", "End."),
        ] {
            let (start, end) = at(words);
            let place = Passage { text: "http://e/text/0123", start, end }.to_string();
            let found = Sentences::new(|sha: &str| (sha == "0123").then(|| TEXT.to_owned())).at(&place);
            assert_eq!(found.as_deref(), Some(sentence), "{words}");
        }
    }
}
