//! The one writer: adds, replaces and removes documents; nothing shows until it commits.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::lift::{self, Base, Graph, Layer, Run, Step};
use crate::model::Extraction;

use super::foreign::Foreign;
use super::lock::{Holder, Lock};
use super::manifest::{DocumentEntry, Manifest, SegmentEntry};
use super::note::{Holding, Note};
use super::originals::{self, FileEntry};
use super::packed::Packed;
use super::packing::FOLDERS;
use super::packs::{self, Packs};
use super::pages::{self, PageEntry};
use super::ties::Held;
use super::{Directory, Error, files, index, journal, runs, segment};

/// What adding did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It was not there.
    New,
    /// It was there, read otherwise: its graphs are replaced.
    Replaced,
    /// It was there, the same.
    Same,
}

/// A store open for writing.
#[derive(Debug)]
pub struct Writer {
    dir: PathBuf,
    base: Base,
    manifest: Manifest,
    changed: bool,
    /// What speaks for ties of many documents.
    pub(super) held: Held,
    pub(super) packs: Packs,
    /// Documents since the last commit.
    open: usize,
    _lock: Lock,
}

impl Writer {
    /// Opens a store for writing, or makes one in a new or empty directory. `base` is asked for, not needed: a store keeps
    /// the base it was made with. `holder` tells others who we are, and how long we wait for them.
    ///
    /// # Errors
    /// If somebody else writes, the directory is no store's, or the base differs.
    pub fn open(dir: &Path, base: Option<&Base>, holder: impl Into<Holder>) -> Result<Self, Error> {
        refuse_foreign(dir)?;
        make_folders(dir)?;
        let lock = Lock::take(dir, &holder.into())?;
        let (manifest, is_new) = match Directory::open(dir) {
            Ok(directory) => (directory.into_manifest(), false),
            Err(Error::Missing(_)) => (Manifest::new(base.unwrap_or(&Base::default()).as_str()), true),
            Err(error) => return Err(error),
        };
        let base = agreed_base(&manifest, base)?;
        let mut writer = Self::of(dir, base, manifest, lock);
        writer.changed = is_new;
        runs::keep_out(dir)?;
        // A new store's empty list comes first: parts without a list are then always a sign of damage.
        writer.commit()?;
        writer.sweep()?;
        Ok(writer)
    }

    /// A writer that holds a lock, over a list of contents.
    pub(super) fn of(dir: &Path, base: Base, manifest: Manifest, lock: Lock) -> Self {
        Self {
            dir: dir.to_owned(),
            base,
            manifest,
            changed: false,
            held: Held::default(),
            packs: Packs::default(),
            open: 0,
            _lock: lock,
        }
    }

    /// The list of contents as it will be after the next commit, for changes that are more than adding and removing.
    pub(super) fn manifest_mut(&mut self) -> &mut Manifest {
        self.changed = true;
        &mut self.manifest
    }

    /// The list of contents as it will be after the next commit.
    pub(super) const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The folder, without what is in it.
    pub(super) fn place(&self) -> Directory {
        Directory::of(&self.dir, self.base.clone(), Manifest::new(self.base.as_str()), self.packs.clone())
    }

    /// The store as it will be after the next commit.
    pub fn preview(&self) -> Directory {
        Directory::of(&self.dir, self.base.clone(), self.manifest.clone(), self.packs.clone())
    }

    /// Where the IRIs of the data start.
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// The entry of a document, as it will be after the next commit.
    pub fn document(&self, sha256: &str) -> Option<&DocumentEntry> {
        self.manifest.documents.get(sha256)
    }

    /// Number of documents, as it will be after the next commit.
    pub fn len(&self) -> usize {
        self.manifest.documents.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.manifest.documents.is_empty()
    }

    /// SHA-256 of the texts of all documents, sorted.
    pub fn documents(&self) -> Vec<String> {
        self.manifest.documents.keys().cloned().collect()
    }

    /// The folder.
    pub fn directory(&self) -> &Path {
        &self.dir
    }

    /// Puts a segment of a document in place of its old one; an empty one goes.
    pub(super) fn replace_segment(&mut self, sha256: &str, layer: Layer, segment: SegmentEntry) {
        let Some(entry) = self.manifest.documents.get_mut(sha256) else { return };
        match segment.quads {
            0 => entry.segments.remove(layer.name()),
            _ => entry.segments.insert(layer.name().to_owned(), segment),
        };
        self.changed = true;
        self.open += 1;
    }

