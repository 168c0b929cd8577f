//! "X, speaking on behalf of A and B,": who speaks for whom, in running text.

use super::Inputs;
use super::derivation::{Argument, Derivation, Way};
use super::plain::{Found, Plain};
use crate::model::text::one_line;
use crate::model::{Class, EntityId, Kind, MentionClass, Span, Term, ZoneKind};
use crate::seeds::WordClass;

const CUES: [&str; 5] = ["on behalf of", "speaking for", "speaking also for", "spoke also for", "taking the floor for"];

/// How far before the words, in bytes, the one who speaks may stand.
const REACH: usize = 60;

/// How far behind the words, in bytes, those may begin who are spoken for.
const LIST: usize = 4000;

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
    let Some(last) = groups.last() else { return Vec::new() };
    let named = speaker(plain, cue.start).or_else(|| behind(plain, cue, last.span.end));
    let found = named.or_else(|| labelled(plain, cue.start)).or_else(|| own(plain, cue, &groups));
    let Some((subject, start)) = found else { return Vec::new() };
    let subject_id = subject.term.entity();
    let others = groups.into_iter().filter(|group| Some(group.id) != subject_id);
    others
        .flat_map(|group| {
            let end = subject.span.map_or(group.span.end, |subject| subject.end.max(group.span.end));
            let span = Span::new(start.min(cue.start), end);
            plain.derive("frame.speaks-for", subject.clone(), group.end(Way::Name), span)
        })
        .collect()
}

/// Those whom a list behind the words names.
fn groups(plain: &Plain<'_>, from: usize) -> Vec<Found> {
    let inputs = plain.inputs;
    let near = Span::new(from, inputs.document.text.len().min(from + LIST));
    let mut found: Vec<Found> = Vec::new();
    let mut at = from;
    for i in inputs.mentions.starting_in(near) {
        let mention = &inputs.mentions[i];
        let Some(id) = inputs.referents.get(i).copied().flatten() else { continue };
        if mention.span.start < at || mention.class == MentionClass::Pronoun {
            continue;
        }
        let gap = one_line(plain.text(Span::new(at, mention.span.start)));
        let gap = gap.trim_end_matches(['“', '"']);
        let courtly = gap.split_whitespace().all(|word| WordClass::CourtlyWord.has(&word.to_lowercase()));
        // "the people of X", "the Government of X": X.
        let around = matches!(mention.kind, Kind::PersonRole | Kind::GovernmentBody)
            && (mention.class != MentionClass::Named || plain.inside(mention.span).next().is_some());
        if found.is_empty() && courtly && around {
            continue;
        }
        let kinds = [Kind::State, Kind::InternationalOrganization, Kind::ExpertGroup];
        let joins = gap.len() <= if found.is_empty() { 48 } else { 24 }
            && !gap.contains(['.', ';'])
            && match found.is_empty() {
                true => courtly,
                false => is_joint(gap),
            };
        let known = mention.class == MentionClass::Named || inputs.entities[id.index()].known;
        if !joins || !kinds.contains(&mention.kind) || !known && found.is_empty() {
            break;
        }
        found.push(Found { mention: i, id, span: mention.span });
        at = mention.span.end;
    }
    found
}

/// What stands between members of a list: "and also of the"; a name that nobody knows may be a member, between commas.
fn is_joint(gap: &str) -> bool {
    let link = |word: &str| WordClass::ListLink.has(word.trim_matches(','));
    let stranger = |word: &str| gap.starts_with(',') && word.ends_with(',') && word.starts_with(char::is_uppercase);
    let strangers = gap.split_whitespace().filter(|word| stranger(word)).count();
    strangers <= 1 && gap.split_whitespace().all(|word| word == "," || link(word) || stranger(word))
}

/// "I speak on behalf of A, B and C", "on behalf of my Government and the people of X": the one whose words they are; the
/// delegation, if it is its own State.
fn own(plain: &Plain<'_>, cue: Span, groups: &[Found]) -> Option<(Argument, usize)> {
    let text = &plain.inputs.document.text;
    let before = text[..cue.start].trim_end();
    let sentence = before.rsplit(['.', ';', '!', '?', ':']).next().unwrap_or_default().to_lowercase();
    let first_person = || sentence.split_whitespace().any(|word| matches!(word, "i" | "me" | "my" | "we"));
    let speaks = sentence.split_whitespace().next_back().is_some_and(|word| matches!(word, "speak" | "speaking"));
    let inputs = plain.inputs.at(cue.start);
    let holder = inputs.holder.filter(|&holder| plain.kind(holder) == Kind::State)?;
    let is_own = groups.iter().any(|group| group.id == holder);
    let several = plain.inputs.entities[holder.index()].class == Class::StateGroup;
    if !(speaks || is_own && first_person()) {
        return None;
    }
    let is_state = |voice: &EntityId| plain.kind(*voice) == Kind::State && *voice != holder;
    let subject = match (is_own, several) {
        (true, _) => inputs.voices.iter().copied().find(|&voice| voice != holder)?,
        // The holder is all of them together; the State whose turn it is speaks for the others.
        (false, true) => inputs.voices.iter().copied().find(is_state)?,
        (false, false) => holder,
    };
    Some((Argument::plain(Term::Entity(subject), None, Way::Holder), cue.start))
}

