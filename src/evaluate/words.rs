//! Words and predicates as the measure compares them.

use std::collections::HashMap;

/// Words too common to tell two texts apart.
const STOP: &[&str] = &[
    "the", "a", "an", "of", "to", "and", "in", "on", "for", "by", "with", "its", "their", "his", "her", "our", "this",
    "that", "these", "those", "as", "at", "from", "into", "is", "are", "be", "been", "have", "has",
];

/// Predicates that count as near each other.
const FAMILIES: &[&[&str]] = &[
    &["supports", "calls-for", "emphasizes", "attaches-importance-to", "proposes", "commits-to"],
    &["requests", "invites", "calls-for"],
    &["opposes", "condemns", "regrets", "concerned-about"],
    &["mandates", "has-task", "established"],
    &["established", "launched", "convened"],
    &["has-task", "has-purpose", "responsible-for", "elaborates"],
    &["provides", "conducts", "facilitates", "funds"],
    &["cooperates-with", "participates-in", "conducts"],
    &["part-of", "member-of", "session-of", "head-of", "kind-of"],
    &["hinders", "faces", "concerned-about"],
    &["has-legal-basis", "cites"],
    &["dated", "held-on", "adopted"],
    &["delivered-by", "represents"],
    &["located-in", "held-in", "located-in-region"],
    &["has-count", "has-value"],
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

/// Whether two predicates are the same or of one family.
pub(super) fn is_near(a: &str, b: &str) -> bool {
    a == b || FAMILIES.iter().any(|family| family.contains(&a) && family.contains(&b))
}

#[cfg(test)]
mod tests {
    use super::{is_near, overlap, predicate};

    #[test]
    fn predicates_meet_in_kebab_case() {
        assert_eq!(predicate("rap:cooperatesWith"), "cooperates-with");
        assert_eq!(predicate("other:violates"), "other");
        assert!(is_near("mandates", "has-task") && !is_near("mandates", "faces"));
    }

    #[test]
    fn overlap_leaves_small_words_out() {
        assert_eq!(overlap("the fight against crime", "fight against the crime"), 1.0);
        assert_eq!(overlap("peace", "war"), 0.0);
    }
}
