//! One writer at a time. The system gives the lock back when its holder ends, however it ends.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::Path;

use super::Error;

/// The right to write; given back when dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a store. `holder` says who we are, for those who come second: `rapporteur add, since 10:02`.
    pub fn take(dir: &Path, holder: &str) -> Result<Self, Error> {
        let path = dir.join("lock");
        let open = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let mut file = open.map_err(|error| Error::write(&path, &error))?;
        match file.try_lock() {
            Ok(()) => {
                // Only a courtesy to others: the lock holds without it.
                let note = format!("process {} ({holder})", std::process::id());
                let _ = file.set_len(0).and_then(|()| file.write_all(note.as_bytes()));
                Ok(Self { _file: file })
            }
            Err(TryLockError::WouldBlock) => Err(Error::InUse(known_holder(&path))),
            Err(TryLockError::Error(error)) => Err(Error::write(&path, &error)),
        }
    }
}

fn known_holder(path: &Path) -> String {
    match fs::read_to_string(path) {
        Ok(note) if !note.is_empty() => format!(" by {note}"),
        _ => String::new(),
    }
}
