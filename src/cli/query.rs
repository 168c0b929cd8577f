//! `rapporteur query`: a question to the store.

use std::io::Read;
use std::path::Path;
use std::time::Duration;

use clap::Args;
use rapporteur::desk::{Desk, Inquiry};
use rapporteur::export::{self, Prefixes, Quads};
use rapporteur::lift::Layer;
use rapporteur::lift::{Base, vocabulary};
use rapporteur::model::{Code, Exit, Fault};
use rapporteur::query::{
    self, Answer, AnswerFormat, Given, Header, Presentation, Question, Services, looks_like_sparql,
};
use rapporteur::record::{Labels, Show};
use rapporteur::store::Store;

use super::library_option::{self, LibraryOption};
use super::limit_option::LimitOption;
use super::sink::Sink;
use super::store_option::StoreOption;
use super::trouble::Trouble;
use super::{Outcome, report};

/// Ask the store: a bundled question, your own query file, or SPARQL text
#[derive(Args, Default)]
#[command(after_help = "\
Examples:
  rapporteur query positions -p actor=Iran -p topic=\"Expert Group\"
  rapporteur query quantities -f csv > numbers.csv
  rapporteur query my.rq -o answer.json
  rapporteur query 'SELECT ?r { ?r a rap:Resolution }' --labels")]
pub struct Query {
    /// A bundled query's name (see `queries`), a .rq file, `-` for standard input, or SPARQL text
    #[arg(value_name = "NAME|FILE|-|TEXT", required_unless_present = "text")]
    question: Option<String>,

    /// The same, for fingers used to -q
    #[arg(short = 'q', long = "query", value_name = "NAME|FILE|-|TEXT", conflicts_with = "question")]
    text: Option<String>,

    /// A parameter: actor=Iran, topic="Expert Group"; a label, code, key or <IRI> names a thing
    #[arg(short, long = "param", value_name = "NAME=VALUE")]
    params: Vec<String>,

    /// Its parameters, as with -p: actor=Iran
    #[arg(value_name = "NAME=VALUE", conflicts_with = "text")]
    pairs: Vec<String>,

    /// table, csv, tsv, json, xml, markdown; for graphs ttl, trig, nt, nq, jsonld, rdf
    /// [default: by the output file, else a table on a terminal and CSV in a pipe]
    #[arg(short, long, value_name = "FORMAT", aliases = ["results", "results-format"])]
    format: Option<String>,

    #[command(flatten)]
    sink: Sink,

    /// Write at most this many rows
    #[arg(short = 'n', long, value_name = "ROWS")]
    limit: Option<usize>,

    /// How things are shown: name, id, iri or label [default: name in tables, else iri]
    #[arg(long, value_name = "HOW", value_parser = show)]
    show: Option<Show>,

    /// Add a column …Label beside each column of IRIs
    #[arg(long)]
    labels: bool,

    /// Leave out claims that are less sure than this [default: what the question says, 0.6 for most that ship]
    #[arg(long, value_name = "0..1", value_parser = share)]
    min_confidence: Option<f64>,

    /// Answer also from what is not sure enough to be claimed and waits for a reader
    #[arg(long)]
    to_review: bool,

    /// Write CSV or TSV for Excel and its kin: with a byte order mark, names instead of addresses, and no cell that would be
    /// taken for a formula
    #[arg(long)]
    excel: bool,

    /// A prefix for this query, besides the known ones: un=https://…
    #[arg(long, value_name = "PREFIX=IRI")]
    prefix: Vec<String>,

    /// Let SERVICE ask this machine, as in query.wikidata.org or localhost:3030; may be given again. No other is ever asked
    #[arg(long, value_name = "HOST[:PORT]")]
    allow_service: Vec<String>,

    /// How long SERVICE waits for an answer
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    service_timeout: u64,

    /// The proxy through which SERVICE asks: http://HOST:PORT. What the environment says of proxies is not heeded
    #[arg(long, value_name = "ADDRESS")]
    service_proxy: Option<String>,

    #[command(flatten)]
    limits: LimitOption,

    /// End with exit code 1 if nothing is found
    #[arg(long)]
    fail_empty: bool,

