//! RDF that others wrote, made fit for the store: blank nodes get names, lines are sorted.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read};

use oxigraph::io::{RdfFormat, RdfParser};
use oxrdf::{BlankNode, GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use sha2::{Digest, Sha256};

use crate::lift::Base;
use crate::model::text::hex;
use crate::model::{Code, Fault, Place};

use super::Recent;

/// Quads of others, as sorted N-Quads without blank nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    lines: Vec<u8>,
    quads: usize,
    named: usize,
}

impl Foreign {
    /// The N-Quads, sorted bytewise, none twice.
    pub fn lines(&self) -> &[u8] {
        &self.lines
    }

    /// Number of quads.
    pub fn len(&self) -> usize {
        self.quads
    }

    /// Whether there is no quad.
    pub fn is_empty(&self) -> bool {
        self.quads == 0
    }

    /// Number of blank nodes that got names.
    pub fn named(&self) -> usize {
        self.named
    }
}

/// RDF that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ForeignError {
    /// The name's ending tells no format, and none was given.
    #[error("do not know what RDF is in {0}")]
    Format(String),
    /// It breaks the rules of its format.
    #[error("{name} is no valid {format}: {reason}")]
    Syntax {
        /// File name.
        name: String,
        /// The format's name.
        format: &'static str,
        /// What the parser says.
        reason: String,
        /// Where, if it is known.
        place: Option<Box<Place>>,
        /// What to try.
        hint: Option<String>,
    },
    /// Its bytes cannot be read.
    #[error("cannot read {name}: {reason}")]
    Read {
        /// File name.
        name: String,
        /// Why, as the system says it.
        reason: String,
    },
    /// It would unfold to much more than it is.
    #[error("{name} is not read: {reason}")]
    Unbounded {
        /// File name.
        name: String,
        /// What of it would.
        reason: String,
    },
    /// It is said to be under gzip, and is not, or not to its end.
    #[error("{0} ends in .gz and is no whole gzip file")]
    Packed(String),
    /// What should stand before relative IRIs is none.
    #[error("“{0}” is no IRI to start others with")]
    Base(String),
}

impl Fault for ForeignError {
    fn code(&self) -> Code {
        match self {
            Self::Format(_) => Code::RDF_FORMAT_UNKNOWN,
            Self::Syntax { .. } => Code::RDF_INVALID,
            Self::Read { .. } => Code::FILE_UNREADABLE,
            Self::Base(_) => Code::NOT_A_BASE,
            Self::Unbounded { .. } => Code::RDF_UNBOUNDED,
            Self::Packed(_) => Code::NOT_GZIP,
        }
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Syntax { hint, .. } => hint.clone(),
            other => other.code().advice(),
        }
    }

    fn place(&self) -> Option<Place> {
        match self {
            Self::Syntax { place, .. } => place.as_deref().cloned(),
            _ => None,
        }
    }
}

/// The format of a file, by the name the user gives for it (extension, media type or usual name), else by its ending;
/// `.gz` at the end is looked through.
///
/// # Errors
/// If neither tells a format.
pub fn foreign_format(file: &str, asked: Option<&str>) -> Result<RdfFormat, ForeignError> {
    let plain = file.strip_suffix(".gz").unwrap_or(file);
    let ending = plain.rsplit_once('.').map_or("", |(_, ending)| ending);
    let word = asked.unwrap_or(ending).to_lowercase();
    let by_name = match word.as_str() {
        "turtle" => Some(RdfFormat::Turtle),
        "n-triples" | "ntriples" => Some(RdfFormat::NTriples),
        "n-quads" | "nquads" => Some(RdfFormat::NQuads),
        "json-ld" => RdfFormat::from_extension("jsonld"),
        "rdf/xml" | "rdfxml" | "xml" | "owl" => Some(RdfFormat::RdfXml),
        _ => None,
    };
    let format = by_name.or_else(|| RdfFormat::from_extension(&word)).or_else(|| RdfFormat::from_media_type(&word));
    format.ok_or_else(|| ForeignError::Format(file.to_owned()))
}

