//! `rapporteur load`: RDF that one already has into the store.

use std::path::PathBuf;

use clap::Args;
use rapporteur::desk;
use rapporteur::lift::Base;
use rapporteur::model::text::counted;
use rapporteur::model::{Code, Exit, Fault};
use rapporteur::seeds::Catalogue;
use rapporteur::store::{Added, Foreign, Writer, foreign, foreign_format};

use super::input::{self, Input};
use super::store_option::StoreOption;
use super::trouble::Trouble;
use super::{Outcome, clock, report};

/// Load RDF that you already have: Turtle, N-Triples, N-Quads, TriG, JSON-LD, RDF/XML
#[derive(Args)]
pub struct Load {
    /// RDF files, plain or .gz; `-` is standard input. A file loaded again replaces what it gave before
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    store: StoreOption,

    /// The format: ttl, nt, nq, trig, jsonld, rdf [default: by the file's ending]
    #[arg(short, long, value_name = "NAME")]
    format: Option<String>,

    /// The graph for triples that are in none [default: the graph of no name]
    #[arg(long, value_name = "IRI")]
    graph: Option<String>,

    /// Where the IRIs of a new store start
    #[arg(long, value_name = "IRI")]
    base: Option<String>,

    /// The most bytes that a file may have, unpacked
    #[arg(long, value_name = "BYTES", default_value_t = 1 << 30)]
    max_bytes: u64,

    /// Say what would be loaded; change nothing
    #[arg(long)]
    dry_run: bool,
}

impl Load {
    pub fn run(self) -> Outcome {
        let inputs = input::expand(&self.files, |ending| foreign_format(&format!(".{ending}"), None).is_ok())?;
        let base = self.base.as_deref().map(Base::new).transpose()?;
        let mut writer = match self.dry_run {
            true => None,
            // With what ships beside it, so that the store can be asked, shown and checked as any other.
            false => {
                let known = Catalogue::embedded();
                Some(desk::writer(&self.store.directory(), base.as_ref(), clock::holder("load"), known)?)
            }
        };
        let base = writer.as_ref().map_or(base.unwrap_or_default(), |writer| writer.base().clone());
        let (mut failed, mut exit) = (0, Exit::Done);
        for input in &inputs {
            match self.read(input, &base) {
                Ok(read) => {
                    let added = writer.as_mut().map(|writer| writer.load(&input.name(), &read)).transpose()?;
                    report::note(summary(&input.name(), &read, added));
                }
                Err(fault) => {
                    failed += 1;
                    exit = report::fault(&*fault);
                }
            }
        }
        writer.as_mut().map_or(Ok(()), Writer::commit)?;
        Ok(if failed > 0 && failed < inputs.len() { Exit::Partly } else { exit })
    }

    fn read(&self, input: &Input, base: &Base) -> Result<Foreign, Box<dyn Fault>> {
        let name = input.name();
        let format = foreign_format(&name, self.format.as_deref())?;
        let graph = self.graph.as_deref().map(named).transpose()?;
        Ok(foreign(&name, input.open(self.max_bytes)?, format, graph.as_ref(), base)?)
    }
}

fn summary(name: &str, read: &Foreign, added: Option<Added>) -> String {
    let mut text = format!("{name}   {}", counted(read.len(), "quad"));
    if read.named() > 0 {
        text += &format!(", {} given names", counted(read.named(), "blank node"));
    }
    text + match added {
        Some(Added::Same) => "; already stored, unchanged",
        Some(Added::Replaced) => "; replaces what was loaded under this name",
        Some(Added::New) => "",
        None => "; nothing was stored (--dry-run)",
    }
}

fn named(iri: &str) -> Result<oxrdf::NamedNode, Trouble> {
    oxrdf::NamedNode::new(iri).map_err(|_| Trouble::new(Code::NOT_A_GRAPH, format!("“{iri}” is no IRI for a graph")))
}
