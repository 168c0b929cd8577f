//! What a misprinted name may have been: the words of its vocabulary that its own may stand for, put together anew. Each
//! guess costs one look-up by hash, so that no list of all names need be walked.

use fst::{IntoStreamer, Set, Streamer};

use super::near::Near;
use super::words::is_strict;
use crate::link::normal::{Bag, Word, words};

/// Guesses at most: a long name of short words allows more than anybody would wait for.
const GUESSES: usize = 20_000;

/// Bytes of a word under which it may be a misprint of a small word, which no bag holds.
const SHORT: usize = 5;

/// Another word that a word may stand for.
#[derive(Clone, Copy)]
struct Other {
    word: Word,
    edits: u8,
}

/// A word of the name.
struct WordPart<'a> {
    text: &'a str,
    word: Word,
    is_known: bool,
    others: Vec<Other>,
}

/// Guesses of the hash of a name that has at most `most` faults (see [`guesses`]).
struct Guesser<'a, D, V> {
    known: &'a Set<D>,
    parts: Vec<WordPart<'a>>,
    whole: Bag,
    most: u8,
    left: usize,
    visit: V,
}

/// Calls `visit` with hashes that names have which differ from a normalised one by at most `most` letters: within words
/// (numbers excepted, and the first letter of the name), or by a blank too many or too few. A word that the vocabulary has
/// bears one fault. The likeliest come first, and the same one may come twice.
pub fn guesses<D: AsRef<[u8]>>(known: &Set<D>, name: &str, most: u8, visit: impl FnMut(u64)) {
    let parts: Vec<WordPart<'_>> = words(name).enumerate().map(|(at, text)| part(known, text, at == 0, most)).collect();
    let whole = parts.iter().fold(Bag::default(), |bag, part| bag.with(part.word));
    let mut guesser = Guesser { known, parts, whole, most, left: GUESSES, visit };
    guesser.guess(whole);
    guesser.one_word();
    guesser.blanks();
    if most > 1 {
        // Words that are in no name are misprinted for certain: they come first.
        guesser.two_words(|a, b| !a.is_known && !b.is_known);
        guesser.two_words(|a, b| a.is_known != b.is_known);
        guesser.two_words(|a, b| a.is_known && b.is_known);
    }
}

fn part<'a, D: AsRef<[u8]>>(known: &Set<D>, text: &'a str, is_first: bool, most: u8) -> WordPart<'a> {
    let is_known = known.contains(text);
    // The fewer letters a word has, the more words are near it that it was not; and a word that is in names is hardly one
    // that was misprinted twice.
    let most = if is_known || text.len() < SHORT { most.min(1) } else { most };
    let others = if is_strict(text) { Vec::new() } else { others(known, text, most, u8::from(!is_first).min(most)) };
    WordPart { text, word: Word::of(text), is_known, others }
}

/// The known words that are near a word, itself left out.
fn others<D: AsRef<[u8]>>(known: &Set<D>, text: &str, most: u8, otherwise: u8) -> Vec<Other> {
    let mut others = Vec::new();
    if most == 0 {
        return others;
    }
    let near = Near::new(text, most, otherwise);
    let mut stream = known.search(near).into_stream();
    while let Some(word) = stream.next() {
        let Ok(word) = std::str::from_utf8(word) else { continue };
        if let Some(edits) = near.distance(word).filter(|&edits| edits > 0) {
            others.push(Other { word: Word::of(word), edits });
        }
    }
    others.sort_by_key(|other| other.edits);
    others
}

impl<D: AsRef<[u8]>, V: FnMut(u64)> Guesser<'_, D, V> {
    fn guess(&mut self, bag: Bag) {
        if self.left > 0 {
            self.left -= 1;
            (self.visit)(bag.hash());
        }
    }

    /// The faults are all in one word, or one short word is a misprint of a small one.
    fn one_word(&mut self) {
        for at in 0..self.parts.len() {
            let Some(part) = self.parts.get(at) else { continue };
            let rest = self.whole.without(part.word);
            let may_be_small = part.text.len() < SHORT && !part.word.is_small() && self.parts.len() > 1;
            let bags: Vec<Bag> = part.others.iter().map(|other| rest.with(other.word)).collect();
            bags.into_iter().for_each(|bag| self.guess(bag));
            if may_be_small {
                self.guess(rest);
            }
        }
    }

    /// A blank is missing, or one is too many; where two faults are borne, the other may be in any word.
    fn blanks(&mut self) {
        for at in 0..self.parts.len() {
            let Some(here) = self.parts.get(at) else { continue };
            let (text, rest) = (here.text, self.whole.without(here.word));
            let mut cuts: Vec<Bag> = Vec::new();
            for (cut, letter) in text.char_indices().skip(1) {
                let left = &text[..cut];
                // The blank is missing, or that letter stands in its place.
                for right in [&text[cut..], &text[cut + letter.len_utf8()..]] {
                    if !right.is_empty() && self.knows(left) && self.knows(right) {
                        cuts.push(rest.with(Word::of(left)).with(Word::of(right)));
                    }
                }
            }
            cuts.into_iter().for_each(|bag| self.guess_with_another(bag, &[at]));
            if let Some(next) = self.parts.get(at + 1) {
                let joined = format!("{text}{}", next.text);
                let rest = rest.without(next.word);
                self.guess_with_another(rest.with(Word::of(&joined)), &[at, at + 1]);
                if !is_strict(&joined) {
                    let others = others(self.known, &joined, 1, u8::from(at > 0));
                    others.into_iter().for_each(|other| self.guess(rest.with(other.word)));
                }
            }
        }
    }

    fn knows(&self, word: &str) -> bool {
        is_strict(word) || self.known.contains(word)
    }

    /// A guess, and those with one letter more wrong in a word that is not among `but`.
    fn guess_with_another(&mut self, bag: Bag, but: &[usize]) {
        self.guess(bag);
        if self.most < 2 {
            return;
        }
        let parts = self.parts.iter().enumerate().filter(|(at, _)| !but.contains(at));
        let bags: Vec<Bag> = parts.flat_map(|(_, part)| with_one_edit(bag, part)).collect();
        bags.into_iter().for_each(|bag| self.guess(bag));
    }

    /// One fault each in two words.
    fn two_words(&mut self, is_meant: fn(&WordPart<'_>, &WordPart<'_>) -> bool) {
        for at in 0..self.parts.len() {
            for behind in at + 1..self.parts.len() {
                let (Some(a), Some(b)) = (self.parts.get(at), self.parts.get(behind)) else { continue };
                if self.left == 0 || !is_meant(a, b) {
                    continue;
                }
                let bags: Vec<Bag> =
                    with_one_edit(self.whole, a).flat_map(|bag| with_one_edit(bag, b)).take(self.left).collect();
                bags.into_iter().for_each(|bag| self.guess(bag));
            }
        }
    }
}

/// A bag that holds a word, with the words one letter away in its place; none for words that most others are near to.
fn with_one_edit(bag: Bag, part: &WordPart<'_>) -> impl Iterator<Item = Bag> {
    let rest = bag.without(part.word);
    let others: &[Other] = if part.text.len() < 3 { &[] } else { &part.others };
    others.iter().take_while(|other| other.edits == 1).map(move |other| rest.with(other.word))
}
