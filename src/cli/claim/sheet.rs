//! Claims as a table to edit, and decisions read back from it. A row is known again by its key, which is made of what the
//! claim says and its words: numbers change from reading to reading.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use rapporteur::desk::Listed;
use rapporteur::lift::claim_digest;
use rapporteur::model::{Code, Decisions, Exit, Fault, Said, Verdict};

use crate::cli::trouble::Trouble;
use crate::cli::{Outcome, output_file, report};

/// The headings, in their order.
const HEADINGS: [&str; 11] = [
    "decision", "key", "subject", "relation", "object", "modality", "confidence", "standing", "quote", "document",
    "claim",
];

/// Writes the table.
pub fn export(file: &Path, force: bool, claims: &[Listed]) -> Outcome {
    let bytes = table(claims, delimiter(file));
    if file == Path::new("-") {
        return report::print(|out| out.write_all(&bytes));
    }
    output_file::save(file, force, |out| Ok(out.write_all(&bytes)?))?;
    report::note(format!(
        "{} to decide in {}: fill the first column with accept or reject, then --import it",
        claims.len(),
        file.display()
    ));
    Ok(Exit::Done)
}

fn delimiter(file: &Path) -> u8 {
    if file.extension().is_some_and(|ending| ending == "tsv") { b'\t' } else { b',' }
}

fn table(claims: &[Listed], delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    // Writing to a vector cannot fail.
    let _ = writer.write_record(HEADINGS);
    for claim in claims {
        let standing = if claim.waits { "waits" } else { "stands" };
        let cells = [
            "", &claim.key, &claim.subject, &claim.relation, &claim.object, claim.modality, &claim.confidence,
            standing, &claim.said.quote, &claim.document, &claim.number,
        ];
        let _ = writer.write_record(cells);
    }
    writer.into_inner().unwrap_or_default()
}

/// The decisions of a table; none if one of its rows cannot be understood.
pub fn import(file: &Path, claims: &[Listed], decisions: &Decisions) -> Result<Vec<(Said, Verdict)>, Box<dyn Fault>> {
    let name = file.display().to_string();
    let unreadable =
        |error: std::io::Error| Trouble::new(Code::FILE_UNREADABLE, format!("cannot read {name}: {}", error.kind()));
    let bytes = fs::read(file).map_err(unreadable)?;
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter(file)).flexible(true).from_reader(bytes.as_slice());
    let unclear = |line: u64, why: &str| Trouble::new(Code::DECISIONS_UNCLEAR, format!("{name}, line {line}: {why}"));
    let headings = reader.headers().map_err(|error| unclear(1, &error.to_string()))?.clone();
    let column = |what: &str| {
        let is = |heading: &str| heading.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case(what);
        headings.iter().position(is).ok_or_else(|| unclear(1, &format!("there is no column “{what}”")))
    };
    let (decision, key) = (column("decision")?, column("key")?);
    let known = claims.iter().map(|claim| (claim.key.clone(), claim.said.clone()));
    let known: HashMap<String, Said> =
        known.chain(decisions.claims().map(|(said, _)| (claim_digest(said), said.clone()))).collect();
    let mut taken = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| unclear(error.position().map_or(0, csv::Position::line), "it is no row"))?;
        let line = row.position().map_or(0, csv::Position::line);
        let cell = |at: usize| row.get(at).unwrap_or_default().trim();
        let word = cell(decision);
        if word.is_empty() {
            continue;
        }
        let verdict = Verdict::from_word(word);
        let verdict =
            verdict.ok_or_else(|| unclear(line, &format!("“{word}” is no decision; say accept or reject")))?;
        let said = known.get(cell(key)).cloned();
        let gone = || unclear(line, "the store has no such claim (any more); write the table again");
        taken.push((said.ok_or_else(gone)?, verdict));
    }
    Ok(taken)
}
