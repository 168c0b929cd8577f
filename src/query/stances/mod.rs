//! The positions that actors take in their own words, each on a matter: what they say of it over time, and two of them side
//! by side.

mod change;
mod compare;

use std::collections::BTreeMap;

use super::topics::{Placing, Topic, folded};
use crate::lift::vocabulary::rap;
use crate::model::{Kind, Passage, Stance};
use crate::record::{Claim, Record, TermId};

pub use change::{ChangeSort, Changed, changes};
pub use compare::{Common, compare};

/// Words that tell no two matters apart.
const SMALL: [&str; 5] = ["the", "a", "an", "of", "and"];

/// Relations whose object is whom they address, and no matter.
const ADDRESSING: [&str; 2] = ["requests", "invites"];

/// A position in its actor's own words, with a date.
#[derive(Clone, Debug)]
pub struct Position<'r> {
    /// The claim.
    pub claim: Claim<'r>,
    /// The day, month or year on which it was said.
    pub date: &'r str,
    /// For, against, or asking for it.
    pub stance: Stance,
    /// On the ladder of diplomatic language; 0 where nothing tells.
    pub strength: u8,
    /// The passage.
    pub place: TermId,
    /// The words that show it.
    pub quote: &'r str,
}

/// What positions are on: things that differ in nothing but small words, order and plural are one matter.
#[derive(Clone, Debug)]
pub struct Matter<'r> {
    /// The thing, as it was said first.
    pub target: TermId,
    /// The narrowest topic that it is on.
    pub topic: Option<TermId>,
    /// Whether it is bare subject matter: nobody turns on war or on hunger, and nobody differs on them.
    pub is_subject: bool,
    /// Oldest first.
    pub positions: Vec<Position<'r>>,
}

/// Which positions are asked for.
#[derive(Default)]
pub struct Scope<'t> {
    /// On what; all if there is none.
    pub topic: Option<&'t Topic>,
    /// No earlier date: `2015` or `2015-09-28`.
    pub from: Option<&'t str>,
    /// No later date; a year is its last day.
    pub to: Option<&'t str>,
    /// None less sure.
    pub least: f64,
}

/// The matters on which an actor takes positions, by what tells them apart; and the dates on which it speaks at all.
pub struct Timeline<'r> {
    /// By key.
    pub matters: BTreeMap<String, Matter<'r>>,
    /// Each once, oldest first.
    pub dates: Vec<&'r str>,
    /// Positions of texts that have no date.
    pub undated: usize,
}

impl<'r> Timeline<'r> {
    /// What a record tells of an actor. What others say of it is no part of that, nor what it says with no stance.
    pub fn of(record: &'r Record<'r>, actor: TermId, scope: &Scope<'_>, placing: &mut Placing<'r>) -> Self {
        let on_topic = scope.topic.map(|topic| topic.claims(record));
        let mut timeline = Self { matters: BTreeMap::new(), dates: Vec::new(), undated: 0 };
        for claim in record.claims() {
            let is_own = claim.subject == actor && claim.relation.is_position() && record.is_said_by(&claim, actor);
            if !is_own || claim.sureness() < scope.least {
                continue;
            }
            let date = claim.text.map(|text| record.date(text)).unwrap_or_default();
            let is_on = on_topic.as_ref().is_none_or(|on| on.contains_key(record.quads().text(claim.id)));
            if date.is_empty() {
                timeline.undated += usize::from(is_on);
            } else if is_on && scope.holds(date) {
                timeline.add(record, claim, date, placing);
            }
        }
        for matter in timeline.matters.values_mut() {
            matter.positions.sort_by(|a, b| {
                let place = |one: &Position<'_>| {
                    Passage::parse(record.quads().text(one.place)).map(|place| (place.text.to_owned(), place.start))
                };
                a.date.cmp(b.date).then_with(|| place(a).cmp(&place(b)))
            });
            if let Some(first) = matter.positions.first() {
                matter.target = first.claim.object;
            }
        }
        timeline.dates.sort_unstable();
        timeline.dates.dedup();
        timeline
    }

    fn add(&mut self, record: &'r Record<'r>, claim: Claim<'r>, date: &'r str, placing: &mut Placing<'r>) {
        self.dates.push(date);
        let stance = claim.relation.stance(claim.is_negated());
        let Some(place) =
            claim.passages.first().copied().filter(|_| stance != Stance::None && is_matter(record, &claim))
        else {
            return;
        };
        let strength = claim.strength.and_then(|strength| strength.parse().ok()).unwrap_or(0);
        let quote = record.text(place, rap::QUOTE).unwrap_or_default();
        let key = key(record, claim.object);
        let target = claim.object;
        let matter = self.matters.entry(key).or_insert_with(|| Matter {
            target,
            topic: placing.narrowest(&claim),
            is_subject: record.class(target).is_some_and(|class| class.kind() == Kind::Topic),
            positions: Vec::new(),
        });
        matter.positions.push(Position { claim, date, stance, strength, place, quote });
    }
}

impl Scope<'_> {
    fn holds(&self, date: &str) -> bool {
        let is_late = self.from.is_none_or(|from| date >= from);
        // A day of the last year begins with it.
        is_late && self.to.is_none_or(|to| date <= to || date.starts_with(to))
    }
}

/// Whether a claim is on a matter: a name, or more than one word. On a bare noun ("countries", "a mechanism") two positions
/// have nothing in common.
fn is_matter(record: &Record<'_>, claim: &Claim<'_>) -> bool {
    let is_name = record.words(claim.object).chars().filter(|c| c.is_uppercase()).count() > 1;
    !ADDRESSING.contains(&claim.relation.name()) && (is_name || key(record, claim.object).contains(' '))
}

/// What tells a matter from others: the words of its label, each once, in order of the alphabet.
fn key(record: &Record<'_>, target: TermId) -> String {
    let words = folded(&record.words(target));
    let mut words: Vec<&str> = words.split(' ').filter(|word| !SMALL.contains(word)).collect();
    words.sort_unstable();
    words.dedup();
    words.join(" ")
}
