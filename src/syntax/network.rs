//! From the words of a sentence to scores: vectors of words, recurrent layers in both directions, then tags, arcs, relations.

use super::activation::{leak, sigmoid};
use super::features::Features;
use super::integers::{Matrix, quantise};
use super::shape::{ARC, HALF, HIDDEN, LABELS, LAYERS, TAG_LAYER, TAGS, WIDTH, groups};
use super::weights::{Layer, Weights};
use super::{arborescence, shape};
use crate::model::Deprel;

const BOTH: usize = 2 * HALF;

/// Room for the numbers of one sentence, used again for the next, and the results for it.
#[derive(Debug, Default)]
pub struct Workspace {
    input: Vec<f32>,
    around: Vec<f32>,
    steps: Vec<i16>,
    /// The steps as a product reads them.
    tiles: Vec<i32>,
    scores: Vec<f32>,
    heads_at: Vec<f32>,
    asked: Vec<f32>,
    arcs: Vec<f32>,
    tree: arborescence::Workspace,
    /// Number of the fine tag of each word.
    pub tags: Vec<u16>,
    /// Head of each word; `None` for the root.
    pub heads: Vec<Option<u32>>,
    /// Relation of each word.
    pub labels: Vec<Deprel>,
}

impl Workspace {
    /// Analyses one sentence; the results lie in the public fields.
    pub fn run(&mut self, weights: &Weights, words: &[Features]) {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has just been asked for the feature.
            return unsafe { self.run_with_avx2(weights, words) };
        }
        self.run_inline(weights, words);
    }

    /// The same instructions in wider registers; none of them rounds otherwise.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn run_with_avx2(&mut self, weights: &Weights, words: &[Features]) {
        self.run_inline(weights, words);
    }

    #[inline(always)]
    fn run_inline(&mut self, weights: &Weights, words: &[Features]) {
        self.input.clear();
        self.input.resize(words.len() * WIDTH, 0.0);
        for (features, vector) in words.iter().zip(self.input.chunks_exact_mut(WIDTH)) {
            weights.embed(features, vector);
        }
        for (l, layer) in weights.layers.iter().enumerate() {
            self.layer(l, layer, words.len());
            if l == TAG_LAYER {
                self.tag(weights);
            }
        }
        self.quantise_input();
        self.arcs(weights, words.len());
        self.relations(weights);
    }

    /// What there is without weights: all words hang on the first.
    pub fn give_up(&mut self, words: usize) {
        self.tags = vec![u16::MAX; words];
        self.heads = (0..words).map(|word| (word > 0).then_some(0)).collect();
        self.labels = (0..words).map(|word| if word > 0 { Deprel::Dep } else { Deprel::Root }).collect();
    }

    #[inline(always)]
    fn quantise_input(&mut self) {
        self.steps.clear();
        quantise(&self.input, &mut self.steps);
    }

    /// `input` becomes the layer's output.
    #[inline(always)]
    fn layer(&mut self, l: usize, layer: &Layer, words: usize) {
        self.quantise_input();
        layer.matrix.multiply(&self.steps, &mut self.tiles, &mut self.scores);
        std::mem::swap(&mut self.input, &mut self.around);
        // What is there already is written over.
        self.input.resize(words * BOTH, 0.0);
        for direction in 0..2 {
            let mut memory = [0.0; HALF];
            let gates = (&layer.memory[direction * HALF..][..HALF], &layer.memory[BOTH + direction * HALF..][..HALF]);
            for step in 0..words {
                let word = if direction == 0 { step } else { words - 1 - step };
                let width = groups(l) * HALF;
                let pre = &self.scores[(word * 2 + direction) * width..][..width];
                let at = word * BOTH + direction * HALF;
                let past = if l == 0 { &pre[width - HALF..] } else { &self.around[at..at + HALF] };
                recur(pre, gates, past, &mut memory, &mut self.input[at..at + HALF]);
            }
        }
    }

    #[inline(always)]
    fn tag(&mut self, weights: &Weights) {
        self.quantise_input();
        weights.tag.multiply(&self.steps, &mut self.tiles, &mut self.scores);
        self.tags.clear();
        let known = weights.tags.len().min(TAGS);
        self.tags.extend(self.scores.chunks_exact(TAGS).map(|scores| best(&scores[..known]) as u16));
    }

    /// Scores every pair of words and takes the best tree.
    #[inline(always)]
    fn arcs(&mut self, weights: &Weights, words: usize) {
        self.project(&weights.arc_head);
        std::mem::swap(&mut self.heads_at, &mut self.scores);
        self.project(&weights.arc_dependent);
        let mut steps = std::mem::take(&mut self.steps);
        let kept = steps.len();
        quantise(&self.scores, &mut steps);
        weights.arc_between.multiply(&steps[kept..], &mut self.tiles, &mut self.asked);
        steps.truncate(kept);
        self.steps = steps;
        self.arcs.resize(words * (words + 1), 0.0);
        for (word, (asked, scores)) in
            self.asked.chunks_exact(ARC).zip(self.arcs.chunks_exact_mut(words + 1)).enumerate()
        {
            scores[0] = dot(asked, &weights.arc_root);
            for (score, head) in scores[1..].iter_mut().zip(self.heads_at.chunks_exact(ARC)) {
                *score = dot(asked, head);
            }
            scores[word + 1] = f32::MIN;
        }
        self.tree.best(&self.arcs, words, &mut self.heads);
    }

    /// A matrix and the leaky rectifier, over the encoded words; the result lies in `scores`.
    #[inline(always)]
    fn project(&mut self, matrix: &Matrix) {
        matrix.multiply(&self.steps, &mut self.tiles, &mut self.scores);
        self.scores.iter_mut().for_each(|x| *x = leak(*x));
    }

    #[inline(always)]
    fn relations(&mut self, weights: &Weights) {
        weights.label_head.multiply(&self.steps, &mut self.tiles, &mut self.heads_at);
        weights.label_dependent.multiply(&self.steps, &mut self.tiles, &mut self.scores);
        for (hidden, head) in self.scores.chunks_exact_mut(HIDDEN).zip(&self.heads) {
            let from = head.map_or(&weights.label_root[..], |head| &self.heads_at[head as usize * HIDDEN..][..HIDDEN]);
            hidden.iter_mut().zip(from).for_each(|(x, y)| *x = leak(*x + y));
        }
        self.steps.clear();
        quantise(&self.scores, &mut self.steps);
        weights.label_out.multiply(&self.steps, &mut self.tiles, &mut self.scores);
        self.labels.clear();
        let known = Deprel::ALL.len().min(LABELS);
        for (scores, head) in self.scores.chunks_exact_mut(LABELS).zip(&self.heads) {
            scores[Deprel::Root as usize] = f32::MIN;
            self.labels.push(if head.is_none() { Deprel::Root } else { Deprel::ALL[best(&scores[..known])] });
        }
    }
}

