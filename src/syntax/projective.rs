//! The best tree without crossing arcs (Eisner's algorithm). English hardly ever crosses arcs, so where every word's own
//! best head gives crossing ones, one of them is wrong, and this finds out which.

/// Room used again for the next sentence.
#[derive(Debug, Default)]
pub struct Workspace {
    /// Best spans whose head is their left end: `right[left · size + right end]`, and turned: `[right end · size + left]`.
    right: Vec<f32>,
    right_turned: Vec<f32>,
    /// Best spans whose head is their right end, turned only.
    left: Vec<f32>,
    left_turned: Vec<f32>,
    /// The same with the arc between the ends just drawn.
    arc_right: Vec<f32>,
    arc_left_turned: Vec<f32>,
    split: Vec<[u16; 3]>,
    open: Vec<(usize, usize, bool)>,
}

impl Workspace {
    /// `scores[word · (words + 1) + head]`, head 0 being the root; `heads` gets, for each word, 0 for the root, i + 1 for word i.
    pub fn best(&mut self, scores: &[f32], words: usize, heads: &mut [usize]) {
        let size = words + 1;
        for table in [&mut self.right, &mut self.right_turned, &mut self.left, &mut self.left_turned] {
            table.clear();
            table.resize(size * size, 0.0);
        }
        for table in [&mut self.arc_right, &mut self.arc_left_turned] {
            table.clear();
            table.resize(size * size, f32::MIN);
        }
        self.split.clear();
        self.split.resize(size * size, [0; 3]);
        for length in 1..words {
            for from in 1..size - length {
                self.fill(scores, size, from, from + length);
            }
        }
        // The root's one dependent heads all words to its left and all to its right.
        let whole = |word: usize| self.left[size + word] + self.right[word * size + words] + scores[(word - 1) * size];
        let top = (1..size).fold(1, |top, word| if whole(word) > whole(top) { word } else { top });
        heads[top - 1] = 0;
        self.unfold(size, [(1, top, true), (top, words, false)], heads);
    }

    fn fill(&mut self, scores: &[f32], size: usize, from: usize, to: usize) {
        let score = |dependent: usize, head: usize| scores[(dependent - 1) * size + head];
        // Two halves meet between `middle` and `middle + 1`.
        let (middle, inner) =
            highest(&self.right[from * size + from..from * size + to], &self.left_turned[to * size + from + 1..]);
        self.arc_right[from * size + to] = inner + score(to, from);
        self.arc_left_turned[to * size + from] = inner + score(from, to);
        let (at_left, left) =
            highest(&self.left[from * size + from..from * size + to], &self.arc_left_turned[to * size + from..]);
        let arcs = &self.arc_right[from * size + from + 1..=from * size + to];
        let (at_right, right) = highest(arcs, &self.right_turned[to * size + from + 1..]);
        self.left[from * size + to] = left;
        self.left_turned[to * size + from] = left;
        self.right[from * size + to] = right;
        self.right_turned[to * size + from] = right;
        self.split[from * size + to] = [(from + middle) as u16, (from + at_left) as u16, (from + 1 + at_right) as u16];
    }

    /// Follows the splits down from spans: their ends, and whether the head is at the right one.
    fn unfold(&mut self, size: usize, spans: [(usize, usize, bool); 2], heads: &mut [usize]) {
        self.open.clear();
        self.open.extend(spans);
        while let Some((from, to, head_right)) = self.open.pop() {
            if from == to {
                continue;
            }
            let [_, at_left, at_right] = self.split[from * size + to];
            let (arc_from, arc_to) = if head_right { (at_left as usize, to) } else { (from, at_right as usize) };
            if head_right {
                heads[arc_from - 1] = arc_to;
                self.open.push((from, arc_from, true));
            } else {
                heads[arc_to - 1] = arc_from;
                self.open.push((arc_to, to, false));
            }
            let middle = self.split[arc_from * size + arc_to][0] as usize;
            self.open.push((arc_from, middle, false));
            self.open.push((middle + 1, arc_to, true));
        }
    }
}

/// Where the sum of two rows is highest, and that sum; as far as the first row goes.
#[inline(always)]
fn highest(a: &[f32], b: &[f32]) -> (usize, f32) {
    let mut best = f32::NEG_INFINITY;
    let mut at = 0;
    for (i, (x, y)) in a.iter().zip(b).enumerate() {
        let sum = x + y;
        if sum > best {
            best = sum;
            at = i;
        }
    }
    (at, best)
}

/// Whether two arcs cross. `head[i]` is 0 for the root, j + 1 for word j.
pub fn crosses(head: &[usize]) -> bool {
    let ends = |i: usize| (head[i].min(i + 1), head[i].max(i + 1));
    (0..head.len()).any(|i| {
        let (from, to) = ends(i);
        // Only words under the arc can have an arc that leaves it.
        (from.max(1)..to.saturating_sub(1)).any(|inner| {
            let (start, end) = ends(inner);
            inner + 1 != from && (start < from || end > to)
        })
    })
}
