//! What was asked and proved of a whole store before, beside its index: what a store says of each topic changes only when the
//! store does. It is derived as the index is, stands under a checksum, and is made again when missing. The next commit sweeps
//! answers away.

use std::io::Write;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::model::text::hex;

use super::Directory;

/// What the files of answers begin with, and those that are under way.
const START: &str = "answer-";

/// Bytes of the checksum that stands before what is kept.
const SUM: usize = 32;

/// What was kept under a name beside a store's index, if it is whole.
pub fn kept(store: &Path, name: &str) -> Option<Vec<u8>> {
    let mut bytes = std::fs::read(store.join("index").join(name)).ok()?;
    let kept = bytes.split_off(SUM.min(bytes.len()));
    (Sha256::digest(&kept).as_slice() == bytes).then_some(kept)
}

/// Keeps bytes under a name beside a store's index. A store without one is small; where nothing can be written, nothing is
/// kept.
pub fn keep(store: &Path, name: &str, bytes: &[u8]) {
    let folder = store.join("index");
    if !folder.is_dir() {
        return;
    }
    let written = tempfile::Builder::new().prefix(START).tempfile_in(&folder).and_then(|mut file| {
        file.write_all(&Sha256::digest(bytes))?;
        file.write_all(bytes)?;
        Ok(file)
    });
    if let Ok(file) = written {
        let _ = file.persist(folder.join(name));
    }
}

impl Directory {
    /// The answer to what the words ask of the store as it is now, if it was made before.
    pub fn remembered(&self, words: &str) -> Option<Vec<u8>> {
        kept(self.path(), &self.answer_name(words))
    }

    /// Keeps an answer.
    pub fn remember(&self, words: &str, answer: &[u8]) {
        keep(self.path(), &self.answer_name(words), answer);
    }

    fn answer_name(&self, words: &str) -> String {
        let mut hash = Sha256::new();
        [program().as_str(), &self.revision(), words].into_iter().for_each(|part| {
            hash.update(part);
            hash.update([0]);
        });
        format!("{START}{}", hex(&hash.finalize()[..16]))
    }
}

/// Version and length of the program itself: another build may answer otherwise.
pub fn program() -> String {
    let length = std::env::current_exe().and_then(std::fs::metadata).map_or(0, |found| found.len());
    format!("{} {length}", env!("CARGO_PKG_VERSION"))
}

/// Whether a file of the index is such an answer.
pub fn is_answer(name: &str) -> bool {
    name.starts_with(START)
}
