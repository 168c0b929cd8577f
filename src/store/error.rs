//! What can go wrong with a store, a variant per thing that a person can act on.

use std::io;
use std::path::{Path, PathBuf};

use crate::model::{Code, Fault};

/// Trouble with a store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no manifest in the directory.
    #[error("no store in {}", .0.display())]
    Missing(PathBuf),
    /// The directory is somebody else's.
    #[error("{} holds other files and no store", .0.display())]
    Foreign(PathBuf),
    /// Another writer holds the lock. The text says who, if it is known.
    #[error("the store is in use{0}")]
    InUse(String),
    /// The manifest cannot be understood.
    #[error("the list of contents {} is damaged: {reason}", .path.display())]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// Why, in a few words.
        reason: String,
    },
    /// The store was written by a later version.
    #[error("the store has format {found}; this version knows formats up to {known}")]
    Newer {
        /// Format of the store.
        found: u32,
        /// Format of this version.
        known: u32,
    },
    /// The IRIs of the store start elsewhere.
    #[error("the store's IRIs start with {store}, not with {asked}")]
    Base {
        /// The base in the manifest.
        store: String,
        /// The base that was asked for.
        asked: String,
    },
    /// A file of the store cannot be read or written.
    #[error("cannot {verb} {}: {reason}", .path.display())]
    File {
        /// `read` or `write`.
        verb: &'static str,
        /// The file.
        path: PathBuf,
        /// Why, as the system says it.
        reason: String,
    },
    /// A part of the store is damaged where nothing can be done without it.
    #[error(transparent)]
    Damaged(#[from] Damage),
    /// oxigraph refuses.
    #[error("the database refuses: {0}")]
    Database(String),
    /// A question of ours reached a limit.
    #[error(transparent)]
    Limit(#[from] super::LimitError),
    /// Nothing in the store answers to the name.
    #[error("nothing called “{0}” in the store")]
    Unknown(String),
    /// More than one thing answers to the name.
    #[error("“{name}” may be any of: {}", .candidates.join(", "))]
    Ambiguous {
        /// What was asked for.
        name: String,
        /// SHA-256 of the candidates, 16 digits.
        candidates: Vec<String>,
    },
    /// A document was read by other rules than those at hand.
    #[error("{name} was read by {by}, not by {now}")]
    ReadOtherwise {
        /// The document.
        name: String,
        /// What read it.
        by: String,
        /// What would read it now.
        now: String,
    },
}

/// A file of the store that does not hold what the manifest says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} is damaged: {reason}; it held {what}", .path.display())]
pub struct Damage {
    /// The file.
    pub path: PathBuf,
    /// What it held: `claims of iran-2021-04.txt`.
    pub what: String,
    /// How that shows.
    pub reason: String,
}

impl Error {
    /// A file that cannot be read.
    pub(super) fn read(path: &Path, error: &io::Error) -> Self {
        Self::File { verb: "read", path: path.to_owned(), reason: reason(error) }
    }

    /// A file that cannot be written.
    pub(super) fn write(path: &Path, error: &io::Error) -> Self {
        Self::File { verb: "write", path: path.to_owned(), reason: reason(error) }
    }
}

/// The system's words in lower case, without its number.
pub(super) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_lowercase()
}

impl Fault for Error {
    fn code(&self) -> Code {
        match self {
            Self::Missing(_) => Code::NO_STORE,
            Self::InUse(_) => Code::STORE_IN_USE,
            Self::Damaged(_) | Self::Manifest { .. } => Code::STORE_DAMAGED,
            Self::Newer { .. } => Code::STORE_NEWER,
            Self::Base { .. } => Code::STORE_BASE,
            Self::File { .. } => Code::STORE_FILE,
            Self::Unknown(_) => Code::NOT_IN_STORE,
            Self::Ambiguous { .. } => Code::MANY_DOCUMENTS,
            Self::ReadOtherwise { .. } => Code::READ_OTHERWISE,
            Self::Foreign(_) => Code::NOT_A_STORE,
            Self::Database(_) => Code::DATABASE,
            Self::Limit(limit) => limit.code(),
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Missing(dir) => Some(format!("make one: rapporteur add -s {} FILE…", dir.display())),
            Self::Manifest { path, .. } => Some(repair(path.parent())),
            Self::Damaged(damage) => Some(repair(damage.path.parent().and_then(Path::parent))),
            Self::Base { store, .. } => Some(format!("say --base {store}, or use another store")),
            Self::Limit(limit) => limit.hint(),
            other => other.code().advice(),
        }
    }
}

/// What to do about damage in a store.
fn repair(store: Option<&Path>) -> String {
    let store = store.unwrap_or(Path::new("STORE")).display();
    format!("rapporteur repair -s {store} mends what can be mended, and says what is gone")
}
