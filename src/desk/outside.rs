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

    /// Asks that no vocabulary is damaged: what is tied without one would lose its links.
    ///
    /// # Errors
    /// The first one that is.
    pub fn must_be_whole(&self) -> Result<(), Box<dyn Fault>> {
        match self.shelf.damaged().into_iter().next() {
            Some((scheme, reason)) => Err(LoadError::Harmed { scheme, reason }.into()),
            None => Ok(()),
        }
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

/// Changes what was decided, under the writer's lock: it is read again first, so that what others decided meanwhile stays.
/// Gives all decisions as they are then. They show with the writer's next commit, so that they can be kept together with
/// what follows from them: whoever is stopped between the two has decided nothing, and may say it again.
///
/// # Errors
/// When what was decided cannot be read whole, or the store cannot be written.
pub fn amend(writer: &mut Writer, change: impl FnOnce(&mut Decisions)) -> Result<Decisions, Box<dyn Fault>> {
    let before = decided(Directory::open(writer.directory())?)?;
    let mut after = before.clone();
    change(&mut after);
    if after != before {
        writer.stand(&review(&after, writer.base()))?;
    }
    Ok(after)
}

#[cfg(test)]
mod tests {
    use super::{amend, decided};
    use crate::model::{Change, Decision, Ruling};
    use crate::store::{Directory, Writer};

    fn decision(iri: &str) -> Decision {
        Decision { key: "body/a".into(), iri: iri.into(), scheme: "ports".into(), ruling: Ruling::Reject }
    }

    #[test]
    fn what_others_decided_meanwhile_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let step = |change| {
            let mut writer = Writer::open(folder.path(), None, "test").expect("a store");
            let all = amend(&mut writer, |all| all.change(change)).expect("written");
            writer.commit().expect("stored");
            all
        };
        step(Change::Put(decision("https://example.org/1")));
        // A reader who began before this one knows nothing of it, and decides after it.
        step(Change::Put(decision("https://example.org/2")));
        let all = step(Change::Forget(decision("https://example.org/3")));
        assert_eq!(all.len(), 2);
        let stored = decided(Directory::open(folder.path()).expect("a store")).expect("whole");
        assert_eq!(stored, all);
        assert_eq!(step(Change::Forget(decision("https://example.org/1"))).len(), 1);
    }
}
