//! The second half of a run of `add`: what was read goes into the store, is told, and is committed from time to time.

use rapporteur::desk;
use rapporteur::lift::Run;
use rapporteur::model::Fault;
use rapporteur::read::Given;
use rapporteur::store::{Error, Journal, Mark, Writer};

use super::readers::Read;
use super::tally::Tally;
use super::{Knowledge, resume};
use crate::cli::clock;
use crate::cli::input::Input;
use crate::cli::progress::Progress;

/// Documents between two commits, at least.
const COMMIT: usize = 32;

/// A store that is so many times as large waits so many times longer for a commit: the list of contents is written whole
/// with each, and what a run that is stopped loses stays in proportion to what it did.
const SHARE: usize = 16;

/// A text with what is known of it, and what the run that was stopped made of it.
pub struct Next<'i> {
    pub input: &'i Input,
    pub given: Option<Given>,
    mark: Option<Mark>,
    pub sha256: Option<String>,
}

/// A text, and what reading it gave; `None` for one that is in already.
pub type Waiting<'i> = (Next<'i>, Option<Read>);

/// A run that writes.
pub struct Writing<'w> {
    pub writer: Option<&'w mut Writer>,
    pub journal: Option<Journal>,
    pub tally: Tally,
    pub progress: Progress,
    /// Texts of the run.
    pub all: usize,
    /// Those that were taken.
    pub done: usize,
    /// Those since the last commit.
    pub open: usize,
}

impl Writing<'_> {
    /// What is known of some texts.
    pub fn look<'i>(&self, batch: &'i [Input], knowledge: &Knowledge) -> Result<Vec<Next<'i>>, Box<dyn Fault>> {
        let look = |input: &'i Input| {
            let given = knowledge.of(input)?;
            let mark = self.journal.as_ref().and_then(|_| resume::mark(input, given.as_ref()));
            let sha256 = mark.as_ref().and_then(|mark| self.known(mark));
            Ok(Next { input, given, mark, sha256 })
        };
        batch.iter().map(look).collect()
    }

    /// The text that a run that was stopped made of what is marked so, if the store has it.
    fn known(&self, mark: &Mark) -> Option<String> {
        let sha256 = self.journal.as_ref()?.knows(mark)?;
        let entry = self.writer.as_ref()?.document(sha256)?;
        (entry.by == self.tally.version).then(|| sha256.to_owned())
    }

    /// Takes what reading some texts gave, in their order.
    pub fn write(&mut self, waiting: Vec<Waiting<'_>>, keeps_ties: bool) -> Result<(), Error> {
        for (next, read) in waiting {
            self.progress.clear();
            let name = next.input.name();
            let sha256 = match (read, &next.sha256) {
                (Some(read), _) => self.tally.take(&name, read, self.writer.as_deref_mut(), keeps_ties)?,
                (None, Some(sha256)) => {
                    let entry = self.writer.as_ref().and_then(|writer| writer.document(sha256));
                    self.tally.resume(&name, sha256, &entry.cloned().unwrap_or_default());
                    None
                }
                (None, None) => None,
            };
            if let (Some(journal), Some(mark), Some(sha256)) = (&mut self.journal, next.mark, sha256) {
                journal.note(mark, &sha256);
            }
            self.done += 1;
            self.open += 1;
            self.progress.count(self.done, self.all, &name);
        }
        let stored = self.writer.as_ref().map_or(0, |writer| writer.len());
        if self.open >= COMMIT.max(stored / SHARE) { self.commit() } else { Ok(()) }
    }

    fn commit(&mut self) -> Result<(), Error> {
        self.open = 0;
        self.writer.as_mut().map_or(Ok(()), |writer| writer.commit())?;
        self.journal.iter_mut().for_each(Journal::keep);
        Ok(())
    }

    /// Makes all last, and notes the run.
    pub fn finish(mut self) -> Result<Tally, Box<dyn Fault>> {
        self.progress.clear();
        self.commit()?;
        if let Some(writer) = self.writer {
            let texts = std::mem::take(&mut self.tally.changed);
            desk::note_run(writer, &Run { version: self.tally.version.clone(), ended: clock::now(), texts })?;
        }
        self.journal.into_iter().for_each(Journal::finish);
        Ok(self.tally)
    }
}

/// Texts with what reading those gave that were not in already.
pub fn with_readings(batch: Vec<Next<'_>>, read: Vec<Read>) -> Vec<Waiting<'_>> {
    let mut read = read.into_iter();
    let mut waiting = Vec::with_capacity(batch.len());
    for next in batch {
        let reading = if next.sha256.is_none() { read.next() } else { None };
        waiting.push((next, reading));
    }
    waiting
}
