//! Trains the model that decides how sure a claim is, and measures it on documents that it did not learn from.
//!
//! usage: cargo run --release --example train_scorer -- [--out FILE] [--measure] [--ablate] GOLD_DIR…
//!
//! `--undecided FOLDER` writes a file a document, as `extract` would print it if all stood, with the probability of a model
//! that did not learn from the document: what is proposed, what is not, and what the model thinks of it.
//!
//! `--readers` prints how the claims that readers judged (`verdicts.jsonl` instead of annotations) sort by such models.
//!
//! `--pull`, `--least`, `--lenient`, `--elsewhere` and `--without GROUP,…` change how it learns (see [`logistic::Settings`]); `--stands`,
//! `--positions` and `--kept` from which probability on a claim stands, a position stands, and anything is kept.
//!
//! A GOLD_DIR holds a folder a document with `meta.json`, `mentions.jsonl`, `relations.jsonl` and `entities.jsonl`; the texts
//! are looked for beside it (`texts/`, `../corpus/dev/`, `../corpus/seeds/`). Of the first GOLD_DIR each document is measured
//! by a model that learnt from all others. Documents that are kept apart are never opened.

mod calibration;
mod data;
mod logistic;
mod measure;
mod readers;

use std::path::PathBuf;

use data::Text;
use logistic::Settings;

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let out = taken(&mut arguments, "--out");
    let undecided = taken(&mut arguments, "--undecided");
    let measured = flag(&mut arguments, "--measure");
    let readers = flag(&mut arguments, "--readers");
    let ablate = flag(&mut arguments, "--ablate");
    let mut settings = Settings::default();
    let mut number =
        |name: &str, usual: f64| taken(&mut arguments, name).and_then(|text| text.parse().ok()).unwrap_or(usual);
    settings.pull = number("--pull", settings.pull);
    settings.least = number("--least", settings.least as f64) as usize;
    settings.elsewhere = number("--elsewhere", settings.elsewhere);
    settings.lenient = number("--lenient", settings.lenient);
    let bounds =
        [number("--stands", 0.5), number("--positions", 0.55), number("--kept", 0.2)].map(|bound| bound as f32);
    let without = taken(&mut arguments, "--without").unwrap_or_default();
    settings.without = without.split(',').filter(|group| !group.is_empty()).map(str::to_owned).collect();
    let folders: Vec<PathBuf> = arguments.iter().map(PathBuf::from).collect();
    if folders.is_empty() {
        return eprintln!("usage: train_scorer [--out FILE] [--measure] [--ablate] GOLD_DIR…");
    }
    let texts: Vec<Text> = data::read(&folders);
    let judged = texts.iter().flat_map(|text| &text.examples).filter(|example| example.right.is_some()).count();
    println!("{} documents, {judged} derivations judged", texts.len());
    if measured {
        measure::leave_one_out(&texts, &settings);
    }
    if readers {
        measure::readers(&texts, &settings);
    }
    if let Some(folder) = undecided {
        measure::write_undecided(&texts, &settings, &folder);
    }
    if ablate {
        measure::choose(&texts, &settings);
    }
    let calibration = calibration::Calibration::fit(&measure::probabilities(&texts, &settings), None);
    println!("{calibration:?}");
    let mut model = calibration.apply(logistic::train(&texts, None, &settings));
    [model.stands, model.stands_position, model.kept] = bounds;
    println!("{} weights", model.weights.len());
    if let Some(out) = out {
        std::fs::write(&out, model.bytes()).unwrap_or_else(|error| eprintln!("{out}: {error}"));
    }
}

fn flag(arguments: &mut Vec<String>, name: &str) -> bool {
    let before = arguments.len();
    arguments.retain(|argument| argument != name);
    arguments.len() < before
}

fn taken(arguments: &mut Vec<String>, name: &str) -> Option<String> {
    let at = arguments.iter().position(|argument| argument == name)?;
    arguments.remove(at);
    (at < arguments.len()).then(|| arguments.remove(at))
}
