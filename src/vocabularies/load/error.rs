//! Files that cannot become a vocabulary, a variant per thing that a person can act on.

use std::io;

use crate::model::{Code, Fault, Place};
use crate::vocabularies::index::{BuildError, OpenError};

/// What is wrong with a row whose bytes are no UTF-8.
pub const NOT_UTF8: &str = "it is not UTF-8";

/// Why nothing was loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The name's ending tells no format.
    #[error("do not know what is in {0}")]
    VocabularyFormat(String),
    /// It breaks the rules of its format.
    #[error("{name} is no valid {format}: {reason}")]
    Syntax {
        /// File name.
        name: String,
        /// The format's name.
        format: &'static str,
        /// What the parser says.
        reason: String,
        /// Where, if the parser says so.
        place: Option<Box<Place>>,
    },
    /// The file ends in the middle of its compression.
    #[error("{0} is cut short: its compression ends in the middle")]
    CutShort(String),
    /// The file cannot be read.
    #[error("cannot read {name}: {reason}")]
    Read {
        /// File name.
        name: String,
        /// The system's words.
        reason: String,
    },
    /// A table has no column for something that is needed.
    #[error("{name} has no column for {what}; its columns are {}", shortened(.columns))]
    Column {
        /// File name.
        name: String,
        /// What the column should hold.
        what: &'static str,
        /// What there is.
        columns: Vec<String>,
    },
    /// A row of a table cannot be used.
    #[error("{name}, line {line}: {reason}")]
    Row {
        /// File name.
        name: String,
        /// Line, from 1.
        line: u64,
        /// Why not.
        reason: String,
    },
    /// No encoding has that name.
    #[error("no encoding is called “{0}”")]
    Encoding(String),
    /// What the file says cannot be indexed.
    #[error("{name}: {error}")]
    Build {
        /// File name.
        name: String,
        /// Why not.
        error: BuildError,
    },
    /// The name of a scheme is none.
    #[error("“{0}” is no name for a vocabulary")]
    Scheme(String),
    /// Two vocabularies have the same entries.
    #[error("{} in {other} too, for example <{example}>", entries_of(*.count, .scheme))]
    Overlap {
        /// The vocabulary that was to be loaded.
        scheme: String,
        /// The one that has its entries already.
        other: String,
        /// How many.
        count: u64,
        /// One of them.
        example: String,
    },
    /// A vocabulary of that name is not loaded.
    #[error("no vocabulary {scheme} is loaded")]
    Missing {
        /// The name.
        scheme: String,
        /// Those that are.
        loaded: Vec<String>,
    },
    /// A folder that the user named has no vocabularies.
    #[error("no vocabularies in {0}")]
    NoneThere(String),
    /// A folder that the user named is not there.
    #[error("there is no folder {0} of vocabularies")]
    NoFolder(String),
    /// A loaded vocabulary cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// A loaded vocabulary is damaged, where nothing can be done without it.
    #[error("{reason}")]
    Harmed {
        /// Its name.
        scheme: String,
        /// Its file, and how that shows.
        reason: String,
    },
    /// The folder of vocabularies cannot be written.
    #[error("cannot write {name}: {reason}")]
    Write {
        /// File or folder.
        name: String,
        /// The system's words.
        reason: String,
    },
}

/// `1 entry of ports is`, `2 entries of ports are`.
fn entries_of(count: u64, scheme: &str) -> String {
    if count == 1 { format!("1 entry of {scheme} is") } else { format!("{count} entries of {scheme} are") }
}

/// The first dozen of a list.
fn shortened(columns: &[String]) -> String {
    match columns.len() {
        0..=12 => columns.join(", "),
        many => format!("{} and {} more", columns[..12].join(", "), many - 12),
    }
}

impl LoadError {
    /// A file that the system does not let be read; a broken compression is told apart.
    pub fn read(name: &str, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Self::CutShort(name.to_owned()),
            _ => Self::Read { name: name.to_owned(), reason: crate::vocabularies::index::words(error) },
        }
    }

    /// A file that the system does not let be written.
    pub fn write(name: &str, error: &io::Error) -> Self {
        Self::Write { name: name.to_owned(), reason: crate::vocabularies::index::words(error) }
    }

    /// What a builder says of a file.
    pub fn build(name: &str, error: BuildError) -> Self {
        Self::Build { name: name.to_owned(), error }
    }
}

impl Fault for LoadError {
    fn code(&self) -> Code {
        match self {
            Self::VocabularyFormat(_) => Code::VOCABULARY_FORMAT,
            Self::Syntax { .. } => Code::VOCABULARY_SYNTAX,
            Self::CutShort(_) => Code::VOCABULARY_CUT,
            Self::Read { .. } => Code::VOCABULARY_UNREADABLE,
            Self::Column { .. } => Code::VOCABULARY_COLUMN,
            Self::Row { .. } => Code::VOCABULARY_ROW,
            Self::Encoding(_) => Code::UNKNOWN_ENCODING,
            Self::Build { .. } => Code::VOCABULARY_BUILD,
            Self::Scheme(_) => Code::VOCABULARY_NAME,
            Self::Overlap { .. } => Code::VOCABULARY_OVERLAP,
            Self::Missing { .. } => Code::VOCABULARY_MISSING,
            Self::Open(_) | Self::Harmed { .. } => Code::VOCABULARY_DAMAGED,
            Self::Write { .. } => Code::VOCABULARY_UNWRITABLE,
            Self::NoneThere(_) | Self::NoFolder(_) => Code::NO_VOCABULARIES,
        }
    }

    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Overlap { scheme, other, .. } => format!(
                "replace it: --scheme {other}; or drop it first: rapporteur link drop {other}; or keep both {scheme} and {other}: --overlap"
            ),
            Self::Harmed { scheme, .. } => format!(
                "load it again: rapporteur link load FILE; or do without it, and without its links: rapporteur link drop {scheme}"
            ),
            Self::Missing { loaded, .. } if loaded.is_empty() => {
                "none is; load one: rapporteur link load FILE".to_owned()
            }
            Self::NoFolder(_) => {
                "look at --vocabularies and $RAPPORTEUR_VOCABULARIES; without either it is vocabularies/ in the store"
                    .to_owned()
            }
            Self::NoneThere(folder) => format!("load one: rapporteur link load --vocabularies {folder} FILE"),
            Self::Missing { loaded, .. } => format!("loaded are {}", loaded.join(", ")),
            Self::Build { error: BuildError::LongLabel { .. }, .. } => {
                "take the label out of the file, or name another column".to_owned()
            }
            Self::Build { error: BuildError::Empty, .. } => {
                "labels are looked for in skos:prefLabel, skos:altLabel, rdfs:label, schema:name and SKOS-XL".to_owned()
            }
            Self::Build { error: BuildError::Iri(_), .. } => {
                "if the column holds codes, say how they become IRIs: --iri https://example.org/{}".to_owned()
            }
            Self::Row { reason, .. } if reason == NOT_UTF8 => {
                "name the table's encoding: --encoding windows-1252; nothing of it was loaded".to_owned()
            }
            Self::Open(OpenError::Damaged(_) | OpenError::Altered(_)) => "load the vocabulary again".to_owned(),
            other => return other.code().advice(),
        })
    }

    fn place(&self) -> Option<Place> {
        match self {
            Self::Syntax { place, .. } => place.as_deref().cloned(),
            _ => None,
        }
    }
}
