//! The vocabularies of a folder: one file each, put in place whole, replaced and dropped one by one.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::index::{Built, LabelIndex, OpenError, words};
use super::load::LoadError;
use crate::link::vocabulary::{Shelf, Vocabulary};

/// What vocabulary files end in.
pub const ENDING: &str = "vocabulary";

/// The open vocabularies of a folder, sorted by name.
#[derive(Default)]
pub struct Folder {
    path: PathBuf,
    vocabularies: Vec<LabelIndex>,
    /// Names and flaws of those that could not be opened.
    broken: Vec<(String, OpenError)>,
}

impl Folder {
    /// Opens all vocabularies of a folder; a folder that is not there has none. One that cannot be opened costs the others
    /// nothing: [`Folder::damaged`] tells of it.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let mut opened = Self { path: folder.to_owned(), ..Self::default() };
        for name in listed(folder)? {
            match LabelIndex::open(&file(folder, &name)) {
                Ok(vocabulary) => opened.vocabularies.push(vocabulary),
                Err(error) => opened.broken.push((name, error)),
            }
        }
        Ok(opened)
    }

    /// Names of the vocabularies that could not be opened, or in which damage showed since, and what is wrong with them.
    /// They answer to nothing.
    pub fn damaged(&self) -> Vec<(String, String)> {
        let shown = self.vocabularies.iter();
        let shown = shown.filter_map(|vocabulary| Some((vocabulary.card().scheme.clone(), vocabulary.damage()?)));
        let shown: Vec<(String, OpenError)> = shown.collect();
        let mut all: Vec<(String, String)> =
            self.broken.iter().chain(&shown).map(|(name, error)| (name.clone(), error.to_string())).collect();
        all.sort();
        all
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether it has none, damaged ones not counted out.
    pub fn is_empty(&self) -> bool {
        self.vocabularies.is_empty() && self.broken.is_empty()
    }
}

impl Shelf for Folder {
    fn vocabularies(&self) -> Box<dyn Iterator<Item = &dyn Vocabulary> + '_> {
        Box::new(self.vocabularies.iter().map(|vocabulary| vocabulary as &dyn Vocabulary))
    }
}

/// Names of the vocabularies in a folder, sorted; none if it cannot be read.
pub fn names(folder: &Path) -> Vec<String> {
    listed(folder).unwrap_or_default()
}

/// Names of the vocabularies in a folder, sorted; a folder that is not there has none.
fn listed(folder: &Path) -> Result<Vec<String>, OpenError> {
    let refused = |error: std::io::Error| OpenError::File { path: folder.to_owned(), reason: words(&error) };
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.and_then(Iterator::collect::<Result<Vec<_>, _>>).map_err(refused)?,
    };
    let name = |entry: &fs::DirEntry| {
        let name = entry.file_name().into_string().ok()?;
        Some(name.strip_suffix(ENDING)?.strip_suffix('.')?.to_owned()).filter(|name| !name.starts_with('.'))
    };
    let mut names: Vec<String> = entries.iter().filter_map(name).collect();
    names.sort();
    Ok(names)
}

/// Puts built vocabularies in their places. Entries that another vocabulary has too are refused unless `overlap`.
///
/// # Errors
/// If entries are in two vocabularies, or a file cannot be put in place.
pub fn put(folder: &Path, built: Vec<Built>, overlap: bool) -> Result<(), LoadError> {
    let new: Vec<&str> = built.iter().map(|built| built.card.scheme.as_str()).collect();
    let mut all: Vec<LabelIndex> = Vec::new();
    for name in names(folder).into_iter().filter(|name| !new.contains(&name.as_str())) {
        match LabelIndex::open(&file(folder, &name)) {
            Ok(vocabulary) => all.push(vocabulary),
            // What another version wrote is told when it is used; until it is loaded again, others may be.
            Err(OpenError::Damaged(_) | OpenError::Altered(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    if !overlap {
        for one in &built {
            let vocabulary = LabelIndex::open(one.file.path())?;
            all.iter().try_for_each(|other| check_overlap(&vocabulary, other))?;
            all.push(vocabulary);
        }
    }
    drop(all);
    for one in built {
        let path = file(folder, &one.card.scheme);
        let refused = |error: std::io::Error| LoadError::write(&path.display().to_string(), &error);
        share(one.file.as_file()).map_err(refused)?;
        one.file.persist(&path).map_err(|error| refused(error.error))?;
    }
    fs::File::open(folder).and_then(|folder| if cfg!(unix) { folder.sync_all() } else { Ok(()) }).ok();
    Ok(())
}

/// Temporary files are for their owner alone; a vocabulary is for whoever may read the store.
#[cfg(unix)]
fn share(file: &fs::File) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn share(_: &fs::File) -> std::io::Result<()> {
    Ok(())
}

/// Takes a vocabulary away.
///
/// # Errors
/// If none has that name, or its file cannot be deleted.
pub fn drop_vocabulary(folder: &Path, scheme: &str) -> Result<(), LoadError> {
    let loaded = names(folder);
    if !loaded.iter().any(|name| name == scheme) {
        return Err(LoadError::Missing { scheme: scheme.to_owned(), loaded });
    }
    let path = file(folder, scheme);
    fs::remove_file(&path).map_err(|error| LoadError::write(&path.display().to_string(), &error))
}

fn file(folder: &Path, scheme: &str) -> PathBuf {
    folder.join(format!("{scheme}.{ENDING}"))
}

/// Refuses two vocabularies that name the same things: both lists of IRIs are sorted, so one walk tells.
fn check_overlap(one: &LabelIndex, other: &LabelIndex) -> Result<(), LoadError> {
    let (mut a, mut b) = (one.iris(), other.iris());
    let (mut left, mut right) = (a.next(), b.next());
    let (mut count, mut example) = (0_u64, String::new());
    while let (Some(x), Some(y)) = (&left, &right) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => left = a.next(),
            std::cmp::Ordering::Greater => right = b.next(),
            std::cmp::Ordering::Equal => {
                if count == 0 {
                    example.clone_from(x);
                }
                count += 1;
                left = a.next();
                right = b.next();
            }
        }
    }
    match count {
        0 => Ok(()),
        _ => Err(LoadError::Overlap {
            scheme: one.card().scheme.clone(),
            other: other.card().scheme.clone(),
            count,
            example,
        }),
    }
}
