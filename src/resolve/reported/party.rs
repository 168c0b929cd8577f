//! For whom a person speaks whom a text names: "the representative of X", "X's delegate", "Ms. Lind (X)", "Ana Lind,
//! Director of Y", "Prime Minister Lind of X".

use crate::model::{EntityId, Kind, MentionClass, Sentence, Span};

use crate::seeds::WordClass;

use super::super::Context;
use super::super::issuer::{Issuer, surname};
use super::super::table::Table;

/// How far behind a name, in bytes, the office with its body may stand.
const REACH: usize = 160;

/// Whoever may be spoken for.
fn is_party(table: &Table, id: EntityId) -> bool {
    matches!(table.kind(id), Kind::State | Kind::InternationalOrganization)
}

/// The State or body for which the person of a mention speaks, by what stands in and around it.
pub(super) fn of_mention(context: &Context, table: &Table, at: usize) -> Option<EntityId> {
    let mention = &context.mentions[at];
    let party = |id: &EntityId| is_party(table, *id);
    let mut inside = context.mentions.inside(mention.span).filter(|&i| i != at).filter_map(|i| table.of(i));
    let owner = || table.of(at).and_then(|id| table.entity(id).owner).filter(party);
    inside
        .find(party)
        .or_else(owner)
        .or_else(|| before(context, table, mention.span.start))
        .or_else(|| behind(context, table, mention.span.end))
        .or_else(|| apposed(context, table, at))
}

/// The same for words that are no mention: "the Kenya representative", "the observer for the State of Palestine".
pub(super) fn of_words(context: &Context, table: &Table, words: Span) -> Option<EntityId> {
    before(context, table, words.start).or_else(|| behind(context, table, words.end))
}

/// "Kenya's representative", "the Kenyan representative": the State stands right before.
fn before(context: &Context, table: &Table, start: usize) -> Option<EntityId> {
    let near = context.mentions.overlapping(Span::new(start.saturating_sub(30), start));
    let last = near.filter(|&i| context.mentions[i].span.end <= start).last()?;
    let gap = &context.doc.text[context.mentions[last].span.end..start];
    let joins = matches!(gap.trim(), "'s" | "’s" | "" | "'" | "’");
    table.of(last).filter(|&id| joins && is_party(table, id))
}

/// "Ms. Lind (Elbonia)", "Prime Minister Lind of Elbonia".
fn behind(context: &Context, table: &Table, end: usize) -> Option<EntityId> {
    let after = &context.doc.text[end..];
    let bracket = after.trim_start().strip_prefix('(');
    let in_bracket = bracket.and_then(|rest| {
        let start = end + after.len() - rest.len();
        context.mentions.starting(start).find(|&i| context.doc.text[context.mentions[i].span.end..].starts_with(')'))
    });
    let of = || {
        ["of", "for", "from"].into_iter().find_map(|word| {
            let rest = after.trim_start().strip_prefix(word)?.strip_prefix([' ', '\n'])?.trim_start();
            let rest = rest.strip_prefix("the ").unwrap_or(rest);
            let start = end + after.len() - rest.len();
            context.mentions.starting(start).find(|&i| table.of(i).is_some_and(|id| is_party(table, id)))
        })
    };
    in_bracket.or_else(of).and_then(|i| table.of(i)).filter(|&id| is_party(table, id))
}

/// "Ana Lind, Director of the Office": the first body that the office behind the comma names.
fn apposed(context: &Context, table: &Table, at: usize) -> Option<EntityId> {
    let mention = &context.mentions[at];
    if mention.class != MentionClass::Named {
        return None;
    }
    let end = mention.span.end;
    let sentence = Sentence::around(context.sentences, mention.span)?;
    let comma = context.doc.text[end..].trim_start().starts_with(',');
    let office = sentence.tokens.iter().skip_while(|token| token.span.start < end).nth(1)?;
    let office = office.span.of(&context.doc.text);
    if !comma || !(office.starts_with(char::is_uppercase) || WordClass::DelegateHead.has(office)) {
        return None;
    }
    let verb = sentence
        .tokens
        .iter()
        .filter(|token| token.span.start > end)
        .find(|token| matches!(token.upos, crate::model::Upos::Verb | crate::model::Upos::Aux));
    let limit = verb.map_or(sentence.span.end, |verb| verb.span.start).min(end + REACH);
    // "President Lind, Prime Minister Moe of Elbonia": the State behind another's name is that one's.
    let another = context.mentions.starting_in(Span::new(end, limit.max(end))).find(|&i| {
        let mention = &context.mentions[i];
        mention.kind == Kind::PersonRole && names_somebody(context.text(mention))
    });
    let limit = another.map_or(limit, |i| context.mentions[i].span.start);
    let named = context.mentions.starting_in(Span::new(end, limit.max(end)));
    let known = |id: &EntityId| {
        let body = matches!(table.kind(*id), Kind::State | Kind::InternationalOrganization | Kind::UNBody);
        body && (table.entity(*id).known || table.kind(*id) == Kind::State)
    };
    named.filter(|&i| context.mentions[i].class == MentionClass::Named).filter_map(|i| table.of(i)).find(known)
}

/// Whether a person's name stands in a mention, and not the office alone.
fn names_somebody(text: &str) -> bool {
    let own = [" of ", " for ", " to "].into_iter().filter_map(|joint| text.find(joint)).min();
    let words: Vec<&str> = own.map_or(text, |at| &text[..at]).split_whitespace().collect();
    let office = |word: &str| {
        let lower = word.to_lowercase();
        let last = lower.rsplit('-').next().unwrap_or_default();
        [
            WordClass::Office,
            WordClass::OfficeBehind,
            WordClass::Leader,
            WordClass::DelegateHead,
            WordClass::NamedDelegate,
        ]
        .iter()
        .any(|class| class.has(&lower) || class.has(last))
    };
    let [_, .., last] = words[..] else { return false };
    last.starts_with(char::is_uppercase) && !office(last)
}

/// The same by all places where the text names the person; at last the State that publishes it, if the person is its own.
pub(super) fn of_person(context: &Context, table: &Table, issuer: Option<&Issuer>, at: usize) -> Option<EntityId> {
    let here = of_mention(context, table, at);
    let elsewhere = || {
        let mut others: Vec<usize> = table.mentions_of(table.of(at)?).filter(|&i| i != at).collect();
        others.sort_unstable();
        others.into_iter().take(8).find_map(|i| of_mention(context, table, i))
    };
    let own = || issuer.filter(|issuer| issuer.is_own(context.text(&context.mentions[at]))).map(|issuer| issuer.state);
    here.or_else(elsewhere).or_else(own)
}

/// The State for which somebody speaks of whom only the label of a turn tells: "PRIME MINISTER LIND".
pub(in crate::resolve) fn of_label(
    context: &Context,
    table: &Table,
    issuer: Option<&Issuer>,
    label: &str,
) -> Option<EntityId> {
    let lower = label.to_lowercase();
    let last = surname(&lower);
    let alike = (0..context.mentions.len()).filter(|&i| {
        let mention = &context.mentions[i];
        mention.kind == Kind::PersonRole
            && mention.class == MentionClass::Named
            && surname(context.text(mention)).eq_ignore_ascii_case(last)
    });
    let stated = alike.take(8).find_map(|i| of_mention(context, table, i));
    stated.or_else(|| issuer.filter(|issuer| issuer.is_own(label)).map(|issuer| issuer.state))
}
