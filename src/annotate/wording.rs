//! Cuts a stretch of text into words, numbers, codes and marks: the alphabet of the hand-written grammars beside it.
//!
//! It is coarser than the tagger's tokens on purpose: `E/CN.15/2011/19`, `65/230`, `1,000` and `66th` are one word each.

use compact_str::CompactString;

use crate::model::Span;
use crate::seeds::{Classes, Lexicon, WordClass};

/// One word, number, code or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub span: Span,
    pub shape: Shape,
    /// What the lexicon says of it, a final possessive left out.
    pub classes: Classes,
}

impl Word {
    fn new(span: Span, shape: Shape) -> Self {
        Self { span, shape, classes: Classes::default() }
    }
}

/// What a word looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Letters, the first one small: `resolution`, `pro-government`.
    Lower,
    /// Letters, the first one a capital: `Assembly`, `Secretary-General`.
    Title,
    /// Capitals only: `UNODC`, `A`.
    Upper,
    /// Digits, also grouped or with a fraction: `31`, `1,000`, `4.5`.
    Number,
    /// Letters and digits: `66th`, `1990s`, `Add.1`, `ES-11`.
    Coded,
    /// A code with slashes: `A/RES/65/230`, `65/230`, `31/03/2019`.
    Slashed,
    /// A web address, to its end.
    Address,
    /// Any other character.
    Mark(char),
}

/// The words of a stretch of a document, in order. Positions past either end are no error: nothing is there.
#[derive(Clone, Debug)]
pub(crate) struct Words<'a> {
    text: &'a str,
    block: Span,
    lexicon: &'a Lexicon,
    words: Vec<Word>,
}

impl<'a> Words<'a> {
    /// Cuts `text` inside `span`; all spans are in bytes of `text`.
    pub fn new(lexicon: &'a Lexicon, text: &'a str, span: Span) -> Self {
        let mut words = Vec::with_capacity(span.len() / 5);
        let end = text.floor_char_boundary(span.end);
        let mut at = span.start.min(end);
        while at < end {
            at = match next_word(text, at, end) {
                Some(mut word) => {
                    word.classes = classes(lexicon, text, word);
                    words.push(word);
                    word.span.end
                }
                None => end,
            };
        }
        Self { text, block: span, lexicon, words }
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// The whole text that the spans point into.
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// The stretch that was cut.
    pub const fn block(&self) -> Span {
        self.block
    }

    /// What is known of words.
    pub const fn lexicon(&self) -> &'a Lexicon {
        self.lexicon
    }

    /// What a word looks like; a blank past the ends.
    pub fn shape(&self, i: usize) -> Shape {
        self.words.get(i).map_or(Shape::Mark(' '), |word| word.shape)
    }

