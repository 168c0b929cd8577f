//! Trains the tagger and parser: `cargo run --release --example train_syntax -- TREEBANK_DIR OUT`. Same data, same bytes.

mod clauses;
mod export;
mod gemm;
mod network;
mod random;
mod sample;
mod tensor;

use std::io::Read;

use network::{Network, Tally};
use random::Random;
use rapporteur::syntax::conllu::{self, Gold};
use rapporteur::syntax::shape::TAGS;
use sample::{Inventory, Sample};
use tensor::Pace;

/// Words in a batch, about.
const BATCH: usize = 160;

/// Sentences put together anew for each epoch.
const CLAUSES: usize = 500;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let epochs: usize = arguments.get(3).and_then(|n| n.parse().ok()).unwrap_or(25);
    let seed: u64 = arguments.get(4).and_then(|n| n.parse().ok()).unwrap_or(42);
    let train = read(&format!("{}/train.conllu.gz", arguments[1]));
    let dev = read(&format!("{}/dev.conllu.gz", arguments[1]));
    let grammar = clauses::Grammar::read(include_str!("../../seeds/model/clauses.txt"));
    let mut random = Random(seed);
    let mut vocabulary = train.clone();
    vocabulary.extend((0..CLAUSES).map(|_| grammar.sentence(&mut random)));
    let dictionary = unpack(&include_bytes!("../../seeds/model/wordnet-classes.txt.gz")[..]);
    let inventory = Inventory::new(&vocabulary, TAGS, &dictionary);
    eprintln!("{} words, {} tags", inventory.words.len(), inventory.tags.len());
    let samples: Vec<Sample> = train.iter().map(|gold| inventory.sample(gold)).collect();
    let held: Vec<Sample> = dev.iter().map(|gold| inventory.sample(gold)).collect();
    let mut network = Network::new(inventory.words.len() + 1, &mut random);
    let words: usize = samples.iter().map(|sample| sample.words.len()).sum();

    let batch_size: usize = std::env::var("BATCH").ok().and_then(|x| x.parse().ok()).unwrap_or(BATCH);
    let steps = epochs * (words + CLAUSES * 25) / (batch_size + 10);
    let mut step = 0;
    let mut order: Vec<usize> = (0..samples.len() + CLAUSES).collect();
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        let clauses: Vec<Sample> = (0..CLAUSES).map(|_| inventory.sample(&grammar.sentence(&mut random))).collect();
        let start = std::time::Instant::now();
        let mut total = Tally::default();
        let mut batch: Vec<&Sample> = Vec::new();
        let mut size = 0;
        for (k, &i) in order.iter().enumerate() {
            let sample = samples.get(i).unwrap_or_else(|| &clauses[i - samples.len()]);
            size += sample.words.len();
            batch.push(sample);
            if size < batch_size && k + 1 < order.len() {
                continue;
            }
            step += 1;
            let tally = network.learn(&batch, &mut random);
            total.loss += tally.loss * tally.words as f64;
            total.words += tally.words;
            total.tags += tally.tags;
            total.arcs += tally.arcs;
            total.labels += tally.labels;
            network.step(pace(step, steps));
            batch.clear();
            size = 0;
        }
        let of = |hits: usize| 100.0 * hits as f64 / total.words as f64;
        eprintln!(
            "epoch {epoch}: loss {:.3} tags {:.2} arcs {:.2} labels {:.2}; dev {}; {:.0} s",
            total.loss / total.words as f64,
            of(total.tags),
            of(total.arcs),
            of(total.labels),
            if epoch % 3 == 2 || epoch + 1 == epochs {
                measure(&network, &dev, &held, &inventory)
            } else {
                String::new()
            },
            start.elapsed().as_secs_f64()
        );
    }
    for tensor in network.tensors() {
        tensor.value = tensor.average.clone();
    }
    std::fs::write(&arguments[2], export::export(&network, &inventory)).unwrap();
    eprintln!("averaged: dev {}", measure(&network, &dev, &held, &inventory));
}

/// Warm up, then down to a twentieth; averages over the last fifth.
fn pace(step: usize, steps: usize) -> Pace {
    let done = step as f32 / steps as f32;
    let warm = (step as f32 / 400.0).min(1.0);
    let share = if done > 0.6 { 1.0 / 800.0 } else { 1.0 };
    Pace {
        rate: std::env::var("RATE").ok().and_then(|x| x.parse().ok()).unwrap_or(0.003) * warm * (1.0 - 0.97 * done),
        step: step as i32,
        share,
    }
}

fn measure(network: &Network, dev: &[Gold], held: &[Sample], inventory: &Inventory) -> String {
    let [mut words, mut tags, mut arcs, mut labels] = [0; 4];
    for (gold, sample) in dev.iter().zip(held) {
        let found = network.predict(&[sample]);
        for i in 0..gold.len() {
            words += 1;
            let upos = inventory.tags[found.tags[i].min(inventory.tags.len() - 1)]
                .split(' ')
                .next()
                .unwrap_or_default()
                .to_owned();
            tags += (upos == gold.upos[i].name()) as usize;
            let same = found.heads[i] == sample.heads[i];
            arcs += same as usize;
            let base = |label: usize| rapporteur::model::Deprel::ALL[label.min(50)].base();
            labels += (same && base(found.labels[i]) == base(sample.labels[i])) as usize;
        }
    }
    let of = |hits: usize| 100.0 * hits as f64 / words as f64;
    format!("UPOS {:.2} UAS {:.2} LAS {:.2}", of(tags), of(arcs), of(labels))
}

fn read(path: &str) -> Vec<Gold> {
    conllu::read(&unpack(std::fs::File::open(path).unwrap()))
}

fn unpack(packed: impl Read) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    text
}
