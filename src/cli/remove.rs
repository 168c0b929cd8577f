//! `rapporteur remove`: documents and loaded RDF out of the store.

use clap::Args;
use rapporteur::model::Exit;
use rapporteur::store::{Directory, Writer};

use super::store_option::StoreOption;
use super::{Outcome, clock, report};

/// Take documents, or RDF that was loaded, out of the store: their graphs and nothing else
#[derive(Args)]
pub struct Remove {
    /// File names, IRIs of texts, or first digits of their hashes, as `stats` lists them
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,

    #[command(flatten)]
    store: StoreOption,

    /// Say what would be removed; change nothing
    #[arg(long)]
    dry_run: bool,
}

impl Remove {
    pub fn run(self) -> Outcome {
        // A store that is not there is not made only to find it empty.
        Directory::open(&self.store.directory())?;
        let mut writer = Writer::open(&self.store.directory(), None, clock::holder("remove"))?;
        let removed = self.names.iter().map(|name| writer.remove(name)).collect::<Result<Vec<_>, _>>()?;
        if !self.dry_run {
            writer.commit()?;
            writer.index()?;
        }
        let done = if self.dry_run { "would be removed" } else { "removed" };
        removed.iter().for_each(|name| report::note(format_args!("{name}   {done}")));
        Ok(Exit::Done)
    }
}
