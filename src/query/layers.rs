//! Which layers of the store a query can touch, so that only those need to be loaded.

use std::collections::BTreeSet;

use oxigraph::model::{NamedNode, NamedNodeRef};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression, PropertyPathExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use super::certain::Certain;
use crate::lift::Layer;
use crate::lift::vocabulary::{dcterms, foaf, local_name, oa, rdf, rdfs, relations, schema, skos};
use crate::model::{Class, Relation};

/// What a query can touch.
#[derive(Clone, Debug, Default)]
pub(super) struct QueryReach {
    /// The layers that can hold part of the answer.
    pub layers: Vec<Layer>,
    /// Whether it asks which graph says what.
    pub graphs: bool,
    /// The addresses that SERVICE would ask; `None` for one that a variable holds.
    pub services: Vec<Option<String>>,
    /// Patterns of its largest group: what the engine has to put in order all at once.
    pub breadth: usize,
}

/// What the query can touch.
pub(super) fn reach(query: &Query) -> QueryReach {
    let scan = Scan::of(query);
    QueryReach {
        layers: scan.layers.into_iter().collect(),
        graphs: scan.graphs || query.dataset().is_some(),
        services: scan.services,
        breadth: scan.breadth,
    }
}

/// How many patterns a group joins.
fn joined(pattern: &GraphPattern) -> usize {
    match pattern {
        GraphPattern::Bgp { patterns } => patterns.len(),
        GraphPattern::Join { left, right } => joined(left) + joined(right),
        GraphPattern::Filter { inner, .. } | GraphPattern::Extend { inner, .. } | GraphPattern::Graph { inner, .. } => {
            joined(inner)
        }
        _ => 1,
    }
}

/// Whether a pattern asks no other machine.
pub(super) fn is_local(pattern: &GraphPattern) -> bool {
    let mut scan = Scan::default();
    scan.pattern(pattern, &Certain::default());
    scan.services.is_empty()
}

/// Where triples with a property stand. What the user loaded is always there.
fn of_predicate(iri: &str) -> &'static [Layer] {
    match local_name(iri) {
        Some("quote") => return &[Layer::Evidence],
        Some("mentionedIn") => return &[Layer::Mentions],
        Some("linkMethod" | "linkScore" | "linkEvidence") => return &[Layer::LinkEvidence],
        Some("linkSource") => return &[Layer::Links, Layer::LinkEvidence],
        Some("ruling" | "statedKey" | "statedValue") => return &[Layer::Review],
        Some(local) if local.starts_with("decided") || local.starts_with("corrected") => return &[Layer::Review],
        Some("standing") => return &[Layer::Doubtful],
        Some("until") => return &[Layer::Claims, Layer::Catalogue],
        Some("validFrom" | "validUntil" | "predecessor" | "successor" | "nameInTime") => return &[Layer::Catalogue],
        Some(local) if relations().get(local).is_some_and(Relation::is_in_catalogue) => {
            return &[Layer::Claims, Layer::Catalogue];
        }
        Some(_) => return &[Layer::Claims],
        None => {}
    }
    let is = |term: &NamedNodeRef<'_>| term.as_str() == iri;
    if is(&oa::HAS_SOURCE) {
        &[Layer::Evidence]
    } else if is(&oa::HAS_TARGET) || is(&oa::HAS_BODY) {
        &[Layer::LinkEvidence, Layer::Review]
    } else if IN_CLAIMS.iter().any(is) {
        &[Layer::Claims]
    } else if IN_LINKS.iter().any(is) {
        &[Layer::Links]
    } else if NAMING.iter().any(is) {
        &[Layer::Claims, Layer::Catalogue]
    } else {
        &Layer::STANDING
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
fn of_class(iri: &str) -> &'static [Layer] {
    match local_name(iri) {
        Some("Claim" | "Position") => &[Layer::Claims],
        Some("Link" | "LinkCandidate") => &[Layer::LinkEvidence],
        Some("LinkDecision" | "ClaimDecision" | "DocumentDecision") => &[Layer::Review],
        Some(local) if Class::from_name(local).is_some() => &[Layer::Claims, Layer::Catalogue],
        _ => &Layer::STANDING,
    }
}

#[derive(Default)]
struct Scan {
    layers: BTreeSet<Layer>,
    graphs: bool,
    services: Vec<Option<String>>,
    breadth: usize,
}

impl Scan {
    fn of(query: &Query) -> Self {
        let mut scan = Self::default();
        match query {
            Query::Select { pattern, .. } | Query::Ask { pattern, .. } | Query::Construct { pattern, .. } => {
                scan.pattern(pattern, &Certain::default());
            }
            Query::Describe { pattern, .. } => {
                scan.all();
                scan.pattern(pattern, &Certain::default());
            }
        }
        scan
    }

    fn all(&mut self) {
        self.layers.extend(Layer::STANDING);
    }

