//! When an organ adopted a resolution, told by its number: the Security Council and, until 1976, the General Assembly number
//! them in one long series.

use std::sync::LazyLock;

/// The table that ships.
const ROWS: &str = include_str!("../../seeds/series.tsv");

static SERIES: LazyLock<Vec<Row>> = LazyLock::new(|| ROWS.lines().filter_map(Row::read).collect());

/// The last number of the General Assembly's old series, of its thirtieth session.
const ASSEMBLY_LAST: u32 = 3541;

/// More resolutions than the Security Council ever adopted in a year.
const MOST_A_YEAR: u32 = 100;

/// Numbers that are cited with one year or session.
struct Row {
    organ: &'static str,
    when: &'static str,
    least: u32,
    greatest: u32,
}

impl Row {
    fn read(line: &'static str) -> Option<Self> {
        let mut fields = line.split('\t').filter(|_| !line.starts_with('#'));
        let (organ, when) = (fields.next()?, fields.next()?);
        Some(Self { organ, when, least: fields.next()?.parse().ok()?, greatest: fields.next()?.parse().ok()? })
    }

    fn year(&self) -> Option<u32> {
        self.when.parse().ok()
    }
}

fn rows(organ: &str) -> impl DoubleEndedIterator<Item = &'static Row> {
    SERIES.iter().filter(move |row| row.organ == organ)
}

fn holding(organ: &str, number: u32) -> Option<&'static Row> {
    rows(organ).find(|row| (row.least..=row.greatest).contains(&number))
}

/// The year in which the Security Council adopted a resolution; `None` where the table does not tell.
pub fn council_year(number: u32) -> Option<u32> {
    holding("council", number)?.year()
}

/// Whether the Security Council may have adopted a resolution of that number in that year.
pub fn is_of_council(number: u32, year: u32) -> bool {
    let later = rows("council").find(|row| number <= row.greatest).and_then(Row::year);
    number >= 1 && council_had(number, year) && later.is_none_or(|later| year <= later)
}

/// Whether a text of that year may speak of a Security Council resolution of that number: it is not of later years.
pub fn council_had(number: u32, year: u32) -> bool {
    let known = rows("council").rfind(|row| row.least <= number).and_then(Row::year);
    known.is_none_or(|known| known <= year) && number <= last_by(year)
}

/// The greatest number that the Security Council may have come to by the end of a year.
fn last_by(year: u32) -> u32 {
    let Some(last) = rows("council").next_back() else { return 0 };
    last.greatest + year.saturating_sub(last.year().unwrap_or(year)).saturating_add(1) * MOST_A_YEAR
}

/// The greatest number of a Security Council resolution that the table knows.
pub fn council_last() -> u32 {
    rows("council").next_back().map_or(0, |row| row.greatest)
}

/// The session, in Roman numerals, at which the General Assembly adopted a resolution of its old series.
pub fn assembly_session(number: u32) -> Option<&'static str> {
    holding("special", number).or_else(|| holding("assembly", number)).map(|row| row.when)
}

/// Whether the General Assembly's old series has that number.
pub const fn is_of_assembly(number: u32) -> bool {
    number >= 1 && number <= ASSEMBLY_LAST
}

#[cfg(test)]
mod tests {
    use super::{assembly_session, council_had, council_last, council_year, is_of_council, rows};

    #[test]
    fn rows_rise() {
        for organ in ["council", "assembly"] {
            let bounds: Vec<u32> = rows(organ).flat_map(|row| [row.least, row.greatest]).collect();
            assert!(bounds.len() > 40 && bounds.is_sorted(), "{organ}");
        }
        assert!(rows("council").map(super::Row::year).is_sorted());
    }

    #[test]
    fn numbers_tell_when() {
        for (number, year) in [(242, Some(1967)), (1373, Some(2001)), (1540, Some(2004)), (263, None), (9999, None)] {
            assert_eq!(council_year(number), year, "{number}");
        }
        for (number, session) in [(217, Some("III")), (3314, Some("XXIX")), (3201, Some("S-VI")), (3541, None)] {
            assert_eq!(assembly_session(number), session, "{number}");
        }
        assert!(is_of_council(242, 1967) && is_of_council(1, 1946) && is_of_council(263, 1968));
        assert!(!is_of_council(242, 1976) && !is_of_council(1373, 1999) && !is_of_council(3314, 2024));
        assert!(is_of_council(council_last() + 40, 2026), "the series goes on");
        assert!(council_had(242, 1970) && !council_had(2758, 1975) && !council_had(3201, 2026));
    }
}