    /// Adds a document or replaces its graphs. `by` names program and rules: `rapporteur 0.1.0`.
    ///
    /// # Errors
    /// If its files cannot be written.
    pub fn add(&mut self, extraction: &Extraction, by: &str) -> Result<Added, Error> {
        self.add_keeping(extraction, by, None)
    }

    /// Adds a document and keeps the bytes of the file that it was read from, if they are given. A file that is kept already
    /// stays, as long as the document is read from the same one.
    ///
    /// # Errors
    /// If its files cannot be written.
    pub fn add_keeping(&mut self, extraction: &Extraction, by: &str, file: Option<&[u8]>) -> Result<Added, Error> {
        self.take_keeping(&Packed::new(extraction, &self.base, by), file)
    }

    /// Adds a document that was lifted before, as [`Writer::add_keeping`] does.
    ///
    /// # Errors
    /// If its IRIs start elsewhere, or its files cannot be written.
    pub fn take_keeping(&mut self, packed: &Packed, file: Option<&[u8]>) -> Result<Added, Error> {
        if packed.base() != self.base.as_str() {
            return Err(Error::Base { store: self.base.as_str().to_owned(), asked: packed.base().to_owned() });
        }
        let sha256 = packed.sha256();
        let stored = packed.stored();
        let mut entry = stored.entry.clone();
        entry.file = self.original(sha256, &entry, file)?;
        packed.put(self, &stored, &entry)?;
        self.open += 1;
        self.hold_ties(&stored.ties)?;
        let before = self.manifest.documents.insert(sha256.to_owned(), entry);
        let of_links = |entry: &DocumentEntry| entry.segments.get(Layer::Links.name()).cloned();
        if let Some(before) = before.as_ref().filter(|before| of_links(before) != of_links(&stored.entry)) {
            self.forsake_ties(before);
        }
        let added = match before {
            None => Added::New,
            Some(before) if Some(&before) == self.document(sha256) => Added::Same,
            Some(_) => Added::Replaced,
        };
        self.changed |= added != Added::Same;
        Ok(added)
    }

    /// Puts a graph that belongs to no document in place of the layer's old one: ontology, catalogue.
    ///
    /// # Errors
    /// If its segment cannot be written.
    pub fn stand(&mut self, graph: &Graph) -> Result<(), Error> {
        let (segment, lines) = segment::of_graphs(std::iter::once(graph));
        self.put_standing(graph.layer, segment, &lines)
    }

    /// Records a run beside those before it, at once.
    ///
    /// # Errors
    /// If the record cannot be written.
    pub fn record(&mut self, run: &Run) -> Result<(), Error> {
        // A record of runs that is damaged is begun anew: it holds nothing that a claim rests on.
        let before = runs::read(&self.dir).and_then(Result::ok).unwrap_or_default();
        let mut graph = lift::run(run, &before, &self.base);
        graph.triples.extend(before.into_iter().map(Into::into));
        let graph = Graph::new(graph.name, graph.layer, graph.triples);
        let (segment, lines) = segment::of_graphs(std::iter::once(&graph));
        let note = self.note(Holding::Standing { layer: Layer::Runs.name().to_owned(), quads: segment.quads });
        runs::write(&self.dir, &lines, &note)
    }

    /// Records a step of a reader beside those before it, to be kept with what is decided by it.
    ///
    /// # Errors
    /// If the record cannot be written.
    pub fn record_step(&mut self, step: &Step) -> Result<(), Error> {
        let mut graph = lift::step(step, &self.base);
        if let Some(entry) = self.manifest.standing.get(Layer::Runs.name()) {
            // A record that is damaged is begun anew: it holds nothing that a claim rests on.
            let lines = self.place().lines_of(Layer::Runs.name(), entry).unwrap_or_default();
            let before = segment::parse(lines.as_bytes(), entry.quads);
            graph.triples.extend(before.unwrap_or_default().into_iter().map(Into::into));
        }
        let graph = Graph::new(graph.name, graph.layer, graph.triples);
        let (segment, lines) = segment::of_graphs(std::iter::once(&graph));
        self.put_standing(Layer::Runs, segment, &lines)
    }

    /// Loads RDF under a name, in place of what had that name.
    ///
    /// # Errors
    /// If its segment cannot be written.
    pub fn load(&mut self, name: &str, foreign: &Foreign) -> Result<Added, Error> {
        let segment = SegmentEntry { sha256: segment::hash(foreign.lines()), quads: foreign.len() };
        let note = self.note(Holding::Loaded { name: name.to_owned(), quads: segment.quads });
        segment::write(&self.dir.join("segments"), &segment, foreign.lines(), &note)?;
        let before = self.manifest.loaded.insert(name.to_owned(), segment);
        let added = match before {
            None => Added::New,
            Some(before) if Some(&before) == self.manifest.loaded.get(name) => Added::Same,
            Some(_) => Added::Replaced,
        };
        self.changed |= added != Added::Same;
        Ok(added)
    }

