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

    /// As people write it: `8 April 2021`, `27–29 March 2019`, `March 2019`, `2011`.
    pub fn words(&self) -> String {
        let (start, end) = (parts(self.start()), parts(self.end()));
        match (&start, &end) {
            _ if !self.is_interval() => spelled(&start),
            ([d1, m1, y1], [d2, m2, y2]) if m1 == m2 && y1 == y2 => format!("{d1}–{d2} {m1} {y1}"),
            ([d1, m1, y1], [d2, m2, y2]) if y1 == y2 => format!("{d1} {m1} – {d2} {m2} {y1}"),
            _ => format!("{} – {}", spelled(&start), spelled(&end)),
        }
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

const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
];

/// Day, month and year of an ISO date, as far as it has them; the whole of what is none.
fn parts(iso: &str) -> [String; 3] {
    let mut numbers = iso.split('-');
    let year = numbers.next().unwrap_or_default().to_owned();
    let month =
        numbers.next().and_then(|month| month.parse::<usize>().ok()).and_then(|m| MONTHS.get(m.wrapping_sub(1)));
    let day = numbers.next().map(|day| day.trim_start_matches('0').to_owned());
    [day.unwrap_or_default(), month.copied().unwrap_or_default().to_owned(), year]
}

fn spelled(parts: &[String; 3]) -> String {
    let known: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    known.join(" ")
}

#[cfg(test)]
mod tests {
    use super::DateValue;

    #[test]
    fn dates_as_people_write_them() {
        let rows = [
            ("2021-04-08", "8 April 2021"),
            ("2019-03-27/2019-03-29", "27–29 March 2019"),
            ("2019-03-27/2019-04-02", "27 March – 2 April 2019"),
            ("2019-12-30/2020-01-02", "30 December 2019 – 2 January 2020"),
            ("2019-03", "March 2019"),
            ("2011", "2011"),
            ("2021/2025", "2021 – 2025"),
            ("2021-99-08", "8 2021"),
        ];
        for (iso, expected) in rows {
            assert_eq!(DateValue::new(iso).words(), expected);
        }
    }
}
