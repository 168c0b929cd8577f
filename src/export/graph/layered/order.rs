//! The order of the slots in each column, in which few arrows cross: each slot goes to the middle of its neighbours, from
//! left to right and back again, and what was best is kept. Slots of one group stay together, and groups keep their order
//! in all columns.

use super::sketch::{Sketch, SlotContent};

/// Sweeps for each way to begin.
const SWEEPS: usize = 24;

/// Above so many slots one way to begin must do.
const MOST: usize = 6000;

/// Orders all columns.
pub fn order(sketch: &mut Sketch) {
    let mut best: Option<(usize, f64, Sketch)> = None;
    let ways = if sketch.slots.len() > MOST { 1 } else { 4 };
    for way in 0..ways {
        let mut trial = sketch.clone();
        begin(&mut trial, way);
        for turn in 0..SWEEPS {
            sweep(&mut trial, turn % 2 == 0, way % 2 == 1);
            exchange(&mut trial);
            let (crossings, length) = (trial.crossings(), length(&trial));
            let is_better = best.as_ref().is_none_or(|(least, shortest, _)| {
                crossings < *least || (crossings == *least && length < *shortest - 1e-6)
            });
            if is_better {
                best = Some((crossings, length, trial.clone()));
            }
        }
    }
    if let Some((.., found)) = best {
        *sketch = found;
    }
}

/// How far arrows lead up and down, all together.
fn length(sketch: &Sketch) -> f64 {
    let of = |slot: &super::sketch::Slot| slot.after.iter().map(|&to| (sketch.slots[to].y - slot.y).abs()).sum::<f64>();
    sketch.slots.iter().map(of).sum()
}

/// Slots as they are met when arrows are followed from the first column, or from the last; groups pulled together.
fn begin(sketch: &mut Sketch, way: usize) {
    let mut met = vec![usize::MAX; sketch.slots.len()];
    let mut next = 0;
    let mut starts: Vec<usize> = sketch.columns.iter().flatten().copied().collect();
    if way >= 2 {
        starts.reverse();
    }
    for start in starts {
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            if met[at] != usize::MAX {
                continue;
            }
            met[at] = next;
            next += 1;
            let slot = &sketch.slots[at];
            open.extend(slot.before.iter().chain(slot.after.iter().rev()).filter(|&&to| met[to] == usize::MAX));
        }
    }
    let keys: Vec<f64> = met.iter().map(|&at| at as f64).collect();
    let groups = means(sketch, |slot| keys[slot]);
    for column in 0..sketch.columns.len() {
        arrange(sketch, column, &keys, &groups);
    }
}

/// The mean of a key over each group's slots.
fn means(sketch: &Sketch, key: impl Fn(usize) -> f64) -> Vec<f64> {
    let mut sums = vec![(0.0, 0.0); sketch.spans.len()];
    for (at, slot) in sketch.slots.iter().enumerate().filter(|(_, slot)| slot.what != SlotContent::Frame) {
        if let Some(sum) = slot.group.and_then(|group| sums.get_mut(group)) {
            *sum = (sum.0 + key(at), sum.1 + 1.0);
        }
    }
    sums.iter().map(|(sum, count): &(f64, f64)| sum / count.max(1.0)).collect()
}

fn sweep(sketch: &mut Sketch, is_forward: bool, takes_median: bool) {
    let groups = means(sketch, |at| {
        let slot = &sketch.slots[at];
        let outer: Vec<f64> = slot
            .before
            .iter()
            .chain(&slot.after)
            .filter(|&&to| sketch.slots[to].group != slot.group)
            .map(|&to| sketch.slots[to].y)
            .collect();
        if outer.is_empty() { slot.y } else { mean(&outer) }
    });
    let count = sketch.columns.len();
    let mut keys: Vec<f64> = sketch.slots.iter().map(|slot| slot.y).collect();
    for step in 0..count {
        let column = if is_forward { step } else { count - 1 - step };
        for &at in &sketch.columns[column] {
            let slot = &sketch.slots[at];
            let mut ys: Vec<f64> =
                if is_forward { &slot.before } else { &slot.after }.iter().map(|&to| sketch.slots[to].y).collect();
            ys.sort_unstable_by(f64::total_cmp);
            if !ys.is_empty() {
                keys[at] = if takes_median { median(&ys) } else { mean(&ys) };
            }
        }
        arrange(sketch, column, &keys, &groups);
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

/// Of sorted values.
fn median(values: &[f64]) -> f64 {
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { (values[middle - 1] + values[middle]) / 2.0 }
}

/// Sorts a column by keys, each group as one, and gives its slots places one below another around 0.
fn arrange(sketch: &mut Sketch, column: usize, keys: &[f64], groups: &[f64]) {
    let slots = &sketch.slots;
    let mut order: Vec<(f64, usize, f64, usize)> = sketch.columns[column]
        .iter()
        .map(|&at| match slots[at].group {
            Some(group) => (groups.get(group).copied().unwrap_or(keys[at]), group + 1, keys[at], at),
            None => (keys[at], 0, keys[at], at),
        })
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.total_cmp(&b.2)));
    sketch.columns[column] = order.into_iter().map(|(.., at)| at).collect();
    stack(sketch, column);
}

fn stack(sketch: &mut Sketch, column: usize) {
    const GAP: f64 = 10.0;
    let total: f64 = sketch.columns[column].iter().map(|&at| sketch.slots[at].height + GAP).sum();
    let mut y = -total / 2.0;
    for &at in &sketch.columns[column] {
        let room = sketch.slots[at].height + GAP;
        sketch.slots[at].y = y + room / 2.0;
        y += room;
    }
}

/// Exchanges neighbours in a column of one group, or of none, while fewer arrows cross then.
fn exchange(sketch: &mut Sketch) {
    for column in 0..sketch.columns.len() {
        let mut moved = false;
        for at in 1..sketch.columns[column].len() {
            let (above, below) = (sketch.columns[column][at - 1], sketch.columns[column][at]);
            if sketch.slots[above].group == sketch.slots[below].group
                && crossed(sketch, below, above) < crossed(sketch, above, below)
            {
                sketch.columns[column].swap(at - 1, at);
                moved = true;
            }
        }
        if moved {
            stack(sketch, column);
        }
    }
}

/// Arrows of two slots that cross if one is above the other.
fn crossed(sketch: &Sketch, above: usize, below: usize) -> usize {
    let (above, below) = (&sketch.slots[above], &sketch.slots[below]);
    let count = |upper: &[usize], lower: &[usize]| -> usize {
        upper.iter().map(|&u| lower.iter().filter(|&&l| sketch.slots[l].y < sketch.slots[u].y).count()).sum()
    };
    count(&above.before, &below.before) + count(&above.after, &below.after)
}
