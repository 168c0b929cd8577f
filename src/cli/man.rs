//! `rapporteur man`: the manual page.

use clap::{Args, CommandFactory};

use super::{Arguments, Outcome, report};

/// Print the manual page (roff); `rapporteur man | man -l -` shows it
#[derive(Args)]
pub struct Man {}

impl Man {
    pub fn run(self) -> Outcome {
        report::print(|out| clap_mangen::Man::new(Arguments::command()).render(out))
    }
}
