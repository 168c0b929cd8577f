//! `rapporteur demo`: the main job on two sample statements that ship with the program.

use std::path::PathBuf;

use clap::Args;
use rapporteur::model::{Code, Exit};

use super::trouble::Trouble;
use super::{Outcome, report};

/// The sample statements, as file name and text.
const STATEMENTS: &[(&str, &str)] = &[
    ("iran-2019-03-expert-group.md", include_str!("../../seeds/statements/iran-2019-03-expert-group.md")),
    ("iran-2021-04-expert-group.md", include_str!("../../seeds/statements/iran-2021-04-expert-group.md")),
];

/// What the tour types after `rapporteur`: a heading and the words.
const STEPS: &[(&str, &[&str])] = &[
    ("Who established what, and when?", &["query", "established"]),
    ("Which resolution mandates which body, and for what?", &["query", "mandates"]),
    (
        "How did the position on the Expert Group change?",
        &["query", "position-change", "-p", "actor=Iran", "-p", "topic=Expert Group"],
    ),
    ("Which numbers are claimed?", &["query", "quantities"]),
    ("Is every quote at its place?", &["check"]),
];

/// The main job on two sample statements: read, store, ask
#[derive(Args)]
pub struct Demo {
    /// Keep the texts and the store in this folder [default: a temporary one]
    #[arg(long, value_name = "DIR")]
    keep: Option<PathBuf>,

    /// A folder of your own rules (.toml); one with the code of a rule that ships replaces it
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,
}

impl Demo {
    pub fn run(self) -> Outcome {
        let temporary = tempfile::tempdir().map_err(|error| no_folder("a temporary folder", &error))?;
        let folder = self.keep.clone().unwrap_or_else(|| temporary.path().to_owned());
        std::fs::create_dir_all(&folder).map_err(|error| no_folder(&folder.display().to_string(), &error))?;
        let mut texts = Vec::new();
        for (name, text) in STATEMENTS {
            let path = folder.join(name);
            std::fs::write(&path, text).map_err(|error| no_folder(&path.display().to_string(), &error))?;
            texts.push(path.display().to_string());
        }
        let store = folder.join("rapporteur-store").display().to_string();
        let own = self.rules.iter().flat_map(|folder| ["--rules".to_owned(), folder.display().to_string()]);
        let add: Vec<String> = ["add".to_owned()].into_iter().chain(own).chain(texts).collect();
        step("Two statements into a store", &add, &store)?;
        for (heading, words) in STEPS {
            step(heading, &words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>(), &store)?;
        }
        match &self.keep {
            Some(folder) => report::note(format!("\nkept in {}   next: rapporteur queries", folder.display())),
            None => report::note("\nnext: rapporteur add FILE…   rapporteur queries"),
        }
        Ok(Exit::Done)
    }
}

/// Shows a command and runs it on the demo's store.
fn step(heading: &str, words: &[String], store: &str) -> Outcome {
    let shown: Vec<String> = words.iter().map(|word| quoted(word)).collect();
    report::print(|out| writeln!(out, "\n{heading}\n$ rapporteur {}", shown.join(" ")))?;
    let typed = ["rapporteur"].into_iter().chain(words.iter().map(String::as_str)).chain(["--store", store]);
    // Tables even in a pipe: this is for people.
    let as_table: &[&str] =
        if words.first().is_some_and(|word| word == "query") { &["--format", "table"] } else { &[] };
    super::run_line(typed.chain(as_table.iter().copied()))
}

/// A word as a shell takes it; of a path, its name is enough to read.
fn quoted(word: &str) -> String {
    let name = word.rsplit('/').next().unwrap_or(word);
    if name.contains(' ') { format!("{name:?}") } else { name.to_owned() }
}

fn no_folder(folder: &str, error: &std::io::Error) -> Trouble {
    Trouble::new(Code::DEMO_UNWRITABLE, format!("cannot write the demo to {folder}: {}", error.kind()))
}
