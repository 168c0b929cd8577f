//! One generation of the index: a file, or the same bytes in memory.
//!
//! All numbers are of four bytes, low ones first, but where it says otherwise:
//!
//! | part | holds |
//! | --- | --- |
//! | head | mark of eight bytes · checksum of all that follows it · number of the first term · numbers of terms, segments, sources · lengths (eight bytes) of dictionary and three tables |
//! | segments | SHA-256 of 32 bytes each |
//! | sources | segment · number of the graph's term, 0 for the default graph |
//! | dictionary | the terms, sorted |
//! | tables | subject, predicate, object · predicate, object, subject · object, subject, predicate; then the source |

use std::io::{ErrorKind, Read};
use std::ops::{Deref, Range};

use memmap2::Mmap;

use super::dictionary::Dictionary;
use super::table::{Row, Table, number};

/// What a file begins with; the last figure is the version of the layout.
const MARK: &[u8; 8] = b"rapidx01";

/// Bytes of the head: mark, five numbers, four lengths.
const HEAD: usize = 8 + 5 * 4 + 4 * 8;

/// Bytes that are proved at a time.
const PIECE: usize = 1 << 18;

/// The orders in which each quad stands: which of subject, predicate and object comes first, second, third.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Subject,
    Predicate,
    Object,
}

impl Order {
    pub const ALL: [Self; 3] = [Self::Subject, Self::Predicate, Self::Object];

    /// Subject, predicate and object in this order.
    pub const fn arrange(self, [s, p, o]: [u32; 3]) -> [u32; 3] {
        match self {
            Self::Subject => [s, p, o],
            Self::Predicate => [p, o, s],
            Self::Object => [o, s, p],
        }
    }

    /// The way back.
    pub const fn restore(self, [a, b, c]: [u32; 3]) -> [u32; 3] {
        match self {
            Self::Subject => [a, b, c],
            Self::Predicate => [c, a, b],
            Self::Object => [b, c, a],
        }
    }
}

/// What a generation is made of.
pub struct Parts<'p> {
    /// The number of the first term; lower ones are of earlier generations, 0 is no term.
    pub first: u32,
    /// The terms, sorted, each once.
    pub terms: Vec<&'p str>,
    /// The segments that it covers.
    pub segments: &'p [[u8; 32]],
    /// Segment and graph, by source.
    pub sources: &'p [(u32, u32)],
    /// Subject, predicate, object, source; the order is of no matter.
    pub rows: Vec<Row>,
}

/// A generation.
#[derive(Debug)]
pub struct Generation {
    bytes: Bytes,
    first: u32,
    terms: usize,
    segments: Range<usize>,
    sources: Range<usize>,
    dictionary: Range<usize>,
    tables: [Range<usize>; 3],
}

#[derive(Debug)]
enum Bytes {
    Mapped(Mmap),
    Held(Vec<u8>),
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map,
            Self::Held(bytes) => bytes,
        }
    }
}

impl Generation {
    /// The bytes of a generation.
    pub fn write(parts: Parts<'_>) -> Vec<u8> {
        let Parts { first, terms, segments, sources, mut rows } = parts;
        let mut body = Vec::new();
        segments.iter().for_each(|hash| body.extend_from_slice(hash));
        sources.iter().for_each(|&(segment, graph)| {
            body.extend(segment.to_le_bytes());
            body.extend(graph.to_le_bytes());
        });
        let mut lengths = Vec::new();
        let mut start = body.len();
        super::dictionary::write(&terms, &mut body);
        lengths.push(body.len() - start);
        for order in Order::ALL {
            // The rows come arranged for the order before.
            arrange(&mut rows, order);
            start = body.len();
            super::table::write(&rows, &mut body);
            lengths.push(body.len() - start);
        }
        let numbers =
            [terms.len(), segments.len(), sources.len()].map(|count| u32::try_from(count).unwrap_or(u32::MAX));
        let mut counted: Vec<u8> = [first].into_iter().chain(numbers).flat_map(u32::to_le_bytes).collect();
        counted.extend(lengths.into_iter().flat_map(|length| (length as u64).to_le_bytes()));
        let mut bytes = Vec::with_capacity(HEAD + body.len());
        bytes.extend_from_slice(MARK);
        bytes.extend(checksum(&[&counted, &body]).to_le_bytes());
        bytes.append(&mut counted);
        bytes.append(&mut body);
        bytes
    }

    /// A generation whose bytes are at hand.
    pub fn held(bytes: Vec<u8>) -> Option<Self> {
        Self::of(Bytes::Held(bytes))
    }

    /// A generation in a file that [is sound](Self::is_sound); `None` if it is none, or of another version.
    pub fn mapped(map: Mmap) -> Option<Self> {
        Self::of(Bytes::Mapped(map))
    }

