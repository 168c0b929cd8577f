//! A view as rows of attributes: what all graph files say of nodes and edges, under the same names and in one order.

use petgraph::visit::EdgeRef;

use crate::export::dot::style;
use crate::export::prefixes::{Name, Prefixes};
use crate::export::view::{self, Edge, Measure, Node, Quote, View};
use crate::model::Kind;

/// What sort of values an attribute has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttributeType {
    /// Words.
    Text,
    /// An IRI.
    Iri,
    /// A number from 0 without fraction.
    Whole,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
}

/// A value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Words or an IRI.
    Text(String),
    /// A number from 0 without fraction.
    Whole(usize),
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

impl std::fmt::Display for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Whole(number) => write!(f, "{number}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Flag(flag) => write!(f, "{flag}"),
        }
    }
}

impl From<&Value> for serde_json::Value {
    fn from(value: &Value) -> Self {
        match value {
            Value::Text(text) => text.as_str().into(),
            Value::Whole(number) => (*number).into(),
            Value::Number(number) => (*number).into(),
            Value::Flag(flag) => (*flag).into(),
        }
    }
}

/// What is said of a node besides its id and label.
pub const OF_NODES: [(&str, AttributeType); 11] = [
    ("kind", AttributeType::Text),
    ("iri", AttributeType::Iri),
    ("acronym", AttributeType::Text),
    ("group", AttributeType::Text),
    ("claims", AttributeType::Whole),
    ("degree", AttributeType::Whole),
    ("pagerank", AttributeType::Number),
    ("betweenness", AttributeType::Number),
    ("community", AttributeType::Whole),
    ("component", AttributeType::Whole),
    ("properties", AttributeType::Text),
];

/// What is said of an edge besides its ends, label and weight.
pub const OF_EDGES: [(&str, AttributeType); 10] = [
    ("relation", AttributeType::Text),
    ("stance", AttributeType::Text),
    ("negated", AttributeType::Flag),
    ("hypothetical", AttributeType::Flag),
    ("aspect", AttributeType::Text),
    ("confidence", AttributeType::Number),
    ("years", AttributeType::Text),
    ("saidBy", AttributeType::Text),
    ("documents", AttributeType::Text),
    ("quotes", AttributeType::Text),
];

/// A node as a row.
#[derive(Clone, Debug)]
pub struct NodeRow {
    /// Short name of its IRI: `state/irn`.
    pub id: String,
    /// Its label.
    pub label: String,
    /// What sort of thing it is.
    pub kind: Kind,
    /// Index of its group.
    pub group: Option<usize>,
    /// Claims that speak of it.
    pub claims: usize,
    /// Fill of its kind as red, green, blue.
    pub colour: (u8, u8, u8),
    /// Where it stands.
    pub place: (f64, f64),
    /// Values for [`OF_NODES`].
    pub values: [Value; OF_NODES.len()],
}

/// An edge as a row.
#[derive(Clone, Debug)]
pub struct EdgeRow {
    /// `e1`, `e2` …
    pub id: String,
    /// Index of the node that it leaves.
    pub source: usize,
    /// Index of the node that it leads to.
    pub target: usize,
    /// The relation in words.
    pub label: String,
    /// Local name of the relation.
    pub relation: String,
    /// Claims behind it, at least 1.
    pub weight: usize,
    /// Colour of its stance as red, green, blue.
    pub colour: (u8, u8, u8),
    /// Values for [`OF_EDGES`].
    pub values: [Value; OF_EDGES.len()],
}

/// A view as rows.
#[derive(Clone, Debug)]
pub struct Sheet<'v> {
    /// What it was made of.
    pub view: &'v View,
    /// One line on what is shown.
    pub title: String,
    /// One line on how much of all that is.
    pub summary: String,
    /// By index of the view's nodes.
    pub nodes: Vec<NodeRow>,
    /// By index of the view's edges.
    pub edges: Vec<EdgeRow>,
}

