//! The properties of a claim by their numbers, so that reading one claim is one walk over its rows.

use std::collections::HashMap;

use oxrdf::NamedNodeRef;
use rustc_hash::FxBuildHasher;

use crate::lift::vocabulary::{dcterms, local_name, own, rap, rdf, rdfs, schema, skos};
use crate::model::Qualifier;

use super::{Quads, TermId};

/// What a property says of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Subject,
    Predicate,
    Object,
    Holder,
    Polarity,
    Modality,
    Strength,
    Confidence,
    Rule,
    Evidence,
    Qualifier(Qualifier),
}

/// The properties of a claim.
const FIELDS: [(Field, NamedNodeRef<'static>); 10] = [
    (Field::Subject, rdf::SUBJECT),
    (Field::Predicate, rdf::PREDICATE),
    (Field::Object, rdf::OBJECT),
    (Field::Holder, rap::SAID_BY),
    (Field::Polarity, rap::POLARITY),
    (Field::Modality, rap::MODALITY),
    (Field::Strength, rap::STRENGTH),
    (Field::Confidence, rap::CONFIDENCE),
    (Field::Rule, rap::RULE),
    (Field::Evidence, rap::EVIDENCE),
];

/// What names of things and texts are made of, besides the relations in [`VOICES`].
const NAMING: [NamedNodeRef<'static>; 10] = [
    rdf::TYPE,
    skos::PREF_LABEL,
    skos::ALT_LABEL,
    dcterms::TITLE,
    rdfs::LABEL,
    schema::NAME,
    dcterms::IDENTIFIER,
    dcterms::DATE,
    schema::SHA256,
    rap::TEXT_OF,
];

/// Whom a text speaks for: part of its short name.
pub(super) const VOICES: [&str; 4] = ["represents", "deliveredBy", "publishedBy", "adopted"];

/// Whether what a property says is needed to name things: a record of that alone has the same
/// [`Labels`](super::Labels) and [`Names`](super::Names).
pub fn is_naming(property: &str) -> bool {
    match local_name(property) {
        Some(local) => VOICES.contains(&local) || property == rap::TEXT_OF.as_str(),
        None => NAMING.iter().any(|known| known.as_str() == property),
    }
}

/// The IRIs of what is needed to name things.
pub(super) fn naming() -> impl Iterator<Item = String> {
    NAMING.iter().map(|iri| iri.as_str().to_owned()).chain(VOICES.iter().map(|name| own(name).into_string()))
}

/// Which number stands for which property.
pub struct Terms(HashMap<TermId, Field, FxBuildHasher>);

impl Terms {
    pub fn of(quads: &Quads) -> Self {
        let plain = FIELDS.iter().map(|(field, iri)| (*field, quads.find_iri(iri.as_str())));
        let qualifiers = Qualifier::ALL
            .into_iter()
            .map(|qualifier| (Field::Qualifier(qualifier), quads.find_iri(own(qualifier.name()).as_str())));
        Self(plain.chain(qualifiers).filter_map(|(field, id)| Some((id?, field))).collect())
    }

    pub fn field(&self, property: TermId) -> Option<Field> {
        self.0.get(&property).copied()
    }
}
