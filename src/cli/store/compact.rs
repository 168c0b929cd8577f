//! `rapporteur store compact`: a store in as few files and bytes as it can be.

use clap::Args;
use rapporteur::model::Exit;
use rapporteur::model::text::counted;
use rapporteur::store::{Directory, Writer};

use crate::cli::store_option::StoreOption;
use crate::cli::{Outcome, clock, report};

/// Put the files of a store's documents together in packs, without what was replaced; what it says stays the same
#[derive(Args)]
#[command(after_help = "\
`add` fills packs by itself; this gathers also what came one by one, and brings a store of an earlier version into the present form.")]
pub struct Compact {
    #[command(flatten)]
    store: StoreOption,
}

impl Compact {
    pub fn run(self) -> Outcome {
        let path = self.store.directory();
        // Asked first, so that a store that is not there is not made.
        let before = Directory::open(&path)?.bytes();
        let mut writer = Writer::open(&path, None, clock::holder("store compact"))?;
        let settled = writer.settle_ties()?;
        writer.commit()?;
        writer.compact()?;
        writer.index()?;
        let (after, all) = (Directory::open(&path)?.bytes(), counted(writer.len(), "document"));
        report::note(format!("{all}, {} kB before, {} kB now", before / 1000, after / 1000));
        if settled > 0 {
            report::note(format!(
                "{} told what data rows say of ties, which stands once now",
                counted(settled, "document")
            ));
        }
        Ok(Exit::Done)
    }
}
