//! Which of all nodes are shown: those near the focus, those most is said of, never one without an edge.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use petgraph::graph::DiGraph;

use crate::export::TermId;
use crate::record::Record;

use super::claims::{Tie, ViewFacts, identifiers};
use super::{LeftOut, Node, Options, View};

/// Builds the graph of what the options leave of the pool.
pub fn select(record: &Record<'_>, pool: &ViewFacts, focus: Option<TermId>, options: &Options) -> View {
    let weights = weights(pool);
    let near = focus.map(|focus| distances(pool, focus, options.hops));
    let reachable = |id: TermId| near.as_ref().is_none_or(|near| near.contains_key(&id));
    let mut order = ranked(record, &weights, near.as_ref());
    let passed = pass(&mut order, focus, options.skip);
    let kept = keep(pool, &order, options.max_nodes, focus);
    let hidden = hidden(pool, &kept, &passed);
    let further_away = weights.keys().filter(|&&id| !reachable(id)).count();
    View {
        graph: graph(record, pool, &kept, &weights, &hidden),
        focus: focus.map(|focus| record.label(focus)),
        all_nodes: weights.len(),
        all_edges: pool.edges.len(),
        left_out: LeftOut {
            further_away,
            over_limit: (weights.len() - further_away).saturating_sub(kept.len() + passed.len()),
            unsure: pool.unsure,
            of_documents: pool.of_documents,
            other_relations: pool.other_relations,
            edges: 0,
            ..pool.sifted
        },
        ..View::default()
    }
}

/// Claims that speak of each thing with an edge; an edge without a claim counts as none.
fn weights(pool: &ViewFacts) -> BTreeMap<TermId, usize> {
    let mut weights = BTreeMap::new();
    for tie in &pool.edges {
        *weights.entry(tie.source).or_default() += tie.claims.len();
        *weights.entry(tie.target).or_default() += tie.claims.len();
    }
    weights
}

/// Edges between the focus and each thing within so many, in either direction.
fn distances(pool: &ViewFacts, focus: TermId, hops: usize) -> BTreeMap<TermId, usize> {
    let mut near = BTreeMap::from([(focus, 0)]);
    for hop in 1..=hops {
        let ends = pool.edges.iter().flat_map(|tie| [(tie.source, tie.target), (tie.target, tie.source)]);
        let next: Vec<TermId> =
            ends.filter(|(from, to)| near.contains_key(from) && !near.contains_key(to)).map(|(_, to)| to).collect();
        near.extend(next.into_iter().map(|id| (id, hop)));
    }
    near
}

/// Things in the order in which they deserve a place, as ranks from 0: near the focus, much spoken of, then by name.
fn ranked(
    record: &Record<'_>,
    weights: &BTreeMap<TermId, usize>,
    near: Option<&BTreeMap<TermId, usize>>,
) -> BTreeMap<TermId, usize> {
    let mut order: Vec<_> = weights
        .iter()
        .filter_map(|(&id, &weight)| {
            let distance = match near {
                Some(near) => *near.get(&id)?,
                None => 0,
            };
            Some((distance, Reverse(weight), record.quads().text(id), id))
        })
        .collect();
    order.sort_unstable();
    order.into_iter().enumerate().map(|(rank, (.., id))| (id, rank)).collect()
}

/// Takes those out of the order that earlier pictures around the focus have shown, and gives them.
fn pass(order: &mut BTreeMap<TermId, usize>, focus: Option<TermId>, skip: usize) -> BTreeSet<TermId> {
    if focus.is_none() || skip == 0 {
        return BTreeSet::new();
    }
    let passed: BTreeSet<TermId> =
        order.iter().filter(|&(&id, &rank)| rank <= skip && Some(id) != focus).map(|(&id, _)| id).collect();
    order.retain(|id, _| !passed.contains(id));
    passed
}

/// How many things have an edge to each that is shown, and are neither shown nor passed over.
fn hidden(pool: &ViewFacts, kept: &BTreeSet<TermId>, passed: &BTreeSet<TermId>) -> BTreeMap<TermId, usize> {
    let mut hidden: BTreeMap<TermId, BTreeSet<TermId>> = BTreeMap::new();
    for tie in &pool.edges {
        for (one, other) in [(tie.source, tie.target), (tie.target, tie.source)] {
            if kept.contains(&one) && !kept.contains(&other) && !passed.contains(&other) {
                hidden.entry(one).or_default().insert(other);
            }
        }
    }
    hidden.into_iter().map(|(id, others)| (id, others.len())).collect()
}

/// Takes edges between the best ranked first, with both ends, until there is no more room.
fn keep(pool: &ViewFacts, order: &BTreeMap<TermId, usize>, room: usize, focus: Option<TermId>) -> BTreeSet<TermId> {
    let mut edges: Vec<_> = pool
        .edges
        .iter()
        .filter_map(|tie| {
            let (a, b) = (*order.get(&tie.source)?, *order.get(&tie.target)?);
            Some((a.max(b), a.min(b), tie.source, tie.target))
        })
        .collect();
    edges.sort_unstable();
    let mut kept: BTreeSet<TermId> = focus.into_iter().collect();
    for (.., source, target) in edges {
        let new = [source, target].iter().filter(|id| !kept.contains(id)).count();
        if kept.len() + new <= room {
            kept.extend([source, target]);
        }
    }
    kept
}

fn graph(
    record: &Record<'_>,
    pool: &ViewFacts,
    kept: &BTreeSet<TermId>,
    weights: &BTreeMap<TermId, usize>,
    hidden: &BTreeMap<TermId, usize>,
) -> DiGraph<Node, super::Edge> {
    let number = |of: &BTreeMap<TermId, usize>, id: TermId| of.get(&id).copied().unwrap_or_default();
    let node = |id: TermId| Some(Node { hidden: number(hidden, id), ..node(record, pool, id, number(weights, id))? });
    let mut nodes: Vec<(Node, TermId)> = kept.iter().filter_map(|&id| Some((node(id)?, id))).collect();
    nodes.sort_by(|(a, _), (b, _)| (a.class, &a.label, &a.iri).cmp(&(b.class, &b.label, &b.iri)));
    let mut graph = DiGraph::new();
    let places: BTreeMap<TermId, _> = nodes.into_iter().map(|(node, id)| (id, graph.add_node(node))).collect();
    let ends = |tie: &Tie| Some((*places.get(&tie.source)?, *places.get(&tie.target)?));
    let mut edges: Vec<_> = pool.edges.iter().filter_map(|tie| ends(tie).map(|ends| (ends, tie))).collect();
    edges.sort_by(|(a, x), (b, y)| {
        let key = |tie: &Tie| (tie.edge.relation.clone(), tie.edge.negated, tie.edge.hypothetical);
        a.cmp(b).then_with(|| key(x).cmp(&key(y)))
    });
    for ((source, target), tie) in edges {
        graph.add_edge(source, target, tie.told(record));
    }
    graph
}

fn node(record: &Record<'_>, pool: &ViewFacts, id: TermId, claims: usize) -> Option<Node> {
    let mut properties = identifiers(record, id);
    properties.extend(pool.properties.get(&id).into_iter().flatten().cloned());
    Some(Node {
        iri: record.quads().text(id).to_owned(),
        label: record.label(id),
        acronym: record.acronym(id),
        class: record.class(id)?,
        claims,
        hidden: 0,
        properties,
        group: None,
    })
}
