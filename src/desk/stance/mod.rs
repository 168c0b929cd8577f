//! Where actors stand, and how that moves: what one said first, put more strongly or no more, what two agree on and what not,
//! who stands where over time. All of it rests on an actor's own words: positions of which it is the subject and the holder,
//! in texts with a date.

mod brief;
mod change;
mod compare;
mod drawn;
mod grid;
mod heard;
mod matter;
mod near;
mod stems;
mod tabled;

use std::collections::{BTreeMap, BTreeSet};

use crate::desk::said::{ClaimLine, Said};
use crate::query::{Placing, TopicReason, Topics};
use crate::record::{Record, TermId};

pub use brief::{BriefAsked, brief};
pub use change::{ChangeKind, ChangePlan, ChangeRow, Changes};
pub use compare::{Accord, ComparePlan, Comparison, Pairing};
pub use grid::{Grid, GridPlan, Over, RowsBy, StanceCell};
pub use matter::{Matter, Side};
pub use stems::stems;
pub use tabled::{TableReader, Tabled, Teller, changes as change_table, comparison as comparison_table};

/// Which claims count: those of a topic, of a time, and sure enough.
#[derive(Clone, Copy, Default)]
pub struct Scope<'s> {
    /// The claims of a topic by IRI; `None` for all.
    pub topic: Option<&'s BTreeMap<String, TopicReason>>,
    /// That topic, if it is a thing.
    pub topic_id: Option<TermId>,
    /// From this day, month or year on; empty for ever.
    pub since: &'s str,
    /// Up to this day, month or year, it included; empty for ever.
    pub until: &'s str,
    /// The least confidence, 0 to 1.
    pub least: f64,
}

impl Scope<'_> {
    /// Whether a day, ISO 8601, lies in the time.
    pub fn has_day(&self, date: &str) -> bool {
        (self.since.is_empty() || date >= self.since) && self.is_not_after(date)
    }

    /// Whether a day does not lie behind the time.
    pub fn is_not_after(&self, date: &str) -> bool {
        self.until.is_empty() || date <= self.until || date.starts_with(self.until)
    }

    /// Whether a claim is a position in its subject's own words, on the topic and sure enough, whenever it was said.
    pub fn has_claim(&self, record: &Record<'_>, line: &ClaimLine) -> bool {
        line.is_position
            && line.is_own
            && line.confidence >= self.least
            && self.topic.is_none_or(|claims| claims.contains_key(record.quads().text(line.id)))
    }
}

/// A year, month or day as people write it.
///
/// # Errors
/// What to write instead.
pub fn day(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let widths = [4, 2, 2];
    let fits = |(part, width): (&&str, usize)| part.len() == width && part.bytes().all(|byte| byte.is_ascii_digit());
    match parts.len() <= widths.len() && parts.iter().zip(widths).all(fits) {
        true => Ok(text.to_owned()),
        false => Err("write a year, month or day: 2015, 2015-09, 2015-09-28".to_owned()),
    }
}

/// Puts claims under topics: those of the tree, or what is narrower than the one that was asked for.
fn placing<'a>(record: &'a Record<'a>, topics: &'a Topics<'a>, scope: &Scope<'_>) -> Placing<'a> {
    let placing = Placing::new(record, topics);
    match scope.topic_id {
        Some(topic) => placing.under(topic),
        None => placing,
    }
}

/// The numbers of an actor's own positions with a date, in the order in which they were said.
fn own_positions(record: &Record<'_>, said: &Said, actor: TermId, scope: &Scope<'_>) -> Vec<usize> {
    let counts =
        |line: &ClaimLine| line.subject == actor && !said.date_of(line).is_empty() && scope.has_claim(record, line);
    said.claims().iter().enumerate().filter(|(_, line)| counts(line)).map(|(at, _)| at).collect()
}

/// The numbers of the dated texts in which an actor speaks, oldest first.
fn own_texts(record: &Record<'_>, said: &Said, actor: TermId) -> Vec<usize> {
    let mut texts: BTreeSet<usize> = BTreeSet::new();
    texts.extend(
        said.claims()
            .iter()
            .filter(|line| line.subject == actor && line.is_position && line.is_own)
            .filter_map(|line| line.text),
    );
    texts.extend((0..said.texts().len()).filter(|&at| record.speaks_for(said.texts()[at].id, actor)));
    texts.into_iter().filter(|&at| !said.texts()[at].date.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_months_and_years() {
        for (text, is_day) in [
            ("2015", true),
            ("2015-09", true),
            ("2015-09-28", true),
            ("15", false),
            ("2015-9", false),
            ("2015-09-28-1", false),
            ("soon", false),
            ("", false),
        ] {
            assert_eq!(day(text).is_ok(), is_day, "{text}");
        }
    }
}
