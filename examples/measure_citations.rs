//! Measures the citation grammar on resolutions whose citations editors have linked.
//!
//! `cargo run --example measure_citations -- ../shared/corpus/citations`
//!
//! Each file of the folder is a JSON list of paragraphs with `text` and `links` (`[[surface, address], …]`). A paragraph's
//! text is read; the set of symbols found is compared with the set of symbols in the editors' links. Editors never link
//! decisions, nor a document's own number, and drop part letters at will (`42/207 C` goes to `A/RES/42/207`): so
//! decisions are counted apart, the document's own symbol is left out, and part letters are not compared.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::{env, fs, io};

use rapporteur::annotate::citations;
use rapporteur::model::{
    Block, BlockKind, CodePoints, Document, Field, Metadata, Reading, Span, Symbol, SymbolKind, ZoneKind,
};
use serde_json::Value;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args().nth(1).unwrap_or_else(|| "../shared/corpus/citations".into());
    let mut files: Vec<_> = fs::read_dir(&folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    let mut tally = Tally::default();
    for file in &files {
        tally.add(file)?;
    }
    tally.print(files.len(), &mut io::stdout().lock())?;
    Ok(())
}

#[derive(Default)]
struct Tally {
    right: usize,
    extra: BTreeMap<String, Vec<String>>,
    missed: Vec<String>,
    decisions: usize,
}

impl Tally {
    fn add(&mut self, file: &Path) -> Result<(), Box<dyn Error>> {
        let paragraphs: Vec<Value> = serde_json::from_slice(&fs::read(file)?)?;
        let name = file.file_stem().unwrap_or_default().to_string_lossy().replace('_', "/");
        let document = document(&name, &paragraphs);
        let found = citations(&document);
        for (paragraph, block) in paragraphs.iter().zip(&document.blocks) {
            let symbols = found.iter().filter(|mention| block.span.contains(mention.span));
            let symbols = symbols.filter_map(|mention| match &mention.reading {
                Reading::Symbol(symbol) => Some(symbol),
                _ => None,
            });
            self.compare(&name, document.quote(block.span), symbols, &linked(paragraph));
        }
        Ok(())
    }

    fn compare<'a>(
        &mut self,
        name: &str,
        text: &str,
        found: impl Iterator<Item = &'a Symbol>,
        linked: &BTreeSet<String>,
    ) {
        let own = comparable(name);
        let mut seen = BTreeSet::new();
        for symbol in found {
            let key = comparable(&symbol.text);
            if key == own || !seen.insert(key.clone()) {
                continue;
            }
            match symbol.kind {
                _ if linked.contains(&key) => self.right += 1,
                SymbolKind::Decision => self.decisions += 1,
                _ => self
                    .extra
                    .entry(reason(&key, linked))
                    .or_default()
                    .push(format!("{name}: {key} | {}", around(text, &key))),
            }
        }
        let missed = linked.iter().filter(|key| **key != own && !seen.contains(*key));
        self.missed.extend(missed.map(|key| format!("{name}: {key} | {}", around(text, key))));
    }

    fn print(&self, files: usize, out: &mut impl Write) -> io::Result<()> {
        let extra: usize = self.extra.values().map(Vec::len).sum();
        let precision = self.right as f64 / (self.right + extra).max(1) as f64;
        let recall = self.right as f64 / (self.right + self.missed.len()).max(1) as f64;
        let f1 = 2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE);
        writeln!(
            out,
            "{files} documents; {} right, {extra} not linked by the editors, {} missed",
            self.right,
            self.missed.len()
        )?;
        writeln!(out, "precision {precision:.4}  recall {recall:.4}  F1 {f1:.4}")?;
        writeln!(out, "decisions found (editors link none, not counted): {}", self.decisions)?;
        for (reason, list) in &self.extra {
            writeln!(out, "\nfound, not linked: {reason}: {}", list.len())?;
            list.iter().try_for_each(|line| writeln!(out, "  {line}"))?;
        }
        writeln!(out, "\nlinked, not found: {}", self.missed.len())?;
        self.missed.iter().try_for_each(|line| writeln!(out, "  {line}"))
    }
}

/// The paragraphs as one document, with the organ that its own symbol tells.
fn document(name: &str, paragraphs: &[Value]) -> Document {
    let mut text = String::new();
    let mut blocks = Vec::new();
    for paragraph in paragraphs {
        let start = text.len();
        text.push_str(paragraph["text"].as_str().unwrap_or_default());
        blocks.push(Block { span: Span::new(start, text.len()), kind: BlockKind::Paragraph, zone: ZoneKind::Body });
        text.push_str("\n\n");
    }
    let organ = match name.chars().next() {
        Some('S') => "Security Council",
        Some('E') => "Economic and Social Council",
        _ => "General Assembly",
    };
    let metadata = Metadata { organ: Some(Field { value: organ.into(), span: None }), ..Metadata::default() };
    Document { name: name.into(), points: CodePoints::new(&text), text, blocks, metadata, ..Document::default() }
}

/// The symbols in the addresses of a paragraph's links.
fn linked(paragraph: &Value) -> BTreeSet<String> {
    let links = paragraph["links"].as_array().map_or(&[][..], Vec::as_slice);
    let addresses = links.iter().filter_map(|link| link[1].as_str());
    let symbols = addresses.filter_map(|address| address.split_once("undocs.org/").map(|(_, symbol)| symbol));
    symbols.map(|symbol| comparable(symbol.strip_prefix("en/").unwrap_or(symbol))).collect()
}

/// One spelling for both sides: capitals, no blanks, no part letters of resolutions.
fn comparable(symbol: &str) -> String {
    let plain = symbol.replace("%20", "").replace(' ', "").to_ascii_uppercase();
    let Some((series, number)) = plain.split_once("/RES/") else { return plain };
    let (number, session) = number.split_once('(').map_or((number, String::new()), |(n, s)| (n, format!("({s}")));
    let number = number.trim_end_matches(|c: char| c.is_ascii_uppercase() || c == '-');
    format!("{series}/RES/{number}{session}")
}

fn reason(key: &str, linked: &BTreeSet<String>) -> String {
    let number = key.rsplit("/RES/").next().unwrap_or(key);
    match linked.iter().find(|other| other.ends_with(&format!("/{number}"))) {
        Some(other) => format!("linked as {other}"),
        None if key.contains("/RES/") => "a resolution".into(),
        None => "a document".into(),
    }
}

/// The words around a symbol's number, for the eye.
fn around(text: &str, key: &str) -> String {
    let number = key.rsplit("/RES/").next().unwrap_or(key).split('(').next().unwrap_or(key);
    let at = text.find(number).unwrap_or(0);
    let start = text.floor_char_boundary(at.saturating_sub(60));
    let end = text.ceil_char_boundary((at + 50).min(text.len()));
    text[start..end].replace(['\n', '\t'], " ")
}