    /// Print the query as it would be asked, and what it would read, instead of the answer
    #[arg(long)]
    explain: bool,

    #[command(flatten)]
    library: LibraryOption,

    #[command(flatten)]
    store: StoreOption,
}

/// The longest that a question takes, unless the user says otherwise.
const LONGEST: Duration = Duration::from_secs(60);

/// Documents that are named where a topic has no rows.
const MENTIONED: usize = 5;

/// A question's text with its name and header.
struct Source {
    name: String,
    text: String,
    header: Header,
    /// Ours or the user's by name: it declares its prefixes, and a remark on them would only be noise.
    named: bool,
}

impl Query {
    pub fn run(self) -> Outcome {
        self.sink.check()?;
        let source = self.source()?;
        let given: Vec<Given> = self.parameters().map(|pair| pair.parse()).collect::<Result<_, query::Error>>()?;
        let mut services = Services::named(&self.allow_service)?.lasting(Duration::from_secs(self.service_timeout));
        if let Some(proxy) = &self.service_proxy {
            services = services.through(proxy)?;
        }
        let desk = Desk::open(&self.store.directory());
        let base = desk.as_ref().map_or(Base::SHARED, |desk| desk.directory().base().as_str()).to_owned();
        let prefixes: Vec<(&str, &str)> = self.prefix.iter().map(|pair| prefix(pair)).collect::<Result<_, _>>()?;
        let mut question = query::parse_with(&source.name, &source.text, &base, &prefixes, &services)?;
        if !source.named && !question.added_prefixes().is_empty() {
            report::note(format!("note: added PREFIX {}:", question.added_prefixes().join(":, ")));
        }
        let mut desk = desk?;
        let format = self.format(&question)?;
        let is_named = !self.explain && self.wants_names(format);
        // Who asks other machines waits for them too.
        let waits = Duration::from_secs(self.service_timeout).saturating_mul(question.services().len() as u32);
        question.limit(self.limits.limits(LONGEST + waits));
        if self.to_review {
            question.widen(Layer::Doubtful);
        }
        let inquiry = desk.inquire(&mut question, (&source.name, &source.header), &given, is_named)?;
        say(&inquiry);
        if self.explain {
            return self.sink.write(explain(&question, &source.text, &inquiry.store).as_bytes());
        }
        let least = self.least(&source.header);
        let (mut answer, unsure) = desk.answer(&question, &inquiry, least)?;
        if source.named && self.wants_names(format) {
            desk.fold(&mut answer, &inquiry);
        }
        services
            .failures()
            .iter()
            .for_each(|failure| report::note(format!("warning: passed over (SILENT): {failure}")));
        self.write(&answer, &inquiry, &source, format)?;
        if let Some(least) = least.filter(|_| unsure > 0 && self.min_confidence.is_none()) {
            report::note(format!("note: {}", query::passed_over(unsure, least, "--min-confidence 0")));
        }
        self.end(&answer, &desk, &inquiry, &source)
    }

    /// How sure a claim must be: what the user says, else what the question says, unless doubtful claims are asked for.
    fn least(&self, header: &Header) -> Option<f64> {
        self.min_confidence.or(header.least.filter(|_| !self.to_review))
    }

    /// A question as one of another subcommand's options.
    pub fn of(question: &str, params: &[String], library: &LibraryOption, store: &StoreOption) -> Self {
        Self {
            question: Some(question.to_owned()),
            params: params.to_vec(),
            library: library.clone(),
            store: store.clone(),
            ..Self::default()
        }
    }

    /// Only the answer.
    pub fn answer(&self) -> Result<Answer, Box<dyn Fault>> {
        let source = self.source()?;
        let given: Vec<Given> = self.parameters().map(|pair| pair.parse()).collect::<Result<_, query::Error>>()?;
        let mut desk = Desk::open(&self.store.directory())?;
        let mut question = query::parse(&source.name, &source.text, desk.directory().base().as_str(), &[])?;
        let inquiry = desk.inquire(&mut question, (&source.name, &source.header), &given, false)?;
        say(&inquiry);
        Ok(desk.answer(&question, &inquiry, self.least(&source.header))?.0)
    }

