//! Texts into a store: read, with what other programs propose, tied, written; and the trace that a run leaves.

use std::path::Path;

use crate::lift::{Base, Run, catalogue, ontology};
use crate::link;
use crate::model::{Answers, Decisions, Extraction, Fault, Said};
use crate::pipeline::Pipeline;
use crate::read::{self, Format, Given};
use crate::seeds::Catalogue;
use crate::store::{Directory, Error, Holder, Writer};
use crate::vocabularies::Folder;

use super::Outside;

/// What read the texts; a document read by another version is replaced.
pub const VERSION: &str = concat!("rapporteur ", env!("CARGO_PKG_VERSION"));

/// All that turns bytes into a tied extraction. Shared by threads.
pub struct Reader<'p> {
    /// The stages.
    pub pipeline: &'p Pipeline<'p>,
    /// What ties to the outside.
    pub outside: &'p Outside,
    /// How bytes become text.
    pub options: read::Options,
    /// Where IRIs start.
    pub base: Base,
}

impl Reader<'_> {
    /// Reads a text of which the user may state something; [`Reader::finish`] then ties it. `name` is what the user called
    /// it.
    ///
    /// # Errors
    /// When the bytes cannot be read as text.
    pub fn read(&self, name: &str, bytes: &[u8], given: Option<Given>) -> Result<Extraction, read::Error> {
        let options = read::Options { given: given.clone(), ..self.options.clone() };
        let mut extraction = self.pipeline.extract(name, bytes, &options)?;
        if let Some(stated) = self.stated(&extraction.document.sha256) {
            // Only the text tells what readers stated of it.
            let own = std::mem::take(&mut extraction.document.given);
            let options = read::Options { given: Some(with(given, stated)), ..options };
            extraction = self.pipeline.extract(name, bytes, &options)?;
            extraction.document.given = own;
        }
        Ok(extraction)
    }

    /// What readers stated of the document of a text.
    fn stated(&self, sha256: &str) -> Option<Given> {
        let mut by: Vec<&str> = Vec::new();
        let mut values = Vec::new();
        for (key, value, who) in self.outside.decisions.stated(Said::text_of(sha256)) {
            values.push((key, value));
            if !by.contains(&who) {
                by.push(who);
            }
        }
        let by = by.join(", ");
        (!values.is_empty()).then(|| Given::again(if by.is_empty() { "a reader" } else { &by }, values))
    }

    /// Adds what other programs propose, first what is kept of earlier times, applies what readers decided, and ties all.
    /// What a program answers now stands in the place of what it answered before.
    pub fn finish(&self, extraction: &mut Extraction, kept: &[Answers], fresh: Option<&Answers>) {
        let is_replaced = |old: &&Answers| fresh.is_some_and(|fresh| fresh.by.name() == old.by.name());
        let kept = kept.iter().filter(|old| !is_replaced(old)).map(|old| (old, false));
        let mut all: Vec<(&Answers, bool)> = kept.chain(fresh.map(|fresh| (fresh, true))).collect();
        all.sort_by_key(|(answers, _)| answers.by.name());
        for (answers, is_fresh) in all {
            self.pipeline.take(extraction, answers, is_fresh, &self.base);
        }
        self.pipeline.correct(extraction, &self.outside.decisions);
        tie(self.pipeline, extraction, &self.outside.shelf, &self.outside.decisions);
    }

    /// Reads a document of a store again, with what was stated of it and what is kept for it; `None` if what is
    /// stored does not give it any more.
    ///
    /// # Errors
    /// When what is stored is damaged.
    pub fn read_again(
        &self,
        directory: &Directory,
        sha256: &str,
        fresh: Option<Answers>,
    ) -> Result<Option<Extraction>, Box<dyn Fault>> {
        let Some(entry) = directory.documents().get(sha256) else { return Ok(None) };
        let text = directory.text(sha256).map_err(Error::from)?;
        let kept = directory.answers(sha256).map_err(Error::from)?;
        let own = entry.given.as_ref().map(|given| {
            Given::again(&given.by, given.values.iter().map(|(key, value)| (key.as_str(), value.as_str())))
        });
        let kept_of_user = own.as_ref().map(Given::values).unwrap_or_default();
        let given = match self.stated(sha256) {
            Some(stated) => Some(with(own, stated)),
            None => own,
        };
        let read = match directory.source(sha256).map_err(Error::from)? {
            Some(source) => Some(read::again(&entry.name, text.clone(), source, given.as_ref())),
            None => {
                // The text is all of the file, whatever its name says.
                let extension = entry.name.rsplit_once('.').and_then(|(_, extension)| Format::from_name(extension));
                let format = extension.filter(|format| *format == Format::Markdown).unwrap_or(Format::Text);
                let options = read::Options { limit: usize::MAX, given, format: Some(format), encoding: None };
                read::read(&entry.name, text.as_bytes(), &options).ok()
            }
        };
        let mut same = read.filter(|document| document.text == text).map(|mut document| {
            // A store of an earlier build names the same text by another hash.
            document.sha256 = sha256.to_owned();
            self.pipeline.run(document)
        });
        if let Some(extraction) = &mut same {
            extraction.document.given = kept_of_user;
            self.finish(extraction, &kept, fresh.as_ref());
        }
        Ok(same)
    }
}

/// What the user gave and readers stated: their word stands.
fn with(given: Option<Given>, stated: Given) -> Given {
    let mut all = given.unwrap_or_default();
    all.take(stated);
    all
}

/// Ties a document to the outside. Where damage of a vocabulary shows meanwhile, part of what it answered may be missing: the
/// document is tied again without it.
pub fn tie(pipeline: &Pipeline<'_>, extraction: &mut Extraction, shelf: &Folder, decisions: &Decisions) {
    let links = extraction.links.clone();
    let mut damaged = shelf.damaged().len();
    loop {
        pipeline.tie(extraction, link::Outside { shelf, decisions });
        let now = shelf.damaged().len();
        if now == damaged {
            return;
        }
        damaged = now;
        extraction.links.clone_from(&links);
    }
}

/// Opens a store for writing, makes it if it is not there, and puts what ships into it. `holder` says who writes.
///
/// # Errors
/// When another writes, or the store cannot be written.
pub fn writer(path: &Path, base: Option<&Base>, holder: Holder, known: &Catalogue) -> Result<Writer, Box<dyn Fault>> {
    let mut writer = Writer::open(path, base, holder)?;
    writer.stand(&ontology(writer.base()))?;
    writer.stand(&catalogue(known, writer.base()))?;
    Ok(writer)
}

/// Notes a run that changed something, and brings the index up to date. A run that found all as it was leaves no trace.
///
/// # Errors
/// When the store cannot be written.
pub fn note_run(writer: &mut Writer, run: &Run) -> Result<(), Box<dyn Fault>> {
    if !run.texts.is_empty() {
        writer.record(run)?;
        writer.commit()?;
    }
    Ok(writer.index()?)
}
