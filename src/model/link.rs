//! A tie between one of our entities and a thing in an outer vocabulary.

use compact_str::CompactString;

use super::{EntityId, MatchStrength};

/// One verified tie to an outer vocabulary. It always comes from a data row, never from memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Our entity.
    pub entity: EntityId,
    /// The outer IRI, in the scheme's own normal form.
    pub iri: String,
    /// The scheme: `wikidata`, `eurovoc`, `m49`.
    pub scheme: CompactString,
    /// How well it fits.
    pub strength: MatchStrength,
    /// The data row's source.
    pub source: String,
}
