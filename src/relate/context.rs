//! Whether what a clause says is denied, hoped for, asked for, another's words, or nobody's.

use super::coordination;
use super::grammar::{Arg, Grammar};
use super::trigger::Hit;
use crate::model::{Deprel, Modality};
use crate::seeds::{WordClass, WordList};

/// How a clause is put.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Context {
    pub negated: bool,
    pub modality: Modality,
    /// Whose words it is, where the text says so.
    pub sayer: Option<Arg>,
    /// Whether nobody claims it: a question, what "some might think", what is told as untrue.
    pub void: bool,
    /// Whether it stands under a condition: "if X supports", "had X supported".
    pub conditional: bool,
    /// Whether it is said of what is to come: "will host".
    pub future: bool,
    /// Whether it is what a legal text lays down ("States parties shall"), which its holder does not ask for.
    pub binding: bool,
}

/// Reads the context of a trigger, from its own word upwards.
pub(super) fn context(grammar: &Grammar<'_>, hit: &Hit) -> Context {
    // "The role of X cannot be overstated" does say something.
    let empty = |&word: &usize| grammar.idioms.says_nothing(word) && !grammar.is_passive(word);
    let void = grammar.asks() || hit.words.iter().any(empty);
    let plain = Context {
        negated: false,
        modality: Modality::Asserted,
        sayer: None,
        void,
        conditional: false,
        future: false,
        binding: false,
    };
    let mut reader = Reader { grammar, anchor: hit.anchor, context: plain };
    if let Some(carrier) = hit.carrier {
        reader.deny(carrier);
    }
    reader.climb(hit.anchor);
    let but = || grammar.has_nothing_to_tell(hit) || hit.nodes().any(|node| grammar.has_exception(node));
    reader.context.void |= reader.context.negated && but();
    reader.context.void |= hit.governs() && grammar.acts_on_antecedent(hit.anchor);
    reader.context
}

struct Reader<'g, 'a> {
    grammar: &'g Grammar<'a>,
    /// Where it starts from.
    anchor: usize,
    context: Context,
}

/// Whether a modal only tells of the time.
fn is_future(modal: &str) -> bool {
    matches!(modal, "will" | "'ll" | "’ll" | "shall")
}

impl Reader<'_, '_> {
    fn climb(&mut self, anchor: usize) {
        let mut at = anchor;
        self.local(at);
        // "We will not succeed if": no more than a forecast.
        if self.grammar.tree.children_by(anchor, &[Deprel::Advcl]).any(|clause| self.is_condition(clause)) {
            self.put(Modality::Possibility);
        }
        self.context.void |= self.grammar.is_denied_unseen(anchor) || self.is_partly_denied(anchor);
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
        self.context.void |= self.context.negated && self.grammar.says_all(anchor);
        // "If X had not organized it": that it did not is just what is left open.
        self.context.void |= self.context.negated && self.context.conditional;
    }

    /// Takes what hangs on the way from `at` to its head; the head, if the climb goes on.
    fn step(&mut self, at: usize) -> Option<usize> {
        let grammar = self.grammar;
        let head = coordination::goes_on_with(grammar, at).or_else(|| grammar.tree.head(at))?;
        match grammar.deprel(at) {
            Deprel::Conj => self.conjunct(at, head),
            Deprel::Xcomp | Deprel::Ccomp | Deprel::Csubj => self.complement(at, head),
            // "proposed collaborating".
            Deprel::Obj if grammar.is_verb(at) && grammar.form(at).ends_with("ing") => self.complement(at, head),
            Deprel::Advcl | Deprel::Acl | Deprel::AclRelcl => self.adjunct(at, head),
            Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::Nsubj | Deprel::NsubjPass if grammar.is_nominal(at) => {
                self.phrase(at, head);
                None
            }
            _ => None,
        }
    }

    /// A conjunct stands under the modals of the first, and under its denials unless it has its own or is set against it.
    fn conjunct(&mut self, at: usize, head: usize) -> Option<usize> {
        let grammar = self.grammar;
        let own = [Deprel::Nsubj, Deprel::NsubjPass, Deprel::Aux, Deprel::AuxPass, Deprel::Cop];
        let shares =
            grammar.is_verb(head) == grammar.is_verb(at) && grammar.tree.children_by(at, &own).next().is_none();
        if !shares {
            // "does not mean that A supports it and that B does not": nor is the second said.
            let told = matches!(grammar.deprel(head), Deprel::Ccomp | Deprel::Csubj).then(|| grammar.tree.head(head));
            self.context.void |= told.flatten().is_some_and(|above| self.is_untrue(above));
            return None;
        }
        let mut joints = grammar.tree.children_by(at, &[Deprel::Cc, Deprel::Advmod]);
        let apart = joints.any(|joint| matches!(grammar.form(joint), "but" | "nor" | "yet" | "neither" | "rather"));
        // "does A and does B": the second is finite by itself.
        let finite = grammar.is_verb(at) && grammar.form(at) != grammar.lemma(at) && grammar.has_do(head);
        match apart || finite {
            true => self.modals(head),
            false => self.local(head),
        }
        Some(head)
    }