impl<'v> Sheet<'v> {
    /// Measures a view, gives each node its place, and writes all out in rows.
    pub fn new(view: &'v View, prefixes: &Prefixes) -> Self {
        let measures = view::measures(view);
        let places = view::places(view);
        let rows = view.graph.node_indices().map(|index| {
            let node = &view.graph[index];
            let of = |all: &[Measure]| all.get(index.index()).copied().unwrap_or_default();
            node_row(view, node, of(&measures), places.get(index.index()).copied().unwrap_or_default(), prefixes)
        });
        let edges = view
            .graph
            .edge_references()
            .enumerate()
            .map(|(at, edge)| edge_row(at, edge.source().index(), edge.target().index(), edge.weight()));
        Self {
            view,
            title: format!("{}{}", view.about(), view.dates()),
            summary: view.summary(),
            nodes: rows.collect(),
            edges: edges.collect(),
        }
    }
}

fn node_row(view: &View, node: &Node, measure: Measure, place: (f64, f64), prefixes: &Prefixes) -> NodeRow {
    let group = node.group.and_then(|group| view.groups.get(group));
    let properties: Vec<String> = node.properties.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    NodeRow {
        id: key(&node.iri, prefixes).to_owned(),
        label: node.label.clone(),
        kind: node.class.kind(),
        group: node.group,
        claims: node.claims,
        colour: colour(style::of_kind(node.class.kind()).fill),
        place,
        values: [
            Value::Text(node.class.name().to_owned()),
            Value::Text(node.iri.clone()),
            Value::Text(node.acronym.clone().unwrap_or_default()),
            Value::Text(group.map_or(String::new(), |group| group.label.clone())),
            Value::Whole(node.claims),
            Value::Whole(measure.degree),
            Value::Number(rounded(measure.pagerank)),
            Value::Number(rounded(measure.betweenness)),
            Value::Whole(measure.community),
            Value::Whole(measure.component),
            Value::Text(properties.join("; ")),
        ],
    }
}

fn edge_row(at: usize, source: usize, target: usize, edge: &Edge) -> EdgeRow {
    let once = |of: fn(&Quote) -> &str| {
        let mut all: Vec<&str> = edge.quotes.iter().map(of).filter(|text| !text.is_empty()).collect();
        all.sort_unstable();
        all.dedup();
        all.join("; ")
    };
    let quotes: Vec<String> = edge.quotes.iter().filter(|quote| !quote.text.is_empty()).map(cited).collect();
    let sure = edge.quotes.iter().map(|quote| quote.confidence).fold(0.0, f64::max);
    EdgeRow {
        id: format!("e{}", at + 1),
        source,
        target,
        label: edge.label.clone(),
        relation: edge.relation.clone(),
        weight: edge.quotes.len().max(1),
        colour: colour(style::of_stance(edge.stance).colour),
        values: [
            Value::Text(edge.relation.clone()),
            Value::Text(edge.stance.name().to_owned()),
            Value::Flag(edge.negated),
            Value::Flag(edge.hypothetical),
            Value::Text(edge.aspect.clone().unwrap_or_default()),
            Value::Number(rounded(sure)),
            Value::Text(edge.years().join("; ")),
            Value::Text(once(|quote| quote.said_by.as_deref().unwrap_or_default())),
            Value::Text(once(|quote| &quote.document)),
            Value::Text(quotes.join(" ")),
        ],
    }
}

/// A sentence with its place: `“…” (Statement by X, 120–190)`, `“…” (Letter of Y, p. 3, 120–190)`.
pub fn cited(quote: &Quote) -> String {
    let page = quote.locator.as_ref().map(|page| format!("{page}, ")).unwrap_or_default();
    format!("“{}” ({}, {page}{}–{})", quote.text, quote.document, quote.place.0, quote.place.1)
}

/// Short name of an IRI of the data: `state/irn`; others stay whole.
pub fn key<'a>(iri: &'a str, prefixes: &'a Prefixes) -> &'a str {
    match prefixes.name(iri) {
        Name::Relative(rest) => rest,
        _ => iri,
    }
}

/// `#CFE2F3` as red, green, blue.
fn colour(hex: &str) -> (u8, u8, u8) {
    let part = |at: usize| hex.get(at..at + 2).and_then(|two| u8::from_str_radix(two, 16).ok()).unwrap_or_default();
    (part(1), part(3), part(5))
}

/// Six digits after the point: what lies beyond differs between machines.
fn rounded(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}