    /// The word as written; empty past the ends.
    pub fn form(&self, i: usize) -> &'a str {
        self.words.get(i).map_or("", |word| word.span.of(self.text))
    }

    /// The word as written, without a final `'s`.
    pub fn bare(&self, i: usize) -> &'a str {
        without_possessive(self.form(i))
    }

    /// Whether the word is this one, in any case; `wanted` is in lower case and ASCII.
    pub fn is(&self, i: usize, wanted: &str) -> bool {
        self.form(i).eq_ignore_ascii_case(wanted)
    }

    /// Whether the word is one of these, in any case.
    pub fn is_one_of(&self, i: usize, wanted: &[&str]) -> bool {
        let form = self.form(i);
        wanted.iter().any(|one| form.eq_ignore_ascii_case(one))
    }

    /// Whether the word, without a final `'s`, is of a class, in any case.
    fn has(&self, i: usize, class: WordClass) -> bool {
        self.words.get(i).is_some_and(|word| word.classes.has(class))
    }

    /// Whether the word is of a class, in any case.
    pub fn is_a(&self, i: usize, class: WordClass) -> bool {
        self.has(i, class) && self.bare(i).len() == self.form(i).len()
    }

    /// Whether the word and the next one together are of a class, in any case.
    pub fn are_a(&self, i: usize, class: WordClass) -> bool {
        let pair = [self.form(i), " ", self.form(i + 1)].concat();
        self.lexicon.is(&CompactString::from_str_to_lowercase(&pair), class)
    }

    /// Whether the word, in small letters, is of a class.
    pub fn is_small(&self, i: usize, class: WordClass) -> bool {
        self.shape(i) == Shape::Lower && self.is_a(i, class)
    }

    /// Whether the word, written like a name and without a final `'s`, is of a class.
    pub fn is_titled(&self, i: usize, class: WordClass) -> bool {
        self.shape(i) == Shape::Title && self.has(i, class)
    }

    /// Whether these words follow each other from `i` on, in any case.
    pub fn are(&self, i: usize, wanted: &[&str]) -> bool {
        wanted.iter().enumerate().all(|(k, one)| self.is(i + k, one))
    }

    /// Whether it is this mark.
    pub fn is_mark(&self, i: usize, mark: char) -> bool {
        self.shape(i) == Shape::Mark(mark)
    }

    /// Whether it is a hyphen or dash of any length.
    pub fn is_dash(&self, i: usize) -> bool {
        matches!(self.shape(i), Shape::Mark('-' | '\u{2010}'..='\u{2015}' | '\u{2212}'))
    }

    /// Whether it begins with a capital letter.
    pub fn is_capital(&self, i: usize) -> bool {
        matches!(self.shape(i), Shape::Title | Shape::Upper)
    }

    /// Whether it is made of letters.
    pub fn is_letters(&self, i: usize) -> bool {
        matches!(self.shape(i), Shape::Title | Shape::Upper | Shape::Lower)
    }

    /// Whether nothing lies between this word and the next.
    pub fn touches_next(&self, i: usize) -> bool {
        match (self.words.get(i), self.words.get(i + 1)) {
            (Some(word), Some(next)) => word.span.end == next.span.start,
            _ => false,
        }
    }

    /// Where the word stands; an empty span at the end of the stretch past its last word.
    pub fn at(&self, i: usize) -> Span {
        match (self.words.get(i), self.words.last()) {
            (Some(word), _) => word.span,
            (None, Some(last)) => Span::new(last.span.end, last.span.end),
            (None, None) => Span::new(0, 0),
        }
    }

    /// From the start of word `first` to the end of word `last`, both included, without a final `'s`.
    pub fn span(&self, first: usize, last: usize) -> Span {
        let end = self.at(last);
        Span::new(self.at(first).start, end.start + self.bare(last).len())
    }

    /// Whether a sentence ends before word `i`: a full stop or the like, and then a capital, a quote or nothing.
    pub fn starts_sentence(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1) else { return true };
        match self.shape(before) {
            Shape::Mark('?' | '!') => true,
            Shape::Mark('.') => !self.is_abbreviation(before) && self.shape(i) != Shape::Lower,
            Shape::Mark('”' | '"' | ')') => before.checked_sub(1).is_some_and(|k| self.is_mark(k, '.')),
            _ => false,
        }
    }

    fn is_abbreviation(&self, stop: usize) -> bool {
        let Some(before) = stop.checked_sub(1) else { return false };
        self.touches_next(before)
            && (self.is_a(before, WordClass::Abbreviation)
                || (self.shape(before) == Shape::Upper && self.form(before).len() == 1))
    }
}

/// What the lexicon says of a word of letters, without a final `'s`.
fn classes(lexicon: &Lexicon, text: &str, word: Word) -> Classes {
    match word.shape {
        Shape::Lower | Shape::Title | Shape::Upper | Shape::Coded => {
            let bare = without_possessive(word.span.of(text));
            let lower = CompactString::from_str_to_lowercase(bare);
            let mut classes = lexicon.classes(&lower);
            if lower.split_once('-').is_some_and(|(tens, _)| lexicon.is(tens, WordClass::NumberWord)) {
                classes.insert(WordClass::NumberWord);
            }
            classes
        }
        Shape::Mark(sign) if !sign.is_ascii() => lexicon.classes(word.span.of(text)),
        Shape::Number | Shape::Slashed | Shape::Address | Shape::Mark(_) => Classes::default(),
    }
}

