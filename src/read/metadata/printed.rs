//! The head that the UN prints over its documents: organ and symbol in columns, the date of distribution, below them the
//! session and the item.

use crate::model::{Field, Metadata, Span};

use super::super::dates;
use super::super::layout::{Layout, Line, Origin};
use super::set;
use super::words::{self, Word, field, whole};

/// How many lines the head may have.
const LINES: usize = 16;

/// Organs as the head names them.
const ORGANS: &[&str] = &[
    "general assembly", "security council", "economic and social council", "human rights council",
    "trusteeship council",
];

/// Reads the head of a printed document, if the text begins with one.
pub(super) fn read(layout: &Layout, metadata: &mut Metadata) {
    let head = &layout.lines[..layout.lines.len().min(LINES)];
    let Some(end) = head.iter().position(|line| is_last(layout, line)) else { return };
    let printed = head.iter().take(4).any(|line| first_words(layout, line).starts_with("united nations"))
        || head[..=end].iter().any(|line| lower(layout, line).contains("distr"));
    if !printed {
        return;
    }
    for line in &head[..=end] {
        let words = words::words(layout, line.whole);
        set(
            &mut metadata.symbol,
            words.iter().find(|word| is_symbol(&word.text)).and_then(|word| symbol(layout, word)),
        );
        let column = column(layout, &words);
        if ORGANS.contains(&first_words(layout, line).as_str()) {
            set(&mut metadata.publisher, field(layout, &words[..column]));
        }
        set(&mut metadata.published, date(layout, line));
    }
    below(layout, &layout.lines[end + 1..layout.lines.len().min(end + 8)], metadata);
}

/// Whether a line below the printed head begins with "Report of": what follows is told of others.
pub(super) fn is_report(layout: &Layout) -> bool {
    let lines = &layout.lines[..layout.lines.len().min(2 * LINES)];
    let end = lines.iter().take(LINES).position(|line| is_last(layout, line));
    end.is_some_and(|end| lines[end..].iter().any(|line| first_words(layout, line).starts_with("report of")))
}

/// "Original: English" ends the head.
fn is_last(layout: &Layout, line: &Line) -> bool {
    lower(layout, line).contains("original:")
}

fn lower(layout: &Layout, line: &Line) -> String {
    layout.quote(line.whole).to_lowercase()
}

/// The words of a line up to the next column, lower case.
fn first_words(layout: &Layout, line: &Line) -> String {
    let words = words::words(layout, line.whole);
    let lower: Vec<&str> = words[..column(layout, &words)].iter().map(|word| word.lower.as_str()).collect();
    lower.join(" ")
}

/// Where the first column ends.
fn column(layout: &Layout, words: &[Word]) -> usize {
    // Readers of pages part columns by a tab.
    let tabbed = |word: &Word| layout.origin != Origin::Text && layout.text[word.span.end..].starts_with('\t');
    words.iter().position(|word| word.after == Some('|') || tabbed(word)).map_or(words.len(), |bar| bar + 1)
}

/// Session and agenda item below the head.
fn below(layout: &Layout, lines: &[Line], metadata: &mut Metadata) {
    for line in lines {
        let words = words::words(layout, line.whole);
        let words = &words[..column(layout, &words)];
        if metadata.meeting.is_none() && words.len() <= 3 && words.last().is_some_and(|word| word.lower == "session") {
            set(&mut metadata.meeting, field(layout, words));
        }
        let item = words.iter().position(|word| matches!(word.lower.as_str(), "item" | "items"));
        let numbered =
            |i: usize| words.get(i + 1).is_some_and(|word| word.text.starts_with(|c: char| c.is_ascii_digit()));
        if let Some(item) = item.filter(|&item| item <= 1 && numbered(item)) {
            set(&mut metadata.agenda_item, field(layout, &words[..item + 2]));
        }
    }
}

fn date(layout: &Layout, line: &Line) -> Option<Field<crate::model::DateValue>> {
    let found = dates::find(&words::clean(layout, line.whole), None)?;
    let span = Span::new(line.whole.start + found.range.start, line.whole.start + found.range.end);
    Some(Field { value: found.value, span: Some(span) })
}

/// The first of two symbols that are printed as one: "A/79/785-S/2025/94".
fn symbol(layout: &Layout, word: &Word) -> Option<Field<String>> {
    let joint = ["-S/", "–S/", "-E/", "–E/"].iter().filter_map(|joint| word.text.find(joint)).min();
    let end = word.span.start + joint.unwrap_or(word.text.len());
    Some(whole(layout, Span::new(word.span.start, end)))
}

/// The form of the symbol of a UN document.
pub(super) fn is_symbol(text: &str) -> bool {
    let Some((organ, rest)) = text.split_once('/') else { return false };
    let letters = (1..=5).contains(&organ.len()) && organ.bytes().all(|byte| byte.is_ascii_uppercase());
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '-' | '–');
    letters && rest.chars().all(allowed) && rest.bytes().any(|byte| byte.is_ascii_digit())
}
