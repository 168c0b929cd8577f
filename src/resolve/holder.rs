//! For whom words are spoken: the State, organisation, group or organ that takes the positions.

use crate::model::text::slug;
use crate::model::{Class, EntityId, Field, Kind, MentionClass, Span};
use crate::seeds::WordClass;

use super::Context;
use super::table::Table;

/// What is told of who speaks: in a document's front, or in the heading of a turn.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told<'a> {
    /// The words that are spoken.
    pub span: Span,
    pub speaker: Option<&'a Field<String>>,
    pub represents: Option<&'a Field<String>>,
    pub organ: Option<&'a Field<String>>,
    /// The title of a joint statement, which names who issues it.
    pub joint_title: Option<Span>,
    /// Whether someone speaks in the first person at all: no resolution, report or coverage.
    pub speaks: bool,
    /// Whether the presiding officer speaks: for the office, for no State.
    pub presides: bool,
    /// Whether the user states it: his word needs no catalogue.
    pub stated: bool,
}

/// The agent that the fields name.
pub(super) fn named(context: &Context, table: &mut Table, told: &Told<'_>) -> Option<EntityId> {
    if told.presides {
        return None;
    }
    let fields = [told.represents, told.organ, told.speaker];
    // "on behalf of X" where nobody knows X: it is X still, and not the one who speaks.
    let unknown = told.represents.filter(|field| field.span.is_some_and(|span| is_on_behalf(context, span)));
    if let Some(field) = unknown.filter(|field| told.organ.is_none() && is_called_group(&field.value)) {
        return agent_in(context, table, field).or_else(|| Some(stranger(table, &field.value)));
    }
    if speak_apart(context, told) {
        return None;
    }
    let named = fields.into_iter().flatten().find_map(|field| agent_in(context, table, field));
    let stated = told.represents.filter(|field| told.stated && field.span.is_none());
    named
        .or_else(|| stated.map(|field| stranger(table, &field.value)))
        .or_else(|| agents_of(context, table, issuers(context, told.joint_title?)))
}

/// "President Lind and Prime Minister Moss of Elbonia": only one of the two speaks for the State that is named; "President
/// Lind of Elbonia and Prime Minister Moss of Freedonia" speak one after the other, but for a joint statement.
fn speak_apart(context: &Context, told: &Told<'_>) -> bool {
    let Some(speaker) = told.speaker.and_then(|field| field.span) else { return false };
    let mut starts: Vec<usize> = Vec::new();
    let mut end = 0;
    for i in context.mentions.inside(speaker) {
        let mention = &context.mentions[i];
        if mention.kind == Kind::PersonRole && mention.span.start >= end {
            // "Mr. Lind, Permanent Representative of Elbonia" is one person with his office.
            let between = &context.doc.text[end.max(speaker.start)..mention.span.start];
            if starts.is_empty() || between.split_whitespace().any(|word| word == "and") {
                starts.push(mention.span.start);
            }
            end = mention.span.end;
        }
    }
    let parts = starts.iter().zip(starts.iter().skip(1).copied().chain([speaker.end]));
    let stated: Vec<bool> = parts
        .map(|(&start, end)| {
            context.mentions.inside(Span::new(start, end)).any(|i| context.mentions[i].kind == Kind::State)
        })
        .collect();
    let named = stated.iter().filter(|&&stated| stated).count();
    let joint = told.joint_title.is_some();
    stated.len() > 1 && named > 0 && (named < stated.len() || !joint)
}

/// The part of a joint statement's title that names who issues it: what follows "on" is what it is about.
fn issuers(context: &Context, title: Span) -> Span {
    let text = title.of(&context.doc.text);
    let named = ["between", "meeting", "partnership"].iter().any(|word| text.to_lowercase().contains(word));
    let on = [" on ", " regarding ", " concerning "].iter().filter_map(|word| text.find(word)).min();
    match on.filter(|_| !named) {
        // "Joint Statement on the A–B Agreement" names the two behind "on".
        Some(on) if context.mentions.inside(title).filter(|&i| context.mentions[i].kind == Kind::State).count() < 2 => {
            Span::new(title.start, title.start + on)
        }
        _ => title,
    }
}

/// Whether a name is that of a group, as far as its own words tell: "Africa Group", "Friends of the Sea", not "his Excellency".
fn is_called_group(name: &str) -> bool {
    let capital = name.trim_start_matches("the ").starts_with(char::is_uppercase);
    let words = || name.split_whitespace().map(str::to_lowercase);
    let grouped = words().any(|word| WordClass::GroupNoun.has(&word) && word != "countries" || word == "friends");
    capital
        && grouped
        && !words().any(|word| matches!(word.as_str(), "his" | "her" | "their" | "excellency" | "government"))
}

