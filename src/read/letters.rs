//! Which stretches of a text are written otherwise than words are known: soft hyphens, marks that nobody sees, blanks that
//! do not break, ligatures, letters and accents apart, escapes of front matter and of the web, letters of another encoding,
//! words parted at a line's end.

use std::collections::HashSet;

use unicode_normalization::UnicodeNormalization;

use crate::model::{Letters, Span};
use crate::seeds::{Lexicon, WordClass};

use super::front_matter;

/// Tags that only set words off.
const TAGS: &[&str] = &[
    "u", "b", "i", "em", "strong", "sup", "sub", "s", "span", "/u", "/b", "/i", "/em", "/strong", "/sup", "/sub", "/s",
    "/span",
];

/// Entities of the web and what they stand for.
const ENTITIES: &[(&str, &str)] = &[
    ("&nbsp;", " "),
    ("&#160;", " "),
    ("&amp;", "&"),
    ("&rsquo;", "’"),
    ("&#8217;", "’"),
    ("&lsquo;", "‘"),
    ("&ldquo;", "“"),
    ("&rdquo;", "”"),
    ("&ndash;", "–"),
    ("&mdash;", "—"),
    ("&shy;", ""),
    ("&eacute;", "é"),
];

/// The longest stretch between underscores, in bytes.
const SET_OFF: usize = 90;

