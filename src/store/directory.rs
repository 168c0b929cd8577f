//! A store's directory as readers see it: one state, whatever a writer does meanwhile.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use oxrdf::Quad;
use rayon::prelude::*;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::lift::{Base, Layer};
use crate::model::{SourceFile, text};

use super::manifest::{DocumentEntry, FORMAT, Manifest, SegmentEntry};
use super::packs::{self, Packs};
use super::pages::{self, Flaw};
use super::{Damage, Error, originals, runs, segment};

/// How often a reader starts again because a writer replaced what it was about to read.
pub(super) const TRIES: usize = 10;

/// An open store directory.
#[derive(Clone, Debug)]
pub struct Directory {
    path: PathBuf,
    base: Base,
    manifest: Manifest,
    /// When the list of contents was written: one that a writer takes back to what it was is another one.
    written: Option<SystemTime>,
    packs: Packs,
}

/// A segment's file in memory, before it is proved and parsed.
pub(super) struct Raw {
    path: PathBuf,
    what: String,
    /// What the list of contents says of it; nothing of the record of runs.
    entry: Option<SegmentEntry>,
    file: io::Result<Vec<u8>>,
}

impl Directory {
    /// Reads the list of contents, nothing else.
    ///
    /// # Errors
    /// If there is no store, or its list of contents is damaged or of a later version.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let mut before = None;
        loop {
            let file = path.join("manifest.json");
            // Before its bytes: one that is replaced between the two counts as moved on, never as the same.
            let written = fs::metadata(&file).and_then(|found| found.modified()).ok();
            let bytes = fs::read(&file).map_err(|error| match error.kind() {
                ErrorKind::NotFound if has_parts(path) => damaged(&file, "it is missing"),
                ErrorKind::NotFound | ErrorKind::NotADirectory => Error::Missing(path.to_owned()),
                _ => Error::read(&file, &error),
            })?;
            let mut manifest = parse(&file, &bytes)?;
            match pages::read(path, &manifest.pages) {
                Ok(documents) => manifest.documents.extend(documents),
                // A writer may have replaced the list meanwhile: it is another one then.
                Err((_, Flaw::Gone)) if before.as_ref() != Some(&bytes) => {
                    before = Some(bytes);
                    continue;
                }
                Err((page, flaw)) => {
                    let reason = match flaw {
                        Flaw::Gone => "it is missing".to_owned(),
                        Flaw::Damaged(reason) => reason,
                    };
                    return Err(damaged(&path.join(pages::FOLDER).join(page.file()), reason));
                }
            }
            let base = Base::new(&manifest.base).map_err(|error| damaged(&file, error))?;
            return Ok(Self { path: path.to_owned(), base, manifest, written, packs: Packs::default() });
        }
    }

    /// A directory with this list of contents.
    pub(super) fn of(path: &Path, base: Base, manifest: Manifest, packs: Packs) -> Self {
        Self { path: path.to_owned(), base, manifest, written: None, packs }
    }

    /// A file of a document by its folder and name, wherever it is.
    pub(super) fn file(&self, name: &str) -> io::Result<Vec<u8>> {
        self.packs.read(&self.path, name)
    }

    /// Where a file of a document is: by itself, or in a pack.
    pub(super) fn path_of(&self, name: &str) -> PathBuf {
        self.packs.find(&self.path, name).map_or_else(|| self.path.join(name), |(pack, _)| pack)
    }

    fn raw(&self, what: &str, entry: &SegmentEntry) -> Raw {
        let name = entry.place();
        Raw { file: self.file(&name), path: self.path_of(&name), what: what.to_owned(), entry: Some(entry.clone()) }
    }

    /// What is wrong with a segment, if anything.
    pub(super) fn flaw(&self, what: &str, entry: &SegmentEntry) -> Option<Damage> {
        self.raw(what, entry).parse().err()
    }

    /// Where the store is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Where its IRIs start.
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// Its documents, by SHA-256 of their text.
    pub fn documents(&self) -> &BTreeMap<String, DocumentEntry> {
        &self.manifest.documents
    }

    /// RDF that was loaded, by name.
    pub fn loaded(&self) -> &BTreeMap<String, SegmentEntry> {
        &self.manifest.loaded
    }

    /// Ontology, catalogue and runs, by layer name.
    pub fn standing(&self) -> &BTreeMap<String, SegmentEntry> {
        &self.manifest.standing
    }

    /// Sixteen digits that change with what the store holds: made of the hashes of all its parts.
    pub fn revision(&self) -> String {
        let mut hash = Sha256::new();
        for (sha256, document) in self.documents() {
            hash.update(sha256);
            document.segments.values().for_each(|segment| hash.update(&segment.sha256));
        }
        let others = self.loaded().values().chain(self.standing().values());
        others.for_each(|segment| hash.update(&segment.sha256));
        text::hex(&hash.finalize()[..8])
    }

    /// Bytes of segments and texts on disk.
    pub fn bytes(&self) -> u64 {
        let size =
            |entry: io::Result<fs::DirEntry>| entry.and_then(|entry| entry.metadata()).map_or(0, |file| file.len());
        let folders = ["segments", "texts", "sources", packs::FOLDER, originals::FOLDER]
            .into_iter()
            .filter_map(|folder| fs::read_dir(self.path.join(folder)).ok());
        folders.flatten().map(size).sum()
    }

    /// What tells, without reading them, that the files of a document are as they were: segments, text, and what is kept of
    /// it besides. Some may be missing.
    pub fn stamps_of(&self, sha256: &str) -> Vec<String> {
        let Some(document) = self.documents().get(sha256) else { return Vec::new() };
        let stamp = |name: &String| match self.packs.find(&self.path, name) {
            Some((pack, place)) => format!("{name} {} {place:?}", self.stamp(&pack)),
            None => self.stamp(&self.path.join(name)),
        };
        let names = document.files(sha256);
        names.iter().map(stamp).chain(self.original_path(sha256).map(|path| self.stamp(&path))).collect()
    }

    /// Name, length and time of change of a file, in words; the name alone if it is missing.
    fn stamp(&self, path: &Path) -> String {
        let found = fs::metadata(path);
        let changed =
            found.as_ref().ok().and_then(|found| found.modified().ok()?.duration_since(SystemTime::UNIX_EPOCH).ok());
        let (length, changed) = (found.as_ref().map(fs::Metadata::len).ok(), changed.map(|since| since.as_nanos()));
        let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        format!("{name} {length:?} {changed:?}")
    }

    /// The same of the record of runs.
    pub fn stamp_of_runs(&self) -> String {
        self.stamp(&self.path.join(runs::FILE))
    }

    /// What is wrong with packs as wholes.
    pub fn flaws_of_packs(&self) -> Vec<Damage> {
        packs::flaws(&self.path)
    }

    /// What is wrong with the record of runs, if anything.
    pub fn flaw_of_runs(&self) -> Option<Damage> {
        runs::read(&self.path)?.err()
    }

    /// A text as it was read.
    ///
    /// # Errors
    /// If it is missing or does not have its hash.
    pub fn text(&self, sha256: &str) -> Result<String, Damage> {
        let file = format!("texts/{sha256}.txt.gz");
        let name = self.manifest.documents.get(sha256).map_or(sha256, |document| &document.name);
        let damage = |reason| Damage { path: self.path_of(&file), what: format!("the text of {name}"), reason };
        let bytes = self.file(&file).and_then(|file| segment::decompress(&file));
        let bytes = bytes.map_err(|error| damage(super::error::reason(&error)))?;
        let text = String::from_utf8(bytes).map_err(|_| damage("it is no UTF-8".to_owned()))?;
        match text::is_named(&text, sha256) {
            true => Ok(text),
            false => Err(damage("its content does not have the hash that it should".to_owned())),
        }
    }

    /// What leads from a text back into the file that it was taken out of; `None` where the file is the text.
    ///
    /// # Errors
    /// If it is missing or unreadable.
    pub fn source(&self, sha256: &str) -> Result<Option<SourceFile>, Damage> {
        self.source_read(sha256, |bytes| serde_json::from_slice(bytes).map_err(|error| error.to_string()))
    }

    /// The same as JSON, as it was written.
    pub(super) fn source_json(&self, sha256: &str) -> Result<Option<String>, Damage> {
        self.source_read(sha256, |bytes| String::from_utf8(bytes.to_vec()).map_err(|error| error.to_string()))
    }

    fn source_read<T>(&self, sha256: &str, read: impl FnOnce(&[u8]) -> Result<T, String>) -> Result<Option<T>, Damage> {
        let Some(document) = self.manifest.documents.get(sha256) else { return Ok(None) };
        let Some(source) = &document.source else { return Ok(None) };
        let name = format!("sources/{}", source.file());
        let bytes = self.file(&name).and_then(|file| segment::decompress(&file));
        let bytes = bytes.map_err(|error| super::error::reason(&error));
        let what = format!("the way from the text of {} into its file", document.name);
        let damage = |reason| Damage { path: self.path_of(&name), what, reason };
        bytes.and_then(|bytes| read(&bytes)).map(Some).map_err(damage)
    }

    /// The quads of some layers, segment by segment in a fixed order, and what is damaged.
    ///
    /// # Errors
    /// If a writer replaced the list of contents and the new one cannot be read.
    pub fn quads(&mut self, layers: &[Layer]) -> Result<(Vec<Vec<Quad>>, Vec<Damage>), Error> {
        let parsed: Vec<_> = self.fetch(layers)?.into_par_iter().map(Raw::parse).collect();
        let (mut quads, mut damages) = (Vec::with_capacity(parsed.len()), Vec::new());
        for result in parsed {
            match result {
                Ok(segment) => quads.push(segment),
                Err(damage) => damages.push(damage),
            }
        }
        Ok((quads, damages))
    }

    /// The quads that a document's segment of a layer holds; none if it has none.
    ///
    /// # Errors
    /// If it is missing or does not have its hash.
    pub fn of_document(&self, sha256: &str, layer: Layer) -> Result<Vec<Quad>, Damage> {
        let document = self.manifest.documents.get(sha256);
        let Some((document, entry)) = document.and_then(|it| Some((it, it.segments.get(layer.name())?))) else {
            return Ok(Vec::new());
        };
        self.raw(&format!("the {} of {}", layer.name(), document.name), entry).parse()
    }

    /// The files of some layers, all of one state. If a writer swept one away meanwhile, starts again from the new list.
    pub(super) fn fetch(&mut self, layers: &[Layer]) -> Result<Vec<Raw>, Error> {
        self.fetch_those(layers, |_| true)
    }

    /// The same, of those segments alone that are wanted.
    pub(super) fn fetch_those(
        &mut self,
        layers: &[Layer],
        wanted: impl Fn(&SegmentEntry) -> bool + Sync,
    ) -> Result<Vec<Raw>, Error> {
        for _ in 0..TRIES {
            let files = self.read_files(layers, &wanted);
            if !files.iter().any(Raw::is_gone) {
                return Ok(files);
            }
            if !self.has_moved_on()? {
                return Ok(files);
            }
        }
        Ok(self.read_files(layers, &wanted))
    }

    fn read_files(&self, layers: &[Layer], wanted: &(impl Fn(&SegmentEntry) -> bool + Sync)) -> Vec<Raw> {
        let segments = self.manifest.segments(layers).into_par_iter().filter(|(_, entry)| wanted(entry));
        let mut raw: Vec<Raw> = segments.map(|(what, entry)| self.raw(&what.to_string(), entry)).collect();
        if layers.contains(&Layer::Runs)
            && let Some(file) = runs::file(&self.path)
        {
            let path = self.path.join(runs::FILE);
            raw.push(Raw { path, what: Layer::Runs.name().to_owned(), entry: None, file });
        }
        raw
    }

    /// Whether a writer has replaced the list of contents; then it is read again.
    ///
    /// # Errors
    /// If the new one cannot be read.
    pub fn has_moved_on(&mut self) -> Result<bool, Error> {
        let now = Self::open(&self.path)?;
        let moved = now.written != self.written || now.manifest != self.manifest;
        *self = now;
        Ok(moved)
    }

    pub(super) const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    pub(super) fn into_manifest(self) -> Manifest {
        self.manifest
    }
}

