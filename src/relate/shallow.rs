//! The subject of a finite verb by word order: the first phrase of its clause that hangs on nothing.

use super::coordination;
use super::grammar::Grammar;
use crate::model::{Deprel, Upos};
use crate::seeds::WordList;

impl Grammar<'_> {
    /// The verb whose subject does what an infinitive says: "takes this opportunity to thank" is that of "takes".
    pub(super) fn occasion_of(&self, infinitive: usize) -> Option<usize> {
        let marked = infinitive > 1 && self.is_verb(infinitive) && self.form(infinitive - 1) == "to";
        let noun = (marked && self.is(WordList::Occasions, infinitive - 2)).then(|| infinitive - 2)?;
        let object = matches!(self.deprel(noun), Deprel::Obj | Deprel::Obl);
        self.tree.head(noun).filter(|&verb| object && verb < noun && self.is_verb(verb))
    }

    /// A plural before "which is" gives way to the nearest singular noun on its left.
    pub(super) fn agreeing(&self, pronoun: usize, found: usize) -> usize {
        let next = pronoun + 1;
        let singular = next < self.tree.len() && matches!(self.form(next), "is" | "has" | "was");
        let is_plural = |at: usize| self.form(at).ends_with('s') && self.form(at) != self.lemma(at);
        if !singular || !is_plural(found) {
            return found;
        }
        let noun = |&at: &usize| self.upos(at) == Upos::Noun && !is_plural(at);
        (0..found).rev().take(12).find(noun).unwrap_or(found)
    }

    /// The subject of a finite verb, found without the tree.
    pub fn shallow_subject(&self, verb: usize) -> Option<usize> {
        self.shallow(verb, 4)
    }

    fn shallow(&self, verb: usize, depth: usize) -> Option<usize> {
        if depth == 0 || !self.is_finite_at(verb) {
            return None;
        }
        let group = self.group_start(verb);
        let before = group.checked_sub(1)?;
        if matches!(self.form(before), "which" | "who" | "that") {
            return self.nearest_phrase(before);
        }
        if self.form(before) == "," && self.clausal {
            return self.first_of_which(group);
        }
        let start = match self.clause_start(group) {
            Start::At(start) => start,
            Start::SharedWith(other) => return self.own_subject(other).or_else(|| self.shallow(other, depth - 1)),
        };
        self.first_free_phrase(start, group)
    }

    /// "urge X to do", "call upon X to do": the verb that asks, and X.
    pub fn commanded(&self, verb: usize) -> Option<(usize, usize)> {
        let to = (0..verb).rev().take(3).find(|&at| self.form(at) == "to")?;
        let between = (to + 1..verb).all(|at| self.upos(at) == Upos::Adv);
        let last = to
            .checked_sub(1)
            .filter(|&last| between && matches!(self.upos(last), Upos::Noun | Upos::Propn | Upos::Pron))?;
        let first = (0..=last).rev().take_while(|&at| self.in_phrase(at) || at == last).last()?;
        let mut asker = first.checked_sub(1)?;
        if matches!(self.form(asker), "on" | "upon" | "to" | "for") {
            asker = asker.checked_sub(1)?;
        }
        let asks = self.is_verb(asker) && self.is(crate::seeds::WordList::Commands, asker);
        asks.then_some((asker, last))
    }

    /// "the need for X to do": X.
    pub fn meant_to(&self, verb: usize) -> Option<usize> {
        let to = (0..verb).rev().take(3).find(|&at| self.form(at) == "to")?;
        let between = (to + 1..verb).all(|at| self.upos(at) == Upos::Adv);
        let last = to.checked_sub(1).filter(|&last| between && self.is_nominal(last))?;
        let first = (0..=last).rev().take_while(|&at| self.in_phrase(at) || at == last).last()?;
        let before = first.checked_sub(1)?;
        (self.form(before) == "for").then_some(last)
    }

    /// Whether a verb is finite by its auxiliaries and its form.
    pub fn is_finite_at(&self, verb: usize) -> bool {
        let group = self.group_start(verb);
        if (group..verb).any(|at| self.upos(at) == Upos::Aux) {
            return true;
        }
        let form = self.form(verb);
        let marked = verb > 0 && matches!(self.form(verb - 1), "to" | "not");
        let verbal = matches!(self.upos(verb), Upos::Verb | Upos::Aux);
        let participle = form != self.tree.token(verb).lemma.as_str() && !form.ends_with('s');
        let by = verb + 1 < self.tree.len() && self.form(verb + 1) == "by";
        let modifies = matches!(self.deprel(verb), Deprel::Acl | Deprel::Amod | Deprel::Advcl | Deprel::Xcomp);
        verbal
            && !marked
            && !form.ends_with("ing")
            && self.deprel(verb) != Deprel::Aux
            && !(participle && (by || modifies))
            && coordination::goes_on_with(self, verb).is_none()
    }

    /// Whether the sentence is a question.
    pub fn asks(&self) -> bool {
        self.tree.len().checked_sub(1).is_some_and(|last| self.form(last) == "?")
    }

    /// Whether a word makes a clause of its own: a finite verb, or one that speaks for the holder.
    pub fn makes_clause(&self, word: usize) -> bool {
        !self.is_verb(word) || self.speaks_for_holder(word) || self.is_finite_at(word)
    }

    /// "there can be no military solution": whether its clause says that there is or is not such a thing.
    pub fn is_said_to_be(&self, noun: usize) -> bool {
        let Some(be) = self.tree.head(noun).filter(|&be| self.lemma(be) == "be" && be < noun) else { return false };
        (0..be).rev().take(4).any(|at| self.form(at) == "there" && self.tree.head(at) == Some(be))
    }

    /// "the meeting of X, held in": the phrase that a participle behind a comma describes.
    pub fn before_comma(&self, participle: usize) -> Option<usize> {
        let last = participle.checked_sub(2).filter(|_| self.form(participle - 1) == ",")?;
        let describes = matches!(self.deprel(participle), Deprel::Advcl | Deprel::Acl | Deprel::AclRelcl);
        if !describes || !self.is_nominal(last) || self.tree.child(participle, Deprel::AuxPass).is_some() {
            return None;
        }
        let mut at = last;
        while let Some(head) = self.tree.head(at).filter(|&head| head < at && self.is_nominal(head)) {
            at = head;
        }
        (at > 0 && !self.is_relative(at)).then_some(at)
    }

    /// Where the verb's auxiliaries and adverbs start.
    pub fn group_start(&self, verb: usize) -> usize {
        let small = |&at: &usize| matches!(self.upos(at), Upos::Aux | Upos::Adv) || self.form(at) == "not";
        (0..verb).rev().take_while(small).last().unwrap_or(verb)
    }

    /// Where the clause of a verb group starts, or the verb that it shares its subject with.
    fn clause_start(&self, group: usize) -> Start {
        // Behind a comma the verb goes on with a clause that an insertion has broken off: "X, which does Y, faces Z".
        let resumes = group > 0 && self.form(group - 1) == ",";
        for at in (0..group).rev().filter(|&at| !self.is_in_name(at)) {
            let form = self.form(at);
            let relative = matches!(form, "which" | "who" | "whom" | "whose");
            let joint = matches!(form, ";" | ":" | "whether" | "because" | "while" | "if" | "since");
            let that = form == "that" && matches!(self.upos(at), Upos::Sconj | Upos::Pron);
            if joint || that || (relative && !resumes) {
                return Start::At(at + 1);
            }
            if resumes && self.upos(at) == Upos::Cconj {
                continue;
            }
            if self.upos(at) == Upos::Cconj
                && let Some(other) = self.finite_before(at)
            {
                return match self.first_free_phrase(at + 1, group) {
                    Some(_) => Start::At(at + 1),
                    None => Start::SharedWith(other),
                };
            }
        }
        Start::At(0)
    }

    /// In a resolution's list of acts ("in which the Council decided …, encouraged …, and requested …") the subject behind
    /// the last "which".
    fn first_of_which(&self, group: usize) -> Option<usize> {
        let which = (0..group).rev().find(|&at| matches!(self.form(at), "which" | ";"))?;
        self.first_free_phrase(which + 1, group)
    }

    /// The nearest finite verb to the left in the same clause.
    fn finite_before(&self, conjunction: usize) -> Option<usize> {
        let outside = (0..conjunction).rev().filter(|&at| !self.is_in_name(at));
        let same = outside.take_while(|&at| !matches!(self.form(at), ";" | ":"));
        same.filter(|&at| self.is_verb(at)).find(|&at| self.is_finite_at(at))
    }

    /// The first noun phrase that neither a preposition nor a verb governs.
    fn first_free_phrase(&self, start: usize, end: usize) -> Option<usize> {
        let mut at = start;
        while at < end {
            if !self.in_phrase(at) && self.upos(at) != Upos::Pron {
                at += 1;
                continue;
            }
            let governed = at > start
                && (matches!(self.upos(at - 1), Upos::Adp | Upos::Verb | Upos::Part | Upos::Aux)
                    || (self.upos(at - 1) == Upos::Sconj && self.form(at - 1) != "that"));
            let head = self.phrase_from(at).filter(|&head| head < end);
            if let Some(head) = head.filter(|_| !governed) {
                return Some(head);
            }
            at = self.name_end(head.unwrap_or(at).max(at)) + 1;
        }
        None
    }

    /// The noun phrase that ends nearest to the left.
    pub fn nearest_phrase(&self, end: usize) -> Option<usize> {
        let nominal = |&at: &usize| matches!(self.upos(at), Upos::Noun | Upos::Propn) && !self.is_relative(at);
        let nearest = (0..end).rev().take(4).find(nominal)?;
        self.names[nearest].map_or(Some(nearest), |(first, _)| self.phrase_from(first))
    }
}

enum Start {
    At(usize),
    SharedWith(usize),
}
