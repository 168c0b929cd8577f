//! Dates, quantities and amounts as values.

use compact_str::CompactString;

/// A date or interval in ISO 8601: `2011`, `2019-03`, `2021-04-08`, `2019-03-27/2019-03-29`, `2021/2025`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DateValue(CompactString);

impl DateValue {
    /// Takes ISO 8601 text that the caller has already checked.
    pub fn new(iso: &str) -> Self {
        Self(iso.into())
    }

    /// The ISO 8601 text.
    pub fn iso(&self) -> &str {
        &self.0
    }

    /// The first day, month or year of an interval; the whole of a single date.
    pub fn start(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }

    /// The last day, month or year of an interval; the whole of a single date.
    pub fn end(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// Whether it has a start and an end.
    pub fn is_interval(&self) -> bool {
        self.0.contains('/')
    }
}

/// A number with what is counted: "134 countries".
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Quantity {
    /// The number in plain decimal notation: `134`, `2000000000`, `4.5`.
    pub number: CompactString,
    /// What is counted, singular and in lower case: `country`, `executive body`; `%` for per cent.
    pub unit: CompactString,
    /// Whether the text says "about", "more than", "approximately".
    pub approximate: bool,
}

/// An amount of money: "2 billion dollars".
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Money {
    /// The amount in plain decimal notation: `2000000000`.
    pub amount: CompactString,
    /// ISO 4217 code where the text decides it (`USD`), else the word (`dollar`).
    pub currency: CompactString,
    /// Whether the text says "about", "approximate value of".
    pub approximate: bool,
}
