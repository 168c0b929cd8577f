//! What the network sees of a word: the word itself, its ends, its shape, and what sort of thing a dictionary says it can be. Each
//! is a row of a table of vectors.

use compact_str::CompactString;

use super::lemmas;
use super::lookup::Lookup;

/// Rows of the tables after that of the words: endings of 2, 3 and 4 characters, beginnings of 2 and 3, shape; then class of noun,
/// class of verb, and what else the dictionary says.
pub const ROWS: [u32; 9] = [1024, 4096, 4096, 1024, 4096, 512, 32, 16, 64];

/// Number of tables: the words and the others.
pub const TABLES: usize = 1 + ROWS.len();

/// One word, seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Features {
    /// Fingerprint of the word in lower case, digits alike; what the vocabulary is asked for.
    pub word: u32,
    /// Row of each other table.
    pub rows: [u32; ROWS.len()],
}

/// Characters kept of each end of a word.
const END: usize = 4;

impl Features {
    /// Looks at a form, without allocating (words beyond 24 bytes excepted). `classes` is the dictionary.
    pub fn of(form: &str, classes: &Lookup) -> Self {
        let mut word = SEED;
        let mut shape = SpellingShape::default();
        let mut head = [0u32; END];
        let mut tail = [0u32; END];
        let mut count = 0;
        for c in form.chars() {
            shape.add(c);
            let plain = plain(c);
            word = step(word, plain);
            if count < END {
                head[count] = plain;
            }
            tail.rotate_left(1);
            tail[END - 1] = plain;
            count += 1;
        }
        let ending = |n: usize| fold(&tail[END - n.min(count).min(END)..], 10 + n as u32);
        let beginning = |n: usize| fold(&head[..n.min(count)], 20 + n as u32);
        let hashes = [ending(2), ending(3), ending(4), beginning(2), beginning(3), shape.finish(count)];
        let [noun, verb, other] = dictionary(form, classes);
        let hashed = |i: usize| finish(hashes[i]) % ROWS[i];
        Self { word, rows: [hashed(0), hashed(1), hashed(2), hashed(3), hashed(4), hashed(5), noun, verb, other] }
    }
}

/// Class of noun, class of verb, and whether it can be adjective or adverb, noun or verb, and in which of them its own base.
fn dictionary(form: &str, classes: &Lookup) -> [u32; 3] {
    if !form.bytes().all(|b| b.is_ascii_alphabetic()) {
        return [0; 3];
    }
    let mut own = CompactString::from(form);
    own.make_ascii_lowercase();
    let (noun, verb) = (lemmas::base_of_noun(&own), lemmas::base_of_verb(&own));
    let entry = |word: &CompactString| u32::from(classes.get(fingerprint(word)));
    let (as_is, noun_class, verb_class) = (entry(&own), entry(&noun) & 31, entry(&verb) >> 5 & 15);
    let flags = [noun_class > 0, verb_class > 0, noun == own, verb == own];
    let bits = flags.iter().rev().fold(as_is >> 9 & 3, |bits, &flag| bits << 1 | u32::from(flag));
    [noun_class, verb_class, bits]
}

/// What stands for a word in the tables: the same for large and small letters, and for all digits.
pub fn fingerprint(word: &str) -> u32 {
    word.chars().fold(SEED, |hash, c| step(hash, plain(c)))
}

const SEED: u32 = 2_166_136_261;

fn step(hash: u32, value: u32) -> u32 {
    (hash ^ value).wrapping_mul(16_777_619)
}

fn fold(values: &[u32], seed: u32) -> u32 {
    values.iter().fold(step(SEED, seed), |hash, &value| step(hash, value))
}

fn finish(hash: u32) -> u32 {
    let mixed = (hash ^ (hash >> 15)).wrapping_mul(0x2C1B_3C6D);
    (mixed ^ (mixed >> 12)).wrapping_mul(0x297A_2D39) >> 8
}

/// A character in lower case, all digits alike, curly apostrophes and dashes like straight ones.
fn plain(c: char) -> u32 {
    match c {
        '0'..='9' => '0' as u32,
        '’' | '‘' => '\'' as u32,
        '“' | '”' => '"' as u32,
        '–' | '—' | '‐' | '‑' => '-' as u32,
        _ if c.is_ascii() => c.to_ascii_lowercase() as u32,
        _ => c.to_lowercase().next().unwrap_or(c) as u32,
    }
}

/// Capitals, small letters, digits and signs in their order, repetitions left out.
#[derive(Default)]
struct SpellingShape {
    hash: u32,
    last: u32,
    repeats: u32,
}

impl SpellingShape {
    fn add(&mut self, c: char) {
        let class = match c {
            _ if c.is_uppercase() => 1,
            _ if c.is_alphabetic() => 2,
            _ if c.is_numeric() => 3,
            _ => 16 + plain(c),
        };
        self.repeats = if class == self.last { self.repeats + 1 } else { 0 };
        self.last = class;
        // A second capital tells an acronym, and up to four digits a year.
        if self.repeats == 0 || (class == 1 && self.repeats == 1) || (class == 3 && self.repeats < 4) {
            self.hash = step(self.hash, class);
        }
    }

    fn finish(self, count: usize) -> u32 {
        step(self.hash, (count.min(3)) as u32)
    }
}
