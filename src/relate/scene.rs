//! The rules that the words of one sentence set off, and the ends that each of them finds.

use std::cell::RefCell;

use super::Inputs;
use super::argument::{Arguments, End, Sense, Wanted};
use super::context::{Context, context};
use super::derivation::{Argument, Findings, Silence, Way};
use super::grammar::{Arg, Grammar};
use super::trigger::{Hit, hit};
use super::way::way;
use super::whole;
use super::{path, saying};
use crate::model::{Deprel, Qualifier, Span, Upos};
use crate::seeds::{Kinds, Path, Rule, StepKind, WordClass, WordList};

/// One sentence before the rules.
pub(super) struct Scene<'s, 'a> {
    pub inputs: &'s Inputs<'a>,
    pub grammar: Grammar<'s>,
    pub arguments: Arguments<'s>,
    /// What was found at the word under the eye: many rules ask the same there.
    memo: RefCell<Memo<'a>>,
}

#[derive(Default)]
struct Memo<'a> {
    contexts: Vec<(Hit, Context)>,
    subjects: Vec<(Hit, &'a Rule, Vec<Found>)>,
}

/// An end and how its word was found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub end: End,
    pub way: Way,
}

impl Found {
    pub fn argument(&self) -> Argument {
        let End { term, span, mention, .. } = &self.end;
        Argument { term: term.clone(), span: *span, way: self.way, mention: *mention }
    }
}

/// What the paths of one end are to find.
#[derive(Clone, Copy)]
pub(super) struct Aim<'k> {
    pub kinds: &'k Kinds,
    /// How the relation stands to it.
    pub sense: Sense,
    pub subject: bool,
}

impl<'s, 'a> Scene<'s, 'a> {
    pub fn new(inputs: &'s Inputs<'a>, grammar: Grammar<'s>) -> Self {
        Self { inputs, arguments: Arguments::new(inputs, &grammar), grammar, memo: RefCell::default() }
    }

    /// Adds what all words of the sentence set off.
    pub fn derive(&self, findings: &mut Findings<'a>) {
        let first = findings.derivations.len();
        for token in 0..self.grammar.tree.len() {
            self.word(token, findings);
        }
        self.last(first, findings);
    }

    /// The rules that one word sets off, by its lemma or its form.
    fn word(&self, token: usize, findings: &mut Findings<'a>) {
        if self.grammar.is_in_name(token) && self.grammar.names[token].is_some_and(|(first, _)| first != token) {
            return;
        }
        if self.is_in_title(token) {
            return;
        }
        *self.memo.borrow_mut() = Memo::default();
        let (lemma, form) = (self.grammar.lemma(token), self.grammar.form(token));
        let forms = if form == lemma { None } else { Some(form) };
        for key in [lemma].into_iter().chain(forms) {
            self.set_off(token, key, false, findings);
        }
    }

    /// "the Global Fund to Fight Malaria": a verb with a capital behind a small word is a part of a title, and nobody's deed.
    fn is_in_title(&self, token: usize) -> bool {
        let capital = self.grammar.tree.form(token).starts_with(char::is_uppercase);
        let small = |before: usize| self.grammar.tree.form(before).starts_with(char::is_lowercase);
        capital && self.grammar.upos(token) == Upos::Verb && token.checked_sub(1).is_some_and(small)
    }

    /// The rules under one key of the index: those that wait for the others, or those others.
    pub fn set_off(&self, token: usize, key: &str, last: bool, findings: &mut Findings<'a>) {
        let opens = self.grammar.opener == Some(token);
        for (rule, trigger) in self.inputs.rules.set_off_by(key).filter(|(rule, _)| rule.last == last) {
            match hit(&self.grammar, trigger, token, opens) {
                Some(hit) => self.apply(rule, &hit, findings),
                None => findings.silent(rule, self.grammar.tree.token(token).span, Silence::NotSetOff),
            }
        }
    }

    fn apply(&self, rule: &'a Rule, hit: &Hit, findings: &mut Findings<'a>) {
        if let Err(why) = self.pairs(rule, hit, findings) {
            findings.silent(rule, self.trigger(hit), why);
        }
    }