    /// What a noun stands in: "withdrew its support" denies the support, "never waver in its support" does not.
    fn phrase(&mut self, at: usize, head: usize) {
        let grammar = self.grammar;
        let before = self.context.negated;
        self.deny(head);
        // "Our support must not be misread", "does not undermine our support" deny no support.
        // "There can be no excuse" is said of nothing else.
        let exists = grammar.tree.child(head, Deprel::Expl).is_some();
        let is_subject = matches!(grammar.deprel(at), Deprel::Nsubj | Deprel::NsubjPass) && !exists;
        let kept = [WordList::Holdings, WordList::Retractions].iter().any(|&list| grammar.is(list, head));
        let is_kept_object = grammar.deprel(at) == Deprel::Obj && !kept;
        // "never called for its accession": nobody denies that it acceded. "Does not stand in support of it" is one phrase.
        let is_kept_phrase = grammar.deprel(at) == Deprel::Obl
            && grammar.is_verb(head)
            && !kept
            && grammar.introduction(at).is_some_and(|word| word != "in");
        let turned = self.context.negated != before;
        self.context.void |= (is_subject || is_kept_object || is_kept_phrase) && turned;
        // "No reform is complete": nothing is said of this one or that one. "There is no reform" does.
        self.context.void |= is_subject && self.context.negated;
        self.context.void |= self.context.negated && grammar.has_exception(head);
        if grammar.is_taken_back(at, head) {
            self.flip();
            // "must end its support": what is asked for has not been done.
            self.context.void |= grammar.is_demanded(head);
        }
        self.context.void |= self.is_untrue(head);
    }

    fn complement(&mut self, at: usize, head: usize) -> Option<usize> {
        let grammar = self.grammar;
        let is = |list| grammar.is(list, head);
        if self.is_untrue(head) {
            self.context.void = true;
            return None;
        }
        if is(WordList::Wishes) && self.speech_act(head) {
            self.context.future = false;
            self.context.void |= self.is_unreal(head);
            if self.is_of_another(at, head) {
                self.put(Modality::Proposal);
                self.say(head);
            }
            self.deny(head);
            return None;
        }
        if is(WordList::Commands) {
            self.put(Modality::Proposal);
            self.say(head);
            return None;
        }
        if is(WordList::Obligations) && !grammar.idioms.says_nothing(head) || is(WordList::Needs) {
            self.put(Modality::Proposal);
        }
        let performed =
            grammar.speaks_for_holder(head) && matches!(grammar.lemma(head), "decide" | "resolve" | "agree");
        // "discussed imposing a price cap": nobody has imposed one.
        if is(WordList::Deliberations) && grammar.form(at).ends_with("ing") {
            self.put(Modality::Possibility);
        }
        if is(WordList::Undertakings) && grammar.is_infinitive(at) && !performed {
            self.put(Modality::Purpose);
        }
        if is(WordList::Failures) && !grammar.idioms.says_nothing(head) {
            self.flip();
            // "to stop obesity endorsed by the Assembly": a participle is no deed that one fails to do.
            let deed = grammar.is_infinitive(at) || grammar.form(at).ends_with("ing");
            self.context.void |= grammar.is_verb(at) && !deed;
        }
        if grammar.deprel(at) != Deprel::Xcomp && self.told(head) {
            return None;
        }
        // "ensure that they do not lead to it": what is to be kept from being has not been denied.
        self.context.void |= self.context.negated && matches!(grammar.lemma(head), "ensure" | "guarantee" | "see");
        let before = self.context.negated;
        self.local(head);
        // "We cannot ignore that it helps" does not deny its helping.
        let finite = grammar.deprel(at) != Deprel::Xcomp
            && !grammar.is_infinitive(at)
            && !grammar.form(at).ends_with("ing")
            && grammar.own_subject(at).is_some();
        self.context.void |= finite && self.context.negated != before;
        Some(head)
    }

