//! Trains the tagger and parser: `cargo run --release --example train_syntax -- TREEBANK_DIR OUT`. Same data, same bytes.

use std::io::Read;

use rapporteur::syntax::conllu::{self, Gold};
use rapporteur::syntax::greedy::{self, BITS, Scores, State, WIDTH, Word};

const EPOCHS: usize = 12;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let gold = read(&format!("{}/train.conllu.gz", arguments[1]));
    let mut order: Vec<usize> = (0..gold.len()).collect();
    let mut random = Random(42);
    let mut tables: Vec<Table> = (0..3).map(|i| Table::new(BITS[i], WIDTH[i])).collect();
    let mut features = Vec::new();
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        let mut right = [0usize; 3];
        let mut seen = [0usize; 3];
        for &s in &order {
            let sentence = &gold[s];
            let n = sentence.len();
            let words: Vec<Word> = sentence.forms.iter().map(|form| Word::new(form)).collect();
            let mut tags = Vec::new();
            for i in 0..n {
                greedy::tag_features(&words, &tags, i, &mut features);
                let guess = greedy::best(&tables[0].score(&features)[..17], |_| true);
                let wanted = sentence.upos[i] as usize;
                tables[0].learn(&features, wanted, guess);
                right[0] += (guess == wanted) as usize;
                seen[0] += 1;
                tags.push(rapporteur::model::Upos::ALL[guess]);
            }
            // Until the tagger is out of its first steps, its tags would only confuse the parser.
            if epoch < 2 {
                tags = sentence.upos.clone();
            }
            let gold_heads: Vec<u32> = sentence.heads.iter().map(|head| head.unwrap_or(n as u32)).collect();
            let mut state = State::new(n);
            while !state.done() {
                greedy::move_features(&words, &tags, &state, &mut features);
                let scores = tables[1].score(&features);
                let allowed = state.allowed();
                let costs = state.costs(&gold_heads);
                let guess = greedy::best(&scores[..3], |i| allowed[i]);
                let least = (0..3).filter(|&i| allowed[i]).map(|i| costs[i]).min().unwrap_or(0);
                let wanted = greedy::best(&scores[..3], |i| allowed[i] && costs[i] == least);
                let ok = costs[guess] == least;
                if !ok {
                    tables[1].learn(&features, wanted, guess);
                } else {
                    tables[1].tick();
                }
                right[1] += ok as usize;
                seen[1] += 1;
                let explore = epoch > 0 && random.below(10) < 9;
                state.apply(if explore { guess } else { wanted });
            }
            for child in 0..n {
                let Some(head) = sentence.heads[child] else { continue };
                greedy::label_features(&words, &tags, &sentence.heads, Some(head as usize), child, &mut features);
                let guess = greedy::best(&tables[2].score(&features), |_| true);
                let wanted = sentence.deprels[child] as usize;
                tables[2].learn(&features, wanted, guess);
                right[2] += (guess == wanted) as usize;
                seen[2] += 1;
            }
        }
        let percent = |i: usize| 100.0 * right[i] as f64 / seen[i] as f64;
        eprintln!("epoch {epoch}: tags {:.2} moves {:.2} labels {:.2}", percent(0), percent(1), percent(2));
    }
    let bytes: Vec<u8> = tables.iter().flat_map(|table| table.averaged()).flat_map(|w| w.to_le_bytes()).collect();
    std::fs::write(&arguments[2], bytes).unwrap();
}

fn read(path: &str) -> Vec<Gold> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    conllu::read(&text)
}

struct Table {
    bits: u32,
    width: usize,
    weights: Vec<f32>,
    totals: Vec<f64>,
    clock: f64,
}

impl Table {
    fn new(bits: u32, width: usize) -> Self {
        Self { bits, width, weights: vec![0.0; width << bits], totals: vec![0.0; width << bits], clock: 0.0 }
    }

    fn score(&self, features: &[u32]) -> Scores {
        let mut scores = [0; 51];
        for &feature in features {
            let row = (feature >> (32 - self.bits)) as usize * self.width;
            for (score, &weight) in scores.iter_mut().zip(&self.weights[row..row + self.width]) {
                *score += weight as i32;
            }
        }
        scores
    }

    fn tick(&mut self) {
        self.clock += 1.0;
    }

    fn learn(&mut self, features: &[u32], wanted: usize, guess: usize) {
        self.clock += 1.0;
        if wanted == guess {
            return;
        }
        for &feature in features {
            let row = (feature >> (32 - self.bits)) as usize * self.width;
            for (class, step) in [(wanted, 1.0), (guess, -1.0)] {
                self.weights[row + class] += step;
                self.totals[row + class] += step as f64 * self.clock;
            }
        }
    }

    fn averaged(&self) -> Vec<i16> {
        let average = |i: usize| self.weights[i] as f64 - self.totals[i] / self.clock;
        (0..self.weights.len()).map(|i| (average(i) * 64.0).round().clamp(-32767.0, 32767.0) as i16).collect()
    }
}

struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % n
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for i in (1..order.len()).rev() {
            order.swap(i, self.below(i as u64 + 1) as usize);
        }
    }
}
