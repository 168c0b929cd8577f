//! Matters: what positions are about, named by a phrase around other entities. "renewal of the X's mandate" and "renewal
//! of the mandate of X" are one matter, tied to X.

use crate::model::text::slug;
use crate::model::{Class, EntityId, Kind, Mention, MentionClass};
use crate::seeds::WordClass;

use super::Context;
use super::table::Table;

/// The matter of a phrase that holds an entity in its complement; `None` for other phrases.
pub(super) fn resolve(context: &Context, table: &mut Table, mention: &Mention) -> Option<EntityId> {
    let text = context.text(mention);
    if !matches!(mention.kind, Kind::Measure | Kind::Topic) || !text.contains(" of ") {
        return None;
    }
    let inner = context.mentions.inside(mention.span).filter(|&i| context.mentions[i].span != mention.span);
    let inside: Vec<(usize, EntityId)> = inner.filter_map(|i| Some((i, table.of(i)?))).collect();
    let named: Vec<_> =
        inside.iter().filter(|(i, _)| context.mentions[*i].class == MentionClass::Named).copied().collect();
    if named.is_empty() {
        return None;
    }
    // "work of this session of the Assembly": the words point to what is the same only here.
    // "failure of the Council", "selection of a Secretary-General": another one in another text.
    let head = text.split(" of ").next().unwrap_or_default().rsplit(' ').next().unwrap_or_default().to_lowercase();
    let points = WordClass::Happening.has(&head)
        || text.split_whitespace().any(|word| WordClass::PointingWord.has(&word.to_lowercase()));
    let sha = context.doc.sha256.get(..8).filter(|_| points).map(|sha| format!("{sha}-")).unwrap_or_default();
    let key = format!("matter/{sha}{}", key_words(context, table, mention, &named));
    let id = table.intern(&key, Class::Matter);
    table.add_aspects(id, inside.into_iter().map(|(_, id)| id));
    Some(id)
}

/// The phrase's words with entities by their keys and possessors behind: "A of B's C" is "A of C of B".
fn key_words(context: &Context, table: &Table, mention: &Mention, named: &[(usize, EntityId)]) -> String {
    let mut words = String::new();
    let mut behind = Vec::new();
    let mut at = mention.span.start;
    for &(i, id) in named {
        let span = context.mentions[i].span;
        if span.start < at {
            continue;
        }
        words.push_str(&context.doc.text[at..span.start]);
        let rest = &context.doc.text[span.end..mention.span.end];
        let possessive = ["'s", "’s"].iter().find(|ending| rest.starts_with(**ending));
        match possessive {
            Some(ending) => {
                behind.push(table.slug(id));
                at = span.end + ending.len();
            }
            None => {
                words.push_str(&table.slug(id));
                at = span.end;
            }
        }
    }
    words.push_str(&context.doc.text[at.min(mention.span.end)..mention.span.end]);
    for owner in behind {
        words.push_str(" of ");
        words.push_str(&owner);
    }
    let plain: Vec<_> =
        words.split_whitespace().filter(|word| !matches!(word.to_lowercase().as_str(), "the" | "a" | "an")).collect();
    slug(&plain.join(" "))
}
