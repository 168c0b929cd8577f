//! Short names of groupings that no list holds: capitals that stand alone behind an article and that also name whose
//! members somebody is: "the Amber Five will meet", "Amber Five partners".

use std::collections::BTreeMap;

use crate::model::{Document, Kind, Mention, MentionClass, Mentions, Reading, Sentence, Span, Upos};
use crate::seeds::Lexicon;

use super::words::{Shape, Word, is_function_word, singular, words};

/// Who belongs to a grouping, singular.
const MEMBERS: [&str; 9] =
    ["partner", "member", "country", "nation", "state", "leader", "minister", "government", "participant"];

/// How a run of capitals is used.
#[derive(Default)]
struct Uses {
    spans: Vec<Span>,
    alone: bool,
    with_members: bool,
}

/// All uses of such names.
pub(super) fn find(doc: &Document, sentences: &[Sentence], lexicon: &Lexicon, known: &Mentions) -> Vec<Mention> {
    let mut runs: BTreeMap<&str, Uses> = BTreeMap::new();
    for sentence in sentences {
        let words = words(&doc.text, sentence.span);
        let mut at = 0;
        while at < words.len() {
            let last = run(&doc.text, &words, at);
            if let Some(last) = last {
                note(doc, sentence, &words, (at, last), &mut runs);
            }
            at = last.unwrap_or(at) + 1;
        }
    }
    let is_name = |name: &str, uses: &Uses| {
        uses.alone && uses.with_members && !is_kind_of_thing(name, lexicon) && !is_known(&uses.spans, known)
    };
    let named = runs.into_iter().filter(|(name, uses)| is_name(name, uses));
    named
        .flat_map(|(_, uses)| uses.spans)
        .map(|span| Mention {
            span,
            kind: Kind::InternationalOrganization,
            class: MentionClass::Named,
            reading: Reading::Name,
        })
        .collect()
}

/// The last word of the run of capitals that starts at a word.
fn run(text: &str, words: &[Word], start: usize) -> Option<usize> {
    let starts = is_capital(&words[start]) && !is_function_word(&words[start].span.of(text).to_lowercase());
    if !starts {
        return None;
    }
    let mut last = start;
    while words.get(last + 1).is_some_and(|next| is_capital(next) && is_blank(text, &words[last], next)) {
        last += 1;
    }
    Some(last)
}

/// Files what stands around a run.
fn note<'d>(
    doc: &'d Document,
    sentence: &Sentence,
    words: &[Word],
    (first, last): (usize, usize),
    runs: &mut BTreeMap<&'d str, Uses>,
) {
    let span = Span::new(words[first].span.start, words[last].span.end);
    let uses = runs.entry(span.of(&doc.text)).or_default();
    uses.spans.push(span);
    let next = words.get(last + 1).filter(|next| is_blank(&doc.text, &words[last], next));
    let next_word = next.map(|next| singular(&next.span.of(&doc.text).to_lowercase()));
    uses.with_members |= next_word.is_some_and(|word| MEMBERS.contains(&word.as_str()));
    let has_article = first > 0 && words[first - 1].span.of(&doc.text).eq_ignore_ascii_case("the");
    let behind = sentence.tokens.partition_point(|token| token.span.start < span.end);
    let goes_on = sentence.tokens.get(behind);
    let is_noun = |upos: Upos| matches!(upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num);
    uses.alone |= has_article && goes_on.is_none_or(|token| !is_noun(token.upos));
}

/// "Council", "Ministers": common nouns that somebody else reads.
fn is_kind_of_thing(name: &str, lexicon: &Lexicon) -> bool {
    let last = name.rsplit(' ').next().unwrap_or(name);
    lexicon.kind_of(&singular(&last.to_lowercase())).is_some()
}

fn is_known(spans: &[Span], known: &Mentions) -> bool {
    let named = |span: &Span| known.around(*span).any(|i| known[i].class == MentionClass::Named);
    spans.iter().all(named) || spans.iter().any(|span| known.at(*span).is_some())
}

fn is_capital(word: &Word) -> bool {
    matches!(word.shape, Shape::Capital | Shape::Acronym)
}

fn is_blank(text: &str, left: &Word, right: &Word) -> bool {
    text[left.span.end..right.span.start].chars().all(char::is_whitespace)
}
