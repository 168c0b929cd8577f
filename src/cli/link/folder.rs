//! The option that names the folder of vocabularies, the same in all link commands.

use std::path::PathBuf;

use clap::Args;
use rapporteur::desk::Outside;
use rapporteur::model::Fault;
use rapporteur::vocabularies::Folder;

use crate::cli::store_option::StoreOption;

/// Where the vocabularies are.
#[derive(Args, Clone, Debug)]
pub struct FolderOption {
    #[command(flatten)]
    pub store: StoreOption,

    /// The folder of vocabularies [default: $RAPPORTEUR_VOCABULARIES, else vocabularies/ in the store]
    #[arg(long, value_name = "DIR")]
    vocabularies: Option<PathBuf>,
}

impl FolderOption {
    /// The folder: the flag, else the environment, else the one in the store.
    pub fn folder(&self) -> PathBuf {
        self.vocabularies
            .clone()
            .or_else(|| std::env::var_os("RAPPORTEUR_VOCABULARIES").map(PathBuf::from))
            .unwrap_or_else(|| self.store.directory().join("vocabularies"))
    }

    /// Its vocabularies, and what readers decided.
    pub fn outside(&self) -> Result<Outside, Box<dyn Fault>> {
        Outside::of(&self.store.directory(), &self.folder())
    }

    /// All its vocabularies.
    pub fn shelf(&self) -> Result<Folder, Box<dyn Fault>> {
        let opened = Folder::open(&self.folder());
        opened.map_err(|error| rapporteur::vocabularies::load::LoadError::from(error).into())
    }
}
