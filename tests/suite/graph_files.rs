//! Graph files of the two invented statements: each format holds the view's nodes and edges, with names that have broken
//! other programs; `tests/readers.py` has those programs read them.

use std::fs;
use std::path::Path;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::{GraphName, Literal, NamedNode, Quad};
use petgraph::graph::NodeIndex;
use rapporteur::export::view::{Options, View, measures, path, places};
use rapporteur::export::{self, ExportError, Format, FormatScope, Prefixes, Quads};
use rapporteur::lift::Base;
use rapporteur::lift::vocabulary::{PREFIXES, own, rdf, skos};

const NASTY: [&str; 6] =
    ["a \"b\" \\ c", "<b>&amp; & {x|y}</b>", "ایران «الف»", "line\nbreak", "👍🏽 emoji; =1+1", "\u{1} control"];

fn options() -> Options {
    Options { max_nodes: usize::MAX, ..Options::default() }
}

fn prefixes() -> Prefixes {
    Prefixes::new(Some(Base::SHARED), PREFIXES.iter().copied())
}

/// The two documents, and a hub tied to things with names that are hard to write.
fn quads() -> Quads {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/two-documents.nq");
    let text = fs::read(file).unwrap();
    let mut quads: Vec<Quad> =
        RdfParser::from_format(RdfFormat::NQuads).for_slice(&text).collect::<Result<_, _>>().unwrap();
    let node = |key: String| NamedNode::new(format!("{}body/{key}", Base::SHARED)).unwrap();
    let graph = GraphName::DefaultGraph;
    for (at, name) in NASTY.iter().enumerate() {
        let (one, hub) = (node(format!("n{at}")), node("hub".into()));
        quads.push(Quad::new(one.clone(), rdf::TYPE, own("UNBody"), graph.clone()));
        quads.push(Quad::new(hub.clone(), rdf::TYPE, own("UNBody"), graph.clone()));
        quads.push(Quad::new(one.clone(), skos::PREF_LABEL, Literal::new_simple_literal(*name), graph.clone()));
        quads.push(Quad::new(one, own("cooperatesWith"), hub, graph.clone()));
    }
    quads.iter().map(Quad::as_ref).collect()
}

