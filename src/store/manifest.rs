//! What is in a store: its documents, their segments, and what stands beside them.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::lift::Layer;

use super::kept::{AnswersEntry, GivenEntry};
use super::originals::FileEntry;
use super::pages::{self, Documents, PageEntry};
use super::segment;

/// The format that this version writes. In the one before it, which is read, all documents stood in the list of contents, no
/// file lay in a pack, and each document told all of its ties.
pub const FORMAT: u32 = 2;

/// What stands in place of the checksum while it is made: 64 zeros.
const UNSEALED: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The list of contents, as JSON in `manifest.json`; the documents of a large store stand in [pages].
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Manifest {
    /// Version of the directory's layout.
    pub format: u32,
    /// Where the IRIs of the data start.
    pub base: String,
    /// SHA-256 of the file with zeros in this place and without carriage returns, which other programs may put into it.
    /// Older versions wrote none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub checksum: String,
    /// The documents, by SHA-256 of their text.
    #[serde(default)]
    pub documents: Documents,
    /// The pages that the documents were read from, or written to last; none if they stand in the list itself.
    #[serde(default)]
    pub pages: Vec<PageEntry>,
    /// Ontology, catalogue and runs, by layer name.
    #[serde(default)]
    pub standing: BTreeMap<String, SegmentEntry>,
    /// RDF that a user loaded, by the name it was loaded under.
    #[serde(default)]
    pub loaded: BTreeMap<String, SegmentEntry>,
}

/// A list of contents as its file has it.
#[derive(Serialize)]
struct Head<'m> {
    format: u32,
    base: &'m str,
    checksum: &'m str,
    documents: &'m Documents,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pages: &'m [PageEntry],
    standing: &'m BTreeMap<String, SegmentEntry>,
    loaded: &'m BTreeMap<String, SegmentEntry>,
}

/// The list of contents as it is written.
pub struct Written {
    /// The bytes of `manifest.json`.
    pub head: Vec<u8>,
    /// All pages, those among them that are as they were.
    pub pages: Vec<(PageEntry, Vec<u8>)>,
}

/// What a segment holds, in words: a layer of a document, or what stands by itself.
#[derive(Clone, Copy, Debug)]
pub struct What<'m> {
    name: &'m str,
    of: Option<&'m str>,
}

impl fmt::Display for What<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.of {
            Some(document) => write!(f, "{} of {document}", self.name),
            None => f.write_str(self.name),
        }
    }
}

/// A document of the store.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentEntry {
    /// The name of the file that it was last read from.
    pub name: String,
    /// What it is called in lists.
    pub label: String,
    /// Program and rules that read it: `rapporteur 0.1.0`.
    pub by: String,
    /// How much was found.
    pub counts: Counts,
    /// Its segments, by layer name.
    pub segments: BTreeMap<String, SegmentEntry>,
    /// What the user stated of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub given: Option<GivenEntry>,
    /// The answers of other programs that are kept, by the programs' names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, AnswersEntry>,
    /// The file that its text was taken out of, if that is more than its text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceEntry>,
    /// That file itself, if it is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<FileEntry>,
}

impl DocumentEntry {
    /// The files that hold the document of a text, by folder and name; the user's own file is none of them.
    pub(super) fn files(&self, sha256: &str) -> Vec<String> {
        let mut files: Vec<String> = self.segments.values().map(SegmentEntry::place).collect();
        files.push(format!("texts/{sha256}.txt.gz"));
        files.extend(self.answers.values().map(|answers| format!("texts/{}", answers.file())));
        files.extend(self.source.iter().map(|source| format!("sources/{}", source.file())));
        files
    }
}

/// A file whose text is in the store, with the way back into it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceEntry {
    /// SHA-256 of the file's bytes in hex.
    pub sha256: String,
    /// Its media type.
    pub media_type: String,
}

impl SourceEntry {
    /// The name of the file in `sources/` that leads from text to file.
    pub fn file(&self) -> String {
        format!("{}.json.gz", self.sha256)
    }
}

