//! RDF/XML for old tools: one typed element a subject, prefixes declared at the top.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::export::ExportError;
use crate::export::prefixes::{Name, Prefixes};
use crate::export::seam::{TriplesFormatter, rio};
use crate::lift::vocabulary::rdf;
use crate::model::text::counted;

/// Writes triples as RDF/XML. Those of one subject should come together, its class first.
pub struct RdfXml<'p, W> {
    out: W,
    prefixes: &'p Prefixes,
    /// The open subject as an IRI or `_:label`, and the name of its element.
    subject: String,
    element: String,
    /// Values that were not written to the letter.
    replaced: usize,
}

/// What stands for a character that XML has no way at all to write.
const REPLACEMENT: &str = "\u{FFFD}";

impl<'p, W: Write> RdfXml<'p, W> {
    /// Writes the root element and is ready for the rest.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn new(mut out: W, prefixes: &'p Prefixes) -> io::Result<Self> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        write!(out, "<rdf:RDF xmlns:rdf=\"{RDF}\"")?;
        for (prefix, namespace) in prefixes.pairs().into_iter().filter(|(_, namespace)| *namespace != RDF) {
            write!(out, "\n         xmlns:{prefix}=\"{}\"", attribute(namespace))?;
        }
        if let Some(base) = prefixes.base() {
            write!(out, "\n         xml:base=\"{}\"", attribute(base))?;
        }
        writeln!(out, ">")?;
        Ok(Self { out, prefixes, subject: String::new(), element: String::new(), replaced: 0 })
    }

    /// Closes the file and gives the writer back.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        self.close_subject()?;
        if self.replaced > 0 {
            let values = counted(self.replaced, "value");
            writeln!(self.out, "  <!-- {values} held control characters that XML cannot; U+FFFD stands for each -->")?;
        }
        writeln!(self.out, "</rdf:RDF>")?;
        Ok(self.out)
    }

    fn close_subject(&mut self) -> io::Result<()> {
        if !self.subject.is_empty() {
            self.subject.clear();
            writeln!(self.out, "  </{}>", tag(&self.element))?;
        }
        Ok(())
    }

    /// Opens a subject; true if its class went into the name of the element.
    fn open_subject(&mut self, triple: &rio::Triple<'_>) -> Result<bool, ExportError> {
        let class = match (triple.predicate.iri == rdf::TYPE.as_str(), triple.object) {
            (true, rio::Term::NamedNode(class)) => self.element_name(class.iri),
            _ => None,
        };
        let typed = class.is_some();
        self.element = class.unwrap_or_else(|| "rdf:Description".to_owned());
        write!(self.out, "\n  <{}", self.element)?;
        match triple.subject {
            rio::Subject::BlankNode(node) => {
                self.subject.extend(["_:", node.id]);
                write!(self.out, " rdf:nodeID=\"{}\"", attribute(node.id))?;
            }
            rio::Subject::NamedNode(node) => {
                self.subject.push_str(node.iri);
                self.reference("rdf:about", node.iri)?;
            }
            rio::Subject::Triple(_) => return Err(ExportError::QuotedTriple),
        }
        self.out.write_all(b">\n")?;
        Ok(typed)
    }

    fn property(&mut self, predicate: &str, object: rio::Term<'_>) -> Result<(), ExportError> {
        let element = self
            .element_name(predicate)
            .ok_or_else(|| ExportError::NoElementName { predicate: predicate.to_owned() })?;
        self.out.write_all(b"    <")?;
        self.out.write_all(element.as_bytes())?;
        match object {
            rio::Term::NamedNode(node) => {
                self.reference("rdf:resource", node.iri)?;
                self.out.write_all(b"/>\n")?;
            }
            rio::Term::BlankNode(node) => writeln!(self.out, " rdf:nodeID=\"{}\"/>", attribute(node.id))?,
            rio::Term::Literal(literal) => {
                let value = self.literal(literal)?;
                let written = writable(value);
                self.replaced += usize::from(written != value);
                writeln!(self.out, ">{}</{}>", escaped(&written, false), tag(&element))?;
            }
            rio::Term::Triple(_) => return Err(ExportError::QuotedTriple),
        }
        Ok(())
    }

    /// Writes the attribute that tells language or datatype, and gives the value.
    fn literal<'l>(&mut self, literal: rio::Literal<'l>) -> io::Result<&'l str> {
        match literal {
            rio::Literal::Simple { value } => Ok(value),
            rio::Literal::LanguageTaggedString { value, language } => {
                write!(self.out, " xml:lang=\"{language}\"")?;
                Ok(value)
            }
            rio::Literal::Typed { value, datatype } => {
                self.reference("rdf:datatype", datatype.iri)?;
                Ok(value)
            }
        }
    }

    /// A qualified name for an IRI; with the declaration of its own prefix if it has none that is known.
    fn element_name(&self, iri: &str) -> Option<String> {
        let at = name_start(iri)?;
        match self.prefixes.name(iri) {
            Name::Short(prefix, local) if local.len() == iri.len() - at => Some([prefix, ":", local].concat()),
            _ => Some(format!("p:{} xmlns:p=\"{}\"", &iri[at..], attribute(&iri[..at]))),
        }
    }

    /// An attribute that holds an IRI, relative to the base if it can be.
    fn reference(&mut self, name: &str, iri: &str) -> io::Result<()> {
        let short = match self.prefixes.name(iri) {
            Name::Relative(rest) => rest,
            _ => iri,
        };
        self.out.write_all(b" ")?;
        self.out.write_all(name.as_bytes())?;
        self.out.write_all(b"=\"")?;
        self.out.write_all(attribute(short).as_bytes())?;
        self.out.write_all(b"\"")
    }
}

