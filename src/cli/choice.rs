//! The options that choose which claims a picture or graph file shows.

use clap::{Args, ValueEnum};
use rapporteur::export::view::{self, AnswerNames, Stance};
use rapporteur::model::{Code, Fault};

use super::library_option::LibraryOption;
use super::query::Query;
use super::store_option::StoreOption;
use super::trouble::Trouble;

/// Which claims.
#[derive(Args)]
pub struct Choice {
    /// Claims of these stances only: for, against, asks, fact; repeatable
    #[arg(long, value_enum, value_name = "STANCE", hide_possible_values = true)]
    stance: Vec<Attitude>,

    /// Claims of this State, body or person only: a label, key or IRI; repeatable
    #[arg(long, value_name = "NAME")]
    speaker: Vec<String>,

    /// Claims of documents from this date on: 2021, 2021-04 or 2021-04-08
    #[arg(long, value_name = "DATE", value_parser = date)]
    since: Option<String>,

    /// Claims of documents up to this date, it included
    #[arg(long, value_name = "DATE", value_parser = date)]
    until: Option<String>,

    /// Only what a question's answer names: a bundled query, a .rq file or SPARQL text. A column `claim` chooses claims;
    /// other answers choose the things, or triples, that they name
    #[arg(long, value_name = "NAME|FILE|TEXT")]
    query: Option<String>,

    /// A parameter of that question: actor=Iran
    #[arg(short, long = "param", value_name = "NAME=VALUE", requires = "query")]
    params: Vec<String>,

    #[command(flatten)]
    library: LibraryOption,
}

/// The stances, by the words that files and legends use.
#[derive(Clone, Copy, ValueEnum)]
enum Attitude {
    For,
    Against,
    Asks,
    Fact,
}

impl Choice {
    /// The options that were given.
    pub fn given(&self) -> [(&'static str, bool); 5] {
        [
            ("--stance", !self.stance.is_empty()),
            ("--speaker", !self.speaker.is_empty()),
            ("--since", self.since.is_some()),
            ("--until", self.until.is_some()),
            ("--query", self.query.is_some()),
        ]
    }

    /// Tells a view, and asks the question.
    ///
    /// # Errors
    /// Whatever the question meets; [`Code::YES_OR_NO`].
    pub fn tell(&self, options: &mut view::Options, store: &StoreOption) -> Result<(), Box<dyn Fault>> {
        options.stances = self.stance.iter().map(|stance| stance.stance()).collect();
        options.speakers.clone_from(&self.speaker);
        options.since.clone_from(&self.since);
        options.until.clone_from(&self.until);
        if let Some(question) = &self.query {
            let answer = Query::of(question, &self.params, &self.library, store).answer()?;
            options.only = Some(AnswerNames::of(&answer).ok_or_else(|| Trouble::of(Code::YES_OR_NO))?);
        }
        Ok(())
    }
}

impl Attitude {
    const fn stance(self) -> Stance {
        match self {
            Self::For => Stance::For,
            Self::Against => Stance::Against,
            Self::Asks => Stance::Asks,
            Self::Fact => Stance::None,
        }
    }
}

fn date(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let fits = |at: usize, length: usize, most: u32| {
        parts.get(at).is_none_or(|part| {
            part.len() == length && part.parse().is_ok_and(|number: u32| (1..=most).contains(&number))
        })
    };
    let is_date = parts.len() <= 3 && fits(0, 4, 9999) && fits(1, 2, 12) && fits(2, 2, 31);
    if is_date { Ok(text.to_owned()) } else { Err("a date is 2021, 2021-04 or 2021-04-08".to_owned()) }
}
