//! The label index of one vocabulary: one file on disk, read in place.
//!
//! A name is found by one small read: the hash of its words gives the bucket, and the records in it say concept and language.
//! Only a label that is written otherwise is read too. Misprinted names are guessed from words that the vocabulary has ([`variants`]) and found the same way.
//! Only the set of words is mapped into memory, when it is needed first. What is read is proved by checksums ([`proved`]). So a process that looks up names stays small however large the vocabulary is.

mod broader;
mod build;
mod built;
mod label;
mod layout;
mod near;
mod parts;
mod proved;
mod variants;
mod words;

use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use fst::Set;
use memmap2::Mmap;

use crate::link::normal::{Key, is_acronym, normal, text_hash};
use crate::link::vocabulary::{Card, Concept, Hit, Label, Likeness, Sort, Vocabulary};
use label::{HEAD, LabelRef};
use layout::{CONCEPT, ENTRY, HEADER, Header, LabelRecord, OrderEntry, RECORD, Section};
use near::Near;
use proved::ProvedFile;

pub use build::Builder;
pub use built::{BuildError, Built, LONGEST_LABEL};

/// What the names of files begin with that are being built.
pub const UNFINISHED: &str = ".loading-";

/// Labels that a search for beginning names looks at, at most.
const LOOKED_AT: u64 = 1000;

/// Bytes that one read fetches of a bucket or a label; longer ones take a second.
const AT_ONCE: usize = 512;

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
    /// Part of it is not as it was written.
    #[error("{} is damaged: part of it does not have the checksum that it should", .0.display())]
    Altered(PathBuf),
}

/// An open vocabulary. Look-ups read the file; where it turns out to be damaged, nothing is found in it any more.
pub struct LabelIndex {
    path: PathBuf,
    card: Card,
    file: ProvedFile,
    header: Header,
    starts: Vec<u8>,
    /// Read when they are needed first.
    tags: OnceLock<Vec<u8>>,
    /// Mapped when they are needed first; `None` if they are damaged.
    words: OnceLock<Option<Set<Mmap>>>,
}

impl LabelIndex {
    /// Opens a vocabulary's file. Reads its header and little else.
    ///
    /// # Errors
    /// If it cannot be read or is not whole.
    pub fn open(path: &Path) -> Result<Self, OpenError> {
        let refused = |error: io::Error| OpenError::File { path: path.to_owned(), reason: words(&error) };
        let damaged = || OpenError::Damaged(path.to_owned());
        let file = File::open(path).map_err(refused)?;
        let size = file.metadata().map_err(refused)?.len();
        let head = proved::read_at(&file, 0, HEADER).ok_or_else(damaged)?;
        let header = Header::decode(&head, size).ok_or_else(damaged)?;
        let file = ProvedFile::new(file, &header).ok_or_else(damaged)?;
        let section = |section: Section| {
            let (start, length) = header.sections[section as usize];
            file.read(start, usize::try_from(length).ok()?)
        };
        let altered = || OpenError::Altered(path.to_owned());
        let card = section(Section::Card).and_then(|json| serde_json::from_slice(&json).ok()).ok_or_else(altered)?;
        let starts = section(Section::Starts).ok_or_else(altered)?;
        let (tags, words) = (OnceLock::new(), OnceLock::new());
        Ok(Self { path: path.to_owned(), card, file, header, starts, tags, words })
    }

    /// What is wrong with it, if damage has shown since it was opened.
    pub fn damage(&self) -> Option<OpenError> {
        self.file.is_damaged().then(|| OpenError::Altered(self.path.clone()))
    }

    /// What was found, unless damage showed meanwhile: then part of it may be missing.
    fn whole<T: Default>(&self, found: T) -> T {
        if self.file.is_damaged() { T::default() } else { found }
    }

    fn words(&self) -> Option<&Set<Mmap>> {
        let (start, length) = self.header.sections[Section::Words as usize];
        let mapped = || self.file.map(start, length).and_then(|words| Set::new(words).ok());
        let words = self.words.get_or_init(mapped).as_ref();
        if words.is_none() {
            self.file.condemn();
        }
        words
    }

    /// The first place in the order whose label is not before a key.
    fn first_at_least(&self, key: &str) -> u64 {
        let (mut low, mut high) = (0, self.card.labels);
        while low < high {
            let middle = low + (high - low) / 2;
            let entry = self.entry(middle);
            let is_before = |label: LabelRef<'_>| normal(label.text).as_str() < key;
            match entry.and_then(|entry| self.with_label(entry.label, is_before)) {
                Some(true) => low = middle + 1,
                _ => high = middle,
            }
        }
        low
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
        let bytes = self.file.read(records + first * CONCEPT as u64, count * CONCEPT)?;
        let concepts: Vec<_> = bytes.chunks_exact(CONCEPT).filter_map(layout::ConceptRecord::decode).collect();
        let (start, last) = (concepts.first()?.iri, concepts.last()?);
        let end = last.iri + u64::from(last.iri_length);
        let text = self.file.read(iris + start, usize::try_from(end.checked_sub(start)?).ok()?)?;
        let iri = |concept: &layout::ConceptRecord| {
            let at = usize::try_from(concept.iri.checked_sub(start)?).ok()?;
            String::from_utf8(text.get(at..at + usize::from(concept.iri_length))?.to_vec()).ok()
        };
        Some(concepts.iter().filter_map(iri).collect())
    }