/// Reads RDF. `name` is for messages. `graph` is where triples without a graph go; `None` leaves them in the default
/// graph. Blank nodes become `<base>.well-known/genid/<hash of the file>/<n>`, numbered as they come, so that the same
/// file always gives the same names. The same triples in another order may get other numbers.
///
/// # Errors
/// If the bytes cannot be read, break the rules of the format, or would unfold without limit.
pub fn foreign(
    name: &str,
    reader: impl Read,
    format: RdfFormat,
    graph: Option<&NamedNode>,
    base: &Base,
) -> Result<Foreign, ForeignError> {
    let mut parser = RdfParser::from_format(format);
    if let Ok(based) = parser.clone().with_base_iri(base.as_str()) {
        parser = based;
    }
    if let Some(graph) = graph {
        parser = parser.with_default_graph(graph.clone());
    }
    let recent = Recent::new(format);
    let mut reader = Hashed::new(reader);
    let mut names = Names::new(base);
    let mut lines = Vec::new();
    reader.pass_mark().map_err(|error| recent.fault(name, format, error.into()))?;
    for quad in parser.for_reader(recent.watch(&mut reader)) {
        let quad = quad.map_err(|error| recent.fault(name, format, error))?;
        lines.push(format!("{} .\n", names.quad(quad)));
    }
    let hash = reader.finish().map_err(|error| recent.fault(name, format, error.into()))?;
    let named = names.given.len();
    if named > 0 {
        let stem = names.stem.replace(UNKNOWN, hash.get(..UNKNOWN.len()).unwrap_or(&hash));
        for line in lines.iter_mut().filter(|line| line.contains(&names.stem)) {
            *line = line.replace(&names.stem, &stem);
        }
    }
    lines.sort_unstable();
    lines.dedup();
    Ok(Foreign { quads: lines.len(), named, lines: lines.concat().into_bytes() })
}

/// What stands in the names of blank nodes for the hash of a file that is not read to its end.
const UNKNOWN: &str = "--to-be-known---";

/// A reader whose bytes are hashed, without a byte order mark.
struct Hashed<R> {
    inner: BufReader<R>,
    hash: Sha256,
}

impl<R: Read> Hashed<R> {
    fn new(inner: R) -> Self {
        Self { inner: BufReader::new(inner), hash: Sha256::new() }
    }

    fn pass_mark(&mut self) -> io::Result<()> {
        if self.inner.fill_buf()?.starts_with(b"\xEF\xBB\xBF") {
            self.inner.consume(3);
        }
        Ok(())
    }

    /// The hash of all bytes, also of those behind what a parser took.
    fn finish(mut self) -> io::Result<String> {
        io::copy(&mut self, &mut io::sink())?;
        Ok(hex(&self.hash.finalize()))
    }
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.hash.update(buffer.get(..read).unwrap_or_default());
        Ok(read)
    }
}

/// Names given to blank nodes.
struct Names {
    stem: String,
    given: HashMap<BlankNode, NamedNode>,
}

impl Names {
    fn new(base: &Base) -> Self {
        Self { stem: format!("{}.well-known/genid/{UNKNOWN}/", base.as_str()), given: HashMap::new() }
    }

    fn name(&mut self, node: BlankNode) -> NamedNode {
        let number = self.given.len() + 1;
        let name = || NamedNode::new_unchecked(format!("{}{number}", self.stem));
        self.given.entry(node).or_insert_with(name).clone()
    }

    fn quad(&mut self, quad: Quad) -> Quad {
        let subject = match quad.subject {
            NamedOrBlankNode::BlankNode(node) => self.name(node),
            NamedOrBlankNode::NamedNode(node) => node,
        };
        let object = match quad.object {
            Term::BlankNode(node) => self.name(node).into(),
            other => other,
        };
        let graph = match quad.graph_name {
            GraphName::BlankNode(node) => self.name(node).into(),
            other => other,
        };
        Quad::new(subject, quad.predicate, object, graph)
    }
}
