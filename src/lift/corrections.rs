//! What readers decided about claims, as facts in the graph `graph/review`, and back; and the record of who decided when.

use std::collections::BTreeMap;

use oxrdf::{NamedNode, NamedOrBlankNode, Quad, Term, Triple};

use crate::model::{Correction, Decisions, End, Polarity, Said, Verdict};

use super::link_evidence::digest;
use super::source::About;
use super::vocabulary::{oa, own, prov, rap, rdf, skos, xsd};
use super::{Base, Graph, Layer, literals};

/// The IRI of a decision about a claim: another verdict about it is another decision.
pub fn decision_iri(said: &Said, verdict: Verdict, base: &Base) -> NamedNode {
    base.iri(&format!("decision/{}", digest(&[&claim_digest(said), verdict.name()])))
}

/// What a claim says and its words, as digits: the same at every reading.
pub fn claim_digest(said: &Said) -> String {
    let end = |end: &End| match end {
        End::Thing(key) => format!("<{key}>"),
        End::Words(words) => format!("“{words}”"),
    };
    let denied = if said.denied { "not" } else { "" };
    digest(&[&said.text, &end(&said.subject), denied, &said.relation, &end(&said.object), &said.quote])
}

/// Adds the decisions about claims to the triples of the graph of decisions.
pub(super) fn add(decisions: &Decisions, base: &Base, triples: &mut Vec<Triple>) {
    for (said, correction) in decisions.claims() {
        let Ok(relation) = NamedNode::new(said.relation.as_str()) else { continue };
        let iri = decision_iri(said, correction.verdict, base);
        let mut node = About::new(&iri, triples);
        let end = |end: &End| -> Term {
            match end {
                End::Thing(key) => base.iri(key).into(),
                End::Words(words) => literals::plain(words).into(),
            }
        };
        node.add(rdf::TYPE, rap::CLAIM_DECISION.into_owned());
        node.add(oa::HAS_TARGET, base.text(&said.text));
        node.add(rap::RULING, literals::plain(correction.verdict.name()));
        node.add(rap::DECIDED_SUBJECT, end(&said.subject));
        node.add(rap::DECIDED_PREDICATE, relation);
        node.add(rap::DECIDED_OBJECT, end(&said.object));
        node.add(rap::DECIDED_QUOTE, literals::plain(&said.quote));
        let polarity = if said.denied { Polarity::Negated } else { Polarity::Affirmed };
        node.add(rap::POLARITY, own(polarity.name()));
        if !correction.by.is_empty() {
            node.add(rap::DECIDED_BY, literals::plain(&correction.by));
        }
    }
}

/// Takes the decisions about claims out of the quads of a graph of decisions. What is incomplete decides nothing.
pub(super) fn take<'q>(quads: impl Iterator<Item = &'q Quad>, base: &Base, decisions: &mut Decisions) {
    let mut nodes: BTreeMap<&str, BTreeMap<&str, &Term>> = BTreeMap::new();
    for quad in quads {
        if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
            nodes.entry(subject.as_str()).or_default().insert(quad.predicate.as_str(), &quad.object);
        }
    }
    for facts in nodes.values() {
        if let Some((said, correction)) = decision(facts, base) {
            decisions.put_claim(said, correction);
        }
    }
}

fn decision(facts: &BTreeMap<&str, &Term>, base: &Base) -> Option<(Said, Correction)> {
    let end = |property: &str| match facts.get(property)? {
        Term::NamedNode(node) => base.plain_key(node.as_str()).map(End::Thing),
        Term::Literal(words) => Some(End::Words(words.value().to_owned())),
        _ => None,
    };
    let words = |property: &str| match facts.get(property) {
        Some(Term::Literal(words)) => Some(words.value().to_owned()),
        _ => None,
    };
    let iri = |property: &str| match facts.get(property) {
        Some(Term::NamedNode(node)) => Some(node.as_str().to_owned()),
        _ => None,
    };
    let said = Said {
        text: base.key(&iri(oa::HAS_TARGET.as_str())?)?.strip_prefix("text/")?.to_owned(),
        subject: end(rap::DECIDED_SUBJECT.as_str())?,
        relation: iri(rap::DECIDED_PREDICATE.as_str())?,
        object: end(rap::DECIDED_OBJECT.as_str())?,
        denied: iri(rap::POLARITY.as_str())? == own(Polarity::Negated.name()).as_str(),
        quote: words(rap::DECIDED_QUOTE.as_str())?,
    };
    let verdict = Verdict::from_word(&words(rap::RULING.as_str())?)?;
    Some((said, Correction { verdict, by: words(rap::DECIDED_BY.as_str()).unwrap_or_default() }))
}

