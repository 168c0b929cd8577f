//! A reference as a line that can stand in a footnote.

use crate::model::DateValue;

use super::{CitationType, Reference, listed};

impl Reference {
    /// Author, title, occasion, symbol, date, address: `Arcadia, “Statement on …”, statement at …, Vienna, 3 May 2021.`
    pub fn prose(&self) -> String {
        let title = match (&self.symbol, self.sort) {
            (Some(symbol), CitationType::Resolution) if *symbol == self.title => symbol.clone(),
            (Some(symbol), CitationType::Resolution) => format!("resolution {symbol}, “{}”", self.title),
            _ => format!("“{}”", self.title),
        };
        let parts = [
            (!self.authors.is_empty()).then(|| listed(&self.authors)),
            Some(title),
            self.speaker.as_ref().map(|name| format!("delivered by {name}")),
            self.occasion(),
            self.symbol.clone().filter(|_| self.sort != CitationType::Resolution),
            self.date.as_ref().map(DateValue::words),
            self.url.clone(),
        ];
        let line = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        format!("{line}.")
    }
}
