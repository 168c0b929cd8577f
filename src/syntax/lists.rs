//! Lists that a parser takes for something else. "We welcome the adoption of the pact, the appointment of an envoy and the
//! progress made" is a list of three, not an adoption called an appointment; and a verb that has an object of its own, as
//! in "it has displaced families, destroyed schools and deepened poverty", describes no noun before it.

use crate::model::{Deprel, Token, Upos};

/// Makes members of lists of what looks like an aside or a participle there.
pub fn mend(text: &str, tokens: &mut [Token]) {
    for at in 1..tokens.len() {
        match tokens[at].deprel {
            Deprel::Appos => name_beside(text, tokens, at),
            Deprel::Acl => deed_beside(text, tokens, at),
            Deprel::Parataxis => next_deed(text, tokens, at),
            _ => {}
        }
    }
}

/// A common noun set beside another behind a comma, where an "and" ends the list behind it.
fn name_beside(text: &str, tokens: &mut [Token], at: usize) {
    let Some(head) = head_of(tokens, at).filter(|&head| head < at) else { return };
    let common = |at: usize| tokens[at].upos == Upos::Noun;
    // "the partnership, a source of trade and growth": what it is, not what else there is.
    let is_one = children(tokens, at).any(|child| matches!(form(text, tokens, child), "a" | "an") && child < at);
    // "the release of hostages and access for aid": what ends the list may hang on a part of its last but one.
    let parts = children(tokens, at).filter(|&part| part > at && tokens[part].deprel == Deprel::Nmod);
    let listed = [head, at].into_iter().chain(parts).any(|of| joined(text, tokens, of, at).next().is_some());
    if !common(head) || !common(at) || is_one || !listed || !behind_comma(text, tokens, at) {
        return;
    }
    tokens[at].deprel = Deprel::Conj;
}

/// A past form with an object of its own behind a comma, where the verb above has such a form and an "and" ends the list.
fn deed_beside(text: &str, tokens: &mut [Token], at: usize) {
    let Some(noun) = head_of(tokens, at).filter(|&noun| noun < at) else { return };
    let above = std::iter::successors(Some(noun), |&up| head_of(tokens, up)).take(tokens.len());
    let Some(verb) = above.skip(1).find(|&up| tokens[up].upos == Upos::Verb) else { return };
    let has =
        |at: usize, deprel: Deprel| children(tokens, at).any(|child| child > at && tokens[child].deprel == deprel);
    let past = |at: usize| form(text, tokens, at).ends_with("ed");
    let listed = joined(text, tokens, verb, at).any(|last| tokens[last].upos == Upos::Verb)
        || joined(text, tokens, at, at).any(|last| tokens[last].upos == Upos::Verb && has(last, Deprel::Obj));
    let alike = tokens[at].upos == Upos::Verb && past(at) && past(verb) && verb < noun;
    if alike && has(at, Deprel::Obj) && listed && behind_comma(text, tokens, at) {
        (tokens[at].head, tokens[at].deprel) = (Some(verb as u32), Deprel::Conj);
    }
}

/// A verb in its plain form behind a comma, between one in a clause of its own and one with "and": "that they keep the
/// truce, let aid through and talk".
fn next_deed(text: &str, tokens: &mut [Token], at: usize) {
    let plain = |at: usize| tokens[at].upos == Upos::Verb && form(text, tokens, at) == tokens[at].lemma.as_str();
    let clause = [Deprel::Csubj, Deprel::Ccomp, Deprel::Xcomp, Deprel::Advcl, Deprel::Conj];
    let subjects = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Aux];
    let own = children(tokens, at).any(|child| subjects.contains(&tokens[child].deprel));
    let listed = joined(text, tokens, at, at).any(plain);
    if !plain(at) || own || !listed || !behind_comma(text, tokens, at) {
        return;
    }
    let Some(before) = (0..at).rev().find(|&before| plain(before) && clause.contains(&tokens[before].deprel)) else {
        return;
    };
    // Nothing may hang on itself in the end.
    let mut above = std::iter::successors(Some(before), |&up| head_of(tokens, up)).take(tokens.len());
    if !above.any(|up| up == at) {
        (tokens[at].head, tokens[at].deprel) = (Some(before as u32), Deprel::Conj);
    }
}

/// The conjuncts of a word behind another that an "and" or "or" brings.
fn joined<'t>(text: &'t str, tokens: &'t [Token], of: usize, behind: usize) -> impl Iterator<Item = usize> + 't {
    let brings = move |at: usize| {
        children(tokens, at)
            .any(|child| tokens[child].deprel == Deprel::Cc && matches!(form(text, tokens, child), "and" | "or" | "as"))
    };
    children(tokens, of).filter(move |&at| at > behind && tokens[at].deprel == Deprel::Conj && brings(at))
}

/// Whether a comma stands right before the phrase of a word.
fn behind_comma(text: &str, tokens: &[Token], at: usize) -> bool {
    let opens = children(tokens, at).filter(|&child| child < at && form(text, tokens, child) != ",").min();
    let first = opens.unwrap_or(at).min(at);
    first > 0 && form(text, tokens, first - 1) == ","
}

fn children(tokens: &[Token], of: usize) -> impl Iterator<Item = usize> + '_ {
    (0..tokens.len()).filter(move |&at| head_of(tokens, at) == Some(of))
}

fn head_of(tokens: &[Token], at: usize) -> Option<usize> {
    tokens[at].head.map(|head| head as usize)
}

fn form<'t>(text: &'t str, tokens: &[Token], at: usize) -> &'t str {
    tokens[at].span.of(text)
}
