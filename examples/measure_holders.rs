//! How often the speaker's State is found by the words alone: on speeches whose record name tells the State.
//!
//! `cargo run --release --example measure_holders -- DEBATE.txt [--wrong] [--fit]`
//!
//! The file holds records parted by lines of U+001E and a name `STATE_SESSION_YEAR.txt`. Each text is read under a name
//! that says nothing. `--wrong` lists what came out wrong; `--fit` fits the weights of the cues anew on every second
//! record and prints them; `--rows` prints the evidence for each State. Not a test: it needs the corpus.

use std::collections::BTreeMap;

use rapporteur::model::Extraction;
use rapporteur::pipeline::Pipeline;
use rapporteur::read::Options;
use rapporteur::resolve::{self, CUES, Evidence};
use rapporteur::seeds::{Catalogue, Lexicon, Rules};
use rayon::prelude::*;

/// Record codes of States whose entity has another one today.
const FORMER: &[(&str, &str)] = &[
    ("RUS", "state/soviet-union"),
    ("EU", "body/european-union"),
    ("CSK", "state/czechoslovakia"),
    ("DDR", "state/german-democratic-republic"),
    ("YUG", "state/yugoslavia"),
    ("YUG", "state/serbia-and-montenegro"),
    ("YMD", "state/democratic-yemen"),
    ("YEM", "state/yemen-arab-republic"),
    ("CHN", "state/republic-of-china"),
    ("EGY", "state/united-arab-republic"),
    ("TZA", "state/tanganyika"),
];

struct Speech {
    name: String,
    state: String,
    /// The holder's key, and how sure it is.
    holder: Option<(String, f32)>,
    /// Whether the holder is the right one; `None` if there is none.
    right: Option<bool>,
    /// Evidence by State, and whether it is the speaker's.
    evidence: Vec<(bool, Evidence)>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let path = arguments.iter().find(|argument| !argument.starts_with("--")).ok_or("which file?")?;
    let has = |flag: &str| arguments.iter().any(|argument| argument == flag);
    let text = std::fs::read_to_string(path)?;
    let records: Vec<(&str, &str)> = text
        .split('\u{1e}')
        .filter_map(|record| record.split_once('\n'))
        .map(|(name, body)| (name.trim(), body))
        .collect();
    // Who speaks hangs on no rule.
    let rules = Rules::default();
    let pipeline = Pipeline::new(Catalogue::embedded(), &rules, Lexicon::embedded());
    let speeches: Vec<Speech> = records.par_iter().filter_map(|(name, body)| speech(&pipeline, name, body)).collect();
    for (part, label) in [(None, "all"), (Some(0), "fitted half"), (Some(1), "other half")] {
        let drawn = speeches.iter().enumerate().filter(|(i, _)| part.is_none_or(|part| i % 2 == part));
        report(label, &drawn.map(|(_, speech)| speech).collect::<Vec<_>>());
    }
    if has("--wrong") {
        for speech in speeches.iter().filter(|speech| speech.right != Some(true)) {
            let holder =
                speech.holder.as_ref().map_or_else(|| "none".to_owned(), |(key, sure)| format!("{key} {sure:.2}"));
            println!("{}\t{holder}", speech.name);
        }
    }
    if has("--rows") {
        for speech in &speeches {
            for (own, evidence) in &speech.evidence {
                let values: Vec<String> = evidence.iter().map(|value| format!("{value:.4}")).collect();
                println!("ROW\t{}\t{}\t{}", speech.name, u8::from(*own), values.join("\t"));
            }
        }
    }
    if has("--fit") {
        fit(&speeches);
    }
    Ok(())
}

fn speech(pipeline: &Pipeline<'_>, name: &str, body: &str) -> Option<Speech> {
    let state = name.split('_').next()?.to_owned();
    let found = pipeline.extract("speech.txt", body.as_bytes(), &Options::default()).ok()?;
    let key = found.voice.holder.map(|id| found.entity(id).key.to_string());
    let right = found.voice.holder.map(|id| is_state(&found, &state, &found.entity(id).key));
    let evidence = resolve::evidence(
        &found.document,
        &found.sentences,
        &found.mentions,
        Catalogue::embedded(),
        Lexicon::embedded(),
    );
    let evidence = evidence.into_iter().map(|(key, evidence)| (is_state(&found, &state, &key), evidence)).collect();
    Some(Speech { name: name.to_owned(), state, holder: key.map(|key| (key, found.voice.sure)), right, evidence })
}

