//! The label index of one vocabulary: one file on disk, read in place.
//!
//! A name is found by one small read: the hash of its words gives the bucket, and the records in it say concept, label and
//! language. Only the set of keys, which near and beginning names are looked up in, is mapped into memory. So a process
//! that looks up names stays small however large the vocabulary is.

mod build;
mod card;
mod concept;
mod hit;
mod layout;
mod near;
mod parts;
mod sort;
mod sorter;

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use fst::automaton::{Automaton, Str};
use fst::{IntoStreamer, Set, Streamer};
use memmap2::Mmap;

use super::normal::{Key, is_acronym};
use layout::{CONCEPT, HEADER, Header, RECORD, Record, Section};
use near::Near;

pub use build::{BuildError, Builder, Built, LONGEST_LABEL};
pub use card::{Card, Source};
pub use concept::{Concept, Label, Role};
pub use hit::{Hit, Likeness};
pub use sort::Sort;

/// What the names of files begin with that are being built.
pub const UNFINISHED: &str = ".loading-";

/// Keys that a search for near or beginning names looks at, at most.
const KEYS: usize = 200;

/// A vocabulary's file that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The system refuses.
    #[error("cannot read {}: {reason}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The system's words.
        reason: String,
    },
    /// It is no vocabulary, was written by another version, or was cut short.
    #[error("{} is no whole vocabulary of this version", .0.display())]
    Damaged(PathBuf),
}

/// An open vocabulary. Look-ups read the file; what can no longer be read is not found.
pub struct Vocabulary {
    card: Card,
    file: File,
    header: Header,
    starts: Vec<u32>,
    keys: Set<Mmap>,
}

