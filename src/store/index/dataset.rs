//! The index as a dataset that SPARQL is asked of. Its default graph is the union of all graphs, in which a triple stands once;
//! beside it stands each named graph.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use oxrdf::Term;
use spareval::{InternalQuad, QueryableDataset};

use super::generation::{Generation, Order};
use super::table::Rows;
use crate::store::terms::term;

/// From here on numbers are of terms that no generation has: those that a question brings along or computes.
const ELSEWHERE: u32 = 1 << 31;

/// Some generations, and which of their sources count.
#[derive(Debug)]
pub struct Indexed {
    pub(super) generations: Vec<Arc<Generation>>,
    /// By generation, whether each source counts, and its graph.
    pub(super) sources: Vec<Vec<(bool, u32)>>,
    elsewhere: Mutex<Elsewhere>,
}

#[derive(Debug, Default)]
struct Elsewhere {
    terms: Vec<Term>,
    numbers: HashMap<Term, u32>,
}

/// An index that does not hold together.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the index of the store is damaged: remove the folder “index” in it, it is made again")]
pub struct IndexError;

impl Indexed {
    /// The generations, of which only what stands in the wanted segments counts.
    pub fn new(generations: Vec<Arc<Generation>>, wanted: &HashSet<[u8; 32]>) -> Self {
        let sources = generations.iter().map(|generation| {
            let counts: Vec<bool> = generation.segments().iter().map(|hash| wanted.contains(hash)).collect();
            let source = |(segment, graph): (usize, u32)| (counts.get(segment).copied().unwrap_or_default(), graph);
            generation.sources().map(source).collect()
        });
        let sources = sources.collect();
        Self { generations, sources, elsewhere: Mutex::default() }
    }

    /// What is said first of a thing with a property.
    pub fn object(&self, subject: Term, property: Term) -> Option<Term> {
        let known = |term: Term| Some(self.number(term)).filter(|&number| number < ELSEWHERE);
        let pattern = [Some(known(subject)?), Some(known(property)?), None];
        let [_, _, object] = self.triples(pattern).next()?;
        self.term(object)
    }

    /// A term as it stands in N-Quads.
    pub fn text(&self, number: u32) -> Option<String> {
        self.generations.iter().find(|generation| generation.numbers().contains(&number))?.term(number)
    }

    /// The triples that fit, each once, in the order of the table that serves them.
    fn triples(&self, pattern: [Option<u32>; 3]) -> Triples<'_> {
        let (order, prefix) = plan(pattern);
        let heads = self.generations.iter().zip(&self.sources).filter_map(|(generation, sources)| {
            let rows = generation.table(order)?.beginning(&prefix);
            Head::new(rows, sources)
        });
        Triples { order, heads: heads.collect() }
    }

    fn number(&self, term: Term) -> u32 {
        let text = term.to_string();
        let known = self.generations.iter().rev().find_map(|generation| generation.find(&text));
        known.unwrap_or_else(|| self.elsewhere.lock().unwrap_or_else(PoisonError::into_inner).number(term))
    }

    fn term(&self, number: u32) -> Option<Term> {
        match number.checked_sub(ELSEWHERE) {
            Some(at) => self.elsewhere.lock().unwrap_or_else(PoisonError::into_inner).terms.get(at as usize).cloned(),
            None => self.text(number).map(|text| term(&text)),
        }
    }
}

/// The table that serves a pattern, and what its rows must begin with.
pub(super) fn plan(pattern: [Option<u32>; 3]) -> (Order, Vec<u32>) {
    let order = match pattern {
        [Some(_), None, Some(_)] | [None, None, Some(_)] => Order::Object,
        [Some(_), ..] | [None, None, None] => Order::Subject,
        [None, Some(_), _] => Order::Predicate,
    };
    let known = order.arrange(pattern.map(Option::unwrap_or_default)).into_iter();
    (order, known.take_while(|&known| known != 0).collect())
}

impl Elsewhere {
    fn number(&mut self, term: Term) -> u32 {
        let next = ELSEWHERE | u32::try_from(self.terms.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(term.clone()).or_insert(next);
        if number == next {
            self.terms.push(term);
        }
        number
    }
}

/// The next row of a generation that counts.
struct Head<'i> {
    rows: Rows<'i>,
    sources: &'i [(bool, u32)],
    next: [u32; 3],
}

impl<'i> Head<'i> {
    fn new(rows: Rows<'i>, sources: &'i [(bool, u32)]) -> Option<Self> {
        let mut head = Self { rows, sources, next: [0; 3] };
        head.advance().then_some(head)
    }

    /// Goes on to the next triple that counts and is another; `false` at the end.
    fn advance(&mut self) -> bool {
        let (sources, before) = (self.sources, self.next);
        let counts =
            |row: &[u32; 4]| row[..3] != before && sources.get(row[3] as usize).is_some_and(|&(counts, _)| counts);
        match self.rows.find(counts) {
            Some([a, b, c, _]) => {
                self.next = [a, b, c];
                true
            }
            None => false,
        }
    }
}

/// Triples of several generations, merged.
struct Triples<'i> {
    order: Order,
    heads: Vec<Head<'i>>,
}

impl Iterator for Triples<'_> {
    type Item = [u32; 3];

    fn next(&mut self) -> Option<[u32; 3]> {
        let least = self.heads.iter().map(|head| head.next).min()?;
        self.heads.retain_mut(|head| head.next != least || head.advance());
        Some(self.order.restore(least))
    }
}

impl<'i> QueryableDataset<'i> for &'i Indexed {
    type InternalTerm = u32;
    type Error = IndexError;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&u32>,
        predicate: Option<&u32>,
        object: Option<&u32>,
        graph_name: Option<Option<&u32>>,
    ) -> impl Iterator<Item = Result<InternalQuad<u32>, IndexError>> + use<'i> {
        let pattern = [subject, predicate, object].map(Option::<&u32>::copied);
        let union = (graph_name == Some(None)).then(|| self.triples(pattern));
        let named = (graph_name != Some(None)).then(|| self.named(pattern, graph_name.flatten().copied()));
        let union = union.into_iter().flatten().map(|[s, p, o]| [s, p, o, 0]);
        union.chain(named.into_iter().flatten()).map(|[subject, predicate, object, graph]| {
            let graph_name = (graph != 0).then_some(graph);
            Ok(InternalQuad { subject, predicate, object, graph_name })
        })
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<u32, IndexError>> + use<'i> {
        self.graphs().into_iter().map(Ok)
    }

    fn contains_internal_graph_name(&self, graph: &u32) -> Result<bool, IndexError> {
        Ok(self.graphs().contains(graph))
    }

    fn internalize_term(&self, term: Term) -> Result<u32, IndexError> {
        Ok(self.number(term))
    }

    fn externalize_term(&self, term: u32) -> Result<Term, IndexError> {
        self.term(term).ok_or(IndexError)
    }
}
