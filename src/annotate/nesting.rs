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
    let heads: Vec<bool> = mentions.iter().map(|mention| is_head(mention) || is_part(mention)).collect();
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
