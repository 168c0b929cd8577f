//! A layered drawing: boxes in columns, arrows from left to right where they can, each label and each long arrow with a
//! slot of its own in every column that it crosses, so that no line runs through a box and no label lies on another.
//!
//! Knows nothing of graphs of claims: boxes with sizes go in, places come out. No dice and no clock: the same boxes give
//! the same places.

mod acyclic;
mod order;
mod pack;
mod plan;
mod rank;
mod settle;
mod sketch;
mod trace;

/// A box to be placed.
#[derive(Clone, Debug)]
pub struct Block {
    /// Width in points.
    pub width: f64,
    /// Height in points, at least; a box with many arrows becomes higher.
    pub height: f64,
    /// Index of the frame around it.
    pub group: Option<usize>,
}

/// An arrow to be drawn.
#[derive(Clone, Debug)]
pub struct LayoutEdge {
    /// Index of the box that it leaves.
    pub from: usize,
    /// Index of the box that it leads to; not the same.
    pub to: usize,
    /// Width of its label.
    pub width: f64,
    /// Height of its label.
    pub height: f64,
}

/// The upright rectangle between two corners.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Frame {
    /// Least x.
    pub left: f64,
    /// Least y; y grows downwards.
    pub top: f64,
    /// Greatest x.
    pub right: f64,
    /// Greatest y.
    pub bottom: f64,
}

impl Frame {
    /// Its middle.
    pub fn middle(&self) -> (f64, f64) {
        ((self.left + self.right) / 2.0, (self.top + self.bottom) / 2.0)
    }

    fn shifted(self, (x, y): (f64, f64)) -> Self {
        Self { left: self.left + x, top: self.top + y, right: self.right + x, bottom: self.bottom + y }
    }

    /// Whether two have more than an edge in common.
    pub fn overlaps(&self, other: &Frame) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

/// The way of an arrow.
#[derive(Clone, Debug, Default)]
pub struct Route {
    /// From its start to its end; straight from an even point to the next, a bow from an odd one to the next.
    pub points: Vec<(f64, f64)>,
    /// Where its label stands.
    pub label: Frame,
}

/// Where everything stands; all coordinates are from 0.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// By index of the boxes.
    pub blocks: Vec<Frame>,
    /// By index of the arrows.
    pub lines: Vec<Route>,
    /// By index of the groups; `None` for one without a box.
    pub groups: Vec<Option<Frame>>,
    /// Width of all.
    pub width: f64,
    /// Height of all.
    pub height: f64,
}

/// Room at the top of a frame for its title.
pub const TITLE: f64 = 20.0;

/// Room between a frame and what is in it.
pub const PADDING: f64 = 9.0;

/// Room that an arrow needs at the side of a box.
const PORT: f64 = 5.5;

/// Places boxes and arrows; `titles` has the width of each group's title.
pub fn layout(blocks: &[Block], ties: &[LayoutEdge], titles: &[f64]) -> Layout {
    let blocks = grown(blocks, ties);
    let parts = pack::parts(&blocks, ties);
    let drawn = parts.iter().map(|part| {
        let mut sketch = sketch::Sketch::new(&blocks, ties, titles.len(), part);
        order::order(&mut sketch);
        let sides = settle::settle(&mut sketch);
        trace::trace(&sketch, &sides, titles)
    });
    pack::pack(drawn.collect(), blocks.len(), ties.len(), titles.len())
}

