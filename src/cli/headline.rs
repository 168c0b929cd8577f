//! The lines that say what was found in a document.

use std::fmt::Write;

use rapporteur::model::text::counted;
use rapporteur::model::{Document, Extraction, Severity, ZoneKind};
use rapporteur::store::Added;

use super::{annotator, report};

/// Prints name, occasion, furniture, counts and remarks.
pub fn print(name: &str, extraction: &Extraction, added: Option<Added>) {
    let document = &extraction.document;
    report::note(format!("{name}   {}", occasion(document)));
    if let Some(lines) = furniture(document) {
        report::note(format!("  page furniture kept, not read for claims: {lines}"));
    }
    if let Some(taken) = publication(document) {
        report::note(format!("  {taken}"));
    }
    report::note(format!("  {}{}", counts(extraction), fate(added)));
    extraction.proposals.iter().for_each(|proposals| annotator::told("", proposals));
    for diagnostic in document.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Warning) {
        let place = diagnostic.span.map(|span| format!("line {}: ", document.line_of(span.start)));
        report::note(format!("  note: {}{}", place.unwrap_or_default(), diagnostic.message));
    }
}

/// Who, where and when, as far as the document says: `Iran · Expert Group, 7th session · 8 April 2021 · Vienna`.
fn occasion(document: &Document) -> String {
    let metadata = &document.metadata;
    let words = |field: &Option<rapporteur::model::Field<String>>| field.as_ref().map(|field| field.value.clone());
    let speaker = words(&metadata.represents).or_else(|| words(&metadata.organ)).or_else(|| words(&metadata.speaker));
    let symbol = words(&metadata.symbol);
    let date = metadata.date.as_ref().map(|date| date.value.words());
    let parts = [speaker, symbol, words(&metadata.meeting), date, words(&metadata.place), words(&metadata.agenda_item)];
    let known: Vec<String> = parts.into_iter().flatten().collect();
    match (known.is_empty(), words(&metadata.title)) {
        (false, _) => known.join(" · "),
        (true, Some(title)) => title,
        (true, None) => "no speaker, meeting or date found".to_owned(),
    }
}

/// The lines that are kept and not read: `lines 1–12 and 60–65`.
fn furniture(document: &Document) -> Option<String> {
    let zones = document.zones.iter().filter(|zone| zone.kind == ZoneKind::Boilerplate);
    let lines: Vec<String> = zones
        .filter(|zone| !document.quote(zone.span).trim().is_empty())
        .map(|zone| range(document.line_of(zone.span.start), document.line_of(zone.span.end.saturating_sub(1))))
        .collect();
    let (last, rest) = lines.split_last()?;
    Some(if rest.is_empty() { format!("lines {last}") } else { format!("lines {} and {last}", rest.join(", ")) })
}

fn range(first: usize, last: usize) -> String {
    if first == last { first.to_string() } else { format!("{first}–{last}") }
}

fn publication(document: &Document) -> Option<String> {
    let published = document.metadata.published.as_ref().map(|date| date.value.words());
    let publisher = document.metadata.publisher.as_ref().map(|field| format!("by {}", field.value));
    let parts: Vec<String> = published.into_iter().chain(publisher).collect();
    (!parts.is_empty()).then(|| format!("published {}", parts.join(" ")))
}

/// `24 claims (7 more to review), 22 entities (9 of them in the catalogue)`.
fn counts(extraction: &Extraction) -> String {
    let doubtful = extraction.doubtful.len();
    let mut text = counted(extraction.claims.len(), "claim");
    // Writing to a string cannot fail.
    if doubtful > 0 {
        let _ = write!(text, " ({doubtful} more to review)");
    }
    let known = extraction.entities.iter().filter(|entity| entity.known).count();
    let _ = write!(text, ", {}", things(extraction.entities.len()));
    if known > 0 {
        let _ = write!(text, " ({known} in the catalogue)");
    }
    text
}

fn fate(added: Option<Added>) -> &'static str {
    match added {
        Some(Added::Same) => "; already stored, unchanged",
        Some(Added::Replaced) => "; replaces what was stored of this text",
        Some(Added::New) | None => "",
    }
}

/// `18 of 26 sentences gave claims (69 %)`.
pub fn share(covered: usize, sentences: usize) -> String {
    let percent = (covered * 100 + sentences / 2) / sentences.max(1);
    format!("{covered} of {} gave claims ({percent} %)", counted(sentences, "sentence"))
}

/// `1 entity`, `2 entities`.
pub fn things(number: usize) -> String {
    format!("{number} {}", if number == 1 { "entity" } else { "entities" })
}
