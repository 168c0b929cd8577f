//! Possible links as a table to edit, and decisions read back from it.

use std::fs;
use std::path::Path;

use rapporteur::desk::{LinkCard, links_table};
use rapporteur::lift::Base;
use rapporteur::model::{Decision, Fault, Ruling};
use rapporteur::vocabularies::load::LoadError;

use crate::cli::Outcome;
use crate::cli::decision_table::{self, delimiter};

/// Writes the table.
pub fn export(file: &Path, force: bool, cards: &[LinkCard]) -> Outcome {
    let bytes = links_table(cards, delimiter(file));
    decision_table::save(file, force, &bytes, (cards.len(), "accept, reject or never"))
}

/// The decisions of a table; none if one of its rows cannot be understood.
pub fn import(file: &Path, base: &Base) -> Result<Vec<Decision>, Box<dyn Fault>> {
    let name = file.display().to_string();
    let bytes = fs::read(file).map_err(|error| LoadError::read(&name, &error))?;
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(file)).flexible(true).from_reader(bytes.as_slice());
    let unclear = |line: u64, reason: String| LoadError::Row { name: name.clone(), line, reason };
    let headings = reader.headers().map_err(|error| unclear(1, error.to_string()))?.clone();
    let column = |what: &'static str| {
        let found = headings
            .iter()
            .position(|heading| heading.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case(what));
        let columns = || headings.iter().map(str::to_owned).collect();
        found.ok_or_else(|| LoadError::Column { name: name.clone(), what, columns: columns() })
    };
    let (ruling, key, iri, scheme) = (column("decision")?, column("key")?, column("iri")?, column("scheme")?);
    let mut taken = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| unclear(0, error.to_string()))?;
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |at: usize| row.get(at).unwrap_or_default().trim().to_owned();
        let word = cell(ruling);
        if word.is_empty() {
            continue;
        }
        let ruling = Ruling::from_word(&word)
            .ok_or_else(|| unclear(line, format!("“{word}” is no decision; say accept, reject or never")))?;
        let (key, iri) = (cell(key), cell(iri));
        let key = base.key(&key).map_or(key.clone(), str::to_owned);
        if !key.contains('/') || oxrdf::NamedNode::new(&iri).is_err() {
            return Err(unclear(line, "it needs a key like body/unodc and an IRI".to_owned()).into());
        }
        taken.push(Decision { key, iri, scheme: cell(scheme), ruling });
    }
    Ok(taken)
}
