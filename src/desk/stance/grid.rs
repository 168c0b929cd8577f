//! Who stands where, over time: actors or topics against years, documents or meetings; each cell with its stances counted and
//! the strongest words. Pages and files look at the same cells.

use std::collections::{BTreeMap, HashMap};

use crate::desk::said::{ClaimLine, Said};
use crate::model::Stance;
use crate::model::text::counted;
use crate::query::Topics;
use crate::record::{Labels, Record, TermId};

use super::{Scope, placing};

/// What one row says in one column.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StanceCell {
    /// Positions by stance; those without any are left out.
    pub tally: Vec<(Stance, usize)>,
    /// How many are not in an earlier statement of their actor, or take the other side.
    pub changed: usize,
    /// The number of the claim that is put most strongly; of equals the surest, then the first.
    pub strongest: Option<usize>,
}

impl StanceCell {
    /// The cell of claims, each with its number.
    pub fn of<'l>(record: &Record<'_>, lines: impl IntoIterator<Item = (usize, &'l ClaimLine)>) -> Self {
        let (mut cell, mut counts) = (Self::default(), Stance::ALL.map(|stance| (stance, 0)));
        let mut best: Option<(u8, f64)> = None;
        for (number, line) in lines {
            if let Some((_, count)) = counts.iter_mut().find(|(stance, _)| *stance == line.stance) {
                *count += 1;
            }
            cell.changed += usize::from(line.is_new || line.is_turned);
            let strength = record.claim(line.id).and_then(|claim| claim.strength?.parse().ok()).unwrap_or(0);
            if best.is_none_or(|best| (strength, line.confidence) > best) {
                best = Some((strength, line.confidence));
                cell.strongest = Some(number);
            }
        }
        cell.tally = counts.into_iter().filter(|(_, count)| *count > 0).collect();
        cell
    }

    /// How many positions there are.
    pub fn total(&self) -> usize {
        self.tally.iter().map(|(_, count)| count).sum()
    }
}

/// What the rows are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowsBy {
    /// Those who take positions.
    Actor,
    /// What the positions are on.
    Topic,
}

/// What the columns are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// Years; spans of years where they are many.
    Year,
    /// Documents.
    Document,
    /// Meetings.
    Meeting,
}

/// What is asked.
pub struct GridPlan<'s> {
    /// Only these; all if none is named.
    pub actors: &'s [TermId],
    /// Which positions.
    pub scope: Scope<'s>,
    /// The rows.
    pub by: RowsBy,
    /// The columns.
    pub over: Over,
    /// At most so many rows, those with the most positions.
    pub rows: usize,
    /// At most so many columns; years give way to spans, documents and meetings to those with the most positions.
    pub columns: usize,
}

/// The answer.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// Names of the columns, in time.
    pub columns: Vec<String>,
    /// The rows, most positions first, each with a cell for each column.
    pub rows: Vec<(TermId, Vec<StanceCell>)>,
    /// Rows that did not fit, and the positions in them.
    pub rows_left_out: (usize, usize),
    /// Columns that did not fit, and the positions in them.
    pub columns_left_out: (usize, usize),
    /// Positions that belong to no column: without a date, or of no meeting.
    pub homeless: usize,
}

/// A column before it is named: its place in time, and its name.
type Column = (String, String);

impl Grid {
    /// Counts.
    pub fn of(record: &Record<'_>, said: &Said, plan: &GridPlan<'_>) -> Self {
        let topics = Topics::new(record);
        let mut placing = placing(record, &topics, &plan.scope);
        let labels = Labels::new(record);
        let mut grid = Self::default();
        let mut found: Vec<(TermId, Column, usize)> = Vec::new();
        for (number, line) in said.claims().iter().enumerate() {
            let is_of = plan.actors.is_empty() || plan.actors.contains(&line.subject);
            if !is_of || !plan.scope.has_claim(record, line) || !plan.scope.has_day(said.date_of(line)) {
                continue;
            }
            let row = match plan.by {
                RowsBy::Actor => Some(line.subject),
                RowsBy::Topic => record.claim(line.id).and_then(|claim| placing.narrowest(&claim)),
            };
            match (row, column(said, line, plan.over, &labels, record)) {
                (Some(row), Some(column)) => found.push((row, column, number)),
                (Some(_), None) => grid.homeless += 1,
                (None, _) => {}
            }
        }
        let rows = heaviest(found.iter().map(|(row, ..)| *row), plan.rows, |id| record.label(id));
        grid.rows_left_out = left_out(found.iter().map(|(row, ..)| *row), &rows);
        found.retain(|(row, ..)| rows.contains(row));
        if plan.over == Over::Year {
            spans(&mut found, plan.columns);
        }
        let mut columns =
            heaviest(found.iter().map(|(_, column, _)| column.clone()), plan.columns, |column| column.0.clone());
        grid.columns_left_out = left_out(found.iter().map(|(_, column, _)| column.clone()), &columns);
        columns.sort();
        let mut cells: HashMap<(TermId, &Column), Vec<usize>> = HashMap::new();
        for (row, column, number) in &found {
            cells.entry((*row, column)).or_default().push(*number);
        }
        let cell = |row: TermId, column: &Column| {
            let numbers = cells.get(&(row, column)).map_or(&[][..], Vec::as_slice);
            StanceCell::of(record, numbers.iter().map(|&number| (number, &said.claims()[number])))
        };
        grid.rows = rows.iter().map(|&row| (row, columns.iter().map(|column| cell(row, column)).collect())).collect();
        grid.columns = columns.into_iter().map(|(_, name)| name).collect();
        grid
    }