    /// Numbers of the first record of a hash's bucket and of the next bucket's.
    fn bucket(&self, bag: u64) -> Option<(u64, u64)> {
        let buckets = (self.starts.len() / 4).saturating_sub(1) as u64;
        let bucket = layout::bucket(bag, buckets) as usize;
        let start = |bucket: usize| layout::number(&self.starts, bucket * 4, 4);
        Some((start(bucket)?, start(bucket + 1)?))
    }

    /// Whether there can be a record of a hash: of fifty that are not there, about one passes. Costs no read, but a byte of
    /// memory for each label from the first time on.
    fn may_hold(&self, bag: u64) -> bool {
        let tags = self.tags.get_or_init(|| {
            let (start, length) = self.header.sections[Section::Tags as usize];
            usize::try_from(length).ok().and_then(|length| self.file.read(start, length)).unwrap_or_default()
        });
        let bucket = self.bucket(bag).and_then(|(first, last)| tags.get(first as usize..last as usize));
        bucket.is_some_and(|tags| tags.contains(&(bag as u8)))
    }

    /// Calls `take` with each record of a hash.
    fn records(&self, bag: u64, mut take: impl FnMut(LabelRecord)) {
        let Some((first, last)) = self.bucket(bag) else { return };
        let length = last.saturating_sub(first) as usize * RECORD;
        let tag = bag.to_be_bytes();
        self.with_bytes(Section::Records, first * RECORD as u64, length, |bytes| {
            let records = bytes.chunks_exact(RECORD).filter(|record| record.starts_with(&tag));
            records.filter_map(LabelRecord::decode).for_each(&mut take);
        });
    }

    fn entry(&self, at: u64) -> Option<OrderEntry> {
        self.with_bytes(Section::Order, at * ENTRY as u64, ENTRY, OrderEntry::decode).flatten()
    }

    /// What `see` makes of the label at a place.
    fn with_label<T>(&self, at: u64, see: impl Fn(LabelRef<'_>) -> T) -> Option<T> {
        let (_, length) = self.header.sections[Section::Labels as usize];
        // Most labels are short: one read gets them whole.
        let ahead = length.checked_sub(at)?.min(96) as usize;
        let first = self.with_bytes(Section::Labels, at, ahead, |bytes| {
            let whole = LabelRef::decode(bytes).map(&see);
            let size = HEAD + layout::number(bytes, 0, 2).unwrap_or_default() as usize;
            whole.ok_or(size)
        })?;
        match first {
            Ok(seen) => Some(seen),
            Err(size) if size <= ahead => None,
            Err(size) => self.with_bytes(Section::Labels, at, size, |bytes| LabelRef::decode(bytes).map(&see))?,
        }
    }

    fn label(&self, at: u64) -> Option<Label> {
        self.with_label(at, |label| label.owned(&self.card.languages))
    }

    fn hit(&self, record: LabelRecord, text: &str, likeness: Likeness) -> Hit {
        let language = self.card.languages.get(usize::from(record.language)).cloned().unwrap_or_default();
        let label = Label { text: text.to_owned(), language, role: record.role };
        Hit { concept: record.concept, label, likeness, is_acronym: self.is_acronym(record) }
    }

    fn is_acronym(&self, record: LabelRecord) -> bool {
        record.is_acronym && !self.card.is_upper_case
    }

    /// What `see` makes of some bytes of a section; `None` if they are not there.
    fn with_bytes<T>(&self, section: Section, at: u64, length: usize, see: impl FnOnce(&[u8]) -> T) -> Option<T> {
        let (start, whole) = self.header.sections[section as usize];
        at.checked_add(length as u64).filter(|&end| end <= whole)?;
        let mut few = [0; AT_ONCE];
        match few.get_mut(..length) {
            Some(few) => self.file.read_into(start + at, few).then(|| see(few)),
            None => self.file.read(start + at, length).map(|many| see(&many)),
        }
    }

    fn concept_record(&self, number: u32) -> Option<layout::ConceptRecord> {
        let at = u64::from(number) * CONCEPT as u64;
        self.with_bytes(Section::Concepts, at, CONCEPT, layout::ConceptRecord::decode).flatten()
    }
}

impl Vocabulary for LabelIndex {
    fn card(&self) -> &Card {
        &self.card
    }

    fn find_key(&self, name: &str, key: &Key) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        let text = text_hash(name);
        self.records(key.bag, |record| {
            // Three hashes agree: the label is what was asked for, and need not be read.
            if record.check == key.check && record.text == text {
                hits.push(self.hit(record, name, Likeness::Exact));
                return;
            }
            let hit = self.with_label(record.label, |label| {
                let is_same = record.check == key.check && normal(label.text) == key.text;
                let likeness = if is_same { Likeness::Normalised } else { Likeness::Reordered };
                // `who` is not `WHO`: where a label is an acronym, its case counts.
                let is_meant = !self.is_acronym(record) || is_acronym_alike(name, label.text);
                is_meant.then(|| self.hit(record, label.text, likeness))
            });
            hits.extend(hit.flatten());
        });
        hits.sort_by(|a, b| a.order().cmp(&b.order()));
        self.whole(hits)
    }

