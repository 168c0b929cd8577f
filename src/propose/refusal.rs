//! Why a line is refused, in words for the one who wrote the program. Words out of a line or a text are shown short and
//! without signs that a terminal would obey.

use std::fmt;

use crate::model::text::one_line;

/// Code points of words that are shown.
const SHOWN: usize = 60;

/// Why a line is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal(String);

impl Refusal {
    /// A reason in words: lower case, no full stop.
    pub fn new(why: impl Into<String>) -> Self {
        Self(why.into())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Words in quotation marks, on one line, cut where they are long.
pub fn shown(words: &str) -> String {
    let line: String = one_line(words).chars().filter(|c| !c.is_control()).collect();
    let mut short: String = line.chars().take(SHOWN).collect();
    if short.len() < line.len() {
        short.truncate(short.trim_end().len());
        short.push_str(" …");
    }
    format!("“{short}”")
}

/// “; did you mean …?” for the name nearest to one that nobody knows; empty if none is near.
pub(super) fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> String {
    let likeness = |known: &&str| (strsim::jaro_winkler(known, name) * 1000.0) as u32;
    let best = names.max_by_key(likeness).filter(|known| likeness(known) > 750);
    best.map(|known| format!("; did you mean `{known}`?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{nearest, shown};

    #[test]
    fn words_are_shown_short_and_harmless() {
        assert_eq!(shown("a\n\u{1b}[31mb"), "“a [31mb”");
        let long = shown(&"word ".repeat(40));
        assert!(long.chars().count() <= 64 && long.ends_with(" …”"), "{long}");
    }

    #[test]
    fn the_nearest_name_is_told_if_it_is_near() {
        let names = ["supports", "opposes"];
        assert_eq!(nearest("suports", names.into_iter()), "; did you mean `supports`?");
        assert_eq!(nearest("xyz", names.into_iter()), "");
    }
}
