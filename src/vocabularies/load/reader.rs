//! A file on its way to a parser: unpacked, hashed, counted, with its last lines kept for messages.

use std::cell::RefCell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use sha2::{Digest, Sha256};

use crate::bounds;
use crate::model::text::hex;

/// Bytes of unpacked text that are kept for messages.
const KEPT: usize = 1 << 18;

/// What has been seen of a file so far.
#[derive(Clone, Default)]
pub struct Watch(Rc<RefCell<ReadSoFar>>);

#[derive(Default)]
struct ReadSoFar {
    hash: Sha256,
    bytes: u64,
    kept: Vec<u8>,
    /// Lines before the kept ones.
    lines: u64,
}

impl Watch {
    /// SHA-256 of the file's bytes, as they lie on disk.
    pub fn sha256(&self) -> String {
        hex(&self.0.borrow().hash.clone().finalize())
    }

    /// Bytes read from disk.
    pub fn bytes(&self) -> u64 {
        self.0.borrow().bytes
    }

    /// A line of the unpacked text, from 1, if it was read lately.
    pub fn line(&self, number: u64) -> Option<String> {
        let seen = self.0.borrow();
        let at = usize::try_from(number.checked_sub(seen.lines + 1)?).ok()?;
        let line = seen.kept.split(|&byte| byte == b'\n').nth(at)?;
        Some(String::from_utf8_lossy(line).chars().take(160).collect())
    }

    /// Wraps a file: what the wrapper gives is unpacked text. Whether it is packed is seen from its first bytes.
    ///
    /// # Errors
    /// If its first bytes cannot be read.
    pub fn open<'a>(&self, file: impl Read + 'a) -> io::Result<Box<dyn Read + 'a>> {
        let mut disk = BufReader::with_capacity(1 << 16, OnDisk { inner: file, watch: self.clone() });
        let is_packed = disk.fill_buf()?.starts_with(&[0x1f, 0x8b]);
        Ok(match is_packed {
            true => Box::new(Unpacked { inner: bounds::Unpacked::new(disk), watch: self.clone() }),
            false => Box::new(Unpacked { inner: disk, watch: self.clone() }),
        })
    }
}

struct OnDisk<R> {
    inner: R,
    watch: Watch,
}

impl<R: Read> Read for OnDisk<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let mut seen = self.watch.0.borrow_mut();
        seen.hash.update(buffer.get(..read).unwrap_or_default());
        seen.bytes += read as u64;
        Ok(read)
    }
}

struct Unpacked<R> {
    inner: R,
    watch: Watch,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        let mut seen = self.watch.0.borrow_mut();
        seen.kept.extend_from_slice(buffer.get(..read).unwrap_or_default());
        if seen.kept.len() > 2 * KEPT {
            let gone = seen.kept.len() - KEPT;
            seen.lines += seen.kept.drain(..gone).filter(|&byte| byte == b'\n').count() as u64;
        }
        Ok(read)
    }
}