    fn knows(&self, key: &Key) -> bool {
        let mut is_there = false;
        self.records(key.bag, |record| is_there |= record.check == key.check);
        is_there
    }

    fn near(&self, name: &str) -> Vec<Hit> {
        let key = normal(name);
        let most = near::most(&key);
        if most == 0 {
            return Vec::new();
        }
        let near = Near::new(&key, most, 0);
        let mut seen = BTreeSet::new();
        let mut close: Vec<(u8, String, Hit)> = Vec::new();
        let Some(words) = self.words() else { return Vec::new() };
        variants::guesses(words, &key, most, |bag| {
            if !self.may_hold(bag) {
                return;
            }
            self.records(bag, |record| {
                if self.is_acronym(record) || !seen.insert(record.label) {
                    return;
                }
                let found = self.with_label(record.label, |label| {
                    let text = normal(label.text);
                    let edits = near.distance(&text).filter(|&edits| edits > 0)?;
                    Some((edits, text, self.hit(record, label.text, Likeness::Near(edits))))
                });
                close.extend(found.flatten());
            });
        });
        close.sort_by(|(a, text, hit), (b, other, next)| (a, text, hit.order()).cmp(&(b, other, next.order())));
        self.whole(close.into_iter().map(|(_, _, hit)| hit).collect())
    }

    fn starting(&self, name: &str, limit: usize) -> Vec<Hit> {
        let key = normal(name);
        let mut hits: Vec<Hit> = Vec::new();
        let first = self.first_at_least(&key);
        for at in first..first.saturating_add(LOOKED_AT).min(self.card.labels) {
            let Some(entry) = self.entry(at) else { break };
            let found = self.with_label(entry.label, |label| {
                let is_wanted = self.card.is_upper_case || !is_acronym(label.text);
                let (concept, likeness, label) = (entry.concept, Likeness::Reordered, label);
                let hit = is_wanted.then(|| Hit {
                    concept,
                    label: label.owned(&self.card.languages),
                    likeness,
                    is_acronym: false,
                });
                normal(label.text).starts_with(&key).then_some(hit)
            });
            let Some(found) = found.flatten() else { break };
            hits.extend(found.filter(|hit| !hits.iter().any(|other| other.concept == hit.concept)));
            if hits.len() >= limit {
                break;
            }
        }
        self.whole(hits)
    }

    fn concept(&self, number: u32) -> Option<Concept> {
        let record = self.concept_record(number)?;
        let (start, _) = self.header.sections[Section::Iris as usize];
        let iri = self.file.read(start + record.iri, usize::from(record.iri_length))?;
        Some(Concept {
            number,
            iri: String::from_utf8(iri).ok()?,
            sort: Sort::from_number(record.sort),
            is_withdrawn: record.is_withdrawn,
            country: String::from_utf8(record.country.to_vec()).ok().filter(|code| !code.starts_with('\0')),
        })
    }

    fn by_iri(&self, iri: &str) -> Option<Concept> {
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

    fn labels(&self, number: u32) -> Vec<Label> {
        let Some(record) = self.concept_record(number) else { return Vec::new() };
        let mut at = record.first_label;
        let mut labels = Vec::new();
        for _ in 0..record.labels {
            let Some(label) = self.label(at) else { break };
            at += HEAD as u64 + label.text.len() as u64;
            labels.push(label);
        }
        self.whole(labels)
    }

    fn name(&self, number: u32) -> String {
        let record = self.concept_record(number);
        let label = record.filter(|record| record.labels > 0).and_then(|record| self.label(record.first_label));
        label.map(|label| label.text).unwrap_or_default()
    }

    fn broader(&self, number: u32) -> Vec<u32> {
        let Some(record) = self.concept_record(number) else { return Vec::new() };
        let (start, _) = self.header.sections[Section::Broader as usize];
        let bytes = self.file.read(start + u64::from(record.broader) * 4, usize::from(record.broader_count) * 4);
        bytes.unwrap_or_default().chunks_exact(4).filter_map(|four| Some(layout::number(four, 0, 4)? as u32)).collect()
    }
}

/// Whether an acronym is the same but for points and a plural: `U.N.` and `UN`, `NGOs` and `NGO`.
fn is_acronym_alike(name: &str, label: &str) -> bool {
    let bare = |text: &str| text.trim_end_matches('s').replace(['.', ' '], "");
    is_acronym(name) && bare(name) == bare(label)
}

/// The system's words in lower case, without its number.
pub(in crate::vocabularies) fn words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        // What readers of ours say is said as it should be.
        _ if error.raw_os_error().is_none() => error.to_string(),
        _ => error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase(),
    }
}

#[cfg(test)]
mod tests;
