//! How ties were found, and which may be: one annotation each, in a graph beside the links, so that the links themselves stay
//! plain triples. What a data row, a rule or a reader states is the same in every document: one annotation for all of them.

use std::collections::BTreeMap;

use oxrdf::{NamedNode, NamedNodeRef, Triple};
use sha2::{Digest, Sha256};

use crate::model::text::hex;
use crate::model::{Link, MatchStrength, Method, Subject};

use super::source::{About, Source};
use super::vocabulary::{dcterms, oa, rap, rdf, semapv, skos, sssom};
use super::{Graph, Layer, links, literals};

/// Annotations of one scheme, and what it calls the outer things: with the ties, where names are looked for.
#[derive(Default)]
struct SchemeNotes {
    notes: Vec<Triple>,
    labels: Vec<Triple>,
}

/// Two graphs for each scheme: annotations and labels.
pub fn graphs(source: &Source<'_>) -> Vec<Graph> {
    let mut schemes: BTreeMap<&str, SchemeNotes> = BTreeMap::new();
    for link in &source.extraction.links {
        tie(source, link, rap::LINK, schemes.entry(&link.scheme).or_default());
    }
    for link in &source.extraction.candidates {
        tie(source, link, rap::LINK_CANDIDATE, schemes.entry(&link.scheme).or_default());
    }
    for subject in source.extraction.subjects.iter().filter(|subject| subject.claim.is_none()) {
        topic(source, subject, schemes.entry(&subject.scheme).or_default());
    }
    let graphs = |(scheme, told): (&str, SchemeNotes)| {
        let name = source.base.link_evidence_graph(scheme);
        [Graph::new(name.clone(), Layer::Links, told.labels), Graph::new(name, Layer::LinkEvidence, told.notes)]
    };
    schemes.into_iter().flat_map(graphs).collect()
}

/// What an annotation of a tie says.
struct Note<'a> {
    class: NamedNodeRef<'static>,
    ours: &'a NamedNode,
    theirs: &'a str,
    label: &'a str,
    scheme: &'a str,
    /// The property that ties them, or would.
    predicate: NamedNodeRef<'static>,
    /// How well the outer thing fits; `None` for a topic, which only weighs more or less.
    strength: Option<MatchStrength>,
    method: &'a str,
    justification: NamedNodeRef<'static>,
    /// Whether every document gives the same reason.
    is_shared: bool,
    score: f32,
    evidence: &'a str,
    source: &'a str,
}

fn tie(source: &Source<'_>, link: &Link, class: NamedNodeRef<'static>, told: &mut SchemeNotes) {
    let note = Note {
        class,
        ours: source.entity(link.entity),
        theirs: &link.iri,
        label: &link.label,
        scheme: &link.scheme,
        predicate: links::predicate_of(source, link),
        strength: Some(link.strength),
        method: link.method.name(),
        justification: justification(link.method),
        is_shared: link.method.is_certain(),
        score: link.score,
        evidence: &link.evidence,
        source: &link.source,
    };
    write(source, &note, told);
}

/// What speaks for ties of a method, in the words that mappings between vocabularies are told in (SSSOM).
const fn justification(method: Method) -> NamedNodeRef<'static> {
    match method {
        Method::Row => semapv::MANUAL_MAPPING_CURATION,
        Method::Review => semapv::MAPPING_REVIEW,
        Method::Rule => semapv::BACKGROUND_KNOWLEDGE_BASED_MATCHING,
        Method::Near => semapv::LEXICAL_SIMILARITY_THRESHOLD_MATCHING,
        Method::Exact | Method::Normalised | Method::Reordered => semapv::LEXICAL_MATCHING,
    }
}

fn topic(source: &Source<'_>, subject: &Subject, told: &mut SchemeNotes) {
    let note = Note {
        class: rap::LINK,
        ours: source.itself(),
        theirs: &subject.iri,
        label: &subject.label,
        scheme: &subject.scheme,
        predicate: dcterms::SUBJECT,
        strength: None,
        method: "topic",
        justification: semapv::LEXICAL_MATCHING,
        is_shared: false,
        score: subject.score,
        evidence: &subject.evidence,
        source: &subject.source,
    };
    write(source, &note, told);
}

fn write(source: &Source<'_>, note: &Note<'_>, told: &mut SchemeNotes) {
    let Ok(theirs) = NamedNode::new(note.theirs) else { return };
    let iri = iri(source, note);
    let mut node = About::new(&iri, &mut told.notes);
    node.add(rdf::TYPE, note.class.into_owned());
    node.add(oa::HAS_TARGET, note.ours.clone());
    node.add(oa::HAS_BODY, theirs.clone());
    node.add(dcterms::IS_PART_OF, source.base.links_graph(note.scheme));
    node.add(sssom::PREDICATE_ID, note.predicate.into_owned());
    node.add(sssom::MAPPING_JUSTIFICATION, note.justification.into_owned());
    if let Some(strength) = note.strength {
        node.add(rap::LINK_STRENGTH, literals::plain(strength.name()));
    }
    node.add(rap::LINK_METHOD, literals::plain(note.method));
    node.add(rap::LINK_SCORE, literals::confidence(note.score));
    node.add(rap::LINK_EVIDENCE, literals::plain(note.evidence));
    node.add(rap::LINK_SOURCE, literals::plain(note.source));
    if !note.label.is_empty() {
        About::new(&theirs, &mut told.labels).add(skos::PREF_LABEL, literals::plain(note.label));
    }
}

/// Made of ours and theirs, and of the document where each document has its own reasons for a tie.
fn iri(source: &Source<'_>, note: &Note<'_>) -> NamedNode {
    let pair = digest(&[note.ours.as_str(), note.theirs]);
    let document = source.extraction.document.sha256.get(..8).unwrap_or_default();
    source.base.iri(&if note.is_shared { format!("link/{pair}") } else { format!("link/{document}-{pair}") })
}

/// Sixteen hex digits of the hash of some texts.
pub(super) fn digest(texts: &[&str]) -> String {
    let mut hash = Sha256::new();
    texts.iter().for_each(|text| hash.update([text.as_bytes(), b"\0"].concat()));
    hex(&hash.finalize()[..8])
}
