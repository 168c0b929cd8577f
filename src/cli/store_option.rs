//! The option that names the store, the same in all subcommands.

use std::path::PathBuf;

use clap::Args;

/// Where the store is.
#[derive(Args, Clone, Debug, Default)]
pub struct StoreOption {
    /// The store's directory [default: $RAPPORTEUR_STORE, else rapporteur-store]
    #[arg(short, long = "store", value_name = "DIR", aliases = ["location"], short_alias = 'l')]
    store: Option<PathBuf>,
}

impl StoreOption {
    /// The directory: the flag, else the environment, else the usual name in the current folder.
    pub fn directory(&self) -> PathBuf {
        self.store
            .clone()
            .or_else(|| std::env::var_os("RAPPORTEUR_STORE").map(PathBuf::from))
            .unwrap_or_else(|| PathBuf::from("rapporteur-store"))
    }
}
