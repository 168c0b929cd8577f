//! A document with all that was found in it: what the stages hand to `lift`.

use super::{Claim, Document, Entity, EntityId, Link, Mention, Sentence};

/// One document and everything the stages made of it.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    /// The document as read.
    pub document: Document,
    /// Its sentences, in text order.
    pub sentences: Vec<Sentence>,
    /// What is seen; by start, then longest first.
    pub mentions: Vec<Mention>,
    /// What each mention means: one entry per mention, `None` where more than one candidate remains.
    pub referents: Vec<Option<EntityId>>,
    /// What is meant; sorted by key, no key twice.
    pub entities: Vec<Entity>,
    /// The entity that is this document itself: its key is `text/<16 hex>` for a statement, `resolution/…` for a
    /// resolution that names its own symbol.
    pub itself: Option<EntityId>,
    /// What is claimed; by start of evidence.
    pub claims: Vec<Claim>,
    /// Ties to outer vocabularies; by entity, then scheme.
    pub links: Vec<Link>,
}

impl Extraction {
    /// The entity behind an id.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.index()]
    }
}
