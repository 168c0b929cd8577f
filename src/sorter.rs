//! Sorts more than fits in memory: full buffers go to unnamed files on disk, which are merged in the end. The index of
//! labels is built with it, and lines of RDF are put in order.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rayon::slice::ParallelSliceMut;

/// Bytes read ahead of each run while merging.
const AHEAD: usize = 1 << 16;

/// Collects byte strings and gives them back sorted, each once.
#[derive(Debug)]
pub struct Sorter {
    folder: PathBuf,
    limit: usize,
    bytes: Vec<u8>,
    spans: Vec<Span>,
    runs: Vec<File>,
}

/// Where an entry stands, and eight of its bytes, those that are being compared.
#[derive(Clone, Copy, Debug)]
struct Span {
    key: u64,
    start: u32,
    end: u32,
}

impl Sorter {
    /// A sorter that holds about `limit` bytes in memory and the rest in unnamed files in `folder`.
    pub fn new(folder: &Path, limit: usize) -> Self {
        let limit = limit.clamp(1 << 12, 1 << 30);
        Self { folder: folder.to_owned(), limit, bytes: Vec::new(), spans: Vec::new(), runs: Vec::new() }
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty() && self.runs.is_empty()
    }

    /// Adds an entry made of parts.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn push(&mut self, parts: &[&[u8]]) -> io::Result<()> {
        let start = self.bytes.len();
        parts.iter().for_each(|part| self.bytes.extend_from_slice(part));
        let end = self.bytes.len();
        let (Ok(start), Ok(last)) = (u32::try_from(start), u32::try_from(end)) else {
            return Err(io::Error::other("an entry of more than 3 GB"));
        };
        self.spans.push(Span { key: 0, start, end: last });
        if end + self.spans.len() * size_of::<Span>() >= self.limit { self.spill() } else { Ok(()) }
    }

    fn sort(&mut self) {
        let bytes = &self.bytes;
        sort(&mut self.spans, bytes, 0);
        self.spans.dedup_by(|a, b| slice(bytes, *a) == slice(bytes, *b));
    }

    fn spill(&mut self) -> io::Result<()> {
        self.sort();
        let mut file = BufWriter::with_capacity(1 << 17, tempfile::tempfile_in(&self.folder)?);
        for &span in &self.spans {
            let entry = slice(&self.bytes, span);
            file.write_all(&(entry.len() as u32).to_le_bytes())?;
            file.write_all(entry)?;
        }
        let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        self.runs.push(file);
        self.bytes.clear();
        self.spans.clear();
        Ok(())
    }

    /// All entries, sorted bytewise, doubles dropped.
    ///
    /// # Errors
    /// If the disk is full or cannot be read.
    pub fn finish(mut self) -> io::Result<Sorted> {
        if self.runs.is_empty() {
            self.sort();
        } else {
            // While runs are merged, the memory is others'.
            self.spill()?;
            (self.bytes, self.spans) = (Vec::new(), Vec::new());
        }
        let mut sorted = Sorted {
            memory: self.bytes,
            spans: self.spans,
            next: 0,
            runs: Vec::new(),
            heap: BinaryHeap::new(),
            last: Vec::new(),
            given: 0,
        };
        for (at, file) in self.runs.into_iter().enumerate() {
            let mut run = BufReader::with_capacity(AHEAD, file);
            let mut entry = Vec::new();
            if read(&mut run, &mut entry)? {
                sorted.heap.push(Reverse((entry, at)));
            }
            sorted.runs.push(run);
        }
        Ok(sorted)
    }
}

fn slice(bytes: &[u8], span: Span) -> &[u8] {
    &bytes[span.start as usize..span.end as usize]
}

/// Entries that agree in more bytes than this are compared as wholes.
const DEEP: usize = 1 << 10;

/// Fewer entries than this are compared as wholes.
const FEW: usize = 12;

/// So many entries are sorted on all cores.
const MANY: usize = 1 << 13;

