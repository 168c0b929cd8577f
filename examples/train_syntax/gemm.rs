//! The one matrix product that training spends its time in.

/// `c += a · b`: `c` is n × m, `b` k × m, `a` n × k, or k × n if `flipped`. All row by row; m is a multiple of 16.
pub fn multiply(c: &mut [f32], a: &[f32], b: &[f32], n: usize, k: usize, m: usize, flipped: bool) {
    assert!(m.is_multiple_of(16) && c.len() >= n * m && a.len() >= n * k && b.len() >= k * m);
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512f") && m.is_multiple_of(32) {
        // SAFETY: the processor has just been asked for the feature.
        return unsafe { with_wide_fma(c, a, b, n, k, m, flipped) };
    }
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
        // SAFETY: the processor has just been asked for both features.
        return unsafe { with_fma(c, a, b, n, k, m, flipped) };
    }
    run(c, a, b, n, k, m, flipped)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn with_fma(c: &mut [f32], a: &[f32], b: &[f32], n: usize, k: usize, m: usize, flipped: bool) {
    let (along, across) = if flipped { (1, n) } else { (k, 1) };
    let mut panel = vec![0f32; k * 16];
    for j in (0..m).step_by(16) {
        for (p, row) in panel.chunks_exact_mut(16).enumerate() {
            row.copy_from_slice(&b[p * m + j..p * m + j + 16]);
        }
        let mut i = 0;
        while i + 6 <= n {
            fast_tile::<6>(&mut c[i * m + j..], &a[i * along..], &panel, m, along, across);
            i += 6;
        }
        while i < n {
            fast_tile::<1>(&mut c[i * m + j..], &a[i * along..], &panel, m, along, across);
            i += 1;
        }
    }
}

