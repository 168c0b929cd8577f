//! The product on x86-64, by what the processor can do: 512-bit dot products, else 256-bit multiply-and-add. The same sums.

use std::arch::x86_64::*;

use super::{BLOCK, Matrix};

/// Multiplies if the processor has the instructions; tells whether it did.
pub fn multiply(matrix: &Matrix, input: &[i16], rows: usize, tiles: &mut Vec<i32>, out: &mut [f32]) -> bool {
    with_wide(matrix, input, rows, tiles, out) || with_narrow(matrix, input, rows, tiles, out)
}

fn with_wide(matrix: &Matrix, input: &[i16], rows: usize, tiles: &mut Vec<i32>, out: &mut [f32]) -> bool {
    let able = is_x86_feature_detected!("avx512vnni") && is_x86_feature_detected!("avx512f");
    let able = able && matrix.outputs.is_multiple_of(32);
    if able {
        lay_out(input, matrix.inputs / 2, rows, wide::ROWS, tiles);
        check(matrix, tiles, rows, out);
        // SAFETY: the processor has just been asked for the features; `check` bounds every offset.
        unsafe { wide::all(matrix, tiles, rows, out) };
    }
    able
}

/// The way of processors without 512-bit registers.
pub fn with_narrow(matrix: &Matrix, input: &[i16], rows: usize, tiles: &mut Vec<i32>, out: &mut [f32]) -> bool {
    let able = is_x86_feature_detected!("avx2") && matrix.outputs.is_multiple_of(16);
    if able {
        lay_out(input, matrix.inputs / 2, rows, narrow::ROWS, tiles);
        check(matrix, tiles, rows, out);
        // SAFETY: the processor has just been asked for the feature; `check` bounds every offset.
        unsafe { narrow::all(matrix, tiles, rows, out) };
    }
    able
}

/// How many rows the next tile takes of those that are left.
const fn tile_of(left: usize, most: usize) -> usize {
    match left {
        _ if left >= most => most,
        4.. => 4,
        2.. => 2,
        _ => left,
    }
}

/// Puts the rows of each tile side by side, pair by pair, as the kernels read them.
fn lay_out(input: &[i16], pairs: usize, rows: usize, most: usize, tiles: &mut Vec<i32>) {
    tiles.resize(rows * pairs, 0);
    let (mut row, input) = (0, input.as_chunks::<2>().0);
    while row < rows {
        let many = tile_of(rows - row, most);
        let (from, to) = (&input[row * pairs..][..many * pairs], &mut tiles[row * pairs..][..many * pairs]);
        for (r, from) in from.chunks_exact(pairs).enumerate() {
            for (to, &[low, high]) in to[r..].iter_mut().step_by(many).zip(from) {
                *to = i32::from(low) & 0xffff | i32::from(high) << 16;
            }
        }
        row += many;
    }
}

fn check(matrix: &Matrix, tiles: &[i32], rows: usize, out: &[f32]) {
    assert!(tiles.len() >= rows * matrix.inputs / 2 && out.len() >= rows * matrix.outputs);
    assert!(matrix.packed.len() == matrix.inputs * matrix.outputs && matrix.bias.len() == matrix.outputs);
}

/// One kernel: R rows times two vectors of outputs, all sums in registers. Loads and stores need no alignment.
macro_rules! kernel {
    (
        $name:ident, $features:literal, $lanes:literal, $rows:literal, $zero:ident, $load:ident, $spread:ident,
        |$sum:ident, $weight:ident, $pair:ident| $step:expr, $load_float:ident, $store_float:ident, $scale:ident, $to_float:ident,
        $times:ident, $plus:ident
    ) => {
        mod $name {
            use super::*;

            /// Rows of the largest tile.
            pub const ROWS: usize = $rows;

            /// How far apart the weights of the two vectors lie.
            const fn apart(matrix: &Matrix) -> usize {
                if $lanes * 2 == BLOCK { BLOCK } else { matrix.inputs * BLOCK }
            }

            #[target_feature(enable = $features)]
            pub unsafe fn all(matrix: &Matrix, tiles: &[i32], rows: usize, out: &mut [f32]) {
                for block in (0..matrix.outputs).step_by(2 * $lanes) {
                    let mut row = 0;
                    while row < rows {
                        let many = tile_of(rows - row, ROWS);
                        // SAFETY: the caller has checked the lengths.
                        unsafe {
                            match many {
                                8 => tile::<8>(matrix, tiles, row, block, out),
                                6 => tile::<6>(matrix, tiles, row, block, out),
                                4 => tile::<4>(matrix, tiles, row, block, out),
                                2 => tile::<2>(matrix, tiles, row, block, out),
                                _ => tile::<1>(matrix, tiles, row, block, out),
                            }
                        }
                        row += many;
                    }
                }
            }

            #[target_feature(enable = $features)]
            #[inline]
            unsafe fn tile<const R: usize>(matrix: &Matrix, tiles: &[i32], row: usize, block: usize, out: &mut [f32]) {
                let mut sums = [[$zero(); 2]; R];
                let pairs = matrix.inputs / 2;
                // SAFETY: the caller has checked the lengths.
                unsafe {
                    let mut weights = matrix.packed.as_ptr().add(block * matrix.inputs);
                    let mut x = tiles.as_ptr().add(row * pairs);
                    for _ in 0..pairs {
                        let both = [$load(weights.cast()), $load(weights.wrapping_add(apart(matrix)).cast())];
                        for (r, sums) in sums.iter_mut().enumerate() {
                            let $pair = $spread(*x.add(r));
                            for ($sum, $weight) in sums.iter_mut().zip(both) {
                                *$sum = $step;
                            }
                        }
                        weights = weights.wrapping_add(BLOCK * 2);
                        x = x.wrapping_add(R);
                    }
                    for (r, sums) in sums.iter().enumerate() {
                        for (half, &sum) in sums.iter().enumerate() {
                            let at = block + half * $lanes;
                            let value = $times($to_float(sum), $scale(matrix.scale));
                            let value = $plus(value, $load_float(matrix.bias.as_ptr().add(at)));
                            $store_float(out.as_mut_ptr().add((row + r) * matrix.outputs + at), value);
                        }
                    }
                }
            }
        }
    };
}

