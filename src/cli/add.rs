//! `rapporteur add`: texts into the store.

use std::collections::HashSet;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;
use rapporteur::desk::{self, Reader, VERSION};
use rapporteur::lift::{Base, Run};
use rapporteur::model::text::counted;
use rapporteur::model::{Answers, Exit, Extraction, Fault};
use rapporteur::read::{self, Format, Given};
use rapporteur::store::{Added, Directory, Error, Writer};
use rayon::prelude::*;

use super::annotator::{self, AnnotatorOption, Failure, Session};
use super::input::{self, Input};
use super::link::FolderOption;
use super::meta_option::MetaOption;
use super::reading_report::ReadingReport;
use super::rules_option::RulesOption;
use super::{Outcome, clock, headline, report};

/// Texts read at a time, before the store is brought up to date.
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
    annotator: AnnotatorOption,

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
    /// Lines of annotators that were refused.
    refused: usize,
    /// Documents of which an annotator said nothing.
    lost: usize,
    /// SHA-256 of the texts whose graphs are new.
    changed: Vec<String>,
    /// Program and rules that read the texts.
    version: String,
    /// What the only failure asks for.
    exit: Option<Exit>,
    report: ReadingReport,
}

type Failed = Box<dyn Fault + Send>;

/// What a text gives.
struct Reading {
    extraction: Extraction,
    /// Its bytes, if they are to be kept.
    file: Option<Vec<u8>>,
    /// How a program failed that was asked about it.
    failure: Option<Failure>,
}

type Read = Result<Reading, Failed>;

impl Add {
    pub fn run(self) -> Outcome {
        let start = Instant::now();
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
        let keeps_ties = session.is_none();
        let mut readers = Readers { reader: &reader, session, kept: kept.as_ref(), keeps_files: self.keep_files };
        let mut tally = Tally { version: format!("{VERSION}{}", self.rules.version()?), ..Tally::default() };
        for batch in inputs.chunks(BATCH) {
            let known = batch.iter().map(|input| knowledge.of(input)).collect::<Result<Vec<_>, _>>()?;
            let read = readers.read(batch, known);
            for (input, read) in batch.iter().zip(read) {
                tally.take(&input.name(), read, writer.as_mut(), keeps_ties && !outside.shelf.damaged().is_empty())?;
            }
            writer.as_mut().map_or(Ok(()), Writer::commit)?;
        }
        if let Some(writer) = &mut writer {
            let texts = std::mem::take(&mut tally.changed);
            desk::note_run(writer, &Run { version: tally.version.clone(), ended: clock::now(), texts })?;
        }
        knowledge.sum_up();
        report::without(&outside.shelf.damaged());
        tally.sum_up(inputs.len(), start, self.dry_run);
        self.report.as_deref().map_or(Ok(()), |path| tally.report.save(path))?;
        Ok(tally.exit(inputs.len()))
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

/// What reads a batch of texts.
struct Readers<'r> {
    reader: &'r Reader<'r>,
    session: Option<Session>,
    /// The store, with what it keeps of earlier readings.
    kept: Option<&'r Directory>,
    /// Whether the files themselves are wanted.
    keeps_files: bool,
}

impl Readers<'_> {
    /// Reads texts side by side. A program that is asked about them hears of one after the other, in their order.
    fn read(&mut self, batch: &[Input], known: Vec<Option<Given>>) -> Vec<Read> {
        let (reader, keeps) = (self.reader, self.keeps_files);
        let read = batch.par_iter().zip(known).map(|(input, given)| read_one(input, given, reader, keeps));
        let read: Vec<Result<Taken, Failed>> = read.collect();
        let asked = read.into_iter().map(|read| read.map(|(extraction, file)| self.ask(extraction, file)));
        let asked: Vec<_> = asked.collect();
        let kept = self.kept;
        let finished = asked.into_par_iter().map(|asked| asked.and_then(|asked| finish(asked, reader, kept)));
        finished.collect()
    }

    fn ask(&mut self, extraction: Extraction, file: Option<Vec<u8>>) -> Asked {
        let answer = self.session.as_mut().map(|session| session.ask(&extraction, &self.reader.base));
        Asked { extraction, file, answer }
    }
}

