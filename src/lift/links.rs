//! Ties to outer vocabularies, one graph per scheme, each with the predicate that says neither more nor less than the data
//! row: no `owl:sameAs`, concepts never equal to the things they are about.

use std::collections::BTreeMap;

use oxrdf::{NamedNode, NamedNodeRef, Triple};

use crate::model::{EntityId, Identifier, Kind, Link, MatchStrength, Subject};

use super::source::{About, Source};
use super::vocabulary::{dcterms, foaf, rap, rdf, rdfs, schema, skos, void};
use super::{Graph, Layer, link_evidence, literals, rights};

/// Schemes whose members are concepts: about things, not the things.
const CONCEPTS: &[&str] =
    &["eurovoc", "unbis", "unesco-thesaurus", "sdg", "m49", "eu-authority-country", "eu-country", "iccs"];

/// Schemes whose members are files or records about a document, not the document.
const FILES: &[&str] = &["un-symbol", "undocs"];

/// Schemes whose values are names, dates or parts of a symbol, or stand elsewhere already: no identifiers of their own.
const NO_CODES: &[&str] = &["un-symbol", "unterm-short-en", "unterm-formal-en", "meeting-dates"];

/// What a scheme knows of one document's things.
#[derive(Default)]
struct Ties<'a> {
    links: Vec<&'a Link>,
    codes: Vec<(EntityId, &'a Identifier)>,
    subjects: Vec<&'a Subject>,
}

/// One graph for each scheme that the document's links use, and one of how they were found.
pub fn graphs(source: &Source<'_>) -> Vec<Graph> {
    let extraction = source.extraction;
    let mut schemes: BTreeMap<&str, Ties<'_>> = BTreeMap::new();
    for link in &extraction.links {
        schemes.entry(&link.scheme).or_default().links.push(link);
    }
    for subject in &extraction.subjects {
        schemes.entry(&subject.scheme).or_default().subjects.push(subject);
    }
    for (at, entity) in extraction.entities.iter().enumerate() {
        for code in entity.identifiers.iter().filter(|identifier| is_code(identifier)) {
            schemes.entry(&code.scheme).or_default().codes.push((EntityId(at as u32), code));
        }
    }
    let mut graphs: Vec<Graph> = schemes.into_iter().map(|(scheme, ties)| graph(source, scheme, &ties)).collect();
    graphs.extend(link_evidence::graphs(source));
    graphs
}

/// Whether a row gives a code and no address.
fn is_code(identifier: &Identifier) -> bool {
    identifier.iri.is_none()
        && identifier.strength == MatchStrength::Exact
        && !identifier.source.is_empty()
        && !NO_CODES.contains(&identifier.scheme.as_str())
}

fn graph(source: &Source<'_>, scheme: &str, ties: &Ties<'_>) -> Graph {
    let name = source.base.links_graph(scheme);
    let mut triples = Vec::with_capacity(ties.links.len() + ties.codes.len() + ties.subjects.len() + 4);
    for link in &ties.links {
        // An address that is no IRI is a fault of a data row: better no link than a broken graph.
        let Ok(target) = NamedNode::new(link.iri.as_str()) else { continue };
        let predicate = push(source, link, target, &mut triples);
        describe(&name, predicate, &link.source, &mut triples);
    }
    for (entity, code) in &ties.codes {
        let value = literals::plain(&code.value);
        triples.push(Triple::new(source.entity(*entity).clone(), schema::IDENTIFIER, value));
        describe(&name, schema::IDENTIFIER, &code.source, &mut triples);
    }
    for subject in &ties.subjects {
        let Ok(concept) = NamedNode::new(subject.iri.as_str()) else { continue };
        let of = match subject.claim {
            None => Some(source.itself()),
            Some(number) => source.claims().get(number),
        };
        let Some(of) = of else { continue };
        triples.push(Triple::new(of.clone(), dcterms::SUBJECT, concept));
        describe(&name, dcterms::SUBJECT, &subject.source, &mut triples);
    }
    if !triples.is_empty() {
        let mut set = About::new(&name, &mut triples);
        set.add(rdf::TYPE, void::LINKSET.into_owned());
        set.add(skos::PREF_LABEL, literals::words(&format!("links to {scheme}"), literals::ENGLISH));
        rights::describe(&name, scheme, &mut triples);
    }
    Graph::new(name, Layer::Links, triples)
}

