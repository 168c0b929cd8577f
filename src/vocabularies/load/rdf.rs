//! Labels, sorts and hierarchy out of RDF: SKOS, SKOS-XL, RDF Schema, schema.org.

use std::collections::HashMap;
use std::io::Read;

use oxrdf::{NamedOrBlankNode, Term, Triple};
use oxrdfxml::{RdfXmlParseError, RdfXmlParser};
use oxttl::{NQuadsParser, NTriplesParser, TurtleParseError, TurtleParser};

use super::error::LoadError;
use super::fact::{Fact, Take};
use super::format::VocabularyFormat;
use super::reader::Watch;
use crate::bounds::{Grammar, Guarded};
use crate::link::vocabulary::{Role, Sort};
use crate::model::Place;

/// Properties that give labels.
const LABELS: [(&str, Role); 9] = [
    ("http://www.w3.org/2004/02/skos/core#prefLabel", Role::Preferred),
    ("http://www.w3.org/2004/02/skos/core#altLabel", Role::Alternative),
    ("http://www.w3.org/2004/02/skos/core#hiddenLabel", Role::Hidden),
    ("http://www.w3.org/2000/01/rdf-schema#label", Role::Preferred),
    ("https://schema.org/name", Role::Preferred),
    ("http://schema.org/name", Role::Preferred),
    ("https://schema.org/alternateName", Role::Alternative),
    ("http://schema.org/alternateName", Role::Alternative),
    ("http://xmlns.com/foaf/0.1/name", Role::Preferred),
];

/// Properties of SKOS-XL: the label is a node of its own.
const XL: [(&str, Role); 3] = [
    ("http://www.w3.org/2008/05/skos-xl#prefLabel", Role::Preferred),
    ("http://www.w3.org/2008/05/skos-xl#altLabel", Role::Alternative),
    ("http://www.w3.org/2008/05/skos-xl#hiddenLabel", Role::Hidden),
];

const LITERAL_FORM: &str = "http://www.w3.org/2008/05/skos-xl#literalForm";
const TYPE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
const BROADER: [&str; 3] = [
    "http://www.w3.org/2004/02/skos/core#broader",
    "http://www.w3.org/2004/02/skos/core#broaderTransitive",
    "http://www.w3.org/2004/02/skos/core#broadMatch",
];
const NARROWER: &str = "http://www.w3.org/2004/02/skos/core#narrower";
const DEPRECATED: &str = "http://www.w3.org/2002/07/owl#deprecated";
const REPLACED: &str = "http://purl.org/dc/terms/isReplacedBy";

/// Properties whose values date a vocabulary, where its scheme has them.
const DATES: [&str; 4] = [
    "http://purl.org/dc/terms/modified",
    "http://purl.org/dc/terms/issued",
    "http://purl.org/dc/terms/created",
    "http://www.w3.org/2002/07/owl#versionInfo",
];

/// Dated things that are kept until it shows which of them is the scheme.
const DATED: usize = 100_000;

/// Reads a file's triples into facts.
///
/// # Errors
/// Where the file breaks the rules of its format, and what `take` says.
pub fn read(
    name: &str,
    format: VocabularyFormat,
    file: impl Read,
    watch: &Watch,
    take: &mut Take<'_>,
) -> Result<(), LoadError> {
    let mut facts = Facts { take, schemes: HashMap::new(), labels: HashMap::new() };
    let context = ParseContext { name, format, watch };
    match format {
        VocabularyFormat::NTriples => {
            for triple in NTriplesParser::new().for_reader(file) {
                facts.triple(&triple.map_err(|error| context.turtle(error))?)?;
            }
        }
        VocabularyFormat::NQuads => {
            for quad in NQuadsParser::new().for_reader(file) {
                facts.triple(&quad.map_err(|error| context.turtle(error))?.into())?;
            }
        }
        VocabularyFormat::RdfXml => {
            for triple in RdfXmlParser::new().for_reader(Guarded::new(file, Grammar::Xml)) {
                facts.triple(&triple.map_err(|error| context.xml(error))?)?;
            }
        }
        _ => {
            for triple in TurtleParser::new().for_reader(file) {
                facts.triple(&triple.map_err(|error| context.turtle(error))?)?;
            }
        }
    }
    facts.finish()
}

/// What messages need.
struct ParseContext<'a> {
    name: &'a str,
    format: VocabularyFormat,
    watch: &'a Watch,
}

impl ParseContext<'_> {
    fn turtle(&self, error: TurtleParseError) -> LoadError {
        match error {
            TurtleParseError::Io(error) => LoadError::read(self.name, &error),
            TurtleParseError::Syntax(error) => {
                let (start, end) = (error.location().start, error.location().end);
                let width = if start.line == end.line { end.column.saturating_sub(start.column) } else { 1 };
                let place = self.place(start.line + 1, start.column + 1, width);
                self.syntax(error.message(), place)
            }
        }
    }

    fn xml(&self, error: RdfXmlParseError) -> LoadError {
        match error {
            RdfXmlParseError::Io(error) => LoadError::read(self.name, &error),
            RdfXmlParseError::Syntax(error) => self.syntax(&error.to_string(), None),
        }
    }

    fn place(&self, line: u64, column: u64, width: u64) -> Option<Box<Place>> {
        let (column, width) = (usize::try_from(column).ok()?, usize::try_from(width).ok()?);
        let source = self.watch.line(line)?;
        let width = width.clamp(1, source.chars().count().saturating_sub(column - 1).max(1));
        Some(Box::new(Place { file: self.name.to_owned(), line: usize::try_from(line).ok()?, column, source, width }))
    }

    fn syntax(&self, message: &str, place: Option<Box<Place>>) -> LoadError {
        let message = message.trim_end_matches('.');
        let mut letters = message.chars();
        let first = letters.next().map(|c| c.to_ascii_lowercase());
        let reason = first.into_iter().chain(letters).collect();
        LoadError::Syntax { name: self.name.to_owned(), format: self.format.name(), reason, place }
    }
}

