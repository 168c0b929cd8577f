//! The nouns of the program, one file each. This module uses nothing else of ours: stages meet here.

mod claim;
mod decision;
mod diagnostic;
mod document;
mod entity;
mod extraction;
mod fault;
#[cfg(test)]
pub mod fixture;
mod kind;
mod link;
mod mention;
mod mentions;
mod offsets;
mod passage;
mod relation;
mod span;
mod stance;
mod symbol;
mod syntax;
pub mod text;
mod tree;
mod universal;
mod value;

pub use claim::{Claim, Evidence, Modality, Polarity, Qualifier, Term};
pub use decision::{Decision, Decisions, Ruling};
pub use diagnostic::{Diagnostic, Severity};
pub use document::{Block, BlockKind, Document, Field, Metadata, Zone, ZoneKind};
pub use entity::{Entity, EntityId, Identifier, MatchStrength, Value};
pub use extraction::{Covered, Extraction};
pub use fault::{Exit, Fault, Place};
pub use kind::{Class, Kind};
pub use link::{Link, Method, Subject};
pub use mention::{Mention, MentionClass, Reading};
pub use mentions::Mentions;
pub use offsets::CodePoints;
pub use passage::Passage;
pub use relation::{Declaration, ONTOLOGY, Relation, Relations, spaced};
pub use span::Span;
pub use stance::Stance;
pub use symbol::{Symbol, SymbolKind};
pub use syntax::{Sentence, Token};
pub use tree::Tree;
pub use universal::{Deprel, Upos};
pub use value::{DateValue, Money, Quantity};