    /// One derivation for each subject with each object.
    fn pairs(&self, rule: &'a Rule, hit: &Hit, findings: &mut Findings<'a>) -> Result<(), Silence> {
        if rule.finite && !self.grammar.makes_clause(hit.anchor) {
            return Err(Silence::NotFinite);
        }
        let subjects = self.subjects(rule, hit);
        if subjects.is_empty() {
            return Err(Silence::NoSubject(self.met(&rule.subject, hit, findings)));
        }
        let context = self.context(hit);
        let subjects = self.of_sayer(rule, &context, subjects)?;
        if context.void || context.conditional && rule.relation.is_position() {
            return Err(Silence::Void);
        }
        let objects = self.objects(rule, hit, &context);
        if objects.is_empty() {
            return Err(Silence::NoObject(self.met(&rule.object, hit, findings)));
        }
        // "Togo and Benin must act", said by Togo, asks nobody.
        let ours = rule.relation.name() == "requests" && hit.governs() && objects.len() > 1;
        if ours && objects.iter().any(|object| subjects.iter().any(|subject| subject.end.term == object.end.term)) {
            return Err(Silence::SameEnds);
        }
        if rule.denied && !context.negated {
            return Err(Silence::NotDenied);
        }
        if rule.unless.contains(&context.modality) {
            return Err(Silence::Put(context.modality));
        }
        let first = findings.derivations.len();
        for subject in &subjects {
            for object in &objects {
                match self.objection(rule, hit, &context, subject, object) {
                    None => findings.derivations.push(saying::derivation(self, rule, hit, &context, subject, object)),
                    Some(why) => findings.silent(rule, self.trigger(hit), why),
                }
            }
        }
        saying::see(self, hit, &mut findings.derivations[first..]);
        Ok(())
    }

    /// The objects of a rule; what must not be done is told by the words for that.
    fn objects(&self, rule: &Rule, hit: &Hit, context: &Context) -> Vec<Found> {
        let sense = Sense::of(&rule.relation);
        let aim = Aim { kinds: &rule.object_kinds, sense, subject: false };
        if hit.governs() && !context.negated {
            return self.demanded(rule, hit, aim);
        }
        if !hit.governs() {
            let mut found = self.ends(&rule.object, hit, aim);
            found.retain(|found| sense != Sense::Asked || !self.is_addressee(hit, found));
            return found;
        }
        let forbidden = match rule.relation.name() {
            "callsFor" => self.arguments.forbidden(&self.grammar, hit.anchor, true),
            "commitsTo" => self.arguments.forbidden(&self.grammar, hit.anchor, false),
            "requests" => return self.forbidden_to(rule, hit, aim),
            _ => return self.ends(&rule.object, hit, aim),
        };
        forbidden.map(|end| Found { end, way: Way::Trigger }).into_iter().collect()
    }

    /// "requests the agencies to act": whom a command goes to is not what it calls for.
    fn is_addressee(&self, hit: &Hit, found: &Found) -> bool {
        let grammar = &self.grammar;
        let object = grammar.tree.child(hit.anchor, Deprel::Obj).filter(|_| grammar.is(WordList::Commands, hit.anchor));
        let clauses = [Deprel::Xcomp, Deprel::Ccomp];
        let deed = grammar.tree.children_by(hit.anchor, &clauses).any(|clause| grammar.has_to(clause));
        object.filter(|_| deed).is_some_and(|object| {
            let word = grammar.tree.token(object).span;
            found.end.span.is_some_and(|span| span.contains(word))
        })
    }

    /// What must be done: a thing if the rule leads to one, else words that say it all.
    fn demanded(&self, rule: &Rule, hit: &Hit, aim: Aim<'_>) -> Vec<Found> {
        let found = self.ends(&rule.object, hit, aim);
        let named = found.iter().any(|found| found.end.term.entity().is_some());
        let passive = self.grammar.is_passive(hit.anchor);
        // "Measures must be taken to protect the reef": what they are to be taken for says it.
        let purpose = |path: &&Path| path.steps.last().is_some_and(|step| step.kind == StepKind::Purpose);
        let told = rule.object.iter().find(purpose).filter(|_| passive);
        let told = told.map(|path| self.ends(std::slice::from_ref(path), hit, aim)).unwrap_or_default();
        if !told.is_empty() {
            return told;
        }
        match rule.relation.name() {
            // "No State should do it": nobody is asked.
            "requests" if found.iter().any(|found| found.end.denied) => Vec::new(),
            // "The step must be taken by X" asks X for nothing that the words behind the verb would say.
            "requests" if passive => Vec::new(),
            "callsFor" if !named || passive && !self.grammar.is(WordList::Achieving, hit.anchor) => {
                match self.arguments.demanded(&self.grammar, hit.anchor) {
                    Some(words) => {
                        let mut words: Vec<_> = words.into_iter().collect();
                        words.iter_mut().for_each(|end| whole::tell(&self.grammar, hit, hit.anchor, end));
                        words.into_iter().map(|end| Found { end, way: Way::Trigger }).collect()
                    }
                    None => found,
                }
            }
            _ => found,
        }
    }

