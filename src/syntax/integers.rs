//! The integer matrix product that parsing spends its time in. Integers, so that every machine gives the same bits.

/// Steps that a value of 1.0 is divided into before it enters a product.
const STEPS: f32 = 256.0;
/// Largest step: values beyond ±16 are cut. With weights below 2¹¹ and 192 columns a sum stays below 2³¹.
const LIMIT: f32 = 4095.0;

/// A weight matrix, packed for [`Matrix::multiply`]: pairs of inputs outside, outputs inside.
#[derive(Debug, Default)]
pub struct Matrix {
    inputs: usize,
    outputs: usize,
    /// `packed[(pair · outputs + output) · 2 + half]`.
    packed: Vec<i16>,
    /// What one step of input times one step of weight is worth.
    scale: f32,
    bias: Vec<f32>,
}

impl Matrix {
    /// Takes packed weights. `None` unless the inputs come in pairs, the outputs in sixteens, and the lengths fit.
    pub fn new(inputs: usize, outputs: usize, packed: Vec<i16>, scale: f32, bias: Vec<f32>) -> Option<Self> {
        let fits = inputs.is_multiple_of(2) && outputs.is_multiple_of(16) && packed.len() == inputs * outputs;
        (fits && bias.len() == outputs).then_some(Self { inputs, outputs, packed, scale: scale / STEPS, bias })
    }

    /// Number of outputs.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// `out = input · weights + bias`, for as many rows as `input` (made by [`quantise`]) has.
    pub fn multiply(&self, input: &[i16], out: &mut Vec<f32>) {
        let rows = input.len() / self.inputs.max(1);
        out.clear();
        out.resize(rows * self.outputs, 0.0);
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has just been asked for the feature.
            return unsafe { self.with_avx2(input, rows, out) };
        }
        self.plainly(input, rows, out);
    }

    fn plainly(&self, input: &[i16], rows: usize, out: &mut [f32]) {
        for row in 0..rows {
            let x = &input[row * self.inputs..(row + 1) * self.inputs];
            for block in (0..self.outputs).step_by(16) {
                let mut sums = [0i32; 16];
                for (pair, x) in x.chunks_exact(2).enumerate() {
                    let at = (pair * self.outputs + block) * 2;
                    for (sum, w) in sums.iter_mut().zip(self.packed[at..at + 32].chunks_exact(2)) {
                        *sum += x[0] as i32 * w[0] as i32 + x[1] as i32 * w[1] as i32;
                    }
                }
                let from = row * self.outputs + block;
                for ((out, sum), bias) in out[from..from + 16].iter_mut().zip(sums).zip(&self.bias[block..block + 16]) {
                    *out = sum as f32 * self.scale + bias;
                }
            }
        }
    }

    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    fn with_avx2(&self, input: &[i16], rows: usize, out: &mut [f32]) {
        for block in (0..self.outputs).step_by(16) {
            let mut row = 0;
            while row + 4 <= rows {
                self.tile::<4>(input, row, block, out);
                row += 4;
            }
            while row < rows {
                self.tile::<1>(input, row, block, out);
                row += 1;
            }
        }
    }

    /// R rows times 16 outputs, all sums in registers.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    #[inline]
    fn tile<const R: usize>(&self, input: &[i16], row: usize, block: usize, out: &mut [f32]) {
        use std::arch::x86_64::*;
        assert!(input.len() >= (row + R) * self.inputs && out.len() >= (row + R) * self.outputs);
        assert!(
            self.packed.len() == self.inputs * self.outputs
                && block + 16 <= self.outputs
                && self.bias.len() == self.outputs
        );
        let mut sums = [[_mm256_setzero_si256(); 2]; R];
        // SAFETY: the assertions above bound every offset; loads and stores need no alignment.
        unsafe {
            let mut weights = self.packed.as_ptr().add(block * 2);
            let mut x = input.as_ptr().add(row * self.inputs);
            for _ in 0..self.inputs / 2 {
                let low = _mm256_loadu_si256(weights.cast());
                let high = _mm256_loadu_si256(weights.wrapping_add(16).cast());
                for (r, sum) in sums.iter_mut().enumerate() {
                    let pair = _mm256_set1_epi32(x.add(r * self.inputs).cast::<i32>().read_unaligned());
                    sum[0] = _mm256_add_epi32(sum[0], _mm256_madd_epi16(low, pair));
                    sum[1] = _mm256_add_epi32(sum[1], _mm256_madd_epi16(high, pair));
                }
                weights = weights.wrapping_add(self.outputs * 2);
                x = x.wrapping_add(2);
            }
            let scale = _mm256_set1_ps(self.scale);
            for (r, sum) in sums.iter().enumerate() {
                for (half, &sum) in sum.iter().enumerate() {
                    let at = block + half * 8;
                    let bias = _mm256_loadu_ps(self.bias.as_ptr().add(at));
                    let value = _mm256_add_ps(_mm256_mul_ps(_mm256_cvtepi32_ps(sum), scale), bias);
                    _mm256_storeu_ps(out.as_mut_ptr().add((row + r) * self.outputs + at), value);
                }
            }
        }
    }
}

/// Turns values into steps, appending to `out`.
pub fn quantise(values: &[f32], out: &mut Vec<i16>) {
    out.extend(values.iter().map(|value| (value * STEPS).clamp(-LIMIT, LIMIT) as i16));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_give_the_same_bits() {
        let (inputs, outputs, rows) = (6, 32, 7);
        let packed: Vec<i16> = (0..inputs * outputs).map(|i| (i * 37 % 4001) as i16 - 2000).collect();
        let bias = (0..outputs).map(|i| i as f32 / 7.0).collect();
        let Some(matrix) = Matrix::new(inputs, outputs, packed, 0.001, bias) else { panic!("lengths fit") };
        let mut input = Vec::new();
        quantise(&(0..rows * inputs).map(|i| (i as f32).sin() * 3.0).collect::<Vec<_>>(), &mut input);
        let (mut fast, mut plain) = (Vec::new(), vec![0.0; rows * outputs]);
        matrix.multiply(&input, &mut fast);
        matrix.plainly(&input, rows, &mut plain);
        assert_eq!(fast, plain);
    }
}
