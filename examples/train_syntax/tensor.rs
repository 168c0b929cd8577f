//! Weights with their gradients, and the step that improves them (Adam, with a running average of the weights).

use super::gemm;
use super::random::Random;

/// A matrix of weights. `rows` × `columns`; a vector has one row.
pub struct Tensor {
    pub rows: usize,
    pub columns: usize,
    pub value: Vec<f32>,
    pub gradient: Vec<f32>,
    first: Vec<f32>,
    second: Vec<f32>,
    /// Average of the weights over the last part of the training.
    pub average: Vec<f32>,
    /// Rows touched since the last step, if only few of many are (embeddings).
    touched: Option<Vec<u32>>,
}

/// How far to go.
#[derive(Clone, Copy)]
pub struct Pace {
    pub rate: f32,
    /// Number of this step, from 1.
    pub step: i32,
    /// Share of the new weights in the running average.
    pub share: f32,
}

/// Steps between two looks of the running average: looking costs as much as stepping.
const AVERAGED_EVERY: i32 = 8;

impl Tensor {
    pub fn new(rows: usize, columns: usize, reach: f32, random: &mut Random) -> Self {
        let value: Vec<f32> = (0..rows * columns).map(|_| (random.unit() * 2.0 - 1.0) * reach).collect();
        let none = vec![0.0; rows * columns];
        Self {
            rows,
            columns,
            average: value.clone(),
            value,
            gradient: none.clone(),
            first: none.clone(),
            second: none,
            touched: None,
        }
    }

    /// A table of which a batch touches few rows.
    pub fn sparse(mut self) -> Self {
        self.touched = Some(Vec::new());
        self
    }

    /// `out += input · self`; `input` has `n` rows.
    pub fn forward(&self, input: &[f32], n: usize, out: &mut [f32]) {
        gemm::multiply(out, input, &self.value, n, self.rows, self.columns, false);
    }

    /// Adds to the gradient; if `back` is wanted, adds the input's gradient to it.
    pub fn backward(&mut self, input: &[f32], n: usize, error: &[f32], back: Option<&mut [f32]>) {
        gemm::multiply(&mut self.gradient, input, error, self.rows, n, self.columns, true);
        if let Some(back) = back {
            let flipped = gemm::transposed(&self.value, self.rows, self.columns);
            gemm::multiply(back, error, &flipped, n, self.columns, self.rows, false);
        }
    }

    /// Adds `error` to the gradient of one row.
    pub fn add_to_row(&mut self, row: usize, error: &[f32]) {
        let at = row * self.columns;
        for (g, e) in self.gradient[at..at + self.columns].iter_mut().zip(error) {
            *g += e;
        }
        if let Some(touched) = &mut self.touched {
            touched.push(row as u32);
        }
    }

    pub fn row(&self, row: usize) -> &[f32] {
        &self.value[row * self.columns..(row + 1) * self.columns]
    }

    pub fn squared(&self) -> f64 {
        match &self.touched {
            None => squares(&self.gradient),
            Some(rows) => {
                let mut rows = rows.clone();
                rows.sort_unstable();
                rows.dedup();
                rows.iter().map(|&row| squares(&self.gradient[row as usize * self.columns..][..self.columns])).sum()
            }
        }
    }

    /// One step of Adam, gradient times `scale`; the gradient is zero afterwards.
    pub fn step(&mut self, pace: Pace, scale: f32) {
        match self.touched.take() {
            None => self.step_range(0..self.value.len(), pace, scale),
            Some(mut rows) => {
                rows.sort_unstable();
                rows.dedup();
                for &row in &rows {
                    let at = row as usize * self.columns;
                    self.step_range(at..at + self.columns, pace, scale);
                }
                rows.clear();
                self.touched = Some(rows);
            }
        }
        if pace.step % AVERAGED_EVERY == 0 {
            for (average, value) in self.average.iter_mut().zip(&self.value) {
                *average += (pace.share * AVERAGED_EVERY as f32).min(1.0) * (value - *average);
            }
        }
    }

    fn step_range(&mut self, range: std::ops::Range<usize>, pace: Pace, scale: f32) {
        const DECAY: [f32; 2] = [0.9, 0.95];
        let correct = [1.0 - DECAY[0].powi(pace.step), 1.0 - DECAY[1].powi(pace.step)];
        let (value, gradient) = (&mut self.value[range.clone()], &mut self.gradient[range.clone()]);
        let (first, second) = (&mut self.first[range.clone()], &mut self.second[range]);
        for i in 0..value.len() {
            let g = gradient[i] * scale;
            first[i] += (1.0 - DECAY[0]) * (g - first[i]);
            second[i] += (1.0 - DECAY[1]) * (g * g - second[i]);
            value[i] -= pace.rate * (first[i] / correct[0]) / ((second[i] / correct[1]).sqrt() + 1e-8);
            gradient[i] = 0.0;
        }
    }
}

fn squares(values: &[f32]) -> f64 {
    let mut sums = [0f32; 16];
    for sixteen in values.chunks_exact(16) {
        for (sum, value) in sums.iter_mut().zip(sixteen) {
            *sum += value * value;
        }
    }
    sums.iter().map(|&sum| f64::from(sum)).sum()
}
