//! The words by which matters are told apart: content words of a phrase in a form that noun and verb share, so that "the
//! elimination of landmines" and "eliminating landmines" have the same.

use crate::query::folded_phrase;
use crate::seeds::{Lexicon, WordClass};

/// Endings that make one word of another, longest first.
const ENDINGS: [&str; 21] = [
    "ization", "izing", "ational", "ating", "ation", "ment", "ance", "ence", "ingly", "ized", "ate", "ion", "ing",
    "ity", "ive", "ed", "al", "ly", "ic", "er", "e",
];

/// Letters that an ending leaves.
const LEAST: usize = 4;

/// The content words of a phrase, stemmed, in order, each once.
pub fn stems(phrase: &str) -> Vec<String> {
    let folded = folded_phrase(&joined(phrase));
    let mut found: Vec<String> = Vec::new();
    for word in folded.split(' ').filter(|word| is_content(word)) {
        let stem = stem(word).to_owned();
        if !found.contains(&stem) {
            found.push(stem);
        }
    }
    found
}

/// Whether the first content word of a phrase undoes what stands behind it.
pub fn undoes(phrase: &str) -> bool {
    let folded = folded_phrase(phrase);
    let mut words = folded.split(' ').filter(|word| is_content(word));
    words.next().is_some_and(|word| WordClass::UndoingWord.has(word)) && words.next().is_some()
}

/// The stems of a phrase without the word that undoes the rest.
pub fn undone(phrase: &str) -> Vec<String> {
    let all = stems(phrase);
    if undoes(phrase) { all.into_iter().skip(1).collect() } else { all }
}

/// The stems of words with a capital, which name somebody or something; the first word of a phrase may have it for another
/// reason, and counts only if another capital follows.
pub fn names(phrase: &str) -> Vec<String> {
    let words: Vec<&str> = phrase.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_named = |at: usize| words.get(at).is_some_and(|word| word.starts_with(char::is_uppercase));
    let named = (0..words.len()).filter(|&at| is_named(at) && (at > 0 || is_named(1)));
    let mut found: Vec<String> = named.map(|at| stem(&folded_phrase(words[at])).to_owned()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// A phrase in which "co-operation" and "peace-keeping" are written as "cooperation" and "peacekeeping".
fn joined(phrase: &str) -> String {
    let mut out = String::with_capacity(phrase.len());
    let mut rest = phrase;
    while let Some(at) = rest.find(['-', '‑']) {
        let (before, after) = rest.split_at(at);
        let behind = after.trim_start_matches(['-', '‑']);
        let prefix: String =
            before.chars().rev().take_while(|c| c.is_alphabetic()).collect::<Vec<_>>().into_iter().rev().collect();
        out.push_str(before);
        let is_prefix = WordClass::JoinedPrefix.has(&prefix.to_lowercase());
        let word = behind.trim_start();
        match is_prefix && word.starts_with(char::is_alphabetic) {
            true => rest = word,
            false => {
                out.push(' ');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    out
}

fn is_content(word: &str) -> bool {
    word.chars().count() > 1
        && !WordClass::FunctionWord.has(word)
        && !WordClass::MatterFiller.has(word)
        && !Lexicon::embedded().is_evaluative(word)
        && !Lexicon::embedded().is_empty_noun(word)
        && word.chars().any(char::is_alphabetic)
}

fn stem(word: &str) -> &str {
    let ending = ENDINGS.into_iter().find(|ending| word.len() >= ending.len() + LEAST && word.ends_with(ending));
    let end = word.len() - ending.map_or(0, str::len);
    word.get(..end).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::{names, stems, undoes, undone};

    #[test]
    fn noun_and_verb_share_their_stems() {
        for (one, other) in [
            ("the elimination of all landmines", "eliminating landmines"),
            ("renewal of the mandate", "renewing mandates"),
            ("non- proliferation and co-operation", "nonproliferation, cooperation"),
            ("Prohibition of nuclear tests", "prohibit a nuclear test"),
        ] {
            assert_eq!(stems(one), stems(other), "{one}");
        }
        assert_ne!(stems("the harbour"), stems("the fleet"));
        assert_eq!(stems("dues - of ports-and-harbours"), stems("dues ports harbours"));
        assert!(stems("of the 12 and more").is_empty());
        assert_eq!(stems("پاسخ").len(), 1);
    }

    #[test]
    fn what_undoes_is_no_part_of_the_matter() {
        assert!(undoes("the elimination of landmines") && undoes("end the blockade"));
        assert!(!undoes("landmines") && !undoes("the end"));
        assert_eq!(undone("the elimination of landmines"), stems("landmines"));
    }

    #[test]
    fn names_have_capitals() {
        assert_eq!(names("affairs of the Kingdom of Ruritania"), ["kingdom", "ruritania"]);
        assert!(names("Dues of the harbour").is_empty());
        assert_eq!(names("Ruritanian Fleet"), ["fleet", "ruritanian"]);
    }
}
