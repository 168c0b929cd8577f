//! Many stores become one, or what was extracted on many machines: nothing is lost, and the bytes are those that one machine
//! would have written, but for the clocks in the record of runs.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::lift::{Layer, Run};
use crate::model::{Decisions, Fault, Said};
use crate::pipeline::Pipeline;
use crate::read;
use crate::store::{Added, Carried, Damage, Directory, Error, Packed, Ties, Writer};
use crate::vocabularies::Folder;

use super::{Outside, Reader, amend, decided, note_run};

/// Documents that are unpacked at a time.
const BATCH: usize = 64;

/// Documents between two commits, at least: the list of contents is written whole with each.
const COMMIT: usize = 512;

/// What merging did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// Documents that the store did not have.
    pub new: usize,
    /// Documents that it had, the same.
    pub same: usize,
    /// Names of the documents that it had otherwise: what came later stands.
    pub replaced: Vec<String>,
    /// Documents that were read again for what was decided or proposed of them elsewhere.
    pub again: usize,
    /// Names of those that should have been, and were read by another version or other rules.
    pub left: Vec<String>,
    /// RDF that was loaded under a name that other RDF had, and its name now.
    pub renamed: Vec<(String, String)>,
    /// What could not be taken.
    pub damages: Vec<Damage>,
}

/// A merge under way.
pub struct Merging {
    writer: Writer,
    merged: Merged,
    decisions: Decisions,
    to_read: BTreeSet<String>,
    /// SHA-256 of the texts that come without a record of runs.
    unrecorded: Vec<String>,
    /// Documents since the last commit.
    open: usize,
}

impl Merging {
    /// Begins to merge into a store. `stores` are those that will be taken: what readers decided in any of them holds for
    /// all; of two decisions about one thing that of the later store stands.
    ///
    /// # Errors
    /// When decisions cannot be read, or the store cannot be written.
    pub fn begin(writer: Writer, stores: &[Directory]) -> Result<Self, Box<dyn Fault>> {
        let own = decided(writer.preview())?;
        let mut decisions = own.clone();
        for store in stores {
            decisions.absorb(decided(store.clone())?);
        }
        let (merged, unrecorded) = (Merged::default(), Vec::new());
        let mut merging = Self { writer, merged, decisions, to_read: BTreeSet::new(), unrecorded, open: 0 };
        for sha256 in merging.writer.documents() {
            merging.concern(&sha256, &own);
        }
        Ok(merging)
    }

    /// Where the IRIs of the store start.
    pub fn writer(&self) -> &Writer {
        &self.writer
    }

    /// Takes documents that were extracted elsewhere.
    ///
    /// # Errors
    /// When their IRIs start elsewhere, or the store cannot be written.
    pub fn take(&mut self, documents: Vec<Packed>) -> Result<(), Box<dyn Fault>> {
        let nothing = Decisions::default();
        for packed in documents {
            if self.put(&packed, None, &nothing)? != Added::Same {
                self.unrecorded.push(packed.sha256().to_owned());
            }
        }
        Ok(())
    }

    /// Takes all of a store. What of it is damaged is left out and told.
    ///
    /// # Errors
    /// When its IRIs start elsewhere, or the store cannot be written.
    pub fn take_store(
        &mut self,
        store: &Directory,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<(), Box<dyn Fault>> {
        let theirs = decided(store.clone())?;
        let all: Vec<&String> = store.documents().keys().collect();
        // Where they are damaged, documents come without: it is told with the rest.
        let ties = store.ties().unwrap_or_else(|damage| {
            self.merged.damages.push(damage);
            Ties::default()
        });
        for (done, batch) in all.chunks(BATCH).enumerate() {
            progress(done * BATCH, all.len());
            let unpack = |sha256: &&String| {
                let carried = store.packed(sha256, &ties).transpose()?;
                Some(carried.map(|(packed, file)| (packed.pressed(), file)))
            };
            let unpacked: Vec<Result<Carried, Damage>> = batch.par_iter().filter_map(unpack).collect();
            for carried in unpacked {
                match carried {
                    Ok((packed, file)) => drop(self.put(&packed, file.as_deref(), &theirs)?),
                    Err(damage) => self.merged.damages.push(damage),
                }
            }
        }
        self.take_beside(store)
    }

    /// What stands beside the documents of a store.
    fn take_beside(&mut self, store: &Directory) -> Result<(), Box<dyn Fault>> {
        for name in store.loaded().keys() {
            match store.loaded_lines(name) {
                Ok(lines) => {
                    let now = self.writer.take_loaded(name, &lines)?;
                    if now != *name {
                        self.merged.renamed.push((name.clone(), now));
                    }
                }
                Err(damage) => self.merged.damages.push(damage),
            }
        }
        // The ontology ships with the program; decisions were merged as such.
        for layer in [Layer::Catalogue, Layer::Runs] {
            match store.standing_lines(layer) {
                Ok(lines) => self.writer.stand_also(layer, &lines)?,
                Err(damage) => self.merged.damages.push(damage),
            }
        }
        Ok(self.writer.record_also(store.path())?)
    }

    fn put(&mut self, packed: &Packed, file: Option<&[u8]>, theirs: &Decisions) -> Result<Added, Error> {
        let sha256 = packed.sha256();
        let before = self.writer.document(sha256).cloned();
        let added = self.writer.take_keeping(packed, file)?;
        match (added, before) {
            (Added::New, _) => self.merged.new += 1,
            (Added::Same, _) => self.merged.same += 1,
            (Added::Replaced, before) => {
                self.merged.replaced.push(packed.entry().name.clone());
                if before.is_some_and(|before| self.writer.keep_of(sha256, &before)) {
                    self.to_read.insert(sha256.to_owned());
                }
            }
        }
        self.concern(sha256, theirs);
        self.open += 1;
        if self.open >= COMMIT.max(self.merged.new / 8) {
            self.open = 0;
            self.writer.commit()?;
        }
        Ok(added)
    }

    /// Notes a document to be read again if more was decided about it than was known where it was read.
    fn concern(&mut self, sha256: &str, known: &Decisions) {
        let all = &self.decisions;
        if !all.ties_as(known) || !all.says_of(Said::text_of(sha256), known) {
            self.to_read.insert(sha256.to_owned());
        }
    }

    /// Reads again what is to be, and makes all of it last. `version` names program and rules, `now` is the time.
    ///
    /// # Errors
    /// When the store cannot be written.
    pub fn finish(
        mut self,
        pipeline: &Pipeline<'_>,
        shelf: Folder,
        version: &str,
        now: String,
    ) -> Result<Merged, Box<dyn Fault>> {
        self.writer.commit()?;
        // Kept together with the documents that change by them: a merge that is stopped before knows what it has yet to do
        // when it is run again.
        let decisions = amend(&mut self.writer, |held| *held = self.decisions)?;
        let outside = Outside { shelf, decisions };
        let (options, base) = (read::Options::default(), self.writer.base().clone());
        let reader = Reader { pipeline, outside: &outside, options, base };
        let directory = self.writer.preview();
        for sha256 in &self.to_read {
            let entry = self.writer.document(sha256).cloned().unwrap_or_default();
            let again = match entry.by == version {
                true => reader.read_again(&directory, sha256, None)?,
                false => None,
            };
            match again {
                Some(extraction) => {
                    self.writer.add(&extraction, version)?;
                    self.merged.again += 1;
                }
                None => self.merged.left.push(entry.name),
            }
        }
        self.writer.commit()?;
        let run = Run { version: version.to_owned(), ended: now, texts: self.unrecorded };
        note_run(&mut self.writer, &run)?;
        Ok(self.merged)
    }
}
