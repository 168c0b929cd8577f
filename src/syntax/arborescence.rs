//! The best tree over scored arcs: each word's best head if that is a tree without crossing arcs, else the best such tree; for
//! very long sentences the best tree that may cross, by the algorithm of Chu, Liu and Edmonds.

use super::projective;

/// Room used again for the next sentence.
#[derive(Debug, Default)]
pub struct Workspace {
    head: Vec<usize>,
    seen: Vec<u32>,
    projective: projective::Workspace,
}

/// Longest sentence whose crossing arcs are looked into: that work grows with the cube of the length.
const LONGEST_PROJECTIVE: usize = 120;

impl Workspace {
    /// `scores[word · (words + 1) + head]`, head 0 being the root and head i + 1 word i. Gives each word's head, `None` for the
    /// root's only dependent.
    pub fn best(&mut self, scores: &[f32], words: usize, out: &mut Vec<Option<u32>>) {
        out.clear();
        if words == 0 {
            return;
        }
        self.head.clear();
        self.head.extend(scores.chunks_exact(words + 1).map(|row| highest_of(row, |_| true)));
        let roots = self.head.iter().filter(|&&head| head == 0).count();
        let tree = roots == 1 && !self.has_cycle();
        if words > LONGEST_PROJECTIVE {
            if !tree {
                self.head = contract(scores, words);
            }
        } else if !tree || projective::crosses(&self.head) {
            self.projective.best(scores, words, &mut self.head);
        }
        out.extend(self.head.iter().map(|&head| head.checked_sub(1).map(|head| head as u32)));
    }

    fn has_cycle(&mut self) -> bool {
        find_cycle(&self.head, &mut self.seen).is_some()
    }
}

fn highest_of<T: PartialOrd + Copy>(row: &[T], allowed: impl Fn(usize) -> bool) -> usize {
    let mut found = usize::MAX;
    for (i, &score) in row.iter().enumerate() {
        if allowed(i) && (found == usize::MAX || score > row[found]) {
            found = i;
        }
    }
    found
}

/// A word on a cycle, if there is one. `head[i]` is 0 for the root, j + 1 for word j.
fn find_cycle(head: &[usize], seen: &mut Vec<u32>) -> Option<usize> {
    seen.clear();
    seen.resize(head.len(), 0);
    for start in 0..head.len() {
        let mark = start as u32 + 1;
        let mut at = start;
        while seen[at] == 0 {
            seen[at] = mark;
            match head[at].checked_sub(1) {
                Some(next) => at = next,
                None => break,
            }
        }
        if seen[at] == mark && head[at] != 0 && on_cycle(head, at) {
            return Some(at);
        }
    }
    None
}

fn on_cycle(head: &[usize], from: usize) -> bool {
    let mut at = from;
    for _ in 0..head.len() {
        match head[at].checked_sub(1) {
            Some(next) if next == from => return true,
            Some(next) => at = next,
            None => return false,
        }
    }
    false
}

/// Arcs out of the root cost this much, so that the best tree has as few of them as can be: one.
const ROOT_TOLL: f64 = 1e6;

/// Chu, Liu and Edmonds, by contracting cycles into one of their nodes until none is left, then undoing that in reverse.
fn contract(scores: &[f32], words: usize) -> Vec<usize> {
    let size = words + 1;
    // weight[d * size + h]: node h as head of node d; node 0 is the root.
    let mut weight = vec![f64::MIN; size * size];
    for word in 0..words {
        for head in 0..size {
            let toll = if head == 0 { ROOT_TOLL } else { 0.0 };
            if head != word + 1 {
                weight[(word + 1) * size + head] = f64::from(scores[word * size + head]) - toll;
            }
        }
    }
    let members = (0..size as u32).map(|node| vec![node]).collect();
    Contraction { size, weight, real: real_arcs(size), alive: vec![true; size], members }.solve()
}

/// For each pair of nodes, the arc between words that it stands for.
fn real_arcs(size: usize) -> Vec<(u32, u32)> {
    (0..size * size).map(|i| ((i / size) as u32, (i % size) as u32)).collect()
}

struct Contraction {
    size: usize,
    weight: Vec<f64>,
    real: Vec<(u32, u32)>,
    alive: Vec<bool>,
    /// The nodes that each node has swallowed, itself included.
    members: Vec<Vec<u32>>,
}

/// A contraction that has to be undone: for each node of the cycle its members and the arc into it.
type Undo = Vec<(Vec<u32>, (u32, u32))>;

impl Contraction {
    fn solve(mut self) -> Vec<usize> {
        let mut history: Vec<Undo> = Vec::new();
        let mut head: Vec<usize> =
            (0..self.size).map(|node| if node == 0 { 0 } else { self.best_head(node) }).collect();
        while let Some(cycle) = self.cycle(&head) {
            let arc = |node: usize| self.real[node * self.size + head[node]];
            history.push(cycle.iter().map(|&node| (self.members[node].clone(), arc(node))).collect());
            self.merge(&cycle, &head);
            // Nobody else's best head gets worse: who hung on one of the cycle hangs on the whole now.
            let keep = cycle[0];
            for node in (1..self.size).filter(|&node| self.alive[node]) {
                if cycle.contains(&head[node]) {
                    head[node] = keep;
                }
            }
            head[keep] = self.best_head(keep);
        }
        self.unfold(&head, history)
    }

