//! What a long run has done so far, so that one that was stopped goes on where it was. A run that ends by itself takes the
//! record away: reading a text again is then what the user asks for.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Error, segment};

/// The file in the store.
pub const FILE: &str = "run-under-way";

/// What tells a text that a run meets again, without reading it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Mark {
    /// Its name, as the run calls it.
    pub name: String,
    /// Bytes of the file that it is or stands in.
    pub size: u64,
    /// When that file was changed, in nanoseconds since 1970.
    pub changed: u64,
    /// All that the user states of it.
    pub given: String,
}

/// A text that is in the store.
#[derive(Serialize, Deserialize)]
struct Entry {
    #[serde(flatten)]
    mark: Mark,
    sha256: String,
}

/// The record of a run.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: Option<File>,
    known: HashMap<Mark, String>,
    /// Lines of texts that no commit has made last yet.
    waiting: Vec<u8>,
}

impl Journal {
    /// Opens the record of a store. `key` is all that the outcome of a run hangs on beside the texts: what a run under
    /// another one did counts for nothing.
    ///
    /// # Errors
    /// When the record cannot be written.
    pub fn open(store: &Path, key: &str) -> Result<Self, Error> {
        let path = store.join(FILE);
        let key = segment::hash(key.as_bytes());
        let text = fs::read_to_string(&path).unwrap_or_default();
        let mut lines = text.split_inclusive('\n');
        let is_same = lines.next().is_some_and(|line| line.trim_end() == key);
        let mut known = HashMap::new();
        if is_same {
            // The last line may be cut.
            let entries = lines.filter_map(|line| serde_json::from_str::<Entry>(line).ok());
            known.extend(entries.map(|entry| (entry.mark, entry.sha256)));
        }
        let options = OpenOptions::new().create(true).append(is_same).truncate(!is_same).write(true).open(&path);
        let start = if is_same { "\n".to_owned() } else { format!("{key}\n") };
        let written = options.and_then(|mut file| file.write_all(start.as_bytes()).map(|()| file));
        let file = Some(written.map_err(|error| Error::write(&path, &error))?);
        Ok(Self { path, file, known, waiting: Vec::new() })
    }

    /// SHA-256 of the text that a run that was stopped made of what is marked so.
    pub fn knows(&self, mark: &Mark) -> Option<&str> {
        self.known.get(mark).map(String::as_str)
    }

    /// Notes a text that the writer took.
    pub fn note(&mut self, mark: Mark, sha256: &str) {
        // Writing to memory cannot fail.
        let _ = serde_json::to_writer(&mut self.waiting, &Entry { mark, sha256: sha256.to_owned() });
        self.waiting.push(b'\n');
    }

    /// Writes what was noted, behind a commit. If that fails, the texts are read again by the run that follows.
    pub fn keep(&mut self) {
        if let Some(file) = &mut self.file {
            let _ = file.write_all(&self.waiting);
        }
        self.waiting.clear();
    }

    /// Takes the record away, at the end of a run.
    pub fn finish(mut self) {
        self.file = None;
        let _ = fs::remove_file(&self.path);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{FILE, Journal, Mark};

    #[test]
    fn what_was_committed_is_known_to_the_run_that_follows() {
        let folder = tempfile::tempdir().expect("a folder");
        let mark = |name: &str| Mark { name: name.into(), size: 7, changed: 1 << 60, given: "{}".into() };
        let mut journal = Journal::open(folder.path(), "key").expect("written");
        journal.note(mark("a\n\"b\""), "00ff");
        journal.keep();
        journal.note(mark("c"), "11ff");
        drop(journal);
        // As a run leaves it that is stopped in the middle of a line.
        let path = folder.path().join(FILE);
        let text = fs::read_to_string(&path).expect("a record");
        fs::write(&path, text + "{\"name\":\"d\"").expect("written");
        let mut journal = Journal::open(folder.path(), "key").expect("written");
        assert_eq!(journal.knows(&mark("a\n\"b\"")), Some("00ff"));
        assert_eq!(journal.knows(&mark("c")), None);
        assert_eq!(journal.knows(&Mark { size: 8, ..mark("a\n\"b\"") }), None);
        journal.note(mark("e"), "22ff");
        journal.keep();
        drop(journal);
        let journal = Journal::open(folder.path(), "key").expect("written");
        assert_eq!((journal.knows(&mark("e")), journal.knows(&mark("a\n\"b\""))), (Some("22ff"), Some("00ff")));
        drop(journal);
        let journal = Journal::open(folder.path(), "other").expect("written");
        assert_eq!(journal.knows(&mark("e")), None);
        journal.finish();
        assert!(!path.exists());
    }
}
