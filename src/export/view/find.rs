//! From what a person types to the thing that is meant.

use crate::export::{ExportError, TermId};
use crate::lift::vocabulary::{dcterms, skos};

use super::facts::Facts;

/// The thing with that IRI, key, label, other name or code; letter case does not matter.
pub fn entity(facts: &Facts<'_>, name: &str) -> Result<TermId, ExportError> {
    if let Some(id) = facts.quads.find_iri(name).filter(|&id| facts.class(id).is_some()) {
        return Ok(id);
    }
    let wanted = name.to_lowercase();
    let ways: [(Way, bool); 7] = [
        (is_key, false),
        (is_label, false),
        (is_other_name, false),
        (is_part_of_label, false),
        (is_key, true),
        (is_label, true),
        (is_other_name, true),
    ];
    for (fits, all) in ways {
        let found: Vec<TermId> = facts.things(all).filter(|&id| fits(facts, id, &wanted)).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Ok(*one),
            several => return Err(many(facts, name, several)),
        }
    }
    Err(ExportError::NoEntity { name: name.to_owned(), nearest: nearest(facts, &wanted) })
}

/// A way in which what was typed may name a thing.
type Way = fn(&Facts<'_>, TermId, &str) -> bool;

fn is_key(facts: &Facts<'_>, id: TermId, wanted: &str) -> bool {
    wanted.contains('/')
        && facts.quads.text(id).to_lowercase().strip_suffix(wanted).is_some_and(|start| start.ends_with('/'))
}

fn is_label(facts: &Facts<'_>, id: TermId, wanted: &str) -> bool {
    facts.values(id, skos::PREF_LABEL).any(|label| facts.quads.text(label).to_lowercase() == wanted)
}

fn is_other_name(facts: &Facts<'_>, id: TermId, wanted: &str) -> bool {
    let mut names = facts.values(id, skos::ALT_LABEL).chain(facts.values(id, dcterms::IDENTIFIER));
    names.any(|name| facts.quads.text(name).to_lowercase() == wanted)
}

/// Whole words of a label: "Iran" in "Iran (Islamic Republic of)".
fn is_part_of_label(facts: &Facts<'_>, id: TermId, wanted: &str) -> bool {
    let label = facts.label(id).to_lowercase();
    let mut places = label.match_indices(wanted);
    places.any(|(at, _)| {
        let before = label[..at].chars().next_back();
        let after = label[at + wanted.len()..].chars().next();
        [before, after].into_iter().flatten().all(|c| !c.is_alphanumeric())
    })
}

fn many(facts: &Facts<'_>, name: &str, found: &[TermId]) -> ExportError {
    let key = |&id: &TermId| {
        let iri = facts.quads.text(id);
        let tail = iri.rsplit('/').take(2).collect::<Vec<_>>();
        format!("{} ({})", tail.into_iter().rev().collect::<Vec<_>>().join("/"), facts.label(id))
    };
    ExportError::ManyEntities { name: name.to_owned(), candidates: found.iter().map(key).collect() }
}

fn nearest(facts: &Facts<'_>, wanted: &str) -> Vec<String> {
    let mut near: Vec<(usize, String)> = Vec::new();
    for id in facts.things(false) {
        let names = facts.values(id, skos::PREF_LABEL).chain(facts.values(id, skos::ALT_LABEL));
        let edits = names.map(|name| strsim::osa_distance(&facts.quads.text(name).to_lowercase(), wanted)).min();
        near.extend(
            edits.filter(|&edits| edits <= 1 + wanted.chars().count() / 4).map(|edits| (edits, facts.label(id))),
        );
    }
    near.sort_unstable();
    near.truncate(3);
    near.into_iter().map(|(_, label)| label).collect()
}
