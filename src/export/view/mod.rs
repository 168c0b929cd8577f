//! The graph of entities that pictures and graph files show: things as nodes, claims and direct edges between them,
//! parallel ones merged, with their sentences.
//!
//! Literals, and by default dates, quantities and amounts, are properties of the node they are said of, never nodes. A
//! view is small on purpose and says what it leaves out.

pub(in crate::export) mod claims;
mod group;
mod layout;
mod measures;
mod select;
mod filter;

use std::collections::BTreeSet;

use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};

use crate::lift::vocabulary::{oa, rap};
use crate::model::{Class, Kind};
use crate::record::{NameError, Names, Quads, Record, TermId};

pub use crate::model::Stance;

use super::ExportError;
use super::describe::Licence;

pub use filter::AnswerNames;
pub use layout::places;
pub use measures::{Measure, measures, path};

/// What to show.
#[derive(Clone, Debug)]
pub struct Options {
    /// A label, key or IRI: show what is near it.
    pub focus: Option<String>,
    /// How far from the focus, in edges.
    pub hops: usize,
    /// No more nodes than this; those with most claims stay.
    pub max_nodes: usize,
    /// Nodes near the focus that earlier pictures have shown: so many of those with most claims are passed over.
    pub skip: usize,
    /// No claims below this confidence, 0 to 1.
    pub min_confidence: f64,
    /// Kinds of things that may be nodes.
    pub kinds: Vec<Kind>,
    /// Local names of the relations to show; empty for all but those that describe documents and meetings.
    pub relations: Vec<String>,
    /// Stances to show; empty for all.
    pub stances: Vec<Stance>,
    /// Labels, keys or IRIs of those whose claims are shown; empty for all.
    pub speakers: Vec<String>,
    /// Only claims of documents from this day, month or year on, in ISO 8601.
    pub since: Option<String>,
    /// Only claims of documents up to this day, month or year, it included.
    pub until: Option<String>,
    /// Only what the answer to a question names.
    pub only: Option<AnswerNames>,
    /// The licence that nanopublications are under.
    pub licence: Option<Licence>,
    /// When nanopublications were made, as the user says: an ISO 8601 day, or moment in UTC.
    pub created: Option<String>,
    /// IRIs of graphs that give labels and wholes, but no nodes or edges of their own: the catalogue.
    pub background: Vec<String>,
    /// Light words on a dark page or the reverse; as the reader's screen is where that can be, if nothing was said.
    pub dark: Option<bool>,
    /// Dots a point, in pictures made of dots; by itself two, or as many as fit.
    pub scale: Option<f64>,
}

impl Default for Options {
    fn default() -> Self {
        let is_value = |kind: &Kind| matches!(kind, Kind::Date | Kind::Quantity | Kind::Money);
        let kinds = Kind::ALL.into_iter().filter(|kind| !is_value(kind)).collect();
        Self {
            focus: None,
            hops: 1,
            max_nodes: 60,
            skip: 0,
            min_confidence: 0.0,
            kinds,
            relations: Vec::new(),
            stances: Vec::new(),
            speakers: Vec::new(),
            since: None,
            until: None,
            only: None,
            licence: None,
            created: None,
            background: Vec::new(),
            dark: None,
            scale: None,
        }
    }
}

/// A thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// Its IRI.
    pub iri: String,
    /// The best label, English first.
    pub label: String,
    /// A short name in capitals, if it has one that the label does not hold.
    pub acronym: Option<String>,
    /// Its class.
    pub class: Class,
    /// Claims that speak of it.
    pub claims: usize,
    /// Nodes with an edge to it that are not shown, nor were passed over.
    pub hidden: usize,
    /// What is said of it that is no thing: relation in words, and value; sorted, each once.
    pub properties: Vec<(String, String)>,
    /// Index in [`View::groups`].
    pub group: Option<usize>,
}

/// What is said of one thing and another: all claims with the same relation, polarity and force, as one.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// Local name of the relation: `cooperatesWith`.
    pub relation: String,
    /// In words: `cooperates with`, `does not support`.
    pub label: String,
    /// For, against, asking, or none.
    pub stance: Stance,
    /// Whether it is denied.
    pub negated: bool,
    /// Whether it need not be so: proposed, intended, possible.
    pub hypothetical: bool,
    /// The side of the object that is meant, where all claims mean the same: `renewal`.
    pub aspect: Option<String>,
    /// The sentences, oldest document first; empty for an edge that no claim stands behind.
    pub quotes: Vec<Quote>,
}

