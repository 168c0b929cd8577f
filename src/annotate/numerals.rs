//! Numbers as people write them: digits with separators, words, ordinals, Roman numerals.

use compact_str::{CompactString, format_compact};

use super::wording::{Shape, Words};
use crate::seeds::WordClass;

/// A number and the words it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cardinal {
    /// First word.
    pub first: usize,
    /// Last word.
    pub last: usize,
    /// Its value.
    pub value: Decimal,
    /// Whether a digit is in it.
    pub digits: bool,
}

/// A decimal number: `units` divided by ten `places` times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    units: u128,
    places: u32,
}

impl Decimal {
    pub const fn whole(units: u128) -> Self {
        Self { units, places: 0 }
    }

    /// As a whole number, if it is one.
    pub const fn as_whole(self) -> Option<u128> {
        if self.places == 0 { Some(self.units) } else { None }
    }

    /// The value of digits with at most one decimal point.
    pub fn parse(digits: &str) -> Option<Self> {
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.len() + fraction.len() > 18 || fraction.contains('.') {
            return None;
        }
        let units = format!("{whole}{fraction}").parse().ok()?;
        Some(Self { units, places: u32::try_from(fraction.len()).ok()? })
    }

    /// That many times as much.
    pub fn times(self, factor: u128) -> Option<Self> {
        let mut number = Self { units: self.units.checked_mul(factor)?, places: self.places };
        while number.places > 0 && number.units.is_multiple_of(10) {
            number.units /= 10;
            number.places -= 1;
        }
        Some(number)
    }

    /// In plain decimal notation: `2000000000`, `4.5`.
    pub fn plain(self) -> CompactString {
        let power = 10u128.pow(self.places);
        let whole = self.units / power;
        if self.places == 0 {
            return format_compact!("{whole}");
        }
        format_compact!("{whole}.{:0width$}", self.units % power, width = self.places as usize)
    }
}

/// The value of a number word below a hundred.
fn cardinal_word(words: &Words, i: usize) -> Option<u32> {
    words.lexicon().numerals().cardinal(words.form(i))
}

/// The value of a word that multiplies.
fn multiplier(words: &Words, i: usize) -> Option<u128> {
    words.lexicon().numerals().multiplier(words.form(i))
}

/// An ordinal at word `i`, in one word, with a blank behind its hyphen ("thirty- fourth") or after hundreds ("one hundred
/// and fifth"): its value and its last word.
pub(super) fn ordinal_at(words: &Words, i: usize) -> Option<(u32, usize)> {
    if words.is_mark(i + 1, '-') && words.touches_next(i) {
        let whole = format_compact!("{}-{}", words.form(i), words.form(i + 2));
        if let Some(value) = words.lexicon().numerals().ordinal(&whole) {
            return Some((value, i + 2));
        }
    }
    if let Some(value) = words.lexicon().numerals().ordinal(words.bare(i)) {
        return Some((value, i));
    }
    if !words.form(i + 1).starts_with("hundred") {
        return None;
    }
    let hundreds = cardinal_word(words, i).filter(|hundreds| *hundreds < 100)?;
    if !words.is(i + 1, "hundred") {
        return words.is(i + 1, "hundredth").then_some((hundreds * 100, i + 1));
    }
    let rest = if words.is(i + 2, "and") { i + 3 } else { i + 2 };
    Some((hundreds * 100 + words.lexicon().numerals().ordinal(words.form(rest))?, rest))
}

/// The value of a Roman numeral in capitals; only the usual spelling counts.
pub(super) fn roman(form: &str) -> Option<u32> {
    const PARTS: [(&str, u32); 13] = [
        ("M", 1000),
        ("CM", 900),
        ("D", 500),
        ("CD", 400),
        ("C", 100),
        ("XC", 90),
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ];
    let mut rest = form;
    let mut value = 0;
    for (letters, worth) in PARTS {
        let most = if letters.len() == 1 && !matches!(letters, "D" | "L" | "V") { 3 } else { 1 };
        for _ in 0..most {
            let Some(left) = rest.strip_prefix(letters) else { break };
            rest = left;
            value += worth;
        }
    }
    (rest.is_empty() && value > 0).then_some(value)
}

/// A whole number in plain digits, without separators.
pub(super) fn digits(form: &str) -> Option<u32> {
    (!form.is_empty() && form.len() <= 9 && form.bytes().all(|b| b.is_ascii_digit()))
        .then(|| form.parse().ok())
        .flatten()
}

