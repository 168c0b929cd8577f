//! Who stands where, over time: the rows and cells of the command `matrix`, each with the sentence that is put most strongly.

use maud::{Markup, html};
use serde::Serialize;

use crate::desk::stance::{Grid, GridPlan, Over, RowsBy, StanceCell, TableReader};
use crate::explore::asked::{self, Asked};
use crate::explore::cards::{self, Card, Name};
use crate::explore::chosen::{self, Choice};
use crate::explore::response::{Problem, Response};
use crate::explore::visit::{Answered, Page, Visit};
use crate::export::heat;
use crate::record::TermId;

/// Rows and columns of a page.
const SHOWN: (usize, usize) = (25, 12);

/// What the columns can be.
const OVER: [(&str, Over); 3] = [("year", Over::Year), ("document", Over::Document), ("meeting", Over::Meeting)];

/// The forms.
const FORMS: [&str; 7] = ["html", "json", "csv", "tsv", "srj", "srx", "svg"];

/// The model.
#[derive(Serialize)]
struct MatrixPage {
    by: &'static str,
    over: &'static str,
    topic: Option<Name>,
    actors: Vec<Choice>,
    columns: Vec<String>,
    rows: Vec<Row>,
    /// What did not fit, and what names were taken for.
    remarks: Vec<String>,
    #[serde(skip)]
    fields: Markup,
}

/// An actor or a topic.
#[derive(Serialize)]
struct Row {
    who: Name,
    cells: Vec<Cell>,
}

/// What it says in one column.
#[derive(Serialize)]
struct Cell {
    tally: Vec<(&'static str, usize)>,
    changed: usize,
    strongest: Option<Card>,
}

/// Answers with the matrix.
///
/// # Errors
/// 406, and 400 for a name that nothing or more than one thing has, or what is no day.
pub fn answer(visit: &Visit<'_>) -> Answered {
    let form = visit.form(&FORMS)?;
    let asked = Asked::new(visit)?;
    let actors = chosen::things(visit, "actors")?;
    let over = visit.request.value("over").unwrap_or_default();
    let over = OVER.iter().find(|(name, _)| *name == over).unwrap_or(&OVER[0]);
    let by = if visit.request.value("by").as_deref() == Some("topic") { RowsBy::Topic } else { RowsBy::Actor };
    let is_page = matches!(form.name, "html" | "json" | "svg");
    let (rows, columns) = if is_page { SHOWN } else { (usize::MAX, usize::MAX) };
    let plan = GridPlan { actors: &actors, scope: asked.scope(), by, over: over.1, rows, columns };
    let grid = Grid::of(visit.reading.record(), visit.reading.said(), &plan);
    match form.name {
        "html" | "json" => visit.answer(&model(visit, &asked, &actors, (by, over.0), &grid), &FORMS[2..]),
        "svg" => {
            let on = asked.topic(visit).map(|topic| format!(" on {}", topic.name)).unwrap_or_default();
            let map =
                asked::telling(visit, |teller| grid.heat_map(teller, &format!("Positions{on}"), grid.remarks(by)));
            let mut picture = Vec::new();
            heat::write(&map, &mut picture).map_err(|error| Problem::new(500, error.to_string()))?;
            Ok(visit.told(Response::new(200, &form.content_type(), picture), &FORMS))
        }
        _ => {
            let tabled = asked::telling(visit, |teller| grid.table(teller, TableReader::Program));
            asked::table(visit, form, tabled, &FORMS)
        }
    }
}

fn model(
    visit: &Visit<'_>,
    asked: &Asked,
    actors: &[TermId],
    (by, over): (RowsBy, &'static str),
    grid: &Grid,
) -> MatrixPage {
    let cell = |cell: &StanceCell| Cell {
        tally: cell.tally.iter().map(|(stance, count)| (stance.name(), *count)).collect(),
        changed: cell.changed,
        strongest: asked::card(visit, cell.strongest),
    };
    let row = |(id, cells): &(TermId, Vec<StanceCell>)| Row {
        who: visit.namer.name(*id),
        cells: cells.iter().map(cell).collect(),
    };
    MatrixPage {
        by: if by == RowsBy::Topic { "topic" } else { "actor" },
        over,
        topic: asked.topic(visit),
        actors: actors.iter().map(|&id| chosen::choice(visit, "actors", actors, id)).collect(),
        columns: grid.columns.clone(),
        rows: grid.rows.iter().map(row).collect(),
        remarks: asked.remarks.iter().cloned().chain(grid.remarks(by)).collect(),
        fields: asked.fields(),
    }
}

impl Page for MatrixPage {
    fn title(&self) -> String {
        match &self.topic {
            Some(topic) => format!("Who stands where on {}, over time", topic.name),
            None => "Who stands where, over time".to_owned(),
        }
    }

    fn body(&self) -> Markup {
        html! {
            h1 { (self.title()) }
            p class="lead" { "Positions in each actor’s own words. Each number opens the sentence that is put most strongly. " a href="/positions" { "Actors against topics" } }
            (self.form())
            @for remark in &self.remarks { p class="faint" { (remark) } }
            @if self.rows.is_empty() { p { "No positions fit this choice." } } @else { (self.table()) }
        }
    }
}

impl MatrixPage {
    fn form(&self) -> Markup {
        let keys: Vec<&str> = self.actors.iter().map(|choice| choice.key.as_str()).collect();
        html! {
            form class="form" action="/matrix" {
                (chosen::field("actors", "Actors", &self.actors))
                @if !keys.is_empty() { input type="hidden" name="actors" value=(keys.join(",")); }
                (self.fields)
                label { "rows" select name="by" {
                    option value="" selected[self.by == "actor"] { "actors" }
                    option value="topic" selected[self.by == "topic"] { "topics" }
                } }
                label { "columns" select name="over" {
                    @for (name, _) in OVER { option value=(name) selected[self.over == name] { (name) "s" } }
                } }
                button { "Show" }
            }
        }
    }

    fn table(&self) -> Markup {
        html! {
            div class="scroller" tabindex="0" role="region" aria-label="positions" {
                table class="matrix" {
                    thead { tr { td {} @for column in &self.columns { th scope="col" { (column) } } } }
                    tbody { @for row in &self.rows { tr {
                        th scope="row" { (cards::link(&row.who)) }
                        @for cell in &row.cells { td { (cell.markup()) } }
                    } } }
                }
            }
            (crate::explore::matrix::legend())
        }
    }
}

impl Cell {
    fn markup(&self) -> Markup {
        let told = html! {
            @for (stance, count) in &self.tally { (cards::stance(stance)) (count) " " }
            @if self.changed > 0 { span class="change" title="not in an earlier statement" { "!" } }
        };
        html! {
            @match &self.strongest {
                Some(card) => a href=(card.href) title=(card.quote) { (told) },
                None => span class="heard" { "nothing said" },
            }
        }
    }
}
