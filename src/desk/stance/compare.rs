//! Two actors face each other, matter by matter: where they agree, where one is for what the other is against, and what only
//! one of them says. Each stands by its own words.

use std::collections::{BTreeSet, HashMap};

use crate::desk::said::{ClaimLine, Said};
use crate::model::text::counted;
use crate::query::Topics;
use crate::record::{Record, TermId};

use super::heard::Heard;
use super::matter::{Gathered, Matter, is_clear, sided, strongest};
use super::near::{Told, past_year, sentence_around, topic_words};
use super::{Scope, own_positions, own_texts, placing};

/// How two actors stand to a matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Accord {
    /// One is for it, the other against it.
    Opposed,
    /// Both are for it, or both against it, or both weigh it alike.
    Agreed,
    /// Only the first speaks of it.
    OnlyFirst,
    /// Only the second does.
    OnlySecond,
}

/// A topic, if there is one, and the matters under it with their rows.
type Placed<'a> = (Option<TermId>, &'a [(usize, Matter)]);

/// A matter of which one or both speak.
#[derive(Clone, Debug, PartialEq)]
pub struct Pairing {
    /// How they stand.
    pub accord: Accord,
    /// The narrowest topic of the matter.
    pub topic: Option<TermId>,
    /// The matter in words.
    pub matter: String,
    /// The number of the first actor's strongest claim.
    pub first: Option<usize>,
    /// The number of the second actor's.
    pub second: Option<usize>,
    /// What else a reader should know, in words.
    pub note: String,
}

/// What is asked.
pub struct ComparePlan<'s> {
    /// The two; one actor twice stands at two times.
    pub actors: [TermId; 2],
    /// The times of the two: only what was said in that year or month, or on that day. Nothing for all that is in scope.
    pub times: Option<[&'s str; 2]>,
    /// Which positions.
    pub scope: Scope<'s>,
    /// Also what one of them says in one statement only.
    pub all: bool,
}

impl ComparePlan<'_> {
    /// Whether what a side said on a day counts.
    fn has_day(&self, side: usize, date: &str) -> bool {
        let is_then = self.times.is_none_or(|times| !date.is_empty() && date.starts_with(times[side]));
        is_then && self.scope.has_day(date)
    }
}

/// The answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// Opposed, agreed, only the first, only the second; by topic within.
    pub rows: Vec<Pairing>,
    /// How many statements each has.
    pub statements: [usize; 2],
    /// Matters of one statement of one actor.
    pub left_out: usize,
    /// Matters of one actor on which the other takes the same stance in other words.
    pub near: usize,
}

impl Comparison {
    /// Compares two actors. `text` gives a stored text by its SHA-256.
    pub fn of(record: &Record<'_>, said: &Said, plan: &ComparePlan<'_>, text: &dyn Fn(&str) -> Option<String>) -> Self {
        let topics = Topics::new(record);
        let mut placing = placing(record, &topics, &plan.scope);
        let (mut gathered, mut heard, mut statements) =
            (Gathered::default(), [Heard::default(), Heard::default()], [0, 0]);
        let mut side_of: HashMap<usize, usize> = HashMap::new();
        for (side, &actor) in plan.actors.iter().enumerate() {
            let texts = own_texts(record, said, actor).into_iter();
            for at in texts.filter(|&at| plan.has_day(side, &said.texts()[at].date)) {
                heard[side].add(at, &text(&said.texts()[at].sha256).unwrap_or_default());
                statements[side] += 1;
            }
            for number in own_positions(record, said, actor, &plan.scope) {
                let line = &said.claims()[number];
                if plan.has_day(side, said.date_of(line))
                    && !side_of.contains_key(&number)
                    && let Some(matter) = Matter::of(record, line)
                {
                    side_of.insert(number, side);
                    gathered.add(number, matter);
                }
            }
        }
        let (mut rows, mut left_out, mut near) = (Vec::new(), 0, 0);
        let groups = gathered.into_groups();
        let mut topic_of = |group: &[(usize, Matter)]| {
            group.iter().find_map(|(at, _)| placing.narrowest(&record.claim(said.claims()[*at].id)?))
        };
        let placed: Vec<Placed<'_>> = groups.iter().map(|group| (topic_of(group), group.as_slice())).collect();
        let facing = Facing { record, said, side_of: &side_of, placed: &placed };
        for &(topic, group) in &placed {
            let is_of = |side: usize| group.iter().filter(|(at, _)| side_of.get(at) == Some(&side)).collect::<Vec<_>>();
            let [first, second] = [0, 1].map(is_of);
            let pairing = |accord, (first, second): (Option<usize>, Option<usize>), note: &str| {
                let matter = group[0].1.label.clone();
                Pairing { accord, topic, matter, first, second, note: note.to_owned() }
            };
            if !first.is_empty() && !second.is_empty() {
                rows.extend(
                    meeting(record, said, &first, &second).map(|(accord, pair, note)| pairing(accord, pair, note)),
                );
                continue;
            }
            let side = usize::from(first.is_empty());
            let claims = if side == 0 { &first } else { &second };
            let Some((number, matter)) = strongest(claims, |_| true) else { continue };
            // The other may well say it, where no claim was found.
            if !heard[1 - side].texts_with(&matter.stems).is_empty() {
                continue;
            }
            let texts: BTreeSet<usize> = claims.iter().filter_map(|(at, _)| said.claims()[*at].text).collect();
            if texts.len() < 2 && plan.scope.topic.is_none() && plan.times.is_none() && !plan.all {
                left_out += 1;
                continue;
            }
            if !plan.all && facing.is_met(topic, side, (*number, matter)) {
                near += 1;
                continue;
            }
            let year = past(record, said, &said.claims()[*number], text).map(|year| format!(", of {year}"));
            let note = format!(
                "in {}{}; nothing of it in {} of the other",
                counted(texts.len(), "statement"),
                year.unwrap_or_default(),
                counted(statements[1 - side], "statement")
            );
            rows.push(match side {
                0 => pairing(Accord::OnlyFirst, (Some(*number), None), &note),
                _ => pairing(Accord::OnlySecond, (None, Some(*number)), &note),
            });
        }
        let mut rows = once(said, rows);
        // Groups came in the order in which matters came up, and this keeps it.
        rows.sort_by_cached_key(|row| (row.accord, row.topic.is_none(), row.topic.map(|topic| record.label(topic))));
        Self { rows, statements, left_out, near }
    }
}

