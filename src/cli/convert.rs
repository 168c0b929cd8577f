//! `rapporteur convert`: RDF from one format into another, without a store.

use std::io::{BufWriter, Read, Write};
use std::path::PathBuf;

use clap::Args;
use rapporteur::export::{
    self, ExportError, Format, FormatScope, Prefixes, Quads, SortedLines, Source, SourceCounts, rdf, seam, view,
};
use rapporteur::lift::Base;
use rapporteur::lift::vocabulary::PREFIXES;
use rapporteur::model::text::counted;
use rapporteur::model::{Exit, Fault};
use rapporteur::store::foreign_format;

use super::input::Input;
use super::sink::Sink;
use super::{Outcome, output_file, report};

/// Convert RDF between formats, without a store
///
/// Formats are those of `rapporteur export formats`. N-Triples and N-Quads are written as their statements come, in little
/// memory however large the file is; the other formats are read whole, sorted and grouped. Drawings and graph files show
/// what claims tie together, in RDF that this program wrote.
#[derive(Args)]
pub struct Convert {
    /// RDF file: ttl, nt, nq, trig, jsonld, rdf, plain or under gzip; `-` is standard input
    #[arg(value_name = "FILE")]
    input: PathBuf,

    #[command(flatten)]
    sink: Sink,

    /// The format to write [default: by the output's ending, else Turtle]
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<String>,

    /// The format to read [default: by the file's ending]
    #[arg(long, value_name = "FORMAT")]
    from: Option<String>,

    /// What relative IRIs in the file are resolved against
    #[arg(long, value_name = "IRI")]
    base: Option<String>,

    /// Sort the lines of N-Triples and N-Quads and drop doubles, still in little memory
    #[arg(long)]
    sort: bool,
}

impl Convert {
    pub fn run(self) -> Outcome {
        self.sink.check()?;
        let to = self.format()?;
        let input = Input::new(&self.input);
        let name = input.name();
        let format = foreign_format(&name, self.from.as_deref())?;
        let reader = input.open(u64::MAX)?;
        let keep_labels = matches!(format.file_extension(), "nt" | "nq") && to.is_lines();
        let source = Source { name: &name, format, base: self.base.as_deref(), keep_labels };
        let told = match to.is_lines() {
            true => self.sink.save(|out| Ok(Some(stream(&source, reader, to, self.sort, out)?)))?,
            false => self.whole(&source, reader, to)?,
        };
        if let Some(told) = told {
            self.say(&told, to);
        }
        Ok(Exit::Done)
    }

    fn format(&self) -> Result<Format, ExportError> {
        match (&self.format, self.sink.file()) {
            (Some(name), _) => Format::from_name(name),
            (None, Some(path)) => Ok(Format::from_path(path)?.unwrap_or(Format::Turtle)),
            (None, None) => Ok(Format::Turtle),
        }
    }

    /// Reads all, then writes it with the prefixes of the file before ours. Nothing if the output was not wanted to its
    /// end, or if what was written is said already.
    fn whole(
        &self,
        source: &Source<'_>,
        reader: Box<dyn Read>,
        to: Format,
    ) -> Result<Option<SourceCounts>, Box<dyn Fault>> {
        let mut quads = Quads::default();
        let told = source.send(reader, &mut quads)?;
        if to.shape() != FormatScope::Triples {
            self.view(&quads, to)?;
            return Ok(None);
        }
        let prefixes = prefixes(self.base.as_deref(), &told, to);
        self.sink.save(|out| {
            rdf::write(&quads, to, &prefixes, out)?;
            Ok(Some(told))
        })
    }

    fn view(&self, quads: &Quads, to: Format) -> Result<(), Box<dyn Fault>> {
        let prefixes = Prefixes::new(Some(self.base.as_deref().unwrap_or(Base::SHARED)), PREFIXES.iter().copied());
        let usual = view::Options::default();
        let max_nodes = if to.shape() == FormatScope::Drawing { usual.max_nodes } else { usize::MAX };
        let options = view::Options { max_nodes, ..usual };
        let summary = if to.shape() == FormatScope::Folder {
            let folder = self.sink.file().ok_or(ExportError::Folder { format: to })?;
            let (files, summary) = export::write_folder(quads, to, &prefixes, &options)?;
            output_file::save_folder(folder, self.sink.force(), &files)?;
            summary
        } else {
            self.sink.save(|out| export::write(quads, to, &prefixes, &options, out))?
        };
        if !summary.is_empty() {
            report::note(format_args!("wrote {}{summary}", self.file().map(|file| file + ": ").unwrap_or_default()));
        }
        Ok(())
    }

    /// Says how much was read, and what the format has no place for.
    fn say(&self, told: &SourceCounts, to: Format) {
        let lost = match to.keeps_graphs() || told.graphs == 0 {
            true => String::new(),
            false => format!("; {to} has no graphs, so the names of {} are lost", counted(told.graphs, "graph")),
        };
        let file = self.file().map(|file| format!(" into {file}")).unwrap_or_default();
        report::note(format_args!("converted {}{file}{lost}", counted(told.quads, "statement")));
    }

    fn file(&self) -> Option<String> {
        self.sink.file().map(|path| path.display().to_string())
    }
}

/// Statements as lines, as they come or sorted.
fn stream(
    source: &Source<'_>,
    reader: Box<dyn Read>,
    to: Format,
    sort: bool,
    out: &mut dyn Write,
) -> Result<SourceCounts, ExportError> {
    if sort {
        let mut lines = SortedLines::new(to.keeps_graphs());
        let told = source.send(reader, &mut lines)?;
        lines.finish(out)?;
        return Ok(told);
    }
    let mut lines = rdf::Lines(BufWriter::with_capacity(1 << 16, out));
    let told = match to.keeps_graphs() {
        true => source.send(reader, &mut lines)?,
        false => source.send(reader, &mut seam::Union(&mut lines))?,
    };
    lines.0.flush()?;
    Ok(told)
}

/// The prefixes that the file declares, and ours where they take no name from it. RDF/XML and JSON-LD cannot have all
/// names: there only ours are used.
fn prefixes(base: Option<&str>, told: &SourceCounts, to: Format) -> Prefixes {
    let theirs: Vec<(&str, &str)> = match to {
        Format::Turtle | Format::TriG => told.prefixes.iter().map(|(name, iri)| (&**name, &**iri)).collect(),
        _ => Vec::new(),
    };
    let ours = PREFIXES.iter().copied().filter(|(name, _)| theirs.iter().all(|(taken, _)| taken != name));
    Prefixes::new(base, theirs.iter().copied().chain(ours.collect::<Vec<_>>()))
}
