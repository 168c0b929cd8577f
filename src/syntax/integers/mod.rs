//! The integer matrix product that parsing spends its time in. Integers, so that every machine gives the same bits.

#[cfg(target_arch = "x86_64")]
mod x86;

/// Steps that a value of 1.0 is divided into before it enters a product.
const STEPS: f32 = 256.0;
/// Largest step: values beyond ±16 are cut. With weights below 2¹¹ and 192 columns a sum stays below 2³¹.
const LIMIT: f32 = 4095.0;

/// Outputs of a stretch of weights that lie together.
const BLOCK: usize = 16;

/// A weight matrix, packed for [`Matrix::multiply`]: blocks of outputs outside, then pairs of inputs, then the outputs of
/// the block, so that a product walks through memory without a leap.
#[derive(Debug)]
pub struct Matrix {
    inputs: usize,
    outputs: usize,
    /// `packed[((output / 16 · pairs + pair) · 16 + output % 16) · 2 + half]`.
    packed: Vec<i16>,
    /// What one step of input times one step of weight is worth.
    scale: f32,
    bias: Vec<f32>,
}

impl Matrix {
    /// Takes weights, pairs of inputs outside and all outputs inside: `weights[(pair · outputs + output) · 2 + half]`. `None`
    /// unless the inputs come in pairs, the outputs in sixteens, and the lengths fit.
    pub fn new(inputs: usize, outputs: usize, weights: &[i16], scale: f32, bias: Vec<f32>) -> Option<Self> {
        let fits = inputs.is_multiple_of(2) && outputs.is_multiple_of(BLOCK) && weights.len() == inputs * outputs;
        if !fits || bias.len() != outputs {
            return None;
        }
        let mut packed = Vec::with_capacity(weights.len());
        for block in (0..outputs).step_by(BLOCK) {
            for pair in 0..inputs / 2 {
                let at = (pair * outputs + block) * 2;
                packed.extend_from_slice(&weights[at..at + BLOCK * 2]);
            }
        }
        Some(Self { inputs, outputs, packed, scale: scale / STEPS, bias })
    }

    /// Number of outputs.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// `out = input · weights + bias`, for as many rows as `input` (made by [`quantise`]) has. `tiles` is scratch space.
    pub fn multiply(&self, input: &[i16], tiles: &mut Vec<i32>, out: &mut Vec<f32>) {
        let rows = input.len() / self.inputs.max(1);
        // What is there already is written over.
        out.resize(rows * self.outputs, 0.0);
        #[cfg(target_arch = "x86_64")]
        if x86::multiply(self, input, rows, tiles, out) {
            return;
        }
        self.plainly(input, rows, out);
    }

    /// The weights of a pair of inputs for a block of outputs.
    fn weights(&self, block: usize, pair: usize) -> &[i16] {
        let at = (block / BLOCK * (self.inputs / 2) + pair) * BLOCK * 2;
        &self.packed[at..at + BLOCK * 2]
    }

    fn plainly(&self, input: &[i16], rows: usize, out: &mut [f32]) {
        for row in 0..rows {
            let x = &input[row * self.inputs..(row + 1) * self.inputs];
            for block in (0..self.outputs).step_by(BLOCK) {
                let mut sums = [0i32; BLOCK];
                for (pair, x) in x.chunks_exact(2).enumerate() {
                    for (sum, w) in sums.iter_mut().zip(self.weights(block, pair).chunks_exact(2)) {
                        *sum += x[0] as i32 * w[0] as i32 + x[1] as i32 * w[1] as i32;
                    }
                }
                let from = row * self.outputs + block;
                for ((out, sum), bias) in
                    out[from..from + BLOCK].iter_mut().zip(sums).zip(&self.bias[block..block + BLOCK])
                {
                    *out = sum as f32 * self.scale + bias;
                }
            }
        }
    }
}

/// Turns values into steps, appending to `out`.
#[inline(always)]
pub fn quantise(values: &[f32], out: &mut Vec<i16>) {
    // Added to this, a small number is rounded to the last bits of the sum: quicker than a conversion, and it vectorises.
    const ROUNDER: f32 = 12_582_912.0;
    let from = out.len();
    out.resize(from + values.len(), 0);
    for (step, value) in out[from..].iter_mut().zip(values) {
        *step = ((value * STEPS).clamp(-LIMIT, LIMIT) + ROUNDER).to_bits() as i16;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_ways_give_the_same_bits() {
        let (inputs, outputs, rows) = (6, 32, 15);
        let packed: Vec<i16> = (0..inputs * outputs).map(|i| (i * 37 % 4001) as i16 - 2000).collect();
        let bias = (0..outputs).map(|i| i as f32 / 7.0).collect();
        let Some(matrix) = Matrix::new(inputs, outputs, &packed, 0.001, bias) else { panic!("lengths fit") };
        let mut input = Vec::new();
        quantise(&(0..rows * inputs).map(|i| (i as f32).sin() * 3.0).collect::<Vec<_>>(), &mut input);
        let (mut fast, mut plain) = (Vec::new(), vec![0.0; rows * outputs]);
        let mut tiles = Vec::new();
        matrix.multiply(&input, &mut tiles, &mut fast);
        matrix.plainly(&input, rows, &mut plain);
        assert_eq!(fast, plain);
        fast.fill(0.0);
        #[cfg(target_arch = "x86_64")]
        if x86::with_narrow(&matrix, &input, rows, &mut tiles, &mut fast) {
            assert_eq!(fast, plain);
        }
    }
}
