//! Forms of address ("Mr. Chair") and pronouns: who is spoken to and spoken for.

use crate::model::{Kind, Mention, MentionClass, Mentions, Reading, Span, Token, Upos};
use crate::seeds::WordClass;

use super::text::Text;
use super::words::{Shape, Word};

/// Forms of address and titled persons: "Mr. Chair" (nominal), "Ms. Jane Doe" (named).
pub(super) fn addressed(text: &Text, _: &Mentions) -> Vec<Mention> {
    let mut found = Vec::new();
    for (_, words) in text.lines() {
        for at in 0..words.len() {
            found.extend(address_at(text, words, at));
        }
    }
    found
}

fn address_at(text: &Text, words: &[Word], at: usize) -> Option<Mention> {
    let is_title = words[at].shape == Shape::Capital && words[at].is(WordClass::FormOfAddress);
    let gap = |left: &Word, right: &Word| text.of(Span::new(left.span.end, right.span.start));
    let next = words.get(at + 1).filter(|next| is_title && is_short_gap(gap(&words[at], next)))?;
    if next.is(WordClass::AddressedOffice) {
        let span = Span::new(words[at].span.start, next.span.end);
        return Some(person(span, MentionClass::Nominal));
    }
    if next.shape == Shape::Lower || next.shape == Shape::Number {
        return None;
    }
    let last = words[at + 2..]
        .iter()
        .zip(&words[at + 1..])
        .take(3)
        .take_while(|(word, before)| word.shape == Shape::Capital && gap(before, word) == " ");
    let end = last.last().map_or(next.span.end, |(word, _)| word.span.end);
    Some(person(Span::new(words[at].span.start, end), MentionClass::Named))
}

fn is_short_gap(gap: &str) -> bool {
    matches!(gap, " " | ". " | "." | ".\u{a0}" | "\u{a0}" | "\n" | ".\n")
}

fn person(span: Span, class: MentionClass) -> Mention {
    Mention::new(span, Kind::PersonRole, class, Reading::Role { of: None })
}

/// Personal and possessive pronouns. Their kind is that of a person until `resolve` knows better.
pub(super) fn pronouns(text: &Text, _: &Mentions) -> Vec<Mention> {
    let tokens = text.sentences.iter().flat_map(|sentence| &sentence.tokens);
    let is_pronoun = |token: &&Token| {
        matches!(token.upos, Upos::Pron | Upos::Det)
            && text.lexicon.is(&text.of(token.span).to_lowercase(), WordClass::PersonalPronoun)
    };
    let spans = tokens.filter(is_pronoun).map(|token| token.span);
    spans.map(|span| Mention::new(span, Kind::PersonRole, MentionClass::Pronoun, Reading::Pronoun)).collect()
}