    fn best_head(&self, node: usize) -> usize {
        let row = &self.weight[node * self.size..(node + 1) * self.size];
        highest_of(row, |head| self.alive[head] && head != node)
    }

    /// The nodes of a cycle among the alive ones.
    fn cycle(&self, head: &[usize]) -> Option<Vec<usize>> {
        let mut seen = vec![0usize; self.size];
        for start in 1..self.size {
            let mut at = start;
            while self.alive[start] && at != 0 && seen[at] == 0 {
                seen[at] = start;
                at = head[at];
            }
            if self.alive[start] && at != 0 && seen[at] == start {
                let mut cycle = vec![at];
                let mut next = head[at];
                while next != at {
                    cycle.push(next);
                    next = head[next];
                }
                return Some(cycle);
            }
        }
        None
    }

    /// Makes the cycle one node: its first.
    fn merge(&mut self, cycle: &[usize], head: &[usize]) {
        let size = self.size;
        let keep = cycle[0];
        let own: Vec<f64> = cycle.iter().map(|&node| self.weight[node * size + head[node]]).collect();
        for other in (0..size).filter(|&other| self.alive[other] && !cycle.contains(&other)) {
            let mut into = (f64::MIN, (0, 0));
            let mut from = (f64::MIN, (0, 0));
            for (&node, own) in cycle.iter().zip(&own) {
                let entering = node * size + other;
                let leaving = other * size + node;
                if self.weight[entering] > f64::MIN && (into.0 == f64::MIN || self.weight[entering] - own > into.0) {
                    into = (self.weight[entering] - own, self.real[entering]);
                }
                if self.weight[leaving] > from.0 {
                    from = (self.weight[leaving], self.real[leaving]);
                }
            }
            (self.weight[keep * size + other], self.real[keep * size + other]) = into;
            (self.weight[other * size + keep], self.real[other * size + keep]) = from;
        }
        for &node in &cycle[1..] {
            self.alive[node] = false;
            let swallowed = std::mem::take(&mut self.members[node]);
            self.members[keep].extend(swallowed);
        }
    }

    /// Heads of the words: the last tree's arcs win, then each contraction's from the last to the first. A node of a cycle
    /// that an arc from outside has entered already, at whichever member, loses its arc of the cycle.
    fn unfold(&self, head: &[usize], history: Vec<Undo>) -> Vec<usize> {
        let mut found = vec![usize::MAX; self.size];
        for node in (1..self.size).filter(|&node| self.alive[node]) {
            let (dependent, from) = self.real[node * self.size + head[node]];
            found[dependent as usize] = from as usize;
        }
        for (members, (dependent, from)) in history.into_iter().rev().flatten() {
            if members.iter().all(|&member| found[member as usize] == usize::MAX) {
                found[dependent as usize] = from as usize;
            }
        }
        found.into_iter().skip(1).map(|head| if head == usize::MAX { 0 } else { head }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The best tree with one root, by trying all: without crossing arcs if `projective`.
    fn by_trying(scores: &[f32], words: usize, projective: bool) -> f32 {
        let mut best = f32::MIN;
        let mut head = vec![0; words];
        loop {
            let roots = head.iter().filter(|&&head| head == 0).count();
            let tree = roots == 1 && find_cycle(&head, &mut Vec::new()).is_none();
            if tree && !(projective && projective::crosses(&head)) {
                best = best.max(total(scores, &head));
            }
            let Some(at) = head.iter().position(|&head| head < words) else { return best };
            head[at] += 1;
            head[..at].fill(0);
        }
    }

    fn total(scores: &[f32], head: &[usize]) -> f32 {
        head.iter().enumerate().map(|(word, head)| scores[word * (head_count(head, scores)) + head]).sum()
    }

    fn head_count(_: &usize, scores: &[f32]) -> usize {
        (1..).find(|words| words * (words + 1) == scores.len()).map_or(1, |words| words + 1)
    }

    #[test]
    fn finds_the_best_tree() {
        let mut state = 1u32;
        for round in 0..400 {
            let words = 1 + round % 5;
            let mut scores: Vec<f32> = (0..words * (words + 1))
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 16) as f32 / 1000.0
                })
                .collect();
            for word in 0..words {
                scores[word * (words + 1) + word + 1] = f32::MIN;
            }
            let mut heads = Vec::new();
            Workspace::default().best(&scores, words, &mut heads);
            let heads: Vec<usize> = heads.iter().map(|head| head.map_or(0, |head| head as usize + 1)).collect();
            assert_eq!(heads.iter().filter(|&&head| head == 0).count(), 1);
            for (heads, projective) in [(heads, true), (contract(&scores, words), false)] {
                let wanted = by_trying(&scores, words, projective);
                assert!((total(&scores, &heads) - wanted).abs() < 0.01, "{words} words: {heads:?} in {scores:?}");
            }
        }
    }
}
