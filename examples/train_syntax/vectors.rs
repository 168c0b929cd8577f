//! Small sums over rows of numbers, and the loss.

use rapporteur::syntax::activation::leak;

pub fn add(out: &mut [f32], other: &[f32]) {
    for (a, b) in out.iter_mut().zip(other) {
        *a += b;
    }
}

pub fn scaled(out: &mut [f32], other: &[f32], factor: f32) {
    for (a, b) in out.iter_mut().zip(other) {
        *a += b * factor;
    }
}

pub fn times(out: &mut [f32], mask: &[f32]) {
    for (a, b) in out.iter_mut().zip(mask) {
        *a *= b;
    }
}

pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0f32; 8];
    for (x, y) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for i in 0..8 {
            sums[i] += x[i] * y[i];
        }
    }
    sums.iter().sum()
}

pub fn activated(mut pre: Vec<f32>) -> Vec<f32> {
    pre.iter_mut().for_each(|x| *x = leak(*x));
    pre
}

pub fn deactivate(error: &mut [f32], pre: &[f32], mask: &[f32]) {
    for ((e, &p), &m) in error.iter_mut().zip(pre).zip(mask) {
        *e *= m * if p > 0.0 { 1.0 } else { leak(-1.0) / -1.0 };
    }
}

pub fn best(scores: &[f32]) -> usize {
    (1..scores.len()).fold(0, |best, i| if scores[i] > scores[best] { i } else { best })
}

/// Scores become the gradient of the cross entropy, times `weight`; gives the loss.
pub fn softmax_error(scores: &mut [f32], gold: usize, weight: f32) -> f64 {
    let highest = scores.iter().copied().fold(f32::MIN, f32::max);
    let mut total = 0.0;
    for score in scores.iter_mut() {
        *score = (*score - highest).exp();
        total += *score;
    }
    for score in scores.iter_mut() {
        *score *= weight / total;
    }
    let loss = -((scores[gold] / weight).max(1e-9) as f64).ln() * weight as f64;
    scores[gold] -= weight;
    loss
}
