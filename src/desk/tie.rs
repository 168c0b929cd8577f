//! The documents of a store are tied anew, from their stored texts.

use crate::model::{Extraction, Fault};
use crate::read;
use crate::store::{Added, Error, Writer};

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
    /// When a stored text cannot be read, or the store cannot be written.
    pub fn tie_all(
        &self,
        writer: &mut Writer,
        reader: &Reader<'_>,
        version: &str,
        progress: &mut dyn FnMut(usize, usize, &str),
    ) -> Result<Tied, Box<dyn Fault>> {
        let mut tied = Tied::default();
        let all = self.directory.documents().len();
        for (done, (sha256, entry)) in self.directory.documents().iter().enumerate() {
            progress(done, all, &entry.name);
            let text = self.directory.text(sha256).map_err(Error::from)?;
            // Other rules, or another version, would change more than the links.
            let again = (entry.by == version).then(|| read_again(reader, sha256, &entry.name, &text)).flatten();
            match again {
                Some(extraction) => tied.take(&extraction, writer.add(&extraction, version)?),
                None => tied.other.push(entry.name.clone()),
            }
            if done % BATCH == BATCH - 1 {
                writer.commit()?;
            }
        }
        writer.commit()?;
        Ok(tied)
    }
}

/// What the text of a document gives, if it gives the document.
fn read_again(reader: &Reader<'_>, sha256: &str, name: &str, text: &str) -> Option<Extraction> {
    let options = read::Options { limit: usize::MAX, ..read::Options::default() };
    let reader = Reader { options, pipeline: reader.pipeline, outside: reader.outside };
    reader.read(name, text.as_bytes()).ok().filter(|extraction| extraction.document.sha256 == sha256)
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
