//! Coordinates out of slots: the columns side by side, with more room where arrows are steep; and the ways of the arrows.

use super::pack::DrawnPart;
use super::sketch::{Chain, Sketch, SlotContent};
use super::{Frame, PADDING, Route};

/// Room between two columns, at least.
const GAP: f64 = 30.0;

/// What an arrow runs straight on before and after a box: its head lies flat.
const HEAD: f64 = 10.0;

/// More room for arrows that lead up or down: a share of the height, and no more than this.
const STEEP: (f64, f64) = (0.05, 36.0);

/// More room for each such arrow, and no more than this for all.
const EACH: (f64, f64) = (1.0, 48.0);

/// Room between arrows at the side of a box, at most.
const PORT: f64 = 9.0;

/// Draws a part whose slots have their heights. `sides` has top and bottom of each group, `titles` their titles' widths.
pub fn trace(sketch: &Sketch, sides: &[(f64, f64)], titles: &[f64]) -> DrawnPart {
    let columns = columns(sketch, titles);
    let ports = ports(sketch);
    let mut part = DrawnPart::default();
    for slot in &sketch.slots {
        if let SlotContent::Block(block) = slot.what {
            let middle = (columns[slot.column].0 + columns[slot.column].1) / 2.0;
            part.blocks.push((block, around((middle, slot.y), (slot.width, slot.height))));
        }
    }
    for (chain, ports) in sketch.chains.iter().zip(&ports) {
        part.lines.push((chain.tie, line(sketch, chain, *ports, &columns)));
    }
    for (group, (top, bottom)) in sides.iter().enumerate() {
        if let Some((first, last)) = sketch.spans.get(group).copied().flatten() {
            let (left, right) = (columns[first].0 - PADDING, columns[last].1 + PADDING);
            part.groups.push((group, Frame { left, top: *top, right, bottom: *bottom }));
        }
    }
    fit(part)
}

fn around((x, y): (f64, f64), (width, height): (f64, f64)) -> Frame {
    Frame { left: x - width / 2.0, top: y - height / 2.0, right: x + width / 2.0, bottom: y + height / 2.0 }
}

/// Left and right of each column.
fn columns(sketch: &Sketch, titles: &[f64]) -> Vec<(f64, f64)> {
    let mut left = 0.0;
    let mut columns = Vec::new();
    for (at, column) in sketch.columns.iter().enumerate() {
        let mut width = column.iter().map(|&slot| sketch.slots[slot].width).fold(0.0, f64::max);
        for (title, _) in titles.iter().zip(&sketch.spans).filter(|(_, span)| **span == Some((at, at))) {
            width = width.max(*title);
        }
        let rises = |&slot: &usize| {
            let slot = &sketch.slots[slot];
            slot.after.iter().map(|&to| (sketch.slots[to].y - slot.y).abs())
        };
        let steepest = column.iter().flat_map(rises).fold(0.0, f64::max);
        let steep = column.iter().flat_map(rises).filter(|rise| *rise > 20.0).count() as f64;
        columns.push((left, left + width));
        left += width + GAP + (steepest * STEEP.0).min(STEEP.1) + (steep * EACH.0).min(EACH.1);
    }
    columns
}

/// For each chain, where it leaves its first box and where it meets its last one, from their middles.
fn ports(sketch: &Sketch) -> Vec<(f64, f64)> {
    let mut ports = vec![(0.0, 0.0); sketch.chains.len()];
    let mut sides: Vec<(usize, bool, f64, usize)> = Vec::new();
    for (at, chain) in sketch.chains.iter().enumerate() {
        if let [first, second, .., before, last] = chain.slots[..] {
            sides.push((first, true, sketch.slots[second].y, at));
            sides.push((last, false, sketch.slots[before].y, at));
        } else if let [first, between, last] = chain.slots[..] {
            sides.push((first, true, sketch.slots[between].y, at));
            sides.push((last, false, sketch.slots[between].y, at));
        }
    }
    sides.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)).then(a.3.cmp(&b.3)));
    for side in sides.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        for (place, &(slot, is_start, _, chain)) in side.iter().enumerate() {
            let room = sketch.slots[slot].height / (side.len() as f64 + 1.0);
            let y = (place as f64 - (side.len() as f64 - 1.0) / 2.0) * room.min(PORT);
            if is_start {
                ports[chain].0 = y;
            } else {
                ports[chain].1 = y;
            }
        }
    }
    ports
}

fn line(sketch: &Sketch, chain: &Chain, (start, end): (f64, f64), columns: &[(f64, f64)]) -> Route {
    let mut line = Route::default();
    let count = chain.slots.len();
    for (at, &slot) in chain.slots.iter().enumerate() {
        let slot = &sketch.slots[slot];
        let (left, right) = columns[slot.column];
        let middle = (left + right) / 2.0;
        let points = match at {
            0 => [(middle + slot.width / 2.0, slot.y + start), (right + HEAD, slot.y + start)],
            _ if at + 1 == count => [(left - HEAD, slot.y + end), (middle - slot.width / 2.0, slot.y + end)],
            _ => [(left, slot.y), (right, slot.y)],
        };
        line.points.extend(points);
        if slot.what == SlotContent::Label {
            line.label = around((middle, slot.y), (slot.width, slot.height));
        }
    }
    if chain.is_reversed {
        line.points.reverse();
    }
    line
}

/// Moves a part to 0, 0 and measures it.
fn fit(mut part: DrawnPart) -> DrawnPart {
    let boxes = || part.blocks.iter().chain(&part.groups).map(|(_, frame)| frame);
    let frames = || boxes().chain(part.lines.iter().map(|(_, line)| &line.label));
    let points = || part.lines.iter().flat_map(|(_, line)| line.points.iter());
    let left = frames().map(|frame| frame.left).chain(points().map(|point| point.0)).fold(f64::MAX, f64::min);
    let top = frames().map(|frame| frame.top).chain(points().map(|point| point.1)).fold(f64::MAX, f64::min);
    let right = frames().map(|frame| frame.right).chain(points().map(|point| point.0)).fold(f64::MIN, f64::max);
    let bottom = frames().map(|frame| frame.bottom).chain(points().map(|point| point.1)).fold(f64::MIN, f64::max);
    let shift = (-left, -top);
    part.blocks.iter_mut().for_each(|(_, frame)| *frame = frame.shifted(shift));
    part.groups.iter_mut().for_each(|(_, frame)| *frame = frame.shifted(shift));
    for (_, line) in &mut part.lines {
        line.points.iter_mut().for_each(|point| *point = (point.0 + shift.0, point.1 + shift.1));
        line.label = line.label.shifted(shift);
    }
    part.size = (right - left, bottom - top);
    part
}
