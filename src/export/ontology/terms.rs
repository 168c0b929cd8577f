//! The terms of the ontology that ships, as its page needs them.

use std::collections::BTreeMap;

use oxrdf::{NamedOrBlankNode, Term as Node};
use oxttl::TurtleParser;

use crate::export::graph::xml::escaped;
use crate::lift::vocabulary::{ONTOLOGY_TURTLE, local_name, rdf, rdfs, shorten};

const ONTOLOGY: &str = "https://w3id.org/rapporteur/ontology";
const CLASS: &str = "http://www.w3.org/2002/07/owl#Class";
const IN_SCHEME: &str = "http://www.w3.org/2004/02/skos/core#inScheme";
const SCHEME: &str = "http://www.w3.org/2004/02/skos/core#ConceptScheme";

/// Titles of what ties a term to other nodes, each with its property.
pub const SHOWN: [(&str, &str); 10] = [
    ("Below", "http://www.w3.org/2000/01/rdf-schema#subClassOf"),
    ("Below", "http://www.w3.org/2000/01/rdf-schema#subPropertyOf"),
    ("Never also", "http://www.w3.org/2002/07/owl#disjointWith"),
    ("Of", "http://www.w3.org/2000/01/rdf-schema#domain"),
    ("Value", "http://www.w3.org/2000/01/rdf-schema#range"),
    ("Usually of", "https://schema.org/domainIncludes"),
    ("Usual values", "https://schema.org/rangeIncludes"),
    ("Side", "https://w3id.org/rapporteur/ontology#attitude"),
    ("Scheme", IN_SCHEME),
    ("See also", "http://www.w3.org/2000/01/rdf-schema#seeAlso"),
];

/// Titles of what is told of a term in words.
pub const TOLD: [(&str, &str); 3] = [
    ("Denied", "https://w3id.org/rapporteur/ontology#deniedLabel"),
    ("Also", "http://www.w3.org/2004/02/skos/core#altLabel"),
    ("Notation", "http://www.w3.org/2004/02/skos/core#notation"),
];

/// A term and all that is said of it.
#[derive(Default)]
pub struct Term {
    name: String,
    said: Vec<(String, Node)>,
}

impl Term {
    /// Its local name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it is called.
    pub fn label(&self) -> &str {
        self.words(rdfs::LABEL.as_str()).next().unwrap_or_default()
    }

    /// What it means.
    pub fn comment(&self) -> &str {
        self.words(rdfs::COMMENT.as_str()).next().unwrap_or_default()
    }

    /// The local name of the first of our classes above it.
    pub fn above(&self) -> Option<&str> {
        self.nodes(rdfs::SUB_CLASS_OF.as_str()).find_map(local_name)
    }

    /// The IRIs that a property leads to.
    pub fn nodes<'t>(&'t self, property: &'t str) -> impl Iterator<Item = &'t str> {
        self.said.iter().filter(move |(said, _)| said == property).filter_map(|(_, value)| match value {
            Node::NamedNode(node) => Some(node.as_str()),
            _ => None,
        })
    }

    /// The words that a property has.
    pub fn words<'t>(&'t self, property: &'t str) -> impl Iterator<Item = &'t str> {
        self.said.iter().filter(move |(said, _)| said == property).filter_map(|(_, value)| match value {
            Node::Literal(literal) => Some(literal.value()),
            _ => None,
        })
    }

    fn is(&self, class: &str) -> bool {
        self.nodes(rdf::TYPE.as_str()).any(|found| found == class)
    }
}

/// All terms, in the order of the file.
pub struct Vocabulary {
    terms: Vec<Term>,
    head: Term,
}

impl Vocabulary {
    /// That of the ontology that ships.
    pub fn read() -> Self {
        let mut vocabulary = Self { terms: Vec::new(), head: Term::default() };
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for triple in TurtleParser::new().for_slice(ONTOLOGY_TURTLE).filter_map(Result::ok) {
            let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { continue };
            let said = (triple.predicate.as_str().to_owned(), triple.object);
            match local_name(subject.as_str()) {
                Some(name) => {
                    let place = *places.entry(name.to_owned()).or_insert_with(|| {
                        vocabulary.terms.push(Term { name: name.to_owned(), said: Vec::new() });
                        vocabulary.terms.len() - 1
                    });
                    vocabulary.terms[place].said.push(said);
                }
                None if subject.as_str() == ONTOLOGY => vocabulary.head.said.push(said),
                None => {}
            }
        }
        vocabulary
    }

    /// All terms.
    #[cfg(test)]
    pub fn all(&self) -> impl Iterator<Item = &Term> {
        self.terms.iter()
    }

    /// The first that is said of the ontology itself.
    pub fn about(&self, property: &str) -> &str {
        self.all_about(property).first().copied().unwrap_or_default()
    }

    /// All that is said of the ontology itself.
    pub fn all_about(&self, property: &str) -> Vec<&str> {
        let of = self.head.said.iter().filter(|(said, _)| said == property);
        of.map(|(_, value)| match value {
            Node::NamedNode(node) => node.as_str(),
            Node::Literal(literal) => literal.value(),
            _ => "",
        })
        .collect()
    }

    /// The classes.
    pub fn classes(&self) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(|term| term.is(CLASS))
    }

    /// The relations of a group.
    pub fn relations<'v>(&'v self, group: &'v str) -> impl Iterator<Item = &'v Term> {
        let relations =
            self.terms.iter().filter(|term| self.is_below(term, "relation") || self.is_below(term, "stance"));
        relations.filter(move |term| {
            let own = term.words("https://w3id.org/rapporteur/ontology#group").next().unwrap_or_default();
            own == group || group.is_empty() && own == "other"
        })
    }

    /// The properties right below one.
    pub fn below<'v>(&'v self, above: &'v str) -> impl Iterator<Item = &'v Term> {
        self.terms.iter().filter(move |term| self.is_below(term, above))
    }

    fn is_below(&self, term: &Term, above: &str) -> bool {
        term.nodes(rdfs::SUB_PROPERTY_OF.as_str()).any(|iri| local_name(iri) == Some(above)) && term.name != "stance"
    }

    /// The properties that are neither relations nor qualifiers.
    pub fn other_properties(&self) -> impl Iterator<Item = &Term> {
        let is_named =
            |term: &&Term| ["relation", "stance", "qualifier"].iter().any(|above| self.is_below(term, above));
        self.terms.iter().filter(|term| !term.is(CLASS) && !is_concept(term)).filter(move |term| !is_named(term))
    }

    /// The concepts and their schemes.
    pub fn concepts(&self) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(|term| is_concept(term))
    }

    /// A node as a link: to its place on the page, or out.
    pub fn linked(&self, iri: &str) -> String {
        let shown = oxrdf::NamedNodeRef::new(iri).ok().and_then(shorten).unwrap_or_else(|| iri.to_owned());
        match local_name(iri) {
            Some(name) => format!("<a href=\"#{0}\">{0}</a>", escaped(name)),
            None => format!("<a href=\"{}\">{}</a>", escaped(iri), escaped(&shown)),
        }
    }
}

fn is_concept(term: &Term) -> bool {
    term.is(SCHEME) || term.nodes(IN_SCHEME).next().is_some()
}
