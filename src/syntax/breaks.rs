//! Where a sentence ends without a full stop: headings, captions and list members that only a blank divides from what follows.
//!
//! Each place before a capital, a figure or an opening mark is seen as a few features, whose learnt weights add up; above a
//! threshold a sentence ends there. `examples/train_syntax` learns the weights.

use super::features::fingerprint;
use super::words;
use crate::model::Span;

/// Number of weights; features share them by their hash.
pub const WEIGHTS: usize = 1 << 14;

/// Number of features of a place.
pub const FEATURES: usize = 36;

/// What a weight of one is written as.
pub const UNIT: f32 = 16.0;

/// Sums above it end a sentence: the highest of the best on held-out text, for a wrong cut costs more than a missed one.
const THRESHOLD: i32 = 2;

/// What the words of a sentence told up to a place. Begin with the default, then [`Past::pass`] each token.
#[derive(Clone, Debug, Default)]
pub struct Past {
    words: usize,
    brackets: u32,
    quoted: bool,
    running: bool,
    capitals: usize,
}

impl Past {
    /// Takes in the next token's form.
    pub fn pass(&mut self, form: &str) {
        self.words += 1;
        let large = form.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        self.capitals = if large { self.capitals + 1 } else { 0 };
        self.running |= !(large || words::is_small(form) || matches!(form, "-" | "–" | "'" | "’"));
        match form {
            "(" | "[" => self.brackets += 1,
            ")" | "]" => self.brackets = self.brackets.saturating_sub(1),
            "“" => self.quoted = true,
            "”" => self.quoted = false,
            "\"" => self.quoted = !self.quoted,
            _ => {}
        }
    }
}

/// Whether the shipped weights end a sentence after token `at`, before `at + 1`. `past` has passed the sentence up to `at`.
pub fn ends(text: &str, tokens: &[Span], at: usize, past: &Past) -> bool {
    const LEARNT: &[u8] = include_bytes!("../../seeds/model/breaks.bin");
    let Some(rows) = rows(text, tokens, at, past) else { return false };
    let weight = |&row: &u16| LEARNT.get(usize::from(row)).map_or(0, |&byte| i32::from(byte as i8));
    rows.iter().map(weight).sum::<i32>() > THRESHOLD
}

/// The features of the place after token `at`, as numbers of weights; `None` if no sentence can begin there.
pub fn rows(text: &str, tokens: &[Span], at: usize, past: &Past) -> Option<[u16; FEATURES]> {
    let form = |at: usize| tokens.get(at).map_or("", |token| token.of(text));
    let back = |n: usize| if past.words > n { form(at - n) } else { "" };
    let (next, this) = (form(at + 1), form(at));
    let opens = next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "\"“‘([•«".contains(c));
    let glued = tokens.get(at + 1)?.start == tokens.get(at)?.end;
    if !opens || (glued && !is_closer(this)) {
        return None;
    }
    let [now, before, first, second] = [shape(this), shape(back(1)), shape(next), shape(form(at + 2))];
    let starter = u32::from(words::is_starter(next));
    let capitals = past.capitals.min(4) as u32;
    let title = u32::from(!past.running);
    let length = [2, 4, 8, 15, 30].iter().filter(|&&most| past.words >= most).count() as u32;
    let around = [past.brackets.min(1), u32::from(past.quoted)];
    let ending = this.char_indices().rev().nth(2).map_or(this, |(start, _)| &this[start..]);
    let mark = if matches!(this, ":" | ";" | "--" | "-" | "—") { fingerprint(this) } else { 0 };
    let seen: [[u32; 3]; FEATURES] = [
        [0; 3],
        [fingerprint(next), 0, 0],
        [first, 0, 0],
        [second, 0, 0],
        [fingerprint(form(at + 2)), 0, 0],
        [fingerprint(this), 0, 0],
        [now, 0, 0],
        [before, 0, 0],
        [fingerprint(back(1)), 0, 0],
        [capitals, 0, 0],
        [starter, 0, 0],
        [length, 0, 0],
        [title, 0, 0],
        [around[0], 0, 0],
        [around[1], 0, 0],
        [u32::from(glued), 0, 0],
        [starter, now, 0],
        [starter, capitals, 0],
        [starter, second, 0],
        [now, first, second],
        [title, capitals, second],
        [title, starter, second],
        [starter, u32::from(words::is_small(this)), 0],
        [around[0], around[1], starter],
        [title, length, 0],
        [fingerprint(ending), first, 0],
        [mark, starter, 0],
        [before << 16 | now, first, second],
        [title, now, starter],
        [capitals, second, shape(form(at + 3))],
        [fingerprint(this), starter, 0],
        [fingerprint(next), now, 0],
        [fingerprint(next), title, 0],
        [fingerprint(this), title, 0],
        [fingerprint(back(1)), fingerprint(this), 0],
        [fingerprint(form(at + 2)), title, 0],
    ];
    let mut kind = 0;
    Some(seen.map(|values| {
        kind += 1;
        (values.iter().fold(kind, |hash: u32, value| mix(hash, *value)) % WEIGHTS as u32) as u16
    }))
}

/// Whether the token is a bracket or quote that closes.
pub fn is_closer(form: &str) -> bool {
    matches!(form, ")" | "]" | "\"" | "”" | "’" | "'" | "»" | "''")
}

/// What sort of character a word begins with; capitals throughout are a sort of their own.
fn shape(word: &str) -> u32 {
    let large = |c: char| c.is_uppercase();
    match word.chars().next() {
        None => 0,
        Some(c) if large(c) => 1 + u32::from(word.len() > 1 && !word.contains(char::is_lowercase)),
        Some(c) if c.is_alphabetic() => 3,
        Some(c) if c.is_ascii_digit() => 4,
        Some(c) => 16 + c as u32,
    }
}

fn mix(hash: u32, value: u32) -> u32 {
    let mixed = (hash ^ value.wrapping_mul(0x9E37_79B1)).wrapping_mul(0x85EB_CA6B);
    mixed ^ (mixed >> 15)
}