    /// Removes a document or loaded RDF, all its graphs and nothing else. A document is named by its file name, its IRI
    /// or the first digits (four or more) of its text's SHA-256. Gives back the name that it had.
    ///
    /// # Errors
    /// If nothing or more than one thing has that name.
    pub fn remove(&mut self, name: &str) -> Result<String, Error> {
        let is_loaded = self.manifest.loaded.contains_key(name);
        if is_loaded && self.named(name).is_empty() {
            self.manifest.loaded.remove(name);
            self.changed = true;
            return Ok(name.to_owned());
        }
        let sha256 = self.find(name, is_loaded)?;
        let entry = self.manifest.documents.remove(&sha256).unwrap_or_default();
        self.forsake_ties(&entry);
        self.changed = true;
        Ok(entry.name)
    }

    /// SHA-256 of the one document of that name: its file name, its IRI, or first digits of the hash.
    ///
    /// # Errors
    /// If nothing or more than one document has that name.
    pub fn find_document(&self, name: &str) -> Result<String, Error> {
        self.find(name, false)
    }

    /// The one document of a name; `or_other` if something else has it too.
    fn find(&self, name: &str, or_other: bool) -> Result<String, Error> {
        match (self.named(name).as_slice(), or_other) {
            ([sha256], false) => Ok(sha256.clone()),
            ([], false) => Err(Error::Unknown(name.to_owned())),
            (found, _) => {
                let candidates = found.iter().map(|sha256| sha256.chars().take(16).collect()).collect();
                Err(Error::Ambiguous { name: name.to_owned(), candidates })
            }
        }
    }

    /// Makes all that was done since the last commit show, at once and for good.
    ///
    /// # Errors
    /// If the list of contents cannot be written; the old one then still holds.
    pub fn commit(&mut self) -> Result<(), Error> {
        self.keep_ties()?;
        let open = std::mem::take(&mut self.open);
        self.put_held(open)?;
        if !self.changed {
            return Ok(());
        }
        for folder in ["segments", "texts", "sources", originals::FOLDER] {
            let folder = self.dir.join(folder);
            if folder.ends_with(originals::FOLDER) && !folder.is_dir() {
                continue;
            }
            files::sync_folder(&folder).map_err(|error| Error::write(&folder, &error))?;
        }
        let known = self.manifest.pages.clone();
        let written = self.write_list(&known);
        if written.is_err() {
            self.manifest.pages = known;
        }
        written?;
        self.changed = false;
        self.sweep()
    }

    /// Writes the list of contents; `known` are the pages that are there.
    fn write_list(&mut self, known: &[PageEntry]) -> Result<(), Error> {
        let path = self.dir.join("manifest.json");
        let list = self.manifest.written().map_err(|error| Error::write(&path, &error.into()))?;
        pages::write(&self.dir, &list.pages, known)?;
        let written = files::write(&path, &list.head).and_then(|()| files::sync_folder(&self.dir));
        written.map_err(|error| Error::write(&path, &error))
    }