fn written(quads: &Quads, format: Format) -> String {
    let mut out = Vec::new();
    export::write(quads, format, &prefixes(), &options(), &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn each_format_holds_all_nodes_and_edges_and_is_the_same_each_time() {
    let quads = quads();
    let view = View::new(&quads, &options()).unwrap();
    let (nodes, edges) = (view.graph.node_count(), view.graph.edge_count());
    let marks = [
        (Format::Gexf, "<node id=", "<edge id="),
        (Format::GraphMl, "<node id=", "<edge id="),
        (Format::Yed, "<y:ShapeNode>", "<y:PolyLineEdge>"),
        (Format::Cytoscape, "\"position\": {", "\"source\": "),
        (Format::Cx2, ",\"x\":", "\"s\":"),
        (Format::JsonLines, "\"type\":\"node\"", "\"type\":\"edge\""),
    ];
    for (format, node, edge) in marks {
        let text = written(&quads, format);
        assert_eq!((text.matches(node).count(), text.matches(edge).count()), (nodes, edges), "{format}");
        assert_eq!(text, written(&quads, format), "{format}");
        assert!(text.contains("ایران «الف»") && text.contains("👍🏽"), "{format}");
        assert!(!text.contains('\u{1}'), "{format}");
    }
    for format in [Format::Cytoscape, Format::Cx2] {
        assert!(serde_json::from_str::<serde_json::Value>(&written(&quads, format)).is_ok(), "{format}");
    }
    for line in written(&quads, Format::JsonLines).lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
    }
}

#[test]
fn mermaid_stays_readable_and_says_what_is_missing() {
    let quads = quads();
    let mut out = Vec::new();
    let summary = export::write(&quads, Format::Mermaid, &prefixes(), &options(), &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(text.starts_with("flowchart LR\n"), "{text}");
    assert!(text.lines().all(|line| line.matches('"').count() % 2 == 0), "{text}");
    let arrows = text.matches("| n").count();
    assert!((1..=60).contains(&arrows), "{arrows} {summary}");
    assert!(text.contains("[\"a #quot;b#quot; #92; c\"]"), "{text}");
}

#[test]
fn pictures_and_pages_hold_all_and_ask_nobody() {
    let quads = quads();
    let view = View::new(&quads, &options()).unwrap();
    let (svg, html) = (written(&quads, Format::Svg), written(&quads, Format::Html));
    for text in [&svg, &html] {
        assert_eq!(text.matches("<g class=\"node\"").count(), view.graph.node_count());
        assert!(text.contains("ایران «الف»") && !text.contains('\u{1}') && !text.contains("<b>&amp;"));
        let hosts = text.matches("http").count() - text.matches("http://www.w3.org/2000/svg").count();
        assert!(!text.contains("src=\"http") && !text.contains("href=\"http"), "{hosts}");
    }
    assert_eq!(html.matches("<tr data-edge=").count(), view.graph.edge_count());
    assert_eq!(html.matches("</script>").count(), 3);
    assert_eq!(svg, written(&quads, Format::Svg));
}

#[test]
fn a_report_gives_each_claim_its_footnote() {
    let quads = quads();
    let text = written(&quads, Format::Markdown);
    let view = View::new(&quads, &options()).unwrap();
    let quotes: usize = view.graph.edge_weights().map(|edge| edge.quotes.len()).sum();
    assert_eq!(text.lines().filter(|line| line.starts_with("[^")).count(), quotes);
    for number in 1..=quotes {
        assert_eq!(text.matches(&format!("[^{number}]")).count(), 2, "{number}");
    }
    assert!(text.contains("| Who | What | Of what | Where |"), "{text}");
    let rows = text.lines().filter(|line| line.starts_with("| "));
    assert!(rows.clone().all(|row| row.replace("\\|", "").matches('|').count() == 5), "{text}");
}

#[test]
fn folders_have_tables_with_their_heads_or_notes() {
    let quads = quads();
    let of = |format: Format| export::write_folder(&quads, format, &prefixes(), &options()).unwrap().0;
    let head = |format: Format, file: &str| {
        let (_, bytes) = of(format).into_iter().find(|(name, _)| name == file).unwrap();
        String::from_utf8(bytes).unwrap().lines().next().unwrap().to_owned()
    };
    assert!(head(Format::Neo4j, "nodes.csv").starts_with("id:ID,label,kind,iri,"));
    assert!(head(Format::Neo4j, "nodes.csv").ends_with(",:LABEL"));
    assert!(head(Format::Neo4j, "edges.csv").starts_with(":START_ID,:END_ID,:TYPE,label,claims:int,"));
    assert!(head(Format::Gephi, "edges.csv").starts_with("Source,Target,Type,Kind,Id,Label,Weight,"));
    let notes = of(Format::Obsidian);
    assert!(notes.iter().any(|(name, _)| name == "a b c.md"), "{:?}", notes.iter().map(|n| &n.0).collect::<Vec<_>>());
    for format in Format::ALL.into_iter().filter(|format| format.shape() == FormatScope::Folder) {
        let refused = export::write(&quads, format, &prefixes(), &options(), Vec::new());
        assert!(matches!(refused, Err(ExportError::Folder { .. })), "{format}");
    }
}

#[test]
fn measures_and_places_are_of_all_nodes() {
    let view = View::new(&quads(), &options()).unwrap();
    let all = measures(&view);
    let sum: f64 = all.iter().map(|measure| measure.pagerank).sum();
    assert!((sum - 1.0).abs() < 1e-9 && all.len() == view.graph.node_count(), "{sum}");
    let hub = view.graph.node_indices().find(|&node| view.graph[node].iri.ends_with("/hub")).unwrap();
    let best = all.iter().map(|measure| measure.pagerank).fold(0.0, f64::max);
    assert!(all[hub.index()].pagerank > best / 4.0 && all[hub.index()].degree == NASTY.len());
    let places = places(&view);
    for (at, a) in places.iter().enumerate() {
        assert!(a.0.is_finite() && places[..at].iter().all(|b| (a.0 - b.0).hypot(a.1 - b.1) > 5.0), "{at} {a:?}");
    }
}

#[test]
fn ways_are_the_shortest() {
    let view = View::new(&quads(), &options()).unwrap();
    let at = |end: &str| view.graph.node_indices().find(|&node| view.graph[node].iri.ends_with(end)).unwrap();
    let way = path(&view, at("/n0"), at("/n1")).unwrap();
    assert_eq!(way, [at("/n0"), at("/hub"), at("/n1")]);
    assert_eq!(path(&view, at("/n0"), at("/n0")), Some(vec![at("/n0")]));
    let stranger: NodeIndex = at("/tide-police-rur");
    assert_eq!(path(&view, at("/n0"), stranger), None);
}
