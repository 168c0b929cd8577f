//! What a brief on a topic says: the matters on which most actors take a stance, who changed, mandates, numbers. Only claims on
//! the topic are looked at.

use std::collections::{BTreeMap, BTreeSet};

use crate::desk::said::{ClaimLine, Said};
use crate::export::report::{BriefChange, BriefMatter, BriefPlan};
use crate::model::text::counted;
use crate::model::{Class, Kind, Stance};
use crate::query::Topics;
use crate::record::{Labels, Record, TermId};

use super::change::{ChangeKind, ChangePlan, Changes};
use super::matter::{Gathered, Matter, Side, is_clear};
use super::stems::stems;
use super::{Scope, placing};

/// Actors whose changes are looked for: those who take most positions on the topic.
const CHANGERS: usize = 12;

/// Names in one cell of a brief, those put most strongly first.
const NAMES: usize = 4;

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
    plan.matters = matters(record, said, asked, &own);
    plan.changes = changes(record, said, asked, &own, text);
    plan.mandates = lines.iter().filter(|(_, line)| is_mandate(record, line)).map(|(_, line)| line.id).collect();
    plan.numbers = lines.iter().map(|(_, line)| line.id).collect();
    let texts: BTreeSet<usize> = lines.iter().filter_map(|(_, line)| line.text).collect();
    let actors: BTreeSet<TermId> = own.iter().map(|(_, line)| line.subject).collect();
    let days: BTreeSet<&str> = lines.iter().map(|(_, line)| said.date_of(line)).filter(|day| !day.is_empty()).collect();
    let span = match (days.first(), days.last()) {
        (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
        (Some(day), _) => format!(", {day}"),
        _ => String::new(),
    };
    plan.scope = format!(
        "{} of {} in {}{span}. Only an actor’s own words make its position.",
        counted(own.len(), "position"),
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

/// The matters on which most actors take a stance, those in dispute first.
fn matters(record: &Record<'_>, said: &Said, asked: &BriefAsked<'_>, own: &[(usize, &ClaimLine)]) -> Vec<BriefMatter> {
    let topics = Topics::new(record);
    let mut placing = placing(record, &topics, &asked.scope);
    let labels = Labels::new(record);
    let mut gathered = Gathered::default();
    for (number, line) in own {
        // What could mean the opposite is not told of anybody.
        if let Some(matter) = Matter::of(record, line).filter(is_clear) {
            gathered.add(*number, matter);
        }
    }
    let mut found: Vec<((bool, usize, u8), BriefMatter)> = Vec::new();
    for group in gathered.into_groups() {
        let mut matter = BriefMatter { label: group[0].1.plain_label.clone(), ..BriefMatter::default() };
        let topic = group.iter().find_map(|(at, _)| placing.narrowest(&record.claim(said.claims()[*at].id)?));
        matter.topic = topic.map(|topic| labels.brief(record.quads().text(topic))).unwrap_or_default();
        matter.supporters = side(said, &group, |one, stance| one.side == Side::For && stance != Stance::Asks);
        matter.opponents = side(said, &group, |one, _| one.side == Side::Against);
        matter.askers = side(said, &group, |one, stance| one.side == Side::For && stance == Stance::Asks);
        let actors: BTreeSet<TermId> = [&matter.supporters, &matter.opponents, &matter.askers]
            .into_iter()
            .flatten()
            .map(|(actor, _)| *actor)
            .collect();
        let is_disputed = !matter.opponents.is_empty() && matter.supporters.len() + matter.askers.len() > 0;
        let strongest = group.iter().map(|(_, matter)| matter.strength).max().unwrap_or(0);
        if !actors.is_empty() {
            found.push(((is_disputed, actors.len(), strongest), matter));
        }
    }
    // Groups came in the order of time, and of equals this keeps it.
    found.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    found.into_iter().map(|(_, matter)| matter).collect()
}

/// Each actor once, with the claim that is put most strongly; of equals the later one.
fn side(said: &Said, group: &[(usize, Matter)], fits: impl Fn(&Matter, Stance) -> bool) -> Vec<(TermId, TermId)> {
    let mut best: BTreeMap<TermId, (u8, usize)> = BTreeMap::new();
    for (number, matter) in group {
        let line = &said.claims()[*number];
        if fits(matter, line.stance) {
            let known = best.entry(line.subject).or_insert((matter.strength, *number));
            *known = (*known).max((matter.strength, *number));
        }
    }
    let mut all: Vec<(TermId, (u8, usize))> = best.into_iter().collect();
    all.sort_by_key(|(_, (strength, number))| (std::cmp::Reverse(*strength), *number));
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
