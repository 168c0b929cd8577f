//! `rapporteur link review`: readers decide what nothing else decides.

mod ask;
mod sheet;

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use clap::Args;
use rapporteur::desk::{Desk, LinkCard, Outside, amend, decided, entry_details, waiting};
use rapporteur::model::text::counted;
use rapporteur::model::{Change, Code, Decision, Decisions, Exit, Fault};
use rapporteur::store::{Directory, Writer};

use super::folder::FolderOption;
use super::run::tie_all;
use crate::cli::rules_option::RulesOption;
use crate::cli::trouble::Trouble;
use crate::cli::{Outcome, clock, report, screen};

/// Decide about possible links, one at a time or in a table; decisions hold for every later reading
#[derive(Args)]
pub struct Review {
    #[command(flatten)]
    folder: FolderOption,

    #[command(flatten)]
    rules: RulesOption,

    /// Write all possible links to a table (.csv or .tsv; `-` for standard output) instead of asking
    #[arg(long, value_name = "FILE", conflicts_with = "import")]
    export: Option<PathBuf>,

    /// Take decisions from a table: its column “decision” says accept, reject or never; empty leaves it open
    #[arg(long, value_name = "FILE")]
    import: Option<PathBuf>,

    /// Replace the file if it exists
    #[arg(long, requires = "export")]
    force: bool,

    /// List what was decided
    #[arg(long, conflicts_with_all = ["export", "import"])]
    list: bool,

    /// Only ties to this vocabulary
    #[arg(long, value_name = "NAME")]
    scheme: Option<String>,
}

impl Review {
    pub fn run(self) -> Outcome {
        let path = self.folder.store.directory();
        let directory = Directory::open(&path)?;
        let base = directory.base().clone();
        let mut decisions = decided(directory.clone())?;
        if self.list {
            return list(&decisions);
        }
        if let Some(file) = &self.import {
            let taken = sheet::import(file, &base)?;
            report::note(format!("{} read from {}", counted(taken.len(), "decision"), file.display()));
            return self.apply(&decisions, taken);
        }
        let mut waiting = waiting(Desk::open(&path)?, &decisions)?;
        waiting.cards.retain(|card| self.scheme.as_ref().is_none_or(|scheme| card.scheme == *scheme));
        if let Some(file) = &self.export {
            return sheet::export(file, self.force, &waiting.cards);
        }
        if waiting.cards.is_empty() && !waiting.is_behind {
            report::note("nothing to review: no name has candidates that are not decided");
            return Ok(Exit::Done);
        }
        // An empty set of decisions differs from those of a review that was broken off: they have yet to be applied.
        let before = if waiting.is_behind { Decisions::default() } else { decisions.clone() };
        if !waiting.cards.is_empty() {
            if !io::stdin().is_terminal() {
                let many = counted(waiting.cards.len(), "possible link");
                let said = format!("{many} waiting, and there is no terminal to ask on");
                return Err(Trouble::new(Code::NO_TERMINAL, said).into());
            }
            self.ask(&waiting.cards, &mut decisions)?;
        }
        self.apply(&before, Vec::new())
    }

    /// Asks on the terminal. Each decision is stored at once.
    fn ask(&self, cards: &[LinkCard], decisions: &mut Decisions) -> Result<(), Box<dyn Fault>> {
        let before = decisions.len();
        let shelf = self.folder.shelf()?;
        let mut keep_now = |step: Change| -> Result<(), Box<dyn Fault>> {
            let mut writer = self.writer()?;
            amend(&mut writer, |all| all.change(step))?;
            Ok(writer.commit()?)
        };
        let mut desk = ask::Desk {
            input: io::stdin().lock(),
            out: anstream::stdout().lock(),
            width: &screen::width,
            details: &|card| entry_details(&shelf, &card.scheme, &card.iri),
            keep: &mut keep_now,
        };
        let open = desk.ask(cards, decisions)?;
        let decided = counted(decisions.len().saturating_sub(before), "decision");
        report::note(format!("{decided}, {} left open", counted(open, "possible link")));
        Ok(())
    }

    fn writer(&self) -> Result<Writer, Box<dyn Fault>> {
        Ok(Writer::open(&self.folder.store.directory(), None, clock::holder("link review"))?)
    }

    /// Keeps further decisions beside all that were made meanwhile, and ties the documents anew.
    fn apply(&self, before: &Decisions, more: Vec<Decision>) -> Outcome {
        let mut writer = self.writer()?;
        let is_import = !more.is_empty();
        let decisions = amend(&mut writer, |all| more.into_iter().for_each(|decision| all.put(decision)))?;
        // A run that was stopped may have tied some documents by these decisions, and others not.
        let is_behind = || waiting(Desk::open(&self.folder.store.directory())?, &decisions).map(|all| all.is_behind);
        if *before == decisions && !(is_import && is_behind()?) {
            report::note("nothing decided, nothing changed");
            return Ok(Exit::Done);
        }
        let outside = Outside { shelf: self.folder.shelf()?, decisions };
        tie_all(&mut writer, &self.folder, &self.rules, &outside)
    }
}

fn list(decisions: &Decisions) -> Outcome {
    if decisions.is_empty() {
        report::note("nothing decided yet: rapporteur link review");
    }
    report::print(|out| {
        for decision in decisions.iter() {
            writeln!(out, "{:7} {}  {}", decision.ruling.name(), decision.key, decision.iri)?;
        }
        decisions.dropped().try_for_each(|scheme| writeln!(out, "drop    all links to {scheme}"))
    })
}
