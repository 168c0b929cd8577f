//! Names in the shape in which vocabularies are searched: lower case, no accents, one spelling of English words that have
//! two, no "the". Acronyms keep their case: `WHO` is not `who`.

use unicode_normalization::UnicodeNormalization;

use crate::seeds::{Lexicon, WordClass};

/// Bytes of the words in the table of spellings: others need not be looked for.
const SPELT: std::ops::RangeInclusive<usize> = 5..=10;

/// Bytes of the longest word that is of no account.
const SMALL: usize = 3;

/// A name as the index files it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The normalised name; never empty unless the name is.
    pub text: String,
    /// Hash of its words in any order, small words left out: the place in the index.
    pub bag: u64,
    /// Hash of the words in their order: tells an equal name from one with its words moved.
    pub check: u32,
}

impl Key {
    /// The key of a name.
    pub fn of(name: &str) -> Self {
        Self::of_normal(normal(name))
    }

    /// The key of a name that is normalised already.
    pub fn of_normal(text: String) -> Self {
        let (mut bag, mut order) = (Bag::default(), 0_u64);
        for word in words(&text) {
            let word = Word::of(word);
            bag.add(word);
            order = mixed(order.rotate_left(5) ^ word.hash);
        }
        Self { bag: bag.hash(), check: order as u32, text }
    }
}

/// The words of a normalised name.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    // Blanks are single bytes and never part of another letter.
    text.as_bytes().split(|&byte| byte == b' ').filter_map(|word| std::str::from_utf8(word).ok())
}

/// A word of a normalised name, as much of it as its place in the index needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    hash: u64,
    is_small: bool,
}

impl Word {
    /// What a word counts for.
    pub fn of(word: &str) -> Self {
        Self { hash: mixed(hash(word.as_bytes())), is_small: word.len() <= SMALL && WordClass::SmallInLabel.has(word) }
    }

    /// Whether it is of no account where others are there.
    pub const fn is_small(self) -> bool {
        self.is_small
    }
}

/// Words in any order, of which some can be exchanged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bag {
    telling: u64,
    small: u64,
    count: u32,
}

impl Bag {
    /// Puts a word in.
    pub const fn add(&mut self, word: Word) {
        if word.is_small {
            self.small = self.small.wrapping_add(word.hash);
        } else {
            self.telling = self.telling.wrapping_add(word.hash);
            self.count += 1;
        }
    }

    /// The same bag with a word more.
    pub const fn with(mut self, word: Word) -> Self {
        self.add(word);
        self
    }

    /// The same bag without a word that is in it.
    pub const fn without(mut self, word: Word) -> Self {
        if word.is_small {
            self.small = self.small.wrapping_sub(word.hash);
        } else {
            self.telling = self.telling.wrapping_sub(word.hash);
            self.count = self.count.saturating_sub(1);
        }
        self
    }

    /// Its hash. Small words count only where there are no others.
    pub const fn hash(&self) -> u64 {
        mixed(if self.count > 0 { self.telling } else { self.small })
    }
}

/// The normalised form of a name.
pub fn normal(name: &str) -> String {
    let mut writer = Writer { text: String::with_capacity(name.len() + 1), start: 0 };
    if name.is_ascii() {
        writer.take_all(name.bytes().map(char::from));
    } else {
        writer.take_all(name.nfkd());
    }
    let text = writer.finish();
    if text.is_empty() { name.trim().to_lowercase() } else { text }
}

/// Writes a normalised name letter by letter, and mends each word as it ends.
struct Writer {
    text: String,
    /// Where the word being written starts.
    start: usize,
}

impl Writer {
    /// Letters and digits in lower case without accents; everything else parts words.
    fn take_all(&mut self, letters: impl Iterator<Item = char>) {
        let mut letters = letters.peekable();
        while let Some(c) = letters.next() {
            match c {
                'a'..='z' | '0'..='9' | '+' | '#' => self.text.push(c),
                'A'..='Z' => self.text.push(c.to_ascii_lowercase()),
                ' ' => self.end_word(),
                '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
                '\'' | '’' | '‘' | 'ʼ' | '´' | '`' => {}
                // "U.N." is "UN"; "3.5" keeps its parts apart.
                '.' if self.text[self.start..].chars().next_back().is_some_and(char::is_alphabetic) => {
                    if letters.peek().is_none_or(|next| !next.is_alphabetic()) {
                        self.end_word();
                    }
                }
                '&' => {
                    self.end_word();
                    self.text.push_str("and");
                    self.end_word();
                }
                _ if c.is_ascii() => self.end_word(),
                'ø' | 'Ø' => self.text.push('o'),
                'ł' | 'Ł' => self.text.push('l'),
                'đ' | 'Đ' => self.text.push('d'),
                'ı' => self.text.push('i'),
                'ß' => self.text.push_str("ss"),
                'æ' | 'Æ' => self.text.push_str("ae"),
                'œ' | 'Œ' => self.text.push_str("oe"),
                _ if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) => {
                    self.text.extend(c.to_lowercase());
                }
                _ => self.end_word(),
            }
        }
    }

    fn end_word(&mut self) {
        let Some(word) = self.text.get(self.start..).filter(|word| !word.is_empty()) else { return };
        // "the" in front names nothing.
        if word == "the" && self.start == 0 {
            self.text.clear();
            return;
        }
        let before = self.text[..self.start].trim_end_matches(' ');
        if (word.starts_with("op") || word.starts_with("ord")) && (before == "co" || before.ends_with(" co")) {
            let at = self.start - 1;
            self.text.remove(at);
        } else {
            self.spell();
        }
        self.text.push(' ');
        self.start = self.text.len();
    }

    /// One spelling of a word that has two.
    fn spell(&mut self) {
        let word = &self.text[self.start..];
        if word.len() >= 10
            && let Some(at) = word.as_bytes().windows(7).position(|part| part == b"isation").filter(|&at| at > 2)
        {
            let at = self.start + at + 1;
            self.text.replace_range(at..=at, "z");
        } else if SPELT.contains(&word.len())
            && let Some(american) = Lexicon::embedded().respelled(word)
        {
            self.text.replace_range(self.start.., american);
        }
    }

    fn finish(mut self) -> String {
        self.end_word();
        let length = self.text.trim_end_matches(' ').len();
        self.text.truncate(length);
        // "the" alone in brackets at the end names nothing either.
        if self.text.ends_with(" the") {
            self.text.truncate(length - 4);
        }
        self.text
    }
}

/// FNV-1a: short, and the same on every machine and in every version.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Hash of a name letter by letter.
pub fn text_hash(name: &str) -> u32 {
    let (eights, rest) = name.as_bytes().as_chunks::<8>();
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    let all = eights.iter().chain(std::iter::once(&last));
    let sum = all.fold(name.len() as u64, |sum, eight| mixed(sum ^ u64::from_le_bytes(*eight)));
    (sum >> 32) as u32
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
    use super::{Key, Lexicon, SMALL, SPELT, WordClass, is_acronym, normal};

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
    fn lengths_fit_the_lexicon() {
        assert!(WordClass::SmallInLabel.words().iter().all(|word| word.len() <= SMALL));
        assert!(Lexicon::embedded().respelled_words().all(|word| SPELT.contains(&word.len())));
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