/// How much was found in a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Places that name something.
    pub mentions: usize,
    /// Things named.
    pub entities: usize,
    /// Claims.
    pub claims: usize,
    /// Claims with a confidence under 0.6.
    pub unsure: usize,
    /// Sentences of the document's own words; 0 where an older program stored it.
    #[serde(default)]
    pub sentences: usize,
    /// Those of them that gave no claim.
    #[serde(default)]
    pub silent: usize,
}

/// A segment: sorted N-Quads, compressed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SegmentEntry {
    /// SHA-256 of the N-Quads in hex; the first 32 digits are the file's name.
    pub sha256: String,
    /// Number of quads.
    pub quads: usize,
}

impl SegmentEntry {
    /// The file's name in `segments/`.
    pub fn file(&self) -> String {
        format!("{}.nq.gz", self.sha256.get(..32).unwrap_or(&self.sha256))
    }

    /// The same with the folder.
    pub fn place(&self) -> String {
        format!("segments/{}", self.file())
    }
}

impl Manifest {
    /// An empty store.
    pub fn new(base: &str) -> Self {
        Self {
            format: FORMAT,
            base: base.to_owned(),
            checksum: UNSEALED.to_owned(),
            documents: BTreeMap::new(),
            pages: Vec::new(),
            standing: BTreeMap::new(),
            loaded: BTreeMap::new(),
        }
    }

    /// The list as a file, under its checksum, and its pages, in the format of this version.
    ///
    /// # Errors
    /// If it cannot be written as JSON.
    pub fn written(&mut self) -> serde_json::Result<Written> {
        let pages = pages::of(&self.documents)?;
        self.pages = pages.iter().map(|(page, _)| page.clone()).collect();
        self.format = FORMAT;
        let none = Documents::new();
        let mut head = serde_json::to_vec_pretty(&Head {
            format: self.format,
            base: &self.base,
            checksum: UNSEALED,
            documents: if pages.is_empty() { &self.documents } else { &none },
            pages: &self.pages,
            standing: &self.standing,
            loaded: &self.loaded,
        })?;
        head.push(b'\n');
        self.checksum = segment::hash(&head);
        if let Some(place) = find(&head, UNSEALED.as_bytes()) {
            head[place..place + UNSEALED.len()].copy_from_slice(self.checksum.as_bytes());
        }
        Ok(Written { head, pages })
    }

    /// Whether the bytes that the list was read from are those that were written.
    pub fn is_sealed(&self, file: &[u8]) -> bool {
        let mut bytes: Vec<u8> = file.iter().copied().filter(|byte| *byte != b'\r').collect();
        match find(&bytes, self.checksum.as_bytes()) {
            Some(place) if self.checksum.len() == UNSEALED.len() => {
                bytes[place..place + UNSEALED.len()].copy_from_slice(UNSEALED.as_bytes());
                segment::hash(&bytes) == self.checksum
            }
            _ => self.checksum.is_empty(),
        }
    }

    /// The segments of some layers with what they hold, in a fixed order: what stands, documents by hash, loaded RDF.
    pub fn segments(&self, layers: &[Layer]) -> Vec<(What<'_>, &SegmentEntry)> {
        let is_wanted = |name: &str| Layer::from_name(name).is_some_and(|layer| layers.contains(&layer));
        let mut found = Vec::new();
        for (name, segment) in self.standing.iter().filter(|(name, _)| is_wanted(name)) {
            found.push((What { name, of: None }, segment));
        }
        for document in self.documents.values() {
            for (name, segment) in document.segments.iter().filter(|(name, _)| is_wanted(name)) {
                found.push((What { name, of: Some(&document.name) }, segment));
            }
        }
        if layers.contains(&Layer::Loaded) {
            found.extend(self.loaded.iter().map(|(name, segment)| (What { name, of: None }, segment)));
        }
        found
    }

    /// All segments.
    pub fn all_segments(&self) -> impl Iterator<Item = &SegmentEntry> {
        let of_documents = self.documents.values().flat_map(|document| document.segments.values());
        self.standing.values().chain(of_documents).chain(self.loaded.values())
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, wanted)
}
