//! What a pattern makes certain of its variables: that they stand for a text, for a thing that some document names, or for
//! one of a few IRIs. Tells [`super::layers`] which layers need not be loaded.

use std::collections::{HashMap, HashSet};

use oxigraph::model::{NamedNode, Variable};
use spargebra::algebra::GraphPattern;
use spargebra::term::{GroundTerm, NamedNodePattern, TermPattern, TriplePattern};

use crate::lift::vocabulary::{oa, rap, rdf, schema};

/// What is certain of variables wherever a pattern matches.
#[derive(Clone, Debug, Default)]
pub(super) struct Certain {
    /// Texts: all that is said of them stands in their documents' graphs.
    texts: HashSet<Variable>,
    /// Things that a document names: their class and label stand in its graph too.
    named: HashSet<Variable>,
    /// Variables that VALUES restrict to IRIs.
    values: HashMap<Variable, Vec<NamedNode>>,
}

impl Certain {
    /// What the pattern itself makes certain.
    pub fn of(pattern: &GraphPattern) -> Self {
        match pattern {
            GraphPattern::Bgp { patterns } => {
                let mut certain = Self::default();
                patterns.iter().for_each(|triple| certain.learn(triple));
                certain
            }
            GraphPattern::Values { variables, bindings } => Self::of_values(variables, bindings),
            GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => {
                Self::of(left).and(&Self::of(right))
            }
            GraphPattern::Union { left, right } => Self::of(left).or(&Self::of(right)),
            GraphPattern::LeftJoin { left: inner, .. }
            | GraphPattern::Minus { left: inner, .. }
            | GraphPattern::Filter { inner, .. }
            | GraphPattern::Extend { inner, .. }
            | GraphPattern::OrderBy { inner, .. }
            | GraphPattern::Graph { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => Self::of(inner),
            GraphPattern::Project { inner, variables } | GraphPattern::Group { inner, variables, .. } => {
                Self::of(inner).only(variables)
            }
            GraphPattern::Path { .. } | GraphPattern::Service { .. } => Self::default(),
        }
    }

    /// What holds where both hold.
    pub fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.texts.extend(other.texts.iter().cloned());
        both.named.extend(other.named.iter().cloned());
        both.values.extend(other.values.iter().map(|(variable, nodes)| (variable.clone(), nodes.clone())));
        both
    }

    /// What is left of it for the variables of a sub-query: others of the same name are others.
    pub fn only(mut self, variables: &[Variable]) -> Self {
        self.texts.retain(|variable| variables.contains(variable));
        self.named.retain(|variable| variables.contains(variable));
        self.values.retain(|variable, _| variables.contains(variable));
        self
    }

    /// Whether it is a text.
    pub fn is_text(&self, term: &TermPattern) -> bool {
        matches!(term, TermPattern::Variable(variable) if self.texts.contains(variable))
    }

    /// Whether a document names it.
    pub fn is_named(&self, term: &TermPattern) -> bool {
        matches!(term, TermPattern::Variable(variable) if self.named.contains(variable))
    }

    /// What the variable can only be.
    pub fn values(&self, variable: &Variable) -> Option<&[NamedNode]> {
        self.values.get(variable).map(Vec::as_slice)
    }

    fn or(mut self, other: &Self) -> Self {
        self.texts.retain(|variable| other.texts.contains(variable));
        self.named.retain(|variable| other.named.contains(variable));
        self.values.clear();
        self
    }

    fn learn(&mut self, triple: &TriplePattern) {
        let NamedNodePattern::NamedNode(predicate) = &triple.predicate else { return };
        let predicate = predicate.as_ref();
        if predicate == oa::HAS_SOURCE {
            self.texts.extend(variable(&triple.object));
        } else if predicate == schema::SHA256 {
            self.texts.extend(variable(&triple.subject));
        } else if predicate == rap::MENTIONED_IN {
            self.named.extend(variable(&triple.subject));
        } else if [rdf::SUBJECT, rdf::OBJECT, rap::SAID_BY].contains(&predicate) {
            self.named.extend(variable(&triple.object));
        }
    }

    fn of_values(variables: &[Variable], bindings: &[Vec<Option<GroundTerm>>]) -> Self {
        let mut certain = Self::default();
        for (column, variable) in variables.iter().enumerate() {
            let nodes = bindings.iter().map(|row| match row.get(column) {
                Some(Some(GroundTerm::NamedNode(node))) => Some(node.clone()),
                _ => None,
            });
            if let Some(nodes) = nodes.collect::<Option<Vec<_>>>() {
                certain.values.insert(variable.clone(), nodes);
            }
        }
        certain
    }
}

fn variable(term: &TermPattern) -> Option<Variable> {
    match term {
        TermPattern::Variable(variable) => Some(variable.clone()),
        _ => None,
    }
}
