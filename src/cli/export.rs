//! `rapporteur export`: the graph as a file for other programs, or as a picture.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use rapporteur::desk::Desk;
use rapporteur::export::describe::{About, package};
use rapporteur::export::graph::tables::File;
use rapporteur::export::{self, Edges, Evidence, ExportError, Format, FormatScope, Prefixes, Selection, answers, view};
use rapporteur::lift::Layer;
use rapporteur::lift::vocabulary::{PREFIXES, relations as declared};
use rapporteur::model::{Code, Exit, Fault, Kind};
use rapporteur::store::{Directory, Store, View};

use super::choice::Choice;
use super::describing::{self, Describing};
use super::library_option::LibraryOption;
use super::store_option::StoreOption;
use super::trouble::Trouble;
use super::{Outcome, output_file, report, sink};

/// Write the graph as RDF, as a graph file (GEXF, GraphML, …) or as a drawing
///
/// The format is that of --format, else of the file's name, else Turtle. A file whose name ends in .gz is compressed.
/// RDF has all statements of the chosen graphs, sorted, the same bytes each time; a picture has the things that claims
/// tie together, and says what it leaves out.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Export {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    store: StoreOption,

    /// Name, file extension or media type; `rapporteur export formats` lists them
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<String>,

    /// File to write; `-` is standard output [default: -]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Replace the file if it exists
    #[arg(long)]
    force: bool,

    /// Graphs to take: a document's file name, doc/…, links, catalogue, ontology, runs, all, or an IRI; repeatable
    /// [default: what documents say, and links]
    #[arg(long, value_name = "GRAPH")]
    graph: Vec<String>,

    /// How much of the proof goes along [default: full in a page, else short]
    #[arg(long, value_enum, value_name = "HOW_MUCH")]
    evidence: Option<Proof>,

    /// Which plain triples go along beside the claims
    #[arg(long, value_enum, default_value_t, value_name = "WHOSE")]
    edges: Whose,

    /// The version of RDF: 1.2 adds that each claim reifies its direct edge (Turtle, TriG, N-Triples, N-Quads)
    #[arg(long, value_enum, default_value_t, value_name = "VERSION")]
    rdf: Version,

    #[command(flatten)]
    describing: Describing,

    /// Write the tables of -f csv for Excel and its kin: with a byte order mark, and no cell taken for a formula
    #[arg(long)]
    excel: bool,

    #[command(flatten, next_help_heading = "Pictures and graph files")]
    picture: Picture,

    #[command(flatten, next_help_heading = "Pictures and graph files")]
    choice: Choice,
}

/// What a picture shows.
#[derive(Args)]
struct Picture {
    /// Show what is near this: a label, a key such as state/irn, or an IRI
    #[arg(long, value_name = "NAME")]
    focus: Option<String>,

    /// How far from the focus, in edges [default: 1]
    #[arg(long, value_name = "N")]
    hops: Option<usize>,

    /// No more nodes than this; those with most claims stay [default: 60 in drawings, else all]
    #[arg(long, value_name = "N")]
    max_nodes: Option<usize>,

    /// No claims below this confidence, 0 to 1
    #[arg(long, value_name = "C", value_parser = confidence)]
    min_confidence: Option<f64>,

    /// Kinds of things to show, such as State; repeatable [default: all but dates, quantities and money]
    #[arg(long, value_name = "KIND", value_parser = kind)]
    kind: Vec<Kind>,

    /// Relations to show, such as cooperatesWith, or `positions` for all stances; repeatable [default: all but those of
    /// documents and meetings]
    #[arg(long, value_name = "RELATION")]
    relation: Vec<String>,

    /// Draw SVG and PNG on a dark page [default: SVG as the reader's screen is, PNG light]
    #[arg(long)]
    dark: bool,

    /// Dots a point in PNG, 0.1 to 8 [default: 2]
    #[arg(long, value_name = "N", value_parser = scale)]
    scale: Option<f64>,
}

#[derive(Subcommand)]
enum Command {
    /// List the formats
    Formats,
}

/// How much of the proof goes along.
#[derive(Clone, Copy, ValueEnum)]
enum Proof {
    /// Passages as W3C Web Annotations, with what stands around each quote; in a page, the texts themselves
    Full,
    /// Each claim with its passage and quote
    Short,
    /// No passages and no quotes
    None,
}

/// Whose claims are plain triples too.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Whose {
    /// Nobody's: claims alone, each with its sayer
    None,
    /// What one says of oneself, and what a document is the authority for
    #[default]
    Own,
    /// Whatever anybody says to be so
    All,
}

/// The version of RDF that is written.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Version {
    #[default]
    #[value(name = "1.1")]
    OneOne,
    #[value(name = "1.2")]
    OneTwo,
}

impl Export {
    pub fn run(self) -> Outcome {
        match self.command {
            Some(Command::Formats) => formats(),
            None => self.export(),
        }
    }

