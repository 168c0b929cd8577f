//! The names of things that documents speak of, for the search box: by whole name, by beginning, by words.

use std::collections::BTreeMap;

use crate::lift::vocabulary::{dcterms, skos};
use crate::record::{Record, TermId};

/// Names, folded, with those that have them.
pub struct NameIndex {
    names: BTreeMap<String, Vec<TermId>>,
}

impl NameIndex {
    /// Reads the names of a record.
    pub(super) fn new(record: &Record<'_>) -> Self {
        let mut names: BTreeMap<String, Vec<TermId>> = BTreeMap::new();
        for id in record.things(false) {
            let given = [skos::PREF_LABEL, skos::ALT_LABEL, dcterms::IDENTIFIER, dcterms::TITLE];
            let mut own: Vec<String> =
                given.into_iter().flat_map(|property| record.texts(id, property)).map(folded_words).collect();
            own.sort_unstable();
            own.dedup();
            for name in own.into_iter().filter(|name| !name.is_empty()) {
                names.entry(name).or_default().push(id);
            }
        }
        Self { names }
    }

    /// Those that are called exactly so, whatever the case and the marks between words.
    pub fn exact(&self, name: &str) -> &[TermId] {
        self.names.get(&folded_words(name)).map_or(&[], Vec::as_slice)
    }

    /// Those with a name in which each word begins a word, best first: names that begin so, then by `weight`, more first.
    pub fn fitting(&self, words: &str, weight: impl Fn(TermId) -> usize) -> Vec<TermId> {
        let wanted = folded_words(words);
        if wanted.is_empty() {
            return Vec::new();
        }
        let parts: Vec<&str> = wanted.split(' ').collect();
        let fits = |name: &str| parts.iter().all(|part| name.split(' ').any(|word| word.starts_with(part)));
        let mut best: BTreeMap<TermId, (bool, bool)> = BTreeMap::new();
        for (name, things) in self.names.iter().filter(|(name, _)| fits(name)) {
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
