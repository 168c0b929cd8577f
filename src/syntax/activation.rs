//! The curves of the network, made of exact operations only, so that every machine computes the same bits.

/// An S-curve from 0 to 1: the rational approximation of the logistic function, flat beyond ±6.
#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    let half = (x * 0.5).clamp(-3.0, 3.0);
    let square = half * half;
    0.5 + 0.5 * half * (27.0 + square) / (27.0 + 9.0 * square)
}

/// Positive numbers as they are, negative ones a tenth.
#[inline(always)]
pub fn leak(x: f32) -> f32 {
    if x > 0.0 { x } else { x * 0.1 }
}
