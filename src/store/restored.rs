//! A list of contents made again from the notes in the files, when it is lost or damaged.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::lift::Base;
use crate::model::text;

use super::manifest::{DocumentEntry, Manifest, SegmentEntry};
use super::note::{Holding, Note};
use super::packs::Packs;
use super::segment;

/// Digits of a text's hash that name a document whose name is lost.
const DIGITS: usize = 16;

/// What the files tell.
pub struct Restored {
    /// The list.
    pub manifest: Manifest,
    /// SHA-256 of the texts whose files do not tell all of them.
    pub uncertain: BTreeSet<String>,
    /// Files that tell nothing of use, where they stand or would stand by themselves.
    pub unknown: Vec<PathBuf>,
}

impl Restored {
    /// Reads the notes of all files of a store. Files of older versions have none: their texts are found, and are to be
    /// read again.
    pub fn from_files(dir: &Path) -> Self {
        let manifest = Manifest::new(Base::default().as_str());
        let mut restored = Self { manifest, uncertain: BTreeSet::new(), unknown: Vec::new() };
        let packs = Packs::default();
        for name in packed(dir, &packs, "texts/").into_iter().chain(files(dir, "texts/")) {
            restored.take_text(dir, &name, &packs.read(dir, &name).unwrap_or_default());
        }
        // Of two files that hold the same, the later was the one in use.
        let mut segments = files(dir, "segments/");
        segments.sort_by_cached_key(|name| (modified(&dir.join(name)), name.clone()));
        for name in packed(dir, &packs, "segments/").into_iter().chain(segments) {
            restored.take_segment(dir, &name, &packs.read(dir, &name).unwrap_or_default());
        }
        restored
    }

    fn take_text(&mut self, dir: &Path, name: &str, file: &[u8]) {
        let Some(sha256) = stem(name).filter(|stem| stem.len() == 64 && name.ends_with(".txt.gz")) else { return };
        let is_it = |bytes: &[u8]| std::str::from_utf8(bytes).is_ok_and(|it| text::is_named(it, &sha256));
        if !segment::decompress(file).is_ok_and(|bytes| is_it(&bytes)) {
            return self.unknown.push(dir.join(name));
        }
        match Note::of_file(file) {
            Some(Note { base, holding: Holding::Text { entry } }) => {
                self.manifest.base = base;
                self.manifest.documents.insert(sha256, *entry);
            }
            _ => {
                self.nameless(&sha256);
            }
        }
    }

    fn take_segment(&mut self, dir: &Path, name: &str, file: &[u8]) {
        let hash = segment::decompress(file).map(|lines| segment::hash(&lines)).unwrap_or_default();
        let is_whole = stem(name).is_some_and(|stem| hash.starts_with(&stem));
        match Note::of_file(file).filter(|_| is_whole) {
            Some(Note { base, holding }) => {
                self.manifest.base = base;
                self.place(hash, holding);
            }
            None => self.unknown.push(dir.join(name)),
        }
    }

    fn place(&mut self, sha256: String, holding: Holding) {
        match holding {
            Holding::Layer { document, layer, quads } => {
                if !self.manifest.documents.contains_key(&document) {
                    self.nameless(&document);
                }
                // Where the text tells its segments, a file that is missing shows.
                if self.uncertain.contains(&document)
                    && let Some(entry) = self.manifest.documents.get_mut(&document)
                {
                    entry.segments.insert(layer, SegmentEntry { sha256, quads });
                }
            }
            Holding::Standing { layer, quads } => {
                self.manifest.standing.insert(layer, SegmentEntry { sha256, quads });
            }
            Holding::Loaded { name, quads } => {
                self.manifest.loaded.insert(name, SegmentEntry { sha256, quads });
            }
            Holding::Text { .. } | Holding::Answers | Holding::Source => {}
        }
    }

    /// A document of which nothing but its hash is known.
    fn nameless(&mut self, sha256: &str) {
        let name: String = sha256.chars().take(DIGITS).collect();
        let entry = DocumentEntry { label: name.clone(), name, ..DocumentEntry::default() };
        self.manifest.documents.insert(sha256.to_owned(), entry);
        self.uncertain.insert(sha256.to_owned());
    }
}

/// The files of a folder that have names of ours, with the folder, sorted.
fn files(dir: &Path, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(dir.join(folder)).into_iter().flatten().flatten();
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut names: Vec<String> =
        names.filter(|name| segment::is_ours(name)).map(|name| [folder, &name].concat()).collect();
    names.sort_unstable();
    names
}

/// Those that lie in packs and nowhere else, in their order there.
fn packed(dir: &Path, packs: &Packs, folder: &str) -> Vec<String> {
    let table = packs.table(dir);
    let of_folder = table.places.iter().filter(|(name, _)| name.starts_with(folder) && !dir.join(name).is_file());
    let mut names: Vec<(usize, u64, &String)> =
        of_folder.map(|(name, place)| (place.pack, place.start, name)).collect();
    names.sort_unstable();
    names.into_iter().map(|(_, _, name)| name.clone()).collect()
}

/// The hash that a file is named by.
fn stem(name: &str) -> Option<String> {
    Some(name.rsplit('/').next()?.split_once('.')?.0.to_owned())
}

fn modified(path: &Path) -> SystemTime {
    fs::metadata(path).and_then(|file| file.modified()).unwrap_or(SystemTime::UNIX_EPOCH)
}
