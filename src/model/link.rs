//! Ties between our things and things in outer vocabularies.

use compact_str::CompactString;

use super::{EntityId, MatchStrength};

/// One tie to an outer vocabulary, found or only possible. It always comes from a data row, never from memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Our entity.
    pub entity: EntityId,
    /// The outer IRI, in the scheme's own normal form.
    pub iri: String,
    /// The scheme: `wikidata`, `eurovoc`, `m49`.
    pub scheme: CompactString,
    /// Whether the outer thing is a concept: about things, not one of them.
    pub is_concept: bool,
    /// How well it fits.
    pub strength: MatchStrength,
    /// The data row's source; for a loaded vocabulary its file and date.
    pub source: String,
    /// How it was found.
    pub method: Method,
    /// How sure that is, from 0 to 1.
    pub score: f32,
    /// What the outer vocabulary calls it; empty if that is not known.
    pub label: String,
    /// What speaks for it, in words.
    pub evidence: String,
}

/// How a link was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Method {
    /// A data row of the catalogue states it.
    Row,
    /// A documented rule makes the address from the symbol.
    Rule,
    /// A reader accepted it.
    Review,
    /// A label of a loaded vocabulary is the name letter by letter.
    Exact,
    /// A label is the name but for case, accents or spelling.
    Normalised,
    /// A label has the name's words in another order.
    Reordered,
    /// A label differs in a letter or two.
    Near,
}

impl Method {
    /// Its name in the graph and in JSON Lines.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Row => "row",
            Self::Rule => "rule",
            Self::Review => "review",
            Self::Exact => "exact label",
            Self::Normalised => "normalised label",
            Self::Reordered => "reordered label",
            Self::Near => "near label",
        }
    }

    /// Whether it rests on a statement, not on the likeness of names.
    pub const fn is_certain(self) -> bool {
        matches!(self, Self::Row | Self::Rule | Self::Review)
    }
}

/// A concept of a thesaurus that a document, or one of its claims, is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// Index of the claim; `None` for the document.
    pub claim: Option<usize>,
    /// The concept's IRI.
    pub iri: String,
    /// The scheme: `eurovoc`, `unbis`.
    pub scheme: CompactString,
    /// What the vocabulary calls it.
    pub label: String,
    /// Its weight beside the document's weightiest topic of that scheme, from 0 to 1.
    pub score: f32,
    /// What speaks for it, in words.
    pub evidence: String,
    /// The vocabulary's file and date.
    pub source: String,
}
