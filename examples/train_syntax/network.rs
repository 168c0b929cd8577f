//! The network in floating point: forward with dropout, and backward.

use rapporteur::syntax::activation::sigmoid;
use rapporteur::syntax::features::{ROWS, TABLES};
use rapporteur::syntax::shape::{ARC, HALF, HIDDEN, LABELS, LAYERS, TAG_LAYER, TAGS, WIDTH, groups};

use super::random::Random;
use super::sample::Sample;
use super::tensor::{Pace, Tensor};
use super::vectors::{activated, add, best, deactivate, dot, scaled, softmax_error, times};

const BOTH: usize = 2 * HALF;

/// Shares of values dropped: input, between layers, in the heads.
const DROP: [f32; 3] = [0.05, 0.25, 0.25];

/// Chance that a word goes without the vector of one of its tables.
const DROP_TABLE: f32 = 0.2;

pub struct Network {
    pub tables: Vec<Tensor>,
    pub layers: Vec<Layer>,
    pub tag: Dense,
    pub arc_dependent: Dense,
    pub arc_head: Dense,
    pub arc_between: Tensor,
    pub arc_bias: Tensor,
    pub arc_root: Tensor,
    pub label_dependent: Dense,
    pub label_head: Dense,
    pub label_root: Tensor,
    pub label_out: Dense,
}

/// A matrix and a bias.
pub struct Dense {
    pub weights: Tensor,
    pub bias: Tensor,
}

impl Dense {
    fn new(rows: usize, columns: usize, random: &mut Random) -> Self {
        let reach = (3.0 / rows as f32).sqrt();
        Self { weights: Tensor::new(rows, columns, reach, random), bias: Tensor::new(1, columns, 0.0, random) }
    }

    fn forward(&self, input: &[f32], n: usize) -> Vec<f32> {
        let mut out = self.bias.value.repeat(n);
        self.weights.forward(input, n, &mut out);
        out
    }

    fn backward(&mut self, input: &[f32], n: usize, error: &[f32], back: Option<&mut [f32]>) {
        self.weights.backward(input, n, error, back);
        for row in error.chunks_exact(self.bias.columns) {
            add(&mut self.bias.gradient, row);
        }
    }
}

/// One layer of simple recurrent units, both directions.
pub struct Layer {
    pub dense: Dense,
    /// How the memory acts on the forget gate and the reset gate: 2 × both directions.
    pub memory: Tensor,
}

/// Loss, a word on average, and hits.
#[derive(Default, Clone, Copy)]
pub struct Tally {
    pub loss: f64,
    pub words: usize,
    pub tags: usize,
    pub arcs: usize,
    pub labels: usize,
}

impl Tally {
    pub fn add(&mut self, other: Self) {
        let words = self.words + other.words;
        self.loss = (self.loss * self.words as f64 + other.loss * other.words as f64) / words.max(1) as f64;
        self.words = words;
        self.tags += other.tags;
        self.arcs += other.arcs;
        self.labels += other.labels;
    }
}

struct Trace {
    input: Vec<f32>,
    pre: Vec<f32>,
    memory: Vec<f32>,
    forget: Vec<f32>,
    reset: Vec<f32>,
    output: Vec<f32>,
    mask: Vec<f32>,
}

pub struct Prediction {
    pub tags: Vec<usize>,
    /// Best head for each word, 0 for the root, i + 1 for word i.
    pub heads: Vec<usize>,
    pub labels: Vec<usize>,
}

impl Network {
    pub fn new(words: usize, random: &mut Random) -> Self {
        let mut tables = vec![Tensor::new(words, WIDTH, 0.2, random).sparse()];
        tables.extend(ROWS.iter().map(|&rows| Tensor::new(rows as usize, WIDTH, 0.2, random).sparse()));
        let layers = (0..LAYERS)
            .map(|l| Layer {
                dense: Dense::new(if l == 0 { WIDTH } else { BOTH }, 2 * groups(l) * HALF, random),
                memory: Tensor::new(2, BOTH, 0.3, random),
            })
            .collect();
        Self {
            tables,
            layers,
            tag: Dense::new(BOTH, TAGS, random),
            arc_dependent: Dense::new(BOTH, ARC, random),
            arc_head: Dense::new(BOTH, ARC, random),
            arc_between: Tensor::new(ARC, ARC, 0.1, random),
            arc_bias: Tensor::new(1, ARC, 0.0, random),
            arc_root: Tensor::new(1, ARC, 0.2, random),
            label_dependent: Dense::new(BOTH, HIDDEN, random),
            label_head: Dense::new(BOTH, HIDDEN, random),
            label_root: Tensor::new(1, HIDDEN, 0.2, random),
            label_out: Dense::new(HIDDEN, LABELS, random),
        }
    }

