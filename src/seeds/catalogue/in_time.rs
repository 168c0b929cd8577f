//! Names that meant one thing in some years and another in others: "Viet Nam" before and after it was one State again,
//! "the Congo" while two States bore that name. Which years is data of the catalogue, each row with its source.

use std::collections::HashMap;

use compact_str::CompactString;

use super::Entry;
use crate::seeds::fold_name;

/// From when until when, both days included; an end that no source tells is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first day, month or year in ISO 8601.
    pub from: Option<CompactString>,
    /// The last one.
    pub until: Option<CompactString>,
}

impl Period {
    /// Reads `1954-07-20/1976-07-01`, `../1997-05-17`, `1989/..`.
    pub(super) fn parse(text: &str, is_date: impl Fn(&str) -> bool) -> Option<Self> {
        let (from, until) = text.split_once('/')?;
        let end = |text: &str| match text {
            ".." => Some(None),
            text => is_date(text).then(|| Some(text.into())),
        };
        Some(Self { from: end(from)?, until: end(until)? })
    }

    /// Whether a date lies in it, as far as both are told: a year lies in the period of one of its days. Without a date
    /// only what lasts until today holds.
    pub fn covers(&self, date: Option<&str>) -> bool {
        let Some(date) = date.filter(|date| date.starts_with(|c: char| c.is_ascii_digit())) else {
            return self.until.is_none();
        };
        let not_after = |a: &str, b: &str| {
            let shorter = a.len().min(b.len());
            a.get(..shorter) <= b.get(..shorter)
        };
        self.from.as_ref().is_none_or(|from| not_after(from, date))
            && self.until.as_ref().is_none_or(|until| not_after(date, until))
    }

    /// In words for a name's note: "1948-01-04–1989-06-17", "until 1997-05-17", "from 1989"; empty for always.
    pub fn words(&self) -> String {
        match (&self.from, &self.until) {
            (Some(from), Some(until)) => format!("{from}–{until}"),
            (None, Some(until)) => format!("until {until}"),
            (Some(from), None) => format!("from {from}"),
            (None, None) => String::new(),
        }
    }
}

/// What a name has to do with an entry in a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    /// It was called so; the name may be used of it at any time.
    Called,
    /// The name means this one, or one of those of which the same is said.
    Means,
    /// The same, and this one where the text does not tell.
    Usually,
}

impl Sense {
    /// The sense of that name.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        match name {
            "called" => Some(Self::Called),
            "means" => Some(Self::Means),
            "usually" => Some(Self::Usually),
            _ => None,
        }
    }
}

/// A name that an entry bears in a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameInTime {
    /// As written; "the Congo" holds only with the article.
    pub name: String,
    /// When.
    pub period: Period,
    /// How.
    pub sense: Sense,
    /// Where it was read.
    pub source: String,
}

/// Which entries a name may mean at which time.
#[derive(Clone, Debug, Default)]
pub struct NamesInTime(HashMap<String, Vec<Row>>);

#[derive(Clone, Debug)]
struct Row {
    key: CompactString,
    period: Period,
    /// Whether it holds only behind an article.
    article: bool,
}

impl NamesInTime {
    pub(super) fn of(entries: &[Entry]) -> Self {
        let mut rows: HashMap<String, Vec<Row>> = HashMap::new();
        for (entry, name) in entries.iter().flat_map(|entry| entry.in_time.iter().map(move |name| (entry, name))) {
            if name.sense == Sense::Called {
                continue;
            }
            let bare = name.name.strip_prefix("the ");
            let row = Row { key: entry.key.clone(), period: name.period.clone(), article: bare.is_some() };
            rows.entry(fold_name(bare.unwrap_or(&name.name))).or_default().push(row);
        }
        Self(rows)
    }

    /// The keys that a name may mean in a text of a date, where the time decides: several where the text has to.
    pub fn meant(&self, name: &str, has_article: bool, date: Option<&str>) -> Vec<CompactString> {
        let Some(rows) = self.0.get(&fold_name(name)) else { return Vec::new() };
        let holds = |row: &&Row| row.period.covers(date) && (has_article || !row.article);
        let mut keys: Vec<CompactString> = rows.iter().filter(holds).map(|row| row.key.clone()).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }
}

impl Entry {
    /// Whether a name that it shares with others means this one at a date where the text does not tell.
    pub fn is_usual(&self, date: Option<&str>) -> bool {
        self.in_time.iter().any(|name| name.sense == Sense::Usually && name.period.covers(date))
    }
}

#[cfg(test)]
mod tests {
    use super::Period;
    use crate::seeds::Catalogue;

    #[test]
    fn a_date_lies_in_a_period_as_far_as_both_are_told() {
        let period = |text: &str| Period::parse(text, |_| true).unwrap_or_else(|| panic!("{text} is a period"));
        for (text, date, lies) in [
            ("1954-07-20/1976-07-01", Some("1970"), true),
            ("1954-07-20/1976-07-01", Some("1954"), true),
            ("1954-07-20/1976-07-01", Some("1954-07-19"), false),
            ("1954-07-20/1976-07-01", Some("1976-07"), true),
            ("1954-07-20/1976-07-01", Some("1976-07-02"), false),
            ("1954-07-20/1976-07-01", None, false),
            ("../1988", Some("1947-11-29"), true),
            ("../1988", Some("1989"), false),
            ("1989/..", Some("2023-05-01"), true),
            ("1989/..", None, true),
            ("1989/..", Some("--10-05"), true),
        ] {
            assert_eq!(period(text).covers(date), lies, "{date:?} in {text}");
        }
    }

    #[test]
    fn names_mean_what_they_meant_in_their_year() {
        let names = Catalogue::embedded().names_in_time();
        let the = |name: &str, year: &str| names.meant(name, true, Some(year)).join(" ");
        assert_eq!(the("Congo", "1962"), "state/cod state/cog");
        assert_eq!(the("Congo", "1980"), "state/cog");
        assert_eq!(the("Viet-Nam", "1970"), "place/viet-nam state/north-viet-nam state/south-viet-nam");
        assert_eq!(the("Viet Nam", "1980"), "", "one State, as its label says");
        assert_eq!(the("Yemen", "1985"), "state/yemen-arab-republic");
        assert_eq!(
            (the("Palestine", "1960"), the("Palestine", "2012")),
            ("place/palestine".into(), "state/pse".into())
        );
        assert_eq!(names.meant("Congo", false, None).join(" "), "", "without the article, today's State of that name");
    }
}
