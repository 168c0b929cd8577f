//! Statements by the president of an organ, which begin with one long sentence: "At the 5th meeting of the Tide Council,
//! held on 5 May 2020, in connection with its consideration of the item entitled “Rivers”, the President made the
//! following statement on behalf of the Council:".

use crate::model::{Field, Metadata, Span};

use super::super::dates;
use super::super::layout::Layout;
use super::super::paragraphs::Paragraph;
use super::words::{self, whole};
use super::{opening, ordinals, set};

/// Among how many paragraphs the sentence is looked for.
const PARAGRAPHS: usize = 4;

/// The longest sentence of this kind, in bytes.
const LONGEST: usize = 1200;

/// Reads meeting, day and item from the sentence, if the text has it.
pub(super) fn read(layout: &Layout, body: &[Paragraph], metadata: &mut Metadata) {
    let Some(paragraph) = body.iter().take(PARAGRAPHS).find(|paragraph| is_lead(layout, paragraph)) else { return };
    let words = words::words(layout, paragraph.span);
    let meeting = ordinals::session(&words).and_then(|(_, at)| opening::session_name(&words, at));
    set(&mut metadata.meeting, meeting.and_then(|range| words::field(layout, &words[range])));
    let date = dates::find(&words::clean(layout, paragraph.span), None).map(|found| {
        let span = Span::new(paragraph.span.start + found.range.start, paragraph.span.start + found.range.end);
        Field { value: found.value, span: Some(span) }
    });
    set(&mut metadata.date, date);
    set(&mut metadata.agenda_item, item(layout, paragraph.span));
}

fn is_lead(layout: &Layout, paragraph: &Paragraph) -> bool {
    let text = layout.quote(paragraph.span);
    text.len() <= LONGEST
        && text.starts_with("At the ")
        && text.contains("made the following statement")
        && text.trim_end().ends_with(':')
}

/// The item's title between quotation marks behind "entitled".
fn item(layout: &Layout, span: Span) -> Option<Field<String>> {
    let text = layout.quote(span);
    let from = text.find("entitled")?;
    let open = from + text[from..].find(['“', '"'])?;
    let start = open + text[open..].chars().next()?.len_utf8();
    let length = text[start..].find(['”', '"'])?;
    (length > 0).then(|| whole(layout, Span::new(span.start + start, span.start + start + length)))
}
