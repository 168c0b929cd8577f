//! The first screen: what changed, who stands where, what can be asked, the latest texts. No empty canvas.

use maud::{Markup, html};
use serde::Serialize;

use crate::desk::USABLE;
use crate::explore::cards::{self, Card, Name};
use crate::explore::matrix::{self, Matrix, MatrixPlan};
use crate::explore::reading::{ClaimLine, SURE, TextLine};
use crate::explore::visit::{Answered, Page, Visit};
use crate::model::Stance;
use crate::model::text::counted;
use crate::query::{self, Answer, Library};

/// Changes, texts that are shown.
const SHOWN: usize = 6;

/// Rows and columns of the matrix.
const STANDS: usize = 6;

/// Questions that are offered.
const ASKED: [&str; 5] = ["mandates", "cooperation", "quantities", "legal-basis", "requests"];

/// Claims up to which the questions are asked for their numbers.
const COUNTED: usize = 5_000;

/// The model.
#[derive(Serialize)]
struct Start {
    documents: usize,
    first: String,
    last: String,
    claims: usize,
    to_review: usize,
    things: usize,
    /// The latest changes of position.
    changes: Vec<Card>,
    changed: usize,
    /// Those who take most positions, on what most are on.
    stands: Matrix,
    questions: Vec<Question>,
    texts: Vec<TextRow>,
    #[serde(skip)]
    reviews: bool,
}

/// A question to begin with, with how many rows it has.
#[derive(Serialize)]
struct Question {
    summary: String,
    href: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<usize>,
}

/// A text in the list.
#[derive(Serialize)]
struct TextRow {
    text: Name,
    title: String,
    date: String,
    claims: usize,
}

/// Answers with the first screen.
///
/// # Errors
/// 406.
pub fn answer(visit: &Visit<'_>) -> Answered {
    visit.answer(&model(visit), &[])
}

fn model(visit: &Visit<'_>) -> Start {
    let (reading, namer) = (visit.reading, &visit.namer);
    let dated: Vec<&TextLine> = reading.texts().iter().filter(|text| !text.date.is_empty()).collect();
    let is_change = |line: &&ClaimLine| line.is_turned || line.is_new;
    let mut changes: Vec<&ClaimLine> = reading.claims().iter().filter(is_change).collect();
    // The latest first; within a text, who turned round and who is against before the rest.
    let weight = |line: &ClaimLine| (!line.is_turned, line.stance != Stance::Against, line.stance == Stance::None);
    changes.sort_by_key(|line| (std::cmp::Reverse(line.text), weight(line), line.place));
    let row = |text: &TextLine| TextRow {
        text: namer.text(text),
        title: text.reference.title.clone(),
        date: text.date.clone(),
        claims: reading.of_text(text.id).count(),
    };
    Start {
        documents: reading.texts().len(),
        first: dated.first().map(|text| text.date.clone()).unwrap_or_default(),
        last: dated.last().map(|text| text.date.clone()).unwrap_or_default(),
        claims: reading.claims().len(),
        to_review: reading.claims().iter().filter(|line| line.confidence < SURE).count(),
        things: reading.foremost().things,
        changed: changes.len(),
        changes: changes.iter().take(SHOWN).filter_map(|line| namer.card(line)).collect(),
        stands: stands(visit),
        questions: questions(visit),
        reviews: visit.settings.review.is_some(),
        texts: reading.texts().iter().rev().take(SHOWN).map(row).collect(),
    }
}

/// The extract of the matrix.
fn stands(visit: &Visit<'_>) -> Matrix {
    let mut plan = MatrixPlan {
        actors: Vec::new(),
        topics: Vec::new(),
        by_year: false,
        since: String::new(),
        until: String::new(),
        least: USABLE,
    };
    let foremost = visit.reading.foremost();
    plan.actors = foremost.actors.iter().copied().take(STANDS).collect();
    plan.topics = foremost.topics.iter().copied().take(STANDS).collect();
    // Few actors have room for their years.
    plan.by_year = plan.actors.len() <= 3;
    matrix::matrix(visit, &plan, |actor, year, topic| matrix::cell_address(visit, actor, year, topic))
}

/// Questions that need no name, with their rows; a large store is not asked for the sake of a number.
fn questions(visit: &Visit<'_>) -> Vec<Question> {
    let reading = visit.reading;
    let library = Library::bundled();
    let base = reading.directory().base().as_str();
    let mut found =
        vec![Question { summary: "Where did a position change?".to_owned(), href: "/change".to_owned(), rows: None }];
    for entry in ASKED.iter().filter_map(|name| library.get(name).ok()) {
        let (Ok(header), Ok(question)) = (entry.header(), query::parse(&entry.name, &entry.text, base, &[])) else {
            continue;
        };
        let asked = || {
            reading
                .asking()
                .ask(reading, visit.settings.limits, (&entry.name, &header), question, &[], header.least)
                .ok()
        };
        let answer = (reading.claims().len() <= COUNTED).then(asked).flatten().map(|asked| asked.answer);
        let rows = answer.map(|answer| if let Answer::Rows(rows) = answer { rows.rows.len() } else { 0 });
        found.push(Question { summary: header.summary, href: format!("/q/{}", entry.name), rows });
    }
    found
}

impl Page for Start {
    fn title(&self) -> String {
        "Who said what".to_owned()
    }

    fn body(&self) -> Markup {
        html! {
            h1 class="heard" { "Who said what, where, about whom" }
            p class="lead" {
                a href="/documents" { (counted(self.documents, "document")) }
                @if !self.first.is_empty() { " · " (self.first) " – " (self.last) }
                " · " (counted(self.claims, "claim"))
                @if self.to_review > 0 { " (" @if self.reviews { a href="/review" { (self.to_review) " to review" } } @else { (self.to_review) " to review" } ")" }
                " · " a href="/things" { (counted(self.things, "thing")) }
            }
            @if self.documents == 0 {
                p { "This store has no documents yet: " code { "rapporteur add FILE…" } }
            }
            @if !self.changes.is_empty() {
                section {
                    h2 { "What changed" }
                    (cards::list(&self.changes))
                }
            }
            @if !self.stands.rows.is_empty() {
                section {
                    h2 { "Who stands where" }
                    (self.stands.markup())
                    p { a href="/positions" { "all positions" } }
                }
            }
            @if self.documents > 0 {
                section {
                    h2 { "Ask" }
                    ul class="plain columns" { @for one in &self.questions {
                        li class="question" { a href=(one.href) { (one.summary) } @if let Some(rows) = one.rows { " " span class="count" { (rows) } } }
                    } li class="question" { a href="/q" { "all questions" } } }
                }
            }
            @if !self.texts.is_empty() {
                section {
                    h2 { "Latest documents" }
                    ul class="plain texts" { @for row in &self.texts {
                        li { (cards::link(&row.text)) " " span class="faint" { (row.title) } " · " span class="count" { (counted(row.claims, "claim")) } }
                    } }
                }
            }
        }
    }
}