/// A text that was read, with what a program answered.
struct Asked {
    extraction: Extraction,
    file: Option<Vec<u8>>,
    answer: Option<Result<Answers, Failure>>,
}

/// A text that was read, with its bytes if they are to be kept.
type Taken = (Extraction, Option<Vec<u8>>);

/// Reads a text; with its bytes, if files are to be kept and this one is more than its text.
fn read_one(input: &Input, given: Option<Given>, reader: &Reader<'_>, keeps: bool) -> Result<Taken, Failed> {
    let bytes = input.read_at_most(reader.options.limit).map_err(|fault| Box::new(fault) as Failed)?;
    let extraction = reader.read(&input.name(), &bytes, given).map_err(|fault| Box::new(fault) as Failed)?;
    let file = (keeps && bytes != extraction.document.text.as_bytes()).then_some(bytes);
    Ok((extraction, file))
}

fn finish(asked: Asked, reader: &Reader<'_>, kept: Option<&Directory>) -> Read {
    let Asked { mut extraction, file, answer } = asked;
    let (fresh, failure) = match answer.transpose() {
        Ok(fresh) => (fresh, None),
        Err(failure) => (None, Some(failure)),
    };
    let kept = kept.map(|directory| directory.answers(&extraction.document.sha256)).transpose();
    let kept = kept.map_err(|damage| Box::new(Error::from(damage)) as Failed)?;
    reader.finish(&mut extraction, &kept.unwrap_or_default(), fresh.as_ref());
    Ok(Reading { extraction, file, failure })
}

impl Tally {
    /// Takes what a text gave. `keeps_ties` leaves a document as it is that the same version read before: tied anew, it would
    /// lose its links.
    fn take(
        &mut self,
        name: &str,
        read: Read,
        writer: Option<&mut Writer>,
        keeps_ties: bool,
    ) -> Result<(), Box<dyn Fault>> {
        let Reading { extraction, file, failure } = match read {
            Ok(read) => read,
            Err(fault) => {
                self.failed += 1;
                self.report.failed(name, &*fault);
                self.exit = Some(report::fault(&*fault));
                return Ok(());
            }
        };
        let add = |writer: &mut Writer| match writer.document(&extraction.document.sha256) {
            Some(before) if keeps_ties && before.by == self.version => Ok(Added::Same),
            _ => writer.add_keeping(&extraction, &self.version, file.as_deref()),
        };
        let added = writer.map(add).transpose()?;
        if matches!(added, Some(Added::New | Added::Replaced)) {
            self.changed.push(extraction.document.sha256.clone());
        }
        self.added += 1;
        self.claims += extraction.claims.len();
        self.entities.extend(extraction.entities.iter().map(|entity| entity.key.to_string()));
        self.refused += extraction.proposals.iter().map(|proposals| proposals.refused.len()).sum::<usize>();
        self.report.read(name, &extraction, added);
        headline::print(name, &extraction, added);
        if let Some(failure) = failure {
            self.lost += 1;
            annotator::lost("", &failure);
        }
        Ok(())
    }

    fn sum_up(&self, all: usize, start: Instant, is_dry: bool) {
        if self.failed > 0 {
            let formats = self.report.formats().map(|formats| format!(" ({formats})")).unwrap_or_default();
            report::note(format!("{} of {all} documents added{formats}", self.added));
        } else if is_dry {
            report::note("nothing was stored (--dry-run)");
        } else {
            let seconds = start.elapsed().as_secs_f64();
            let (claims, entities) = (counted(self.claims, "claim"), headline::things(self.entities.len()));
            let documents = counted(self.added, "document");
            let formats = self.report.formats().map(|formats| format!(" ({formats})")).unwrap_or_default();
            report::note(format!("{documents}{formats}, {claims}, {entities}, {seconds:.1} s"));
        }
        if let Some(refusals) = annotator::refusals(self.refused) {
            report::note(refusals);
        }
        if self.lost > 0 {
            report::note(format!("{} without what the annotator was asked for", counted(self.lost, "document")));
        }
    }

    fn exit(&self, all: usize) -> Exit {
        match (self.failed, self.exit) {
            (0, _) if self.lost > 0 => Exit::Partly,
            (0, _) | (_, None) => Exit::Done,
            (failed, Some(exit)) if failed == all => exit,
            _ => Exit::Partly,
        }
    }
}
