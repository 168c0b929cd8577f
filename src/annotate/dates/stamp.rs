//! Dates in digits: ISO 8601 stamps, `31/03/2019`, `31.03.2019`, and times of day beside a date.

use compact_str::{CompactString, format_compact};

use super::Found;
use super::calendar::{Point, year_number};
use crate::annotate::wording::{Shape, Words};
use crate::model::DateValue;

/// The date or stamp that begins at word `i`. A stamp brings its bare date along, nested.
pub(super) fn find_at(words: &Words, i: usize) -> Option<Found> {
    if let Some((time, last)) = clock(words, i) {
        let at = if words.is_dash(last + 1) || words.is_mark(last + 1, ',') || words.is(last + 1, "on") {
            last + 2
        } else {
            last + 1
        };
        let (point, end) = numeric(words, at)?;
        return Some(stamped(i, end, (at, end), point, &time));
    }
    let (point, end) = numeric(words, i)?;
    let joined = words.is_mark(end + 1, ',') || words.is_dash(end + 1);
    match clock(words, if joined { end + 2 } else { end + 1 }) {
        Some((time, last)) => Some(stamped(i, last, (i, end), point, &time)),
        None => Some(Found::new(i, end, DateValue::new(&point.iso()))),
    }
}

fn stamped(first: usize, last: usize, date: (usize, usize), point: Point, time: &str) -> Found {
    let day = DateValue::new(&point.iso());
    let whole = DateValue::new(&format_compact!("{}T{time}", point.iso()));
    Found { nested: Some((date.0, date.1, day)), ..Found::new(first, last, whole) }
}

/// A full date in digits, and its last word.
fn numeric(words: &Words, i: usize) -> Option<(Point, usize)> {
    match words.shape(i) {
        Shape::Slashed => in_one_word(words.form(i), '/').map(|point| (point, i)),
        Shape::Number if words.form(i).contains('.') => in_one_word(words.form(i), '.').map(|point| (point, i)),
        Shape::Number => hyphened(words, i),
        _ => None,
    }
}

/// `31/03/2019`, `2019/03/31`. Where both readings are days, the day stands first.
fn in_one_word(form: &str, mark: char) -> Option<Point> {
    let parts: Vec<&str> = form.split(mark).collect();
    let [one, two, three] = parts.as_slice() else { return None };
    if let Some(year) = year_number(one) {
        return point(year, two, three);
    }
    let year = year_number(three)?;
    point(year, two, one).or_else(|| point(year, one, two))
}

fn point(year: i16, month: &str, day: &str) -> Option<Point> {
    let two = |part: &str| (1..=2).contains(&part.len()).then(|| part.parse().ok()).flatten();
    let point = Point { year: Some(year), month: two(month)?, day: Some(two(day)?) };
    point.exists().then_some(point)
}

/// `2023-02-02`, `27-03-2019`.
fn hyphened(words: &Words, i: usize) -> Option<(Point, usize)> {
    let tight = (i..i + 4).all(|k| words.touches_next(k)) && words.is_dash(i + 1) && words.is_dash(i + 3);
    let (one, two, three) = (words.form(i), words.form(i + 2), words.form(i + 4));
    if !tight || two.len() > 2 {
        return None;
    }
    // The letter T of an ISO stamp sticks to the day: the clock after it is left alone.
    let day = three.split('T').next().unwrap_or_default();
    let found = match year_number(one) {
        Some(year) => point(year, two, day),
        None => year_number(three).and_then(|year| point(year, two, one)),
    };
    found.map(|point| (point, i + 4))
}

/// A time of day, `11:34` or `15:10:11-05:00`, and its last word.
fn clock(words: &Words, i: usize) -> Option<(CompactString, usize)> {
    let part = |k: usize, below: u8| -> Option<&str> {
        let form = words.form(k);
        (words.shape(k) == Shape::Number && form.len() == 2 && form.parse::<u8>().ok()? < below).then_some(form)
    };
    let colon = |k: usize| words.is_mark(k, ':') && words.touches_next(k) && words.touches_next(k - 1);
    let hour = words.form(i);
    let hours: u8 = (words.shape(i) == Shape::Number && hour.len() <= 2).then(|| hour.parse().ok()).flatten()?;
    if hours > 23 || !colon(i + 1) {
        return None;
    }
    let minute = part(i + 2, 60)?;
    let (mut time, mut last) = (format_compact!("{hours:02}:{minute}"), i + 2);
    if colon(last + 1)
        && let Some(second) = part(last + 2, 60)
    {
        time.push_str(&format_compact!(":{second}"));
        last += 2;
    }
    let sign = words.form(last + 1);
    if matches!(sign, "-" | "+")
        && words.touches_next(last)
        && colon(last + 3)
        && let (Some(hour), Some(minute)) = (part(last + 2, 24), part(last + 4, 60))
    {
        time.push_str(&format_compact!("{sign}{hour}:{minute}"));
        last += 4;
    }
    Some((time, last))
}
