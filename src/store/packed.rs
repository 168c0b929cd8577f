//! A document as it enters a store, made without one: its text, its graphs and what the list of contents says of it. It can
//! be made on any machine and by any number of threads at once; a writer then puts it into its store, and the bytes are those
//! that it would have written itself.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::lift::{self, Base, Layer};
use crate::model::{Extraction, text};

use super::kept;
use super::manifest::{Counts, DocumentEntry, SegmentEntry, SourceEntry};
use super::note::{Holding, Note};
use super::ties::Ties;
use super::{Error, Line, Writer, segment};

/// Layers that each document has segments in.
const OF_DOCUMENTS: [Layer; 6] =
    [Layer::Claims, Layer::Evidence, Layer::Mentions, Layer::Doubtful, Layer::Links, Layer::LinkEvidence];

/// A document on its way into a store. As JSON it is one object, to be carried from machine to machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packed {
    base: String,
    sha256: String,
    entry: DocumentEntry,
    text: String,
    /// What leads from the text of a richer file back into it, as JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    /// The lines of other programs, by the programs' names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    answers: BTreeMap<String, String>,
    /// Sorted N-Quads, by layer.
    #[serde(default)]
    layers: BTreeMap<String, String>,
    /// How it stands in a store, where that was made beforehand.
    #[serde(skip)]
    stored: Option<Box<Stored>>,
    /// The files under gzip, by name, where they were made beforehand.
    #[serde(skip)]
    pressed: BTreeMap<String, Vec<u8>>,
}

/// A document as it stands in a store, where what data rows say of ties stands beside all documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stored {
    /// What the list of contents says of it.
    pub entry: DocumentEntry,
    /// What speaks for its other ties.
    own: String,
    /// What data rows say.
    pub ties: Ties,
}

/// What cannot be taken for a document on its way into a store.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct PackedError(String);

/// A file of a document.
struct Part<'p> {
    folder: &'static str,
    name: String,
    bytes: &'p [u8],
    note: Note,
}

impl Packed {
    /// Lifts a document. `by` names program and rules: `rapporteur 0.1.0`.
    pub fn new(extraction: &Extraction, base: &Base, by: &str) -> Self {
        let lifted = lift::lift(extraction, base);
        let mut entry = entry(extraction, by);
        let mut layers = BTreeMap::new();
        for layer in OF_DOCUMENTS {
            let (segment, lines) = segment::of_graphs(lifted.layer(layer));
            if segment.quads > 0 {
                entry.segments.insert(layer.name().to_owned(), segment);
                layers.insert(layer.name().to_owned(), String::from_utf8(lines).unwrap_or_default());
            }
        }
        let mut answers = BTreeMap::new();
        for (program, kept, lines) in kept::answers(extraction) {
            entry.answers.insert(program.clone(), kept);
            answers.insert(program, lines);
        }
        let document = &extraction.document;
        Self {
            base: base.as_str().to_owned(),
            sha256: document.sha256.clone(),
            entry,
            text: document.text.clone(),
            source: document.source.as_ref().and_then(|source| serde_json::to_string(source).ok()),
            answers,
            layers,
            stored: None,
            pressed: BTreeMap::new(),
        }
    }

    /// A document of a store: its entry, its text with the way back into its file, the lines of programs and its graphs.
    pub(super) fn of_parts(
        base: &str,
        sha256: &str,
        mut entry: DocumentEntry,
        (text, source): (String, Option<String>),
        (answers, layers): (BTreeMap<String, String>, BTreeMap<String, String>),
    ) -> Self {
        for (layer, lines) in &layers {
            entry.segments.insert(layer.clone(), segment::of_lines(lines.as_bytes()));
        }
        let (base, sha256, pressed) = (base.to_owned(), sha256.to_owned(), BTreeMap::new());
        Self { base, sha256, entry, text, source, answers, layers, stored: None, pressed }
    }

    /// Makes the files under gzip now, which is most of the work of writing them.
    #[must_use]
    pub fn pressed(mut self) -> Self {
        let stored = Box::new(self.apart());
        let press = |part: Part<'_>| Some((part.name, segment::compress(part.bytes, Some(&part.note)).ok()?));
        self.pressed = self.parts(&stored, &stored.entry).into_iter().filter_map(press).collect();
        self.stored = Some(stored);
        self
    }