    fn export(self) -> Outcome {
        let file = self.output.as_deref().filter(|path| *path != Path::new("-"));
        let format = self.format(file)?;
        self.check(format)?;
        if format == Format::Png && file.is_none() && io::stdout().is_terminal() {
            return Err(ExportError::Screen { format }.into());
        }
        let licence = self.describing.licence()?;
        let place = self.describing.place(format, file, self.force)?;
        let mut desk = Desk::open(&self.store.directory())?;
        let is_plain = self.rdf == Version::OneOne && place.is_none();
        if format.is_lines() && is_plain && self.edges == Whose::Own && !matches!(self.evidence, Some(Proof::Full)) {
            return self.stream(desk.directory(), format, file, &desk.selection(&self.graph));
        }
        let prefixes = Prefixes::new(Some(desk.directory().base().as_str()), PREFIXES.iter().copied());
        let mut options =
            view::Options { licence, created: self.describing.created.clone(), ..self.picture.options(format) };
        self.choice.tell(&mut options, &self.store)?;
        let graphs = desk.graphs(&desk.selection(&self.graph), self.evidence(format), format)?;
        let mut quads = graphs.quads;
        self.edges.whose().apply(&mut quads);
        export::prefer_one(&mut quads, desk.directory().base());
        report::left_out(&graphs.damages);
        options.background = graphs.background;
        let about = |summary: &str| self.describing.about(&quads, &options.background, format, file, summary);
        let summary = if matches!(format.shape(), FormatScope::Folder | FormatScope::Answers) {
            let folder = file.ok_or(ExportError::Folder { format })?;
            let (mut files, summary) = match format.shape() {
                FormatScope::Answers => self.answers(&mut desk, &about("")?)?,
                _ => export::write_folder(&quads, format, &prefixes, &options)?,
            };
            package::enrich(&mut files, &about(&summary)?).map_err(ExportError::from)?;
            output_file::save_folder(folder, self.force, &files)?;
            report::note(format_args!("wrote {}: {} files, {summary}", folder.display(), files.len()));
            summary
        } else if self.rdf == Version::OneTwo {
            self.save(file, |out| {
                let statements = export::rdf::reifiers::write(&quads, format, &prefixes, out)?;
                Ok(format!("{statements} statements of RDF 1.2"))
            })?
        } else {
            let has_texts = matches!(self.evidence, None | Some(Proof::Full));
            self.save(file, |out| match format {
                Format::Html if has_texts => {
                    export::write_page(&quads, &prefixes, &options, |digits| desk.text(digits), out)
                }
                _ => export::write(&quads, format, &prefixes, &options, out),
            })?
        };
        if let Some(place) = place {
            describing::write(&place, self.force, &quads, &options.background, &about(&summary)?, &prefixes)?;
            report::note(format_args!("wrote {}: what is in it", place.display()));
        }
        Ok(Exit::Done)
    }

    /// The answers of the bundled questions as tables, and how many rows there are.
    fn answers(&self, desk: &mut Desk, about: &About) -> Result<(Vec<File>, String), Box<dyn Fault>> {
        let store = Store::open(desk.directory().path(), &Layer::STANDING, View::Asked)?;
        let (record, damages) = desk.record(&Layer::STANDING)?;
        report::left_out(&damages);
        let sentences = desk.sentences();
        let sentence = |place: &str| sentences.at(place);
        let files = answers::files(&store, &record, &LibraryOption::default().open()?, about, self.excel, &sentence)?;
        let tables = files.iter().filter(|(name, _)| name.ends_with(".csv")).count();
        Ok((files, format!("{tables} tables")))
    }

    /// Says so if an option has no meaning for a format.
    fn check(&self, format: Format) -> Result<(), Box<dyn Fault>> {
        self.picture.check(format, &self.choice)?;
        let has_one_two = matches!(format, Format::Turtle | Format::TriG | Format::NTriples | Format::NQuads);
        if self.rdf == Version::OneTwo && !has_one_two {
            return Err(ExportError::NotOneTwo { format }.into());
        }
        let is_answers = format.shape() == FormatScope::Answers;
        let meaningless = [
            ("--excel", self.excel && !is_answers, "for the tables of -f csv"),
            ("--edges", self.edges != Whose::Own && format.shape() != FormatScope::Triples, "for RDF"),
            ("--graph", !self.graph.is_empty() && is_answers, "for graphs, and tables answer for the whole store"),
            (
                "--evidence",
                matches!(self.evidence, Some(Proof::Full)) && is_answers,
                "for graphs, and tables quote in short",
            ),
        ];
        match meaningless.into_iter().find(|(_, given, _)| *given) {
            Some((option, _, what)) => {
                Err(Trouble::new(Code::OPTION_MEANINGLESS, format!("{option} is {what}")).into())
            }
            None => Ok(()),
        }
    }

    /// Lines are written without holding the graph.
    fn stream(&self, directory: &Directory, format: Format, file: Option<&Path>, selection: &Selection) -> Outcome {
        let mut directory = directory.clone();
        self.save(file, |out| {
            let (summary, damages) = export::stream(&mut directory, selection, self.evidence(format), format, out)?;
            report::left_out(&damages);
            Ok(summary)
        })?;
        Ok(Exit::Done)
    }

