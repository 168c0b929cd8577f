//! How an actor's positions moved: the same rows as the command `change`; and its own words in the order of time, the same
//! rows as the bundled question `position-change`.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde::Serialize;

use crate::desk::stance::{ChangeKind, ChangePlan, ChangeRow, Changes, TableReader, change_table};
use crate::explore::address;
use crate::explore::asked::{self, Asked};
use crate::explore::cards::{self, Card, Name};
use crate::explore::chosen;
use crate::explore::reading::ClaimLine;
use crate::explore::visit::{Answered, Page, Visit};
use crate::model::text::counted;
use crate::record::TermId;

/// The model.
#[derive(Serialize)]
struct ChangePage {
    actor: Option<Name>,
    topic: Option<Name>,
    remarks: Vec<String>,
    /// What moved, by topic and matter.
    moves: Vec<Move>,
    /// First and last words on what only one statement speaks of.
    left_out: usize,
    /// Each statement with what it says, oldest first.
    statements: Vec<Statement>,
    positions: usize,
    new: usize,
    turned: usize,
    #[serde(skip)]
    said_actor: String,
    #[serde(skip)]
    fields: Markup,
    #[serde(skip)]
    question: String,
    #[serde(skip)]
    compare: String,
    #[serde(skip)]
    everything: String,
}

/// What happened to a matter.
#[derive(Serialize)]
struct Move {
    what: &'static str,
    date: String,
    topic: Option<Name>,
    matter: String,
    note: String,
    now: Option<Card>,
    before: Option<Card>,
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
/// 406, and 400 for a name that nothing or more than one thing has, or what is no day.
pub fn answer(visit: &Visit<'_>) -> Answered {
    let form = visit.form(&asked::FORMS)?;
    let asked = Asked::new(visit)?;
    let actor = chosen::one(visit, "actor")?;
    let changes = actor.map(|actor| changes(visit, &asked, actor)).unwrap_or_default();
    if !matches!(form.name, "html" | "json") {
        let reader = if form.name == "md" { TableReader::Person } else { TableReader::Program };
        let tabled = asked::telling(visit, |teller| change_table(teller, &changes, reader));
        return asked::table(visit, form, tabled, &asked::FORMS);
    }
    visit.answer(&model(visit, &asked, actor, &changes), &asked::FORMS[2..])
}

fn changes(visit: &Visit<'_>, asked: &Asked, actor: TermId) -> Changes {
    let plan = ChangePlan { actor, scope: asked.scope(), all: asked.all };
    let (record, said) = (visit.reading.record(), visit.reading.said());
    Changes::of(record, said, &plan, &|sha256| asked::whole_text(visit, sha256))
}

fn model(visit: &Visit<'_>, asked: &Asked, actor: Option<TermId>, changes: &Changes) -> ChangePage {
    let (reading, namer) = (visit.reading, &visit.namer);
    let scope = asked.scope();
    let fits = |line: &&ClaimLine| {
        let iri = reading.record().quads().text(line.id);
        let date = reading.text_of(line).map_or("", |text| text.date.as_str());
        Some(line.subject) == actor
            && line.is_position
            && line.is_own
            && line.confidence >= asked.least
            && !date.is_empty()
            && scope.has_day(date)
            && asked.on_topic().is_none_or(|claims| claims.contains_key(iri))
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
    let one = |row: &ChangeRow| Move {
        what: row.kind.words(),
        date: row.date.clone(),
        topic: row.topic.map(|topic| namer.name(topic)),
        matter: row.matter.clone(),
        note: row.note.clone(),
        now: asked::card(visit, row.now),
        before: asked::card(visit, row.before),
    };
    let key = actor.and_then(|actor| reading.record().key(actor)).unwrap_or_default();
    let named_topic = visit.request.value("topic").unwrap_or_default();
    let pairs = [("actor", key), ("topic", named_topic.as_str())];
    let said_actor = visit.request.value("actor").unwrap_or_default();
    ChangePage {
        topic: asked.topic(visit),
        moves: changes.rows.iter().map(one).collect(),
        left_out: changes.left_out,
        positions: lines.len(),
        new: lines.iter().filter(|line| line.is_new).count(),
        turned: lines.iter().filter(|line| line.is_turned).count(),
        statements: statements.into_iter().map(statement).collect(),
        said_actor: actor.map_or(said_actor, |actor| namer.name(actor).name),
        fields: asked.fields(),
        question: address::with("/q/position-change", &pairs),
        compare: address::with("/compare", &pairs),
        everything: visit.changed("all", "1"),
        actor: actor.map(|actor| namer.named(actor)),
        remarks: asked.remarks.clone(),
    }
}

impl Page for ChangePage {
    fn title(&self) -> String {
        match (&self.actor, &self.topic) {
            (Some(actor), Some(topic)) => format!("How {} changed on {}", actor.name, topic.name),
            (Some(actor), None) => format!("How {} changed", actor.name),
            _ => "Where did a position change?".to_owned(),
        }
    }

    fn body(&self) -> Markup {
        html! {
            h1 { (self.title()) }
            form class="form" action="/change" {
                label { "Who" input name="actor" id="actor" value=(self.said_actor) placeholder="Iran" data-suggest="key" autocomplete="off" required; }
                (self.fields)
                button { "Show" }
            }
            @for remark in &self.remarks { p class="faint" { (remark) } }
            @if self.actor.is_some() {
                p class="lead" {
                    (counted(self.positions, "position")) " in " (counted(self.statements.len(), "statement")) " · "
                    a href=(self.compare) { "two statements side by side" } " · " a href=(self.question) { "as a question" }
                }
                @if self.statements.is_empty() { p { "Nothing said in these documents, which is not the same as no position." } }
                @else { (self.moved()) (self.in_time()) }
            }
        }
    }
}

impl ChangePage {
    fn moved(&self) -> Markup {
        html! {
            h2 { "What moved " span class="count" { (self.moves.len()) } }
            @if self.moves.is_empty() { p class="faint" { "Nothing: no matter was put otherwise, first said or left out." } }
            @for one in &self.moves { (one.markup()) }
            @if self.left_out > 0 {
                p class="faint" { (counted(self.left_out, "first or last word")) " on what only one statement speaks of: " a href=(self.everything) { "show them" } }
            }
        }
    }

    fn in_time(&self) -> Markup {
        html! {
            h2 { "Statement by statement" }
            p class="faint" { (self.new) " new: no earlier statement says so · " (self.turned) " turned round: an earlier one takes the other side" }
            @for (at, statement) in self.statements.iter().enumerate() {
                h3 { time datetime=(statement.date) { (statement.date) } " · " (cards::link(&statement.text)) @if at == 0 && self.statements.len() > 1 { span class="faint" { " · the first of these statements" } } }
                (cards::list(&statement.claims))
            }
        }
    }
}

impl Move {
    fn markup(&self) -> Markup {
        let is_silence = self.what == ChangeKind::NotSaidAgain.words();
        html! {
            section class="move" {
                h3 { span class="change" { (self.what) } " · " time datetime=(self.date) { (self.date) } " · " bdi { (self.matter) } }
                p class="faint" { @if let Some(topic) = &self.topic { (cards::link(topic)) " · " } (self.note) }
                @for (word, card) in [(if is_silence { "last said" } else { "before" }, &self.before), ("now", &self.now)] {
                    @if let Some(card) = card { div class="side" { span class="faint" { (word) } (cards::list(std::slice::from_ref(card))) } }
                }
            }
        }
    }
}
