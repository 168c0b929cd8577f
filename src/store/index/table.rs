//! Sorted rows of numbers, coded in blocks: the first row of each block stands open, the others as what they differ in.
//!
//! Three such tables, of the same quads in three orders, answer every pattern: whatever terms are known come first in one of
//! them. Blocks are short, so that a look-up decodes a few dozen rows, and long enough that their entries add little.

/// Three terms in the order of the table, then the number of the source that states them.
pub type Row = [u32; 4];

/// Rows in a block: its entry of sixteen bytes then adds a quarter of a byte to a row. Other lengths were not tried.
const BLOCK: usize = 64;

/// Bytes of a block's entry: its first three terms, and where its data start.
const ENTRY: usize = 16;

/// Adds the rows, sorted and each once, to a file: the number of rows, an entry a block, the data.
pub fn write(rows: &[Row], out: &mut Vec<u8>) {
    let mut data = Vec::with_capacity(rows.len() * 5);
    out.extend((rows.len() as u64).to_le_bytes());
    for block in rows.chunks(BLOCK) {
        let start = u32::try_from(data.len()).unwrap_or(u32::MAX);
        let [a, b, c, source] = block[0];
        [a, b, c, start].into_iter().for_each(|number| out.extend(number.to_le_bytes()));
        put(source, &mut data);
        for pair in block.windows(2) {
            put_difference(&pair[0], &pair[1], &mut data);
        }
    }
    out.append(&mut data);
}

/// How many numbers are as in the row before stands in the two low bits of the first number.
fn put_difference(before: &Row, row: &Row, data: &mut Vec<u8>) {
    let same = (0..3).take_while(|&at| before[at] == row[at]).count();
    let step = u64::from(row[same].wrapping_sub(before[same]));
    put_long(step << 2 | same as u64, data);
    row[same + 1..].iter().for_each(|&number| put(number, data));
}

fn put(number: u32, data: &mut Vec<u8>) {
    put_long(number.into(), data);
}

/// Seven bits a byte, the low ones first.
pub fn put_long(mut number: u64, data: &mut Vec<u8>) {
    while number >= 0x80 {
        data.push(number as u8 | 0x80);
        number >>= 7;
    }
    data.push(number as u8);
}

/// The number that starts at a byte, which is moved behind it; `None` if there is none.
pub fn take(data: &[u8], at: &mut usize) -> Option<u64> {
    let mut number = 0;
    for shift in (0..64).step_by(7) {
        let byte = *data.get(*at)?;
        *at += 1;
        number |= u64::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(number);
        }
    }
    None
}

fn take_short(data: &[u8], at: &mut usize) -> Option<u32> {
    u32::try_from(take(data, at)?).ok()
}

/// The four bytes at a place as a number, low ones first.
pub fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// A table as it stands in a file.
#[derive(Clone, Copy, Debug)]
pub struct Table<'t> {
    rows: usize,
    entries: &'t [u8],
    data: &'t [u8],
}

impl<'t> Table<'t> {
    /// Reads where its parts are; `None` if it is none.
    pub fn of(bytes: &'t [u8]) -> Option<Self> {
        let (rows, rest) = bytes.split_first_chunk::<8>()?;
        let rows = usize::try_from(u64::from_le_bytes(*rows)).ok()?;
        let (entries, data) = rest.split_at_checked(rows.div_ceil(BLOCK).checked_mul(ENTRY)?)?;
        Some(Self { rows, entries, data })
    }

    /// The rows that begin with some numbers, at most three, in their order.
    pub fn beginning(self, numbers: &[u32]) -> Rows<'t> {
        let mut prefix = [0; 3];
        prefix[..numbers.len()].copy_from_slice(numbers);
        let wanted = &prefix[..numbers.len()];
        let (mut low, mut high) = (0, self.blocks());
        while low < high {
            let middle = usize::midpoint(low, high);
            if self.first(middle).is_some_and(|first| first[..wanted.len()] < *wanted) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        // The first such row may stand in the block before the first that begins with one.
        Rows { table: self, block: low.saturating_sub(1), left: 0, at: 0, row: [0; 4], prefix, length: numbers.len() }
    }

