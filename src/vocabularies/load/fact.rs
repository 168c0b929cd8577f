//! What a file says of the entries of a vocabulary, one thing at a time.

use super::error::LoadError;
use crate::link::vocabulary::{Role, Sort};

/// One thing that is said of an entry.
#[derive(Clone, Copy, Debug)]
pub enum Fact<'a> {
    /// It is called so.
    Label {
        /// What the label is to it.
        role: Role,
        /// The label's language; empty where none is given.
        language: &'a str,
        /// The label.
        text: &'a str,
    },
    /// It is such a thing.
    Sort(Sort),
    /// That concept is broader.
    Broader(&'a str),
    /// Its publisher withdrew it.
    Withdrawn,
    /// It is in that country (ISO 3166-1, two letters).
    Country(&'a str),
    /// It is a scheme or collection, no entry.
    NotAnEntry,
    /// What follows is of the vocabulary with that name.
    Scheme(&'a str),
    /// The vocabulary is of that day.
    Date(&'a str),
}

/// Takes what is said of an IRI.
pub type Take<'a> = dyn FnMut(&str, Fact<'_>) -> Result<(), LoadError> + 'a;
