//! A document with all that was found in it: what the stages hand to `lift`.

use super::{
    BlockKind, Claim, Document, Entity, EntityId, Link, Mentions, Proposals, Sentence, Subject, Voice, ZoneKind,
};

/// One document and everything the stages made of it.
#[derive(Clone, Debug, Default)]
pub struct Extraction {
    /// The document as read.
    pub document: Document,
    /// Its sentences, in text order.
    pub sentences: Vec<Sentence>,
    /// What is seen.
    pub mentions: Mentions,
    /// What each mention means: one entry per mention, `None` where more than one candidate remains.
    pub referents: Vec<Option<EntityId>>,
    /// What is meant; sorted by key, no key twice.
    pub entities: Vec<Entity>,
    /// The entity that is this document itself: its key is `text/<16 hex>` for a statement, `resolution/…` for a
    /// resolution that names its own symbol.
    pub itself: Option<EntityId>,
    /// Who speaks outside of all turns.
    pub voice: Voice,
    /// Who speaks in each of the document's interventions, in text order.
    pub turns: Vec<Voice>,
    /// Whose words the sentences of coverage report, in text order.
    pub reported: Vec<Voice>,
    /// What the user states of the document in no place of its text: subject, relation, object.
    pub stated: Vec<(EntityId, &'static str, EntityId)>,
    /// What is claimed; by start of evidence.
    pub claims: Vec<Claim>,
    /// What may be claimed and is not sure enough to stand: kept for a reader, no answer until then; in the same order.
    pub doubtful: Vec<Claim>,
    /// Ties to outer vocabularies; by entity, then scheme.
    pub links: Vec<Link>,
    /// Ties that may be and that nothing decides; by entity, then scheme, the likeliest first.
    pub candidates: Vec<Link>,
    /// What the document and its claims are about, in loaded thesauri; by scheme, the document's first.
    pub subjects: Vec<Subject>,
    /// What other programs proposed, by their names; what stands of it is among the claims.
    pub proposals: Vec<Proposals>,
}

impl Extraction {
    /// The entity behind an id.
    pub fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.index()]
    }

    /// Who speaks at a byte.
    pub fn voice_at(&self, byte: usize) -> &Voice {
        let in_part = |voices: &'_ [Voice]| {
            let after = voices.partition_point(|voice| voice.span.start <= byte);
            after.checked_sub(1).filter(|&at| byte < voices[at].span.end)
        };
        match (in_part(&self.turns), in_part(&self.reported)) {
            (Some(at), _) => &self.turns[at],
            (None, Some(at)) => &self.reported[at],
            (None, None) => &self.voice,
        }
    }

    /// The sentences of the document's own words, in text order, each with the claims whose evidence starts in it.
    /// Headings, fields and what stands before or after the words are no sentences that could claim something.
    pub fn coverage(&self) -> Vec<Covered<'_>> {
        let is_said = |sentence: &&Sentence| {
            let block = self.document.blocks.get(sentence.block);
            block.is_some_and(|block| {
                block.zone == ZoneKind::Body && matches!(block.kind, BlockKind::Paragraph | BlockKind::Item)
            })
        };
        let mut claims = self.claims.iter().peekable();
        let covered = self.sentences.iter().filter(is_said).map(|sentence| {
            while claims.next_if(|claim| claim.evidence.span.start < sentence.span.start).is_some() {}
            let inside = std::iter::from_fn(|| claims.next_if(|claim| claim.evidence.span.start < sentence.span.end));
            Covered { sentence, claims: inside.collect() }
        });
        covered.collect()
    }
}

/// A sentence and the claims that it gave.
#[derive(Clone, Debug)]
pub struct Covered<'a> {
    /// The sentence.
    pub sentence: &'a Sentence,
    /// Its claims, in text order; empty where the rules found nothing.
    pub claims: Vec<&'a Claim>,
}
