//! `rapporteur topics`: the tree of topics, and how much the store says of each.

use std::collections::BTreeMap;

use clap::Args;
use oxrdf::{Literal, NamedNode, Term};
use rapporteur::desk::Desk;
use rapporteur::lift::Layer;
use rapporteur::model::{Code, Exit};
use rapporteur::query::{Answer, AnswerFormat, Column, Presentation, Rows, TopicCount, Topics as Tree, counts};
use rapporteur::record::{Labels, Record, TermId};

use super::sink::Sink;
use super::store_option::StoreOption;
use super::trouble::Trouble;
use super::{Outcome, report};

/// The columns: variable, heading, whether tables leave it out.
const COLUMNS: [(&str, &str, bool); 7] = [
    ("topic", "Topic", true),
    ("label", "Topic", false),
    ("broader", "Under", true),
    ("claims", "Claims", false),
    ("positions", "Positions", false),
    ("documents", "Documents", false),
    ("depth", "Depth", true),
];

/// Print the tree of topics, and how much the store says of each
#[derive(Args)]
#[command(after_help = "\
Examples:
  rapporteur topics
  rapporteur topics cybercrime --all
  rapporteur topics -f csv > topics.csv
  rapporteur query positions -p topic=cybercrime")]
pub struct Topics {
    /// Only this topic and what is narrower
    #[arg(value_name = "TOPIC")]
    topic: Option<String>,

    /// Also topics of which the store says nothing
    #[arg(long)]
    all: bool,

    /// How many steps down the tree
    #[arg(long, value_name = "STEPS")]
    depth: Option<usize>,

    /// table, csv, tsv, json, markdown [default: by the output file, else a table on a terminal and CSV in a pipe]
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<String>,

    #[command(flatten)]
    sink: Sink,

    #[command(flatten)]
    store: StoreOption,
}

impl Topics {
    pub fn run(self) -> Outcome {
        self.sink.check()?;
        let format = self.format()?;
        let mut desk = Desk::open(&self.store.directory())?;
        let asked = self.asked(format);
        if let Some(known) = desk.directory().remembered(&asked) {
            return self.put(&known, format);
        }
        let (record, damages) = desk.record(&[Layer::Claims, Layer::Evidence, Layer::Catalogue, Layer::Loaded])?;
        report::left_out(&damages);
        let tree = Tree::new(&record);
        let tops = match &self.topic {
            Some(name) => vec![self.named(name, &tree)?],
            None => tree.tops().collect(),
        };
        let mut lines = Lines { record: &record, tree: &tree, counts: counts(&record, &tree), rows: Vec::new() };
        let deepest = self.depth.unwrap_or(usize::MAX);
        tops.into_iter().for_each(|top| lines.add(top, None, (0, deepest), self.all || self.topic.is_some()));
        let is_empty = lines.rows.is_empty();
        let rows = Rows { variables: COLUMNS.map(|(name, ..)| name.to_owned()).to_vec(), rows: lines.rows };
        if is_empty {
            report::note("no topic is spoken of in this store; --all prints the whole tree");
            return Ok(Exit::Done);
        }
        let out = self.drawn(&Answer::Rows(rows), &record, format)?;
        if damages.is_empty() {
            desk.directory().remember(&asked, &out);
        }
        self.put(&out, format)
    }

    /// All that the answer hangs on, besides the store.
    fn asked(&self, format: AnswerFormat) -> String {
        let (topic, format, width) = (self.topic.as_deref(), format.name(), self.sink.width());
        format!("topics {topic:?} {} {:?} {format} {width}", self.all, self.depth)
    }

    fn put(&self, out: &[u8], format: AnswerFormat) -> Outcome {
        if format == AnswerFormat::Table { self.sink.show(out) } else { self.sink.write(out) }
    }

    fn named(&self, name: &str, tree: &Tree<'_>) -> Result<TermId, Trouble> {
        tree.named(name).ok_or_else(|| {
            let near = tree.near(name);
            let trouble = Trouble::new(Code::NO_SUCH_THING, format!("no topic called “{name}”"));
            match near.is_empty() {
                true => trouble.try_this("all of them: rapporteur topics --all"),
                false => trouble.try_this(format!("did you mean  {} ?", near.join(", "))),
            }
        })
    }

    fn format(&self) -> Result<AnswerFormat, rapporteur::query::Error> {
        let ending = || self.sink.file().and_then(|path| AnswerFormat::from_file_name(&path.to_string_lossy()));
        let usual = if self.sink.is_terminal() { "table" } else { "csv" };
        match &self.format {
            Some(name) => AnswerFormat::from_name(name),
            None => ending().map_or_else(|| AnswerFormat::from_name(usual), Ok),
        }
    }

    fn drawn(
        &self,
        answer: &Answer,
        record: &Record<'_>,
        format: AnswerFormat,
    ) -> Result<Vec<u8>, rapporteur::query::Error> {
        let columns = COLUMNS.map(|(variable, heading, hidden)| Column {
            variable: variable.to_owned(),
            heading: heading.to_owned(),
            hidden,
        });
        let how = Presentation {
            format,
            show: None,
            labels: false,
            width: self.sink.width(),
            limit: None,
            columns: &columns,
        };
        let mut out = Vec::new();
        answer.write(&mut out, &Labels::new(record), &how)?;
        Ok(out)
    }
}

/// The tree as rows, broader before narrower.
struct Lines<'a> {
    record: &'a Record<'a>,
    tree: &'a Tree<'a>,
    counts: BTreeMap<TermId, TopicCount>,
    rows: Vec<Vec<Option<Term>>>,
}

impl Lines<'_> {
    fn add(&mut self, id: TermId, above: Option<TermId>, (depth, deepest): (usize, usize), all: bool) {
        let count = self.counts.get(&id).cloned().unwrap_or_default();
        if depth > deepest || count.claims == 0 && !all {
            return;
        }
        let node = |id: TermId| Term::from(NamedNode::new_unchecked(self.record.quads().text(id)));
        let number = |number: usize| Some(Term::from(Literal::from(u64::try_from(number).unwrap_or(u64::MAX))));
        let label = ["· ".repeat(depth), self.record.label(id)].concat();
        self.rows.push(vec![
            Some(node(id)),
            Some(Literal::new_simple_literal(label).into()),
            above.map(node),
            number(count.claims),
            number(count.positions),
            number(count.documents),
            number(depth),
        ]);
        // The tests see to it that the tree has no circle; a loaded thesaurus may have one.
        if depth < 20 {
            for narrower in self.tree.under(id) {
                self.add(narrower, Some(id), (depth + 1, deepest), all);
            }
        }
    }
}
