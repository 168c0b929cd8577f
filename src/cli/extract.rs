//! `rapporteur extract`: from texts to what they say, without a store.

use std::path::{Path, PathBuf};

use clap::Args;
use rapporteur::desk::{self, Outside, Reader, VERSION};
use rapporteur::lift::Base;
use rapporteur::model::{Decisions, Exit, Extraction, Fault};
use rapporteur::pipeline::Pipeline;
use rapporteur::read::{self, Format, Given};
use rapporteur::vocabularies::Folder;
use rapporteur::vocabularies::load::LoadError;

use super::annotator::{self, AnnotatorOption};
use super::input::Input;
use super::jobs_option::JobsOption;
use super::meta_option::MetaOption;
use super::rules_option::RulesOption;
use super::stream::{ExtractFormat, Stream, Style};
use super::{Outcome, input, report};

/// Read texts and print what they name and claim; nothing is stored
#[derive(Args)]
pub struct Extract {
    /// Texts to read; `-` is standard input
    #[arg(required_unless_present = "stream", value_name = "FILE")]
    files: Vec<PathBuf>,

    /// Read JSON Lines, a document each: {"id":…,"text":…} or {"id":…,"path":…}, with "name" and metadata (date,
    /// represents, …). Every line that is printed has the id; what cannot be read is a line of type error; all cores, in
    /// order, each document flushed when it is done (docs/clusters.md)
    #[arg(long, conflicts_with_all = ["meta", "annotator"])]
    stream: bool,

    #[command(flatten)]
    jobs: JobsOption,

    /// What to print
    #[arg(short, long, value_enum, default_value_t)]
    format: ExtractFormat,

    /// The texts' encoding, if they are not UTF-8 (windows-1252, utf-16le, …)
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,

    /// What the files are (text, markdown, html, pdf, docx, odt, rtf, epub, eml), whatever their content and names say
    #[arg(long, value_name = "FORMAT", value_parser = input::format)]
    from: Option<Format>,

    /// The most bytes that a text may have
    #[arg(long, value_name = "BYTES", default_value_t = read::Options::default().limit)]
    max_bytes: usize,

    /// Where your IRIs begin
    #[arg(long, value_name = "IRI")]
    base: Option<String>,

    /// Tie names and topics to the vocabularies of this folder too, as `add` does (see `link load`)
    #[arg(long, value_name = "DIR")]
    vocabularies: Option<PathBuf>,

    /// Also what is not sure enough to be claimed, marked "standing":"to-review"
    #[arg(long)]
    to_review: bool,

    #[command(flatten)]
    annotator: AnnotatorOption,

    #[command(flatten)]
    rules: RulesOption,

    #[command(flatten)]
    meta: MetaOption,
}

impl Extract {
    pub fn run(self) -> Outcome {
        let base = self.base.as_deref().map(Base::new).transpose()?.unwrap_or_default();
        let pipeline = self.rules.pipeline()?;
        if self.stream {
            return self.stream(base, pipeline);
        }
        let style = self.style(&base)?;
        let shelf = self.vocabularies.as_deref().map(shelf).transpose()?;
        let inputs = input::texts(&self.files, None)?;
        let knowledge = self.meta.knowledge(&inputs)?;
        let mut session = self.annotator.session(pipeline.relations())?;
        let (mut lost, mut failed) = (0, 0);
        let mut exit = Exit::Done;
        for input in &inputs {
            let read = self.read(input, pipeline, knowledge.of(input)?);
            let mut extraction = match read {
                Ok(extraction) => extraction,
                Err(fault) if inputs.len() == 1 => return Err(fault),
                Err(fault) => {
                    failed += 1;
                    exit = report::fault(&*fault);
                    continue;
                }
            };
            let name = input.name();
            if let Some(session) = &mut session {
                match session.ask(&extraction, &base) {
                    Ok(answers) => pipeline.take(&mut extraction, &answers, true, &base),
                    Err(failure) => {
                        lost += 1;
                        annotator::lost(&name, &failure);
                    }
                }
                extraction.proposals.iter().for_each(|proposals| annotator::told(&name, proposals));
            }
            if let Some(shelf) = &shelf {
                desk::tie(pipeline, &mut extraction, shelf, &Decisions::default());
            }
            report::print(|out| out.write_all(&style.write(&extraction, None)?))?;
        }
        knowledge.sum_up();
        report::without(&shelf.map_or_else(Vec::new, |shelf| shelf.damaged()));
        Ok(if lost > 0 || failed > 0 && failed < inputs.len() { Exit::Partly } else { exit })
    }

    /// Reads documents line by line.
    fn stream(self, base: Base, pipeline: &'static Pipeline<'static>) -> Outcome {
        let decisions = Decisions::default();
        let shelf = self.vocabularies.as_deref().map(shelf).transpose()?.unwrap_or_default();
        let outside: &'static Outside = Box::leak(Box::new(Outside { shelf, decisions }));
        let style = self.style(&base)?;
        let reader = Reader { pipeline, outside, options: self.options(None), base };
        let files = if self.files.is_empty() { vec![PathBuf::from("-")] } else { self.files };
        Stream { reader, style, workers: self.jobs.number() }.run(&files, outside)
    }

    fn style(&self, base: &Base) -> Result<Style, Box<dyn Fault>> {
        let version = format!("{VERSION}{}", self.rules.version()?);
        Ok(Style { format: self.format, base: base.clone(), to_review: self.to_review, version })
    }

    fn options(&self, given: Option<Given>) -> read::Options {
        read::Options { encoding: self.encoding.clone(), limit: self.max_bytes, format: self.from, given }
    }

    fn read(&self, input: &Input, pipeline: &Pipeline<'_>, given: Option<Given>) -> Result<Extraction, Box<dyn Fault>> {
        let bytes = input.read_at_most(self.max_bytes)?;
        Ok(pipeline.extract(&input.name(), &bytes, &self.options(given))?)
    }
}

/// The vocabularies of a folder that the user named: one without any is a mistake.
fn shelf(folder: &Path) -> Result<Folder, Box<dyn Fault>> {
    let shelf = Folder::open(folder).map_err(LoadError::from)?;
    if shelf.is_empty() { Err(LoadError::NoneThere(folder.display().to_string()).into()) } else { Ok(shelf) }
}