/// Sorts entries that agree in their first bytes: by the next eight of each, then those that agree in these likewise. Names
/// of things share their beginnings; so no byte of them is compared twice.
fn sort(spans: &mut [Span], bytes: &[u8], depth: usize) {
    let rest = |span: &Span| slice(bytes, *span).get(depth..).unwrap_or_default();
    let by_rest = |a: &Span, b: &Span| rest(a).cmp(rest(b));
    if spans.len() < FEW || depth > DEEP {
        return spans.sort_unstable_by(by_rest);
    }
    spans.iter_mut().for_each(|span| span.key = key(rest(span)));
    if spans.len() < MANY {
        spans.sort_unstable_by_key(|span| span.key);
    } else {
        spans.par_sort_unstable_by_key(|span| span.key);
    }
    let runs: Vec<&mut [Span]> = spans.chunk_by_mut(|a, b| a.key == b.key).filter(|run| run.len() > 1).collect();
    runs.into_par_iter().for_each(|run| {
        // An entry that ends within the eight bytes has the key of one that goes on with zeros.
        match run.iter().any(|span| rest(span).len() < 8) {
            true => run.sort_unstable_by(by_rest),
            false => sort(run, bytes, depth + 8),
        }
    });
}

/// The first eight bytes as a number that orders as they do.
fn key(bytes: &[u8]) -> u64 {
    match bytes.first_chunk() {
        Some(eight) => u64::from_be_bytes(*eight),
        None => bytes.iter().rev().fold(0, |number, &byte| number >> 8 | u64::from(byte) << 56),
    }
}

/// Reads an entry in the place of another; `false` at the end.
fn read(run: &mut impl Read, entry: &mut Vec<u8>) -> io::Result<bool> {
    let mut length = [0; 4];
    match run.read_exact(&mut length) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(false),
        other => other?,
    }
    entry.resize(u32::from_le_bytes(length) as usize, 0);
    run.read_exact(entry)?;
    Ok(true)
}

/// Sorted entries, one after the other.
#[derive(Debug)]
pub struct Sorted {
    memory: Vec<u8>,
    spans: Vec<Span>,
    next: usize,
    runs: Vec<BufReader<File>>,
    heap: BinaryHeap<Reverse<(Vec<u8>, usize)>>,
    /// What was given last.
    last: Vec<u8>,
    given: u64,
}

impl Sorted {
    /// The next entry that is not equal to the one before.
    ///
    /// # Errors
    /// If a run cannot be read back.
    pub fn next(&mut self) -> io::Result<Option<&[u8]>> {
        if self.runs.is_empty() {
            let span = self.spans.get(self.next).copied();
            self.next += 1;
            return Ok(span.map(|span| slice(&self.memory, span)));
        }
        loop {
            let Some(mut top) = self.heap.peek_mut() else { return Ok(None) };
            let Reverse((entry, at)) = &mut *top;
            // What was given last makes room for what is read next.
            std::mem::swap(entry, &mut self.last);
            let is_new = self.given == 0 || *entry != self.last;
            let run = self.runs.get_mut(*at);
            if !run.map_or(Ok(false), |run| read(run, entry))? {
                PeekMut::pop(top);
            }
            if is_new {
                self.given += 1;
                return Ok(Some(&self.last));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Sorter;

    #[test]
    fn what_does_not_fit_is_sorted_all_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut expected = std::collections::BTreeSet::new();
        for (limit, start) in [(1 << 12, ""), (1 << 20, ""), (1 << 12, "what all begin with "), (1 << 20, "alike ")] {
            let mut sorter = Sorter::new(folder.path(), limit);
            assert!(sorter.is_empty());
            expected.clear();
            for i in 0..5000_u64 {
                // Some are the beginning of others, and doubles come too.
                let long = if i % 17 == 0 { 1500 } else { (i % 13) as usize };
                let entry = format!("{start}{}", "x".repeat(long) + &(i * 7919 % 3001).to_string());
                sorter.push(&[&entry.as_bytes()[..1], &entry.as_bytes()[1..]]).expect("room");
                expected.insert(entry.into_bytes());
            }
            let mut sorted = sorter.finish().expect("readable");
            let mut found = Vec::new();
            while let Some(entry) = sorted.next().expect("readable") {
                found.push(entry.to_vec());
            }
            assert!(found.iter().eq(expected.iter()), "limit {limit}, {start}");
        }
    }

    #[test]
    fn the_empty_entry_is_one_too() {
        let folder = tempfile::tempdir().expect("a folder");
        for count in [3, 3000] {
            let mut sorter = Sorter::new(folder.path(), 1 << 12);
            for i in 0..count {
                sorter.push(&[if i % 2 == 0 { b"" } else { b"a\0" }]).expect("room");
            }
            let mut sorted = sorter.finish().expect("readable");
            assert_eq!(sorted.next().expect("readable"), Some(b"".as_slice()));
            assert_eq!(sorted.next().expect("readable"), Some(b"a\0".as_slice()));
            assert_eq!(sorted.next().expect("readable"), None);
        }
    }
}