/// The word without a final `'s` or `’s`.
pub(crate) fn without_possessive(form: &str) -> &str {
    let end = ["'s", "’s", "'", "’"].iter().find_map(|end| form.strip_suffix(end));
    // In "the 1980's" it is the plural.
    end.filter(|_| !form.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(form)
}

fn next_word(text: &str, from: usize, end: usize) -> Option<Word> {
    let at = after_blanks(text, from, end)?;
    if let Some(word) = plain_word(text, at, end) {
        return Some(word);
    }
    let c = text.get(at..end)?.chars().next()?;
    if let Some(length) = address_length(&text[at..end]) {
        return Some(Word::new(Span::new(at, at + length), Shape::Address));
    }
    if c.is_alphanumeric() {
        return Some(letters_and_digits(text, at, end));
    }
    Some(Word::new(Span::new(at, at + c.len_utf8()), Shape::Mark(c)))
}

/// Where the next word begins.
fn after_blanks(text: &str, from: usize, end: usize) -> Option<usize> {
    let ascii = text.as_bytes()[from..end].iter().position(|&b| b > b' ' && b != 0x7F)?;
    if text.as_bytes()[from + ascii].is_ascii() {
        return Some(from + ascii);
    }
    let blank = |c: char| c.is_whitespace() || c.is_control() || is_invisible(c);
    text.get(from + ascii..end)?.char_indices().find(|(_, c)| !blank(*c)).map(|(before, _)| from + ascii + before)
}

/// ASCII letters up to a blank, comma or semicolon: most words are that, and need no closer look.
fn plain_word(text: &str, at: usize, end: usize) -> Option<Word> {
    let rest = &text.as_bytes()[at..end];
    let length = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
    let closed = length > 0 && rest.get(length).is_none_or(|b| matches!(b, b' ' | b',' | b';' | b'\n'));
    let shape = match rest.first()? {
        b'a'..=b'z' => Shape::Lower,
        _ if rest[..length].iter().any(u8::is_ascii_lowercase) => Shape::Title,
        _ => Shape::Upper,
    };
    closed.then(|| Word::new(Span::new(at, at + length), shape))
}

/// The length of the web address at the start of `rest`.
fn address_length(rest: &str) -> Option<usize> {
    let begins = ["http://", "https://", "www."].iter().any(|start| rest.starts_with(start));
    let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '”' | ')' | ']');
    begins.then(|| rest.find(ends).unwrap_or(rest.len()))
}

const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

fn letters_and_digits(text: &str, start: usize, end: usize) -> Word {
    let mut seen = Seen::default();
    let mut at = start;
    while let Some(c) = text.get(at..end).and_then(|rest| rest.chars().next()) {
        if c.is_alphanumeric() {
            if seen.is_footnoted(c) {
                break;
            }
            at += seen.take(c);
        } else if let Some(width) = seen.joint(c, &text[at..end]) {
            seen.join(c);
            at += width;
        } else {
            break;
        }
    }
    Word::new(Span::new(start, at), seen.shape())
}

/// What was seen of a word so far.
#[derive(Default)]
struct Seen {
    count: usize,
    capital: bool,
    digits: bool,
    letters: bool,
    small: bool,
    slashes: bool,
    apostrophe: bool,
    last: char,
    /// Digits since the last slash, if nothing else stands there.
    run: usize,
}

impl Seen {
    /// Takes a letter or digit; gives its width.
    fn take(&mut self, c: char) -> usize {
        if self.count == 0 {
            self.capital = c.is_uppercase();
        }
        if c.is_ascii_digit() {
            self.digits = true;
        } else {
            self.letters = true;
            // A possessive in small letters does not turn an acronym into a word.
            self.small |= c.is_lowercase() && !self.apostrophe;
        }
        self.count += 1;
        let only_digits = c.is_ascii_digit() && (self.run > 0 || matches!(self.last, '/' | '\0'));
        self.run = if only_digits { self.run + 1 } else { 0 };
        self.last = c;
        c.len_utf8()
    }

    /// A digit right after a long word in small letters is a footnote's: `Development4`.
    const fn is_footnoted(&self, c: char) -> bool {
        c.is_ascii_digit()
            && self.small
            && !self.digits
            && !self.slashes
            && self.count >= 5
            && self.last.is_ascii_lowercase()
    }

    fn join(&mut self, c: char) {
        self.slashes |= c == '/';
        self.run = if c == ',' || c == '.' { self.run } else { 0 };
        self.apostrophe |= matches!(c, '\'' | '’');
        self.last = c;
    }

    /// Bytes to skip if the mark `c` at the start of `rest` joins what is before and after it into one word.
    fn joint(&self, c: char, rest: &str) -> Option<usize> {
        let tail = &rest[c.len_utf8()..];
        let next = tail.chars().next()?;
        let joined = match c {
            '\'' | '’' => (self.last.is_alphabetic() && next.is_alphabetic()) || (self.digits && is_s(tail)),
            '-' | '\u{2011}' => self.joins_hyphen(next),
            '.' => self.joins_stop(next),
            ',' => !self.letters && !self.slashes && is_group(tail),
            '/' if next == '\n' => return self.is_code().then(|| across_break(tail)).flatten(),
            '/' => self.last.is_alphanumeric() && self.joins_slash(next),
            _ => false,
        };
        joined.then_some(c.len_utf8())
    }