const _: () = assert!(TAG_LAYER < LAYERS && shape::WIDTH.is_multiple_of(2));

/// One word through the units of one direction: `memory` and `out` become the new ones.
#[inline(always)]
fn recur(pre: &[f32], gates: (&[f32], &[f32]), around: &[f32], memory: &mut [f32; HALF], out: &mut [f32]) {
    let (value, pre) = pre.split_at(HALF);
    let (forget, pre) = pre.split_at(HALF);
    let reset = &pre[..HALF];
    let (on_forget, on_reset, around, out) = (&gates.0[..HALF], &gates.1[..HALF], &around[..HALF], &mut out[..HALF]);
    for u in 0..HALF {
        let before = memory[u];
        let forget = sigmoid(forget[u] + on_forget[u] * before);
        let reset = sigmoid(reset[u] + on_reset[u] * before);
        let now = forget * before + (1.0 - forget) * value[u];
        out[u] = reset * now + (1.0 - reset) * around[u];
        memory[u] = now;
    }
}

/// Sum of products, in a fixed order that vectorises.
#[inline(always)]
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0f32; 16];
    for (x, y) in a.as_chunks::<16>().0.iter().zip(b.as_chunks::<16>().0) {
        for i in 0..16 {
            sums[i] += x[i] * y[i];
        }
    }
    sums.iter().sum()
}

#[inline(always)]
fn best(scores: &[f32]) -> usize {
    let mut found = 0;
    for (i, score) in scores.iter().enumerate() {
        if *score > scores[found] {
            found = i;
        }
    }
    found
}
