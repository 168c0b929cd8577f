//! The sections of a vocabulary's file, from sorted facts to the file.

use std::fs::File;
use std::io::{self, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use super::broader::{self, write_concepts};
use super::built::{BuildError, Built};
use super::label::HEAD;
use super::layout::{self, ConceptRecord, Header, LabelRecord, OrderEntry, SECTIONS, Section};
use super::proved::Summing;
use super::words::Words;
use crate::link::normal::{Key, is_acronym, text_hash, words as words_of};
use crate::link::vocabulary::{Card, Role, Sort};
use crate::sorter::{Sorted, Sorter};

/// What a fact of a sorted entry says.
pub mod fact {
    /// Role, rank, language and text of a label.
    pub const LABEL: u8 = 0;
    /// What sort of thing it is.
    pub const SORT: u8 = 1;
    /// A broader concept.
    pub const BROADER: u8 = 2;
    /// It is withdrawn.
    pub const WITHDRAWN: u8 = 3;
    /// Two letters of its country.
    pub const COUNTRY: u8 = 4;
    /// It is a scheme or collection, no entry.
    pub const SCHEME: u8 = 5;
}

/// The sections while they are being written.
pub struct IndexParts {
    folder: PathBuf,
    languages: Vec<String>,
    usual: Sort,
    iris: SectionWriter,
    labels: SectionWriter,
    concepts: SectionWriter,
    /// Records in the order of their hashes.
    records: Sorter,
    records_count: u64,
    /// Normalised labels, each with its place.
    order: Sorter,
    words: Words,
    /// IRI of the broader concept, number of the narrower.
    broader: Sorter,
    thesaurus: u64,
    count: u32,
}

/// A section on its way to disk.
struct SectionWriter {
    file: BufWriter<File>,
    length: u64,
}

impl SectionWriter {
    fn new(folder: &Path) -> io::Result<Self> {
        Ok(Self { file: BufWriter::with_capacity(1 << 17, tempfile::tempfile_in(folder)?), length: 0 })
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.length += bytes.len() as u64;
        self.file.write_all(bytes)
    }

    fn finish(self) -> io::Result<(File, u64)> {
        let mut file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        Ok((file, self.length))
    }
}

/// One concept while its facts pass by.
#[derive(Default)]
struct ConceptDraft {
    iri: Vec<u8>,
    /// Role, rank, language and text of each label.
    labels: Vec<Vec<u8>>,
    sort: Sort,
    broader: Vec<Vec<u8>>,
    is_withdrawn: bool,
    is_scheme: bool,
    country: [u8; 2],
}

impl ConceptDraft {
    fn take(&mut self, fact: &[u8]) {
        match fact {
            [fact::LABEL, label @ ..] => self.labels.push(label.to_vec()),
            // A concept that is also an organisation is a concept: it stands in a thesaurus.
            [fact::SORT, number] if self.sort == Sort::Unknown => self.sort = Sort::from_number(*number),
            [fact::BROADER, iri @ ..] => self.broader.push(iri.to_vec()),
            [fact::WITHDRAWN] => self.is_withdrawn = true,
            [fact::COUNTRY, a, b] => self.country = [*a, *b],
            [fact::SCHEME] => self.is_scheme = true,
            _ => {}
        }
    }
}

impl IndexParts {
    /// For a folder of temporary files, the languages that labels name by number, and
    /// what entries are where no fact says so.
    ///
    /// # Errors
    /// If no file can be made there.
    pub fn new(folder: &Path, memory: usize, languages: Vec<String>, usual: Sort) -> io::Result<Self> {
        Ok(Self {
            folder: folder.to_owned(),
            languages,
            usual,
            iris: SectionWriter::new(folder)?,
            labels: SectionWriter::new(folder)?,
            concepts: SectionWriter::new(folder)?,
            records: Sorter::new(folder, memory),
            records_count: 0,
            order: Sorter::new(folder, memory),
            words: Words::new(folder, memory / 4),
            broader: Sorter::new(folder, memory / 4),
            thesaurus: 0,
            count: 0,
        })
    }

    /// Writes the file.
    ///
    /// # Errors
    /// If nothing has a label, or the disk refuses.
    pub fn build(mut self, facts: Sorted, card: Card) -> Result<Built, BuildError> {
        self.take(facts)?;
        if self.records_count == 0 {
            return Err(BuildError::Empty);
        }
        self.assemble(card)
    }

    /// Puts the facts of each IRI together.
    fn take(&mut self, mut facts: Sorted) -> Result<(), BuildError> {
        let mut draft = ConceptDraft::default();
        while let Some(entry) = facts.next()? {
            let at = entry.iter().position(|&byte| byte == 0).unwrap_or(entry.len());
            let (iri, fact) = entry.split_at(at);
            if iri != draft.iri {
                self.put(std::mem::take(&mut draft))?;
                draft.iri = iri.to_vec();
            }
            draft.take(fact.get(1..).unwrap_or_default());
        }
        self.put(draft)
    }

    fn put(&mut self, draft: ConceptDraft) -> Result<(), BuildError> {
        if draft.labels.is_empty() || draft.is_scheme {
            return Ok(());
        }
        let number = self.count;
        self.count = self.count.checked_add(1).ok_or(BuildError::TooMany)?;
        let sort = if draft.sort == Sort::Unknown { self.usual } else { draft.sort };
        let kept = draft.labels.len().min(usize::from(u16::MAX));
        let record = ConceptRecord {
            iri: self.iris.length,
            iri_length: draft.iri.len() as u16,
            labels: kept as u16,
            first_label: self.labels.length,
            broader: 0,
            broader_count: 0,
            sort: sort.number(),
            is_withdrawn: draft.is_withdrawn,
            country: draft.country,
        };
        self.thesaurus += u64::from(sort == Sort::Concept);
        self.iris.write(&draft.iri)?;
        self.concepts.write(&record.encode())?;
        for label in draft.labels.iter().take(kept) {
            self.put_label(number, label)?;
        }
        for broader in &draft.broader {
            self.broader.push(&[broader, b"\0", &number.to_be_bytes()])?;
        }
        Ok(())
    }

    /// A label: role, rank, language and text.
    fn put_label(&mut self, concept: u32, label: &[u8]) -> Result<(), BuildError> {
        let [role, _, language, text @ ..] = label else { return Ok(()) };
        let Ok(words) = std::str::from_utf8(text) else { return Ok(()) };
        let key = Key::of(words);
        let record = LabelRecord {
            bag: key.bag,
            check: key.check,
            concept,
            text: text_hash(words),
            label: self.labels.length,
            language: *language,
            role: Role::from_number(*role),
            is_acronym: is_acronym(words),
        };
        let length = (text.len() as u16).to_le_bytes();
        debug_assert_eq!(HEAD, 4);
        self.labels.write(&[length[0], length[1], *language, *role])?;
        self.labels.write(text)?;
        self.records.push(&[&record.encode()])?;
        self.records_count += 1;
        if self.records_count > u64::from(u32::MAX) {
            return Err(BuildError::TooMany);
        }
        words_of(&key.text).try_for_each(|word| self.words.push(word))?;
        let entry = OrderEntry { concept, label: record.label };
        Ok(self.order.push(&[key.text.as_bytes(), b"\0", &entry.encode()])?)
    }

    fn assemble(self, card: Card) -> Result<Built, BuildError> {
        let (mut iris, iris_length) = self.iris.finish()?;
        let (mut labels, labels_length) = self.labels.finish()?;
        let (mut concepts, concepts_length) = self.concepts.finish()?;
        let (mut records, mut starts, tags, records_length) =
            write_records(&self.folder, self.records, self.records_count)?;
        let (mut order, order_length) = write_order(&self.folder, self.order)?;
        let (mut words, words_length) = self.words.finish()?;
        let edges = broader::resolve(self.broader, &mut concepts, &mut iris)?;
        let card = Card {
            concepts: u64::from(self.count),
            labels: self.records_count,
            languages: self.languages,
            is_thesaurus: self.thesaurus * 2 > u64::from(self.count),
            broader: edges.len() as u64,
            ..card
        };
        let json = serde_json::to_vec(&card).map_err(io::Error::from)?;
        let mut lengths = [0; SECTIONS];
        lengths[Section::Card as usize] = json.len() as u64;
        lengths[Section::Starts as usize] = starts.len() as u64;
        lengths[Section::Records as usize] = records_length;
        lengths[Section::Tags as usize] = tags.len() as u64;
        lengths[Section::Concepts as usize] = concepts_length;
        lengths[Section::Iris as usize] = iris_length;
        lengths[Section::Labels as usize] = labels_length;
        lengths[Section::Broader as usize] = edges.len() as u64 * 4;
        lengths[Section::Order as usize] = order_length;
        lengths[Section::Words as usize] = words_length;
        let mut named = tempfile::Builder::new().prefix(super::UNFINISHED).tempfile_in(&self.folder)?;
        let mut out = BufWriter::with_capacity(1 << 17, named.as_file_mut());
        out.write_all(&Header::of(lengths).encode())?;
        let mut out = Summing::new(out);
        out.write_all(&json)?;
        out.write_all(&starts)?;
        starts.clear();
        io::copy(&mut records, &mut out)?;
        out.write_all(&tags)?;
        write_concepts(&mut concepts, &edges, &mut out)?;
        io::copy(&mut iris, &mut out)?;
        io::copy(&mut labels, &mut out)?;
        for (_, broader) in &edges {
            out.write_all(&broader.to_le_bytes())?;
        }
        io::copy(&mut order, &mut out)?;
        io::copy(&mut words, &mut out)?;
        let mut out = out.finish()?;
        out.flush()?;
        drop(out);
        named.as_file().sync_all()?;
        Ok(Built { file: named, card })
    }
}

/// The records in the order of their hashes, where each bucket starts, and the tags.
fn write_records(folder: &Path, records: Sorter, count: u64) -> Result<(File, Vec<u8>, Vec<u8>, u64), BuildError> {
    let buckets = layout::buckets(count);
    let mut out = SectionWriter::new(folder)?;
    let mut starts: Vec<u8> = Vec::with_capacity(buckets as usize * 4 + 4);
    let mut tags: Vec<u8> = Vec::with_capacity(count as usize);
    let mut started = 0;
    let mut sorted = records.finish()?;
    let mut number = 0_u32;
    while let Some(record) = sorted.next()? {
        let bag = record.iter().take(8).fold(0, |bag, &byte| bag << 8 | u64::from(byte));
        while started <= layout::bucket(bag, buckets) {
            starts.extend(number.to_le_bytes());
            started += 1;
        }
        out.write(record)?;
        tags.push(bag as u8);
        number = number.checked_add(1).ok_or(BuildError::TooMany)?;
    }
    while started <= buckets {
        starts.extend(number.to_le_bytes());
        started += 1;
    }
    let (file, length) = out.finish()?;
    Ok((file, starts, tags, length))
}

/// The places of the labels in the order of their normalised form.
fn write_order(folder: &Path, order: Sorter) -> Result<(File, u64), BuildError> {
    let mut out = SectionWriter::new(folder)?;
    let mut sorted = order.finish()?;
    while let Some(entry) = sorted.next()? {
        out.write(entry.get(entry.len().saturating_sub(layout::ENTRY)..).unwrap_or_default())?;
    }
    Ok(out.finish()?)
}
