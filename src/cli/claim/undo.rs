//! `rapporteur undo`: the last decisions about claims or documents are taken back.

use clap::Args;
use rapporteur::model::text::counted;
use rapporteur::model::{Exit, Reviewed};

use super::pen;
use crate::cli::link::FolderOption;
use crate::cli::rules_option::RulesOption;
use crate::cli::{Outcome, report};

/// Take the last decisions about claims and documents back, those of one command at a time
#[derive(Args)]
#[command(after_help = "Example: rapporteur undo")]
pub struct Undo {
    #[command(flatten)]
    folder: FolderOption,

    #[command(flatten)]
    rules: RulesOption,
}

impl Undo {
    pub fn run(self) -> Outcome {
        let Some((changes, changed)) = pen(&self.folder, &self.rules)?.undo(None)? else {
            report::note("nothing to take back: no decision about a claim or document holds");
            return Ok(Exit::Done);
        };
        for (about, before) in &changes {
            let now = before.as_ref().map_or("open again", |before| before.verdict.name());
            let what = match about {
                Reviewed::Claim(said) => format!("“{}”", said.quote),
                Reviewed::Document { text, key } => format!("{key} of {text}"),
            };
            report::note(format!("{now:10}  {what}"));
        }
        let decisions = counted(changes.len(), "decision");
        report::note(format!("{decisions} taken back, {} changed", counted(changed, "document")));
        Ok(Exit::Done)
    }
}
