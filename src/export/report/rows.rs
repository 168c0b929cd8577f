//! Claims as rows of tables.

use crate::export::TermId;
use crate::export::view::Stance;
use crate::lift::vocabulary::{own, rap};
use crate::model::{DateValue, Qualifier};

use super::dossier::{CitedClaim, Dossier};
use super::{Cell, PageDraft, TextRun, said};

/// In which part of a report a claim belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportPart {
    /// Someone is for or against something.
    Position,
    /// Someone asks for something.
    Asks,
    /// Something is told.
    CitedClaim,
    /// What the document says of itself.
    OfDocument,
}

/// The part of a claim.
pub fn part(dossier: &Dossier<'_>, told: &CitedClaim<'_>) -> ReportPart {
    let relation = &told.claim.relation;
    let is_text = || told.claim.text.is_some_and(|text| is_part(dossier, text, told.claim.subject));
    match relation.stance(false) {
        Stance::Asks => ReportPart::Asks,
        Stance::For | Stance::Against => ReportPart::Position,
        Stance::None if relation.is_position() => ReportPart::Position,
        Stance::None if relation.describes_document() && is_text() => ReportPart::OfDocument,
        Stance::None => ReportPart::CitedClaim,
    }
}

/// Whether a thing is the text, the work that it holds, or the one who delivers it.
fn is_part(dossier: &Dossier<'_>, text: TermId, id: TermId) -> bool {
    let delivered_by = own("deliveredBy");
    let parts = dossier.record.values(text, rap::TEXT_OF).chain(dossier.record.values(text, delivered_by.as_ref()));
    text == id || parts.into_iter().any(|part| part == id)
}

/// The relation, with how it is put: `opposes (proposal)`, `does not support`.
pub fn act(told: &CitedClaim<'_>) -> String {
    let words = told.claim.relation.words_of(told.claim.verb, told.claim.is_negated());
    match told.modality() {
        Some(modality) => format!("{words} ({})", modality.name()),
        None => words,
    }
}

/// The object with what narrows it: `Expert Group (renewal); in 2021`.
pub fn object(dossier: &Dossier<'_>, told: &CitedClaim<'_>) -> String {
    let label = dossier.name(told.claim.object);
    narrowed(dossier, told, label)
}

/// The subject, in its whole phrase where its name says less.
fn subject(dossier: &Dossier<'_>, told: &CitedClaim<'_>) -> String {
    let phrase = of(dossier, told, Qualifier::SubjectAspect).next();
    phrase.unwrap_or_else(|| dossier.name(told.claim.subject))
}

/// Words with what narrows a claim.
pub fn narrowed(dossier: &Dossier<'_>, told: &CitedClaim<'_>, words: String) -> String {
    let mut out = words;
    let aspects: Vec<String> = of(dossier, told, Qualifier::Aspect).collect();
    // The whole phrase holds the name already: "countries that took part" and not "countries (countries that took part)".
    let whole = aspects.iter().find(|aspect| aspect.to_lowercase().contains(&out.to_lowercase()));
    if let Some(whole) = whole {
        out.clone_from(whole);
    } else if !aspects.is_empty() {
        out = format!("{out} ({})", aspects.join(", "));
    }
    let told_apart =
        |qualifier: Qualifier| matches!(qualifier, Qualifier::Aspect | Qualifier::Verb | Qualifier::SubjectAspect);
    for (qualifier, value) in told.claim.qualifiers.iter().filter(|(qualifier, _)| !told_apart(*qualifier)) {
        let value = dossier.name(*value);
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

fn of<'r>(dossier: &'r Dossier<'_>, told: &'r CitedClaim, wanted: Qualifier) -> impl Iterator<Item = String> + 'r {
    let values = told.claim.qualifiers.iter().filter(move |(qualifier, _)| *qualifier == wanted);
    values.map(|(_, value)| dossier.name(*value))
}

/// The date of a claim's document in words; empty if it has none.
pub fn date(told: &CitedClaim<'_>) -> String {
    match told.quote.date.as_str() {
        "" => String::new(),
        date => DateValue::new(date).words(),
    }
}

/// Subject, act and object of a claim, the object with its footnote.
pub fn plain(dossier: &Dossier<'_>, draft: &mut PageDraft, told: &CitedClaim<'_>) -> Vec<Cell> {
    vec![said(&subject(dossier, told)), said(&act(told)), noted(draft, told, object(dossier, told))]
}

/// Words with the footnote of a claim.
pub fn noted(draft: &mut PageDraft, told: &CitedClaim<'_>, words: String) -> Cell {
    vec![TextRun::Words(words), draft.note(told.claim.id)]
}