/// The number that begins at word `i`: `134`, `1,000`, `10 000`, `4.5 million`, `two hundred and fifty`, `a hundred`.
pub(super) fn cardinal(words: &Words, i: usize) -> Option<Cardinal> {
    let (mut value, mut last, digits) = match words.shape(i) {
        Shape::Number => grouped(words, i).map(|(value, last)| (value, last, true))?,
        Shape::Lower | Shape::Title if words.is_a(i, WordClass::NumberWord) => {
            spelled(words, i).map(|(value, last)| (Decimal::whole(value), last, false))?
        }
        _ => return None,
    };
    while let Some(factor) = multiplier(words, last + 1).filter(|_| words.shape(last + 1) == Shape::Lower) {
        let Some(more) = value.times(factor) else { break };
        value = more;
        last += 1;
    }
    Some(Cardinal { first: i, last, value, digits })
}

/// Digits, with groups of three set off by commas or by thin or no-break blanks.
fn grouped(words: &Words, i: usize) -> Option<(Decimal, usize)> {
    let mut plain: String = words.form(i).chars().filter(|c| *c != ',').collect();
    let mut last = i;
    while plain.len() + 3 <= 15 && !plain.contains('.') && continues_group(words, last) {
        last += 1;
        plain.push_str(words.form(last));
    }
    Decimal::parse(&plain).map(|value| (value, last))
}

fn continues_group(words: &Words, i: usize) -> bool {
    let gap = words.text().get(words.at(i).end..words.at(i + 1).start).unwrap_or_default();
    let first = words.form(i).len() <= 3;
    first
        && matches!(gap, "\u{a0}" | "\u{202f}" | "\u{2009}")
        && words.shape(i + 1) == Shape::Number
        && words.form(i + 1).len() == 3
        && words.form(i + 1).bytes().all(|b| b.is_ascii_digit())
}

/// Number words below a million, without the multiplier that ends them: "two hundred and fifty", "a hundred".
fn spelled(words: &Words, i: usize) -> Option<(u128, usize)> {
    if words.is(i, "a") && words.is_one_of(i + 1, &["hundred", "thousand", "million", "billion"]) {
        return multiplier(words, i + 1).map(|value| (value, i + 1));
    }
    let mut value = u128::from(cardinal_word(words, i)?);
    if !words.is(i + 1, "hundred") {
        return Some((value, i));
    }
    value *= 100;
    let rest = if words.is(i + 2, "and") { i + 3 } else { i + 2 };
    match cardinal_word(words, rest) {
        Some(more) => Some((value + u128::from(more), rest)),
        None => Some((value, i + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::{cardinal, ordinal_at, roman};
    use crate::annotate::wording::Words;
    use crate::model::Span;
    use crate::seeds::Lexicon;

    #[test]
    fn cardinals() {
        let cases = [
            ("134 countries", "134", 0),
            ("1,000 men", "1000", 0),
            ("10\u{a0}000 men", "10000", 1),
            ("4.5 million euros", "4500000", 1),
            ("2.125 thousand", "2125", 1),
            ("0.75 per cent", "0.75", 0),
            ("three treaties", "3", 0),
            ("two hundred and fifty thousand people", "250000", 4),
            ("one hundred States", "100", 1),
            ("a hundred States", "100", 1),
            ("twenty-five judges", "25", 0),
            ("200 executive", "200", 0),
        ];
        for (text, value, last) in cases {
            let words = Words::new(Lexicon::embedded(), text, Span::new(0, text.len()));
            let found = cardinal(&words, 0).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((found.value.plain().as_str(), found.last), (value, last), "{text}");
        }
        for text in ["fifth session", "1.2.3 of", "A", "99999999999999999999 men"] {
            let words = Words::new(Lexicon::embedded(), text, Span::new(0, text.len()));
            assert_eq!(cardinal(&words, 0), None, "{text}");
        }
    }

    #[test]
    fn ordinals_and_roman_numerals() {
        let text = "one hundred and fifth meeting";
        assert_eq!(ordinal_at(&Words::new(Lexicon::embedded(), text, Span::new(0, text.len())), 0), Some((105, 3)));
        assert_eq!(["VII", "XXV", "XLVIII", "I"].map(roman), [Some(7), Some(25), Some(48), Some(1)]);
        assert_eq!(["", "IIII", "VX", "CAN", "vii"].map(roman), [None; 5]);
    }
}