impl Edge {
    /// The years of its sentences, each once, in order.
    pub fn years(&self) -> Vec<&str> {
        let mut years: Vec<&str> = self.quotes.iter().filter_map(|quote| year(&quote.date)).collect();
        years.dedup();
        years
    }
}

/// The year of an ISO 8601 date.
fn year(date: &str) -> Option<&str> {
    date.get(..4).filter(|year| year.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The sentence behind a claim.
#[derive(Clone, Debug, PartialEq, PartialOrd)]
pub struct Quote {
    /// The document's date, ISO 8601; empty if it has none.
    pub date: String,
    /// The document's label.
    pub document: String,
    /// First and last character in the document, in code points, the last one excluded.
    pub place: (usize, usize),
    /// The words, line breaks folded; empty if quotes were left out.
    pub text: String,
    /// Label of the one whose claim it is.
    pub said_by: Option<String>,
    /// IRI of the claim.
    pub claim: String,
    /// Confidence, 0 to 1.
    pub confidence: f64,
    /// IRI of the text that the place is in; empty if it is not known.
    pub source: String,
    /// Where it stands in the file that the text was taken out of: `p. 3`.
    pub locator: Option<String>,
}

/// Things that belong to one organisation or State.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// IRI of the whole.
    pub iri: String,
    /// Its label.
    pub label: String,
}

/// What a view does not show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Nodes beyond the hops.
    pub further_away: usize,
    /// Nodes over the limit.
    pub over_limit: usize,
    /// Claims below the least confidence.
    pub unsure: usize,
    /// Statements about documents and meetings, while no relation was asked for.
    pub of_documents: usize,
    /// Statements of relations that were not asked for.
    pub other_relations: usize,
    /// Claims of other stances.
    pub other_stances: usize,
    /// Claims of others than those asked for.
    pub other_speakers: usize,
    /// Claims of documents of other dates, or of none.
    pub other_dates: usize,
    /// Claims that the question does not name.
    pub not_asked: usize,
    /// Edges over a format's limit.
    pub edges: usize,
}

/// A graph to draw or to hand to another program.
#[derive(Clone, Debug, Default)]
pub struct View {
    /// Nodes by class and label, edges by their ends.
    pub graph: DiGraph<Node, Edge>,
    /// Organisations and States that two nodes or more belong to.
    pub groups: Vec<Group>,
    /// Label of the focus.
    pub focus: Option<String>,
    /// Label and date of each document, oldest first.
    pub documents: Vec<(String, String)>,
    /// Nodes that could have been shown.
    pub all_nodes: usize,
    /// Edges that could have been shown.
    pub all_edges: usize,
    /// The least confidence asked for.
    pub min_confidence: f64,
    /// What is missing.
    pub left_out: LeftOut,
}

impl View {
    /// Makes the view of quads.
    ///
    /// # Errors
    /// [`ExportError::Name`] for the focus or a speaker.
    pub fn new(quads: &Quads, options: &Options) -> Result<Self, ExportError> {
        Self::of(&Record::new(quads, &options.background), options)
    }

    /// Makes the view of a record.
    ///
    /// # Errors
    /// As [`View::new`].
    pub fn of(record: &Record<'_>, options: &Options) -> Result<Self, ExportError> {
        let focus = options.focus.as_deref().map(|name| meant(record, name)).transpose()?;
        let pool = claims::collect(record, options)?;
        let mut view = select::select(record, &pool, focus, options);
        view.documents = documents(record);
        view.min_confidence = options.min_confidence;
        group::group(record, &mut view, focus);
        Ok(view)
    }

    /// What it is about: its focus, its one document, or how many there are.
    pub fn about(&self) -> String {
        match (&self.focus, self.documents.as_slice()) {
            (Some(focus), _) => format!("Around {focus}"),
            (None, [(label, _)]) => label.clone(),
            (None, documents) => format!("What {} documents say", documents.len()),
        }
    }

