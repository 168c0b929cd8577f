//! What a document says of itself: front matter first, then what its masthead, first sentences and last lines show.

mod coverage;
pub(super) mod declared;
mod era;
mod filename;
mod implied;
mod items;
mod masthead;
mod office;
mod opening;
mod ordinals;
mod presidential;
mod printed;
mod resolution;
mod signed;
mod stamp;
mod title;
mod turns;
mod voice;
mod words;

use crate::model::{Diagnostic, Field, Intervention, Metadata, Severity};

use super::layout::Layout;
use super::paragraphs::{Paragraph, Shape};
use super::zones::Parts;
use masthead::Line;

/// Gathers the metadata of a document. What is found first stays, so the order here is the order of trust.
pub(super) fn gather(
    name: &str,
    layout: &Layout,
    paragraphs: &[Paragraph],
    parts: &Parts,
    language: Option<&'static str>,
) -> (Metadata, Vec<Intervention>, Vec<Diagnostic>) {
    let mut metadata = layout.front.as_ref().map(declared::metadata).unwrap_or_default();
    let own = declared_title(layout, &metadata).into_iter();
    let mut own: Vec<Line> = own.chain(lines(layout, &paragraphs[parts.front.clone()], false)).collect();
    // What stands above a letter's title (items, other reports) names neither its writer nor itself.
    if let Some(letter) = own.iter().position(|line| super::zones::is_letter_title(layout.quote(line.span))) {
        own[..=letter].rotate_right(1);
    }
    let foreign = lines(layout, &paragraphs[..parts.body.start], true);
    let body = &paragraphs[parts.body.clone()];

    printed::read(layout, &mut metadata);
    items::read(layout, &mut metadata);
    implied::before(layout, &own, &mut metadata);
    let is_resolution = resolution::read(layout, &own, body.first(), &mut metadata);
    implied::dated(layout, &own, &mut metadata);
    if !is_resolution {
        opening::editors_lead(layout, body, &mut metadata);
        presidential::read(layout, body, &mut metadata);
    }
    let lead = opening::lead(layout, body).map(|paragraph| Line::new(layout, paragraph.span, Shape::Line, false));
    let own: Vec<Line> = own.into_iter().chain(lead).collect();
    if coverage::is_genre(&metadata) {
        coverage::read(layout, &own, &mut metadata);
    }
    masthead::read(layout, &own, &mut metadata);
    let turns = if is_resolution { Vec::new() } else { turns::find(layout, paragraphs) };
    if metadata.genre.is_none() && turns.is_empty() && coverage::is_told(layout, body) {
        // What looked like a meeting in the headline of such a text was a part of a sentence.
        metadata.meeting = None;
        metadata.genre = Some(coverage::genre());
    }
    if !turns.is_empty() {
        without_speaker(&turns, &mut metadata);
    } else if coverage::is_genre(&metadata) {
        coverage::nobody_speaks(&mut metadata);
    } else {
        opening::read(layout, body, &mut metadata);
    }
    masthead::read(layout, &foreign, &mut metadata);
    stamp::read(layout, &paragraphs[parts.body.end..], &mut metadata);
    signed::read(layout, &mut metadata);
    implied::after(layout, &own, &foreign, body, &mut metadata);
    voice::settle(layout, &mut metadata);
    implied::language(language, &mut metadata);
    let bad = layout.front.iter().flat_map(declared::bad_dates);
    let bad = bad.map(|(key, value)| Diagnostic {
        severity: Severity::Warning,
        message: format!("front matter: “{key}: {}” is no date", value.value),
        span: value.span,
    });
    let remarks = bad.chain(filename::complete(name, &mut metadata)).collect();
    era::read(layout, body, &mut metadata);
    (metadata, turns, remarks)
}

/// Where speakers take turns, nobody speaks for the whole: what was read from a turn's own heading is taken back.
fn without_speaker(turns: &[Intervention], metadata: &mut Metadata) {
    let of_turn = |field: &Option<Field<String>>| {
        field
            .as_ref()
            .and_then(|field| field.span)
            .is_some_and(|span| turns.iter().any(|turn| turn.span.contains(span)))
    };
    for field in [&mut metadata.speaker, &mut metadata.represents] {
        if of_turn(field) {
            *field = None;
        }
    }
    set(&mut metadata.genre, Some(Field { value: "record".into(), span: None }));
}

fn lines(layout: &Layout, paragraphs: &[Paragraph], foreign: bool) -> Vec<Line> {
    // Whoever speaks under a heading does not speak for the whole.
    let is_own = |paragraph: &&Paragraph| !super::zones::is_of_contents(layout.quote(paragraph.span));
    let wanted = paragraphs.iter().filter(|paragraph| paragraph.foreign == foreign).filter(is_own);
    wanted.map(|paragraph| Line::new(layout, paragraph.span, paragraph.shape, foreign)).collect()
}

/// The title of the front matter, read like a line of the masthead.
fn declared_title(layout: &Layout, metadata: &Metadata) -> Option<Line> {
    let span = metadata.title.as_ref()?.span?;
    Some(Line::new(layout, span, Shape::Heading, false))
}

/// Fills what is still empty.
fn set<T>(slot: &mut Option<T>, value: Option<T>) {
    if slot.is_none() {
        *slot = value;
    }
}
