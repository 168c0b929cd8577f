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

/// What the head of a phrase does to the rest of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeadSense {
    /// Nothing.
    Plain,
    /// It undoes the rest: "elimination of X", "X ban".
    Undoing,
    /// It harms the rest: "violations of X", "X abuses".
    Harming,
    /// Both, or one twice: nothing can be told.
    Unclear,
}

/// What the head of a phrase does to the rest: its first content word, or the last one before a small word.
pub fn head_sense(phrase: &str) -> HeadSense {
    let folded = folded_phrase(&joined(phrase));
    let content = |word: &&str| is_content(word);
    let (first, last) = heads(&folded);
    let others = folded.split(' ').filter(content).count() > 1;
    let has = |class: WordClass| folded.split(' ').filter(|word| class.has(word)).count();
    let (undoing, harming) = (has(WordClass::UndoingWord), has(WordClass::HarmingWord));
    let is_head = |class: WordClass| [first, last].into_iter().flatten().any(|word| class.has(word));
    match (others, undoing + harming) {
        (false, _) | (_, 0) => HeadSense::Plain,
        (_, 1) if is_head(WordClass::UndoingWord) => HeadSense::Undoing,
        (_, 1) if is_head(WordClass::HarmingWord) => HeadSense::Harming,
        _ => HeadSense::Unclear,
    }
}

/// The first content word of a phrase, and the last before a small word behind it.
fn heads(folded: &str) -> (Option<&str>, Option<&str>) {
    let mut words = folded.split(' ').skip_while(|word| !is_content(word)).peekable();
    let first = words.peek().copied();
    let last = words.take_while(|word| !WordClass::FunctionWord.has(word)).filter(|word| is_content(word)).last();
    (first, last)
}

/// The stems of a phrase without the head that undoes or harms the rest.
pub fn undone(phrase: &str) -> Vec<String> {
    let all = stems(phrase);
    if matches!(head_sense(phrase), HeadSense::Plain | HeadSense::Unclear) {
        return all;
    }
    all.into_iter().filter(|stem| !head_stems(phrase).contains(stem)).collect()
}

/// The stems of the heads that undo or harm.
fn head_stems(phrase: &str) -> Vec<String> {
    let folded = folded_phrase(&joined(phrase));
    let (first, last) = heads(&folded);
    let turns = |word: &&str| WordClass::UndoingWord.has(word) || WordClass::HarmingWord.has(word);
    [first, last].into_iter().flatten().filter(turns).map(|word| stem(word).to_owned()).collect()
}

/// A phrase without the head that undoes or harms the rest, and the small words behind it.
pub fn without_head(phrase: &str) -> String {
    let heads = head_stems(phrase);
    let is_head = |word: &&str| stems(word).iter().any(|stem| heads.contains(stem));
    if matches!(head_sense(phrase), HeadSense::Plain | HeadSense::Unclear) {
        return phrase.to_owned();
    }
    let words: Vec<&str> = phrase.split_whitespace().collect();
    let at = words.iter().position(is_head).unwrap_or(0);
    let small = |word: &&&str| WordClass::FunctionWord.has(&word.to_lowercase());
    let behind = words[at + 1..].iter().skip_while(small).copied().collect::<Vec<_>>().join(" ");
    // What stands before the head, without its adjectives and articles, or what stands behind it.
    let before: Vec<&str> = words[..at].iter().copied().filter(|word| words_count(word)).collect();
    if before.is_empty() { behind } else { before.join(" ") }
}

fn words_count(word: &str) -> bool {
    !stems(word).is_empty()
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
    let is_filler = || {
        WordClass::FunctionWord.has(word)
            || WordClass::MatterFiller.has(word)
            || Lexicon::embedded().is_evaluative(word)
            || Lexicon::embedded().is_empty_noun(word)
    };
    word.chars().count() > 1
        && word.chars().any(char::is_alphabetic)
        && (WordClass::UndoingWord.has(word) || WordClass::HarmingWord.has(word) || !is_filler())
}

fn stem(word: &str) -> &str {
    let ending = ENDINGS.into_iter().find(|ending| word.len() >= ending.len() + LEAST && word.ends_with(ending));
    let end = word.len() - ending.map_or(0, str::len);
    word.get(..end).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::{HeadSense, head_sense, names, stems, undone, without_head};

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
    fn what_undoes_or_harms_is_no_part_of_the_matter() {
        for (phrase, sense, rest) in [
            ("the elimination of landmines", HeadSense::Undoing, "landmines"),
            ("combating fog and rain", HeadSense::Undoing, "fog and rain"),
            ("the harbour blockade ban", HeadSense::Undoing, "harbour blockade"),
            ("violations of the rights of sailors", HeadSense::Harming, "rights of sailors"),
            ("all rights abuses in the port", HeadSense::Harming, "rights"),
            ("harbour safety challenges", HeadSense::Harming, "harbour safety"),
            ("an end to violations of rights", HeadSense::Unclear, "an end to violations of rights"),
            ("landmines", HeadSense::Plain, "landmines"),
            ("the end", HeadSense::Plain, "the end"),
        ] {
            assert_eq!((head_sense(phrase), without_head(phrase).as_str()), (sense, rest), "{phrase}");
        }
        assert_eq!(undone("the elimination of landmines"), stems("landmines"));
    }

    #[test]
    fn names_have_capitals() {
        assert_eq!(names("affairs of the Kingdom of Ruritania"), ["kingdom", "ruritania"]);
        assert!(names("Dues of the harbour").is_empty());
        assert_eq!(names("Ruritanian Fleet"), ["fleet", "ruritanian"]);
    }
}
