//! The index read as what it says, without SPARQL: rows of numbers, and the terms of numbers in their order.

use super::Indexed;
use super::generation::Order;
use super::named::Graphs;
use crate::lift::Layer;
use crate::store::{Damage, Directory, Error};

/// Subject, property, object and graph by their numbers; 0 is the default graph.
pub type NumberedQuad = [u32; 4];

impl Indexed {
    /// The index of some layers of a store, and what of them is damaged; `None` for a store that has none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn open(directory: &mut Directory, layers: &[Layer]) -> Result<Option<(Self, Vec<Damage>)>, Error> {
        Ok(super::open(directory, layers)?.map(|(indexed, _, damages)| (indexed, damages)))
    }

    /// All quads, each once a graph, by subject.
    pub fn quads(&self) -> impl Iterator<Item = NumberedQuad> + '_ {
        self.stated([None; 3], Graphs::All)
    }

    /// The quads with that subject, property or object, as far as they are given.
    pub fn those(&self, pattern: [Option<u32>; 3]) -> impl Iterator<Item = NumberedQuad> + '_ {
        self.stated(pattern, Graphs::All)
    }

    /// The quads whose property is wanted, by property.
    pub fn with_properties<'i>(
        &'i self,
        wanted: &dyn Fn(&str) -> bool,
    ) -> impl Iterator<Item = NumberedQuad> + use<'i> {
        let tables = self.generations.iter().filter_map(|generation| generation.table(Order::Predicate));
        let mut properties: Vec<u32> = tables.flat_map(|table| table.firsts()).collect();
        properties.sort_unstable();
        properties.dedup();
        let is_wanted = |text: &str| text.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).is_some_and(wanted);
        properties.retain(|&property| self.text(property).is_some_and(|text| is_wanted(&text)));
        properties.into_iter().flat_map(|property| self.those([None, Some(property), None]))
    }

    /// The number of a term as it stands in N-Quads, if it is there.
    pub fn find(&self, text: &str) -> Option<u32> {
        self.generations.iter().rev().find_map(|generation| generation.find(text))
    }

    /// One more than the highest number of a term.
    pub fn bound(&self) -> usize {
        self.generations.last().map_or(1, |last| last.numbers().end as usize)
    }

    /// Hands on the terms of some numbers, which come sorted and each once: by their text, however the generations lie.
    pub fn each_term(&self, numbers: &[u32], note: &mut dyn FnMut(u32, &str)) {
        let mut parts: Vec<_> =
            self.generations.iter().map(|generation| generation.terms(numbers).peekable()).collect();
        loop {
            let heads = parts.iter_mut().enumerate().filter_map(|(at, part)| Some((at, part.peek()?)));
            let Some((least, _)) = heads.min_by(|(_, one), (_, other)| one.1.cmp(&other.1)) else { return };
            if let Some((number, text)) = parts[least].next() {
                note(number, &text);
            }
        }
    }
}
