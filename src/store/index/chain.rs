//! The files of the index: which there are, which cover what, and when one is made anew.

use std::collections::{HashMap, HashSet};
use std::fs::{self, File, Metadata};
use std::path::Path;
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use memmap2::Mmap;
use rayon::prelude::*;

use super::builder::Builder;
use super::generation::Generation;
use crate::lift::Layer;
use crate::store::manifest::SegmentEntry;
use crate::store::{Damage, Directory, Error, files, remembered, segment};

/// Stores of fewer quads need no index: a thousand speeches, some three million quads, take four to five seconds to read
/// whole, so that these take a third of one.
pub const WORTH: usize = 200_000;

/// Quads of a generation, at most, which bounds the memory that making one takes: its rows alone are sixteen bytes each.
const MOST: usize = 8_000_000;

/// A generation is at least so many times as long as the next, else they are made into one: the chain grows with the
/// logarithm of the store, and each quad is written again about as often as there are generations.
const STEP: usize = 4;

/// What the first line of the list of files says.
const TITLE: &str = "rapporteur index 1";

/// Generations and what they cover.
struct Chain {
    generations: Vec<(Arc<Generation>, String)>,
}

/// What stands for the hash of the record of runs, which is no segment.
const RUNS: [u8; 32] = [0; 32];

/// The index of some segments, whole: what no file covers is made in memory. `None` for a store that has no index.
pub fn open(
    directory: &mut Directory,
    layers: &[Layer],
) -> Result<Option<(super::Indexed, usize, Vec<Damage>)>, Error> {
    let chain = Chain::read(directory.path());
    if chain.generations.is_empty() {
        return Ok(None);
    }
    let mut generations: Vec<Arc<Generation>> =
        chain.generations.into_iter().map(|(generation, _)| generation).collect();
    let covered = covered(&generations);
    let is_open = |entry: &SegmentEntry| hash(entry).is_none_or(|hash| !covered.contains(&hash));
    let mut builder = Builder::new(&generations);
    let mut damages = Vec::new();
    for raw in directory.fetch_those(layers, is_open)? {
        let added = raw.prove(|entry, lines| builder.add(named(entry).ok_or("its hash is none")?, lines));
        damages.extend(added.err());
    }
    let last = (!builder.is_empty()).then(|| builder.finish());
    generations.extend(last.and_then(Generation::held).map(Arc::new));
    let wanted = directory.manifest().segments(layers);
    let quads = wanted.iter().map(|(_, entry)| entry.quads).sum();
    let wanted = wanted.into_iter().filter_map(|(_, entry)| hash(entry)).chain([RUNS]).collect();
    Ok(Some((super::Indexed::new(generations, &wanted), quads, damages)))
}

/// Brings the index of a store up to date; a store of fewer quads than `worth` gets none. The one writer may call it after
/// its commit; whatever becomes of it, answers stay the same.
///
/// # Errors
/// When a file cannot be written or read.
pub fn refresh(path: &Path, worth: usize) -> Result<(), Error> {
    let directory = Directory::open(path)?;
    let folder = path.join("index");
    // Documents that say the same share a segment.
    let mut seen = HashSet::new();
    let segments = directory.manifest().all_segments().filter(|entry| seen.insert(entry.sha256.as_str()));
    let segments: Vec<SegmentEntry> = segments.cloned().collect();
    if segments.iter().map(|entry| entry.quads).sum::<usize>() < worth {
        return if folder.is_dir() {
            fs::remove_dir_all(&folder).map_err(|error| Error::write(&folder, &error))
        } else {
            Ok(())
        };
    }
    let mut chain = Chain::read(path);
    let before = chain.names();
    chain.shorten(&segments);
    let covered = covered(&chain.bare());
    let open: Vec<SegmentEntry> =
        segments.into_iter().filter(|entry| hash(entry).is_some_and(|hash| !covered.contains(&hash))).collect();
    if open.is_empty() && chain.names() == before {
        return Ok(());
    }
    fs::create_dir_all(&folder).map_err(|error| Error::write(&folder, &error))?;
    for part in parts(open) {
        chain.extend(&directory, &part)?;
    }
    chain.write(&folder)
}

/// Segments that make a generation together.
fn parts(segments: Vec<SegmentEntry>) -> Vec<Vec<SegmentEntry>> {
    let mut parts: Vec<Vec<SegmentEntry>> = Vec::new();
    let mut quads = MOST;
    for segment in segments {
        if quads + segment.quads > MOST {
            parts.push(Vec::new());
            quads = 0;
        }
        quads += segment.quads;
        if let Some(part) = parts.last_mut() {
            part.push(segment);
        }
    }
    parts
}

