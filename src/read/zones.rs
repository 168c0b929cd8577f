//! Which paragraphs are the document's own words, and what the others are for.
//!
//! The body is the run of paragraphs with the most prose in it (the maximum-sum run of scores: prose counts for its
//! words, menu entries and headings count against). What stands before it is front matter up to the first menu; what
//! follows is footer, or boilerplate if there is a page full of it.

use std::ops::Range;

use crate::model::{Span, Zone, ZoneKind};
use crate::seeds::WordClass;

use super::dates;
use super::layout::{Layout, Origin};
use super::paragraphs::{Paragraph, Shape};
use super::wording::{self, Ending};

/// More paragraphs than this before or after the body make a saved web page of it.
const FEW: usize = 12;

/// How many paragraphs that say nothing of the document may stand inside its front.
const PATIENCE: usize = 3;

/// A paragraph longer than this, in words, weighs no more.
const CAP: i64 = 60;

/// Among how many paragraphs the title of a letter is looked for.
const LETTER: usize = 24;

/// The longest title of a letter, in bytes: several may sign.
const LETTER_TITLE: usize = 900;

/// Which paragraph lies in which zone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// Numbers of the paragraphs from the first to the last of the body.
    pub body: Range<usize>,
    /// Numbers of the paragraphs above the body that tell of the document.
    pub front: Range<usize>,
    /// One for each paragraph.
    pub kinds: Vec<ZoneKind>,
}

/// Tells body from the rest.
pub(super) fn divide(layout: &Layout, paragraphs: &[Paragraph]) -> Parts {
    let mut body = widen(layout, paragraphs, body(paragraphs));
    let letter = paragraphs.iter().take(LETTER).position(|paragraph| is_letter_title(layout.quote(paragraph.span)));
    let letter = letter.filter(|&title| title + 1 < body.end);
    if let Some(title) = letter {
        body.start = title + 1;
    }
    let mut kinds = vec![ZoneKind::Body; paragraphs.len()];
    let front = front_start(layout, paragraphs, body.start).min(letter.unwrap_or(usize::MAX));
    kinds[..front].fill(ZoneKind::Boilerplate);
    kinds[front..body.start].fill(ZoneKind::Front);
    let is_page = is_page(layout, paragraphs.len() - body.end);
    kinds[body.end..].fill(if is_page { ZoneKind::Boilerplate } else { ZoneKind::Footer });
    for (kind, paragraph) in kinds.iter_mut().zip(paragraphs) {
        if paragraph.foreign {
            *kind = ZoneKind::Boilerplate;
        }
    }
    Parts { front: front..body.start, body, kinds }
}

/// The zone of a note.
pub(super) fn of_note(note: &Paragraph) -> ZoneKind {
    if note.foreign { ZoneKind::Boilerplate } else { ZoneKind::Body }
}

/// "Letter dated 5 May 2020 from X addressed to Y", whatever stands above it.
pub(super) fn is_letter_title(text: &str) -> bool {
    let start: Vec<String> = text.split_whitespace().take(3).map(str::to_lowercase).collect();
    let is = |at: usize, words: &[&str]| start.get(at).is_some_and(|word| words.contains(&word.as_str()));
    let letter = is(0, &["letter", "letters"]) && is(1, &["dated"]);
    let identical = is(0, &["identical", "note"]) && is(1, &["letters", "verbale"]) && is(2, &["dated"]);
    (letter || identical) && text.len() <= LETTER_TITLE && (text.contains("addressed") || text.contains(" from "))
}

/// The run of paragraphs with the highest sum of scores, and the list that its last words announce.
fn body(paragraphs: &[Paragraph]) -> Range<usize> {
    let mut best = (0, 0..0);
    let mut sum = 0;
    let mut start = 0;
    for (i, paragraph) in paragraphs.iter().enumerate() {
        if sum <= 0 {
            (sum, start) = (0, i);
        }
        sum += score(paragraph);
        if sum > best.0 {
            best = (sum, start..i + 1);
        }
    }
    let mut body = best.1;
    if body.is_empty() {
        return without_prose(paragraphs);
    }
    if paragraphs[body.end - 1].ending == Ending::Colon {
        body.end += paragraphs[body.end..].iter().take_while(|next| next.shape == Shape::Item).count();
    }
    body
}

/// Whether so many paragraphs around the body are a page's menus. Files with front matter are no saved pages.
fn is_page(layout: &Layout, around: usize) -> bool {
    around > FEW && layout.front.is_none() && layout.origin != Origin::Whole
}

/// Where there is no page around it, the body reaches from the first sentence to the last, whatever short lines lie
/// between.
fn widen(layout: &Layout, paragraphs: &[Paragraph], body: Range<usize>) -> Range<usize> {
    let mut wide = body;
    if !is_page(layout, wide.start) {
        let speaks =
            |paragraph: &Paragraph| paragraph.shape == Shape::Prose && paragraph.words >= 8 && !paragraph.foreign;
        wide.start = paragraphs[..wide.start].iter().position(speaks).unwrap_or(wide.start);
    }
    if !is_page(layout, paragraphs.len() - wide.end) {
        let last = paragraphs[wide.end..].iter().rposition(|paragraph| is_content(layout, paragraph));
        wide.end = last.map_or(wide.end, |last| wide.end + last + 1);
    }
    wide
}

