//! The whole phrase that an object stands in, in the words of the text: who supports "countries that have taken part" does
//! not support all countries, who stresses "the need to curb floods in the delta" says more than "floods", and a plan "to
//! counter floods" is not one for floods.

use super::argument::End;
use super::extent::cut_to;
use super::grammar::Grammar;
use super::trigger::Hit;
use crate::model::text::one_line;
use crate::model::{Deprel, Span, Upos};
use crate::seeds::WordList;

/// Most words of such a phrase: what is longer is no phrase that a table could show.
const MOST: usize = 40;

/// Most words of a list that is told as one matter.
const LISTED: usize = 16;

/// How many phrases may go on behind one.
const GOES_ON: usize = 4;

/// How many verbs may stand between what sets a rule off and its object.
const VERBS: usize = 4;

/// Gives an end, found at or below `token`, its whole phrase as the aspect that is meant, if its own words say less.
pub(super) fn tell(grammar: &Grammar<'_>, hit: &Hit, token: usize, end: &mut End) {
    let Some(span) = end.span else { return };
    let token = governed(grammar, hit, token);
    let Some((top, member)) = top(grammar, token, span) else { return };
    let (first, last) = extent(grammar, top, member, span);
    let (first, last) = listed_with(grammar, top, (first, last));
    let last = goes_on(grammar, hit, (first, last));
    let phrase = grammar.tree.sentence.span_of(first, last);
    let says_more = (first..=last).any(|at| {
        let word = grammar.tree.token(at).span;
        // A capital before a name is a part of it: "Intergovernmental Expert Group".
        let of_name = end.term.entity().is_some()
            && word.end <= span.start
            && grammar.tree.text[word.end..span.start].trim().is_empty()
            && word.of(grammar.tree.text).starts_with(char::is_uppercase);
        tells(grammar, at) && !span.overlaps(word) && !of_name
    });
    if phrase.contains(span) && says_more {
        end.aspect = Some(one_line(phrase.of(grammar.tree.text)));
    }
}

/// The topmost verb between what sets a rule off and a word that is that verb's object: "to counter floods" is meant, not
/// floods. What a modal governs is such a verb too: "the draft must be completed".
fn governed(grammar: &Grammar<'_>, hit: &Hit, token: usize) -> usize {
    let first = first_listed(grammar, token);
    let mut at = first;
    for _ in 0..VERBS {
        let argument = matches!(grammar.deprel(at), Deprel::Obj | Deprel::Obl | Deprel::NsubjPass | Deprel::Xcomp);
        let Some(verb) = grammar.tree.head(at).filter(|&head| argument && grammar.is_verb(head)) else { break };
        // "thanks and supports the Fund": a second verb beside the trigger is no part of what is thanked.
        let beside = grammar.deprel(verb) == Deprel::Conj && grammar.tree.head(verb) == Some(hit.anchor);
        if beside && !hit.governs() {
            break;
        }
        let between = grammar.tree.is_under(verb, hit.anchor) && !hit.words.contains(&verb);
        if !(between || hit.governs() && verb == hit.anchor) {
            break;
        }
        at = verb;
        if verb == hit.anchor {
            break;
        }
    }
    if at == first && !is_owned(grammar, first) { token } else { at }
}

/// The first member of the list that a word stands in.
fn first_listed(grammar: &Grammar<'_>, token: usize) -> usize {
    let above = |&at: &usize| grammar.tree.head(at).filter(|_| grammar.deprel(at) == Deprel::Conj);
    std::iter::successors(Some(token), above).last().unwrap_or(token)
}

/// The word on top of the phrase: what was looked at, or the member of a list below it that the end stands in; and that
/// member.
fn top(grammar: &Grammar<'_>, token: usize, end: Span) -> Option<(usize, usize)> {
    let inside = grammar.tree.sentence.tokens_in(end);
    let member = inside.clone().find(|&at| grammar.tree.head(at).is_none_or(|head| !inside.contains(&head)))?;
    let above = |at: usize| grammar.tree.head(at).filter(|&head| head == token || grammar.tree.is_under(head, token));
    let mut at = member;
    while at != token {
        let listed = std::iter::successors(Some(at), |&at| above(at).filter(|_| grammar.deprel(at) == Deprel::Conj));
        let head = listed.last().unwrap_or(at);
        if head == token && head != at && !is_owned(grammar, head) {
            break;
        }
        at = if head == at { above(at)? } else { head };
    }
    Some((at, member))
}