impl Vocabulary {
    /// Opens a vocabulary's file. Reads its header and little else.
    ///
    /// # Errors
    /// If it cannot be read or is not whole.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let refused = |error: io::Error| OpenError::File { path: path.to_owned(), reason: words(&error) };
        let damaged = || OpenError::Damaged(path.to_owned());
        let file = File::open(path).map_err(refused)?;
        let size = file.metadata().map_err(refused)?.len();
        let head = read_at(&file, 0, HEADER).ok_or_else(damaged)?;
        let header = Header::decode(&head, size).ok_or_else(damaged)?;
        let section = |section: Section| {
            let (start, length) = header.sections[section as usize];
            read_at(&file, start, usize::try_from(length).ok()?)
        };
        let card = section(Section::Card).and_then(|json| serde_json::from_slice(&json).ok()).ok_or_else(damaged)?;
        let starts = section(Section::Starts).ok_or_else(damaged)?;
        let starts = starts.chunks_exact(4).filter_map(|four| Some(layout::number(four, 0, 4)? as u32)).collect();
        let keys = mapped(&file, header.sections[Section::Keys as usize]).map_err(refused)?;
        let keys = Set::new(keys).map_err(|_| damaged())?;
        Ok(Self { card, file, header, starts, keys })
    }

    /// What it is.
    pub const fn card(&self) -> &Card {
        &self.card
    }

    /// Every label that is the name, or has its words in another order; the closest first, then by IRI.
    pub fn find(&self, name: &str) -> Vec<Hit> {
        self.find_key(name, &Key::of(name))
    }

    /// The same, for a name whose key is known.
    pub fn find_key(&self, name: &str, key: &Key) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for record in self.bucket(key.bag).iter().filter(|record| record.bag == key.bag) {
            let Some(label) = self.label(record.label) else { continue };
            let likeness = if label.text == name {
                Likeness::Exact
            } else if record.check == key.check && super::normal::normal(&label.text) == key.text {
                Likeness::Normalised
            } else if Key::of(&label.text).bag == key.bag {
                Likeness::Reordered
            } else {
                continue;
            };
            let is_acronym = record.is_acronym && !self.card.is_upper_case;
            // `who` is not `WHO`: where a label is an acronym, its case counts.
            if is_acronym && likeness != Likeness::Exact && !is_acronym_alike(name, &label.text) {
                continue;
            }
            hits.push(Hit { concept: record.concept, label, likeness, is_acronym });
        }
        hits.sort_by(|a, b| a.order().cmp(&b.order()));
        hits
    }

    /// Whether a name is there at all, by the records alone.
    pub fn knows(&self, key: &Key) -> bool {
        self.bucket(key.bag).iter().any(|record| record.bag == key.bag && record.check == key.check)
    }

    /// Labels a few letters away from the name; the nearest first. The first letter must be right.
    pub fn near(&self, name: &str) -> Vec<Hit> {
        let key = Key::of(name);
        let Some(near) = Near::of(&key.text) else { return Vec::new() };
        let keys = self.keys_of(near).into_iter();
        let mut close: Vec<(u8, String)> =
            keys.filter_map(|found| Some((near.distance(&found)?, found))).filter(|(edits, _)| *edits > 0).collect();
        close.sort();
        let hits = close.into_iter().flat_map(|(edits, found)| self.under(&found, Likeness::Near(edits)));
        hits.collect()
    }

    /// Labels that begin as the name does, in the order of their keys; as many concepts as asked for.
    pub fn starting(&self, name: &str, limit: usize) -> Vec<Hit> {
        let key = super::normal::normal(name);
        let mut hits: Vec<Hit> = Vec::new();
        for found in self.keys_of(Str::new(&key).starts_with()) {
            for hit in self.under(&found, Likeness::Reordered) {
                if !hits.iter().any(|other| other.concept == hit.concept) {
                    hits.push(hit);
                }
            }
            if hits.len() >= limit {
                break;
            }
        }
        hits.truncate(limit);
        hits
    }

    /// The concept of a number.
    pub fn concept(&self, number: u32) -> Option<Concept> {
        let record = self.concept_record(number)?;
        let (start, _) = self.header.sections[Section::Iris as usize];
        let iri = read_at(&self.file, start + record.iri, usize::from(record.iri_length))?;
        Some(Concept {
            number,
            iri: String::from_utf8(iri).ok()?,
            sort: Sort::from_number(record.sort),
            is_withdrawn: record.is_withdrawn,
            country: String::from_utf8(record.country.to_vec()).ok().filter(|code| !code.starts_with('\0')),
        })
    }

    /// All labels of a concept, the best first.
    pub fn labels(&self, number: u32) -> Vec<Label> {
        let Some(record) = self.concept_record(number) else { return Vec::new() };
        let mut at = record.first_label;
        let mut labels = Vec::new();
        for _ in 0..record.labels {
            let Some(label) = self.label(at) else { break };
            at += concept::HEAD as u64 + label.text.len() as u64;
            labels.push(label);
        }
        labels
    }

    /// The best label of a concept; empty if it has none.
    pub fn name(&self, number: u32) -> String {
        let record = self.concept_record(number);
        let label = record.filter(|record| record.labels > 0).and_then(|record| self.label(record.first_label));
        label.map(|label| label.text).unwrap_or_default()
    }

    /// Numbers of the concepts that are one step broader.
    pub fn broader(&self, number: u32) -> Vec<u32> {
        let Some(record) = self.concept_record(number) else { return Vec::new() };
        let (start, _) = self.header.sections[Section::Broader as usize];
        let bytes = read_at(&self.file, start + u64::from(record.broader) * 4, usize::from(record.broader_count) * 4);
        bytes.unwrap_or_default().chunks_exact(4).filter_map(|four| Some(layout::number(four, 0, 4)? as u32)).collect()
    }

    /// The concept with that IRI.
    pub fn by_iri(&self, iri: &str) -> Option<Concept> {
        let (mut low, mut high) = (0, u32::try_from(self.card.concepts).ok()?);
        while low < high {
            let middle = low + (high - low) / 2;
            let concept = self.concept(middle)?;
            match concept.iri.as_str().cmp(iri) {
                std::cmp::Ordering::Equal => return Some(concept),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// All IRIs, sorted.
    pub fn iris(&self) -> impl Iterator<Item = String> + '_ {
        // Many at a time: one read each for records and IRIs.
        let chunk = 4096_u64;
        (0..self.card.concepts.div_ceil(chunk)).flat_map(move |at| self.iris_of(at * chunk, chunk).unwrap_or_default())
    }

    fn iris_of(&self, first: u64, count: u64) -> Option<Vec<String>> {
        let (records, _) = self.header.sections[Section::Concepts as usize];
        let (iris, _) = self.header.sections[Section::Iris as usize];
        let count = count.min(self.card.concepts - first) as usize;
        let bytes = read_at(&self.file, records + first * CONCEPT as u64, count * CONCEPT)?;
        let concepts: Vec<_> = bytes.chunks_exact(CONCEPT).filter_map(layout::ConceptRecord::decode).collect();
        let (start, last) = (concepts.first()?.iri, concepts.last()?);
        let end = last.iri + u64::from(last.iri_length);
        let text = read_at(&self.file, iris + start, usize::try_from(end.checked_sub(start)?).ok()?)?;
        let iri = |concept: &layout::ConceptRecord| {
            let at = usize::try_from(concept.iri.checked_sub(start)?).ok()?;
            String::from_utf8(text.get(at..at + usize::from(concept.iri_length))?.to_vec()).ok()
        };
        Some(concepts.iter().filter_map(iri).collect())
    }

    /// All keys that an automaton accepts, up to a limit.
    fn keys_of(&self, automaton: impl Automaton) -> Vec<String> {
        let mut stream = self.keys.search(automaton).into_stream();
        let mut keys = Vec::new();
        while let Some(key) = stream.next() {
            keys.extend(std::str::from_utf8(key).map(str::to_owned));
            if keys.len() >= KEYS {
                break;
            }
        }
        keys
    }

    /// The labels under a key, as hits of one likeness.
    fn under(&self, key: &str, likeness: Likeness) -> Vec<Hit> {
        let hits = self.find_key(key, &Key::of(key)).into_iter();
        let same = hits.filter(|hit| hit.likeness != Likeness::Reordered);
        same.map(|hit| Hit { likeness, ..hit }).collect()
    }

    /// The records of a hash's bucket.
    fn bucket(&self, bag: u64) -> Vec<Record> {
        let buckets = (self.starts.len().saturating_sub(1)) as u64;
        let bucket = layout::bucket(bag, buckets) as usize;
        let (Some(&first), Some(&last)) = (self.starts.get(bucket), self.starts.get(bucket + 1)) else {
            return Vec::new();
        };
        let (start, _) = self.header.sections[Section::Records as usize];
        let length = last.saturating_sub(first) as usize * RECORD;
        let bytes = read_at(&self.file, start + u64::from(first) * RECORD as u64, length).unwrap_or_default();
        let tag = bag.to_be_bytes();
        bytes.chunks_exact(RECORD).filter(|record| record.starts_with(&tag)).filter_map(Record::decode).collect()
    }

    fn label(&self, at: u64) -> Option<Label> {
        let (start, length) = self.header.sections[Section::Labels as usize];
        // Most labels are short: one read gets them whole.
        let ahead = length.checked_sub(at)?.min(96) as usize;
        let head = read_at(&self.file, start + at, ahead)?;
        let size = layout::number(&head, 0, 2)? as usize;
        let whole = match head.len() >= concept::HEAD + size {
            true => head,
            false => read_at(&self.file, start + at, concept::HEAD + size)?,
        };
        Label::decode(&whole, &self.card.languages)
    }

    fn concept_record(&self, number: u32) -> Option<layout::ConceptRecord> {
        let (start, length) = self.header.sections[Section::Concepts as usize];
        let at = u64::from(number) * CONCEPT as u64;
        if at >= length {
            return None;
        }
        layout::ConceptRecord::decode(&read_at(&self.file, start + at, CONCEPT)?)
    }
}

/// Whether an acronym is the same but for points and a plural: `U.N.` and `UN`, `NGOs` and `NGO`.
fn is_acronym_alike(name: &str, label: &str) -> bool {
    let bare = |text: &str| text.trim_end_matches('s').replace(['.', ' '], "");
    is_acronym(name) && bare(name) == bare(label)
}

/// The system's words in lower case, without its number.
pub(in crate::link) fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase(),
    }
}

