//! `rapporteur add`: texts into the store.

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use rapporteur::desk::{self, Reader, VERSION};
use rapporteur::lift::{Base, Run};
use rapporteur::model::text::counted;
use rapporteur::model::{Exit, Extraction, Fault};
use rapporteur::read::{self, Given};
use rapporteur::store::{Added, Writer};
use rayon::prelude::*;

use super::input::{self, Input};
use super::link::FolderOption;
use super::meta_option::MetaOption;
use super::rules_option::RulesOption;
use super::{Outcome, clock, headline, report};

/// Texts read at a time, before the store is brought up to date.
const BATCH: usize = 32;

/// Read texts into the store; again is safe: same text, same claims
#[derive(Args)]
pub struct Add {
    /// Texts, or folders of texts; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    #[command(flatten)]
    folder: FolderOption,

    /// The texts' encoding, if they are not UTF-8 (windows-1252, utf-16le, …)
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,

    /// The most bytes that a text may have
    #[arg(long, value_name = "BYTES", default_value_t = read::Options::default().limit)]
    max_bytes: usize,

    /// Where the IRIs of a new store start
    #[arg(long, value_name = "IRI")]
    base: Option<String>,

    /// Say what would be added; change nothing
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    rules: RulesOption,

    #[command(flatten)]
    meta: MetaOption,
}

/// What a run did so far.
#[derive(Default)]
struct Tally {
    added: usize,
    failed: usize,
    claims: usize,
    entities: HashSet<String>,
    /// SHA-256 of the texts whose graphs are new.
    changed: Vec<String>,
    /// Program and rules that read the texts.
    version: String,
    /// What the only failure asks for.
    exit: Option<Exit>,
}

type Read = Result<Extraction, Box<dyn Fault + Send>>;

impl Add {
    pub fn run(self) -> Outcome {
        let start = Instant::now();
        let inputs = input::expand(&self.files, read::is_readable)?;
        let knowledge = self.meta.knowledge(&inputs)?;
        let outside = self.folder.outside()?;
        let options =
            read::Options { encoding: self.encoding.clone(), limit: self.max_bytes, ..read::Options::default() };
        let reader = Reader { pipeline: self.rules.pipeline()?, outside: &outside, options };
        let mut writer = self.writer()?;
        let mut tally = Tally { version: format!("{VERSION}{}", self.rules.version()?), ..Tally::default() };
        for batch in inputs.chunks(BATCH) {
            let known = batch.iter().map(|input| knowledge.of(input)).collect::<Result<Vec<_>, _>>()?;
            let read = batch.par_iter().zip(known).map(|(input, given)| read_one(input, given, &reader));
            let read: Vec<Read> = read.collect();
            for (input, extraction) in batch.iter().zip(read) {
                tally.take(&input.name(), extraction, writer.as_mut())?;
            }
            writer.as_mut().map_or(Ok(()), Writer::commit)?;
        }
        if let Some(writer) = &mut writer {
            let texts = std::mem::take(&mut tally.changed);
            desk::note_run(writer, &Run { version: tally.version.clone(), ended: clock::now(), texts })?;
        }
        knowledge.sum_up();
        tally.sum_up(inputs.len(), start, self.dry_run);
        Ok(tally.exit(inputs.len()))
    }

    fn writer(&self) -> Result<Option<Writer>, Box<dyn Fault>> {
        let base = self.base.as_deref().map(Base::new).transpose()?;
        if self.dry_run {
            return Ok(None);
        }
        let path = self.folder.store.directory();
        let writer = desk::writer(&path, base.as_ref(), &clock::holder("add"), &*self.rules.catalogue()?)?;
        Ok(Some(writer))
    }
}

fn read_one(input: &Input, given: Option<Given>, reader: &Reader<'_>) -> Read {
    let bytes = input.read().map_err(|fault| Box::new(fault) as Box<dyn Fault + Send>)?;
    reader.read_given(&input.name(), &bytes, given).map_err(|fault| Box::new(fault) as Box<dyn Fault + Send>)
}

impl Tally {
    fn take(&mut self, name: &str, read: Read, writer: Option<&mut Writer>) -> Result<(), Box<dyn Fault>> {
        let extraction = match read {
            Ok(extraction) => extraction,
            Err(fault) => {
                self.failed += 1;
                self.exit = Some(report::fault(&*fault));
                return Ok(());
            }
        };
        let added = writer.map(|writer| writer.add(&extraction, &self.version)).transpose()?;
        if matches!(added, Some(Added::New | Added::Replaced)) {
            self.changed.push(extraction.document.sha256.clone());
        }
        self.added += 1;
        self.claims += extraction.claims.len();
        self.entities.extend(extraction.entities.iter().map(|entity| entity.key.to_string()));
        headline::print(name, &extraction, added);
        Ok(())
    }

    fn sum_up(&self, all: usize, start: Instant, is_dry: bool) {
        if self.failed > 0 {
            report::note(format!("{} of {all} documents added", self.added));
        } else if all == 0 {
            report::note("no texts there: folders are searched for .txt and .md files");
        } else if is_dry {
            report::note("nothing was stored (--dry-run)");
        } else {
            let seconds = start.elapsed().as_secs_f64();
            let (claims, entities) = (counted(self.claims, "claim"), headline::things(self.entities.len()));
            let documents = counted(self.added, "document");
            report::note(format!("{documents}, {claims}, {entities}, {seconds:.1} s"));
        }
    }

    fn exit(&self, all: usize) -> Exit {
        match (self.failed, self.exit) {
            (0, _) | (_, None) => Exit::Done,
            (failed, Some(exit)) if failed == all => exit,
            _ => Exit::Partly,
        }
    }
}
