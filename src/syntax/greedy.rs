//! The first tagger and parser: hashed features, averaged perceptrons, greedy arc-hybrid transitions, labels afterwards.

use crate::model::{Deprel, Upos};

/// log2 of the number of rows of each table: tagger, transitions, labels.
pub const BITS: [u32; 3] = [16, 18, 15];
/// Scores in one row of each table.
pub const WIDTH: [usize; 3] = [17, 4, 51];
/// Shift, left arc, right arc.
pub const MOVES: usize = 3;

/// The weights, as they lie in the file: three tables of little-endian i16.
#[derive(Debug)]
pub struct Tables {
    data: Vec<i16>,
}

/// Sums of rows.
pub type Scores = [i32; 51];

impl Tables {
    /// Reads the file; `None` if its length is wrong.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        let wanted: usize = (0..3).map(|i| WIDTH[i] << BITS[i]).sum();
        (bytes.len() == wanted * 2)
            .then(|| Self { data: bytes.chunks_exact(2).map(|b| i16::from_le_bytes([b[0], b[1]])).collect() })
    }

    /// Adds up the rows of `features` in table `table`.
    pub fn score(&self, table: usize, features: &[u32]) -> Scores {
        let base: usize = (0..table).map(|i| WIDTH[i] << BITS[i]).sum();
        let mut scores = [0; 51];
        for &feature in features {
            let row = base + (feature >> (32 - BITS[table])) as usize * WIDTH[table];
            for (score, &weight) in scores.iter_mut().zip(&self.data[row..row + WIDTH[table]]) {
                *score += weight as i32;
            }
        }
        scores
    }
}

/// Hash of a word in lower case.
pub fn hash(text: &str) -> u32 {
    text.chars().flat_map(char::to_lowercase).fold(2166136261u32, |h, c| (h ^ c as u32).wrapping_mul(16777619))
}

/// What the models see of a word.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    word: u32,
    suffix: [u32; 4],
    prefix: u32,
    shape: u32,
}

impl Word {
    /// Looks at a form.
    pub fn new(form: &str) -> Self {
        let lower: Vec<char> = form.chars().flat_map(char::to_lowercase).collect();
        let tail = |n: usize| hash(&lower[lower.len().saturating_sub(n)..].iter().collect::<String>());
        let mut shape = 0u32;
        let mut previous = 9;
        for c in form.chars() {
            let class = if c.is_uppercase() {
                1
            } else if c.is_alphabetic() {
                2
            } else if c.is_numeric() {
                3
            } else {
                4 + c as u32 % 50
            };
            if class != previous {
                shape = shape.wrapping_mul(64).wrapping_add(class);
                previous = class;
            }
        }
        let prefix = hash(&lower[..lower.len().min(3)].iter().collect::<String>());
        Self { word: hash(form), suffix: [tail(1), tail(2), tail(3), tail(4)], prefix, shape }
    }
}

fn mix(kind: u32, a: u32, b: u32) -> u32 {
    let mut h = kind.wrapping_mul(0x9E37_79B9) ^ a.wrapping_mul(0x85EB_CA6B);
    h = (h ^ (h >> 15)).wrapping_mul(0xC2B2_AE35) ^ b.wrapping_mul(0x27D4_EB2F);
    h = (h ^ (h >> 13)).wrapping_mul(0x165667B1);
    h ^ (h >> 16)
}

