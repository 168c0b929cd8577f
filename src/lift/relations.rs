//! Relations of a user's own: each document that claims one says what it is, so that whoever reads the store or an export
//! needs no other file. What the ontology that ships declares is known everywhere and not repeated.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use oxrdf::{NamedNode, NamedNodeRef, Triple};

use crate::model::{Annotator, Declaration, EDITED, Relation, Stance};
use crate::seeds::Rules;

use super::literals;
use super::source::{About, Source};
use super::vocabulary::{owl, rap, rdf, rdfs, relations};

/// Where a declaration keeps a flag.
type Flag = fn(&mut Declaration) -> &mut bool;

/// The flags of a relation by the property that says them.
const FLAGS: [(NamedNodeRef<'static>, Flag); 3] = [
    (rap::DESCRIBES_OCCASION, |relation| &mut relation.describes_occasion),
    (rap::DESCRIBES_DOCUMENT, |relation| &mut relation.describes_document),
    (rap::OPEN, |relation| &mut relation.is_open),
];

/// The attitudes by their own names.
const ATTITUDES: [(NamedNodeRef<'static>, Stance); 3] =
    [(rap::FAVOURABLE, Stance::For), (rap::UNFAVOURABLE, Stance::Against), (rap::REQUESTING, Stance::Asks)];

/// Says what the user's own relations are that a document claims.
pub fn add(source: &Source<'_>, triples: &mut Vec<Triple>) {
    let claimed: BTreeSet<&Relation> = source.extraction.claims.iter().map(|claim| &claim.relation).collect();
    for relation in claimed.into_iter().filter(|relation| !relations().declares(relation.iri())) {
        describe(relation, triples);
    }
}

fn describe(relation: &Relation, triples: &mut Vec<Triple>) {
    let mut declaration = relation.declaration().clone();
    let iri = NamedNode::new_unchecked(relation.iri());
    let mut node = About::new(&iri, triples);
    node.add(rdfs::SUB_PROPERTY_OF, if relation.is_position() { rap::STANCE } else { rap::RELATION }.into_owned());
    node.add(rdf::TYPE, owl::OBJECT_PROPERTY.into_owned());
    node.add(rdfs::LABEL, literals::words(&declaration.label, literals::ENGLISH));
    node.add(rap::DENIED_LABEL, literals::words(&relation.words(true), literals::ENGLISH));
    if let Some((attitude, _)) = ATTITUDES.iter().find(|(_, stance)| *stance == declaration.attitude) {
        node.add(rap::ATTITUDE, attitude.into_owned());
    }
    for (property, flag) in FLAGS {
        if *flag(&mut declaration) {
            node.add(property, oxrdf::Literal::from(true));
        }
    }
}

/// The relation that a property is: as the ontology that ships declares it, else as `value` tells what the graph says of
/// the property, else by its name alone.
pub fn relation_of<'v>(iri: &str, value: impl Fn(NamedNodeRef<'static>) -> Option<&'v str>) -> Relation {
    let known = relations().of_iri(iri);
    if relations().declares(iri) {
        return known;
    }
    let mut declaration = known.declaration().clone();
    if let Some(label) = value(rdfs::LABEL) {
        declaration.label = label.to_owned();
    }
    declaration.denied = value(rap::DENIED_LABEL).unwrap_or_default().to_owned();
    declaration.is_position = value(rdfs::SUB_PROPERTY_OF) == Some(rap::STANCE.as_str());
    let attitude = value(rap::ATTITUDE);
    let found = ATTITUDES.iter().find(|(node, _)| attitude == Some(node.as_str()));
    declaration.attitude = found.map_or(Stance::None, |(_, stance)| *stance);
    for (property, flag) in FLAGS {
        *flag(&mut declaration) = value(property) == Some("true");
    }
    declaration.into()
}

/// Whether what the graph says of a property makes it a relation.
pub fn is_relation<'v>(iri: &str, above: impl Fn() -> Option<&'v str>) -> bool {
    relations().declares(iri)
        || above().is_some_and(|above| above == rap::STANCE.as_str() || above == rap::RELATION.as_str())
}

/// Whether a claim can name that rule: one that ships, a program that proposed it, or a reader who corrected it.
pub fn is_rule(code: &str) -> bool {
    static CODES: LazyLock<HashSet<&str>> =
        LazyLock::new(|| Rules::embedded().rules().iter().map(|rule| rule.code.as_str()).collect());
    CODES.contains(code) || code == EDITED || Annotator::of_rule(code).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_relation_is_read_back() {
        let declaration = Declaration {
            name: "cheersFor".into(),
            iri: "https://example.org/cheersFor".into(),
            label: "cheers for".into(),
            denied: "does not cheer for".into(),
            is_position: true,
            attitude: Stance::For,
            describes_document: true,
            ..Declaration::default()
        };
        let relation = Relation::from(declaration.clone());
        let mut triples = Vec::new();
        describe(&relation, &mut triples);
        let said: Vec<(String, String)> = triples
            .iter()
            .map(|triple| match &triple.object {
                oxrdf::Term::Literal(literal) => (triple.predicate.as_str().to_owned(), literal.value().to_owned()),
                object => (triple.predicate.as_str().to_owned(), object.to_string().replace(['<', '>'], "")),
            })
            .collect();
        let value = |property: NamedNodeRef<'static>| {
            said.iter().find(|(known, _)| known == property.as_str()).map(|(_, value)| value.as_str())
        };
        assert_eq!(relation_of(relation.iri(), value).declaration(), &declaration);
        assert!(is_relation(relation.iri(), || value(rdfs::SUB_PROPERTY_OF)));
        assert!(!is_relation("https://example.org/other", || None));
    }
}
