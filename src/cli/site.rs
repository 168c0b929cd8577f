//! `rapporteur site`: the explorer as files, for any web server or none.

use std::path::PathBuf;

use clap::Args;
use rapporteur::explore::{self, Explorer, Settings};
use rapporteur::model::Exit;

use super::store_option::StoreOption;
use super::{Outcome, output_file, report};

/// Write the explorer's pages into a folder: they work from a file server and from the disk, without this program
#[derive(Args)]
pub struct Site {
    /// The folder to make
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,

    /// Replace the folder if it exists
    #[arg(long)]
    force: bool,

    /// No more files than this; what does not fit is named
    #[arg(long, value_name = "FILES", default_value_t = 200_000)]
    max_files: usize,

    #[command(flatten)]
    store: StoreOption,
}

impl Site {
    pub fn run(self) -> Outcome {
        let explorer = Explorer::open(&self.store.directory(), Settings::default())?;
        report::left_out(explorer.reading().damages());
        let (files, left_out) = explore::site(&explorer, self.max_files);
        output_file::save_folder(&self.output, self.force, &files)?;
        report::note(format!("wrote {} files; begin at {}", files.len(), self.output.join("index.html").display()));
        if left_out > 0 {
            report::note(format!("{left_out} addresses were left out"));
        }
        Ok(Exit::Done)
    }
}
