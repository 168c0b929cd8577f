//! One preferred label a thing and language: documents call a thing by the name that they use, and a graph of many
//! documents keeps the shortest one of more than a word as `skos:prefLabel` and the others as `skos:altLabel`, as SKOS asks (S14).

use std::cmp::Reverse;
use std::collections::HashSet;
use std::hash::{Hash, Hasher};

use rustc_hash::{FxHashMap, FxHasher};

use crate::lift::Base;
use crate::lift::vocabulary::skos;

use super::{QuadIds, Quads};

/// Which of a thing's labels is the preferred one.
#[derive(Default)]
pub(super) struct Preferred(FxHashMap<u64, Labels>);

/// The labels of one thing in one language.
struct Labels {
    first: Label,
    more: Vec<Label>,
}

/// A label without its words.
#[derive(Clone, Copy)]
struct Label {
    hash: u64,
    /// In bytes.
    length: u32,
    /// Whether it is more than one word: "Government of Togo" tells more than "Government".
    is_phrase: bool,
}

impl Label {
    fn rank(&self) -> (bool, Reverse<u32>, u64) {
        (self.is_phrase, Reverse(self.length), self.hash)
    }
}

impl Preferred {
    /// Takes a preferred label of a thing.
    pub fn see(&mut self, thing: &str, label: &str, language: &str) {
        let new = Label {
            hash: hash(&label),
            length: u32::try_from(label.len()).unwrap_or(u32::MAX),
            is_phrase: label.contains(' '),
        };
        let labels = self.0.entry(hash(&(thing, language))).or_insert(Labels { first: new, more: Vec::new() });
        let known = |label: &Label| label.hash == new.hash;
        if !known(&labels.first) && !labels.more.iter().any(known) {
            labels.more.push(new);
        }
    }

    /// Whether another label of the thing is the preferred one.
    pub fn is_other(&self, thing: &str, label: &str, language: &str) -> bool {
        let Some(labels) = self.0.get(&hash(&(thing, language))).filter(|labels| !labels.more.is_empty()) else {
            return false;
        };
        let best =
            labels.more.iter().fold(labels.first, |best, next| if next.rank() > best.rank() { *next } else { best });
        best.hash != hash(&label)
    }
}

/// Makes all preferred labels but one of each of the base's own things alternative ones.
pub fn prefer_one(quads: &mut Quads, base: &Base) {
    let Some(preferred) = quads.find_iri(skos::PREF_LABEL.as_str()) else { return };
    let labelled = |row: &QuadIds| {
        let thing = quads.iri(row.subject).filter(|iri| row.predicate == preferred && base.key(iri).is_some())?;
        Some((thing, quads.text(row.object), quads.language(row.object)?))
    };
    let mut seen = Preferred::default();
    quads.rows().iter().filter_map(labelled).for_each(|(thing, label, language)| seen.see(thing, label, language));
    let is_other =
        |row: &&QuadIds| labelled(row).is_some_and(|(thing, label, language)| seen.is_other(thing, label, language));
    let others: HashSet<QuadIds> = quads.rows().iter().filter(is_other).copied().collect();
    if others.is_empty() {
        return;
    }
    let alternative = quads.intern_iri(skos::ALT_LABEL.as_str());
    let rows: Vec<QuadIds> = quads.rows().to_vec();
    quads.retain(|_| false);
    for row in rows {
        let predicate = if others.contains(&row) { alternative } else { row.predicate };
        quads.insert_ids(QuadIds { predicate, ..row });
    }
}

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}
