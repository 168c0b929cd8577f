//! Who does what to whom in a tree: voice, relative clauses, control, coordination.
//!
//! Trees have faults, so every question has a fallback: a shared object is looked for at each conjunct, a missing
//! subject at the clause above.

use super::coordination;
use super::idioms::Idioms;
use super::spelling::Spelling;
use crate::model::{Deprel, Span, Tree, Upos};
use crate::seeds::{WordClass, WordList, Words};

/// How far a question climbs before it gives up.
pub(super) const DEPTH: usize = 8;

/// Where an argument stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arg {
    /// The word that heads it.
    Token(usize),
    /// Not in words: whose document it is.
    Holder,
    /// Not in words: the document itself.
    Document,
}

/// A sentence with the questions that rules ask of it.
pub(super) struct Grammar<'a> {
    pub tree: Tree<'a>,
    /// Lemmas and forms in lower case.
    pub spelling: Vec<Spelling>,
    /// Parts of speech, second thoughts included.
    pub tags: Vec<Upos>,
    /// For each word inside a name of several words, the name's first and last word.
    pub names: Vec<Option<(usize, usize)>>,
    pub words: &'a Words,
    /// What denies, and what only looks like it.
    pub idioms: Idioms,
    /// Whether a clause without a subject speaks for the document's holder, as in resolutions.
    pub clausal: bool,
    /// In such a clause, the word that opens it.
    pub opener: Option<usize>,
    /// The part of the sentence, in bytes, whose words somebody is said to say.
    pub told: Option<Span>,
}

