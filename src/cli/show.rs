//! `rapporteur show`: all about one thing.

use std::io::Write;

use anstyle::Style;
use clap::Args;
use rapporteur::desk::{self, Desk};
use rapporteur::model::{Exit, Fault};
use rapporteur::query::{self, Answer, AnswerFormat, Library, Portrait, Presentation, Rows, Sheet, Tie};
use rapporteur::record::{Labels, Names, Record};

use super::sink::Sink;
use super::store_option::StoreOption;
use super::{Outcome, report};

/// Show all about one thing: names, codes, links, and every claim with its quote
#[derive(Args)]
pub struct Show {
    /// A label, code, key or <IRI>; with a star it lists what fits: "Ir*"
    name: String,

    #[command(flatten)]
    sink: Sink,

    #[command(flatten)]
    store: StoreOption,
}

impl Show {
    pub fn run(self) -> Outcome {
        self.sink.check()?;
        let (record, damages) = Desk::open(&self.store.directory())?.record_about(&self.name)?;
        report::left_out(&damages);
        if self.name.contains('*') {
            return self.list(&record);
        }
        let (id, remark) = desk::meant(&record, &self.name)?;
        remark.iter().for_each(|remark| report::note(format!("note: {remark}")));
        let portrait = Portrait::of(&record, id);
        let text = self.draw(&portrait, &record).map_err(Box::<dyn Fault>::from)?;
        self.sink.show(&text)
    }

    fn list(&self, record: &Record<'_>) -> Outcome {
        let labels = Labels::new(record);
        let found = Names::new(record).search(&self.name);
        if found.is_empty() {
            report::note(format!("no rows: nothing is called {}", self.name));
            return Ok(Exit::Done);
        }
        let row = |id: &_| {
            let iri = record.quads().text(*id);
            let key = labels.key(iri).unwrap_or_default().to_owned();
            vec![labels.name(iri), labels.class(iri).unwrap_or_default(), record.documents_of(*id).to_string(), key]
        };
        let sheet = Sheet::of_text(&["name", "kind", "documents", "key"], found.iter().map(row).collect());
        let mut out = Vec::new();
        query::draw(&mut out, &sheet, self.sink.width()).map_err(query::Error::from)?;
        self.sink.show(&out)
    }

    fn draw(&self, portrait: &Portrait, record: &Record<'_>) -> Result<Vec<u8>, query::Error> {
        let mut out = Vec::new();
        let (bold, dim) = (Style::new().bold(), Style::new().dimmed());
        let class = portrait.class.as_deref().unwrap_or("thing");
        writeln!(out, " {bold}{}{bold:#}   {class}", portrait.name)?;
        let labels = Labels::new(record);
        for (head, lines) in [
            ("key", vec![labels.key(&portrait.iri).unwrap_or(&portrait.iri).to_owned()]),
            ("also called", vec![portrait.also.join(" · ")]),
            ("codes", vec![portrait.identifiers.join(" · ")]),
            ("links", links(portrait)),
        ] {
            lines_under(&mut out, head, &lines)?;
        }
        if let Some(tie) = portrait.ties.first() {
            writeln!(out, " {:<14}{dim}why: rapporteur why {}{dim:#}", "", tie.theirs)?;
        }
        for (name, value) in &portrait.facts {
            lines_under(&mut out, name, std::slice::from_ref(value))?;
        }
        if !portrait.claims.rows.is_empty() {
            writeln!(out)?;
            self.rows(&mut out, &portrait.claims, "evidence-of", &labels)?;
        }
        let places = portrait.mentions;
        if places > 0 {
            let times = if places == 1 { "once".to_owned() } else { format!("{places} times") };
            writeln!(out, "\n named {times}: rapporteur query mentions -p entity={}", key(portrait, &labels))?;
        }
        Ok(out)
    }

    fn rows(&self, out: &mut Vec<u8>, rows: &Rows, query: &str, labels: &Labels<'_>) -> Result<(), query::Error> {
        let header = Library::bundled().get(query)?.header()?;
        let how = Presentation {
            format: AnswerFormat::Table,
            show: None,
            labels: false,
            width: self.sink.width(),
            limit: None,
            columns: &header.columns,
        };
        Answer::Rows(rows.clone()).write(out, labels, &how)
    }
}

/// A line a tie: vocabulary, address, how it was found, and the vocabulary's name for it.
fn links(portrait: &Portrait) -> Vec<String> {
    let width = portrait.ties.iter().map(|tie| tie.scheme.len()).max().unwrap_or_default();
    let line = |tie: &Tie| {
        let how = tie.reasons.first().map(|reason| match reason.score.as_str() {
            "1" | "1.0" | "1.00" => format!("   {}", reason.method),
            score => format!("   {} {score}", reason.method),
        });
        let label = tie.label.as_ref().map(|label| format!("   “{label}”")).unwrap_or_default();
        format!("{:width$}  {}{label}{}", tie.scheme, tie.theirs, how.unwrap_or_default())
    };
    portrait.ties.iter().map(line).collect()
}

fn key(portrait: &Portrait, labels: &Labels<'_>) -> String {
    labels.key(&portrait.iri).unwrap_or(&portrait.iri).to_owned()
}

/// A head and its lines, aligned; nothing for nothing.
fn lines_under(out: &mut Vec<u8>, head: &str, lines: &[String]) -> std::io::Result<()> {
    let lines = lines.iter().filter(|line| !line.is_empty());
    for (at, line) in lines.enumerate() {
        let head = if at == 0 { head } else { "" };
        // A long head stands apart from what follows, even if that moves it.
        writeln!(out, " {head:<13} {line}")?;
    }
    Ok(())
}
