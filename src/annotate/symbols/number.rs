//! The numbers that organs give to their resolutions and decisions, and the canonical symbols made of them.

use compact_str::{CompactString, ToCompactString, format_compact};

use super::organ::Organ;
use crate::annotate::numerals::{digits, roman};
use crate::annotate::wording::{Shape, Words};
use crate::model::{Symbol, SymbolKind};
use crate::seeds::WordClass;

/// A number as cited, with the words it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Numbered {
    pub form: NumberForm,
    /// Last word of it.
    pub last: usize,
}

/// The shape of a number. `part` is a letter or letters: `B`, `A-B`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NumberForm {
    /// Session and number: `65/230`, `42/207 C`.
    Session { session: u32, number: u32, part: CompactString },
    /// Year and number: `2018/12`.
    Annual { year: u32, number: u32, part: CompactString },
    /// Emergency special session: `ES-11/4`.
    Emergency(CompactString),
    /// Special session: `S-32/1`.
    Special(CompactString),
    /// Number and year: `1373 (2001)`.
    Yearly { number: u32, year: u32 },
    /// Number and session in Roman numerals: `2625 (XXV)`, `217 A (III)`.
    Roman { number: u32, part: CompactString, session: CompactString },
    /// Of a conference of parties: `1/CP.19`.
    Parties(CompactString),
    /// A bare number: `2231`.
    Plain(u32),
}

impl NumberForm {
    /// Whether the shape alone tells a citation from any other number.
    pub const fn is_telling(&self) -> bool {
        !matches!(self, Self::Plain(_) | Self::Session { .. } | Self::Annual { .. })
    }

    /// Whether the two may stand in one list.
    pub const fn goes_with(&self, other: &Self) -> bool {
        other.is_telling()
            || matches!(
                (self, other),
                (Self::Session { .. } | Self::Yearly { .. }, Self::Session { .. })
                    | (Self::Emergency(_) | Self::Special(_) | Self::Roman { .. }, Self::Session { .. })
                    | (Self::Annual { .. } | Self::Session { .. }, Self::Annual { .. })
                    | (Self::Plain(_), Self::Plain(_))
            )
    }

    /// The part of the symbol after `A/RES/`.
    fn tail(&self) -> CompactString {
        match self {
            Self::Session { session: first, number, part } | Self::Annual { year: first, number, part } => {
                format_compact!("{first}/{number}{part}")
            }
            Self::Emergency(text) | Self::Special(text) | Self::Parties(text) => text.clone(),
            Self::Yearly { number, year } => format_compact!("{number} ({year})"),
            Self::Roman { number, part, session } if part.is_empty() => format_compact!("{number} ({session})"),
            Self::Roman { number, part, session } => format_compact!("{number} {part} ({session})"),
            Self::Plain(number) => number.to_compact_string(),
        }
    }

    /// The canonical symbol under an organ; without one, only the number can be told.
    pub fn symbol(&self, organ: Option<&Organ>, kind: SymbolKind) -> Symbol {
        let series = if kind == SymbolKind::Decision { "DEC" } else { "RES" };
        let text = match (self, organ) {
            (Self::Parties(text), _) => text.clone(),
            (_, Some(organ)) => format_compact!("{}/{series}/{}", organ.prefix(), self.tail()),
            (_, None) => format_compact!("{series}/{}", self.tail()),
        };
        Symbol { text, kind }
    }
}

/// The number that begins at word `i`.
pub(super) fn number_at(words: &Words, i: usize) -> Option<Numbered> {
    match words.shape(i) {
        Shape::Slashed => slashed(words, i),
        Shape::Number => counted(words, i),
        _ => None,
    }
}

fn slashed(words: &Words, i: usize) -> Option<Numbered> {
    let form: CompactString = words.form(i).chars().filter(|c| !c.is_whitespace()).collect();
    let (left, right) = form.split_once('/')?;
    if let Some((prefix, session)) = left.split_once('-') {
        let whole = digits(session).is_some() && digits(right).is_some();
        return match prefix {
            "ES" if whole => Some(Numbered { form: NumberForm::Emergency(form), last: i }),
            "S" if whole => Some(Numbered { form: NumberForm::Special(form), last: i }),
            _ => None,
        };
    }
    let first = digits(left)?;
    if is_parties(right) {
        return Some(Numbered { form: NumberForm::Parties(form), last: i });
    }
    let letters = right.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = digits(&right[..right.len() - letters.len()]).filter(|number| (1..1000).contains(number))?;
    let (part, last) = match letters.len() {
        0 => part_after(words, i),
        1 if letters.bytes().all(|b| b.is_ascii_alphabetic()) => (letters.to_ascii_uppercase().into(), i),
        _ => return None,
    };
    let form = match first {
        1..100 => NumberForm::Session { session: first, number, part },
        1946..2100 => NumberForm::Annual { year: first, number, part },
        _ => return None,
    };
    Some(Numbered { form, last })
}

/// `CP.19`, `CMA.3`.
fn is_parties(right: &str) -> bool {
    right.split_once('.').is_some_and(|(body, number)| {
        (2..=5).contains(&body.len()) && body.bytes().all(|b| b.is_ascii_uppercase()) && digits(number).is_some()
    })
}

/// A number that stands alone or before a year or session in brackets.
fn counted(words: &Words, i: usize) -> Option<Numbered> {
    let number = digits(words.form(i)).filter(|number| (1..10_000).contains(number))?;
    let (part, last) = part_after(words, i);
    if let Some((session, last)) = bracketed(words, last + 1) {
        return in_brackets(words, number, part, session, last);
    }
    part.is_empty().then_some(Numbered { form: NumberForm::Plain(number), last: i })
}

fn in_brackets(words: &Words, number: u32, part: CompactString, session: &str, last: usize) -> Option<Numbered> {
    if let Some(year) = digits(session) {
        let dated = part.is_empty() && (1946..2100).contains(&year);
        return dated.then_some(Numbered { form: NumberForm::Yearly { number, year }, last });
    }
    let numeral = session.trim_start_matches("ES-").trim_start_matches("S-");
    roman(numeral)?;
    let (part, last) = if part.is_empty() { part_after(words, last) } else { (part, last) };
    Some(Numbered { form: NumberForm::Roman { number, part, session: session.into() }, last })
}

/// The word in brackets at `i`, and the closing bracket.
pub(super) fn bracketed<'a>(words: &Words<'a>, i: usize) -> Option<(&'a str, usize)> {
    let inside = words.is_mark(i, '(') && words.is_mark(i + 2, ')');
    inside.then(|| (words.form(i + 1), i + 2))
}

/// The letters after a number: `B`, `A-B` for "A and B"; and the last word they take.
fn part_after(words: &Words, i: usize) -> (CompactString, usize) {
    let Some(letter) = part_letter(words, i + 1) else { return (CompactString::default(), i) };
    let joined = words.is_one_of(i + 2, &["and", "to", "&"]) || words.is_dash(i + 2);
    match part_letter(words, i + 3).filter(|_| joined) {
        Some(end) => (format_compact!("{letter}-{end}"), i + 3),
        None => (letter.into(), i + 1),
    }
}

fn part_letter<'a>(words: &Words<'a>, i: usize) -> Option<&'a str> {
    let letter = words.form(i);
    let fits = words.shape(i) == Shape::Upper && letter.len() == 1 && ("A"..="L").contains(&letter);
    let ends = matches!(words.shape(i + 1), Shape::Mark(_)) || words.is_a(i + 1, WordClass::AfterPart);
    (fits && ends).then_some(letter)
}
