//! How often the speaker's State is found by the words alone: on speeches whose record name tells the State.
//!
//! `cargo run --release --example measure_holders -- DEBATE.txt [--wrong] [--fit]`
//!
//! The file holds records parted by lines of U+001E and a name `STATE_SESSION_YEAR.txt`. Each text is read under a name
//! that says nothing. `--wrong` lists what came out wrong; `--fit` fits the weights of the cues anew on every second
//! record, measures them on the others and prints them; `--rows` prints the evidence for each State, and a file of such
//! rows serves `--fit` as well, without reading the speeches again. Not a test: it needs the corpus.

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
    ("YMD", "state/yem"),
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
    if text.starts_with("ROW\t") {
        fit(&rows(&text));
        return Ok(());
    }
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
        fit(&speeches.into_iter().map(|speech| speech.evidence).collect::<Vec<_>>());
    }
    Ok(())
}

/// The evidence that `--rows` printed, by speech.
fn rows(text: &str) -> Vec<Vec<(bool, Evidence)>> {
    let mut found: Vec<(&str, Vec<(bool, Evidence)>)> = Vec::new();
    for line in text.lines().filter(|line| line.starts_with("ROW\t")) {
        let mut parts = line.split('\t').skip(1);
        let (Some(name), Some(own)) = (parts.next(), parts.next()) else { continue };
        let values: Vec<f32> = parts.filter_map(|value| value.parse().ok()).collect();
        let Ok(evidence) = Evidence::try_from(values) else { continue };
        if found.last().is_none_or(|(last, _)| *last != name) {
            found.push((name, Vec::new()));
        }
        if let Some((_, speech)) = found.last_mut() {
            speech.push((own == "1", evidence));
        }
    }
    found.into_iter().map(|(_, speech)| speech).collect()
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

/// How many units the hidden layer has.
const HIDDEN: usize = 6;

/// Rounds of fitting, the pull towards nothing, and the length of a step.
const ROUNDS: usize = 500;
const DECAY: f64 = 0.004;
const STEP: f64 = 0.01;

/// A layer of `tanh` units over the cues, beside the cues themselves.
#[derive(Clone)]
struct Net {
    direct: Vec<f64>,
    hidden: Vec<Vec<f64>>,
    out: Vec<f64>,
}

impl Net {
    /// All weights small and different, the same each time.
    fn new(seed: u64) -> Self {
        let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
        };
        let cues = CUES;
        Self {
            direct: vec![0.0; cues],
            hidden: (0..HIDDEN).map(|_| (0..cues).map(|_| 0.4 * next()).collect()).collect(),
            out: (0..HIDDEN).map(|_| 0.3 * next()).collect(),
        }
    }

    fn units(&self, cues: &[f64]) -> Vec<f64> {
        self.hidden.iter().map(|weights| dot(weights, cues).tanh()).collect()
    }

    fn weigh(&self, cues: &[f64]) -> f64 {
        dot(&self.direct, cues) + dot(&self.out, &self.units(cues))
    }

    fn all(&mut self) -> impl Iterator<Item = &mut f64> {
        self.direct.iter_mut().chain(self.hidden.iter_mut().flatten()).chain(&mut self.out)
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// A speech: for each State whether it is the speaker's, and its cues.
type Choice = Vec<(bool, Vec<f64>)>;

/// Fits the weights on every second speech: a choice among the States named and the case that the speaker's is not.
fn fit(speeches: &[Vec<(bool, Evidence)>]) {
    let cues = CUES;
    let (mut mean, mut spread) = (vec![0.0; cues], vec![1.0; cues]);
    let all: Vec<&Evidence> = speeches.iter().step_by(2).flatten().map(|(_, evidence)| evidence).collect();
    for i in 0..cues - 1 {
        let values = || all.iter().map(|evidence| f64::from(evidence[i]));
        mean[i] = values().sum::<f64>() / all.len() as f64;
        spread[i] = (values().map(|value| (value - mean[i]).powi(2)).sum::<f64>() / all.len() as f64).sqrt().max(0.01);
    }
    let even = |evidence: &Evidence| -> Vec<f64> {
        (0..cues).map(|i| (f64::from(evidence[i]) - mean[i]) / spread[i]).collect()
    };
    let choice = |speech: &Vec<(bool, Evidence)>| -> Choice {
        speech.iter().map(|(own, evidence)| (*own, even(evidence))).collect()
    };
    let choices: Vec<Choice> = speeches.iter().map(choice).collect();
    let drawn: Vec<&Choice> = choices.iter().step_by(2).collect();
    let mut net = Net::new(7);
    let size = net.all().count();
    let (mut speed, mut force) = (vec![0.0; size], vec![0.0; size]);
    for round in 1..=ROUNDS {
        let parts: Vec<Net> = drawn.par_chunks(64).map(|part| slope(&net, part)).collect();
        let mut whole = parts.into_iter().fold(None, |sum: Option<Net>, mut part| match sum {
            None => Some(part),
            Some(mut sum) => {
                sum.all().zip(part.all()).for_each(|(sum, part)| *sum += *part);
                Some(sum)
            }
        });
        let Some(whole) = &mut whole else { return };
        for (i, (weight, slope)) in net.all().zip(whole.all()).enumerate() {
            let slope = *slope / drawn.len() as f64 - DECAY * *weight;
            speed[i] = 0.9 * speed[i] + 0.1 * slope;
            force[i] = 0.999 * force[i] + 0.001 * slope * slope;
            let (first, second) = (1.0 - 0.9_f64.powi(round as i32), 1.0 - 0.999_f64.powi(round as i32));
            *weight += STEP * (speed[i] / first) / ((force[i] / second).sqrt() + 1e-8);
        }
    }
    for (label, from) in [("fitted half", 0), ("other half", 1)] {
        let half: Vec<&Choice> = choices.iter().skip(from).step_by(2).collect();
        for enough in [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9] {
            tell(label, &half, &net, enough);
        }
    }
    print(&net, &mean, &spread);
}

/// The slope of the likelihood of some speeches.
fn slope(net: &Net, speeches: &[&Choice]) -> Net {
    let mut slope = Net::new(1);
    slope.all().for_each(|weight| *weight = 0.0);
    for speech in speeches {
        let weighed: Vec<f64> = speech.iter().map(|(_, cues)| net.weigh(cues)).collect();
        let highest = weighed.iter().copied().fold(0.0, f64::max);
        let sum: f64 = weighed.iter().map(|weight| (weight - highest).exp()).sum::<f64>() + (-highest).exp();
        for ((own, cues), weight) in speech.iter().zip(&weighed) {
            let miss = f64::from(u8::from(*own)) - (weight - highest).exp() / sum;
            let units = net.units(cues);
            slope.direct.iter_mut().zip(cues).for_each(|(slope, cue)| *slope += miss * cue);
            for (k, unit) in units.iter().enumerate() {
                slope.out[k] += miss * unit;
                let through = miss * net.out[k] * (1.0 - unit * unit);
                slope.hidden[k].iter_mut().zip(cues).for_each(|(slope, cue)| *slope += through * cue);
            }
        }
    }
    slope
}

fn tell(label: &str, speeches: &[&Choice], net: &Net, enough: f64) {
    let mut counts = (0, 0, 0);
    for speech in speeches {
        match choose(speech, net).filter(|(probability, _)| *probability >= enough) {
            Some((_, true)) => counts.0 += 1,
            Some((_, false)) => counts.1 += 1,
            None => counts.2 += 1,
        }
    }
    let all = speeches.len().max(1) as f64 / 100.0;
    let share = |count: i32| f64::from(count) / all;
    let (right, wrong, none) = (share(counts.0), share(counts.1), share(counts.2));
    println!("{label} at {enough}: right {right:.1} %, wrong {wrong:.1} %, none {none:.1} %");
}

/// The likeliest State: its probability, and whether it is the right one.
fn choose(speech: &Choice, net: &Net) -> Option<(f64, bool)> {
    let weighed: Vec<(f64, bool)> = speech.iter().map(|(own, cues)| (net.weigh(cues), *own)).collect();
    let best = weighed.iter().copied().max_by(|a, b| a.0.total_cmp(&b.0))?;
    let top = best.0.max(0.0);
    let sum: f64 = weighed.iter().map(|(weight, _)| (weight - top).exp()).sum::<f64>() + (-top).exp();
    Some(((best.0 - top).exp() / sum, best.1))
}

/// The weights as the tables that `resolve::nation` holds; mean and spread of the cues go into the last cue, which is 1.
fn print(net: &Net, mean: &[f64], spread: &[f64]) {
    let own = |weights: &[f64]| -> String {
        let last = weights.len() - 1;
        let shift: f64 = (0..last).map(|i| weights[i] * mean[i] / spread[i]).sum();
        let value = |i: usize| if i == last { weights[i] - shift } else { weights[i] / spread[i] };
        (0..=last).map(|i| format!("{:.3}", value(i))).collect::<Vec<_>>().join(" ")
    };
    println!("direct {}", own(&net.direct));
    for (weights, out) in net.hidden.iter().zip(&net.out) {
        println!("{out:.3} {}", own(weights));
    }
}
