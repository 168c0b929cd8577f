//! The signs of a derivation that its clause shows: the words around, the ways through the tree, the distances.

use super::derivation::Argument;
use super::grammar::Grammar;
use super::signs::Signs;
use super::trigger::Hit;
use crate::model::{Deprel, Span, Upos};
use crate::seeds::WordList;

/// Most steps of a way through the tree that are told apart.
const STEPS: usize = 4;

/// Words before a noun that point to what the text told before.
pub(super) const POINTING: [&str; 5] = ["this", "that", "these", "those", "such"];

/// The names of the groups of one end.
struct Groups {
    path: &'static str,
    head: &'static str,
    lemma: &'static str,
    distance: &'static str,
    between: &'static str,
    before: &'static str,
    after: &'static str,
    shape: &'static str,
}

const SUBJECT: Groups = Groups {
    path: "subject.path",
    head: "subject.head",
    lemma: "subject.lemma",
    distance: "subject.distance",
    between: "subject.between",
    before: "subject.before",
    after: "subject.after",
    shape: "subject.shape",
};

const OBJECT: Groups = Groups {
    path: "object.path",
    head: "object.head",
    lemma: "object.lemma",
    distance: "object.distance",
    between: "object.between",
    before: "object.before",
    after: "object.after",
    shape: "object.shape",
};

/// What the clause of a hit shows for one subject and one object, one of so many pairs.
pub(super) fn see(
    grammar: &Grammar<'_>,
    hit: &Hit,
    relation: &str,
    ends: [&Argument; 2],
    pairs: usize,
    signs: &mut Signs,
) {
    of_anchor(grammar, hit, relation, signs);
    for (end, groups) in ends.into_iter().zip([&SUBJECT, &OBJECT]) {
        if let Some((span, head)) = end.span.and_then(|span| Some((span, head_in(grammar, span)?))) {
            of_end(grammar, hit, relation, (span, head), groups, signs);
        }
    }
    signs.size("pairs", "", pairs);
    signs.size("sentence", "", grammar.tree.len());
    of_sentence(grammar, hit, relation, signs);
}

/// What stands somewhere in the sentence and makes its claims doubtful: conditions and words of opinion before the trigger,
/// other words' marks, the wide blanks of a table.
fn of_sentence(grammar: &Grammar<'_>, hit: &Hit, relation: &str, signs: &mut Signs) {
    let lists =
        [("conditions", WordList::Conditions), ("opinions", WordList::Opinions), ("reports", WordList::Reports)];
    for (name, list) in lists {
        if (0..hit.anchor).any(|at| grammar.is(list, at)) {
            signs.see("sentence.before", &[name]);
        }
    }
    let text = grammar.tree.sentence.span.of(grammar.tree.text);
    for (name, marks) in [("quoted", &["“", "\""][..]), ("table", &["   ", "\t"]), ("asked", &["?"])] {
        if marks.iter().any(|mark| text.contains(mark)) {
            signs.see("sentence.marks", &[name]);
        }
    }
    let asides = text.bytes().filter(|byte| matches!(byte, b',' | b';' | b'(')).count();
    signs.size("sentence.asides", relation, asides);
}

fn of_anchor(grammar: &Grammar<'_>, hit: &Hit, relation: &str, signs: &mut Signs) {
    let anchor = hit.anchor;
    let (upos, deprel) = (grammar.upos(anchor).name(), grammar.deprel(anchor).name());
    signs.see("trigger", &[relation, grammar.lemma(anchor), hit.carrier.map_or("", |carrier| grammar.lemma(carrier))]);
    signs.see("anchor", &[upos, deprel]);
    signs.see("anchor.form", &[relation, form(grammar, anchor)]);
    signs.see("anchor.role", &[relation, deprel]);
    let (before, after) = (word_beside(grammar, hit, false), word_beside(grammar, hit, true));
    signs.see("trigger.before", &[before]);
    signs.see("trigger.after", &[relation, after]);
    let depth = std::iter::successors(grammar.tree.head(anchor), |&at| grammar.tree.head(at)).take(12).count();
    signs.size("depth", "", depth);
    signs.size("place", "", anchor);
    for list in grammar.tree.children_by(anchor, &[Deprel::Aux, Deprel::Advmod, Deprel::Mark]).take(6) {
        signs.see("anchor.with", &[grammar.form(list)]);
    }
    if let Some(head) = grammar.tree.head(anchor) {
        signs.see("anchor.above", &[grammar.lemma(head), deprel]);
    }
}