    /// Whether the answer will show things by their names.
    fn wants_names(&self, format: Option<AnswerFormat>) -> bool {
        let shown = matches!(self.show, Some(Show::Name | Show::Label | Show::Id));
        self.labels || self.excel || shown || matches!(format, Some(AnswerFormat::Table | AnswerFormat::Markdown))
    }

    /// The text meant by the one argument.
    fn source(&self) -> Result<Source, Box<dyn Fault>> {
        let asked = self.question.as_ref().or(self.text.as_ref()).map_or("", String::as_str);
        let unknown = match self.library.open()?.get(asked) {
            Ok(entry) => {
                let (name, text) = (entry.name.clone(), entry.text.clone().into_owned());
                return Ok(Source { header: entry.header()?, name, text, named: true });
            }
            Err(unknown) => unknown,
        };
        let (name, text) = if asked == "-" {
            ("standard input".to_owned(), standard_input()?)
        } else if looks_like_sparql(asked) || asked.contains(['{', '\n']) {
            ("query".to_owned(), asked.to_owned())
        } else if Path::new(asked).is_file() {
            (asked.to_owned(), library_option::read(Path::new(asked))?)
        } else {
            return Err(unknown.into());
        };
        Ok(Source { header: Header::read(&name, &text)?, name, text, named: false })
    }

    /// The format: asked for, else by the file's ending, else by who reads it. `Ok(None)` is an RDF format.
    fn format(&self, question: &Question) -> Result<Option<AnswerFormat>, Box<dyn Fault>> {
        if question.is_graph() {
            return Ok(None);
        }
        let ending = || self.sink.file().and_then(|path| AnswerFormat::from_file_name(&path.to_string_lossy()));
        let usual = || if self.sink.is_terminal() && !self.excel { "table" } else { "csv" };
        let format = match &self.format {
            Some(name) => AnswerFormat::from_name(name)?,
            None => ending().map_or_else(|| AnswerFormat::from_name(usual()), Ok)?,
        };
        match format.name() {
            name if self.excel && !["csv", "tsv"].contains(&name) => {
                let said = format!("--excel is for CSV and TSV, and this is {name}");
                Err(Trouble::new(Code::NOT_FOR_EXCEL, said).into())
            }
            _ => Ok(Some(format)),
        }
    }

    fn write(&self, answer: &Answer, inquiry: &Inquiry, source: &Source, format: Option<AnswerFormat>) -> Outcome {
        let mut out = Vec::new();
        let base = inquiry.store.base().as_str();
        if let (Answer::Graph(triples), None) = (answer, format) {
            let mut quads = Quads::default();
            triples.iter().for_each(|triple| quads.insert(triple.as_ref().in_graph(rapporteur::query::DEFAULT_GRAPH)));
            let prefixes = Prefixes::new(Some(base), vocabulary::PREFIXES.iter().copied());
            export::rdf::write(&quads, self.graph_format()?, &prefixes, &mut out)?;
            return self.sink.write(&out);
        }
        let format = format.unwrap_or(AnswerFormat::Table);
        if answer.is_empty() && format == AnswerFormat::Table && matches!(answer, Answer::Rows(_)) {
            return Ok(Exit::Done);
        }
        let how = Presentation {
            format,
            show: self.show,
            labels: self.labels,
            width: self.sink.width(),
            limit: self.limit,
            columns: &source.header.columns,
        };
        let labels = Labels::new(&inquiry.record);
        if let (Answer::Rows(rows), true) = (answer, self.excel) {
            rows.write_for_excel(&mut out, &labels, &how)?;
            return self.sink.write(&out);
        }
        answer.write(&mut out, &labels, &how)?;
        if format == AnswerFormat::Table { self.sink.show(&out) } else { self.sink.write(&out) }
    }

    fn graph_format(&self) -> Result<export::Format, Box<dyn Fault>> {
        let ending = || self.sink.file().map_or(Ok(None), export::Format::from_path);
        Ok(match &self.format {
            Some(name) => export::Format::from_name(name)?,
            None => ending()?.unwrap_or(export::Format::Turtle),
        })
    }

