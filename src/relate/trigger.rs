//! Finds the words that set a rule off.

use super::grammar::Grammar;
use crate::model::{Deprel, Upos};
use crate::seeds::{Part, Trigger};

/// A place where a rule is set off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// The word whose subject, object, negation and modality count.
    pub anchor: usize,
    /// The carrier of a light verb, if there is one: its phrases count before the anchor's.
    pub carrier: Option<usize>,
    /// Whether the anchor is an adjective, whose subject is what it describes.
    pub describes: bool,
    /// All words of the trigger.
    pub words: Vec<usize>,
}

impl Hit {
    /// Whether it is a modal that sets off what stands under it: "must act".
    pub fn governs(&self) -> bool {
        self.words.first().is_some_and(|&first| first != self.anchor)
    }

    /// The words whose phrases are looked at, the carrier first.
    pub fn nodes(&self) -> impl Iterator<Item = usize> {
        self.carrier.into_iter().chain([self.anchor])
    }
}

/// The hit of a trigger on the word at `token`; `opens` tells that the word opens a clause of a resolution, where
/// taggers take verbs for nouns.
pub(super) fn hit(grammar: &Grammar<'_>, trigger: &Trigger, token: usize, opens: bool) -> Option<Hit> {
    let upos = grammar.upos(token);
    // "From the first day we needed to act": what one needed then nobody asks for now.
    let past = grammar.form(token) == "needed" && grammar.tree.child(token, Deprel::Xcomp).is_some();
    if past && grammar.tree.child(token, Deprel::Nsubj).is_some() {
        return None;
    }
    let fits = match trigger.part {
        Part::Verb => {
            upos == Upos::Verb && grammar.deprel(token) != Deprel::Case && !is_compounded(grammar, token)
                || opens
                || (upos == Upos::Aux && grammar.deprel(token) != Deprel::Aux)
        }
        Part::Noun => matches!(upos, Upos::Noun | Upos::Propn) && !opens && grammar.deprel(token) != Deprel::Compound,
        Part::Adjective => {
            let active = upos == Upos::Verb && grammar.tree.child(token, Deprel::Obj).is_some();
            (matches!(upos, Upos::Adj | Upos::Verb) && !active || opens) && grammar.form(token) == trigger.word
        }
        Part::Modal => {
            // "has supported" is no "has to support", and what one had to do nobody asks for.
            let perfect = grammar.lemma(token) == "have"
                && (grammar.deprel(token) == Deprel::Aux || grammar.form(token) == "had");
            // "measures needed to correct it" need not be taken.
            let described = grammar.form(token) != grammar.lemma(token)
                && matches!(grammar.deprel(token), Deprel::Acl | Deprel::Amod | Deprel::Advcl);
            // "More needs to be done", where the tagger sees a noun.
            let clause = || grammar.tree.child(token, Deprel::Xcomp).is_some_and(|verb| grammar.has_to(verb));
            let verb = matches!(upos, Upos::Verb | Upos::Part | Upos::Aux) || upos == Upos::Noun && clause();
            verb && !perfect && !described
        }
        Part::Word => grammar.form(token) == trigger.word,
    };
    if !fits {
        return None;
    }
    let mut words = vec![token];
    words.extend(particles(grammar, trigger, token)?);
    let mut hit = Hit { anchor: token, carrier: None, describes: trigger.part == Part::Adjective, words };
    if trigger.part == Part::Modal {
        if grammar.asks() {
            return None;
        }
        hit.anchor = governed(grammar, token).or_else(|| predicate(grammar, trigger, token))?;
        hit.words.push(hit.anchor);
        let is_verb = grammar.is_verb(hit.anchor);
        if is_only_told(grammar, token, hit.anchor) {
            return None;
        }
        return (!is_verb || admits(grammar, trigger, hit.anchor)).then_some(hit);
    }
    if !trigger.carriers.is_empty() {
        let carrier = carrier(grammar, trigger, token)?;
        hit.carrier = Some(carrier);
        hit.words.push(carrier);
    }
    let introduced =
        || grammar.introduction(token).is_some_and(|word| trigger.introduced.iter().any(|one| *one == word));
    // "noun: time < be" wants it to be called so: "it is time for".
    let called = || {
        let be = trigger.introduced.iter().any(|one| *one == "be");
        be && grammar.tree.child(token, Deprel::Cop).is_some_and(|copula| copula < token)
    };
    if !trigger.introduced.is_empty() && !introduced() && !called() {
        return None;
    }
    let denied = trigger.except.iter().any(|word| children_say(grammar, token, word));
    (!denied).then_some(hit)
}

