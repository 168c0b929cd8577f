//! The product on x86-64, by what the processor can do: 512-bit dot products, else 256-bit multiply-and-add. The same sums.

use std::arch::x86_64::*;

use super::Matrix;

/// Multiplies if the processor has the instructions; tells whether it did.
pub fn multiply(matrix: &Matrix, input: &[i16], rows: usize, out: &mut [f32]) -> bool {
    with_wide(matrix, input, rows, out) || with_narrow(matrix, input, rows, out)
}

fn with_wide(matrix: &Matrix, input: &[i16], rows: usize, out: &mut [f32]) -> bool {
    let able = is_x86_feature_detected!("avx512vnni") && is_x86_feature_detected!("avx512f");
    let able = able && matrix.outputs.is_multiple_of(32);
    if able {
        check(matrix, input, rows, out);
        // SAFETY: the processor has just been asked for the features; `check` bounds every offset.
        unsafe { wide::all(matrix, input, rows, out) };
    }
    able
}

/// The way of processors without 512-bit registers.
pub fn with_narrow(matrix: &Matrix, input: &[i16], rows: usize, out: &mut [f32]) -> bool {
    let able = is_x86_feature_detected!("avx2") && matrix.outputs.is_multiple_of(16);
    if able {
        check(matrix, input, rows, out);
        // SAFETY: the processor has just been asked for the feature; `check` bounds every offset.
        unsafe { narrow::all(matrix, input, rows, out) };
    }
    able
}

fn check(matrix: &Matrix, input: &[i16], rows: usize, out: &[f32]) {
    assert!(input.len() >= rows * matrix.inputs && out.len() >= rows * matrix.outputs);
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

            #[target_feature(enable = $features)]
            pub unsafe fn all(matrix: &Matrix, input: &[i16], rows: usize, out: &mut [f32]) {
                for block in (0..matrix.outputs).step_by(2 * $lanes) {
                    // SAFETY: the caller has checked the lengths.
                    let mut run = |from: usize, many: usize| unsafe {
                        match many {
                            8 => tile::<8>(matrix, input, from, block, out),
                            6 => tile::<6>(matrix, input, from, block, out),
                            4 => tile::<4>(matrix, input, from, block, out),
                            2 => tile::<2>(matrix, input, from, block, out),
                            _ => tile::<1>(matrix, input, from, block, out),
                        }
                    };
                    let mut row = 0;
                    for many in [$rows, 4, 2, 1] {
                        while row + many <= rows {
                            run(row, many);
                            row += many;
                        }
                    }
                }
            }

            #[target_feature(enable = $features)]
            #[inline]
            unsafe fn tile<const R: usize>(matrix: &Matrix, input: &[i16], row: usize, block: usize, out: &mut [f32]) {
                let mut sums = [[$zero(); 2]; R];
                // SAFETY: the caller has checked the lengths.
                unsafe {
                    let mut weights = matrix.packed.as_ptr().add(block * 2);
                    let mut x = input.as_ptr().add(row * matrix.inputs);
                    for _ in 0..matrix.inputs / 2 {
                        let both = [$load(weights.cast()), $load(weights.wrapping_add(2 * $lanes).cast())];
                        for (r, sums) in sums.iter_mut().enumerate() {
                            let $pair = $spread(x.add(r * matrix.inputs).cast::<i32>().read_unaligned());
                            for ($sum, $weight) in sums.iter_mut().zip(both) {
                                *$sum = $step;
                            }
                        }
                        weights = weights.wrapping_add(matrix.outputs * 2);
                        x = x.wrapping_add(2);
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
