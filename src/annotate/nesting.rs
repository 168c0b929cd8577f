//! Leaves out what only repeats a part of a name.

use crate::model::{Kind, Mention, MentionClass, Mentions, Span};
use crate::seeds::WordClass;

use super::text::Text;

/// Drops terms inside a name that are only its own head again ("police" in "Cyber Police"), and the first part of
/// somebody's name ("Mr. Ivo" in "Mr. Ivo de Lind").
pub(super) fn without_heads(text: &Text, mentions: Mentions) -> Mentions {
    let is_head = |term: &Mention| {
        let mut around = mentions.around(term.span).map(|i| &mentions[i]);
        term.class == MentionClass::Term
            && around.any(|outer| outer.class == MentionClass::Named && is_head_of(text, term, outer))
    };
    let is_part = |part: &Mention| {
        let mut around = mentions.around(part.span).map(|i| &mentions[i]);
        is_person(part) && around.any(|whole| is_person(whole) && is_start_of(text, part, whole))
    };
    let is_inside = |inner: &Mention| {
        let mut around = mentions.around(inner.span).map(|i| &mentions[i]);
        around.any(|outer| {
            let longer = outer.class == MentionClass::Named && outer.span.len() > inner.span.len();
            longer && (is_modifier(text, inner, outer) || is_lesser_body(text, inner, outer))
        })
    };
    let heads: Vec<bool> =
        mentions.iter().map(|mention| is_head(mention) || is_part(mention) || is_inside(mention)).collect();
    let mut kept = mentions.into_vec();
    let mut heads = heads.into_iter();
    kept.retain(|_| !heads.next().unwrap_or_default());
    kept.into()
}

fn is_person(mention: &Mention) -> bool {
    mention.kind == Kind::PersonRole && mention.class == MentionClass::Named
}

/// Whether a name goes on behind its first part with nothing but particles and capitals.
fn is_start_of(text: &Text, part: &Mention, whole: &Mention) -> bool {
    let rest = text.of(Span::new(part.span.end, whole.span.end.max(part.span.end)));
    let mut words = rest.split_whitespace().peekable();
    let of_name = |word: &str| word.starts_with(char::is_uppercase) || text.lexicon.is(word, WordClass::NameParticle);
    part.span.start == whole.span.start && words.peek().is_some() && words.all(of_name)
}

/// Whether a term or a text only tells of a name which one is meant: "security" in "Security Council", a treaty in the
/// name of the organisation that it made. After a preposition it is named for itself ("Office on Drugs").
fn is_modifier(text: &Text, inner: &Mention, name: &Mention) -> bool {
    let names_itself = inner.class != MentionClass::Term && inner.kind != Kind::Treaty;
    if names_itself || !name.kind.is_agent() {
        return false;
    }
    let after = text.of(Span::new(inner.span.end, name.span.end.max(inner.span.end)));
    let next = after.trim_start_matches([' ', '\n']);
    let goes_on = next.starts_with(|c: char| c.is_alphabetic());
    let word = next.split_whitespace().next().unwrap_or_default();
    goes_on && !text.lexicon.is(&word.to_lowercase(), WordClass::HeadEnd) && !matches!(word, "and" | "or")
}

/// Whether a body is another one than the longer name says that ends with its name: "Security Council" in "National
/// Security Council".
fn is_lesser_body(text: &Text, inner: &Mention, name: &Mention) -> bool {
    let body = |mention: &Mention| mention.kind.is_agent() && !matches!(mention.kind, Kind::State | Kind::PersonRole);
    if !body(inner) || inner.span.start <= name.span.start {
        return false;
    }
    let before = text.of(Span::new(name.span.start, inner.span.start));
    // "National Security Council Spokesperson": the person's body has no mention of its own.
    if name.kind == Kind::PersonRole {
        return before
            .split_whitespace()
            .next_back()
            .is_some_and(|word| text.lexicon.is(&word.to_lowercase(), WordClass::OwnBody));
    }
    if !body(name) {
        return false;
    }
    let after = text.of(Span::new(inner.span.end, name.span.end.max(inner.span.end)));
    let ends = after.split_whitespace().next().is_none_or(|word| text.lexicon.is(word, WordClass::HeadEnd));
    let described = before
        .split_whitespace()
        .next_back()
        .is_some_and(|word| word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic));
    let joined = before.split_whitespace().any(|word| text.lexicon.is(word, WordClass::HeadEnd) || word == "and");
    ends && described && !joined
}

/// Whether a term stands last in the part of a name before its first preposition, with other words before it.
fn is_head_of(text: &Text, term: &Mention, name: &Mention) -> bool {
    let after = text.of(Span::new(term.span.end, name.span.end.max(term.span.end)));
    let ends_head = |word: &str| text.lexicon.is(word, WordClass::HeadEnd);
    let next = after.split_whitespace().next().unwrap_or_default();
    let before = text.of(Span::new(name.span.start, term.span.start.max(name.span.start)));
    let has_preposition = before.split_whitespace().any(ends_head);
    let is_last = next.is_empty() || ends_head(next);
    name.kind.is_agent() && name.span != term.span && !before.trim().is_empty() && !has_preposition && is_last
}