/// Whether "on behalf of" stands before a span.
fn is_on_behalf(context: &Context, span: Span) -> bool {
    let before = context.doc.text[..span.start].trim_end();
    let before = before.strip_suffix("the").map_or(before, str::trim_end);
    before.ends_with("on behalf of")
}

/// A State or group that the catalogue does not know.
fn stranger(table: &mut Table, name: &str) -> EntityId {
    let id = table.intern(&format!("state/{}", slug(name)), Class::StateGroup);
    table.set_label(id, name);
    id
}

/// The agent that a metadata field names: the mentions inside it, else a catalogue entry of that name or country code.
fn agent_in(context: &Context, table: &mut Table, field: &Field<String>) -> Option<EntityId> {
    let inside = field.span.and_then(|span| agents_of(context, table, span));
    inside.or_else(|| {
        let name = field.value.trim_start_matches("the ").trim_start_matches("The ");
        let entries = || context.catalogue.entries().iter().filter(|entry| entry.class.kind().is_agent());
        let has_code = |scheme: &str, value: &str| {
            entries().find(|entry| entry.identifiers.iter().any(|id| id.scheme == scheme && id.value == value))
        };
        let is_code = field.span.is_none() && name.len() == 3 && name.bytes().all(|byte| byte.is_ascii_uppercase());
        // The General Debate files speeches of States that are no more, or whose name meant them in some years only, under codes
        // of its own.
        let when = context.doc.metadata.when();
        let of_its_time = || {
            entries()
                .filter(|entry| entry.existed.covers(when))
                .filter(|entry| entry.in_time.is_empty() || entry.in_time.iter().any(|name| name.period.covers(when)))
                .find(|entry| entry.identifiers.iter().any(|id| id.scheme == "un-general-debate" && id.value == name))
        };
        let by_code = if is_code { of_its_time().or_else(|| has_code("iso3166-1-alpha3", name)) } else { None };
        let by_name = || entries().find(|entry| entry.names.iter().any(|known| known.text.eq_ignore_ascii_case(name)));
        let entry = by_code.or_else(by_name).or_else(|| has_code("iso3166-1-alpha3", name))?;
        Some(table.intern_known(entry))
    })
}

/// The first agent named in a span, other than a person; several States together are a group. A common noun ("the
/// Government") names nobody, a national body speaks for its State.
fn agents_of(context: &Context, table: &mut Table, span: Span) -> Option<EntityId> {
    // "United Nations Environment Assembly" is not the United Nations, though that be known before it.
    let named = |i: &usize| context.mentions[*i].class == MentionClass::Named;
    let organs = || context.mentions.inside(span).filter(named).filter(|&i| context.mentions[i].kind == Kind::UNBody);
    let in_organ = |i: &usize| {
        let inner = context.mentions[*i].span;
        organs().any(|organ| context.mentions[organ].span.contains(inner) && context.mentions[organ].span != inner)
    };
    let agents: Vec<EntityId> = context
        .mentions
        .inside(span)
        .filter(named)
        .filter(|i| !in_organ(i))
        .filter_map(|i| table.of(i))
        .map(|id| match table.entity(id).owner {
            Some(owner) if table.kind(id) == Kind::GovernmentBody && table.kind(owner) == Kind::State => owner,
            _ => id,
        })
        .filter(|&id| table.kind(id).is_agent() && table.kind(id) != Kind::PersonRole)
        .collect();
    let first = *agents.first()?;
    let union = |&id: &EntityId| matches!(table.kind(id), Kind::State | Kind::InternationalOrganization);
    let joined = span.of(&context.doc.text).contains(" and ") || span.of(&context.doc.text).contains('-');
    let several = table.kind(first) == Kind::State && joined;
    let party = |id: &EntityId| if several { union(id) } else { table.kind(*id) == Kind::State };
    let mut states: Vec<EntityId> = agents.into_iter().filter(party).collect();
    states.sort_by_key(|&id| table.slug(id));
    states.dedup();
    match states.len() {
        _ if table.kind(first) != Kind::State => Some(first),
        1 => Some(first),
        _ => Some(group(table, &states)),
    }
}

/// The States that speak together, as one holder.
pub(super) fn group(table: &mut Table, states: &[EntityId]) -> EntityId {
    let slugs: Vec<_> = states.iter().map(|&id| table.slug(id)).collect();
    let labels: Vec<_> = states.iter().map(|&id| table.entity(id).label.clone()).collect();
    let id = table.intern(&format!("state/{}", slugs.join("-")), Class::StateGroup);
    table.set_label(id, &labels.join(", "));
    id
}
