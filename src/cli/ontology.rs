//! `rapporteur ontology`: the vocabulary of the graph, as a page for people or as RDF.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use rapporteur::export::{self, Format, FormatScope, Prefixes, Quads, view};
use rapporteur::lift::vocabulary::{ONTOLOGY_TURTLE, PREFIXES};
use rapporteur::lift::{Base, ontology};
use rapporteur::model::{Code, Exit};

use super::trouble::Trouble;
use super::{Outcome, output_file, report, sink};

/// Write the vocabulary of the graph: a page with every term (.html), or RDF (.ttl, .rdf, .jsonld, .nt)
#[derive(Args)]
#[command(
    after_help = "Examples: rapporteur ontology > rapporteur.ttl\n          rapporteur ontology -o ontology.html"
)]
pub struct Ontology {
    /// Name or file extension of the format [default: by the file's ending, else ttl]
    #[arg(short, long, value_name = "FORMAT")]
    format: Option<String>,

    /// File to write; `-` is standard output [default: -]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Replace the file if it exists
    #[arg(long)]
    force: bool,
}

impl Ontology {
    pub fn run(self) -> Outcome {
        let file = self.output.as_deref().filter(|path| *path != Path::new("-"));
        let format = match (&self.format, file) {
            (Some(name), _) => Format::from_name(name)?,
            (None, Some(path)) => Format::from_path(path)?.unwrap_or(Format::Turtle),
            (None, None) => Format::Turtle,
        };
        if format != Format::Html && format.shape() != FormatScope::Triples {
            let why = format!("the vocabulary is no {format}");
            return Err(Trouble::new(Code::OPTION_MEANINGLESS, why)
                .try_this("say html, ttl, rdf, jsonld or nt")
                .into());
        }
        let write = |mut out: &mut dyn Write| {
            match format {
                Format::Html => export::ontology::write(&mut out)?,
                // As it is kept, with its comments.
                Format::Turtle => out.write_all(ONTOLOGY_TURTLE.as_bytes())?,
                _ => {
                    let graph = ontology(&Base::default());
                    let quads: Quads = graph.quads().collect();
                    let prefixes = Prefixes::new(None, PREFIXES.iter().copied());
                    return export::write(&quads, format, &prefixes, &view::Options::default(), out);
                }
            }
            Ok(String::new())
        };
        match file {
            Some(path) => {
                output_file::save(path, self.force, write)?;
                report::note(format_args!("wrote {}", path.display()));
            }
            None => drop(sink::to_output(write)?),
        }
        Ok(Exit::Done)
    }
}
