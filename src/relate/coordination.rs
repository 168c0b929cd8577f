//! Members of lists that trees hang too low: in "the creation of a fund, the adoption of a law and the ban on mines" the
//! adoption is no fund's, though many trees say so.

use super::grammar::Grammar;
use crate::model::{Deprel, Upos};
use crate::seeds::{WordClass, WordList};

/// How many words up the tree the verb of an outer clause is looked for.
const DEEPEST: usize = 5;

/// The phrases built like that of a noun that a tree has hung on one of its complements.
pub(super) fn parallels(grammar: &Grammar<'_>, noun: usize) -> Vec<usize> {
    let mut found = Vec::new();
    if build(grammar, noun).is_none() {
        return found;
    }
    for inner in grammar.tree.children_by(noun, &[Deprel::Nmod]).filter(|&inner| inner > noun) {
        let lent = grammar.tree.conjuncts(inner).into_iter();
        found.extend(lent.filter(|&other| belongs_above(grammar, inner, other)));
    }
    found
}

/// The infinitive that a verb in its plain form goes on with, where a tree hangs it on the clause above: "has set it up to
/// prevent crime, prosecute smugglers and protect values".
pub(super) fn goes_on_with(grammar: &Grammar<'_>, verb: usize) -> Option<usize> {
    if grammar.deprel(verb) != Deprel::Conj || !grammar.is_verb(verb) || grammar.form(verb) != grammar.lemma(verb) {
        return None;
    }
    let own = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Aux, Deprel::Mark, Deprel::Cop];
    let first = grammar.tree.head(verb)?;
    // "provide A and protect B": the second hangs on the first, and that one on the clause.
    let above = match goes_on_with(grammar, first) {
        Some(infinitive) => return Some(infinitive),
        None => grammar.tree.first_conjunct(first),
    };
    // "we urge them to keep the peace and let aid through": what is asked goes on, unless with another act of who asks.
    let act = |at: usize| grammar.is(WordList::Acts, at);
    let asks = || act(above) && !act(verb) && !grammar.is_infinitive(above);
    let finite = grammar.is_verb(above) && (grammar.form(above) != grammar.lemma(above) || asks());
    if !finite || grammar.tree.children_by(verb, &own).next().is_some() {
        return None;
    }
    let clauses = [Deprel::Advcl, Deprel::Xcomp];
    let infinitives = grammar.tree.children_by(above, &clauses).filter(|&clause| above < clause && clause < verb);
    infinitives.filter(|&clause| grammar.has_to(clause)).last()
}

/// The verb that a plain form goes on with where a tree hangs it on one in "-s": in "who know the trials that Ruritania
/// faces and stand by it" those who know stand by it, not Ruritania.
pub(super) fn agreeing_above(grammar: &Grammar<'_>, verb: usize) -> Option<usize> {
    let first = grammar.tree.head(verb).filter(|_| grammar.deprel(verb) == Deprel::Conj)?;
    let own = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Aux, Deprel::AuxPass, Deprel::Cop, Deprel::Mark];
    let plain = grammar.form(verb) == grammar.lemma(verb) && grammar.tree.children_by(verb, &own).next().is_none();
    let helped = [Deprel::Aux, Deprel::AuxPass, Deprel::Cop];
    let single = |at: usize| {
        let ends = grammar.form(at).ends_with('s') && grammar.form(at) != grammar.lemma(at);
        grammar.is_verb(at) && ends && grammar.tree.children_by(at, &helped).next().is_none()
    };
    if !grammar.is_verb(verb) || !plain || !single(first) {
        return None;
    }
    let mut at = first;
    for _ in 0..DEEPEST {
        at = grammar.tree.head(at)?;
        if grammar.is_verb(at) && !single(at) {
            return Some(at);
        }
    }
    None
}

/// Members of a list that a tree has hung on a complement of its first, where the verb says that there are several: in "the
/// lack of funds, weak courts and corruption hinder it" no single lack hinders.
pub(super) fn agreed_with(grammar: &Grammar<'_>, noun: usize) -> Vec<usize> {
    let single = grammar.upos(noun) == Upos::Noun && grammar.form(noun) == grammar.lemma(noun);
    let verb = grammar.tree.head(noun).filter(|&verb| verb > noun && grammar.deprel(noun) == Deprel::Nsubj && single);
    let Some(verb) = verb else { return Vec::new() };
    let plain = grammar.is_verb(verb) && grammar.form(verb) == grammar.lemma(verb);
    let mut helpers = grammar.tree.children_by(verb, &[Deprel::Aux, Deprel::Cop]).peekable();
    let several = match helpers.peek() {
        None => plain,
        Some(_) => helpers.any(|helper| matches!(grammar.form(helper), "are" | "were" | "have" | "do")),
    };
    let own = grammar.tree.conjuncts(noun).len() > 1;
    let inner = grammar.tree.children_by(noun, &[Deprel::Nmod]).filter(|&inner| inner > noun && several && !own);
    let lent = inner.flat_map(|inner| grammar.tree.conjuncts(inner).into_iter().filter(move |&other| other != inner));
    lent.filter(|&other| other < verb && grammar.is_nominal(other)).collect()
}

