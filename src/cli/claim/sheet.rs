//! Claims as a table to edit, and decisions read back from it. A row is known again by its key, which is made of what the
//! claim says and its words: numbers change from reading to reading.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use rapporteur::desk::{EditError, Editor, Listed, claims_table};
use rapporteur::lift::claim_digest;
use rapporteur::model::{Code, Decisions, Fault, Said, Verdict};
use rapporteur::pipeline::Pipeline;
use rapporteur::record::Record;

use crate::cli::Outcome;
use crate::cli::decision_table::{self, delimiter};
use crate::cli::trouble::Trouble;

/// Writes the table.
pub fn export(file: &Path, force: bool, claims: &[&Listed]) -> Outcome {
    let bytes = claims_table(claims, delimiter(file));
    decision_table::save(file, force, &bytes, (claims.len(), "accept, reject or edit (and correct the others)"))
}

/// What rows can mean.
pub struct Known<'k> {
    editor: Editor<'k>,
    claims: HashMap<&'k str, &'k Listed>,
    decided: HashMap<String, &'k Said>,
}

impl<'k> Known<'k> {
    /// The claims of a record, and what was decided about before.
    pub fn new(
        record: &'k Record<'k>,
        pipeline: &'k Pipeline<'k>,
        claims: &'k [Listed],
        decisions: &'k Decisions,
    ) -> Self {
        Self {
            editor: Editor { record, pipeline },
            claims: claims.iter().map(|claim| (claim.key.as_str(), claim)).collect(),
            decided: decisions.claims().map(|(said, _)| (claim_digest(said), said)).collect(),
        }
    }

    fn said(&self, key: &str) -> Option<&Said> {
        self.claims.get(key).map(|claim| &claim.said).or_else(|| self.decided.get(key).copied())
    }
}

/// The columns of a table.
struct Columns {
    decision: usize,
    key: usize,
    /// Subject, relation, object; they may be missing.
    parts: [Option<usize>; 3],
}

/// The decisions of a table; none if one of its rows cannot be understood.
pub fn import(file: &Path, known: &Known<'_>) -> Result<Vec<(Said, Verdict)>, Box<dyn Fault>> {
    let name = file.display().to_string();
    let unreadable =
        |error: std::io::Error| Trouble::new(Code::FILE_UNREADABLE, format!("cannot read {name}: {}", error.kind()));
    let bytes = fs::read(file).map_err(unreadable)?;
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(file)).flexible(true).from_reader(bytes.as_slice());
    let unclear = |line: u64, why: &str| Trouble::new(Code::DECISIONS_UNCLEAR, format!("{name}, line {line}: {why}"));
    let headings = reader.headers().map_err(|error| unclear(1, &error.to_string()))?.clone();
    let column = |what: &str| {
        let is = |heading: &str| heading.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case(what);
        headings.iter().position(is)
    };
    let needed = |what: &str| column(what).ok_or_else(|| unclear(1, &format!("there is no column “{what}”")));
    let columns = Columns {
        decision: needed("decision")?,
        key: needed("key")?,
        parts: ["subject", "relation", "object"].map(column),
    };
    let mut taken = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| unclear(error.position().map_or(0, csv::Position::line), "it is no row"))?;
        let line = row.position().map_or(0, csv::Position::line);
        match decision(&row, &columns, known) {
            Ok(Some(decision)) => taken.push(decision),
            Ok(None) => {}
            Err(why) => return Err(unclear(line, &why).into()),
        }
    }
    Ok(taken)
}

/// What a row decides; `None` if it leaves its claim open. The error says what is wrong with it.
fn decision(row: &csv::StringRecord, columns: &Columns, known: &Known<'_>) -> Result<Option<(Said, Verdict)>, String> {
    let cell = |at: usize| row.get(at).unwrap_or_default().trim();
    let word = cell(columns.decision);
    if word.is_empty() {
        return Ok(None);
    }
    let key = cell(columns.key);
    let is_edit = ["e", "edit", "edited"].contains(&word.to_lowercase().as_str());
    let Some(verdict) = Verdict::from_word(word) else {
        if !is_edit {
            return Err(format!("“{word}” is no decision; say accept, reject or edit"));
        }
        let gone = || "the store has no such claim (any more); write the table again".to_owned();
        let claim = known.claims.get(key).ok_or_else(gone)?;
        let now = edited(row, columns, claim, &known.editor)?;
        return Ok(Some((claim.said.clone(), Verdict::Edit(Box::new(now)))));
    };
    match known.said(key) {
        Some(said) => Ok(Some((said.clone(), verdict))),
        None => Err("the store has no such claim (any more); write the table again".to_owned()),
    }
}

/// A claim as a row says it, which must be something else than before.
fn edited(row: &csv::StringRecord, columns: &Columns, claim: &Listed, editor: &Editor<'_>) -> Result<Said, String> {
    let cells = columns.parts.map(|at| at.and_then(|at| row.get(at)));
    editor.rewritten(claim, cells).map_err(|error| match error {
        EditError::Nothing => "“edit” changes nothing: write another subject, relation or object".to_owned(),
        other => other.to_string(),
    })
}
