//! RDF files as a source: each statement goes to a formatter as it is read, whatever the format. The counterpart of the
//! writers; together they convert.

use std::collections::{HashMap, HashSet};
use std::hash::BuildHasher;
use std::io::Read;

use oxigraph::io::{RdfFormat, RdfParser};
use oxrdf::{BlankNode, GraphName, NamedOrBlankNode, Quad, Term};
use rustc_hash::FxBuildHasher;

use crate::export::seam::QuadsFormatter;
use crate::store::{ForeignError, Recent};

use super::{ExportError, seam};

/// RDF that is to be read.
#[derive(Clone, Copy, Debug)]
pub struct Source<'s> {
    /// For messages.
    pub name: &'s str,
    /// What it is written in.
    pub format: RdfFormat,
    /// What relative IRIs are resolved against.
    pub base: Option<&'s str>,
    /// Whether blank nodes keep their labels; else they become `b1`, `b2` … in the order in which they come, which is
    /// needed where the file's own labels may not be valid in the other format or are made up while reading.
    pub keep_labels: bool,
}

/// What reading told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceCounts {
    /// Number of statements, repeats included.
    pub quads: usize,
    /// Number of named graphs.
    pub graphs: usize,
    /// The prefixes that the file declares, with their namespaces.
    pub prefixes: Vec<(String, String)>,
}

impl Source<'_> {
    /// Sends every statement to a formatter, in the order of the file. Memory does not grow with the file, but for the
    /// names of blank nodes.
    ///
    /// # Errors
    /// [`ExportError::Source`] when the bytes cannot be read or break the rules of the format; whatever the formatter says.
    pub fn send<F: QuadsFormatter<Error = ExportError>>(
        &self,
        reader: impl Read,
        formatter: &mut F,
    ) -> Result<SourceCounts, ExportError> {
        let recent = Recent::new(self.format);
        let mut parser = RdfParser::from_format(self.format);
        if let Some(base) = self.base {
            parser = parser.with_base_iri(base).map_err(|_| ForeignError::Base(base.to_owned()))?;
        }
        let mut parser = parser.for_reader(recent.watch(reader));
        let mut told = SourceCounts::default();
        let mut graphs = Graphs::default();
        let mut labels = Labels::default();
        for quad in parser.by_ref() {
            let quad = quad.map_err(|error| recent.fault(self.name, self.format, error))?;
            let quad = if self.keep_labels { quad } else { labels.quad(quad) };
            graphs.see(&quad.graph_name);
            told.quads += 1;
            seam::send(quad.as_ref(), formatter)?;
        }
        told.graphs = graphs.seen.len();
        told.prefixes = parser.prefixes().map(|(prefix, iri)| (prefix.to_owned(), iri.to_owned())).collect();
        Ok(told)
    }
}

/// Counts graphs by the hashes of their names: a file may have millions.
#[derive(Default)]
struct Graphs {
    seen: HashSet<u64, FxBuildHasher>,
    last: GraphName,
}

impl Graphs {
    fn see(&mut self, graph: &GraphName) {
        if *graph != self.last {
            self.seen.insert(FxBuildHasher.hash_one(graph));
            self.last.clone_from(graph);
        }
    }
}

/// Labels given to blank nodes.
#[derive(Default)]
struct Labels {
    given: HashMap<BlankNode, usize, FxBuildHasher>,
}

impl Labels {
    fn label(&mut self, node: BlankNode) -> BlankNode {
        let number = self.given.len() + 1;
        BlankNode::new_unchecked(format!("b{}", self.given.entry(node).or_insert(number)))
    }

    fn quad(&mut self, mut quad: Quad) -> Quad {
        if let NamedOrBlankNode::BlankNode(node) = quad.subject {
            quad.subject = self.label(node).into();
        }
        if let Term::BlankNode(node) = quad.object {
            quad.object = self.label(node).into();
        }
        if let GraphName::BlankNode(node) = quad.graph_name {
            quad.graph_name = self.label(node).into();
        }
        quad
    }
}
