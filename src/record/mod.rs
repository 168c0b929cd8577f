//! What the store says, read back: the mirror of [`lift`](crate::lift).
//!
//! `lift` turns a document, its entities, claims, passages and links into quads; a [`Record`] is the one way from quads to
//! these nouns again: [`Document`], [`Entity`], [`Claim`], [`Quote`], [`Voice`], [`Link`]. It is read out of a store's
//! lines once, keeps each term once, and all that it hands out is borrowed. What things are called is said in
//! [`Labels`], which of them a person means in [`Names`]; proofs, answers, pictures, reports and references stand on it.
//!
//! The law, tested in `tests`: the record of what was lifted is what was lifted, but for what `lift` does not say: where
//! each sentence, zone and mention class was; names of one thing that differ in nothing but their number; codes that people
//! do not know a thing by; the strength of a link beyond its property; and confidences beyond two digits.

mod claims;
mod documents;
mod entities;
mod facts;
mod labels;
mod lines;
mod links;
mod names;
mod part;
mod quads;
mod terms;
#[cfg(test)]
mod tests;
mod turns;
mod voices;

pub use claims::{Claim, Quote};
pub use documents::Document;
pub use entities::{Entity, Value};
pub use facts::Record;
pub use labels::{Labels, Show, own_terms};
pub use links::{Link, Note};
pub use names::{Found, NameError, Names};
pub use quads::{Literal, Node, QuadIds, Quads, Term, TermId};
pub use terms::is_naming;
pub use turns::Turn;
pub use voices::Voice;