    pub fn tensors(&mut self) -> Vec<&mut Tensor> {
        let mut all: Vec<&mut Tensor> = self.tables.iter_mut().collect();
        for layer in &mut self.layers {
            all.extend([&mut layer.dense.weights, &mut layer.dense.bias, &mut layer.memory]);
        }
        for dense in [
            &mut self.tag, &mut self.arc_dependent, &mut self.arc_head, &mut self.label_dependent,
            &mut self.label_head, &mut self.label_out,
        ] {
            all.extend([&mut dense.weights, &mut dense.bias]);
        }
        all.extend([&mut self.arc_between, &mut self.arc_bias, &mut self.arc_root, &mut self.label_root]);
        all
    }

    pub fn step(&mut self, pace: Pace) {
        let norm = self.tensors().iter().map(|tensor| tensor.squared()).sum::<f64>().sqrt() as f32;
        let scale = if norm > 5.0 { 5.0 / norm } else { 1.0 };
        for tensor in self.tensors() {
            tensor.step(pace, scale);
        }
    }

    /// Sums of the words' vectors. `keep`: how much of each table's vector, tables of a word together.
    fn embed(&self, batch: &[&Sample], words: &[u32], keep: &[f32]) -> Vec<f32> {
        let mut input = vec![0.0; words.len() * WIDTH];
        for ((out, rows), keep) in input.chunks_exact_mut(WIDTH).zip(rows(batch, words)).zip(keep.chunks_exact(TABLES))
        {
            for ((table, row), &keep) in self.tables.iter().zip(rows).zip(keep) {
                scaled(out, table.row(row), keep);
            }
        }
        input
    }

    /// Runs the layers; `drop` gives the masks in training.
    fn encode(&self, batch: &[&Sample], mut input: Vec<f32>, drop: &mut Option<&mut Random>) -> Vec<Trace> {
        let mut traces = Vec::new();
        for (l, layer) in self.layers.iter().enumerate() {
            let n = input.len() / layer.dense.weights.rows;
            let pre = layer.dense.forward(&input, n);
            let mask = masks(batch, BOTH, DROP[1], drop);
            let mut trace = Trace {
                input,
                pre,
                memory: vec![0.0; n * BOTH],
                forget: vec![0.0; n * BOTH],
                reset: vec![0.0; n * BOTH],
                output: vec![0.0; n * BOTH],
                mask,
            };
            for (start, end) in ranges(batch) {
                for direction in 0..2 {
                    layer.recur(l, &mut trace, start, end, direction);
                }
            }
            for (h, m) in trace.output.iter_mut().zip(&trace.mask) {
                *h *= m;
            }
            input = trace.output.clone();
            traces.push(trace);
        }
        traces
    }

    /// Best tags, heads and labels of the batch, without dropout.
    pub fn predict(&self, batch: &[&Sample]) -> Prediction {
        let words: Vec<u32> = batch.iter().flat_map(|sample| sample.words.iter().copied()).collect();
        let n = words.len();
        let traces = self.encode(batch, self.embed(batch, &words, &vec![1.0; n * TABLES]), &mut None);
        let tags = self.tag.forward(&traces[TAG_LAYER].output, n).chunks_exact(TAGS).map(best).collect();
        let top = &traces[LAYERS - 1].output;
        let dependents = activated(self.arc_dependent.forward(top, n));
        let heads_at = activated(self.arc_head.forward(top, n));
        let asked = self.ask(&dependents, n);
        let label_dependents = self.label_dependent.forward(top, n);
        let label_heads = self.label_head.forward(top, n);
        let mut heads = Vec::new();
        let mut labels = Vec::new();
        for (start, end) in ranges(batch) {
            for i in start..end {
                let query = &asked[i * ARC..(i + 1) * ARC];
                let mut scores = vec![dot(query, &self.arc_root.value)];
                scores.extend(
                    (start..end).map(|j| if i == j { f32::MIN } else { dot(query, &heads_at[j * ARC..(j + 1) * ARC]) }),
                );
                let head = best(&scores);
                let of_head = if head == 0 {
                    &self.label_root.value[..]
                } else {
                    &label_heads[(start + head - 1) * HIDDEN..][..HIDDEN]
                };
                let mut hidden: Vec<f32> = label_dependents[i * HIDDEN..(i + 1) * HIDDEN].to_vec();
                add(&mut hidden, of_head);
                let hidden = activated(hidden);
                labels.push(best(&self.label_out.forward(&hidden, 1)));
                heads.push(head);
            }
        }
        Prediction { tags, heads, labels }
    }

