//! "X, speaking on behalf of A and B,": who speaks for whom, in running text.

use super::Inputs;
use super::derivation::{Argument, Derivation, Way};
use super::plain::{Found, Plain};
use crate::model::text::one_line;
use crate::model::{EntityId, Kind, MentionClass, Span, Term, ZoneKind};
use crate::seeds::WordClass;

const CUES: [&str; 2] = ["on behalf of", "speaking for"];

/// How far before the words, in bytes, the one who speaks may stand.
const REACH: usize = 60;

/// Whom the running text says to be spoken for; the matcher is named by a rule in `seeds/rules/frame.toml`.
pub(super) fn derive<'r>(inputs: &Inputs<'r>) -> Vec<Derivation<'r>> {
    let plain = Plain::new(inputs);
    let text = &inputs.document.text;
    let mut out = Vec::new();
    for cue in CUES {
        for (at, _) in text.match_indices(cue) {
            if inputs.document.zone_at(at) == ZoneKind::Body {
                out.extend(at_cue(&plain, Span::new(at, at + cue.len())));
            }
        }
    }
    out
}

fn at_cue<'r>(plain: &Plain<'r>, cue: Span) -> Vec<Derivation<'r>> {
    let groups = groups(plain, cue.end);
    let Some((subject, start)) = speaker(plain, cue.start).filter(|_| !groups.is_empty()) else { return Vec::new() };
    let subject_id = subject.term.entity();
    let others = groups.into_iter().filter(|group| Some(group.id) != subject_id);
    others
        .flat_map(|group| {
            let span = Span::new(start.min(cue.start), group.span.end);
            plain.derive("frame.speaks-for", subject.clone(), group.end(Way::Name), span)
        })
        .collect()
}

/// Those whom a list behind the words names.
fn groups(plain: &Plain<'_>, from: usize) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = from;
    for next in plain.all().filter(|next| next.span.start >= from) {
        if next.span.start < at {
            continue;
        }
        let gap = one_line(plain.text(Span::new(at, next.span.start)));
        let mention = &plain.inputs.mentions[next.mention];
        let kinds = [Kind::State, Kind::InternationalOrganization, Kind::ExpertGroup];
        let joins = gap.len() <= 24
            && !gap.contains(['.', ';'])
            && match found.is_empty() {
                true => gap.split_whitespace().all(|word| WordClass::CourtlyWord.has(word)),
                false => gap.split_whitespace().all(|word| matches!(word, "," | "and" | "the" | "also" | "of")),
            };
        if !joins || !kinds.contains(&mention.kind) || mention.class != MentionClass::Named && found.is_empty() {
            break;
        }
        found.push(next);
        at = next.span.end;
    }
    found
}

/// Who speaks: the person or State named right before, else whose turn or text it is, after "I speak".
fn speaker(plain: &Plain<'_>, before: usize) -> Option<(Argument, usize)> {
    let text = &plain.inputs.document.text;
    let from = text.ceil_char_boundary(before.saturating_sub(REACH));
    let near = text[from..before].rfind(['.', ';', '!', '?', '\n']).map_or(from, |stop| from + stop + 1);
    let lead = one_line(&text[near..before]).to_lowercase();
    let is_speaking = |words: &str| {
        let mut words =
            words.split_whitespace().map(|word| word.trim_matches([',', '('])).filter(|word| !word.is_empty());
        words.all(|word| WordClass::SpeakingLink.has(word))
    };
    let named = plain.inputs.mentions.starting_in(Span::new(near, before)).rev().find_map(|i| {
        let mention = &plain.inputs.mentions[i];
        let agent = matches!(mention.kind, Kind::State | Kind::PersonRole | Kind::GovernmentBody);
        let id = plain.inputs.referents[i].filter(|_| agent && mention.class != MentionClass::Pronoun)?;
        let rest = plain.text(Span::new(mention.span.end, before)).to_lowercase();
        is_speaking(&rest).then_some((i, id))
    });
    // "the representative of X": the role, not the State inside.
    let outer = |(i, id): (usize, EntityId)| {
        let mentions = plain.inputs.mentions;
        let mut ending = mentions.ending(mentions[i].span.end);
        let role =
            ending.find(|&outer| mentions[outer].kind == Kind::PersonRole && plain.inputs.referents[outer].is_some());
        let (i, id) = role.and_then(|outer| Some((outer, plain.inputs.referents[outer]?))).unwrap_or((i, id));
        let span = mentions[i].span;
        (Argument { mention: Some(i), ..Argument::plain(Term::Entity(id), Some(span), Way::Name) }, span.start)
    };
    let first_person = lead.split_whitespace().any(|word| matches!(word, "i" | "we" | "my"));
    let own = || -> Option<EntityId> {
        let inputs = plain.inputs.at(before);
        let person = inputs.voices.iter().copied().find(|&id| plain.kind(id) == Kind::PersonRole);
        person.filter(|_| first_person && lead.split_whitespace().any(|word| WordClass::SpeakingLink.has(word)))
    };
    named.map(outer).or_else(|| own().map(|id| (Argument::plain(Term::Entity(id), None, Way::Holder), before)))
}