    /// Brings the index of a large store up to date with what was committed. Only the speed of questions hangs on it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn index(&self) -> Result<(), Error> {
        index::refresh(&self.dir, index::WORTH)
    }

    pub(super) fn put_standing(&mut self, layer: Layer, segment: SegmentEntry, lines: &[u8]) -> Result<(), Error> {
        let note = self.note(Holding::Standing { layer: layer.name().to_owned(), quads: segment.quads });
        segment::write(&self.dir.join("segments"), &segment, lines, &note)?;
        let before = self.manifest.standing.insert(layer.name().to_owned(), segment);
        self.changed |= before.as_ref() != self.manifest.standing.get(layer.name());
        Ok(())
    }

    /// The file to keep: the one that is given, else the one that is kept.
    fn original(&self, sha256: &str, entry: &DocumentEntry, file: Option<&[u8]>) -> Result<Option<FileEntry>, Error> {
        let Some(bytes) = file else {
            let before = self.document(sha256).filter(|before| before.source == entry.source);
            return Ok(before.and_then(|before| before.file.clone()));
        };
        let kept = FileEntry::of(&entry.name, bytes);
        originals::write(&self.dir, &kept, bytes)?;
        Ok(Some(kept))
    }

    pub(super) fn note(&self, holding: Holding) -> Note {
        Note { base: self.base.as_str().to_owned(), holding }
    }

    /// The note of a document's segment.
    pub(super) fn note_of_layer(&self, sha256: &str, layer: Layer, quads: usize) -> Note {
        self.note(Holding::Layer { document: sha256.to_owned(), layer: layer.name().to_owned(), quads })
    }

    /// The documents that a name stands for.
    fn named(&self, name: &str) -> Vec<String> {
        let is_hex = name.len() >= 4 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
        let digits = self.base.key(name).and_then(|key| key.strip_prefix("text/")).or(is_hex.then_some(name));
        let answers = |sha256: &str, entry: &DocumentEntry| {
            entry.name == name || digits.is_some_and(|digits| sha256.starts_with(&digits.to_lowercase()))
        };
        let documents = self.manifest.documents.iter();
        documents.filter(|(sha256, entry)| answers(sha256, entry)).map(|(sha256, _)| sha256.clone()).collect()
    }

    /// Deletes files of ours that the list of contents does not name: what was replaced, what a killed run left.
    pub(super) fn sweep(&self) -> Result<(), Error> {
        files::sweep(&self.dir, |name| !name.ends_with(files::UNFINISHED))
            .map_err(|error| Error::write(&self.dir, &error))?;
        let originals = self.manifest.documents.values().filter_map(|entry| entry.file.as_ref());
        let originals: HashSet<String> = originals.map(FileEntry::file).collect();
        let folder = self.dir.join(originals::FOLDER);
        if folder.is_dir() {
            files::sweep(&folder, |name| !originals::is_ours(name) || originals.contains(name))
                .map_err(|error| Error::write(&folder, &error))?;
        }
        let named = self.files();
        for folder in FOLDERS {
            let keeps = |name: &str| !segment::is_ours(name) || named.contains(&format!("{folder}/{name}"));
            let path = self.dir.join(folder);
            files::sweep(&path, keeps).map_err(|error| Error::write(&path, &error))?;
        }
        let packs = self.dir.join(packs::FOLDER);
        if packs.is_dir() {
            files::sweep(&packs, |name| !name.ends_with(files::UNFINISHED))
                .map_err(|error| Error::write(&packs, &error))?;
        }
        self.tend_packs(&named)?;
        pages::sweep(&self.dir, &self.manifest.pages)
    }

    /// The files that the list of contents names, by folder and name.
    pub(super) fn files(&self) -> HashSet<String> {
        let documents = self.manifest.documents.iter();
        documents.flat_map(|(sha256, entry)| entry.files(sha256)).chain(self.beside()).collect()
    }

    /// Those of them that belong to no document.
    pub(super) fn beside(&self) -> impl Iterator<Item = String> {
        self.manifest.standing.values().chain(self.manifest.loaded.values()).map(SegmentEntry::place)
    }
}

/// The folders of a store, made where they are not there.
pub(super) fn make_folders(dir: &Path) -> Result<(), Error> {
    for folder in [dir.to_owned(), dir.join("segments"), dir.join("texts"), dir.join("sources")] {
        fs::create_dir_all(&folder).map_err(|error| Error::write(&folder, &error))?;
    }
    Ok(())
}

/// A directory with files in it that are not a store's is left alone.
fn refuse_foreign(dir: &Path) -> Result<(), Error> {
    let Ok(entries) = fs::read_dir(dir) else { return Ok(()) };
    let ours = [
        "manifest.json",
        "lock",
        "segments",
        "texts",
        "sources",
        pages::FOLDER,
        packs::FOLDER,
        originals::FOLDER,
        "vocabularies",
        "damaged",
        "index",
        runs::FILE,
        journal::FILE,
        ".gitignore",
    ];
    let is_store = dir.join("manifest.json").exists();
    // A run that was killed may leave one of them unfinished.
    let is_ours = |name: &str| ours.contains(&files::finished(name));
    let mut strangers = entries.flatten().filter(|entry| !entry.file_name().to_str().is_some_and(is_ours));
    match !is_store && strangers.next().is_some() {
        true => Err(Error::Foreign(dir.to_owned())),
        false => Ok(()),
    }
}

fn agreed_base(manifest: &Manifest, asked: Option<&Base>) -> Result<Base, Error> {
    let base = Base::new(&manifest.base).unwrap_or_default();
    match asked {
        Some(asked) if *asked != base => {
            Err(Error::Base { store: manifest.base.clone(), asked: asked.as_str().to_owned() })
        }
        _ => Ok(base),
    }
}
