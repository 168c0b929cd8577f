//! What a vocabulary is: its name, its size, and the files it was made of.

use serde::{Deserialize, Serialize};

/// What is known of a loaded vocabulary.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its short name: `eurovoc`, `ror`.
    pub scheme: String,
    /// The files it was made of.
    pub sources: Vec<Source>,
    /// Things that it names.
    pub concepts: u64,
    /// Labels.
    pub labels: u64,
    /// Languages of its labels, sorted; the empty one for labels without a language.
    pub languages: Vec<String>,
    /// Whether its labels are in capitals throughout, so that capitals tell no acronym.
    pub is_upper_case: bool,
    /// Whether most of it is concepts, so that documents can be about them.
    pub is_thesaurus: bool,
    /// Links from concepts to broader ones.
    pub broader: u64,
}

/// A file that a vocabulary was made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its name, without its folder.
    pub file: String,
    /// SHA-256 of its bytes in hex.
    pub sha256: String,
    /// The date that the vocabulary states of itself, or that the user gave; empty if there is none. Never the clock's.
    pub date: String,
}

impl Card {
    /// Its sources in a few words: `eurovoc.nt.gz (2021-06-04)`.
    pub fn provenance(&self) -> String {
        let of = |source: &Source| match source.date.is_empty() {
            true => format!("{} (sha256 {})", source.file, source.sha256.get(..12).unwrap_or(&source.sha256)),
            false => format!("{} ({})", source.file, source.date),
        };
        self.sources.iter().map(of).collect::<Vec<_>>().join(", ")
    }

    /// The latest date of its sources; empty if none has one.
    pub fn date(&self) -> &str {
        self.sources.iter().map(|source| source.date.as_str()).max().unwrap_or_default()
    }
}