impl Grammar<'_> {
    /// The lemma in lower case.
    pub fn lemma(&self, token: usize) -> &str {
        &self.spelling[token].lemma
    }

    /// The form in lower case.
    pub fn form(&self, token: usize) -> &str {
        &self.spelling[token].form
    }

    /// Whether a word is inside a name, where it says nothing by itself.
    pub fn is_in_name(&self, token: usize) -> bool {
        self.names[token].is_some()
    }

    /// Where the name ends that a word stands in; the word itself outside of names.
    pub fn name_end(&self, token: usize) -> usize {
        self.names[token].map_or(token, |(_, last)| last)
    }

    pub fn is(&self, list: WordList, token: usize) -> bool {
        self.words.has(list, self.lemma(token))
    }

    pub fn upos(&self, token: usize) -> Upos {
        self.tags[token]
    }

    pub fn deprel(&self, token: usize) -> Deprel {
        self.tree.token(token).deprel
    }

    pub fn is_verb(&self, token: usize) -> bool {
        self.upos(token) == Upos::Verb
    }

    /// A noun, name, number or pronoun.
    pub fn is_nominal(&self, token: usize) -> bool {
        matches!(self.upos(token), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Sym | Upos::X)
    }

    /// What introduces a phrase or clause: its preposition or mark, in lower case ("in", "such as", "to").
    pub fn introduction(&self, token: usize) -> Option<String> {
        let first =
            self.tree.children(token).find(|&child| matches!(self.deprel(child), Deprel::Case | Deprel::Mark))?;
        let mut words = self.form(first).to_owned();
        for fixed in self.tree.children_by(first, &[Deprel::Fixed]) {
            words.push(' ');
            words.push_str(self.form(fixed));
        }
        Some(words)
    }

    /// Whether it is an infinitive with "to".
    pub fn is_infinitive(&self, token: usize) -> bool {
        self.has_to(token) || coordination::goes_on_with(self, token).is_some()
    }

    /// Whether "to" stands with it.
    pub fn has_to(&self, token: usize) -> bool {
        // "so as prevent it", as it is often written, is "so as to".
        let so_as = |mark: usize| self.form(mark) == "as" && mark > 0 && self.form(mark - 1) == "so";
        self.tree.children_by(token, &[Deprel::Mark]).any(|mark| self.form(mark) == "to" || so_as(mark))
    }

    /// Whether a verb is in the passive, finite or as a participle beside a noun.
    pub fn is_passive(&self, verb: usize) -> bool {
        if !self.is_verb(verb) || self.form(verb).ends_with("ing") {
            return false;
        }
        let group = self.group_start(verb);
        let mut auxiliaries = (group..verb).filter(|&at| self.upos(at) == Upos::Aux).peekable();
        if auxiliaries.peek().is_some() {
            let passive = auxiliaries.any(|at| matches!(self.lemma(at), "be" | "get"));
            return passive && self.is_past_participle(verb);
        }
        let plain = !self
            .tree
            .children(verb)
            .any(|child| matches!(self.deprel(child), Deprel::Mark | Deprel::Cop | Deprel::Nsubj | Deprel::Obj));
        match self.deprel(verb) {
            _ if self.agent(verb).is_some() && self.is_past_participle(verb) => true,
            Deprel::Acl | Deprel::Advcl | Deprel::Amod => plain && self.is_past_participle(verb),
            Deprel::AclRelcl => plain && self.is_past_participle(verb) && verb > 0 && self.form(verb - 1) == ",",
            Deprel::Conj => {
                plain && self.is_past_participle(verb) && self.tree.head(verb).is_some_and(|head| self.is_passive(head))
            }
            _ => false,
        }
    }

    fn is_past_participle(&self, verb: usize) -> bool {
        let form = self.form(verb);
        let irregular = WordClass::UnchangedParticiple.has(form);
        irregular || form != self.tree.token(verb).lemma.as_str() && !form.ends_with("ing") && !form.ends_with('s')
    }

    /// Of whom an adjective or participle used as one is said: "X, committed to", "X is ready to".
    pub fn described(&self, adjective: usize) -> Option<Arg> {
        self.said_of(adjective).map(Arg::Token).or_else(|| self.surface_subject(adjective, DEPTH))
    }

    /// Who does it.
    pub fn subject(&self, node: usize) -> Option<Arg> {
        if self.speaks_for_holder(node) {
            return Some(Arg::Holder);
        }
        if self.is_passive(node) {
            return self.agent(node).map(Arg::Token);
        }
        match self.is_nominal(node) {
            true => self.bearer(node),
            false => self.surface_subject(node, DEPTH),
        }
    }

    /// What it is done to.
    pub fn object(&self, node: usize) -> Option<Arg> {
        if self.opener == Some(node) && !self.is_verb(node) {
            return self.own_object(node).or_else(|| self.object_from(node + 1)).map(Arg::Token);
        }
        if self.is_passive(node) {
            return self.before_comma(node).map(Arg::Token).or_else(|| self.surface_subject(node, DEPTH));
        }
        let own = self.own_object(node).or_else(|| self.gap(node));
        let next = || self.is_verb(node).then(|| self.object_from(node + 1)).flatten();
        own.or_else(next).or_else(|| self.shared_object(node)).map(Arg::Token)
    }

    /// The by-agent of a passive.
    pub fn agent(&self, verb: usize) -> Option<usize> {
        let by = |child: &usize| {
            matches!(self.deprel(*child), Deprel::OblAgent | Deprel::Obl | Deprel::Nmod)
                && self.introduction(*child).as_deref() == Some("by")
        };
        self.tree.children(verb).find(by).map(|agent| self.antecedent(agent).unwrap_or(agent))
    }

    /// Whose noun it is: of whom a predicate noun is said, its possessor, or the subject of the verb it stands with.
    pub fn bearer(&self, noun: usize) -> Option<Arg> {
        let said_of = self.said_of(noun);
        let owner = || self.phrase_after(noun, &["of", "by"]).filter(|_| self.is(WordList::Requests, noun));
        said_of
            .or_else(|| self.possessor(noun))
            .or_else(owner)
            .map(Arg::Token)
            .or_else(|| self.governing_subject(noun, DEPTH))
    }

    /// Of what a predicate is said: "X" for "vital" in "X remains vital", for "significance" in "X is of significance".
    pub fn said_of(&self, predicate: usize) -> Option<usize> {
        let small = |&at: &usize| {
            matches!(self.upos(at), Upos::Adv | Upos::Adj | Upos::Det | Upos::Part)
                || matches!(self.form(at), "of" | "in")
        };
        let next = predicate + 1;
        let attributive = next < self.tree.len() && matches!(self.upos(next), Upos::Noun | Upos::Propn);
        if attributive && self.upos(predicate) == Upos::Adj {
            return None;
        }
        let in_tree = || self.tree.child(predicate, Deprel::Cop).filter(|&copula| copula < predicate);
        let copula = in_tree().or_else(|| (0..predicate).rev().take(5).find(|at| !small(at)))?;
        if !WordClass::Copula.has(self.lemma(copula)) {
            return None;
        }
        let gerund = |at: usize| self.tree.child(at, Deprel::Csubj).filter(|&verb| self.form(verb).ends_with("ing"));
        let own = self.own_subject(predicate).or_else(|| self.own_subject(copula)).or_else(|| gerund(predicate));
        let found = own.filter(|&own| own < copula).or_else(|| match self.surface_subject(copula, DEPTH) {
            Some(Arg::Token(subject)) if subject < copula => Some(subject),
            _ => None,
        })?;
        let clause = next < self.tree.len() && matches!(self.form(next), "to" | "that" | "for");
        (!(clause && self.form(found) == "it")).then_some(found)
    }

    /// "its", "the Group's".
    pub fn possessor(&self, noun: usize) -> Option<usize> {
        self.tree.child(noun, Deprel::NmodPoss)
    }

    /// The subject of the verb that a noun stands with as object or in a phrase.
    fn governing_subject(&self, noun: usize, depth: usize) -> Option<Arg> {
        let head = self.tree.head(noun)?;
        match self.deprel(noun) {
            _ if depth == 0 => None,
            // "requests the Office, in cooperation with States, to act": who is asked is to cooperate.
            Deprel::Obl if self.is(WordList::Commands, head) && self.introduction(noun).as_deref() == Some("in") => {
                self.addressee(head).map(Arg::Token)
            }
            Deprel::Obj | Deprel::Obl | Deprel::OblUnmarked | Deprel::Xcomp if !self.is_nominal(head) => {
                self.subject(head)
            }
            // "in response to the appeals": not the appeals of whoever responds.
            Deprel::Nmod if self.is(WordList::Requests, noun) => None,
            Deprel::Conj | Deprel::Nmod | Deprel::Obl => self.governing_subject(head, depth - 1),
            Deprel::NsubjPass => self.agent(head).map(Arg::Token),
            _ => None,
        }
    }

    /// The grammatical subject, looked for in the clauses above where the verb has none of its own.
    fn surface_subject(&self, node: usize, depth: usize) -> Option<Arg> {
        if depth == 0 {
            return None;
        }
        if self.speaks_for_holder(node) {
            return Some(Arg::Holder);
        }
        if let Some(own) = self.own_subject(node) {
            return Some(Arg::Token(own));
        }
        if let Some(above) = coordination::agreeing_above(self, node) {
            return self.surface_subject(above, depth - 1);
        }
        // "so as to prevent and counter": no noun before an infinitive is its subject by word order alone.
        let first = self.tree.first_conjunct(node);
        let infinitive = first != node && self.form(node) == self.lemma(node) && self.is_infinitive(first)
            || self.is_infinitive(node)
                && self.tree.child(node, Deprel::Mark).is_some_and(|mark| self.form(mark) == "as");
        if let Some(verb) = self.occasion_of(node) {
            return self.surface_subject(verb, depth - 1);
        }
        if let Some(shallow) = self.shallow_subject(node).filter(|_| !infinitive) {
            return Some(Arg::Token(shallow));
        }
        if let Some((_, addressee)) = self.commanded(node) {
            return Some(Arg::Token(addressee));
        }
        if let Some(doer) = self.meant_to(node) {
            return Some(Arg::Token(doer));
        }
        let Some(head) = self.tree.head(node) else {
            return self.clausal.then_some(Arg::Holder);
        };
        if self.upos(node) == Upos::Adj && self.is_nominal(head) && head < node {
            return Some(Arg::Token(head));
        }
        match self.deprel(node) {
            Deprel::Conj if !self.is_nominal(head) || self.own_subject(head).is_some() => {
                let first = coordination::goes_on_with(self, node).unwrap_or(head);
                self.surface_subject(first, depth - 1)
            }
            // "strengthening security sectors": what a gerund stands before is no subject of it.
            Deprel::Amod if self.form(node).ends_with("ing") && head > node => None,
            Deprel::AclRelcl | Deprel::Amod | Deprel::Appos => Some(Arg::Token(head)),
            Deprel::Acl => self.subject_of_modifier(node, head, depth),
            Deprel::Xcomp => self.controller(head, depth),
            Deprel::Advcl | Deprel::AdvclRelcl => self.subject_of_adjunct(node, head, depth),
            Deprel::Ccomp | Deprel::Parataxis
                if !self.is_finite(node) && self.introduction(node).as_deref() != Some("that") =>
            {
                self.controller(head, depth)
            }
            Deprel::Obl | Deprel::Nmod if self.is_verb(node) => self.surface_subject_above(head, depth),
            _ => None,
        }
    }

    /// The word that opens a resolution's clause, or goes on with it ("…, emphasizing …, and reaffirming …").
    pub fn speaks_for_holder(&self, node: usize) -> bool {
        let goes_on = || {
            let before = (0..node).rev().find(|&at| self.upos(at) != Upos::Adv && self.upos(at) != Upos::Cconj);
            let comma = before.is_some_and(|before| self.form(before) == ",");
            comma
                && self.form(node).ends_with("ing")
                && self.is(WordList::Acts, node)
                && self.deprel(node) != Deprel::Amod
        };
        self.clausal && (self.opener == Some(node) || goes_on() || self.is_next_act(node)) || self.tells_beside(node)
    }

    /// "… and calls upon", "… and stressing": one more act in the form of the clause's first, with no subject of its own.
    fn is_next_act(&self, node: usize) -> bool {
        let Some(opener) = self.opener.filter(|&opener| opener < node && self.is(WordList::Acts, node)) else {
            return false;
        };
        let alike = ["ing", "s"].iter().any(|end| self.form(opener).ends_with(end) && self.form(node).ends_with(end));
        let before = (0..node).rev().find(|&at| !matches!(self.upos(at), Upos::Adv | Upos::Adj));
        let joined = before.is_some_and(|at| self.form(at) == "," || self.upos(at) == Upos::Cconj);
        alike && joined && self.is_verb(node)
    }

    /// The subject of an adverbial clause: that of the clause above, or whom that clause is about ("thank X for doing",
    /// "urge X to do").
    fn subject_of_adjunct(&self, node: usize, head: usize, depth: usize) -> Option<Arg> {
        let introduction = self.introduction(node);
        if introduction.as_deref() == Some("to")
            && let Some(asked) = self.asked(head)
        {
            return Some(Arg::Token(asked));
        }
        let about_object = match introduction.as_deref() {
            Some("for") => self.form(node).ends_with("ing"),
            Some("to") => self.is(WordList::Commands, head),
            _ => false,
        };
        // "await actions by Norway to support it": whose actions they are.
        let by = || if self.is_infinitive(node) { self.doer_before(node, head) } else { None };
        if let Some(doer) = by() {
            return Some(Arg::Token(doer));
        }
        let addressee = if about_object { self.addressee(head) } else { None };
        if let Some(addressee) = addressee {
            return Some(Arg::Token(addressee));
        }
        match introduction.as_deref() {
            Some("by") => self.subject_of_sentence_above(head),
            Some("in") => {
                let above = || if self.clausal { None } else { self.surface_subject_above(head, depth) };
                self.worker_before(node).map(Arg::Token).or_else(above)
            }
            Some(word) if WordClass::GerundTopic.has(word) => None,
            _ => self.surface_subject_above(head, depth),
        }
    }

    /// "the efforts of X in advancing": whose deed the gerund unfolds.
    fn worker_before(&self, gerund: usize) -> Option<usize> {
        let deed = (0..gerund).rev().take(14).find(|&at| self.is(WordList::Deeds, at) && !self.is_verb(at))?;
        self.phrase_after(deed, &["of", "by"]).filter(|&worker| worker < gerund).or_else(|| self.possessor(deed))
    }

    /// "actions by X to support": who does the deed that an infinitive unfolds.
    fn doer_before(&self, infinitive: usize, verb: usize) -> Option<usize> {
        let between = (verb + 1..infinitive).rev().take(14);
        let deed = between.into_iter().find(|&at| self.is(WordList::Deeds, at) && !self.is_verb(at))?;
        self.phrase_after(deed, &["by"]).filter(|&doer| doer < infinitive)
    }

    /// The subject of the nearest verb upwards that has one of its own: who does it "by doing".
    fn subject_of_sentence_above(&self, from: usize) -> Option<Arg> {
        let mut at = from;
        for _ in 0..DEPTH {
            if !self.is_nominal(at)
                && let Some(own) = self.own_subject(at)
            {
                return Some(Arg::Token(own));
            }
            at = self.tree.head(at)?;
        }
        None
    }

    fn surface_subject_above(&self, head: usize, depth: usize) -> Option<Arg> {
        match self.is_nominal(head) && self.own_subject(head).is_none() {
            true => self.governing_subject(head, depth - 1),
            false => self.surface_subject(head, depth - 1),
        }
    }

    /// The subject of a clause that describes a noun: the noun, or its owner where it is a deed ("efforts to").
    fn subject_of_modifier(&self, verb: usize, noun: usize, depth: usize) -> Option<Arg> {
        if self.is_infinitive(verb) && self.is(WordList::Requests, noun) {
            return self.asked(noun).map(Arg::Token);
        }
        let needed = self.is_infinitive(verb) && (self.is(WordList::Needs, noun) || self.is(WordList::Empty, noun));
        if needed && !self.is(WordList::Deeds, noun) {
            return None;
        }
        let described = self.introduction(verb).is_some() && self.is(WordList::Deeds, noun);
        if !described {
            return Some(Arg::Token(self.worked_against(noun)));
        }
        let of = self
            .tree
            .children_by(noun, &[Deprel::Nmod])
            .find(|&child| child < verb && matches!(self.introduction(child).as_deref(), Some("of" | "by")));
        let owner = self.possessor(noun).or(of);
        owner.map(Arg::Token).or_else(|| self.governing_subject(noun, depth - 1))
    }

    /// "cooperation against crime facilitated by X": what is facilitated is the cooperation.
    fn worked_against(&self, noun: usize) -> usize {
        let against = self.introduction(noun).as_deref() == Some("against");
        let deed = if against { self.tree.head(noun) } else { None };
        deed.filter(|&deed| self.is_nominal(deed) && deed < noun).unwrap_or(noun)
    }

    /// Who does what an infinitive says: the object of the verb above ("urge X to"), else its subject.
    fn controller(&self, head: usize, depth: usize) -> Option<Arg> {
        if self.is_passive(head) || self.is(WordList::Promises, head) {
            return self.surface_subject(head, depth - 1);
        }
        let allowed = || self.tree.child(head, Deprel::Iobj).filter(|_| self.is(WordList::Permissions, head));
        let addressee = self.asked(head).or_else(|| self.addressee(head)).or_else(allowed);
        addressee.map(Arg::Token).or_else(|| self.surface_subject(head, depth - 1))
    }

    /// Whom a command goes to: the object, or the phrase with "on", "upon", "to".
    pub fn addressee(&self, verb: usize) -> Option<usize> {
        let object = self.own_object(verb);
        object.or_else(|| {
            let called = |child: &usize| matches!(self.introduction(*child).as_deref(), Some("on" | "upon" | "to"));
            let mut phrases = self.tree.children_by(verb, &[Deprel::Obl, Deprel::Nmod]);
            self.is(WordList::Commands, verb).then(|| phrases.find(called)).flatten()
        })
    }

    /// Whether it is neither an infinitive with "to" nor a form in -ing.
    fn is_finite(&self, verb: usize) -> bool {
        !self.is_infinitive(verb) && !self.form(verb).ends_with("ing")
    }

    /// The subject that hangs on the word itself, the nearest before it, relative pronouns resolved.
    pub fn own_subject(&self, node: usize) -> Option<usize> {
        let subjects = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::NsubjOuter];
        let all = || self.tree.children_by(node, &subjects).filter(|&child| self.is_nominal(child));
        // Two subjects around a conjunction are a list: its first member stands for it.
        let mut before = all().filter(|&child| child < node);
        if let (Some(first), Some(second)) = (before.next(), before.last())
            && (first..second).any(|at| self.upos(at) == Upos::Cconj)
        {
            return Some(first);
        }
        let misplaced =
            || self.tree.children_by(node, &[Deprel::Obj]).find(|&child| child < node && !self.is_relative(child));
        // "X does A and does B": what stands before the conjunction is no subject of what follows it.
        let joint = self.group_start(node).checked_sub(1).filter(|&joint| self.upos(joint) == Upos::Cconj);
        let acts = |joint: usize, child: usize| (child..joint).any(|at| self.is_verb(at) && self.is_finite_at(at));
        let all = || all().filter(|&child| joint.is_none_or(|joint| child > joint || !acts(joint, child)));
        let found = all().filter(|&child| child < node).last().or_else(misplaced).or_else(|| all().next())?;
        match self.is_relative(found) {
            true => self.antecedent(found),
            false => Some(found),
        }
    }

    pub(super) fn own_object(&self, node: usize) -> Option<usize> {
        let mut objects = self.tree.children_by(node, &[Deprel::Obj]).filter(|&child| self.upos(child) != Upos::Adp);
        let found = objects.find(|&child| child > node || self.is_relative(child))?;
        match self.is_relative(found) {
            true => self.antecedent(found),
            false => Some(found),
        }
    }

    /// The noun that a relative clause describes, where it stands for the missing object: "the challenges they face".
    fn gap(&self, node: usize) -> Option<usize> {
        let relative = self.deprel(node) == Deprel::AclRelcl;
        let own = self.tree.children_by(node, &[Deprel::Nsubj]).any(|subject| !self.is_relative(subject));
        let complete = self.tree.children_by(node, &[Deprel::Xcomp, Deprel::Ccomp]).next().is_some();
        if relative && own && !complete { self.tree.head(node) } else { None }
    }
}
