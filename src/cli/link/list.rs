//! `rapporteur link list`: which vocabularies are loaded.

use clap::Args;
use rapporteur::link::vocabulary::{Card, Shelf};
use rapporteur::model::Exit;

use super::folder::FolderOption;
use crate::cli::{Outcome, report};

/// List the loaded vocabularies: labels, entries, languages, source and date
#[derive(Args)]
pub struct List {
    #[command(flatten)]
    folder: FolderOption,

    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

impl List {
    pub fn run(self) -> Outcome {
        let shelf = self.folder.shelf()?;
        let cards: Vec<&Card> = shelf.vocabularies().map(|vocabulary| vocabulary.card()).collect();
        let damaged = shelf.damaged();
        report::without(&damaged);
        if cards.is_empty() && damaged.is_empty() && !self.json {
            report::note(format!("no vocabularies in {}; load one: rapporteur link load FILE", shelf.path().display()));
            return Ok(Exit::Done);
        }
        report::print(|out| {
            if self.json {
                for card in cards {
                    serde_json::to_writer(&mut *out, card)?;
                    out.write_all(b"\n")?;
                }
                return Ok(());
            }
            let width = cards.iter().map(|card| card.scheme.len()).max().unwrap_or(0).max(6);
            writeln!(out, "{:width$}  {:>9}  {:>9}  {:20}  from", "scheme", "labels", "entries", "languages")?;
            for card in cards {
                let (labels, entries, source) = (card.labels, card.concepts, card.provenance());
                writeln!(out, "{:width$}  {labels:>9}  {entries:>9}  {:20}  {source}", card.scheme, languages(card))?;
            }
            Ok(())
        })
    }
}

/// The first few languages: `en, fr, es and 3 more`.
fn languages(card: &Card) -> String {
    let named: Vec<&str> = card.languages.iter().map(String::as_str).filter(|tag| !tag.is_empty()).collect();
    match named.len() {
        0 => "not stated".to_owned(),
        1..=4 => named.join(", "),
        more => format!("{} and {} more", named[..3].join(", "), more - 3),
    }
}
