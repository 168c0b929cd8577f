//! The `rapporteur` command.

mod cli;

fn main() -> std::process::ExitCode {
    cli::run()
}
