//! Whom coverage quotes, as it introduces them: "ANA LIND (Elbonia)", "JON MOSS, representative of the League", "ANA LIND,
//! Controller,".

use super::Inputs;
use super::derivation::{Argument, Derivation, Way};
use super::plain::{Found, Plain};
use crate::model::text::one_line;
use crate::model::{Kind, MentionClass, Span, Term, ZoneKind};
use crate::seeds::WordClass;

/// How long, in bytes, an office behind a name may be.
const OFFICE: usize = 120;

/// For whom one may speak.
const PARTIES: [Kind; 2] = [Kind::State, Kind::InternationalOrganization];

/// What coverage says of those whom it introduces; the matchers are named by rules in `seeds/rules/frame.toml`.
pub(super) fn derive<'r>(inputs: &Inputs<'r>) -> Vec<Derivation<'r>> {
    let genre = inputs.document.metadata.genre.as_ref().map_or("", |genre| genre.value.as_str());
    if !genre.contains("coverage") {
        return Vec::new();
    }
    let plain = Plain::new(inputs);
    let named = |found: &Found| {
        let mention = &inputs.mentions[found.mention];
        mention.kind == Kind::PersonRole
            && mention.class == MentionClass::Named
            && inputs.document.zone_at(found.span.start) == ZoneKind::Body
    };
    let people: Vec<Found> = plain.all().filter(named).collect();
    people
        .iter()
        .flat_map(|person| bracketed(&plain, person).or_else(|| office(&plain, person)).unwrap_or_default())
        .collect()
}

/// "ANA LIND (Elbonia)".
fn bracketed<'r>(plain: &Plain<'r>, person: &Found) -> Option<Vec<Derivation<'r>>> {
    let text = &plain.inputs.document.text;
    let after = &text[person.span.end..];
    let inner = after.trim_start().strip_prefix('(')?;
    let start = person.span.end + after.len() - inner.len();
    let party = starting(plain, start)
        .find(|party| PARTIES.contains(&plain.kind(party.id)) && text[party.span.end..].starts_with(')'))?;
    Some(plain.between("frame.delegate", person, &party))
}

/// The mentions that begin at a byte.
fn starting<'r>(plain: &Plain<'r>, byte: usize) -> impl Iterator<Item = Found> + 'r {
    let inputs = plain.inputs;
    inputs.mentions.starting(byte).filter_map(move |mention| {
        let id = inputs.referents.get(mention).copied().flatten()?;
        Some(Found { mention, id, span: inputs.mentions[mention].span })
    })
}

/// "JON MOSS, representative of Elbonia", "JON MOSS, Director of the Office, said": what stands between the commas.
fn office<'r>(plain: &Plain<'r>, person: &Found) -> Option<Vec<Derivation<'r>>> {
    let text = &plain.inputs.document.text;
    let after = text[person.span.end..].strip_prefix(',')?;
    let rest = after.trim_start();
    let start = text.len() - rest.len();
    let near = &rest[..rest.floor_char_boundary(OFFICE)];
    let end = near.find([',', ';', '.', '(', '\u{201c}']).filter(|&end| !near[..end].contains("\n\n"))?;
    let words = near[..end].trim_end();
    let lower = words.to_lowercase();
    let span = Span::new(start, start + words.len());
    let mut first = lower.split_whitespace();
    let head = first.next().unwrap_or_default();
    let whom =
        || plain.outermost_in(span, &PARTIES).first().map(|party| plain.between("frame.delegate", person, party));
    // "JON MOSS, of the Rivers League": he speaks for it.
    if head == "of" || matches!(head, "representative" | "delegate" | "observer" | "permanent") {
        return whom();
    }
    let mut found = if head == "minister" { whom().unwrap_or_default() } else { Vec::new() };
    let is_office = lower
        .split(|c: char| !c.is_alphabetic())
        .any(|word| WordClass::Office.has(word) || WordClass::OfficeBehind.has(word));
    let capital = words.starts_with(char::is_uppercase) && words.split_whitespace().count() <= 14;
    let verb = lower.split_whitespace().any(|word| WordClass::SayingVerb.has(word) || word == "said");
    if !is_office || !capital || verb {
        return Some(found);
    }
    let term = plain.largest_in(span, &[Kind::PersonRole]).filter(|role| role.span == span && role.id != person.id);
    let object = match term {
        Some(role) => role.end(Way::Name),
        None => Argument::plain(Term::Literal(one_line(words)), Some(span), Way::Name),
    };
    found.extend(plain.derive("frame.office", person.end(Way::Name), object, person.span.cover(span)));
    Some(found)
}