/// Whether a key is that of the State with the record's code.
fn is_state(found: &Extraction, code: &str, key: &str) -> bool {
    let entity = found.entities.iter().find(|entity| entity.key == key);
    let codes = entity.into_iter().flat_map(|entity| &entity.identifiers).filter(|id| id.scheme == "iso3166-1-alpha3");
    codes.into_iter().any(|id| id.value == code) || FORMER.contains(&(code, key))
}

fn report(label: &str, speeches: &[&Speech]) {
    let count = |right: Option<bool>| speeches.iter().filter(|speech| speech.right == right).count();
    let (right, wrong, none) = (count(Some(true)), count(Some(false)), count(None));
    let named = speeches.iter().filter(|speech| speech.evidence.iter().any(|(own, _)| *own)).count();
    let share = |n: usize| 100.0 * n as f64 / speeches.len().max(1) as f64;
    println!(
        "{label}: {} speeches, right {:.1} %, wrong {:.1} %, none {:.1} %; own State named in {:.1} %",
        speeches.len(),
        share(right),
        share(wrong),
        share(none),
        share(named)
    );
    let mut states: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for speech in speeches {
        let entry = states.entry(&speech.state).or_default();
        entry.0 += 1;
        entry.1 += usize::from(speech.right == Some(true));
    }
    let poor: Vec<String> = states
        .into_iter()
        .filter(|(_, (all, right))| *all >= 4 && right * 2 < *all)
        .map(|(state, (all, right))| format!("{state} {right}/{all}"))
        .collect();
    println!("  States found in less than half of their speeches: {}", poor.join(", "));
}

/// Fits the weights on every second speech: a choice among the States named and the case that the speaker's is not.
fn fit(speeches: &[Speech]) {
    let drawn: Vec<&Speech> = speeches.iter().step_by(2).collect();
    let mut weights = [0.0_f64; CUES.len()];
    let mut speed = [0.0_f64; CUES.len()];
    for _ in 0..3000 {
        let mut slope = [0.0_f64; CUES.len()];
        for speech in &drawn {
            step(speech, &weights, &mut slope);
        }
        for i in 0..CUES.len() {
            speed[i] = 0.9 * speed[i] + slope[i] / drawn.len() as f64 - 0.0001 * weights[i];
            weights[i] += speed[i];
        }
    }
    for ((name, _), weight) in CUES.iter().zip(weights) {
        println!("    (\"{name}\", {weight:.2}),");
    }
    for enough in [0.5, 0.6, 0.7, 0.8, 0.9] {
        let mut counts = (0, 0, 0);
        for speech in speeches.iter().skip(1).step_by(2) {
            let best = choose(speech, &weights);
            match best.filter(|(probability, _)| *probability >= enough) {
                Some((_, true)) => counts.0 += 1,
                Some((_, false)) => counts.1 += 1,
                None => counts.2 += 1,
            }
        }
        let all = f64::from(counts.0 + counts.1 + counts.2) / 100.0;
        println!(
            "other half at {enough}: right {:.1} %, wrong {:.1} %, none {:.1} %",
            f64::from(counts.0) / all,
            f64::from(counts.1) / all,
            f64::from(counts.2) / all
        );
    }
}

fn weigh(evidence: &Evidence, weights: &[f64; CUES.len()]) -> f64 {
    evidence.iter().zip(weights).map(|(value, weight)| f64::from(*value) * weight).sum()
}

/// The likeliest State: its probability, and whether it is the right one.
fn choose(speech: &Speech, weights: &[f64; CUES.len()]) -> Option<(f64, bool)> {
    let weighed: Vec<(f64, bool)> =
        speech.evidence.iter().map(|(own, evidence)| (weigh(evidence, weights), *own)).collect();
    let best = weighed.iter().copied().max_by(|a, b| a.0.total_cmp(&b.0))?;
    let sum: f64 = weighed.iter().map(|(weight, _)| (weight - best.0).exp()).sum::<f64>() + (-best.0).exp();
    Some((1.0 / sum, best.1))
}

/// Adds one speech to the slope of the likelihood.
fn step(speech: &Speech, weights: &[f64; CUES.len()], slope: &mut [f64; CUES.len()]) {
    let weighed: Vec<f64> = speech.evidence.iter().map(|(_, evidence)| weigh(evidence, weights)).collect();
    let highest = weighed.iter().copied().fold(0.0, f64::max);
    let sum: f64 = weighed.iter().map(|weight| (weight - highest).exp()).sum::<f64>() + (-highest).exp();
    for ((own, evidence), weight) in speech.evidence.iter().zip(&weighed) {
        let miss = f64::from(u8::from(*own)) - (weight - highest).exp() / sum;
        for (slope, value) in slope.iter_mut().zip(evidence) {
            *slope += miss * f64::from(*value);
        }
    }
}