    fn joins_hyphen(&self, next: char) -> bool {
        (self.last.is_alphabetic() && next.is_alphanumeric()) || (self.last.is_ascii_digit() && next.is_alphabetic())
    }

    /// Inside a number, a code, or a short part of one (`Add.1`); not where a footnote mark sticks to a sentence.
    fn joins_stop(&self, next: char) -> bool {
        let part = self.capital && self.count <= 4;
        // "A/RES/76/227.3": the last part of a symbol that is a number has no decimals.
        let numbered = self.slashes && self.run > 0;
        next.is_ascii_digit() && self.last.is_alphanumeric() && !numbered && (!self.letters || self.slashes || part)
    }

    /// After capitals and digits, or before a digit.
    fn joins_slash(&self, next: char) -> bool {
        next.is_ascii_digit() || (next.is_alphabetic() && self.is_code())
    }

    fn is_code(&self) -> bool {
        self.slashes || !self.small
    }

    fn shape(&self) -> Shape {
        match (self.slashes, self.digits, self.letters) {
            (true, ..) => Shape::Slashed,
            (_, true, false) => Shape::Number,
            (_, true, true) => Shape::Coded,
            _ if !self.capital => Shape::Lower,
            _ if self.small => Shape::Title,
            _ => Shape::Upper,
        }
    }
}

/// An s alone: the end of `1980's`.
fn is_s(tail: &str) -> bool {
    tail.strip_prefix('s').is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// A code that a line break cuts after a slash: `65/⏎230`.
fn across_break(tail: &str) -> Option<usize> {
    tail[1..].starts_with(|c: char| c.is_ascii_digit()).then_some(2)
}

/// Exactly three digits: the next group of `1,000`.
fn is_group(tail: &str) -> bool {
    tail.bytes().take_while(u8::is_ascii_digit).count() == 3
}

#[cfg(test)]
mod tests {
    use super::{Shape, Words};
    use crate::model::Span;
    use crate::seeds::Lexicon;

    fn forms(text: &str) -> Vec<&str> {
        let words = Words::new(Lexicon::embedded(), text, Span::new(0, text.len()));
        (0..words.len()).map(|i| words.form(i)).collect()
    }

    #[test]
    fn codes_and_numbers_are_one_word() {
        let cases: &[(&str, &[&str])] = &[
            ("A/RES/65/230, of", &["A/RES/65/230", ",", "of"]),
            ("E/CN.15/2011/19.", &["E/CN.15/2011/19", "."]),
            ("S/RES/1373(2001)", &["S/RES/1373", "(", "2001", ")"]),
            ("and/or Spain/Italy", &["and", "/", "or", "Spain", "/", "Italy"]),
            ("65/\n230 of", &["65/\n230", "of"]),
            ("1,000 men, 27,28", &["1,000", "men", ",", "27", ",", "28"]),
            ("4.5 per cent.", &["4.5", "per", "cent", "."]),
            ("the 66th, ES-11/4", &["the", "66th", ",", "ES-11/4"]),
            ("Council’s twenty-first", &["Council’s", "twenty-first"]),
            ("2018–2021 27-29", &["2018", "–", "2021", "27", "-", "29"]),
            ("for Development4 in COVID-19", &["for", "Development", "4", "in", "COVID-19"]),
            ("US$ 3,000", &["US", "$", "3,000"]),
            ("\u{a0}21\u{a0}May", &["21", "May"]),
            ("the 1980's (https://a.org/A/RES/1)", &["the", "1980's", "(", "https://a.org/A/RES/1", ")"]),
            ("", &[]),
        ];
        for (text, wanted) in cases {
            assert_eq!(&forms(text), wanted, "{text}");
        }
    }

    #[test]
    fn shapes() {
        let text = "the UNODC’s Office 12 12th 1/2 %";
        let words = Words::new(Lexicon::embedded(), text, Span::new(0, text.len()));
        let shapes: Vec<Shape> = (0..words.len()).map(|i| words.shape(i)).collect();
        let wanted =
            [Shape::Lower, Shape::Upper, Shape::Title, Shape::Number, Shape::Coded, Shape::Slashed, Shape::Mark('%')];
        assert_eq!(shapes, wanted);
    }

    #[test]
    fn no_input_breaks_it() {
        for text in ["’s", "/", "//\n1", "1/\n", "é/É", "ا/ب 1/٣", "-1-", "a'", "1.", "1,", "\u{200b}\u{200b}"] {
            let words = Words::new(Lexicon::embedded(), text, Span::new(0, text.len()));
            for i in 0..words.len() {
                assert!(!words.form(i).is_empty());
            }
        }
    }
}
