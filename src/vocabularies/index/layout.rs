//! How a vocabulary lies on disk: a header, then sections of fixed-width records and of text, all numbers little-endian.
//!
//! | section | holds |
//! | --- | --- |
//! | card | what the vocabulary is, as JSON |
//! | starts | for each bucket of hashes the number of its first record |
//! | records | one a label, 27 bytes, in the order of the hash of its words |
//! | tags | the last byte of the hash of each record |
//! | concepts | one a concept, 32 bytes, in the order of the IRIs |
//! | iris | the IRIs, one after the other |
//! | labels | the labels, concept by concept, the best first |
//! | broader | numbers of broader concepts |
//! | order | one a label, 9 bytes, in the order of the normalised labels |
//! | words | the words of the normalised labels as a finite-state set |
//! | sums | checksums of the blocks of all sections before it, and last their own |

use crate::link::vocabulary::Role;

/// What each file begins with.
pub const MAGIC: &[u8; 8] = b"RAPVOC3\n";

/// Number of sections.
pub const SECTIONS: usize = 10;

/// Bytes of the header: the magic, start and length of each section, where they end, and its own checksum.
pub const HEADER: usize = MAGIC.len() + SECTIONS * 16 + 8 + 4;

/// Bytes that have a checksum together. The first block begins behind the header, the last one may be shorter.
pub const BLOCK: usize = 4096;

/// Bytes of a record.
pub const RECORD: usize = 27;

/// Bytes of a concept.
pub const CONCEPT: usize = 32;

/// Bytes of an entry of the order.
pub const ENTRY: usize = 9;

/// Records of a bucket, at most on average: few, since a look-up reads them all.
pub const BUCKET: u64 = 8;

/// The sections in their order.
#[derive(Clone, Copy, Debug)]
#[repr(usize)]
pub enum Section {
    Card,
    Starts,
    Records,
    Tags,
    Concepts,
    Iris,
    Labels,
    Broader,
    Order,
    Words,
}

/// Where the sections are: start and length in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Header {
    /// Start and length of each section.
    pub sections: [(u64, u64); SECTIONS],
}

impl Header {
    /// Lays sections of these lengths one after the other.
    pub fn of(lengths: [u64; SECTIONS]) -> Self {
        let mut at = HEADER as u64;
        let sections = lengths.map(|length| {
            let start = at;
            at += length;
            (start, length)
        });
        Self { sections }
    }

    /// Where the sections end and the checksums begin.
    pub fn total(&self) -> u64 {
        self.sections.iter().map(|(start, length)| start + length).max().unwrap_or(HEADER as u64)
    }

    /// As it stands in the file.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for (start, length) in self.sections {
            bytes.extend(start.to_le_bytes());
            bytes.extend(length.to_le_bytes());
        }
        bytes.extend(self.total().to_le_bytes());
        bytes.extend(sum(&bytes).to_le_bytes());
        bytes
    }

    /// Bytes of the checksums behind the sections: one for each block, and their own.
    pub fn sums_length(&self) -> u64 {
        ((self.total() - HEADER as u64).div_ceil(BLOCK as u64) + 1) * 4
    }

    /// The header of a file that has `size` bytes; `None` if it is no vocabulary of ours, or not whole.
    pub fn decode(bytes: &[u8], size: u64) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (told, own) = bytes.split_at_checked(HEADER - 4)?;
        if number(own, 0, 4)? != u64::from(sum(told)) {
            return None;
        }
        let mut sections = [(0, 0); SECTIONS];
        for (at, section) in sections.iter_mut().enumerate() {
            *section = (number(rest, at * 16, 8)?, number(rest, at * 16 + 8, 8)?);
        }
        let header = Self { sections };
        let is_sound = sections.iter().all(|(start, length)| start.checked_add(*length).is_some_and(|end| end <= size));
        let ends = number(rest, SECTIONS * 16, 8)?;
        // Sections that do not fit have no end that could be told.
        let is_whole = is_sound
            && ends >= HEADER as u64
            && header.total() == ends
            && ends.checked_add(header.sums_length()) == Some(size);
        is_whole.then_some(header)
    }
}

/// What stands for one label in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelRecord {
    /// Hash of the label's words in any order.
    pub bag: u64,
    /// Hash of its words in their order.
    pub check: u32,
    /// Hash of the label letter by letter.
    pub text: u32,
    /// Number of the concept.
    pub concept: u32,
    /// Where the label stands in its section, in bytes; five bytes hold it.
    pub label: u64,
    /// Number of its language.
    pub language: u8,
    /// What it is to the concept.
    pub role: Role,
    /// Whether it is written as an acronym.
    pub is_acronym: bool,
}