/// Says of a set of links with which property it ties, and where one of its rows is from.
fn describe(name: &NamedNode, predicate: NamedNodeRef<'static>, rows: &str, triples: &mut Vec<Triple>) {
    let mut set = About::new(name, triples);
    set.add(void::LINK_PREDICATE, predicate.into_owned());
    for row in rows.split(';').map(str::trim).filter(|row| !row.is_empty()) {
        set.add(rap::LINK_SOURCE, literals::plain(row));
    }
}

/// Adds a link and tells its predicate.
fn push(source: &Source<'_>, link: &Link, target: NamedNode, triples: &mut Vec<Triple>) -> NamedNodeRef<'static> {
    let ours = source.entity(link.entity).clone();
    let predicate = predicate_of(source, link);
    if predicate == foaf::FOCUS {
        triples.push(Triple::new(target, predicate, ours));
    } else {
        triples.push(Triple::new(ours, predicate, target));
    }
    predicate
}

pub(super) fn predicate_of(source: &Source<'_>, link: &Link) -> NamedNodeRef<'static> {
    let is_concept = link.is_concept || CONCEPTS.contains(&link.scheme.as_str());
    predicate(source.extraction.entity(link.entity).kind(), &link.scheme, is_concept, link.strength)
}

/// How a thing of that kind is tied to a member of the scheme. `foaf:focus` runs from the concept to our thing.
fn predicate(kind: Kind, scheme: &str, is_concept: bool, strength: MatchStrength) -> NamedNodeRef<'static> {
    match (kind, strength) {
        (Kind::Topic | Kind::Measure, MatchStrength::Exact) => skos::EXACT_MATCH,
        (Kind::Topic | Kind::Measure, MatchStrength::Close) => skos::CLOSE_MATCH,
        (Kind::Topic | Kind::Measure, MatchStrength::Broad) => skos::BROAD_MATCH,
        (Kind::Document | Kind::Resolution, _) if is_concept => dcterms::SUBJECT,
        (Kind::Document | Kind::Resolution | Kind::Treaty, MatchStrength::Exact) if FILES.contains(&scheme) => {
            schema::URL
        }
        (Kind::Document | Kind::Resolution | Kind::Meeting, _) if scheme != "wikidata" => dcterms::RELATION,
        // A wider concept is not about the thing: only a row that says the same makes it its focus.
        (_, MatchStrength::Exact) if is_concept => foaf::FOCUS,
        (_, MatchStrength::Exact) => schema::SAME_AS,
        _ => rdfs::SEE_ALSO,
    }
}

#[cfg(test)]
mod tests {
    use super::{dcterms, foaf, predicate, rdfs, schema, skos};
    use crate::model::{
        Kind,
        MatchStrength::{Broad, Close, Exact},
    };

    #[test]
    fn predicates_say_neither_more_nor_less_than_the_row() {
        let rows = [
            (Kind::State, "wikidata", Exact, schema::SAME_AS),
            (Kind::UNBody, "wikidata", Close, rdfs::SEE_ALSO),
            (Kind::UNBody, "ror", Exact, schema::SAME_AS),
            (Kind::State, "eurovoc", Exact, foaf::FOCUS),
            (Kind::State, "unbis", Close, rdfs::SEE_ALSO),
            (Kind::State, "m49", Exact, foaf::FOCUS),
            (Kind::Place, "geonames", Exact, schema::SAME_AS),
            (Kind::ExpertGroup, "eurovoc", Broad, rdfs::SEE_ALSO),
            (Kind::UNBody, "eurovoc", Close, rdfs::SEE_ALSO),
            (Kind::UNBody, "eurovoc", Exact, foaf::FOCUS),
            (Kind::Topic, "unbis", Exact, skos::EXACT_MATCH),
            (Kind::Topic, "eurovoc", Close, skos::CLOSE_MATCH),
            (Kind::Topic, "eurovoc", Broad, skos::BROAD_MATCH),
            (Kind::Resolution, "un-symbol", Exact, schema::URL),
            (Kind::Resolution, "unbis", Exact, dcterms::SUBJECT),
            (Kind::Resolution, "undl-voting-record", Close, dcterms::RELATION),
            (Kind::Treaty, "un-symbol", Close, rdfs::SEE_ALSO),
            (Kind::Treaty, "untc-mtdsg", Exact, schema::SAME_AS),
        ];
        for (kind, scheme, strength, expected) in rows {
            let is_concept = super::CONCEPTS.contains(&scheme);
            assert_eq!(predicate(kind, scheme, is_concept, strength), expected, "{kind:?} {scheme} {strength:?}");
        }
    }
}
