//! Days, months and years as far as the text gives them, and their ISO 8601 form. Only days that exist count.

use compact_str::{CompactString, format_compact};
use jiff::civil::Date;

use crate::model::DateValue;
use crate::seeds::{Lexicon, WordClass};

/// The number of a month by its English name or its abbreviation: 3 for `March`, `MAR`; not for `mar`.
pub(super) fn month_number(lexicon: &Lexicon, form: &str) -> Option<i8> {
    if form.len() < 3 || !form.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let form = form.to_ascii_lowercase();
    let short = form.len() == 3 || form == "sept";
    let mut months = lexicon.list(WordClass::Month).iter();
    let at = months.position(|month| *month == form || (short && month.starts_with(&form)))?;
    i8::try_from(at + 1).ok()
}

/// A day or month whose year may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Point {
    pub year: Option<i16>,
    pub month: i8,
    pub day: Option<i8>,
}

impl Point {
    /// Whether the calendar has such a day. A day without a year is tried in a leap year.
    pub fn exists(self) -> bool {
        Date::new(self.year.unwrap_or(2000), self.month, self.day.unwrap_or(1)).is_ok()
    }

    /// The same, in this year if it has none.
    pub const fn in_year(self, year: Option<i16>) -> Self {
        Self { year: if self.year.is_some() { self.year } else { year }, ..self }
    }

    /// Whether `next` is the day after.
    pub fn is_day_before(self, next: Self) -> bool {
        let date = |point: Self| Date::new(point.year.unwrap_or(2000), point.month, point.day?).ok();
        match (date(self), date(next)) {
            (Some(one), Some(two)) => one.tomorrow().is_ok_and(|tomorrow| tomorrow == two),
            _ => false,
        }
    }

    /// `2021-04-08`, `2021-04`; `--04-08` and `--04` where no year is known.
    pub fn iso(self) -> CompactString {
        let year = self.year.map_or_else(|| "-".into(), |year| format_compact!("{year:04}"));
        match self.day {
            Some(day) => format_compact!("{year}-{:02}-{day:02}", self.month),
            None => format_compact!("{year}-{:02}", self.month),
        }
    }
}

/// From one point to another; a start without a year lies in the year of the end, or in the one before it.
pub(super) fn interval(start: Point, end: Point) -> Option<DateValue> {
    let earlier = (start.month, start.day) <= (end.month, end.day);
    let year = end.year.map(|year| if earlier { year } else { year - 1 });
    let start = start.in_year(year);
    let ordered = start.year.is_none() || (start.year, start.month, start.day) <= (end.year, end.month, end.day);
    (start.exists() && end.exists() && ordered).then(|| DateValue::new(&format!("{}/{}", start.iso(), end.iso())))
}

/// A year that a text of today may speak of.
pub(super) fn year_number(form: &str) -> Option<i16> {
    let year: i16 =
        (form.len() == 4 && form.bytes().all(|b| b.is_ascii_digit())).then(|| form.parse().ok()).flatten()?;
    (1500..=2100).contains(&year).then_some(year)
}
