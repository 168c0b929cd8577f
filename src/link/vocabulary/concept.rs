//! Concepts of a vocabulary and their labels.

use super::sort::Sort;

/// One entry of a vocabulary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concept {
    /// Its number in the vocabulary, in the order of the IRIs.
    pub number: u32,
    /// Its IRI, in the vocabulary's normal form.
    pub iri: String,
    /// What sort of thing it is.
    pub sort: Sort,
    /// Whether its publisher has withdrawn it.
    pub is_withdrawn: bool,
    /// The country it is in: two letters of ISO 3166-1, in capitals.
    pub country: Option<String>,
}

/// What a label is to its concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// The preferred one of its language.
    Preferred,
    /// Another name.
    Alternative,
    /// For searching only: a misspelling, an old form.
    Hidden,
}

impl Role {
    /// Its name: `pref`, `alt`, `hidden`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Preferred => "pref",
            Self::Alternative => "alt",
            Self::Hidden => "hidden",
        }
    }

    /// The role of that number in the file.
    pub const fn from_number(number: u8) -> Self {
        match number {
            0 => Self::Preferred,
            1 => Self::Alternative,
            _ => Self::Hidden,
        }
    }

    /// The role that a word of a label file stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().as_str() {
            "" | "pref" | "preferred" | "preflabel" | "label" | "name" => Some(Self::Preferred),
            "alt" | "alternative" | "altlabel" | "alias" | "synonym" | "acronym" => Some(Self::Alternative),
            "hidden" | "hiddenlabel" => Some(Self::Hidden),
            _ => None,
        }
    }
}

/// One label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// As the vocabulary writes it.
    pub text: String,
    /// Its language tag in lower case; empty where none is given.
    pub language: String,
    /// What it is to its concept.
    pub role: Role,
}
