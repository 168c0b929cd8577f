//! What a brief on a topic says: the matters on which most actors take a stance, who changed, mandates, numbers. Only claims on
//! the topic are looked at.

use std::collections::{BTreeMap, BTreeSet};

use crate::desk::said::{ClaimLine, Said};
use crate::export::report::{BriefChange, BriefMatter, BriefPlan};
use crate::model::text::{counted, one_line};
use crate::model::{Class, Kind, Stance};
use crate::query::Topics;
use crate::record::{Labels, Record, TermId};

use super::change::{ChangeKind, ChangePlan, Changes};
use super::matter::{Gathered, Matter, Side, is_clear};
use super::stems::{HeadSense, head_sense, stems};
use super::{Scope, placing};

/// Actors whose changes are looked for: those who take most positions on the topic.
const CHANGERS: usize = 12;

/// Names in one cell of a brief, those put most strongly first.
const NAMES: usize = 6;

/// What is asked.
pub struct BriefAsked<'s> {
    /// What the topic is called.
    pub topic: String,
    /// Its claims, the time, and how sure they must be.
    pub scope: Scope<'s>,
    /// Only these actors; all if none is named.
    pub actors: &'s [TermId],
    /// At most so many printed pages.
    pub pages: usize,
}

/// Gathers a brief. `text` gives a stored text by its SHA-256.
pub fn brief(
    record: &Record<'_>,
    said: &Said,
    asked: &BriefAsked<'_>,
    text: &dyn Fn(&str) -> Option<String>,
) -> BriefPlan {
    let is_asked = |line: &ClaimLine| {
        line.confidence >= asked.scope.least
            && asked.scope.topic.is_none_or(|claims| claims.contains_key(record.quads().text(line.id)))
            && asked.scope.has_day(said.date_of(line))
    };
    let is_actor = |id: TermId| asked.actors.is_empty() || asked.actors.contains(&id);
    let lines: Vec<(usize, &ClaimLine)> = said.claims().iter().enumerate().filter(|(_, line)| is_asked(line)).collect();
    let own: Vec<(usize, &ClaimLine)> = lines
        .iter()
        .copied()
        .filter(|(_, line)| asked.scope.has_claim(record, line) && is_actor(line.subject))
        .collect();
    let mut plan = BriefPlan { title: asked.topic.clone(), pages: asked.pages, ..BriefPlan::default() };
    let positions: Vec<(usize, &ClaimLine)> =
        lines.iter().copied().filter(|(_, line)| line.is_position && is_actor(line.subject)).collect();
    plan.matters = matters(record, said, asked, &positions);
    plan.changes = changes(record, said, asked, &own, text);
    plan.mandates = lines.iter().filter(|(_, line)| is_mandate(record, line)).map(|(_, line)| line.id).collect();
    plan.numbers = lines.iter().map(|(_, line)| line.id).collect();
    let texts: BTreeSet<usize> = lines.iter().filter_map(|(_, line)| line.text).collect();
    let actors: BTreeSet<TermId> = positions.iter().map(|(_, line)| line.subject).collect();
    let days: BTreeSet<&str> = lines.iter().map(|(_, line)| said.date_of(line)).filter(|day| !day.is_empty()).collect();
    let span = match (days.first(), days.last()) {
        (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
        (Some(day), _) => format!(", {day}"),
        _ => String::new(),
    };
    plan.scope = format!(
        "{} of {} in {}{span}. Only an actor’s own words put it for or against.",
        counted(positions.len(), "position"),
        counted(actors.len(), "actor"),
        counted(texts.len(), "document"),
    );
    plan
}

/// Whether a claim gives a body, an office or a set of States something to do, as the question `mandates` has it.
fn is_mandate(record: &Record<'_>, line: &ClaimLine) -> bool {
    let Some(claim) = record.claim(line.id) else { return false };
    let kind = |id: TermId| record.class(id).map(Class::kind);
    let is_body = |id: TermId| {
        record.class(id).is_some_and(|class| {
            !matches!(class, Class::PrincipalOrgan | Class::NonStateActor | Class::Person)
                && matches!(
                    class.kind(),
                    Kind::ExpertGroup
                        | Kind::UNBody
                        | Kind::InternationalOrganization
                        | Kind::GovernmentBody
                        | Kind::LawEnforcementAgency
                        | Kind::PersonRole
                )
        })
    };
    match claim.relation.name() {
        "mandates" => kind(claim.subject) != Some(Kind::State) && is_body(claim.object),
        "hasTask" => {
            let name = stems(&record.label(claim.subject));
            let task = stems(&record.words(claim.object));
            is_body(claim.subject)
                && record.class(claim.object).is_none_or(|class| {
                    !matches!(
                        class.kind(),
                        Kind::State
                            | Kind::UNBody
                            | Kind::ExpertGroup
                            | Kind::InternationalOrganization
                            | Kind::PersonRole
                    )
                })
                && !task.iter().all(|stem| name.contains(stem))
        }
        _ => false,
    }
}

/// A matter with what it is ranked by: the topic itself first, then what is in dispute, then by how many take a side, how many
/// ask, and how strongly.
type Ranked = ((bool, bool, usize, usize, u8), BriefMatter);

/// All that is said on the topic, matter by matter. What takes no clear side, and what others report of an actor, stands apart.
fn matters(record: &Record<'_>, said: &Said, asked: &BriefAsked<'_>, all: &[(usize, &ClaimLine)]) -> Vec<BriefMatter> {
    let topics = Topics::new(record);
    let mut placing = placing(record, &topics, &asked.scope);
    let labels = Labels::new(record);
    let mut gathered = Gathered::default();
    let mut rest: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, line) in all {
        match Matter::of(record, line) {
            Some(matter) => gathered.add(*number, matter),
            None => rest.entry(one_line(&labels.of(line.object))).or_default().push(*number),
        }
    }
    let mut found: Vec<Ranked> = Vec::new();
    for group in by_label(gathered.into_groups()) {
        let mut matter = BriefMatter { label: group[0].1.plain_label.clone(), ..BriefMatter::default() };
        let topic = group.iter().find_map(|(at, _)| placing.narrowest(&record.claim(said.claims()[*at].id)?));
        matter.topic = topic.map(|topic| labels.brief(record.quads().text(topic))).unwrap_or_default();
        let stand = |one: &(usize, Matter)| stand(record, said, one);
        let (more, numbers) = (&mut matter.unnamed, &group);
        matter.supporters = side(said, numbers, |one| stand(one) == Stand::For, more);
        matter.opponents = side(said, numbers, |one| stand(one) == Stand::Against, more);
        matter.askers = side(said, numbers, |one| stand(one) == Stand::Asks, more);
        let told: BTreeSet<TermId> = [&matter.supporters, &matter.opponents, &matter.askers]
            .into_iter()
            .flatten()
            .map(|(actor, _)| *actor)
            .collect();
        let is_told = |at: usize| told.contains(&said.claims()[at].subject);
        matter.others = side(said, numbers, |one| stand(one) == Stand::Other && !is_told(one.0), more);
        let is_topic = group.iter().any(|(_, one)| one.thing.is_some() && one.thing == asked.scope.topic_id);
        let is_disputed = !matter.opponents.is_empty() && matter.supporters.len() + matter.askers.len() > 0;
        let strongest = group.iter().map(|(_, matter)| matter.strength).max().unwrap_or(0);
        let sides = matter.supporters.len() + matter.opponents.len();
        found.push(((is_topic, is_disputed, sides, matter.askers.len(), strongest), matter));
    }
    for (label, numbers) in rest {
        let mut matter = BriefMatter { label, ..BriefMatter::default() };
        let is_plain = head_sense(&matter.label) == HeadSense::Plain;
        let backs = |number: usize| {
            let line = &said.claims()[number];
            is_plain && line.is_own && line.stance == Stance::For && !is_thanks(record, line)
        };
        let of = |fits: bool| numbers.iter().filter(move |&&at| backs(at) == fits).map(|&at| (at, 0));
        matter.supporters = strongest_of(said, of(true), &mut matter.unnamed);
        matter.others = strongest_of(said, of(false), &mut matter.unnamed);
        found.push(((false, false, matter.supporters.len(), 0, 0), matter));
    }
    // Groups came in the order of time, and of equals this keeps it.
    found.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    found.into_iter().map(|(_, matter)| matter).collect()
}

