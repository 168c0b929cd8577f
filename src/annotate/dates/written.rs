//! Dates with a month's name: "8 April 2021", "27-29 March, 2019", "29 November to 2 December 2008", "September 2021".

use super::calendar::{Point, interval, month_number, year_number};
use super::{Found, Hint};
use crate::annotate::wording::{Shape, Words};
use crate::model::DateValue;
use crate::seeds::WordClass;

/// The dates that begin at word `i`: one, or the members of a list that shares its month.
pub(super) fn find_at(words: &Words, i: usize, hint: Hint) -> Vec<Found> {
    match words.shape(i) {
        Shape::Number | Shape::Coded => day_first(words, i, hint).unwrap_or_default(),
        Shape::Title | Shape::Upper => month_first(words, i, hint).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// What joins two days or months.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// "to", a dash.
    Range,
    /// "and", "or", a comma.
    List,
}

fn joint(words: &Words, i: usize) -> Option<Joint> {
    match () {
        () if words.is_dash(i) || words.is_one_of(i, &["to", "until", "till", "through"]) => Some(Joint::Range),
        () if words.is_mark(i, ',') || words.is_mark(i, '&') || words.is_one_of(i, &["and", "or"]) => Some(Joint::List),
        () => None,
    }
}

fn day(words: &Words, i: usize) -> Option<i8> {
    let form = words.form(i);
    let number = match words.shape(i) {
        Shape::Number if form.len() <= 2 => form.parse().ok(),
        Shape::Coded => {
            words.lexicon().numerals().ordinal(form).filter(|_| form.starts_with(|c: char| c.is_ascii_digit()))
        }
        _ => None,
    };
    number.filter(|day| (1..=31).contains(day)).and_then(|day| i8::try_from(day).ok())
}

/// A month's name and its last word: the full stop of an abbreviation belongs to it.
fn month(words: &Words, i: usize) -> Option<(i8, usize)> {
    let month = month_number(words.lexicon(), words.form(i))?;
    let stop = words.form(i).len() <= 4 && words.is_mark(i + 1, '.') && words.touches_next(i) && month != 5;
    Some((month, if stop { i + 1 } else { i }))
}

/// A year at `i`, a comma before it allowed.
fn year(words: &Words, i: usize) -> Option<(i16, usize)> {
    let at = if words.is_mark(i, ',') || words.is(i, "of") { i + 1 } else { i };
    year_number(words.form(at)).map(|year| (year, at))
}

/// The days before a month's name, with the words where they stand: `3 to 5`, `1, 2 and 4`, `8`.
struct Days {
    days: Vec<(i8, usize)>,
    range: bool,
    /// The word after them.
    next: usize,
}

/// Most days in a list: a month has no more, and a row of numbers without end is no date.
const MOST_DAYS: usize = 31;

fn days(words: &Words, i: usize) -> Option<Days> {
    let mut days = vec![(day(words, i)?, i)];
    let mut range = false;
    let mut next = i + 1;
    while let Some(joint) = joint(words, next).filter(|_| days.len() < MOST_DAYS) {
        let at = if words.is_mark(next, ',') && words.is(next + 1, "and") { next + 2 } else { next + 1 };
        let Some(more) = day(words, at) else { break };
        range |= joint == Joint::Range;
        days.push((more, at));
        next = at + 1;
    }
    (!range || days.len() == 2).then_some(Days { days, range, next })
}

fn day_first(words: &Words, i: usize, hint: Hint) -> Option<Vec<Found>> {
    let days = days(words, i)?;
    let of = words.is(days.next, "of") || (words.is(days.next, "day") && words.is(days.next + 1, "of"));
    let (month, month_at) = month(words, if of { days.next + 1 } else { days.next })?;
    let (year, last) = match year(words, month_at + 1) {
        Some((year, at)) => (Some(year), at),
        None => (None, month_at),
    };
    if let ([(day, first)], Some(tail)) = (days.days.as_slice(), tail(words, last + 1, hint)) {
        let point = Point { year, month, day: Some(*day) };
        return Some(tail.after(point, *first, last, hint));
    }
    Some(together(&days, month, year.or(hint.year), last))
}

/// A second day after "to", a dash or "and": "… to 2 December 2008".
struct Tail {
    joint: Joint,
    point: Point,
    last: usize,
}

fn tail(words: &Words, i: usize, hint: Hint) -> Option<Tail> {
    let joint = joint(words, i)?;
    let day = day(words, i + 1)?;
    let (month, at) = month(words, i + 2)?;
    let (year, last) = year(words, at + 1).map_or((None, at), |(year, at)| (Some(year), at));
    Some(Tail { joint, point: Point { year: year.or(hint.year), month, day: Some(day) }, last })
}

impl Tail {
    fn after(self, point: Point, first: usize, last: usize, hint: Hint) -> Vec<Found> {
        let dated = point.in_year(self.point.year.or(hint.year));
        let whole = self.joint == Joint::Range || dated.is_day_before(self.point);
        match interval(point, self.point).filter(|_| whole) {
            Some(value) => vec![Found::new(first, self.last, value)],
            None => single(dated, first, last).into_iter().collect(),
        }
    }
}

fn single(point: Point, first: usize, last: usize) -> Option<Found> {
    point.exists().then(|| Found::new(first, last, DateValue::new(&point.iso())))
}

/// Days of one month: one mention for an interval or for days in a row, else one for each.
fn together(days: &Days, month: i8, year: Option<i16>, last: usize) -> Vec<Found> {
    let points: Vec<Point> = days.days.iter().map(|(day, _)| Point { year, month, day: Some(*day) }).collect();
    let first = days.days[0].1;
    let (Some(start), Some(end)) = (points.first(), points.last()) else { return Vec::new() };
    let in_a_row = points.windows(2).all(|pair| pair[0].is_day_before(pair[1]));
    if points.len() > 1 && (days.range || in_a_row) {
        return interval(*start, *end).map(|value| Found::new(first, last, value)).into_iter().collect();
    }
    let ends = days.days.iter().skip(1).map(|(_, at)| *at);
    let stops = days.days.iter().map(|(_, at)| *at).take(points.len() - 1).chain([last]);
    let starts = std::iter::once(first).chain(ends);
    points.iter().zip(starts.zip(stops)).filter_map(|(point, (first, last))| single(*point, first, last)).collect()
}

fn month_first(words: &Words, i: usize, hint: Hint) -> Option<Vec<Found>> {
    let (month, month_at) = month(words, i)?;
    match days(words, month_at + 1) {
        Some(days) => Some(month_and_days(words, i, month, &days, hint)),
        None => month_alone(words, i, month, month_at, hint),
    }
}

fn month_and_days(words: &Words, i: usize, month_of_start: i8, days: &Days, hint: Hint) -> Vec<Found> {
    let before_tail = days.next.saturating_sub(1);
    if let Some(found) = across_months(words, i, month_of_start, days, hint) {
        return vec![found];
    }
    let (year, last) = year(words, days.next).map_or((hint.year, before_tail), |(year, at)| (Some(year), at));
    let mut found = together(days, month_of_start, year, last);
    if let Some(first) = found.first_mut() {
        first.first = i;
    }
    found
}

/// "November 29 – December 2, 2008".
fn across_months(words: &Words, i: usize, start: i8, days: &Days, hint: Hint) -> Option<Found> {
    joint(words, days.next).filter(|joint| *joint == Joint::Range && days.days.len() == 1)?;
    let (end, at) = month(words, days.next + 1)?;
    let end_day = day(words, at + 1)?;
    let (year, last) = year(words, at + 2).map_or((hint.year, at + 1), |(year, at)| (Some(year), at));
    let start = Point { year: None, month: start, day: Some(days.days[0].0) };
    interval(start, Point { year, month: end, day: Some(end_day) }).map(|value| Found::new(i, last, value))
}

/// "September 2021", "March to May 2020"; "in March" too, but a month's name alone may be a verb or a person.
fn month_alone(words: &Words, i: usize, start: i8, at: usize, hint: Hint) -> Option<Vec<Found>> {
    let start = Point { year: None, month: start, day: None };
    if let Some((year, last)) = year(words, at + 1) {
        return single(start.in_year(Some(year)), i, last).map(|found| vec![found]);
    }
    if let (Some(Joint::Range), Some((end, end_at))) = (joint(words, at + 1), month(words, at + 2)) {
        let (year, last) = year(words, end_at + 1).map_or((hint.year, end_at), |(year, at)| (Some(year), at));
        let end = Point { year, month: end, day: None };
        return interval(start, end).map(|value| vec![Found::new(i, last, value)]);
    }
    let placed = i.checked_sub(1).is_some_and(|before| words.is_a(before, WordClass::BeforeMonth));
    // "of May" alone may be a person's name; "in May" is not.
    let person = words.is(i, "may") && !words.is(i.saturating_sub(1), "in");
    let sure = placed && !person && words.form(i).len() > 2;
    sure.then(|| single(start.in_year(hint.year), i, at).into_iter().collect())
}
