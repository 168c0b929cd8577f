//! How ties to loaded vocabularies were found, and which may be: one annotation each, in a graph beside the links, so that
//! the links themselves stay plain triples.

use std::collections::BTreeMap;

use oxrdf::{NamedNode, NamedNodeRef, Triple};
use sha2::{Digest, Sha256};

use crate::model::{Link, Subject};

use super::source::{About, Source};
use super::vocabulary::{oa, rap, rdf, skos, void};
use super::{Graph, Layer, literals};

/// One graph for each scheme that was looked into. Ties that the catalogue's rows state need none: their set names the rows.
pub fn graphs(source: &Source<'_>) -> Vec<Graph> {
    let mut schemes: BTreeMap<&str, Vec<Triple>> = BTreeMap::new();
    for link in source.extraction.links.iter().filter(|link| !link.method.is_certain() || !link.label.is_empty()) {
        tie(source, link, rap::LINK, schemes.entry(&link.scheme).or_default());
    }
    for link in &source.extraction.candidates {
        tie(source, link, rap::LINK_CANDIDATE, schemes.entry(&link.scheme).or_default());
    }
    for subject in source.extraction.subjects.iter().filter(|subject| subject.claim.is_none()) {
        topic(source, subject, schemes.entry(&subject.scheme).or_default());
    }
    let graph = |(scheme, triples)| Graph::new(source.base.link_evidence_graph(scheme), Layer::Links, triples);
    schemes.into_iter().map(graph).collect()
}

/// What an annotation of a tie says.
struct Note<'a> {
    class: NamedNodeRef<'static>,
    ours: &'a NamedNode,
    theirs: &'a str,
    label: &'a str,
    scheme: &'a str,
    method: &'a str,
    score: f32,
    evidence: &'a str,
    source: &'a str,
}

fn tie(source: &Source<'_>, link: &Link, class: NamedNodeRef<'static>, triples: &mut Vec<Triple>) {
    let note = Note {
        class,
        ours: source.entity(link.entity),
        theirs: &link.iri,
        label: &link.label,
        scheme: &link.scheme,
        method: link.method.name(),
        score: link.score,
        evidence: &link.evidence,
        source: &link.source,
    };
    write(source, &note, triples);
}

fn topic(source: &Source<'_>, subject: &Subject, triples: &mut Vec<Triple>) {
    let note = Note {
        class: rap::LINK,
        ours: source.itself(),
        theirs: &subject.iri,
        label: &subject.label,
        scheme: &subject.scheme,
        method: "topic",
        score: subject.score,
        evidence: &subject.evidence,
        source: &subject.source,
    };
    write(source, &note, triples);
}

fn write(source: &Source<'_>, note: &Note<'_>, triples: &mut Vec<Triple>) {
    let Ok(theirs) = NamedNode::new(note.theirs) else { return };
    let iri = iri(source, note);
    let mut node = About::new(&iri, triples);
    node.add(rdf::TYPE, note.class.into_owned());
    node.add(oa::HAS_TARGET, note.ours.clone());
    node.add(oa::HAS_BODY, theirs.clone());
    node.add(void::IN_DATASET, source.base.links_graph(note.scheme));
    node.add(rap::LINK_METHOD, literals::plain(note.method));
    node.add(rap::LINK_SCORE, literals::confidence(note.score));
    node.add(rap::LINK_EVIDENCE, literals::plain(note.evidence));
    node.add(rap::LINK_SOURCE, literals::plain(note.source));
    if !note.label.is_empty() {
        About::new(&theirs, triples).add(skos::PREF_LABEL, literals::plain(note.label));
    }
}

/// Made of document, ours and theirs: each document has its own reasons for a tie.
fn iri(source: &Source<'_>, note: &Note<'_>) -> NamedNode {
    let document = source.extraction.document.sha256.get(..8).unwrap_or_default();
    source.base.iri(&format!("link/{document}-{}", digest(&[note.ours.as_str(), note.theirs])))
}

/// Sixteen hex digits of the hash of some texts.
pub(super) fn digest(texts: &[&str]) -> String {
    let mut hash = Sha256::new();
    texts.iter().for_each(|text| hash.update([text.as_bytes(), b"\0"].concat()));
    hash.finalize().iter().take(8).fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}
