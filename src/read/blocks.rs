//! Paragraphs become blocks: those that a page break cut in two are joined, and the gaps inside are told.

use crate::model::{Block, BlockKind, Span, ZoneKind};
use crate::seeds::WordClass;

use super::layout::{Layout, Mark};
use super::paragraphs::{Paragraph, Shape};
use super::structure;
use super::wording::{self, Ending};
use super::zones::Parts;

/// The blocks of a document and the gaps inside them.
pub(super) fn build(layout: &Layout, paragraphs: &[Paragraph], parts: &Parts) -> (Vec<Block>, Vec<Span>) {
    let mut blocks = front_matter_blocks(layout);
    let mut gaps = layout.gaps.clone();
    let mut previous: Option<&Paragraph> = None;
    for (paragraph, &zone) in paragraphs.iter().zip(&parts.kinds) {
        if paragraph.span.is_empty() {
            continue;
        }
        let joined = previous.filter(|_| zone == ZoneKind::Body).filter(|before| continues(layout, before, paragraph));
        match (joined, blocks.last_mut()) {
            (Some(before), Some(last)) if last.zone == zone => {
                gaps.extend(furniture_between(layout, before, paragraph));
                last.span.end = paragraph.span.end;
            }
            _ => blocks.push(Block { span: paragraph.span, kind: kind(layout, paragraph, zone), zone }),
        }
        gaps.extend(inner_marks(layout, paragraph));
        previous = (zone == ZoneKind::Body).then_some(paragraph);
    }
    let gaps = inside(gaps, &blocks);
    (blocks, gaps)
}

/// The gaps that lie inside a block, in text order and disjoint.
fn inside(mut gaps: Vec<Span>, blocks: &[Block]) -> Vec<Span> {
    gaps.sort_unstable();
    let mut blocks = blocks.iter().peekable();
    let mut end = 0;
    gaps.retain(|gap| {
        while blocks.next_if(|block| block.span.end <= gap.start).is_some() {}
        let keep = gap.start >= end && blocks.peek().is_some_and(|block| block.span.contains(*gap));
        end = if keep { gap.end } else { end };
        keep
    });
    gaps
}

fn front_matter_blocks(layout: &Layout) -> Vec<Block> {
    let entries = layout.front.iter().flat_map(|front| &front.entries);
    let read = entries.filter(|entry| !WordClass::UnreadKey.has(&entry.key));
    let values = read.flat_map(|entry| entry.values.iter().map(|value| (entry.key.as_str(), value)));
    values
        .filter(|(_, value)| !value.value.contains("://"))
        .filter_map(|(key, value)| {
            let kind = if key == "title" { BlockKind::Heading } else { BlockKind::Field };
            value.span.map(|span| Block { span, kind, zone: ZoneKind::Front })
        })
        .collect()
}

fn kind(layout: &Layout, paragraph: &Paragraph, zone: ZoneKind) -> BlockKind {
    let is_cell = layout.lines.get(paragraph.lines.start).is_some_and(|line| line.mark == Mark::Cell);
    match paragraph.shape {
        // It says what the annex belongs to, set in bold or not.
        Shape::Heading if structure::is_annex_to(layout.quote(paragraph.span)) => BlockKind::Paragraph,
        Shape::Heading => BlockKind::Heading,
        Shape::Item => BlockKind::Item,
        Shape::Field => BlockKind::Field,
        Shape::Prose | Shape::Greeting | Shape::Thanks | Shape::Enacting => BlockKind::Paragraph,
        Shape::Line if zone == ZoneKind::Footer || is_cell && zone == ZoneKind::Body => BlockKind::Field,
        Shape::Line if zone == ZoneKind::Front => BlockKind::Heading,
        Shape::Line if paragraph.words <= 12 && matches!(paragraph.ending, Ending::Open | Ending::Colon) => {
            BlockKind::Heading
        }
        Shape::Line => BlockKind::Paragraph,
    }
}

/// Whether `next` goes on with the sentence in which `before` breaks off, over a page break or a stray blank line.
fn continues(layout: &Layout, before: &Paragraph, next: &Paragraph) -> bool {
    let breaks_off =
        matches!(before.shape, Shape::Prose | Shape::Item) || before.shape == Shape::Line && before.words >= 8;
    let unmarked = layout.lines.get(next.lines.start).is_some_and(|line| line.mark == Mark::None);
    let goes_on = unmarked && matches!(next.shape, Shape::Prose | Shape::Line | Shape::Field);
    if !breaks_off || !goes_on || before.words < 4 || before.foreign || next.foreign {
        return false;
    }
    let (a, b) = (layout.quote(before.span), layout.quote(next.span));
    let first = b.split_whitespace().next().unwrap_or_default();
    if wording::starts_lower(first) {
        return matches!(before.ending, Ending::Open | Ending::Comma);
    }
    let last = a.split_whitespace().next_back().unwrap_or_default();
    let sentence = before.words >= 5 && before.lower * 2 >= before.words;
    let begun = wording::is_small(last) || WordClass::BegunName.has_written(last) || is_adjective(last);
    if first.starts_with(|c: char| c.is_ascii_digit()) {
        return sentence
            && (wording::is_small(last) || WordClass::BeforeNumber.has(last) || begun && last.ends_with('.'));
    }
    sentence && begun && !wording::is_opener(first)
}

/// Capitalised adjectives: "General", "International", "United".
fn is_adjective(word: &str) -> bool {
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    capital && (word.ends_with("al") || word.ends_with("ed")) && word.chars().all(char::is_alphabetic)
}

/// Page furniture and heads between two halves of a sentence.
fn furniture_between<'a>(
    layout: &'a Layout,
    before: &Paragraph,
    next: &Paragraph,
) -> impl Iterator<Item = Span> + use<'a> {
    let between = layout.lines.get(before.lines.end..next.lines.start).unwrap_or_default();
    between.iter().map(|line| line.whole)
}

/// Quotation signs before the inner lines of a paragraph.
fn inner_marks<'a>(layout: &'a Layout, paragraph: &Paragraph) -> impl Iterator<Item = Span> + use<'a> {
    let inner = layout.lines.get(paragraph.lines.start + 1..paragraph.lines.end).unwrap_or_default();
    let marked = inner.iter().filter(|line| line.mark == Mark::None && line.words.start > line.whole.start);
    marked.map(|line| Span::new(line.whole.start, line.words.start))
}
