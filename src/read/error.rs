//! Why bytes could not be read as a document.

use crate::model::{Code, Fault};

/// Why a document could not be read. Every variant names the file and one thing to do about it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The file has no bytes.
    #[error("{name} is empty")]
    Empty {
        /// The document's name.
        name: String,
    },
    /// The file has nothing but blanks and control characters.
    #[error("{name} holds nothing but blanks")]
    Blank {
        /// The document's name.
        name: String,
    },
    /// A byte that no UTF-8 text has.
    #[error("{name} is not UTF-8 (byte 0x{byte:02x} at {offset})")]
    NotUtf8 {
        /// The document's name.
        name: String,
        /// The first byte that does not fit.
        byte: u8,
        /// Its place, counted from 0.
        offset: usize,
        /// The WHATWG name of the encoding that the bytes look like.
        guess: Option<&'static str>,
    },
    /// The file is of a kind that holds no plain text, or has NUL bytes.
    #[error("{name} is {what}, not text")]
    Binary {
        /// The document's name.
        name: String,
        /// What it looks like, with its article: "a PDF file".
        what: &'static str,
    },
    /// More bytes than the limit.
    #[error("{name} has {size} bytes, more than the limit of {limit}")]
    TooLarge {
        /// The document's name.
        name: String,
        /// Its size in bytes.
        size: usize,
        /// The most that is allowed, in bytes.
        limit: usize,
    },
    /// The user named an encoding that does not exist.
    #[error("no encoding is called “{label}”")]
    UnknownEncoding {
        /// What the user wrote.
        label: String,
    },
    /// The bytes do not fit the encoding that the user named.
    #[error("{name} is not {encoding}")]
    NotInEncoding {
        /// The document's name.
        name: String,
        /// The encoding's WHATWG name.
        encoding: &'static str,
    },
    /// A file under a password.
    #[error("{name} is locked with a password")]
    Locked {
        /// The document's name.
        name: String,
    },
    /// A file whose pages are pictures.
    #[error("{name} is a scan: {pages}, and no text on them")]
    Scanned {
        /// The document's name.
        name: String,
        /// How many pages, with the noun: "1 page".
        pages: String,
    },
    /// A sound file, but nothing to read in it.
    #[error("no words were found in {name} ({format})")]
    NoWords {
        /// The document's name.
        name: String,
        /// The format that it was read as.
        format: &'static str,
    },
    /// A file that breaks the rules of its format.
    #[error("{name} is broken: {reason}")]
    Broken {
        /// The document's name.
        name: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A file that asks for more time or memory than any document does.
    #[error("{name} asks for too much: {reason}")]
    Unbounded {
        /// The document's name.
        name: String,
        /// Of what.
        reason: String,
    },
    /// The binary formats of office programs before 2007.
    #[error("{name} is an old office document (.doc and its kin)")]
    OldOffice {
        /// The document's name.
        name: String,
    },
}

impl Fault for Error {
    fn code(&self) -> Code {
        match self {
            Self::Empty { .. } | Self::Blank { .. } => Code::NOTHING_TO_READ,
            Self::NotUtf8 { .. } => Code::NOT_UTF8,
            Self::Binary { .. } => Code::NOT_TEXT,
            Self::TooLarge { .. } => Code::TEXT_TOO_LARGE,
            Self::UnknownEncoding { .. } => Code::UNKNOWN_ENCODING,
            Self::NotInEncoding { .. } => Code::NOT_IN_ENCODING,
            Self::Locked { .. } => Code::FILE_LOCKED,
            Self::Scanned { .. } => Code::FILE_WITHOUT_TEXT,
            Self::NoWords { .. } => Code::FILE_WITHOUT_TEXT,
            Self::Broken { .. } => Code::FILE_BROKEN,
            Self::Unbounded { .. } => Code::FILE_UNBOUNDED,
            Self::OldOffice { .. } => Code::OLD_OFFICE,
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::NotUtf8 { guess: Some(guess), .. } => {
                Some(format!("looks like {}: try --encoding {guess}", spoken(guess)))
            }
            other => other.code().advice(),
        }
    }
}

/// An encoding's name as people write it: `Windows-1252`, `UTF-16LE`.
fn spoken(label: &str) -> String {
    let mut chars = label.chars();
    match chars.next() {
        Some(first) if label.starts_with('w') => first.to_uppercase().chain(chars).collect(),
        _ => label.to_uppercase(),
    }
}