/// Whether a participle is the end of a word: nothing is based on anything in "gender-based violence".
fn is_compounded(grammar: &Grammar<'_>, token: usize) -> bool {
    grammar.deprel(token) == Deprel::Amod && token.checked_sub(1).is_some_and(|before| grammar.form(before) == "-")
}

/// The verb that a modal stands with.
fn governed(grammar: &Grammar<'_>, modal: usize) -> Option<usize> {
    if matches!(grammar.deprel(modal), Deprel::Aux | Deprel::Mark) {
        return grammar.tree.head(modal).filter(|&verb| grammar.is_verb(verb));
    }
    let next = (modal + 1..grammar.tree.len()).find(|&at| grammar.upos(at) != Upos::Adv)?;
    let verb = grammar.tree.child(modal, Deprel::Xcomp).filter(|&verb| grammar.is_infinitive(verb))?;
    // "has no evidence to prove" is no obligation.
    (grammar.form(next) == "to").then_some(verb)
}

/// "We have only to look", "you will have to ask him": turns of speech, with which nobody calls for anything.
fn is_only_told(grammar: &Grammar<'_>, modal: usize, verb: usize) -> bool {
    let only = (modal..verb).any(|at| grammar.form(at) == "only");
    let spoken_to = grammar.lemma(modal) == "have"
        && grammar.own_subject(modal).or_else(|| grammar.own_subject(verb)).is_some_and(|at| grammar.form(at) == "you");
    only || spoken_to
}

/// What a thing must be, for a trigger that asks for "be": "clear" in "must be clear".
fn predicate(grammar: &Grammar<'_>, trigger: &Trigger, modal: usize) -> Option<usize> {
    let wanted = trigger.carriers.iter().any(|word| *word == "be") && grammar.deprel(modal) == Deprel::Aux;
    let head = grammar.tree.head(modal).filter(|_| wanted)?;
    let copula = grammar.tree.child(head, Deprel::Cop)?;
    (modal < copula && copula < head).then_some(head)
}

fn admits(grammar: &Grammar<'_>, trigger: &Trigger, verb: usize) -> bool {
    let lemma = grammar.lemma(verb);
    let wanted = trigger.carriers.is_empty() || trigger.carriers.iter().any(|word| *word == lemma);
    wanted && !trigger.except.iter().any(|word| *word == lemma)
}

/// The particles' tokens: they follow at once, or hang on the word as particles.
fn particles(grammar: &Grammar<'_>, trigger: &Trigger, token: usize) -> Option<Vec<usize>> {
    let mut found = Vec::new();
    let mut next = token + 1;
    for particle in &trigger.particles {
        let follows = next < grammar.tree.len() && grammar.form(next) == *particle;
        let hangs = || {
            let parts = [Deprel::CompoundPrt, Deprel::Advmod];
            grammar.tree.children_by(token, &parts).find(|&child| grammar.form(child) == *particle)
        };
        let at = if follows { Some(next) } else { hangs() }?;
        next = at + 1;
        found.push(at);
    }
    Some(found)
}

/// The noun or adjective that carries a light verb's meaning.
fn carrier(grammar: &Grammar<'_>, trigger: &Trigger, verb: usize) -> Option<usize> {
    // "thanks him for his commitment" makes no commitment.
    let anothers = |token: usize| grammar.introduction(token).as_deref() == Some("for");
    let carries =
        |token: &usize| trigger.carriers.iter().any(|word| *word == grammar.lemma(*token)) && !anothers(*token);
    let roles =
        [Deprel::Obj, Deprel::NsubjPass, Deprel::Obl, Deprel::Xcomp, Deprel::Nmod, Deprel::Nsubj, Deprel::Ccomp];
    let own = grammar.tree.children_by(verb, &roles).flat_map(|child| grammar.tree.conjuncts(child)).find(carries);
    // "made the harbour a priority".
    let beside = || {
        let mut objects = grammar.tree.children_by(verb, &[Deprel::Obj]);
        let named = objects.find_map(|object| grammar.tree.child(object, Deprel::Appos));
        named.filter(carries).filter(|_| grammar.lemma(verb) == "make")
    };
    own.or_else(beside).or_else(|| match grammar.object(verb) {
        Some(super::grammar::Arg::Token(object)) => Some(object).filter(carries),
        _ => None,
    })
}

fn children_say(grammar: &Grammar<'_>, token: usize, word: &str) -> bool {
    grammar.tree.children(token).any(|child| grammar.lemma(child) == word)
}
