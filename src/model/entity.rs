//! What is meant: one thing, one key, however often and however differently it is named.

use compact_str::CompactString;

use super::{Class, DateValue, Kind, Money, Quantity};

/// Index of an entity in its document's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(pub u32);

impl EntityId {
    /// As an index into the table.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One thing that a document speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// The stable, readable key from which its IRI is made: `state/irn`, `body/unodc`, `resolution/A-RES-74-247`.
    /// Made from content alone, so that two runs and two people get the same.
    pub key: CompactString,
    /// Its class in the ontology.
    pub class: Class,
    /// The best label: the catalogue's, else the longest surface in the document.
    pub label: String,
    /// Other names in this document, sorted, without the label.
    pub also: Vec<String>,
    /// Codes and symbols, from a data row or from the text itself.
    pub identifiers: Vec<Identifier>,
    /// Whether the key is one of the catalogue's.
    pub known: bool,
    /// The value, for a quantity, an amount or a date.
    pub value: Option<Value>,
    /// The State or body that it belongs to, where its key says so: a Cyber Police belongs to a State.
    pub owner: Option<EntityId>,
    /// For a matter: the entities that its phrase names.
    pub aspect_of: Vec<EntityId>,
}

impl Entity {
    /// The kind of its class.
    pub const fn kind(&self) -> Kind {
        self.class.kind()
    }
}

/// The value of an entity that is one.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A number with what is counted.
    Quantity(Quantity),
    /// An amount of money.
    Money(Money),
    /// A date or interval.
    Date(DateValue),
}

/// One identifier of an entity in one scheme.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identifier {
    /// The scheme, as the data rows name it: `un-symbol`, `wikidata`, `iso3166-1-alpha3`.
    pub scheme: CompactString,
    /// The code: `A/RES/74/247`, `Q794`, `IRN`.
    pub value: CompactString,
    /// Its address, when the scheme has a verified pattern.
    pub iri: Option<String>,
    /// How sure the data row is.
    pub strength: MatchStrength,
    /// The data row's source; empty for an identifier that the text itself states (a symbol).
    pub source: String,
}

/// How well an outer identifier fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MatchStrength {
    /// The same thing.
    Exact,
    /// Nearly the same, or the source has a doubt.
    Close,
    /// The target is wider.
    Broad,
}

impl MatchStrength {
    /// The word of the data rows: `exact`, `close`, `broad`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Close => "close",
            Self::Broad => "broad",
        }
    }

    /// The strength of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Exact, Self::Close, Self::Broad].into_iter().find(|strength| strength.name() == name)
    }
}