    /// Its documents' first and last date: `, 2019-03-27 to 2021-04-08`; empty if none is known.
    pub fn dates(&self) -> String {
        let dates: Vec<&str> =
            self.documents.iter().map(|(_, date)| date.as_str()).filter(|date| !date.is_empty()).collect();
        match (dates.first(), dates.last()) {
            (Some(first), Some(last)) if first == last => format!(", {first}"),
            (Some(first), Some(last)) => format!(", {first} to {last}"),
            _ => String::new(),
        }
    }

    /// The node that a name means, as [`Options::focus`] finds it.
    ///
    /// # Errors
    /// [`ExportError::Name`]; [`ExportError::NotShown`] if the view does not show it.
    pub fn node(&self, record: &Record<'_>, name: &str) -> Result<NodeIndex, ExportError> {
        let id = meant(record, name)?;
        let shown = self.graph.node_indices().find(|&node| self.graph[node].iri == record.quads().text(id));
        shown.ok_or_else(|| ExportError::NotShown { name: record.label(id) })
    }

    /// Drops edges with the fewest claims until no more than so many are left, and nodes that no edge touches then.
    pub fn keep_edges(&mut self, most: usize) {
        let mut order: Vec<EdgeIndex> = self.graph.edge_indices().collect();
        order.sort_by_key(|&edge| std::cmp::Reverse(self.graph[edge].quotes.len()));
        let kept: BTreeSet<EdgeIndex> = order.into_iter().take(most).collect();
        self.left_out.edges += self.graph.edge_count().saturating_sub(kept.len());
        self.graph.retain_edges(|_, edge| kept.contains(&edge));
        self.graph.retain_nodes(|graph, node| graph.neighbors_undirected(node).next().is_some());
    }

    /// Whether its documents are of more than one year.
    pub fn spans_years(&self) -> bool {
        let years = || self.documents.iter().filter_map(|(_, date)| year(date));
        years().min() != years().max()
    }

    /// One line for people: how much of what there is, and what is missing.
    pub fn summary(&self) -> String {
        let (nodes, edges) = (self.graph.node_count(), self.graph.edge_count());
        let shown = format!("{} nodes, {} edges", of(nodes, self.all_nodes), of(edges, self.all_edges));
        match self.left_out.to_string() {
            missing if missing.is_empty() => shown,
            missing => format!("{shown}; left out: {missing}"),
        }
    }
}

/// The thing that a name means, if it is of a class that a view can show.
fn meant(record: &Record<'_>, name: &str) -> Result<TermId, ExportError> {
    let found = Names::new(record).find(name)?;
    let none = || NameError::NoEntity { name: name.to_owned(), near: Vec::new() };
    Ok(found.id.filter(|&id| record.class(id).is_some()).ok_or_else(none)?)
}

/// Label and date of each text, by date.
fn documents(record: &Record<'_>) -> Vec<(String, String)> {
    let mut texts: Vec<TermId> = record.said_with(oa::HAS_SOURCE).map(|row| row.object).collect();
    texts.extend(record.members(rap::STATEMENT));
    texts.sort_unstable();
    texts.dedup();
    let mut documents: Vec<_> =
        texts.into_iter().map(|text| (record.date(text).to_owned(), record.label(text))).collect();
    documents.sort_unstable();
    documents.into_iter().map(|(date, label)| (label, date)).collect()
}

/// `14 of 27`, or `27` if nothing is missing.
fn of(shown: usize, all: usize) -> String {
    if shown == all { shown.to_string() } else { format!("{shown} of {all}") }
}

impl std::fmt::Display for LeftOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let parts = [
            (self.further_away, "node", "further away"),
            (self.over_limit, "node", "with fewer claims"),
            (self.unsure, "claim", "less sure"),
            (self.of_documents, "statement", "about documents and meetings"),
            (self.other_relations, "statement", "of other relations"),
            (self.other_stances, "claim", "of other stances"),
            (self.other_speakers, "claim", "by others"),
            (self.other_dates, "claim", "of other dates"),
            (self.not_asked, "claim", "that the query does not name"),
            (self.edges, "edge", "over the limit of the format"),
        ];
        let mut first = true;
        for (count, noun, why) in parts.into_iter().filter(|(count, ..)| *count > 0) {
            let plural = if count == 1 { "" } else { "s" };
            write!(f, "{}{count} {noun}{plural} {why}", if first { "" } else { ", " })?;
            first = false;
        }
        Ok(())
    }
}
