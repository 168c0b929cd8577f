//! The sections of a vocabulary's file, from sorted facts to the file.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};

use fst::SetBuilder;

use super::build::{BuildError, Built};
use super::card::Card;
use super::concept::HEAD;
use super::layout::{self, ConceptRecord, Header, Record, SECTIONS, Section};
use super::sort::Sort;
use super::sorter::{Sorted, Sorter};
use crate::link::normal::{Key, is_acronym};

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
pub struct Parts {
    folder: PathBuf,
    languages: Vec<String>,
    usual: Sort,
    iris: Out,
    labels: Out,
    concepts: Out,
    /// Records in the order of their hashes.
    records: Sorter,
    records_count: u64,
    /// Normalised labels.
    keys: Sorter,
    /// IRI of the broader concept, number of the narrower.
    broader: Sorter,
    broader_count: u64,
    /// Numbers of broader concepts by narrower one, resolved.
    edges: Vec<(u32, u32)>,
    thesaurus: u64,
    count: u32,
}

/// A section on its way to disk.
struct Out {
    file: BufWriter<File>,
    length: u64,
}

impl Out {
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
struct Draft {
    iri: Vec<u8>,
    /// Role, rank, language and text of each label.
    labels: Vec<Vec<u8>>,
    sort: Sort,
    broader: Vec<Vec<u8>>,
    is_withdrawn: bool,
    is_scheme: bool,
    country: [u8; 2],
}

impl Draft {
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

impl Parts {
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
            iris: Out::new(folder)?,
            labels: Out::new(folder)?,
            concepts: Out::new(folder)?,
            records: Sorter::new(folder, memory),
            records_count: 0,
            keys: Sorter::new(folder, memory),
            broader: Sorter::new(folder, memory / 4),
            broader_count: 0,
            edges: Vec::new(),
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
        self.resolve_broader()?;
        self.assemble(card)
    }

