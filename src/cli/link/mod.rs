//! `rapporteur link`: outer vocabularies, and the ties of our things to them.

mod drop;
mod folder;
mod list;
mod load;
mod look;
mod review;
mod run;
#[cfg(feature = "serve")]
mod serve;
mod topics;

use clap::{Args, Subcommand};

use super::Outcome;
pub use folder::FolderOption;

/// Tie what documents name to vocabularies of your own: load them, look names up, decide what is doubtful
#[derive(Args)]
#[command(subcommand_required = true, arg_required_else_help = true, disable_help_subcommand = true)]
pub struct Link {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Load(load::Load),
    List(list::List),
    Look(look::Look),
    Run(run::Run),
    Topics(topics::Topics),
    Review(review::Review),
    #[cfg(feature = "serve")]
    Serve(serve::Serve),
    Drop(drop::Drop),
}

impl Link {
    pub fn run(self) -> Outcome {
        match self.command {
            Command::Load(command) => command.run(),
            Command::List(command) => command.run(),
            Command::Look(command) => command.run(),
            Command::Run(command) => command.run(),
            Command::Topics(command) => command.run(),
            Command::Review(command) => command.run(),
            #[cfg(feature = "serve")]
            Command::Serve(command) => command.run(),
            Command::Drop(command) => command.run(),
        }
    }
}
