//! `rapporteur repair`: what is damaged in a store is made again from what is whole.

use clap::Args;
use rapporteur::desk::{self, Means, Repaired, VERSION};
use rapporteur::model::Exit;
use rapporteur::store::Gone;

use super::link::FolderOption;
use super::rules_option::RulesOption;
use super::{Outcome, clock, report};

/// Mend a damaged store from its own texts, and say what is gone
#[derive(Args)]
pub struct Repair {
    #[command(flatten)]
    folder: FolderOption,

    #[command(flatten)]
    rules: RulesOption,
}

impl Repair {
    pub fn run(self) -> Outcome {
        let path = self.folder.store.directory();
        let means = Means {
            pipeline: self.rules.pipeline()?,
            known: &*self.rules.catalogue()?,
            shelf: self.folder.shelf()?,
            version: format!("{VERSION}{}", self.rules.version()?),
        };
        let repaired = desk::repair(&path, &clock::holder("repair"), means)?;
        say(&repaired);
        report::without(&repaired.without);
        if path.join("damaged").is_dir() {
            report::note(format_args!("damaged files are kept in {}", path.join("damaged").display()));
        }
        Ok(if repaired.harm.gone.is_empty() { Exit::Done } else { Exit::Partly })
    }
}

fn say(repaired: &Repaired) {
    let Repaired { harm, again, .. } = repaired;
    if harm.is_none() {
        return report::note("nothing is damaged");
    }
    if let Some(reason) = &harm.list {
        report::note(format_args!("the list of contents was unusable ({reason}): made again from the files"));
    }
    for damage in &harm.damages {
        report::note(format_args!("damaged: {damage}"));
    }
    for (name, before) in again {
        let otherwise = before.as_ref().map_or_else(String::new, |before| format!("; before by {before}"));
        report::note(format_args!("read again from its stored text: {name}{otherwise}"));
    }
    for gone in &harm.gone {
        report::note(format_args!("gone: {}", words(gone)));
    }
    if harm.gone.is_empty() {
        report::note("all is whole again");
    }
}

/// What is gone, and how it may come back.
fn words(gone: &Gone) -> String {
    match gone {
        Gone::Review => "the decisions of link review; bring them back from a file that you exported: \
                         rapporteur link review --import FILE"
            .to_owned(),
        Gone::Unknown(file) => {
            format!("whatever {file} held, which it does not tell; what of it a text gives is read again")
        }
        Gone::Runs => "the record of earlier runs; no claim rests on it".to_owned(),
        Gone::Loaded(name) => format!("{name}, which was loaded; load it again: rapporteur load {name}"),
        Gone::Answers(program, document) => {
            format!("what {program} proposed for {document}; import it again: rapporteur import FILE --for {document}")
        }
        Gone::Source(document) => {
            format!("the way from the text of {document} to its pages; add the file again: rapporteur add {document}")
        }
        Gone::File(document) => {
            format!("the file {document} itself; keep it again: rapporteur add --keep-files {document}")
        }
        Gone::Text(document) => format!("the text of {document}; add the file again: rapporteur add {document}"),
        Gone::Findings(document) => {
            format!("a part of what was found in {document}; add the file again: rapporteur add {document}")
        }
    }
}
