//! `rapporteur store`: what is done with whole stores.

mod compact;
mod extracted;
mod merge;

use clap::{Args, Subcommand};

use super::Outcome;

/// Merge stores or what `extract --stream` wrote on many machines, and put a store into as few files as it can be
#[derive(Args)]
#[command(subcommand_required = true, arg_required_else_help = true, disable_help_subcommand = true)]
pub struct Store {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Compact(compact::Compact),
    Merge(merge::Merge),
}

impl Store {
    pub fn run(self) -> Outcome {
        match self.command {
            Command::Compact(command) => command.run(),
            Command::Merge(command) => command.run(),
        }
    }
}
