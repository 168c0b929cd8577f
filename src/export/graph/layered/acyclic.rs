//! An order of boxes in which few arrows lead backwards: what only gives goes first, what only takes goes last.

/// The place of each box in the order. Arrows are pairs of boxes.
pub fn places(count: usize, arcs: &[(usize, usize)]) -> Vec<usize> {
    let mut degree = vec![(0i64, 0i64); count];
    for &(from, to) in arcs {
        degree[from].0 += 1;
        degree[to].1 += 1;
    }
    let mut is_left = vec![true; count];
    let (mut head, mut tail) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let Some((at, is_last)) = next(&degree, &is_left) else { break };
        is_left[at] = false;
        if is_last { &mut tail } else { &mut head }.push(at);
        for &(from, to) in arcs {
            if from == at {
                degree[to].1 -= 1;
            }
            if to == at {
                degree[from].0 -= 1;
            }
        }
    }
    let mut places = vec![0; count];
    for (place, at) in head.into_iter().chain(tail.into_iter().rev()).enumerate() {
        places[at] = place;
    }
    places
}

/// The box to take next, and whether it goes to the end: a sink, else a source, else the one that gives most.
fn next(degree: &[(i64, i64)], is_left: &[bool]) -> Option<(usize, bool)> {
    let left = || (0..degree.len()).filter(|&at| is_left[at]);
    if let Some(sink) = left().find(|&at| degree[at].0 == 0 && degree[at].1 > 0) {
        return Some((sink, true));
    }
    let source = left().find(|&at| degree[at].1 == 0);
    let giver = || left().max_by_key(|&at| (degree[at].0 - degree[at].1, std::cmp::Reverse(at)));
    source.or_else(giver).map(|at| (at, false))
}
