//! What readers decided about claims and documents, as facts in the graph `graph/review`, and back; and the record of who decided when.

use std::collections::BTreeMap;

use oxrdf::{NamedNode, NamedOrBlankNode, Quad, Term, Triple};

use crate::model::{Correction, Decisions, End, Polarity, Reviewed, Said, Verdict};

use super::link_evidence::digest;
use super::source::About;
use super::vocabulary::{oa, own, prov, rap, rdf, skos, xsd};
use super::{Base, Graph, Layer, literals};

/// The IRI of a decision: another verdict about the same is another decision.
pub fn decision_iri(about: &Reviewed, verdict: &Verdict, base: &Base) -> NamedNode {
    let of = match about {
        Reviewed::Claim(said) => claim_digest(said),
        Reviewed::Document { text, key } => digest(&[text, key]),
    };
    let becomes = match verdict {
        Verdict::Edit(now) => claim_digest(now),
        Verdict::State(value) => value.clone(),
        Verdict::Accept | Verdict::Reject => String::new(),
    };
    base.iri(&format!("decision/{}", digest(&[&of, verdict.name(), &becomes])))
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

/// Adds the decisions about claims and documents to the triples of the graph of decisions.
pub(super) fn add(decisions: &Decisions, base: &Base, triples: &mut Vec<Triple>) {
    for (about, correction) in decisions.reviewed() {
        describe(about, correction, base, triples);
    }
}

/// The properties of the parts of a claim: subject, relation, object, polarity.
type Parts = [oxrdf::NamedNodeRef<'static>; 4];

/// Those of the claim that is decided about.
const DECIDED: Parts = [rap::DECIDED_SUBJECT, rap::DECIDED_PREDICATE, rap::DECIDED_OBJECT, rap::POLARITY];

/// Those of the claim in its place.
const CORRECTED: Parts =
    [rap::CORRECTED_SUBJECT, rap::CORRECTED_PREDICATE, rap::CORRECTED_OBJECT, rap::CORRECTED_POLARITY];

fn describe(about: &Reviewed, correction: &Correction, base: &Base, triples: &mut Vec<Triple>) {
    let iri = decision_iri(about, &correction.verdict, base);
    let mut node = About::new(&iri, triples);
    let class = if matches!(about, Reviewed::Claim(_)) { rap::CLAIM_DECISION } else { rap::DOCUMENT_DECISION };
    node.add(rdf::TYPE, class.into_owned());
    node.add(oa::HAS_TARGET, base.text(about.text()));
    node.add(rap::RULING, literals::plain(correction.verdict.name()));
    if !correction.by.is_empty() {
        node.add(rap::DECIDED_BY, literals::plain(&correction.by));
    }
    match about {
        Reviewed::Claim(said) => {
            add_parts(&mut node, said, DECIDED, base);
            node.add(rap::DECIDED_QUOTE, literals::plain(&said.quote));
        }
        Reviewed::Document { key, .. } => node.add(rap::STATED_KEY, literals::plain(key)),
    }
    match &correction.verdict {
        Verdict::Edit(now) => add_parts(&mut node, now, CORRECTED, base),
        Verdict::State(value) => node.add(rap::STATED_VALUE, literals::plain(value)),
        Verdict::Accept | Verdict::Reject => {}
    }
}

fn add_parts(node: &mut About<'_>, said: &Said, parts: Parts, base: &Base) {
    let end = |end: &End| -> Term {
        match end {
            End::Thing(key) => base.iri(key).into(),
            End::Words(words) => literals::plain(words).into(),
        }
    };
    let [subject, predicate, object, polarity] = parts;
    node.add(subject, end(&said.subject));
    if let Ok(relation) = NamedNode::new(said.relation.as_str()) {
        node.add(predicate, relation);
    }
    node.add(object, end(&said.object));
    node.add(polarity, own(if said.denied { Polarity::Negated } else { Polarity::Affirmed }.name()));
}

/// Takes the decisions about claims and documents out of the quads of a graph of decisions. What is incomplete decides
/// nothing.
pub(super) fn take<'q>(quads: impl Iterator<Item = &'q Quad>, base: &Base, decisions: &mut Decisions) {
    for (_, about, correction) in described(quads, base) {
        decisions.review(about, Some(correction));
    }
}

/// The decisions that quads describe, each with its IRI.
pub fn described<'q>(quads: impl Iterator<Item = &'q Quad>, base: &Base) -> Vec<(String, Reviewed, Correction)> {
    let mut nodes: BTreeMap<&str, BTreeMap<&str, &Term>> = BTreeMap::new();
    for quad in quads {
        if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
            nodes.entry(subject.as_str()).or_default().insert(quad.predicate.as_str(), &quad.object);
        }
    }
    let found = nodes.iter().filter_map(|(iri, facts)| {
        let (about, correction) = Facts { facts, base }.decision()?;
        Some(((*iri).to_owned(), about, correction))
    });
    found.collect()
}

/// What is said of a node.
struct Facts<'f> {
    facts: &'f BTreeMap<&'f str, &'f Term>,
    base: &'f Base,
}

