//! Claims as rows of tables.

use crate::export::TermId;
use crate::export::view::Stance;
use crate::lift::vocabulary::{own, rap};
use crate::model::{DateValue, Qualifier};

use super::record::{Record, Told};
use super::{Cell, Draft, Run, said};

/// In which part of a report a claim belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Someone is for or against something.
    Position,
    /// Someone asks for something.
    Asks,
    /// Something is told.
    Told,
    /// What the document says of itself.
    OfDocument,
}

/// The part of a claim.
pub fn part(record: &Record<'_, '_>, told: &Told) -> Part {
    let relation = &told.claim.relation;
    let is_text = || told.claim.text.is_some_and(|text| is_part(record, text, told.claim.subject));
    match relation.stance(false) {
        Stance::Asks => Part::Asks,
        Stance::For | Stance::Against => Part::Position,
        Stance::None if relation.is_position() => Part::Position,
        Stance::None if relation.describes_document() && is_text() => Part::OfDocument,
        Stance::None => Part::Told,
    }
}

/// Whether a thing is the text, the work that it holds, or the one who delivers it.
fn is_part(record: &Record<'_, '_>, text: TermId, id: TermId) -> bool {
    let delivered_by = own("deliveredBy");
    let parts = record.facts.values(text, rap::TEXT_OF).chain(record.facts.values(text, delivered_by.as_ref()));
    text == id || parts.into_iter().any(|part| part == id)
}

/// The relation, with how it is put: `opposes (proposal)`, `does not support`.
pub fn act(told: &Told) -> String {
    let words = told.claim.relation.words_of(told.claim.verb.as_deref(), told.claim.negated);
    match told.modality {
        Some(modality) => format!("{words} ({})", modality.name()),
        None => words,
    }
}

/// The object with what narrows it: `Expert Group (renewal); in 2021`.
pub fn object(record: &Record<'_, '_>, told: &Told) -> String {
    let label = record.name(told.claim.object);
    narrowed(record, told, label)
}

/// Words with what narrows a claim.
pub fn narrowed(record: &Record<'_, '_>, told: &Told, words: String) -> String {
    let mut out = words;
    let aspects: Vec<String> = of(record, told, Qualifier::Aspect).collect();
    if !aspects.is_empty() {
        out = format!("{out} ({})", aspects.join(", "));
    }
    for (qualifier, value) in
        told.qualifiers.iter().filter(|(qualifier, _)| !matches!(qualifier, Qualifier::Aspect | Qualifier::Verb))
    {
        let value = record.name(*value);
        out.push_str(&match qualifier {
            Qualifier::InYear => format!("; in {value}"),
            Qualifier::OnDate => format!("; on {value}"),
            Qualifier::Task => format!("; to do: {value}"),
            Qualifier::Count => format!("; number: {value}"),
            other => format!("; {} {value}", other.name()),
        });
    }
    out
}

fn of<'r>(record: &'r Record<'_, '_>, told: &'r Told, wanted: Qualifier) -> impl Iterator<Item = String> + 'r {
    let values = told.qualifiers.iter().filter(move |(qualifier, _)| *qualifier == wanted);
    values.map(|(_, value)| record.name(*value))
}

/// The date of a claim's document in words; empty if it has none.
pub fn date(told: &Told) -> String {
    match told.claim.quote.date.as_str() {
        "" => String::new(),
        date => DateValue::new(date).words(),
    }
}

/// Subject, act and object of a claim, the object with its footnote.
pub fn plain(record: &Record<'_, '_>, draft: &mut Draft, told: &Told) -> Vec<Cell> {
    let subject = record.name(told.claim.subject);
    vec![said(&subject), said(&act(told)), noted(draft, told, object(record, told))]
}

/// Words with the footnote of a claim.
pub fn noted(draft: &mut Draft, told: &Told, words: String) -> Cell {
    vec![Run::Words(words), draft.note(told.claim.id)]
}
