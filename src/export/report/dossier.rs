//! The claims of a record in the order of their documents, with their sentences and names that fit into tables.

use std::collections::BTreeMap;

use crate::export::view::Quote;
use crate::export::view::claims::quote;
use crate::model::{Class, DateValue, Modality, spaced};
use crate::record::{Claim, Record, TermId, Value, Voice};

use super::Note;

/// Labels with more characters give way to a shorter name.
const LONG: usize = 48;

/// All claims, oldest document first, in the order of its text.
pub struct Dossier<'r> {
    pub record: &'r Record<'r>,
    pub claims: Vec<CitedClaim<'r>>,
    /// Claims that are not sure enough.
    pub unsure: usize,
}

/// A claim with its sentence.
pub struct CitedClaim<'r> {
    pub claim: Claim<'r>,
    pub quote: Quote,
}

impl CitedClaim<'_> {
    /// How it is put, unless plainly asserted.
    pub fn modality(&self) -> Option<Modality> {
        self.claim.modality.filter(|one| *one != Modality::Asserted)
    }
}

impl<'r> Dossier<'r> {
    /// Reads the claims that are at least so sure.
    pub fn new(record: &'r Record<'r>, min_confidence: f64) -> Self {
        let all: Vec<Claim<'_>> = record.claims().collect();
        let count = all.len();
        let sure = all.into_iter().filter(|claim| claim.sureness() >= min_confidence).map(|mut claim| {
            claim.qualifiers.sort_by_cached_key(|(qualifier, value)| (*qualifier, record.words(*value)));
            claim
        });
        let mut claims: Vec<CitedClaim<'_>> =
            sure.map(|claim| CitedClaim { quote: quote(record, &claim), claim }).collect();
        claims.sort_by_cached_key(|told| {
            let quote = &told.quote;
            (quote.date.clone(), quote.source.clone(), quote.place, quote.claim.clone())
        });
        Self { record, unsure: count - claims.len(), claims }
    }

    /// What a thing is called in a table: a date in words; for a long label the longest shorter name that no other thing
    /// has; a literal's words.
    pub fn name(&self, id: TermId) -> String {
        if let Some(Value::Date(date)) = self.record.entity(id).value {
            return date.words();
        }
        let label = self.record.words(id);
        if self.record.quads().is_literal(id) || label.chars().count() <= LONG {
            return label;
        }
        self.record.shorter(id, LONG).map_or(label, str::to_owned)
    }

    /// The names of some things, sorted, each once.
    pub fn names(&self, things: impl IntoIterator<Item = TermId>) -> Vec<String> {
        let mut names: Vec<String> = things.into_iter().map(|id| self.name(id)).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// What a thing is, in words: `expert group`.
    pub fn class(&self, id: TermId) -> Option<String> {
        let class: Class = self.record.class(id)?;
        Some(match class.name() {
            "UNBody" => "body of the United Nations".to_owned(),
            name => spaced(name).trim().to_owned(),
        })
    }

    /// Whose claim it is, in words: its holder, else those for whom the document speaks.
    pub fn speaker(&self, told: &CitedClaim<'_>) -> Option<String> {
        if let Some(holder) = told.claim.holder {
            return Some(self.name(holder));
        }
        let voice = self.record.voice(told.claim.text?)?;
        let names = self.names(Voice::represented(voice));
        (!names.is_empty()).then(|| names.join(", "))
    }

    /// The footnotes of claims. `text` gives a stored text by the first digits of its hash.
    pub fn notes(&self, order: &[TermId], text: &dyn Fn(&str) -> Option<String>) -> Vec<Note> {
        let by_id: BTreeMap<TermId, &CitedClaim<'_>> = self.claims.iter().map(|told| (told.claim.id, told)).collect();
        let mut lines: BTreeMap<TermId, Option<Vec<usize>>> = BTreeMap::new();
        let told = order.iter().filter_map(|id| by_id.get(id));
        told.map(|told| {
            let starts = told.claim.text.and_then(|id| {
                let name = self.record.quads().text(id).rsplit('/').next().unwrap_or_default();
                lines.entry(id).or_insert_with(|| text(name).map(|text| line_starts(&text))).as_ref()
            });
            let line = starts.map(|starts| starts.partition_point(|&at| at <= told.quote.place.0));
            self.note(told, line.map(|line| format!("line {line}")))
        })
        .collect()
    }

    fn note(&self, told: &CitedClaim<'_>, line: Option<String>) -> Note {
        let quote = &told.quote;
        let passage = told.claim.passages.first().map(|passage| self.record.quote(*passage));
        Note {
            quote: quote.text.clone(),
            language: passage.and_then(|passage| passage.language).map(str::to_owned),
            said_by: self.speaker(told),
            document: quote.document.clone(),
            date: if quote.date.is_empty() { String::new() } else { DateValue::new(&quote.date).words() },
            locator: quote.locator.clone().or(line),
            place: quote.place,
            confidence: quote.confidence,
            claim: quote.claim.rsplit('/').next().unwrap_or_default().to_owned(),
        }
    }
}

/// The code point at which each line begins.
fn line_starts(text: &str) -> Vec<usize> {
    let breaks = text.chars().enumerate().filter(|(_, c)| *c == '\n').map(|(at, _)| at + 1);
    std::iter::once(0).chain(breaks).collect()
}

#[cfg(test)]
mod tests {
    use super::line_starts;

    #[test]
    fn lines_are_counted_in_code_points() {
        let starts = line_starts("پاسخ\n👍\n\nend");
        assert_eq!(starts, [0, 5, 7, 8]);
        assert_eq!(
            [0, 4, 5, 6, 7, 8, 99].map(|at| starts.partition_point(|&start| start <= at)),
            [1, 1, 2, 2, 3, 4, 4]
        );
    }
}