impl Facts<'_> {
    fn decision(&self) -> Option<(Reviewed, Correction)> {
        let text = self.base.key(&self.iri(oa::HAS_TARGET)?)?.strip_prefix("text/")?.to_owned();
        let ruling = self.words(rap::RULING)?;
        let by = self.words(rap::DECIDED_BY).unwrap_or_default();
        if let Some(key) = self.words(rap::STATED_KEY) {
            let verdict = Verdict::State(self.words(rap::STATED_VALUE)?);
            return Some((Reviewed::Document { text, key }, Correction { verdict, by }));
        }
        let quote = self.words(rap::DECIDED_QUOTE)?;
        let verdict = match Verdict::from_word(&ruling) {
            Some(verdict) => verdict,
            None => Verdict::Edit(Box::new(self.said(CORRECTED, &text, &quote)?)),
        };
        Some((Reviewed::Claim(self.said(DECIDED, &text, &quote)?), Correction { verdict, by }))
    }

    fn said(&self, [subject, predicate, object, polarity]: Parts, text: &str, quote: &str) -> Option<Said> {
        Some(Said {
            text: text.to_owned(),
            subject: self.end(subject)?,
            relation: self.iri(predicate)?,
            object: self.end(object)?,
            denied: self.iri(polarity)? == own(Polarity::Negated.name()).as_str(),
            quote: quote.to_owned(),
        })
    }

    fn end(&self, property: oxrdf::NamedNodeRef<'_>) -> Option<End> {
        match self.facts.get(property.as_str())? {
            Term::NamedNode(node) => self.base.plain_key(node.as_str()).map(End::Thing),
            Term::Literal(words) => Some(End::Words(words.value().to_owned())),
            _ => None,
        }
    }

    fn words(&self, property: oxrdf::NamedNodeRef<'_>) -> Option<String> {
        match self.facts.get(property.as_str()) {
            Some(Term::Literal(words)) => Some(words.value().to_owned()),
            _ => None,
        }
    }

    fn iri(&self, property: oxrdf::NamedNodeRef<'_>) -> Option<String> {
        match self.facts.get(property.as_str()) {
            Some(Term::NamedNode(node)) => Some(node.as_str().to_owned()),
            _ => None,
        }
    }
}

/// One step of a reader: what is decided from then on, and what is not any more.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// When, as `xsd:dateTime` in UTC, to the nanosecond: steps are undone in their order.
    pub ended: String,
    /// IRIs of the decisions that hold from then on.
    pub made: Vec<String>,
    /// What these decisions are. They stay described among the runs when others take their place, so that steps can be
    /// taken back.
    pub kept: Vec<(Reviewed, Correction)>,
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
    for (about, correction) in &step.kept {
        describe(about, correction, base, &mut triples);
    }
    Graph::new(base.shared_graph("runs"), Layer::Runs, triples)
}

/// The steps in the quads of the graph of runs, in their order; what their decisions are, [`described`] tells.
pub fn steps<'q>(quads: impl IntoIterator<Item = &'q Quad>) -> Vec<Step> {
    let mut nodes: BTreeMap<&str, Step> = BTreeMap::new();
    for quad in quads {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
        let step = nodes.entry(subject.as_str()).or_default();
        match &quad.object {
            Term::Literal(time) if quad.predicate == prov::ENDED_AT_TIME => step.ended = time.value().to_owned(),
            Term::NamedNode(node) if quad.predicate == prov::GENERATED => step.made.push(node.as_str().to_owned()),
            Term::NamedNode(node) if quad.predicate == prov::INVALIDATED => step.undone.push(node.as_str().to_owned()),
            _ => {}
        }
    }
    let mut steps: Vec<Step> =
        nodes.into_values().filter(|step| !step.made.is_empty() || !step.undone.is_empty()).collect();
    steps.sort_by(|a, b| a.ended.cmp(&b.ended));
    steps
}

#[cfg(test)]
mod tests {
    use super::{Step, decision_iri, described, step, steps};
    use crate::lift::{Base, decisions, review};
    use crate::model::{Correction, Decisions, Reviewed, Said, Verdict, fixture};

    #[test]
    fn decisions_come_back_from_the_graph() {
        let (extraction, base) = (fixture::first(), Base::default());
        let mut all = Decisions::default();
        let said = |at: usize| extraction.said(&extraction.claims[at]);
        let now = Said { quote: said(2).quote, ..said(0) };
        let verdicts = [Verdict::Accept, Verdict::Reject, Verdict::Edit(Box::new(now))];
        for (at, verdict) in verdicts.into_iter().enumerate() {
            all.review(Reviewed::Claim(said(at)), Some(Correction { verdict, by: "Ana".into() }));
        }
        let about = Reviewed::Document { text: said(0).text, key: "speaker".into() };
        all.review(about, Some(Correction { verdict: Verdict::State("Ana Lind".into()), by: String::new() }));
        let graph = review(&all, &base);
        let quads: Vec<_> = graph.quads().map(|quad| quad.into_owned()).collect();
        assert_eq!(decisions(&quads, &base), all);
    }

    #[test]
    fn steps_come_back_in_their_order() {
        let base = Base::default();
        let about = Reviewed::Document { text: "0123456789abcdef".into(), key: "date".into() };
        let correction = Correction { verdict: Verdict::State("2021".into()), by: "Bo".into() };
        let iri = decision_iri(&about, &correction.verdict, &base).into_string();
        let kept = vec![(about.clone(), correction.clone())];
        let first = Step { ended: "2026-01-02T00:00:00.25Z".into(), made: vec![iri.clone()], kept, ..Step::default() };
        let second = Step { ended: "2026-01-02T00:00:00.5Z".into(), undone: vec![iri.clone()], ..Step::default() };
        let graphs = [step(&second, &base), step(&first, &base)];
        let quads: Vec<_> = graphs.iter().flat_map(|graph| graph.quads()).map(|quad| quad.into_owned()).collect();
        assert_eq!(steps(&quads), [Step { kept: Vec::new(), ..first }, second]);
        assert_eq!(described(quads.iter(), &base), [(iri, about, correction)]);
    }
}