/// Members of a noun's list that a tree has hung on one of its complements, as their small words show: in "piracy in the
/// gulf, the illegal trade and the …" nothing brings the trade that brings the gulf, and in "thanks for the report of the
/// Council as well as for its advice" the advice is brought as the report is.
pub(super) fn lent_below(grammar: &Grammar<'_>, noun: usize) -> Vec<usize> {
    if !grammar.is_nominal(noun) || grammar.is_in_name(noun) {
        return Vec::new();
    }
    let brought = grammar.introduction(noun);
    let inner = grammar.tree.children_by(noun, &[Deprel::Nmod]).filter(|&inner| inner > noun);
    let mut found = Vec::new();
    for inner in inner {
        for other in grammar.tree.conjuncts(inner).into_iter().filter(|&other| other > inner) {
            let own = grammar.introduction(other);
            let same = own.is_some() && own == brought && own != grammar.introduction(inner);
            let begins = own.is_none() && is_definite(grammar, other) && !is_definite(grammar, inner);
            if grammar.is_nominal(other) && !grammar.is_in_name(other) && (same || begins) {
                found.push(other);
            }
        }
    }
    found
}

/// Whether an article or an owner stands before a noun.
fn is_definite(grammar: &Grammar<'_>, noun: usize) -> bool {
    grammar.tree.children_by(noun, &[Deprel::Det, Deprel::NmodPoss]).any(|child| child < noun)
}

/// The verbs that go on with an infinitive although a tree hangs them on the clause above.
pub(super) fn going_on(grammar: &Grammar<'_>, infinitive: usize) -> Vec<usize> {
    let Some(above) = grammar.tree.head(infinitive).filter(|_| grammar.has_to(infinitive)) else { return Vec::new() };
    let conjuncts = grammar.tree.conjuncts(above).into_iter();
    conjuncts.filter(|&verb| goes_on_with(grammar, verb) == Some(infinitive)).collect()
}

/// The last member of a list before "and others of the kind", which trees take for a part of that noun: "the Council, the
/// Fund and other forums".
pub(super) fn taken_for_part(grammar: &Grammar<'_>, last: usize) -> Option<usize> {
    let mut at = grammar.name_end(last) + 1;
    if at >= grammar.tree.len() || grammar.form(at) != "," {
        return None;
    }
    at += 1;
    if at < grammar.tree.len() && grammar.upos(at) == Upos::Det {
        at += 1;
    }
    let part = (at < grammar.tree.len()).then_some(at).filter(|&at| grammar.deprel(at) == Deprel::Compound)?;
    let whole = grammar.tree.head(part)?;
    (part..whole).any(|between| grammar.upos(between) == Upos::Cconj).then_some(part)
}

/// Whether a conjunct of a complement is built like the noun that the complement hangs on, and the complement is not.
pub(super) fn belongs_above(grammar: &Grammar<'_>, inner: usize, conjunct: usize) -> bool {
    let above = grammar.tree.head(inner).filter(|&above| above < inner && grammar.deprel(inner) == Deprel::Nmod);
    let Some(above) = above.filter(|&above| conjunct != inner && grammar.is_nominal(above)) else { return false };
    let built = build(grammar, above);
    built.is_some() && build(grammar, conjunct) == built && build(grammar, inner).is_none()
}

/// How a deed named by a noun is built, where something of it follows: with an article or an owner, or bare.
fn build(grammar: &Grammar<'_>, noun: usize) -> Option<bool> {
    let of = |child: usize| child > noun && grammar.introduction(child).as_deref() == Some("of");
    let follows = grammar.tree.children_by(noun, &[Deprel::Nmod]).any(of);
    let mut before = grammar.tree.children_by(noun, &[Deprel::Det, Deprel::NmodPoss]);
    let named = before.any(|child| child < noun);
    let deed = || WordClass::EventEnding.words().iter().any(|end| grammar.lemma(noun).ends_with(end.as_str()));
    (grammar.upos(noun) == Upos::Noun && follows && (named || deed())).then_some(named)
}

impl Grammar<'_> {
    /// The object of the nearest conjunct to the right, as in "prevent and counter crime".
    pub(super) fn shared_object(&self, node: usize) -> Option<usize> {
        if !self.is_verb(node) {
            return None;
        }
        let first = self.tree.first_conjunct(node);
        let conjuncts = self.tree.conjuncts(first);
        let objects =
            conjuncts.iter().filter(|&&other| self.is_verb(other)).filter_map(|&other| self.own_object(other));
        objects.filter(|&object| object > node && self.nothing_between(node, object)).min()
    }

    /// Whether only verbs, adverbs and small words stand between a verb and the phrase of an object.
    fn nothing_between(&self, verb: usize, object: usize) -> bool {
        let phrase = self.tree.subtree(object).first().copied().unwrap_or(object);
        (verb + 1..phrase).all(|token| !self.is_nominal(token) && self.form(token) != ";")
    }
}
