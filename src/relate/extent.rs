//! Where the words of a phrase begin and end, when no mention says it.

use super::argument::LITERAL_WORDS;
use super::grammar::Grammar;
use crate::model::{Deprel, Upos};

/// The object that a verb's words are cut behind: what is done to what, not how and why.
pub(super) fn core_object(grammar: &Grammar<'_>, verb: usize) -> Option<usize> {
    let object = grammar.tree.child(verb, Deprel::Obj)?;
    // "let the lessons be forgotten": what becomes of the object belongs to it.
    let goes_on = grammar.tree.children_by(verb, &[Deprel::Xcomp]).any(|clause| clause > object);
    (grammar.is_verb(verb) && object > verb && !goes_on).then_some(object)
}

/// The last word of what is done to an object: "strip the party of its rights" says nothing without the rights.
pub(super) fn deed_end(grammar: &Grammar<'_>, verb: usize, object: usize) -> usize {
    let last = core_end(grammar, object);
    let completes = |&child: &usize| {
        let next = grammar.tree.subtree(child).first() == Some(&(last + 1));
        next && grammar.introduction(child).is_some_and(|word| matches!(word.as_str(), "of" | "from"))
    };
    let phrase = grammar.tree.children_by(verb, &[Deprel::Obl, Deprel::Advcl]).find(completes);
    phrase.map_or(last, |phrase| core_end(grammar, phrase))
}

/// The last word of an object's phrase, cut before its first clause.
fn core_end(grammar: &Grammar<'_>, object: usize) -> usize {
    let mut last = object;
    for child in grammar.tree.children(object).filter(|&child| child > object) {
        let clause = matches!(
            grammar.deprel(child),
            Deprel::AclRelcl | Deprel::Acl | Deprel::Advcl | Deprel::Parataxis | Deprel::Appos
        );
        if clause {
            break;
        }
        last = last.max(core_end(grammar, child));
    }
    last
}

/// First and last word of the phrase that a word heads, cut before its clauses and conjuncts.
pub(super) fn phrase(grammar: &Grammar<'_>, token: usize, clause: bool) -> (usize, usize) {
    let cut = |child: usize| {
        matches!(
            grammar.deprel(child),
            Deprel::AclRelcl
                | Deprel::Parataxis
                | Deprel::Appos
                | Deprel::Conj
                | Deprel::Cc
                | Deprel::Punct
                | Deprel::Nsubj
        ) || (matches!(grammar.deprel(child), Deprel::Advcl | Deprel::Acl)
            && !grammar.is_verb(token)
            // "attempts to abuse it": what is attempted belongs to the noun.
            && !(grammar.is_infinitive(child) && child < token + 5)
            // "the idea of elaborating a convention".
            && grammar.introduction(child).as_deref() != Some("of"))
    };
    let mut first = token;
    let finite = clause && grammar.tree.children_by(token, &[Deprel::Mark]).any(|mark| grammar.form(mark) == "that");
    if let Some(subject) = grammar.own_subject(token).filter(|&subject| finite && subject < token) {
        first = grammar.tree.subtree(subject).first().copied().unwrap_or(subject).min(subject);
    }
    for child in grammar.tree.children(token).filter(|&child| child < token) {
        let small = matches!(
            grammar.deprel(child),
            Deprel::Case | Deprel::Mark | Deprel::Aux | Deprel::Nsubj | Deprel::Cc | Deprel::Advmod
        );
        if !small && !cut(child) && !grammar.is_verb(token) {
            first = first.min(grammar.tree.subtree(child).first().copied().unwrap_or(first));
        }
    }
    // A statement is cut later than a phrase: it says nothing without its end.
    let most = if finite { 2 * LITERAL_WORDS } else { LITERAL_WORDS };
    let mut last = token;
    for child in grammar.tree.children(token).filter(|&child| child > token) {
        if cut(child) || child.saturating_sub(first) > most {
            break;
        }
        last = last.max(grammar.tree.subtree(child).last().copied().unwrap_or(last));
    }
    let (first, last) = cut_to(grammar, first, last, token, most);
    trim(grammar, first, last, token)
}

/// A phrase of at most so many words, cut where nothing is left hanging: "standards governing" says nothing without what
/// they govern.
pub(super) fn cut_to(grammar: &Grammar<'_>, first: usize, last: usize, token: usize, most: usize) -> (usize, usize) {
    let mut end = last.min(first + most - 1).max(token);
    if end < last {
        while end > token && hangs(grammar, end) {
            end -= 1;
        }
    }
    (first, end)
}

/// Whether a word says nothing without what stands behind it.
fn hangs(grammar: &Grammar<'_>, word: usize) -> bool {
    let small = matches!(
        grammar.upos(word),
        Upos::Det | Upos::Punct | Upos::Adp | Upos::Cconj | Upos::Sconj | Upos::Part | Upos::Aux | Upos::Pron
    );
    let ahead = grammar.tree.head(word).is_some_and(|head| head > word);
    let completing =
        [Deprel::Obj, Deprel::Xcomp, Deprel::Ccomp, Deprel::Obl, Deprel::Nmod, Deprel::Acl, Deprel::AclRelcl];
    let opens = grammar.tree.children_by(word, &completing).any(|child| child > word);
    small || ahead || opens
}

/// The last word of the participle or clause that says which empty thing is meant: "measures designed to raise awareness".
pub(super) fn described(grammar: &Grammar<'_>, token: usize) -> Option<usize> {
    let mut clauses = grammar.tree.children_by(token, &[Deprel::Acl, Deprel::AclRelcl]);
    let clause = clauses.find(|&clause| clause > token && clause < token + 5 && grammar.is_verb(clause))?;
    let (_, last) = phrase(grammar, clause, false);
    Some(cut_to(grammar, token, last.max(clause), token, LITERAL_WORDS).1)
}

/// The last word of the phrase right behind an empty noun, wherever the tree hangs it: "progress on trade".
pub(super) fn narrowed(grammar: &Grammar<'_>, token: usize) -> Option<usize> {
    let next = token + 1;
    let brings = next < grammar.tree.len() && matches!(grammar.form(next), "of" | "on" | "in" | "towards" | "toward");
    let head = grammar.phrase_from(next + 1).filter(|_| brings && !grammar.is_verb(token))?;
    let (_, last) = phrase(grammar, head, false);
    Some(cut_to(grammar, token, last.max(head), token, LITERAL_WORDS).1)
}

/// Without articles in front and small words or marks at the end.
pub(super) fn trim(grammar: &Grammar<'_>, mut first: usize, mut last: usize, token: usize) -> (usize, usize) {
    let small = |at: usize| matches!(grammar.upos(at), Upos::Det | Upos::Punct | Upos::Adp | Upos::Cconj | Upos::Sconj);
    // "that no agreement was reached": a statement without its "no" is another one.
    let denies = |at: usize| grammar.is_verb(token) && grammar.form(at) == "no";
    while first < token
        && !denies(first)
        && (small(first) || grammar.deprel(first) == Deprel::NmodPoss && grammar.upos(first) == Upos::Pron)
    {
        first += 1;
    }
    while last > token && small(last) {
        last -= 1;
    }
    (first, last)
}
