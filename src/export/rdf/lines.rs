//! N-Triples and N-Quads: one statement a line, in canonical form.

use std::io::{self, Write};

use super::escape;
use crate::export::seam::{QuadsFormatter, TriplesFormatter, rio};
use crate::export::{ExportError, seam};

/// Writes N-Triples (through [`TriplesFormatter`]) or N-Quads (through [`QuadsFormatter`]), as they come.
pub struct Lines<W>(pub W);

impl<W: Write> Lines<W> {
    fn statement(&mut self, triple: &rio::Triple<'_>) -> Result<(), ExportError> {
        self.subject(triple.subject)?;
        self.0.write_all(b" ")?;
        escape::iri(&mut self.0, triple.predicate.iri)?;
        self.0.write_all(b" ")?;
        self.object(triple.object)
    }

    fn subject(&mut self, subject: rio::Subject<'_>) -> Result<(), ExportError> {
        match subject {
            rio::Subject::NamedNode(node) => Ok(escape::iri(&mut self.0, node.iri)?),
            rio::Subject::BlankNode(node) => Ok(write!(self.0, "_:{}", node.id)?),
            rio::Subject::Triple(_) => Err(ExportError::QuotedTriple),
        }
    }

    fn object(&mut self, term: rio::Term<'_>) -> Result<(), ExportError> {
        match term {
            rio::Term::NamedNode(node) => Ok(escape::iri(&mut self.0, node.iri)?),
            rio::Term::BlankNode(node) => Ok(write!(self.0, "_:{}", node.id)?),
            rio::Term::Literal(literal) => Ok(self.literal(literal)?),
            rio::Term::Triple(_) => Err(ExportError::QuotedTriple),
        }
    }

    fn literal(&mut self, literal: rio::Literal<'_>) -> io::Result<()> {
        match literal {
            rio::Literal::Simple { value } => escape::quoted(&mut self.0, value),
            rio::Literal::LanguageTaggedString { value, language } => {
                escape::quoted(&mut self.0, value)?;
                self.0.write_all(b"@")?;
                self.0.write_all(language.as_bytes())
            }
            rio::Literal::Typed { value, datatype } => {
                escape::quoted(&mut self.0, value)?;
                self.0.write_all(b"^^")?;
                escape::iri(&mut self.0, datatype.iri)
            }
        }
    }
}

impl<W: Write> TriplesFormatter for Lines<W> {
    type Error = ExportError;

    fn format(&mut self, triple: &rio::Triple<'_>) -> Result<(), ExportError> {
        self.statement(triple)?;
        Ok(self.0.write_all(b" .\n")?)
    }
}

impl<W: Write> QuadsFormatter for Lines<W> {
    type Error = ExportError;

    fn format(&mut self, quad: &rio::Quad<'_>) -> Result<(), ExportError> {
        self.statement(&seam::triple(quad))?;
        if let Some(graph) = quad.graph_name {
            self.0.write_all(b" ")?;
            self.subject(graph.into())?;
        }
        Ok(self.0.write_all(b" .\n")?)
    }
}
