//! Sides of things: "the work of the Group" is a word about the Group, "the need to protect forests" about forests.

use super::grammar::{Arg, Grammar};
use crate::model::{Deprel, Upos};
use crate::seeds::WordList;

/// What a word is only a side of: what a gerund or infinitive is done to, what a noun like "work" belongs to.
pub(super) fn behind(grammar: &Grammar<'_>, token: usize) -> Option<usize> {
    if grammar.is_verb(token) {
        return verb_object(grammar, token);
    }
    let loose = || grammar.is(WordList::LooseSides, token) && is_bare(grammar, token);
    if let Some(of) = in_what_state(grammar, token) {
        return Some(of);
    }
    let strict = grammar.is(WordList::Sides, token);
    (strict || loose()).then(|| complement(grammar, token, strict)).flatten()
}

/// "the state of the rivers": how they are, and no State. "A state of emergency" is one thing.
fn in_what_state(grammar: &Grammar<'_>, noun: usize) -> Option<usize> {
    let written = grammar.tree.token(noun).span.of(grammar.tree.text);
    let next = noun + 1;
    let condition = written == "state" && next < grammar.tree.len() && grammar.form(next) == "of";
    let of = grammar.phrase_after(noun, &["of"]).filter(|_| condition)?;
    grammar.tree.children_by(of, &[Deprel::Det, Deprel::NmodPoss]).next().map(|_| of)
}

/// Whether no adjective or noun makes it a thing of its own, as "criminal" does in "criminal activities".
fn is_bare(grammar: &Grammar<'_>, noun: usize) -> bool {
    let mut modifiers = grammar.tree.children_by(noun, &[Deprel::Amod, Deprel::Compound]);
    modifiers.all(|modifier| grammar.is(WordList::LightAdjectives, modifier))
}

/// The object of a verb that stands as an argument ("developing a convention"), or of its first phrase.
fn verb_object(grammar: &Grammar<'_>, verb: usize) -> Option<usize> {
    match grammar.object(verb) {
        _ if grammar.is(WordList::Endeavours, verb) && deed_of(grammar, verb).is_some() => deed_of(grammar, verb),
        Some(Arg::Token(object)) if grammar.tree.is_under(object, verb) => Some(object),
        _ => None,
    }
}

/// "work together to protect", "take steps to protect": the deed that the verb leads to.
fn deed_of(grammar: &Grammar<'_>, verb: usize) -> Option<usize> {
    let object = grammar.tree.child(verb, Deprel::Obj);
    let bare = |&object: &usize| !grammar.is(WordList::Empty, object);
    if object.as_ref().is_some_and(bare) {
        return None;
    }
    let roles = [Deprel::Xcomp, Deprel::Advcl, Deprel::Acl];
    let mut deeds = [Some(verb), object].into_iter().flatten().flat_map(|at| grammar.tree.children_by(at, &roles));
    deeds.find(|&deed| deed > verb && grammar.is_verb(deed) && grammar.is_infinitive(deed))
}

/// What a noun of a mere side belongs to: "of X", "for X", "to do Y", "X's". What somebody's initiative or action is, its
/// owner and its subject are not: only `strict` sides lead to an owner who is named ("X's efforts"), or to a field ("need for X").
fn complement(grammar: &Grammar<'_>, noun: usize, strict: bool) -> Option<usize> {
    let by = |wanted: &[&str]| {
        let mut children = grammar.tree.children_by(noun, &[Deprel::Nmod, Deprel::Obl, Deprel::Acl, Deprel::Advcl]);
        children.find(|&child| grammar.introduction(child).is_some_and(|word| wanted.contains(&word.as_str())))
    };
    let pronoun = grammar.possessor(noun).is_some_and(|possessor| grammar.upos(possessor) == Upos::Pron);
    let aim = || by(&["to", "for"]).filter(|_| pronoun);
    grammar
        .phrase_after(noun, &["of"])
        .or_else(|| by(&["of"]))
        .or_else(aim)
        .or_else(|| grammar.possessor(noun).filter(|_| strict || pronoun))
        .or_else(|| worker(grammar, noun))
        .or_else(|| deed_behind(grammar, noun))
        .or_else(|| by(&["for", "to", "in", "on"]).filter(|_| strict))
        .or_else(|| grammar.phrase_after(noun, &["for"]).filter(|_| strict))
}

/// "efforts to disrupt": the infinitive right behind.
fn deed_behind(grammar: &Grammar<'_>, noun: usize) -> Option<usize> {
    let verb = noun + 2;
    (verb < grammar.tree.len() && grammar.form(noun + 1) == "to" && grammar.is_verb(verb)).then_some(verb)
}

/// Who does it, in "the work (that) X has done": the subject of the relative clause.
fn worker(grammar: &Grammar<'_>, noun: usize) -> Option<usize> {
    let clause = grammar.tree.children_by(noun, &[Deprel::AclRelcl]).find_map(|clause| {
        grammar.tree.children_by(clause, &[Deprel::Nsubj]).find(|&subject| !grammar.is_relative(subject))
    });
    // "the efforts made by X": whoever the participle names as its agent.
    let done_by = || {
        let mut participles = grammar.tree.children_by(noun, &[Deprel::Acl, Deprel::AclRelcl]);
        participles.find_map(|participle| grammar.agent(participle))
    };
    // "the role (that) X plays", whatever the tree says.
    let that = noun + 1 < grammar.tree.len() && grammar.form(noun + 1) == "that";
    let next = noun + if that { 2 } else { 1 };
    let next = if that && next < grammar.tree.len() && grammar.upos(next) == Upos::Det { next + 1 } else { next };
    let named = || {
        (next < grammar.tree.len() && grammar.upos(next) == Upos::Propn).then(|| grammar.phrase_from(next)).flatten()
    };
    clause.or_else(done_by).or_else(named)
}
