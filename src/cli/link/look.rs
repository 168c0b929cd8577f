//! `rapporteur link look`: what a name may stand for, and why.

use std::io::{self, Write};

use clap::Args;
use rapporteur::link::candidate::{self, Asked, Candidate};
use rapporteur::link::vocabulary::{Shelf, Vocabulary};
use rapporteur::model::{Code, Exit, Kind};
use rapporteur::vocabularies::load::LoadError;
use rapporteur::vocabularies::{self, Folder};
use serde::Serialize;

use super::folder::FolderOption;
use crate::cli::trouble::Trouble;
use crate::cli::{Outcome, report};

/// Look a name up in the loaded vocabularies: all candidates, with scores and reasons
#[derive(Args)]
pub struct Look {
    /// The name; more of them are further names of the same thing
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,

    #[command(flatten)]
    folder: FolderOption,

    /// Only in this vocabulary
    #[arg(long, value_name = "NAME")]
    scheme: Option<String>,

    /// What sort of thing it is: State, InternationalOrganization, Topic, …
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,

    /// The language of the name
    #[arg(long, value_name = "TAG", default_value = "en")]
    language: String,

    /// Print one JSON object a line
    #[arg(long)]
    json: bool,
}

/// A candidate as JSON.
#[derive(Serialize)]
struct CandidateLine<'a> {
    scheme: &'a str,
    iri: &'a str,
    label: &'a str,
    matched: &'a str,
    kind: &'a str,
    score: f64,
    decided: bool,
    reasons: &'a [String],
}

impl Look {
    pub fn run(self) -> Outcome {
        let shelf = self.folder.shelf()?;
        let kind = self.kind.as_deref().map(kind_of).transpose()?;
        let names: Vec<&str> = self.names.iter().map(String::as_str).collect();
        let asked = Asked { names: &names, kind, language: &self.language, near: true, ..Asked::default() };
        let wanted = self.wanted(&shelf)?;
        let mut found = 0;
        let mut answers: Vec<_> =
            wanted.into_iter().map(|vocabulary| (vocabulary, candidate::candidates(vocabulary, &asked))).collect();
        // Where damage showed on the way, a candidate may be missing, and another would seem to be the only one.
        let damaged = shelf.damaged();
        answers.retain(|(vocabulary, _)| damaged.iter().all(|(scheme, _)| vocabulary.card().scheme != *scheme));
        report::print(|out| {
            for (vocabulary, candidates) in answers {
                found += candidates.len();
                match self.json {
                    true => json(vocabulary, &candidates, out)?,
                    false => show(vocabulary, &candidates, out)?,
                }
            }
            Ok(())
        })?;
        report::without(&damaged);
        if found == 0 {
            report::note(nothing(&self.names.join("”, “"), &shelf));
        }
        Ok(Exit::Done)
    }

    fn wanted<'s>(&self, shelf: &'s Folder) -> Result<Vec<&'s dyn Vocabulary>, LoadError> {
        let all: Vec<_> = shelf.vocabularies().collect();
        let broken = shelf.damaged().into_iter().find(|(name, _)| match &self.scheme {
            Some(scheme) => scheme == name,
            None => all.is_empty(),
        });
        if let Some((scheme, reason)) = broken {
            return Err(LoadError::Harmed { scheme, reason });
        }
        let Some(scheme) = &self.scheme else { return Ok(all) };
        let missing = || LoadError::Missing { scheme: scheme.clone(), loaded: vocabularies::names(shelf.path()) };
        shelf.get(scheme).map(|vocabulary| vec![vocabulary]).ok_or_else(missing)
    }
}

fn show(vocabulary: &dyn Vocabulary, candidates: &[Candidate], out: &mut dyn Write) -> io::Result<()> {
    if candidates.is_empty() {
        return Ok(());
    }
    let verdict = match (candidate::decided(candidates), candidates.len()) {
        (Some(_), _) => "one is clearly meant".to_owned(),
        (None, 1) => "not sure enough".to_owned(),
        (None, many) => format!("{many} candidates, none clearly meant"),
    };
    writeln!(out, "{}: {verdict}", vocabulary.card().scheme)?;
    let chosen = candidate::decided(candidates).map(|candidate| &candidate.iri);
    for candidate in candidates {
        let mark = if chosen == Some(&candidate.iri) { '*' } else { ' ' };
        writeln!(out, " {mark} {:.2}  {}   {}", candidate.score, candidate.label, candidate.iri)?;
        let answered = if candidate.matched == candidate.label {
            String::new()
        } else {
            format!("by “{}”: ", candidate.matched)
        };
        writeln!(out, "          {answered}{}", candidate.reasons.join("; "))?;
    }
    Ok(())
}

fn json(vocabulary: &dyn Vocabulary, candidates: &[Candidate], out: &mut dyn Write) -> io::Result<()> {
    let chosen = candidate::decided(candidates).map(|candidate| &candidate.iri);
    for candidate in candidates {
        let line = CandidateLine {
            scheme: &vocabulary.card().scheme,
            iri: &candidate.iri,
            label: &candidate.label,
            matched: &candidate.matched,
            kind: candidate.sort.name(),
            score: (f64::from(candidate.score) * 100.0).round() / 100.0,
            decided: chosen == Some(&candidate.iri),
            reasons: &candidate.reasons,
        };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn nothing(name: &str, shelf: &Folder) -> String {
    match shelf.is_empty() {
        true => format!("no vocabularies in {}; load one: rapporteur link load FILE", shelf.path().display()),
        false => format!("nothing called “{name}” in {}", vocabularies::names(shelf.path()).join(", ")),
    }
}

fn kind_of(word: &str) -> Result<Kind, Trouble> {
    let found = Kind::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(word));
    let known = || format!("kinds are {}", Kind::ALL.map(Kind::name).join(", "));
    found.ok_or_else(|| Trouble::new(Code::KIND_UNKNOWN, format!("there is no kind “{word}”")).try_this(known()))
}
