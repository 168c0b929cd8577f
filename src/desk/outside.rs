//! What ties a document to the outside: the loaded vocabularies, and what readers decided.

use std::path::Path;

use crate::lift::{Layer, decisions, review};
use crate::link;
use crate::model::{Decisions, Fault};
use crate::store::{Directory, Error, Writer};
use crate::vocabularies::Folder;
use crate::vocabularies::load::LoadError;

/// Vocabularies and decisions.
pub struct Outside {
    /// The vocabularies.
    pub shelf: Folder,
    /// The decisions.
    pub decisions: Decisions,
}

impl Outside {
    /// The vocabularies of a folder, and the decisions of a store; none where there is no store yet.
    ///
    /// # Errors
    /// When either is there and cannot be read.
    pub fn of(store: &Path, vocabularies: &Path) -> Result<Self, Box<dyn Fault>> {
        let decisions = match Directory::open(store) {
            Ok(directory) => decided(directory)?,
            Err(Error::Missing(_)) => Decisions::default(),
            Err(error) => return Err(error.into()),
        };
        Ok(Self { shelf: Folder::open(vocabularies).map_err(LoadError::from)?, decisions })
    }

    /// As the linker takes it.
    pub fn for_linking(&self) -> link::Outside<'_> {
        link::Outside { shelf: &self.shelf, decisions: &self.decisions }
    }
}

/// What was decided, as the store has it. A record that is damaged must not be taken for none.
///
/// # Errors
/// When it cannot be read whole.
pub fn decided(mut directory: Directory) -> Result<Decisions, Box<dyn Fault>> {
    let base = directory.base().clone();
    let (quads, damages) = directory.quads(&[Layer::Review])?;
    match damages.into_iter().next() {
        Some(damage) => Err(Error::from(damage).into()),
        None => Ok(decisions(quads.iter().flatten(), &base)),
    }
}

/// Puts decisions into the store, in place of those it had.
///
/// # Errors
/// When the store cannot be written.
pub fn keep(writer: &mut Writer, decisions: &Decisions) -> Result<(), Box<dyn Fault>> {
    let graph = review(decisions, writer.base());
    writer.stand(&graph)?;
    Ok(writer.commit()?)
}