impl Raw {
    /// Whether a writer may have swept it away.
    fn is_gone(&self) -> bool {
        self.file.as_ref().is_err_and(|error| error.kind() == ErrorKind::NotFound)
    }

    /// The quads, if the file holds what it should.
    pub fn parse(self) -> Result<Vec<Quad>, Damage> {
        self.prove(|entry, lines| segment::parse(lines, entry.quads))
    }

    /// Hands on the lines, if the file holds what it should.
    pub fn prove<T>(self, take: impl FnOnce(&SegmentEntry, &[u8]) -> Result<T, String>) -> Result<T, Damage> {
        let Self { path, what, entry, file } = self;
        let file = file.map_err(|error| match error.kind() {
            ErrorKind::NotFound => "the file is missing".to_owned(),
            _ => super::error::reason(&error),
        });
        let taken = file.and_then(|file| match &entry {
            Some(entry) => segment::lines_of(&file, entry).and_then(|lines| take(entry, &lines)),
            None => {
                runs::lines(&file).and_then(|lines| take(&SegmentEntry { sha256: String::new(), quads: 0 }, &lines))
            }
        });
        taken.map_err(|reason| Damage { path, what, reason })
    }
}

/// Whether a directory without a list of contents holds parts of a store.
fn has_parts(path: &Path) -> bool {
    let is_ours = |entry: io::Result<fs::DirEntry>| {
        entry.is_ok_and(|entry| entry.file_name().to_str().is_some_and(segment::is_ours))
    };
    let holds = |folder: &str| fs::read_dir(path.join(folder)).is_ok_and(|mut entries| entries.any(is_ours));
    holds("segments") || holds("texts") || !packs::names(path).is_empty()
}

/// What tells whether a list can be read at all.
#[derive(Deserialize)]
struct Version {
    #[serde(default)]
    format: serde_json::Value,
}

fn parse(file: &Path, bytes: &[u8]) -> Result<Manifest, Error> {
    let version: Version = serde_json::from_slice(bytes).map_err(|error| damaged(file, error))?;
    match version.format.as_u64() {
        Some(found) if found > u64::from(FORMAT) => {
            return Err(Error::Newer { found: u32::try_from(found).unwrap_or(u32::MAX), known: FORMAT });
        }
        Some(1..) => {}
        _ => return Err(damaged(file, "it names no format that there is")),
    }
    let manifest: Manifest = serde_json::from_slice(bytes).map_err(|error| damaged(file, error))?;
    match manifest.is_sealed(bytes) {
        true => Ok(manifest),
        false => Err(damaged(file, "it does not have the checksum that it should")),
    }
}

fn damaged(file: &Path, reason: impl std::fmt::Display) -> Error {
    Error::Manifest { path: file.to_owned(), reason: reason.to_string() }
}
