//! Shows how documents are read: zones, blocks and metadata, for those who wonder why a sentence was not found.
//!
//! `cargo run --example layout -- FILE …`

use rapporteur::model::{Document, Fault, Span};
use rapporteur::read;

fn main() {
    for name in std::env::args().skip(1) {
        let bytes = std::fs::read(&name).unwrap_or_default();
        match read::read(&name, &bytes, &read::Options::default()) {
            Ok(document) => print(&document),
            Err(error) => {
                println!("== {name}\nerror {}: {error}\n  {}", error.code(), error.hint().unwrap_or_default())
            }
        }
    }
}

fn print(document: &Document) {
    println!("== {}", document.name);
    for zone in &document.zones {
        println!("{:11} {:6}..{:6} {}", zone.kind.name(), zone.span.start, zone.span.end, short(document, zone.span));
    }
    for block in &document.blocks {
        let kind = format!("{:?}", block.kind);
        let (start, end) = (block.span.start, block.span.end);
        println!("  {:11} {kind:9} {start:6}..{end:6} {}", block.zone.name(), short(document, block.span));
    }
    for gap in &document.gaps {
        println!("  gap {:6} {:?}", gap.start, document.quote(*gap));
    }
    let metadata = &document.metadata;
    let words = [
        ("title", &metadata.title),
        ("speaker", &metadata.speaker),
        ("represents", &metadata.represents),
        ("meeting", &metadata.meeting),
        ("agenda item", &metadata.agenda_item),
        ("item title", &metadata.item_title),
        ("place", &metadata.place),
        ("publisher", &metadata.publisher),
        ("source", &metadata.source),
        ("symbol", &metadata.symbol),
        ("organ", &metadata.organ),
        ("genre", &metadata.genre),
        ("language", &metadata.language),
    ];
    for (name, field) in words {
        field.iter().for_each(|field| row(document, name, &field.value, field.span));
    }
    for (name, field) in [("date", &metadata.date), ("published", &metadata.published)] {
        field.iter().for_each(|field| row(document, name, field.value.iso(), field.span));
    }
    metadata.session.iter().for_each(|field| row(document, "session", &field.value.to_string(), field.span));
    for remark in &document.diagnostics {
        println!("{:?}: {}", remark.severity, remark.message);
    }
}

fn row(document: &Document, name: &str, value: &str, span: Option<Span>) {
    println!("  {name:11} {value}   {}", span.map_or_else(String::new, |span| short(document, span)));
}

/// The start and end of a long stretch.
fn short(document: &Document, span: Span) -> String {
    let text: Vec<char> = document.quote(span).chars().collect();
    let whole: String = text.iter().collect();
    if text.len() <= 110 {
        return format!("{whole:?}");
    }
    let (start, end): (String, String) = (text[..60].iter().collect(), text[text.len() - 40..].iter().collect());
    format!("{start:?} … {end:?} ({})", text.len())
}
