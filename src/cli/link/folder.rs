//! The option that names the folder of vocabularies, the same in all link commands.

use std::path::PathBuf;

use clap::Args;
use rapporteur::desk::Outside;
use rapporteur::model::Fault;
use rapporteur::vocabularies::Folder;
use rapporteur::vocabularies::load::LoadError;

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
        self.must_be_there()?;
        Outside::of(&self.store.directory(), &self.folder())
    }

    /// A folder that somebody named and that is not there is a slip of the pen: without its vocabularies links would go.
    fn must_be_there(&self) -> Result<(), Box<dyn Fault>> {
        let (folder, usual) = (self.folder(), self.store.directory().join("vocabularies"));
        match folder == usual || folder.is_dir() {
            true => Ok(()),
            false => Err(LoadError::NoFolder(folder.display().to_string()).into()),
        }
    }

    /// All its vocabularies.
    pub fn shelf(&self) -> Result<Folder, Box<dyn Fault>> {
        self.must_be_there()?;
        let opened = Folder::open(&self.folder());
        opened.map_err(|error| LoadError::from(error).into())
    }
}
