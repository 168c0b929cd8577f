//! Parts that nothing ties together are drawn apart, and put beside and below each other.

use super::{Block, Frame, Layout, LayoutEdge, Route};

/// Room between two parts.
const GAP: f64 = 34.0;

/// Width of a page by its height.
const PAGE: f64 = 1.5;

/// What one part is drawn as: boxes, arrows and frames by their indices in the whole.
#[derive(Clone, Debug, Default)]
pub struct DrawnPart {
    /// Boxes.
    pub blocks: Vec<(usize, Frame)>,
    /// Arrows.
    pub lines: Vec<(usize, Route)>,
    /// Frames.
    pub groups: Vec<(usize, Frame)>,
    /// Width and height.
    pub size: (f64, f64),
}

/// Sets of boxes that arrows or a common frame tie together, each sorted.
pub fn parts(blocks: &[Block], ties: &[LayoutEdge]) -> Vec<Vec<usize>> {
    let arrows = ties.iter().map(|tie| (tie.from, tie.to));
    let mut first: Vec<(usize, usize)> = Vec::new();
    let mut framed = Vec::new();
    for (at, group) in blocks.iter().enumerate().filter_map(|(at, block)| Some((at, block.group?))) {
        match first.iter().find(|(other, _)| *other == group) {
            Some(&(_, with)) => framed.push((with, at)),
            None => first.push((group, at)),
        }
    }
    joined(blocks.len(), arrows.chain(framed))
}

/// Sets of things that pairs tie together, in the order of their first members.
pub fn joined(count: usize, pairs: impl Iterator<Item = (usize, usize)>) -> Vec<Vec<usize>> {
    let mut next = vec![Vec::new(); count];
    for (a, b) in pairs {
        next[a].push(b);
        next[b].push(a);
    }
    let mut is_seen = vec![false; count];
    let mut sets = Vec::new();
    for start in 0..count {
        let mut set = Vec::new();
        let mut open = vec![start];
        while let Some(at) = open.pop() {
            if !std::mem::replace(&mut is_seen[at], true) {
                set.push(at);
                open.extend(next[at].iter().copied());
            }
        }
        if !set.is_empty() {
            set.sort_unstable();
            sets.push(set);
        }
    }
    sets
}

/// Puts parts on a page, the highest first, in rows.
pub fn pack(mut parts: Vec<DrawnPart>, blocks: usize, lines: usize, groups: usize) -> Layout {
    let mut whole = Layout {
        blocks: vec![Frame::default(); blocks],
        lines: vec![Route::default(); lines],
        groups: vec![None; groups],
        ..Layout::default()
    };
    parts.sort_by(|a, b| b.size.1.total_cmp(&a.size.1));
    let area: f64 = parts.iter().map(|part| (part.size.0 + GAP) * (part.size.1 + GAP)).sum();
    let widest = parts.iter().map(|part| part.size.0).fold((area * PAGE).sqrt(), f64::max);
    let (mut at, mut below) = ((0.0, 0.0), 0.0f64);
    for part in parts {
        if at.0 > 0.0 && at.0 + part.size.0 > widest + 1e-6 {
            at = (0.0, below + GAP);
        }
        below = below.max(at.1 + part.size.1);
        (whole.width, whole.height) = (whole.width.max(at.0 + part.size.0), below);
        let next = (at.0 + part.size.0 + GAP, at.1);
        put(part, at, &mut whole);
        at = next;
    }
    whole
}

fn put(part: DrawnPart, at: (f64, f64), whole: &mut Layout) {
    for (index, frame) in part.blocks {
        whole.blocks[index] = frame.shifted(at);
    }
    for (index, frame) in part.groups {
        whole.groups[index] = Some(frame.shifted(at));
    }
    for (index, line) in part.lines {
        let points = line.points.iter().map(|(x, y)| (x + at.0, y + at.1)).collect();
        whole.lines[index] = Route { points, label: line.label.shifted(at) };
    }
}
