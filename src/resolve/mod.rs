//! What is meant: mentions become entities, one thing one key, and only where exactly one candidate remains.
//!
//! The order matters: values and catalogue names first, since their keys stand by themselves; then proper names, with
//! short forms tied to long ones; then the speaker; then phrases, definite nominals and pronouns, which point back.

mod annexed;
mod antecedents;
mod capitals;
mod certain;
mod holder;
mod issuer;
mod keys;
mod matters;
mod members;
mod names;
mod nation;
mod nominals;
mod pronouns;
mod quoted;
mod reported;
mod speaker;
mod table;

use crate::model::{Document, Entity, EntityId, Mention, Mentions, Sentence, Span, Voice};
use crate::seeds::{Catalogue, Lexicon};

pub use nation::{CUES, Evidence};
use speaker::{Speaker, Speakers};
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
    /// Who speaks outside of all turns: the State, organisation, group or organ whose positions these are.
    pub voice: Voice,
    /// Who speaks in each of the document's interventions, in text order.
    pub turns: Vec<Voice>,
    /// Whose words the sentences of coverage report, in text order.
    pub reported: Vec<Voice>,
    /// What the user states of the document: who delivers it, for whom, at which meeting.
    pub stated: Vec<(EntityId, &'static str, EntityId)>,
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

/// What the words of a document say of each State that it names, by key, for those who measure or fit how speakers are
/// found; see [`CUES`].
pub fn evidence(
    doc: &Document,
    sentences: &[Sentence],
    mentions: &Mentions,
    catalogue: &Catalogue,
    lexicon: &Lexicon,
) -> Vec<(String, Evidence)> {
    let context = Context { doc, sentences, mentions, catalogue, lexicon };
    let mut table = Table::new(mentions.len());
    for (i, mention) in mentions.iter().enumerate() {
        keys::resolve_value(&context, &mut table, i, mention);
    }
    keys::settle(&context, &mut table);
    let found = nation::evidence(&context, &table, Span::new(0, doc.text.len()));
    found.into_iter().map(|(id, evidence)| (table.entity(id).key.to_string(), evidence)).collect()
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
    keys::settle(&context, &mut table);
    let mut speakers = Speakers::find(&context, &mut table);
    names::resolve(&context, &mut table, &speakers);
    speakers.reported = reported::find(&context, &mut table, &speakers.whole);
    if speakers.reported.is_empty() {
        speakers.reported = annexed::find(&context, &table, &speakers.whole);
        let quoted = quoted::find(&context, &speakers.whole);
        let apart = |speaker: &Speaker| speakers.reported.iter().all(|annex| !annex.span.overlaps(speaker.span));
        let quoted: Vec<Speaker> = quoted.into_iter().filter(apart).collect();
        speakers.reported.extend(quoted);
        speakers.reported.sort_by_key(|speaker| speaker.span.start);
    }
    capitals::resolve(&context, &mut table, &speakers);
    nominals::resolve(&context, &mut table, &speakers);
    members::resolve(&context, &mut table);
    let speakers = speakers.complete(&context, &mut table);
    pronouns::resolve(&context, &mut table, &speakers);
    table.finish(&context, &speakers)
}
