//! JSON-LD for people and web programs: short names, one object a subject, sorted, the context inside the file.

use std::io::{self, Write};

use super::context::{Coercion, Context};
use crate::export::ExportError;
use crate::export::seam::{TriplesFormatter, rio};
use crate::lift::vocabulary::{rdf, xsd};

/// Writes triples as JSON-LD. Those of one subject should come together; it is written when the next one begins.
pub struct JsonLd<'c, W> {
    out: W,
    context: &'c Context,
    /// The open subject as an IRI or `_:label`.
    subject: String,
    properties: Vec<Property>,
    started: bool,
}

/// One member of the object of a subject, as it fills.
struct Property {
    key: String,
    by_language: bool,
    values: Vec<Rendered>,
}

/// A value as JSON text.
struct Rendered {
    /// Set where values are grouped by language.
    language: String,
    json: String,
}

impl<'c, W: Write> JsonLd<'c, W> {
    /// Writes the context and is ready for the rest.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn new(mut out: W, context: &'c Context) -> io::Result<Self> {
        out.write_all(b"{\n  \"@context\": {")?;
        for (i, (key, value)) in context.entries().iter().enumerate() {
            write!(out, "{}\n    {}: {}", if i == 0 { "" } else { "," }, text(key), spaced(value))?;
        }
        out.write_all(b"\n  },\n  \"@graph\": [")?;
        Ok(Self { out, context, subject: String::new(), properties: Vec::new(), started: false })
    }

    /// Closes the file and gives the writer back.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        self.close_subject()?;
        self.out.write_all(if self.started { b"\n  ]\n}\n" } else { b"]\n}\n" })?;
        Ok(self.out)
    }

    fn close_subject(&mut self) -> io::Result<()> {
        if self.properties.is_empty() {
            return Ok(());
        }
        let id = match self.subject.starts_with("_:") {
            true => self.subject.clone(),
            false => self.context.data_name(&self.subject),
        };
        let comma: &[u8] = if self.started { b",\n    {\n      \"@id\": " } else { b"\n    {\n      \"@id\": " };
        self.out.write_all(comma)?;
        self.out.write_all(text(&id).as_bytes())?;
        self.started = true;
        for property in self.properties.drain(..) {
            self.out.write_all(b",\n      ")?;
            self.out.write_all(text(&property.key).as_bytes())?;
            self.out.write_all(b": ")?;
            property.write(&mut self.out)?;
        }
        self.out.write_all(b"\n    }")
    }

    fn add(&mut self, predicate: &str, object: rio::Term<'_>) -> Result<(), ExportError> {
        let context = self.context;
        if let (true, rio::Term::NamedNode(class)) = (predicate == rdf::TYPE.as_str(), object) {
            self.push("@type", false, Rendered::plain(text(&context.vocabulary_name(class.iri))));
            return Ok(());
        }
        match (context.term(predicate), object) {
            (
                Some((name, Coercion::Language)),
                rio::Term::Literal(rio::Literal::LanguageTaggedString { value, language }),
            ) => self.push(name, true, Rendered { language: language.to_owned(), json: text(value) }),
            // A term carries the typing of its values: one that does not fit goes under the property's own name.
            (Some((_, Coercion::Language)), _) => {
                let json = self.value(object, &Coercion::None)?;
                self.push(&context.prefixed_name(predicate), false, Rendered::plain(json));
            }
            (Some((name, coercion)), _) => {
                let json = self.value(object, coercion)?;
                self.push(name, false, Rendered::plain(json));
            }
            (None, _) => {
                let json = self.value(object, &Coercion::None)?;
                self.push(&context.vocabulary_name(predicate), false, Rendered::plain(json));
            }
        }
        Ok(())
    }

    fn push(&mut self, key: &str, by_language: bool, value: Rendered) {
        match self.properties.iter_mut().rev().find(|property| property.key == key) {
            Some(property) => property.values.push(value),
            None => self.properties.push(Property { key: key.to_owned(), by_language, values: vec![value] }),
        }
    }

    fn value(&self, object: rio::Term<'_>, coercion: &Coercion) -> Result<String, ExportError> {
        let node = |name: String, fits: bool| match fits {
            true => text(&name),
            false => format!("{{ \"@id\": {} }}", text(&name)),
        };
        match object {
            rio::Term::NamedNode(named) => Ok(match coercion {
                Coercion::Vocabulary => text(&self.context.vocabulary_name(named.iri)),
                _ => node(self.context.data_name(named.iri), *coercion == Coercion::Iri),
            }),
            rio::Term::BlankNode(blank) => {
                Ok(node(format!("_:{}", blank.id), matches!(coercion, Coercion::Iri | Coercion::Vocabulary)))
            }
            rio::Term::Literal(literal) => Ok(self.literal(literal, coercion)),
            rio::Term::Triple(_) => Err(ExportError::QuotedTriple),
        }
    }

    fn literal(&self, literal: rio::Literal<'_>, coercion: &Coercion) -> String {
        match literal {
            rio::Literal::Simple { value } if *coercion == Coercion::None => text(value),
            rio::Literal::Simple { value } => format!("{{ \"@value\": {} }}", text(value)),
            rio::Literal::LanguageTaggedString { value, language } => {
                format!("{{ \"@language\": {}, \"@value\": {} }}", text(language), text(value))
            }
            rio::Literal::Typed { value, datatype } => match coercion {
                Coercion::Datatype(expected) if expected == datatype.iri => text(value),
                Coercion::None if is_native(value, datatype.iri) => value.to_owned(),
                _ => {
                    let datatype = self.context.vocabulary_name(datatype.iri);
                    format!("{{ \"@type\": {}, \"@value\": {} }}", text(&datatype), text(value))
                }
            },
        }
    }
}

