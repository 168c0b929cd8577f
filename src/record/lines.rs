//! Lines of the store as quads with numbers for terms.

use crate::lift::Layer;
use crate::store::{Damage, Directory, Error, Line, Ordered, Part, Value};

use super::quads::{Literal, Node, QuadIds, Quads, Term, TermId};

impl Quads {
    /// All quads of some layers of a store, and what of it is damaged.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn from_directory(directory: &mut Directory, layers: &[Layer]) -> Result<(Self, Vec<Damage>), Error> {
        if let Some((lines, damages)) = directory.ordered(layers)? {
            return Ok((Self::of_ordered(&lines), damages));
        }
        directory.lines(layers, Self::default, |quads, line| {
            quads.push_line(line);
            Ok(())
        })
    }

    /// The same quads and numbers as out of the lines themselves.
    fn of_ordered(lines: &Ordered) -> Self {
        let mut quads = Self::default();
        quads.reserve(lines.rows().len(), lines.terms(), lines.bytes());
        let mut known: Vec<Option<TermId>> = vec![None; lines.terms() + 1];
        for &[subject, predicate, object, graph] in lines.rows() {
            let mut id = |number: u32| match known.get(number as usize) {
                Some(Some(id)) => *id,
                _ => {
                    let id = quads.intern_term(term(&Value::of(lines.term(number)), lines.term(number)));
                    if let Some(place) = known.get_mut(number as usize) {
                        *place = Some(id);
                    }
                    id
                }
            };
            let row = QuadIds {
                subject: id(subject),
                predicate: id(predicate),
                object: id(object),
                graph: (graph != 0).then(|| id(graph)),
            };
            quads.insert_ids(row);
        }
        quads
    }

    /// Adds the quad of a line.
    fn push_line(&mut self, line: Line<'_>) {
        let graph = line.graph.map(node);
        let literal = Value::of(line.object);
        let Part::Iri(predicate) = Part::of(line.predicate) else { return };
        self.push(node(line.subject), predicate, term(&literal, line.object), graph);
    }
}

fn node(written: &str) -> Node<'_> {
    match Part::of(written) {
        Part::Iri(iri) => Node::Iri(iri),
        Part::Blank(label) => Node::Blank(label),
    }
}

/// A term as it stands in a line; `literal` is what it is if it is one.
fn term<'t>(literal: &'t Option<Value<'t>>, written: &'t str) -> Term<'t> {
    match literal {
        None => Term::Node(node(written)),
        Some(Value { text, language: Some(language), .. }) => Term::Literal(Literal::Tagged(text, language)),
        Some(Value { text, datatype: Some(datatype), .. }) => Term::Literal(Literal::Typed(text, datatype)),
        Some(Value { text, .. }) => Term::Literal(Literal::Simple(text)),
    }
}
