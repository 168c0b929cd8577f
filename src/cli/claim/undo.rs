//! `rapporteur undo`: the last decision about claims is taken back.

use clap::Args;
use rapporteur::model::Exit;
use rapporteur::model::text::counted;
use rapporteur::store::{Directory, Writer};

use super::readings;
use crate::cli::link::FolderOption;
use crate::cli::rules_option::RulesOption;
use crate::cli::{Outcome, clock, report};

/// Take the last decisions about claims back, those of one command at a time
#[derive(Args)]
pub struct Undo {
    #[command(flatten)]
    folder: FolderOption,

    #[command(flatten)]
    rules: RulesOption,
}

impl Undo {
    pub fn run(self) -> Outcome {
        let path = self.folder.store.directory();
        // Asked first, so that a store that is not there is not made.
        Directory::open(&path)?;
        let mut writer = Writer::open(&path, None, &clock::holder("undo"))?;
        let Some((changes, changed)) = readings(&self.folder, &self.rules)?.undo(&mut writer, &clock::precise())?
        else {
            report::note("nothing to take back: no decision about a claim holds");
            return Ok(Exit::Done);
        };
        for (said, before) in &changes {
            let now = before.as_ref().map_or("open again", |before| before.verdict.name());
            report::note(format!("{now:10}  “{}”", said.quote));
        }
        let decisions = counted(changes.len(), "decision");
        report::note(format!("{decisions} taken back, {} changed", counted(changed, "document")));
        Ok(Exit::Done)
    }
}