impl<W: Write> TriplesFormatter for JsonLd<'_, W> {
    type Error = ExportError;

    fn format(&mut self, triple: &rio::Triple<'_>) -> Result<(), ExportError> {
        let is_open = match triple.subject {
            rio::Subject::NamedNode(node) => self.subject == node.iri,
            rio::Subject::BlankNode(node) => self.subject.strip_prefix("_:") == Some(node.id),
            rio::Subject::Triple(_) => return Err(ExportError::QuotedTriple),
        };
        if !is_open {
            self.close_subject()?;
            self.subject.clear();
            match triple.subject {
                rio::Subject::BlankNode(node) => self.subject.extend(["_:", node.id]),
                rio::Subject::NamedNode(node) => self.subject.push_str(node.iri),
                rio::Subject::Triple(_) => {}
            }
        }
        self.add(triple.predicate.iri, triple.object)
    }
}

impl Rendered {
    const fn plain(json: String) -> Self {
        Self { language: String::new(), json }
    }
}

impl Property {
    fn write(self, out: &mut impl Write) -> io::Result<()> {
        if !self.by_language {
            return write_values(out, &self.values.iter().collect::<Vec<_>>());
        }
        let mut languages: Vec<&str> = self.values.iter().map(|value| value.language.as_str()).collect();
        languages.sort_unstable();
        languages.dedup();
        out.write_all(b"{ ")?;
        for (i, language) in languages.iter().enumerate() {
            write!(out, "{}{}: ", if i == 0 { "" } else { ", " }, text(language))?;
            let values: Vec<_> = self.values.iter().filter(|value| value.language == *language).collect();
            write_values(out, &values)?;
        }
        out.write_all(b" }")
    }
}

/// One value as it is, more as an array with one a line.
fn write_values(out: &mut impl Write, values: &[&Rendered]) -> io::Result<()> {
    if let [value] = values {
        return out.write_all(value.json.as_bytes());
    }
    for (i, value) in values.iter().enumerate() {
        out.write_all(if i == 0 { b"[\n        " } else { b",\n        " })?;
        out.write_all(value.json.as_bytes())?;
    }
    out.write_all(b"\n      ]")
}

/// A JSON string.
fn text(value: &str) -> String {
    let mut json = String::with_capacity(value.len() + 2);
    json.push('"');
    if !value.bytes().any(|byte| matches!(byte, b'"' | b'\\' | 0..b' ')) {
        json.push_str(value);
        json.push('"');
        return json;
    }
    for c in value.chars() {
        match c {
            '"' | '\\' => json.extend(['\\', c]),
            '\n' => json.push_str("\\n"),
            '\r' => json.push_str("\\r"),
            '\t' => json.push_str("\\t"),
            '\0'..' ' => json.push_str(&format!("\\u{:04x}", c as u32)),
            _ => json.push(c),
        }
    }
    json.push('"');
    json
}

/// A value on one line, with blanks inside an object's braces.
fn spaced(value: &serde_json::Value) -> String {
    match value.as_object() {
        None => value.to_string(),
        Some(members) => {
            let members: Vec<_> =
                members.iter().map(|(key, value)| format!("{}: {}", text(key), spaced(value))).collect();
            format!("{{ {} }}", members.join(", "))
        }
    }
}

/// Whether a JSON number or truth value written like this is read back as exactly this literal.
fn is_native(value: &str, datatype: &str) -> bool {
    if datatype == xsd::BOOLEAN.as_str() {
        return value == "true" || value == "false";
    }
    // Beyond 2^53 a JSON number loses digits in many readers.
    let is_exact = |number: i64| number.unsigned_abs() < 1 << 53 && number.to_string() == value;
    datatype == xsd::INTEGER.as_str() && value.parse().is_ok_and(is_exact)
}
