//! The record of runs: the one file of a store that holds their clock times, beside the lock. It is no part of the list of
//! contents, so that the same texts give the same list, and it is kept out of version control. When readers decided is part of
//! what they decided and stands elsewhere.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use oxrdf::Quad;

use super::note::Note;
use super::{Damage, Error, files, segment};

/// The file.
pub const FILE: &str = "runs.nq.gz";

/// What version control passes over.
const IGNORED: &str = "# What differs from run to run, or is made anew: who writes, which runs there were and when, the index, what repair put aside.\n\
    lock\nrun-under-way\nruns.nq.gz\nindex/\ndamaged/\n*.unfinished\n";

/// The bytes of the record; `None` if there is none.
pub fn file(dir: &Path) -> Option<io::Result<Vec<u8>>> {
    match fs::read(dir.join(FILE)) {
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        file => Some(file),
    }
}

/// The lines of a record, proved by the checksum of its compression; else why not.
pub fn lines(file: &[u8]) -> Result<Vec<u8>, String> {
    segment::decompress(file).map_err(|error| super::error::reason(&error))
}

/// The lines of a store's record; `None` if there is none.
pub fn text(dir: &Path) -> Option<Result<Vec<u8>, Damage>> {
    let text = file(dir)?.map_err(|error| super::error::reason(&error)).and_then(|file| lines(&file));
    Some(text.map_err(|reason| damage(dir, reason)))
}

/// The runs that were recorded; `None` if none were.
pub fn read(dir: &Path) -> Option<Result<Vec<Quad>, Damage>> {
    Some(text(dir)?.and_then(|text| segment::parse(&text, 0).map_err(|reason| damage(dir, reason))))
}

fn damage(dir: &Path, reason: String) -> Damage {
    Damage { path: dir.join(FILE), what: "runs".to_owned(), reason }
}

/// Writes the record in place of the one before.
pub fn write(dir: &Path, lines: &[u8], note: &Note) -> Result<(), Error> {
    let path = dir.join(FILE);
    let written = segment::compress(lines, Some(note)).and_then(|bytes| files::write(&path, &bytes));
    written.and_then(|()| files::sync_folder(dir)).map_err(|error| Error::write(&path, &error))
}

/// Sees to it that version control passes over it, unless the user sees to it himself.
pub fn keep_out(dir: &Path) -> Result<(), Error> {
    let path = dir.join(".gitignore");
    match fs::symlink_metadata(&path) {
        Ok(_) => Ok(()),
        Err(_) => files::write(&path, IGNORED.as_bytes()).map_err(|error| Error::write(&path, &error)),
    }
}
