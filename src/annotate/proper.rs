//! Proper names that the catalogue does not hold, found by their capitals and typed by their head noun: a "… Emergencies
//! Center", a "Ministry of …", a "… Declaration on …", a "Deputy of … for …".

use crate::model::{Document, Kind, Mention, MentionClass, Reading, Sentence, Span};
use crate::seeds::Lexicon;

use super::words::{Shape, Word, singular, words};

/// Words that may stand inside a name between capitals.
const INNER: &[&str] = &[
    "of", "for", "on", "against", "in", "to", "into", "the", "and", "with", "at", "a", "an", "de", "du", "la", "under",
    "between", "its", "their",
];

/// Prepositions that open a complement: what stands before the first of them ends in the head noun.
const OPENERS: &[&str] = &["of", "for", "on", "against", "to", "in", "at", "with", "under", "between", "into"];

/// What the recogniser needs to see around the words.
pub(super) struct Context<'a> {
    /// The document.
    pub doc: &'a Document,
    /// Its head nouns.
    pub lexicon: &'a Lexicon,
    /// Mentions that others found; by start.
    pub known: &'a [Mention],
}

/// All such names in the sentences of the document, nested ones left to others.
pub(super) fn find(context: &Context, sentences: &[Sentence]) -> Vec<Mention> {
    let mut found = Vec::new();
    for sentence in sentences {
        let words = words(&context.doc.text, sentence.span);
        let mut at = 0;
        while at < words.len() {
            match context.name_at(&words, at) {
                Some((mention, next)) => {
                    found.push(mention);
                    at = next;
                }
                None => at += 1,
            }
        }
    }
    found
}