/// Puts groups under one that are called the same, each where the first of them stands.
fn by_label(groups: Vec<Vec<(usize, Matter)>>) -> Vec<Vec<(usize, Matter)>> {
    let mut merged: Vec<Vec<(usize, Matter)>> = Vec::new();
    for group in groups {
        match merged.iter_mut().find(|known| known[0].1.plain_label == group[0].1.plain_label) {
            Some(known) => known.extend(group),
            None => merged.push(group),
        }
    }
    merged
}

/// Where an actor stands to a matter by one claim.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stand {
    For,
    Against,
    Asks,
    /// It speaks of it, or another says that it does.
    Other,
}

/// Who thanks people for something is for the people.
fn is_thanks(record: &Record<'_>, line: &ClaimLine) -> bool {
    record.claim(line.id).is_some_and(|claim| claim.relation.name() == "commends")
}

fn stand(record: &Record<'_>, said: &Said, (number, matter): &(usize, Matter)) -> Stand {
    let line = &said.claims()[*number];
    // What could mean the opposite is not told of anybody.
    match matter.side {
        _ if !line.is_own || !is_clear(matter) || is_thanks(record, line) => Stand::Other,
        Side::Against => Stand::Against,
        Side::For if line.stance == Stance::Asks => Stand::Asks,
        Side::For => Stand::For,
        Side::Neither => Stand::Other,
    }
}

