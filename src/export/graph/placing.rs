//! Boxes for the things of a drawing: as large as their labels, where the layout puts them, none over another.

use unicode_width::UnicodeWidthStr;

use super::sheet::Sheet;
use crate::export::dot::text::wrapped;

/// Width of a character and height of a line, in points.
const CHARACTER: f64 = 6.3;
const LINE: f64 = 13.0;

/// Room between two boxes.
const GAP: (f64, f64) = (70.0, 34.0);

/// Rounds of pushing apart, at most.
const ROUNDS: usize = 400;

/// A thing's box, by its middle.
#[derive(Clone, Debug)]
pub struct Placed {
    /// The label's lines.
    pub lines: Vec<String>,
    /// Middle.
    pub x: f64,
    /// Middle.
    pub y: f64,
    /// Whole width.
    pub width: f64,
    /// Whole height.
    pub height: f64,
}

impl Placed {
    /// Where a line from the middle towards a point leaves the box.
    pub fn border(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let (dx, dy) = (x - self.x, y - self.y);
        let reach = |half: f64, way: f64| if way.abs() < 1e-9 { f64::MAX } else { half / way.abs() };
        let part = reach(self.width / 2.0, dx).min(reach(self.height / 2.0, dy)).min(1.0);
        (self.x + dx * part, self.y + dy * part)
    }
}

/// The boxes of all nodes, by index; wider than high, as screens are.
pub fn placed(sheet: &Sheet<'_>) -> Vec<Placed> {
    let mut all: Vec<Placed> = sheet
        .nodes
        .iter()
        .map(|node| {
            let acronym = node.values[2].to_string();
            let tail = if acronym.is_empty() { String::new() } else { format!("({acronym})") };
            let lines: Vec<String> = wrapped(&node.label, &tail).lines().map(str::to_owned).collect();
            let widest = lines.iter().map(|line| line.width()).max().unwrap_or(1);
            Placed {
                x: node.place.0 * 1.7,
                y: node.place.1 * 1.1,
                width: widest as f64 * CHARACTER + 18.0,
                height: lines.len().max(1) as f64 * LINE + 10.0,
                lines,
            }
        })
        .collect();
    for _ in 0..ROUNDS {
        if !push_apart(&mut all) {
            break;
        }
    }
    all
}

/// Moves boxes that touch out of each other's way, along the shorter way out; whether any did.
fn push_apart(all: &mut [Placed]) -> bool {
    let mut moved = false;
    for a in 0..all.len() {
        for b in a + 1..all.len() {
            let (dx, dy) = (all[b].x - all[a].x, all[b].y - all[a].y);
            let over_x = (all[a].width + all[b].width) / 2.0 + GAP.0 - dx.abs();
            let over_y = (all[a].height + all[b].height) / 2.0 + GAP.1 - dy.abs();
            if over_x <= 0.0 || over_y <= 0.0 {
                continue;
            }
            moved = true;
            if over_x < over_y {
                let way = if dx < 0.0 { -over_x } else { over_x } / 2.0;
                all[a].x -= way;
                all[b].x += way;
            } else {
                let way = if dy < 0.0 { -over_y } else { over_y } / 2.0;
                all[a].y -= way;
                all[b].y += way;
            }
        }
    }
    moved
}
