//! What was said, in the order in which it was said: texts by date, and claims as rows by date, text and place. Answers about
//! change, comparison and stance, and the pages of a store, all look at these rows.

mod lines;
mod novelty;
mod texts;

use std::collections::HashMap;

use crate::model::Qualifier;
use crate::record::{Record, TermId};

pub use lines::ClaimLine;
pub use texts::TextLine;

/// Qualifiers whose values a claim is on, beside its object.
pub const ON: [Qualifier; 9] = [
    Qualifier::To,
    Qualifier::On,
    Qualifier::For,
    Qualifier::Task,
    Qualifier::Aspect,
    Qualifier::Against,
    Qualifier::Through,
    Qualifier::Under,
    Qualifier::In,
];

/// The texts and claims of a record, oldest first.
pub struct Said {
    texts: Vec<TextLine>,
    claims: Vec<ClaimLine>,
    text_numbers: HashMap<TermId, usize>,
}

impl Said {
    /// Reads a record that holds claims, evidence and what ships.
    pub fn new(record: &Record<'_>) -> Self {
        let texts = texts::lines(record);
        let text_numbers = texts.iter().enumerate().map(|(at, text)| (text.id, at)).collect();
        let mut claims = lines::lines(record, &texts, &text_numbers);
        novelty::mark(record, &texts, &mut claims);
        Self { texts, claims, text_numbers }
    }

    /// The texts, oldest first; those without a date come first.
    pub fn texts(&self) -> &[TextLine] {
        &self.texts
    }

    /// The claims, in the order in which they were said.
    pub fn claims(&self) -> &[ClaimLine] {
        &self.claims
    }

    /// The number of a text among all.
    pub fn number_of(&self, text: TermId) -> Option<usize> {
        self.text_numbers.get(&text).copied()
    }

    /// The text that a claim is of.
    pub fn text_of(&self, line: &ClaimLine) -> Option<&TextLine> {
        self.texts.get(line.text?)
    }

    /// The day on which a claim was said, ISO 8601; empty if its text has none.
    pub fn date_of(&self, line: &ClaimLine) -> &str {
        self.text_of(line).map_or("", |text| text.date.as_str())
    }
}