/// Each actor once, with the claim that is put most strongly; of equals the later one.
fn side(
    said: &Said,
    group: &[(usize, Matter)],
    fits: impl Fn(&(usize, Matter)) -> bool,
    unnamed: &mut usize,
) -> Vec<(TermId, TermId)> {
    let fitting = group.iter().filter(|one| fits(one)).map(|(number, matter)| (*number, matter.strength));
    strongest_of(said, fitting, unnamed)
}

fn strongest_of(said: &Said, claims: impl Iterator<Item = (usize, u8)>, unnamed: &mut usize) -> Vec<(TermId, TermId)> {
    let mut best: BTreeMap<TermId, (u8, usize)> = BTreeMap::new();
    for (number, strength) in claims {
        let known = best.entry(said.claims()[number].subject).or_insert((strength, number));
        *known = (*known).max((strength, number));
    }
    let mut all: Vec<(TermId, (u8, usize))> = best.into_iter().collect();
    all.sort_by_key(|(_, (strength, number))| (std::cmp::Reverse(*strength), *number));
    *unnamed += all.len().saturating_sub(NAMES);
    all.into_iter().take(NAMES).map(|(actor, (_, number))| (actor, said.claims()[number].id)).collect()
}

/// What moved with those who take most positions.
fn changes(
    record: &Record<'_>,
    said: &Said,
    asked: &BriefAsked<'_>,
    own: &[(usize, &ClaimLine)],
    text: &dyn Fn(&str) -> Option<String>,
) -> Vec<BriefChange> {
    let mut counts: BTreeMap<TermId, usize> = BTreeMap::new();
    own.iter().for_each(|(_, line)| *counts.entry(line.subject).or_default() += 1);
    let mut actors: Vec<(TermId, usize)> = counts.into_iter().collect();
    actors.sort_by_cached_key(|(id, count)| (std::cmp::Reverse(*count), record.quads().text(*id).to_owned()));
    let mut found: Vec<(ChangeKind, String, BriefChange)> = Vec::new();
    for (actor, _) in actors.into_iter().take(CHANGERS) {
        let plan = ChangePlan { actor, scope: asked.scope, all: false };
        for row in Changes::of(record, said, &plan, text).rows {
            let claims: Vec<TermId> =
                [row.before, row.now].into_iter().flatten().map(|at| said.claims()[at].id).collect();
            // A brief tells what moved; first words and silence are for the whole list.
            if claims.len() == 2 {
                let change = BriefChange { actor, what: row.kind.words().to_owned(), matter: row.matter, claims };
                found.push((row.kind, row.date, change));
            }
        }
    }
    found.sort_by(|a, b| (a.0, &b.1).cmp(&(b.0, &a.1)));
    found.into_iter().map(|(_, _, change)| change).collect()
}
