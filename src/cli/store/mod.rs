//! `rapporteur store`: what is done with whole stores.

mod extracted;
mod merge;

use clap::{Args, Subcommand};

use super::Outcome;

/// Merge stores, or what `extract --stream` wrote on many machines
#[derive(Args)]
#[command(subcommand_required = true, arg_required_else_help = true, disable_help_subcommand = true)]
pub struct Store {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Merge(merge::Merge),
}

impl Store {
    pub fn run(self) -> Outcome {
        let Command::Merge(command) = self.command;
        command.run()
    }
}