/// What two actors say, by topic.
struct Facing<'a> {
    record: &'a Record<'a>,
    said: &'a Said,
    /// Whose each claim is: 0 or 1.
    side_of: &'a HashMap<usize, usize>,
    placed: &'a [Placed<'a>],
}

impl Facing<'_> {
    /// Whether the other says on the same topic much the same, and takes no other side.
    fn is_met(&self, topic: Option<TermId>, side: usize, (number, matter): (usize, &Matter)) -> bool {
        let words = topic.map(|topic| topic_words(&self.record.label(topic))).unwrap_or_default();
        let one = Told { line: &self.said.claims()[number], matter };
        let mut alike = self.placed.iter().filter(|(other, _)| *other == topic).flat_map(|(_, group)| group.iter());
        alike.any(|(at, matter)| {
            let other = Told { line: &self.said.claims()[*at], matter };
            self.side_of.get(at) == Some(&(1 - side)) && one.is_no_opponent(&other) && one.is_near(&other, &words)
        })
    }
}

/// The earlier year of which the sentence of a claim tells.
fn past(record: &Record<'_>, said: &Said, line: &ClaimLine, text: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let claim = record.claim(line.id)?;
    let quote = record.quote(*claim.passages.first()?).words?;
    let words: Vec<char> = text(&said.text_of(line)?.sha256)?.chars().collect();
    past_year(quote, &sentence_around(&words, line.place), said.date_of(line).get(..4)?)
}

/// Of rows that rest on the same words the first.
fn once(said: &Said, rows: Vec<Pairing>) -> Vec<Pairing> {
    let mut told: Vec<Pairing> = Vec::new();
    for row in rows {
        let is_same = |other: &Pairing| other.accord == row.accord && is_one_place(said, other, &row);
        if !told.iter().any(is_same) {
            told.push(row);
        }
    }
    told
}

/// Whether two rows rest on the same words.
fn is_one_place(said: &Said, one: &Pairing, other: &Pairing) -> bool {
    let pairs = [(one.first, other.first), (one.second, other.second)];
    pairs.into_iter().all(|(one, other)| match (one, other) {
        (Some(one), Some(other)) => said.claims()[one].meets(&said.claims()[other]),
        (None, None) => true,
        _ => false,
    })
}

/// How two stand, by which claims, and what else to know.
type Meeting = (Accord, (Option<usize>, Option<usize>), &'static str);

/// How the claims of two on one matter stand to each other; `None` if they only speak of it.
fn meeting(
    record: &Record<'_>,
    said: &Said,
    first: &[&(usize, Matter)],
    second: &[&(usize, Matter)],
) -> Option<Meeting> {
    if let (Some((one, has_turned)), Some((other, others_turned))) = (last_side(said, first), last_side(said, second)) {
        let note = match (has_turned, others_turned) {
            (false, false) => "",
            (true, false) => "the first stood otherwise before",
            (false, true) => "the second stood otherwise before",
            (true, true) => "both stood otherwise before",
        };
        let pair = (Some(one.0), Some(other.0));
        return match one.1.side == other.1.side {
            true => Some((Accord::Agreed, pair, note)),
            false if one.1.is_same(record, &other.1) && is_clear(&one.1) && is_clear(&other.1) => {
                Some((Accord::Opposed, pair, note))
            }
            false => None,
        };
    }
    let weigh = |claims: &[&(usize, Matter)]| {
        strongest(claims, |matter| matter.side == super::Side::Neither).map(|claim| claim.0)
    };
    let (one, other) = (weigh(first)?, weigh(second)?);
    Some((Accord::Agreed, (Some(one), Some(other)), "both speak of its weight"))
}

/// The strongest claim of the last statement that takes a side, and whether an earlier one takes the other.
fn last_side<'g>(said: &Said, claims: &[&'g (usize, Matter)]) -> Option<(&'g (usize, Matter), bool)> {
    let text = |claim: &(usize, Matter)| said.claims()[claim.0].text;
    let takes = |claim: &&(usize, Matter)| claim.1.side != super::Side::Neither;
    let last = text(claims.iter().copied().rfind(takes)?);
    let of_last: Vec<&(usize, Matter)> = claims.iter().copied().filter(|claim| text(claim) == last).collect();
    let chosen = sided(&of_last)?;
    let has_turned = claims.iter().copied().filter(takes).any(|claim| claim.1.side != chosen.1.side);
    Some((chosen, has_turned))
}
