//! One document at a time: what its files, quotes, rules and links show. So a check takes the memory of a few documents, all
//! cores work at it, and a document that has not changed need not be proved again.

use std::collections::BTreeMap;

use crate::lift::Layer;
use crate::model::text::hex;
use crate::record::{Quads, Record};
use crate::store::{Directory, SegmentEntry};

use super::forms;
use super::proof::{self, Quotes};
use super::remembered::Clean;

/// What was found of one document, or of all that stands beside documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// Files that are not whole, in words.
    pub damages: Vec<String>,
    /// Its quotes.
    pub quotes: Quotes,
    /// Rules that do not ship, and how many claims name each.
    pub rules: BTreeMap<String, usize>,
    /// Links in the form of their scheme, and those that are not.
    pub links: (usize, Vec<String>),
}

impl Unit {
    /// Proves a document.
    pub fn of_document(directory: &Directory, sha256: &str) -> Self {
        let Some(document) = directory.documents().get(sha256) else { return Self::default() };
        let segments = document
            .segments
            .iter()
            .map(|(layer, entry)| (format!("{layer} of {}", document.name), Layer::from_name(layer), entry));
        let mut unit = Self::of(directory, segments);
        unit.damages.extend(proof::beside(directory, sha256).iter().map(ToString::to_string));
        unit
    }

    /// Proves what stands beside documents: loaded RDF, catalogue, ontology, ties.
    pub fn of_others(directory: &Directory) -> Self {
        let standing = directory.standing().iter().map(|(name, entry)| (name.clone(), Layer::from_name(name), entry));
        let loaded = directory.loaded().iter().map(|(name, entry)| (name.clone(), Some(Layer::Loaded), entry));
        let mut unit = Self::of(directory, standing.chain(loaded));
        unit.damages.extend(directory.flaws_of_packs().iter().map(ToString::to_string));
        unit
    }

    fn of<'s>(
        directory: &Directory,
        segments: impl Iterator<Item = (String, Option<Layer>, &'s SegmentEntry)>,
    ) -> Self {
        let (mut quads, mut damages) = (Quads::default(), Vec::new());
        for (what, layer, entry) in segments {
            match directory.lines_of(&what, entry) {
                Ok(lines) if layer.is_some_and(|layer| super::PROVED.contains(&layer)) => quads.push_lines(&lines),
                Ok(_) => {}
                Err(damage) => damages.push(damage.to_string()),
            }
        }
        let record = Record::of_quads(quads, directory.base());
        Self {
            damages,
            quotes: Quotes::of(directory, &record),
            rules: proof::unknown_rules(&record),
            links: forms::links(&record),
        }
    }

    /// What to remember of it, if nothing is wrong.
    pub fn clean(&self) -> Option<Clean> {
        let Self { quotes, links, .. } = self;
        let only = Self::of_clean(Clean { quotes: quotes.right, links: links.0 });
        (*self == only).then_some(Clean { quotes: quotes.right, links: links.0 })
    }

    /// What was remembered.
    pub fn of_clean(clean: Clean) -> Self {
        let quotes = Quotes { right: clean.quotes, ..Quotes::default() };
        Self { quotes, links: (clean.links, Vec::new()), ..Self::default() }
    }

    /// Adds what others showed.
    pub fn absorb(&mut self, other: Self) {
        self.damages.extend(other.damages);
        self.quotes.absorb(other.quotes);
        other.rules.into_iter().for_each(|(rule, count)| *self.rules.entry(rule).or_default() += count);
        self.links.0 += other.links.0;
        self.links.1.extend(other.links.1);
    }
}

/// Digits that change when a file of a document does: made of name, length and time of change of each.
pub fn state(directory: &Directory, sha256: &str) -> String {
    digest(directory.stamps_of(sha256).into_iter())
}

/// Sixteen bytes of a hash, in hex, of some words.
pub fn digest(words: impl Iterator<Item = String>) -> String {
    use sha2::{Digest, Sha256};
    let mut hash = Sha256::new();
    words.for_each(|word| {
        hash.update(word);
        hash.update([0]);
    });
    hex(&hash.finalize()[..16])
}
