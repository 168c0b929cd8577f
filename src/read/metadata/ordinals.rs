//! Ordinals of sessions: "fifth", "Seventy-eighth", "66th", "66:e".

use super::words::Word;
use crate::seeds::{Lexicon, WordClass};

/// The number that a lower-case ordinal stands for.
pub(super) fn parse(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    if !digits.is_empty() {
        let suffix = &word[digits.len()..];
        let known = WordClass::OrdinalSuffix.has(suffix);
        return digits.parse().ok().filter(|_| known && digits.len() <= 4);
    }
    Lexicon::embedded().numerals().ordinal(word)
}

/// The first ordinal that counts a session, and its place: a word for what is counted follows within five words.
pub(super) fn session(words: &[Word]) -> Option<(u32, usize)> {
    words.iter().enumerate().find_map(|(i, word)| {
        let number = joined(words, i).or_else(|| parse(&word.lower))?;
        let follows = words.iter().skip(i + 1).take(5).take_while(|next| next.lower != "of");
        follows.into_iter().any(|next| WordClass::CountedMeeting.has(&next.lower)).then_some((number, i))
    })
}

/// "twenty- ninth": the ordinal of two words of which the first ends in a hyphen.
fn joined(words: &[Word], first: usize) -> Option<u32> {
    let (tens, unit) = (&words[first], words.get(first + 1)?);
    (tens.after == Some('-')).then(|| parse(&format!("{}-{}", tens.lower, unit.lower)))?
}

#[cfg(test)]
mod tests {
    #[test]
    fn ordinals_are_numbers() {
        for (word, number) in [
            ("fifth", Some(5)),
            ("seventy-eighth", Some(78)),
            ("twentieth", Some(20)),
            ("66th", Some(66)),
            ("66:e", Some(66)),
            ("fifty-third", Some(53)),
            ("nineteenth", Some(19)),
            ("fifty-twelfth", None),
            ("the", None),
            ("66", None),
            ("", None),
        ] {
            assert_eq!(super::parse(word), number, "{word}");
        }
    }
}
