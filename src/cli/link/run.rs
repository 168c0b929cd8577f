//! `rapporteur link run`: the documents of a store are tied anew.

use clap::Args;
use rapporteur::desk::{Desk, Outside, Reader, Tied, VERSION};
use rapporteur::model::Exit;
use rapporteur::model::text::counted;
use rapporteur::read;
use rapporteur::store::{Directory, Writer};

use super::folder::FolderOption;
use crate::cli::progress::{Progress, bar};
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

impl Run {
    pub fn run(self) -> Outcome {
        // Asked first, so that a store that is not there is not made.
        Directory::open(&self.folder.store.directory())?;
        let mut writer = Writer::open(&self.folder.store.directory(), None, clock::holder("link run"))?;
        // What was decided is read under the lock, so that nothing decided meanwhile is passed over.
        let outside = self.folder.outside()?;
        tie_all(&mut writer, &self.folder, &self.rules, &outside)
    }
}

/// Ties all documents of a store and says what came of it.
pub fn tie_all(writer: &mut Writer, folder: &FolderOption, rules: &RulesOption, outside: &Outside) -> Outcome {
    let (pipeline, version) = (rules.pipeline()?, format!("{VERSION}{}", rules.version()?));
    let reader = Reader { pipeline, outside, options: read::Options::default(), base: writer.base().clone() };
    let mut shown = Progress::new();
    let mut progress = |done, all, name: &str| shown.say(|| format!("{}  {name}", bar(done as u64, all as u64)));
    let tied = Desk::open(&folder.store.directory())?.tie_all(writer, &reader, &version, &mut progress)?;
    shown.clear();
    say(&tied);
    Ok(if tied.other.is_empty() { Exit::Done } else { Exit::Partly })
}

fn say(tied: &Tied) {
    report::note(format!(
        "{} ({} changed): {}, {}, {} to review",
        counted(tied.documents, "document"),
        tied.changed,
        counted(tied.links, "link"),
        counted(tied.subjects, "topic"),
        tied.candidates,
    ));
    if let Some(first) = tied.other.first() {
        report::note(format!(
            "{} left alone, for example {first}: read by other rules or another version; add the files again",
            counted(tied.other.len(), "document")
        ));
    }
}
