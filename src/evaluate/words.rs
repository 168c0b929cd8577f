//! Words and predicates as the measure compares them.

use std::collections::HashMap;

use crate::seeds::relations;

/// Words too common to tell two texts apart.
const STOP: &[&str] = &[
    "the", "a", "an", "of", "to", "and", "in", "on", "for", "by", "with", "its", "their", "his", "her", "our", "this",
    "that", "these", "those", "as", "at", "from", "into", "is", "are", "be", "have", "has",
];

/// F1 of the words of two texts, small words left out.
pub(super) fn overlap(a: &str, b: &str) -> f64 {
    let (a, b) = (counts(a), counts(b));
    let shared: usize = a.iter().map(|(word, n)| n.min(b.get(word).unwrap_or(&0))).sum();
    let total: usize = a.values().sum::<usize>() + b.values().sum::<usize>();
    if shared == 0 { 0.0 } else { 2.0 * shared as f64 / total as f64 }
}

fn counts(text: &str) -> HashMap<String, usize> {
    let lower = text.to_lowercase();
    let mut counts = HashMap::new();
    for word in
        lower.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty() && !STOP.contains(word))
    {
        *counts.entry(word.to_owned()).or_insert(0) += 1;
    }
    counts
}

/// A predicate in kebab case without its namespace; all of one's own ("other:…") are one.
pub(super) fn predicate(name: &str) -> String {
    if name.starts_with("other") {
        return "other".to_owned();
    }
    let local = name.rsplit(['#', '/', ':']).next().unwrap_or(name);
    let mut kebab = String::with_capacity(local.len() + 4);
    let mut before = ' ';
    for c in local.chars() {
        if c.is_ascii_uppercase() && before.is_ascii_lowercase() {
            kebab.push('-');
        }
        kebab.extend(if c == '_' { '-' } else { c }.to_lowercase());
        before = c;
    }
    kebab
}

/// Whether two predicates, in kebab case, are the same or of one family.
pub(super) fn is_near(a: &str, b: &str) -> bool {
    let relation = |kebab: &str| relations().get(&camel(kebab));
    a == b || relation(a).zip(relation(b)).is_some_and(|(a, b)| a.is_near(b))
}

/// The group of a predicate in kebab case, as the ontology has it.
pub(super) fn group(kebab: &str) -> String {
    let group = relations().get(&camel(kebab)).map_or("", |relation| relation.group());
    if group.is_empty() { "rest".to_owned() } else { group.to_owned() }
}

/// `calls-for` as `callsFor`.
fn camel(kebab: &str) -> String {
    let mut parts = kebab.split('-');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |name, part| {
        let (initial, rest) = part.split_at(part.chars().next().map_or(0, char::len_utf8));
        name + &initial.to_uppercase() + rest
    })
}

#[cfg(test)]
mod tests {
    use super::{is_near, overlap, predicate};

    #[test]
    fn predicates_meet_in_kebab_case() {
        assert_eq!(predicate("rap:cooperatesWith"), "cooperates-with");
        assert_eq!(predicate("other:violates"), "other");
        assert!(is_near("mandates", "has-task") && !is_near("mandates", "faces"));
        assert!(is_near("other", "other") && is_near("calls-for", "requires") && !is_near("other", "strange"));
    }

    #[test]
    fn overlap_leaves_small_words_out() {
        assert_eq!(overlap("the fight against crime", "fight against the crime"), 1.0);
        assert_eq!(overlap("peace", "war"), 0.0);
    }
}
