//! Lines of the store, or its index, as quads with numbers for terms.

use crate::lift::Layer;
use crate::store::{Damage, Directory, Error, Indexed, Line, Part, Value};

use super::quads::{Literal, Node, QuadIds, Quads, Term, TermId};

impl Quads {
    /// All quads of some layers of a store, and what of it is damaged.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn from_directory(directory: &mut Directory, layers: &[Layer]) -> Result<(Self, Vec<Damage>), Error> {
        if let Some((index, damages)) = Indexed::open(directory, layers)? {
            return Ok((Self::of_index(&index, index.quads()), damages));
        }
        Self::from_segments(directory, layers)
    }

    /// The same from the segments alone, each proved.
    ///
    /// # Errors
    /// As [`Quads::from_directory`].
    pub fn from_segments(directory: &mut Directory, layers: &[Layer]) -> Result<(Self, Vec<Damage>), Error> {
        directory.lines(layers, Self::default, |quads, line| {
            quads.push_line(line);
            Ok(())
        })
    }

    /// Quads of the index. Terms are numbered by their text, whatever numbers they have there.
    pub fn of_index(index: &Indexed, rows: impl Iterator<Item = [u32; 4]>) -> Self {
        let rows: Vec<[u32; 4]> = rows.collect();
        let mut ids: Vec<Option<TermId>> = vec![None; index.bound()];
        let mut is_used = vec![false; ids.len()];
        rows.iter()
            .flatten()
            .filter_map(|&number| is_used.get_mut(number as usize).map(|used| *used = true))
            .for_each(drop);
        let numbers: Vec<u32> =
            (1..).zip(is_used.iter().skip(1)).filter(|(_, used)| **used).map(|(number, _)| number).collect();
        let mut quads = Self::default();
        index.each_term(&numbers, &mut |number, text| ids[number as usize] = Some(quads.intern_text(text)));
        let id = |number: u32| ids.get(number as usize).copied().flatten();
        for [subject, predicate, object, graph] in rows {
            if let (Some(subject), Some(predicate), Some(object)) = (id(subject), id(predicate), id(object)) {
                quads.insert_ids(QuadIds { subject, predicate, object, graph: id(graph) });
            }
        }
        quads
    }

    /// The number of a term as it stands in N-Quads, which is put in if it is new.
    fn intern_text(&mut self, text: &str) -> TermId {
        match Value::of(text) {
            None => self.intern_some(node(text)),
            Some(value) => self.intern_literal(literal(&value)),
        }
    }

    /// Adds the quads of N-Quads that we wrote; what is no line is passed over.
    pub fn push_lines(&mut self, text: &str) {
        let lines = text.split_inclusive('\n').filter_map(|line| Line::split(line.as_bytes()));
        lines.for_each(|line| self.push_line(line));
    }

    /// Adds the quad of a line.
    fn push_line(&mut self, line: Line<'_>) {
        let value = Value::of(line.object);
        let object =
            value.as_ref().map_or_else(|| Term::Node(node(line.object)), |value| Term::Literal(literal(value)));
        let Part::Iri(predicate) = Part::of(line.predicate) else { return };
        self.push(node(line.subject), predicate, object, line.graph.map(node));
    }
}

fn node(text: &str) -> Node<'_> {
    match Part::of(text) {
        Part::Iri(iri) => Node::Iri(iri),
        Part::Blank(label) => Node::Blank(label),
    }
}

fn literal<'v>(value: &'v Value<'_>) -> Literal<'v> {
    match value {
        Value { text, language: Some(language), .. } => Literal::Tagged(text, language),
        Value { text, datatype: Some(datatype), .. } => Literal::Typed(text, datatype),
        Value { text, .. } => Literal::Simple(text),
    }
}
