//! The documents of a store are tied anew, from their stored texts.

use crate::model::{Extraction, Fault};
use crate::store::{Added, Writer};

use super::{Desk, Reader};

/// Documents between two commits.
const BATCH: usize = 32;

/// What tying did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tied {
    /// Documents that were tied.
    pub documents: usize,
    /// Those whose graphs are new.
    pub changed: usize,
    /// Links that stand.
    pub links: usize,
    /// Links that may be.
    pub candidates: usize,
    /// Topics of documents.
    pub subjects: usize,
    /// Documents that reading their text now would change otherwise too: they were read by other rules or another version,
    /// or came from a format that keeps more than text.
    pub other: Vec<String>,
}

impl Desk {
    /// Ties all documents of the store, as `version` of program and rules read them. `progress` hears how many of how many
    /// are done, and the name of the next.
    ///
    /// # Errors
    /// When a stored text cannot be read, a vocabulary turns out to be damaged, or the store cannot be written.
    pub fn tie_all(
        &self,
        writer: &mut Writer,
        reader: &Reader<'_>,
        version: &str,
        progress: &mut dyn FnMut(usize, usize, &str),
    ) -> Result<Tied, Box<dyn Fault>> {
        self.tie_some(writer, reader, version, &|_| true, progress)
    }

    /// The same, but only documents of texts that are wanted, by SHA-256.
    ///
    /// # Errors
    /// As [`Desk::tie_all`].
    pub fn tie_some(
        &self,
        writer: &mut Writer,
        reader: &Reader<'_>,
        version: &str,
        is_wanted: &dyn Fn(&str) -> bool,
        progress: &mut dyn FnMut(usize, usize, &str),
    ) -> Result<Tied, Box<dyn Fault>> {
        reader.outside.must_be_whole()?;
        let mut tied = Tied::default();
        let wanted: Vec<_> = self.directory.documents().iter().filter(|(sha256, _)| is_wanted(sha256)).collect();
        let all = wanted.len();
        for (done, (sha256, entry)) in wanted.into_iter().enumerate() {
            progress(done, all, &entry.name);
            // Other rules, or another version, would change more than the links.
            let again = match entry.by == version {
                true => reader.read_again(&self.directory, sha256, None)?,
                false => None,
            };
            match again {
                Some(extraction) => tied.take(&extraction, writer.add(&extraction, version)?),
                None => tied.other.push(entry.name.clone()),
            }
            if done % BATCH == BATCH - 1 {
                reader.outside.must_be_whole()?;
                writer.commit()?;
            }
        }
        reader.outside.must_be_whole()?;
        writer.commit()?;
        writer.index()?;
        Ok(tied)
    }
}

impl Tied {
    fn take(&mut self, extraction: &Extraction, added: Added) {
        self.documents += 1;
        self.links += extraction.links.len();
        self.candidates += extraction.candidates.len();
        self.subjects += extraction.subjects.iter().filter(|subject| subject.claim.is_none()).count();
        self.changed += usize::from(added != Added::Same);
    }
}
