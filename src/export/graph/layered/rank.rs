//! Columns for boxes such that each arrow leads to a column further right and all arrows together are short: a tree of
//! tight arrows, improved edge by edge (network simplex).

/// Above so many boxes the tree is taken as it is.
const MOST: usize = 400;

/// An arrow that leads to the right, from box to box or from frame to frame.
#[derive(Clone, Copy, Debug)]
pub struct Arc {
    /// Where it starts.
    pub tail: usize,
    /// Where it ends.
    pub head: usize,
    /// Columns that it leads on, at least; may be below 0 between frames of several columns.
    pub length: i64,
}

/// The column of each box, from 0. The arrows must tie all boxes together and run in no circle.
pub fn ranks(count: usize, arcs: &[Arc]) -> Vec<i64> {
    let mut ranks = longest(count, arcs);
    let mut tree = tight_tree(count, arcs, &mut ranks);
    if count <= MOST {
        for _ in 0..4 * count {
            if !improve(count, arcs, &mut tree, &mut ranks) {
                break;
            }
        }
    }
    let least = ranks.iter().copied().min().unwrap_or(0);
    ranks.iter().map(|rank| rank - least).collect()
}

/// Each as far left as those before it allow.
fn longest(count: usize, arcs: &[Arc]) -> Vec<i64> {
    let mut ranks = vec![0; count];
    for _ in 0..count {
        let mut moved = false;
        for arc in arcs {
            if slack(arc, &ranks) < 0 {
                ranks[arc.head] = ranks[arc.tail] + arc.length;
                moved = true;
            }
        }
        if !moved {
            break;
        }
    }
    ranks
}

/// Columns that an arrow could lose.
fn slack(arc: &Arc, ranks: &[i64]) -> i64 {
    ranks[arc.head] - ranks[arc.tail] - arc.length
}

/// Moves boxes until arrows of their least length tie all of them; gives those arrows.
fn tight_tree(count: usize, arcs: &[Arc], ranks: &mut [i64]) -> Vec<usize> {
    let mut is_in = vec![false; count];
    let mut tree = Vec::new();
    if let Some(first) = is_in.first_mut() {
        *first = true;
    }
    let leaves = |is_in: &[bool], arc: &Arc| is_in[arc.tail] != is_in[arc.head];
    while tree.len() + 1 < count {
        let out = (0..arcs.len()).filter(|&at| leaves(&is_in, &arcs[at])).min_by_key(|&at| slack(&arcs[at], ranks));
        let Some(at) = out else { break };
        let arc = arcs[at];
        let shift = if is_in[arc.tail] { slack(&arc, ranks) } else { -slack(&arc, ranks) };
        for (rank, _) in ranks.iter_mut().zip(&is_in).filter(|(_, is_in)| **is_in) {
            *rank += shift;
        }
        is_in[arc.tail] = true;
        is_in[arc.head] = true;
        tree.push(at);
    }
    tree
}

/// Puts another arrow into the tree in place of one that would rather be longer; whether there was one.
fn improve(count: usize, arcs: &[Arc], tree: &mut [usize], ranks: &mut [i64]) -> bool {
    for at in 0..tree.len() {
        let side = side(count, arcs, tree, at);
        let cut: f64 = arcs.iter().map(|arc| crossing(arc, &side)).sum();
        if cut >= -1e-9 {
            continue;
        }
        let enters = (0..arcs.len()).filter(|&other| crossing(&arcs[other], &side) < 0.0);
        let Some(other) = enters.min_by_key(|&other| slack(&arcs[other], ranks)) else { continue };
        let shift = slack(&arcs[other], ranks);
        for (rank, _) in ranks.iter_mut().zip(&side).filter(|(_, is_tail)| **is_tail) {
            *rank -= shift;
        }
        tree[at] = other;
        return true;
    }
    false
}

/// 1 for an arrow from the tail's side to the head's, -1 for one back, else 0.
fn crossing(arc: &Arc, side: &[bool]) -> f64 {
    f64::from(i8::from(side[arc.tail]) - i8::from(side[arc.head]))
}

/// The boxes on the tail's side of a tree without one of its arrows.
fn side(count: usize, arcs: &[Arc], tree: &[usize], without: usize) -> Vec<bool> {
    let mut side = vec![false; count];
    let mut next = vec![vec![]; count];
    for (_, &arc) in tree.iter().enumerate().filter(|(at, _)| *at != without) {
        next[arcs[arc].tail].push(arcs[arc].head);
        next[arcs[arc].head].push(arcs[arc].tail);
    }
    let mut open = vec![arcs[tree[without]].tail];
    while let Some(at) = open.pop() {
        if !std::mem::replace(&mut side[at], true) {
            open.extend(next[at].iter().copied().filter(|&other| !side[other]));
        }
    }
    side
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_are_as_short_as_can_be() {
        let arc = |(tail, head)| Arc { tail, head, length: 1 };
        // A chain 0-1-2-3 with a leaf 4 before 3 and a leaf 5 after 0: both stay beside their neighbour.
        let arcs = [(0, 1), (1, 2), (2, 3), (4, 3), (0, 5)].map(arc);
        assert_eq!(ranks(6, &arcs), [0, 1, 2, 3, 2, 1]);
        // Two sources of one sink of a long chain.
        let arcs = [(0, 1), (1, 2), (2, 3), (4, 5), (5, 3), (4, 6)].map(arc);
        let ranks = ranks(7, &arcs);
        assert_eq!((ranks[4], ranks[5], ranks[6]), (1, 2, 2));
    }
}
