//! The graphs of two invented statements: as committed in `tests/fixtures`, and as the data model has them.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use oxrdf::{NamedOrBlankNodeRef, TermRef};

use super::vocabulary::{rap, rdf, skos};
use super::{Base, Layer, Lifted, jsonl, lift};
use crate::model::{Kind, fixture};

fn both() -> [Lifted; 2] {
    [fixture::first(), fixture::second()].map(|extraction| lift(&extraction, &Base::default()))
}

/// Compares with a committed file; `UPDATE=1` rewrites it.
fn matches_file(name: &str, bytes: &[u8]) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, bytes).expect("the fixture can be written");
    }
    let expected = fs::read(&path).expect("the fixture is there");
    assert!(expected == bytes, "{name} differs: UPDATE=1 cargo test rewrites it, git diff shows how");
}

#[test]
fn graphs_are_as_committed() {
    let mut out = Vec::new();
    for lifted in both() {
        lifted.graphs.iter().for_each(|graph| graph.write_nquads(&mut out).expect("a vector takes all"));
    }
    matches_file("two-documents.nq", &out);
}

#[test]
fn json_lines_are_as_committed() {
    let mut out = Vec::new();
    for extraction in [fixture::first(), fixture::second()] {
        jsonl::write(&extraction, &Base::default(), &mut out).expect("a vector takes all");
    }
    matches_file("two-documents.jsonl", &out);
}

#[test]
fn no_blank_nodes_and_a_label_for_every_thing() {
    for lifted in both() {
        let mut named = BTreeSet::new();
        let mut used = BTreeSet::new();
        let ours = |iri: &str| iri.starts_with(Base::SHARED);
        for quad in lifted.quads() {
            let NamedOrBlankNodeRef::NamedNode(subject) = quad.subject else { panic!("blank node in {quad}") };
            if quad.predicate == skos::PREF_LABEL {
                named.insert(subject.as_str().to_owned());
            }
            let object = match quad.object {
                TermRef::NamedNode(object) => Some(object.as_str()),
                TermRef::Literal(_) => None,
                TermRef::BlankNode(_) => panic!("blank node in {quad}"),
            };
            let nodes = [Some(subject.as_str()), object].into_iter().flatten();
            used.extend(nodes.filter(|iri| ours(iri)).map(str::to_owned));
        }
        // Claims, passages and annotations of links are shown by what they are about.
        let is_shown = |iri: &str| ["/claim/", "#char=", "/link/"].iter().any(|part| iri.contains(part));
        let is_bare = |iri: &&String| !is_shown(iri) && !named.contains(*iri);
        assert_eq!(used.iter().filter(is_bare).count(), 0, "{:?}", used.iter().find(is_bare));
    }
}

#[test]
fn edges_stand_only_for_what_is_said_to_be_so() {
    let [_, second] = both();
    let has = |predicate: &str| {
        let predicate = super::vocabulary::own(predicate);
        second.quads().any(|quad| quad.predicate == predicate.as_ref())
    };
    assert!(has("opposes"));
    assert!(!has("provides"), "a proposal is not so yet");
    assert!(!has("partyTo"), "denied");
}

#[test]
fn two_claims_of_one_sentence_share_their_passage() {
    let [_, second] = both();
    let count = |predicate| second.quads().filter(|quad| quad.predicate == predicate).count();
    assert_eq!(count(rap::EVIDENCE), fixture::second().claims.len());
    assert_eq!(count(rap::QUOTE), count(rap::EVIDENCE) - 2);
    assert_eq!(count(rdf::SUBJECT), count(rap::EVIDENCE));
}

#[test]
fn a_resolution_is_a_work_and_its_file_a_text_of_it() {
    let draft = fixture::Draft::new("-", "The General Assembly decides to study tides.")
        .titled("Tides", "2023-12")
        .entity("resolution/A-RES-99-1", Kind::Resolution, "General Assembly resolution 99/1")
        .code("un-symbol", "A/RES/99/1");
    let base = Base::new("https://example.org/").expect("a base");
    let lifted = lift(&draft.text_of("resolution/A-RES-99-1").done(), &base);
    let lines: String = lifted.quads().map(|quad| format!("{quad}\n")).collect();
    let text = "<https://example.org/text/";
    for (subject, predicate, object) in [
        (text, "ontology#textOf>", "<https://example.org/resolution/A-RES-99-1>"),
        (text, "22-rdf-syntax-ns#type>", "ontology#Document>"),
        (text, "core#prefLabel>", "\"Tides\"@en"),
        (text, "terms/date>", "\"2023-12\"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>"),
        ("<https://example.org/resolution/A-RES-99-1>", "terms/identifier>", "\"A/RES/99/1\""),
        ("<https://example.org/resolution/A-RES-99-1>", "22-rdf-syntax-ns#type>", "ontology#Resolution>"),
    ] {
        let is_it = |line: &str| line.starts_with(subject) && line.contains(predicate) && line.contains(object);
        assert!(lines.lines().any(is_it), "{subject} {predicate} {object} not in\n{lines}");
    }
    assert!(!lines.contains("schema.org/name"), "standard input has no name");
    assert!(!lines.contains(Base::SHARED));
}

#[test]
fn layers_are_kept_apart() {
    let [first, _] = both();
    assert_eq!(first.layer(Layer::Claims).count(), 1);
    assert_eq!(first.layer(Layer::Evidence).count(), 1);
    assert_eq!(first.layer(Layer::Mentions).count(), 1);
    assert_eq!(first.layer(Layer::Links).count(), 3);
}
