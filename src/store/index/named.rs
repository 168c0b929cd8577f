//! Named graphs in the index: each row tells through its source which graph states it.

use super::dataset::{Indexed, plan};
use super::generation::Order;
use super::table::Rows;

impl Indexed {
    /// The quads that fit and stand in a named graph, or in that one, each once: subject, property, object, graph.
    pub(super) fn named(&self, pattern: [Option<u32>; 3], graph: Option<u32>) -> Stated<'_> {
        self.stated(pattern, if graph.is_some() { Graphs::One(graph.unwrap_or_default()) } else { Graphs::Named })
    }

    /// The same, and those of the default graph with 0 for their graph.
    pub(super) fn stated(&self, pattern: [Option<u32>; 3], graphs: Graphs) -> Stated<'_> {
        let (order, prefix) = plan(pattern);
        let heads = self.generations.iter().zip(&self.sources).filter_map(|(generation, sources)| {
            let rows = generation.table(order)?.beginning(&prefix);
            let mut head = StatedHead { rows, sources, graphs, next: [0; 4] };
            head.advance().then_some(head)
        });
        Stated { order, heads: heads.collect(), waiting: Vec::new() }
    }

    /// The named graphs that are there.
    pub(super) fn graphs(&self) -> Vec<u32> {
        let counting = self.sources.iter().flatten().filter(|(counts, graph)| *counts && *graph != 0);
        let mut graphs: Vec<u32> = counting.map(|(_, graph)| *graph).collect();
        graphs.sort_unstable();
        graphs.dedup();
        graphs
    }
}

/// Which graphs are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Graphs {
    /// Those with a name.
    Named,
    /// The one of that number.
    One(u32),
    /// All.
    All,
}

/// The next row of a generation that counts; the graph stands in place of the source.
struct StatedHead<'i> {
    rows: Rows<'i>,
    sources: &'i [(bool, u32)],
    graphs: Graphs,
    next: [u32; 4],
}

impl StatedHead<'_> {
    fn advance(&mut self) -> bool {
        let (sources, graphs) = (self.sources, self.graphs);
        let fits = |[a, b, c, source]: [u32; 4]| {
            let &(counts, graph) = sources.get(source as usize)?;
            let is_asked = match graphs {
                Graphs::Named => graph != 0,
                Graphs::One(wanted) => graph == wanted,
                Graphs::All => true,
            };
            (counts && is_asked).then_some([a, b, c, graph])
        };
        let next = self.rows.find_map(fits);
        self.next = next.unwrap_or(self.next);
        next.is_some()
    }
}

/// Quads of several generations, merged. Of equal triples the graphs come in their order, each once, though sources do not.
pub struct Stated<'i> {
    order: Order,
    heads: Vec<StatedHead<'i>>,
    /// Those of the triple under way, the last first.
    waiting: Vec<[u32; 4]>,
}

impl Iterator for Stated<'_> {
    type Item = [u32; 4];

    fn next(&mut self) -> Option<[u32; 4]> {
        if self.waiting.is_empty() {
            let [a, b, c, _] = self.heads.iter().map(|head| head.next).min_by_key(|row| (row[0], row[1], row[2]))?;
            let (order, waiting) = (self.order, &mut self.waiting);
            self.heads.retain_mut(|head| {
                while head.next[..3] == [a, b, c] {
                    let [s, p, o] = order.restore([a, b, c]);
                    waiting.push([s, p, o, head.next[3]]);
                    if !head.advance() {
                        return false;
                    }
                }
                true
            });
            waiting.sort_unstable_by(|one, other| other.cmp(one));
            waiting.dedup();
        }
        self.waiting.pop()
    }
}
