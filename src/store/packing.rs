//! What a writer does with packs: it fills them, gathers small ones and single files into larger ones, and takes out what
//! nobody names any more.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::io;

use super::note::Note;
use super::packs::{self, Pending, Place, Table};
use super::{Error, Writer, files, segment};

/// Documents that go into a pack when they come together; fewer stand by themselves, and wait there for others.
const TOGETHER: usize = 16;

/// Single files that are made into a pack, at least: those of about a hundred documents.
const SINGLE: usize = 640;

/// Bytes of a pack, more or less: some 250 documents of 20 kB. It is what is held in memory at a time, and what is written
/// again when one document of it is removed.
const FULL: usize = 16 << 20;

/// Packs of fewer bytes are gathered.
const SMALL: u64 = 4 << 20;

/// So many of them: each byte is then written again two or three times while a store grows by single documents.
const MANY: usize = 12;

/// The folders whose files lie in packs.
pub const FOLDERS: [&str; 3] = ["segments", "texts", "sources"];

/// A pack, and what of it is of use.
#[derive(Default)]
struct Share {
    bytes: u64,
    live: Vec<(String, Place)>,
    live_bytes: u64,
    /// Whether it holds a text, or what belongs to one, that was removed.
    holds_removed: bool,
}

impl Writer {
    /// Puts a file of a document into the store, unless a sound one with the same note is there. `pressed` is what compressing
    /// it gives, if that was done before.
    pub(super) fn put_file(
        &self,
        name: &str,
        bytes: &[u8],
        note: &Note,
        pressed: Option<&[u8]>,
        is_sound: impl Fn(&[u8]) -> bool,
    ) -> Result<(), Error> {
        let dir = self.directory();
        let stands = |file: Vec<u8>| Note::of_file(&file).as_ref() == Some(note) && is_sound(&file);
        if self.packs.read(dir, name).is_ok_and(stands) {
            return Ok(());
        }
        let fault = |error: io::Error| Error::write(&dir.join(name), &error);
        let file = pressed.map_or_else(|| segment::compress(bytes, Some(note)), |pressed| Ok(pressed.to_vec()));
        self.packs.hold(name.to_owned(), file.map_err(fault)?);
        if self.packs.held() >= FULL { self.packs.flush(dir, true).map_err(fault) } else { Ok(()) }
    }

    /// Writes the files that are held; `documents` is of how many they are.
    pub(super) fn put_held(&self, documents: usize) -> Result<(), Error> {
        let dir = self.directory();
        let flushed = self.packs.flush(dir, documents >= TOGETHER);
        flushed.map_err(|error| Error::write(&dir.join(packs::FOLDER), &error))
    }

    /// Takes out of packs what no list names, and gathers what lies scattered. `named` are the files that are named, by folder
    /// and name.
    pub(super) fn tend_packs(&self, named: &HashSet<String>) -> Result<(), Error> {
        self.tend(named, false).map_err(|error| Error::write(&self.directory().join(packs::FOLDER), &error))
    }

    /// Writes all packs anew, full, without what nobody names, with the files that stand by themselves.
    ///
    /// # Errors
    /// If a pack cannot be read or written.
    pub fn compact(&self) -> Result<(), Error> {
        self.tend(&self.files(), true).map_err(|error| Error::write(&self.directory().join(packs::FOLDER), &error))
    }

    fn tend(&self, named: &HashSet<String>, all: bool) -> io::Result<()> {
        let dir = self.directory();
        let single = self.single(named)?;
        let table = self.packs.table(dir);
        if table.packs.is_empty() && single.len() < SINGLE && !all {
            return Ok(());
        }
        let shares = self.shares(&table, named, &single)?;
        let small = shares.iter().filter(|share| share.live_bytes < SMALL && !share.live.is_empty()).count();
        let is_rewritten = |share: &Share| {
            let is_small = small >= MANY && share.live_bytes < SMALL;
            all || share.holds_removed || share.live_bytes * 2 < share.bytes || is_small
        };
        let (mut moved, mut gone) = (Vec::new(), Vec::new());
        for (pack, share) in shares.into_iter().enumerate() {
            if is_rewritten(&share) && !table.damaged.contains(&pack) {
                gone.push(dir.join(packs::FOLDER).join(&table.packs[pack]));
                moved.extend(share.live);
            }
        }
        let takes_single = all || single.len() >= SINGLE;
        let single = if takes_single { single } else { BTreeSet::new() };
        self.gather(&table, moved, &single)?;
        gone.extend(single.iter().map(|name| dir.join(name)));
        for path in gone {
            fs::remove_file(path)?;
            files::step()?;
            self.packs.forget();
        }
        Ok(())
    }

    /// Writes files into packs: those that lie in some, in their order there, and those that stand by themselves.
    fn gather(&self, table: &Table, mut moved: Vec<(String, Place)>, single: &BTreeSet<String>) -> io::Result<()> {
        let dir = self.directory();
        moved.sort_unstable_by_key(|(_, place)| (place.pack, place.start));
        let from_packs = moved.iter().map(|(name, place)| (name, Some(*place)));
        let (mut pack, mut bytes) = (Pending::new(), 0);
        for (name, place) in from_packs.chain(single.iter().map(|name| (name, None))) {
            let file = place.map_or_else(|| fs::read(dir.join(name)), |place| table.read(dir, place))?;
            bytes += file.len();
            pack.insert(name.clone(), file);
            if bytes >= FULL {
                packs::write(dir, &std::mem::take(&mut pack))?;
                bytes = 0;
            }
        }
        if !pack.is_empty() {
            packs::write(dir, &pack)?;
        }
        Ok(())
    }

    /// What of each pack is of use.
    fn shares(&self, table: &Table, named: &HashSet<String>, single: &BTreeSet<String>) -> io::Result<Vec<Share>> {
        let mut shares = Vec::new();
        for (pack, name) in table.packs.iter().enumerate() {
            let mut share = Share::default();
            if table.damaged.contains(&pack) {
                shares.push(share);
                continue;
            }
            for (name, start, length) in packs::members(&self.directory().join(packs::FOLDER).join(name))? {
                let place = Place { pack, start, length };
                share.bytes += length;
                let is_named = named.contains(&name);
                share.holds_removed |= !is_named && !name.starts_with(FOLDERS[0]);
                if is_named && table.places.get(&name) == Some(&place) && !single.contains(&name) {
                    share.live_bytes += length;
                    share.live.push((name, place));
                }
            }
            shares.push(share);
        }
        Ok(shares)
    }

    /// The files of documents that stand by themselves, by folder and name.
    fn single(&self, named: &HashSet<String>) -> io::Result<BTreeSet<String>> {
        let beside: BTreeMap<String, ()> = self.beside().map(|name| (name, ())).collect();
        let mut single = BTreeSet::new();
        for folder in FOLDERS {
            for entry in fs::read_dir(self.directory().join(folder))? {
                let name = entry?.file_name().to_string_lossy().into_owned();
                let name = format!("{folder}/{name}");
                if named.contains(&name) && !beside.contains_key(&name) {
                    single.insert(name);
                }
            }
        }
        Ok(single)
    }
}
