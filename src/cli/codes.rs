//! `rapporteur codes`: every code of an error or of a finding, what it means and what to try.

use clap::Args;
use rapporteur::model::{Code, Exit};

use super::trouble::Trouble;
use super::{Outcome, report};

/// List the codes of errors and findings, or say what one means
#[derive(Args)]
pub struct Codes {
    /// A code: R0311
    code: Option<String>,
}

impl Codes {
    pub fn run(self) -> Outcome {
        let Some(asked) = self.code else {
            return report::print(|out| {
                writeln!(out, "{:<6} {:<4} MEANS", "CODE", "EXIT")?;
                Code::ALL.iter().try_for_each(|code| {
                    writeln!(out, "{code:<6} {:<4} {}", code.exit() as u8, code.says())?;
                    if code.hint().is_empty() { Ok(()) } else { writeln!(out, "            try: {}", code.hint()) }
                })
            });
        };
        let wanted = asked.trim().trim_start_matches(['r', 'R']);
        let found = Code::ALL.iter().find(|code| code.number().trim_start_matches('R') == wanted);
        let Some(code) = found else {
            return Err(Trouble::new(Code::NO_SUCH_CODE, format!("no error or finding has the code {asked}")).into());
        };
        report::print(|out| {
            writeln!(out, "{code}  {}", code.says())?;
            writeln!(out, "exit   {} ({})", code.exit() as u8, ends(code.exit()))?;
            if code.hint().is_empty() { Ok(()) } else { writeln!(out, "try    {}", code.hint()) }
        })
    }
}

const fn ends(exit: Exit) -> &'static str {
    match exit {
        Exit::Done => "done",
        Exit::Failed => "a check failed",
        Exit::Usage => "wrong usage",
        Exit::Unreadable => "input or query not readable",
        Exit::Partly => "partly done",
        Exit::Store => "store trouble",
    }
}
