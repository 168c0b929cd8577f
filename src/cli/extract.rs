//! `rapporteur extract`: from texts to what they say, without a store.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use rapporteur::lift::{self, Base};
use rapporteur::model::{Exit, Extraction, Fault};
use rapporteur::pipeline::Pipeline;
use rapporteur::read;

use super::{Outcome, report};

/// Read texts and print what they name and claim; nothing is stored
#[derive(Args)]
pub struct Extract {
    /// Texts to read; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// What to print
    #[arg(short, long, value_enum, default_value_t)]
    format: Format,

    /// The texts' encoding, if they are not UTF-8 (windows-1252, utf-16le, …)
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,

    /// The most bytes that a text may have
    #[arg(long, value_name = "BYTES", default_value_t = read::Options::default().limit)]
    max_bytes: usize,

    /// Where your IRIs begin
    #[arg(long, value_name = "IRI")]
    base: Option<String>,
}

/// What `extract` prints.
#[derive(Clone, Copy, Default, ValueEnum)]
enum Format {
    /// JSON Lines: one object a line for document, mentions, entities, claims
    #[default]
    Jsonl,
}

impl Extract {
    pub fn run(self) -> Outcome {
        let options =
            read::Options { encoding: self.encoding.clone(), limit: self.max_bytes, ..read::Options::default() };
        let mut exit = Exit::Done;
        for path in &self.files {
            let extraction = read_file(path, &options)?;
            exit = self.print(&extraction)?;
        }
        Ok(exit)
    }

    fn print(&self, extraction: &Extraction) -> Outcome {
        let base = Base::default();
        match self.format {
            Format::Jsonl => report::print(|out| lift::jsonl::write(extraction, &base, out)),
        }
    }
}

fn read_file(path: &PathBuf, options: &read::Options) -> Result<Extraction, Box<dyn Fault>> {
    let name = path.to_string_lossy();
    let bytes =
        std::fs::read(path).map_err(|error| Unreadable { name: name.to_string(), reason: error.kind().to_string() })?;
    Ok(Pipeline::embedded().extract(&name, &bytes, options)?)
}

#[derive(Debug, thiserror::Error)]
#[error("cannot read {name}: {reason}")]
struct Unreadable {
    name: String,
    reason: String,
}

impl Fault for Unreadable {
    fn code(&self) -> &'static str {
        "R0100"
    }

    fn exit(&self) -> Exit {
        Exit::Unreadable
    }
}
