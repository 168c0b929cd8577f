//! Claims as rows: what lists, counts and matrices look at, without reading the whole claim.

use std::collections::HashMap;

use crate::lift::vocabulary::rap;
use crate::model::{Passage, Stance};
use crate::record::{Claim, Record, TermId};

use super::texts::TextLine;

/// A claim, as far as it is counted and sorted by.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimLine {
    /// The claim itself.
    pub id: TermId,
    /// Of whom or what it is claimed.
    pub subject: TermId,
    /// The property.
    pub predicate: TermId,
    /// What is claimed.
    pub object: TermId,
    /// Its object, what that is an aspect of, and what narrows it: what it is on. Things only.
    pub on: Vec<TermId>,
    /// Whose claim it is: its holder, else those for whom its text speaks.
    pub said_by: Vec<TermId>,
    /// The number of its text among all, oldest first.
    pub text: Option<usize>,
    /// Its first passage, in code points, the end excluded.
    pub place: (usize, usize),
    /// For, against, asking, or none.
    pub stance: Stance,
    /// Whether it tells a stance at all.
    pub is_position: bool,
    /// Whether it is denied.
    pub is_negated: bool,
    /// 0 to 1.
    pub confidence: f64,
    /// Whether it is its subject's own: no holder, or its subject, or one that speaks for it here.
    pub is_own: bool,
    /// No earlier statement of that actor says so: the same act on the same thing.
    pub is_new: bool,
    /// An earlier statement of that actor takes the other side on the same thing.
    pub is_turned: bool,
}

impl ClaimLine {
    /// Whether two claims rest on the same words, or one on some of the other's.
    pub fn meets(&self, other: &Self) -> bool {
        self.text == other.text && self.place.0 < other.place.1 && other.place.0 < self.place.1
    }
}

/// The claims of a record in the order in which they were said: by date, text and place. Those without a text come first.
pub(super) fn lines(record: &Record<'_>, texts: &[TextLine], numbers: &HashMap<TermId, usize>) -> Vec<ClaimLine> {
    let mut lines: Vec<ClaimLine> = record.claims().map(|claim| line(record, texts, numbers, &claim)).collect();
    lines.sort_by(|a, b| {
        let iri = |line: &ClaimLine| record.quads().text(line.id);
        (a.text, a.place).cmp(&(b.text, b.place)).then_with(|| iri(a).cmp(iri(b)))
    });
    lines.dedup_by_key(|line| line.id);
    lines
}

fn line(record: &Record<'_>, texts: &[TextLine], numbers: &HashMap<TermId, usize>, claim: &Claim<'_>) -> ClaimLine {
    let passages = claim.passages.iter().filter_map(|passage| Passage::parse(record.quads().text(*passage)));
    let text = claim.text.and_then(|text| numbers.get(&text).copied());
    let mut on: Vec<TermId> = std::iter::once(claim.object)
        .chain(record.values(claim.object, rap::ASPECT_OF))
        .chain(super::ON.into_iter().flat_map(|qualifier| claim.qualified(qualifier)))
        .filter(|id| !record.quads().is_literal(*id))
        .collect();
    on.dedup();
    ClaimLine {
        id: claim.id,
        subject: claim.subject,
        predicate: claim.predicate,
        object: claim.object,
        on,
        said_by: record.said_by(claim),
        text,
        place: passages.map(|passage| passage.place()).min().unwrap_or_default(),
        stance: claim.relation.stance(claim.is_negated()),
        is_position: claim.relation.is_position(),
        is_negated: claim.is_negated(),
        confidence: claim.sureness(),
        is_own: claim.holder.is_none_or(|holder| {
            holder == claim.subject || text.is_some_and(|at| texts[at].speaks_for(holder, claim.subject))
        }),
        is_new: false,
        is_turned: false,
    }
}
