//! Arguments and output: all that people see. One file per subcommand; each turns its arguments into calls of the
//! library and prints with [`report`].

mod report;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Who said what, where, about whom, and the sentence that proves it.
#[derive(Parser)]
#[command(
    name = "rapporteur",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// The subcommands, in the order of `--help`.
#[derive(Subcommand)]
enum Command {}

/// Reads the arguments, runs the subcommand, reports what went wrong.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    match arguments.command {}
}
