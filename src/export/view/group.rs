//! Boxes of a picture: which organisation or State each thing belongs to in the end.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::Direction;
use petgraph::graph::{EdgeReference, NodeIndex};
use petgraph::visit::EdgeRef;

use crate::export::TermId;
use crate::lift::vocabulary::{self, rap};
use crate::model::Kind;
use crate::record::Record;

use super::{Edge, Group, View};

/// Gives each node its group, of two nodes or more. What only says that a member is part of the whole is dropped, for the
/// box shows it; so is the whole, if that was all there was to say of it and it is not the focus.
pub fn group(record: &Record<'_>, view: &mut View, focus: Option<TermId>) {
    let wholes = wholes(record, view);
    let mut members: BTreeMap<TermId, usize> = BTreeMap::new();
    for (node, &whole) in &wholes {
        let is_member = record.quads().text(whole) != view.graph[*node].iri;
        *members.entry(whole).or_default() += usize::from(is_member);
    }
    let groups: Vec<TermId> = members.into_iter().filter(|(_, count)| *count >= 2).map(|(whole, _)| whole).collect();
    for (node, whole) in wholes {
        view.graph[node].group = groups.iter().position(|group| *group == whole);
    }
    view.groups =
        groups.iter().map(|&id| Group { iri: record.quads().text(id).to_owned(), label: record.label(id) }).collect();
    drop_what_boxes_show(view, focus.map(|focus| record.quads().text(focus)));
}

/// The topmost agent that each shown node is part of; itself if others are part of it.
fn wholes(record: &Record<'_>, view: &View) -> BTreeMap<NodeIndex, TermId> {
    let mut found = BTreeMap::new();
    for node in view.graph.node_indices() {
        if let Some(id) = record.quads().find_iri(&view.graph[node].iri) {
            found.insert(node, topmost(record, id));
        }
    }
    found
}

fn topmost(record: &Record<'_>, start: TermId) -> TermId {
    let mut seen = BTreeSet::from([start]);
    let mut at = start;
    while let Some(next) = whole_of(record, at).filter(|next| seen.insert(*next)) {
        at = next;
    }
    at
}

/// The agent that a thing is said to be part of: of several the one with the first IRI, so that it is always the same.
fn whole_of(record: &Record<'_>, id: TermId) -> Option<TermId> {
    let part_of = vocabulary::own("partOf");
    let wholes = record.values(id, rap::BELONGS_TO).chain(record.values(id, part_of.as_ref()));
    let is_agent = |id: &TermId| {
        record.class(*id).is_some_and(|class| class.kind().is_agent() && class.kind() != Kind::PersonRole)
    };
    wholes.filter(is_agent).min_by_key(|&whole| record.quads().text(whole))
}

fn drop_what_boxes_show(view: &mut View, focus: Option<&str>) {
    let (graph, groups) = (&view.graph, &view.groups);
    let group_iri = |node: NodeIndex| graph[node].group.and_then(|group| groups.get(group)).map(|group| &group.iri);
    let is_shown = |edge: EdgeReference<'_, Edge>| {
        matches!(edge.weight().relation.as_str(), "partOf" | "belongsTo")
            && !edge.weight().negated
            && group_iri(edge.source()) == Some(&graph[edge.target()].iri)
    };
    let shown: BTreeSet<_> = graph.edge_references().filter(|edge| is_shown(*edge)).map(|edge| edge.id()).collect();
    let stays = |node| {
        let edges = graph.edges_directed(node, Direction::Incoming).chain(graph.edges(node));
        let mut edges = edges.peekable();
        edges.peek().is_none()
            || focus == Some(&graph[node].iri)
            || group_iri(node) != Some(&graph[node].iri)
            || edges.any(|edge| !shown.contains(&edge.id()))
    };
    // `filter_map` keeps the order of nodes and edges; removing them one by one would not.
    let boxed = graph.filter_map(
        |id, node| stays(id).then(|| node.clone()),
        |id, edge| (!shown.contains(&id)).then(|| edge.clone()),
    );
    view.all_nodes = view.all_nodes.saturating_sub(graph.node_count() - boxed.node_count());
    view.all_edges = view.all_edges.saturating_sub(graph.edge_count() - boxed.edge_count());
    view.graph = boxed;
}
