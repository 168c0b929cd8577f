//! A list of contents made again from the notes in the files, when it is lost or damaged.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use crate::lift::Base;
use crate::model::text;

use super::manifest::{DocumentEntry, Manifest, SegmentEntry};
use super::note::{Holding, Note};
use super::segment;

/// Digits of a text's hash that name a document whose name is lost.
const DIGITS: usize = 16;

/// What the files tell.
pub struct Restored {
    /// The list.
    pub manifest: Manifest,
    /// SHA-256 of the texts whose files do not tell all of them.
    pub uncertain: BTreeSet<String>,
    /// Files that tell nothing of use.
    pub unknown: Vec<PathBuf>,
}

impl Restored {
    /// Reads the notes of all files of a store. Files of older versions have none: their texts are found, and are to be
    /// read again.
    pub fn from_files(dir: &Path) -> Self {
        let manifest = Manifest::new(Base::default().as_str());
        let mut restored = Self { manifest, uncertain: BTreeSet::new(), unknown: Vec::new() };
        for path in files(&dir.join("texts")) {
            restored.take_text(path);
        }
        // Of two files that hold the same, the later was the one in use.
        let mut segments = files(&dir.join("segments"));
        segments.sort_by_cached_key(|path| (modified(path), path.clone()));
        for path in segments {
            restored.take_segment(path);
        }
        restored
    }

    fn take_text(&mut self, path: PathBuf) {
        let Some(sha256) = stem(&path).filter(|stem| stem.len() == 64 && path.to_string_lossy().ends_with(".txt.gz"))
        else {
            return;
        };
        let file = fs::read(&path).unwrap_or_default();
        if !segment::decompress(&file)
            .is_ok_and(|bytes| std::str::from_utf8(&bytes).is_ok_and(|it| text::is_named(it, &sha256)))
        {
            return self.unknown.push(path);
        }
        match Note::of_file(&file) {
            Some(Note { base, holding: Holding::Text { entry } }) => {
                self.manifest.base = base;
                self.manifest.documents.insert(sha256, *entry);
            }
            _ => {
                self.nameless(&sha256);
            }
        }
    }

    fn take_segment(&mut self, path: PathBuf) {
        let file = fs::read(&path).unwrap_or_default();
        let hash = segment::decompress(&file).map(|lines| segment::hash(&lines)).unwrap_or_default();
        let is_whole = stem(&path).is_some_and(|stem| hash.starts_with(&stem));
        match Note::of_file(&file).filter(|_| is_whole) {
            Some(Note { base, holding }) => {
                self.manifest.base = base;
                self.place(hash, holding);
            }
            None => self.unknown.push(path),
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

/// The files of a folder that have names of ours, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let ours = entries.filter(|entry| entry.file_name().to_str().is_some_and(segment::is_ours));
    let mut paths: Vec<PathBuf> = ours.map(|entry| entry.path()).collect();
    paths.sort_unstable();
    paths
}

/// The hash that a file is named by.
fn stem(path: &Path) -> Option<String> {
    Some(path.file_name()?.to_str()?.split_once('.')?.0.to_owned())
}

fn modified(path: &Path) -> SystemTime {
    fs::metadata(path).and_then(|file| file.modified()).unwrap_or(SystemTime::UNIX_EPOCH)
}
