//! Where the things of a view stand in a plane: on a ring at first, then pushed apart and pulled together by their edges.
//! No dice: the same view gives the same places.

use petgraph::visit::EdgeRef;

use super::View;

/// Rounds of pushing and pulling.
const ROUNDS: usize = 240;

/// Above so many nodes the rounds would take long: they stay on rings.
const MOST: usize = 1500;

/// The distance that two tied things like to have.
const SPACING: f64 = 120.0;

/// How hard the middle pulls.
const PULL: f64 = 2.5;

/// Places of all nodes, by index; the middle is at 0, 0, and y grows downwards.
pub fn places(view: &View) -> Vec<(f64, f64)> {
    let count = view.graph.node_count();
    let mut places: Vec<(f64, f64)> = (0..count).map(|at| spiral(at, count)).collect();
    if (2..=MOST).contains(&count) {
        for round in 0..ROUNDS {
            let heat = SPACING * (1.0 - round as f64 / ROUNDS as f64);
            step(view, &mut places, heat);
        }
    }
    // Tenths are enough for a screen, and equal on all machines.
    places.iter().map(|(x, y)| ((x * 10.0).round() / 10.0, (y * 10.0).round() / 10.0)).collect()
}

/// The golden angle spreads places evenly.
fn spiral(at: usize, count: usize) -> (f64, f64) {
    let radius = SPACING * 0.6 * ((at as f64) + 0.5).sqrt();
    let angle = at as f64 * 2.399_963_229_728_653 + count as f64 * 0.1;
    (radius * angle.cos(), radius * angle.sin())
}

fn step(view: &View, places: &mut [(f64, f64)], heat: f64) {
    let mut moves = vec![(0.0, 0.0); places.len()];
    for a in 0..places.len() {
        for b in a + 1..places.len() {
            let (dx, dy, distance) = apart(places[a], places[b]);
            let push = SPACING * SPACING / distance;
            shift(&mut moves, a, b, (dx, dy), push);
        }
    }
    for edge in view.graph.edge_references().filter(|edge| edge.source() != edge.target()) {
        let (a, b) = (edge.source().index(), edge.target().index());
        let (dx, dy, distance) = apart(places[a], places[b]);
        shift(&mut moves, a, b, (dx, dy), -distance * distance / SPACING);
    }
    for (place, (dx, dy)) in places.iter_mut().zip(moves) {
        // A light pull to the middle keeps parts that no edge ties together on one page.
        let (dx, dy) = (dx - place.0 * PULL, dy - place.1 * PULL);
        let length = dx.hypot(dy).max(1e-9);
        let reach = length.min(heat) / length;
        *place = (place.0 + dx * reach, place.1 + dy * reach);
    }
}

/// The direction from one place to another, of length 1, and the distance.
fn apart(from: (f64, f64), to: (f64, f64)) -> (f64, f64, f64) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let distance = dx.hypot(dy).max(0.01);
    (dx / distance, dy / distance, distance)
}

/// Moves two away from each other; a negative force brings them together.
fn shift(moves: &mut [(f64, f64)], a: usize, b: usize, (dx, dy): (f64, f64), force: f64) {
    moves[a].0 -= dx * force;
    moves[a].1 -= dy * force;
    moves[b].0 += dx * force;
    moves[b].1 += dy * force;
}