    /// Who must not do something, if the words for what there is: "needs not to" forbids nothing.
    fn forbidden_to(&self, rule: &Rule, hit: &Hit, aim: Aim<'_>) -> Vec<Found> {
        let modal = hit.words.first().map(|&modal| self.grammar.lemma(modal));
        let forbids = modal.is_some_and(|modal| WordClass::ForbiddingModal.has(modal));
        let words = Aim { kinds: &Kinds::any(), sense: Sense::For, subject: false };
        let told = |paths: &[Path]| !self.ends(paths, hit, words).is_empty();
        let told = rule.qualifiers.iter().any(|(qualifier, paths)| *qualifier == Qualifier::To && told(paths));
        let mut found = if forbids && told { self.ends(&rule.object, hit, aim) } else { Vec::new() };
        found.retain(|found| !found.end.denied);
        found.iter_mut().for_each(|found| found.end.denied = true);
        found
    }

    fn subjects(&self, rule: &'a Rule, hit: &Hit) -> Vec<Found> {
        let same = |known: &Rule| known.subject == rule.subject && known.subject_kinds == rule.subject_kinds;
        let known = self.memo.borrow().subjects.iter().find(|(at, known, _)| at == hit && same(known)).cloned();
        if let Some((_, _, found)) = known {
            return found;
        }
        let found =
            self.ends(&rule.subject, hit, Aim { kinds: &rule.subject_kinds, sense: Sense::Plain, subject: true });
        self.memo.borrow_mut().subjects.push((hit.clone(), rule, found.clone()));
        found
    }

    fn context(&self, hit: &Hit) -> Context {
        if let Some((_, known)) = self.memo.borrow().contexts.iter().find(|(at, _)| at == hit) {
            return *known;
        }
        let context = context(&self.grammar, hit);
        self.memo.borrow_mut().contexts.push((hit.clone(), context));
        context
    }

    /// What the first path that leads to something admitted leads to.
    pub fn ends(&self, paths: &[Path], hit: &Hit, aim: Aim<'_>) -> Vec<Found> {
        let Aim { kinds, sense, subject } = aim;
        for path in paths {
            let args = path::follow(&self.grammar, &self.arguments, path, hit, sense);
            let clause = path.steps.last().is_some_and(|step| step.kind != StepKind::Trigger);
            let wanted = Wanted { kinds, take: path.take, sense, subject, clause };
            let found: Vec<Found> = args.into_iter().flat_map(|arg| self.found(hit, arg, &wanted)).collect();
            if !found.is_empty() {
                return found;
            }
        }
        Vec::new()
    }

    fn found(&self, hit: &Hit, arg: Arg, wanted: &Wanted<'_>) -> impl Iterator<Item = Found> + use<> {
        let way = way(&self.grammar, hit, arg);
        let mut ends = self.arguments.ends(&self.grammar, arg, wanted);
        if let Arg::Token(token) = arg {
            ends.iter_mut().for_each(|end| whole::tell(&self.grammar, hit, token, end));
        }
        ends.into_iter().map(move |end| Found { end, way })
    }

    /// What stands where paths lead although the rule does not admit it, if somebody asks.
    fn met(&self, paths: &[Path], hit: &Hit, findings: &Findings<'_>) -> Option<Span> {
        if !findings.explains() {
            return None;
        }
        let met = paths.iter().flat_map(|path| path::follow(&self.grammar, &self.arguments, path, hit, Sense::Plain));
        let mut words = met.filter_map(|arg| match arg {
            Arg::Token(token) => Some(token),
            _ => None,
        });
        let token = words.next()?;
        Some(self.arguments.around(token).unwrap_or(self.grammar.tree.token(token).span))
    }

    /// What is said to be needed, vital or wrong is so to who says it: "Norway affirmed that it is needed".
    fn of_sayer(&self, rule: &Rule, context: &Context, subjects: Vec<Found>) -> Result<Vec<Found>, Silence> {
        let Some(sayer) = context.sayer.filter(|_| subjects.iter().all(|found| found.way == Way::Holder)) else {
            return Ok(subjects);
        };
        if sayer == Arg::Holder || !rule.relation.is_position() {
            return Ok(subjects);
        }
        let wanted = Wanted { subject: true, ..Wanted::meaning(&rule.subject_kinds) };
        let ends = self.arguments.ends(&self.grammar, sayer, &wanted);
        let found: Vec<Found> = ends.into_iter().map(|end| Found { end, way: Way::Above }).collect();
        if found.is_empty() { Err(Silence::Void) } else { Ok(found) }
    }

    /// The words that set a rule off, from the first to the last.
    pub fn trigger(&self, hit: &Hit) -> Span {
        let spans = hit.words.iter().map(|&word| self.grammar.tree.token(word).span);
        spans.reduce(Span::cover).unwrap_or(self.grammar.tree.sentence.span)
    }
}
