//! What one store gives to another, so that nothing is lost: documents as they are, and the union of what stands beside them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::lift::Layer;

use super::manifest::{DocumentEntry, SegmentEntry};
use super::note::Holding;
use super::packed::Packed;
use super::ties::Ties;
use super::{Damage, Directory, Error, Writer, runs, segment};

/// A document, and the file that it was read from if that is kept.
pub type Carried = (Packed, Option<Vec<u8>>);

impl Directory {
    /// A document as it may enter another store, with what [speaks for its ties](Directory::ties); `None` if there is none of
    /// that hash.
    ///
    /// # Errors
    /// If a part of it is damaged.
    pub fn packed(&self, sha256: &str, ties: &Ties) -> Result<Option<Carried>, Damage> {
        let Some(entry) = self.documents().get(sha256) else { return Ok(None) };
        let mut layers = BTreeMap::new();
        for (layer, segment) in &entry.segments {
            let lines = self.lines_of(&format!("{layer} of {}", entry.name), segment)?;
            layers.insert(layer.clone(), lines);
        }
        let lines = |layer: Layer| layers.get(layer.name()).map_or("", String::as_str);
        let evidence = ties.with(lines(Layer::LinkEvidence), lines(Layer::Links));
        if !evidence.is_empty() {
            layers.insert(Layer::LinkEvidence.name().to_owned(), evidence);
        }
        let mut answers = Vec::new();
        for program in entry.answers.keys() {
            let lines = self.answers_of(sha256, program)?.map_or_else(Vec::new, |answers| answers.lines);
            answers.push((program.clone(), lines.join("\n") + "\n"));
        }
        let packed = Packed::of_parts(
            self.base().as_str(),
            sha256,
            DocumentEntry { file: None, ..entry.clone() },
            (self.text(sha256)?, self.source_json(sha256)?),
            (answers.into_iter().collect(), layers),
        );
        Ok(Some((packed, self.original(sha256)?)))
    }

    /// The N-Quads of RDF that was loaded under a name.
    ///
    /// # Errors
    /// If it is damaged.
    pub fn loaded_lines(&self, name: &str) -> Result<String, Damage> {
        self.loaded().get(name).map_or_else(|| Ok(String::new()), |entry| self.lines_of(name, entry))
    }

    /// The N-Quads of a graph that belongs to no document.
    ///
    /// # Errors
    /// If it is damaged.
    pub fn standing_lines(&self, layer: Layer) -> Result<String, Damage> {
        let name = layer.name();
        self.standing().get(name).map_or_else(|| Ok(String::new()), |entry| self.lines_of(name, entry))
    }

    /// The N-Quads of a segment; `what` says in an error what it is.
    ///
    /// # Errors
    /// If it is missing or does not have its hash.
    pub fn lines_of(&self, what: &str, entry: &SegmentEntry) -> Result<String, Damage> {
        let read = self.file(&entry.place()).map_err(|error| super::error::reason(&error));
        let lines = read.and_then(|file| segment::lines_of(&file, entry));
        let lines = lines.and_then(|lines| String::from_utf8(lines).map_err(|_| "it is no UTF-8".to_owned()));
        lines.map_err(|reason| Damage { path: self.path_of(&entry.place()), what: what.to_owned(), reason })
    }
}

impl Writer {
    /// Keeps what an earlier entry of a document has and the present one lacks: answers of programs, what the user stated.
    /// Tells whether there was any: then the document is to be read again.
    pub fn keep_of(&mut self, sha256: &str, before: &DocumentEntry) -> bool {
        let Some(entry) = self.manifest_mut().documents.get_mut(sha256) else { return false };
        let (answers, given) = (entry.answers.len(), entry.given.clone());
        for (program, kept) in &before.answers {
            entry.answers.entry(program.clone()).or_insert_with(|| kept.clone());
        }
        match (&mut entry.given, &before.given) {
            (Some(now), Some(before)) => {
                for (key, value) in &before.values {
                    now.values.entry(key.clone()).or_insert_with(|| value.clone());
                }
            }
            (now @ None, Some(before)) => *now = Some(before.clone()),
            _ => {}
        }
        entry.answers.len() > answers || entry.given != given
    }

    /// Adds lines to a graph that belongs to no document.
    ///
    /// # Errors
    /// If they are damaged, or cannot be written.
    pub fn stand_also(&mut self, layer: Layer, lines: &str) -> Result<(), Error> {
        let own = self.preview().standing_lines(layer)?;
        let all = union(&[&own, lines]);
        if all.is_empty() || all == own {
            return Ok(());
        }
        self.put_standing(layer, segment::of_lines(all.as_bytes()), all.as_bytes())
    }

    /// Adds RDF that another store loaded under a name; where another has the name, it gets a number. Gives its name.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn take_loaded(&mut self, name: &str, lines: &str) -> Result<String, Error> {
        let segment = segment::of_lines(lines.as_bytes());
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        let is_free = |name: &String| self.manifest().loaded.get(name).is_none_or(|other| *other == segment);
        let name = names.find(is_free).unwrap_or_default();
        let note = self.note(Holding::Loaded { name: name.clone(), quads: segment.quads });
        segment::write(&self.directory().join("segments"), &segment, lines.as_bytes(), &note)?;
        self.manifest_mut().loaded.insert(name.clone(), segment);
        Ok(name)
    }

    /// Records the runs of another store beside those before them. A record that is damaged is passed over: it holds nothing
    /// that a claim rests on.
    ///
    /// # Errors
    /// If the record cannot be written.
    pub fn record_also(&mut self, other: &Path) -> Result<(), Error> {
        let text = |dir: &Path| runs::text(dir).and_then(Result::ok).and_then(|text| String::from_utf8(text).ok());
        let Some(theirs) = text(other) else { return Ok(()) };
        let all = union(&[&text(self.directory()).unwrap_or_default(), &theirs]);
        let quads = segment::of_lines(all.as_bytes()).quads;
        let note = self.note(Holding::Standing { layer: Layer::Runs.name().to_owned(), quads });
        runs::write(self.directory(), all.as_bytes(), &note)
    }
}

/// The lines of some texts, sorted, each once.
fn union(texts: &[&str]) -> String {
    let lines: BTreeSet<&str> = texts.iter().flat_map(|text| text.split_inclusive('\n')).collect();
    lines.into_iter().collect()
}
