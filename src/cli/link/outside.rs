//! What ties a document to the outside: the loaded vocabularies, and what readers decided.

use rapporteur::lift::{Layer, decisions};
use rapporteur::link::{self, shelf::Shelf};
use rapporteur::model::{Decisions, Extraction, Fault};
use rapporteur::store::{Directory, Error, Writer};

use super::folder::FolderOption;

/// Vocabularies and decisions.
pub struct Outside {
    /// The vocabularies.
    pub shelf: Shelf,
    /// The decisions.
    pub decisions: Decisions,
}

impl Outside {
    /// Those of a store; none where there is no store yet.
    pub fn of(folder: &FolderOption) -> Result<Self, Box<dyn Fault>> {
        let decisions = match Directory::open(&folder.store.directory()) {
            Ok(directory) => decided(directory)?,
            Err(Error::Missing(_)) => Decisions::default(),
            Err(error) => return Err(error.into()),
        };
        Ok(Self { shelf: folder.shelf()?, decisions })
    }

    /// Ties a document.
    pub fn tie(&self, extraction: &mut Extraction) {
        if !self.shelf.is_empty() || !self.decisions.is_empty() {
            link::tie(extraction, &self.shelf, &self.decisions);
        }
    }
}

/// What was decided, as the store has it. A record that is damaged must not be taken for none.
pub fn decided(mut directory: Directory) -> Result<Decisions, Box<dyn Fault>> {
    let base = directory.base().clone();
    let (quads, damages) = directory.quads(&[Layer::Review])?;
    match damages.into_iter().next() {
        Some(damage) => Err(Error::from(damage).into()),
        None => Ok(decisions(quads.iter().flatten(), &base)),
    }
}

/// Puts decisions into the store, in place of those it had.
pub fn keep(writer: &mut Writer, decisions: &Decisions) -> Result<(), Box<dyn Fault>> {
    let graph = rapporteur::lift::review(decisions, writer.base());
    writer.stand(&graph)?;
    Ok(writer.commit()?)
}
