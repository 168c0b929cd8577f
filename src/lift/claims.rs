//! Claims as n-ary statements, and the direct edges of those that may stand without their sayer.

use std::collections::BTreeSet;

use oxrdf::{NamedNode, Triple};

use crate::model::{Annotator, Claim, Relation};

use super::source::{About, Source};
use super::vocabulary::{own, prov, rap, rdf, schema, skos};
use super::{Base, literals, relations};

/// Adds all claims of a document.
pub fn add(source: &Source<'_>, triples: &mut Vec<Triple>) {
    relations::add(source, triples);
    for (claim, iri) in source.extraction.claims.iter().zip(source.claims()) {
        statement(source, claim, iri, triples);
        edge(source, claim, triples);
    }
    annotators(&source.extraction.claims, source.base, triples);
}

/// Adds what is kept for a reader: marked as such, and no edge.
pub fn add_doubtful(source: &Source<'_>, triples: &mut Vec<Triple>) {
    for (claim, iri) in source.extraction.doubtful.iter().zip(source.doubtful()) {
        statement(source, claim, iri, triples);
        About::new(iri, triples).add(rap::STANDING, literals::plain("to review"));
    }
    annotators(&source.extraction.doubtful, source.base, triples);
}

fn statement(source: &Source<'_>, claim: &Claim, iri: &NamedNode, triples: &mut Vec<Triple>) {
    let mut node = About::new(iri, triples);
    node.add(rdf::TYPE, if claim.relation.is_position() { rap::POSITION } else { rap::CLAIM }.into_owned());
    node.add(rdf::SUBJECT, source.term(&claim.subject));
    node.add(rdf::PREDICATE, property(&claim.relation));
    node.add(rdf::OBJECT, source.term(&claim.object));
    node.add(rap::POLARITY, own(claim.polarity.name()));
    node.add(rap::MODALITY, own(claim.modality.name()));
    if let Some(strength) = claim.strength {
        node.add(rap::STRENGTH, oxrdf::Literal::from(i32::from(strength)));
    }
    if let Some(holder) = claim.said_by {
        node.add(rap::SAID_BY, source.entity(holder).clone());
    }
    for (qualifier, term) in &claim.qualifiers {
        node.add(own(qualifier.name()).as_ref(), source.term(term));
    }
    node.add(rap::CONFIDENCE, literals::confidence(claim.evidence.confidence));
    node.add(rap::RULE, literals::plain(&claim.evidence.rule));
    node.add(rap::EVIDENCE, source.passage(claim.evidence.span));
    if let Some(annotator) = Annotator::of_rule(&claim.evidence.rule) {
        node.add(prov::WAS_ATTRIBUTED_TO, software(source.base, &annotator));
    }
}

/// Says what the programs are that proposed some claims.
fn annotators(claims: &[Claim], base: &Base, triples: &mut Vec<Triple>) {
    let all: BTreeSet<Annotator> = claims.iter().filter_map(|claim| Annotator::of_rule(&claim.evidence.rule)).collect();
    for annotator in all {
        let iri = software(base, &annotator);
        let mut node = About::new(&iri, triples);
        node.add(rdf::TYPE, prov::SOFTWARE_AGENT.into_owned());
        let label = format!("{} {}", annotator.name(), annotator.version());
        node.add(skos::PREF_LABEL, literals::words(&label, literals::ENGLISH));
        node.add(schema::SOFTWARE_VERSION, literals::plain(annotator.version()));
    }
}

fn software(base: &Base, annotator: &Annotator) -> NamedNode {
    base.iri(&format!("software/{}-{}", annotator.name(), annotator.version()))
}

/// What a claim says as one triple between two things, where its subject itself says so or the document is the authority
/// for it.
fn edge(source: &Source<'_>, claim: &Claim, triples: &mut Vec<Triple>) {
    let ends = claim.subject.entity().zip(claim.object.entity());
    if let Some((subject, object)) = ends.filter(|_| source.extraction.stands_alone(claim)) {
        let [subject, object] = [subject, object].map(|id| source.entity(id).clone());
        triples.push(Triple::new(subject, property(&claim.relation), object));
    }
}

fn property(relation: &Relation) -> NamedNode {
    NamedNode::new_unchecked(relation.iri())
}