/// Features of word `i`, given the tags to its left.
pub fn tag_features(words: &[Word], tags: &[Upos], i: usize, out: &mut Vec<u32>) {
    out.clear();
    let at = |d: isize| i.checked_add_signed(d).and_then(|j| words.get(j)).copied().unwrap_or_default();
    let tag = |d: usize| i.checked_sub(d).map_or(99, |j| tags[j] as u32);
    let (w, l, r) = (at(0), at(-1), at(1));
    let mut add = |a: u32, b: u32| out.push(mix(100 + out.len() as u32, a, b));
    add(1, 1);
    add(w.word, 0);
    add(w.suffix[0], w.shape);
    add(w.suffix[1], 0);
    add(w.suffix[2], 0);
    add(w.suffix[3], 0);
    add(w.prefix, 0);
    add(w.shape, (i == 0) as u32);
    add(w.shape, l.shape);
    add(tag(1), 0);
    add(tag(1), tag(2));
    add(tag(1), w.word);
    add(tag(1), w.suffix[2]);
    add(l.word, 0);
    add(l.word, w.word);
    add(l.word, w.suffix[2]);
    add(l.suffix[2], 0);
    add(at(-2).word, 0);
    add(r.word, 0);
    add(r.word, w.word);
    add(r.suffix[2], w.suffix[2]);
    add(r.suffix[2], 0);
    add(r.shape, w.shape);
    add(at(2).word, 0);
    add(at(2).suffix[2], 0);
    add(tag(1), r.word);
}

/// Where the parser is: arc-hybrid, with the root as a token past the end.
#[derive(Clone, Debug)]
pub struct State {
    stack: Vec<usize>,
    buffer: usize,
    count: usize,
    heads: Vec<Option<u32>>,
    left: Vec<[u32; 3]>,
    right: Vec<[u32; 3]>,
}

impl State {
    /// Before the first word of `count`.
    pub fn new(count: usize) -> Self {
        let none = vec![[u32::MAX, u32::MAX, 0]; count + 1];
        Self { stack: Vec::new(), buffer: 0, count, heads: vec![None; count], left: none.clone(), right: none }
    }

    /// Whether all is attached.
    pub fn done(&self) -> bool {
        self.stack.is_empty() && self.buffer == self.count
    }

    /// The heads found; `count` stands for the root.
    pub fn heads(&self) -> &[Option<u32>] {
        &self.heads
    }

    /// Which of shift, left, right are possible.
    pub fn allowed(&self) -> [bool; 3] {
        let one = !self.stack.is_empty();
        let at_end = self.buffer == self.count;
        [!at_end, one && (!at_end || self.stack.len() == 1), self.stack.len() > 1]
    }

    /// What each move costs against the gold heads (`count` for the root): the dynamic oracle of arc-hybrid.
    pub fn costs(&self, gold: &[u32]) -> [i32; 3] {
        let b = self.buffer as u32;
        let Some(&s0) = self.stack.last() else { return [0, 0, 0] };
        let s1 = self.stack.len().checked_sub(2).map(|i| self.stack[i]);
        let below = &self.stack[..self.stack.len() - 1];
        let head = gold[s0];
        let in_buffer_gold = (self.buffer..self.count).filter(|&k| gold[k] as usize == s0).count() as i32;
        let left = in_buffer_gold + (head != b && (head as usize > self.buffer || s1 == Some(head as usize))) as i32;
        let right = in_buffer_gold + (head >= b) as i32;
        let mut shift = 0;
        if self.buffer < self.count {
            shift = self.stack.iter().filter(|&&s| gold[s] == b).count() as i32
                + below.iter().any(|&s| gold[self.buffer] as usize == s) as i32;
        }
        [shift, left, right]
    }

    /// Performs a move: 0 shift, 1 left, 2 right.
    pub fn apply(&mut self, action: usize) {
        match action {
            0 => {
                self.stack.push(self.buffer);
                self.buffer += 1;
            }
            1 => {
                let Some(s0) = self.stack.pop() else { return };
                self.attach(self.buffer, s0);
            }
            _ => {
                let Some(s0) = self.stack.pop() else { return };
                if let Some(&s1) = self.stack.last() {
                    self.attach(s1, s0);
                }
            }
        }
    }

    fn attach(&mut self, head: usize, child: usize) {
        self.heads[child] = Some(head as u32);
        let side = if child < head { &mut self.left[head] } else { &mut self.right[head] };
        side[1] = side[0];
        side[0] = child as u32;
        side[2] += 1;
    }
}