    fn ask(&self, dependents: &[f32], n: usize) -> Vec<f32> {
        let mut asked = self.arc_bias.value.repeat(n);
        self.arc_between.forward(dependents, n, &mut asked);
        asked
    }

    /// Forward and backward over a batch: adds to the gradients.
    pub fn learn(&mut self, batch: &[&Sample], random: &mut Random) -> Tally {
        let words: Vec<u32> = batch
            .iter()
            .flat_map(|sample| sample.words.iter().zip(&sample.drop))
            .map(|(&word, &chance)| if random.unit() < chance { 0 } else { word })
            .collect();
        let n = words.len();
        let keep = random.mask(n * TABLES, DROP_TABLE);
        let mut input = self.embed(batch, &words, &keep);
        let input_mask = {
            let mut drop = Some(&mut *random);
            masks(batch, WIDTH, DROP[0], &mut drop)
        };
        times(&mut input, &input_mask);
        let traces = self.encode(batch, input, &mut Some(&mut *random));
        let mut tally = Tally { words: n, ..Tally::default() };
        let weight = 1.0 / n as f32;

        // Tags.
        let mut tag_error = self.tag.forward(&traces[TAG_LAYER].output, n);
        let gold_tags: Vec<usize> = batch.iter().flat_map(|sample| sample.tags.iter().copied()).collect();
        for (scores, &gold) in tag_error.chunks_exact_mut(TAGS).zip(&gold_tags) {
            tally.tags += (best(scores) == gold) as usize;
            tally.loss += softmax_error(scores, gold, weight);
        }
        let mut errors: Vec<Vec<f32>> = vec![vec![0.0; n * BOTH]; LAYERS];
        self.tag.backward(&traces[TAG_LAYER].output, n, &tag_error, Some(&mut errors[TAG_LAYER]));

        let top = &traces[LAYERS - 1].output;
        self.learn_arcs(batch, top, weight, &mut tally, &mut errors[LAYERS - 1], random);
        self.learn_labels(batch, top, weight, &mut tally, &mut errors[LAYERS - 1], random);

        let mut below = vec![0.0; n * WIDTH];
        for l in (0..LAYERS).rev() {
            let mut error = std::mem::take(&mut errors[l]);
            times(&mut error, &traces[l].mask);
            let target = if l == 0 { &mut below } else { &mut errors[l - 1] };
            self.layers[l].backward(l, batch, &traces[l], &error, target);
        }
        times(&mut below, &input_mask);
        let mut error = vec![0.0; WIDTH];
        for ((below, rows), keep) in below.chunks_exact(WIDTH).zip(rows(batch, &words)).zip(keep.chunks_exact(TABLES)) {
            for ((table, row), &keep) in self.tables.iter_mut().zip(rows).zip(keep).filter(|(_, keep)| **keep > 0.0) {
                error.iter_mut().zip(below).for_each(|(error, below)| *error = below * keep);
                table.add_to_row(row, &error);
            }
        }
        tally
    }

