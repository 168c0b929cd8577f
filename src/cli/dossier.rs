//! `rapporteur report`: a readable page on a document or an actor, or how to cite its documents.

use std::fmt;
use std::io::Write;
use std::path::Path;

use clap::Args;
use rapporteur::export::reference::{self, Reference};
use rapporteur::export::report::{self as pages, Page, Sources};
use rapporteur::export::{ExportError, Quads, is_gzip};
use rapporteur::lift::Layer;
use rapporteur::model::text::counted;
use rapporteur::model::{Code, Exit, Fault};
use rapporteur::query::Names;
use rapporteur::store::{Directory, Store, View};

use super::store_option::StoreOption;
use super::trouble::Trouble;
use super::{Outcome, output_file, report};

/// Write a report on a document or an actor: who said what, where, with quotes as footnotes, and how to cite it
///
/// On a document: who spoke for whom, where and when, positions, what is asked, what is told, numbers, what it cites. On a
/// State, body or person: its positions over time, what it asks and says, what others say of it. The same store gives the
/// same bytes.
#[derive(Args)]
#[command(after_help = "\
Examples:
  rapporteur report iran-2021.txt -o statement.md
  rapporteur report Iran -o iran.html
  rapporteur report Iran -f bibtex >> sources.bib")]
pub struct Report {
    /// A document (file name, symbol, title), a State, body or person: a label, code, key or <IRI>
    #[arg(value_name = "DOCUMENT|ACTOR")]
    name: String,

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

/// What a report is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Markdown,
    Html,
    Bibtex,
    Csl,
}

/// Each form with its names and endings, the usual one first.
const FORMS: [(Form, &[&str]); 4] = [
    (Form::Markdown, &["md", "markdown"]),
    (Form::Html, &["html", "htm"]),
    (Form::Bibtex, &["bibtex", "bib", "biblatex"]),
    (Form::Csl, &["csl", "csl-json", "json"]),
];

impl Report {
    pub fn run(self) -> Outcome {
        let file = self.output.as_deref().filter(|path| *path != Path::new("-"));
        let form = self.form(file)?;
        if let Some(path) = file.filter(|path| !self.force && path.is_file()) {
            return Err(ExportError::Exists { path: path.display().to_string() }.into());
        }
        let iri = self.meant()?;
        let mut directory = Directory::open(&self.store.directory())?;
        let layers = [Layer::Claims, Layer::Evidence, Layer::Mentions, Layer::Links, Layer::Catalogue, Layer::Loaded];
        let (quads, damages) = Quads::from_directory(&mut directory, &layers)?;
        damages.iter().for_each(|damage| report::note(format_args!("left out: {damage}")));
        let sources = Sources {
            quads: &quads,
            background: &[directory.base().shared_graph("catalogue").into_string()],
            text: &|digits| super::export::text_of(&directory, digits),
            min_confidence: self.min_confidence,
        };
        let (page, references) = pages::page(&sources, &iri).unwrap_or_default();
        if matches!(form, Form::Bibtex | Form::Csl) && references.is_empty() {
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
        Ok(if damages.is_empty() { Exit::Done } else { Exit::Partly })
    }

    /// The flag, else the file's name, else Markdown.
    fn form(&self, file: Option<&Path>) -> Result<Form, Trouble> {
        let ending = || {
            let path = file?;
            let plain = if is_gzip(path) { path.with_extension("") } else { path.to_owned() };
            Some(plain.extension()?.to_string_lossy().into_owned())
        };
        let Some(name) = self.format.clone().or_else(ending) else { return Ok(Form::Markdown) };
        let wanted = name.trim_start_matches('.').to_lowercase();
        let known = FORMS.iter().find(|(_, names)| names.contains(&wanted.as_str()));
        known
            .map(|(form, _)| *form)
            .ok_or_else(|| Trouble::new(Code::FORM_UNKNOWN, format!("a report is not written as “{name}”")))
    }

    /// The thing that is meant, as `show` finds it.
    fn meant(&self) -> Result<String, Box<dyn Fault>> {
        let store = Store::open(&self.store.directory(), &[Layer::Claims, Layer::Catalogue], View::Named)?;
        let names = Names::new(store.dataset(), store.base().as_str());
        let found = names.find(&self.name)?;
        if !found.exact {
            report::note(format!("note: {} = {}", self.name, names.describe(&found.node)));
        }
        let known = store.dataset().quads_for_pattern(Some(found.node.as_ref().into()), None, None, None).next();
        if known.is_none() {
            return Err(rapporteur::query::Error::NoEntity { name: self.name.clone(), near: Vec::new() }.into());
        }
        Ok(found.node.into_string())
    }
}

fn write(page: &Page, references: &[Reference], form: Form, mut out: &mut dyn Write) -> std::io::Result<()> {
    match form {
        Form::Markdown => pages::markdown(page, &mut out),
        Form::Html => pages::html(page, &mut out),
        Form::Bibtex => reference::bibtex(references, &mut out),
        Form::Csl => reference::csl(references, &mut out),
    }
}

/// What was written, for people.
struct Summary<'a> {
    page: &'a Page,
    references: &'a [Reference],
    form: Form,
}

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = counted;
        let documents = count(self.references.len(), "document");
        match self.form {
            Form::Bibtex | Form::Csl => f.write_str(&documents),
            _ => write!(f, "{}: {}, {documents}", self.page.title, count(self.page.notes.len(), "sentence")),
        }
    }
}
