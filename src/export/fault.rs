//! What can go wrong with an export, and what to do about it.

use std::io;

use thiserror::Error;

use crate::model::{Code, Fault, Place};
use crate::record::NameError;
use crate::store::{self, ForeignError};

use super::Format;

/// Why an export was not written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ExportError {
    /// No format has that name or extension.
    #[error("do not know the format “{name}”")]
    UnknownFormat {
        /// As typed.
        name: String,
        /// The format that it most resembles.
        nearest: Option<Format>,
    },
    /// The file is there already.
    #[error("{path} exists")]
    Exists {
        /// The file.
        path: String,
    },
    /// RDF/XML makes an element name of a predicate, and this one has no end that could be one.
    #[error("RDF/XML has no way to write the property <{predicate}>")]
    NoElementName {
        /// Its IRI.
        predicate: String,
    },
    /// The chosen graphs hold nothing.
    #[error("nothing to write: {what}")]
    Empty {
        /// What was looked for.
        what: String,
        /// The graphs that there are.
        present: Vec<String>,
    },
    /// Nothing in a picture would be tied to anything. What was left out, if anything was.
    #[error("nothing to draw: no claim ties two things together")]
    Undrawable(String),
    /// A name that leads to no one thing.
    #[error(transparent)]
    Name(#[from] NameError),
    /// The thing is there, but no claim ties it to another, or the view leaves it out.
    #[error("nothing ties “{name}” to other things here")]
    NotShown {
        /// Its label.
        name: String,
    },
    /// Only some formats have RDF 1.2.
    #[error("{format} has no RDF 1.2 here")]
    NotOneTwo {
        /// The format.
        format: Format,
    },
    /// No licence has that name.
    #[error("do not know the licence “{name}”")]
    UnknownLicence {
        /// As typed.
        name: String,
        /// Those that there are.
        known: String,
    },
    /// A format of several files has no place on standard output.
    #[error("{format} is a folder of files")]
    Folder {
        /// The format.
        format: Format,
    },
    /// A picture of dots has no place on a screen of letters.
    #[error("a terminal does not show {format}")]
    Screen {
        /// The format.
        format: Format,
    },
    /// A picture of more dots than programs take.
    #[error("the picture would have {width} × {height} dots")]
    TooLarge {
        /// Dots across.
        width: f64,
        /// Dots down.
        height: f64,
    },
    /// The picture could not be turned into dots.
    #[error("cannot draw the picture: {0}")]
    Picture(String),
    /// RDF-star terms are not RDF 1.1.
    #[error("a statement about a quoted triple is not RDF 1.1")]
    QuotedTriple,
    /// The store could not be read.
    #[error("the store could not be read: {0}")]
    Store(#[from] oxigraph::store::StorageError),
    /// The store's directory could not be read.
    #[error(transparent)]
    Directory(#[from] store::Error),
    /// RDF that was to be converted could not be read.
    #[error(transparent)]
    Source(#[from] ForeignError),
    /// The folder for temporary files takes no more.
    #[error("cannot sort in a temporary file: {}", words(.0))]
    Scratch(io::Error),
    /// The file or pipe could not be written.
    #[error("cannot write: {}", words(.0))]
    Write(#[from] io::Error),
}

impl Fault for ExportError {
    fn code(&self) -> Code {
        match self {
            Self::UnknownFormat { .. } => Code::FORMAT_UNKNOWN,
            Self::Exists { .. } => Code::FILE_EXISTS,
            Self::NoElementName { .. } => Code::NO_ELEMENT_NAME,
            Self::Empty { .. } => Code::NOTHING_TO_WRITE,
            Self::Write(_) => Code::CANNOT_WRITE,
            Self::QuotedTriple => Code::QUOTED_TRIPLE,
            Self::Undrawable(_) => Code::NOTHING_TO_DRAW,
            Self::Name(error) => error.code(),
            Self::NotShown { .. } => Code::NOT_SHOWN,
            Self::NotOneTwo { .. } => Code::NO_RDF_1_2,
            Self::UnknownLicence { .. } => Code::LICENCE_UNKNOWN,
            Self::Folder { .. } => Code::FOLDER_FORMAT,
            Self::Scratch(_) => Code::SCRATCH_UNWRITABLE,
            Self::TooLarge { .. } => Code::PICTURE_TOO_LARGE,
            Self::Picture(_) => Code::PICTURE_FAILED,
            Self::Screen { .. } => Code::NOT_FOR_SCREENS,
            Self::Store(_) => Code::DATABASE,
            Self::Directory(error) => error.code(),
            Self::Source(error) => error.code(),
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::UnknownFormat { nearest, .. } => Some(formats_hint(*nearest)),
            Self::Undrawable(left_out) if !left_out.is_empty() => Some(format!("left out: {left_out}")),
            Self::Empty { present, .. } if !present.is_empty() => Some(format!("graphs here: {}", listed(present))),
            Self::Name(error) => error.hint(),
            Self::UnknownLicence { known, .. } => Some(format!("known: {known}; or the address of another")),
            Self::Directory(error) => error.hint(),
            Self::Source(error) => error.hint(),
            other => other.code().advice(),
        }
    }

    fn place(&self) -> Option<Place> {
        match self {
            Self::Source(error) => error.place(),
            _ => None,
        }
    }
}

/// The system's words in lower case, without its number.
fn words(error: &io::Error) -> String {
    error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase()
}

fn formats_hint(nearest: Option<Format>) -> String {
    let known = Format::ALL.map(Format::name).join(" ");
    match nearest {
        Some(format) => format!("did you mean  {} ?\nknown: {known}", format.name()),
        None => format!("known: {known}"),
    }
}

/// The first few of many, and how many more there are.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 8;
    match names.len().checked_sub(SHOWN) {
        None | Some(0) if names.is_empty() => "none".into(),
        None | Some(0) => names.join(", "),
        Some(more) => format!("{} and {more} more", names[..SHOWN].join(", ")),
    }
}
