//! What `change` and `compare` share: which positions they look at, and how their rows are written.

use clap::Args;
use oxrdf::{Literal, NamedNode, Term};
use rapporteur::desk::{self, Desk};
use rapporteur::lift::Layer;
use rapporteur::model::{Exit, Fault};
use rapporteur::query::stances::{Position, Scope};
use rapporteur::query::{Answer, AnswerFormat, Column, Presentation, Rows, Topic};
use rapporteur::record::{Labels, Record, TermId};

use super::sink::Sink;
use super::store_option::StoreOption;
use super::{Outcome, report};

/// One column: variable, heading, whether tables leave it out.
pub type Head = (&'static str, &'static str, bool);

/// Which positions, and how to print what is found.
#[derive(Args)]
pub struct ScopeOption {
    /// Only what is on this topic: one of `topics` with all that is narrower, a thing, or words
    #[arg(long, value_name = "TOPIC")]
    topic: Option<String>,

    /// Only what was said in this year or later
    #[arg(long, value_name = "YEAR|DATE", alias = "since")]
    from: Option<String>,

    /// Only what was said in this year or before
    #[arg(long, value_name = "YEAR|DATE", alias = "until")]
    to: Option<String>,

    /// Leave out claims that are less sure than this
    #[arg(long, value_name = "0..1", default_value_t = 0.0)]
    min_confidence: f64,

    /// table, csv, tsv, json, markdown [default: by the output file, else a table on a terminal and CSV in a pipe]
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<String>,

    #[command(flatten)]
    sink: Sink,

    #[command(flatten)]
    store: StoreOption,
}

impl ScopeOption {
    /// What the store says, as far as positions need it.
    pub fn open(&self) -> Result<Record<'static>, Box<dyn Fault>> {
        self.sink.check()?;
        let mut desk = Desk::open(&self.store.directory())?;
        let (record, damages) = desk.record(&[Layer::Claims, Layer::Evidence, Layer::Catalogue, Layer::Loaded])?;
        damages.iter().for_each(|damage| report::note(format!("warning: {damage}")));
        Ok(record)
    }

    /// The topic that is asked for.
    pub fn topic(&self, record: &Record<'_>) -> Result<Option<Topic>, Box<dyn Fault>> {
        let Some(name) = &self.topic else { return Ok(None) };
        let (topic, remarks) = desk::topic(record, name)?;
        remarks.iter().for_each(|remark| report::note(format!("note: {remark}")));
        Ok(Some(topic))
    }

    /// Which positions.
    pub fn scope<'t>(&'t self, topic: Option<&'t Topic>) -> Scope<'t> {
        Scope { topic, from: self.from.as_deref(), to: self.to.as_deref(), least: self.min_confidence }
    }

    /// Writes rows in the format that is asked for.
    pub fn write(&self, heads: &[Head], rows: Vec<Vec<Option<Term>>>, record: &Record<'_>) -> Outcome {
        let ending = || self.sink.file().and_then(|path| AnswerFormat::from_file_name(&path.to_string_lossy()));
        let usual = if self.sink.is_terminal() { "table" } else { "csv" };
        let format = match &self.format {
            Some(name) => AnswerFormat::from_name(name)?,
            None => ending().map_or_else(|| AnswerFormat::from_name(usual), Ok)?,
        };
        let columns: Vec<Column> = heads
            .iter()
            .map(|&(variable, heading, hidden)| Column {
                variable: variable.to_owned(),
                heading: heading.to_owned(),
                hidden,
            })
            .collect();
        let variables = heads.iter().map(|(variable, ..)| (*variable).to_owned()).collect();
        let width = self.sink.width();
        let how = Presentation { format, show: None, labels: false, width, limit: None, columns: &columns };
        let mut out = Vec::new();
        Answer::Rows(Rows { variables, rows }).write(&mut out, &Labels::new(record), &how)?;
        if format == AnswerFormat::Table { self.sink.show(&out) } else { self.sink.write(&out) }
    }

    /// That there is nothing, in words.
    pub fn nothing(&self, said: &str) -> Outcome {
        let topic = self.topic.as_ref().map_or(String::new(), |topic| format!(" on {topic}"));
        let window = match (&self.from, &self.to) {
            (None, None) => String::new(),
            (from, to) => {
                let end = |end: &Option<String>| end.clone().unwrap_or_default();
                format!(", {}–{}", end(from), end(to))
            }
        };
        report::note(format!("no rows: {said}{topic}{window}"));
        Ok(Exit::Done)
    }
}

/// A cell with a thing.
pub fn node(record: &Record<'_>, id: TermId) -> Option<Term> {
    let text = record.quads().text(id);
    Some(if record.quads().is_literal(id) { words(text)? } else { NamedNode::new_unchecked(text).into() })
}

/// A cell with words; none for none.
pub fn words(text: &str) -> Option<Term> {
    (!text.is_empty()).then(|| Literal::new_simple_literal(text).into())
}

/// The act of a position, as a person would put it: `does not support`.
pub fn act(position: &Position<'_>) -> Option<Term> {
    words(&position.claim.relation.words_of(position.claim.verb, position.claim.is_negated()))
}

/// Date, act, quote and place of a position; empty cells if there is none.
pub fn told(record: &Record<'_>, position: Option<&Position<'_>>) -> [Option<Term>; 4] {
    match position {
        Some(one) => [words(one.date), act(one), words(one.quote), node(record, one.place)],
        None => [const { None }; 4],
    }
}

/// The lesser confidence of some positions.
pub fn sureness(positions: &[Option<&Position<'_>>]) -> Option<Term> {
    let least = positions.iter().flatten().map(|position| position.claim.sureness()).fold(1.0, f64::min);
    words(&format!("{least:.2}"))
}
