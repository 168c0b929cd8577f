//! Ties to outer vocabularies, one graph per scheme, each with the predicate that says neither more nor less than the data
//! row: no `owl:sameAs`, concepts never equal to the things they are about.

use std::collections::BTreeMap;

use oxrdf::{NamedNode, NamedNodeRef, Triple};

use crate::model::{Kind, Link, MatchStrength};

use super::source::{About, Source};
use super::vocabulary::{dcterms, foaf, rap, rdf, rdfs, schema, skos, void};
use super::{Graph, Layer, literals};

/// Schemes whose members are concepts: about things, not the things.
const CONCEPTS: &[&str] =
    &["eurovoc", "unbis", "unesco-thesaurus", "sdg", "m49", "eu-authority-country", "eu-country", "iccs"];

/// Schemes whose members are files or records about a document, not the document.
const FILES: &[&str] = &["un-symbol", "undocs"];

/// One graph for each scheme that the document's links use.
pub fn graphs(source: &Source<'_>) -> Vec<Graph> {
    let mut schemes: BTreeMap<&str, Vec<&Link>> = BTreeMap::new();
    for link in &source.extraction.links {
        schemes.entry(&link.scheme).or_default().push(link);
    }
    schemes.into_iter().map(|(scheme, links)| graph(source, scheme, &links)).collect()
}

fn graph(source: &Source<'_>, scheme: &str, links: &[&Link]) -> Graph {
    let name = source.base.links_graph(scheme);
    let mut triples = Vec::with_capacity(links.len() + 4);
    for link in links {
        // An address that is no IRI is a fault of a data row: better no link than a broken graph.
        let Ok(target) = NamedNode::new(link.iri.as_str()) else { continue };
        let predicate = push(source, link, target, &mut triples);
        let mut set = About::new(&name, &mut triples);
        set.add(void::LINK_PREDICATE, predicate.into_owned());
        for row in link.source.split(';').map(str::trim).filter(|row| !row.is_empty()) {
            set.add(rap::LINK_SOURCE, literals::plain(row));
        }
    }
    if !triples.is_empty() {
        let mut set = About::new(&name, &mut triples);
        set.add(rdf::TYPE, void::LINKSET.into_owned());
        set.add(skos::PREF_LABEL, literals::words(&format!("links to {scheme}"), literals::ENGLISH));
    }
    Graph::new(name, Layer::Links, triples)
}

/// Adds a link and tells its predicate.
fn push(source: &Source<'_>, link: &Link, target: NamedNode, triples: &mut Vec<Triple>) -> NamedNodeRef<'static> {
    let ours = source.entity(link.entity).clone();
    let predicate = predicate(source.extraction.entity(link.entity).kind(), &link.scheme, link.strength);
    if predicate == foaf::FOCUS {
        triples.push(Triple::new(target, predicate, ours));
    } else {
        triples.push(Triple::new(ours, predicate, target));
    }
    predicate
}

/// How a thing of that kind is tied to a member of the scheme. `foaf:focus` runs from the concept to our thing.
fn predicate(kind: Kind, scheme: &str, strength: MatchStrength) -> NamedNodeRef<'static> {
    let is_concept = CONCEPTS.contains(&scheme);
    match (kind, strength) {
        (Kind::Topic, MatchStrength::Exact) => skos::EXACT_MATCH,
        (Kind::Topic, MatchStrength::Close) => skos::CLOSE_MATCH,
        (Kind::Topic, MatchStrength::Broad) => skos::BROAD_MATCH,
        (Kind::Document | Kind::Resolution, _) if is_concept => dcterms::SUBJECT,
        (Kind::Document | Kind::Resolution | Kind::Treaty, MatchStrength::Exact) if FILES.contains(&scheme) => {
            schema::URL
        }
        (Kind::Document | Kind::Resolution | Kind::Meeting, _) if scheme != "wikidata" => dcterms::RELATION,
        (Kind::State | Kind::Place, MatchStrength::Exact) if is_concept => foaf::FOCUS,
        (Kind::State | Kind::Place, _) if is_concept => rdfs::SEE_ALSO,
        _ if is_concept => foaf::FOCUS,
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
            (Kind::ExpertGroup, "eurovoc", Broad, foaf::FOCUS),
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
            assert_eq!(predicate(kind, scheme, strength), expected, "{kind:?} {scheme} {strength:?}");
        }
    }
}
