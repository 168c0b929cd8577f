//! The passages that prove claims, with their words, and where each entity is mentioned: one graph, two layers.

use oxrdf::Triple;

use super::source::{About, Source};
use super::vocabulary::{oa, rap};
use super::{Graph, Layer, literals};
use crate::model::Claim;

/// The passages of a document's claims.
pub fn passages(source: &Source<'_>) -> Graph {
    of_claims(source, &source.extraction.claims, Layer::Evidence)
}

/// The passages of what a document may claim.
pub fn doubtful(source: &Source<'_>) -> Graph {
    of_claims(source, &source.extraction.doubtful, Layer::Doubtful)
}

fn of_claims(source: &Source<'_>, claims: &[Claim], layer: Layer) -> Graph {
    let extraction = source.extraction;
    let mut triples = Vec::with_capacity(claims.len() * 2);
    for claim in claims {
        let passage = source.passage(claim.evidence.span);
        let mut node = About::new(&passage, &mut triples);
        node.add(rap::QUOTE, source.words(extraction.document.quote(claim.evidence.span)));
        node.add(oa::HAS_SOURCE, source.text.clone());
        if let Some(place) = extraction.document.locator(claim.evidence.span) {
            node.add(rap::LOCATOR, literals::plain(&place));
        }
    }
    Graph::new(source.base.evidence_graph(&extraction.document.sha256), layer, triples)
}

/// The mentions of a document's entities, one triple each.
pub fn mentions(source: &Source<'_>) -> Graph {
    let extraction = source.extraction;
    let mut triples = Vec::with_capacity(extraction.mentions.len());
    for (mention, referent) in extraction.mentions.iter().zip(&extraction.referents) {
        if let Some(entity) = referent {
            let passage = source.passage(mention.span);
            triples.push(Triple::new(source.entity(*entity).clone(), rap::MENTIONED_IN, passage));
        }
    }
    Graph::new(source.base.evidence_graph(&extraction.document.sha256), Layer::Mentions, triples)
}
