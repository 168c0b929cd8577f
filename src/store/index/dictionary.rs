//! Terms by number and numbers by term: the terms of a generation, sorted, each coded as what it adds to the one before.

use super::table::{number, put_long, take};

/// Terms in a block: the first of each stands whole.
const BLOCK: usize = 16;

/// Adds terms, sorted bytewise and each once, to a file: where each block starts, then the blocks.
pub fn write(terms: &[&str], out: &mut Vec<u8>) {
    let mut data = Vec::new();
    for block in terms.chunks(BLOCK) {
        out.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_le_bytes());
        let mut before: &[u8] = b"";
        for term in block {
            let term = term.as_bytes();
            let shared = before.iter().zip(term).take_while(|(a, b)| a == b).count();
            put_long(shared as u64, &mut data);
            put_long((term.len() - shared) as u64, &mut data);
            data.extend_from_slice(&term[shared..]);
            before = term;
        }
    }
    out.append(&mut data);
}

/// The terms as they stand in a file.
#[derive(Clone, Copy, Debug)]
pub struct Dictionary<'d> {
    terms: usize,
    starts: &'d [u8],
    data: &'d [u8],
}

impl<'d> Dictionary<'d> {
    /// Reads where its parts are; `None` if they are not there.
    pub fn of(bytes: &'d [u8], terms: usize) -> Option<Self> {
        let (starts, data) = bytes.split_at_checked(terms.div_ceil(BLOCK) * 4)?;
        Some(Self { terms, starts, data })
    }

    /// The term at a place of the order, from 0.
    pub fn term(self, rank: usize) -> Option<String> {
        if rank >= self.terms {
            return None;
        }
        let mut block = self.block(rank / BLOCK)?;
        for _ in 0..=rank % BLOCK {
            block.step()?;
        }
        String::from_utf8(block.term).ok()
    }

    /// The terms at some places, which come in their order: each block is decoded once.
    pub fn at(self, places: impl Iterator<Item = usize>) -> impl Iterator<Item = Option<String>> {
        let mut next = 0;
        let mut block = Block { data: self.data, at: 0, term: Vec::new() };
        places.map(move |rank| {
            if rank >= self.terms {
                return None;
            }
            if rank < next || rank / BLOCK != next / BLOCK || next == 0 {
                block = self.block(rank / BLOCK)?;
                next = rank - rank % BLOCK;
            }
            while next <= rank {
                block.step()?;
                next += 1;
            }
            std::str::from_utf8(&block.term).ok().map(str::to_owned)
        })
    }

    /// The place of a term.
    pub fn rank(self, term: &str) -> Option<usize> {
        let term = term.as_bytes();
        let (mut low, mut high) = (0, self.terms.div_ceil(BLOCK));
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.first(middle)? <= term {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let at = low.checked_sub(1)?;
        let mut block = self.block(at)?;
        for rank in at * BLOCK..((at + 1) * BLOCK).min(self.terms) {
            block.step()?;
            if block.term == term {
                return Some(rank);
            }
        }
        None
    }

    fn block(self, block: usize) -> Option<Block<'d>> {
        let at = number(self.starts, block * 4)? as usize;
        Some(Block { data: self.data, at, term: Vec::new() })
    }

    /// The first term of a block, which shares nothing with another.
    fn first(self, block: usize) -> Option<&'d [u8]> {
        let mut at = number(self.starts, block * 4)? as usize;
        take(self.data, &mut at)?;
        let length = usize::try_from(take(self.data, &mut at)?).ok()?;
        self.data.get(at..at.checked_add(length)?)
    }
}

struct Block<'d> {
    data: &'d [u8],
    at: usize,
    term: Vec<u8>,
}

impl Block<'_> {
    /// Reads the next term.
    fn step(&mut self) -> Option<()> {
        let shared = usize::try_from(take(self.data, &mut self.at)?).ok()?;
        let length = usize::try_from(take(self.data, &mut self.at)?).ok()?;
        let added = self.data.get(self.at..self.at.checked_add(length)?)?;
        self.at += length;
        self.term.truncate(shared);
        self.term.extend_from_slice(added);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_found_both_ways() {
        let mut terms: Vec<String> = (0..777).map(|n| format!("<https://example.org/{}/{n}>", n % 13)).collect();
        terms.extend(["\"\"".to_owned(), "\"ایران\"@fa".to_owned(), "_:b0".to_owned()]);
        terms.sort_unstable();
        let borrowed: Vec<&str> = terms.iter().map(String::as_str).collect();
        let mut bytes = Vec::new();
        write(&borrowed, &mut bytes);
        let dictionary = Dictionary::of(&bytes, terms.len()).expect("a dictionary");
        assert_eq!(dictionary.at(0..terms.len()).flatten().collect::<Vec<_>>(), terms);
        for (rank, term) in terms.iter().enumerate() {
            assert_eq!(dictionary.term(rank).as_ref(), Some(term));
            assert_eq!(dictionary.rank(term), Some(rank));
        }
        let places = [0, 1, 1, 15, 16, 40, 41, 63, 64, 700, 777, 779, 780];
        let found: Vec<Option<String>> = dictionary.at(places.into_iter()).collect();
        assert_eq!(found, places.map(|place| terms.get(place).cloned()));
        for absent in ["", "<https://example.org/>", "z"] {
            assert_eq!(dictionary.rank(absent), None);
        }
        assert_eq!(dictionary.term(terms.len()), None);
    }

    #[test]
    fn damage_gives_nothing_and_no_panic() {
        let mut bytes = Vec::new();
        write(&["a", "ab", "abc"], &mut bytes);
        for length in 0..bytes.len() {
            if let Some(dictionary) = Dictionary::of(&bytes[..length], 3) {
                assert!(dictionary.at(0..3).flatten().count() < 3);
                assert_eq!(dictionary.term(2), None);
            }
        }
    }
}
