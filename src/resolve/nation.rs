//! For which State a minister speaks whose text does not say so: the one that the text names more often than any other,
//! and whose government it names more often than any other's. Both must agree, since a wrong holder is worse than none.

use std::collections::BTreeMap;

use crate::model::{EntityId, Kind, MentionClass};

use super::Context;
use super::table::Table;

/// How much of the text, in code points, tells who speaks.
const OPENING: usize = 800;

/// Offices that somebody holds for a State.
const NATIONAL: &[&str] = &["minister", "senator", "secretary of state", "chancellor", "ambassador"];

/// Offices that nobody holds for a State.
const INTERNATIONAL: &[&str] =
    &["secretary-general", "commissioner", "high representative", "special envoy", "rapporteur", "executive director"];

/// How often the State must be named.
const ENOUGH: usize = 4;

/// The State, if the opening names a national office and one State stands out.
pub(super) fn spoken_for(context: &Context, table: &Table) -> Option<EntityId> {
    let opening: String = context.doc.text.chars().take(OPENING).collect::<String>().to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| opening.contains(word));
    if !says(NATIONAL) || says(INTERNATIONAL) {
        return None;
    }
    let named = context.mentions.iter().enumerate().filter(|(_, mention)| mention.class == MentionClass::Named);
    let named: Vec<EntityId> = named.filter_map(|(i, _)| table.of(i)).collect();
    let states = named.iter().copied().filter(|&id| table.kind(id) == Kind::State);
    let state = standing_out(states, ENOUGH)?;
    let owners = named.iter().filter(|&&id| table.kind(id) == Kind::GovernmentBody);
    let governed = owners.filter_map(|&id| table.entity(id).owner).filter(|&owner| table.kind(owner) == Kind::State);
    (standing_out(governed, 1)? == state).then_some(state)
}

/// The most frequent of them, if it comes at least `enough` times and no other comes as often.
fn standing_out(ids: impl Iterator<Item = EntityId>, enough: usize) -> Option<EntityId> {
    let mut counts: BTreeMap<EntityId, usize> = BTreeMap::new();
    for id in ids {
        *counts.entry(id).or_default() += 1;
    }
    let (&best, &count) = counts.iter().max_by_key(|&(_, count)| count)?;
    let rivalled = counts.iter().any(|(&id, &other)| id != best && other == count);
    (count >= enough && !rivalled).then_some(best)
}