impl Context<'_> {
    fn text(&self, word: &Word) -> &str {
        word.span.of(&self.doc.text)
    }

    /// A name that starts at word `at`, and the word to go on from.
    fn name_at(&self, words: &[Word], at: usize) -> Option<(Mention, usize)> {
        if !self.can_start(words, at) {
            return None;
        }
        let head_end = self.capitals(words, at);
        let at = self.skip_leading(words, at, head_end);
        let last = self.complement(words, at, head_end);
        let span = Span::new(words[at].span.start, words[last].span.end);
        if self.is_only_known(span) {
            return None;
        }
        let mention = self.typed(words, at, head_end, last)?;
        Some((mention, last + 1))
    }

    fn can_start(&self, words: &[Word], at: usize) -> bool {
        let word = &words[at];
        matches!(word.shape, Shape::Capital | Shape::Acronym) && !is_function_word(&self.text(word).to_lowercase())
    }

    /// The last word of the run of capitals that starts at `at`; "X, Y" and "X and Y" end it.
    fn capitals(&self, words: &[Word], at: usize) -> usize {
        let mut last = at;
        while let Some(next) = words.get(last + 1) {
            let joined = self.is_blank_between(&words[last], next);
            if !joined || !matches!(next.shape, Shape::Capital | Shape::Acronym) {
                break;
            }
            if is_function_word(&self.text(next).to_lowercase()) {
                break;
            }
            last += 1;
        }
        last
    }

    /// Leaves out a sentence's first word when it is capital only for its place: a verb, adverb or participle before a
    /// name ("Recalling General Assembly …") is told by the next word starting a known name.
    fn skip_leading(&self, words: &[Word], at: usize, last: usize) -> usize {
        if at < last
            && at == 0
            && self.starts_known(words[at + 1].span.start)
            && !self.starts_known(words[at].span.start)
        {
            let first = self.text(&words[at]).to_lowercase();
            if first.ends_with("ing") || first.ends_with("ly") || first.ends_with("ed") {
                return at + 1;
            }
        }
        at
    }

    /// Extends a name over "of …", "on … and …", "for …" as long as capitals go on.
    fn complement(&self, words: &[Word], at: usize, head_end: usize) -> usize {
        let head = self.phrase(words, at, head_end);
        let takes_complement = self.lexicon.kind_of(&head).is_some();
        let mut last = head_end;
        let mut opened = false;
        loop {
            let Some(next) = self.next_capital(words, last) else { return last };
            let bridge: Vec<_> = words[last + 1..next].iter().map(|word| self.text(word).to_lowercase()).collect();
            let opens = bridge.first().is_some_and(|first| OPENERS.contains(&first.as_str()));
            let continues = opened && !self.ends_known(words[last].span.end);
            if !(takes_complement && (opens || continues)) || (!opened && !opens) {
                return last;
            }
            if opens && !opened && !self.may_open(&head, &bridge[0]) {
                return last;
            }
            opened = true;
            last = self.capitals(words, next);
        }
    }

    /// Places and purposes do not belong to every name: "the Committee in Vienna" is two names.
    fn may_open(&self, head: &str, opener: &str) -> bool {
        match opener {
            "of" | "on" | "for" | "against" => true,
            "to" => matches!(
                self.lexicon.kind_of(head),
                Some(Kind::ExpertGroup | Kind::Document | Kind::Treaty | Kind::PersonRole)
            ),
            _ => false,
        }
    }

    /// The next capital word, when only inner words and blanks (or a comma before another capital) stand between.
    fn next_capital(&self, words: &[Word], last: usize) -> Option<usize> {
        let mut at = last + 1;
        while let Some(word) = words.get(at) {
            let gap = &self.doc.text[words[at - 1].span.end..word.span.start];
            let gap = gap.trim_start_matches(['\'', '’', 's']);
            let is_listed = gap.trim() == "," && at == last + 1 && is_capital(word);
            if !gap.trim().is_empty() && !is_listed {
                return None;
            }
            if is_capital(word) && !is_function_word(&self.text(word).to_lowercase()) {
                return Some(at);
            }
            if !INNER.contains(&self.text(word).to_lowercase().as_str()) || at - last > 3 {
                return None;
            }
            at += 1;
        }
        None
    }

    fn typed(&self, words: &[Word], at: usize, head_end: usize, last: usize) -> Option<Mention> {
        let span = Span::new(words[at].span.start, words[last].span.end);
        let span = self.with_years(span);
        let kind = self.lexicon.kind_of(&self.phrase(words, at, head_end)).or_else(|| self.by_apposition(span))?;
        let bare = at == head_end && last == head_end;
        if bare && words[at].shape == Shape::Capital {
            return None;
        }
        let of =
            self.known.iter().find(|known| span.contains(known.span) && known.span != span && known.kind.is_agent());
        let reading = match kind {
            Kind::PersonRole => Reading::Role { of: of.map(|known| known.span) },
            _ => Reading::Name,
        };
        Some(Mention { span, kind, class: MentionClass::Named, reading })
    }

    /// An unknown acronym right after "Name (" or before ")" takes no kind of its own here: `resolve` reads definitions.
    fn by_apposition(&self, _span: Span) -> Option<Kind> {
        None
    }

    /// A report's or strategy's year belongs to its name: "World Drug Report 2022".
    fn with_years(&self, span: Span) -> Span {
        let after = &self.doc.text[span.end..];
        let blank = after.len() - after.trim_start_matches(' ').len();
        let years: usize = after[blank..]
            .chars()
            .take_while(|c| c.is_ascii_digit() || matches!(c, '–' | '-' | '/'))
            .map(char::len_utf8)
            .sum();
        let text = after[blank..blank + years].trim_end_matches(['–', '-', '/']);
        let is_years =
            blank == 1 && text.split(['–', '-', '/']).all(|year| year.len() == 4 || year.len() == 2) && text.len() >= 4;
        if is_years { Span::new(span.start, span.end + blank + text.len()) } else { span }
    }

    fn phrase(&self, words: &[Word], at: usize, last: usize) -> String {
        let mut phrase = String::new();
        for (i, word) in words[at..=last].iter().enumerate() {
            let lower = self.text(word).to_lowercase();
            if i > 0 {
                phrase.push(' ');
            }
            phrase.push_str(&if at + i == last { singular(&lower) } else { lower });
        }
        phrase
    }

    fn is_blank_between(&self, left: &Word, right: &Word) -> bool {
        self.doc.text[left.span.end..right.span.start].chars().all(char::is_whitespace)
    }

    fn starts_known(&self, start: usize) -> bool {
        let at = self.known.partition_point(|known| known.span.start < start);
        self.known.get(at).is_some_and(|known| known.span.start == start && known.class == MentionClass::Named)
    }

    fn ends_known(&self, end: usize) -> bool {
        self.known
            .iter()
            .any(|known| known.span.end == end && known.class == MentionClass::Named && known.kind.is_agent())
    }

    /// Whether the span is one that another recogniser has already named.
    fn is_only_known(&self, span: Span) -> bool {
        self.known.iter().any(|known| known.class == MentionClass::Named && known.span.contains(span))
    }
}

fn is_capital(word: &Word) -> bool {
    matches!(word.shape, Shape::Capital | Shape::Acronym)
}

/// Words that are capital only at the start of a sentence or in titles, never the start of a name.
fn is_function_word(lower: &str) -> bool {
    const WORDS: &[&str] = &[
        "the", "a", "an", "this", "that", "these", "those", "its", "their", "our", "my", "his", "her", "your", "we",
        "i", "it", "he", "she", "they", "you", "in", "on", "at", "for", "of", "to", "by", "with", "from", "as", "and",
        "or", "but", "if", "when", "while", "since", "also", "such", "all", "any", "some", "each", "every", "both",
        "no", "not", "nor", "there", "here", "mr", "mr.", "mrs", "ms", "dr", "madam", "sir", "under", "over", "before",
        "after", "during", "between", "against", "into", "through", "however", "therefore", "furthermore", "moreover",
        "firstly", "secondly", "thirdly", "finally", "first", "second", "third", "let", "allow", "today", "now", "yet",
        "so", "thus", "hence", "what", "who", "which", "where", "why", "how", "one", "two", "three",
    ];
    WORDS.contains(&lower)
}