    /// Whether a verb tells what somebody says or thinks; takes who does.
    fn told(&mut self, head: usize) -> bool {
        let is = |list| self.grammar.is(list, head);
        let (opinion, denial) = (is(WordList::Opinions), is(WordList::Contradictions));
        if !(opinion || denial || is(WordList::Reports) || is(WordList::Hearsay)) {
            return false;
        }
        self.context.void |= self.nobody_says(head);
        if opinion {
            self.put(Modality::Opinion);
            self.context.future = false;
        }
        // "We do not believe that it helps" is said of its helping.
        if opinion || denial {
            self.deny(head);
        }
        if denial {
            self.flip();
        }
        self.say(head);
        true
    }

    /// "Some might think", "it is often said".
    fn nobody_says(&self, verb: usize) -> bool {
        let grammar = self.grammar;
        // "voices saying that": the noun that a participle describes.
        let described = || grammar.tree.head(verb).filter(|_| grammar.deprel(verb) == Deprel::Acl);
        let own = grammar.tree.child(verb, Deprel::Nsubj).map(|own| grammar.antecedent(own).unwrap_or(own));
        match own.or_else(described) {
            Some(subject) if grammar.form(subject) != "it" => {
                let nobody = |word| grammar.words.has(WordList::Nobodies, word);
                (nobody(grammar.lemma(subject)) || nobody(grammar.form(subject))) && !grammar.is_in_name(subject)
            }
            _ => {
                let passive = grammar.tree.child(verb, Deprel::AuxPass).is_some();
                passive && grammar.agent(verb).is_none() && grammar.is(WordList::Hearsay, verb)
            }
        }
    }

    /// Whether a word, or what stands with it, tells that its clause is not so: "wrong to say", "falsely claims".
    fn is_untrue(&self, head: usize) -> bool {
        let grammar = self.grammar;
        let untrue = |word: usize| grammar.idioms.list_at(word) == Some(WordList::Untruths);
        let verb_alone = grammar.is_verb(head) && grammar.is(WordList::Untruths, head);
        let mut adverbs = grammar.tree.children_by(head, &[Deprel::Advmod]);
        // "not every State supports it": said of nobody.
        let of_subject = || {
            let subjects = grammar.tree.children_by(head, &[Deprel::Nsubj, Deprel::NsubjPass]);
            let mut words = subjects.flat_map(|at| grammar.tree.children_by(at, &[Deprel::Advmod, Deprel::Det]));
            words.any(untrue)
        };
        untrue(head) && !verb_alone || adverbs.any(untrue) || of_subject()
    }

    /// "I would like to thank": the wish is the act. A wish of somebody else stays a wish.
    fn speech_act(&self, wish: usize) -> bool {
        let subject = self.grammar.own_subject(wish);
        subject.is_none_or(|subject| matches!(self.grammar.form(subject), "i" | "we" | "me" | "us" | "delegation"))
    }

    /// "We want Norway to support": what is wished is another's deed. "Let me thank" is one's own.
    fn is_of_another(&self, at: usize, wish: usize) -> bool {
        let grammar = self.grammar;
        let own = grammar.tree.child(at, Deprel::Nsubj);
        let doer =
            own.or_else(|| grammar.tree.child(wish, Deprel::Obj)).or_else(|| grammar.tree.child(wish, Deprel::Iobj));
        doer.is_some_and(|doer| !matches!(grammar.form(doer), "i" | "we" | "me" | "us" | "myself" | "ourselves"))
    }

