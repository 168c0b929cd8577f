//! Names in the shape in which vocabularies are searched: lower case, no accents, one spelling of English words that have
//! two, no "the". Acronyms keep their case: `WHO` is not `who`.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// Words that carry no meaning of their own when the order of words is left out of account.
const SMALL: [&str; 9] = ["a", "an", "and", "for", "in", "of", "on", "the", "to"];

/// Spellings that differ between British and American English beyond `-isation`.
const SPELLINGS: [(&str, &str); 15] = [
    ("behaviour", "behavior"),
    ("centre", "center"),
    ("centres", "centers"),
    ("colour", "color"),
    ("defence", "defense"),
    ("fibre", "fiber"),
    ("harbour", "harbor"),
    ("labour", "labor"),
    ("licence", "license"),
    ("offence", "offense"),
    ("offences", "offenses"),
    ("organise", "organize"),
    ("organised", "organized"),
    ("programme", "program"),
    ("programmes", "programs"),
];

/// A name as the index files it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The normalised name; never empty unless the name is.
    pub text: String,
    /// Hash of its words in any order, small words left out: the place in the index.
    pub bag: u64,
    /// Part of the hash of the words in their order: tells an equal name from one with its words moved.
    pub check: u16,
}

impl Key {
    /// The key of a name.
    pub fn of(name: &str) -> Self {
        let text = normal(name);
        let (bag, check) = (bag(&text), mixed(hash(text.as_bytes())) as u16);
        Self { text, bag, check }
    }
}

/// The normalised form of a name.
pub fn normal(name: &str) -> String {
    let words = words(name);
    let mut text = String::with_capacity(words.len());
    let mut all = words.split(' ').filter(|word| !word.is_empty()).peekable();
    // "the", in front or alone in brackets at the end, names nothing.
    let is_article_alone = words == "the";
    while let Some(word) = all.next() {
        let is_edge = text.is_empty() || all.peek().is_none();
        if word == "the" && is_edge && !is_article_alone {
            continue;
        }
        let joined = word == "co" && all.peek().is_some_and(|next| next.starts_with("op") || next.starts_with("ord"));
        if !text.is_empty() && !text.ends_with('\u{1}') {
            text.push(' ');
        }
        if text.ends_with('\u{1}') {
            text.pop();
        }
        text.push_str(&spelling(word));
        if joined {
            text.push('\u{1}');
        }
    }
    if text.ends_with('\u{1}') {
        text.pop();
    }
    if text.is_empty() { name.trim().to_lowercase() } else { text }
}

/// Letters and digits in lower case without accents; everything else parts words.
fn words(name: &str) -> String {
    let mut text = String::with_capacity(name.len());
    if name.is_ascii() {
        push_all(name.chars(), &mut text);
    } else {
        push_all(name.nfkd(), &mut text);
    }
    text
}

fn push_all(letters: impl Iterator<Item = char>, text: &mut String) {
    let mut letters = letters.peekable();
    while let Some(c) = letters.next() {
        match c {
            'a'..='z' | '0'..='9' | '+' | '#' => text.push(c),
            'A'..='Z' => text.push(c.to_ascii_lowercase()),
            '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
            '\'' | '’' | '‘' | 'ʼ' | '´' | '`' => {}
            // "U.N." is "UN"; "3.5" keeps its parts apart.
            '.' if text.chars().next_back().is_some_and(char::is_alphabetic) => {
                if letters.peek().is_none_or(|next| !next.is_alphabetic()) {
                    blank(text);
                }
            }
            '&' => {
                blank(text);
                text.push_str("and ");
            }
            _ if c.is_ascii() => blank(text),
            'ø' | 'Ø' => text.push('o'),
            'ł' | 'Ł' => text.push('l'),
            'đ' | 'Đ' => text.push('d'),
            'ı' => text.push('i'),
            'ß' => text.push_str("ss"),
            'æ' | 'Æ' => text.push_str("ae"),
            'œ' | 'Œ' => text.push_str("oe"),
            _ if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) => {
                text.extend(c.to_lowercase())
            }
            _ => blank(text),
        }
    }
}

