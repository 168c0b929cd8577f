//! CSL-JSON, as Zotero, pandoc and citeproc read it.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::{CitationType, Reference};

/// Writes references as one array.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(references: &[Reference], out: &mut impl Write) -> io::Result<()> {
    let items: Vec<Value> = references.iter().map(item).collect();
    serde_json::to_writer_pretty(&mut *out, &items)?;
    writeln!(out)
}

fn item(reference: &Reference) -> Value {
    let authors: Vec<Value> = reference.authors.iter().map(|name| json!({"literal": name})).collect();
    let speaker = reference.speaker.as_ref().map(|name| format!("Delivered by {name}. ")).unwrap_or_default();
    let genre = reference.genre.as_deref().map(super::capital);
    let given = [
        ("id", Some(json!(reference.key))),
        ("type", Some(json!(kind(reference.sort)))),
        ("author", (!authors.is_empty()).then(|| json!(authors))),
        ("title", Some(json!(reference.title))),
        ("issued", issued(reference)),
        ("genre", genre.map(Value::from)),
        ("event-title", reference.meeting.clone().map(Value::from)),
        ("event-place", reference.place.clone().map(Value::from)),
        ("section", reference.item.clone().map(Value::from)),
        ("number", reference.symbol.clone().map(Value::from)),
        ("publisher", reference.publisher.clone().map(Value::from)),
        ("language", reference.language.clone().map(Value::from)),
        ("URL", reference.url.clone().map(Value::from)),
        ("note", Some(json!(format!("{speaker}SHA-256 of the text: {}", reference.sha256)))),
    ];
    let known = given.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    known.collect::<Map<_, _>>().into()
}

const fn kind(sort: CitationType) -> &'static str {
    match sort {
        CitationType::Statement => "speech",
        CitationType::Resolution => "report",
        CitationType::Document => "document",
    }
}

/// One date or both ends of an interval, as numbers; words where it is no plain date.
fn issued(reference: &Reference) -> Option<Value> {
    let date = reference.date.as_ref()?;
    let ends = if date.is_interval() { vec![date.start(), date.end()] } else { vec![date.start()] };
    let numbers: Option<Vec<Vec<u32>>> =
        ends.iter().map(|end| end.split('-').map(|part| part.parse().ok()).collect()).collect();
    Some(match numbers {
        Some(parts) => json!({"date-parts": parts}),
        None => json!({"literal": date.iso()}),
    })
}