    fn adjunct(&mut self, at: usize, head: usize) -> Option<usize> {
        let grammar = self.grammar;
        if self.is_content(at, head) {
            self.content(head);
            return None;
        }
        // "has not taken steps to support": nothing on whether one supports.
        let doing = if grammar.is_nominal(head) { grammar.tree.head(head) } else { Some(head) };
        let undone =
            doing.is_some_and(|verb| grammar.tree.children(verb).any(|child| child < verb && self.denies(child)));
        self.context.void |= grammar.is_infinitive(at) && undone && grammar.deprel(at) != Deprel::AclRelcl;
        let opening = grammar.tree.children_by(at, &[Deprel::Mark, Deprel::Case]).next();
        let idiom = |list| opening.is_some_and(|word| grammar.idioms.list_at(word) == Some(list));
        self.context.void |= idiom(WordList::Untruths);
        let introduction = grammar.introduction(at);
        let denied = match introduction.as_deref() {
            Some("without" | "instead of" | "rather than") => !idiom(WordList::Affirming),
            // "refrained from supporting".
            Some("from" | "of" | "in") => grammar.is_verb(head) && grammar.is(WordList::Failures, head),
            _ => false,
        };
        if denied {
            self.flip();
        }
        if grammar.deprel(at) == Deprel::AclRelcl {
            return None;
        }
        // "should take the initiative in convening a meeting": it has not been convened.
        if introduction.as_deref() == Some("in") && grammar.form(at).ends_with("ing") {
            let verb = if grammar.is_nominal(head) { grammar.tree.head(head) } else { Some(head) };
            verb.into_iter().for_each(|verb| self.modals(verb));
        }
        // "not yet strong enough to resist", "too weak to resist": nothing on whether one resists.
        let measured = |&word: &usize| matches!(grammar.form(word), "enough" | "too" | "sufficiently");
        self.context.void |= grammar.tree.children_by(head, &[Deprel::Advmod]).any(|word| measured(&word));
        // "I have the honour to transmit": the courtesy is the act.
        if grammar.is_infinitive(at) && WordClass::Courtesy.has(grammar.lemma(head)) {
            return None;
        }
        if grammar.is_infinitive(at) || self.under_purpose(at) {
            let needed = grammar.is(WordList::Needs, head) || grammar.is(WordList::Commands, head);
            let asked = needed || grammar.asked(head).is_some();
            self.put(if asked { Modality::Proposal } else { Modality::Purpose });
            if grammar.is(WordList::Commands, head) {
                self.say(head);
            }
            // "It is not our intention to": said of what is intended.
            if grammar.tree.child(head, Deprel::Cop).is_some() {
                self.deny(head);
            }
        }
        None
    }

    /// "the claim that", "the view that": whether a clause is what a noun says.
    fn is_content(&self, clause: usize, noun: usize) -> bool {
        let grammar = self.grammar;
        let that = || {
            let own = grammar.tree.children_by(clause, &[Deprel::Nsubj]).any(|subject| !grammar.is_relative(subject));
            let mut words = grammar.tree.children(clause).filter(|&child| child < clause);
            words.any(|word| grammar.form(word) == "that" && (own || grammar.deprel(word) != Deprel::Nsubj))
        };
        let holds = grammar.is(WordList::Views, noun) || grammar.idioms.list_at(noun) == Some(WordList::Untruths);
        grammar.is_nominal(noun) && holds && that()
    }

    /// What a noun says: nobody's if it is an allegation or a view that is not shared; else its owner's opinion.
    fn content(&mut self, noun: usize) {
        let grammar = self.grammar;
        let above = grammar.tree.head(noun);
        let rejected = |verb: usize| {
            grammar.is(WordList::Contradictions, verb)
                || grammar.is(WordList::Against, verb)
                || grammar.idioms.denies(verb)
                || grammar.tree.children(verb).any(|child| self.denies(child))
        };
        let mistaken = grammar.tree.children_by(noun, &[Deprel::Amod]).any(|word| grammar.is(WordList::Mistaken, word));
        self.context.void |= !grammar.is(WordList::Views, noun) || mistaken || above.is_some_and(rejected);
        self.put(Modality::Opinion);
        let owner = grammar.possessor(noun).map(Arg::Token);
        self.context.sayer = self.context.sayer.or(owner);
    }

    /// "with a view to doing", "for the purpose of doing": the noun above opens a purpose.
    fn under_purpose(&self, at: usize) -> bool {
        self.grammar.tree.head(at).is_some_and(|head| self.grammar.is(WordList::Purposes, head))
    }

    fn is_condition(&self, clause: usize) -> bool {
        // "if we are to prevent it" tells what for.
        let auxiliaries = [Deprel::Aux, Deprel::Cop];
        let meant = |aux: usize| matches!(self.grammar.form(aux), "are" | "is") && self.grammar.form(aux + 1) == "to";
        if self.grammar.tree.children_by(clause, &auxiliaries).any(|aux| aux < clause && meant(aux)) {
            return false;
        }
        let marks = [Deprel::Mark, Deprel::Advmod];
        let mut marks = self.grammar.tree.children_by(clause, &marks).filter(|&mark| mark < clause);
        marks.any(|mark| self.grammar.is(WordList::Conditions, mark) && self.grammar.idioms.list_at(mark).is_none())
    }

    /// Denials and modals that hang on a word.
    fn local(&mut self, at: usize) {
        self.deny(at);
        self.modals(at);
    }

