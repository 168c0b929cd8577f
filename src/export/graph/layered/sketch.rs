//! One part of a drawing while it is made: the columns with a slot for each box, and for each arrow one in every column
//! that it crosses.

use super::plan::Plan;
use super::{Block, LayoutEdge};

/// What stands in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SlotContent {
    /// A box, by its index.
    Block(usize),
    /// An arrow that passes.
    Route,
    /// An arrow with its label.
    Label,
    /// Nothing: the frame of a group goes through here.
    Frame,
}

/// A place in a column.
#[derive(Clone, Debug)]
pub struct Slot {
    /// What is in it.
    pub what: SlotContent,
    /// Even columns have boxes, odd ones labels.
    pub column: usize,
    /// Width of what is in it.
    pub width: f64,
    /// Height of what is in it.
    pub height: f64,
    /// The group whose frame is around it.
    pub group: Option<usize>,
    /// Slots of the column before that an arrow ties to it.
    pub before: Vec<usize>,
    /// Slots of the next column.
    pub after: Vec<usize>,
    /// Its middle.
    pub y: f64,
}

/// An arrow as the slots that it passes, from left to right.
#[derive(Clone, Debug)]
pub struct Chain {
    /// Its index.
    pub tie: usize,
    /// The first and the last are boxes.
    pub slots: Vec<usize>,
    /// Whether the arrow's start is on the right.
    pub is_reversed: bool,
}

/// All slots of boxes that are tied together.
#[derive(Clone, Debug)]
pub struct Sketch {
    /// By index.
    pub slots: Vec<Slot>,
    /// Indices of slots from the top down.
    pub columns: Vec<Vec<usize>>,
    /// The arrows.
    pub chains: Vec<Chain>,
    /// First and last column of each group.
    pub spans: Vec<Option<(usize, usize)>>,
}

impl Sketch {
    /// Gives the boxes of a part their columns, and its arrows their slots. `part` has indices of boxes.
    pub fn new(blocks: &[Block], ties: &[LayoutEdge], groups: usize, part: &[usize]) -> Self {
        let mut local = vec![None; blocks.len()];
        part.iter().enumerate().for_each(|(at, &block)| local[block] = Some(at));
        let mine: Vec<(usize, usize, usize)> = (0..ties.len())
            .filter_map(|tie| Some((tie, local[ties[tie].from]?, local[ties[tie].to]?)))
            .filter(|(_, from, to)| from != to)
            .collect();
        let arcs: Vec<(usize, usize)> = mine.iter().map(|&(_, from, to)| (from, to)).collect();
        let members: Vec<Option<usize>> = part.iter().map(|&block| blocks[block].group).collect();
        let Plan { columns, is_reversed } = Plan::new(&members, &arcs);
        let mut sketch = Self { slots: Vec::new(), columns: Vec::new(), chains: Vec::new(), spans: vec![None; groups] };
        for (at, &block) in part.iter().enumerate() {
            let Block { width, height, group } = blocks[block];
            let column = 2 * columns[at];
            sketch.put(SlotContent::Block(block), column, (width, height), group);
            if let Some(span) = group.and_then(|group| sketch.spans.get_mut(group)) {
                let (first, last) = span.unwrap_or((column, column));
                *span = Some((first.min(column), last.max(column)));
            }
        }
        for ((tie, from, to), is_reversed) in mine.into_iter().zip(is_reversed) {
            sketch.chain(tie, &ties[tie], if is_reversed { (to, from, true) } else { (from, to, false) });
        }
        sketch.frames();
        sketch
    }

    fn put(&mut self, what: SlotContent, column: usize, (width, height): (f64, f64), group: Option<usize>) -> usize {
        let slot = Slot { what, column, width, height, group, before: Vec::new(), after: Vec::new(), y: 0.0 };
        self.slots.push(slot);
        if self.columns.len() <= column {
            self.columns.resize(column + 1, Vec::new());
        }
        self.columns[column].push(self.slots.len() - 1);
        self.slots.len() - 1
    }

    fn chain(&mut self, tie: usize, label: &LayoutEdge, (left, right, is_reversed): (usize, usize, bool)) {
        let (first, last) = (self.slots[left].column, self.slots[right].column);
        let middle = first + 1 + (last - first - 2) / 4 * 2;
        let mut slots = vec![left];
        for column in first + 1..last {
            let group = self.group_at(left, right, column, middle);
            let (what, size) = if column == middle {
                (SlotContent::Label, (label.width, label.height))
            } else {
                (SlotContent::Route, (0.0, 1.0))
            };
            slots.push(self.put(what, column, size, group));
        }
        slots.push(right);
        for pair in slots.windows(2) {
            self.slots[pair[0]].after.push(pair[1]);
            self.slots[pair[1]].before.push(pair[0]);
        }
        self.chains.push(Chain { tie, slots, is_reversed });
    }

    /// The frame that an arrow is inside of: that of an end, as far as it reaches.
    fn group_at(&self, left: usize, right: usize, column: usize, middle: usize) -> Option<usize> {
        let reaches = |group: &usize| self.spans[*group].is_some_and(|(first, last)| (first..=last).contains(&column));
        let of = |slot: usize| self.slots[slot].group.filter(reaches);
        let (near, far) = if column <= middle { (left, right) } else { (right, left) };
        of(near).or_else(|| of(far))
    }

    /// A frame goes through all columns between its first and last, also where nothing of it is.
    fn frames(&mut self) {
        for group in 0..self.spans.len() {
            let Some((first, last)) = self.spans[group] else { continue };
            for column in first..=last {
                if !self.columns[column].iter().any(|&slot| self.slots[slot].group == Some(group)) {
                    self.put(SlotContent::Frame, column, (0.0, 0.0), Some(group));
                }
            }
        }
    }

    /// Number of arrows that cross others between columns.
    pub fn crossings(&self) -> usize {
        let mut places = vec![0; self.slots.len()];
        for column in &self.columns {
            column.iter().enumerate().for_each(|(place, &slot)| places[slot] = place);
        }
        self.columns.windows(2).map(|pair| inversions(self.ends(&pair[0], &places), pair[1].len())).sum()
    }

    /// Where the arrows from a column end in the next, in the order of their starts.
    fn ends(&self, column: &[usize], places: &[usize]) -> Vec<usize> {
        let mut ends = Vec::new();
        for &slot in column {
            let start = ends.len();
            ends.extend(self.slots[slot].after.iter().map(|&other| places[other]));
            ends[start..].sort_unstable();
        }
        ends
    }
}

/// Pairs in the wrong order, counted with a tree of partial sums.
fn inversions(ends: Vec<usize>, count: usize) -> usize {
    let mut sums = vec![0usize; count + 1];
    let mut found = 0;
    for (seen, end) in ends.into_iter().enumerate() {
        let (mut at, mut not_after) = (end + 1, 0);
        while at > 0 {
            not_after += sums[at];
            at &= at - 1;
        }
        found += seen - not_after;
        at = end + 1;
        while at <= count {
            sums[at] += 1;
            at += at & at.wrapping_neg();
        }
    }
    found
}
