//! Texts on their way from files to what a store takes: read, asked about, tied, lifted and put under gzip on all cores.

use rapporteur::desk::Reader;
use rapporteur::model::{Answers, Extraction, Fault};
use rapporteur::read::Given;
use rapporteur::store::{Directory, Error, Packed};
use rayon::prelude::*;

use crate::cli::annotator::{Failure, Session};
use crate::cli::input::Input;

/// Why a text could not be read.
pub type Failed = Box<dyn Fault + Send>;

/// What a text gives.
pub struct Reading {
    pub extraction: Extraction,
    /// The same, as the store takes it; not where nothing is stored.
    pub packed: Option<Packed>,
    /// Its bytes, if they are to be kept.
    pub file: Option<Vec<u8>>,
    /// How a program failed that was asked about it.
    pub failure: Option<Failure>,
}

/// What reading a text gives.
pub type Read = Result<Reading, Failed>;

/// What reads a batch of texts.
pub struct Readers<'r> {
    pub reader: &'r Reader<'r>,
    pub session: Option<Session>,
    /// The store, with what it keeps of earlier readings.
    pub kept: Option<&'r Directory>,
    /// Whether the files themselves are wanted.
    pub keeps_files: bool,
    /// Program and rules, if what is read is to be stored.
    pub version: Option<&'r str>,
}

impl Readers<'_> {
    /// Reads texts side by side. A program that is asked about them hears of one after the other, in their order.
    pub fn read(&mut self, batch: Vec<(&Input, Option<Given>)>) -> Vec<Read> {
        let (reader, keeps) = (self.reader, self.keeps_files);
        let read = batch.into_par_iter().map(|(input, given)| read_one(input, given, reader, keeps));
        let read: Vec<Result<Taken, Failed>> = read.collect();
        let asked = read.into_iter().map(|read| read.map(|(extraction, file)| self.ask(extraction, file)));
        let asked: Vec<_> = asked.collect();
        let this: &Self = self;
        let (kept, version) = (this.kept, this.version);
        let finished = asked.into_par_iter().map(|asked| asked.and_then(|asked| finish(asked, reader, kept, version)));
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

fn finish(asked: Asked, reader: &Reader<'_>, kept: Option<&Directory>, version: Option<&str>) -> Read {
    let Asked { mut extraction, file, answer } = asked;
    let (fresh, failure) = match answer.transpose() {
        Ok(fresh) => (fresh, None),
        Err(failure) => (None, Some(failure)),
    };
    let kept = kept.map(|directory| directory.answers(&extraction.document.sha256)).transpose();
    let kept = kept.map_err(|damage| Box::new(Error::from(damage)) as Failed)?;
    reader.finish(&mut extraction, &kept.unwrap_or_default(), fresh.as_ref());
    let packed = version.map(|version| Packed::new(&extraction, &reader.base, version).pressed());
    Ok(Reading { extraction, packed, file, failure })
}
