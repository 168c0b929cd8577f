//! What the shape of a view says of its things: how many ties each has, how central it is, which belong together. Edges
//! count without direction, parallel ones once, as often as they are claimed. The same view gives the same numbers.

use std::collections::{BTreeMap, VecDeque};

use petgraph::graph::{NodeIndex, UnGraph};
use petgraph::unionfind::UnionFind;
use petgraph::visit::EdgeRef;

use super::View;

/// Turns of PageRank: more change nothing that is printed.
const TURNS: usize = 60;

/// The share of PageRank that follows the edges.
const DAMPING: f64 = 0.85;

/// Rounds in which neighbours agree on communities, at most.
const ROUNDS: usize = 50;

/// Steps along edges that betweenness may take: larger graphs get an estimate from some of their nodes.
const STEPS: usize = 100_000_000;

/// Measures of one node.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measure {
    /// Edges that touch it, parallel ones counted each.
    pub degree: usize,
    /// Its share of attention, following claims to what they speak of; all shares add up to 1.
    pub pagerank: f64,
    /// The share of shortest ways between two others that lead through it, 0 to 1. In graphs of many thousand nodes an
    /// estimate: ways are then followed from evenly chosen nodes, the same each time.
    pub betweenness: f64,
    /// Number of its community, from 1; the largest is 1.
    pub community: usize,
    /// Number of its component, from 1; the largest is 1. What edges join, whichever way, is one component.
    pub component: usize,
}

/// The measures of all nodes, by index.
pub fn measures(view: &View) -> Vec<Measure> {
    let plain = plain(view);
    let ranks = ranks(view);
    let between = betweenness(&plain, STEPS);
    let communities = communities(&plain);
    let components = components(&plain);
    view.graph
        .node_indices()
        .map(|node| Measure {
            degree: view.graph.neighbors_undirected(node).count(),
            pagerank: ranks.get(node.index()).copied().unwrap_or_default(),
            betweenness: between.get(node.index()).copied().unwrap_or_default(),
            community: communities.get(node.index()).copied().unwrap_or_default(),
            component: components.get(node.index()).copied().unwrap_or_default(),
        })
        .collect()
}

/// The nodes on a shortest way between two, both included; `None` if none leads there. Of ways of one length that with the
/// most claims behind its edges.
pub fn path(view: &View, from: NodeIndex, to: NodeIndex) -> Option<Vec<NodeIndex>> {
    let plain = plain(view);
    // An edge costs one, less a trifle that is the smaller the fewer claims it has: claims only break ties.
    let cost = |claims: usize| 1_000_000 - claims.min(1000) as u64;
    let found = petgraph::algo::astar(&plain, from, |node| node == to, |edge| cost(*edge.weight()), |_| 0);
    found.map(|(_, nodes)| nodes)
}

/// PageRank along the edges, each as often as it is claimed; who leads nowhere shares with all.
fn ranks(view: &View) -> Vec<f64> {
    let count = view.graph.node_count().max(1) as f64;
    let weight = |edge: &super::Edge| edge.quotes.len().max(1) as f64;
    let mut given = vec![0.0; view.graph.node_count()];
    for edge in view.graph.edge_references() {
        given[edge.source().index()] += weight(edge.weight());
    }
    let mut ranks = vec![1.0 / count; given.len()];
    for _ in 0..TURNS {
        let idle: f64 = ranks.iter().zip(&given).filter(|(_, given)| **given == 0.0).map(|(rank, _)| rank).sum();
        let mut next = vec![(1.0 - DAMPING) / count + DAMPING * idle / count; ranks.len()];
        for edge in view.graph.edge_references() {
            let source = edge.source().index();
            next[edge.target().index()] += DAMPING * ranks[source] * weight(edge.weight()) / given[source];
        }
        ranks = next;
    }
    ranks
}

/// The view without directions and loops, parallel edges as one that knows how often it is claimed.
fn plain(view: &View) -> UnGraph<(), usize> {
    let mut pairs: BTreeMap<(NodeIndex, NodeIndex), usize> = BTreeMap::new();
    for edge in view.graph.edge_references().filter(|edge| edge.source() != edge.target()) {
        let (a, b) = (edge.source().min(edge.target()), edge.source().max(edge.target()));
        *pairs.entry((a, b)).or_default() += edge.weight().quotes.len().max(1);
    }
    let mut graph = UnGraph::with_capacity(view.graph.node_count(), pairs.len());
    for _ in view.graph.node_indices() {
        graph.add_node(());
    }
    for ((a, b), claims) in pairs {
        graph.add_edge(a, b, claims);
    }
    graph
}

/// Brandes' sums: from each node once outwards, then the shares back. Where that would take more than `steps`, only from
/// nodes that stand evenly in the list, and scaled.
fn betweenness(graph: &UnGraph<(), usize>, steps: usize) -> Vec<f64> {
    let count = graph.node_count();
    let one_start = count + 2 * graph.edge_count();
    let stride = (count * one_start).div_ceil(steps.max(1)).clamp(1, count.max(1));
    let mut sums = vec![0.0; count];
    for start in graph.node_indices().step_by(stride) {
        let (order, ways, distance) = outwards(graph, start);
        let mut share = vec![0.0; count];
        for &node in order.iter().rev() {
            for before in graph.neighbors(node) {
                if distance[before.index()].map(|d| d + 1) == distance[node.index()] {
                    share[before.index()] += ways[before.index()] / ways[node.index()] * (1.0 + share[node.index()]);
                }
            }
            if node != start {
                sums[node.index()] += share[node.index()];
            }
        }
    }
    let starts = count.div_ceil(stride);
    let pairs = (starts * count.saturating_sub(2)).max(1) as f64 * count.saturating_sub(1) as f64 / count.max(1) as f64;
    sums.into_iter().map(|sum| sum / pairs).collect()
}

