//! The words that a vocabulary's names are made of: what a misprinted word is compared with.

use std::fs::File;
use std::io::{self, BufWriter, Seek};
use std::path::{Path, PathBuf};

use fst::SetBuilder;
use hashbrown::HashSet;
use rustc_hash::FxBuildHasher;

use super::built::BuildError;
use crate::sorter::Sorter;

/// Bytes of the longest word that is compared.
const LONGEST: usize = 60;

/// Bytes that a word costs in memory besides its own.
const COST: usize = 48;

/// Whether a word bears no misprint: another number is another thing.
pub fn is_strict(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit())
}

/// Words while they are collected, each once; what does not fit in memory is sorted on disk.
pub struct Words {
    folder: PathBuf,
    seen: HashSet<Box<str>, FxBuildHasher>,
    bytes: usize,
    limit: usize,
    sorter: Sorter,
}

impl Words {
    /// Holds about `limit` bytes in memory, and the rest in unnamed files in `folder`.
    pub fn new(folder: &Path, limit: usize) -> Self {
        let sorter = Sorter::new(folder, limit / 2);
        Self { folder: folder.to_owned(), seen: HashSet::default(), bytes: 0, limit: limit / 2, sorter }
    }

    /// Adds a word, unless it is too long or has a number in it.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn push(&mut self, word: &str) -> io::Result<()> {
        if word.len() > LONGEST || self.seen.contains(word) || is_strict(word) {
            return Ok(());
        }
        self.bytes += word.len() + COST;
        self.seen.insert(word.into());
        if self.bytes >= self.limit { self.spill() } else { Ok(()) }
    }

    fn spill(&mut self) -> io::Result<()> {
        self.bytes = 0;
        let sorter = &mut self.sorter;
        self.seen.drain().try_for_each(|word| sorter.push(&[word.as_bytes()]))
    }

    /// All words as a finite-state set, and its length in bytes.
    ///
    /// # Errors
    /// If the disk is full.
    pub fn finish(mut self) -> Result<(File, u64), BuildError> {
        self.spill()?;
        let mut set = SetBuilder::new(BufWriter::with_capacity(1 << 17, tempfile::tempfile_in(&self.folder)?))?;
        let mut sorted = self.sorter.finish()?;
        while let Some(word) = sorted.next()? {
            set.insert(word)?;
        }
        let mut file = set.into_inner()?.into_inner().map_err(io::IntoInnerError::into_error)?;
        let length = file.stream_position()?;
        file.rewind()?;
        Ok((file, length))
    }
}