    /// The document as it stands in a store.
    pub(super) fn stored(&self) -> Cow<'_, Stored> {
        self.stored.as_deref().map_or_else(|| Cow::Owned(self.apart()), Cow::Borrowed)
    }

    fn apart(&self) -> Stored {
        let lines = |layer: Layer| self.layers.get(layer.name()).map_or("", String::as_str);
        let (own, ties) = Ties::apart(lines(Layer::LinkEvidence), lines(Layer::Links));
        let mut entry = self.entry.clone();
        let segment = segment::of_lines(own.as_bytes());
        match segment.quads {
            0 => entry.segments.remove(Layer::LinkEvidence.name()),
            _ => entry.segments.insert(Layer::LinkEvidence.name().to_owned(), segment),
        };
        Stored { entry, own, ties }
    }

    /// A document that was written as JSON, and is what it says: its text and graphs have their hashes.
    ///
    /// # Errors
    /// If it is none, or was altered on its way.
    pub fn read(json: &str) -> Result<Self, PackedError> {
        let packed: Self =
            serde_json::from_str(json).map_err(|error| PackedError(format!("it does not read ({error})")))?;
        packed.prove().map_err(PackedError)?;
        Ok(packed)
    }

    /// The same document with its graphs, which came apart from it.
    ///
    /// # Errors
    /// As [`Packed::read`].
    pub fn read_parts(json: &str, layers: BTreeMap<String, String>) -> Result<Self, PackedError> {
        let packed: Self =
            serde_json::from_str(json).map_err(|error| PackedError(format!("it does not read ({error})")))?;
        let packed = Self { layers, ..packed };
        packed.prove().map_err(PackedError)?;
        Ok(packed)
    }

    /// The document without its graphs, and these by layer.
    pub fn parted(&self) -> (Self, &BTreeMap<String, String>) {
        (Self { layers: BTreeMap::new(), stored: None, pressed: BTreeMap::new(), ..self.clone() }, &self.layers)
    }

    /// SHA-256 of the text.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// What is said of it; in a store, its list of contents says so.
    pub fn entry(&self) -> &DocumentEntry {
        &self.entry
    }

    /// Where its IRIs start.
    pub fn base(&self) -> &str {
        &self.base
    }

    fn prove(&self) -> Result<(), String> {
        if !text::is_named(&self.text, &self.sha256) {
            return Err("its text does not have the hash that it should".to_owned());
        }
        let held: BTreeMap<&str, SegmentEntry> =
            self.layers.iter().map(|(layer, lines)| (layer.as_str(), segment::of_lines(lines.as_bytes()))).collect();
        let said = self.entry.segments.iter().map(|(layer, segment)| (layer.as_str(), segment));
        if !said.eq(held.iter().map(|(layer, segment)| (*layer, segment))) {
            return Err("its graphs do not have the hashes that they should".to_owned());
        }
        let is_known = |name: &&str| OF_DOCUMENTS.iter().any(|layer| layer.name() == *name);
        let is_quad = |line: &str| Line::split(line.as_bytes()).is_some();
        let all_quads = self.layers.values().all(|lines| lines.split_inclusive('\n').all(is_quad));
        if !held.keys().all(is_known) || !all_quads || self.entry.file.is_some() {
            return Err("it holds what no document does".to_owned());
        }
        let told = self.entry.answers.iter().map(|(program, kept)| (program, kept.sha256.as_str()));
        let hashes: Vec<_> = self.answers.iter().map(|(name, lines)| (name, segment::hash(lines.as_bytes()))).collect();
        match told.eq(hashes.iter().map(|(name, hash)| (*name, hash.as_str()))) {
            true if self.source.is_some() == self.entry.source.is_some() => Ok(()),
            _ => Err("what belongs to it is not all there".to_owned()),
        }
    }

    /// Puts its files into a store, unless sound ones are there. `entry` is what the list of contents will say of it.
    pub(super) fn put(&self, store: &Writer, stored: &Stored, entry: &DocumentEntry) -> Result<(), Error> {
        for part in self.parts(stored, entry) {
            let is_sound = |file: &[u8]| segment::decompress(file).is_ok_and(|known| known == part.bytes);
            let pressed = self.pressed.get(&part.name).filter(|_| *entry == stored.entry);
            let name = format!("{}/{}", part.folder, part.name);
            store.put_file(&name, part.bytes, &part.note, pressed.map(Vec::as_slice), is_sound)?;
        }
        Ok(())
    }

    /// Its files: graphs, answers, text, and the way back into the file.
    fn parts<'p>(&'p self, stored: &'p Stored, entry: &DocumentEntry) -> Vec<Part<'p>> {
        let note = |holding: Holding| Note { base: self.base.clone(), holding };
        let mut parts = Vec::new();
        for layer in OF_DOCUMENTS {
            let name = layer.name();
            let lines = if layer == Layer::LinkEvidence { Some(&stored.own) } else { self.layers.get(name) };
            let (Some(segment), Some(lines)) = (entry.segments.get(name), lines) else { continue };
            let holding =
                Holding::Layer { document: self.sha256.clone(), layer: name.to_owned(), quads: segment.quads };
            parts.push(Part { folder: "segments", name: segment.file(), bytes: lines.as_bytes(), note: note(holding) });
        }
        for (program, lines) in &self.answers {
            let Some(kept) = entry.answers.get(program) else { continue };
            let note = note(Holding::Answers);
            parts.push(Part { folder: "texts", name: kept.file(), bytes: lines.as_bytes(), note });
        }
        let holding = Holding::Text { entry: Box::new(entry.clone()) };
        let name = text_file(&self.sha256);
        parts.push(Part { folder: "texts", name, bytes: self.text.as_bytes(), note: note(holding) });
        if let (Some(source), Some(json)) = (&entry.source, &self.source) {
            let note = note(Holding::Source);
            parts.push(Part { folder: "sources", name: source.file(), bytes: json.as_bytes(), note });
        }
        parts
    }
}

/// The name of a text's file in `texts/`.
fn text_file(sha256: &str) -> String {
    format!("{sha256}.txt.gz")
}

fn entry(extraction: &Extraction, by: &str) -> DocumentEntry {
    let document = &extraction.document;
    let label = extraction.itself.map(|id| extraction.entity(id).label.clone());
    let title = document.metadata.title.as_ref().map(|title| title.value.clone());
    let coverage = extraction.coverage();
    let counts = Counts {
        mentions: extraction.mentions.len(),
        entities: extraction.entities.len(),
        claims: extraction.claims.len(),
        unsure: extraction.doubtful.len(),
        sentences: coverage.len(),
        silent: coverage.iter().filter(|covered| covered.claims.is_empty()).count(),
    };
    let name = document.file_name().unwrap_or("-").to_owned();
    let source = document.source.as_deref();
    DocumentEntry {
        label: label.or(title).unwrap_or_else(|| name.clone()),
        name,
        by: by.to_owned(),
        counts,
        segments: BTreeMap::new(),
        given: kept::given(extraction),
        answers: BTreeMap::new(),
        file: None,
        source: source
            .map(|source| SourceEntry { sha256: source.sha256.clone(), media_type: source.media_type.clone() }),
    }
}
