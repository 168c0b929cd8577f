//! The list of documents of a large store, in pages beside the list of contents: a commit writes anew those alone whose
//! documents changed. How documents lie in pages hangs on which there are and on nothing else, so that the same texts
//! give the same pages, whatever the order in which they came.
//!
//! A page is a file in `contents/`, named by the hash of what is in it: JSON, one document a line. The list of contents names
//! the pages and is replaced last, as with all that it names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::manifest::DocumentEntry;
use super::{Error, files, segment};

/// The folder.
pub const FOLDER: &str = "contents";

/// Documents of a page, at most. A store of no more has its documents in the list of contents itself, as all had it before
/// there were pages. A page of so many is some 200 kB, and sixteen thousand documents have about a hundred of them.
pub const MOST: usize = 256;

/// Documents by SHA-256 of their text.
pub type Documents = BTreeMap<String, DocumentEntry>;

/// A page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageEntry {
    /// SHA-256 of the file in hex, carriage returns left out; the first 32 digits are its name.
    pub sha256: String,
    /// Number of documents.
    pub documents: usize,
}

impl PageEntry {
    /// The file's name in `contents/`.
    pub fn file(&self) -> String {
        format!("{}.json", self.sha256.get(..32).unwrap_or(&self.sha256))
    }
}

/// Why a page was not read.
pub enum Flaw {
    /// A writer may have swept it away.
    Gone,
    /// It is not what it should be.
    Damaged(String),
}

/// Whether a file of the folder has a name that we give.
pub fn is_ours(name: &str) -> bool {
    name.split_once('.').is_some_and(|(stem, _)| stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

/// The pages of some documents and their bytes; none for so few that they need no page.
///
/// # Errors
/// If an entry cannot be written as JSON.
pub fn of(documents: &Documents) -> serde_json::Result<Vec<(PageEntry, Vec<u8>)>> {
    let all: Vec<(&String, &DocumentEntry)> = documents.iter().collect();
    if all.len() <= MOST {
        return Ok(Vec::new());
    }
    let mut parts = Vec::new();
    split(&all, 0, &mut parts);
    parts.into_par_iter().map(page).collect()
}

/// Splits documents, which come sorted, by one more bit of their hashes until each part fits a page.
fn split<'d, 'p>(
    all: &'p [(&'d String, &'d DocumentEntry)],
    depth: usize,
    parts: &mut Vec<&'p [(&'d String, &'d DocumentEntry)]>,
) {
    if all.is_empty() {
        return;
    }
    if all.len() <= MOST || depth == 256 {
        return parts.push(all);
    }
    let (zeros, ones) = all.split_at(all.partition_point(|(sha256, _)| !bit(sha256, depth)));
    split(zeros, depth + 1, parts);
    split(ones, depth + 1, parts);
}

fn bit(sha256: &str, depth: usize) -> bool {
    let digit = sha256.as_bytes().get(depth / 4).and_then(|&digit| char::from(digit).to_digit(16));
    digit.unwrap_or_default() >> (3 - depth % 4) & 1 == 1
}

fn page(documents: &[(&String, &DocumentEntry)]) -> serde_json::Result<(PageEntry, Vec<u8>)> {
    let mut bytes = b"{".to_vec();
    let mut between: &[u8] = b"\n";
    for (sha256, entry) in documents {
        bytes.extend_from_slice(between);
        serde_json::to_writer(&mut bytes, sha256)?;
        bytes.push(b':');
        serde_json::to_writer(&mut bytes, entry)?;
        between = b",\n";
    }
    bytes.extend_from_slice(b"\n}\n");
    Ok((PageEntry { sha256: segment::hash(&bytes), documents: documents.len() }, bytes))
}

/// Writes the pages that are not there yet.
///
/// # Errors
/// If one cannot be written.
pub fn write(store: &Path, pages: &[(PageEntry, Vec<u8>)], known: &[PageEntry]) -> Result<(), Error> {
    let known: BTreeSet<&str> = known.iter().map(|page| page.sha256.as_str()).collect();
    let folder = store.join(FOLDER);
    let fault = |error: io::Error| Error::write(&folder, &error);
    let mut fresh = pages.iter().filter(|(page, _)| !known.contains(page.sha256.as_str())).peekable();
    if fresh.peek().is_none() {
        return Ok(());
    }
    fs::create_dir_all(&folder).map_err(fault)?;
    for (page, bytes) in fresh {
        let path = folder.join(page.file());
        files::write(&path, bytes).map_err(|error| Error::write(&path, &error))?;
    }
    files::sync_folder(&folder).map_err(fault)
}

/// The documents of some pages.
///
/// # Errors
/// The first page that cannot be read, and why.
pub fn read(store: &Path, pages: &[PageEntry]) -> Result<Documents, (PageEntry, Flaw)> {
    let folder = store.join(FOLDER);
    let one = |page: &PageEntry| read_one(&folder, page).map_err(|flaw| (page.clone(), flaw));
    let parts: Vec<Documents> = pages.par_iter().map(one).collect::<Result<_, _>>()?;
    // They come sorted, which is what a tree is made of fastest.
    Ok(parts.into_iter().flatten().collect())
}

fn read_one(folder: &Path, page: &PageEntry) -> Result<Documents, Flaw> {
    let mut bytes = fs::read(folder.join(page.file())).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Flaw::Gone,
        _ => Flaw::Damaged(super::error::reason(&error)),
    })?;
    if segment::hash(&bytes) != page.sha256 {
        // Other programs may have put carriage returns into it.
        bytes.retain(|byte| *byte != b'\r');
        if segment::hash(&bytes) != page.sha256 {
            return Err(Flaw::Damaged("its content does not have the hash that it should".to_owned()));
        }
    }
    serde_json::from_slice(&bytes).map_err(|error| Flaw::Damaged(error.to_string()))
}