    fn learn_arcs(
        &mut self,
        batch: &[&Sample],
        top: &[f32],
        weight: f32,
        tally: &mut Tally,
        back: &mut [f32],
        random: &mut Random,
    ) {
        let n = top.len() / BOTH;
        let mut drop = Some(random);
        let (mask_d, mask_h) = (masks(batch, ARC, DROP[2], &mut drop), masks(batch, ARC, DROP[2], &mut drop));
        let (pre_d, pre_h) = (self.arc_dependent.forward(top, n), self.arc_head.forward(top, n));
        let (mut dependents, mut heads) = (activated(pre_d.clone()), activated(pre_h.clone()));
        times(&mut dependents, &mask_d);
        times(&mut heads, &mask_h);
        let asked = self.ask(&dependents, n);
        let mut asked_error = vec![0.0; n * ARC];
        let mut heads_error = vec![0.0; n * ARC];
        for ((start, end), sample) in ranges(batch).into_iter().zip(batch) {
            for i in start..end {
                let query = &asked[i * ARC..(i + 1) * ARC];
                let mut scores = vec![dot(query, &self.arc_root.value)];
                scores.extend(
                    (start..end).map(|j| if i == j { -1e9 } else { dot(query, &heads[j * ARC..(j + 1) * ARC]) }),
                );
                let gold = sample.heads[i - start];
                tally.arcs += (best(&scores) == gold) as usize;
                tally.loss += softmax_error(&mut scores, gold, weight);
                let out = &mut asked_error[i * ARC..(i + 1) * ARC];
                scaled(out, &self.arc_root.value, scores[0]);
                scaled(&mut self.arc_root.gradient, query, scores[0]);
                for (j, &e) in (start..end).zip(&scores[1..]) {
                    if e.abs() > 1e-9 {
                        scaled(out, &heads[j * ARC..(j + 1) * ARC], e);
                        scaled(&mut heads_error[j * ARC..(j + 1) * ARC], query, e);
                    }
                }
            }
        }
        for row in asked_error.chunks_exact(ARC) {
            add(&mut self.arc_bias.gradient, row);
        }
        let mut dependents_error = vec![0.0; n * ARC];
        self.arc_between.backward(&dependents, n, &asked_error, Some(&mut dependents_error));
        deactivate(&mut dependents_error, &pre_d, &mask_d);
        deactivate(&mut heads_error, &pre_h, &mask_h);
        self.arc_dependent.backward(top, n, &dependents_error, Some(back));
        self.arc_head.backward(top, n, &heads_error, Some(back));
    }

    fn learn_labels(
        &mut self,
        batch: &[&Sample],
        top: &[f32],
        weight: f32,
        tally: &mut Tally,
        back: &mut [f32],
        random: &mut Random,
    ) {
        let n = top.len() / BOTH;
        let mask = masks(batch, HIDDEN, DROP[2], &mut Some(random));
        let mut pre = self.label_dependent.forward(top, n);
        let of_heads = self.label_head.forward(top, n);
        let head_of =
            |i: usize, start: usize, sample: &Sample| sample.heads[i - start].checked_sub(1).map(|head| start + head);
        for ((start, end), sample) in ranges(batch).into_iter().zip(batch) {
            for i in start..end {
                let from = head_of(i, start, sample)
                    .map_or(&self.label_root.value[..], |h| &of_heads[h * HIDDEN..(h + 1) * HIDDEN]);
                add(&mut pre[i * HIDDEN..(i + 1) * HIDDEN], from);
            }
        }
        let mut hidden = activated(pre.clone());
        times(&mut hidden, &mask);
        let mut error = self.label_out.forward(&hidden, n);
        let gold: Vec<usize> = batch.iter().flat_map(|sample| sample.labels.iter().copied()).collect();
        for (scores, &gold) in error.chunks_exact_mut(LABELS).zip(&gold) {
            tally.labels += (best(scores) == gold) as usize;
            tally.loss += softmax_error(scores, gold, weight);
        }
        let mut hidden_error = vec![0.0; n * HIDDEN];
        self.label_out.backward(&hidden, n, &error, Some(&mut hidden_error));
        deactivate(&mut hidden_error, &pre, &mask);
        let mut heads_error = vec![0.0; n * HIDDEN];
        for ((start, end), sample) in ranges(batch).into_iter().zip(batch) {
            for i in start..end {
                let row = &hidden_error[i * HIDDEN..(i + 1) * HIDDEN];
                match head_of(i, start, sample) {
                    None => add(&mut self.label_root.gradient, row),
                    Some(h) => add(&mut heads_error[h * HIDDEN..(h + 1) * HIDDEN], row),
                }
            }
        }
        self.label_dependent.backward(top, n, &hidden_error, Some(back));
        self.label_head.backward(top, n, &heads_error, Some(back));
    }
}

