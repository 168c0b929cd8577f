//! `rapporteur add`: texts into the store.

mod readers;
mod resume;
mod tally;
mod writing;

use std::panic::resume_unwind;
use std::path::PathBuf;
use std::thread;
use std::time::Instant;

use clap::Args;
use rapporteur::desk::{self, Reader, VERSION};
use rapporteur::lift::Base;
use rapporteur::model::Fault;
use rapporteur::read::{self, Format};
use rapporteur::store::{Directory, Error, Journal, Writer};

use super::annotator::AnnotatorOption;
use super::input;
use super::jobs_option::JobsOption;
use super::link::FolderOption;
use super::meta_option::{Knowledge, MetaOption};
use super::progress::Progress;
use super::rules_option::RulesOption;
use super::{Outcome, clock, report};
use readers::Readers;
use tally::Tally;
use writing::{Writing, with_readings};

/// Texts read at a time.
const BATCH: usize = 32;

/// Read texts into the store (plain, Markdown, HTML, PDF, DOCX and kin); again is safe: same text, same claims
#[derive(Args)]
pub struct Add {
    /// Texts, folders and archives (zip, tar) of texts, JSON Lines or CSV with a column `text`; `-` is standard input
    #[arg(required_unless_present = "files_from", value_name = "FILE")]
    files: Vec<PathBuf>,

    /// A list of files, one a line; `-` is standard input
    #[arg(long, value_name = "LIST")]
    files_from: Option<PathBuf>,

    /// Write what became of each file: how it was read, or why it was not (CSV)
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,

    #[command(flatten)]
    folder: FolderOption,

    /// The texts' encoding, if they are not UTF-8 (windows-1252, utf-16le, …)
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,

    /// What the files are (text, markdown, html, pdf, docx, odt, rtf, epub, eml), whatever their content and names say
    #[arg(long, alias = "format", value_name = "FORMAT", value_parser = input::format)]
    from: Option<Format>,

    /// The most bytes that a text may have
    #[arg(long, value_name = "BYTES", default_value_t = read::Options::default().limit)]
    max_bytes: usize,

    /// Where the IRIs of a new store start
    #[arg(long, value_name = "IRI")]
    base: Option<String>,

    /// Keep the files themselves in the store, where they are more than their text
    #[arg(long)]
    keep_files: bool,

    /// Say what would be added; change nothing
    #[arg(long)]
    dry_run: bool,

    #[command(flatten)]
    jobs: JobsOption,

    #[command(flatten)]
    annotator: AnnotatorOption,

    #[command(flatten)]
    rules: RulesOption,

    #[command(flatten)]
    meta: MetaOption,
}

impl Add {
    pub fn run(self) -> Outcome {
        let start = Instant::now();
        self.jobs.apply();
        let inputs = input::texts(&self.files, self.files_from.as_deref())?;
        let knowledge = self.meta.knowledge(&inputs)?;
        let options =
            read::Options { encoding: self.encoding.clone(), limit: self.max_bytes, format: self.from, given: None };
        let pipeline = self.rules.pipeline()?;
        let session = self.annotator.session(pipeline.relations())?;
        let mut writer = self.writer()?;
        // What was decided is read under the lock, so that nothing decided meanwhile is passed over.
        let outside = self.folder.outside()?;
        let base = self.base(writer.as_ref())?;
        let reader = Reader { pipeline, outside: &outside, options, base };
        let kept = self.kept()?;
        let version = format!("{VERSION}{}", self.rules.version()?);
        let is_stored = writer.is_some();
        let mut readers = Readers {
            reader: &reader,
            session,
            kept: kept.as_ref(),
            keeps_files: self.keep_files,
            version: is_stored.then_some(version.as_str()),
        };
        let keeps_ties = readers.session.is_none();
        let tally = Tally::of(version.clone());
        let journal = match (&writer, &kept) {
            (Some(writer), Some(kept)) => Some(Journal::open(writer.directory(), &self.key(&version, kept))?),
            _ => None,
        };
        let (progress, all) = (Progress::new(), inputs.len());
        let mut run = Writing { writer: writer.as_mut(), journal, tally, progress, all, done: 0, open: 0 };
        let mut waiting = Vec::new();
        for batch in inputs.chunks(BATCH).map(Some).chain([None]) {
            let batch = run.look(batch.unwrap_or_default(), &knowledge)?;
            let wanted = batch.iter().filter(|next| next.sha256.is_none());
            let wanted = wanted.map(|next| (next.input, next.given.clone())).collect();
            let is_harmed = keeps_ties && !outside.shelf.damaged().is_empty();
            // What was read before is written while this is read: a disk that makes one wait keeps no core from its work.
            let (written, read) = thread::scope(|scope| {
                let writing = scope.spawn(|| run.write(std::mem::take(&mut waiting), is_harmed));
                let read = readers.read(wanted);
                (writing.join().unwrap_or_else(|panic| resume_unwind(panic)), read)
            });
            written?;
            waiting = with_readings(batch, read);
        }
        let tally = run.finish()?;
        knowledge.sum_up();
        report::without(&outside.shelf.damaged());
        tally.sum_up(inputs.len(), start, self.dry_run);
        self.report.as_deref().map_or(Ok(()), |path| tally.report.save(path))?;
        Ok(tally.exit(inputs.len()))
    }

    /// All that the outcome hangs on beside the texts.
    fn key(&self, version: &str, store: &Directory) -> String {
        let told = format!("{version} {:?} {:?} {} {}", self.encoding, self.from, self.max_bytes, self.keep_files);
        resume::key(&format!("{told} {:?} {:?}", self.annotator, store.base()), &self.folder.folder(), store)
    }

    /// Where IRIs start.
    fn base(&self, writer: Option<&Writer>) -> Result<Base, Box<dyn Fault>> {
        match writer {
            Some(writer) => Ok(writer.base().clone()),
            None => Ok(self.base.as_deref().map(Base::new).transpose()?.unwrap_or_default()),
        }
    }

    /// The store as it is, if there is one.
    fn kept(&self) -> Result<Option<Directory>, Box<dyn Fault>> {
        match Directory::open(&self.folder.store.directory()) {
            Ok(directory) => Ok(Some(directory)),
            Err(Error::Missing(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn writer(&self) -> Result<Option<Writer>, Box<dyn Fault>> {
        let base = self.base.as_deref().map(Base::new).transpose()?;
        if self.dry_run {
            return Ok(None);
        }
        let path = self.folder.store.directory();
        let writer = desk::writer(&path, base.as_ref(), clock::holder("add"), &*self.rules.catalogue()?)?;
        Ok(Some(writer))
    }
}
