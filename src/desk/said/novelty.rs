//! What is new in a statement, and where someone turned round: in an actor's own words, as the bundled question
//! `position-change` has it.

use std::collections::HashMap;

use crate::model::Stance;
use crate::record::{Record, TermId};

use super::lines::ClaimLine;
use super::texts::TextLine;

/// Words of a phrase that are looked at.
const WORDS: usize = 64;

/// Marks the claims that no earlier statement of their actor says, and those that take the other side of an earlier one.
pub(super) fn mark(record: &Record<'_>, texts: &[TextLine], claims: &mut [ClaimLine]) {
    let date = |line: &ClaimLine| line.text.map(|at| texts[at].date.as_str()).filter(|date| !date.is_empty());
    let counts = |line: &ClaimLine| line.is_position && line.is_own;
    let mut begins: HashMap<TermId, &str> = HashMap::new();
    let mut since: HashMap<(TermId, TermId, TermId, bool), &str> = HashMap::new();
    let mut words_since: HashMap<(TermId, TermId, String, bool), &str> = HashMap::new();
    let mut sides: HashMap<(TermId, TermId), Vec<(&str, Stance)>> = HashMap::new();
    for line in claims.iter().filter(|line| counts(line)) {
        let Some(day) = date(line) else { continue };
        // They come oldest first.
        begins.entry(line.subject).or_insert(day);
        since.entry((line.subject, line.predicate, line.object, line.is_negated)).or_insert(day);
        let label = words(record, line.object).join(" ");
        words_since.entry((line.subject, line.predicate, label, line.is_negated)).or_insert(day);
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
            // "the people of Ruritania" is no news where Ruritania itself was spoken of so.
            let is_said = |part: String| {
                let key = (line.subject, line.predicate, part, line.is_negated);
                words_since.get(&key).is_some_and(|since| *since < day)
            };
            let is_new = begins.get(&line.subject).is_some_and(|begin| day > *begin)
                && since.get(&key) == Some(&day)
                && !parts(&words(record, line.object)).any(is_said);
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

/// The words of what a claim is on, in lower case; of a longer phrase the first.
fn words(record: &Record<'_>, id: TermId) -> Vec<String> {
    let label = record.words(id).to_lowercase();
    let words = label.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(WORDS).map(str::to_owned).collect()
}

/// All stretches of words, each joined by blanks.
fn parts(words: &[String]) -> impl Iterator<Item = String> + '_ {
    (0..words.len()).flat_map(move |start| (start + 1..=words.len()).map(move |end| words[start..end].join(" ")))
}
