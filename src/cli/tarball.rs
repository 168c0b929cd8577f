//! Tar archives, plain and under gzip, as folders: a list of the files in them, each with its stretch of the archive. Nothing
//! is unpacked to where its name says.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rapporteur::bounds::Unpacked;
use tempfile::NamedTempFile;

/// The most bytes that an archive under gzip unpacks to.
const UNPACKED: u64 = 4 << 30;

/// An archive on disk, unpacked.
#[derive(Debug)]
struct Held {
    path: PathBuf,
    /// Goes away with it.
    _unpacked: Option<NamedTempFile>,
}

/// A file in an archive.
#[derive(Clone, Debug)]
pub struct Stretch {
    archive: Arc<Held>,
    start: u64,
    size: u64,
}

impl Stretch {
    /// Its bytes, if there are no more than that many.
    pub fn read(&self, limit: u64) -> io::Result<Vec<u8>> {
        if self.size > limit {
            return Err(io::Error::other(format!("it has more than {limit} bytes")));
        }
        let mut file = File::open(&self.archive.path)?;
        file.seek(SeekFrom::Start(self.start))?;
        let mut bytes = Vec::new();
        file.take(self.size).read_to_end(&mut bytes)?;
        match bytes.len() as u64 == self.size {
            true => Ok(bytes),
            false => Err(io::Error::other("the archive is cut off")),
        }
    }
}

/// The files of an archive with their names, in its order; no more than so many.
pub fn files(path: &Path, most: usize) -> io::Result<Vec<(String, Stretch)>> {
    let archive = Arc::new(hold(path)?);
    let mut found = Vec::new();
    let mut tar = tar::Archive::new(BufReader::new(File::open(&archive.path)?));
    for entry in tar.entries_with_seek()? {
        // What is cut off costs what lies behind the cut.
        let Ok(entry) = entry else { break };
        if !matches!(entry.header().entry_type(), tar::EntryType::Regular | tar::EntryType::Continuous) {
            continue;
        }
        if found.len() == most {
            return Err(io::Error::other(format!("it holds more than {most} files")));
        }
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let stretch = Stretch { archive: Arc::clone(&archive), start: entry.raw_file_position(), size: entry.size() };
        found.push((name, stretch));
    }
    Ok(found)
}

/// The archive, unpacked beside the system's other temporary files if it is under gzip.
fn hold(path: &Path) -> io::Result<Held> {
    let mut start = [0; 2];
    let mut file = File::open(path)?;
    let read = file.read(&mut start)?;
    if start[..read] != [0x1F, 0x8B] {
        return Ok(Held { path: path.to_owned(), _unpacked: None });
    }
    file.seek(SeekFrom::Start(0))?;
    let mut unpacked = NamedTempFile::new()?;
    let mut reader = Unpacked::new(BufReader::new(file)).take(UNPACKED + 1);
    if io::copy(&mut reader, &mut unpacked)? > UNPACKED {
        return Err(io::Error::other(format!("it unpacks to more than {UNPACKED} bytes")));
    }
    Ok(Held { path: unpacked.path().to_owned(), _unpacked: Some(unpacked) })
}
