//! Puts the finds of all recognisers together: by start, longest first, one mention a span, none crossing another.

use crate::model::{Mention, MentionClass, Span};

/// Merges finds, given in order of trust: where two cross or cover the same span, the earlier list's stands.
pub(super) fn merge(finds: impl IntoIterator<Item = Vec<Mention>>) -> Vec<Mention> {
    let mut kept: Vec<Mention> = Vec::new();
    for find in finds {
        let before = std::mem::take(&mut kept);
        let mut fresh = find;
        fresh.sort_by_key(order);
        fresh.dedup_by_key(|mention| mention.span);
        kept = weave(before, fresh);
    }
    kept
}

/// Drops terms inside a name that are only its own head again: "police" in "Cyber Police". `text` is the document's.
pub(super) fn without_heads(text: &str, mentions: Vec<Mention>) -> Vec<Mention> {
    let mut open: Vec<Mention> = Vec::new();
    let mut kept = Vec::with_capacity(mentions.len());
    for mention in mentions {
        open.retain(|outer| outer.span.end > mention.span.start);
        let is_head = mention.class == MentionClass::Term && open.iter().any(|outer| is_head_of(text, &mention, outer));
        if !is_head {
            if mention.class == MentionClass::Named {
                open.push(mention.clone());
            }
            kept.push(mention);
        }
    }
    kept
}

/// Whether a term stands last in the part of a name before its first preposition, with other words before it.
fn is_head_of(text: &str, term: &Mention, name: &Mention) -> bool {
    let after = &text[term.span.end..name.span.end.max(term.span.end)];
    let next = after.split_whitespace().next().unwrap_or_default();
    let before = &text[name.span.start..term.span.start.max(name.span.start)];
    let has_preposition = before.split_whitespace().any(|word| PREPOSITIONS.contains(&word));
    let is_last = next.is_empty() || PREPOSITIONS.contains(&next);
    name.kind.is_agent() && name.span != term.span && !before.trim().is_empty() && !has_preposition && is_last
}

const PREPOSITIONS: &[&str] = &["of", "for", "on", "to", "against", "in", "at", "with"];

/// `trusted` is sorted and free of crossings; `fresh` is sorted.
fn weave(trusted: Vec<Mention>, fresh: Vec<Mention>) -> Vec<Mention> {
    let longest = trusted.iter().map(|mention| mention.span.len()).max().unwrap_or(0);
    let mut open: Vec<Span> = Vec::new();
    let mut kept: Vec<Mention> = Vec::with_capacity(trusted.len() + fresh.len());
    for mention in fresh {
        let span = mention.span;
        let from = trusted.partition_point(|other| other.span.start + longest <= span.start);
        let mut near = trusted[from..].iter().take_while(|other| other.span.start < span.end);
        open.retain(|other| other.end > span.start);
        let clashes = near.any(|other| other.span == span || other.span.crosses(span))
            || open.iter().any(|other| other.crosses(span));
        if !clashes {
            open.push(span);
            kept.push(mention);
        }
    }
    kept.extend(trusted);
    kept.sort_by_key(order);
    kept
}

fn order(mention: &Mention) -> (usize, std::cmp::Reverse<usize>) {
    (mention.span.start, std::cmp::Reverse(mention.span.end))
}

#[cfg(test)]
mod tests {
    use super::merge;
    use crate::model::{Kind, Mention, MentionClass, Reading, Span};

    fn at(start: usize, end: usize, kind: Kind) -> Mention {
        Mention { span: Span::new(start, end), kind, class: MentionClass::Named, reading: Reading::Name }
    }

    #[test]
    fn the_trusted_find_stands_and_nothing_crosses() {
        let trusted = vec![at(0, 4, Kind::State), at(10, 20, Kind::UNBody)];
        let fresh = vec![
            at(0, 4, Kind::Topic),
            at(2, 6, Kind::Topic),
            at(8, 24, Kind::Topic),
            at(12, 14, Kind::Date),
            at(18, 22, Kind::Date),
        ];
        let spans: Vec<_> = merge([trusted, fresh]).iter().map(|m| (m.span.start, m.span.end, m.kind)).collect();
        assert_eq!(spans, [(0, 4, Kind::State), (8, 24, Kind::Topic), (10, 20, Kind::UNBody), (12, 14, Kind::Date)]);
    }
}
