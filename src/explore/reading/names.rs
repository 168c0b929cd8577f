//! The names of things that documents speak of, for the search box: by whole name, by beginning, by words.

use std::collections::BTreeMap;

use rayon::slice::ParallelSliceMut;

use crate::lift::vocabulary::{dcterms, skos};
use crate::record::{Record, TermId};

/// Names, folded, with those that have them.
pub struct NameIndex {
    /// In order, each once.
    names: Vec<(String, Vec<TermId>)>,
    /// Where each word of each name begins: number of the name, byte; in the order of what stands from there on.
    words: Vec<(u32, u32)>,
}

impl NameIndex {
    /// Reads the names of a record.
    pub(super) fn new(record: &Record<'_>) -> Self {
        let mut given: Vec<(String, TermId)> = Vec::new();
        for id in record.things(false) {
            let properties = [skos::PREF_LABEL, skos::ALT_LABEL, dcterms::IDENTIFIER, dcterms::TITLE];
            let own = properties.into_iter().flat_map(|property| record.values(id, property));
            given.extend(own.map(|name| (folded_words(record.quads().text(name)), id)));
        }
        given.retain(|(name, _)| !name.is_empty());
        given.par_sort_unstable();
        given.dedup();
        let mut names: Vec<(String, Vec<TermId>)> = Vec::new();
        for (name, id) in given {
            match names.last_mut() {
                Some((known, things)) if *known == name => things.push(id),
                _ => names.push((name, vec![id])),
            }
        }
        let mut words: Vec<(u32, u32)> = Vec::new();
        for ((name, _), number) in names.iter().zip(0..) {
            let begins = std::iter::once(0).chain(memchr::memchr_iter(b' ', name.as_bytes()).map(|at| at + 1));
            words.extend(begins.filter_map(|at| Some((number, u32::try_from(at).ok()?))));
        }
        words.par_sort_unstable_by(|a, b| rest(&names, *a).cmp(rest(&names, *b)).then(a.cmp(b)));
        Self { names, words }
    }

    /// Those that are called exactly so, whatever the case and the marks between words.
    pub fn exact(&self, name: &str) -> &[TermId] {
        let wanted = folded_words(name);
        let place = self.names.binary_search_by(|(known, _)| known.as_str().cmp(&wanted));
        place.map_or(&[], |at| self.names[at].1.as_slice())
    }

    /// Those with a name in which each word begins a word, best first: names that begin so, then by `weight`, more first.
    pub fn fitting(&self, words: &str, weight: impl Fn(TermId) -> usize) -> Vec<TermId> {
        let wanted = folded_words(words);
        if wanted.is_empty() {
            return Vec::new();
        }
        let parts: Vec<&str> = wanted.split(' ').collect();
        let fits = |name: &str| parts.iter().all(|part| name.split(' ').any(|word| word.starts_with(part)));
        // The word that fewest names have leaves least to be looked at.
        let fewest = parts.iter().map(|part| self.beginning(part)).min_by_key(|range| range.len());
        let mut numbers: Vec<u32> = fewest.unwrap_or_default().iter().map(|(number, _)| *number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let mut best: BTreeMap<TermId, (bool, bool)> = BTreeMap::new();
        let names = numbers.into_iter().map(|number| &self.names[number as usize]);
        for (name, things) in names.filter(|(name, _)| fits(name)) {
            let rank = (*name != wanted, !name.starts_with(&wanted));
            for &id in things {
                let known = best.entry(id).or_insert(rank);
                *known = (*known).min(rank);
            }
        }
        let mut found: Vec<TermId> = best.keys().copied().collect();
        found.sort_by_cached_key(|id| (best[id], std::cmp::Reverse(weight(*id)), *id));
        found
    }

    /// The words that begin so.
    fn beginning(&self, part: &str) -> &[(u32, u32)] {
        let first = self.words.partition_point(|&word| rest(&self.names, word) < part);
        let found = &self.words[first..];
        &found[..found.partition_point(|&word| rest(&self.names, word).starts_with(part))]
    }

    /// Those with the name that is nearest to a misprinted one, if one is near: a letter wrong in five, two in nine.
    pub fn near(&self, words: &str) -> Vec<TermId> {
        let wanted = folded_words(words);
        let length = wanted.chars().count();
        let most = match length {
            0..5 => return Vec::new(),
            5..9 => 1,
            9..60 => 2,
            _ => return Vec::new(),
        };
        let mut best = (most + 1, Vec::new());
        for (name, things) in self.names.iter().filter(|(name, _)| name.chars().count().abs_diff(length) <= most) {
            let distance = strsim::osa_distance(name, &wanted);
            if distance < best.0 {
                best = (distance, things.clone());
            } else if distance == best.0 && distance <= most {
                best.1.extend(things);
            }
        }
        best.1.sort_unstable();
        best.1.dedup();
        best.1
    }

    /// The longest names in a line of words, each with the things that have it, and the words that are no name's.
    pub fn in_words<'s>(&self, line: &'s str) -> (Vec<Vec<TermId>>, Vec<&'s str>) {
        let words: Vec<&str> = line.split_whitespace().take(12).collect();
        let (mut found, mut left, mut at) = (Vec::new(), Vec::new(), 0);
        while at < words.len() {
            let end = (at + 1..=words.len()).rev().find(|&end| !self.exact(&words[at..end].join(" ")).is_empty());
            match end {
                Some(end) => {
                    found.push(self.exact(&words[at..end].join(" ")).to_vec());
                    at = end;
                }
                None => {
                    left.push(words[at]);
                    at += 1;
                }
            }
        }
        (found, left)
    }
}

/// What stands in a name from one of its words on.
fn rest(names: &[(String, Vec<TermId>)], (number, at): (u32, u32)) -> &str {
    &names[number as usize].0[at as usize..]
}

/// A letter as searches see it: small, quotation marks and hyphens of one sort; one for one, so that places stay.
pub fn folded_letter(c: char) -> char {
    match c {
        '‘' | '’' | 'ʼ' | '`' => '\'',
        '“' | '”' => '"',
        '‐' | '‑' | '–' | '—' | '−' => '-',
        c if c.is_whitespace() => ' ',
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

/// Words in small letters, with one blank between them and no marks; strokes and points of symbols part words.
pub fn folded_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().map(folded_letter) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if c != '\'' && !out.ends_with(' ') && !out.is_empty() {
            out.push(' ');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn symbols_and_cases_are_one() {
        for text in ["A/RES/74/247", "a res 74 247", "A-RES-74-247", " A/res/74/247 "] {
            assert_eq!(folded_words(text), "a res 74 247");
        }
        assert_eq!(folded_words("Iran’s  Group"), "irans group");
        assert_eq!("“A–b”\n".chars().map(folded_letter).collect::<String>(), "\"a-b\" ");
    }
}
