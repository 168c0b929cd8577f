//! The lines of segments out of the index: the same quads in the same order as the segments have them, and none of them is
//! unpacked or split.
//!
//! In a segment of ours the lines of each graph stand together, sorted bytewise, and no term is the beginning of another
//! but where a blank comes before what follows: so the rows of a source, by their terms, are its lines. RDF that was loaded
//! is sorted as a whole, by triple, then graph.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::chain::{self, hash};
use super::generation::{Generation, Order};
use super::table::Row;
use crate::lift::Layer;
use crate::store::{Damage, Directory, Error, runs};

/// The lines of some layers, with numbers for terms.
pub struct Ordered {
    text: String,
    ends: Vec<usize>,
    rows: Vec<Row>,
}

/// Where the rows of a source go, and how many have gone there.
#[derive(Clone, Copy, Default)]
struct Slot {
    is_wanted: bool,
    graph: u32,
    rows: usize,
    next: usize,
}

/// A segment among the wanted ones: its generation and sources, where its lines stand, and whether it was loaded.
struct Stretch {
    generation: usize,
    sources: Vec<usize>,
    lines: Range<usize>,
    is_loaded: bool,
}

impl Directory {
    /// The lines of some layers as [`lines`](Self::lines) sends them, out of the index, and what is damaged of what the
    /// index has not; `None` where there is no index, or where it does not hold what the list of contents says.
    ///
    /// # Errors
    /// If a writer replaced the list of contents and the new one cannot be read.
    pub fn ordered(&mut self, layers: &[Layer]) -> Result<Option<(Ordered, Vec<Damage>)>, Error> {
        // The record of runs is no segment.
        if layers.contains(&Layer::Runs) && runs::file(self.path()).is_some() {
            return Ok(None);
        }
        let Some((generations, damages)) = chain::generations(self, layers)? else { return Ok(None) };
        let (terms, rows) = rayon::join(|| terms(&generations), || Layout::of(self, layers, &generations));
        let ordered = terms.zip(rows).map(|((text, ends), layout)| layout.ordered(text, ends));
        Ok(ordered.flatten().map(|ordered| (ordered, damages)))
    }
}

impl Ordered {
    /// Subject, predicate, object and graph of each line, by number; 0 is the default graph.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// A term as it stands in a line; empty if there is none of that number.
    pub fn term(&self, number: u32) -> &str {
        term(&self.text, &self.ends, number)
    }

    /// The highest number of a term.
    pub fn terms(&self) -> usize {
        self.ends.len()
    }

    /// Bytes of all terms.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }
}

/// All terms, one behind the other, and where each ends.
fn terms(generations: &[Arc<Generation>]) -> Option<(String, Vec<usize>)> {
    let (mut text, mut ends) = (Vec::new(), Vec::new());
    generations.iter().try_for_each(|generation| generation.decode(&mut text, &mut ends))?;
    Some((String::from_utf8(text).ok()?, ends))
}

fn term<'t>(text: &'t str, ends: &[usize], number: u32) -> &'t str {
    let place = |at: Option<usize>| ends.get(at?).copied();
    let at = (number as usize).checked_sub(1);
    let start = place(at.and_then(|at| at.checked_sub(1))).unwrap_or_default();
    place(at).and_then(|end| text.get(start..end)).unwrap_or_default()
}

/// Where each line goes.
struct Layout {
    slots: Vec<Vec<Slot>>,
    stretches: Vec<Stretch>,
    /// The rows that are wanted, by generation, in the order of the index; then their sources.
    rows: Vec<Vec<Row>>,
}

impl Layout {
    fn of(directory: &Directory, layers: &[Layer], generations: &[Arc<Generation>]) -> Option<Self> {
        let mut known: HashMap<[u8; 32], (usize, usize)> = HashMap::new();
        for (at, generation) in generations.iter().enumerate() {
            for (segment, hash) in generation.segments().iter().enumerate() {
                known.entry(*hash).or_insert((at, segment));
            }
        }
        let mut sources: Vec<Vec<Vec<usize>>> =
            generations.iter().map(|generation| vec![Vec::new(); generation.segments().len()]).collect();
        let mut slots: Vec<Vec<Slot>> = Vec::new();
        for (generation, sources) in generations.iter().zip(&mut sources) {
            let mut own = Vec::new();
            for (segment, graph) in generation.sources() {
                sources.get_mut(segment)?.push(own.len());
                own.push(Slot { graph, ..Slot::default() });
            }
            slots.push(own);
        }
        let mut stretches = Vec::new();
        for (layer, _, entry) in directory.manifest().segments(layers) {
            // What is damaged stands nowhere.
            let Some(&(generation, segment)) = hash(entry).and_then(|hash| known.get(&hash)) else { continue };
            let sources = sources[generation][segment].clone();
            for &source in &sources {
                // A segment that is there twice has its lines twice: nothing of ours, and not worth the trouble.
                if std::mem::replace(&mut slots[generation][source].is_wanted, true) {
                    return None;
                }
            }
            let lines = 0..entry.quads;
            stretches.push(Stretch { generation, sources, lines, is_loaded: layer == Layer::Loaded });
        }
        let mut rows = Vec::new();
        for (generation, slots) in generations.iter().zip(&mut slots) {
            let mut own = Vec::new();
            for row in generation.table(Order::Subject)?.beginning(&[]) {
                let slot = slots.get_mut(row[3] as usize)?;
                if slot.is_wanted {
                    slot.rows += 1;
                    own.push(row);
                }
            }
            rows.push(own);
        }
        Some(Self { slots, stretches, rows })
    }

    /// Gives each source its place; `None` if a segment has not as many lines as it should.
    fn arrange(&mut self) -> Option<usize> {
        let mut end = 0;
        for stretch in &mut self.stretches {
            let start = end;
            for &source in &stretch.sources {
                let slot = &mut self.slots[stretch.generation][source];
                slot.next = end;
                end += slot.rows;
            }
            if end - start != stretch.lines.end {
                return None;
            }
            stretch.lines = start..end;
        }
        Some(end)
    }

    fn ordered(mut self, text: String, ends: Vec<usize>) -> Option<Ordered> {
        let lines = self.arrange()?;
        let mut rows: Vec<Row> = vec![[0; 4]; lines];
        for (own, slots) in std::mem::take(&mut self.rows).into_iter().zip(&mut self.slots) {
            for [s, p, o, source] in own {
                let slot = &mut slots[source as usize];
                rows[slot.next] = [s, p, o, slot.graph];
                slot.next += 1;
            }
        }
        let written = |number: &u32| term(&text, &ends, *number);
        for stretch in &self.stretches {
            let own = &mut rows[stretch.lines.clone()];
            if stretch.is_loaded && stretch.sources.len() > 1 {
                own.sort_by(|a, b| a.iter().map(written).cmp(b.iter().map(written)));
            } else if stretch.generation > 0 {
                // The first generation alone has all its terms in their order.
                for graph in own.chunk_by_mut(|a, b| a[3] == b[3]) {
                    graph.sort_by(|a, b| a[..3].iter().map(written).cmp(b[..3].iter().map(written)));
                }
            }
        }
        Some(Ordered { text, ends, rows })
    }
}
