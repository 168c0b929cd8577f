//! What the stages found becomes RDF: the only place that mints IRIs and names vocabulary terms.
//!
//! [`lift`] gives the graphs of one document, layer by layer; [`jsonl::write`] the same findings as JSON Lines for other
//! programs; [`run`] the record of a run. All of it is pure: the same findings give the same bytes.

mod base;
mod claim_keys;
mod claims;
mod corrections;
mod document;
mod evidence;
mod graph;
pub mod jsonl;
mod link_evidence;
mod links;
mod literals;
mod relations;
mod review;
mod rights;
mod source;
mod standing;
#[cfg(test)]
mod tests;
pub mod vocabulary;

pub use base::{Base, BaseError};
pub use corrections::{Step, claim_digest, decision_iri, described, step, steps};
pub use graph::{Graph, Layer, Lifted, order};
pub use relations::{is_relation, is_rule, relation_of};
pub use review::{decisions, review};
pub use standing::{Run, catalogue, ontology, run};

use crate::model::Extraction;
use source::Source;

/// The graphs of one document: claims and entities, evidence and mentions, links per scheme.
pub fn lift(extraction: &Extraction, base: &Base) -> Lifted {
    let source = Source::new(extraction, base);
    let mut graphs = vec![document::graph(&source), evidence::passages(&source), evidence::mentions(&source)];
    graphs.extend([document::doubtful(&source), evidence::doubtful(&source)]);
    graphs.extend(links::graphs(&source));
    Lifted::new(graphs)
}
