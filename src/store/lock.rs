//! One writer at a time. The system gives the lock back when its holder ends, however it ends.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::Write;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::Error;

/// How often a lock that another holds is asked for again.
const PAUSE: Duration = Duration::from_millis(50);

/// Who asks for the right to write, and how long it waits for another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    /// For those who come second: `rapporteur add, since 10:02 UTC`.
    pub name: String,
    /// How long it waits for the one before it.
    pub wait: Duration,
}

impl From<&str> for Holder {
    fn from(name: &str) -> Self {
        Self { name: name.to_owned(), wait: Duration::ZERO }
    }
}

/// The right to write; given back when dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a store, as soon as nobody else has it.
    pub fn take(dir: &Path, holder: &Holder) -> Result<Self, Error> {
        let path = dir.join("lock");
        let open = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let mut file = open.map_err(|error| Error::write(&path, &error))?;
        let start = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => break,
                Err(TryLockError::WouldBlock) if start.elapsed() < holder.wait => thread::sleep(PAUSE),
                Err(TryLockError::WouldBlock) => return Err(Error::InUse(known_holder(&path))),
                Err(TryLockError::Error(error)) => return Err(Error::write(&path, &error)),
            }
        }
        // Only a courtesy to others: the lock holds without it.
        let note = format!("process {} ({})", std::process::id(), holder.name);
        let _ = file.set_len(0).and_then(|()| file.write_all(note.as_bytes()));
        Ok(Self { _file: file })
    }
}

fn known_holder(path: &Path) -> String {
    match fs::read_to_string(path) {
        Ok(note) if !note.is_empty() => format!(" by {note}"),
        _ => String::new(),
    }
}
