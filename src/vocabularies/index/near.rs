//! Words a few letters away: an automaton that walks the set of words and gives up on a branch as soon as it is too far off.

use fst::automaton::Automaton;

/// Letters that may differ, at most.
pub const MOST: u8 = 2;

/// Cells of a row of the edit table that can still matter.
const BAND: usize = 2 * MOST as usize + 1;

/// How many edits a normalised name bears: none under five bytes, one under ten, then two.
pub const fn most(name: &str) -> u8 {
    match name.len() {
        0..5 => 0,
        5..10 => 1,
        _ => MOST,
    }
}

/// Accepts what is at most `most` edits of one byte away from a key; `otherwise` if it begins with another byte.
#[derive(Clone, Copy, Debug)]
pub struct Near<'a> {
    key: &'a [u8],
    most: u8,
    otherwise: u8,
}

/// How far the walk has got: how many bytes were read, the edits allowed, and the cells of the edit table around the diagonal.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    read: usize,
    most: u8,
    cells: [u8; BAND],
}

impl<'a> Near<'a> {
    /// For a word or a name.
    pub fn new(key: &'a str, most: u8, otherwise: u8) -> Self {
        Self { key: key.as_bytes(), most: most.min(MOST), otherwise: otherwise.min(most) }
    }

    /// The edits between the key and another name, if they are few enough.
    pub fn distance(&self, other: &str) -> Option<u8> {
        let row = other.bytes().fold(self.start(), |row, byte| self.accept(&row, byte));
        self.end(&row)
    }

    fn end(&self, row: &Row) -> Option<u8> {
        let at = (self.key.len() + usize::from(MOST)).checked_sub(row.read)?;
        row.cells.get(at).copied().filter(|&distance| distance <= row.most)
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
        Row { read: 0, most: self.most, cells }
    }

    fn is_match(&self, row: &Row) -> bool {
        self.end(row).is_some()
    }

    fn can_match(&self, row: &Row) -> bool {
        row.cells.iter().any(|&cell| cell <= row.most)
    }

    fn accept(&self, row: &Row, byte: u8) -> Row {
        let mut cells = [FAR; BAND];
        let is_other = row.read == 0 && self.key.first() != Some(&byte);
        let most = if is_other { self.otherwise } else { row.most };
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
        Row { read, most, cells }
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Near};

    #[test]
    fn distances_agree_with_the_textbook() {
        let words = [
            "lighthouse board", "lighthouse bord", "lighthouse boards", "lighthouse", "lihgthouse board", "harbour",
            "lighthouse baord", "ligthouse boar", "lighthouse bxxrd", "lighthouse bxxxd", "ightohuse board",
            "kighthouse", "",
        ];
        for a in words {
            for most in 0..=MOST {
                let near = Near::new(a, most, most.min(1));
                for b in words {
                    let distance = strsim::levenshtein(a, b) as u8;
                    let begins_alike = a.as_bytes().first() == b.as_bytes().first();
                    let allowed = if begins_alike || b.is_empty() { most } else { most.min(1) };
                    assert_eq!(near.distance(b), (distance <= allowed).then_some(distance), "{a} | {b}");
                }
            }
        }
    }
}
