//! The seam between our quads and the formatters: oxrdf terms as the borrowed terms of `rio_api`.
//!
//! `rio_api` is unmaintained and speaks RDF 1.1 only; it is used for its two formatter traits, which let any writer here
//! take triples from any program that speaks them, at no copy. Nothing here writes RDF 1.2. No other file names it.

use oxigraph::model::{GraphNameRef, LiteralRef, NamedNodeRef, NamedOrBlankNodeRef, QuadRef, TermRef, vocab::xsd};
pub use rio_api::formatter::{QuadsFormatter, TriplesFormatter};
pub use rio_api::model as rio;

use super::ExportError;
use crate::record::{Literal, Node, QuadIds, Quads, Term, TermId};

impl QuadsFormatter for Quads {
    type Error = ExportError;

    fn format(&mut self, quad: &rio::Quad<'_>) -> Result<(), ExportError> {
        let object = match quad.object {
            rio::Term::NamedNode(node) => Term::Node(Node::Iri(node.iri)),
            rio::Term::BlankNode(node) => Term::Node(Node::Blank(node.id)),
            rio::Term::Literal(rio::Literal::Simple { value }) => Term::Literal(Literal::Simple(value)),
            rio::Term::Literal(rio::Literal::LanguageTaggedString { value, language }) => {
                Term::Literal(Literal::Tagged(value, language))
            }
            rio::Term::Literal(rio::Literal::Typed { value, datatype }) => {
                Term::Literal(Literal::Typed(value, datatype.iri))
            }
            rio::Term::Triple(_) => return Err(ExportError::QuotedTriple),
        };
        let subject = match quad.subject {
            rio::Subject::NamedNode(node) => Node::Iri(node.iri),
            rio::Subject::BlankNode(node) => Node::Blank(node.id),
            rio::Subject::Triple(_) => return Err(ExportError::QuotedTriple),
        };
        let graph = quad.graph_name.map(|graph| match graph {
            rio::GraphName::NamedNode(node) => Node::Iri(node.iri),
            rio::GraphName::BlankNode(node) => Node::Blank(node.id),
        });
        self.push(subject, quad.predicate.iri, object, graph);
        Ok(())
    }
}

impl TriplesFormatter for Quads {
    type Error = ExportError;

    fn format(&mut self, triple: &rio::Triple<'_>) -> Result<(), ExportError> {
        let quad =
            rio::Quad { subject: triple.subject, predicate: triple.predicate, object: triple.object, graph_name: None };
        QuadsFormatter::format(self, &quad)
    }
}

/// A quad of ours as the formatters take it, borrowed.
pub fn quad(quads: &Quads, row: QuadIds) -> rio::Quad<'_> {
    rio::Quad {
        subject: node(quads, row.subject),
        predicate: rio::NamedNode { iri: quads.text(row.predicate) },
        object: match quads.term(row.object) {
            Term::Node(Node::Iri(iri)) => rio::NamedNode { iri }.into(),
            Term::Node(Node::Blank(id)) => rio::BlankNode { id }.into(),
            Term::Literal(Literal::Simple(value)) => rio::Literal::Simple { value }.into(),
            Term::Literal(Literal::Tagged(value, language)) => {
                rio::Literal::LanguageTaggedString { value, language }.into()
            }
            Term::Literal(Literal::Typed(value, iri)) => {
                rio::Literal::Typed { value, datatype: rio::NamedNode { iri } }.into()
            }
        },
        graph_name: row.graph.map(|graph| match node(quads, graph) {
            rio::Subject::BlankNode(node) => node.into(),
            _ => rio::NamedNode { iri: quads.text(graph) }.into(),
        }),
    }
}

fn node(quads: &Quads, id: TermId) -> rio::Subject<'_> {
    match quads.iri(id) {
        Some(iri) => rio::NamedNode { iri }.into(),
        None => rio::BlankNode { id: quads.text(id) }.into(),
    }
}

/// Sends one quad.
///
/// # Errors
/// Whatever the formatter says.
pub fn send<F: QuadsFormatter>(quad: QuadRef<'_>, formatter: &mut F) -> Result<(), F::Error> {
    formatter.format(&rio::Quad {
        subject: subject(quad.subject),
        predicate: named(quad.predicate),
        object: object(quad.object),
        graph_name: graph_name(quad.graph_name),
    })
}

/// Takes the triples of quads and forgets their graphs: lets a triple writer stand where quads come from.
pub struct Union<'f, F>(pub &'f mut F);

impl<F: TriplesFormatter> QuadsFormatter for Union<'_, F> {
    type Error = F::Error;

    fn format(&mut self, quad: &rio::Quad<'_>) -> Result<(), Self::Error> {
        self.0.format(&triple(quad))
    }
}

/// The triple of a quad.
pub const fn triple<'a>(quad: &rio::Quad<'a>) -> rio::Triple<'a> {
    rio::Triple { subject: quad.subject, predicate: quad.predicate, object: quad.object }
}

fn subject(node: NamedOrBlankNodeRef<'_>) -> rio::Subject<'_> {
    match node {
        NamedOrBlankNodeRef::NamedNode(node) => named(node).into(),
        NamedOrBlankNodeRef::BlankNode(node) => rio::BlankNode { id: node.as_str() }.into(),
    }
}

fn object(term: TermRef<'_>) -> rio::Term<'_> {
    match term {
        TermRef::NamedNode(node) => named(node).into(),
        TermRef::BlankNode(node) => rio::BlankNode { id: node.as_str() }.into(),
        TermRef::Literal(literal) => self::literal(literal).into(),
    }
}

fn literal(literal: LiteralRef<'_>) -> rio::Literal<'_> {
    let value = literal.value();
    match literal.language() {
        Some(language) => rio::Literal::LanguageTaggedString { value, language },
        None if literal.datatype() == xsd::STRING => rio::Literal::Simple { value },
        None => rio::Literal::Typed { value, datatype: named(literal.datatype()) },
    }
}

fn graph_name(graph: GraphNameRef<'_>) -> Option<rio::GraphName<'_>> {
    match graph {
        GraphNameRef::NamedNode(node) => Some(named(node).into()),
        GraphNameRef::BlankNode(node) => Some(rio::BlankNode { id: node.as_str() }.into()),
        GraphNameRef::DefaultGraph => None,
    }
}

const fn named(node: NamedNodeRef<'_>) -> rio::NamedNode<'_> {
    rio::NamedNode { iri: node.as_str() }
}
