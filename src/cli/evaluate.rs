//! `rapporteur evaluate`: how good the extraction is, against hand-made annotations.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use rapporteur::evaluate::{Changes, ClaimTally, Gold, GoldError, Judged, Score, System, Tally};
use rapporteur::lift;
use rapporteur::model::text::one_line;
use rapporteur::model::{Code, Fault};
use rapporteur::pipeline::Pipeline;
use rapporteur::read;

use super::rules_option::RulesOption;
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

    /// Add tables by kind of document, by group of relations, by kind of mention and by relation
    #[arg(long)]
    tables: bool,

    /// Measure the held documents too: their sum alone, never what was missed in them
    #[arg(long)]
    held: bool,

    /// Keep what was extracted as JSON Lines (DOC.jsonl) in this folder, for a later --diff or --system
    #[arg(long, value_name = "DIR", conflicts_with = "system")]
    save: Option<PathBuf>,

    /// Tell what was gained and lost since a saved result, claim by claim with its sentence
    #[arg(long, value_name = "DIR")]
    diff: Option<PathBuf>,

    #[command(flatten)]
    rules: RulesOption,
}

/// What was found in one document, and its text where that is at hand.
struct Found {
    system: System,
    text: Option<String>,
}

/// An annotation folder that cannot be used.
#[derive(Debug, thiserror::Error)]
enum AnnotationFault {
    #[error("cannot read {}: {reason}", path.display())]
    Unreadable { path: PathBuf, reason: String },
    #[error("{}: {error}", folder.display())]
    Gold { folder: PathBuf, error: GoldError },
    #[error("cannot write {}: {reason}", path.display())]
    Unwritable { path: PathBuf, reason: String },
    #[error("no annotated documents in {}", .0.display())]
    Nothing(PathBuf),
    #[error("no text called {source_name} under {}", corpus.display())]
    NoText { source_name: String, corpus: PathBuf },
}

impl Fault for AnnotationFault {
    fn code(&self) -> Code {
        Code::ANNOTATIONS_UNUSABLE
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
        let pipeline = self.rules.pipeline()?;
        let (mut total, mut held) = (Score::default(), Score::default());
        let mut changes = Changes::default();
        let mut lines = Vec::new();
        let mut left_out = 0;
        for folder in self.folders()? {
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let gold = gold_of(&folder)?;
            if gold.is_held {
                match self.held {
                    true => held.add(&Score::of(&gold, &self.found(&name, &gold, pipeline)?.system)),
                    false => left_out += 1,
                }
                continue;
            }
            let found = self.found(&name, &gold, pipeline)?;
            let score = Score::of(&gold, &found.system);
            if self.misses {
                lines.push(name.clone());
                lines.extend(score.misses.iter().map(|miss| format!("  {miss}")));
            }
            if let Some(old) = self.old(&name)? {
                let changed = Changes::between(&gold, &old, &found.system);
                lines.extend(told(&name, &changed, found.text.as_deref()));
                changes.add(changed);
            }
            lines.push(score.line(&name));
            total.add(&score);
        }
        lines.push(total.line("TOTAL"));
        if self.held {
            lines.push(held.line("HELD"));
        }
        if left_out > 0 {
            report::note(format!("{left_out} held documents left out; --held tells their sum"));
        }
        if self.diff.is_some() {
            lines.push(format!("{:<12} {}", "CHANGES", changes.line()));
        }
        if self.tables {
            lines.extend(claim_table("DOCUMENT (near)", &total.by_document));
            lines.extend(claim_table("GROUP (near)", &total.by_group));
            lines.extend(table("KIND (named mentions)", total.by_kind.iter()));
            lines.extend(table("RELATION (near)", total.by_relation.iter()));
        }
        report::print(|out| lines.iter().try_for_each(|line| writeln!(out, "{line}")))
    }

    /// The saved result that the new one is held against.
    fn old(&self, name: &str) -> Result<Option<System>, Box<dyn Fault>> {
        self.diff.as_deref().map(|folder| saved(folder, name)).transpose()
    }

    fn folders(&self) -> Result<Vec<PathBuf>, Box<dyn Fault>> {
        let entries = fs::read_dir(&self.gold).map_err(|error| AnnotationFault::Unreadable {
            path: self.gold.clone(),
            reason: error.kind().to_string(),
        })?;
        let mut folders: Vec<_> =
            entries.flatten().map(|entry| entry.path()).filter(|path| path.join("meta.json").exists()).collect();
        folders.sort();
        if folders.is_empty() {
            return Err(AnnotationFault::Nothing(self.gold.clone()).into());
        }
        Ok(folders)
    }

