//! Several agenda items in one heading: "Agenda items 32, 61 (a) and 110", and below it a title for each.

use crate::model::{AgendaItem, Field, Metadata, Span};

use super::super::layout::{Layout, Line};
use super::super::{wording, zones};
use super::words::{self, Word, whole};

/// Among how many of the first lines the heading is looked for.
const LINES: usize = 40;

/// How many lines the titles of all items may have.
const TITLES: usize = 40;

/// Reads the items, if the heading has more than one.
pub(super) fn read(layout: &Layout, metadata: &mut Metadata) {
    let lines = &layout.lines[..layout.lines.len().min(LINES + TITLES)];
    for (at, line) in lines.iter().take(LINES).enumerate() {
        let words = words::words(layout, line.whole);
        let lower = |i: usize| words.get(i).map_or("", |word| word.lower.as_str());
        if lower(0) != "agenda" || lower(1) != "items" {
            continue;
        }
        let mut found = numbers(layout, &words, 2);
        let mut next = at + 1;
        // "Agenda items 14, 20, 33 and ⏎ 110".
        if let (Some(below), true) = (lines.get(next), is_open(&words)) {
            let words = words::words(layout, below.whole);
            let more = numbers(layout, &words, 0);
            next += usize::from(!more.is_empty());
            found.extend(more);
        }
        if found.len() > 1 {
            let titles = titles(layout, &lines[next..]);
            let told = titles.len() == found.len();
            let titles = titles.into_iter().map(Some).filter(|_| told).chain(std::iter::repeat(None));
            metadata.items =
                found.into_iter().zip(titles).map(|(number, title)| AgendaItem { number, title }).collect();
        }
        return;
    }
}

/// Whether a list of numbers goes on in the next line.
fn is_open(words: &[Word]) -> bool {
    words.last().is_some_and(|last| last.lower == "and" || last.after == Some(','))
}

/// The numbers of a list from word `from` on, each with what is in brackets behind it; empty where other words stand.
fn numbers(layout: &Layout, words: &[Word], from: usize) -> Vec<Field<String>> {
    let mut found: Vec<Span> = Vec::new();
    for word in words.iter().skip(from) {
        let digits = !word.text.is_empty() && word.text.chars().all(|c| c.is_ascii_digit());
        let letter = word.bracket && word.text.chars().count() <= 2;
        match found.last_mut() {
            _ if digits && !word.bracket => found.push(word.span),
            Some(last) if letter => *last = Span::new(last.start, word.closed(&layout.text)),
            _ if word.lower == "and" => {}
            // "32 (a) and (b)".
            _ if word.text.chars().count() == 1 => {}
            _ => return Vec::new(),
        }
    }
    found.into_iter().map(|span| whole(layout, span)).collect()
}

/// The titles below the heading, up to a blank line or to the document's own title.
fn titles(layout: &Layout, lines: &[Line]) -> Vec<Field<String>> {
    let mut found: Vec<Span> = Vec::new();
    let mut open = false;
    for line in lines.iter().take(TITLES) {
        let text = layout.quote(line.whole);
        if line.blanks > 0 || zones::is_letter_title(text) {
            break;
        }
        let small = text.starts_with(|c: char| !c.is_uppercase());
        match found.last_mut() {
            Some(last) if small || open => *last = last.cover(line.whole),
            _ => found.push(line.whole),
        }
        let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
        open = last.ends_with([',', ':']) || wording::is_small(&last.to_lowercase());
    }
    found.into_iter().map(|span| whole(layout, span)).collect()
}
