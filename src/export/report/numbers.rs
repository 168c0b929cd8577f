//! The numbers that claims rest on.

use crate::export::TermId;
use crate::lift::vocabulary::rap;
use crate::model::{Kind, Qualifier};

use super::dossier::{CitedClaim, Dossier};
use super::rows::{act, date};
use super::{Cell, PageDraft, TextRun, said};

/// Who or what is said to have which number: a row a number. With `dated`, the date goes first.
pub fn rows(dossier: &Dossier<'_>, draft: &mut PageDraft, claims: &[&CitedClaim<'_>], dated: bool) -> Vec<Vec<Cell>> {
    let mut rows = Vec::new();
    for told in claims {
        for (number, place) in numbers(dossier, told) {
            let mut row: Vec<Cell> = if dated { vec![said(&date(told))] } else { Vec::new() };
            row.extend(sides(dossier, told, place));
            row.push(vec![TextRun::Words(words(dossier, number)), draft.note(told.claim.id)]);
            rows.push(row);
        }
    }
    rows
}

/// Whether a claim holds a number.
pub fn has_any(dossier: &Dossier<'_>, told: &CitedClaim<'_>) -> bool {
    !numbers(dossier, told).is_empty()
}

/// Where in a claim a number stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum NumberPlace {
    Subject,
    Object,
    Beside,
}

fn numbers(dossier: &Dossier<'_>, told: &CitedClaim<'_>) -> Vec<(TermId, NumberPlace)> {
    let is_number =
        |id: TermId| dossier.record.class(id).is_some_and(|class| matches!(class.kind(), Kind::Quantity | Kind::Money));
    let counts = |qualifier: Qualifier, id: TermId| {
        is_number(id) || qualifier == Qualifier::Count && dossier.record.quads().is_literal(id)
    };
    let ends = [(told.claim.subject, NumberPlace::Subject), (told.claim.object, NumberPlace::Object)];
    let beside = told.claim.qualifiers.iter().filter(|(qualifier, id)| counts(*qualifier, *id));
    ends.into_iter().filter(|(id, _)| is_number(*id)).chain(beside.map(|(_, id)| (*id, NumberPlace::Beside))).collect()
}

/// What the number is said of, and what is said.
fn sides(dossier: &Dossier<'_>, told: &CitedClaim<'_>, place: NumberPlace) -> [Cell; 2] {
    let label = |id| dossier.name(id);
    match place {
        NumberPlace::Object => [said(&label(told.claim.subject)), said(&act(told))],
        NumberPlace::Subject => [said(&label(told.claim.object)), said(&format!("is what is said of: {}", act(told)))],
        NumberPlace::Beside => {
            [said(&label(told.claim.subject)), said(&format!("{} {}", act(told), label(told.claim.object)))]
        }
    }
}

/// The number with its unit; "about" where the speaker says so.
fn words(dossier: &Dossier<'_>, number: TermId) -> String {
    let label = dossier.name(number);
    let rough = dossier.record.text(number, rap::APPROXIMATE) == Some("true");
    if rough && !label.starts_with("about ") { format!("about {label}") } else { label }
}