    fn found(&self, name: &str, gold: &Gold, pipeline: &Pipeline<'_>) -> Result<Found, Box<dyn Fault>> {
        if let Some(folder) = &self.system {
            return Ok(Found { system: saved(folder, name)?, text: None });
        }
        let corpus = self.corpus.clone().unwrap_or_else(|| self.gold.join("../corpus"));
        let path = find(&corpus, &gold.source)
            .ok_or_else(|| AnnotationFault::NoText { source_name: gold.source.clone(), corpus: corpus.clone() })?;
        let bytes = fs::read(&path).map_err(|error| unreadable(&path, &error))?;
        let extraction = pipeline.extract(&gold.source, &bytes, &read::Options::default())?;
        let mut jsonl = Vec::new();
        lift::jsonl::write(&extraction, &lift::Base::default(), &mut jsonl)
            .map_err(|error| unreadable(&path, &error))?;
        if let Some(folder) = &self.save {
            let file = folder.join(format!("{name}.jsonl"));
            let written = fs::create_dir_all(folder).and_then(|()| fs::write(&file, &jsonl));
            written.map_err(|error| AnnotationFault::Unwritable { path: file, reason: error.kind().to_string() })?;
        }
        let system = System::parse(&String::from_utf8_lossy(&jsonl));
        let system = system.map_err(|reason| AnnotationFault::Unreadable { path, reason })?;
        Ok(Found { system, text: Some(extraction.document.text) })
    }
}

/// A result kept by `--save`, or another program's.
fn saved(folder: &Path, name: &str) -> Result<System, Box<dyn Fault>> {
    let path = folder.join(format!("{name}.jsonl"));
    let text = text_of(&path)?;
    Ok(System::parse(&text).map_err(|reason| AnnotationFault::Unreadable { path, reason })?)
}

/// The changes of one document: each claim with the sentence it stands in.
fn told(name: &str, changes: &Changes, text: Option<&str>) -> Vec<String> {
    let mut lines = vec![format!("{name}  {}", changes.line())];
    let points: Vec<char> = text.unwrap_or_default().chars().collect();
    for (list, claims) in changes.lists() {
        for claim in claims {
            let not = if claim.negated { "not " } else { "" };
            lines.push(format!("  {list:<12}  {} | {not}{} | {}", claim.subject, claim.predicate, claim.object));
            lines.push(format!("                  {}–{}  {}", claim.start, claim.end, sentence(&points, claim)));
        }
    }
    lines
}

/// The sentence around a claim's evidence, the evidence marked; without the text, the evidence alone. `points` are the
/// text's code points.
fn sentence(points: &[char], claim: &Judged) -> String {
    let folded = |points: &[char]| one_line(&points.iter().collect::<String>());
    let (Some(before), Some(quote), Some(after)) =
        (points.get(..claim.start), points.get(claim.start..claim.end), points.get(claim.end..))
    else {
        return one_line(&claim.quote);
    };
    let ends = |pair: &[char]| matches!(pair, ['.' | ';' | '?' | '!', c] if c.is_whitespace()) || pair == ['\n', '\n'];
    let start = before.windows(2).rposition(ends).map_or(0, |at| at + 2);
    let stop = after.windows(2).position(ends).map_or(after.len(), |at| at + 1);
    let (left, right) = (folded(&before[start..]), folded(&after[..stop]));
    let glue = if after.first().is_some_and(|c| c.is_whitespace()) { " " } else { "" };
    format!("{left} ▌{}▐{glue}{right}", folded(quote)).trim().to_owned()
}

fn unreadable(path: &Path, error: &std::io::Error) -> AnnotationFault {
    AnnotationFault::Unreadable { path: path.to_owned(), reason: error.kind().to_string() }
}

fn gold_of(folder: &Path) -> Result<Gold, Box<dyn Fault>> {
    let [meta, mentions, relations, entities] =
        ["meta.json", "mentions.jsonl", "relations.jsonl", "entities.jsonl"].map(|file| text_of(&folder.join(file)));
    let gold = Gold::parse(&meta?, &mentions?, &relations?, &entities?);
    Ok(gold.map_err(|error| AnnotationFault::Gold { folder: folder.to_owned(), error })?)
}

fn text_of(path: &Path) -> Result<String, Box<dyn Fault>> {
    Ok(fs::read_to_string(path).map_err(|error| unreadable(path, &error))?)
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

/// Precision over all claims, recall over core relations.
fn claim_table(title: &str, rows: &BTreeMap<String, ClaimTally>) -> Vec<String> {
    let mut lines = vec![
        String::new(),
        format!("{title:<26} {:>6} {:>6} {:>6} {:>6} {:>7}", "P", "core R", "F1", "core", "claims"),
    ];
    lines.extend(rows.iter().map(|(name, tally)| {
        let (precision, recall, f1) = (tally.all.precision(), tally.core_recall(), tally.f1());
        format!("{name:<26} {precision:>6.3} {recall:>6.3} {f1:>6.3} {:>6} {:>7}", tally.core, tally.all.system)
    }));
    lines
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