impl LabelRecord {
    /// As it stands in the file: the hash first and big-endian, so that sorted bytes are sorted hashes.
    pub fn encode(&self) -> [u8; RECORD] {
        let mut bytes = [0; RECORD];
        bytes[..8].copy_from_slice(&self.bag.to_be_bytes());
        bytes[8..12].copy_from_slice(&self.check.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.text.to_le_bytes());
        bytes[16..20].copy_from_slice(&self.concept.to_le_bytes());
        bytes[20..25].copy_from_slice(&self.label.to_le_bytes()[..5]);
        bytes[25] = self.language;
        bytes[26] = u8::from(self.is_acronym) | (self.role as u8) << 1;
        bytes
    }

    /// Reads a record back.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let flags = *bytes.get(26)?;
        Some(Self {
            bag: u64::from_be_bytes(bytes.get(..8)?.try_into().ok()?),
            check: number(bytes, 8, 4)? as u32,
            text: number(bytes, 12, 4)? as u32,
            concept: number(bytes, 16, 4)? as u32,
            label: number(bytes, 20, 5)?,
            language: *bytes.get(25)?,
            role: Role::from_number(flags >> 1),
            is_acronym: flags & 1 != 0,
        })
    }
}

/// What stands for one label in the order of the normalised labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OrderEntry {
    /// Number of the concept.
    pub concept: u32,
    /// Where the label stands in its section, in bytes; five bytes hold it.
    pub label: u64,
}

impl OrderEntry {
    /// As it stands in the file: big-endian, so that equal labels are in the order of their concepts.
    pub fn encode(&self) -> [u8; ENTRY] {
        let mut bytes = [0; ENTRY];
        bytes[..4].copy_from_slice(&self.concept.to_be_bytes());
        bytes[4..].copy_from_slice(&self.label.to_be_bytes()[3..]);
        bytes
    }

    /// Reads an entry back.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let big = |bytes: &[u8]| bytes.iter().fold(0, |number, &byte| number << 8 | u64::from(byte));
        Some(Self { concept: big(bytes.get(..4)?) as u32, label: big(bytes.get(4..ENTRY)?) })
    }
}

/// What stands for one concept in the index.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ConceptRecord {
    /// Where its IRI stands, in bytes.
    pub iri: u64,
    /// Bytes of its IRI.
    pub iri_length: u16,
    /// Number of its labels.
    pub labels: u16,
    /// Where its labels start, in bytes.
    pub first_label: u64,
    /// Number of the first entry of its broader concepts.
    pub broader: u32,
    /// How many broader concepts it has.
    pub broader_count: u16,
    /// What sort of thing it is, as a number.
    pub sort: u8,
    /// Whether its publisher has withdrawn it.
    pub is_withdrawn: bool,
    /// Two letters of a country; zeros where none is known.
    pub country: [u8; 2],
}

impl ConceptRecord {
    /// As it stands in the file.
    pub fn encode(&self) -> [u8; CONCEPT] {
        let mut bytes = [0; CONCEPT];
        bytes[..8].copy_from_slice(&self.iri.to_le_bytes());
        bytes[8..10].copy_from_slice(&self.iri_length.to_le_bytes());
        bytes[10..12].copy_from_slice(&self.labels.to_le_bytes());
        bytes[12..20].copy_from_slice(&self.first_label.to_le_bytes());
        bytes[20..24].copy_from_slice(&self.broader.to_le_bytes());
        bytes[24..26].copy_from_slice(&self.broader_count.to_le_bytes());
        bytes[26] = self.sort;
        bytes[27] = u8::from(self.is_withdrawn);
        bytes[28..30].copy_from_slice(&self.country);
        bytes
    }

    /// Reads a concept back.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        Some(Self {
            iri: number(bytes, 0, 8)?,
            iri_length: number(bytes, 8, 2)? as u16,
            labels: number(bytes, 10, 2)? as u16,
            first_label: number(bytes, 12, 8)?,
            broader: number(bytes, 20, 4)? as u32,
            broader_count: number(bytes, 24, 2)? as u16,
            sort: *bytes.get(26)?,
            is_withdrawn: *bytes.get(27)? != 0,
            country: bytes.get(28..30)?.try_into().ok()?,
        })
    }
}

/// The number in `width` bytes at a place.
pub fn number(bytes: &[u8], at: usize, width: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(width)?)?;
    Some(bytes.iter().rev().fold(0, |number, &byte| number << 8 | u64::from(byte)))
}

/// The bucket of a hash, where there are `buckets` (a power of two).
pub fn bucket(bag: u64, buckets: u64) -> u64 {
    match buckets {
        0 | 1 => 0,
        _ => bag >> (64 - buckets.trailing_zeros()),
    }
}

/// How many buckets so many records get: a power of two.
pub fn buckets(records: u64) -> u64 {
    (records / BUCKET).max(1).next_power_of_two()
}

/// The checksum of some bytes: the CRC-32 of gzip.
pub fn sum(bytes: &[u8]) -> u32 {
    let mut sum = flate2::Crc::new();
    sum.update(bytes);
    sum.sum()
}
