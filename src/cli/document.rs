//! `rapporteur document`: readers say what a document of the store is, where it was read wrongly.

use clap::{Args, Subcommand};
use rapporteur::model::{Code, Reviewed, Said, Verdict};
use rapporteur::read::Given;
use rapporteur::store::{Directory, Writer};

use super::trouble::Trouble;
use super::{Outcome, claim, clock, report};

/// Say who speaks in a document of the store, when, where: it holds at every later reading of its text
#[derive(Args)]
#[command(subcommand_required = true, arg_required_else_help = true, disable_help_subcommand = true)]
pub struct Document {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Set(Set),
}

/// Set values of a document, as in front matter; `rapporteur undo` takes them back
#[derive(Args)]
#[command(
    after_help = "Keys: title, speaker, represents, meeting, session, agenda_item, place, date, published,\n      \
                        publisher, source, symbol, organ, genre, language, addressee\n\n\
                        Example: rapporteur document set jamaica.txt represents=Jamaica date=2019-09-27"
)]
struct Set {
    /// Its file name, its IRI, or first digits of its hash, as `stats` lists them
    #[arg(value_name = "FILE")]
    document: String,

    /// What is so
    #[arg(required = true, value_name = "KEY=VALUE")]
    values: Vec<String>,

    #[command(flatten)]
    reader: claim::Reader,
}

impl Document {
    pub fn run(self) -> Outcome {
        let Command::Set(command) = self.command;
        command.run()
    }
}

impl Set {
    fn run(self) -> Outcome {
        let path = self.reader.directory();
        // Asked first, so that a store that is not there is not made.
        Directory::open(&path)?;
        let sha256 = Writer::open(&path, None, clock::holder("document"))?.find_document(&self.document)?;
        let mut decisions = Vec::new();
        for pair in &self.values {
            let (key, value) = stated(pair)?;
            report::note(format!("{key} = {value}"));
            let about = Reviewed::Document { text: Said::text_of(&sha256).to_owned(), key: key.to_owned() };
            decisions.push((about, self.reader.correction(Verdict::State(value.to_owned()))));
        }
        self.reader.decide(decisions, "document")
    }
}

/// Key and value of `key=value`.
fn stated(pair: &str) -> Result<(&'static str, &str), Trouble> {
    let unclear = |why: String| Trouble::new(Code::DECISIONS_UNCLEAR, why);
    let (name, value) = pair
        .split_once('=')
        .filter(|(_, value)| !value.trim().is_empty())
        .ok_or_else(|| unclear(format!("“{pair}” is no key and value")).try_this("for example speaker=\"Ana Lind\""))?;
    let key = Given::key(name).ok_or_else(|| {
        let near = Given::nearest(name).map(|near| format!("did you mean {near}?"));
        let trouble = unclear(format!("a document has no “{name}”"));
        trouble.try_this(near.unwrap_or_else(|| "keys are listed by  rapporteur document set --help".to_owned()))
    })?;
    Ok((key, value.trim()))
}
