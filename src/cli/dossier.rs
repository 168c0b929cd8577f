//! `rapporteur report`: a readable page on a document or an actor, or how to cite its documents.

use std::collections::BTreeSet;
use std::fmt;
use std::io::Write;
use std::path::Path;

use clap::Args;
use rapporteur::desk::Desk;
use rapporteur::desk::stance::{BriefAsked, Scope, brief};
use rapporteur::export::reference::{self, Reference};
use rapporteur::export::report::{self as pages, Page};
use rapporteur::export::{ExportError, is_gzip};
use rapporteur::model::text::counted;
use rapporteur::model::{Code, Exit, Fault};

use super::store_option::StoreOption;
use super::trouble::Trouble;
use super::{Outcome, output_file, report};

/// Write a report on a document or an actor, or a brief on a topic, with quotes as footnotes
///
/// On a document: who spoke for whom, where and when, positions, what is asked, what is told, numbers, what it cites. On a
/// State, body or person: its positions over time, what it asks and says, what others say of it. The same store gives the
/// same bytes.
#[derive(Args)]
#[command(after_help = "\
Examples:
  rapporteur report iran-2021.txt -o statement.md
  rapporteur report Iran -o iran.html
  rapporteur report Iran -f bibtex >> sources.bib
  rapporteur report --topic cybercrime --since 2019 --pages 2 -o brief.html
  rapporteur report --topic disarmament --actors Norway,Iran --sure")]
pub struct Report {
    /// A document (file name, symbol, title), a State, body or person: a label, code, key or <IRI>
    #[arg(value_name = "DOCUMENT|ACTOR", required_unless_present = "topic", conflicts_with = "topic")]
    name: Option<String>,

    /// Instead: a brief on a topic: who is for what, who against, who changed, mandates, numbers
    #[arg(short, long, value_name = "TOPIC")]
    topic: Option<String>,

    /// In a brief: from this year, month or day on
    #[arg(long, value_name = "YEAR|DATE", value_parser = rapporteur::desk::stance::day, requires = "topic", aliases = ["from"])]
    since: Option<String>,

    /// In a brief: up to this year, month or day, it included
    #[arg(long, value_name = "YEAR|DATE", value_parser = rapporteur::desk::stance::day, requires = "topic", aliases = ["to"])]
    until: Option<String>,

    /// In a brief: at most so many printed pages
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=50))]
    pages: u8,

    /// In a brief: only these actors, parted by commas
    #[arg(long, value_name = "ACTOR,…", value_delimiter = ',', requires = "topic")]
    actors: Vec<String>,

    /// In a brief: leave out what was read with doubt, instead of marking it
    #[arg(long, requires = "topic")]
    sure: bool,

    /// md, html, bibtex or csl [default: by the file's name, else md]
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<String>,

    /// File to write; `-` is standard output [default: -]
    #[arg(short, long, value_name = "FILE")]
    output: Option<std::path::PathBuf>,

    /// Replace the file if it exists
    #[arg(long)]
    force: bool,

    /// No claims below this confidence, 0 to 1
    #[arg(long, value_name = "C", default_value_t = 0.0, hide_default_value = true, value_parser = super::export::confidence)]
    min_confidence: f64,

    #[command(flatten)]
    store: StoreOption,
}

/// In a brief with `--sure`, nothing below this confidence.
const SURE: f64 = 0.75;

/// What a report is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DossierForm {
    Markdown,
    Html,
    Bibtex,
    Csl,
}

/// Each form with its names and endings, the usual one first.
const FORMS: [(DossierForm, &[&str]); 4] = [
    (DossierForm::Markdown, &["md", "markdown"]),
    (DossierForm::Html, &["html", "htm"]),
    (DossierForm::Bibtex, &["bibtex", "bib", "biblatex"]),
    (DossierForm::Csl, &["csl", "csl-json", "json"]),
];

