//! What is kept with a document for its next reading: what the user stated of it, and the answers of other programs. The
//! answers are JSON Lines beside the texts, named by their hash.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::{Annotator, Answers, Extraction};

use super::{Damage, Directory, segment};

/// What the user stated of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct GivenEntry {
    /// The file or command line that says so.
    pub by: String,
    /// Value by key.
    pub values: BTreeMap<String, String>,
}

/// The answers of one program for a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnswersEntry {
    /// The program's version.
    pub version: String,
    /// SHA-256 of the lines.
    pub sha256: String,
    /// How many there are.
    pub lines: usize,
}

impl AnswersEntry {
    /// The file's name in `texts/`.
    pub fn file(&self) -> String {
        format!("{}.jsonl.gz", self.sha256)
    }
}

/// What the user states of a document that was read.
pub(super) fn given(extraction: &Extraction) -> Option<GivenEntry> {
    let document = &extraction.document;
    let by = document.metadata.stated_by.clone().unwrap_or_default();
    let values: BTreeMap<String, String> = document.given.iter().cloned().collect();
    (!values.is_empty()).then_some(GivenEntry { by, values })
}

/// The answers that were taken for a document: the program's name, the entry, the lines.
pub(super) fn answers(extraction: &Extraction) -> Vec<(String, AnswersEntry, String)> {
    let kept = extraction.proposals.iter().map(|proposals| &proposals.kept);
    let of_program = |answers: &Answers| {
        let mut lines = answers.lines.join("\n");
        lines.push('\n');
        let sha256 = segment::hash(lines.as_bytes());
        let entry = AnswersEntry { version: answers.by.version().to_owned(), sha256, lines: answers.lines.len() };
        (answers.by.name().to_owned(), entry, lines)
    };
    kept.filter(|answers| !answers.lines.is_empty()).map(of_program).collect()
}

impl Directory {
    /// The answers of other programs that are kept for a document, by the programs' names.
    ///
    /// # Errors
    /// If they are missing or do not have their hash.
    pub fn answers(&self, sha256: &str) -> Result<Vec<Answers>, Damage> {
        let programs = self.documents().get(sha256).into_iter().flat_map(|document| document.answers.keys());
        programs.filter_map(|program| self.answers_of(sha256, program).transpose()).collect()
    }

    /// The answers of one program.
    pub(super) fn answers_of(&self, sha256: &str, program: &str) -> Result<Option<Answers>, Damage> {
        let document = self.documents().get(sha256);
        let Some((document, entry)) = document.and_then(|document| Some((document, document.answers.get(program)?)))
        else {
            return Ok(None);
        };
        let file = format!("texts/{}", entry.file());
        let damage = |reason: String| {
            let what = format!("what {program} proposed for {}", document.name);
            Damage { path: self.path_of(&file), what, reason }
        };
        let bytes = self.file(&file).and_then(|file| segment::decompress(&file));
        let bytes = bytes.map_err(|error| damage(super::error::reason(&error)))?;
        if segment::hash(&bytes) != entry.sha256 {
            return Err(damage("its content does not have the hash that it should".to_owned()));
        }
        let text = String::from_utf8(bytes).map_err(|_| damage("it is no UTF-8".to_owned()))?;
        let by = Annotator::new(program, &entry.version).ok_or_else(|| damage("its name is none".to_owned()))?;
        Ok(Some(Answers { by, lines: text.lines().map(str::to_owned).collect() }))
    }
}