    /// Writes to the file or to standard output, and says what was written.
    fn save(
        &self,
        file: Option<&Path>,
        write: impl FnOnce(&mut dyn Write) -> Result<String, ExportError>,
    ) -> Result<String, Box<dyn Fault>> {
        let summary = match file {
            Some(path) => {
                let summary = output_file::save(path, self.force, write)?;
                report::note(format_args!("wrote {}: {summary}", path.display()));
                summary
            }
            None => {
                let summary = sink::to_output(write)?;
                if !summary.is_empty() {
                    report::note(format_args!("wrote {summary}"));
                }
                summary
            }
        };
        Ok(summary)
    }

    /// The flag, else the file's name, else Turtle.
    fn format(&self, file: Option<&Path>) -> Result<Format, ExportError> {
        match (&self.format, file) {
            (Some(name), _) => Format::from_name(name),
            (None, Some(path)) => Ok(Format::from_path(path)?.unwrap_or(Format::Turtle)),
            (None, None) => Ok(Format::Turtle),
        }
    }

    /// A drawing has no annotations: a page has the texts themselves in their place.
    fn evidence(&self, format: Format) -> Evidence {
        match self.evidence.map(Proof::quantity) {
            Some(Evidence::Full) if format == Format::Html => Evidence::Short,
            evidence => evidence.unwrap_or_default(),
        }
    }
}

impl Picture {
    /// Says so if an option has no meaning for a format.
    fn check(&self, format: Format, choice: &Choice) -> Result<(), Trouble> {
        let given = [
            ("--focus", self.focus.is_some()),
            ("--hops", self.hops.is_some()),
            ("--max-nodes", self.max_nodes.is_some()),
            ("--min-confidence", self.min_confidence.is_some()),
            ("--kind", !self.kind.is_empty()),
            ("--relation", !self.relation.is_empty()),
            ("--dark", self.dark),
            ("--scale", self.scale.is_some()),
        ];
        match given.into_iter().chain(choice.given()).find(|(_, given)| *given && !format.is_picture()) {
            Some((option, _)) => {
                let said = format!("{option} is for drawings and graph files, and {format} is neither");
                let hint = "say --format dot, gexf, graphml …; rapporteur export formats lists them";
                Err(Trouble::new(Code::OPTION_MEANINGLESS, said).try_this(hint))
            }
            None => Ok(()),
        }
    }

    /// Drawings are kept small for the eye; programs get all.
    fn options(&self, format: Format) -> view::Options {
        let usual = view::Options::default();
        let most = if format.shape() == FormatScope::Drawing { usual.max_nodes } else { usize::MAX };
        view::Options {
            focus: self.focus.clone(),
            hops: self.hops.unwrap_or(usual.hops),
            max_nodes: self.max_nodes.unwrap_or(most),
            min_confidence: self.min_confidence.unwrap_or(usual.min_confidence),
            kinds: if self.kind.is_empty() { usual.kinds } else { self.kind.clone() },
            relations: self.relation.iter().flat_map(|name| relations(name)).collect(),
            dark: self.dark.then_some(true),
            scale: self.scale.or(usual.scale),
            ..usual
        }
    }
}

impl Whose {
    const fn whose(self) -> Edges {
        match self {
            Self::None => Edges::None,
            Self::Own => Edges::Own,
            Self::All => Edges::All,
        }
    }
}

impl Proof {
    const fn quantity(self) -> Evidence {
        match self {
            Self::Full => Evidence::Full,
            Self::Short => Evidence::Short,
            Self::None => Evidence::None,
        }
    }
}

fn formats() -> Outcome {
    report::print(|out| {
        writeln!(out, "{:<8} {:<14} {:<13} {:<34} GOOD FOR", "NAME", "FORMAT", "EXTENSIONS", "MEDIA TYPE")?;
        for format in Format::ALL {
            let extensions = format.extensions().iter().map(|extension| format!(".{extension}")).collect::<Vec<_>>();
            writeln!(
                out,
                "{:<8} {:<14} {:<13} {:<34} {}",
                format.name(),
                format.title(),
                extensions.join(" "),
                format.media_type(),
                format.good_for()
            )?;
        }
        Ok(())
    })
}

/// The relations that a word stands for.
fn relations(name: &str) -> Vec<String> {
    match name {
        "positions" => declared().positions().map(|relation| relation.name().to_owned()).collect(),
        one => vec![one.to_owned()],
    }
}

/// A confidence as typed.
pub fn confidence(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if (0.0..=1.0).contains(&number) => Ok(number),
        _ => Err("a confidence is a number from 0 to 1".into()),
    }
}

fn scale(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(number) if (0.1..=8.0).contains(&number) => Ok(number),
        _ => Err("a scale is a number from 0.1 to 8".into()),
    }
}

fn kind(text: &str) -> Result<Kind, String> {
    let found = Kind::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(text));
    found.ok_or_else(|| format!("the kinds are {}", Kind::ALL.map(Kind::name).join(", ")))
}
