//! The heights of the slots: arrows as flat as the order and the sizes allow. Springs pull along the arrows; what must
//! stay apart pushes back just as much as is needed (Hildreth's method), and a last pass makes it exact.

use super::sketch::{Sketch, SlotContent};
use super::{PADDING, TITLE};

/// Rounds of pulling.
const ROUNDS: usize = 70;

/// How far a spring is drawn when it has half its pull, and the share that it keeps however far.
const GIVES: f64 = 24.0;
const LEAST_PULL: f64 = 0.08;

/// Rounds of pushing back in each of them.
const PUSHES: usize = 12;

/// One is above another by at least so much.
struct Bound {
    above: usize,
    below: usize,
    apart: f64,
    /// How hard it pushes.
    push: f64,
}

/// Two like to be at one height.
struct Spring {
    one: usize,
    other: usize,
    pull: f64,
}

/// Gives each slot its y; returns top and bottom of each group's frame.
pub fn settle(sketch: &mut Sketch) -> Vec<(f64, f64)> {
    let (slots, groups) = (sketch.slots.len(), sketch.spans.len());
    let mut bounds = bounds(sketch);
    let mut springs = springs(sketch);
    let mut ys: Vec<f64> = sketch.slots.iter().map(|slot| slot.y).collect();
    ys.resize(slots + 2 * groups, 0.0);
    relax(&mut bounds, &springs, &mut ys);
    // A spring gives way the more it is drawn: one steep step is better than a stair.
    for spring in &mut springs {
        let drawn = (ys[spring.one] - ys[spring.other]).abs();
        spring.pull *= (GIVES / (GIVES + drawn)).max(LEAST_PULL);
    }
    relax(&mut bounds, &springs, &mut ys);
    make_exact(&bounds, &mut ys);
    sketch.slots.iter_mut().zip(&ys).for_each(|(slot, y)| slot.y = *y);
    (0..groups).map(|group| (ys[slots + 2 * group], ys[slots + 2 * group + 1])).collect()
}

/// Lets springs pull and bounds push until all rests.
fn relax(bounds: &mut [Bound], springs: &[Spring], ys: &mut [f64]) {
    let mut weights = vec![0.01; ys.len()];
    for spring in springs {
        weights[spring.one] += spring.pull;
        weights[spring.other] += spring.pull;
    }
    bounds.iter_mut().for_each(|bound| bound.push = 0.0);
    for _ in 0..ROUNDS {
        let mut sums: Vec<f64> = ys.iter().map(|y| 0.01 * y).collect();
        for spring in springs {
            sums[spring.one] += spring.pull * ys[spring.other];
            sums[spring.other] += spring.pull * ys[spring.one];
        }
        for (at, y) in ys.iter_mut().enumerate() {
            *y = 0.4 * *y + 0.6 * sums[at] / weights[at];
        }
        push(bounds, &weights, ys);
    }
}

/// Each neighbour in a column under the other, with the frames of groups between them.
fn bounds(sketch: &Sketch) -> Vec<Bound> {
    let slots = &sketch.slots;
    let (top, bottom) = (|group: usize| slots.len() + 2 * group, |group: usize| slots.len() + 2 * group + 1);
    let mut bounds = Vec::new();
    let mut bound = |above, below, apart| bounds.push(Bound { above, below, apart, push: 0.0 });
    for column in &sketch.columns {
        let mut last: Option<usize> = None;
        for &at in column {
            let half = slots[at].height / 2.0;
            let (upper, group) = (last.and_then(|last| slots[last].group), slots[at].group);
            match last {
                Some(last) if upper == group => {
                    bound(
                        last,
                        at,
                        (slots[last].height + slots[at].height) / 2.0 + gap(slots[last].what, slots[at].what),
                    );
                }
                _ => {
                    let (mut above, mut room) = (last, last.map_or(0.0, |last| slots[last].height / 2.0));
                    if let (Some(last), Some(upper)) = (last, upper) {
                        bound(last, bottom(upper), slots[last].height / 2.0 + PADDING);
                        (above, room) = (Some(bottom(upper)), 0.0);
                    }
                    let (below, own) = group.map_or((at, half), |group| (top(group), 0.0));
                    if let Some(above) = above {
                        bound(above, below, room + own + PADDING + 3.0);
                    }
                    if let Some(group) = group {
                        bound(top(group), at, TITLE + half);
                    }
                }
            }
            last = Some(at);
        }
        if let Some((last, group)) = last.and_then(|last| Some((last, slots[last].group?))) {
            bound(last, bottom(group), slots[last].height / 2.0 + PADDING);
        }
    }
    bounds
}

/// Room between two slots of a column.
fn gap(above: SlotContent, below: SlotContent) -> f64 {
    match (above, below) {
        (SlotContent::Frame, _) | (_, SlotContent::Frame) => 0.0,
        (SlotContent::Block(_), SlotContent::Block(_)) => 10.0,
        (SlotContent::Block(_), _) | (_, SlotContent::Block(_)) => 8.0,
        (SlotContent::Label, SlotContent::Label) => 2.0,
        _ => 7.0,
    }
}

/// Long arrows pull hardest: a bend in them is seen most. The edges of a frame pull lightly, so that it is no higher than
/// it must be.
fn springs(sketch: &Sketch) -> Vec<Spring> {
    let is_block = |slot: usize| matches!(sketch.slots[slot].what, SlotContent::Block(_));
    let mut springs = Vec::new();
    for chain in &sketch.chains {
        for pair in chain.slots.windows(2) {
            let pull = if is_block(pair[0]) || is_block(pair[1]) { 1.0 } else { 4.0 };
            springs.push(Spring { one: pair[0], other: pair[1], pull });
        }
    }
    for group in (0..sketch.spans.len()).filter(|&group| sketch.spans[group].is_some()) {
        let top = sketch.slots.len() + 2 * group;
        springs.push(Spring { one: top, other: top + 1, pull: 0.1 });
    }
    springs
}

/// Pushes apart what is too near, the lighter one further; a push that is no longer needed is taken back.
fn push(bounds: &mut [Bound], weights: &[f64], ys: &mut [f64]) {
    for bound in bounds.iter() {
        ys[bound.above] -= bound.push / weights[bound.above];
        ys[bound.below] += bound.push / weights[bound.below];
    }
    for turn in 0..PUSHES {
        let mut each = |bound: &mut Bound| {
            let (above, below) = (1.0 / weights[bound.above], 1.0 / weights[bound.below]);
            let missing = bound.apart - (ys[bound.below] - ys[bound.above]);
            let more = (missing / (above + below)).max(-bound.push);
            bound.push += more;
            ys[bound.above] -= more * above;
            ys[bound.below] += more * below;
        };
        if turn % 2 == 0 { bounds.iter_mut().for_each(&mut each) } else { bounds.iter_mut().rev().for_each(&mut each) }
    }
}

/// Moves down what is still too near to what is above it, from the top on.
fn make_exact(bounds: &[Bound], ys: &mut [f64]) {
    let mut above = vec![0usize; ys.len()];
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); ys.len()];
    for (at, bound) in bounds.iter().enumerate() {
        above[bound.below] += 1;
        below[bound.above].push(at);
    }
    let mut open: Vec<usize> = (0..ys.len()).filter(|&at| above[at] == 0).collect();
    while let Some(at) = open.pop() {
        for &next in &below[at] {
            let bound = &bounds[next];
            ys[bound.below] = ys[bound.below].max(ys[at] + bound.apart);
            above[bound.below] -= 1;
            if above[bound.below] == 0 {
                open.push(bound.below);
            }
        }
    }
}