    /// Whether a file holds what its checksum says. It is read in pieces and not through the map: what is mapped counts as
    /// memory of the reader as soon as it is looked at.
    pub fn is_sound(mut file: impl Read) -> bool {
        let mut head = [0; MARK.len() + 4];
        if file.read_exact(&mut head).is_err() || !head.starts_with(MARK) {
            return false;
        }
        let (mut sum, mut piece) = (flate2::Crc::new(), vec![0; PIECE]);
        loop {
            match file.read(&mut piece) {
                Ok(0) => return number(&head, MARK.len()) == Some(sum.sum()),
                Ok(length) => sum.update(&piece[..length]),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(_) => return false,
            }
        }
    }

    fn of(bytes: Bytes) -> Option<Self> {
        let head = bytes.get(..HEAD)?;
        if head.get(..MARK.len())? != MARK {
            return None;
        }
        let count = |at: usize| Some(number(head, 12 + at * 4)? as usize);
        let (first, terms, segments, sources) = (number(head, 12)?, count(1)?, count(2)?, count(3)?);
        let length = |at: usize| {
            let bytes = head.get(28 + at * 8..36 + at * 8)?.try_into().ok()?;
            usize::try_from(u64::from_le_bytes(bytes)).ok()
        };
        let lengths = [segments * 32, sources * 8, length(0)?, length(1)?, length(2)?, length(3)?];
        let mut start = HEAD;
        let ranges = lengths.map(|length| {
            let range = start..start.saturating_add(length);
            start = range.end;
            range
        });
        if start != bytes.len() {
            return None;
        }
        let [segments, sources, dictionary, a, b, c] = ranges;
        Some(Self { bytes, first, terms, segments, sources, dictionary, tables: [a, b, c] })
    }

    /// The numbers of its terms.
    pub fn numbers(&self) -> Range<u32> {
        self.first..self.first.saturating_add(u32::try_from(self.terms).unwrap_or(u32::MAX))
    }

    /// The number of a term, if it is one of its own.
    pub fn find(&self, term: &str) -> Option<u32> {
        let rank = self.dictionary()?.rank(term)?;
        self.first.checked_add(u32::try_from(rank).ok()?)
    }

    /// The term of a number, as it stands in N-Quads.
    pub fn term(&self, number: u32) -> Option<String> {
        self.dictionary()?.term(number.checked_sub(self.first)? as usize)
    }

    /// Those of some numbers, in their order, that it has, with their terms.
    pub fn terms<'n>(&self, numbers: &'n [u32]) -> impl Iterator<Item = (u32, String)> + use<'_, 'n> {
        let own = self.numbers();
        let place = |bound: u32| numbers.partition_point(|&number| number < bound);
        let part = &numbers[place(own.start)..place(own.end)];
        let ranks = part.iter().map(move |number| (number - own.start) as usize);
        let terms = self.dictionary().into_iter().flat_map(move |dictionary| dictionary.at(ranks.clone()));
        part.iter().zip(terms).filter_map(|(&number, term)| Some((number, term?)))
    }

    /// One of its tables.
    pub fn table(&self, order: Order) -> Option<Table<'_>> {
        Table::of(self.bytes.get(self.tables[order as usize].clone())?)
    }

    /// The segments that it covers.
    pub fn segments(&self) -> &[[u8; 32]] {
        self.bytes.get(self.segments.clone()).map_or(&[], |bytes| bytes.as_chunks().0)
    }

    /// Segment and graph of each source.
    pub fn sources(&self) -> impl Iterator<Item = (usize, u32)> {
        let bytes = self.bytes.get(self.sources.clone()).unwrap_or_default();
        let (pairs, _) = bytes.as_chunks::<8>();
        pairs.iter().filter_map(|pair| Some((number(pair, 0)? as usize, number(pair, 4)?)))
    }

    fn dictionary(&self) -> Option<Dictionary<'_>> {
        Dictionary::of(self.bytes.get(self.dictionary.clone())?, self.terms)
    }
}

/// Brings rows from the order before into this one, and sorts them. The first order finds them as subject, predicate,
/// object.
fn arrange(rows: &mut Vec<Row>, order: Order) {
    use rayon::slice::ParallelSliceMut;
    if order != Order::Subject {
        // One turn leads from each order to the next.
        rows.iter_mut().for_each(|row| row[..3].rotate_left(1));
    }
    rows.par_sort_unstable();
    rows.dedup();
}

fn checksum(parts: &[&[u8]]) -> u32 {
    let mut sum = flate2::Crc::new();
    parts.iter().for_each(|part| sum.update(part));
    sum.sum()
}

#[cfg(test)]
mod tests {
    use super::Order;

    #[test]
    fn the_orders_are_turns_of_one_another() {
        let quad = [1, 2, 3];
        let mut turned = quad;
        for order in Order::ALL {
            assert_eq!(order.arrange(quad), turned);
            assert_eq!(order.restore(turned), quad);
            turned.rotate_left(1);
        }
    }
}
