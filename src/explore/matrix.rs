//! Who stands where: actors against topics, each cell with its stances counted and what changed marked.

use std::collections::{BTreeMap, HashMap};

use maud::{Markup, html};
use serde::Serialize;

use crate::desk::stance::StanceCell;
use crate::record::TermId;

use super::address;
use super::cards::{self, Name};
use super::reading::{ClaimLine, Reading};
use super::visit::Visit;

/// A matrix.
#[derive(Serialize)]
pub struct Matrix {
    /// The columns.
    pub topics: Vec<Name>,
    /// The rows.
    pub rows: Vec<MatrixRow>,
}

/// An actor, or an actor in a year.
#[derive(Serialize)]
pub struct MatrixRow {
    /// Who.
    pub actor: Name,
    /// When; nothing for all years together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<String>,
    /// One for each topic.
    pub cells: Vec<MatrixCell>,
}

/// What an actor says on a topic.
#[derive(Default, Serialize)]
pub struct MatrixCell {
    /// Positions by stance; those without any are left out.
    pub tally: Vec<(&'static str, usize)>,
    /// How many of them are new or turned round.
    pub changed: usize,
    /// The words that are put most strongly.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub strongest: String,
    /// Their list.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub href: String,
}

/// What a matrix is made of.
pub struct MatrixPlan {
    /// Who.
    pub actors: Vec<TermId>,
    /// On what.
    pub topics: Vec<TermId>,
    /// A row for each year of an actor.
    pub by_year: bool,
    /// From this day, month or year on; empty for ever.
    pub since: String,
    /// Up to this day, month or year, it included; empty for ever.
    pub until: String,
    /// The least confidence.
    pub least: f64,
}

impl MatrixPlan {
    /// Whether a claim counts: a position in its actor's own words, in time and sure enough.
    pub fn counts(&self, reading: &Reading, line: &ClaimLine) -> bool {
        let date = reading.text_of(line).map_or("", |text| text.date.as_str());
        line.is_position
            && line.is_own
            && line.confidence >= self.least
            && (self.since.is_empty() || date >= self.since.as_str())
            && (self.until.is_empty() || date <= self.until.as_str() || date.starts_with(&self.until))
    }
}

/// Those who take most positions, and what most positions are on, at most so many each.
pub fn usual(reading: &Reading, plan: &MatrixPlan, most: usize) -> (Vec<TermId>, Vec<TermId>) {
    let (mut actors, mut topics): (HashMap<TermId, usize>, HashMap<TermId, usize>) = (HashMap::new(), HashMap::new());
    let chosen = |line: &&ClaimLine| {
        plan.counts(reading, line) && (plan.actors.is_empty() || plan.actors.contains(&line.subject))
    };
    for line in reading.claims().iter().filter(chosen) {
        *actors.entry(line.subject).or_default() += 1;
        for &on in line.on.iter().filter(|&&on| on != line.subject && reading.record().class(on).is_some()) {
            *topics.entry(on).or_default() += 1;
        }
    }
    let best = |counts: HashMap<TermId, usize>| {
        let mut counts: Vec<(TermId, usize)> = counts.into_iter().collect();
        let iri = |id: TermId| reading.record().quads().text(id);
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| iri(a.0).cmp(iri(b.0))));
        counts.into_iter().take(most).map(|(id, _)| id).collect()
    };
    (best(actors), best(topics))
}