    /// `outer` is certain by the patterns that it is joined with.
    fn pattern(&mut self, pattern: &GraphPattern, outer: &Certain) {
        let here = match pattern {
            GraphPattern::Project { inner, variables } => outer.clone().only(variables).and(&Certain::of(inner)),
            _ => outer.and(&Certain::of(pattern)),
        };
        self.breadth = self.breadth.max(joined(pattern));
        match pattern {
            GraphPattern::Bgp { patterns } => patterns.iter().for_each(|triple| self.triple(triple, &here)),
            GraphPattern::Path { path, .. } => self.path(path),
            GraphPattern::Graph { inner, .. } => {
                self.graphs = true;
                self.pattern(inner, &here);
            }
            GraphPattern::Service { name, .. } => self.services.push(match name {
                NamedNodePattern::NamedNode(address) => Some(address.as_str().to_owned()),
                NamedNodePattern::Variable(_) => None,
            }),
            GraphPattern::Join { left, right }
            | GraphPattern::Lateral { left, right }
            | GraphPattern::Union { left, right }
            | GraphPattern::Minus { left, right } => {
                self.pattern(left, &here);
                self.pattern(right, &here);
            }
            GraphPattern::LeftJoin { left, right, expression } => {
                self.pattern(left, &here);
                self.pattern(right, &here);
                expression.iter().for_each(|expression| self.expression(expression, &here));
            }
            GraphPattern::Filter { expr: expression, inner } | GraphPattern::Extend { inner, expression, .. } => {
                self.expression(expression, &here);
                self.pattern(inner, &here);
            }
            GraphPattern::OrderBy { inner, expression } => {
                self.pattern(inner, &here);
                for order in expression {
                    let (OrderExpression::Asc(expression) | OrderExpression::Desc(expression)) = order;
                    self.expression(expression, &here);
                }
            }
            GraphPattern::Group { inner, aggregates, .. } => {
                self.pattern(inner, &here);
                for (_, aggregate) in aggregates {
                    if let AggregateExpression::FunctionCall { expr, .. } = aggregate {
                        self.expression(expr, &here);
                    }
                }
            }
            GraphPattern::Project { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner }
            | GraphPattern::Slice { inner, .. } => self.pattern(inner, &here),
            GraphPattern::Values { .. } => {}
        }
    }

    fn triple(&mut self, triple: &TriplePattern, here: &Certain) {
        let subject = &triple.subject;
        let predicates = match &triple.predicate {
            NamedNodePattern::NamedNode(predicate) => std::slice::from_ref(predicate),
            NamedNodePattern::Variable(variable) => match here.values(variable) {
                Some(values) => values,
                None => return self.all(),
            },
        };
        for predicate in predicates {
            let predicate = predicate.as_ref();
            if here.is_text(subject) && describes_texts(predicate)
                || here.is_named(subject) && describes_things(predicate)
            {
                self.layers.insert(Layer::Claims);
            } else if predicate == rdf::TYPE {
                self.classes(&triple.object, here);
            } else {
                self.layers.extend(of_predicate(predicate.as_str()));
            }
        }
    }

    fn classes(&mut self, class: &TermPattern, here: &Certain) {
        let classes: &[NamedNode] = match class {
            TermPattern::NamedNode(class) => std::slice::from_ref(class),
            TermPattern::Variable(variable) => match here.values(variable) {
                Some(values) => values,
                None => return self.all(),
            },
            _ => return self.all(),
        };
        self.layers.extend(classes.iter().flat_map(|class| of_class(class.as_str())));
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

    fn expression(&mut self, expression: &Expression, here: &Certain) {
        use Expression as E;
        match expression {
            E::Exists(pattern) => self.pattern(pattern, here),
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
                self.expression(a, here);
                self.expression(b, here);
            }
            E::UnaryPlus(a) | E::UnaryMinus(a) | E::Not(a) => self.expression(a, here),
            E::If(a, b, c) => [a, b, c].into_iter().for_each(|part| self.expression(part, here)),
            E::In(a, list) => {
                self.expression(a, here);
                list.iter().for_each(|part| self.expression(part, here));
            }
            E::Coalesce(list) | E::FunctionCall(_, list) => list.iter().for_each(|part| self.expression(part, here)),
            E::NamedNode(_) | E::Literal(_) | E::Variable(_) | E::Bound(_) => {}
        }
    }
}

/// What the graph of a document says of its text; nobody else does.
fn describes_texts(predicate: NamedNodeRef<'_>) -> bool {
    NAMING.contains(&predicate) || [rdf::TYPE, skos::PREF_LABEL, dcterms::TITLE].contains(&predicate)
}

/// What the graph of a document says of each thing that it names.
fn describes_things(predicate: NamedNodeRef<'_>) -> bool {
    [rdf::TYPE, skos::PREF_LABEL].contains(&predicate)
}
