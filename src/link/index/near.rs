//! Names a few letters away: an automaton that walks the set of keys and gives up on a branch as soon as it is too far off.

use fst::automaton::Automaton;

/// Letters that may differ, at most.
pub const MOST: u8 = 2;

/// Cells of a row of the edit table that can still matter.
const BAND: usize = 2 * MOST as usize + 1;

/// Accepts what is at most `most` edits of one byte away from a key and begins with the same byte.
#[derive(Clone, Copy, Debug)]
pub struct Near<'a> {
    key: &'a [u8],
    most: u8,
}

/// How far the walk has got: how many bytes were read, and the cells of the edit table around the diagonal.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    read: usize,
    cells: [u8; BAND],
}

impl<'a> Near<'a> {
    /// For a normalised name. How many edits it bears grows with its length: none under five bytes, one under ten, then two.
    /// `None` if it bears none.
    pub fn of(key: &'a str) -> Option<Self> {
        let most = match key.len() {
            0..5 => return None,
            5..10 => 1,
            _ => MOST,
        };
        Some(Self { key: key.as_bytes(), most })
    }

    /// The edits between the key and another name, if they are few enough.
    pub fn distance(&self, other: &str) -> Option<u8> {
        let row = other.bytes().fold(self.start(), |row, byte| self.accept(&row, byte));
        self.end(&row).filter(|&distance| distance <= self.most)
    }

    fn end(&self, row: &Row) -> Option<u8> {
        let at = (self.key.len() + usize::from(MOST)).checked_sub(row.read)?;
        row.cells.get(at).copied()
    }
}

const FAR: u8 = MOST + 1;

impl Automaton for Near<'_> {
    type State = Row;

    fn start(&self) -> Row {
        // Cell `at` stands for the first `read + at - MOST` bytes of the key.
        let mut cells = [FAR; BAND];
        for (at, cell) in cells.iter_mut().enumerate().skip(usize::from(MOST)) {
            *cell = (at - usize::from(MOST)) as u8;
        }
        Row { read: 0, cells }
    }

    fn is_match(&self, row: &Row) -> bool {
        self.end(row).is_some_and(|distance| distance <= self.most)
    }

    fn can_match(&self, row: &Row) -> bool {
        row.cells.iter().any(|&cell| cell <= self.most)
    }

    fn accept(&self, row: &Row, byte: u8) -> Row {
        let mut cells = [FAR; BAND];
        if row.read == 0 && self.key.first() != Some(&byte) {
            return Row { read: 1, cells };
        }
        let read = row.read + 1;
        for at in 0..BAND {
            let Some(taken) = (read + at).checked_sub(usize::from(MOST)) else { continue };
            if taken > self.key.len() {
                break;
            }
            let extra = row.cells.get(at + 1).copied().unwrap_or(FAR) + 1;
            let missing = at.checked_sub(1).and_then(|left| cells.get(left).copied()).unwrap_or(FAR) + 1;
            let same = taken.checked_sub(1).and_then(|last| self.key.get(last)) == Some(&byte);
            let changed = if taken == 0 { FAR } else { row.cells[at] + u8::from(!same) };
            cells[at] = extra.min(missing).min(changed).min(FAR);
        }
        Row { read, cells }
    }
}

#[cfg(test)]
mod tests {
    use super::Near;

    #[test]
    fn distances_agree_with_the_textbook() {
        let words = [
            "lighthouse board", "lighthouse bord", "lighthouse boards", "lighthouse", "lihgthouse board", "harbour",
            "lighthouse baord", "ligthouse boar", "lighthouse bxxrd", "lighthouse bxxxd", "",
        ];
        for a in words {
            let Some(near) = Near::of(a) else { continue };
            for b in words {
                let distance = strsim::levenshtein(a, b);
                let most = if a.len() < 10 { 1 } else { 2 };
                let expected = (distance <= most).then_some(distance as u8);
                assert_eq!(near.distance(b), expected, "{a} | {b}");
            }
        }
    }

    #[test]
    fn short_names_bear_no_faults() {
        assert!(Near::of("iran").is_none());
        assert_eq!(Near::of("chile").and_then(|near| near.distance("chili")), Some(1));
        assert_eq!(Near::of("chile").and_then(|near| near.distance("while")), None, "the first letter must be right");
    }
}
