//! Finds many phrases in a text at once: word by word, the longest first, without regard to case, accents, hyphens, plural
//! and British or American spelling. Acronyms are found only in their own case.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What ends a stretch in which a phrase can stand.
const STOPS: [char; 7] = ['.', ';', ':', '!', '?', '(', ')'];

/// Phrases, each with what it stands for.
#[derive(Clone, Debug)]
pub struct Phrases<T> {
    by_first: HashMap<String, Vec<Phrase<T>>, FxBuildHasher>,
    /// Those that are the beginning of one word.
    beginnings: Vec<(String, T)>,
    acronyms: HashMap<String, Vec<T>, FxBuildHasher>,
}

#[derive(Clone, Debug)]
struct Phrase<T> {
    /// The words after the first.
    rest: Vec<String>,
    /// Whether the last word is the beginning of one.
    is_open: bool,
    value: T,
}

/// A word as it is compared, and as it stands there. A stop has neither.
struct Token<'t> {
    folded: String,
    written: &'t str,
}

impl<T: Copy + Ord> Default for Phrases<T> {
    fn default() -> Self {
        Self { by_first: HashMap::default(), beginnings: Vec::new(), acronyms: HashMap::default() }
    }
}

impl<T: Copy + Ord> Phrases<T> {
    /// Adds a phrase; one that ends in `*` is a beginning.
    pub fn add(&mut self, phrase: &str, value: T) {
        let (phrase, is_open) = phrase.strip_suffix('*').map_or((phrase, false), |phrase| (phrase, true));
        if is_acronym(phrase) {
            self.acronyms.entry(phrase.to_owned()).or_default().push(value);
            return;
        }
        let mut words: Vec<String> = tokens(phrase).into_iter().map(|token| token.folded).collect();
        words.retain(|word| !word.is_empty());
        if let (Some(last), true) = (words.last_mut(), is_open) {
            // Half a word has no plural.
            *last = plain(phrase.rsplit([' ', '-']).next().unwrap_or(phrase));
        }
        match words.len() {
            0 => {}
            1 if is_open => self.beginnings.push((words.remove(0), value)),
            _ => {
                let first = words.remove(0);
                self.by_first.entry(first).or_default().push(Phrase { rest: words, is_open, value });
            }
        }
    }

    /// What the phrases of a text stand for, in order of the text.
    pub fn find(&self, text: &str) -> Vec<T> {
        let tokens = tokens(text);
        let (mut found, mut at) = (Vec::new(), 0);
        while at < tokens.len() {
            let length = self.longest(&tokens[at..], &mut found);
            at += length.max(1);
        }
        found
    }

    /// Puts the longest phrases that begin here to `found`; gives their number of words.
    fn longest(&self, tokens: &[Token<'_>], found: &mut Vec<T>) -> usize {
        let Some(first) = tokens.first().filter(|token| !token.written.is_empty()) else { return 1 };
        let phrases = self.by_first.get(&first.folded).map_or(&[][..], Vec::as_slice);
        let (start, mut length) = (found.len(), 0);
        for phrase in phrases.iter().filter(|phrase| phrase.fits(&tokens[1..])) {
            let words = phrase.rest.len() + 1;
            if words > length {
                found.truncate(start);
                length = words;
            }
            if words == length {
                found.push(phrase.value);
            }
        }
        if length < 2 {
            let singular = first.written.strip_suffix('s').unwrap_or(first.written);
            let acronyms = [first.written, singular].into_iter().find_map(|written| self.acronyms.get(written));
            found.extend(acronyms.into_iter().flatten());
        }
        if found.len() == start {
            let begun = self.beginnings.iter().filter(|(beginning, _)| first.folded.starts_with(beginning.as_str()));
            found.extend(begun.map(|(_, value)| *value));
        }
        length
    }
}

impl<T> Phrase<T> {
    fn fits(&self, tokens: &[Token<'_>]) -> bool {
        let last = self.rest.len().saturating_sub(1);
        self.rest.len() <= tokens.len()
            && self.rest.iter().zip(tokens).enumerate().all(|(at, (word, token))| match self.is_open && at == last {
                true => token.folded.starts_with(word.as_str()),
                false => token.folded == *word,
            })
    }
}

/// A phrase in the shape in which phrases are compared.
pub fn folded(phrase: &str) -> String {
    tokens(phrase).iter().map(|token| token.folded.as_str()).collect::<Vec<_>>().join(" ")
}

/// Whether only its own case means it: `SDGs`, `R2P`.
fn is_acronym(phrase: &str) -> bool {
    !phrase.contains(' ') && phrase.chars().filter(|c| c.is_uppercase()).count() >= 2
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_alphanumeric() || STOPS.contains(&c)) {
        rest = &rest[start..];
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        if end == 0 {
            let (stop, after) = rest.split_at(rest.chars().next().map_or(1, char::len_utf8));
            // A stop between two digits or letters is none: "1.5".
            if stop != "." || !after.starts_with(char::is_alphanumeric) {
                tokens.push(Token { folded: String::new(), written: "" });
            }
            rest = after;
            continue;
        }
        let (written, after) = rest.split_at(end);
        tokens.push(Token { folded: stem(plain(written)), written });
        rest = after;
    }
    tokens
}

/// Lower case without accents.
fn plain(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    word.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// One form for singular and plural, and for both spellings.
fn stem(mut word: String) -> String {
    let length = word.len();
    let is_plural = length > 3 && word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    if length > 4 && word.ends_with("ies") {
        word.truncate(length - 3);
        word.push('y');
    } else if length > 5 && ["sses", "shes", "ches", "xes"].iter().any(|end| word.ends_with(end)) {
        word.truncate(length - 2);
    } else if is_plural {
        word.truncate(length - 1);
    }
    for (british, american) in
        [("isation", "ization"), ("ise", "ize"), ("ised", "ized"), ("our", "or"), ("fence", "fense")]
    {
        if word.len() >= british.len() + 2 && word.ends_with(british) {
            word.truncate(word.len() - british.len());
            word.push_str(american);
            break;
        }
    }
    word
}

#[cfg(test)]
mod tests {
    use super::{Phrases, folded};

    #[test]
    fn phrases_are_found_in_any_shape_and_the_longest_wins() {
        let mut phrases = Phrases::default();
        for (phrase, value) in [
            ("harbour", 1),
            ("harbour dues", 2),
            ("war crime", 3),
            ("crime", 4),
            ("organized crime", 5),
            ("port*", 6),
            ("FOG", 7),
            ("fog horn*", 8),
        ] {
            phrases.add(phrase, value);
        }
        for (text, expected) in [
            ("The Harbors’ harbour-dues", vec![1, 2]),
            ("war crimes and organised crime", vec![3, 5]),
            ("of war. Crime", vec![4]),
            ("seaports, ports and portable", vec![6, 6]),
            ("FOG, fog and FOGs", vec![7, 7]),
            ("fog hornet", vec![8]),
            ("", vec![]),
        ] {
            assert_eq!(phrases.find(text), expected, "{text}");
        }
        assert_eq!(folded("Policies of Defence"), folded("policy of defense"));
    }
}
