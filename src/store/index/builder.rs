//! A generation is made of the lines of segments.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

use super::generation::{Generation, Parts};
use super::table::Row;
use crate::store::Line;

/// Segments on their way into a generation.
pub struct Builder<'g> {
    earlier: &'g [Arc<Generation>],
    texts: Texts,
    segments: Vec<[u8; 32]>,
    sources: Vec<(u32, u32)>,
    rows: Vec<Row>,
}

impl<'g> Builder<'g> {
    /// Nothing yet; terms of the earlier generations keep their numbers.
    pub fn new(earlier: &'g [Arc<Generation>]) -> Self {
        // Number 0 is the default graph.
        let mut texts = Texts::default();
        texts.number("");
        Self { earlier, texts, segments: Vec::new(), sources: Vec::new(), rows: Vec::new() }
    }

    /// Whether no segment was added.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// Adds the N-Quads of a segment; else why not. A segment that is refused leaves nothing behind.
    pub fn add(&mut self, hash: [u8; 32], lines: &[u8]) -> Result<(), String> {
        let segment = number(self.segments.len());
        let (rows, sources) = (self.rows.len(), self.sources.len());
        let mut graphs: HashMap<u32, u32, FxBuildHasher> = HashMap::default();
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            let Some(line) = Line::split(line) else {
                self.rows.truncate(rows);
                self.sources.truncate(sources);
                return Err("a line is no quad".to_owned());
            };
            let graph = line.graph.map_or(0, |graph| self.texts.number(graph));
            let source = *graphs.entry(graph).or_insert_with(|| {
                self.sources.push((segment, graph));
                number(self.sources.len() - 1)
            });
            let [s, p, o] = [line.subject, line.predicate, line.object].map(|term| self.texts.number(term));
            self.rows.push([s, p, o, source]);
        }
        self.segments.push(hash);
        Ok(())
    }

    /// The bytes of the generation.
    pub fn finish(mut self) -> Vec<u8> {
        let first = self.earlier.last().map_or(1, |last| last.numbers().end);
        let find = |text: &str| self.earlier.iter().rev().find_map(|generation| generation.find(text));
        let mut known: Vec<u32> = self.texts.all().map(|text| find(text).unwrap_or(0)).collect();
        let mut fresh: Vec<usize> = (1..known.len()).filter(|&at| known[at] == 0).collect();
        fresh.sort_unstable_by_key(|&at| self.texts.get(at));
        fresh.iter().zip(first..).for_each(|(&at, number)| known[at] = number);
        let new = |old: u32| known[old as usize];
        for row in &mut self.rows {
            let [s, p, o, source] = *row;
            *row = [new(s), new(p), new(o), source];
        }
        self.sources.iter_mut().for_each(|(_, graph)| *graph = new(*graph));
        let terms = fresh.iter().map(|&at| self.texts.get(at)).collect();
        Generation::write(Parts {
            first,
            terms,
            segments: &self.segments,
            sources: &self.sources,
            rows: std::mem::take(&mut self.rows),
        })
    }
}

fn number(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Different texts, by the order in which they came.
#[derive(Default)]
struct Texts {
    text: String,
    ends: Vec<usize>,
    index: HashTable<u32>,
}

impl Texts {
    fn get(&self, at: usize) -> &str {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[at]]
    }

    fn all(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len()).map(|at| self.get(at))
    }

    /// The number of a text, which is put in if it is new.
    fn number(&mut self, text: &str) -> u32 {
        let hash = FxBuildHasher.hash_one(text);
        if let Some(&known) = self.index.find(hash, |&at| self.get(at as usize) == text) {
            return known;
        }
        let new = number(self.ends.len());
        self.text.push_str(text);
        self.ends.push(self.text.len());
        let (text, ends) = (&self.text, &self.ends);
        self.index.insert_unique(hash, new, |&at| {
            let at = at as usize;
            let start = at.checked_sub(1).map_or(0, |before| ends[before]);
            FxBuildHasher.hash_one(&text[start..ends[at]])
        });
        new
    }
}
