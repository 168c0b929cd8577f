//! For which State the one speaks who says "we", where no heading and no formula tells: what the text says of each State
//! that it names is counted, weighed and compared with the case that the speaker's own State is not named at all.
//!
//! The weights were fitted on half of the raw general debate and measured on the other half
//! (`examples/measure_holders.rs`). A wrong holder is worse than none: below [`ENOUGH`] nobody speaks.

mod cues;

use std::collections::BTreeMap;

use crate::model::{Class, EntityId, Kind, MentionClass, Span};
use crate::seeds::WordClass;

use super::Context;
use super::table::Table;
use cues::Counts;

/// Evidence for one State, in the order of [`CUES`].
pub type Evidence = [f32; CUES.len()];

/// What is counted, and what each count weighs. Counts enter as `ln(1 + n)`, shares as they are, the last one is 1.
#[rustfmt::skip] // A table.
pub const CUES: [(&str, f32); 38] = [
    ("named", -1.41), ("share of all names", 0.51), ("on behalf of", 1.90), ("greetings of", 0.80),
    ("my country, X", 1.13), ("Government of X", 1.47), ("X Government", 0.27), ("X delegation", 1.97),
    ("countries like X", 2.60), ("for X,", -0.17), ("we in X", 4.53), ("we, X", 2.72), ("X welcomes", 0.84),
    ("and X welcomes", -0.34), ("X's position", 0.61), ("X, as a", -0.22), ("beside first person", 0.81),
    ("beside my country", 0.79), ("at the start", 1.35), ("at the end", 0.63), ("as a stranger", -2.51),
    ("share beside first person", -2.07), ("I, president of X", 2.74), ("any formula", 1.51),
    ("share as a subject that takes positions", 2.31), ("share as a subject", -0.25), ("share beside you", 0.82),
    ("X is committed", 1.73), ("X has ratified", -0.01), ("share beside an election", -0.45),
    ("share beside strife", -2.20), ("as a newcomer", 0.05), ("bless X", 0.47), ("as a neighbour", -0.55),
    ("tenths", 8.01), ("share of the most named", 0.87), ("share of own deeds", 4.77), ("is named", -0.19),
];

/// The least probability at which a State is taken for the speaker's.
const ENOUGH: f32 = 0.80;

/// The least probability of the only State whose delegation is named: no less than of others, since a guest that is
/// thanked has one too.
const ENOUGH_OF_DELEGATION: f32 = 0.80;

/// How often a delegation is named where a record tells in the third person what its speaker said.
const TOLD: u32 = 2;

/// The State for which words are spoken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub state: EntityId,
    /// How sure it is, from 0 to 1.
    pub sure: f32,
    /// The name that shows it best.
    pub shown_by: Span,
}

/// Below so many bytes a text is short: speeches of the general debate, on which the weights were fitted, are longer.
const SHORT: usize = 6000;

/// How many words of the first person show that somebody speaks.
const SPOKEN: usize = 1;

/// How many bytes below a speaker's name tell the office.
const BELOW: usize = 90;

/// Whether a title or a speaker's line names such an office.
fn is_international(context: &Context, within: Span) -> bool {
    let metadata = &context.doc.metadata;
    let turns = context.doc.interventions.iter().filter(|turn| turn.span == within);
    let speakers = turns.filter_map(|turn| turn.speaker.as_ref()).chain(&metadata.speaker).chain(&metadata.title);
    // The line below a speaker's name tells the office.
    let below = metadata.speaker.as_ref().and_then(|field| field.span).map(|span| {
        let text = &context.doc.text;
        text[span.end..text.floor_char_boundary(text.len().min(span.end + BELOW))].to_lowercase()
    });
    let mut told = speakers.map(|field| field.value.to_lowercase()).chain(below);
    told.any(|told| WordClass::InternationalOffice.words().iter().any(|office| told.contains(office.as_str())))
}

/// The State for which the words of a stretch are spoken, if one stands out.
pub(super) fn spoken_for(context: &Context, table: &Table, within: Span) -> Option<Found> {
    if is_international(context, within) {
        return None;
    }
    let all = counted(context, table, within);
    let (named, most) = names(&all);
    let weighed = all.iter().map(|(&id, counts)| (id, weigh(&counts.evidence(named, most))));
    let weighed: Vec<(EntityId, f32)> = weighed.collect();
    // The case that the State is not named weighs nothing.
    let highest = weighed.iter().map(|(_, weight)| *weight).fold(0.0, f32::max);
    let sum: f32 = weighed.iter().map(|(_, weight)| (weight - highest).exp()).sum::<f32>() + (-highest).exp();
    let (best, weight) = weighed.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))?;
    let probability = (weight - highest).exp() / sum;
    let counts = all.get(&best)?;
    let alone = counts.delegation > 0 && all.values().filter(|counts| counts.delegation > 0).count() == 1;
    let told = alone && counts.delegation >= TOLD && within.len() >= SHORT;
    if !told && !says_we(context, within) {
        return None;
    }
    // In a short text a State that it only speaks of stands everywhere: there it must speak for itself.
    if within.len() < SHORT && !counts.shows_itself() {
        return None;
    }
    let shown_by = counts.shown_by;
    let enough = if alone { ENOUGH_OF_DELEGATION } else { ENOUGH };
    (probability >= enough).then_some(Found { state: best, sure: probability, shown_by })
}

/// Whether somebody speaks in the first person: who only reports speaks for nobody.
fn says_we(context: &Context, within: Span) -> bool {
    let words = within.of(&context.doc.text).split(|c: char| !c.is_alphabetic());
    words.filter(|word| WordClass::FirstPerson.has(&word.to_lowercase())).take(SPOKEN).count() == SPOKEN
}

fn weigh(evidence: &Evidence) -> f32 {
    evidence.iter().zip(CUES).map(|(value, (_, weight))| value * weight).sum()
}

/// The evidence for each State that a stretch names, by key.
pub(super) fn evidence(context: &Context, table: &Table, within: Span) -> BTreeMap<EntityId, Evidence> {
    let all = counted(context, table, within);
    let (named, most) = names(&all);
    all.into_iter().map(|(id, counts)| (id, counts.evidence(named, most))).collect()
}

/// How many names of States there are, and how many of the one named most often.
fn names(all: &BTreeMap<EntityId, Counts>) -> (u32, u32) {
    let named = all.values().map(|counts| counts.named);
    (named.clone().sum(), named.max().unwrap_or_default())
}

/// What stands around each State's names in a stretch.
fn counted(context: &Context, table: &Table, within: Span) -> BTreeMap<EntityId, Counts> {
    let mut counts: BTreeMap<EntityId, Counts> = BTreeMap::new();
    let mut end = within.start;
    for i in context.mentions.inside(within) {
        let mention = &context.mentions[i];
        let state = table.of(i).filter(|&id| mention.class == MentionClass::Named && is_one_state(table, id));
        let Some(state) = state.filter(|_| mention.span.start >= end) else { continue };
        end = mention.span.end;
        cues::count(context, within, mention.span, counts.entry(state).or_default());
    }
    counts
}

/// A State of the catalogue, not a group of them.
fn is_one_state(table: &Table, id: EntityId) -> bool {
    let entity = table.entity(id);
    entity.known && entity.class == Class::Of(Kind::State)
}
