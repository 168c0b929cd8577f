//! What is known here is told to a machine that SERVICE asks, so that it sends the rows that can be joined, and not all it has.

use oxigraph::model::{Term, Variable};
use spargebra::algebra::GraphPattern;
use spargebra::term::GroundTerm;

use super::layers;

/// Values that are sent along, at most: services refuse questions that are too long.
pub(super) const MOST: usize = 1000;

/// Answers a pattern from the data here: rows of these variables, each row once; `None` if that is not possible.
type Answer<'a> = dyn Fn(&GraphPattern, &[Variable]) -> Option<Vec<Vec<Option<Term>>>> + 'a;

/// The same pattern, in which each SERVICE that is joined with a pattern holds the values that this one has here.
pub(super) fn narrow(pattern: GraphPattern, answer: &Answer<'_>) -> GraphPattern {
    let boxed = |inner: Box<GraphPattern>| Box::new(narrow(*inner, answer));
    match pattern {
        GraphPattern::Join { left, right } => {
            let (left, right) = (narrow(*left, answer), narrow(*right, answer));
            let left = with_values(left, &right, answer);
            let right = with_values(right, &left, answer);
            GraphPattern::Join { left: Box::new(left), right: Box::new(right) }
        }
        GraphPattern::LeftJoin { left, right, expression } => {
            let left = boxed(left);
            let right = Box::new(with_values(*right, &left, answer));
            GraphPattern::LeftJoin { left, right, expression }
        }
        GraphPattern::Union { left, right } => GraphPattern::Union { left: boxed(left), right: boxed(right) },
        GraphPattern::Filter { expr, inner } => GraphPattern::Filter { expr, inner: boxed(inner) },
        GraphPattern::Extend { inner, variable, expression } => {
            GraphPattern::Extend { inner: boxed(inner), variable, expression }
        }
        GraphPattern::OrderBy { inner, expression } => GraphPattern::OrderBy { inner: boxed(inner), expression },
        GraphPattern::Project { inner, variables } => GraphPattern::Project { inner: boxed(inner), variables },
        GraphPattern::Distinct { inner } => GraphPattern::Distinct { inner: boxed(inner) },
        GraphPattern::Reduced { inner } => GraphPattern::Reduced { inner: boxed(inner) },
        GraphPattern::Slice { inner, start, length } => GraphPattern::Slice { inner: boxed(inner), start, length },
        GraphPattern::Group { inner, variables, aggregates } => {
            GraphPattern::Group { inner: boxed(inner), variables, aggregates }
        }
        // Within GRAPH a pattern means another thing than alone.
        other => other,
    }
}

/// A SERVICE with the values that its variables have in what it is joined with.
fn with_values(pattern: GraphPattern, other: &GraphPattern, answer: &Answer<'_>) -> GraphPattern {
    let GraphPattern::Service { name, inner, silent } = pattern else { return pattern };
    let inner = match values(&inner, other, answer) {
        Some(values) => Box::new(GraphPattern::Join { left: Box::new(values), right: inner }),
        None => inner,
    };
    GraphPattern::Service { name, inner, silent }
}

fn values(inner: &GraphPattern, other: &GraphPattern, answer: &Answer<'_>) -> Option<GraphPattern> {
    let local = local(other)?;
    let (mut here, mut variables) = (Vec::new(), Vec::new());
    local.on_in_scope_variable(|variable| here.push(variable.clone()));
    inner.on_in_scope_variable(|variable| {
        if here.contains(variable) && !variables.contains(variable) {
            variables.push(variable.clone());
        }
    });
    if variables.is_empty() {
        return None;
    }
    let rows = answer(local, &variables).filter(|rows| rows.len() <= MOST)?;
    // What has no value here may have any there.
    let ground = |term: Option<Term>| GroundTerm::try_from(term?).ok().map(Some);
    let bindings = rows.into_iter().map(|row| row.into_iter().map(ground).collect()).collect::<Option<_>>()?;
    Some(GraphPattern::Values { variables, bindings })
}

/// The part of a joined pattern that asks nobody else.
fn local(pattern: &GraphPattern) -> Option<&GraphPattern> {
    match pattern {
        _ if layers::is_local(pattern) => Some(pattern),
        GraphPattern::Join { left, right } => local(left).or_else(|| local(right)),
        GraphPattern::LeftJoin { left, .. } => local(left),
        _ => None,
    }
}
