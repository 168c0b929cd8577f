//! Which of the overlapping names stand: the leftmost and longest, names before terms, and inside of a longer name those
//! that are mentions of their own.

use super::{Known, Seen};
use crate::model::{Kind, MentionClass, Span};
use crate::seeds::{Lexicon, NameForm, WordClass};

/// Sifts names that may overlap; `seen` is sorted by start, longest first, and so is the result.
pub(super) fn sift<'m>(lexicon: &Lexicon, text: &str, seen: Vec<Seen<'m>>, entries: &[Known]) -> Vec<Seen<'m>> {
    let (names, terms): (Vec<_>, Vec<_>) =
        seen.into_iter().partition(|seen| seen.labels.iter().any(|label| !label.is_term));
    let mut kept: Vec<Seen<'m>> = Vec::with_capacity(names.len() + terms.len());
    for group in [names, terms] {
        let from = kept.len();
        for seen in group {
            let (earlier, own) = kept.split_at(from);
            let clashes = near(earlier, seen.span).any(|other| other.crosses(seen.span) || other == seen.span)
                || own.iter().rev().take(8).any(|other| other.span.crosses(seen.span) || other.span == seen.span);
            if !clashes {
                kept.push(seen);
            }
        }
    }
    kept.sort_by_key(|seen| (seen.span.start, std::cmp::Reverse(seen.span.end)));
    unnested(lexicon, text, kept, entries)
}

/// The spans of sorted names that may overlap a span.
fn near<'s>(sorted: &'s [Seen<'_>], span: Span) -> impl Iterator<Item = Span> + 's {
    let past = sorted.partition_point(|seen| seen.span.start < span.end);
    sorted[..past].iter().rev().take(12).map(|seen| seen.span).filter(move |other| other.overlaps(span))
}

/// Leaves out what is only part of the name around it.
fn unnested<'m>(lexicon: &Lexicon, text: &str, sorted: Vec<Seen<'m>>, entries: &[Known]) -> Vec<Seen<'m>> {
    let mut kept: Vec<Seen<'m>> = Vec::with_capacity(sorted.len());
    let mut open: Vec<usize> = Vec::new();
    for seen in sorted {
        open.retain(|&outer| kept[outer].span.end > seen.span.start);
        if open.iter().all(|&outer| stands_inside(lexicon, text, &kept[outer], &seen, entries)) {
            open.push(kept.len());
            kept.push(seen);
        }
    }
    kept
}

fn known<'e>(seen: &Seen<'_>, entries: &'e [Known]) -> Option<&'e Known> {
    seen.labels.first().and_then(|label| entries.get(label.entry as usize))
}

/// Whether a name inside of a longer one is a mention of its own.
fn stands_inside(lexicon: &Lexicon, text: &str, outer: &Seen<'_>, inner: &Seen<'_>, entries: &[Known]) -> bool {
    let (Some(around), Some(within)) = (known(outer, entries), known(inner, entries)) else { return false };
    let has = |form: NameForm| inner.labels.iter().any(|label| label.form == form);
    if matches!(around.kind, Kind::State | Kind::Place) || has(NameForm::Title) || shares_entry(outer, inner) {
        return false;
    }
    if has(NameForm::Demonym) && around.class != MentionClass::Term {
        return around.part_of.as_ref() == Some(&within.key);
    }
    let is_alike = around.kind == within.kind || (is_matter(around.kind) && is_matter(within.kind));
    !is_alike || !is_shorter_form(lexicon, text, outer.span, inner.span, within.class)
}

const fn is_matter(kind: Kind) -> bool {
    matches!(kind, Kind::Topic | Kind::Measure)
}

fn shares_entry(outer: &Seen<'_>, inner: &Seen<'_>) -> bool {
    inner.labels.iter().any(|label| outer.labels.iter().any(|other| other.entry == label.entry))
}

/// The same head with fewer words before it ("conflict" in "armed conflict", "dry docks" in "wet and dry docks"), or a
/// single word that only modifies what follows.
fn is_shorter_form(lexicon: &Lexicon, text: &str, outer: Span, inner: Span, class: MentionClass) -> bool {
    let is_small = |word: Option<&str>| word.is_some_and(|word| lexicon.is(&word.to_lowercase(), WordClass::NameJoint));
    let before = text.get(outer.start..inner.start).unwrap_or_default();
    let after = text.get(inner.end..outer.end).unwrap_or_default();
    if inner.end == outer.end {
        let last = before.split_whitespace().next_back();
        let shares_head = class == MentionClass::Term && matches!(last, Some("and" | "or"));
        return shares_head || (!is_small(last) && !is_ordinal(lexicon, before));
    }
    let is_one_word = !inner.of(text).contains(char::is_whitespace);
    class == MentionClass::Term && is_one_word && !is_small(after.split_whitespace().next())
}

/// "Twelfth": one of a series inside of which the series itself is named.
fn is_ordinal(lexicon: &Lexicon, before: &str) -> bool {
    let word = before.trim().to_lowercase();
    let is_counted = lexicon.list(WordClass::OrdinalEnding).iter().any(|end| word.ends_with(end.as_str()));
    is_counted && !word.contains(char::is_whitespace)
}
