//! The queries that can be asked by name: those compiled in, and the user's own.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::bundled::BUNDLED;
use super::{Error, Header, misprint};

/// Queries by name.
#[derive(Clone, Debug)]
pub struct Library {
    entries: BTreeMap<String, LibraryEntry>,
}

/// One query file.
#[derive(Clone, Debug)]
pub struct LibraryEntry {
    /// What it is asked by: the file name without `.rq`.
    pub name: String,
    /// The whole file.
    pub text: Cow<'static, str>,
}

impl LibraryEntry {
    /// What the file says of itself.
    pub fn header(&self) -> Result<Header, Error> {
        Header::read(&self.name, &self.text)
    }
}

impl Library {
    /// The queries that are compiled in.
    pub fn bundled() -> Self {
        let entry = |(name, text): &(&str, &'static str)| {
            ((*name).to_owned(), LibraryEntry { name: (*name).to_owned(), text: Cow::Borrowed(*text) })
        };
        Self { entries: BUNDLED.iter().map(entry).collect() }
    }

    /// Adds a query of the user's; it hides a bundled one of the same name.
    pub fn add(&mut self, name: &str, text: String) {
        let entry = LibraryEntry { name: name.to_owned(), text: Cow::Owned(text) };
        self.entries.insert(name.to_owned(), entry);
    }

    /// All queries, sorted by name.
    pub fn entries(&self) -> impl Iterator<Item = &LibraryEntry> {
        self.entries.values()
    }

    /// The query of that name, or the error that names the nearest.
    pub fn get(&self, name: &str) -> Result<&LibraryEntry, Error> {
        self.entries.get(name).ok_or_else(|| Error::NoSuchQuery { name: name.to_owned(), near: self.nearest(name) })
    }

    fn nearest(&self, name: &str) -> Option<String> {
        let name = name.to_lowercase();
        let likeness = |known: &str| strsim::jaro_winkler(&name, known);
        let best = self.entries.keys().max_by(|a, b| likeness(a).total_cmp(&likeness(b)))?;
        (likeness(best) > 0.8).then(|| best.clone())
    }
}

/// Whether a text is meant as SPARQL: it begins with a word that queries or updates begin with, and goes on.
pub fn looks_like_sparql(text: &str) -> bool {
    misprint::looks_like_sparql(text)
}
