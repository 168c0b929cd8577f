//! Whether a stretch of text is written as the name it spells: its capitals.

use super::Label;
use crate::model::Span;
use crate::seeds::{Folded, NameForm};

/// Which words of a name begin with a capital: bit n for word n, and how many words there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Capitals {
    mask: u64,
    words: u32,
}

impl Capitals {
    /// Those of a label as the catalogue writes it.
    pub(super) fn of(name: &str) -> Self {
        let words = name.split(|c: char| c.is_whitespace() || matches!(c, '-' | '‑' | '–'));
        let firsts = words.filter(|word| !word.is_empty()).map(|word| word.trim_start_matches(['(', '"', '“']));
        Self::of_firsts(firsts.map(|word| word.chars().next()))
    }

    fn of_firsts(firsts: impl Iterator<Item = Option<char>>) -> Self {
        let mut capitals = Self { mask: 0, words: 0 };
        for first in firsts {
            if capitals.words < u64::BITS && first.is_some_and(char::is_uppercase) {
                capitals.mask |= 1 << capitals.words;
            }
            capitals.words += 1;
        }
        capitals
    }

    /// Whether the name is a proper one: its first word has a capital, and so have most of its long words.
    pub(super) const fn is_proper(self) -> bool {
        self.mask & 1 == 1 && self.mask.count_ones() * 2 >= self.words
    }

    /// Whether text with capitals `seen` may be this name: at least half of the name's capitals are there.
    const fn are_in(self, seen: Self) -> bool {
        let wanted = self.mask.count_ones();
        let there = (self.mask & seen.mask).count_ones();
        wanted == 0 || (there > 0 && there * 2 >= wanted)
    }
}

/// Whether the text under a hit is written as this label asks.
pub(super) fn fits(label: &Label, text: &str, folded: &Folded, hit: Span) -> bool {
    if label.is_term {
        return true;
    }
    let surface = folded.origin(text, hit).of(text);
    match label.form {
        NameForm::Acronym => same_acronym(surface, &label.text),
        NameForm::Demonym => surface.starts_with(char::is_uppercase),
        NameForm::Title => {
            surface.starts_with(char::is_uppercase) && label.capitals.are_in(capitals_in(text, folded, hit))
        }
        NameForm::Label | NameForm::Formal => label.capitals.are_in(capitals_in(text, folded, hit)),
    }
}

/// The span of a document's name with the year or years directly behind it: they tell which of a series it is.
pub(super) fn with_year(text: &str, block: Span, name: Span) -> Span {
    let rest = text.get(name.end..block.end).unwrap_or_default();
    let words = rest.strip_prefix(' ').unwrap_or_default();
    let years = words.split(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '–' | '/')).next().unwrap_or_default();
    let mut parts = years.split(['-', '–', '/']);
    let is_year = |part: &str| part.len() == 4 && (part.starts_with("19") || part.starts_with("20"));
    let fits = parts.clone().count() <= 2 && parts.all(is_year);
    if fits { Span::new(name.start, name.end + 1 + years.len()) } else { name }
}

/// The span of an instrument's name with the year directly before it: "1966 Covenant on …". "In 1966" is a date alone.
pub(super) fn after_year(text: &str, block: Span, name: Span) -> Span {
    let before = text.get(block.start..name.start).unwrap_or_default();
    let words = before.strip_suffix(' ').unwrap_or_default();
    let digits = words.len() - words.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (rest, year) = words.split_at(words.len() - digits);
    let is_year =
        digits == 4 && (year.starts_with("19") || year.starts_with("20")) && rest.ends_with(char::is_whitespace);
    let lead = rest.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let is_date = matches!(lead.as_str(), "in" | "since" | "of" | "and" | "from");
    let is_day = lead.ends_with(',') || lead.starts_with(|c: char| c.is_ascii_digit());
    if is_year && !is_date && !is_day { Span::new(name.start - 5, name.end) } else { name }
}

/// Whether a label is an acronym by its looks: "G20", "ICT". Longer words in capitals are also written with one capital.
pub(super) fn is_acronym(name: &str) -> bool {
    let is_capital = |c: char| c.is_uppercase() || c.is_ascii_digit();
    name.chars().all(is_capital) && (name.len() <= 4 || name.contains(|c: char| c.is_ascii_digit()))
}

/// Letter by letter the same, but for hyphens and blanks and the "s" of a plural.
fn same_acronym(surface: &str, acronym: &str) -> bool {
    let parts = |c: &char| !c.is_whitespace() && !matches!(c, '-' | '‑' | '–');
    let mut rest = surface.chars().filter(parts);
    acronym.chars().filter(parts).all(|c| rest.next() == Some(c))
        && matches!(rest.next(), None | Some('s'))
        && rest.next().is_none()
}

/// The capitals of the text under a hit, word by word of the folded text.
fn capitals_in(text: &str, folded: &Folded, hit: Span) -> Capitals {
    let words = hit.of(&folded.text);
    let starts = std::iter::once(0).chain(words.match_indices(' ').map(|(at, _)| at + 1));
    let firsts = starts.map(|at| {
        let at = hit.start + at;
        let opening = folded.text[at..].bytes().take_while(|byte| matches!(byte, b'(' | b'"')).count();
        folded.source_byte(at + opening).and_then(|byte| text.get(byte..)?.chars().next())
    });
    Capitals::of_firsts(firsts)
}

#[cfg(test)]
mod tests {
    use super::{Capitals, after_year, same_acronym};
    use crate::model::Span;

    #[test]
    fn the_year_before_an_instrument_belongs_to_it() {
        for (text, name) in [
            ("the 1966 Covenant on Fish", "1966 Covenant on Fish"),
            ("In 1966 Covenant on Fish", "Covenant on Fish"),
            ("May 10, 1966 Covenant on Fish", "Covenant on Fish"),
            ("No. 11966 Covenant on Fish", "Covenant on Fish"),
        ] {
            let start = text.find("Covenant").unwrap_or_default();
            let found = after_year(text, Span::new(0, text.len()), Span::new(start, text.len()));
            assert_eq!(found.of(text), name, "{text}");
        }
    }

    #[test]
    fn half_of_the_capitals_are_enough() {
        let label = Capitals::of("Islamic Republic of Ruritania");
        for (surface, fits) in [
            ("Islamic republic of Ruritania", true),
            ("ISLAMIC REPUBLIC OF RURITANIA", true),
            ("islamic republic of Ruritania", false),
            ("islamic republic of ruritania", false),
        ] {
            assert_eq!(label.are_in(Capitals::of(surface)), fits, "{surface}");
        }
        assert!(!Capitals::of("Harbour").are_in(Capitals::of("harbour")));
    }

    #[test]
    fn acronyms_are_matched_in_their_case() {
        assert!(same_acronym("G-20", "G20"));
        assert!(same_acronym("NGOs", "NGO"));
        assert!(!same_acronym("who", "WHO"));
        assert!(!same_acronym("Who", "WHO"));
    }
}
