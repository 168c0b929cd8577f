//! Whether what a clause says is denied, hoped for, asked for, or another's words.

use super::grammar::{Arg, Grammar};
use super::trigger::Hit;
use crate::model::{Deprel, Modality};
use crate::seeds::WordList;

/// How a clause is put.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Context {
    pub negated: bool,
    pub modality: Modality,
    /// Whose words it is, where the text says so.
    pub sayer: Option<Arg>,
}

/// Reads the context of a trigger, from its own word upwards.
pub(super) fn context(grammar: &Grammar<'_>, hit: &Hit) -> Context {
    let mut reader = Reader { grammar, context: Context { negated: false, modality: Modality::Asserted, sayer: None } };
    if let Some(carrier) = hit.carrier {
        reader.deny(carrier);
    }
    reader.climb(hit.anchor);
    reader.context
}

struct Reader<'g, 'a> {
    grammar: &'g Grammar<'a>,
    context: Context,
}

impl Reader<'_, '_> {
    fn climb(&mut self, anchor: usize) {
        let mut at = anchor;
        self.local(at);
        if self.grammar.speaks_for_holder(anchor) {
            return;
        }
        if let Some((asker, _)) = self.grammar.commanded(anchor) {
            self.put(Modality::Proposal);
            self.say(asker);
            return;
        }
        for _ in 0..8 {
            match self.step(at) {
                Some(head) => at = head,
                None => break,
            }
        }
    }

    /// Takes what hangs on the way from `at` to its head; the head, if the climb goes on.
    fn step(&mut self, at: usize) -> Option<usize> {
        let grammar = self.grammar;
        let head = grammar.tree.head(at)?;
        match grammar.deprel(at) {
            Deprel::Conj => self.shares(at, head).then(|| {
                self.local(head);
                head
            }),
            Deprel::Xcomp | Deprel::Ccomp | Deprel::Csubj => self.complement(at, head),
            Deprel::Advcl | Deprel::Acl | Deprel::AclRelcl => self.adjunct(at, head),
            Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::Nsubj | Deprel::NsubjPass if grammar.is_nominal(at) => {
                self.deny(head);
                None
            }
            _ => None,
        }
    }

    /// Whether a conjunct stands under the modals and denials of the first: it has no subject or auxiliary of its own.
    fn shares(&self, at: usize, head: usize) -> bool {
        let own = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Aux, Deprel::AuxPass, Deprel::Cop];
        self.grammar.is_verb(head) == self.grammar.is_verb(at)
            && self.grammar.tree.children_by(at, &own).next().is_none()
    }

    fn complement(&mut self, at: usize, head: usize) -> Option<usize> {
        let grammar = self.grammar;
        let is = |list| grammar.is(list, head);
        if is(WordList::Wishes) && self.speech_act(head) {
            self.deny(head);
            return None;
        }
        if is(WordList::Commands) {
            self.put(Modality::Proposal);
            self.say(head);
            return None;
        }
        if is(WordList::Obligations) || is(WordList::Needs) {
            self.put(Modality::Proposal);
        }
        let performed =
            grammar.speaks_for_holder(head) && matches!(grammar.lemma(head), "decide" | "resolve" | "agree");
        if is(WordList::Undertakings) && grammar.is_infinitive(at) && !performed {
            self.put(Modality::Purpose);
        }
        if is(WordList::Failures) {
            self.context.negated = !self.context.negated;
        }
        let told = is(WordList::Opinions) || is(WordList::Reports) || is(WordList::Contradictions);
        if grammar.deprel(at) != Deprel::Xcomp && told {
            if is(WordList::Opinions) {
                self.put(Modality::Opinion);
                // "We do not believe that it helps" is said of its helping.
                self.deny(head);
            }
            if is(WordList::Contradictions) {
                self.context.negated = !self.context.negated;
            }
            self.say(head);
            return None;
        }
        self.local(head);
        Some(head)
    }

    /// "I would like to thank": the wish is the act. A wish of somebody else stays a wish.
    fn speech_act(&self, wish: usize) -> bool {
        let subject = self.grammar.own_subject(wish);
        subject.is_none_or(|subject| matches!(self.grammar.form(subject), "i" | "we" | "me" | "us" | "delegation"))
    }

    fn adjunct(&mut self, at: usize, head: usize) -> Option<usize> {
        let grammar = self.grammar;
        let introduction = grammar.introduction(at);
        match introduction.as_deref() {
            Some("without") => self.context.negated = !self.context.negated,
            Some(word) if grammar.words.has(WordList::Conditions, word) => self.put(Modality::Possibility),
            _ => {}
        }
        if grammar.deprel(at) == Deprel::AclRelcl {
            return None;
        }
        if grammar.is_infinitive(at) || self.under_purpose(at) {
            let needed = grammar.is(WordList::Needs, head) || grammar.is(WordList::Commands, head);
            self.put(if needed { Modality::Proposal } else { Modality::Purpose });
            if grammar.is(WordList::Commands, head) {
                self.say(head);
            }
        }
        None
    }

    /// "with a view to doing", "for the purpose of doing": the noun above opens a purpose.
    fn under_purpose(&self, at: usize) -> bool {
        self.grammar.tree.head(at).is_some_and(|head| self.grammar.is(WordList::Purposes, head))
    }

    /// Denials and modals that hang on a word.
    fn local(&mut self, at: usize) {
        self.deny(at);
        let grammar = self.grammar;
        let according = |phrase: &usize| {
            grammar.tree.children_by(*phrase, &[Deprel::Case]).any(|case| grammar.form(case) == "according")
        };
        if let Some(source) = grammar.tree.children_by(at, &[Deprel::Obl]).find(according) {
            self.context.sayer.get_or_insert(Arg::Token(source));
        }
        for aux in grammar.tree.children_by(at, &[Deprel::Aux]) {
            if grammar.lemma(aux) == "have" {
                continue;
            }
            if grammar.is(WordList::Obligations, aux) {
                self.put(Modality::Proposal);
            } else if grammar.is(WordList::Possibilities, aux) {
                self.put(Modality::Possibility);
            }
        }
    }

    fn deny(&mut self, at: usize) {
        let roles = [Deprel::Advmod, Deprel::Det, Deprel::CcPreconj, Deprel::Cc, Deprel::Case];
        let denials = self.grammar.tree.children_by(at, &roles).filter(|&child| self.denies(child));
        if denials.count() % 2 == 1 {
            self.context.negated = !self.context.negated;
        }
    }

    /// "not", but not "not only".
    fn denies(&self, word: usize) -> bool {
        let next = word + 1;
        let only =
            next < self.grammar.tree.len() && matches!(self.grammar.form(next), "only" | "just" | "merely" | "least");
        self.grammar.is(WordList::Denials, word) && !only
    }

    /// The first word on the way up decides.
    fn put(&mut self, modality: Modality) {
        if self.context.modality == Modality::Asserted {
            self.context.modality = modality;
        }
    }

    fn say(&mut self, verb: usize) {
        if self.context.sayer.is_none() {
            self.context.sayer = self.grammar.subject(verb);
        }
    }
}
