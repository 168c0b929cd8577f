//! What readers decided, as facts in the graph `graph/review`, and back.

use std::collections::BTreeMap;

use oxrdf::{NamedNode, NamedOrBlankNode, Quad, Term};

use crate::model::{Decision, Decisions, Ruling};

use super::link_evidence::digest;
use super::source::About;
use super::vocabulary::{dcterms, oa, rap, rdf, void};
use super::{Base, Graph, Layer, corrections, literals};

/// The ruling of a scheme that was dropped.
const DROP: &str = "drop";

/// The graph of all decisions; empty if nothing was decided.
pub fn review(decisions: &Decisions, base: &Base) -> Graph {
    let mut triples = Vec::new();
    for decision in decisions.iter() {
        let Ok(theirs) = NamedNode::new(decision.iri.as_str()) else { continue };
        let iri = base.iri(&format!("decision/{}", digest(&[&decision.key, &decision.iri])));
        let mut node = About::new(&iri, &mut triples);
        node.add(rdf::TYPE, rap::LINK_DECISION.into_owned());
        node.add(oa::HAS_TARGET, base.iri(&decision.key));
        node.add(oa::HAS_BODY, theirs);
        node.add(rap::RULING, literals::plain(decision.ruling.name()));
        if !decision.scheme.is_empty() {
            node.add(dcterms::IS_PART_OF, base.links_graph(&decision.scheme));
        }
    }
    for scheme in decisions.dropped() {
        let iri = base.iri(&format!("decision/{}", digest(&[scheme])));
        let mut node = About::new(&iri, &mut triples);
        node.add(rdf::TYPE, rap::LINK_DECISION.into_owned());
        node.add(rap::RULING, literals::plain(DROP));
        node.add(dcterms::IS_PART_OF, base.links_graph(scheme));
    }
    corrections::add(decisions, base, &mut triples);
    Graph::new(base.shared_graph("review"), Layer::Review, triples)
}

/// The decisions in the quads of a review graph. What is incomplete decides nothing.
pub fn decisions<'q>(quads: impl IntoIterator<Item = &'q Quad>, base: &Base) -> Decisions {
    let quads: Vec<&Quad> = quads.into_iter().collect();
    let mut nodes: BTreeMap<&str, Facts<'q>> = BTreeMap::new();
    for quad in &quads {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
        let facts = nodes.entry(subject.as_str()).or_default();
        match (&quad.predicate, &quad.object) {
            (predicate, Term::NamedNode(object)) if *predicate == oa::HAS_TARGET => facts.ours = Some(object.as_str()),
            (predicate, Term::NamedNode(object)) if *predicate == oa::HAS_BODY => facts.theirs = Some(object.as_str()),
            (predicate, Term::NamedNode(object)) if is_of_set(predicate) => facts.set = Some(object.as_str()),
            (predicate, Term::Literal(ruling)) if *predicate == rap::RULING => facts.ruling = Some(ruling.value()),
            _ => {}
        }
    }
    let mut decisions = Decisions::default();
    for facts in nodes.values() {
        facts.put(base, &mut decisions);
    }
    corrections::take(quads.into_iter(), base, &mut decisions);
    decisions
}

/// Whether a property names the set of links; earlier builds said it with a term that is for documents.
fn is_of_set(predicate: &NamedNode) -> bool {
    *predicate == dcterms::IS_PART_OF || *predicate == void::IN_DATASET
}

#[derive(Default)]
struct Facts<'q> {
    ours: Option<&'q str>,
    theirs: Option<&'q str>,
    set: Option<&'q str>,
    ruling: Option<&'q str>,
}

impl Facts<'_> {
    fn put(&self, base: &Base, decisions: &mut Decisions) {
        let scheme = self.set.and_then(|set| base.key(set)).and_then(|key| key.strip_prefix("graph/links/"));
        if let (Some(DROP), Some(scheme)) = (self.ruling, scheme) {
            decisions.drop_scheme(scheme);
        }
        let ruling = self.ruling.and_then(Ruling::from_word);
        let key = self.ours.and_then(|iri| base.plain_key(iri));
        if let (Some(ruling), Some(key), Some(theirs)) = (ruling, key, self.theirs) {
            let scheme = scheme.unwrap_or_default().to_owned();
            decisions.put(Decision { key, iri: theirs.to_owned(), scheme, ruling });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{decisions, review};
    use crate::lift::Base;
    use crate::model::{Decision, Decisions, Ruling};

    #[test]
    fn decisions_come_back_from_the_graph() {
        let mut all = Decisions::default();
        for (key, iri, scheme, ruling) in [
            ("body/harbour-board", "https://example.org/1", "ports", Ruling::Accept),
            ("body/harbour-board", "https://example.org/2", "ports", Ruling::Reject),
            ("topic/100% <safe>", "https://example.org/1", "ports", Ruling::Never),
            ("body/a", "https://w3id.org/rapporteur/id/body/b", "", Ruling::Never),
        ] {
            all.put(Decision { key: key.to_owned(), iri: iri.to_owned(), scheme: scheme.to_owned(), ruling });
        }
        all.drop_scheme("brands");
        let base = Base::default();
        let graph = review(&all, &base);
        let quads: Vec<_> = graph.quads().map(|quad| quad.into_owned()).collect();
        assert_eq!(decisions(&quads, &base), all);
    }
}
