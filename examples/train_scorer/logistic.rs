//! Logistic regression over signs, by L-BFGS: the same data give the same weights.

use std::collections::{BTreeMap, HashMap};

use rapporteur::relate::{Learned, rule_sign};
use rapporteur::seeds::Rules;

use super::data::{Example, Text};

/// How it is trained.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Strength of the pull towards zero.
    pub pull: f64,
    /// A sign must be seen at least so often.
    pub least: usize,
    /// Weight of a wrong derivation of a matcher: annotators do not note every citation and date.
    pub lenient: f64,
    /// Weight of a derivation in a document of another folder than the first.
    pub elsewhere: f64,
    /// Groups of signs that are left out.
    pub without: Vec<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { pull: 25.0, least: 3, lenient: 0.5, elsewhere: 1.0, without: Vec::new() }
    }
}

/// Trains on all texts but those of one name.
pub fn train(texts: &[Text], but: Option<&[&str]>, settings: &Settings) -> Learned {
    let kept = texts.iter().filter(|text| !but.is_some_and(|names| names.contains(&text.name.as_str())));
    let judged = kept.flat_map(|text| text.examples.iter().filter_map(move |it| Some((text, it, it.right?))));
    let weight = |text: &Text| if text.measured { 1.0 } else { settings.elsewhere };
    let judged: Vec<_> =
        judged.map(|(text, it, right)| (seen(text, it, &settings.without), it, right, weight(text))).collect();
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    judged.iter().flat_map(|(signs, ..)| signs).for_each(|sign| *counts.entry(*sign).or_default() += 1);
    let signs: Vec<u32> =
        counts.into_iter().filter(|&(_, count)| count >= settings.least).map(|(sign, _)| sign).collect();
    let index: HashMap<u32, usize> = signs.iter().enumerate().map(|(at, &sign)| (sign, at)).collect();
    let rows: Vec<Row> = judged
        .iter()
        .map(|(seen, it, right, elsewhere)| Row {
            signs: seen.iter().filter_map(|sign| index.get(sign).copied()).collect(),
            right: *right,
            weight: elsewhere
                * it.weight
                * if !right && it.claim.evidence.rule.starts_with("structure.") { settings.lenient } else { 1.0 },
        })
        .collect();
    let weights = minimise(&rows, signs.len() + 1, settings.pull);
    let mut by_sign: BTreeMap<u32, f32> = signs
        .iter()
        .zip(&weights)
        .filter(|&(&sign, _)| sign < ELSEWHERE)
        .map(|(&sign, &weight)| (sign, weight as f32))
        .collect();
    // Rules that it has too few examples of are known all the same: they are ours.
    for rule in Rules::embedded().rules() {
        by_sign.entry(rule_sign(&rule.code)).or_insert(0.0);
    }
    Learned {
        bias: weights[signs.len()] as f32,
        stands: 0.0,
        stands_position: 0.0,
        kept: 0.0,
        weights: by_sign.into_iter().collect(),
    }
}

/// Facts of the title block and of names, which annotators who look at a stretch of a text leave out more or less.
const PLAIN: [&str; 18] = [
    "cites", "dated", "partOf", "adopted", "deliveredBy", "deliveredAt", "represents", "publishedBy", "kindOf",
    "hasCount", "memberOf", "sessionOf", "heldIn", "heldOn", "concernsItem", "headOf", "hasLegalBasis", "hasValue",
];

/// From this number on a sign says not what is seen but how a folder was annotated, and is not kept.
const ELSEWHERE: u32 = u32::MAX - 18;

/// The signs to learn from. A plain fact in a document of another folder than the first has one more, which takes on
/// itself that such facts are noted otherwise there.
fn seen(text: &Text, example: &Example, without: &[String]) -> Vec<u32> {
    let kept = example.signs.iter().filter(|(group, _)| !without.iter().any(|left_out| left_out == group));
    let mut signs: Vec<u32> = kept.map(|&(_, sign)| sign).filter(|&sign| sign < ELSEWHERE).collect();
    let plain = PLAIN.iter().position(|name| *name == example.claim.relation.name());
    signs.extend(plain.filter(|_| !text.measured).map(|at| ELSEWHERE + at as u32));
    signs
}

