//! Trains the tagger and parser: `cargo run --release --example train_syntax -- TREEBANK_DIR OUT [EPOCHS] [SEED] [hold]`.
//! The weights go to OUT, those of the sentence ends to `breaks.bin` beside it; without passes (`0`) only the latter.
//!
//! Learns from `train.conllu.gz` and `dev.conllu.gz`; with `hold` from the first alone, so that what it shows of the second
//! means something. Never opens another file of the folder. Same data, same machine, same bytes.

mod breaks;
mod clauses;
mod export;
mod gemm;
mod network;
mod random;
mod sample;
mod tensor;
mod vectors;

use std::error::Error;
use std::io::Read;
use std::path::Path;

use clauses::Grammar;
use network::{Network, Tally};
use random::Random;
use rapporteur::model::Deprel;
use rapporteur::syntax::conllu::{self, Gold};
use rapporteur::syntax::shape::TAGS;
use sample::{Inventory, Sample};
use tensor::Pace;

/// Words in a batch, about.
const BATCH: usize = 160;

/// Sentences put together anew for each epoch.
const CLAUSES: usize = 450;

/// Passes over the treebank, unless said otherwise.
const EPOCHS: usize = 45;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, folder, out, rest @ ..] = &arguments[..] else {
        return Err("usage: train_syntax TREEBANK_DIR OUT [EPOCHS] [SEED]".into());
    };
    let epochs = rest.first().map_or(Ok(EPOCHS), |text| text.parse())?;
    let mut random = Random(rest.get(1).map_or(Ok(42), |text| text.parse())?);
    let hold = rest.iter().any(|argument| argument == "hold");
    let mut train = conllu::read(&unpack(std::fs::File::open(Path::new(folder).join("train.conllu.gz"))?)?);
    let dev = conllu::read(&unpack(std::fs::File::open(Path::new(folder).join("dev.conllu.gz"))?)?);
    if !hold {
        train.extend(dev.iter().cloned());
    }
    std::fs::write(Path::new(out).with_file_name("breaks.bin"), breaks::learn(&train))?;
    if epochs == 0 {
        return Ok(());
    }
    let grammar = Grammar::read(include_str!("../../seeds/model/clauses.txt"));
    let dictionary = unpack(&include_bytes!("../../seeds/model/wordnet-classes.txt.gz")[..])?;

    let mut known = train.clone();
    known.extend((0..CLAUSES).map(|_| grammar.sentence(&mut random)));
    let inventory = Inventory::new(&known, TAGS, &dictionary);
    let mut network = Network::new(inventory.words.len() + 1, &mut random);
    let samples: Vec<Sample> = train.iter().map(|gold| inventory.sample(gold)).collect();
    let held: Vec<Sample> = dev.iter().map(|gold| inventory.sample(gold)).collect();
    eprintln!("{} words, {} tags, {} sentences", inventory.words.len(), inventory.tags.len(), samples.len());

    let mut clock = Clock::new(epochs, known.iter().map(Gold::len).sum());
    for epoch in 0..epochs {
        let clauses: Vec<Sample> = (0..CLAUSES).map(|_| inventory.sample(&grammar.sentence(&mut random))).collect();
        let mut order: Vec<&Sample> = samples.iter().chain(&clauses).collect();
        random.shuffle(&mut order);
        let tally = pass(&mut network, &order, &mut clock, &mut random);
        let done = if hold { measure(&network, &dev, &held, &inventory) } else { String::new() };
        eprintln!("epoch {epoch}: {}; {done}", shares(&tally));
    }
    for tensor in network.tensors() {
        tensor.value.clone_from(&tensor.average);
    }
    eprintln!("averaged: dev {}", measure(&network, &dev, &held, &inventory));
    std::fs::write(out, export::export(&network, &inventory))?;
    Ok(())
}

fn unpack(packed: impl Read) -> std::io::Result<String> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text)?;
    Ok(text)
}

/// Learns from all sentences once, batch after batch.
fn pass(network: &mut Network, order: &[&Sample], clock: &mut Clock, random: &mut Random) -> Tally {
    let mut total = Tally::default();
    let mut start = 0;
    let mut words = 0;
    for (i, sample) in order.iter().enumerate() {
        words += sample.words.len();
        if words >= BATCH || i + 1 == order.len() {
            total.add(network.learn(&order[start..=i], random));
            network.step(clock.tick(words));
            start = i + 1;
            words = 0;
        }
    }
    total
}

/// How far the training has come.
struct Clock {
    step: i32,
    seen: usize,
    all: usize,
}

impl Clock {
    fn new(epochs: usize, words: usize) -> Self {
        Self { step: 0, seen: 0, all: epochs * words }
    }

    /// Warms up over 400 steps, then goes down to a thirtieth; averages over the last two fifths.
    fn tick(&mut self, words: usize) -> Pace {
        self.step += 1;
        self.seen += words;
        let done = (self.seen as f32 / self.all as f32).min(1.0);
        let warm = (self.step as f32 / 400.0).min(1.0);
        Pace {
            rate: 0.003 * warm * (1.0 - 0.97 * done),
            step: self.step,
            share: if done > 0.6 { 1.0 / 4000.0 } else { 1.0 },
        }
    }
}

fn shares(tally: &Tally) -> String {
    let of = |hits: usize| 100.0 * hits as f64 / tally.words as f64;
    format!(
        "loss {:.3} tags {:.2} arcs {:.2} labels {:.2}",
        tally.loss,
        of(tally.tags),
        of(tally.arcs),
        of(tally.labels)
    )
}

fn measure(network: &Network, dev: &[Gold], held: &[Sample], inventory: &Inventory) -> String {
    let [mut words, mut tags, mut arcs, mut labels] = [0; 4];
    for (gold, sample) in dev.iter().zip(held) {
        let found = network.predict(&[sample]);
        for i in 0..gold.len() {
            words += 1;
            let fine = inventory.tags.get(found.tags[i]).map_or("", String::as_str);
            tags += usize::from(fine.split(' ').next() == Some(gold.upos[i].name()));
            let same = found.heads[i] == sample.heads[i];
            arcs += usize::from(same);
            let base = |label: usize| Deprel::ALL.get(label).map(|label| label.base());
            labels += usize::from(same && base(found.labels[i]) == base(sample.labels[i]));
        }
    }
    let of = |hits: usize| 100.0 * hits as f64 / words as f64;
    format!("UPOS {:.2} UAS {:.2} LAS {:.2} (before trees)", of(tags), of(arcs), of(labels))
}
