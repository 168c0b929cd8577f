//! What building a vocabulary ends in: a file, or an error.

use std::io;

use tempfile::NamedTempFile;

use crate::link::vocabulary::Card;

/// Bytes that a label may have.
pub const LONGEST_LABEL: usize = 8_000;

/// A vocabulary that cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// A label is too long to be a name.
    #[error("a label of <{iri}> has {length} bytes; at most {LONGEST_LABEL} make a name: “{start}…”")]
    LongLabel {
        /// Whose label.
        iri: String,
        /// Its length.
        length: usize,
        /// Its first words.
        start: String,
    },
    /// An IRI is no IRI.
    #[error("“{0}” is no absolute IRI")]
    Iri(String),
    /// Nothing in it has a label.
    #[error("nothing in it has a label")]
    Empty,
    /// It has more labels than an index can number.
    #[error("it has more than {} labels", u32::MAX)]
    TooMany,
    /// The disk.
    #[error("cannot write the index: {}", super::words(.0))]
    Disk(#[from] io::Error),
}

impl From<fst::Error> for BuildError {
    fn from(error: fst::Error) -> Self {
        Self::Disk(io::Error::other(error))
    }
}

/// A vocabulary that is built, under a temporary name: gone unless it is kept.
#[derive(Debug)]
pub struct Built {
    /// The file.
    pub file: NamedTempFile,
    /// What it is.
    pub card: Card,
}