/// "Elbonia's sovereignty and integrity": the whole list is owned, and is said of each member.
fn is_owned(grammar: &Grammar<'_>, head: usize) -> bool {
    grammar.tree.children_by(head, &[Deprel::NmodPoss]).any(|owner| grammar.upos(owner) != Upos::Pron)
}

/// First and last word of a phrase with all that tells which one is meant, without what follows a comma unless the end
/// stands there.
fn extent(grammar: &Grammar<'_>, top: usize, member: usize, end: Span) -> (usize, usize) {
    let describes = [Deprel::Amod, Deprel::Compound, Deprel::Nummod, Deprel::NmodPoss, Deprel::Advmod];
    let mut first = top;
    if !grammar.is_verb(top) {
        let before = grammar.tree.children_by(top, &describes).filter(|&child| child < top);
        let own = before.filter(|&child| grammar.upos(child) != Upos::Pron);
        first = own.filter_map(|child| grammar.tree.subtree(child).first().copied()).fold(top, usize::min);
    } else if end.start < grammar.tree.token(top).span.start {
        // "The draft must be completed": what is done to it stands behind it.
        first = grammar.tree.sentence.tokens_in(end).start;
    }
    let last = if member == top { own_end(grammar, top) } else { own_end(grammar, top).max(own_end(grammar, member)) };
    let last = before_other_deeds(grammar, top.max(member), last);
    // "not the form but the substance": what is set against it is not it.
    let but = (top.max(member) + 1..=last).find(|&at| grammar.form(at) == "but");
    let last = but.map_or(last, |but| but - 1);
    let (first, last) = cut_to(grammar, first, last, top.max(member), MOST);
    let small = |at: usize| matches!(grammar.upos(at), Upos::Det | Upos::Punct | Upos::Adp | Upos::Cconj | Upos::Sconj);
    let last = (top..=last).rev().find(|&at| !small(at)).unwrap_or(top);
    (first, last)
}

/// A phrase with the other members of its list, if that is short and of common nouns: "peace and stability in the strait" is
/// one matter, a list of States is none.
fn listed_with(grammar: &Grammar<'_>, member: usize, (first, last): (usize, usize)) -> (usize, usize) {
    let head = first_listed(grammar, member);
    let members = || std::iter::once(head).chain(grammar.tree.children_by(head, &[Deprel::Conj]));
    // "of power to the people and the formation of a government": an article of its own begins another matter.
    let apart = |at: usize| at != head && grammar.tree.children_by(at, &[Deprel::Det]).next().is_some();
    let common = members().all(|at| grammar.upos(at) == Upos::Noun && !grammar.is_in_name(at) && !apart(at));
    let Some(end) = members().last().filter(|&end| end != head && common) else { return (first, last) };
    let (from, _) = extent(grammar, head, head, grammar.tree.token(head).span);
    let (from, to) = (from.min(first), own_end(grammar, end).max(last));
    if to - from < LISTED { (from, to) } else { (first, last) }
}

/// The last word of what goes on behind a phrase without a comma, wherever the tree hangs it: "negotiations" + "in the field
/// of disarmament", "action" + "on the part of all States".
fn goes_on(grammar: &Grammar<'_>, hit: &Hit, (first, last): (usize, usize)) -> usize {
    let mut last = last;
    for _ in 0..GOES_ON {
        let next = last + 1;
        // A mark belongs to what it opens.
        let ends = next >= grammar.tree.len() || grammar.upos(next) == Upos::Punct;
        if ends || next - first >= MOST || hit.words.contains(&next) {
            break;
        }
        let Some(head) = continued(grammar, hit, first, next) else { break };
        let end = grammar.tree.subtree(head).last().copied().unwrap_or(head);
        let stop = (next..=end).find(|&at| matches!(grammar.form(at), "," | ";" | ":" | "(" | "–" | "—" | "."));
        let end = before_other_deeds(grammar, next, stop.map_or(end, |stop| stop - 1));
        let (_, end) = cut_to(grammar, first, end, last, MOST);
        if end <= last {
            break;
        }
        last = end;
    }
    last
}