    /// Modals and conditions that hang on a word, and who is named as its source.
    fn modals(&mut self, at: usize) {
        let grammar = self.grammar;
        let according = |phrase: &usize| {
            grammar.tree.children_by(*phrase, &[Deprel::Case]).any(|case| grammar.form(case) == "according")
        };
        if let Some(source) = grammar.tree.children_by(at, &[Deprel::Obl]).find(according) {
            self.context.sayer.get_or_insert(Arg::Token(source));
        }
        if self.is_condition(at) {
            self.context.conditional = true;
            self.put(Modality::Possibility);
        }
        self.context.void |= self.is_unreal(at);
        // "Had Norway supported it": a condition without "if".
        let subject = grammar.own_subject(at).unwrap_or(0);
        for aux in grammar.tree.children_by(at, &[Deprel::Aux]) {
            let inverted = aux < subject && matches!(grammar.form(aux), "had" | "were" | "should");
            if inverted && grammar.opens_clause(aux) {
                self.context.conditional = true;
                self.put(Modality::Possibility);
            }
            if grammar.lemma(aux) == "have" {
                continue;
            }
            self.context.binding |= grammar.lemma(aux) == "shall" && grammar.lays_down(at);
            if grammar.is(WordList::Obligations, aux) {
                self.put(Modality::Proposal);
            } else if grammar.is(WordList::Possibilities, aux) {
                self.context.future |= self.context.modality == Modality::Asserted && is_future(grammar.form(aux));
                self.put(Modality::Possibility);
            }
        }
        // The trigger itself is no frame of a clause: "no excuse for" is said of what stands behind it.
        self.context.void |= (at != self.anchor || grammar.is_verb(at)) && self.is_untrue(at);
    }

    /// "would have supported" is what did not happen.
    fn is_unreal(&self, verb: usize) -> bool {
        let grammar = self.grammar;
        let mut auxiliaries = grammar.tree.children_by(verb, &[Deprel::Aux]);
        let perfect = grammar.tree.children_by(verb, &[Deprel::Aux]).any(|aux| grammar.form(aux) == "have");
        perfect && auxiliaries.any(|aux| matches!(grammar.form(aux), "would" | "could" | "might" | "should"))
    }

    /// "cannot solve it alone", "is not only for", "should we not act": what is denied is no more than a part of it, or
    /// nothing at all.
    fn is_partly_denied(&self, anchor: usize) -> bool {
        let grammar = self.grammar;
        let denies = |&child: &usize| child < anchor && self.denies(child);
        let own = || grammar.tree.children_by(anchor, &[Deprel::Advmod]).find(denies);
        // "no country can solve it alone".
        let of_subject = || {
            let subject = grammar.own_subject(anchor).filter(|&subject| subject < anchor)?;
            grammar.tree.children_by(subject, &[Deprel::Det]).find(denies)
        };
        let Some(denial) = own().or_else(of_subject) else { return false };
        let alone = (anchor.saturating_sub(6)..denial).any(|at| grammar.form(at) == "alone");
        alone || grammar.narrows_denial(denial, anchor) || grammar.asks_by_denial(denial, anchor)
    }

    fn deny(&mut self, at: usize) {
        let roles = [Deprel::Advmod, Deprel::Det, Deprel::CcPreconj, Deprel::Cc, Deprel::Case];
        let grammar = self.grammar;
        // "Never has X supported": a tree may hang the denial on the auxiliary.
        let helpers = [Deprel::Aux, Deprel::AuxPass, Deprel::Cop];
        let places = [at].into_iter().chain(grammar.tree.children_by(at, &helpers));
        let children = places.flat_map(|place| grammar.tree.children_by(place, &roles));
        let denials = children.filter(|&child| self.denies(child)).count();
        let nobody = grammar.tree.children_by(at, &[Deprel::Nsubj, Deprel::NsubjPass]);
        let nobody = nobody.filter(|&subject| matches!(grammar.form(subject), "nobody" | "none" | "nothing")).count();
        if (denials + nobody + usize::from(grammar.idioms.denies(at))) % 2 == 1 {
            self.flip();
        }
    }

    fn flip(&mut self) {
        self.context.negated = !self.context.negated;
    }

    /// "not", but not in "not only" or another idiom, which denies by itself or not at all.
    fn denies(&self, word: usize) -> bool {
        self.grammar.is(WordList::Denials, word) && self.grammar.idioms.list_at(word).is_none()
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
