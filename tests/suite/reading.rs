//! Folder cases for reading: each invented text in `tests/reading` against the zones, blocks, gaps and metadata beside
//! it. `UPDATE=1` writes them anew.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use rapporteur::model::{Document, Span};
use rapporteur::read;

#[test]
fn texts_are_read_as_expected() {
    let mut wrong = Vec::new();
    for path in texts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reading")) {
        let bytes = fs::read(&path).expect("case can be read");
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        let document = read::read(&name, &bytes, &read::Options::default()).expect("case is text");
        let found = told(&document);
        let beside = path.with_extension("expected");
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&beside, &found).expect("case can be written");
        }
        let expected = fs::read_to_string(&beside).unwrap_or_default();
        if found != expected {
            wrong.push(format!("{name}:\n{}", difference(&expected, &found)));
        }
    }
    assert!(wrong.is_empty(), "\n{}\nUPDATE=1 accepts what is found", wrong.join("\n"));
}

fn texts(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("cases").map(|entry| entry.expect("entry").path());
    let is_text =
        |path: &PathBuf| path.extension().and_then(|extension| extension.to_str()).is_some_and(read::is_readable);
    let mut found: Vec<PathBuf> = entries.filter(is_text).collect();
    found.sort();
    assert!(found.len() > 10, "cases are there");
    found
}

/// All that reading found, one line each.
fn told(document: &Document) -> String {
    let mut out = String::new();
    let quote = |span: Span| format!("{:?}", document.quote(span));
    for zone in &document.zones {
        let (start, end) = document.code_points(zone.span);
        let _ = writeln!(out, "zone {} {start}..{end}", zone.kind.name());
    }
    for block in &document.blocks {
        let kind = format!("{:?}", block.kind).to_lowercase();
        let _ = writeln!(out, "{} {kind} {}", block.zone.name(), quote(block.span));
    }
    for gap in &document.gaps {
        let _ = writeln!(out, "gap {} {}", gap.start, quote(*gap));
    }
    for (name, value, span) in metadata(document) {
        let _ = writeln!(out, "{name}: {value} {}", span.map_or_else(|| "(worked out)".into(), quote));
    }
    for turn in &document.interventions {
        let value = |field: &Option<rapporteur::model::Field<String>>| {
            field.as_ref().map_or_else(|| "-".to_owned(), |field| field.value.clone())
        };
        let first: String =
            document.text[turn.words..turn.span.end].split_whitespace().take(4).collect::<Vec<_>>().join(" ");
        let (who, whom, language) = (value(&turn.speaker), value(&turn.represents), value(&turn.language));
        let office = if turn.presides { " (presides)" } else { "" };
        let _ = writeln!(out, "turn: {who}{office} for {whom} in {language}: {first:?}");
    }
    for remark in &document.diagnostics {
        let _ = writeln!(out, "{:?}: {}", remark.severity, remark.message);
    }
    out
}

fn metadata(document: &Document) -> Vec<(&'static str, String, Option<Span>)> {
    let data = &document.metadata;
    let words = [
        ("title", &data.title),
        ("speaker", &data.speaker),
        ("represents", &data.represents),
        ("meeting", &data.meeting),
        ("agenda item", &data.agenda_item),
        ("item title", &data.item_title),
        ("place", &data.place),
        ("publisher", &data.publisher),
        ("source", &data.source),
        ("symbol", &data.symbol),
        ("organ", &data.organ),
        ("addressee", &data.addressee),
        ("genre", &data.genre),
        ("language", &data.language),
    ];
    let mut found: Vec<_> = words
        .into_iter()
        .filter_map(|(name, field)| field.as_ref().map(|field| (name, field.value.clone(), field.span)))
        .collect();
    for item in &data.items {
        let title = item.title.as_ref().map_or_else(|| "-".to_owned(), |title| title.value.clone());
        found.push(("item", format!("{}: {title}", item.number.value), item.number.span));
    }
    for signatory in &data.signatories {
        let of = |field: &Option<rapporteur::model::Field<String>>| {
            field.as_ref().map_or_else(|| "-".to_owned(), |field| field.value.clone())
        };
        let told = format!("{}, {}, for {}", signatory.name.value, of(&signatory.office), of(&signatory.represents));
        found.push(("signed", told, signatory.name.span));
    }
    found.extend(data.session.as_ref().map(|field| ("session", field.value.to_string(), field.span)));
    let dates = [("date", &data.date), ("published", &data.published)];
    let dates = dates.into_iter().filter_map(|(name, field)| field.as_ref().map(|field| (name, field)));
    found.extend(dates.map(|(name, field)| (name, field.value.iso().to_owned(), field.span)));
    found
}

fn difference(expected: &str, found: &str) -> String {
    let missing =
        expected.lines().filter(|line| !found.lines().any(|other| other == *line)).map(|line| format!("- {line}"));
    let new =
        found.lines().filter(|line| !expected.lines().any(|other| other == *line)).map(|line| format!("+ {line}"));
    missing.chain(new).collect::<Vec<_>>().join("\n")
}