/// Makes a matrix. `cell` gives the address of a cell's list.
pub fn matrix(visit: &Visit<'_>, plan: &MatrixPlan, cell: impl Fn(TermId, &str, TermId) -> String) -> Matrix {
    let (reading, namer) = (visit.reading, &visit.namer);
    let mut found: BTreeMap<(usize, String), Vec<Vec<&ClaimLine>>> = BTreeMap::new();
    for (at, &actor) in plan.actors.iter().enumerate() {
        for line in reading.about(actor).filter(|line| line.subject == actor && plan.counts(reading, line)) {
            let year = reading.text_of(line).map_or("", |text| text.year());
            let key = (at, if plan.by_year { year.to_owned() } else { String::new() });
            let row = found.entry(key).or_insert_with(|| vec![Vec::new(); plan.topics.len()]);
            for (topic, cell) in plan.topics.iter().zip(row) {
                if line.on.contains(topic) {
                    cell.push(line);
                }
            }
        }
        if !plan.by_year {
            found.entry((at, String::new())).or_insert_with(|| vec![Vec::new(); plan.topics.len()]);
        }
    }
    let rows = found.into_iter().map(|((at, year), cells)| {
        let actor = plan.actors[at];
        let cells = cells.iter().zip(&plan.topics).map(|(lines, &topic)| {
            let found = StanceCell::of(reading.record(), lines.iter().enumerate().map(|(at, line)| (at, *line)));
            let strongest = found.strongest.and_then(|at| Some(namer.card(lines[at])?.quote));
            MatrixCell {
                tally: found.tally.iter().map(|(stance, count)| (stance.name(), *count)).collect(),
                changed: found.changed,
                strongest: strongest.unwrap_or_default(),
                href: if lines.is_empty() { String::new() } else { cell(actor, &year, topic) },
            }
        });
        MatrixRow { actor: namer.name(actor), cells: cells.collect(), year: plan.by_year.then_some(year) }
    });
    Matrix { rows: rows.collect(), topics: plan.topics.iter().map(|&topic| namer.named(topic)).collect() }
}

impl Matrix {
    /// As a table; each cell that says something is a link.
    pub fn markup(&self) -> Markup {
        html! {
            div class="scroller" tabindex="0" role="region" aria-label="positions" {
                table class="matrix" {
                    thead { tr { td {} @for topic in &self.topics { th scope="col" { (cards::link(topic)) } } } }
                    tbody { @for row in &self.rows { tr {
                        th scope="row" { (cards::link(&row.actor)) @if let Some(year) = &row.year { " " @if year.is_empty() { "(no date)" } @else { (year) } } }
                        @for cell in &row.cells { (cell.markup()) }
                    } } }
                }
            }
            (legend())
        }
    }

    /// As rows of a table of words.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let mut rows = vec![["actor", "year", "topic", "stance", "positions", "changed"].map(str::to_owned).to_vec()];
        for row in &self.rows {
            for (cell, topic) in row.cells.iter().zip(&self.topics) {
                rows.extend(cell.tally.iter().map(|(stance, count)| {
                    let year = row.year.clone().unwrap_or_default();
                    let (count, changed) = (count.to_string(), cell.changed.to_string());
                    vec![row.actor.name.clone(), year, topic.name.clone(), (*stance).to_owned(), count, changed]
                }));
            }
        }
        rows
    }
}

impl MatrixCell {
    fn markup(&self) -> Markup {
        html! {
            td {
                @if self.tally.is_empty() { span class="heard" { "nothing said" } } @else {
                    a href=(self.href) title=(self.strongest) {
                        @for (stance, count) in &self.tally { (cards::stance(stance)) (count) " " }
                        @if self.changed > 0 { span class="change" title="not in an earlier statement" { "!" } }
                    }
                }
            }
        }
    }
}

/// What the signs of a matrix mean.
pub fn legend() -> Markup {
    html! {
        p class="faint legend" {
            (cards::stance("for")) "for " (cards::stance("against")) "against " (cards::stance("asks")) "asks "
            (cards::stance("fact")) "takes note " span class="change" { "!" } " not in an earlier statement · empty: nothing said in these documents, not “no position”"
        }
    }
}

/// The address of the list of an actor's positions on a topic.
pub fn cell_address(visit: &Visit<'_>, actor: TermId, year: &str, topic: TermId) -> String {
    let key = |id: TermId| visit.reading.record().key(id).unwrap_or_default();
    format!("{}#cell", address::with("/positions", &[("actor", key(actor)), ("year", year), ("topic", key(topic))]))
}
