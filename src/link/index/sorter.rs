//! Sorts more than fits in memory: full buffers go to unnamed files on disk, which are merged in the end.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// Bytes read ahead of each run while merging.
const AHEAD: usize = 1 << 16;

/// Collects byte strings and gives them back sorted, each once.
#[derive(Debug)]
pub struct Sorter {
    folder: PathBuf,
    limit: usize,
    bytes: Vec<u8>,
    spans: Vec<(u32, u32)>,
    runs: Vec<File>,
}

impl Sorter {
    /// A sorter that holds about `limit` bytes in memory and the rest in unnamed files in `folder`.
    pub fn new(folder: &Path, limit: usize) -> Self {
        let limit = limit.clamp(1 << 12, 1 << 30);
        Self { folder: folder.to_owned(), limit, bytes: Vec::new(), spans: Vec::new(), runs: Vec::new() }
    }

    /// Adds an entry made of parts.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn push(&mut self, parts: &[&[u8]]) -> io::Result<()> {
        let start = self.bytes.len();
        parts.iter().for_each(|part| self.bytes.extend_from_slice(part));
        let end = self.bytes.len();
        self.spans.push((start as u32, end as u32));
        if end + self.spans.len() * size_of::<(u32, u32)>() >= self.limit { self.spill() } else { Ok(()) }
    }

    fn sort(&mut self) {
        let bytes = &self.bytes;
        self.spans.sort_unstable_by(|&a, &b| slice(bytes, a).cmp(slice(bytes, b)));
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
        self.sort();
        let mut sorted = Sorted {
            memory: self.bytes,
            spans: self.spans,
            next: 0,
            runs: Vec::new(),
            heap: BinaryHeap::new(),
            last: None,
        };
        for (at, file) in self.runs.into_iter().enumerate() {
            let mut run = BufReader::with_capacity(AHEAD, file);
            if let Some(entry) = read(&mut run, Vec::new())? {
                sorted.heap.push(Reverse((entry, at)));
            }
            sorted.runs.push(run);
        }
        Ok(sorted)
    }
}

fn slice(bytes: &[u8], (start, end): (u32, u32)) -> &[u8] {
    &bytes[start as usize..end as usize]
}

fn read(run: &mut impl Read, mut entry: Vec<u8>) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    match run.read_exact(&mut length) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    entry.resize(u32::from_le_bytes(length) as usize, 0);
    run.read_exact(&mut entry)?;
    Ok(Some(entry))
}

/// Sorted entries, one after the other.
#[derive(Debug)]
pub struct Sorted {
    memory: Vec<u8>,
    spans: Vec<(u32, u32)>,
    next: usize,
    runs: Vec<BufReader<File>>,
    heap: BinaryHeap<Reverse<(Vec<u8>, usize)>>,
    last: Option<Vec<u8>>,
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
            let Some(entry) = self.smallest()? else { return Ok(None) };
            if self.last.as_ref() != Some(&entry) {
                return Ok(Some(self.last.insert(entry).as_slice()));
            }
        }
    }

    fn smallest(&mut self) -> io::Result<Option<Vec<u8>>> {
        let in_memory = self.spans.get(self.next).map(|&span| slice(&self.memory, span));
        let from_memory = match (in_memory, self.heap.peek()) {
            (Some(entry), Some(Reverse((other, _)))) => entry <= other.as_slice(),
            (Some(_), None) => true,
            (None, _) => false,
        };
        if from_memory {
            let entry = in_memory.map(<[u8]>::to_vec);
            self.next += 1;
            return Ok(entry);
        }
        let Some(Reverse((entry, at))) = self.heap.pop() else { return Ok(None) };
        if let Some(run) = self.runs.get_mut(at)
            && let Some(next) = read(run, Vec::with_capacity(64))?
        {
            self.heap.push(Reverse((next, at)));
        }
        Ok(Some(entry))
    }
}

#[cfg(test)]
mod tests {
    use super::Sorter;

    #[test]
    fn what_does_not_fit_is_sorted_all_the_same() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut expected = std::collections::BTreeSet::new();
        for limit in [1 << 12, 1 << 20] {
            let mut sorter = Sorter::new(folder.path(), limit);
            for i in 0..5000_u64 {
                let entry = (i * 7919 % 3001).to_string().into_bytes();
                sorter.push(&[&entry[..1], &entry[1..]]).expect("room");
                expected.insert(entry);
            }
            let mut sorted = sorter.finish().expect("readable");
            let mut found = Vec::new();
            while let Some(entry) = sorted.next().expect("readable") {
                found.push(entry.to_vec());
            }
            assert!(found.iter().eq(expected.iter()), "limit {limit}");
        }
    }
}
