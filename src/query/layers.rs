//! Which layers of the store a query can touch, so that only those need to be loaded.

use std::collections::{BTreeSet, HashSet};

use oxigraph::model::{NamedNodeRef, Variable};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression, PropertyPathExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use crate::lift::Layer;
use crate::lift::vocabulary::{dcterms, foaf, local_name, oa, rdf, rdfs, schema, skos};
use crate::model::Class;

type Layers = BTreeSet<Layer>;

/// The layers that can hold part of the answer.
pub(super) fn layers(query: &Query) -> Vec<Layer> {
    let mut scan = Scan::default();
    // The first reading learns which variables stand for texts, the second tells where they stand.
    scan.query(query);
    scan.layers.clear();
    scan.query(query);
    scan.layers.into_iter().collect()
}

/// Whether the query asks for graph names.
pub(super) fn names_graphs(query: &Query) -> bool {
    let mut scan = Scan::default();
    scan.query(query);
    scan.graphs || query.dataset().is_some()
}

/// Whether the query would ask another server.
pub(super) fn asks_outside(query: &Query) -> bool {
    let mut scan = Scan::default();
    scan.query(query);
    scan.service
}

/// Where triples with a property stand. What the user loaded is always there.
fn of_predicate(iri: &str) -> &'static [Layer] {
    match local_name(iri) {
        Some("mentionedIn" | "quote") => return &[Layer::Evidence],
        Some("partOf" | "memberOf" | "until") => return &[Layer::Claims, Layer::Catalogue],
        Some(_) => return &[Layer::Claims],
        None => {}
    }
    let is = |term: &NamedNodeRef<'_>| term.as_str() == iri;
    if is(&oa::HAS_SOURCE) {
        &[Layer::Evidence]
    } else if IN_CLAIMS.iter().any(is) {
        &[Layer::Claims]
    } else if IN_LINKS.iter().any(is) {
        &[Layer::Links]
    } else if NAMING.iter().any(is) {
        &[Layer::Claims, Layer::Catalogue]
    } else {
        &Layer::ALL
    }
}

/// Properties of claims, documents and values alone.
const IN_CLAIMS: [NamedNodeRef<'static>; 8] = [
    rdf::SUBJECT,
    rdf::PREDICATE,
    rdf::OBJECT,
    schema::SHA256,
    schema::VALUE,
    schema::UNIT_TEXT,
    schema::CURRENCY,
    dcterms::LANGUAGE,
];