    /// What was left out, in words.
    pub fn remarks(&self, by: RowsBy) -> Vec<String> {
        let what = match by {
            RowsBy::Actor => "actor",
            RowsBy::Topic => "topic",
        };
        let mut remarks = Vec::new();
        let mut say = |(number, positions): (usize, usize), what: &str| {
            if number > 0 {
                let (what, positions) = (counted(number, what), counted(positions, "position"));
                remarks.push(format!("left out: {what} with {positions}, fewer than each of those shown"));
            }
        };
        say(self.rows_left_out, what);
        say(self.columns_left_out, "column");
        if self.homeless > 0 {
            remarks.push(format!("left out: {} without a date or meeting", counted(self.homeless, "position")));
        }
        remarks
    }
}

fn column(said: &Said, line: &ClaimLine, over: Over, labels: &Labels<'_>, record: &Record<'_>) -> Option<Column> {
    let text = said.text_of(line)?;
    let named = |id: TermId| labels.brief(record.quads().text(id));
    match over {
        Over::Year => Some(text.year()).filter(|year| !year.is_empty()).map(|year| (year.to_owned(), year.to_owned())),
        Over::Document => Some((text.date.clone(), labels.text(record.quads().text(text.id)))),
        Over::Meeting => text.meeting.map(|meeting| (text.year().to_owned(), named(meeting))),
    }
}

/// The keys that occur most often, most often first; of equals by name.
fn heaviest<K: Clone + Ord>(keys: impl Iterator<Item = K>, most: usize, name: impl Fn(K) -> String) -> Vec<K> {
    let mut counts: BTreeMap<K, usize> = BTreeMap::new();
    keys.for_each(|key| *counts.entry(key).or_default() += 1);
    let mut counts: Vec<(K, usize)> = counts.into_iter().collect();
    counts.sort_by_cached_key(|(key, count)| (std::cmp::Reverse(*count), name(key.clone())));
    counts.into_iter().take(most).map(|(key, _)| key).collect()
}

/// How many keys are not among those kept, and how often they occur.
fn left_out<K: Ord>(keys: impl Iterator<Item = K>, kept: &[K]) -> (usize, usize) {
    let mut counts: BTreeMap<K, usize> = BTreeMap::new();
    keys.filter(|key| !kept.contains(key)).for_each(|key| *counts.entry(key).or_default() += 1);
    (counts.len(), counts.values().sum())
}

/// Puts years together into spans of so many that at most `most` are left.
fn spans(found: &mut [(TermId, Column, usize)], most: usize) {
    let years: Vec<u32> = found.iter().filter_map(|(_, (year, _), _)| year.parse().ok()).collect();
    let (Some(first), Some(last)) = (years.iter().min().copied(), years.iter().max().copied()) else { return };
    let distinct: std::collections::BTreeSet<u32> = years.iter().copied().collect();
    if distinct.len() <= most {
        return;
    }
    let fits = |span: &u32| (last / span + 1 - first / span) as usize <= most;
    let span = [2, 5, 10, 20, 25, 50, 100].into_iter().find(fits).unwrap_or(1000);
    for (_, column, _) in found {
        let Ok(year) = column.0.parse::<u32>() else { continue };
        let start = year / span * span;
        let end = start + span - 1;
        *column = (format!("{start:04}"), format!("{start}–{:02}", end % 100));
    }
}

#[cfg(test)]
mod tests {
    use super::{heaviest, left_out};

    #[test]
    fn the_heaviest_stay_and_the_rest_is_counted() {
        let keys = ["b", "a", "b", "c", "a", "d"];
        let kept = heaviest(keys.into_iter(), 2, str::to_owned);
        assert_eq!(kept, ["a", "b"]);
        assert_eq!(left_out(keys.into_iter(), &kept), (2, 2));
    }
}
