//! The user's own shapes in SHACL, held against a store: SHACL Core, and constraints that are SPARQL questions.
//!
//! Shapes are read once ([`reading`]) into what they ask ([`shape`]); [`judging`] walks the graph for each node that they look
//! at, in memory or through the index of a large store ([`facts`]). What is not understood is refused by name: a shape that
//! is passed over in silence would prove nothing. Not known are JavaScript, rules, components of one's own, targets by
//! question, shapes that ask for themselves, and imports that are not among the files.

mod facts;
mod judging;
mod path;
mod reading;
mod report;
mod select;
mod shape;
mod source;
mod terms;
#[cfg(test)]
mod tests;
mod values;

use oxigraph::io::{RdfFormat, RdfParser};
use oxrdf::{NamedNode, Term};

use crate::model::{Code, Fault};
use crate::store::{Dataset, Foreign, LimitError, Limits};

use super::finding::Level;
use facts::{Facts, FactsError};
use judging::{Broken, Judge};
use shape::{Constraint, Shape, ShapeId, Target};
use source::Source;

pub use report::Report;

/// The shapes of some files.
#[derive(Clone, Debug)]
pub struct Shapes {
    source: Source,
    shapes: Vec<Shape>,
}

/// Shapes that cannot be used, or not be asked.
#[derive(Debug, thiserror::Error)]
pub enum ShapesError {
    /// A shape is not well made, or asks for something that is not known.
    #[error("the shape {0}")]
    Broken(String),
    /// Nothing in the files looks at anything.
    #[error(
        "no shape in {0} looks at anything: none has sh:targetClass, sh:targetNode, sh:targetSubjectsOf or sh:targetObjectsOf"
    )]
    Aimless(String),
    /// They cost more than they may.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// The store cannot be asked, or a question of theirs fails.
    #[error("the shapes cannot be held against the store: {0}")]
    Failed(String),
}

/// What is in the names that nodes without one are given.
const BRACKETS: &str = "/.well-known/genid/";

impl ShapesError {
    fn of(node: &NamedNode, why: String) -> Self {
        // Nodes in brackets got names by their place in the file.
        match node.as_str().split_once(BRACKETS).and_then(|(_, rest)| rest.rsplit('/').next()) {
            Some(number) => Self::Broken(format!("in brackets number {number} of its file {why}")),
            None => Self::Broken(format!("{node} {why}")),
        }
    }
}

impl Fault for ShapesError {
    fn code(&self) -> Code {
        match self {
            Self::Broken(_) | Self::Aimless(_) | Self::Failed(_) => Code::SHAPES_UNUSABLE,
            Self::Limit(limit) => limit.code(),
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Limit(limit) => limit.hint(),
            other => other.code().advice(),
        }
    }
}

impl Shapes {
    /// Reads the shapes of some files; `name` tells which, for messages.
    ///
    /// # Errors
    /// If one is not well made or asks for something that is not known, or none looks at anything.
    pub fn read(name: &str, files: &[Foreign]) -> Result<Self, ShapesError> {
        let mut source = Source::default();
        for file in files {
            for quad in RdfParser::from_format(RdfFormat::NQuads).for_slice(file.lines()) {
                source.push(quad.map_err(|error| ShapesError::Failed(error.to_string()))?);
            }
        }
        let shapes = reading::read(&source)?;
        match shapes.iter().any(|shape| !shape.targets.is_empty()) {
            true => Ok(Self { source, shapes }),
            false => Err(ShapesError::Aimless(name.to_owned())),
        }
    }

    /// How many shapes there are.
    pub fn len(&self) -> usize {
        self.shapes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.shapes.is_empty()
    }

    /// What the files import and do not hold: it is not fetched.
    pub fn imports(&self) -> Vec<String> {
        let is_import = |property: &NamedNode| property.as_str() == "http://www.w3.org/2002/07/owl#imports";
        let imported = self.source.all().filter(|(_, property, _)| is_import(property));
        let mut missing: Vec<String> = imported
            .filter_map(|(_, _, object)| match object {
                Term::NamedNode(node) if self.source.of(node).is_empty() => Some(node.as_str().to_owned()),
                _ => None,
            })
            .collect();
        missing.sort_unstable();
        missing.dedup();
        missing
    }

    /// Holds the shapes against the graphs of a dataset, all taken as one.
    ///
    /// # Errors
    /// If it takes more than it may, the store fails, or a question of theirs does.
    pub fn hold(&self, dataset: &Dataset, limits: Limits) -> Result<Report<'_>, ShapesError> {
        let (shapes, dataset, classes) = (self.shapes.clone(), dataset.clone(), self.classes());
        let judged = limits.run(move |token| -> Result<(usize, Vec<Broken>), FactsError> {
            let facts = Facts::new(dataset, token, classes)?;
            Judge::new(&shapes, &facts).all()
        })?;
        let (looked, broken) = judged.map_err(|error| ShapesError::Failed(error.0))?;
        Ok(Report::new(self, looked, broken))
    }

    /// The classes that the shapes name.
    fn classes(&self) -> Vec<NamedNode> {
        let targets = self.shapes.iter().flat_map(|shape| &shape.targets).filter_map(|target| match target {
            Target::Class(class) => Some(class.clone()),
            _ => None,
        });
        let asked = self.shapes.iter().flat_map(|shape| &shape.constraints).filter_map(|constraint| match constraint {
            Constraint::Class(class) => Some(class.clone()),
            _ => None,
        });
        targets.chain(asked).collect()
    }

    fn shape(&self, place: ShapeId) -> Option<&Shape> {
        self.shapes.get(place)
    }

    fn source(&self) -> &Source {
        &self.source
    }
}
