//! Short names of groupings that no list holds: capitals that stand alone behind an article and that also name whose
//! members somebody is: "the Amber Five will meet", "Amber Five partners".

use std::collections::BTreeMap;

use crate::model::{Kind, Mention, MentionClass, Mentions, Reading, Sentence, Span, Upos};
use crate::seeds::{Lexicon, WordClass};

use super::text::Text;
use super::words::Word;

/// How a run of capitals is used.
#[derive(Default)]
struct Uses {
    spans: Vec<Span>,
    alone: bool,
    with_members: bool,
}

/// All uses of such names.
pub(super) fn find(text: &Text, known: &Mentions) -> Vec<Mention> {
    let mut runs: BTreeMap<&str, Uses> = BTreeMap::new();
    for (sentence, words) in text.lines() {
        let mut at = 0;
        while at < words.len() {
            let last = run(text, words, at);
            if let Some(last) = last {
                note(text, sentence, words, (at, last), &mut runs);
            }
            at = last.unwrap_or(at) + 1;
        }
    }
    let is_name = |name: &str, uses: &Uses| {
        uses.alone && uses.with_members && !is_kind_of_thing(name, text.lexicon) && !is_known(&uses.spans, known)
    };
    let named = runs.into_iter().filter(|(name, uses)| is_name(name, uses));
    named
        .flat_map(|(_, uses)| uses.spans)
        .map(|span| Mention::new(span, Kind::InternationalOrganization, MentionClass::Named, Reading::Name))
        .collect()
}

/// The last word of the run of capitals that starts at a word.
fn run(text: &Text, words: &[Word], start: usize) -> Option<usize> {
    if !words[start].is_capital() || words[start].is(WordClass::FunctionWord) {
        return None;
    }
    let mut last = start;
    while words.get(last + 1).is_some_and(|next| next.is_capital() && text.is_blank_between(&words[last], next)) {
        last += 1;
    }
    Some(last)
}

/// Files what stands around a run.
fn note<'d>(
    text: &Text<'d>,
    sentence: &Sentence,
    words: &[Word],
    (first, last): (usize, usize),
    runs: &mut BTreeMap<&'d str, Uses>,
) {
    let span = Span::new(words[first].span.start, words[last].span.end);
    let uses = runs.entry(text.of(span)).or_default();
    uses.spans.push(span);
    let next = words.get(last + 1).filter(|next| text.is_blank_between(&words[last], next));
    uses.with_members |= next.is_some_and(|next| text.lexicon.is(text.singular(next), WordClass::GroupingMember));
    let has_article = first > 0 && text.lower(&words[first - 1]) == "the";
    let behind = sentence.tokens.partition_point(|token| token.span.start < span.end);
    let goes_on = sentence.tokens.get(behind);
    let is_noun = |upos: Upos| matches!(upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num);
    uses.alone |= has_article && goes_on.is_none_or(|token| !is_noun(token.upos));
}

/// "Council", "Ministers": common nouns that somebody else reads.
fn is_kind_of_thing(name: &str, lexicon: &Lexicon) -> bool {
    let last = name.rsplit(' ').next().unwrap_or(name);
    lexicon.kind_of(&lexicon.singular_by_ending(&last.to_lowercase())).is_some()
}

fn is_known(spans: &[Span], known: &Mentions) -> bool {
    let named = |span: &Span| known.around(*span).any(|i| known[i].class == MentionClass::Named);
    spans.iter().all(named) || spans.iter().any(|span| known.at(*span).is_some())
}