/// Features of a state.
pub fn move_features(words: &[Word], tags: &[Upos], state: &State, out: &mut Vec<u32>) {
    out.clear();
    let n = state.stack.len();
    let s = |d: usize| n.checked_sub(d + 1).map(|i| state.stack[i]);
    let w = |i: Option<usize>| i.and_then(|i| words.get(i)).map_or(7, |w| w.word);
    let x = |i: Option<usize>| i.and_then(|i| words.get(i)).map_or(7, |w| w.suffix[2]);
    let t = |i: Option<usize>| i.and_then(|i| tags.get(i)).map_or(30, |&t| t as u32);
    let child = |side: &[[u32; 3]], i: Option<usize>, k: usize| {
        i.map(|i| side[i][k]).filter(|&c| c != u32::MAX).map(|c| c as usize)
    };
    let valency = |side: &[[u32; 3]], i: Option<usize>| i.map_or(9, |i| side[i][2].min(5));
    let (s0, s1, s2) = (s(0), s(1), s(2));
    let b = |d: usize| Some(state.buffer + d).filter(|&i| i < words.len());
    let (b0, b1, b2) = (b(0), b(1), b(2));
    let distance = |a: Option<usize>, b: usize| a.map_or(0, |a| (b - a).min(10) as u32);
    let (s0l, s0r, s1r, s1l) =
        (child(&state.left, s0, 0), child(&state.right, s0, 0), child(&state.right, s1, 0), child(&state.left, s1, 0));
    let b0l = child(&state.left, b0, 0);
    let tt = |a, b| t(a) * 32 + t(b);
    let ttt = |a, b, c| (t(a) * 32 + t(b)) * 32 + t(c);
    let mut add = |a: u32, b: u32| out.push(mix(300 + out.len() as u32, a, b));
    for i in [s0, s1, s2, b0, b1, b2] {
        add(w(i), t(i));
        add(t(i), 0);
        add(x(i), t(i));
        add(w(i), 0);
    }
    for (i, j) in [(s0, b0), (s1, s0), (s0, b1), (b0, b1), (s1, b0)] {
        add(w(i), w(j));
        add(w(i), t(j));
        add(t(i), w(j));
        add(tt(i, j), 0);
        add(x(i), x(j));
        add(w(i).wrapping_add(t(i)), tt(i, j));
    }
    for (i, j, k) in [
        (s0, b0, b1),
        (s1, s0, b0),
        (s2, s1, s0),
        (b0, b1, b2),
        (s0, s0l, b0),
        (s0, s0r, b0),
        (s1, s1r, s0),
        (s1, s1l, s0),
        (s0, b0, b0l),
        (s1, s0, s0r),
        (s1, s0, s0l),
    ] {
        add(ttt(i, j, k), 0);
        add(w(i), tt(j, k));
        add(w(j), tt(i, k));
        add(w(k), tt(i, j));
    }
    let d0 = distance(s0, state.buffer);
    let d1 = s0.map_or(0, |s0| distance(s1, s0));
    add(d0, tt(s0, b0));
    add(d1, tt(s1, s0));
    add(d0, w(s0));
    add(d0, w(b0));
    add(d1, w(s1));
    for i in [s0, s1, b0] {
        let (l, r) = (valency(&state.left, i), valency(&state.right, i));
        add(w(i), l);
        add(t(i), l);
        add(w(i), 16 + r);
        add(t(i), 16 + r);
        add(t(i), 64 + l * 10 + r);
    }
    add(ttt(s1, s0, b0), t(b1));
    add(ttt(s2, s1, s0), t(b0));
    add(ttt(s0, b0, b1), t(b2));
}