/// Nodes in the order of their distance from the start, how many shortest ways lead to each, and its distance.
fn outwards(graph: &UnGraph<(), usize>, start: NodeIndex) -> (Vec<NodeIndex>, Vec<f64>, Vec<Option<usize>>) {
    let mut distance = vec![None; graph.node_count()];
    let mut ways = vec![0.0; graph.node_count()];
    let mut order = Vec::new();
    let mut queue = VecDeque::from([start]);
    distance[start.index()] = Some(0);
    ways[start.index()] = 1.0;
    while let Some(node) = queue.pop_front() {
        order.push(node);
        let next = distance[node.index()].map(|d| d + 1);
        for other in graph.neighbors(node) {
            if distance[other.index()].is_none() {
                distance[other.index()] = next;
                queue.push_back(other);
            }
            if distance[other.index()] == next {
                ways[other.index()] += ways[node.index()];
            }
        }
    }
    (order, ways, distance)
}

/// Each takes the community that most claims tie it to, of several the one with the lowest number, until nothing changes.
fn communities(graph: &UnGraph<(), usize>) -> Vec<usize> {
    let mut labels: Vec<usize> = (0..graph.node_count()).collect();
    for _ in 0..ROUNDS {
        let before = labels.clone();
        for node in graph.node_indices() {
            let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
            for edge in graph.edges(node) {
                let other = if edge.source() == node { edge.target() } else { edge.source() };
                *votes.entry(labels[other.index()]).or_default() += edge.weight();
            }
            let best = votes.into_iter().max_by_key(|&(label, votes)| (votes, std::cmp::Reverse(label)));
            labels[node.index()] = best.map_or(labels[node.index()], |(label, _)| label);
        }
        if labels == before {
            break;
        }
    }
    by_size(&labels)
}

/// What edges join, in any number of steps.
fn components(graph: &UnGraph<(), usize>) -> Vec<usize> {
    let mut joined = UnionFind::new(graph.node_count());
    for edge in graph.edge_references() {
        joined.union(edge.source().index(), edge.target().index());
    }
    by_size(&joined.into_labeling())
}

/// Numbers from 1, the largest first.
fn by_size(labels: &[usize]) -> Vec<usize> {
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    labels.iter().for_each(|label| *sizes.entry(*label).or_default() += 1);
    let mut order: Vec<(usize, usize)> = sizes.into_iter().collect();
    order.sort_by_key(|&(label, size)| (std::cmp::Reverse(size), label));
    let numbers: BTreeMap<usize, usize> = (1..).zip(&order).map(|(number, (label, _))| (*label, number)).collect();
    labels.iter().map(|label| numbers.get(label).copied().unwrap_or_default()).collect()
}

#[cfg(test)]
mod tests {
    use petgraph::graph::UnGraph;

    use super::{betweenness, communities, components};

    /// Two triangles with one bridge: 0-1-2 and 3-4-5, 2-3.
    fn bridge() -> UnGraph<(), usize> {
        UnGraph::from_edges([(0, 1, 2), (1, 2, 2), (0, 2, 2), (2, 3, 1), (3, 4, 2), (4, 5, 2), (3, 5, 2)])
    }

    #[test]
    fn a_bridge_is_between_and_parts_communities() {
        let between = betweenness(&bridge(), usize::MAX);
        assert_eq!(between.iter().map(|b| (b * 100.0).round()).collect::<Vec<_>>(), [0.0, 0.0, 60.0, 60.0, 0.0, 0.0]);
        let groups = communities(&bridge());
        assert!(groups[..3].iter().all(|group| *group == groups[0]), "{groups:?}");
        assert!(groups[3..].iter().all(|group| *group == groups[3] && *group != groups[0]), "{groups:?}");
    }

    #[test]
    fn some_starts_tell_nearly_what_all_tell() {
        // A ring of 400 with a hub that every eighth knows.
        let ring = (0..400u32).map(|i| (i, (i + 1) % 400, 1));
        let graph = UnGraph::from_edges(ring.chain((0..50).map(|i| (i * 8, 400, 1))));
        let (all, some) = (betweenness(&graph, usize::MAX), betweenness(&graph, 100_000));
        assert_ne!(all, some, "an estimate");
        for (exact, estimate) in all.iter().zip(&some) {
            assert!((exact - estimate).abs() < 0.05, "{exact} {estimate}");
        }
        let middle = |shares: &[f64]| (0..shares.len()).max_by(|&a, &b| shares[a].total_cmp(&shares[b]));
        assert_eq!(middle(&some), Some(400));
    }

    #[test]
    fn what_edges_join_is_one_component_and_the_largest_is_the_first() {
        assert_eq!(components(&bridge()), [1; 6]);
        let mut apart = UnGraph::from_edges([(0, 1, 1), (2, 3, 1), (4, 3, 1)]);
        apart.add_node(());
        assert_eq!(components(&apart), [2, 2, 1, 1, 1, 3]);
    }
}
