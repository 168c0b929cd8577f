//! Exports of the two invented statements, held against files that a person has looked at. `UPDATE=1 cargo test` writes
//! them anew; the pictures are for `dot -Tpng`.

use std::fs;
use std::path::{Path, PathBuf};

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad};
use rapporteur::export::view::{Options, Stance, View};
use rapporteur::export::{self, ExportError, Format, Prefixes, Quads, dot};
use rapporteur::lift::Base;
use rapporteur::lift::vocabulary::{PREFIXES, own, rdf, skos};
use rapporteur::model::Kind;
use rapporteur::record::NameError;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

fn two_documents() -> Vec<Quad> {
    let text = fs::read(folder().join("two-documents.nq")).unwrap();
    RdfParser::from_format(RdfFormat::NQuads).for_slice(&text).collect::<Result<_, _>>().unwrap()
}

fn table(quads: &[Quad]) -> Quads {
    quads.iter().map(Quad::as_ref).collect()
}

fn prefixes() -> Prefixes {
    Prefixes::new(Some(Base::SHARED), PREFIXES.iter().copied())
}

fn exported(quads: &[Quad], format: Format, options: &Options) -> String {
    let mut out = Vec::new();
    export::write(&table(quads), format, &prefixes(), options, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn view(options: &Options) -> View {
    View::new(&table(&two_documents()), options).unwrap()
}

#[test]
fn exports_are_as_they_were_looked_at() {
    for format in [Format::Turtle, Format::JsonLd, Format::RdfXml, Format::Dot] {
        let file = folder().join(format!("two-documents.{}", format.name()));
        let now = exported(&two_documents(), format, &Options::default());
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, &now).unwrap();
        }
        let before = fs::read_to_string(&file).unwrap_or_default();
        assert!(now == before, "{} differs; UPDATE=1 writes it anew", file.display());
    }
}

#[test]
fn a_picture_does_not_depend_on_the_order_of_quads() {
    let mut quads = two_documents();
    let first = exported(&quads, Format::Dot, &Options::default());
    quads.reverse();
    assert_eq!(exported(&quads, Format::Dot, &Options::default()), first);
}

#[test]
fn literals_and_values_are_properties_and_never_nodes() {
    let view = view(&Options::default());
    let kinds: Vec<Kind> = view.graph.node_weights().map(|node| node.class.kind()).collect();
    assert!(!kinds.iter().any(|kind| matches!(kind, Kind::Date | Kind::Quantity | Kind::Money)), "{kinds:?}");
    let police = view.graph.node_weights().find(|node| node.label == "Tide Police").unwrap();
    let expected = [("amounts to", "3 million crowns"), ("has count", "87 ports")];
    assert_eq!(police.properties, expected.map(|(property, value)| (property.to_owned(), value.to_owned())));
}

#[test]
fn values_are_nodes_when_asked_for() {
    let kinds = vec![Kind::LawEnforcementAgency, Kind::Quantity];
    let view = view(&Options { kinds, ..Options::default() });
    let labels: Vec<&str> = view.graph.node_weights().map(|node| node.label.as_str()).collect();
    assert_eq!(labels, ["Tide Police", "87 ports"]);
}

#[test]
fn every_edge_has_its_sentence_and_stance() {
    let view = view(&Options::default());
    let renewal = view.graph.edge_weights().filter(|edge| ["supports", "opposes"].contains(&edge.relation.as_str()));
    let mut told: Vec<_> = renewal.map(|edge| (edge.stance, edge.years(), edge.quotes[0].text.as_str())).collect();
    told.sort();
    assert_eq!(
        told,
        [
            (Stance::For, vec!["2020"], "We support the renewal of the mandate of the Working Group"),
            (Stance::For, vec!["2022"], "We invite Member States to support the Ad hoc Committee on Tides"),
            (Stance::Against, vec!["2022"], "There is no need for the renewal of the mandate of the Working Group"),
        ]
    );
}

#[test]
fn a_focus_shows_its_surroundings_and_says_how_much_is_further_away() {
    for name in
        ["Tide Police", "tide police", "body/tide-police-rur", "https://w3id.org/rapporteur/id/body/tide-police-rur"]
    {
        let view = view(&Options { focus: Some(name.to_owned()), ..Options::default() });
        let labels: Vec<&str> = view.graph.node_weights().map(|node| node.label.as_str()).collect();
        assert!(labels.contains(&"Harbour Union") && !labels.contains(&"Member States"), "{labels:?}");
        assert!(view.left_out.further_away > 0);
        assert!(view.summary().contains("further away"), "{}", view.summary());
    }
}

#[test]
fn no_more_nodes_than_asked_and_none_without_an_edge() {
    for max_nodes in 2..12 {
        let view = view(&Options { max_nodes, ..Options::default() });
        assert!(view.graph.node_count() <= max_nodes);
        assert!(view.graph.node_indices().all(|node| view.graph.neighbors_undirected(node).next().is_some()));
        assert_eq!(view.graph.node_count() + view.left_out.over_limit, view.all_nodes, "{}", view.summary());
    }
}

#[test]
fn unsure_claims_take_their_direct_edges_with_them() {
    let view = View::new(&table(&two_documents()), &Options { min_confidence: 0.95, ..Options::default() }).unwrap();
    assert!(view.left_out.unsure > 0);
    assert!(view.graph.edge_weights().all(|edge| edge.quotes.iter().all(|quote| quote.confidence >= 0.95)));
    let relations: Vec<&str> = view.graph.edge_weights().map(|edge| edge.relation.as_str()).collect();
    assert!(!relations.contains(&"cooperatesWith"), "{relations:?}");
}

#[test]
fn an_unknown_or_double_focus_is_said() {
    let quads = table(&two_documents());
    let ask =
        |name: &str| View::new(&quads, &Options { focus: Some(name.to_owned()), ..Options::default() }).map(|_| ());
    match ask("Ruritanai") {
        Err(ExportError::Name(NameError::NoEntity { near, .. })) => assert!(near[0].starts_with("Ruritania (State")),
        other => panic!("{other:?}"),
    }
    match ask("Tides") {
        Err(ExportError::Name(NameError::Ambiguous { candidates, .. })) => {
            assert!(candidates.len() > 1, "{candidates:?}")
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn names_that_have_broken_pictures_survive() {
    // `tests/readers.py` has GraphViz draw them; here the quoting is held against the language's rules.
    for name in ["a \"b\" \\ c", "<b>&amp; & {x|y}</b>", "ایران «الف»", "line\nbreak", "ends in \\", "\\N \\G \\l"]
    {
        let node = |key: &str| NamedNode::new(format!("{}body/{key}", Base::SHARED)).unwrap();
        let graph = GraphName::DefaultGraph;
        let quads = [
            Quad::new(node("a"), rdf::TYPE, own("UNBody"), graph.clone()),
            Quad::new(node("b"), rdf::TYPE, own("UNBody"), graph.clone()),
            Quad::new(node("a"), skos::PREF_LABEL, Literal::new_simple_literal(name), graph.clone()),
            Quad::new(node("a"), own("cooperatesWith"), node("b"), graph),
        ];
        let view = View::new(&table(&quads), &Options::default()).unwrap();
        let mut out = Vec::new();
        dot::write(&view, &prefixes(), &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(quoted_marks(&text) % 2, 0, "{text}");
    }
}

/// Quotation marks that open or close a string.
fn quoted_marks(text: &str) -> usize {
    let mut marks = 0;
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            b'"' => marks += 1,
            _ => {}
        }
    }
    marks
}
