//! Where a denial stands that the tree hangs elsewhere, and clauses that lay down what others shall do.

use super::grammar::{Arg, Grammar};
use super::trigger::Hit;
use crate::model::{Deprel, Upos};
use crate::seeds::{WordClass, WordList};

/// How far to the left of a verb a denial is looked for.
const REACH: usize = 6;

impl Grammar<'_> {
    /// Whether a verb is said of all or by all of some: what is denied then may hold of many of them ("not supported by
    /// all").
    pub fn says_all(&self, verb: usize) -> bool {
        let all = |at: usize| {
            let quantified = |child: usize| matches!(self.form(child), "all" | "every" | "both" | "each");
            self.tree.children_by(at, &[Deprel::Det, Deprel::DetPredet]).any(quantified)
        };
        let object = match self.object(verb) {
            Some(Arg::Token(object)) if self.is_verb(verb) => Some(object),
            _ => None,
        };
        object.into_iter().chain(self.agent(verb)).any(all)
    }

    /// Whether a denial stands among the words right before a verb and hangs, by the tree, on none of them and not on the
    /// verb: nobody can tell what it denies.
    pub fn is_denied_unseen(&self, verb: usize) -> bool {
        if !self.is_verb(verb) {
            return false;
        }
        let before = (0..verb).rev().take(REACH).take_while(|&at| {
            matches!(self.upos(at), Upos::Adv | Upos::Aux | Upos::Part) || self.is(WordList::Denials, at)
        });
        before.filter(|&at| self.is(WordList::Denials, at) && self.idioms.list_at(at).is_none()).any(|at| {
            let head = self.tree.head(at);
            head != Some(verb) && head.is_none_or(|head| !self.leads_to(verb, head))
        })
    }

    /// Whether a denial bears on one word of its clause only: "cannot solve it alone", "is not true of every State".
    pub fn narrows_denial(&self, denial: usize, verb: usize) -> bool {
        let inside = |&at: &usize| self.tree.is_under(at, verb) || at == verb;
        let ends = |at: usize| matches!(self.form(at), "," | ";" | ":") || WordClass::AfterDenial.has(self.form(at));
        let mut behind = (denial + 1..self.tree.len()).take_while(|&at| !ends(at)).filter(inside);
        let of_verb = self.form(verb).ends_with("ing") && self.own_subject(verb).is_none();
        of_verb && self.tree.children_by(verb, &[Deprel::Aux]).next().is_none()
            || behind.any(|at| self.is(WordList::Narrowing, at) || self.words.has(WordList::Narrowing, self.form(at)))
    }

    /// "Should we not support them": a question, whatever mark it ends with; "nor should we" is none.
    pub fn asks_by_denial(&self, denial: usize, verb: usize) -> bool {
        let subject = self.tree.children_by(verb, &[Deprel::Nsubj, Deprel::NsubjPass]).next();
        let Some(subject) = subject.filter(|&subject| subject < verb) else { return false };
        let mut auxiliaries = self.tree.children_by(verb, &[Deprel::Aux, Deprel::AuxPass, Deprel::Cop]);
        let Some(inverted) = auxiliaries.find(|&aux| aux < subject) else { return false };
        let before = inverted.saturating_sub(REACH)..inverted;
        denial > inverted
            && before.into_iter().all(|at| !self.is(WordList::Denials, at) && self.idioms.list_at(at).is_none())
    }

    /// Whether a word stands above a verb, so that what hangs on it is met on the way up.
    fn leads_to(&self, verb: usize, above: usize) -> bool {
        self.tree.is_under(verb, above)
    }

    /// Whether a clause holds but for an exception: "may not speak without permission", "none is complete without it".
    pub fn has_exception(&self, head: usize) -> bool {
        let behind = [Deprel::Obl, Deprel::Nmod, Deprel::Advcl];
        let excepts = |phrase: usize| {
            let word = self.introduction(phrase);
            word.is_some_and(|word| WordClass::ExceptionWord.has(word.split(' ').next().unwrap_or_default()))
        };
        self.tree.children_by(head, &behind).any(|phrase| phrase > head && excepts(phrase))
    }

    /// Whether it is denied only that there is anything to tell: "I do not have a meeting with X to announce".
    pub fn has_nothing_to_tell(&self, hit: &Hit) -> bool {
        let has = |&word: &usize| self.lemma(word) == "have" && self.deprel(word) != Deprel::Aux;
        let ours = hit.words.iter().flat_map(|&word| [Some(word), self.tree.head(word)]).flatten();
        let Some(have) = ours.filter(has).min() else { return false };
        let told = |to: usize| {
            self.form(to) == "to" && to + 1 < self.tree.len() && WordClass::TellingDeed.has(self.lemma(to + 1))
        };
        (have + 1..self.tree.len()).any(told)
    }

    /// Whether a verb is what somebody must do or is asked to do.
    pub fn is_demanded(&self, verb: usize) -> bool {
        let must = |word: usize| self.is(WordList::Obligations, word) && self.lemma(word) != "have";
        let asked = || {
            let above = self.tree.head(verb).filter(|_| self.is_infinitive(verb));
            let meant = [WordList::Commands, WordList::Undertakings];
            above.is_some_and(|above| must(above) || meant.iter().any(|&list| self.is(list, above)))
        };
        self.is_verb(verb) && (self.tree.children_by(verb, &[Deprel::Aux]).any(must) || asked())
    }

    /// "withdrew its support", "the withdrawal of its support", "is free from responsibility", "failed in its support".
    pub fn is_taken_back(&self, at: usize, head: usize) -> bool {
        let brought = self.introduction(at);
        let by = |words: &[&str]| brought.as_deref().is_some_and(|word| words.contains(&word));
        let role = match self.deprel(at) {
            Deprel::Obj | Deprel::NsubjPass => true,
            // "at the end of his term" takes nothing back.
            Deprel::Nmod => by(&["of", "for"]) && self.introduction(head).is_none_or(|word| word == "of"),
            Deprel::Obl => by(&["from", "of"]) && (self.is_verb(head) || self.upos(head) == Upos::Adj),
            _ => false,
        };
        let fails = self.is_verb(head) && self.is(WordList::Failures, head);
        role && (fails || self.is(WordList::Retractions, head))
    }

    /// Whether a verb is said with "do": "does not support", where a finite conjunct is outside of the denial.
    pub fn has_do(&self, verb: usize) -> bool {
        self.tree.children_by(verb, &[Deprel::Aux]).any(|aux| self.lemma(aux) == "do")
    }

    /// Whether a member of a list is what is not meant: "dialogue rather than war", "dialogue, not war".
    pub fn is_left_out(&self, member: usize) -> bool {
        let joints = self.tree.children_by(member, &[Deprel::Cc, Deprel::Advmod, Deprel::Case, Deprel::Mark]);
        let mut before = joints.filter(|&joint| joint < member);
        before.any(|joint| self.is(WordList::Excluding, joint) && self.idioms.list_at(joint).is_none())
    }

    /// Whether a word is the first of its clause.
    pub fn opens_clause(&self, word: usize) -> bool {
        word == 0 || matches!(self.form(word - 1), "," | ";" | ":" | "and" | "but" | "-" | "–" | "—")
    }

    /// Whether a clause lays down a rule ("States parties shall"): its subject is not the speaker, and no act of the
    /// holder ("Decides that") stands above it.
    pub fn lays_down(&self, verb: usize) -> bool {
        let speaker = self.own_subject(verb).is_some_and(|subject| matches!(self.form(subject), "i" | "we"));
        let act = self.opener.is_some_and(|opener| self.is(WordList::Acts, opener));
        let mut above = self.tree.head(verb);
        for _ in 0..4 {
            match above {
                Some(head) if self.is(WordList::Acts, head) || self.is(WordList::Opinions, head) => return false,
                Some(head) => above = self.tree.head(head),
                None => break,
            }
        }
        !speaker && !act
    }

    /// "the need for X to act": the first word of X, and the deed.
    pub fn needed_of(&self, noun: usize) -> Option<(usize, usize)> {
        let next = noun + 1;
        if self.is_verb(noun) || next >= self.tree.len() || self.form(next) != "for" || !self.is(WordList::Needs, noun)
        {
            return None;
        }
        let doer = self.phrase_from(next + 1)?;
        let end = self.tree.len().min(doer + REACH);
        let to = (doer + 1..end).find(|&at| self.form(at) == "to" && at + 1 < self.tree.len())?;
        let plain = (doer + 1..to).all(|at| self.in_phrase(at) || matches!(self.form(at), "of" | "'s" | "’s"));
        let deed = (to + 1..self.tree.len().min(to + 3)).find(|&at| self.upos(at) != Upos::Adv)?;
        (plain && self.is_verb(deed)).then_some((next + 1, deed))
    }

    /// Whether a word stands in a relative clause that narrows its noun: "whose services are necessary".
    pub fn is_aside(&self, word: usize) -> bool {
        let mut at = word;
        for _ in 0..4 {
            if self.deprel(at) == Deprel::AclRelcl {
                let first = self.tree.subtree(at).first().copied().unwrap_or(at);
                return first > 0 && self.form(first - 1) != ",";
            }
            match self.tree.head(at).filter(|_| matches!(self.deprel(at), Deprel::Conj | Deprel::Xcomp)) {
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    }

    /// Whether a participle describes its noun right behind it or before it, with no comma between: "groups not bound by it".
    pub fn is_modifier(&self, verb: usize) -> bool {
        matches!(self.deprel(verb), Deprel::Acl | Deprel::Amod)
            && self.tree.children_by(verb, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Mark]).next().is_none()
            && self.tree.head(verb).is_some_and(|noun| self.is_nominal(noun))
            && self.tree.subtree(verb).first().is_none_or(|&first| first == 0 || self.form(first - 1) != ",")
    }

    /// "prevent officials from being held to account": what the object is kept from.
    pub fn kept_from(&self, object: usize) -> Option<usize> {
        let verb = self.tree.head(object).filter(|&verb| self.is_verb(verb) && self.deprel(object) == Deprel::Obj)?;
        if !self.is(WordList::Against, verb) && !self.is(WordList::Harming, verb) {
            return None;
        }
        let roles = [Deprel::Advcl, Deprel::Acl, Deprel::Obl, Deprel::Nmod, Deprel::Xcomp];
        let mut places = [verb, object].into_iter().flat_map(|at| self.tree.children_by(at, &roles));
        places.find(|&at| at > object && self.is_verb(at) && self.introduction(at).as_deref() == Some("from"))
    }

    /// The nearest verb above a word of a noun phrase.
    pub fn verb_above(&self, word: usize) -> Option<usize> {
        let mut at = word;
        for _ in 0..6 {
            at = self.tree.head(at)?;
            if self.is_verb(at) {
                return Some(at);
            }
        }
        None
    }

    /// Whom a noun or a verb with such a noun asks for something: "its call on X to", "renews its request to X to".
    pub fn asked(&self, word: usize) -> Option<usize> {
        let noun = match self.is_verb(word) {
            true => self.tree.child(word, Deprel::Obj)?,
            false => word,
        };
        if !self.is(WordList::Requests, noun) {
            return None;
        }
        let to = |child: &usize| matches!(self.introduction(*child).as_deref(), Some("on" | "upon" | "to" | "for"));
        let phrases = [Deprel::Nmod, Deprel::Obl];
        let own = self.tree.children_by(noun, &phrases).filter(|&child| self.is_nominal(child)).find(to);
        let verbs = || self.tree.children_by(word, &phrases).filter(|&child| self.is_nominal(child)).find(to);
        own.or_else(verbs).filter(|&asked| asked > noun)
    }
}