/// R rows of 16 sums in registers. `a[r * along + p * across]` is the factor of row r at step p.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
#[inline]
fn fast_tile<const R: usize>(c: &mut [f32], a: &[f32], panel: &[f32], m: usize, along: usize, across: usize) {
    use std::arch::x86_64::*;
    let steps = panel.len() / 16;
    assert!(a.len() > (R - 1) * along + (steps - 1) * across && c.len() >= (R - 1) * m + 16);
    let mut sums = [[_mm256_setzero_ps(); 2]; R];
    // SAFETY: the assertion above bounds every offset.
    unsafe {
        let (mut left, mut row) = (a.as_ptr(), panel.as_ptr());
        for _ in 0..steps {
            let (low, high) = (_mm256_loadu_ps(row), _mm256_loadu_ps(row.add(8)));
            for (r, sum) in sums.iter_mut().enumerate() {
                let factor = _mm256_broadcast_ss(&*left.add(r * along));
                sum[0] = _mm256_fmadd_ps(factor, low, sum[0]);
                sum[1] = _mm256_fmadd_ps(factor, high, sum[1]);
            }
            left = left.wrapping_add(across);
            row = row.wrapping_add(16);
        }
        for (r, sum) in sums.iter().enumerate() {
            let out = c.as_mut_ptr().add(r * m);
            _mm256_storeu_ps(out, _mm256_add_ps(_mm256_loadu_ps(out), sum[0]));
            _mm256_storeu_ps(out.add(8), _mm256_add_ps(_mm256_loadu_ps(out.add(8)), sum[1]));
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn with_wide_fma(c: &mut [f32], a: &[f32], b: &[f32], n: usize, k: usize, m: usize, flipped: bool) {
    let (along, across) = if flipped { (1, n) } else { (k, 1) };
    let mut panel = vec![0f32; k * 32];
    for j in (0..m).step_by(32) {
        for (p, row) in panel.chunks_exact_mut(32).enumerate() {
            row.copy_from_slice(&b[p * m + j..p * m + j + 32]);
        }
        let mut i = 0;
        while i + 10 <= n {
            wide_tile::<10>(&mut c[i * m + j..], &a[i * along..], &panel, m, along, across);
            i += 10;
        }
        while i < n {
            wide_tile::<1>(&mut c[i * m + j..], &a[i * along..], &panel, m, along, across);
            i += 1;
        }
    }
}

/// R rows of 32 sums in registers. `a[r * along + p * across]` is the factor of row r at step p.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
#[inline]
fn wide_tile<const R: usize>(c: &mut [f32], a: &[f32], panel: &[f32], m: usize, along: usize, across: usize) {
    use std::arch::x86_64::*;
    let steps = panel.len() / 32;
    assert!(a.len() > (R - 1) * along + (steps - 1) * across && c.len() >= (R - 1) * m + 32);
    let mut sums = [[_mm512_setzero_ps(); 2]; R];
    // SAFETY: the assertion above bounds every offset.
    unsafe {
        let (mut left, mut row) = (a.as_ptr(), panel.as_ptr());
        for _ in 0..steps {
            let (low, high) = (_mm512_loadu_ps(row), _mm512_loadu_ps(row.add(16)));
            for (r, sum) in sums.iter_mut().enumerate() {
                let factor = _mm512_set1_ps(*left.add(r * along));
                sum[0] = _mm512_fmadd_ps(factor, low, sum[0]);
                sum[1] = _mm512_fmadd_ps(factor, high, sum[1]);
            }
            left = left.wrapping_add(across);
            row = row.wrapping_add(32);
        }
        for (r, sum) in sums.iter().enumerate() {
            let out = c.as_mut_ptr().add(r * m);
            _mm512_storeu_ps(out, _mm512_add_ps(_mm512_loadu_ps(out), sum[0]));
            _mm512_storeu_ps(out.add(16), _mm512_add_ps(_mm512_loadu_ps(out.add(16)), sum[1]));
        }
    }
}

#[inline(always)]
#[allow(clippy::too_many_arguments)]
fn run(c: &mut [f32], a: &[f32], b: &[f32], n: usize, k: usize, m: usize, flipped: bool) {
    let mut panel = vec![0f32; k * 16];
    for j in (0..m).step_by(16) {
        for (p, row) in panel.chunks_exact_mut(16).enumerate() {
            row.copy_from_slice(&b[p * m + j..p * m + j + 16]);
        }
        let mut i = 0;
        while i + 6 <= n {
            tile::<6>(c, a, &panel, i, j, n, k, m, flipped);
            i += 6;
        }
        while i < n {
            tile::<1>(c, a, &panel, i, j, n, k, m, flipped);
            i += 1;
        }
    }
}

#[inline(always)]
#[allow(clippy::too_many_arguments)]
fn tile<const R: usize>(
    c: &mut [f32],
    a: &[f32],
    panel: &[f32],
    i: usize,
    j: usize,
    n: usize,
    k: usize,
    m: usize,
    flipped: bool,
) {
    let mut sums = [[0f32; 16]; R];
    if flipped {
        for (p, row) in panel.chunks_exact(16).enumerate() {
            let left: &[f32] = &a[p * n + i..p * n + i + R];
            for r in 0..R {
                for q in 0..16 {
                    sums[r][q] += left[r] * row[q];
                }
            }
        }
    } else {
        let rows: [&[f32]; R] = std::array::from_fn(|r| &a[(i + r) * k..(i + r + 1) * k]);
        for (p, row) in panel.chunks_exact(16).enumerate() {
            for r in 0..R {
                let left = rows[r][p];
                for q in 0..16 {
                    sums[r][q] += left * row[q];
                }
            }
        }
    }
    for (r, sum) in sums.iter().enumerate() {
        let out = &mut c[(i + r) * m + j..(i + r) * m + j + 16];
        for q in 0..16 {
            out[q] += sum[q];
        }
    }
}

/// The transposed of a `rows` × `columns` matrix.
pub fn transposed(a: &[f32], rows: usize, columns: usize) -> Vec<f32> {
    let mut out = vec![0.0; a.len()];
    for top in (0..rows).step_by(16) {
        for j in 0..columns {
            for i in top..(top + 16).min(rows) {
                out[j * rows + i] = a[i * columns + j];
            }
        }
    }
    out
}