/// What ends a document's words rather than a page: sentences, members of lists; but no contacts, no copyright.
fn is_content(layout: &Layout, paragraph: &Paragraph) -> bool {
    let text = layout.quote(paragraph.span);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let lower = text.get(..400).unwrap_or(text).to_lowercase();
    let notice = ["all rights reserved", "©", "copyright", "contact", "not an official", "@"];
    let listed = paragraph.shape == Shape::Item && (layout.front.is_some() || paragraph.words >= 5);
    // "Elbonia opposes this proposal.": a short last word of a speech.
    let said = paragraph.shape == Shape::Line
        && paragraph.words >= 3
        && paragraph.lower >= 2
        && text.ends_with('.')
        && digits == 0;
    (paragraph.shape == Shape::Prose || listed || said)
        && !(digits >= 6 && paragraph.words <= 8)
        && !(paragraph.words <= 25 && notice.iter().any(|notice| lower.contains(notice)))
}

/// A text without prose is all body, its first heading aside.
fn without_prose(paragraphs: &[Paragraph]) -> Range<usize> {
    let title = paragraphs.iter().take_while(|paragraph| paragraph.shape == Shape::Heading).count();
    let start = if title < paragraphs.len() { title } else { 0 };
    start..paragraphs.len()
}

fn score(paragraph: &Paragraph) -> i64 {
    let words = paragraph.words as i64;
    if paragraph.foreign {
        return -words.clamp(4, 10);
    }
    match paragraph.shape {
        Shape::Prose => words.min(CAP),
        Shape::Item if paragraph.words >= 8 && paragraph.lower * 2 >= paragraph.words => words.min(CAP),
        Shape::Item if paragraph.words >= 4 => 1,
        Shape::Item => -2,
        Shape::Greeting | Shape::Thanks | Shape::Enacting => 8,
        Shape::Field => -6,
        Shape::Heading | Shape::Line => -4,
    }
}

/// The number of the first paragraph of the front.
fn front_start(layout: &Layout, paragraphs: &[Paragraph], body: usize) -> usize {
    if layout.origin == Origin::Whole {
        return 0;
    }
    let before = &paragraphs[..body];
    if before.len() <= FEW && before.iter().all(|paragraph| paragraph.shape != Shape::Item) {
        return 0;
    }
    let mut start = body;
    let mut silent = 0;
    for (i, paragraph) in before.iter().enumerate().rev() {
        // A table of contents has as many lines as it likes, and the title stands before it.
        let text = layout.quote(paragraph.span);
        if is_of_contents(text) {
            silent = 0;
            continue;
        }
        // A note to the title is a sentence, and a number alone counts paragraphs; what a menu offers is neither.
        let is_note = paragraph.words >= 4 && text.trim_end().ends_with('.');
        let is_offered = paragraph.shape == Shape::Item && !is_note && text.contains(char::is_alphabetic);
        if is_offered || silent > PATIENCE {
            break;
        }
        if says_something(text, paragraph) {
            (start, silent) = (i, 0);
        } else {
            silent += 1;
        }
    }
    start
}

/// Whether words are a line of a table of contents, with dots from a heading to its page.
pub(super) fn is_of_contents(text: &str) -> bool {
    text.contains("....")
}

/// Whether a paragraph before the body tells of the document: a title, a date, a speaker, a meeting.
fn says_something(text: &str, paragraph: &Paragraph) -> bool {
    let lower = text.to_lowercase();
    let names = |word: &str| WordClass::MastheadWord.has(word) || matches!(word, "release");
    paragraph.words >= 6
        || paragraph.shape == Shape::Heading
        || dates::find(text, None).is_some()
        || lower.starts_with("agenda item")
        || (paragraph.words >= 2 || paragraph.words == 1 && text.len() > 8) && wording::bare_words(&lower).any(names)
}

/// Zones over the whole text, from paragraphs, page furniture and front matter.
pub(super) fn cover(layout: &Layout, paragraphs: &[Paragraph], parts: &Parts) -> Vec<Zone> {
    let mut starts: Vec<(usize, ZoneKind)> = Vec::new();
    if layout.front.as_ref().is_some_and(|front| !front.span.is_empty()) {
        starts.push((0, ZoneKind::Front));
    }
    let furniture =
        layout.lines.iter().filter(|line| line.furniture).map(|line| (line.whole.start, ZoneKind::Boilerplate));
    starts.extend(furniture);
    for (paragraph, &kind) in paragraphs.iter().zip(&parts.kinds) {
        let lines = &layout.lines[paragraph.lines.clone()];
        starts.extend(lines.first().map(|line| (line.whole.start, kind)));
    }
    starts.sort_by_key(|(start, _)| *start);
    merge(&starts, layout.text.len())
}

fn merge(starts: &[(usize, ZoneKind)], end: usize) -> Vec<Zone> {
    let mut zones: Vec<Zone> = Vec::new();
    for &(start, kind) in starts {
        match zones.last_mut() {
            Some(last) if last.kind == kind => {}
            Some(last) => {
                last.span.end = start;
                zones.push(Zone { span: Span::new(start, end), kind });
            }
            None => zones.push(Zone { span: Span::new(0, end), kind }),
        }
    }
    if zones.is_empty() {
        zones.push(Zone { span: Span::new(0, end), kind: ZoneKind::Body });
    }
    zones
}