/// Deletes pages that the list of contents does not name.
///
/// # Errors
/// If one cannot be deleted.
pub fn sweep(store: &Path, pages: &[PageEntry]) -> Result<(), Error> {
    let folder = store.join(FOLDER);
    if !folder.is_dir() {
        return Ok(());
    }
    let named: BTreeSet<String> = pages.iter().map(PageEntry::file).collect();
    files::sweep(&folder, |name| !is_ours(name) || named.contains(name)).map_err(|error| Error::write(&folder, &error))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Documents, FOLDER, MOST};
    use crate::store::files::stop_after;
    use crate::store::manifest::{DocumentEntry, Manifest};
    use crate::store::{Directory, Error, Writer, segment};

    fn documents(count: usize) -> Documents {
        let entry = |at: usize| DocumentEntry { name: format!("{at}.txt"), ..DocumentEntry::default() };
        (0..count).map(|at| (segment::hash(at.to_string().as_bytes()), entry(at))).collect()
    }

    fn commit(dir: &Path, all: &Documents) -> Result<(), Error> {
        let mut writer = Writer::open(dir, None, "a test")?;
        writer.manifest_mut().documents.clone_from(all);
        writer.commit()
    }

    fn pages(dir: &Path) -> Vec<String> {
        let names = fs::read_dir(dir.join(FOLDER)).into_iter().flatten();
        let mut names: Vec<String> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn one_document_more_writes_one_page_and_the_order_does_not_matter() {
        let (some, more) = (documents(2000), documents(2001));
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        commit(one.path(), &some).unwrap();
        let before = pages(one.path());
        assert!((8..=32).contains(&before.len()), "{}", before.len());
        commit(one.path(), &more).unwrap();
        assert_eq!(pages(one.path()).iter().filter(|name| !before.contains(name)).count(), 1);
        commit(other.path(), &more).unwrap();
        assert_eq!(pages(one.path()), pages(other.path()));
        let list = |dir: &Path| fs::read(dir.join("manifest.json")).unwrap();
        assert_eq!(list(one.path()), list(other.path()));
        assert_eq!(Directory::open(one.path()).unwrap().documents(), &more);
    }

    #[test]
    fn a_store_that_becomes_small_has_no_pages_and_older_lists_are_read() {
        let dir = tempfile::tempdir().unwrap();
        let (all, few) = (documents(MOST + 1), documents(MOST));
        commit(dir.path(), &all).unwrap();
        assert!(pages(dir.path()).len() > 1);
        commit(dir.path(), &few).unwrap();
        assert!(pages(dir.path()).is_empty());
        // As older versions wrote it: all documents in the list, however many.
        let mut list = Manifest::new("https://example.org/");
        list.documents.clone_from(&few);
        let text = String::from_utf8(list.written().unwrap().head).unwrap();
        assert!(!text.contains("pages"));
        let mut long: serde_json::Value = serde_json::from_str(&text).unwrap();
        long["documents"] = serde_json::to_value(&all).unwrap();
        long["format"] = 1.into();
        long["checksum"] = "".into();
        fs::write(dir.path().join("manifest.json"), long.to_string()).unwrap();
        assert_eq!(Directory::open(dir.path()).unwrap().documents(), &all);
        let more = documents(MOST + 2);
        commit(dir.path(), &more).unwrap();
        assert!(fs::read_to_string(dir.path().join("manifest.json")).unwrap().contains("\"format\": 2"));
        assert_eq!(Directory::open(dir.path()).unwrap().documents(), &more);
    }

    #[test]
    fn a_commit_stopped_anywhere_leaves_the_old_or_the_new() {
        let (old, new) = (documents(MOST * 2), documents(MOST * 3));
        for steps in 0.. {
            let dir = tempfile::tempdir().unwrap();
            commit(dir.path(), &old).unwrap();
            stop_after(Some(steps));
            let done = commit(dir.path(), &new);
            stop_after(None);
            let found = Directory::open(dir.path()).unwrap();
            assert!(found.documents() == &old || found.documents() == &new, "{steps}");
            commit(dir.path(), &new).unwrap();
            let found = Directory::open(dir.path()).unwrap();
            assert_eq!(found.documents(), &new);
            assert_eq!(pages(dir.path()).len(), found.manifest().pages.len(), "others are swept away");
            if done.is_ok() {
                assert!(steps > 10);
                return;
            }
        }
    }

    #[test]
    fn a_page_that_is_lost_or_altered_is_damage_and_line_ends_are_none() {
        let dir = tempfile::tempdir().unwrap();
        commit(dir.path(), &documents(1000)).unwrap();
        let path = dir.path().join(FOLDER).join(&pages(dir.path())[0]);
        let whole = fs::read_to_string(&path).unwrap();
        fs::write(&path, whole.replace('\n', "\r\n")).unwrap();
        assert_eq!(Directory::open(dir.path()).unwrap().documents().len(), 1000);
        fs::write(&path, whole.replacen(".txt", ".doc", 1)).unwrap();
        assert!(matches!(Directory::open(dir.path()), Err(Error::Manifest { path: named, .. }) if named == path));
        fs::remove_file(&path).unwrap();
        assert!(matches!(Directory::open(dir.path()), Err(Error::Manifest { path: named, .. }) if named == path));
        assert!(matches!(Writer::open(dir.path(), None, "a test"), Err(Error::Manifest { .. })));
    }
}
