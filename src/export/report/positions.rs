//! An actor's positions over time: a row a thing, a column a date, so that change can be seen.

use std::collections::{BTreeMap, BTreeSet};

use crate::export::TermId;
use crate::export::view::Stance;
use crate::lift::vocabulary::rap;

use super::dossier::{CitedClaim, Dossier};
use super::rows::{act, narrowed};
use super::{Cell, PageDraft, TextRun, said};

/// More columns are no table: days give way to years, years to one column.
const COLUMNS: usize = 6;

const REMARK: &str = "“new”: no earlier document here says so; “changed”: an earlier one says the opposite. An empty cell \
                      means that these documents say nothing of it, not that there was no position.";

/// Adds the table of an actor's positions, and of what it asks for.
pub fn table(dossier: &Dossier<'_>, draft: &mut PageDraft, claims: &[&CitedClaim<'_>]) {
    let periods = periods(claims);
    let mut heads = vec!["On what"];
    heads.extend(periods.iter().map(String::as_str));
    let mut targets: BTreeMap<TermId, Vec<&CitedClaim<'_>>> = BTreeMap::new();
    for told in claims {
        targets.entry(told.claim.object).or_default().push(told);
    }
    let mut order: Vec<PositionLine> = Vec::new();
    for (&target, claims) in &targets {
        let whole = dossier.record.values(target, rap::ASPECT_OF).filter(|whole| targets.contains_key(whole)).min();
        order.push(PositionLine { target, whole, claims: claims.clone() });
    }
    // A thing and what belongs to it stand together, where the thing stands.
    order.sort_by_cached_key(|line| {
        let head = line.whole.unwrap_or(line.target);
        let of_head = targets.get(&head).map_or(&[] as &[&CitedClaim<'_>], Vec::as_slice);
        (
            rank(dossier, of_head, head, &periods),
            line.whole.is_some(),
            rank(dossier, &line.claims, line.target, &periods),
        )
    });
    let rows = order.iter().map(|line| row(dossier, draft, line, &periods)).collect();
    let remark = if periods.len() > 1 { REMARK } else { "" };
    draft.table("Positions over time", remark, &heads, rows);
}

/// A thing with the claims on it, and the thing that it belongs to, if that has a line too.
struct PositionLine<'t> {
    target: TermId,
    whole: Option<TermId>,
    claims: Vec<&'t CitedClaim<'t>>,
}

/// What goes first: what is spoken of in more columns, then what was spoken of earlier.
type Rank = (std::cmp::Reverse<usize>, Option<(String, (usize, usize))>, String);

fn rank(dossier: &Dossier<'_>, claims: &[&CitedClaim<'_>], target: TermId, periods: &[String]) -> Rank {
    let columns: BTreeSet<usize> = claims.iter().map(|told| period(periods, told)).collect();
    let first = claims.first().map(|told| (told.quote.date.clone(), told.quote.place));
    (std::cmp::Reverse(columns.len()), first, dossier.name(target))
}

fn row(dossier: &Dossier<'_>, draft: &mut PageDraft, line: &PositionLine<'_>, periods: &[String]) -> Vec<Cell> {
    let name = dossier.name(line.target);
    let mut row = vec![said(&if line.whole.is_some() { format!("↳ {name}") } else { name })];
    let claims = &line.claims;
    for at in 0..periods.len() {
        let (before, now): (Vec<&CitedClaim<'_>>, Vec<&CitedClaim<'_>>) = claims
            .iter()
            .copied()
            .filter(|told| period(periods, told) <= at)
            .partition(|told| period(periods, told) < at);
        let mut cell = Cell::new();
        for (words, same) in merged(dossier, &now) {
            if !cell.is_empty() {
                cell.push(TextRun::Words("; ".to_owned()));
            }
            if let Some(change) = same.first().and_then(|told| change(told, &before, at)) {
                cell.push(TextRun::Strong(change.to_owned()));
                cell.push(TextRun::Words(" ".to_owned()));
            }
            cell.push(TextRun::Words(words));
            cell.extend(same.iter().map(|told| draft.note(told.claim.id)));
        }
        row.push(cell);
    }
    row
}

/// What is said in the same words, once, in the order of the text.
fn merged<'t>(dossier: &Dossier<'_>, claims: &[&'t CitedClaim<'t>]) -> Vec<(String, Vec<&'t CitedClaim<'t>>)> {
    let mut found: Vec<(String, Vec<&CitedClaim<'_>>)> = Vec::new();
    for &told in claims {
        let words = narrowed(dossier, told, act(told));
        match found.iter_mut().find(|(known, _)| *known == words) {
            Some((_, same)) => same.push(told),
            None => found.push((words, vec![told])),
        }
    }
    found
}

/// What a later column adds to the earlier ones.
fn change(told: &CitedClaim<'_>, before: &[&CitedClaim<'_>], at: usize) -> Option<&'static str> {
    let stance = |told: &CitedClaim<'_>| told.claim.relation.stance(told.claim.is_negated());
    let opposite = match stance(told) {
        Stance::For => Some(Stance::Against),
        Stance::Against => Some(Stance::For),
        Stance::Asks | Stance::None => None,
    };
    let is_same = |other: &&CitedClaim| {
        other.claim.relation == told.claim.relation && other.claim.is_negated() == told.claim.is_negated()
    };
    if opposite.is_some() && before.iter().any(|other| Some(stance(other)) == opposite) {
        return Some("changed");
    }
    (at > 0 && !before.iter().any(is_same)).then_some("new")
}

/// The dates of documents, or their years, or one column for all.
fn periods(claims: &[&CitedClaim<'_>]) -> Vec<String> {
    let dates: BTreeSet<&str> = claims.iter().map(|told| told.quote.date.as_str()).collect();
    if dates.len() <= COLUMNS {
        return dates.into_iter().map(named).collect();
    }
    let years: BTreeSet<&str> = dates.iter().map(|date| date.get(..4).unwrap_or_default()).collect();
    if years.len() <= COLUMNS { years.into_iter().map(named).collect() } else { vec!["position".to_owned()] }
}

fn named(date: &str) -> String {
    if date.is_empty() { "no date".to_owned() } else { date.to_owned() }
}

/// The column of a claim.
fn period(periods: &[String], told: &CitedClaim<'_>) -> usize {
    let date = named(&told.quote.date);
    periods.iter().position(|period| date == *period || date.get(..4) == Some(period.as_str())).unwrap_or_default()
}
