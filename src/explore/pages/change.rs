//! How an actor's position changed: its own words in the order of time, with what is new and what turned round. The rows are
//! those of the bundled question `position-change`.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde::Serialize;

use crate::desk;
use crate::explore::address;
use crate::explore::cards::{self, Card, Name};
use crate::explore::chosen;
use crate::explore::reading::ClaimLine;
use crate::explore::response::Problem;
use crate::explore::visit::{Answered, Page, Visit, row};
use crate::model::text::counted;

/// The model.
#[derive(Serialize)]
struct Change {
    actor: Option<Name>,
    topic: Option<Name>,
    remarks: Vec<String>,
    statements: Vec<Statement>,
    positions: usize,
    new: usize,
    turned: usize,
    #[serde(skip)]
    said_actor: String,
    #[serde(skip)]
    said_topic: String,
    #[serde(skip)]
    question: String,
    #[serde(skip)]
    compare: String,
}

/// What a text adds.
#[derive(Serialize)]
struct Statement {
    date: String,
    text: Name,
    claims: Vec<Card>,
}

/// Answers with the change.
///
/// # Errors
/// 406, and 400 for a name that nothing or more than one thing has.
pub fn answer(visit: &Visit<'_>) -> Answered {
    visit.answer(&model(visit)?, &[])
}

fn model(visit: &Visit<'_>) -> Result<Change, Problem> {
    let (reading, namer, request) = (visit.reading, &visit.namer, visit.request);
    let (said_actor, said_topic) = (request.value("actor"), request.value("topic"));
    let actor = chosen::one(visit, "actor")?;
    let mut remarks = Vec::new();
    let topic = match &said_topic {
        Some(topic) => {
            let (topic, more) = desk::topic(reading.record(), topic).map_err(|error| Problem::of(400, &error))?;
            remarks.extend(more);
            Some(topic)
        }
        None => None,
    };
    let on_topic = topic.as_ref().map(|topic| topic.claims(reading.record()));
    let fits = |line: &&ClaimLine| {
        let iri = reading.record().quads().text(line.id);
        let is_dated = reading.text_of(line).is_some_and(|text| !text.date.is_empty());
        Some(line.subject) == actor
            && line.is_position
            && line.is_own
            && is_dated
            && on_topic.as_ref().is_none_or(|claims| claims.contains_key(iri))
    };
    let lines: Vec<&ClaimLine> = actor.into_iter().flat_map(|actor| reading.about(actor)).filter(fits).collect();
    let mut statements: BTreeMap<usize, Vec<Card>> = BTreeMap::new();
    for line in &lines {
        if let (Some(text), Some(card)) = (line.text, namer.card(line)) {
            statements.entry(text).or_default().push(card);
        }
    }
    let statement = |(text, claims): (usize, Vec<Card>)| {
        let text = &reading.texts()[text];
        Statement { date: text.date.clone(), text: namer.text(text), claims }
    };
    let key = actor.and_then(|actor| reading.record().key(actor)).unwrap_or_default();
    let named_topic = said_topic.clone().unwrap_or_default();
    let pairs = [("actor", key), ("topic", named_topic.as_str())];
    let label = topic.map(|topic| topic.label);
    Ok(Change {
        topic: label.map(|label| match reading.thing(&named_topic) {
            Some(id) => namer.name(id),
            None => Name { name: label, ..Name::default() },
        }),
        positions: lines.len(),
        new: lines.iter().filter(|line| line.is_new).count(),
        turned: lines.iter().filter(|line| line.is_turned).count(),
        statements: statements.into_iter().map(statement).collect(),
        said_actor: actor.map(|actor| namer.name(actor).name).or(said_actor).unwrap_or_default(),
        said_topic: label_of(visit, &named_topic),
        question: address::with("/q/position-change", &pairs),
        compare: address::with("/compare", &pairs),
        actor: actor.map(|actor| namer.named(actor)),
        remarks,
    })
}

/// What a person would type for a topic that is given by its key.
fn label_of(visit: &Visit<'_>, topic: &str) -> String {
    visit.reading.thing(topic).map_or_else(|| topic.to_owned(), |id| visit.namer.name(id).name)
}

impl Page for Change {
    fn title(&self) -> String {
        match (&self.actor, &self.topic) {
            (Some(actor), Some(topic)) => format!("How {} changed on {}", actor.name, topic.name),
            (Some(actor), None) => format!("How {} changed", actor.name),
            _ => "Where did a position change?".to_owned(),
        }
    }

    fn rows(&self) -> Option<Vec<Vec<String>>> {
        let mut rows =
            vec![row(&["date", "change", "stance", "act", "object", "quote", "start", "end", "text", "claim"])];
        for card in self.statements.iter().flat_map(|statement| &statement.claims) {
            let (start, end) = (card.place.0.to_string(), card.place.1.to_string());
            let text = card.text.as_ref().map(|text| text.iri.as_str()).unwrap_or_default();
            let change = card.change.unwrap_or_default();
            rows.push(row(&[
                &card.date, change, card.stance, &card.act, &card.object.name, &card.quote, &start, &end, text,
                &card.iri,
            ]));
        }
        Some(rows)
    }

    fn body(&self) -> Markup {
        html! {
            h1 { (self.title()) }
            form class="form" action="/change" {
                label { "Who" input name="actor" id="actor" value=(self.said_actor) placeholder="Iran" data-suggest="key" autocomplete="off" required; }
                label { "On what" input name="topic" id="topic" value=(self.said_topic) placeholder="Expert Group" data-suggest="key" autocomplete="off"; }
                button { "Show" }
            }
            @for remark in &self.remarks { p class="faint" { (remark) } }
            @if self.actor.is_some() {
                p class="lead" {
                    (counted(self.positions, "position")) " in " (counted(self.statements.len(), "statement")) " · "
                    (self.new) " new · " (self.turned) " turned round · "
                    a href=(self.compare) { "two statements side by side" } " · " a href=(self.question) { "as a question" }
                }
                @if self.statements.is_empty() { p { "Nothing said in these documents, which is not the same as no position." } }
                @for (at, statement) in self.statements.iter().enumerate() {
                    h2 { time datetime=(statement.date) { (statement.date) } " · " (cards::link(&statement.text)) @if at == 0 && self.statements.len() > 1 { span class="faint" { " · the first of these statements" } } }
                    (cards::list(&statement.claims))
                }
            }
        }
    }
}
