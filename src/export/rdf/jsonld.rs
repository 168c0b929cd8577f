//! JSON-LD for people and web programs: short names, one object a subject, sorted, the context inside the file.

use std::io::{self, Write};

use rio_api::formatter::TriplesFormatter;
use rio_api::model as rio;
use serde_json::{Value, json};

use super::context::{Coercion, Context};
use crate::export::ExportError;
use crate::lift::vocabulary::{rdf, xsd};

/// Writes triples as JSON-LD. Those of one subject should come together; it is written when the next one begins.
pub struct JsonLd<'c, W> {
    out: W,
    context: &'c Context,
    /// `@id` of the open subject.
    subject: String,
    properties: Vec<Property>,
    started: bool,
}

/// One member of the object of a subject, as it fills.
struct Property {
    key: String,
    by_language: bool,
    /// Language, if values are grouped by it, and value.
    values: Vec<(String, Value)>,
}

impl<'c, W: Write> JsonLd<'c, W> {
    /// Writes the context and is ready for the rest.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn new(mut out: W, context: &'c Context) -> io::Result<Self> {
        out.write_all(b"{\n  \"@context\": {")?;
        for (i, (key, value)) in context.entries().iter().enumerate() {
            write!(out, "{}\n    {}: {}", if i == 0 { "" } else { "," }, json!(key), spaced(value))?;
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
        write!(self.out, "{}\n    {{\n      \"@id\": {}", if self.started { "," } else { "" }, json!(self.subject))?;
        self.started = true;
        for property in self.properties.drain(..) {
            write!(self.out, ",\n      {}: ", json!(property.key))?;
            property.write(&mut self.out)?;
        }
        self.out.write_all(b"\n    }")
    }

    fn add(&mut self, predicate: &str, object: rio::Term<'_>) -> Result<(), ExportError> {
        let (key, by_language, language, value) = self.member(predicate, object)?;
        match self.properties.iter_mut().find(|property| property.key == key) {
            Some(property) => property.values.push((language, value)),
            None => self.properties.push(Property { key, by_language, values: vec![(language, value)] }),
        }
        Ok(())
    }

    /// Key, whether it groups by language, the language if so, and the value.
    fn member(&self, predicate: &str, object: rio::Term<'_>) -> Result<(String, bool, String, Value), ExportError> {
        if let (true, rio::Term::NamedNode(class)) = (predicate == rdf::TYPE.as_str(), object) {
            return Ok(("@type".into(), false, String::new(), self.context.vocabulary_name(class.iri).into()));
        }
        let (name, coercion) = self.context.term(predicate).unwrap_or(("", &Coercion::None));
        if let (Coercion::Language, rio::Term::Literal(rio::Literal::LanguageTaggedString { value, language })) =
            (coercion, object)
        {
            return Ok((name.into(), true, language.into(), value.into()));
        }
        let named = !name.is_empty() && *coercion != Coercion::Language;
        let key = if named { name.to_owned() } else { self.property_name(predicate) };
        let coercion = if named { coercion } else { &Coercion::None };
        Ok((key, false, String::new(), self.value(object, coercion)?))
    }

    /// A property without a term of its own: never under a bare name, which could carry the typing of a term.
    fn property_name(&self, predicate: &str) -> String {
        match self.context.term(predicate) {
            Some(_) => self.context.prefixed_name(predicate),
            None => self.context.vocabulary_name(predicate),
        }
    }

    fn value(&self, object: rio::Term<'_>, coercion: &Coercion) -> Result<Value, ExportError> {
        match object {
            rio::Term::NamedNode(node) => Ok(match coercion {
                Coercion::Iri => self.context.data_name(node.iri).into(),
                Coercion::Vocabulary => self.context.vocabulary_name(node.iri).into(),
                _ => json!({ "@id": self.context.data_name(node.iri) }),
            }),
            rio::Term::BlankNode(node) => Ok(match coercion {
                Coercion::Iri | Coercion::Vocabulary => format!("_:{}", node.id).into(),
                _ => json!({ "@id": format!("_:{}", node.id) }),
            }),
            rio::Term::Literal(literal) => Ok(self.literal(literal, coercion)),
            rio::Term::Triple(_) => Err(ExportError::QuotedTriple),
        }
    }

