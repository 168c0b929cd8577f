//! Lines of the store as quads with numbers for terms.

use crate::lift::Layer;
use crate::store::{Damage, Directory, Error, Line, Part, Value};

use super::quads::{Literal, Node, Quads, Term};

impl Quads {
    /// All quads of some layers of a store, and what of it is damaged.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn from_directory(directory: &mut Directory, layers: &[Layer]) -> Result<(Self, Vec<Damage>), Error> {
        directory.lines(layers, Self::default, |quads, line| {
            quads.push_line(line);
            Ok(())
        })
    }

    /// Adds the quad of a line.
    fn push_line(&mut self, line: Line<'_>) {
        let node = |part| match part {
            Part::Iri(iri) => Node::Iri(iri),
            Part::Blank(label) => Node::Blank(label),
        };
        let graph = line.graph.map(|graph| node(Part::of(graph)));
        let literal = Value::of(line.object);
        let object = match &literal {
            None => Term::Node(node(Part::of(line.object))),
            Some(Value { text, language: Some(language), .. }) => Term::Literal(Literal::Tagged(text, language)),
            Some(Value { text, datatype: Some(datatype), .. }) => Term::Literal(Literal::Typed(text, datatype)),
            Some(Value { text, .. }) => Term::Literal(Literal::Simple(text)),
        };
        let Part::Iri(predicate) = Part::of(line.predicate) else { return };
        self.push(node(Part::of(line.subject)), predicate, object, graph);
    }
}