    /// The parameters, wherever they stood.
    fn parameters(&self) -> impl Iterator<Item = &String> {
        self.params.iter().chain(&self.pairs)
    }

    /// What to end with; an empty answer is said in words, with what can hardly be meant in the user's own question.
    fn end(&self, answer: &Answer, desk: &Desk, inquiry: &Inquiry, source: &Source) -> Outcome {
        if !answer.is_empty() {
            return Ok(Exit::Done);
        }
        if let Answer::Rows(_) = answer {
            let documents = match desk.directory().documents().len() {
                1 => "1 document".to_owned(),
                count => format!("{count} documents"),
            };
            let params = match self.parameters().map(String::as_str).collect::<Vec<_>>().as_slice() {
                [] => String::new(),
                given => format!(" for {}", given.join(", ")),
            };
            let about = &source.header.summary;
            let asked = if about.is_empty() { String::new() } else { format!(" ({})", lower_first(about)) };
            report::note(format!("no rows: nothing in {documents}{params}{asked}"));
            if let Some(topic) = &inquiry.topic {
                report::note(format!("  {}", mentioned(&topic.label, &desk.mentions(&inquiry.record, topic))));
            }
            if !source.named {
                query::strange(&source.text).iter().for_each(|line| report::note(format!("  {line}")));
            }
        }
        Ok(if self.fail_empty { Exit::Failed } else { Exit::Done })
    }
}

/// Which things names were taken for, and what of the store is damaged.
fn say(inquiry: &Inquiry) {
    inquiry.remarks.iter().for_each(|remark| report::note(format!("note: {remark}")));
    report::left_out(inquiry.store.damages());
    report::left_out(&inquiry.damages);
}

/// Where the words of a topic stand, as answers have nothing on it: `the words stand in 3 documents: a (12), b (2)`.
fn mentioned(label: &str, texts: &[(String, usize)]) -> String {
    let named: Vec<String> = texts.iter().take(MENTIONED).map(|(text, times)| format!("{text} ({times})")).collect();
    let more = if texts.len() > MENTIONED { ", …" } else { "" };
    match texts.len() {
        0 => format!("the words of “{label}” stand in no document"),
        1 => format!("the words of “{label}” stand in 1 document: {}", named.join(", ")),
        many => format!("the words of “{label}” stand in {many} documents: {}{more}", named.join(", ")),
    }
}

/// A headline within a sentence.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}

/// How things are shown, by its name.
pub fn show(name: &str) -> Result<Show, String> {
    Show::from_name(name).ok_or_else(|| "it is one of name, id, iri, label".to_owned())
}

fn share(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|share| (0.0..=1.0).contains(share)).ok_or_else(|| "it is a number from 0 to 1".to_owned())
}

/// `p=iri` or `p: iri`.
fn prefix(pair: &str) -> Result<(&str, &str), query::Error> {
    let parts = pair.split_once('=').or_else(|| pair.split_once(": "));
    let (name, iri) = parts.ok_or_else(|| query::Error::NotAPair { given: pair.to_owned() })?;
    Ok((name.trim().trim_end_matches(':'), iri.trim().trim_start_matches('<').trim_end_matches('>')))
}

fn standard_input() -> Result<String, Box<dyn Fault>> {
    let mut text = String::new();
    match std::io::stdin().read_to_string(&mut text) {
        Ok(_) => Ok(text),
        Err(_) => Err(query::Error::NotText { name: "standard input".to_owned() }.into()),
    }
}

/// The query with what its parameters stand for, and what it reads.
fn explain(question: &Question, text: &str, store: &Store) -> String {
    let bound: String = question.bound().iter().map(|(name, term)| format!("# ?{name} = {term}\n")).collect();
    let layers: Vec<&str> = question.layers().iter().map(|layer| layer.name()).collect();
    let graphs = if question.names_graphs() { "one by one" } else { "as one" };
    let asked = question.services().iter().map(|address| format!("# asks {}\n", address.as_deref().unwrap_or("?")));
    let asked: String = asked.collect();
    let reads = layers.join(", ");
    format!("# reads {reads}: {} quads, graphs {graphs}\n{asked}{bound}{}\n", store.len(), text.trim_end())
}
