//! `rapporteur completions`: the file that makes a shell complete our commands.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Arguments, Outcome, report};

/// Print the completions for a shell
#[derive(Args)]
pub struct Completions {
    /// Which shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub fn run(self) -> Outcome {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "rapporteur", &mut script);
        report::print(|out| out.write_all(&script))
    }
}
