//! Turtle and TriG for people and for git: one property and one object a line.
//!
//! Every line ends in a way that does not depend on what follows it: a new property, object, subject or prefix only adds
//! lines. For that each object repeats its property, and the closing full stop has a line of its own.

use std::io::{self, Write};

use oxigraph::model::NamedNodeRef;

use super::escape;
use crate::export::ExportError;
use crate::export::prefixes::{Name, Prefixes};
use crate::export::seam::{QuadsFormatter, TriplesFormatter, rio};
use crate::lift::vocabulary::{rdf, xsd};

/// Writes triples as Turtle (through [`TriplesFormatter`]) or quads as TriG (through [`QuadsFormatter`]). They may come
/// in any order; those of one graph and one subject should come together.
pub struct Turtle<'p, W> {
    out: W,
    prefixes: &'p Prefixes,
    /// The open graph block, as an IRI or `_:label`; empty outside of one.
    graph: String,
    /// The open subject, likewise.
    subject: String,
    started: bool,
}

impl<'p, W: Write> Turtle<'p, W> {
    /// Writes the prefixes and is ready for the rest.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn new(mut out: W, prefixes: &'p Prefixes) -> io::Result<Self> {
        if let Some(base) = prefixes.base() {
            writeln!(out, "@base <{base}> .")?;
        }
        for (prefix, namespace) in prefixes.pairs() {
            writeln!(out, "@prefix {prefix}: <{namespace}> .")?;
        }
        Ok(Self { out, prefixes, graph: String::new(), subject: String::new(), started: false })
    }

    /// Closes what is open and gives the writer back.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        self.close_graph()?;
        Ok(self.out)
    }

    /// Writes, in RDF 1.2, that something reifies a triple.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn reifier(
        &mut self,
        graph: Option<rio::GraphName<'_>>,
        reifier: &str,
        triple: &rio::Triple<'_>,
    ) -> Result<(), ExportError> {
        self.enter(graph)?;
        let subject = rio::NamedNode { iri: reifier }.into();
        if !is_subject(&self.subject, subject) {
            self.close_subject()?;
            self.open_subject(subject)?;
        }
        self.indent(1)?;
        self.iri(rdf::REIFIES.as_str())?;
        self.out.write_all(b" <<( ")?;
        self.subject(triple.subject)?;
        self.out.write_all(b" ")?;
        self.iri(triple.predicate.iri)?;
        self.out.write_all(b" ")?;
        self.object(triple.object)?;
        Ok(self.out.write_all(b" )>> ;\n")?)
    }

    /// Opens the block of a graph, unless it is open.
    fn enter(&mut self, graph: Option<rio::GraphName<'_>>) -> Result<(), ExportError> {
        match graph {
            None => Ok(self.close_open_graph()?),
            Some(graph) if is_subject(&self.graph, graph.into()) => Ok(()),
            Some(graph) => {
                self.close_graph()?;
                self.open_graph(graph)
            }
        }
    }

    fn statement(&mut self, triple: &rio::Triple<'_>) -> Result<(), ExportError> {
        if !is_subject(&self.subject, triple.subject) {
            self.close_subject()?;
            self.open_subject(triple.subject)?;
        }
        self.indent(1)?;
        self.property(triple.predicate.iri)?;
        self.out.write_all(b" ")?;
        self.object(triple.object)?;
        Ok(self.out.write_all(b" ;\n")?)
    }

    fn open_subject(&mut self, subject: rio::Subject<'_>) -> Result<(), ExportError> {
        if self.started || self.graph.is_empty() {
            self.out.write_all(b"\n")?;
        }
        self.started = true;
        self.indent(0)?;
        self.subject(subject)?;
        name_into(&mut self.subject, subject);
        Ok(self.out.write_all(b"\n")?)
    }

    fn close_subject(&mut self) -> io::Result<()> {
        if !self.subject.is_empty() {
            self.subject.clear();
            self.indent(1)?;
            self.out.write_all(b".\n")?;
        }
        Ok(())
    }

    fn open_graph(&mut self, graph: rio::GraphName<'_>) -> Result<(), ExportError> {
        self.out.write_all(b"\n")?;
        self.subject(graph.into())?;
        self.out.write_all(b" {\n")?;
        name_into(&mut self.graph, graph.into());
        self.started = false;
        Ok(())
    }

    fn close_graph(&mut self) -> io::Result<()> {
        self.close_subject()?;
        if !self.graph.is_empty() {
            self.graph.clear();
            self.out.write_all(b"}\n")?;
        }
        Ok(())
    }

    fn indent(&mut self, depth: usize) -> io::Result<()> {
        let depth = depth + usize::from(!self.graph.is_empty());
        self.out.write_all(&b"        "[..4 * depth])
    }

    fn property(&mut self, iri: &str) -> io::Result<()> {
        if iri == rdf::TYPE.as_str() { self.out.write_all(b"a") } else { self.iri(iri) }
    }

    fn iri(&mut self, iri: &str) -> io::Result<()> {
        match self.prefixes.name(iri) {
            Name::Relative(rest) | Name::Full(rest) => escape::iri(&mut self.out, rest),
            Name::Short(prefix, local) => {
                self.out.write_all(prefix.as_bytes())?;
                self.out.write_all(b":")?;
                self.out.write_all(local.as_bytes())
            }
        }
    }

    fn subject(&mut self, subject: rio::Subject<'_>) -> Result<(), ExportError> {
        match subject {
            rio::Subject::NamedNode(node) => Ok(self.iri(node.iri)?),
            rio::Subject::BlankNode(node) => Ok(write!(self.out, "_:{}", node.id)?),
            rio::Subject::Triple(_) => Err(ExportError::QuotedTriple),
        }
    }

    fn object(&mut self, term: rio::Term<'_>) -> Result<(), ExportError> {
        match term {
            rio::Term::NamedNode(node) => Ok(self.iri(node.iri)?),
            rio::Term::BlankNode(node) => Ok(write!(self.out, "_:{}", node.id)?),
            rio::Term::Literal(literal) => Ok(self.literal(literal)?),
            rio::Term::Triple(_) => Err(ExportError::QuotedTriple),
        }
    }

    fn literal(&mut self, literal: rio::Literal<'_>) -> io::Result<()> {
        match literal {
            rio::Literal::Simple { value } => self.string(value),
            rio::Literal::LanguageTaggedString { value, language } => {
                self.string(value)?;
                self.out.write_all(b"@")?;
                self.out.write_all(language.as_bytes())
            }
            rio::Literal::Typed { value, datatype } if is_bare(value, datatype.iri) => {
                self.out.write_all(value.as_bytes())
            }
            rio::Literal::Typed { value, datatype } => {
                self.string(value)?;
                self.out.write_all(b"^^")?;
                self.iri(datatype.iri)
            }
        }
    }

    fn string(&mut self, value: &str) -> io::Result<()> {
        if value.bytes().filter(|&byte| byte == b'\n').count() > MOST_ESCAPED_BREAKS {
            escape::long(&mut self.out, value)
        } else {
            escape::quoted(&mut self.out, value)
        }
    }
}

