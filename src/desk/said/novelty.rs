//! What is new in a statement, and where someone turned round: in an actor's own words, as the bundled question
//! `position-change` has it.

use std::collections::HashMap;

use crate::model::Stance;
use crate::record::{Record, TermId};

use super::lines::ClaimLine;
use super::texts::TextLine;

/// Marks the claims that no earlier statement of their actor says, and those that take the other side of an earlier one.
pub(super) fn mark(record: &Record<'_>, texts: &[TextLine], claims: &mut [ClaimLine]) {
    let date = |line: &ClaimLine| line.text.map(|at| texts[at].date.as_str()).filter(|date| !date.is_empty());
    let counts = |line: &ClaimLine| line.is_position && line.is_own;
    let mut begins: HashMap<TermId, &str> = HashMap::new();
    let mut since: HashMap<(TermId, TermId, TermId, bool), &str> = HashMap::new();
    let mut sides: HashMap<(TermId, TermId), Vec<(&str, Stance)>> = HashMap::new();
    for line in claims.iter().filter(|line| counts(line)) {
        let Some(day) = date(line) else { continue };
        // They come oldest first.
        begins.entry(line.subject).or_insert(day);
        since.entry((line.subject, line.predicate, line.object, line.is_negated)).or_insert(day);
        if matches!(line.stance, Stance::For | Stance::Against) && !record.quads().is_literal(line.object) {
            let known = sides.entry((line.subject, line.object)).or_default();
            if !known.iter().any(|(_, stance)| *stance == line.stance) {
                known.push((day, line.stance));
            }
        }
    }
    let marks: Vec<(bool, bool)> = claims
        .iter()
        .map(|line| {
            let Some(day) = date(line).filter(|_| counts(line)) else { return (false, false) };
            let key = (line.subject, line.predicate, line.object, line.is_negated);
            let is_new = begins.get(&line.subject).is_some_and(|begin| day > *begin) && since.get(&key) == Some(&day);
            let other = line.stance.denied();
            let has_side = matches!(line.stance, Stance::For | Stance::Against);
            let earlier = sides.get(&(line.subject, line.object)).into_iter().flatten();
            let is_turned = has_side && earlier.into_iter().any(|(since, stance)| *stance == other && *since < day);
            (is_new, is_turned)
        })
        .collect();
    for (line, (is_new, is_turned)) in claims.iter_mut().zip(marks) {
        (line.is_new, line.is_turned) = (is_new, is_turned);
    }
}