kernel!(
    wide,
    "avx512f,avx512vnni",
    16,
    8,
    _mm512_setzero_si512,
    _mm512_loadu_si512,
    _mm512_set1_epi32,
    |sum, weight, pair| _mm512_dpwssd_epi32(*sum, weight, pair),
    _mm512_loadu_ps,
    _mm512_storeu_ps,
    _mm512_set1_ps,
    _mm512_cvtepi32_ps,
    _mm512_mul_ps,
    _mm512_add_ps
);

kernel!(
    narrow,
    "avx2",
    8,
    6,
    _mm256_setzero_si256,
    _mm256_loadu_si256,
    _mm256_set1_epi32,
    |sum, weight, pair| _mm256_add_epi32(*sum, _mm256_madd_epi16(weight, pair)),
    _mm256_loadu_ps,
    _mm256_storeu_ps,
    _mm256_set1_ps,
    _mm256_cvtepi32_ps,
    _mm256_mul_ps,
    _mm256_add_ps
);

#[cfg(test)]
mod tests {
    use super::{BLOCK, Matrix, lay_out, tile_of};
    use crate::syntax::integers::quantise;

    // The 512-bit kernel step by step, for processors that lack it: the same walk through memory.
    fn zero() -> [i32; 16] {
        [0; 16]
    }

    unsafe fn load(from: *const [i16; 32]) -> [i16; 32] {
        // SAFETY: the caller's promise.
        unsafe { from.read_unaligned() }
    }

    fn spread(pair: i32) -> [i32; 2] {
        [i32::from(pair as i16), pair >> 16]
    }

    fn plus_products(sum: [i32; 16], weights: [i16; 32], pair: [i32; 2]) -> [i32; 16] {
        std::array::from_fn(|i| sum[i] + i32::from(weights[2 * i]) * pair[0] + i32::from(weights[2 * i + 1]) * pair[1])
    }

    unsafe fn load_floats(from: *const f32) -> [f32; 16] {
        // SAFETY: the caller's promise.
        unsafe { from.cast::<[f32; 16]>().read_unaligned() }
    }

    unsafe fn store_floats(to: *mut f32, values: [f32; 16]) {
        // SAFETY: the caller's promise.
        unsafe { to.cast::<[f32; 16]>().write_unaligned(values) }
    }

    fn all_scaled(scale: f32) -> [f32; 16] {
        [scale; 16]
    }

    fn to_floats(sums: [i32; 16]) -> [f32; 16] {
        sums.map(|sum| sum as f32)
    }

    fn times(a: [f32; 16], b: [f32; 16]) -> [f32; 16] {
        std::array::from_fn(|i| a[i] * b[i])
    }

    fn plus(a: [f32; 16], b: [f32; 16]) -> [f32; 16] {
        std::array::from_fn(|i| a[i] + b[i])
    }

    kernel!(
        emulated,
        "avx2",
        16,
        8,
        zero,
        load,
        spread,
        |sum, weight, pair| plus_products(*sum, weight, pair),
        load_floats,
        store_floats,
        all_scaled,
        to_floats,
        times,
        plus
    );

    #[test]
    fn the_wide_walk_gives_the_same_bits() {
        if !is_x86_feature_detected!("avx2") {
            return;
        }
        let (inputs, outputs) = (10, 96);
        let weights: Vec<i16> = (0..inputs * outputs).map(|i| (i * 37 % 4001) as i16 - 2000).collect();
        let bias = (0..outputs).map(|i| i as f32 / 7.0).collect();
        let matrix = Matrix::new(inputs, outputs, &weights, 0.001, bias).expect("lengths fit");
        for rows in [1, 2, 3, 7, 8, 15, 29] {
            let mut input = Vec::new();
            quantise(&(0..rows * inputs).map(|i| (i as f32).sin() * 3.0).collect::<Vec<_>>(), &mut input);
            let (mut tiles, mut out, mut plain) = (Vec::new(), vec![0.0; rows * outputs], vec![0.0; rows * outputs]);
            lay_out(&input, inputs / 2, rows, emulated::ROWS, &mut tiles);
            // SAFETY: the lengths are those of the matrix; the feature has been asked for.
            unsafe { emulated::all(&matrix, &tiles, rows, &mut out) };
            matrix.plainly(&input, rows, &mut plain);
            assert_eq!(out, plain, "{rows} rows");
        }
    }
}