/// A quote with a broken line or two stays on one line of the file; a whole query text keeps its lines.
const MOST_ESCAPED_BREAKS: usize = 3;

impl<W: Write> TriplesFormatter for Turtle<'_, W> {
    type Error = ExportError;

    fn format(&mut self, triple: &rio::Triple<'_>) -> Result<(), ExportError> {
        self.statement(triple)
    }
}

impl<W: Write> QuadsFormatter for Turtle<'_, W> {
    type Error = ExportError;

    fn format(&mut self, quad: &rio::Quad<'_>) -> Result<(), ExportError> {
        self.enter(quad.graph_name)?;
        self.statement(&crate::export::seam::triple(quad))
    }
}

impl<W: Write> Turtle<'_, W> {
    fn close_open_graph(&mut self) -> io::Result<()> {
        if self.graph.is_empty() { Ok(()) } else { self.close_graph() }
    }
}

/// Whether a name kept by [`name_into`] is that of this node.
fn is_subject(kept: &str, node: rio::Subject<'_>) -> bool {
    match node {
        rio::Subject::NamedNode(node) => kept == node.iri,
        rio::Subject::BlankNode(node) => kept.strip_prefix("_:") == Some(node.id),
        rio::Subject::Triple(_) => false,
    }
}

fn name_into(kept: &mut String, node: rio::Subject<'_>) {
    kept.clear();
    match node {
        rio::Subject::NamedNode(node) => kept.push_str(node.iri),
        rio::Subject::BlankNode(node) => kept.extend(["_:", node.id]),
        rio::Subject::Triple(_) => {}
    }
}

/// Whether Turtle reads the bare value back as the same literal.
pub fn is_bare(value: &str, datatype: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = value.strip_prefix(['+', '-']).unwrap_or(value);
    let is = |one: NamedNodeRef<'_>| one.as_str() == datatype;
    is(xsd::INTEGER) && digits(unsigned)
        || is(xsd::DECIMAL) && unsigned.split_once('.').is_some_and(|(whole, part)| digits(whole) && digits(part))
        || is(xsd::BOOLEAN) && (value == "true" || value == "false")
}
