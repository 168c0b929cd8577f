//! What the questions about stances have in common: topic, time, how sure, in which format, and how an answer is written.

use std::collections::BTreeMap;

use clap::Args;
use rapporteur::desk::stance::{Scope, TableReader, Tabled, day};
use rapporteur::desk::{Desk, Hearing};
use rapporteur::model::{Exit, Fault};
use rapporteur::query::{Answer, AnswerFormat, Presentation, TopicReason};
use rapporteur::record::{Labels, Record, Show, TermId};

use super::sink::Sink;
use super::store_option::StoreOption;
use super::{Outcome, query, report};

/// Options of a question about stances.
#[derive(Args, Clone, Debug, Default)]
pub struct Asked {
    /// Only on this: a topic with all that is narrower, a thing, or words
    #[arg(short, long, value_name = "TOPIC")]
    topic: Option<String>,

    /// From this year, month or day on: 2015, 2015-09, 2015-09-28
    #[arg(long, value_name = "YEAR|DATE", value_parser = day, aliases = ["since"])]
    from: Option<String>,

    /// Up to this year, month or day, it included
    #[arg(long, value_name = "YEAR|DATE", value_parser = day, aliases = ["until"])]
    to: Option<String>,

    /// No claims below this confidence, 0 to 1
    #[arg(long, value_name = "C", default_value_t = rapporteur::desk::USABLE, value_parser = super::export::confidence)]
    min_confidence: f64,

    #[command(flatten)]
    pub output: Output,
}

/// How and where an answer is written, and from which store.
#[derive(Args, Clone, Debug, Default)]
pub struct Output {
    /// table, csv, tsv, json, xml, markdown [default: by the output file, else a table on a terminal and CSV in a pipe]
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<String>,

    /// Write at most this many rows
    #[arg(short = 'n', long, value_name = "ROWS")]
    limit: Option<usize>,

    /// How things are shown: name, id, iri or label [default: name in tables, else iri]
    #[arg(long, value_name = "HOW", value_parser = query::show)]
    show: Option<Show>,

    #[command(flatten)]
    sink: Sink,

    #[command(flatten)]
    store: StoreOption,
}

/// The claims of the topic that was asked for.
pub type OnTopic = Option<(Option<TermId>, BTreeMap<String, TopicReason>)>;

impl Asked {
    /// The claims of the topic.
    pub fn on_topic(&self, desk: &Desk, hearing: &mut Hearing) -> Result<OnTopic, Box<dyn Fault>> {
        Ok(self
            .topic
            .as_deref()
            .map(|name| hearing.topic(name, &desk.behind_quotes()))
            .transpose()?
            .map(|(topic, claims)| (topic.id(), claims)))
    }

    /// Which claims count.
    pub fn scope<'s>(&'s self, topic: &'s OnTopic) -> Scope<'s> {
        Scope {
            topic: topic.as_ref().map(|(_, claims)| claims),
            topic_id: topic.as_ref().and_then(|(id, _)| *id),
            since: self.from.as_deref().unwrap_or_default(),
            until: self.to.as_deref().unwrap_or_default(),
            least: self.min_confidence,
        }
    }

    /// The topic as it was typed, behind a word: ` on climate`; empty for none.
    pub fn on(&self) -> String {
        self.topic.as_ref().map(|topic| format!(" on {topic}")).unwrap_or_default()
    }

    /// Says what names were taken for.
    pub fn say(hearing: &Hearing) {
        hearing.remarks.iter().for_each(|remark| report::note(format!("note: {remark}")));
    }
}

impl Output {
    /// Opens the store, if the answer can be written.
    pub fn open(&self) -> Result<(Desk, Hearing), Box<dyn Fault>> {
        self.sink.check()?;
        let mut desk = Desk::open(&self.store.directory())?;
        let hearing = desk.hearing()?;
        report::left_out(&hearing.damages);
        Ok((desk, hearing))
    }

    /// The format: asked for, else by the file's ending, else by who reads it.
    pub fn format(&self) -> Result<AnswerFormat, Box<dyn Fault>> {
        let ending = || self.sink.file().and_then(|path| AnswerFormat::from_file_name(&path.to_string_lossy()));
        let usual = if self.sink.is_terminal() { "table" } else { "csv" };
        Ok(match &self.format {
            Some(name) => AnswerFormat::from_name(name)?,
            None => ending().map_or_else(|| AnswerFormat::from_name(usual), Ok)?,
        })
    }

    /// The name of the format in small letters: asked for, else the file's ending.
    pub fn named_format(&self) -> Option<String> {
        let ending = || Some(self.sink.file()?.extension()?.to_string_lossy().into_owned());
        self.format.clone().or_else(ending).map(|name| name.trim_start_matches('.').to_lowercase())
    }

    /// Lets a page or picture be written.
    pub fn save(&self, write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>) -> Outcome {
        self.sink.save(|out| Ok(write(out)?))?;
        Ok(Exit::Done)
    }

    /// Writes a table.
    pub fn write(&self, record: &Record<'_>, tabled: Tabled, format: AnswerFormat) -> Outcome {
        let answer = Answer::Rows(tabled.rows);
        if answer.is_empty() && format == AnswerFormat::Table {
            return Ok(Exit::Done);
        }
        let how = Presentation {
            format,
            show: self.show,
            labels: false,
            width: self.sink.width(),
            limit: self.limit,
            columns: &tabled.columns,
        };
        let mut out = Vec::new();
        answer.write(&mut out, &Labels::new(record), &how)?;
        if format == AnswerFormat::Table { self.sink.show(&out) } else { self.sink.write(&out) }
    }
}

/// For whom a format is.
pub fn reader(format: AnswerFormat) -> TableReader {
    match format {
        AnswerFormat::Table | AnswerFormat::Markdown => TableReader::Person,
        AnswerFormat::Results(_) => TableReader::Program,
    }
}
