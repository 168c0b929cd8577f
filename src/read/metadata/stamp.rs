//! The lines below the body: when and by whom a page was published, and who signed a letter.

use crate::model::{Field, Metadata, Span};

use super::super::dates;
use super::super::layout::{Layout, trim};
use super::super::paragraphs::Paragraph;
use super::words;
use super::words::whole;

/// Reads the paragraphs below the body.
pub(super) fn read(layout: &Layout, footer: &[Paragraph], metadata: &mut Metadata) {
    for paragraph in footer {
        let text = words::clean(layout, paragraph.span);
        let lower = text.to_ascii_lowercase();
        if let Some(found) = dates::find(&text, None).filter(|_| metadata.published.is_none() && is_stamp(&lower)) {
            let span = Span::new(paragraph.span.start + found.range.start, paragraph.span.start + found.range.end);
            metadata.published = Some(Field { value: found.value, span: Some(span) });
        }
        if metadata.publisher.is_none() {
            metadata.publisher = publisher(layout, paragraph.span, &text, &lower);
        }
        if metadata.speaker.is_none() {
            metadata.speaker = signature(layout, paragraph.span, &text);
        }
    }
}

/// A line with a time of day or a word of publishing, not the date of a meeting.
fn is_stamp(lower: &str) -> bool {
    let time = lower.split(|c: char| !c.is_ascii_digit() && c != ':').any(|part| {
        part.split_once(':').is_some_and(|(hours, minutes)| hours.len() <= 2 && !hours.is_empty() && minutes.len() >= 2)
    });
    time || ["publish", "posted", "updated", "release"].iter().any(|word| lower.contains(word))
}

/// "X, All rights reserved", "© 2020 X".
fn publisher(layout: &Layout, span: Span, text: &str, lower: &str) -> Option<Field<String>> {
    let named = |start: usize, end: usize| {
        let inner = trim(&layout.text, Span::new(span.start + start, span.start + end));
        let name = layout.quote(inner).trim_end_matches([',', '.', '|', '-', ' ']);
        (name.len() > 3).then(|| whole(layout, Span::new(inner.start, inner.start + name.len())))
    };
    if let Some(end) = lower.find("all rights reserved").filter(|end| *end > 0) {
        let start = text[..end].find(['©']).map_or(0, |sign| sign + '©'.len_utf8());
        return named(start, end);
    }
    let sign = text.find('©')? + '©'.len_utf8();
    let digits =
        text[sign..].find(|c: char| !(c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '–' | ',')));
    named(sign + digits?, text.len())
}

/// "(Signed) Ana Lind".
fn signature(layout: &Layout, span: Span, text: &str) -> Option<Field<String>> {
    let start = text.find("(Signed)")? + "(Signed)".len();
    let line = text[start..].split('\n').next().unwrap_or_default();
    let inner = trim(&layout.text, Span::new(span.start + start, span.start + start + line.len()));
    (!inner.is_empty()).then(|| whole(layout, inner))
}
