//! The properties of a claim by their numbers, so that reading one claim is one walk over its rows.

use std::collections::HashMap;

use oxrdf::NamedNodeRef;
use rustc_hash::FxBuildHasher;

use crate::lift::vocabulary::{own, rap, rdf};
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