impl Chain {
    /// The generations whose files are whole and follow one another; after the first that is not, none counts.
    fn read(path: &Path) -> Self {
        let folder = path.join("index");
        let list = fs::read_to_string(folder.join("list")).unwrap_or_default();
        let mut lines = list.lines();
        let mut chain = Self { generations: Vec::new() };
        if lines.next() != Some(TITLE) {
            return chain;
        }
        let mut next = 1;
        let parts = lines.map(|line| line.split_once(' ').unwrap_or((line, "")));
        for (name, noted) in parts.filter(|(name, _)| is_ours(name)) {
            let generation = map(&folder.join(name), noted).and_then(Generation::mapped);
            let Some(generation) = generation.filter(|generation| generation.numbers().start == next) else { break };
            next = generation.numbers().end;
            chain.generations.push((Arc::new(generation), name.to_owned()));
        }
        chain
    }

    fn names(&self) -> Vec<String> {
        self.generations.iter().map(|(_, name)| name.clone()).collect()
    }

    fn bare(&self) -> Vec<Arc<Generation>> {
        self.generations.iter().map(|(generation, _)| Arc::clone(generation)).collect()
    }

    /// Drops the end of the chain that is to be made anew: from the first generation on of which most is not in the store any
    /// more, and what is not much longer than what comes behind it.
    fn shorten(&mut self, segments: &[SegmentEntry]) {
        let quads: HashMap<[u8; 32], usize> =
            segments.iter().filter_map(|entry| Some((hash(entry)?, entry.quads))).collect();
        let live = |generation: &Generation| -> usize {
            let different: HashSet<&[u8; 32]> = generation.segments().iter().collect();
            different.into_iter().filter_map(|hash| quads.get(hash)).sum()
        };
        let is_stale = |generation: &Generation| {
            let kept = generation.segments().iter().filter(|hash| quads.contains_key(*hash)).count();
            kept * 2 < generation.segments().len()
        };
        let stale = self.generations.iter().position(|(generation, _)| is_stale(generation));
        self.generations.truncate(stale.unwrap_or(self.generations.len()));
        let all: usize = quads.values().sum();
        let covered: usize = self.generations.iter().map(|(generation, _)| live(generation)).sum();
        let mut behind = all.saturating_sub(covered);
        while let Some((last, _)) = self.generations.last() {
            let length = live(last);
            if behind == 0 || length >= behind.saturating_mul(STEP) || length + behind > MOST {
                break;
            }
            behind += length;
            self.generations.pop();
        }
    }

    /// Makes a generation of some segments and puts it at the end. A damaged segment is left out.
    fn extend(&mut self, store: &Directory, segments: &[SegmentEntry]) -> Result<(), Error> {
        let earlier = self.bare();
        let mut builder = Builder::new(&earlier);
        for files in segments.chunks(64) {
            let lines: Vec<_> = files
                .par_iter()
                .filter_map(|entry| {
                    let file = store.file(&entry.place()).ok()?;
                    Some((hash(entry)?, segment::lines_of(&file, entry).ok()?))
                })
                .collect();
            for (hash, lines) in lines {
                // Whoever reads the segment itself will tell what is wrong with it.
                let _ = builder.add(hash, &lines);
            }
        }
        let bytes = builder.finish();
        let name = format!("{}.idx", segment::hash(&bytes).get(..32).unwrap_or_default());
        let path = store.path().join("index").join(&name);
        files::write(&path, &bytes).map_err(|error| Error::write(&path, &error))?;
        drop(bytes);
        let generation = map(&path, "")
            .and_then(Generation::mapped)
            .ok_or_else(|| Error::write(&path, &std::io::Error::other("it does not read back as it was written")))?;
        self.generations.push((Arc::new(generation), name));
        Ok(())
    }

    /// Writes the list of files, then deletes those that it does not name.
    fn write(&self, folder: &Path) -> Result<(), Error> {
        let names = self.names();
        let mut list = format!("{TITLE}\n");
        for name in &names {
            let stamp = fs::metadata(folder.join(name)).map(|found| stamp(&found)).unwrap_or_default();
            list.push_str(&format!("{name} {stamp}\n"));
        }
        let path = folder.join("list");
        files::write(&path, list.as_bytes()).map_err(|error| Error::write(&path, &error))?;
        let is_kept = |name: &str| names.iter().any(|kept| kept == name);
        let keeps =
            |name: &str| name == "list" || is_kept(name) || !name.contains(".idx") && !remembered::is_answer(name);
        files::sweep(folder, keeps).map_err(|error| Error::write(folder, &error))
    }
}