/// One step of a reader: what is decided from then on, and what is not any more.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// When, as `xsd:dateTime` in UTC, to the nanosecond: steps are undone in their order.
    pub ended: String,
    /// IRIs of the decisions that hold from then on.
    pub made: Vec<String>,
    /// IRIs of those that do not any more.
    pub undone: Vec<String>,
}

/// The record of a step, for the graph of runs.
pub fn step(step: &Step, base: &Base) -> Graph {
    let activity = base.iri(&["run/", &step.ended].concat());
    let mut triples = Vec::new();
    let mut node = About::new(&activity, &mut triples);
    node.add(rdf::TYPE, prov::ACTIVITY.into_owned());
    node.add(skos::PREF_LABEL, literals::words(&format!("review of {}", step.ended), literals::ENGLISH));
    node.add(prov::ENDED_AT_TIME, oxrdf::Literal::new_typed_literal(step.ended.as_str(), xsd::DATE_TIME));
    for (property, decisions) in [(prov::GENERATED, &step.made), (prov::INVALIDATED, &step.undone)] {
        for decision in decisions {
            node.add(property, NamedNode::new_unchecked(decision.as_str()));
        }
    }
    Graph::new(base.shared_graph("runs"), Layer::Runs, triples)
}

/// The steps in the quads of the graph of runs, in their order.
pub fn steps<'q>(quads: impl IntoIterator<Item = &'q Quad>) -> Vec<Step> {
    let mut nodes: BTreeMap<&str, Step> = BTreeMap::new();
    for quad in quads {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
        let empty = || Step { ended: String::new(), made: Vec::new(), undone: Vec::new() };
        let step = nodes.entry(subject.as_str()).or_insert_with(empty);
        match &quad.object {
            Term::Literal(time) if quad.predicate == prov::ENDED_AT_TIME => step.ended = time.value().to_owned(),
            Term::NamedNode(node) if quad.predicate == prov::GENERATED => step.made.push(node.as_str().to_owned()),
            Term::NamedNode(node) if quad.predicate == prov::INVALIDATED => step.undone.push(node.as_str().to_owned()),
            _ => {}
        }
    }
    let mut steps: Vec<Step> =
        nodes.into_values().filter(|step| !step.made.is_empty() || !step.undone.is_empty()).collect();
    steps.sort();
    steps
}

#[cfg(test)]
mod tests {
    use super::{Step, step, steps};
    use crate::lift::{Base, decisions, review};
    use crate::model::{Correction, Decisions, Verdict, fixture};

    #[test]
    fn decisions_about_claims_come_back_from_the_graph() {
        let (extraction, base) = (fixture::first(), Base::default());
        let mut all = Decisions::default();
        for (claim, verdict) in extraction.claims.iter().zip([Verdict::Accept, Verdict::Reject].into_iter().cycle()) {
            all.put_claim(extraction.said(claim), Correction { verdict, by: "Ana".into() });
        }
        let graph = review(&all, &base);
        let quads: Vec<_> = graph.quads().map(|quad| quad.into_owned()).collect();
        assert_eq!(decisions(&quads, &base), all);
    }

    #[test]
    fn steps_come_back_in_their_order() {
        let base = Base::default();
        let iri = |name: &str| base.iri(name).into_string();
        let second = Step { ended: "2026-01-02T00:00:00.5Z".into(), made: Vec::new(), undone: vec![iri("decision/1")] };
        let first = Step { ended: "2026-01-02T00:00:00.25Z".into(), made: vec![iri("decision/1")], undone: Vec::new() };
        let graphs = [step(&second, &base), step(&first, &base)];
        let quads: Vec<_> = graphs.iter().flat_map(|graph| graph.quads()).map(|quad| quad.into_owned()).collect();
        assert_eq!(steps(&quads), [first, second]);
    }
}