/// The plain writing of a text; `None` if it is plain already.
pub(super) fn plain(text: &str) -> Option<Box<Letters>> {
    let mut replaced = Vec::new();
    let front = if text.starts_with(['-', '\u{feff}']) { front_matter::find(text).0 } else { None };
    let front_end = front.as_ref().map_or(0, |front| front.span.end);
    for escape in front.iter().flat_map(|front| front.gaps(text)) {
        replaced.extend(escaped(text, escape));
    }
    let bytes = text.as_bytes();
    let mut words: Option<HashSet<&str>> = None;
    let mut at = 0;
    while at < bytes.len() {
        let found = match bytes[at] {
            b'&' => entity(text, at),
            b'<' => tag(text, at),
            b'_' if at >= front_end => underscore(text, at),
            b'\\' if at >= front_end => stray(text, at),
            b'-' if matches!(bytes.get(at + 1), Some(b'\n' | b'\r')) && at >= front_end => {
                let words = words.get_or_insert_with(|| whole_words(text));
                parted(text, at, words)
            }
            byte if byte >= 0x80 => sign(text, at),
            _ => None,
        };
        match found {
            Some((span, plain)) => {
                at = span.end.max(at + 1);
                replaced.push((span, plain));
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    replaced.sort_by_key(|(span, _)| (span.start, span.end));
    replaced.dedup_by(|next, before| next.0.start < before.0.end);
    replaced.retain(|(span, plain)| span.of(text) != plain);
    Letters::new(text, &replaced).map(Box::new)
}

/// `\_`, `\u2019`, a folded line in a double-quoted value.
fn escaped(text: &str, gap: Span) -> Option<(Span, String)> {
    let rest = &text[gap.start..];
    let hex = |from: usize, length: usize| {
        let digits = rest.get(from..from + length)?;
        let sign = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
        // What ends or begins an escape itself stays one; a byte-order mark is no letter.
        (!sign.is_control() && !matches!(sign, '"' | '\\'))
            .then(|| (Span::new(gap.start, gap.start + from + length), plain_sign(sign)))
    };
    match rest.as_bytes().get(1)? {
        b'_' | b' ' => Some((Span::new(gap.start, gap.start + 2), " ".to_owned())),
        // A line that goes on in the next one.
        b'\n' | b'\r' => {
            let rest = &rest[1..];
            let blank = rest.len() - rest.trim_start().len();
            Some((Span::new(gap.start, gap.start + 1 + blank), String::new()))
        }
        b'u' => hex(2, 4),
        b'x' => hex(2, 2),
        _ => None,
    }
}

fn plain_sign(sign: char) -> String {
    match sign {
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ".to_owned(),
        _ if is_invisible(sign) => String::new(),
        _ => sign.to_string(),
    }
}

fn entity(text: &str, at: usize) -> Option<(Span, String)> {
    let (name, plain) = ENTITIES.iter().find(|(name, _)| text[at..].starts_with(name))?;
    Some((Span::new(at, at + name.len()), (*plain).to_owned()))
}

fn tag(text: &str, at: usize) -> Option<(Span, String)> {
    let rest = text.get(at + 1..text.len().min(at + 9)).or_else(|| text.get(at + 1..))?;
    let end = rest.find('>')?;
    TAGS.contains(&rest[..end].to_ascii_lowercase().as_str()).then(|| (Span::new(at, at + end + 2), String::new()))
}

/// `_` of words set off like `_this_`: it touches a word on one side only, and its fellow stands on the same line.
fn underscore(text: &str, at: usize) -> Option<(Span, String)> {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let (before, after) = (text[..at].chars().next_back(), text[at + 1..].chars().next());
    let gone = || Some((Span::new(at, at + 1), String::new()));
    let line = |rest: &str| rest.find('\n').unwrap_or(rest.len()).min(SET_OFF);
    if is_word(after) && !is_word(before) {
        let rest = &text[at + 1..];
        let inner = &rest[..rest.floor_char_boundary(line(rest))];
        let close = inner.find('_').filter(|close| !is_word(inner[close + 1..].chars().next()))?;
        return if inner[..close].trim().len() == close { gone() } else { None };
    }
    if is_word(before) || before.is_some_and(|c| matches!(c, '.' | ',' | ')' | '’' | '”')) {
        let from =
            text[..at].rfind('\n').map_or(0, |end| end + 1).max(text.ceil_char_boundary(at.saturating_sub(SET_OFF)));
        let inner = &text[from..at];
        let open = inner.rfind('_')?;
        let opens = !is_word(inner[..open].chars().next_back()) && is_word(inner[open + 1..].chars().next());
        return if opens && !is_word(after) { gone() } else { None };
    }
    None
}

/// A backslash that sets nothing off: before a blank, at a line's end.
fn stray(text: &str, at: usize) -> Option<(Span, String)> {
    let next = text[at + 1..].chars().next();
    let before = text[..at].chars().next_back();
    let stray = next.is_none_or(char::is_whitespace) && before.is_some_and(|c| !c.is_whitespace() && c != '\\');
    stray.then(|| (Span::new(at, at + 1), String::new()))
}

fn is_invisible(sign: char) -> bool {
    matches!(sign, '\u{ad}' | '\u{200b}' | '\u{200d}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn sign(text: &str, at: usize) -> Option<(Span, String)> {
    let mut signs = text[at..].chars();
    let sign = signs.next()?;
    let end = at + sign.len_utf8();
    let plain = match sign {
        // A byte-order mark at the start belongs to the file.
        '\u{feff}' if at == 0 => return None,
        _ if is_invisible(sign) => String::new(),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ".to_owned(),
        '\u{2010}' | '\u{2011}' => "-".to_owned(),
        '\u{fb00}'..='\u{fb06}' => sign.nfkd().collect(),
        '\u{300}'..='\u{36f}' => return accented(text, at),
        // The apostrophe of an old Macintosh text taken for windows-1252: no word has a capital Õ behind a small letter.
        'Õ' if text[..at].ends_with(char::is_lowercase) => "’".to_owned(),
        'Â' | 'Ã' | 'Ä' | 'Å' | 'â' | 'ï' => return misread(text, at),
        _ => return None,
    };
    Some((Span::new(at, end), plain))
}

/// A letter with its accents behind it, as one.
fn accented(text: &str, at: usize) -> Option<(Span, String)> {
    let base = text[..at].chars().next_back().filter(|c| c.is_alphabetic())?;
    let start = at - base.len_utf8();
    let is_accent = |c: &char| matches!(c, '\u{300}'..='\u{36f}');
    let end = at + text[at..].chars().take_while(is_accent).map(char::len_utf8).sum::<usize>();
    Some((Span::new(start, end), text[start..end].nfc().collect()))
}

/// UTF-8 that was once taken for windows-1252: "â€™", "Ã©".
fn misread(text: &str, at: usize) -> Option<(Span, String)> {
    let mut bytes = Vec::new();
    let mut end = at;
    for sign in text[at..].chars().take(3) {
        let one = sign.to_string();
        let (byte, _, failed) = encoding_rs::WINDOWS_1252.encode(&one);
        if failed || byte.len() != 1 || byte[0] < 0x80 {
            break;
        }
        bytes.push(byte[0]);
        end += sign.len_utf8();
        let read = std::str::from_utf8(&bytes).ok().and_then(|read| read.chars().next());
        if let Some(read) = read.filter(|_| bytes.len() >= 2) {
            return Some((Span::new(at, end), plain_sign(read)));
        }
    }
    None
}

/// The words of a text that no line end parts, in lower case where they are so written.
fn whole_words(text: &str) -> HashSet<&str> {
    let words = text.split(|c: char| !(c.is_alphabetic() || c == '-'));
    words.filter(|word| word.len() > 1 && !word.ends_with('-')).collect()
}

/// "Cri-" at a line's end and "me" on the next: one word, if it is known or the first half is none.
fn parted(text: &str, at: usize, words: &HashSet<&str>) -> Option<(Span, String)> {
    let first = text[..at].rsplit(|c: char| !c.is_alphabetic()).next().filter(|part| part.len() >= 2)?;
    let rest = &text[at + 1..];
    let line = rest.trim_start_matches('\r').strip_prefix('\n')?;
    let second = line.trim_start_matches([' ', '\t']);
    let end = text.len() - second.len();
    let length = second.find(|c: char| !c.is_alphabetic()).unwrap_or(second.len());
    let second = &second[..length];
    if length == 0 || !second.starts_with(char::is_lowercase) {
        return None;
    }
    let joined = format!("{first}{second}");
    let lower = joined.to_lowercase();
    let lexicon = Lexicon::embedded();
    let hyphenated = words.contains(format!("{first}-{second}").as_str());
    let known = words.contains(joined.as_str())
        || words.contains(lower.as_str())
        || lexicon.kind_of(&lower).is_some()
        || lexicon.kind_of(&lexicon.singular_by_ending(&lower)).is_some();
    let half = first.to_lowercase();
    let is_word = words.contains(first) || words.contains(half.as_str()) || WordClass::HyphenPrefix.has(&half);
    (!hyphenated && (known || !is_word)).then(|| (Span::new(at, end), String::new()))
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn letters_become_plain() {
        for (written, wanted) in [
            ("does n\u{ad}ot support", "does not support"),
            ("does not\u{200b} support", "does not support"),
            ("\u{200e}14 March\u{200e} 2023", "14 March 2023"),
            ("68/\u{200b}167", "68/167"),
            ("Of\u{fb01}ce", "Office"),
            ("Coˆte", "Coˆte"),
            ("Co\u{302}te", "Côte"),
            ("United\u{a0}Nations", "United Nations"),
            ("United&nbsp;Nations", "United Nations"),
            ("does <u>not</u> support", "does not support"),
            ("does _not_ support snake_case", "does not support snake_case"),
            ("the _Rome Statute_, of", "the Rome Statute, of"),
            ("resolution\\ 76/227", "resolution 76/227"),
            ("Keniaâ€™s cafÃ©", "Kenia’s café"),
            ("KenyaÕs ministersÕ plan, Õun", "Kenya’s ministers’ plan, Õun"),
            ("Âge Ãrea", "Âge Ãrea"),
            ("Drugs and Cri-\nme", "Drugs and Crime"),
            ("a long-\nterm plan", "a long-\nterm plan"),
            ("States-\nParty", "States-\nParty"),
            ("---\ntitle: \"Joe\\_Lind\\u2019s\"\n---\n\nText.", "---\ntitle: \"Joe Lind’s\"\n---\n\nText."),
            ("---\ntitle: \"On the\\\n  \\ seas\"\n---\nText.", "---\ntitle: \"On the seas\"\n---\nText."),
            ("a < b & c", "a < b & c"),
        ] {
            let found = plain(written).map_or_else(|| written.to_owned(), |letters| letters.other);
            assert_eq!(found, wanted);
        }
    }
}
