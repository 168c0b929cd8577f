//! Boosted trees of two levels over signs, to compare with the regression.

use std::collections::HashMap;

use super::data::Text;

/// A question for one sign and, by the answer, for another.
struct Tree {
    first: u32,
    second: [(u32, [f64; 2]); 2],
}

pub struct Forest {
    start: f64,
    trees: Vec<Tree>,
}

impl Forest {
    pub fn train(texts: &[Text], but: &[&str], rounds: usize, rate: f64, pull: f64) -> Forest {
        let kept = texts.iter().filter(|text| !but.contains(&text.name.as_str()));
        let rows: Vec<(Vec<u32>, bool)> = kept
            .flat_map(|text| text.examples.iter().filter_map(move |it| Some((text, it, it.right?))))
            .map(|(text, it, right)| {
                let mut signs: Vec<u32> = it.signs.iter().map(|&(_, sign)| sign).collect();
                if !text.measured {
                    signs.push(u32::MAX);
                }
                signs.sort_unstable();
                signs.dedup();
                (signs, right)
            })
            .collect();
        let share = rows.iter().filter(|(_, right)| *right).count() as f64 / rows.len() as f64;
        let start = (share / (1.0 - share)).ln();
        let mut sums = vec![start; rows.len()];
        let mut trees = Vec::new();
        for _ in 0..rounds {
            let slopes: Vec<(f64, f64)> = sums
                .iter()
                .zip(&rows)
                .map(|(sum, (_, right))| {
                    let p = 1.0 / (1.0 + (-sum).exp());
                    (f64::from(u8::from(*right)) - p, p * (1.0 - p))
                })
                .collect();
            let all: Vec<usize> = (0..rows.len()).collect();
            let (first, _) = split(&rows, &slopes, &all, pull);
            let (with, without): (Vec<usize>, Vec<usize>) = all.iter().partition(|&&at| rows[at].0.binary_search(&first).is_ok());
            let second = [&without, &with].map(|side| {
                let (sign, values) = split(&rows, &slopes, side, pull);
                (sign, values.map(|value| value * rate))
            });
            let tree = Tree { first, second };
            for (sum, (signs, _)) in sums.iter_mut().zip(&rows) {
                *sum += tree.value(signs);
            }
            trees.push(tree);
        }
        Forest { start, trees }
    }

    pub fn probability(&self, signs: &[(&'static str, u32)]) -> f32 {
        let mut signs: Vec<u32> = signs.iter().map(|&(_, sign)| sign).collect();
        signs.sort_unstable();
        let sum: f64 = self.start + self.trees.iter().map(|tree| tree.value(&signs)).sum::<f64>();
        (1.0 / (1.0 + (-sum).exp())) as f32
    }
}

impl Tree {
    fn value(&self, signs: &[u32]) -> f64 {
        let has = |sign: u32| usize::from(signs.binary_search(&sign).is_ok());
        let (sign, values) = &self.second[has(self.first)];
        values[has(*sign)]
    }
}

/// The sign that parts some rows best, with the values without and with it.
fn split(rows: &[(Vec<u32>, bool)], slopes: &[(f64, f64)], of: &[usize], pull: f64) -> (u32, [f64; 2]) {
    let mut by_sign: HashMap<u32, (f64, f64, usize)> = HashMap::new();
    let mut total = (0.0, 0.0);
    for &at in of {
        let (slope, bend) = slopes[at];
        total = (total.0 + slope, total.1 + bend);
        for &sign in &rows[at].0 {
            let entry = by_sign.entry(sign).or_default();
            *entry = (entry.0 + slope, entry.1 + bend, entry.2 + 1);
        }
    }
    let mut best = (f64::MIN, 0, [total.0 / (total.1 + pull); 2]);
    let mut signs: Vec<_> = by_sign.into_iter().filter(|(_, (.., count))| *count >= 8 && *count + 8 <= of.len()).collect();
    signs.sort_unstable_by_key(|(sign, _)| *sign);
    for (sign, (slope, bend, _)) in signs {
        let rest = (total.0 - slope, total.1 - bend);
        let gain = slope * slope / (bend + pull) + rest.0 * rest.0 / (rest.1 + pull);
        if gain > best.0 {
            best = (gain, sign, [rest.0 / (rest.1 + pull), slope / (bend + pull)]);
        }
    }
    (best.1, best.2)
}
