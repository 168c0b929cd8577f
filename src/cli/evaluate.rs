//! `rapporteur evaluate`: how good the extraction is, against hand-made annotations.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use rapporteur::evaluate::{Gold, GoldError, Score, System, Tally};
use rapporteur::lift;
use rapporteur::model::{Exit, Fault};
use rapporteur::pipeline::Pipeline;
use rapporteur::read;

use super::{Outcome, report};

/// Measure the extraction against hand-made annotations
#[derive(Args)]
pub struct Evaluate {
    /// Folder of annotated documents, one folder each
    #[arg(value_name = "GOLD_DIR")]
    gold: PathBuf,

    /// Folder that holds the annotated texts [default: ../corpus beside GOLD_DIR]
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,

    /// Measure these JSON Lines (DOC.jsonl) instead of extracting
    #[arg(long, value_name = "DIR")]
    system: Option<PathBuf>,

    /// List what was missed and what was too much
    #[arg(long)]
    misses: bool,

    /// Add tables by kind and by relation
    #[arg(long)]
    tables: bool,
}

/// An annotation folder that cannot be used.
#[derive(Debug, thiserror::Error)]
enum Unusable {
    #[error("cannot read {}: {reason}", path.display())]
    Unreadable { path: PathBuf, reason: String },
    #[error("{}: {error}", folder.display())]
    Gold { folder: PathBuf, error: GoldError },
    #[error("no annotated documents in {}", .0.display())]
    Nothing(PathBuf),
    #[error("no text called {source_name} under {}", corpus.display())]
    NoText { source_name: String, corpus: PathBuf },
}

impl Fault for Unusable {
    fn code(&self) -> &'static str {
        "R0110"
    }

    fn exit(&self) -> Exit {
        Exit::Unreadable
    }

    fn hint(&self) -> Option<String> {
        match self {
            Self::Nothing(_) => {
                Some("each document is a folder with meta.json, mentions.jsonl, relations.jsonl, entities.jsonl".into())
            }
            Self::NoText { .. } => Some("name the folder of the texts with --corpus DIR".into()),
            _ => None,
        }
    }
}

impl Evaluate {
    pub fn run(self) -> Outcome {
        let mut total = Score::default();
        let mut lines = Vec::new();
        for folder in self.folders()? {
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let gold = gold_of(&folder)?;
            let system = self.system_of(&name, &gold)?;
            let score = Score::of(&gold, &system);
            if self.misses {
                lines.push(name.clone());
                lines.extend(score.misses.iter().map(|miss| format!("  {miss}")));
            }
            lines.push(score.line(&name));
            total.add(&score);
        }
        lines.push(total.line("TOTAL"));
        if self.tables {
            lines.extend(table("KIND (named mentions)", total.by_kind.iter()));
            lines.extend(table("RELATION (near)", total.by_relation.iter()));
        }
        report::print(|out| lines.iter().try_for_each(|line| writeln!(out, "{line}")))
    }

    fn folders(&self) -> Result<Vec<PathBuf>, Box<dyn Fault>> {
        let entries = fs::read_dir(&self.gold)
            .map_err(|error| Unusable::Unreadable { path: self.gold.clone(), reason: error.kind().to_string() })?;
        let mut folders: Vec<_> =
            entries.flatten().map(|entry| entry.path()).filter(|path| path.join("meta.json").exists()).collect();
        folders.sort();
        if folders.is_empty() {
            return Err(Unusable::Nothing(self.gold.clone()).into());
        }
        Ok(folders)
    }

    fn system_of(&self, name: &str, gold: &Gold) -> Result<System, Box<dyn Fault>> {
        let (path, jsonl) = match &self.system {
            Some(folder) => {
                let path = folder.join(format!("{name}.jsonl"));
                let text = text_of(&path)?;
                (path, text)
            }
            None => self.extracted(gold)?,
        };
        let system = System::parse(&jsonl).map_err(|reason| Unusable::Unreadable { path, reason })?;
        Ok(system)
    }

    fn extracted(&self, gold: &Gold) -> Result<(PathBuf, String), Box<dyn Fault>> {
        let corpus = self.corpus.clone().unwrap_or_else(|| self.gold.join("../corpus"));
        let path = find(&corpus, &gold.source)
            .ok_or_else(|| Unusable::NoText { source_name: gold.source.clone(), corpus: corpus.clone() })?;
        let bytes = fs::read(&path)
            .map_err(|error| Unusable::Unreadable { path: path.clone(), reason: error.kind().to_string() })?;
        let extraction = Pipeline::embedded().extract(&gold.source, &bytes, &read::Options::default())?;
        let mut jsonl = Vec::new();
        lift::jsonl::write(&extraction, &lift::Base::default(), &mut jsonl)
            .map_err(|error| Unusable::Unreadable { path: path.clone(), reason: error.to_string() })?;
        Ok((path, String::from_utf8_lossy(&jsonl).into_owned()))
    }
}

fn gold_of(folder: &Path) -> Result<Gold, Box<dyn Fault>> {
    let [meta, mentions, relations, entities] =
        ["meta.json", "mentions.jsonl", "relations.jsonl", "entities.jsonl"].map(|file| text_of(&folder.join(file)));
    let gold = Gold::parse(&meta?, &mentions?, &relations?, &entities?);
    Ok(gold.map_err(|error| Unusable::Gold { folder: folder.to_owned(), error })?)
}

fn text_of(path: &Path) -> Result<String, Box<dyn Fault>> {
    Ok(fs::read_to_string(path)
        .map_err(|error| Unusable::Unreadable { path: path.to_owned(), reason: error.kind().to_string() })?)
}

/// The file of that name in a folder or the folders inside it.
fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    let direct = folder.join(name);
    if direct.is_file() {
        return Some(direct);
    }
    let mut inner: Vec<_> =
        fs::read_dir(folder).ok()?.flatten().map(|entry| entry.path()).filter(|path| path.is_dir()).collect();
    inner.sort();
    inner.iter().find_map(|folder| find(folder, name))
}

fn table<'a>(title: &str, rows: impl Iterator<Item = (&'a String, &'a Tally)>) -> Vec<String> {
    let mut lines =
        vec![String::new(), format!("{title:<26} {:>6} {:>6} {:>6} {:>6} {:>7}", "P", "R", "F1", "gold", "system")];
    lines.extend(rows.map(|(name, tally)| {
        format!(
            "{name:<26} {:>6.3} {:>6.3} {:>6.3} {:>6} {:>7}",
            tally.precision(),
            tally.recall(),
            tally.f1(),
            tally.gold,
            tally.system
        )
    }));
    lines
}