/// Properties that tie to outer vocabularies.
const IN_LINKS: [NamedNodeRef<'static>; 6] =
    [schema::SAME_AS, skos::EXACT_MATCH, skos::CLOSE_MATCH, skos::BROAD_MATCH, rdfs::SEE_ALSO, foaf::FOCUS];

/// Properties of entities, in documents and in the catalogue.
const NAMING: [NamedNodeRef<'static>; 4] = [skos::ALT_LABEL, dcterms::IDENTIFIER, dcterms::DATE, schema::NAME];

/// Where things of a class stand.
fn of_class(class: &TermPattern) -> &'static [Layer] {
    let TermPattern::NamedNode(class) = class else { return &Layer::ALL };
    match local_name(class.as_str()) {
        Some("Claim" | "Position") => &[Layer::Claims],
        Some(local) if Class::from_name(local).is_some() => &[Layer::Claims, Layer::Catalogue],
        _ => &Layer::ALL,
    }
}

#[derive(Default)]
struct Scan {
    layers: Layers,
    /// Variables that stand for texts: what is said of them stands in their documents' graphs.
    texts: HashSet<Variable>,
    graphs: bool,
    service: bool,
}

impl Scan {
    fn all(&mut self) {
        self.layers.extend(Layer::ALL);
    }

    fn query(&mut self, query: &Query) {
        match query {
            Query::Select { pattern, .. } | Query::Ask { pattern, .. } | Query::Construct { pattern, .. } => {
                self.pattern(pattern);
            }
            Query::Describe { pattern, .. } => {
                self.all();
                self.pattern(pattern);
            }
        }
    }

    fn pattern(&mut self, pattern: &GraphPattern) {
        match pattern {
            GraphPattern::Bgp { patterns } => patterns.iter().for_each(|triple| self.triple(triple)),
            GraphPattern::Path { path, .. } => self.path(path),
            GraphPattern::Graph { inner, .. } => {
                self.graphs = true;
                self.pattern(inner);
            }
            GraphPattern::Service { .. } => self.service = true,
            GraphPattern::Join { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right }
            | GraphPattern::Lateral { left, right } => {
                self.pattern(left);
                self.pattern(right);
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left);
                self.pattern(right);
                expression.iter().for_each(|expression| self.expression(expression));
            }
            GraphPattern::Filter { expr, inner } => {
                self.expression(expr);
                self.pattern(inner);
            }
            GraphPattern::Extend { inner, expression, .. } => {
                self.expression(expression);
                self.pattern(inner);
            }
            GraphPattern::OrderBy { inner, expression } => {
                self.pattern(inner);
                for order in expression {
                    let (OrderExpression::Asc(expression) | OrderExpression::Desc(expression)) = order;
                    self.expression(expression);
                }
            }
            GraphPattern::Group { inner, aggregates, .. } => {
                self.pattern(inner);
                for (_, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.expression(expr);
                    }
                }
            }
            GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => self.pattern(inner),
            GraphPattern::Values { .. } => {}
        }
    }

    fn triple(&mut self, triple: &TriplePattern) {
        let NamedNodePattern::NamedNode(predicate) = &triple.predicate else { return self.all() };
        if *predicate == rdf::TYPE {
            self.layers.extend(of_class(&triple.object));
            return;
        }
        let text = if *predicate == oa::HAS_SOURCE { &triple.object } else { &triple.subject };
        if let TermPattern::Variable(text) = text {
            if [oa::HAS_SOURCE, schema::SHA256].contains(&predicate.as_ref()) {
                self.texts.insert(text.clone());
            } else if self.texts.contains(text) {
                self.layers.insert(Layer::Claims);
                return;
            }
        }
        self.layers.extend(of_predicate(predicate.as_str()));
    }

    fn path(&mut self, path: &PropertyPathExpression) {
        match path {
            PropertyPathExpression::NamedNode(node) => self.layers.extend(of_predicate(node.as_str())),
            PropertyPathExpression::Sequence(a, b) | PropertyPathExpression::Alternative(a, b) => {
                self.path(a);
                self.path(b);
            }
            PropertyPathExpression::Reverse(a) | PropertyPathExpression::OneOrMore(a) => self.path(a),
            // They also relate a thing to itself, wherever it stands.
            PropertyPathExpression::ZeroOrMore(_)
            | PropertyPathExpression::ZeroOrOne(_)
            | PropertyPathExpression::NegatedPropertySet(_) => self.all(),
        }
    }

    fn expression(&mut self, expression: &Expression) {
        use Expression as E;
        match expression {
            E::Exists(pattern) => self.pattern(pattern),
            E::Or(a, b)
            | E::And(a, b)
            | E::Equal(a, b)
            | E::SameTerm(a, b)
            | E::Greater(a, b)
            | E::GreaterOrEqual(a, b)
            | E::Less(a, b)
            | E::LessOrEqual(a, b)
            | E::Add(a, b)
            | E::Subtract(a, b)
            | E::Multiply(a, b)
            | E::Divide(a, b) => {
                self.expression(a);
                self.expression(b);
            }
            E::UnaryPlus(a) | E::UnaryMinus(a) | E::Not(a) => self.expression(a),
            E::If(a, b, c) => [a, b, c].into_iter().for_each(|part| self.expression(part)),
            E::In(a, list) => {
                self.expression(a);
                list.iter().for_each(|part| self.expression(part));
            }
            E::Coalesce(list) | E::FunctionCall(_, list) => list.iter().for_each(|part| self.expression(part)),
            E::NamedNode(_) | E::Literal(_) | E::Variable(_) | E::Bound(_) => {}
        }
    }
}