/// Maps the part of a file that holds the keys.
fn mapped(file: &File, (start, length): (u64, u64)) -> io::Result<Mmap> {
    let length = usize::try_from(length).map_err(io::Error::other)?;
    let mut options = memmap2::MmapOptions::new();
    options.offset(start).len(length);
    // SAFETY: a vocabulary's file is written under another name and never changed once it has its own: replacing it leaves
    // the mapped one as it is.
    #[expect(unsafe_code, reason = "mapping a file is the one thing that safe Rust cannot do")]
    unsafe {
        options.map(file)
    }
}

/// Bytes of a file at a place, without moving its cursor; `None` if they are not there.
#[cfg(unix)]
fn read_at(file: &File, at: u64, length: usize) -> Option<Vec<u8>> {
    use std::os::unix::fs::FileExt;
    let mut bytes = vec![0; length];
    file.read_exact_at(&mut bytes, at).ok().map(|()| bytes)
}

/// Bytes of a file at a place; `None` if they are not there.
#[cfg(windows)]
fn read_at(file: &File, at: u64, length: usize) -> Option<Vec<u8>> {
    use std::os::windows::fs::FileExt;
    let mut bytes = vec![0; length];
    let mut filled = 0;
    while filled < length {
        match file.seek_read(&mut bytes[filled..], at + filled as u64) {
            Ok(read) if read > 0 => filled += read,
            _ => return None,
        }
    }
    Some(bytes)
}