/// Boxes high enough for the arrows at their sides.
fn grown(blocks: &[Block], ties: &[LayoutEdge]) -> Vec<Block> {
    let mut sides = vec![(0usize, 0usize); blocks.len()];
    for tie in ties {
        sides[tie.from].0 += 1;
        sides[tie.to].1 += 1;
    }
    let needed = |(out, into): (usize, usize)| PORT * (out.max(into) as f64 + 1.0);
    let grow = |(block, side): (&Block, (usize, usize))| Block { height: block.height.max(needed(side)), ..*block };
    blocks.iter().zip(sides).map(grow).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A graph made by a fixed rule: a hub, chains, cycles, parallel arrows and two groups.
    fn graph(count: usize) -> (Vec<Block>, Vec<LayoutEdge>) {
        let block = |at: usize| Block {
            width: 60.0 + (at * 37 % 90) as f64,
            height: 20.0 + (at * 13 % 30) as f64,
            group: (at % 5 < 2).then_some(at % 5),
        };
        let tie = |from: usize, to: usize| LayoutEdge { from, to, width: 30.0 + (from * 11 % 50) as f64, height: 12.0 };
        let mut ties: Vec<LayoutEdge> = (1..count).step_by(2).map(|to| tie(0, to)).collect();
        ties.extend((0..count).map(|from| tie(from, (from * 7 + 3) % count)).filter(|tie| tie.from != tie.to));
        ties.extend((1..count / 3).map(|from| tie(from + 1, from)));
        ((0..count).map(block).collect(), ties)
    }

    fn is_apart(frames: &[Frame], what: &str) {
        for (at, one) in frames.iter().enumerate() {
            for other in &frames[..at] {
                assert!(!one.overlaps(other), "{what}: {one:?} {other:?}");
            }
        }
    }

    #[test]
    fn boxes_labels_and_frames_lie_beside_each_other() {
        for count in [2, 5, 20, 60, 150] {
            let (blocks, ties) = graph(count);
            let drawn = layout(&blocks, &ties, &[80.0, 120.0]);
            is_apart(&drawn.blocks, "boxes");
            let labels: Vec<Frame> = drawn.lines.iter().map(|line| line.label).collect();
            is_apart(&labels, "labels");
            let frames: Vec<Frame> = drawn.groups.iter().flatten().copied().collect();
            is_apart(&frames, "frames");
            for (block, frame) in blocks.iter().zip(&drawn.blocks) {
                assert!(frame.left >= 0.0 && frame.top >= 0.0);
                assert!(frame.right <= drawn.width && frame.bottom <= drawn.height, "{frame:?}");
                for (group, around) in drawn.groups.iter().enumerate() {
                    let Some(around) = around else { continue };
                    let is_in = around.left <= frame.left
                        && around.right >= frame.right
                        && around.top <= frame.top
                        && around.bottom >= frame.bottom;
                    assert_eq!(is_in, block.group == Some(group), "{count}: {frame:?} {around:?}");
                    assert!(is_in || !around.overlaps(frame), "{count}: {frame:?} {around:?}");
                }
            }
        }
    }

    #[test]
    fn lines_lead_from_box_to_box_and_through_none() {
        let (blocks, ties) = graph(60);
        let drawn = layout(&blocks, &ties, &[80.0, 120.0]);
        for (tie, line) in ties.iter().zip(&drawn.lines) {
            let ends = [(tie.from, line.points[0]), (tie.to, line.points[line.points.len() - 1])];
            for (block, (x, y)) in ends {
                let frame = drawn.blocks[block];
                assert!((x == frame.left || x == frame.right) && y > frame.top && y < frame.bottom, "{tie:?}");
            }
            for pair in line.points.chunks_exact(2) {
                let flat = Frame {
                    left: pair[0].0.min(pair[1].0),
                    right: pair[0].0.max(pair[1].0),
                    top: pair[0].1 - 0.5,
                    bottom: pair[0].1 + 0.5,
                };
                assert_eq!(pair[0].1, pair[1].1, "{line:?}");
                assert!(!drawn.blocks.iter().any(|frame| frame.overlaps(&flat)), "{tie:?} {flat:?}");
            }
        }
    }

    #[test]
    fn the_same_boxes_give_the_same_places() {
        let (blocks, ties) = graph(40);
        let once = layout(&blocks, &ties, &[80.0, 120.0]);
        let again = layout(&blocks, &ties, &[80.0, 120.0]);
        assert_eq!(once.blocks, again.blocks);
        assert!(layout(&[], &[], &[]).blocks.is_empty());
    }
}
