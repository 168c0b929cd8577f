//! What a run of `add` did, for the store and for people.

use std::collections::HashSet;
use std::time::Instant;

use rapporteur::model::Exit;
use rapporteur::model::text::counted;
use rapporteur::store::{Added, DocumentEntry, Error, Writer};

use super::readers::{Read, Reading};
use crate::cli::annotator;
use crate::cli::reading_report::ReadingReport;
use crate::cli::{headline, report};

/// Texts that are named again at the end if they could not be read; the report has all.
const NAMED: usize = 20;

/// A run of fewer texts is read as a whole: what failed in it need not be said again.
const MANY: usize = 32;

/// What a run did so far.
#[derive(Default)]
pub struct Tally {
    added: usize,
    claims: usize,
    entities: HashSet<String>,
    /// Lines of annotators that were refused.
    refused: usize,
    /// Documents of which an annotator said nothing.
    lost: usize,
    /// Documents that are in from a run that was stopped.
    resumed: usize,
    /// SHA-256 of the texts whose graphs are new.
    pub changed: Vec<String>,
    /// Program and rules that read the texts.
    pub version: String,
    /// Texts that could not be read, and why.
    failed: Vec<String>,
    /// What the only failure asks for.
    exit: Option<Exit>,
    pub report: ReadingReport,
}

impl Tally {
    /// Nothing yet, of a run of that program and rules.
    pub fn of(version: String) -> Self {
        Self { version, ..Self::default() }
    }

    /// Takes what a text gave, and gives its SHA-256 if it is in the store as it should be. `keeps_ties` leaves a document
    /// as it is that the same version read before: tied anew, it would lose its links.
    pub fn take(
        &mut self,
        name: &str,
        read: Read,
        writer: Option<&mut Writer>,
        keeps_ties: bool,
    ) -> Result<Option<String>, Error> {
        let Reading { extraction, packed, file, failure } = match read {
            Ok(read) => read,
            Err(fault) => {
                self.failed.push(format!("{name}: {}", fault.code().says()));
                self.report.failed(name, &*fault);
                self.exit = Some(report::fault(&*fault));
                return Ok(None);
            }
        };
        let sha256 = extraction.document.sha256.clone();
        let add = |(writer, packed): (&mut Writer, _)| match writer.document(&sha256) {
            Some(before) if keeps_ties && before.by == self.version => Ok(Added::Same),
            _ => writer.take_keeping(packed, file.as_deref()),
        };
        let added = writer.zip(packed.as_ref()).map(add).transpose()?;
        if matches!(added, Some(Added::New | Added::Replaced)) {
            self.changed.push(sha256.clone());
        }
        self.added += 1;
        self.claims += extraction.claims.len();
        self.entities.extend(extraction.entities.iter().map(|entity| entity.key.to_string()));
        self.refused += extraction.proposals.iter().map(|proposals| proposals.refused.len()).sum::<usize>();
        self.report.read(name, &extraction, added);
        headline::print(name, &extraction, added);
        if let Some(failure) = failure {
            self.lost += 1;
            annotator::lost("", &failure);
            return Ok(None);
        }
        Ok(Some(sha256))
    }

    /// Takes a document that is in from a run that was stopped.
    pub fn resume(&mut self, name: &str, sha256: &str, entry: &DocumentEntry) {
        self.added += 1;
        self.resumed += 1;
        self.claims += entry.counts.claims;
        // The run that was stopped left no record of itself.
        self.changed.push(sha256.to_owned());
        self.report.resumed(name, entry);
    }

    pub fn sum_up(&self, all: usize, start: Instant, is_dry: bool) {
        let formats = self.report.formats().map(|formats| format!(" ({formats})")).unwrap_or_default();
        if self.resumed > 0 {
            let documents = counted(self.resumed, "document");
            report::note(format!("{documents} of them in from a run that was stopped, not read again"));
        }
        if self.failed.is_empty() && is_dry {
            report::note("nothing was stored (--dry-run)");
        } else if self.failed.is_empty() {
            let seconds = start.elapsed().as_secs_f64();
            let (claims, entities) = (counted(self.claims, "claim"), headline::things(self.entities.len()));
            let documents = counted(self.added, "document");
            report::note(format!("{documents}{formats}, {claims}, {entities}, {seconds:.1} s"));
        } else {
            self.tell_failures(all);
            report::note(format!("{} of {all} documents added{formats}", self.added));
        }
        if let Some(refusals) = annotator::refusals(self.refused) {
            report::note(refusals);
        }
        if self.lost > 0 {
            report::note(format!("{} without what the annotator was asked for", counted(self.lost, "document")));
        }
    }

    /// Names once more what could not be read, where many lines stand behind it.
    fn tell_failures(&self, all: usize) {
        if all <= MANY {
            return;
        }
        report::note("not read:");
        self.failed.iter().take(NAMED).for_each(|failed| report::note(format!("  {failed}")));
        if self.failed.len() > NAMED {
            report::note(format!("  and {} more; --report FILE lists all", self.failed.len() - NAMED));
        }
    }

    pub fn exit(&self, all: usize) -> Exit {
        match (self.failed.len(), self.exit) {
            (0, _) if self.lost > 0 => Exit::Partly,
            (0, _) | (_, None) => Exit::Done,
            (failed, Some(exit)) if failed == all => exit,
            _ => Exit::Partly,
        }
    }
}
