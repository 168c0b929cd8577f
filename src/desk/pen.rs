//! The one way in which decisions of readers get into a store, whoever asks: a command, a table or a page. Each decision is
//! written under the lock, beside all that others decided meanwhile, and applied to its documents.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::lift::Layer;
use crate::model::{self, Code, Correction, Decisions, Fault, Passage, Reviewed};
use crate::pipeline::Pipeline;
use crate::read;
use crate::store::{Directory, Error, Holder, Writer};
use crate::vocabularies::Folder;
use crate::vocabularies::load::LoadError;

use super::correct::StepBack;
use super::{Desk, Outside, Reader, Readings, Tied, amend};

/// What writes decisions into a store.
pub struct Pen<'p> {
    /// The folder of the store.
    pub store: PathBuf,
    /// The folder of vocabularies.
    pub vocabularies: PathBuf,
    /// The stages that read documents again.
    pub pipeline: &'p Pipeline<'p>,
    /// Program and rules, which must be those that read the documents.
    pub version: String,
    /// Who writes, for others that come meanwhile, and how long it waits for them; it is given the name of the command.
    pub holder: fn(&str) -> Holder,
    /// The time, as steps are noted with it.
    pub now: fn() -> String,
}

/// The store is not the one that a decision was made over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the store has changed meanwhile, and nothing was decided")]
pub struct Moved;

impl Fault for Moved {
    fn code(&self) -> Code {
        Code::STORE_MOVED
    }
}

impl Pen<'_> {
    /// Keeps decisions about claims and documents and applies them. `command` says who writes; with `over` the store must be
    /// in that state ([`Directory::revision`]). Gives how many decisions are new, and how many documents changed.
    ///
    /// # Errors
    /// If the store is in another state, somebody else writes, or as [`Readings::decide`]: nothing is decided then.
    pub fn decide(
        &self,
        decisions: Vec<(Reviewed, Correction)>,
        command: &str,
        over: Option<&str>,
    ) -> Result<(usize, usize), Box<dyn Fault>> {
        let mut writer = self.writer(command, over)?;
        self.readings()?.decide(&mut writer, decisions, &(self.now)())
    }

    /// Takes the last step about claims or documents back; `None` if there is nothing to take back.
    ///
    /// # Errors
    /// As [`Pen::decide`].
    pub fn undo(&self, over: Option<&str>) -> Result<Option<StepBack>, Box<dyn Fault>> {
        let mut writer = self.writer("undo", over)?;
        self.readings()?.undo(&mut writer, &(self.now)())
    }

    /// Takes a step about a possible link, and ties the documents anew that name its thing.
    ///
    /// # Errors
    /// As [`Pen::decide`].
    pub fn rule(&self, step: model::Change, over: Option<&str>) -> Result<Tied, Box<dyn Fault>> {
        let mut writer = self.writer("link review", over)?;
        let (model::Change::Put(decision) | model::Change::Forget(decision)) = &step;
        let texts = texts_with(&mut Directory::open(&self.store)?, &decision.key)?;
        let decisions = amend(&mut writer, |all| all.change(step))?;
        let outside = Outside { shelf: self.shelf()?, decisions };
        let (pipeline, base) = (self.pipeline, writer.base().clone());
        let reader = Reader { pipeline, outside: &outside, options: read::Options::default(), base };
        let desk = Desk::open(&self.store)?;
        desk.tie_some(&mut writer, &reader, &self.version, &|sha256| texts.contains(sha256), &mut |_, _, _| {})
    }

    /// What was decided so far.
    ///
    /// # Errors
    /// If it cannot be read whole.
    pub fn decided(&self) -> Result<Decisions, Box<dyn Fault>> {
        super::decided(Directory::open(&self.store)?)
    }

    /// The vocabularies.
    ///
    /// # Errors
    /// If they cannot be opened.
    pub fn shelf(&self) -> Result<Folder, Box<dyn Fault>> {
        Ok(Folder::open(&self.vocabularies).map_err(LoadError::from)?)
    }

    /// The right to write, over the state that was seen.
    fn writer(&self, command: &str, over: Option<&str>) -> Result<Writer, Box<dyn Fault>> {
        // Asked first, so that a store that is not there is not made.
        Directory::open(&self.store)?;
        let writer = Writer::open(&self.store, None, (self.holder)(command))?;
        let moved = over.is_some_and(|seen| writer.preview().revision() != seen);
        if moved { Err(Moved.into()) } else { Ok(writer) }
    }

    fn readings(&self) -> Result<Readings<'_>, Box<dyn Fault>> {
        Ok(Readings { pipeline: self.pipeline, shelf: self.shelf()?, version: self.version.clone() })
    }
}

/// SHA-256 of the texts that name a thing.
fn texts_with(directory: &mut Directory, key: &str) -> Result<BTreeSet<String>, Error> {
    let (record, _) = crate::record::Record::open(directory, &[Layer::Claims, Layer::Mentions, Layer::Links])?;
    let Some(thing) = record.quads().find_iri(directory.base().iri(key).as_str()) else { return Ok(BTreeSet::new()) };
    let places = record.mentions(thing).into_iter();
    let places: Vec<Passage<'_>> = places.filter_map(|place| Passage::parse(record.quads().text(place))).collect();
    let texts = directory.documents().keys();
    Ok(texts.filter(|sha256| places.iter().any(|place| place.is_of(sha256))).cloned().collect())
}