    fn literal(&self, literal: rio::Literal<'_>, coercion: &Coercion) -> Value {
        match literal {
            rio::Literal::Simple { value } if *coercion == Coercion::None => value.into(),
            rio::Literal::Simple { value } => json!({ "@value": value }),
            rio::Literal::LanguageTaggedString { value, language } => json!({ "@language": language, "@value": value }),
            rio::Literal::Typed { value, datatype } => match coercion {
                Coercion::Datatype(expected) if expected == datatype.iri => value.into(),
                Coercion::None => native(value, datatype.iri).unwrap_or_else(|| self.typed(value, datatype.iri)),
                _ => self.typed(value, datatype.iri),
            },
        }
    }

    fn typed(&self, value: &str, datatype: &str) -> Value {
        json!({ "@type": self.context.vocabulary_name(datatype), "@value": value })
    }
}

impl<W: Write> TriplesFormatter for JsonLd<'_, W> {
    type Error = ExportError;

    fn format(&mut self, triple: &rio::Triple<'_>) -> Result<(), ExportError> {
        let subject = match triple.subject {
            rio::Subject::NamedNode(node) => self.context.data_name(node.iri),
            rio::Subject::BlankNode(node) => format!("_:{}", node.id),
            rio::Subject::Triple(_) => return Err(ExportError::QuotedTriple),
        };
        if subject != self.subject {
            self.close_subject()?;
            self.subject = subject;
        }
        self.add(triple.predicate.iri, triple.object)
    }
}

impl Property {
    fn write(self, out: &mut impl Write) -> io::Result<()> {
        if !self.by_language {
            return write_values(out, self.values.into_iter().map(|(_, value)| value).collect(), 8);
        }
        let mut languages: Vec<String> = self.values.iter().map(|(language, _)| language.clone()).collect();
        languages.sort_unstable();
        languages.dedup();
        out.write_all(b"{ ")?;
        for (i, language) in languages.iter().enumerate() {
            write!(out, "{}{}: ", if i == 0 { "" } else { ", " }, json!(language))?;
            let values = self.values.iter().filter(|(of, _)| of == language).map(|(_, value)| value.clone()).collect();
            write_values(out, values, 8)?;
        }
        out.write_all(b" }")
    }
}

/// One value as it is, more as an array with one a line.
fn write_values(out: &mut impl Write, values: Vec<Value>, indent: usize) -> io::Result<()> {
    if let [value] = values.as_slice() {
        return out.write_all(spaced(value).as_bytes());
    }
    for (i, value) in values.iter().enumerate() {
        write!(out, "{}\n{:indent$}{}", if i == 0 { "[" } else { "," }, "", spaced(value))?;
    }
    write!(out, "\n{:indent$}]", "", indent = indent - 2)
}

/// A value on one line, with blanks inside an object's braces.
fn spaced(value: &Value) -> String {
    match value.as_object() {
        None => value.to_string(),
        Some(members) => {
            let members: Vec<_> =
                members.iter().map(|(key, value)| format!("{}: {}", json!(key), spaced(value))).collect();
            format!("{{ {} }}", members.join(", "))
        }
    }
}

/// The JSON number or truth value that JSON-LD reads back as exactly this literal.
fn native(value: &str, datatype: &str) -> Option<Value> {
    if datatype == xsd::BOOLEAN.as_str() {
        return value.parse::<bool>().ok().map(Value::from);
    }
    // Beyond 2^53 a JSON number loses digits in many readers.
    let number = value.parse::<i64>().ok().filter(|_| datatype == xsd::INTEGER.as_str())?;
    (number.unsigned_abs() < 1 << 53 && number.to_string() == value).then(|| number.into())
}