fn blank(text: &mut String) {
    if !text.ends_with(' ') {
        text.push(' ');
    }
}

/// One spelling of a word that has two.
fn spelling(word: &str) -> Cow<'_, str> {
    if let Some(at) = word.find("isation").filter(|&at| at > 2) {
        return Cow::Owned(format!("{}ization{}", &word[..at], &word[at + 7..]));
    }
    match SPELLINGS.binary_search_by(|(british, _)| (*british).cmp(word)) {
        Ok(at) => Cow::Borrowed(SPELLINGS[at].1),
        Err(_) => Cow::Borrowed(word),
    }
}

/// Hash of the words, whatever their order.
fn bag(text: &str) -> u64 {
    let telling = |word: &&str| !SMALL.contains(word);
    let sum = |words: &mut dyn Iterator<Item = &str>| {
        words.fold((0_u64, 0_u64), |(sum, count), word| (sum.wrapping_add(mixed(hash(word.as_bytes()))), count + 1))
    };
    let (mut total, count) = sum(&mut text.split(' ').filter(telling));
    if count == 0 {
        total = sum(&mut text.split(' ')).0;
    }
    mixed(total)
}

/// FNV-1a: short, and the same on every machine and in every version.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Spreads every bit over all others.
const fn mixed(mut hash: u64) -> u64 {
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xff51_afd7_ed55_8ccd);
    hash ^= hash >> 33;
    hash = hash.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

/// Whether a name is written as an acronym: one word of capitals and digits with a capital among two of them at least, ten
/// characters at most.
pub fn is_acronym(name: &str) -> bool {
    let name = name.strip_suffix('s').filter(|stem| stem.len() > 2).unwrap_or(name);
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    let signs = name.chars().filter(|c| c.is_alphanumeric()).count();
    let fits = |c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '-' | '/' | '.' | '&');
    capitals > 0 && signs > 1 && name.chars().count() <= 10 && name.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::{Key, is_acronym, normal};

    #[test]
    fn names_written_differently_are_one() {
        let rows = [
            ("The Harbour Organisation", "Harbor Organization"),
            ("Holy Island (the)", "Holy Island"),
            ("Côte d’Émeraude", "Cote d'Emeraude"),
            ("Centre for Lighthouse Co-operation", "CENTER FOR LIGHTHOUSE COOPERATION"),
            ("Ships, Ports, and Docks", "Ships, Ports & Docks"),
            ("U.N. Harbour Board", "UN Harbor Board"),
            ("Programme of  Work\n", "program of work"),
            ("co-ordination", "coordination"),
            ("women’s rights", "women's rights"),
        ];
        for (a, b) in rows {
            assert_eq!(normal(a), normal(b), "{a} | {b}");
        }
    }

    #[test]
    fn different_names_stay_different() {
        let rows = [("C++", "C"), ("3.5", "35"), ("the", "a"), ("कर", "कार"), ("co", "company"), ("?", "!")];
        for (a, b) in rows {
            assert_ne!(normal(a), normal(b), "{a} | {b}");
        }
    }

    #[test]
    fn moved_words_share_a_place_but_not_the_check() {
        let (a, b) = (Key::of("Republic of Lighthousia"), Key::of("Lighthousia (Republic of)"));
        assert_eq!(a.bag, b.bag);
        assert_ne!(a.check, b.check);
        assert_ne!(a.bag, Key::of("Republic of Lighthouses").bag);
        assert_ne!(Key::of("of the").bag, Key::of("for a").bag);
    }

    #[test]
    fn acronyms_are_words_of_capitals() {
        for yes in ["WHO", "E/CN.15", "G77", "NGOs", "IOR-ARC"] {
            assert!(is_acronym(yes), "{yes}");
        }
        for no in ["Who", "A", "WORLD HEALTH", "HEADQUARTERSES", "who", "12"] {
            assert!(!is_acronym(no), "{no}");
        }
    }
}