struct Row {
    signs: Vec<usize>,
    right: bool,
    weight: f64,
}

/// The loss and its slope; the last weight is the bias, which nothing pulls.
fn loss(rows: &[Row], weights: &[f64], pull: f64, slope: &mut [f64]) -> f64 {
    let bias = weights.len() - 1;
    for (slope, weight) in slope.iter_mut().zip(weights) {
        *slope = pull * weight;
    }
    slope[bias] = 0.0;
    let mut loss = 0.5 * pull * weights[..bias].iter().map(|weight| weight * weight).sum::<f64>();
    for row in rows {
        let sum = weights[bias] + row.signs.iter().map(|&sign| weights[sign]).sum::<f64>();
        let margin = if row.right { sum } else { -sum };
        loss += row.weight * if margin > 0.0 { (-margin).exp().ln_1p() } else { margin.exp().ln_1p() - margin };
        let off = row.weight * (1.0 / (1.0 + (-sum).exp()) - f64::from(u8::from(row.right)));
        row.signs.iter().for_each(|&sign| slope[sign] += off);
        slope[bias] += off;
    }
    loss
}

/// Steps whose shape is remembered.
const MEMORY: usize = 8;

fn minimise(rows: &[Row], size: usize, pull: f64) -> Vec<f64> {
    let mut weights = vec![0.0; size];
    let mut slope = vec![0.0; size];
    let mut height = loss(rows, &weights, pull, &mut slope);
    let mut past: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
    for _ in 0..200 {
        let direction = direction(&slope, &past);
        let fall = dot(&direction, &slope);
        let (mut step, mut next_slope) = (if past.is_empty() { 1e-3 } else { 1.0 }, vec![0.0; size]);
        let next = loop {
            let next: Vec<f64> = weights.iter().zip(&direction).map(|(weight, along)| weight + step * along).collect();
            let lower = loss(rows, &next, pull, &mut next_slope);
            if lower <= height + 1e-4 * step * fall || step < 1e-12 {
                break (next, lower);
            }
            step *= 0.5;
        };
        let change = (height - next.1) / height.abs().max(1.0);
        let moved = next.0.iter().zip(&weights).map(|(new, old)| new - old).collect();
        let bent = next_slope.iter().zip(&slope).map(|(new, old)| new - old).collect();
        past.push((moved, bent));
        if past.len() > MEMORY {
            past.remove(0);
        }
        (weights, height, slope) = (next.0, next.1, next_slope);
        if change < 1e-7 {
            break;
        }
    }
    weights
}

/// Downhill, corrected by the shape of the last steps.
fn direction(slope: &[f64], past: &[(Vec<f64>, Vec<f64>)]) -> Vec<f64> {
    let mut along: Vec<f64> = slope.iter().map(|value| -value).collect();
    let mut shares = Vec::new();
    for (moved, bent) in past.iter().rev() {
        let share = dot(moved, &along) / dot(moved, bent).max(1e-12);
        along.iter_mut().zip(bent).for_each(|(value, bent)| *value -= share * bent);
        shares.push(share);
    }
    if let Some((moved, bent)) = past.last() {
        let scale = dot(moved, bent) / dot(bent, bent).max(1e-12);
        along.iter_mut().for_each(|value| *value *= scale);
    }
    for ((moved, bent), share) in past.iter().zip(shares.into_iter().rev()) {
        let back = dot(bent, &along) / dot(moved, bent).max(1e-12);
        along.iter_mut().zip(moved).for_each(|(value, moved)| *value += (share - back) * moved);
    }
    along
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
