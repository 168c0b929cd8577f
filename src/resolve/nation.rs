//! For which State a minister speaks whose text does not say so: the one that it names far more often than any other.

use std::collections::BTreeMap;

use crate::model::{EntityId, Kind, MentionClass};

use super::Context;
use super::table::Table;

/// How much of the text, in bytes, tells who speaks.
const OPENING: usize = 800;

/// Offices that somebody holds for a State.
const NATIONAL: &[&str] =
    &["minister", "president of the republic", "senator", "secretary of state", "chancellor", "ambassador"];

/// Words beside which an office is no State's.
const INTERNATIONAL: &[&str] = &[
    "secretary-general", "european commission", "european parliament", "high commissioner", "special envoy",
    "rapporteur",
];

/// Least weight of the State's mentions; a mention of its government weighs three.
const ENOUGH: usize = 5;

/// The State, if the opening names a national office and one State stands out.
pub(super) fn spoken_for(context: &Context, table: &Table) -> Option<EntityId> {
    let opening: String = context.doc.text.chars().take(OPENING).collect::<String>().to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| opening.contains(word));
    if !says(NATIONAL) || says(INTERNATIONAL) {
        return None;
    }
    let mut weights: BTreeMap<EntityId, usize> = BTreeMap::new();
    for (i, mention) in context.mentions.iter().enumerate() {
        let Some(id) = table.of(i).filter(|_| mention.class == MentionClass::Named) else { continue };
        match table.kind(id) {
            Kind::State => *weights.entry(id).or_default() += 1,
            Kind::GovernmentBody => {
                if let Some(owner) = table.entity(id).owner.filter(|&owner| table.kind(owner) == Kind::State) {
                    *weights.entry(owner).or_default() += 3;
                }
            }
            _ => {}
        }
    }
    let mut order: Vec<(usize, EntityId)> = weights.into_iter().map(|(id, weight)| (weight, id)).collect();
    order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let (weight, state) = *order.first()?;
    let next = order.get(1).map_or(0, |&(weight, _)| weight);
    (weight >= ENOUGH && weight * 2 >= next * 3).then_some(state)
}