/// The name in an element that may declare a prefix.
fn tag(element: &str) -> &str {
    element.split(' ').next().unwrap_or_default()
}

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

impl<W: Write> TriplesFormatter for RdfXml<'_, W> {
    type Error = ExportError;

    fn format(&mut self, triple: &rio::Triple<'_>) -> Result<(), ExportError> {
        let is_open = match triple.subject {
            rio::Subject::NamedNode(node) => self.subject == node.iri,
            rio::Subject::BlankNode(node) => self.subject.strip_prefix("_:") == Some(node.id),
            rio::Subject::Triple(_) => return Err(ExportError::QuotedTriple),
        };
        if !is_open {
            self.close_subject()?;
            if self.open_subject(triple)? {
                return Ok(());
            }
        }
        self.property(triple.predicate.iri, triple.object)
    }
}

/// Where the longest XML name at the end of an IRI starts; `None` if it ends in no name or is nothing but one.
fn name_start(iri: &str) -> Option<usize> {
    let tail = iri.bytes().rev().take_while(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte)).count();
    let start = iri.len() - tail;
    let first = iri[start..].bytes().position(|byte| byte.is_ascii_alphabetic() || byte == b'_')?;
    (start + first > 0).then_some(start + first)
}

/// A value in an attribute between double marks.
fn attribute(value: &str) -> Cow<'_, str> {
    escaped(value, true)
}

/// A value between tags, or the character that XML cannot hold.
fn writable(value: &str) -> Cow<'_, str> {
    match value.chars().all(is_xml) {
        true => value.into(),
        false => value.replace(|c| !is_xml(c), REPLACEMENT).into(),
    }
}

const fn is_xml(c: char) -> bool {
    !matches!(c, '\0'..'\t' | '\u{B}' | '\u{C}' | '\u{E}'..' ' | '\u{FFFE}' | '\u{FFFF}')
}

fn escaped(value: &str, in_attribute: bool) -> Cow<'_, str> {
    let is_special = |byte: u8| matches!(byte, b'&' | b'<' | b'>' | b'\r') || in_attribute && byte == b'"';
    if !value.bytes().any(is_special) {
        return value.into();
    }
    let mut out = String::with_capacity(value.len() + 8);
    for c in value.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if in_attribute => out.push_str("&quot;"),
            // A reader of XML turns a bare carriage return into a line feed.
            '\r' => out.push_str("&#13;"),
            _ => out.push(c),
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_property_splits_before_the_longest_name() {
        for (iri, name) in [
            ("http://a.org/b#cd", Some("cd")),
            ("http://a.org/b/1c", Some("c")),
            ("http://a.org/b/-x.y", Some("x.y")),
            ("urn:a:b", Some("b")),
            ("http://a.org/b/", None),
            ("http://a.org/b#12", None),
            ("http://a.org/ä", None),
        ] {
            assert_eq!(name_start(iri).map(|at| &iri[at..]), name, "{iri}");
        }
    }
}
