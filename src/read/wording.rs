//! What a stretch of English says by its outer form: how it ends, whether it greets, thanks or opens a resolution.

use crate::seeds::WordClass;

use super::layout::is_blank;

/// How a stretch ends, closing quotes and brackets left aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// Full stop, question mark, exclamation mark.
    Full,
    Colon,
    Semicolon,
    Comma,
    /// A word, a number, a dash.
    Open,
}

impl Ending {
    pub fn of(text: &str) -> Self {
        let closing = |c: char| is_blank(c) || matches!(c, ')' | ']' | '"' | '”' | '’' | '»' | '\'' | '*' | '_' | '`');
        match text.trim_end_matches(closing).chars().next_back() {
            Some('.' | '!' | '?' | '…' | '。' | '؟' | '۔') => Self::Full,
            Some(':') => Self::Colon,
            Some(';' | '؛') => Self::Semicolon,
            Some(',' | '،') => Self::Comma,
            _ => Self::Open,
        }
    }
}

/// Whether a word is one of those that names and titles write small, and that no name ends with.
pub(super) fn is_small(word: &str) -> bool {
    WordClass::SmallInTitle.has(word)
}

/// Whether a whole line of a title page is "by", "at the" and the like.
pub(super) fn is_connector(line: &str) -> bool {
    line.len() <= 24 && WordClass::ConnectorLine.has(&line.trim_end_matches([':', ' ', '*']).to_lowercase())
}

/// Whether a word usually opens a sentence rather than going on with a name.
pub(super) fn is_opener(word: &str) -> bool {
    WordClass::SentenceOpener.has_written(word.trim_end_matches(','))
}

/// Whether a whole stretch greets: "Mr. Chair,", "Excellencies, ladies and gentlemen".
pub(super) fn is_greeting(text: &str) -> bool {
    let words = text.split_whitespace().count();
    let lower = text.get(..text.len().min(40)).unwrap_or(text).to_lowercase();
    let greets = |greeting: &String| {
        lower
            .strip_prefix(greeting.as_str())
            .is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-'))
    };
    words <= 24
        && WordClass::GreetingOpening.words().iter().any(greets)
        && bare_words(text).all(|word| !starts_lower(word) || WordClass::Greeted.has(word))
        && bare_words(text).all(|word| !word.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a whole stretch is the speaker's thanks at the end.
pub(super) fn is_thanks(text: &str) -> bool {
    let lower = text.get(..text.len().min(40)).unwrap_or(text).to_lowercase();
    text.split_whitespace().count() <= 14 && WordClass::ThanksOpening.opening(&lower).is_some()
}

/// Whether a whole stretch names the organ that a resolution speaks for: "The General Assembly,".
pub(super) fn is_enacting(text: &str) -> bool {
    let words = text.split_whitespace().count();
    (2..=14).contains(&words)
        && text.starts_with("The ")
        && text.ends_with(',')
        && bare_words(text).all(|word| !starts_lower(word) || is_small(word))
}

/// Whether a line below a title tells whose paper it is: "Report of the Secretary-General", "Note by the Secretariat".
pub(super) fn is_byline(text: &str) -> bool {
    ["Report of the ", "Report by the ", "Note by the ", "Note from the ", "Letter dated "]
        .iter()
        .any(|head| text.starts_with(head))
}

/// Whether a line breaks off at a word that wants another: "in the", "report of".
pub(super) fn ends_small(text: &str) -> bool {
    bare_words(text).last().is_some_and(is_small)
}

/// Whether a line of a masthead tells who adopted it: "Adopted by the Security Council at its 4037th meeting,".
pub(super) fn is_adoption(text: &str) -> bool {
    text.starts_with("Adopted by the ") && !text.ends_with('.') && text.split_whitespace().count() <= 20
}

/// Words and how many of them start in lower case.
pub(super) fn count_words(text: &str) -> (usize, usize) {
    bare_words(text).fold((0, 0), |(words, lower), word| (words + 1, lower + usize::from(starts_lower(word))))
}

pub(super) fn starts_lower(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase)
}

/// Words without the signs around them.
pub(super) fn bare_words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{is_enacting, is_greeting, is_thanks};

    #[test]
    fn greetings_greet() {
        for text in [
            "Mr. Chair,",
            "Madam President",
            "Excellencies",
            "Mr. Chair, Distinguished Ministers, Director of the Office, ladies and gentlemen,",
            "Dear friends,",
            "Ladies and Gentlemen:",
        ] {
            assert!(is_greeting(text), "{text}");
        }
        for text in [
            "Mr. Lind (Norway), Vice-President, took",
            "Presidential election",
            "Dear friends, our task is to begin",
            "Mr. Lind spoke on 5 May",
            "Chairing the meeting",
        ] {
            assert!(!is_greeting(text), "{text}");
        }
        assert!(is_thanks("Thank you, Mr. Chair.") && is_thanks("I thank you for your attention."));
        assert!(!is_thanks("The speaker thanked them."));
    }

    #[test]
    fn organs_enact() {
        assert!(is_enacting("The Economic and Social Council,"));
        assert!(!is_enacting("The committee met in May,") && !is_enacting("The General Assembly"));
    }
}