fn covered(generations: &[Arc<Generation>]) -> HashSet<[u8; 32]> {
    generations.iter().flat_map(|generation| generation.segments()).copied().collect()
}

fn is_ours(name: &str) -> bool {
    name.strip_suffix(".idx").is_some_and(|stem| stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The hash of a segment as bytes.
fn hash(entry: &SegmentEntry) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if entry.sha256.len() != 64 {
        return None;
    }
    for (byte, digits) in bytes.iter_mut().zip(entry.sha256.as_bytes().chunks_exact(2)) {
        let digit = |at: usize| char::from(digits[at]).to_digit(16);
        *byte = (digit(0)? << 4 | digit(1)?) as u8;
    }
    Some(bytes)
}

/// The same; the record of runs, which has none, gets one that stands for it.
fn named(entry: &SegmentEntry) -> Option<[u8; 32]> {
    if entry.sha256.is_empty() { Some(RUNS) } else { hash(entry) }
}

/// Length and time of change of a file. One that has those that it had when it was written whole is not proved at each
/// opening, for a question looks at a small part of it; `check` proves it.
fn stamp(found: &Metadata) -> String {
    let changed = found.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    format!("{} {}", found.len(), changed.map_or(0, |since| since.as_nanos()))
}

/// Maps a file that is as it was noted, or else is proved to be whole.
fn map(path: &Path, noted: &str) -> Option<Mmap> {
    let file = File::open(path).ok()?;
    if stamp(&file.metadata().ok()?) != noted && !Generation::is_sound(&file) {
        return None;
    }
    // SAFETY: a generation's file is written under another name and never changed once it has its own; deleting it leaves
    // the mapped one as it is.
    #[expect(unsafe_code, reason = "mapping a file is the one thing that safe Rust cannot do")]
    unsafe {
        Mmap::map(&file).ok()
    }
}

/// The files of a store's index that are not whole. No answer needs them: they are left out, or the index is made again.
pub fn flaws(store: &Path) -> Vec<Damage> {
    let folder = store.join("index");
    let list = fs::read_to_string(folder.join("list")).unwrap_or_default();
    let names = list.lines().skip(1).filter_map(|line| line.split(' ').next()).filter(|name| is_ours(name));
    let damage = |name: &str| {
        let path = folder.join(name);
        let is_whole = File::open(&path).is_ok_and(Generation::is_sound);
        let (what, reason) = (
            "the index of the store",
            "its content does not have the checksum that it should: remove the folder “index”",
        );
        (!is_whole).then(|| Damage { path, what: what.to_owned(), reason: reason.to_owned() })
    };
    names.filter_map(damage).collect()
}

#[cfg(test)]
mod tests {
    use super::{Chain, refresh};
    use crate::lift::{Layer, ontology};
    use crate::model::fixture;
    use crate::store::{Writer, segment};

    /// Two documents that say the same of something share a segment: it counts once, else a document more makes all anew.
    #[test]
    fn a_shared_segment_is_covered_once() {
        let dir = tempfile::tempdir().unwrap();
        let mut writer = Writer::open(dir.path(), None, "a test").unwrap();
        writer.add(&fixture::first(), "a test").unwrap();
        let sha256 = fixture::first().document.sha256;
        let entry = writer.document(&sha256).unwrap().clone();
        writer.manifest_mut().documents.insert("f".repeat(64), entry);
        writer.stand(&ontology(writer.base())).unwrap();
        writer.commit().unwrap();
        refresh(dir.path(), 0).unwrap();
        let before = Chain::read(dir.path());
        let segments = before.generations[0].0.segments().len();
        let different: std::collections::HashSet<_> = before.generations[0].0.segments().iter().collect();
        assert_eq!(segments, different.len());
        let line = b"<https://x.org/a> <https://x.org/b> <https://x.org/c> <https://x.org/g> .\n";
        writer.put_standing(Layer::Review, segment::of_lines(line), line).unwrap();
        writer.commit().unwrap();
        refresh(dir.path(), 0).unwrap();
        let after = Chain::read(dir.path());
        assert_eq!(after.names().len(), 2);
        assert_eq!(after.names()[0], before.names()[0]);
    }
}
