//! What has been named so far, by kind and head noun: what "the Group" may point back to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use compact_str::CompactString;

use crate::model::{EntityId, Kind, MentionClass};

use super::Context;
use super::table::Table;

/// The resolved mentions of a document by their kind and by the head nouns of their words and of what they refer to.
#[derive(Default)]
pub(super) struct Antecedents(HashMap<(Kind, CompactString), Bearers>);

/// The mentions of one kind with one head noun.
#[derive(Default)]
pub(super) struct Bearers {
    mentions: BTreeMap<usize, EntityId>,
    /// The first mention of each entity.
    first: HashMap<EntityId, usize>,
    by_first: BTreeSet<(usize, EntityId)>,
}

impl Antecedents {
    /// Files a mention that has just been resolved.
    pub(super) fn add(&mut self, context: &Context, table: &Table, index: usize, id: EntityId) {
        let mention = &context.mentions[index];
        if mention.class == MentionClass::Pronoun {
            return;
        }
        let own = head(context.text(mention));
        let label = head(&table.entity(id).label).filter(|label| own.as_ref() != Some(label));
        for head in own.into_iter().chain(label) {
            if let Some(one) = head.strip_suffix('s') {
                self.0.entry((mention.kind, one.into())).or_default().add(index, id);
            }
            self.0.entry((mention.kind, head)).or_default().add(index, id);
        }
    }

    /// The mentions of a kind that have this head noun, in the singular or with an s.
    pub(super) fn named(&self, kind: Kind, head: &str) -> Option<&Bearers> {
        self.0.get(&(kind, head.into()))
    }
}

impl Bearers {
    fn add(&mut self, index: usize, id: EntityId) {
        self.mentions.insert(index, id);
        let first = self.first.entry(id).or_insert(usize::MAX);
        if index < *first {
            self.by_first.remove(&(*first, id));
            self.by_first.insert((index, id));
            *first = index;
        }
    }

    /// The entity that alone is named before a mention.
    pub(super) fn only_before(&self, index: usize) -> Option<EntityId> {
        let mut before = self.by_first.range(..(index, EntityId(0)));
        let (_, only) = before.next()?;
        before.next().is_none().then_some(*only)
    }

    /// The entity that is named last before a mention.
    pub(super) fn nearest_before(&self, index: usize) -> Option<EntityId> {
        self.mentions.range(..index).next_back().map(|(_, &id)| id)
    }

    /// Whether an entity is named before a mention.
    pub(super) fn has_before(&self, id: EntityId, index: usize) -> bool {
        self.first.get(&id).is_some_and(|&first| first < index)
    }
}

/// The last word before the first preposition, comma or bracket, in lower case.
fn head(name: &str) -> Option<CompactString> {
    let core = name.split([',', '(']).next().unwrap_or_default();
    let small = |word: &str| ["of", "for", "on", "to", "against"].iter().any(|small| word.eq_ignore_ascii_case(small));
    let head = core.split_whitespace().take_while(|word| !small(word)).last()?;
    Some(CompactString::from_str_to_lowercase(head))
}
