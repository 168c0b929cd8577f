//! Who says it, put into the middle of what is said: "The Council, she added, must act". The words around such an aside are
//! parsed as if it were not there, and the aside by itself: the trees of both come out better.

use std::ops::Range;

use super::words;
use crate::model::{Deprel, Span, Token, Upos};

/// The most words between the two commas.
const LONGEST: usize = 12;

/// The asides of a sentence, commas included, in text order, disjoint.
pub fn find(text: &str, spans: &[Span]) -> Vec<Range<usize>> {
    let form = |at: usize| spans.get(at).map_or("", |span| span.of(text));
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 1;
    while at + 2 < spans.len() {
        let end = if form(at) == "," { closing(&form, at, spans.len()) } else { None };
        match end {
            Some(end) => {
                found.push(at..end + 1);
                at = end + 1;
            }
            None => at += 1,
        }
    }
    found
}

/// Where the aside ends that the comma at `at` begins, if words go on behind it.
fn closing<'t>(form: &impl Fn(usize) -> &'t str, at: usize, len: usize) -> Option<usize> {
    let end = (at + 3..len.min(at + LONGEST + 2)).find(|&end| form(end) == ",")?;
    let next = form(end + 1);
    // "…, he said, adding that …": what follows is the aside's own.
    let goes_on = !matches!(next, "" | "." | "who" | "which" | "and" | "but") && !next.ends_with("ing");
    let inside: Vec<&str> = (at + 1..end).map(form).collect();
    (goes_on && tells(&inside)).then_some(end)
}

/// "he said", "the delegate of Elbonia went on", "remarked the delegate".
fn tells(inside: &[&str]) -> bool {
    let named = |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "the" | "a" | "an" | "his" | "her");
    let pronoun = |word: &str| matches!(word, "he" | "she" | "they");
    let plain = |words: &[&str]| {
        !words.iter().any(|word| {
            words::is_saying(word)
                || matches!(*word, "that" | "which" | "who" | "whose" | "to" | "and" | "as" | "while" | "were" | "is")
                || word.chars().all(|c| c.is_ascii_punctuation() && c != '-')
        })
    };
    let Some(verb) = inside.iter().position(|word| words::is_saying(word)) else { return false };
    let trails = |word: &str| matches!(word, "on" | "in" | "also" | "too" | "today") || word.ends_with("ly");
    match (verb, inside) {
        (0, [_, subject, ..]) => (named(subject) || pronoun(subject)) && plain(&inside[1..]),
        (_, [subject, ..]) => {
            (named(subject) || pronoun(subject))
                && plain(&inside[1..verb])
                && inside[verb + 1..].iter().all(|word| trails(word))
        }
        _ => false,
    }
}

/// The words outside of all asides.
pub fn outside<'s>(spans: &'s [Span], asides: &'s [Range<usize>]) -> impl Iterator<Item = Span> + 's {
    let is_out = move |at: &usize| !asides.iter().any(|aside| aside.contains(at));
    (0..spans.len()).filter(is_out).map(|at| spans[at])
}

/// One tree of the words around, the first of the parts, and of those of each aside, which hang on the root of the others.
pub fn join(spans: &[Span], asides: &[Range<usize>], parts: Vec<Vec<Token>>) -> Vec<Token> {
    let mut parts = parts.into_iter();
    let (main, mut asides_of) = (parts.next().unwrap_or_default(), parts);
    let places: Vec<usize> = (0..spans.len()).filter(|at| !asides.iter().any(|aside| aside.contains(at))).collect();
    let place = |at: u32, places: &[usize]| places.get(at as usize).map_or(0, |&place| place as u32);
    let root = main.iter().position(|token| token.head.is_none()).and_then(|root| places.get(root)).copied();
    let comma = |at: usize, head: u32| Token {
        span: spans[at],
        lemma: ",".into(),
        upos: Upos::Punct,
        head: Some(head),
        deprel: Deprel::Punct,
    };
    let mut tokens: Vec<Token> =
        main.into_iter().map(|token| Token { head: token.head.map(|head| place(head, &places)), ..token }).collect();
    for aside in asides {
        let inner: Vec<usize> = (aside.start + 1..aside.end - 1).collect();
        let own = asides_of.next().unwrap_or_default();
        let verb = own.iter().position(|token| token.head.is_none()).map_or(aside.start + 1, |verb| inner[verb]);
        tokens.extend(own.into_iter().map(|token| match token.head {
            Some(head) => Token { head: Some(place(head, &inner)), ..token },
            None => Token { head: root.map(|root| root as u32), deprel: Deprel::Parataxis, ..token },
        }));
        tokens.extend([comma(aside.start, verb as u32), comma(aside.end - 1, verb as u32)]);
    }
    tokens.sort_by_key(|token| token.span.start);
    tokens
}

#[cfg(test)]
mod tests {
    use super::tells;
    use crate::model::{Block, BlockKind, Deprel, Span, ZoneKind};
    use crate::syntax::Model;

    fn tree(text: &str) -> Vec<(String, Option<u32>, Deprel)> {
        let block = Block { span: Span::new(0, text.len()), kind: BlockKind::Paragraph, zone: ZoneKind::Body };
        let sentences = Model::embedded().parse(text, &[block]);
        let tokens = sentences.into_iter().flat_map(|sentence| sentence.tokens);
        tokens.map(|token| (token.span.of(text).to_owned(), token.head, token.deprel)).collect()
    }

    #[test]
    fn what_is_said_goes_on_around_an_aside() {
        let found = tree("The Council, the delegate of Kenya added, must adopt the text.");
        let adopt = found.iter().position(|(form, ..)| form == "adopt");
        let head = |word: &str| {
            let (_, head, deprel) = found.iter().find(|(form, ..)| form == word).cloned().expect("the word is there");
            (head.map(|head| head as usize), deprel)
        };
        assert_eq!(head("Council"), (adopt, Deprel::Nsubj));
        assert_eq!(head("added"), (adopt, Deprel::Parataxis));
        assert_eq!(found.iter().filter(|(_, head, _)| head.is_none()).count(), 1);
        assert_eq!(found.len(), 14);
    }

    #[test]
    fn only_a_word_of_saying_makes_an_aside() {
        for told in [["he", "said"].as_slice(), &["said", "the", "delegate"], &["she", "went", "on"]] {
            assert!(tells(told), "{told:?}");
        }
        for other in [["which", "said", "nothing"].as_slice(), &["Peru"], &["he", "said", "that", "Peru"], &["said"]] {
            assert!(!tells(other), "{other:?}");
        }
    }
}
