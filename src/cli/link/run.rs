//! `rapporteur link run`: the documents of a store are tied anew.

use clap::Args;
use rapporteur::model::text::counted;
use rapporteur::model::{Exit, Extraction, Fault};
use rapporteur::pipeline::Pipeline;
use rapporteur::read;
use rapporteur::store::{Added, Directory, Writer};

use super::folder::FolderOption;
use super::outside::Outside;
use super::progress::{Progress, bar};
use crate::cli::add::VERSION;
use crate::cli::rules_option::RulesOption;
use crate::cli::{Outcome, clock, report};

/// Tie the documents of the store to the loaded vocabularies, as `add` does for new ones
#[derive(Args)]
pub struct Run {
    #[command(flatten)]
    folder: FolderOption,

    #[command(flatten)]
    rules: RulesOption,
}

/// What tying did.
#[derive(Default)]
struct Tally {
    documents: usize,
    changed: usize,
    links: usize,
    candidates: usize,
    subjects: usize,
    /// Documents that reading their text now would change otherwise too: they were read by other rules or another version,
    /// or came from a format that keeps more than text.
    other: Vec<String>,
}

impl Run {
    pub fn run(self) -> Outcome {
        let outside = Outside::of(&self.folder)?;
        // Asked first, so that a store that is not there is not made.
        Directory::open(&self.folder.store.directory())?;
        let mut writer = Writer::open(&self.folder.store.directory(), None, &clock::holder("link run"))?;
        tie_all(&mut writer, &self.folder, &self.rules, &outside)
    }
}

/// Ties all documents of a store and says what came of it.
pub fn tie_all(writer: &mut Writer, folder: &FolderOption, rules: &RulesOption, outside: &Outside) -> Outcome {
    let (pipeline, version) = (rules.pipeline()?, format!("{VERSION}{}", rules.version()?));
    let directory = Directory::open(&folder.store.directory())?;
    let mut progress = Progress::new();
    let mut tally = Tally::default();
    let all = directory.documents().len();
    for (done, (sha256, entry)) in directory.documents().iter().enumerate() {
        progress.say(|| format!("{}  {}", bar(done as u64, all as u64), entry.name));
        let text = directory.text(sha256).map_err(rapporteur::store::Error::from)?;
        // Other rules, or another version, would change more than the links.
        let again = (entry.by == version).then(|| read_again(pipeline, sha256, &entry.name, &text)).flatten();
        match again {
            Some(extraction) => tie(writer, outside, extraction, &version, &mut tally)?,
            None => tally.other.push(entry.name.clone()),
        }
        if done % 32 == 31 {
            writer.commit()?;
        }
    }
    progress.clear();
    writer.commit()?;
    tally.report();
    Ok(if tally.other.is_empty() { Exit::Done } else { Exit::Partly })
}

/// What the text of a document gives, if it gives the document.
fn read_again(pipeline: &Pipeline<'_>, sha256: &str, name: &str, text: &str) -> Option<Extraction> {
    let options = read::Options { limit: usize::MAX, ..read::Options::default() };
    let read = pipeline.extract(name, text.as_bytes(), &options);
    read.ok().filter(|extraction| extraction.document.sha256 == sha256)
}

fn tie(
    writer: &mut Writer,
    outside: &Outside,
    mut extraction: Extraction,
    version: &str,
    tally: &mut Tally,
) -> Result<(), Box<dyn Fault>> {
    outside.tie(&mut extraction);
    tally.documents += 1;
    tally.links += extraction.links.len();
    tally.candidates += extraction.candidates.len();
    tally.subjects += extraction.subjects.iter().filter(|subject| subject.claim.is_none()).count();
    tally.changed += usize::from(writer.add(&extraction, version)? != Added::Same);
    Ok(())
}

impl Tally {
    fn report(&self) {
        report::note(format!(
            "{} ({} changed): {}, {}, {} to review",
            counted(self.documents, "document"),
            self.changed,
            counted(self.links, "link"),
            counted(self.subjects, "topic"),
            self.candidates,
        ));
        if let Some(first) = self.other.first() {
            let more = self.other.len();
            report::note(format!(
                "{} left alone, for example {first}: read by other rules or another version; add the files again",
                counted(more, "document")
            ));
        }
    }
}
