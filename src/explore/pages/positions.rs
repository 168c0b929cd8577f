//! The matrix of positions: own choice of actors, topics and time; and the list behind a cell.

use maud::{Markup, html};
use serde::Serialize;

use crate::desk::USABLE;
use crate::explore::address;
use crate::explore::cards::{self, Card, Name};
use crate::explore::chosen::{self, Choice};
use crate::explore::matrix::{self, Matrix, MatrixPlan};
use crate::explore::reading::ClaimLine;
use crate::explore::response::Problem;
use crate::explore::visit::{Answered, Page, Visit};
use crate::record::TermId;

/// Actors and topics, if nothing is chosen.
const USUAL: usize = 8;

/// The model.
#[derive(Serialize)]
struct Positions {
    actors: Vec<Choice>,
    topics: Vec<Choice>,
    since: String,
    until: String,
    by_year: bool,
    least: f64,
    matrix: Matrix,
    /// The cell whose positions are listed.
    #[serde(skip_serializing_if = "Option::is_none")]
    cell: Option<Cell>,
}

/// The list behind a cell.
#[derive(Serialize)]
struct Cell {
    actor: Name,
    topic: Option<Name>,
    year: String,
    claims: Vec<Card>,
    #[serde(skip)]
    change: String,
    #[serde(skip)]
    compare: String,
}

/// Answers with the matrix.
///
/// # Errors
/// 406, and 400 for a name that nothing or more than one thing has.
pub fn answer(visit: &Visit<'_>) -> Answered {
    visit.answer(&model(visit)?, &[])
}

fn model(visit: &Visit<'_>) -> Result<Positions, Problem> {
    let (reading, request) = (visit.reading, visit.request);
    let mut plan = MatrixPlan {
        actors: chosen::things(visit, "actors")?,
        topics: chosen::things(visit, "topics")?,
        by_year: request.value("by").as_deref() == Some("year"),
        since: request.value("since").unwrap_or_default(),
        until: request.value("until").unwrap_or_default(),
        least: request.value("least").and_then(|value| value.parse().ok()).unwrap_or(USABLE),
    };
    let cell = cell(visit, &plan)?;
    if let (Some(actor), true) = (chosen::one(visit, "actor")?, plan.actors.is_empty()) {
        plan.actors.push(actor);
        plan.by_year = true;
    }
    let (actors, topics) = matrix::usual(reading, &plan, USUAL);
    let (is_chosen_actor, is_chosen_topic) = (!plan.actors.is_empty(), !plan.topics.is_empty());
    plan.actors = if is_chosen_actor { plan.actors } else { actors };
    plan.topics = if is_chosen_topic { plan.topics } else { topics };
    let choices = |name: &str, ids: &[TermId], is_chosen: bool| {
        ids.iter().filter(|_| is_chosen).map(|&id| chosen::choice(visit, name, ids, id)).collect::<Vec<Choice>>()
    };
    Ok(Positions {
        actors: choices("actors", &plan.actors, is_chosen_actor),
        topics: choices("topics", &plan.topics, is_chosen_topic),
        matrix: matrix::matrix(visit, &plan, |actor, year, topic| address_of(visit, actor, year, topic)),
        since: plan.since,
        until: plan.until,
        by_year: plan.by_year,
        least: plan.least,
        cell,
    })
}

/// The address of this page with the list of a cell.
fn address_of(visit: &Visit<'_>, actor: TermId, year: &str, topic: TermId) -> String {
    let key = |id: TermId| visit.reading.record().key(id).unwrap_or_default().to_owned();
    let mut pairs = visit.request.pairs();
    pairs.retain(|(name, _)| !["actor", "topic", "year", "format"].contains(&name.as_str()));
    pairs.extend([
        ("actor".to_owned(), key(actor)),
        ("topic".to_owned(), key(topic)),
        ("year".to_owned(), year.to_owned()),
    ]);
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    format!("{}#cell", address::with("/positions", &pairs))
}

fn cell(visit: &Visit<'_>, plan: &MatrixPlan) -> Result<Option<Cell>, Problem> {
    let (reading, namer) = (visit.reading, &visit.namer);
    let Some(actor) = chosen::one(visit, "actor")? else { return Ok(None) };
    let topic = chosen::one(visit, "topic")?;
    let year = visit.request.value("year").unwrap_or_default();
    let fits = |line: &&ClaimLine| {
        line.subject == actor
            && plan.counts(reading, line)
            && topic.is_none_or(|topic| line.on.contains(&topic))
            && (year.is_empty() || reading.text_of(line).is_some_and(|text| text.year() == year))
    };
    let key = |id: TermId| reading.record().key(id).unwrap_or_default();
    let pairs = [("actor", key(actor)), ("topic", topic.map(key).unwrap_or_default())];
    Ok(Some(Cell {
        actor: namer.name(actor),
        topic: topic.map(|topic| namer.name(topic)),
        claims: reading.about(actor).filter(fits).filter_map(|line| namer.card(line)).collect(),
        year,
        change: address::with("/change", &pairs),
        compare: address::with("/compare", &pairs),
    }))
}

impl Page for Positions {
    fn title(&self) -> String {
        "Positions".to_owned()
    }

    fn rows(&self) -> Option<Vec<Vec<String>>> {
        Some(self.matrix.rows())
    }

    fn body(&self) -> Markup {
        html! {
            h1 { "Who stands where" }
            p class="lead" { "Positions in each actor’s own words, by what they are on. Each number opens its quotes. " a href="/matrix" { "Over time" } }
            (self.form())
            @if self.matrix.rows.is_empty() { p { "No positions fit this choice." } } @else { (self.matrix.markup()) }
            @if let Some(cell) = &self.cell { (cell.markup()) }
        }
    }
}

impl Positions {
    fn form(&self) -> Markup {
        let keys = |choices: &[Choice]| choices.iter().map(|choice| choice.key.as_str()).collect::<Vec<_>>().join(",");
        html! {
            form class="form" action="/positions" {
                (chosen::field("actors", "Actors", &self.actors))
                (chosen::field("topics", "Topics", &self.topics))
                @if !self.actors.is_empty() { input type="hidden" name="actors" value=(keys(&self.actors)); }
                @if !self.topics.is_empty() { input type="hidden" name="topics" value=(keys(&self.topics)); }
                label { "since" input name="since" value=(self.since) placeholder="2019" size="10"; }
                label { "until" input name="until" value=(self.until) placeholder="2021-04" size="10"; }
                label { "rows" select name="by" {
                    option value="" selected[!self.by_year] { "one an actor" }
                    option value="year" selected[self.by_year] { "one a year" }
                } }
                label { "confidence at least" select name="least" {
                    @for (value, word) in [("0", "any"), ("0.6", "0.6"), ("0.8", "0.8")] {
                        option value=(value) selected[value.parse().unwrap_or(0.0) == self.least] { (word) }
                    }
                } }
                button { "Show" }
            }
        }
    }
}

impl Cell {
    fn markup(&self) -> Markup {
        html! {
            section id="cell" class="answer" {
                h2 { (cards::link(&self.actor)) @if !self.year.is_empty() { " " (self.year) } @if let Some(topic) = &self.topic { " on " (cards::link(topic)) }
                    ": " (crate::model::text::counted(self.claims.len(), "position")) }
                @if self.claims.is_empty() { p { "Nothing said in these documents." } } @else { (cards::list(&self.claims)) }
                p class="ways" { a href=(self.change) { "how it changed" } " · " a href=(self.compare) { "compare two statements" } }
            }
        }
    }
}