/// Features of the arc from `head` (`None`: the root) to `child`.
pub fn label_features(
    words: &[Word],
    tags: &[Upos],
    heads: &[Option<u32>],
    head: Option<usize>,
    child: usize,
    out: &mut Vec<u32>,
) {
    out.clear();
    let w = |i: Option<usize>| i.and_then(|i| words.get(i)).map_or(7, |w| w.word);
    let x = |i: Option<usize>| i.and_then(|i| words.get(i)).map_or(7, |w| w.suffix[2]);
    let t = |i: Option<usize>| i.and_then(|i| tags.get(i)).map_or(30, |&t| t as u32);
    let c = Some(child);
    let side = head.map_or(2, |h| (h < child) as u32);
    let distance = head.map_or(0, |h| h.abs_diff(child).min(6) as u32);
    let kids =
        |parent: usize| heads.iter().enumerate().filter(move |(_, h)| **h == Some(parent as u32)).map(|(i, _)| i);
    let first = kids(child).next();
    let last = kids(child).next_back();
    let tt = |a, b| t(a) * 32 + t(b) + 1024 * side;
    let mut add = |a: u32, b: u32| out.push(mix(600 + out.len() as u32, a, b));
    for i in [c, head] {
        add(w(i), side);
        add(t(i), side);
        add(x(i), side);
    }
    add(w(c), w(head));
    add(w(c), tt(c, head));
    add(w(head), tt(c, head));
    add(x(c), tt(c, head));
    add(x(head), tt(c, head));
    add(tt(c, head), distance);
    add(w(first), tt(c, head));
    add(w(last), tt(c, head));
    add(tt(c, head), t(first) * 32 + t(last));
    add(w(first), w(head));
    let near = |i: Option<usize>, d: isize| i.and_then(|i| i.checked_add_signed(d));
    add(tt(c, head), t(near(c, -1)));
    add(tt(c, head), t(near(c, 1)));
    add(tt(c, head), t(near(head, -1)));
    add(tt(c, head), t(near(head, 1)));
    add(w(near(c, -1)), tt(c, head));
    add(w(near(c, 1)), tt(c, head));
    if let Some(h) = head {
        for k in kids(h) {
            let place = (k < child) as u32 + 2 * (k < h) as u32;
            if k != child {
                out.push(mix(700, t(Some(k)) * 8 + place, tt(c, head)));
                out.push(mix(701, w(Some(k)), tt(c, head).wrapping_mul(8) + place));
            }
        }
    }
}

/// Tags, heads and labels of a sentence.
pub fn parse(tables: &Tables, forms: &[&str]) -> (Vec<Upos>, Vec<Option<u32>>, Vec<Deprel>) {
    let words: Vec<Word> = forms.iter().map(|form| Word::new(form)).collect();
    let mut features = Vec::new();
    let mut tags = Vec::with_capacity(words.len());
    for i in 0..words.len() {
        tag_features(&words, &tags, i, &mut features);
        let scores = tables.score(0, &features);
        tags.push(Upos::ALL[best(&scores[..17], |_| true)]);
    }
    let mut state = State::new(words.len());
    while !state.done() {
        move_features(&words, &tags, &state, &mut features);
        let scores = tables.score(1, &features);
        let allowed = state.allowed();
        state.apply(best(&scores[..MOVES], |i| allowed[i]));
    }
    let heads: Vec<Option<u32>> =
        state.heads().iter().map(|head| head.filter(|&h| (h as usize) < words.len())).collect();
    let labels = (0..words.len())
        .map(|child| match heads[child] {
            None => Deprel::Root,
            Some(head) => {
                label_features(&words, &tags, &heads, Some(head as usize), child, &mut features);
                let scores = tables.score(2, &features);
                Deprel::ALL[best(&scores, |i| Deprel::ALL[i] != Deprel::Root)]
            }
        })
        .collect();
    (tags, heads, labels)
}

/// Index of the highest score among those that `allowed` lets through; the first of equals.
pub fn best(scores: &[i32], allowed: impl Fn(usize) -> bool) -> usize {
    let mut found = 0;
    let mut highest = i64::MIN;
    for (i, &score) in scores.iter().enumerate() {
        if allowed(i) && score as i64 > highest {
            highest = score as i64;
            found = i;
        }
    }
    found
}
