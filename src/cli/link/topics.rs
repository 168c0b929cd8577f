//! `rapporteur link topics`: what texts are about, in the loaded thesauri.

use std::path::PathBuf;

use clap::Args;
use rapporteur::desk::Outside;
use rapporteur::link::vocabulary::Shelf;
use rapporteur::model::{Exit, Fault, Subject};
use rapporteur::pipeline::Pipeline;
use rapporteur::read;

use super::folder::FolderOption;
use crate::cli::{Outcome, input, report};

/// Print what texts are about in the loaded thesauri, with weights and reasons; nothing is stored
#[derive(Args)]
pub struct Topics {
    /// Texts, or folders of texts; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    folder: FolderOption,

    /// So many of each vocabulary, at most
    #[arg(short, long, default_value_t = 5)]
    number: usize,
}

impl Topics {
    pub fn run(self) -> Outcome {
        let outside = self.folder.outside()?;
        let thesauri = outside.shelf.vocabularies().filter(|vocabulary| vocabulary.card().is_thesaurus);
        let schemes: Vec<&str> = thesauri.map(|vocabulary| vocabulary.card().scheme.as_str()).collect();
        if schemes.is_empty() {
            report::without(&outside.shelf.damaged());
            report::note(format!(
                "no thesaurus in {}; load one: rapporteur link load FILE",
                outside.shelf.path().display()
            ));
            return Ok(Exit::Done);
        }
        let mut exit = Exit::Done;
        for input in input::expand(&self.files, read::is_readable)? {
            let found = self.topics(&input, &outside)?;
            exit = report::print(|out| {
                writeln!(out, "{}", input.name())?;
                for scheme in &schemes {
                    let of = found.iter().filter(|subject| subject.claim.is_none() && subject.scheme == *scheme);
                    for subject in of.take(self.number) {
                        let Subject { score, label, iri, evidence, .. } = subject;
                        writeln!(out, "  {score:.2}  {scheme}  {label}   {iri}\n          {evidence}")?;
                    }
                }
                Ok(())
            })?;
        }
        report::without(&outside.shelf.damaged());
        Ok(exit)
    }

    fn topics(&self, input: &input::Input, outside: &Outside) -> Result<Vec<Subject>, Box<dyn Fault>> {
        let (name, options) = (input.name(), read::Options::default());
        let bytes = input.read_at_most(options.limit)?;
        let mut extraction = Pipeline::embedded().extract(&name, &bytes, &options)?;
        Pipeline::embedded().tie(&mut extraction, outside.for_linking());
        Ok(extraction.subjects)
    }
}
