//! The file of a vocabulary, read in place and proved block by block: the checksum of a block is compared when the block is
//! read first. A file in which one does not agree gives nothing any more: part of an answer could be a wrong one.

use std::fs::File;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use memmap2::Mmap;

use super::layout::{BLOCK, HEADER, Header, number, sum};

/// A file whose blocks are proved as they are read.
pub struct ProvedFile {
    file: File,
    /// Where the blocks end.
    end: u64,
    /// Their checksums, four bytes each.
    sums: Vec<u8>,
    /// One bit for each block that agreed.
    proved: Vec<AtomicU64>,
    is_damaged: AtomicBool,
}

impl ProvedFile {
    /// A file whose header is read; `None` if its checksums cannot be read or do not agree with their own.
    pub fn new(file: File, header: &Header) -> Option<Self> {
        let end = header.total();
        let mut sums = read_at(&file, end, usize::try_from(header.sums_length()).ok()?)?;
        let own = number(&sums, sums.len() - 4, 4)?;
        sums.truncate(sums.len() - 4);
        if u64::from(sum(&sums)) != own {
            return None;
        }
        let proved = (0..(sums.len() / 4).div_ceil(64)).map(|_| AtomicU64::new(0)).collect();
        Some(Self { file, end, sums, proved, is_damaged: AtomicBool::new(false) })
    }

    /// Whether a block was read that does not agree with its checksum, or could not be read.
    pub fn is_damaged(&self) -> bool {
        self.is_damaged.load(Ordering::Relaxed)
    }

    /// Says that what was read makes no sense.
    pub fn condemn(&self) {
        self.is_damaged.store(true, Ordering::Relaxed);
    }

    /// Fills a buffer from a place of the file; `false` if the bytes are not there or not what they should be.
    pub fn read_into(&self, at: u64, bytes: &mut [u8]) -> bool {
        self.prove(at, bytes.len() as u64) && (bytes.is_empty() || read_into(&self.file, at, bytes))
    }

    /// Bytes at a place of the file; `None` if they are not there or not what they should be.
    pub fn read(&self, at: u64, length: usize) -> Option<Vec<u8>> {
        // Proved before room is made for them: a length that is wrong may be any.
        if !self.prove(at, length as u64) {
            return None;
        }
        read_at(&self.file, at, length)
    }

    /// Maps a part of the file into memory, all of it proved before.
    pub fn map(&self, at: u64, length: u64) -> Option<Mmap> {
        if !self.prove(at, length) {
            return None;
        }
        let mut options = memmap2::MmapOptions::new();
        options.offset(at).len(usize::try_from(length).ok()?);
        // SAFETY: a vocabulary's file is written under another name and never changed once it has its own: replacing it
        // leaves the mapped one as it is.
        #[expect(unsafe_code, reason = "mapping a file is the one thing that safe Rust cannot do")]
        let mapped = unsafe { options.map(&self.file) };
        mapped.ok()
    }

    /// Whether the blocks of a part of the file are what they should be.
    fn prove(&self, at: u64, length: u64) -> bool {
        let Some(start) = at.checked_sub(HEADER as u64) else { return false };
        if self.is_damaged() || at.checked_add(length).is_none_or(|end| end > self.end) {
            return false;
        }
        if length == 0 {
            return true;
        }
        let (first, last) = (start / BLOCK as u64, (start + length - 1) / BLOCK as u64);
        let is_proved = (first..=last).all(|block| self.is_proved(block as usize));
        if !is_proved {
            self.condemn();
        }
        is_proved
    }

    fn is_proved(&self, block: usize) -> bool {
        let (Some(bits), Some(expected)) = (self.proved.get(block / 64), number(&self.sums, block * 4, 4)) else {
            return false;
        };
        let bit = 1 << (block % 64);
        if bits.load(Ordering::Relaxed) & bit != 0 {
            return true;
        }
        let at = HEADER as u64 + (block * BLOCK) as u64;
        let mut bytes = [0; BLOCK];
        let length = (self.end - at).min(BLOCK as u64) as usize;
        let Some(part) = bytes.get_mut(..length).filter(|part| !part.is_empty()) else { return false };
        if !read_into(&self.file, at, part) || u64::from(sum(part)) != expected {
            return false;
        }
        bits.fetch_or(bit, Ordering::Relaxed);
        true
    }
}

/// Sums up blocks as they are written.
pub struct Summing<W> {
    inner: W,
    block: flate2::Crc,
    sums: Vec<u8>,
}

impl<W: io::Write> Summing<W> {
    /// Passes on what is written behind the header.
    pub fn new(inner: W) -> Self {
        Self { inner, block: flate2::Crc::new(), sums: Vec::new() }
    }

    /// Writes the checksums behind all, and gives the writer back.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn finish(mut self) -> io::Result<W> {
        self.close_block();
        let own = sum(&self.sums);
        self.sums.extend(own.to_le_bytes());
        self.inner.write_all(&self.sums)?;
        Ok(self.inner)
    }

    fn close_block(&mut self) {
        if self.block.amount() > 0 {
            self.sums.extend(self.block.sum().to_le_bytes());
            self.block.reset();
        }
    }
}

impl<W: io::Write> io::Write for Summing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = BLOCK - self.block.amount() as usize;
        let part = bytes.get(..room.min(bytes.len())).unwrap_or_default();
        let written = self.inner.write(part)?;
        self.block.update(part.get(..written).unwrap_or_default());
        if self.block.amount() as usize == BLOCK {
            self.close_block();
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

/// Bytes of a file at a place; `None` if they are not there.
pub fn read_at(file: &File, at: u64, length: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; length];
    read_into(file, at, &mut bytes).then_some(bytes)
}

/// Fills a buffer from a place of a file, without moving its cursor; `false` if the bytes are not there.
#[cfg(unix)]
fn read_into(file: &File, at: u64, bytes: &mut [u8]) -> bool {
    use std::os::unix::fs::FileExt;
    file.read_exact_at(bytes, at).is_ok()
}

/// Fills a buffer from a place of a file; `false` if the bytes are not there.
#[cfg(windows)]
fn read_into(file: &File, at: u64, bytes: &mut [u8]) -> bool {
    use std::os::windows::fs::FileExt;
    let mut filled = 0;
    while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match file.seek_read(rest, at + filled as u64) {
            Ok(read) if read > 0 => filled += read,
            _ => return false,
        }
    }
    true
}
