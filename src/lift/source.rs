//! One document on its way into RDF, with what all its graphs need: IRIs of its entities, its text and its claims.

use oxrdf::{Literal, NamedNode, NamedNodeRef, Term, Triple};

use crate::model::{self, EntityId, Extraction, Span};

use super::{Base, claim_keys, literals};

/// An extraction with its IRIs, minted once.
pub struct Source<'a> {
    pub extraction: &'a Extraction,
    pub base: &'a Base,
    /// The text as a node.
    pub text: NamedNode,
    /// One IRI per entity.
    entities: Vec<NamedNode>,
    /// One IRI per claim, then one per claim that is kept for a reader.
    claims: Vec<NamedNode>,
    /// The language of the document's own words, in lower case.
    language: String,
}

impl<'a> Source<'a> {
    pub fn new(extraction: &'a Extraction, base: &'a Base) -> Self {
        let language = extraction.document.metadata.language.as_ref();
        let claims = claim_keys::keys(extraction, extraction.claims.iter().chain(&extraction.doubtful));
        Self {
            extraction,
            base,
            text: base.text(&extraction.document.sha256),
            entities: extraction.entities.iter().map(|entity| base.iri(&entity.key)).collect(),
            claims: claims.iter().map(|key| base.claim(key)).collect(),
            language: language.map_or_else(|| literals::ENGLISH.to_owned(), |field| field.value.to_lowercase()),
        }
    }

    /// The IRI of an entity.
    pub fn entity(&self, id: EntityId) -> &NamedNode {
        &self.entities[id.index()]
    }

    /// The IRI of the document as a work: the resolution, or the text itself.
    pub fn itself(&self) -> &NamedNode {
        self.extraction.itself.map_or(&self.text, |id| self.entity(id))
    }

    /// A passage of the text.
    pub fn passage(&self, span: Span) -> NamedNode {
        self.base.passage(&self.extraction.document.sha256, self.extraction.document.code_points(span))
    }

    /// An end of a claim.
    pub fn term(&self, term: &model::Term) -> Term {
        match term {
            model::Term::Entity(id) => self.entity(*id).clone().into(),
            model::Term::Literal(words) => self.words(words).into(),
        }
    }

    /// Words of the document.
    pub fn words(&self, words: &str) -> Literal {
        literals::words(words, &self.language)
    }

    /// The IRIs of the claims, in their order.
    pub fn claims(&self) -> &[NamedNode] {
        &self.claims[..self.extraction.claims.len()]
    }

    /// The IRIs of what is kept for a reader, in its order.
    pub fn doubtful(&self) -> &[NamedNode] {
        &self.claims[self.extraction.claims.len()..]
    }
}

/// Triples of one subject, pushed in turn.
pub struct About<'a> {
    subject: &'a NamedNode,
    triples: &'a mut Vec<Triple>,
}

impl<'a> About<'a> {
    pub fn new(subject: &'a NamedNode, triples: &'a mut Vec<Triple>) -> Self {
        Self { subject, triples }
    }

    pub fn add(&mut self, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        self.triples.push(Triple::new(self.subject.clone(), predicate, object));
    }
}
