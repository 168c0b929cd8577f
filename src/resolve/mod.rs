//! What is meant: mentions become entities, one thing one key, and only where exactly one candidate remains.
//!
//! The order matters: values and catalogue names first, since their keys stand by themselves; then proper names, with
//! short forms tied to long ones; then the speaker; then phrases, definite nominals and pronouns, which point back.

mod antecedents;
mod keys;
mod matters;
mod members;
mod names;
mod nation;
mod nominals;
mod pronouns;
mod speaker;
mod table;

use crate::model::{Document, Entity, EntityId, Mention, Mentions, Sentence};
use crate::seeds::{Catalogue, Lexicon};

use table::Table;

/// What the mentions of a document mean.
#[derive(Clone, Debug, Default)]
pub struct Resolution {
    /// The entities, sorted by key.
    pub entities: Vec<Entity>,
    /// One entry per mention; `None` where no or more than one candidate remains.
    pub referents: Vec<Option<EntityId>>,
    /// The entity that is the document itself.
    pub itself: Option<EntityId>,
    /// Who speaks: the State, organisation, group or organ whose positions these are.
    pub holder: Option<EntityId>,
    /// Entities that speak for the holder: the representative, the delegation ("we").
    pub voices: Vec<EntityId>,
}

/// Everything that resolving looks at.
struct Context<'a> {
    doc: &'a Document,
    sentences: &'a [Sentence],
    mentions: &'a Mentions,
    catalogue: &'a Catalogue,
    lexicon: &'a Lexicon,
}

impl<'a> Context<'a> {
    fn text(&self, mention: &Mention) -> &'a str {
        mention.span.of(&self.doc.text)
    }
}

/// Resolves all mentions of a document.
pub fn resolve(
    doc: &Document,
    sentences: &[Sentence],
    mentions: &Mentions,
    catalogue: &Catalogue,
    lexicon: &Lexicon,
) -> Resolution {
    let context = Context { doc, sentences, mentions, catalogue, lexicon };
    let mut table = Table::new(mentions.len());
    for (i, mention) in mentions.iter().enumerate() {
        keys::resolve_value(&context, &mut table, i, mention);
    }
    let speaker = speaker::find(&context, &mut table);
    names::resolve(&context, &mut table, &speaker);
    nominals::resolve(&context, &mut table, &speaker);
    members::resolve(&context, &mut table);
    let speaker = speaker.complete(&context, &mut table);
    pronouns::resolve(&context, &mut table, &speaker);
    table.finish(&context, &speaker)
}