/// Facts out of triples in any order.
struct Facts<'a, 'b> {
    take: &'a mut Take<'b>,
    /// Dates of things that may turn out to be the scheme.
    schemes: HashMap<String, Dated>,
    /// SKOS-XL labels whose text or concept is still to come.
    labels: HashMap<String, LabelSide>,
}

#[derive(Default)]
struct Dated {
    is_scheme: bool,
    date: String,
}

/// One side of a SKOS-XL label.
enum LabelSide {
    Concept(String, Role),
    Text(String, String),
}

impl Facts<'_, '_> {
    fn triple(&mut self, triple: &Triple) -> Result<(), LoadError> {
        let subject = match &triple.subject {
            NamedOrBlankNode::NamedNode(node) => node.as_str(),
            NamedOrBlankNode::BlankNode(node) => node.as_str(),
        };
        let is_named = matches!(triple.subject, NamedOrBlankNode::NamedNode(_));
        let predicate = triple.predicate.as_str();
        match &triple.object {
            Term::Literal(literal) if predicate == LITERAL_FORM => {
                let language = literal.language().unwrap_or_default().to_owned();
                self.half(subject, LabelSide::Text(literal.value().to_owned(), language))
            }
            Term::Literal(literal) if is_named => {
                let language = literal.language().unwrap_or_default();
                self.literal(subject, predicate, literal.value(), language)
            }
            Term::NamedNode(object) if is_named => self.tie(subject, predicate, object.as_str()),
            Term::BlankNode(object) if is_named => match role(&XL, predicate) {
                Some(role) => self.half(object.as_str(), LabelSide::Concept(subject.to_owned(), role)),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn literal(&mut self, subject: &str, predicate: &str, value: &str, language: &str) -> Result<(), LoadError> {
        if let Some(role) = role(&LABELS, predicate) {
            return (self.take)(subject, Fact::Label { role, language, text: value });
        }
        if predicate == DEPRECATED && matches!(value, "true" | "1") {
            return (self.take)(subject, Fact::Withdrawn);
        }
        if DATES.contains(&predicate)
            && let Some(date) = date(value)
            && (self.schemes.len() < DATED || self.schemes.contains_key(subject))
        {
            let scheme = self.schemes.entry(subject.to_owned()).or_default();
            scheme.date = date.to_owned().max(std::mem::take(&mut scheme.date));
        }
        Ok(())
    }

    fn tie(&mut self, subject: &str, predicate: &str, object: &str) -> Result<(), LoadError> {
        if predicate == TYPE {
            let name = object.rsplit(['/', '#']).next().unwrap_or_default();
            if matches!(name, "ConceptScheme" | "Dataset" | "Collection" | "OrderedCollection" | "Ontology") {
                if matches!(name, "ConceptScheme" | "Dataset") {
                    self.schemes.entry(subject.to_owned()).or_default().is_scheme = true;
                }
                return (self.take)(subject, Fact::NotAnEntry);
            }
            return Sort::from_class(object).map_or(Ok(()), |sort| (self.take)(subject, Fact::Sort(sort)));
        }
        if BROADER.contains(&predicate) {
            (self.take)(subject, Fact::Broader(object))
        } else if predicate == NARROWER {
            (self.take)(object, Fact::Broader(subject))
        } else if predicate == REPLACED {
            (self.take)(subject, Fact::Withdrawn)
        } else if let Some(role) = role(&XL, predicate) {
            self.half(object, LabelSide::Concept(subject.to_owned(), role))
        } else {
            Ok(())
        }
    }

    /// Takes one side of a SKOS-XL label; with the other one it is whole.
    fn half(&mut self, node: &str, half: LabelSide) -> Result<(), LoadError> {
        match (self.labels.remove(node), half) {
            (Some(LabelSide::Text(text, language)), LabelSide::Concept(concept, role))
            | (Some(LabelSide::Concept(concept, role)), LabelSide::Text(text, language)) => {
                (self.take)(&concept, Fact::Label { role, language: &language, text: &text })
            }
            (_, half) => {
                self.labels.insert(node.to_owned(), half);
                Ok(())
            }
        }
    }

    fn finish(self) -> Result<(), LoadError> {
        let schemes = self.schemes.values().filter(|dated| dated.is_scheme && !dated.date.is_empty());
        match schemes.map(|dated| dated.date.as_str()).max() {
            Some(date) => (self.take)("", Fact::Date(date)),
            None => Ok(()),
        }
    }
}

fn role(table: &[(&str, Role)], predicate: &str) -> Option<Role> {
    table.iter().find(|(iri, _)| *iri == predicate).map(|(_, role)| *role)
}

/// The day at the start of a date or version.
fn date(value: &str) -> Option<&str> {
    let day = value.trim().get(..10)?;
    let is_day = day.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    is_day.then_some(day)
}
