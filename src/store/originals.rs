//! The user's own files, where they are kept: byte for byte as they were read, under the hash of their bytes, so that a page
//! can be opened and the file be proved.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Damage, Directory, Error, files, segment};

/// The folder.
pub(super) const FOLDER: &str = "files";

/// The longest extension that is kept.
const EXTENSION: usize = 8;

/// A file that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// SHA-256 of its bytes in hex.
    pub sha256: String,
    /// What its name ends in, so that programs know it: `pdf`.
    pub extension: String,
}

impl FileEntry {
    /// The entry of a file that the user called so.
    pub(super) fn of(name: &str, bytes: &[u8]) -> Self {
        let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
        let is_plain = |extension: &String| {
            (1..=EXTENSION).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        let extension = extension.filter(is_plain).unwrap_or_else(|| "bin".to_owned());
        Self { sha256: segment::hash(bytes), extension }
    }

    /// Its name in `files/`.
    pub fn file(&self) -> String {
        format!("{}.{}", self.sha256, self.extension)
    }
}

/// Whether a file of the folder has a name that we give.
pub(super) fn is_ours(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default();
    stem.len() == 64 && stem.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Keeps a file, unless it is there and whole.
pub(super) fn write(store: &Path, entry: &FileEntry, bytes: &[u8]) -> Result<(), Error> {
    let folder = store.join(FOLDER);
    let path = folder.join(entry.file());
    if fs::read(&path).is_ok_and(|known| known == bytes) {
        return Ok(());
    }
    let written = fs::create_dir_all(&folder).and_then(|()| files::write(&path, bytes));
    written.map_err(|error| Error::write(&path, &error))
}

impl Directory {
    /// Where the file of a document is kept; `None` if it is not.
    pub fn original_path(&self, sha256: &str) -> Option<PathBuf> {
        let file = self.documents().get(sha256)?.file.as_ref()?;
        Some(self.path().join(FOLDER).join(file.file()))
    }

    /// The file that a document was read from, byte for byte; `None` if it is not kept.
    ///
    /// # Errors
    /// If it is missing or does not have its hash.
    pub fn original(&self, sha256: &str) -> Result<Option<Vec<u8>>, Damage> {
        let document = self.documents().get(sha256);
        let entry = document.and_then(|document| Some((document, document.file.as_ref()?)));
        let (Some((document, entry)), Some(path)) = (entry, self.original_path(sha256)) else { return Ok(None) };
        let damage =
            |reason: String| Damage { path: path.clone(), what: format!("the file {}", document.name), reason };
        let bytes = fs::read(&path).map_err(|error| damage(super::error::reason(&error)))?;
        match segment::hash(&bytes) == entry.sha256 {
            true => Ok(Some(bytes)),
            false => Err(damage("its content does not have the hash that it should".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FileEntry, is_ours};

    #[test]
    fn names_keep_a_plain_extension() {
        for (name, extension) in [("a/Letter.PDF", "pdf"), ("-", "bin"), ("a.b c", "bin"), ("x.../../etc", "bin")] {
            let entry = FileEntry::of(name, b"bytes");
            assert_eq!(entry.extension, extension, "{name}");
            assert!(is_ours(&entry.file()));
        }
        assert!(!is_ours("notes.txt"));
    }
}
