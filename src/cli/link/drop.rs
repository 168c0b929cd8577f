//! `rapporteur link drop`: takes a vocabulary away.

use clap::Args;
use rapporteur::link::shelf;
use rapporteur::model::Exit;

use super::folder::FolderOption;
use crate::cli::{Outcome, report};

/// Drop a vocabulary
#[derive(Args)]
pub struct Drop {
    /// Its short name, as `link list` gives it
    #[arg(value_name = "SCHEME")]
    scheme: String,

    #[command(flatten)]
    folder: FolderOption,
}

impl Drop {
    pub fn run(self) -> Outcome {
        shelf::drop_vocabulary(&self.folder.folder(), &self.scheme)?;
        report::note(format!("dropped {}", self.scheme));
        Ok(Exit::Done)
    }
}