/// The head of a phrase or clause that begins at a word and hangs on what was told before it or on the trigger.
fn continued(grammar: &Grammar<'_>, hit: &Hit, first: usize, next: usize) -> Option<usize> {
    let behind = [Deprel::Obl, Deprel::Nmod, Deprel::Acl, Deprel::AclRelcl, Deprel::Advcl, Deprel::Xcomp];
    let mut at = next;
    loop {
        let head = grammar.tree.head(at)?;
        if head < next {
            let ours = head >= first || hit.words.contains(&head) || grammar.tree.is_under(head, hit.anchor);
            let begins = grammar.tree.subtree(at).first() == Some(&next);
            return (ours && begins && behind.contains(&grammar.deprel(at))).then_some(at);
        }
        at = head;
    }
}

/// The last word before a verb that the tree joins to a noun: "the strength of the bond and agreed to meet" goes on with
/// another deed.
fn before_other_deeds(grammar: &Grammar<'_>, from: usize, last: usize) -> usize {
    let joined = |&at: &usize| {
        let above = grammar.tree.head(at).filter(|&head| head >= from);
        let noun = above.is_some_and(|head| grammar.is_nominal(head));
        // "calls for the army to keep out and stresses": who calls stresses too.
        let plain = |head: usize| grammar.is_verb(head) && grammar.form(head) == grammar.lemma(head);
        let other = above.is_some_and(|head| plain(head) && grammar.has_to(head)) && grammar.form(at).ends_with('s');
        grammar.deprel(at) == Deprel::Conj
            && grammar.is_verb(at)
            && (noun && grammar.is_finite_at(at) || other && grammar.form(at) != grammar.lemma(at))
    };
    let Some(verb) = (from + 1..=last).find(joined) else { return last };
    let opening = grammar.tree.subtree(verb).first().copied().unwrap_or(verb);
    opening.saturating_sub(1).max(from)
}

/// The last word that hangs on a word, up to the first aside.
fn own_end(grammar: &Grammar<'_>, top: usize) -> usize {
    let behind =
        grammar.tree.children(top).filter(|&child| child > top).take_while(|&child| !ends_before(grammar, child));
    behind.filter_map(|child| grammar.tree.subtree(child).last().copied()).fold(top, usize::max)
}

/// Whether a phrase ends before what hangs on its head there: another member, an aside, another statement.
fn ends_before(grammar: &Grammar<'_>, child: usize) -> bool {
    // "to meet and settle it": what is done besides is a part of what is done.
    let done_too = grammar.deprel(child) == Deprel::Conj
        && grammar.is_verb(child)
        && grammar.tree.head(child).is_some_and(|head| grammar.is_verb(head))
        && grammar.own_subject(child).is_none();
    let apart = !done_too
        && matches!(
            grammar.deprel(child),
            Deprel::Conj | Deprel::Cc | Deprel::Parataxis | Deprel::Appos | Deprel::Punct | Deprel::Nsubj | Deprel::Cop
        );
    let begin = grammar.tree.subtree(child).first().copied().unwrap_or(child);
    let mark = |at: usize| matches!(grammar.form(at), "," | ";" | ":" | "(" | "–" | "—");
    let behind_comma = mark(begin) || begin > 0 && mark(begin - 1);
    // "to recruit, train and develop" is one deed; "in order to prevent it, to prosecute" are two.
    let marked = grammar.tree.children_by(child, &[Deprel::Mark]).next().is_some();
    apart || behind_comma && (marked || !done_too)
}

/// Whether a word says something that a name without it would not.
fn tells(grammar: &Grammar<'_>, word: usize) -> bool {
    match grammar.upos(word) {
        Upos::Noun | Upos::Propn | Upos::Verb | Upos::Num => true,
        Upos::Adj => !grammar.is(WordList::LightAdjectives, word),
        _ => false,
    }
}
