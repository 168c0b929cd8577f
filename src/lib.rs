//! Rapporteur reads diplomatic and UN documents and reports them as a knowledge graph in which no triple stands without
//! its sentence.
//!
//! # Architecture
//!
//! A document passes through a line of stages. Each takes what the ones before it made and adds one thing; none of them
//! opens a file, knows a database or can fail. They never call each other: they meet in [`model`], and [`pipeline`]
//! strings them together.
//!
//! 1. [`read`]: bytes become a [`model::Document`]: text, zones, blocks, metadata.
//! 2. [`syntax`]: blocks become sentences of tagged tokens with a dependency tree. It knows English, not diplomacy.
//! 3. [`annotate`]: names, UN symbols, dates, quantities, roles and terms become [`model::Mention`]s (what is seen).
//! 4. [`resolve`]: mentions become [`model::Entity`]s (what is meant): one thing, one key.
//! 5. [`relate`]: rules over the trees become [`model::Claim`]s, never without [`model::Evidence`].
//! 6. [`link`]: entities get verified identifiers in outer vocabularies: those of the catalogue's rows, and those of
//!    vocabularies that the user loaded, asked through a [`link::vocabulary::Shelf`].
//! 7. [`lift`]: everything becomes RDF; the only place that mints IRIs and names vocabulary terms.
//! 8. [`store`]: segments on disk and the oxigraph store; the only place that opens a database.
//! 9. [`record`]: the mirror of `lift`, the one way from stored quads back to documents, passages, entities, claims, voices
//!    and links; what things are called, and which one a person means by a name.
//! 10. [`check`], [`query`], [`export`]: proof, answers and files out of the store; they read it through the record.
//! 11. [`desk`]: what people do with all this (add, tie, ask, show, report, export), without a terminal; the binary's
//!     subcommands are one face of it, a server another.
//! 12. [`explore`]: a store as pages and answers for the web: `respond` turns a request into a response and knows no
//!     socket; those are the binary's.
//!
//! [`vocabularies`] is the shelf on disk: what the user loaded, as label indexes.
//!
//! [`seeds`] compiles what ships as data (catalogue, relations, rules) for the stages; `sorter` sorts more than fits in
//! memory, for the label index and for lines of RDF; `bounds` refuses files that a parser would unfold without limit.
//!
//! # Invariants
//!
//! - Arrows: `model` ← `seeds` ← stages ← `pipeline`; `lift` ← `store` ← `record` ← `check`, `query` ← `export` ← `desk` ←
//!   `explore` ← the binary.
//!   `tests/house.rs` fails on a backward arrow.
//! - Nothing before [`lift`] names an RDF library, but for the parsers of what users load as vocabularies.
//! - Only the binary opens the user's files; all else takes text, bytes or any `Write`.
//! - There is no clock and no counter in the graph: same input, same bytes out.
//! - Inside, a [`model::Span`] counts bytes; at every border (RDF, JSON Lines, screens) offsets are Unicode code points.

pub mod model;
pub mod bounds;
mod sorter;

pub mod seeds;

pub mod read;
pub mod syntax;
pub mod annotate;
pub mod resolve;
pub mod relate;
pub mod link;
pub mod lift;
pub mod propose;
pub mod pipeline;
pub mod vocabularies;

pub mod store;
pub mod record;
pub mod check;
pub mod query;
pub mod export;
pub mod desk;
#[cfg(feature = "serve")]
pub mod explore;

pub mod evaluate;
