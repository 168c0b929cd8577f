//! The known world: bodies, States, treaties, resolutions, meetings and topics, with all their names.

use std::collections::HashMap;

use compact_str::CompactString;

use crate::model::{Class, DateValue, Identifier};

/// All entries, found by key.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    entries: Vec<Entry>,
    by_key: HashMap<CompactString, usize>,
}

impl Catalogue {
    /// All entries, sorted by key.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry with that key.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.by_key.get(key).map(|&i| &self.entries[i])
    }
}

/// One known thing.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The key that its IRI is made of: `state/irn`, `body/unodc`, `resolution/A-RES-74-247`, `topic/cybercrime`.
    pub key: CompactString,
    /// Its class.
    pub class: Class,
    /// The preferred label.
    pub label: String,
    /// All names, the label included.
    pub names: Vec<Name>,
    /// Identifiers in outer schemes, each with source and strength.
    pub identifiers: Vec<Identifier>,
    /// When adopted, issued or held.
    pub date: Option<DateValue>,
    /// Key of the body or State that it is part of.
    pub part_of: Option<CompactString>,
    /// Where the catalogue says so.
    pub origin: Origin,
}

/// One name of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As written.
    pub text: String,
    /// What sort of name.
    pub form: NameForm,
}

/// What sort of name it is: decides how it is matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameForm {
    /// The usual full or short name. Matched without regard to case of its first letter and of small words.
    Label,
    /// The formal name of a State: "the Islamic Republic of Iran".
    Formal,
    /// An acronym. Matched in exactly this case.
    Acronym,
    /// The adjective or people's name of a State: "Iranian".
    Demonym,
}

/// Where an entry or rule was read from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// File name.
    pub file: CompactString,
    /// Line, from 1.
    pub line: usize,
}
