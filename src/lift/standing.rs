//! The graphs that belong to no single document: the ontology, the catalogue, the record of runs.

use oxrdf::{Quad, Term, Triple};
use oxttl::TurtleParser;

use crate::seeds::{Catalogue, Entry, TopicNode, TopicTree};

use super::source::About;
use super::vocabulary::{ONTOLOGY_TURTLE, dcterms, own, prov, rap, rdf, schema, skos, xsd};
use super::{Base, Graph, Layer, literals};

/// The ontology that ships.
pub fn ontology(base: &Base) -> Graph {
    let triples = TurtleParser::new().for_slice(ONTOLOGY_TURTLE).filter_map(Result::ok).collect();
    Graph::new(base.shared_graph("ontology"), Layer::Ontology, triples)
}

/// Class, labels, wholes and dates of the catalogue's entries, and the tree of topics.
pub fn catalogue(catalogue: &Catalogue, base: &Base) -> Graph {
    let mut triples = Vec::new();
    for entry in catalogue.entries() {
        describe(entry, base, &mut triples);
    }
    for (key, node) in TopicTree::embedded().nodes() {
        topic(key, node, base, &mut triples);
    }
    Graph::new(base.shared_graph("catalogue"), Layer::Catalogue, triples)
}

fn describe(entry: &Entry, base: &Base, triples: &mut Vec<Triple>) {
    let iri = base.iri(&entry.key);
    let mut node = About::new(&iri, triples);
    node.add(rdf::TYPE, own(entry.class.name()));
    node.add(skos::PREF_LABEL, literals::words(&entry.label, literals::ENGLISH));
    for name in entry.names.iter().filter(|name| name.text != entry.label) {
        node.add(skos::ALT_LABEL, literals::words(&name.text, literals::ENGLISH));
    }
    if let Some(whole) = &entry.part_of {
        node.add(own("partOf").as_ref(), base.iri(whole));
    }
    if let Some(date) = &entry.date {
        node.add(dcterms::DATE, literals::date(date.start()));
        if date.is_interval() {
            node.add(rap::UNTIL, literals::date(date.end()));
        }
    }
    in_time(entry, base, &mut node);
}

/// When a State existed, what came before and after it, and what it was called when.
fn in_time(entry: &Entry, base: &Base, node: &mut About<'_>) {
    for (property, day) in [(rap::VALID_FROM, &entry.existed.from), (rap::VALID_UNTIL, &entry.existed.until)] {
        if let Some(day) = day {
            node.add(property, literals::date(day));
        }
    }
    for (property, states) in [(rap::PREDECESSOR, &entry.predecessors), (rap::SUCCESSOR, &entry.successors)] {
        for state in states {
            node.add(property, base.iri(state));
        }
    }
    for name in &entry.in_time {
        let borne = format!("{} ({})", name.name, name.period.words());
        node.add(rap::NAME_IN_TIME, literals::words(&borne, literals::ENGLISH));
    }
}

/// A topic as a SKOS concept; what a topic owns is only said to be of it.
fn topic(key: &str, node: &TopicNode, base: &Base, triples: &mut Vec<Triple>) {
    let iri = base.iri(key);
    let mut about = About::new(&iri, triples);
    for owner in &node.owners {
        about.add(dcterms::SUBJECT, base.iri(owner));
    }
    if node.label.is_empty() {
        return;
    }
    about.add(rdf::TYPE, skos::CONCEPT.into_owned());
    if key.starts_with("topic/") {
        about.add(rdf::TYPE, own("Topic"));
    }
    about.add(skos::PREF_LABEL, literals::words(&node.label, literals::ENGLISH));
    for name in node.names.iter().chain(&node.acronyms) {
        about.add(skos::ALT_LABEL, literals::words(name, literals::ENGLISH));
    }
    for sign in &node.signs {
        about.add(skos::HIDDEN_LABEL, literals::words(sign, literals::ENGLISH));
    }
    for broader in &node.broader {
        about.add(skos::BROADER, base.iri(broader));
    }
}

/// One run of `add`: what was read, when, with which version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Program, rules and catalogue that did it, for example `rapporteur 0.1.0`.
    pub version: String,
    /// When it ended, as `xsd:dateTime` in UTC: `2026-01-15T10:02:00Z`.
    pub ended: String,
    /// SHA-256 of the texts it read.
    pub texts: Vec<String>,
}

/// The record of a run; the only graph with clock times. `before` are the records of earlier ones: a second one that ended
/// in the same second gets a number.
pub fn run(run: &Run, before: &[Quad], base: &Base) -> Graph {
    let ended = |quad: &&Quad| {
        let is_time = |object: &Term| matches!(object, Term::Literal(time) if time.value() == run.ended);
        quad.predicate.as_ref() == prov::ENDED_AT_TIME && is_time(&quad.object)
    };
    let activity = match before.iter().filter(ended).count() {
        0 => base.iri(&["run/", &run.ended].concat()),
        others => base.iri(&format!("run/{}-{}", run.ended, others + 1)),
    };
    let software = base.iri(&["software/", &run.version.replace(' ', "-")].concat());
    let mut triples = Vec::new();
    let mut node = About::new(&activity, &mut triples);
    node.add(rdf::TYPE, prov::ACTIVITY.into_owned());
    node.add(skos::PREF_LABEL, literals::words(&format!("run of {}", run.ended), literals::ENGLISH));
    node.add(prov::ENDED_AT_TIME, oxrdf::Literal::new_typed_literal(run.ended.as_str(), xsd::DATE_TIME));
    node.add(prov::WAS_ASSOCIATED_WITH, software.clone());
    for text in &run.texts {
        node.add(prov::USED, base.text(text));
    }
    let mut node = About::new(&software, &mut triples);
    node.add(rdf::TYPE, prov::SOFTWARE_AGENT.into_owned());
    node.add(skos::PREF_LABEL, literals::words(&run.version, literals::ENGLISH));
    node.add(schema::SOFTWARE_VERSION, literals::plain(run.version.rsplit(' ').next().unwrap_or_default()));
    Graph::new(base.shared_graph("runs"), Layer::Runs, triples)
}
