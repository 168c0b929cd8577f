//! Full UN document symbols: `A/RES/65/230`, `E/CN.15/2011/19`, `A/AC.291/7/Rev.1`, `S/RES/1373 (2001)`.

use compact_str::{CompactString, format_compact};

use super::number::bracketed;
use crate::annotate::numerals::{digits, roman};
use crate::annotate::wording::{Shape, Words};
use crate::model::{Symbol, SymbolKind};
use crate::seeds::{Lexicon, WordClass};

/// A symbol in the text.
pub(super) struct Coded {
    pub symbol: Symbol,
    /// Last word of it.
    pub last: usize,
}

/// The symbol that begins at word `i`.
pub(super) fn code_at(words: &Words, i: usize) -> Option<Coded> {
    if words.shape(i) != Shape::Slashed || in_web_address(words, i) {
        return None;
    }
    let text = canonical(words.lexicon(), words.form(i))?;
    let kind = kind_of(&text);
    let (text, last) = match bracketed(words, i + 1) {
        Some((inside, last)) if kind != SymbolKind::Document => with_session(words, text, inside, i, last),
        _ if words.is_mark(i + 1, '(') && words.is_one_of(i + 2, &["sect", "part", "vol"]) => section(words, text, i),
        _ => (text, i),
    };
    let (text, last) = if kind == SymbolKind::Document { (text, last) } else { with_part(words, text, last) };
    Some(Coded { symbol: Symbol { text, kind }, last })
}

/// "and Corr.1", ", Add.2" after a symbol: the symbol of that addition, and the word where it stands.
pub(super) fn addition_at(words: &Words, base: &Symbol, i: usize) -> Option<Coded> {
    let form = words.form(i);
    let (series, number) = form.split_once('.')?;
    let fits = matches!(series, "Add" | "Corr" | "Rev" | "Amend") && digits(number).is_some();
    fits.then(|| Coded { symbol: Symbol { text: format_compact!("{}/{form}", base.text), kind: base.kind }, last: i })
}

fn in_web_address(words: &Words, i: usize) -> bool {
    i.checked_sub(1).is_some_and(|before| {
        words.touches_next(before) && matches!(words.shape(before), Shape::Mark('/' | '.' | '@' | '=' | '#'))
    })
}

/// The symbol in its usual spelling, if it is one: a known root, well-formed parts, and a number somewhere.
fn canonical(lexicon: &Lexicon, form: &str) -> Option<CompactString> {
    let mut text = CompactString::default();
    let mut numbered = false;
    for (k, part) in form.split('/').map(str::trim).enumerate() {
        let part = usual(lexicon, part);
        let fits = if k == 0 { is_root(lexicon, &part) } else { is_part(&part) };
        if !fits {
            return None;
        }
        numbered |= k > 0 && part.ends_with(|c: char| c.is_ascii_digit());
        if k > 0 {
            text.push('/');
        }
        text.push_str(&part);
    }
    // The part letter of a resolution may follow its number: 72/266a.
    let lettered = text.contains("/RES/") && text.contains(|c: char| c.is_ascii_digit());
    (numbered || lettered).then_some(text)
}

/// Whether a part in capitals is the first of a symbol.
fn is_root(lexicon: &Lexicon, part: &str) -> bool {
    let capitals = part.bytes().all(|b| b.is_ascii_uppercase());
    capitals && lexicon.is(&CompactString::from_str_to_lowercase(part), WordClass::SymbolRoot)
}

/// Series names in capitals however they were typed; part letters too.
fn usual(lexicon: &Lexicon, part: &str) -> CompactString {
    let upper = part.to_ascii_uppercase();
    let letters = upper.trim_start_matches(|c: char| c.is_ascii_digit());
    let lettered = letters.len() == 1 && upper.len() > 1;
    if lettered || lexicon.is(&upper.to_ascii_lowercase(), WordClass::SymbolSeries) {
        upper.into()
    } else {
        part.into()
    }
}

/// `230`, `RES`, `CN.15`, `Rev.1`, `ES-11`, `266A`.
fn is_part(part: &str) -> bool {
    let (name, number) = part.split_once('.').unwrap_or((part, "1"));
    let named = !name.is_empty() && name.len() <= 8 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    // Words in small letters are not parts: "A/the".
    let formed = name.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase());
    named && formed && digits(number).is_some()
}

fn kind_of(text: &str) -> SymbolKind {
    match () {
        () if text.contains("/RES/") => SymbolKind::Resolution,
        () if text.contains("/DEC/") => SymbolKind::Decision,
        () => SymbolKind::Document,
    }
}

/// The year or old session in brackets: `S/RES/1373 (2001)`, `A/RES/217 (III)`.
fn with_session(words: &Words, text: CompactString, inside: &str, i: usize, last: usize) -> (CompactString, usize) {
    let dated = digits(inside).is_some_and(|year| (1946..2100).contains(&year)) && text.starts_with("S/");
    let old = roman(inside.trim_start_matches("ES-").trim_start_matches("S-")).is_some();
    if !dated && !old {
        return (text, i);
    }
    match lone_letter(words, last + 1).filter(|_| old) {
        Some(part) => (format_compact!("{text} {part} ({inside})"), last + 1),
        None => (format_compact!("{text} ({inside})"), last),
    }
}

/// A part letter that stands apart: `A/RES/56/210 B`, `A/RES/217 A (III)`.
fn with_part(words: &Words, text: CompactString, last: usize) -> (CompactString, usize) {
    if !text.ends_with(|c: char| c.is_ascii_digit()) {
        return (text, last);
    }
    let Some(part) = lone_letter(words, last + 1) else { return (text, last) };
    match bracketed(words, last + 2).filter(|(inside, _)| roman(inside).is_some()) {
        Some((inside, end)) => (format_compact!("{text} {part} ({inside})"), end),
        None => (format_compact!("{text}{part}"), last + 1),
    }
}

fn lone_letter<'a>(words: &Words<'a>, i: usize) -> Option<&'a str> {
    let letter = words.form(i);
    let fits = words.shape(i) == Shape::Upper && letter.len() == 1 && ("A"..="L").contains(&letter);
    (fits && (matches!(words.shape(i + 1), Shape::Mark(_)) || words.is_one_of(i + 1, &["of", "and"]))).then_some(letter)
}

/// A part of the budget: `A/80/6 (Sect. 16)`.
fn section(words: &Words, text: CompactString, i: usize) -> (CompactString, usize) {
    let number = if words.is_mark(i + 3, '.') { i + 4 } else { i + 3 };
    let closed = digits(words.form(number)).is_some() && words.is_mark(number + 1, ')');
    match closed {
        true => (format_compact!("{text} ({}. {})", words.form(i + 2), words.form(number)), number + 1),
        false => (text, i),
    }
}