    /// Puts the facts of each IRI together.
    fn take(&mut self, mut facts: Sorted) -> Result<(), BuildError> {
        let mut draft = Draft::default();
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

    fn put(&mut self, draft: Draft) -> Result<(), BuildError> {
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
        self.broader.push(&[&draft.iri, b"\0"])?;
        Ok(())
    }

    /// A label: role, rank, language and text.
    fn put_label(&mut self, concept: u32, label: &[u8]) -> Result<(), BuildError> {
        let [role, _, language, text @ ..] = label else { return Ok(()) };
        let Ok(words) = std::str::from_utf8(text) else { return Ok(()) };
        let key = Key::of(words);
        let record = Record {
            bag: key.bag,
            check: key.check,
            concept,
            label: self.labels.length,
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
        Ok(self.keys.push(&[key.text.as_bytes()])?)
    }

    /// Joins the IRIs of broader concepts with the IRIs that there are: both come sorted.
    fn resolve_broader(&mut self) -> Result<(), BuildError> {
        let sorter = std::mem::replace(&mut self.broader, Sorter::new(&self.folder, 0));
        let mut sorted = sorter.finish()?;
        let (mut here, mut number): (Vec<u8>, u32) = (Vec::new(), 0);
        let mut seen = 0_u32;
        while let Some(entry) = sorted.next()? {
            let at = entry.iter().position(|&byte| byte == 0).unwrap_or(entry.len());
            let (iri, rest) = (&entry[..at], entry.get(at + 1..).unwrap_or_default());
            if rest.is_empty() {
                here = iri.to_vec();
                number = seen;
                seen += 1;
            } else if here == iri
                && let Ok(narrower) = rest.try_into()
                && u32::from_be_bytes(narrower) != number
            {
                self.edges.push((u32::from_be_bytes(narrower), number));
            }
        }
        self.edges.sort_unstable();
        self.broader_count = self.edges.len() as u64;
        Ok(())
    }

    fn assemble(self, card: Card) -> Result<Built, BuildError> {
        let (mut iris, iris_length) = self.iris.finish()?;
        let (mut labels, labels_length) = self.labels.finish()?;
        let (mut concepts, concepts_length) = self.concepts.finish()?;
        let (mut records, mut starts, records_length) = write_records(&self.folder, self.records, self.records_count)?;
        let (mut keys, keys_length) = write_keys(&self.folder, self.keys)?;
        let card = Card {
            concepts: u64::from(self.count),
            labels: self.records_count,
            languages: self.languages,
            is_thesaurus: self.thesaurus * 2 > u64::from(self.count),
            broader: self.broader_count,
            ..card
        };
        let json = serde_json::to_vec(&card).map_err(io::Error::from)?;
        let mut lengths = [0; SECTIONS];
        lengths[Section::Card as usize] = json.len() as u64;
        lengths[Section::Starts as usize] = starts.len() as u64;
        lengths[Section::Records as usize] = records_length;
        lengths[Section::Concepts as usize] = concepts_length;
        lengths[Section::Iris as usize] = iris_length;
        lengths[Section::Labels as usize] = labels_length;
        lengths[Section::Broader as usize] = self.edges.len() as u64 * 4;
        lengths[Section::Keys as usize] = keys_length;
        let mut named = tempfile::Builder::new().prefix(super::UNFINISHED).tempfile_in(&self.folder)?;
        let mut out = BufWriter::with_capacity(1 << 17, named.as_file_mut());
        out.write_all(&Header::of(lengths).encode())?;
        out.write_all(&json)?;
        out.write_all(&starts)?;
        starts.clear();
        io::copy(&mut records, &mut out)?;
        write_concepts(&mut concepts, &self.edges, &mut out)?;
        io::copy(&mut iris, &mut out)?;
        io::copy(&mut labels, &mut out)?;
        for (_, broader) in &self.edges {
            out.write_all(&broader.to_le_bytes())?;
        }
        io::copy(&mut keys, &mut out)?;
        out.flush()?;
        drop(out);
        named.as_file().sync_all()?;
        Ok(Built { file: named, card })
    }
}

/// The records in the order of their hashes, and where each bucket starts.
fn write_records(folder: &Path, records: Sorter, count: u64) -> Result<(File, Vec<u8>, u64), BuildError> {
    let buckets = layout::buckets(count);
    let mut out = Out::new(folder)?;
    let mut starts: Vec<u8> = Vec::with_capacity(buckets as usize * 4 + 4);
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
        number = number.checked_add(1).ok_or(BuildError::TooMany)?;
    }
    while started <= buckets {
        starts.extend(number.to_le_bytes());
        started += 1;
    }
    let (file, length) = out.finish()?;
    Ok((file, starts, length))
}

/// The normalised labels as a finite-state set.
fn write_keys(folder: &Path, keys: Sorter) -> Result<(File, u64), BuildError> {
    let mut set = SetBuilder::new(BufWriter::with_capacity(1 << 17, tempfile::tempfile_in(folder)?))?;
    let mut sorted = keys.finish()?;
    while let Some(key) = sorted.next()? {
        set.insert(key)?;
    }
    let mut file = set.into_inner()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    let length = file.stream_position()?;
    file.rewind()?;
    Ok((file, length))
}

/// The concepts with the places of their broader ones filled in.
fn write_concepts(concepts: &mut File, edges: &[(u32, u32)], out: &mut impl Write) -> Result<(), BuildError> {
    let mut reader = io::BufReader::with_capacity(1 << 17, concepts);
    let mut bytes = [0; layout::CONCEPT];
    let (mut number, mut edge) = (0_u32, 0_usize);
    while reader.read_exact(&mut bytes).is_ok() {
        let count = edges[edge.min(edges.len())..].iter().take_while(|(narrower, _)| *narrower == number).count();
        if let Some(mut record) = ConceptRecord::decode(&bytes) {
            record.broader = edge as u32;
            record.broader_count = count.min(usize::from(u16::MAX)) as u16;
            bytes = record.encode();
        }
        out.write_all(&bytes)?;
        edge += count;
        number += 1;
    }
    Ok(())
}
