//! Letters that a text tells apart by their days: "the letter dated 5 May 2015", "letters dated 3 May and 7 June 2016".

use crate::model::{Kind, Mention, MentionClass, Mentions, Reading, Span};

use super::text::Text;
use super::words::Word;

/// How many days a list may have.
const DAYS: usize = 12;

/// All letters with their days.
pub(super) fn find(text: &Text, known: &Mentions) -> Vec<Mention> {
    let mut found = Vec::new();
    for (_, words) in text.lines() {
        for at in 0..words.len() {
            found.extend(letter_at(text, known, words, at));
        }
    }
    found
}

fn letter_at(text: &Text, known: &Mentions, words: &[Word], at: usize) -> Option<Mention> {
    let lower = |i: usize| words.get(i).map_or("", |word| text.lower(word));
    let note = matches!(lower(at), "note" | "notes") && matches!(lower(at + 1), "verbale" | "verbales");
    let head = if note { at + 1 } else { at };
    if !note && !matches!(lower(at), "letter" | "letters") || lower(head + 1) != "dated" {
        return None;
    }
    let mut end = date_from(text, known, words[head + 1].span.end)?;
    for _ in 0..DAYS {
        let rest = &text.doc.text[end..];
        let joint = [", and ", ",", " and ", " and\n"].iter().find(|joint| rest.starts_with(**joint));
        let Some(next) =
            joint.and_then(|joint| date_from(text, known, end + joint.len() - usize::from(joint.len() > 1)))
        else {
            break;
        };
        end = next;
    }
    let span = Span::new(words[at].span.start, end);
    Some(Mention::new(span, Kind::Document, MentionClass::Named, Reading::Name))
}

/// The end of the date behind the blanks at a byte.
fn date_from(text: &Text, known: &Mentions, from: usize) -> Option<usize> {
    let rest = text.doc.text.get(from..)?;
    let trimmed = rest.trim_start();
    let start = text.doc.text.len() - trimmed.len();
    let blank = rest.len() > trimmed.len() && !rest[..rest.len() - trimmed.len()].contains("\n\n");
    let date = known.starting(start).map(|i| &known[i]).find(|known| known.kind == Kind::Date && blank)?;
    Some(date.span.end)
}