    /// The different first numbers, in their order.
    pub fn firsts(self) -> impl Iterator<Item = u32> + 't {
        let mut next = Some(0);
        std::iter::from_fn(move || {
            let [first, ..] = self.from(next?)?;
            next = first.checked_add(1);
            Some(first)
        })
    }

    /// The first row whose first number is at least that.
    fn from(self, least: u32) -> Option<Row> {
        let mut rows = self.beginning(&[least]);
        std::iter::from_fn(|| rows.step()).find(|row| row[0] >= least)
    }

    fn blocks(self) -> usize {
        self.rows.div_ceil(BLOCK)
    }

    fn first(self, block: usize) -> Option<[u32; 3]> {
        let at = block * ENTRY;
        Some([number(self.entries, at)?, number(self.entries, at + 4)?, number(self.entries, at + 8)?])
    }
}

/// Rows of a table that begin alike. A damaged table ends them early.
#[derive(Clone, Debug)]
pub struct Rows<'t> {
    table: Table<'t>,
    /// The block that is read next.
    block: usize,
    /// Rows of the block under way that are still to come.
    left: usize,
    at: usize,
    row: Row,
    prefix: [u32; 3],
    length: usize,
}

impl Rows<'_> {
    /// The next row of the table, whatever it begins with.
    fn step(&mut self) -> Option<Row> {
        if self.left == 0 {
            self.enter()?;
        } else {
            self.differ()?;
        }
        Some(self.row)
    }

    fn enter(&mut self) -> Option<()> {
        let before = self.block * BLOCK;
        let [a, b, c] = self.table.first(self.block)?;
        self.at = number(self.table.entries, self.block * ENTRY + 12)? as usize;
        self.row = [a, b, c, take_short(self.table.data, &mut self.at)?];
        self.left = (self.table.rows - before).min(BLOCK) - 1;
        self.block += 1;
        Some(())
    }

    fn differ(&mut self) -> Option<()> {
        let coded = take(self.table.data, &mut self.at)?;
        let same = (coded & 3) as usize;
        self.row[same] = self.row[same].wrapping_add((coded >> 2) as u32);
        for at in same + 1..4 {
            self.row[at] = take_short(self.table.data, &mut self.at)?;
        }
        self.left -= 1;
        Some(())
    }
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let (prefix, length) = (self.prefix, self.length);
        loop {
            let row = self.step()?;
            match row[..length].cmp(&prefix[..length]) {
                std::cmp::Ordering::Less => {}
                std::cmp::Ordering::Equal => return Some(row),
                std::cmp::Ordering::Greater => return None,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for n in 0..1000_u32 {
            rows.push([n / 90 * 3 + 1, n * 7 % 11, n.wrapping_mul(2_654_435_761), n % 5]);
            rows.push([n / 90 * 3 + 1, n * 7 % 11, n.wrapping_mul(2_654_435_761), n % 5 + 9]);
        }
        rows.sort_unstable();
        rows
    }

    #[test]
    fn what_is_written_is_read() {
        let rows = rows();
        let mut bytes = Vec::new();
        write(&rows, &mut bytes);
        let table = Table::of(&bytes).expect("a table");
        assert_eq!(table.beginning(&[]).collect::<Vec<_>>(), rows);
        for row in rows.iter().step_by(37) {
            for length in 1..=3 {
                let wanted: Vec<Row> = rows.iter().filter(|one| one[..length] == row[..length]).copied().collect();
                assert_eq!(table.beginning(&row[..length]).collect::<Vec<_>>(), wanted);
            }
        }
        assert_eq!(table.beginning(&[2]).next(), None);
        assert_eq!(table.beginning(&[u32::MAX]).next(), None);
        let mut firsts: Vec<u32> = rows.iter().map(|row| row[0]).collect();
        firsts.dedup();
        assert_eq!(table.firsts().collect::<Vec<_>>(), firsts);
    }

    #[test]
    fn no_rows_are_a_table_and_damage_ends_it() {
        let mut bytes = Vec::new();
        write(&[], &mut bytes);
        assert_eq!(Table::of(&bytes).expect("a table").beginning(&[]).next(), None);
        let mut bytes = Vec::new();
        write(&rows(), &mut bytes);
        for length in (0..bytes.len()).step_by(13) {
            if let Some(table) = Table::of(&bytes[..length]) {
                assert!(table.beginning(&[]).count() <= 2000);
            }
        }
    }
}
