//! Annotated documents, read by the pipeline: what the rules derive in each, with its signs, and whether it is right.

use std::fs;
use std::path::{Path, PathBuf};

use rapporteur::evaluate::{Gold, System, verdicts};
use rapporteur::lift::{self, Base};
use rapporteur::model::{Claim, Extraction};
use rapporteur::pipeline::Pipeline;
use rapporteur::read;
use rayon::prelude::*;

use super::readers;

/// One annotated document.
pub struct Text {
    /// The name of its folder.
    pub name: String,
    /// Whether it is of the first folder of annotations: those are measured.
    pub measured: bool,
    /// Whether a reader judged claims of it, instead of annotating it.
    pub judged: bool,
    /// The annotations.
    pub gold: Gold,
    /// What was found, without claims.
    pub extraction: Extraction,
    /// What the rules derive, undecided.
    pub examples: Vec<Example>,
}

/// One derivation.
pub struct Example {
    /// As a claim, with the constant of its rule.
    pub claim: Claim,
    /// What is seen of it: group and number.
    pub signs: Vec<(&'static str, u32)>,
    /// Whether the annotations or a reader say so too; `None` where nobody looked.
    pub right: Option<bool>,
    /// How much it counts.
    pub weight: f64,
}

/// All documents of the folders, by folder, then by name.
pub fn read(folders: &[PathBuf]) -> Vec<Text> {
    let mut found: Vec<(usize, PathBuf)> = Vec::new();
    for (at, folder) in folders.iter().enumerate() {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let has = |path: &Path, name: &str| path.join(name).is_file();
        let whole =
            |path: &PathBuf| has(path, "meta.json") && (has(path, "relations.jsonl") || has(path, readers::FILE));
        let mut paths: Vec<PathBuf> = entries.filter(|path| !is_held(path)).filter(whole).collect();
        paths.sort();
        found.extend(paths.into_iter().map(|path| (at, path)));
    }
    found.par_iter().filter_map(|(at, path)| text(path, *at == 0)).collect()
}

/// Whether a document is kept apart for measuring by others: of such a one no more than this is read.
fn is_held(folder: &Path) -> bool {
    let meta = fs::read_to_string(folder.join("meta.json")).unwrap_or_default();
    serde_json::from_str::<serde_json::Value>(&meta).is_ok_and(|meta| meta["held"] == true)
}

fn text(folder: &Path, measured: bool) -> Option<Text> {
    let part = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
    let gold =
        Gold::parse(&part("meta.json"), &part("mentions.jsonl"), &part("relations.jsonl"), &part("entities.jsonl"));
    let gold = gold.map_err(|error| eprintln!("{}: {error}", folder.display())).ok()?;
    let source = source(folder, &gold.source).or_else(|| {
        eprintln!("{}: no text {}", folder.display(), gold.source);
        None
    })?;
    let name = source.file_name()?.to_string_lossy().into_owned();
    let document = read::read(&name, &fs::read(&source).ok()?, &read::Options::default()).ok()?;
    let (mut extraction, candidates) = Pipeline::unjudged().candidates(document);
    extraction.claims = candidates.iter().map(|candidate| candidate.claim.clone()).collect();
    let told = json_lines(&extraction);
    let read = fs::read_to_string(folder.join(readers::FILE)).ok();
    let right = match &read {
        Some(verdicts) => readers::judged(verdicts, &told),
        None => verdicts(&gold, &System::parse(&told).ok()?).into_iter().map(|right| (right, 1.0)).collect(),
    };
    extraction.claims = Vec::new();
    let examples = candidates.into_iter().zip(right).map(|(candidate, (right, weight))| Example {
        signs: candidate.signs.all().iter().map(|sign| (sign.group, sign.hash)).collect(),
        claim: candidate.claim,
        right,
        weight,
    });
    let name = folder.file_name()?.to_string_lossy().into_owned();
    Some(Text { name, measured, judged: read.is_some(), gold, examples: examples.collect(), extraction })
}

/// What `extract` would print.
pub fn json_lines(extraction: &Extraction) -> String {
    let mut out = Vec::new();
    // Memory takes all.
    let _ = lift::jsonl::write(extraction, &Base::default(), &mut out);
    String::from_utf8(out).unwrap_or_default()
}

/// Where the annotated text stands.
fn source(folder: &Path, name: &str) -> Option<PathBuf> {
    let root = folder.parent()?;
    let places = ["texts", "../corpus/dev", "../corpus/seeds", "../corpus", ".."];
    places.iter().map(|place| root.join(place).join(name)).find(|path| path.is_file())
}
