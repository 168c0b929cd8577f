//! Files that appear whole or not at all: written beside their place, synced, then renamed.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What unfinished files end in.
pub const UNFINISHED: &str = ".unfinished";

/// Writes a file so that its name never stands for half of it, even if the machine stops. The rename itself lasts only
/// once [`sync_folder`] was called.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let unfinished = unfinished(path);
    let mut file = File::create(&unfinished)?;
    step()?;
    let (start, end) = bytes.split_at(bytes.len() / 2);
    file.write_all(start)?;
    step()?;
    file.write_all(end)?;
    sync(&file)?;
    step()?;
    fs::rename(&unfinished, path)?;
    step()
}

/// Makes the names in a folder last. Not all systems can sync folders; those that cannot keep names by themselves.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder) {
        Ok(open) if cfg!(unix) => sync(&open)?,
        _ => {}
    }
    step()
}

/// Deletes the files of a folder that nobody keeps, unfinished ones included.
pub fn sweep(folder: &Path, keep: impl Fn(&str) -> bool) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if !name.to_str().is_some_and(&keep) && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
            step()?;
        }
    }
    Ok(())
}

/// Waits until a file is on the disk. Tests stop runs, not machines, and need not wait.
fn sync(file: &File) -> io::Result<()> {
    if cfg!(test) { Ok(()) } else { file.sync_all() }
}

/// The name that a file has once it is whole.
pub fn finished(name: &str) -> &str {
    name.strip_suffix(UNFINISHED).unwrap_or(name)
}

fn unfinished(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(UNFINISHED);
    path.with_file_name(name)
}

/// A place where a test may stop the run as if it had been killed.
#[cfg(not(test))]
#[expect(clippy::unnecessary_wraps, reason = "tests make it fail")]
pub fn step() -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
pub use stops::{step, stop_after};

#[cfg(test)]
mod stops {
    use std::cell::Cell;
    use std::io;

    thread_local!(static LEFT: Cell<Option<usize>> = const { Cell::new(None) });

    /// Lets so many steps of this thread pass, then fails all that follow; `None` lets all pass.
    pub fn stop_after(steps: Option<usize>) {
        LEFT.set(steps);
    }

    pub fn step() -> io::Result<()> {
        match LEFT.get() {
            Some(0) => Err(io::Error::other("stopped")),
            left => {
                LEFT.set(left.map(|left| left - 1));
                Ok(())
            }
        }
    }
}
