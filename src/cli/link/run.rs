//! `rapporteur link run`: the documents of a store are tied anew.

use clap::Args;
use rapporteur::model::{Exit, Fault};
use rapporteur::pipeline::Pipeline;
use rapporteur::read;
use rapporteur::store::{Added, Directory, Writer};

use super::folder::FolderOption;
use super::outside::Outside;
use super::progress::{Progress, bar};
use crate::cli::add::VERSION;
use crate::cli::headline::count;
use crate::cli::{Outcome, clock, report};

/// Tie the documents of the store to the loaded vocabularies, as `add` does for new ones
#[derive(Args)]
pub struct Run {
    #[command(flatten)]
    folder: FolderOption,
}

/// What tying did.
#[derive(Default)]
struct Tally {
    documents: usize,
    changed: usize,
    links: usize,
    candidates: usize,
    subjects: usize,
    /// Documents whose text alone does not give them again: they came from a format that keeps more than text.
    other: Vec<String>,
}

impl Run {
    pub fn run(self) -> Outcome {
        let outside = Outside::of(&self.folder)?;
        // Asked first, so that a store that is not there is not made.
        Directory::open(&self.folder.store.directory())?;
        let mut writer = Writer::open(&self.folder.store.directory(), None, &clock::holder("link run"))?;
        tie_all(&mut writer, &self.folder, &outside)
    }
}

/// Ties all documents of a store and says what came of it.
pub fn tie_all(writer: &mut Writer, folder: &FolderOption, outside: &Outside) -> Outcome {
    let directory = Directory::open(&folder.store.directory())?;
    let mut progress = Progress::new();
    let mut tally = Tally::default();
    let all = directory.documents().len();
    for (done, (sha256, entry)) in directory.documents().iter().enumerate() {
        progress.say(|| format!("{} {}", bar(done as u64, all as u64), entry.name));
        let text = directory.text(sha256).map_err(rapporteur::store::Error::from)?;
        tie(writer, outside, sha256, &entry.name, &text, &mut tally)?;
        if done % 32 == 31 {
            writer.commit()?;
        }
    }
    progress.clear();
    writer.commit()?;
    tally.report();
    Ok(if tally.other.is_empty() { Exit::Done } else { Exit::Partly })
}

fn tie(
    writer: &mut Writer,
    outside: &Outside,
    sha256: &str,
    name: &str,
    text: &str,
    tally: &mut Tally,
) -> Result<(), Box<dyn Fault>> {
    let options = read::Options { limit: usize::MAX, ..read::Options::default() };
    let read = Pipeline::embedded().extract(name, text.as_bytes(), &options);
    let Some(mut extraction) = read.ok().filter(|extraction| extraction.document.sha256 == sha256) else {
        tally.other.push(name.to_owned());
        return Ok(());
    };
    outside.tie(&mut extraction);
    tally.documents += 1;
    tally.links += extraction.links.len();
    tally.candidates += extraction.candidates.len();
    tally.subjects += extraction.subjects.iter().filter(|subject| subject.claim.is_none()).count();
    tally.changed += usize::from(writer.add(&extraction, VERSION)? != Added::Same);
    Ok(())
}

impl Tally {
    fn report(&self) {
        report::note(format!(
            "{} ({} changed): {}, {}, {} to review",
            count(self.documents, "document"),
            self.changed,
            count(self.links, "link"),
            count(self.subjects, "topic"),
            self.candidates,
        ));
        if let Some(first) = self.other.first() {
            let more = self.other.len();
            report::note(format!(
                "{} left as it was, for example {first}: add the file again",
                count(more, "document")
            ));
        }
    }
}
