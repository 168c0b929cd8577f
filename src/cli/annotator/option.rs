//! The options that name a program to be asked for claims.

use std::time::Duration;

use clap::Args;
use rapporteur::model::{Annotator, Code, Relations};
use rapporteur::propose;

use super::session::Session;
use super::words;
use crate::cli::trouble::Trouble;

/// A program that proposes claims, if one is named.
#[derive(Args, Clone, Debug)]
pub struct AnnotatorOption {
    /// Ask another program for claims too: it is sent each text with its sentences and mentions as JSON Lines, and what it
    /// answers stands only with a quote from the text (docs/annotators.md). The command is split into words as by a shell;
    /// no shell runs it
    #[arg(long, value_name = "COMMAND", help_heading = "Annotators")]
    annotator: Option<String>,

    /// What the program is called, NAME or NAME@VERSION, if it does not say so in its first line
    #[arg(long, value_name = "NAME", requires = "annotator", help_heading = "Annotators")]
    annotator_name: Option<String>,

    /// How long the program may take for one document
    #[arg(long, value_name = "SECONDS", default_value_t = 60, help_heading = "Annotators",
          value_parser = clap::value_parser!(u64).range(1..=86_400))]
    annotator_timeout: u64,
}

impl AnnotatorOption {
    /// Starts the program, if one is named.
    pub fn session(&self, relations: &Relations) -> Result<Option<Session>, Trouble> {
        let Some(command) = &self.annotator else { return Ok(None) };
        let trouble = |why: String| Trouble::new(Code::ANNOTATOR_COMMAND, why);
        let words = words::split(command).filter(|words| words.first().is_some_and(|name| !name.is_empty()));
        let words = words
            .ok_or_else(|| trouble(format!("--annotator {command:?} is no command: is a quotation mark open?")))?;
        let named = self.annotator_name.as_deref().map(named).transpose()?;
        let mut greeting = Vec::new();
        // Writing to memory cannot fail.
        let _ = propose::greeting(relations, &mut greeting);
        let name = words.first().cloned().unwrap_or_default();
        let started = Session::start(words, named, Duration::from_secs(self.annotator_timeout), greeting);
        started.map(Some).map_err(|failure| trouble(format!("the annotator {name}: {failure}")))
    }
}

/// The name that a user gives to a program.
pub fn named(text: &str) -> Result<Annotator, Trouble> {
    Annotator::parse(text).ok_or_else(|| {
        let why = format!("--annotator-name {text:?} is no NAME@VERSION: letters, digits, dots, hyphens, underscores");
        Trouble::new(Code::ANNOTATOR_UNNAMED, why)
    })
}