impl Report {
    pub fn run(self) -> Outcome {
        let file = self.output.as_deref().filter(|path| *path != Path::new("-"));
        let form = self.form(file)?;
        if let Some(path) = file.filter(|path| !self.force && path.is_file()) {
            return Err(ExportError::Exists { path: path.display().to_string() }.into());
        }
        let mut desk = Desk::open(&self.store.directory())?;
        let (page, references) = match (&self.topic, &self.name) {
            (Some(topic), _) => (self.brief(topic, &mut desk, form)?, Vec::new()),
            (None, name) => {
                let name = name.as_deref().unwrap_or_default();
                let (found, remark, damages) = desk.report(name, self.min_confidence)?;
                remark.iter().for_each(|remark| report::note(format!("note: {remark}")));
                report::left_out(&damages);
                found
            }
        };
        if matches!(form, DossierForm::Bibtex | DossierForm::Csl) && references.is_empty() {
            let said = format!("no document here speaks for or of {}", page.title);
            return Err(Trouble::new(Code::NO_DOCUMENT, said).into());
        }
        let summary = Summary { page: &page, references: &references, form };
        match file {
            Some(path) => {
                output_file::save(path, self.force, |out| Ok(write(&page, &references, form, out)?))?;
                report::note(format_args!("wrote {}: {summary}", path.display()));
            }
            None => {
                report::print(|out| write(&page, &references, form, out))?;
            }
        }
        Ok(Exit::Done)
    }

    /// A brief on a topic.
    fn brief(&self, topic: &str, desk: &mut Desk, form: DossierForm) -> Result<Page, Box<dyn Fault>> {
        if matches!(form, DossierForm::Bibtex | DossierForm::Csl) {
            let said = "a brief on a topic is written as md or html";
            return Err(Trouble::new(Code::FORM_UNKNOWN, said).into());
        }
        let mut hearing = desk.hearing()?;
        report::left_out(&hearing.damages);
        let actors: Vec<_> = self.actors.iter().map(|name| hearing.actor(name.trim())).collect::<Result<_, _>>()?;
        let (found, claims) = hearing.topic(topic, &desk.behind_quotes())?;
        hearing.remarks.iter().for_each(|remark| report::note(format!("note: {remark}")));
        let scope = Scope {
            topic: Some(&claims),
            topic_id: found.id(),
            since: self.since.as_deref().unwrap_or_default(),
            until: self.until.as_deref().unwrap_or_default(),
            least: if self.sure {
                SURE.max(self.min_confidence)
            } else {
                rapporteur::desk::USABLE.max(self.min_confidence)
            },
        };
        let asked = BriefAsked { topic: found.label, scope, actors: &actors, pages: usize::from(self.pages) };
        let plan = brief(&hearing.record, &hearing.said, &asked, &|sha256| desk.whole_text(sha256));
        if plan.matters.is_empty() && plan.mandates.is_empty() {
            report::note(format!(
                "nothing is said on {topic} that fits; where its words stand: rapporteur query positions -p topic=\"{topic}\""
            ));
        }
        Ok(pages::brief(&hearing.record, &plan, &|digits| desk.text(digits)))
    }

    /// The flag, else the file's name, else Markdown.
    fn form(&self, file: Option<&Path>) -> Result<DossierForm, Trouble> {
        let ending = || {
            let path = file?;
            let plain = if is_gzip(path) { path.with_extension("") } else { path.to_owned() };
            Some(plain.extension()?.to_string_lossy().into_owned())
        };
        let Some(name) = self.format.clone().or_else(ending) else { return Ok(DossierForm::Markdown) };
        let wanted = name.trim_start_matches('.').to_lowercase();
        let known = FORMS.iter().find(|(_, names)| names.contains(&wanted.as_str()));
        known
            .map(|(form, _)| *form)
            .ok_or_else(|| Trouble::new(Code::FORM_UNKNOWN, format!("a report is not written as “{name}”")))
    }
}

fn write(page: &Page, references: &[Reference], form: DossierForm, mut out: &mut dyn Write) -> std::io::Result<()> {
    match form {
        DossierForm::Markdown => pages::markdown(page, &mut out),
        DossierForm::Html => pages::html(page, &mut out),
        DossierForm::Bibtex => reference::bibtex(references, &mut out),
        DossierForm::Csl => reference::csl(references, &mut out),
    }
}

/// What was written, for people.
struct Summary<'a> {
    page: &'a Page,
    references: &'a [Reference],
    form: DossierForm,
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A brief cites the documents of its sentences.
        let cited: BTreeSet<(&str, &str)> =
            self.page.notes.iter().map(|note| (note.document.as_str(), note.date.as_str())).collect();
        let documents = counted(self.references.len().max(cited.len()), "document");
        match self.form {
            DossierForm::Bibtex | DossierForm::Csl => f.write_str(&documents),
            _ => write!(f, "{}: {}, {documents}", self.page.title, counted(self.page.notes.len(), "sentence")),
        }
    }
}