impl Layer {
    /// Runs one direction over the words `start..end`.
    fn recur(&self, l: usize, trace: &mut Trace, start: usize, end: usize, direction: usize) {
        let g = groups(l);
        let width = 2 * g * HALF;
        let at = direction * HALF;
        let mut memory = vec![0.0; HALF];
        for step in start..end {
            let t = if direction == 0 { step } else { start + end - 1 - step };
            let pre = &trace.pre[t * width + direction * g * HALF..][..g * HALF];
            for u in 0..HALF {
                let before = memory[u];
                let forget = sigmoid(pre[HALF + u] + self.memory.value[at + u] * before);
                let reset = sigmoid(pre[2 * HALF + u] + self.memory.value[BOTH + at + u] * before);
                let now = forget * before + (1.0 - forget) * pre[u];
                let around = if l == 0 { pre[3 * HALF + u] } else { trace.input[t * BOTH + at + u] };
                let out = t * BOTH + at + u;
                trace.output[out] = reset * now + (1.0 - reset) * around;
                trace.memory[out] = now;
                trace.forget[out] = forget;
                trace.reset[out] = reset;
                memory[u] = now;
            }
        }
    }

    fn backward(&mut self, l: usize, batch: &[&Sample], trace: &Trace, error: &[f32], back: &mut [f32]) {
        let n = error.len() / BOTH;
        let g = groups(l);
        let width = 2 * g * HALF;
        let mut pre_error = vec![0.0; n * width];
        for (start, end) in ranges(batch) {
            for direction in 0..2 {
                let at = direction * HALF;
                let mut carried = vec![0.0f32; HALF];
                for step in (start..end).rev() {
                    let t = if direction == 0 { step } else { start + end - 1 - step };
                    let previous = (step > start).then(|| if direction == 0 { t - 1 } else { t + 1 });
                    let pre = &trace.pre[t * width + direction * g * HALF..][..g * HALF];
                    let out = &mut pre_error[t * width + direction * g * HALF..][..g * HALF];
                    for u in 0..HALF {
                        let i = t * BOTH + at + u;
                        let before = previous.map_or(0.0, |p| trace.memory[p * BOTH + at + u]);
                        let (forget, reset, now, e) = (trace.forget[i], trace.reset[i], trace.memory[i], error[i]);
                        let around = if l == 0 { pre[3 * HALF + u] } else { trace.input[i] };
                        let memory_error = carried[u] + e * reset;
                        let reset_error = e * (now - around) * reset * (1.0 - reset);
                        let forget_error = memory_error * (before - pre[u]) * forget * (1.0 - forget);
                        out[u] = memory_error * (1.0 - forget);
                        out[HALF + u] = forget_error;
                        out[2 * HALF + u] = reset_error;
                        if l == 0 {
                            out[3 * HALF + u] = e * (1.0 - reset);
                        } else {
                            back[i] += e * (1.0 - reset);
                        }
                        self.memory.gradient[at + u] += forget_error * before;
                        self.memory.gradient[BOTH + at + u] += reset_error * before;
                        carried[u] = memory_error * forget
                            + forget_error * self.memory.value[at + u]
                            + reset_error * self.memory.value[BOTH + at + u];
                    }
                }
            }
        }
        self.dense.backward(&trace.input, n, &pre_error, Some(back));
    }
}

/// The rows of each word's tables.
fn rows(batch: &[&Sample], words: &[u32]) -> impl Iterator<Item = [usize; TABLES]> {
    let features = batch.iter().flat_map(|sample| &sample.features);
    features
        .zip(words)
        .map(|(features, &word)| std::array::from_fn(|i| if i == 0 { word } else { features.rows[i - 1] } as usize))
}

/// First word and one past the last of each sentence of a batch.
fn ranges(batch: &[&Sample]) -> Vec<(usize, usize)> {
    let mut at = 0;
    batch
        .iter()
        .map(|sample| {
            (at, {
                at += sample.words.len();
                at
            })
        })
        .collect()
}

/// The same mask for all words of a sentence; all ones without `drop`.
fn masks(batch: &[&Sample], width: usize, rate: f32, drop: &mut Option<&mut Random>) -> Vec<f32> {
    let mut out = Vec::new();
    for sample in batch {
        match drop {
            None => out.extend(std::iter::repeat_n(1.0, sample.words.len() * width)),
            Some(random) => {
                let mask = random.mask(width, rate);
                (0..sample.words.len()).for_each(|_| out.extend(&mask));
            }
        }
    }
    out
}
