//! What people do with a store, without a terminal: open it, ask it, find a thing in it, show, report, export, add and tie.
//! A command line and a server are two faces of it; neither opens a layer by itself. Nothing here prints: remarks and
//! damages are handed back.

mod add;
mod again;
mod ask;
mod correct;
pub mod diff;
mod editor;
mod entry_details;
mod export;
mod fold;
mod hearing;
mod import;
mod listed;
mod merge;
mod outside;
mod pen;
mod repair;
mod said;
pub mod stance;
mod tie;
mod waiting;

use std::path::Path;

use crate::lift::Layer;
use crate::query::Sentences;
use crate::record::{NameError, Names, Record, TermId};
use crate::store::{Damage, Directory, Error};

pub use add::{Reader, VERSION, note_run, tie, writer};
pub use again::again;
pub use ask::{Inquiry, topic};
pub use correct::{Change, Readings, StepBack};
pub use editor::{EditError, Editor, Wanted};
pub use entry_details::entry_details;
pub use export::{Graphs, References};
pub use hearing::Hearing;
pub use import::with_answers;
pub use listed::{Listed, claims_table, end_of, listed, listed_one};
pub use merge::{Merged, Merging};
pub use outside::{Outside, amend, decided};
pub use pen::{Moved, Pen};
pub use repair::{Means, Repaired, repair};
pub use said::{ClaimLine, ON, Said, TextLine};
pub use tie::Tied;
pub use waiting::{LinkCard, Waiting, links_table, waiting};

/// From this confidence on a claim is usable in an answer: of all claims that readers judged three of four from here on were
/// wholly right, each text by a judge that had not learnt from it (`seeds/model/README.md`); of 300 drawn anew, and read more
/// strictly, 56 in a hundred, with 2 misleading (the README). What is less sure waits to be read.
pub const USABLE: f64 = 0.6;

/// Texts that are read for one answer, at most.
const TEXTS_READ: usize = 2000;

/// The layers of `show`: all about one thing.
pub const PORTRAIT: [Layer; 7] = [
    Layer::Claims,
    Layer::Evidence,
    Layer::Mentions,
    Layer::Links,
    Layer::LinkEvidence,
    Layer::Catalogue,
    Layer::Loaded,
];

/// The layers of a report.
pub const REPORT: [Layer; 6] =
    [Layer::Claims, Layer::Evidence, Layer::Mentions, Layer::Links, Layer::Catalogue, Layer::Loaded];

/// The layers of what claims tie together.
pub const WAYS: [Layer; 4] = [Layer::Claims, Layer::Evidence, Layer::Catalogue, Layer::Loaded];

/// The layers that prove a claim, also one that waits for a reader.
pub const PROOF: [Layer; 5] = [Layer::Claims, Layer::Evidence, Layer::Doubtful, Layer::Catalogue, Layer::Loaded];

/// The layers that tell why things are tied.
pub const TIES: [Layer; 5] = [Layer::Claims, Layer::Links, Layer::LinkEvidence, Layer::Catalogue, Layer::Loaded];

/// An open store.
pub struct Desk {
    directory: Directory,
}

impl Desk {
    /// Opens the store of a folder: its list of contents, nothing else.
    ///
    /// # Errors
    /// If there is no store, or its list of contents is damaged.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Ok(Self { directory: Directory::open(path)? })
    }

    /// The store of a directory that is open.
    pub const fn over(directory: Directory) -> Self {
        Self { directory }
    }

    /// The folder.
    pub const fn directory(&self) -> &Directory {
        &self.directory
    }

    /// What some layers say, and what of them is damaged.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn record(&mut self, layers: &[Layer]) -> Result<(Record<'static>, Vec<Damage>), Error> {
        Record::open(&mut self.directory, layers)
    }

    /// What the store says about the thing of a name, and what of it is damaged: of an indexed store no more than that, if it is
    /// one thing's name in full.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn record_about(&mut self, name: &str) -> Result<(Record<'static>, Vec<Damage>), Error> {
        match Record::about(&mut self.directory, &PORTRAIT, name)? {
            Some(found) if !name.contains('*') => Ok(found),
            _ => self.record(&PORTRAIT),
        }
    }

    /// The stored text whose IRI ends in these first digits of its hash.
    pub fn text(&self, digits: &str) -> Option<String> {
        let sha256 = self.directory.documents().keys().find(|sha256| sha256.starts_with(digits))?;
        self.directory.text(sha256).ok()
    }

    /// The sentence around a passage, for what a claim is on behind its quote; none in a store so large that its texts cannot all
    /// be read for one answer.
    pub fn behind_quotes(&self) -> impl Fn(&str) -> Option<String> + '_ {
        let sentences = self.sentences();
        let reads_all = self.directory.documents().len() <= TEXTS_READ;
        move |passage| if reads_all { sentences.at(passage) } else { None }
    }

    /// Sentences out of the stored texts.
    pub fn sentences(&self) -> Sentences<impl Fn(&str) -> Option<String> + '_> {
        Sentences::new(|digits: &str| self.text(digits))
    }
}

/// The one thing of a record that a name means, and a remark if it was none of its names in full.
///
/// # Errors
/// [`NameError`] if there is none, or if several fit equally well.
pub fn meant(record: &Record<'_>, name: &str) -> Result<(TermId, Option<String>), NameError> {
    let names = Names::new(record);
    let found = names.find(name)?;
    let remark = (!found.exact).then(|| format!("{name} = {}", names.describe(&found.iri)));
    match found.id.filter(|&id| !record.of(id).is_empty()) {
        Some(id) => Ok((id, remark)),
        None => Err(NameError::NoEntity { name: name.to_owned(), near: Vec::new() }),
    }
}
