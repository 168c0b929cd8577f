//! The whole phrase that an object stands in, in the words of the text: who supports "countries that have taken part" does
//! not support all countries, and who stresses "the need to curb floods in the delta" says more than "floods".

use super::argument::End;
use super::extent::cut_to;
use super::grammar::Grammar;
use crate::model::text::one_line;
use crate::model::{Deprel, Span, Term, Upos};
use crate::seeds::WordList;

/// Most words of such a phrase: what is longer is no phrase that a table could show.
const MOST: usize = 30;

/// Gives an end, found at or below `token`, its whole phrase as the aspect that is meant, if its own name says less.
pub(super) fn tell(grammar: &Grammar<'_>, token: usize, end: &mut End) {
    let (Term::Entity(_), Some(span)) = (&end.term, end.span) else { return };
    let Some(top) = top(grammar, token, span) else { return };
    let (first, last) = extent(grammar, top);
    let phrase = grammar.tree.sentence.span_of(first, last);
    let says_more = (first..=last).any(|at| {
        let word = grammar.tree.token(at).span;
        // A capital before a name is a part of it: "Intergovernmental Expert Group".
        let of_name = word.end <= span.start && word.of(grammar.tree.text).starts_with(char::is_uppercase);
        tells(grammar, at) && !span.overlaps(word) && !of_name
    });
    if phrase.contains(span) && says_more {
        end.aspect = Some(one_line(phrase.of(grammar.tree.text)));
    }
}

/// The word on top of the phrase: what was looked at, or the member of a list below it that the end stands in.
fn top(grammar: &Grammar<'_>, token: usize, end: Span) -> Option<usize> {
    let inside = grammar.tree.sentence.tokens_in(end);
    let mut at = inside.clone().find(|&at| grammar.tree.head(at).is_none_or(|head| !inside.contains(&head)))?;
    while at != token && grammar.deprel(at) != Deprel::Conj {
        match grammar.tree.head(at).filter(|&head| head == token || grammar.tree.is_under(head, token)) {
            Some(head) => at = head,
            None => break,
        }
    }
    Some(at)
}

/// First and last word of a phrase with all that tells which one is meant, without what follows a comma.
fn extent(grammar: &Grammar<'_>, top: usize) -> (usize, usize) {
    let describes = [Deprel::Amod, Deprel::Compound, Deprel::Nummod, Deprel::NmodPoss, Deprel::Advmod];
    let mut first = top;
    if !grammar.is_verb(top) {
        let before = grammar.tree.children_by(top, &describes).filter(|&child| child < top);
        let own = before.filter(|&child| grammar.upos(child) != Upos::Pron);
        first = own.filter_map(|child| grammar.tree.subtree(child).first().copied()).fold(top, usize::min);
    }
    let mut last = top;
    for child in grammar.tree.children(top).filter(|&child| child > top) {
        if ends_before(grammar, child) {
            break;
        }
        last = last.max(grammar.tree.subtree(child).last().copied().unwrap_or(child));
    }
    let (first, last) = cut_to(grammar, first, last, top, MOST);
    let small = |at: usize| matches!(grammar.upos(at), Upos::Det | Upos::Punct | Upos::Adp | Upos::Cconj | Upos::Sconj);
    let last = (top..=last).rev().find(|&at| !small(at)).unwrap_or(top);
    (first, last)
}

/// Whether a phrase ends before what hangs on its head there: another member, an aside, another statement.
fn ends_before(grammar: &Grammar<'_>, child: usize) -> bool {
    let apart = matches!(
        grammar.deprel(child),
        Deprel::Conj | Deprel::Cc | Deprel::Parataxis | Deprel::Appos | Deprel::Punct | Deprel::Nsubj | Deprel::Cop
    );
    let begin = grammar.tree.subtree(child).first().copied().unwrap_or(child);
    let behind_comma = begin > 0 && matches!(grammar.form(begin - 1), "," | ";" | ":" | "(" | "–" | "—");
    apart || behind_comma
}

/// Whether a word says something that a name without it would not.
fn tells(grammar: &Grammar<'_>, word: usize) -> bool {
    match grammar.upos(word) {
        Upos::Noun | Upos::Propn | Upos::Verb | Upos::Num => true,
        Upos::Adj => !grammar.is(WordList::LightAdjectives, word),
        _ => false,
    }
}
