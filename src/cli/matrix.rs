//! `rapporteur matrix`: who stands where, over time, as a table, a page or a heat map.

use std::collections::BTreeMap;

use clap::{Args, ValueEnum};
use rapporteur::desk::stance::{Grid, GridPlan, Over, RowsBy, Teller};
use rapporteur::export::heat;
use rapporteur::export::report::{self as pages, Body, Page, Section, TextRun};
use rapporteur::model::{Code, Exit};
use rapporteur::query::AnswerFormat;
use rapporteur::record::TermId;

use super::asked::{Asked, reader};
use super::trouble::Trouble;
use super::{Outcome, report};

/// Count who stands where, over time: a cell with stances, numbers and the strongest words
///
/// Only positions in their actor's own words count. Signs: + for, − against, ? asks, · weighs. As a heat map (svg) and a page
/// (html, markdown) it keeps to what fits, the heaviest rows first, and says what was left out; CSV and JSON have every row, and
/// the strongest sentence of each cell.
#[derive(Args)]
#[command(after_help = "\
Examples:
  rapporteur matrix --topic cybercrime
  rapporteur matrix --topic climate --over year -o climate.svg
  rapporteur matrix --topic disarmament --actor Iran --actor Norway -o two.html
  rapporteur matrix --by topic --actor Iran --over document -f csv")]
pub struct Matrix {
    /// What the rows are
    #[arg(long, value_enum, default_value_t = By::Actor)]
    by: By,

    /// What the columns are; years become spans where they are many
    #[arg(long, value_enum, default_value_t = Columns::Year)]
    over: Columns,

    /// Only this actor; may be given again
    #[arg(long = "actor", value_name = "ACTOR")]
    actors: Vec<String>,

    /// At most so many rows, those with the most positions [default: 25; all in CSV and the like]
    #[arg(long, value_name = "N")]
    rows: Option<usize>,

    /// At most so many columns [default: 12, 8 on a terminal; all in CSV and the like]
    #[arg(long, value_name = "N")]
    columns: Option<usize>,

    #[command(flatten)]
    asked: Asked,
}

#[derive(Clone, Copy, ValueEnum)]
enum By {
    Actor,
    Topic,
}

#[derive(Clone, Copy, ValueEnum)]
enum Columns {
    Year,
    Document,
    Meeting,
}

/// What a matrix is written as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum MatrixForm {
    Rows(AnswerFormat),
    Markdown,
    Html,
    Svg,
}

impl Matrix {
    pub fn run(self) -> Outcome {
        let form = self.form()?;
        let (desk, mut hearing) = self.asked.output.open()?;
        let actors: Vec<TermId> = self.actors.iter().map(|name| hearing.actor(name)).collect::<Result<_, _>>()?;
        let topic = self.asked.on_topic(&desk, &mut hearing)?;
        Asked::say(&hearing);
        let (rows, columns) = match form {
            MatrixForm::Rows(AnswerFormat::Table) => (25, 8),
            MatrixForm::Rows(_) => (usize::MAX, usize::MAX),
            _ => (25, 12),
        };
        let by = match self.by {
            By::Actor => RowsBy::Actor,
            By::Topic => RowsBy::Topic,
        };
        let over = match self.over {
            Columns::Year => Over::Year,
            Columns::Document => Over::Document,
            Columns::Meeting => Over::Meeting,
        };
        let plan = GridPlan {
            actors: &actors,
            scope: self.asked.scope(&topic),
            by,
            over,
            rows: self.rows.unwrap_or(rows),
            columns: self.columns.unwrap_or(columns),
        };
        let grid = Grid::of(&hearing.record, &hearing.said, &plan);
        if grid.rows.is_empty() {
            report::note(format!(
                "no rows: no positions{} that count, in {} texts",
                self.asked.on(),
                hearing.said.texts().len()
            ));
            return Ok(Exit::Done);
        }
        let sentences = desk.sentences();
        let sentence = |passage: &str| sentences.at(passage);
        let teller = Teller::new(&hearing.record, &hearing.said, &sentence);
        let remarks = grid.remarks(by);
        let done = match form {
            MatrixForm::Rows(format) => {
                self.asked.output.write(&hearing.record, grid.table(&teller, reader(format)), format)?
            }
            MatrixForm::Svg => {
                let map = grid.heat_map(&teller, &self.title(), remarks.clone());
                self.asked.output.save(|mut out| heat::write(&map, &mut out))?
            }
            MatrixForm::Markdown | MatrixForm::Html => {
                let page = page(&grid, &teller, &self.title(), &remarks, &|digits| desk.text(digits));
                self.asked.output.save(|mut out| match form {
                    MatrixForm::Html => pages::html(&page, &mut out),
                    _ => pages::markdown(&page, &mut out),
                })?
            }
        };
        remarks.iter().for_each(report::note);
        Ok(done)
    }

    fn title(&self) -> String {
        format!("Positions{}", self.asked.on())
    }

    fn form(&self) -> Result<MatrixForm, Box<dyn rapporteur::model::Fault>> {
        match self.asked.output.named_format().as_deref() {
            Some("svg") => Ok(MatrixForm::Svg),
            Some("html" | "htm") => Ok(MatrixForm::Html),
            Some("md" | "markdown") => Ok(MatrixForm::Markdown),
            Some("png" | "pdf" | "dot") => {
                let trouble = Trouble::new(Code::FORM_UNKNOWN, "a matrix is drawn as svg");
                Err(trouble.try_this("one of: table, csv, tsv, json, xml, markdown, html, svg").into())
            }
            _ => Ok(MatrixForm::Rows(self.asked.output.format()?)),
        }
    }
}

/// The table with a footnote for the strongest claim of each cell.
fn page(
    grid: &Grid,
    teller: &Teller<'_>,
    title: &str,
    remarks: &[String],
    text: &dyn Fn(&str) -> Option<String>,
) -> Page {
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    let mut order: Vec<TermId> = Vec::new();
    let mut rows = Vec::new();
    for (id, cells) in &grid.rows {
        let mut row = vec![vec![TextRun::Words(teller.name(*id))]];
        for cell in cells {
            let mut runs = vec![TextRun::Words(heat::signs(&cell.tally))];
            if let Some(number) = cell.strongest {
                let next = order.len();
                let at = *numbers.entry(number).or_insert(next);
                if at == next {
                    order.push(teller.said().claims()[number].id);
                }
                runs.push(TextRun::Note(at));
            }
            row.push(runs);
        }
        rows.push(row);
    }
    let heads = std::iter::once(String::new()).chain(grid.columns.iter().cloned()).collect();
    let remark = "+ for, − against, ? asks, · weighs. Each note is the strongest sentence of its cell. An empty cell means that these \
                  documents say nothing, not that there is no position.";
    Page {
        title: title.to_owned(),
        summary: remarks.join("; "),
        sections: vec![Section {
            title: "Who stands where".to_owned(),
            level: 1,
            remark: remark.to_owned(),
            body: Body::Table(heads, rows),
        }],
        notes: pages::notes(teller.record(), &order, text),
        ..Page::default()
    }
}