/// "Speaking on behalf of A, the representative of X said": who speaks is named right behind.
fn behind(plain: &Plain<'_>, cue: Span, from: usize) -> Option<(Argument, usize)> {
    let text = &plain.inputs.document.text;
    let line = text[..cue.start].rfind(['.', ';', '!', '?', '\n']).map_or(0, |stop| stop + 1);
    let first = text[line..cue.start].split_whitespace().next()?.to_lowercase();
    let opens = matches!(first.as_str(), "speaking" | "making" | "delivering") && cue.start - line <= REACH * 2;
    let rest = text[from..].strip_prefix(", ").filter(|_| opens)?;
    let start = text.len() - rest.strip_prefix("the ").unwrap_or(rest).len();
    let i = plain.inputs.mentions.starting(start).find(|&i| {
        let mention = &plain.inputs.mentions[i];
        matches!(mention.kind, Kind::State | Kind::PersonRole) && plain.inputs.referents[i].is_some()
    })?;
    Some((speaking(plain, i, plain.inputs.referents[i]?), cue.start))
}

/// "Greek delegation. Thanks the chair. Speak on behalf of X": notes of a meeting name who speaks at the start of a line.
fn labelled(plain: &Plain<'_>, cue: usize) -> Option<(Argument, usize)> {
    let text = &plain.inputs.document.text;
    let start = text[..cue].rfind('\n').map_or(0, |end| end + 1);
    let line = &text[start..cue];
    let stop = line.find(['.', ':']).filter(|&stop| stop <= REACH)?;
    let sentence = line.rfind(['.', ':']).map_or(line, |stop| &line[stop + 1..]);
    let speaks =
        sentence.split_whitespace().next().is_some_and(|word| word.starts_with("Sp") && sentence.len() < REACH);
    let end = start + stop;
    let i = plain.inputs.mentions.starting(start).find(|&i| {
        let mention = &plain.inputs.mentions[i];
        let agent = matches!(mention.kind, Kind::State | Kind::GovernmentBody | Kind::PersonRole);
        agent && mention.span.end == end && plain.inputs.referents[i].is_some()
    });
    let i = i.filter(|_| speaks)?;
    Some((speaking(plain, i, plain.inputs.referents[i]?), cue))
}

/// The one who speaks as an end: the State for which a representative does, else he himself.
fn speaking(plain: &Plain<'_>, i: usize, id: EntityId) -> Argument {
    let state = plain.inputs.entities[id.index()].owner.filter(|&owner| plain.kind(owner) == Kind::State);
    let span = plain.inputs.mentions[i].span;
    Argument { mention: Some(i), ..Argument::plain(Term::Entity(state.unwrap_or(id)), Some(span), Way::Name) }
}

/// Who speaks: the person or State named right before, else whose turn or text it is, after "I speak".
fn speaker(plain: &Plain<'_>, before: usize) -> Option<(Argument, usize)> {
    let text = &plain.inputs.document.text;
    let from = text.ceil_char_boundary(before.saturating_sub(REACH));
    let near = text[from..before].rfind(['.', ';', '!', '?', '\n']).map_or(from, |stop| from + stop + 1);
    let lead = one_line(&text[near..before]).to_lowercase();
    let is_speaking = |words: &str| {
        let mut words =
            words.split_whitespace().map(|word| word.trim_matches([',', '(', ')'])).filter(|word| !word.is_empty());
        // "on behalf of A and on behalf of B": A speaks for nobody.
        let joined = words.clone().next() == Some("and") && !words.clone().any(|word| word.starts_with("sp"));
        !joined && words.all(|word| WordClass::SpeakingLink.has(word))
    };
    let named = plain.inputs.mentions.starting_in(Span::new(near, before)).rev().find_map(|i| {
        let mention = &plain.inputs.mentions[i];
        let agent = matches!(mention.kind, Kind::State | Kind::PersonRole | Kind::GovernmentBody);
        let id = plain.inputs.referents[i].filter(|_| agent && mention.class != MentionClass::Pronoun)?;
        let rest = plain.text(Span::new(mention.span.end, before)).to_lowercase();
        is_speaking(&rest).then_some((i, id))
    });
    // "I speak", "It is an honour to speak".
    let first_person = lead.split_whitespace().any(|word| matches!(word, "i" | "we" | "my" | "honour" | "privilege"));
    let own = || -> Option<EntityId> {
        let inputs = plain.inputs.at(before);
        let person = inputs.voices.iter().copied().find(|&id| plain.kind(id) == Kind::PersonRole);
        person.filter(|_| first_person && lead.split_whitespace().any(|word| WordClass::SpeakingLink.has(word)))
    };
    named
        .map(|(i, id)| (speaking(plain, i, id), plain.inputs.mentions[i].span.start))
        .or_else(|| own().map(|id| (Argument::plain(Term::Entity(id), None, Way::Holder), before)))
}
