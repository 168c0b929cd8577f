//! Numbers in words, and what one of several is called.

use std::collections::HashMap;

use compact_str::CompactString;
use serde::Deserialize;

/// Number words below a hundred, the words that multiply them, and irregular plurals.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numerals {
    cardinals: HashMap<String, u32>,
    ordinals: HashMap<String, u32>,
    powers: HashMap<String, u32>,
    singulars: HashMap<String, CompactString>,
}

impl Numerals {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        super::read(text)
    }

    /// The value of a number word below a hundred, in any case: `three`, `forty`, `twenty-five`.
    pub fn cardinal(&self, form: &str) -> Option<u32> {
        let lower = CompactString::from_str_to_lowercase(form);
        if let Some(&number) = self.cardinals.get(lower.as_str()) {
            return Some(number);
        }
        let (left, right) = lower.split_once('-')?;
        Some(self.tens(left)? + self.cardinals.get(right).filter(|unit| (1..10).contains(*unit))?)
    }

    /// The value of an ordinal in one word, in any case: `fifth`, `seventy-fourth`, `66th`.
    pub fn ordinal(&self, form: &str) -> Option<u32> {
        let lower = CompactString::from_str_to_lowercase(form);
        if lower.starts_with(|c: char| c.is_ascii_digit()) {
            let digits = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            return matches!(&lower[digits.len()..], "st" | "nd" | "rd" | "th").then(|| digits.parse().ok()).flatten();
        }
        if let Some(&number) = self.ordinals.get(lower.as_str()) {
            return Some(number);
        }
        let (left, right) = lower.split_once('-')?;
        // A line may end behind the hyphen.
        Some(self.tens(left)? + self.ordinals.get(right.trim_start()).filter(|unit| (1..10).contains(*unit))?)
    }

    /// The value of a word that multiplies, in any case: `million`, `bn`.
    pub fn multiplier(&self, form: &str) -> Option<u128> {
        self.powers.get(CompactString::from_str_to_lowercase(form).as_str()).map(|&power| 10u128.pow(power))
    }

    fn tens(&self, word: &str) -> Option<u32> {
        self.cardinals.get(word).copied().filter(|ten| *ten >= 20)
    }

    /// A plural's singular, in lower case: irregular ones from their list, the others by their endings.
    pub(super) fn singular(&self, plural: &str) -> CompactString {
        self.singulars.get(plural).cloned().unwrap_or_else(|| singular_by_ending(plural))
    }
}

/// What the ending of a plural says of its singular.
pub(super) fn singular_by_ending(plural: &str) -> CompactString {
    let ends = |endings: &[&str]| endings.iter().any(|ending| plural.ends_with(ending));
    let stem = |ending: &str| plural.strip_suffix(ending).filter(|stem| stem.len() >= 2);
    if ends(&["ss", "us", "sis", "ois"]) || matches!(plural, "news" | "series" | "species") {
        return plural.into();
    }
    if let Some(stem) = stem("ies") {
        return CompactString::from(stem) + "y";
    }
    match stem("s") {
        Some(stem) if ends(&["ches", "shes", "xes", "sses"]) => stem.trim_end_matches('e').into(),
        Some(stem) => stem.into(),
        None => plural.into(),
    }
}

#[cfg(test)]
mod tests {
    use crate::seeds::Lexicon;

    #[test]
    fn numbers_in_words() {
        let numerals = Lexicon::embedded().numerals();
        for (form, value) in
            [("three", Some(3)), ("Forty", Some(40)), ("twenty-five", Some(25)), ("twenty-zero", None), ("tree", None)]
        {
            assert_eq!(numerals.cardinal(form), value, "{form}");
        }
        for (form, value) in [
            ("fifth", Some(5)),
            ("66th", Some(66)),
            ("Seventy-fourth", Some(74)),
            ("twentieth", Some(20)),
            ("five", None),
            ("66", None),
            ("1990s", None),
            ("zeroth", None),
            ("twenty-one", None),
        ] {
            assert_eq!(numerals.ordinal(form), value, "{form}");
        }
        assert_eq!(numerals.multiplier("Million"), Some(1_000_000));
    }

    #[test]
    fn one_of_several() {
        let lexicon = Lexicon::embedded();
        for (many, one) in [
            ("treaties", "treaty"),
            ("branches", "branch"),
            ("people", "person"),
            ("crisis", "crisis"),
            ("series", "series"),
            ("israelis", "israeli"),
            ("prizes", "prize"),
            ("ships", "ship"),
        ] {
            assert_eq!(lexicon.singular(many), one);
        }
    }
}
