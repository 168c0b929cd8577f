//! One preferred label a thing and language: documents call a thing by different names, and each document's graph keeps its
//! own; whoever takes their union wants one.

use std::collections::{BTreeMap, HashMap};

use crate::lift::vocabulary::skos;

use super::{QuadIds, Quads, TermId};

/// Makes of several preferred labels of a thing in one language the one that most graphs have, of equals the first by its
/// letters; the others become alternative labels.
pub fn prefer_one(quads: &mut Quads) {
    let Some(preferred) = quads.find_iri(skos::PREF_LABEL.as_str()) else { return };
    let mut votes: HashMap<TermId, BTreeMap<TermId, usize>> = HashMap::new();
    for row in quads.rows().iter().filter(|row| row.predicate == preferred) {
        *votes.entry(row.subject).or_default().entry(row.object).or_default() += 1;
    }
    votes.retain(|_, labels| labels.len() > 1);
    let passed_over: Vec<(TermId, TermId)> =
        votes.iter().flat_map(|(thing, labels)| others(quads, *thing, labels)).collect();
    if passed_over.is_empty() {
        return;
    }
    let alternative = quads.intern_iri(skos::ALT_LABEL.as_str());
    let passed_over: std::collections::HashSet<(TermId, TermId)> = passed_over.into_iter().collect();
    let is_it = |row: &QuadIds| row.predicate == preferred && passed_over.contains(&(row.subject, row.object));
    let moved: Vec<QuadIds> = quads.rows().iter().filter(|row| is_it(row)).copied().collect();
    quads.retain(|row| !is_it(row));
    moved.into_iter().for_each(|row| quads.insert_ids(QuadIds { predicate: alternative, ..row }));
}

/// The labels of a thing that are not the best of their language.
fn others(quads: &Quads, thing: TermId, labels: &BTreeMap<TermId, usize>) -> Vec<(TermId, TermId)> {
    let mut best: BTreeMap<Option<&str>, (usize, TermId)> = BTreeMap::new();
    for (&label, &count) in labels {
        let held = best.entry(quads.language(label)).or_insert((count, label));
        if count > held.0 || count == held.0 && quads.text(label) < quads.text(held.1) {
            *held = (count, label);
        }
    }
    labels.keys().filter(|label| best.values().all(|(_, best)| best != *label)).map(|&label| (thing, label)).collect()
}

#[cfg(test)]
mod tests {
    use oxrdf::{GraphName, Literal, Quad};

    use super::prefer_one;
    use crate::export::Quads;
    use crate::lift::Base;
    use crate::lift::vocabulary::skos;

    #[test]
    fn what_most_graphs_have_is_preferred() {
        let base = Base::default();
        let said =
            [("a", "Tide Office", "en"), ("b", "tide office", "en"), ("c", "Tide Office", "en"), ("a", "Amt", "de")];
        let quad = |(graph, words, language): (&str, &str, &str)| {
            let label = Literal::new_language_tagged_literal_unchecked(words, language);
            Quad::new(base.iri("body/tide-office"), skos::PREF_LABEL, label, GraphName::from(base.iri(graph)))
        };
        let all: Vec<Quad> = said.into_iter().map(quad).collect();
        let mut quads: Quads = all.iter().map(Quad::as_ref).collect();
        prefer_one(&mut quads);
        let of = |property: oxrdf::NamedNodeRef<'_>| -> Vec<&str> {
            let rows = quads.rows().iter().filter(|row| quads.text(row.predicate) == property.as_str());
            let mut words: Vec<&str> = rows.map(|row| quads.text(row.object)).collect();
            words.sort_unstable();
            words
        };
        assert_eq!(of(skos::PREF_LABEL), ["Amt", "Tide Office", "Tide Office"]);
        assert_eq!(of(skos::ALT_LABEL), ["tide office"]);
    }
}
