//! "The Union and its Member States": the members of the organisation that is named right before, not those of the
//! United Nations, which the same words mean where no owner stands beside them.

use crate::model::{Class, EntityId, Kind, Mention, MentionClass};

use super::Context;
use super::table::Table;

/// How far before the words, in bytes, the organisation may start.
const REACH: usize = 80;

/// Points "its Member States" to the members of that organisation.
pub(super) fn resolve(context: &Context, table: &mut Table) {
    for (i, mention) in context.mentions.iter().enumerate() {
        if is_owned(context, mention)
            && let Some(owner) = owner(context, table, i)
        {
            let members = table.intern(&format!("state/{}-member-states", table.slug(owner)), Class::StateGroup);
            let label = format!("Member States of {}", table.entity(owner).label);
            table.set_label(members, &label);
            table.set_owner(members, owner);
            table.refer(i, members);
        }
    }
}

fn is_owned(context: &Context, mention: &Mention) -> bool {
    let before = context.doc.text[..mention.span.start].trim_end();
    mention.kind == Kind::State
        && context.text(mention).split_whitespace().map(str::to_lowercase).eq(["member", "states"])
        && before.rsplit(char::is_whitespace).next().is_some_and(|word| word.eq_ignore_ascii_case("its"))
}

/// The organisation named nearest before the words.
fn owner(context: &Context, table: &Table, index: usize) -> Option<EntityId> {
    let start = context.mentions[index].span.start;
    let near = context.mentions.before(index).take_while(|&i| context.mentions[i].span.start + REACH > start);
    let named = near.filter(|&i| context.mentions[i].class == MentionClass::Named);
    named
        .filter_map(|i| table.of(i))
        .find(|&id| matches!(table.kind(id), Kind::InternationalOrganization | Kind::UNBody))
}
