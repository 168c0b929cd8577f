//! Which column each box stands in. A frame is planned by itself first and then stands as one among the boxes outside, so
//! that it is no wider than what is in it asks.

use std::collections::BTreeMap;

use super::{acyclic, pack, rank};

/// Columns for boxes that arrows and frames tie together.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The column of each box, from 0.
    pub columns: Vec<usize>,
    /// For each arrow whether it leads to the left.
    pub is_reversed: Vec<bool>,
}

impl Plan {
    /// Plans boxes by their groups; arrows are pairs of boxes.
    pub fn new(groups: &[Option<usize>], arcs: &[(usize, usize)]) -> Self {
        let units = units(groups);
        let count = units.iter().max().map_or(0, |last| last + 1);
        let outer: Vec<(usize, usize)> =
            arcs.iter().map(|&(a, b)| (units[a], units[b])).filter(|(a, b)| a != b).collect();
        let places = acyclic::places(count, &outer);
        let (inner, offsets) = inner(&units, count, arcs);
        let is_reversed = arcs.iter().map(|&(from, to)| match (units[from], units[to]) {
            (a, b) if a == b => inner[from] > inner[to],
            (a, b) => places[a] > places[b],
        });
        let is_reversed: Vec<bool> = is_reversed.collect();
        let between = arcs.iter().zip(&is_reversed).filter(|((a, b), _)| units[*a] != units[*b]);
        let between = between.map(|(&(from, to), is_reversed)| {
            let (tail, head) = if *is_reversed { (to, from) } else { (from, to) };
            rank::Arc { tail: units[tail], head: units[head], length: 1 + offsets[tail] - offsets[head] }
        });
        let ranks = rank::ranks(count, &between.collect::<Vec<_>>());
        let columns: Vec<i64> = units.iter().zip(&offsets).map(|(&unit, offset)| ranks[unit] + offset).collect();
        let least = columns.iter().copied().min().unwrap_or(0);
        let columns = columns.iter().map(|column| usize::try_from(column - least).unwrap_or(0)).collect();
        Self { columns, is_reversed }
    }
}

/// A number for each frame, and for each box outside of all.
fn units(groups: &[Option<usize>]) -> Vec<usize> {
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    let mut next = 0;
    let mut number = || {
        next += 1;
        next - 1
    };
    groups
        .iter()
        .map(|group| match group {
            Some(group) => *numbers.entry(*group).or_insert_with(&mut number),
            None => number(),
        })
        .collect()
}

/// For each box its place in the order of its frame, and its column in it.
fn inner(units: &[usize], count: usize, arcs: &[(usize, usize)]) -> (Vec<usize>, Vec<i64>) {
    let (mut places, mut offsets) = (vec![0; units.len()], vec![0; units.len()]);
    for unit in 0..count {
        let members: Vec<usize> = (0..units.len()).filter(|&at| units[at] == unit).collect();
        if members.len() < 2 {
            continue;
        }
        let local = |box_: usize| members.binary_search(&box_).ok();
        let own: Vec<(usize, usize)> = arcs.iter().filter_map(|&(a, b)| Some((local(a)?, local(b)?))).collect();
        let order = acyclic::places(members.len(), &own);
        let gives = |at: usize| {
            let leaves = arcs.iter().filter(|&&(from, to)| from == members[at] && units[to] != unit).count();
            let comes = arcs.iter().filter(|&&(from, to)| to == members[at] && units[from] != unit).count();
            leaves > comes
        };
        let columns = own_columns(&order, &own, gives);
        for (at, &member) in members.iter().enumerate() {
            (places[member], offsets[member]) = (order[at], columns[at]);
        }
    }
    (places, offsets)
}

/// Columns in a frame. What no arrow ties to the rest stands on the side where its arrows come from or lead to.
fn own_columns(order: &[usize], arcs: &[(usize, usize)], gives: impl Fn(usize) -> bool) -> Vec<i64> {
    let forward: Vec<(usize, usize)> =
        arcs.iter().map(|&(a, b)| if order[a] < order[b] { (a, b) } else { (b, a) }).collect();
    let mut columns = vec![0; order.len()];
    let sets = pack::joined(order.len(), forward.iter().copied());
    let mut spans = Vec::new();
    for set in &sets {
        let local = |at: usize| set.binary_search(&at).ok();
        let own = forward.iter().filter_map(|&(a, b)| Some(rank::Arc { tail: local(a)?, head: local(b)?, length: 1 }));
        let ranks = rank::ranks(set.len(), &own.collect::<Vec<_>>());
        set.iter().zip(&ranks).for_each(|(&at, rank)| columns[at] = *rank);
        spans.push(ranks.iter().copied().max().unwrap_or(0));
    }
    let widest = spans.iter().copied().max().unwrap_or(0);
    for (set, span) in sets.iter().zip(spans) {
        let givers = set.iter().filter(|&&at| gives(at)).count();
        if 2 * givers > set.len() {
            set.iter().for_each(|&at| columns[at] += widest - span);
        }
    }
    columns
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_as_wide_as_its_own_arrows_ask() {
        // 0 and 1 in a frame, tied by nothing; 2 between them.
        let plan = Plan::new(&[Some(0), Some(0), None], &[(0, 2), (2, 1)]);
        assert_eq!(plan.columns[0], plan.columns[1]);
        assert_eq!(plan.is_reversed.iter().filter(|is| **is).count(), 1);
        // A chain in a frame has its columns; what follows stands behind it.
        let plan = Plan::new(&[Some(0), Some(0), None], &[(0, 1), (1, 2)]);
        assert_eq!(plan.columns, [0, 1, 2]);
    }
}