/// How a verb stands: in the passive, as an infinitive, a gerund, a finite form.
fn form(grammar: &Grammar<'_>, anchor: usize) -> &'static str {
    match grammar.is_verb(anchor) {
        false => "none",
        true if grammar.is_passive(anchor) => "passive",
        true if grammar.is_infinitive(anchor) => "infinitive",
        true if grammar.form(anchor).ends_with("ing") => "gerund",
        true if grammar.is_finite_at(anchor) => "finite",
        true => "participle",
    }
}

/// The form of the word right before or behind a trigger.
fn word_beside<'g>(grammar: &'g Grammar<'_>, hit: &Hit, behind: bool) -> &'g str {
    let words = || hit.words.iter().copied();
    let at =
        if behind { words().max().map(|last| last + 1) } else { words().min().and_then(|first| first.checked_sub(1)) };
    at.map_or("", |at| form_at(grammar, at))
}

fn form_at<'g>(grammar: &'g Grammar<'_>, at: usize) -> &'g str {
    if at < grammar.tree.len() { grammar.form(at) } else { "" }
}

fn of_end(
    grammar: &Grammar<'_>,
    hit: &Hit,
    relation: &str,
    (span, head): (Span, usize),
    groups: &Groups,
    signs: &mut Signs,
) {
    let path = path(grammar, hit.anchor, head);
    signs.see(groups.path, &[&path]);
    signs.see(groups.path, &[&path, relation]);
    signs.see(groups.head, &[grammar.upos(head).name(), grammar.deprel(head).name()]);
    signs.see(groups.lemma, &[grammar.lemma(head)]);
    signs.see(groups.lemma, &[grammar.lemma(head), relation]);
    let side = if head < hit.anchor { "left" } else { "right" };
    signs.size(groups.distance, side, head.abs_diff(hit.anchor));
    let (from, to) = (head.min(hit.anchor) + 1, head.max(hit.anchor));
    let between = |fits: &dyn Fn(usize) -> bool| (from..to).filter(|&at| fits(at)).count().min(3);
    signs.size(groups.between, "verbs", between(&|at| grammar.is_verb(at)));
    signs.size(groups.between, "commas", between(&|at| matches!(grammar.form(at), "," | ";" | ":")));
    signs.size(groups.between, "clauses", between(&|at| matches!(grammar.form(at), "that" | "which" | "who" | "to")));
    let tokens = grammar.tree.sentence.tokens_in(span);
    let before = tokens.start.checked_sub(1).map_or("", |at| form_at(grammar, at));
    let after = form_at(grammar, tokens.end);
    signs.see(groups.before, &[before]);
    signs.see(groups.after, &[after]);
    let kind = |at: usize| if at < grammar.tree.len() { grammar.upos(at).name() } else { "" };
    signs.see(groups.after, &[kind(tokens.end), "kind"]);
    signs.see(groups.before, &[tokens.start.checked_sub(1).map_or("", kind), "kind"]);
    signs.size(groups.head, "words", tokens.len());
    let pointing =
        if matches!(grammar.upos(tokens.start), Upos::Det) { form_at(grammar, tokens.start) } else { before };
    let pointing = if POINTING.contains(&pointing) { pointing } else { "" };
    let length = tokens.len().min(4).to_string();
    signs.see(groups.shape, &[pointing, &length, grammar.upos(head).name()]);
    signs.see(groups.shape, &[pointing, &length, relation]);
    let open = grammar.tree.children(head).filter(|child| !tokens.contains(child));
    for child in open.take(4) {
        signs.see(groups.after, &[grammar.deprel(child).name(), "outside"]);
    }
}

/// The word of a span that hangs on a word outside of it.
fn head_in(grammar: &Grammar<'_>, span: Span) -> Option<usize> {
    let tokens = grammar.tree.sentence.tokens_in(span);
    let outside = |&token: &usize| grammar.tree.head(token).is_none_or(|head| !tokens.contains(&head));
    let small = |&token: &usize| matches!(grammar.upos(token), Upos::Punct | Upos::Det | Upos::Adp);
    tokens.clone().filter(outside).find(|token| !small(token)).or_else(|| tokens.clone().next())
}

/// The way through the tree from the trigger to an end: the roles up to the word that holds both, then down.
fn path(grammar: &Grammar<'_>, from: usize, to: usize) -> String {
    let up = |start: usize| std::iter::successors(Some(start), |&at| grammar.tree.head(at)).take(STEPS + 1);
    let ours: Vec<usize> = up(from).collect();
    let Some((down, top)) = up(to).enumerate().find(|(_, at)| ours.contains(at)) else { return "far".to_owned() };
    let mut path = String::new();
    for &at in ours.iter().take_while(|&&at| at != top) {
        path.push('<');
        path.push_str(grammar.deprel(at).name());
    }
    let mut below: Vec<usize> = up(to).take(down).collect();
    below.reverse();
    for at in below {
        path.push('>');
        path.push_str(grammar.deprel(at).name());
    }
    path
}
