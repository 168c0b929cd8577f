//! What speaks against a derivation although a rule finds both its ends: what is only meant, hoped or laid down, what is
//! said of some alone, what is an example of something else.

use super::argument::End;
use super::context::Context;
use super::derivation::{Silence, Way};
use super::examples;
use super::saying;
use super::scene::{Found, Scene};
use super::trigger::Hit;
use crate::model::{Class, Deprel, EntityId, Kind, MentionClass, Modality, Span, Term, Upos};
use crate::seeds::{Rule, WordList};

impl Scene<'_, '_> {
    /// Why a subject and an object make no claim together.
    pub(super) fn objection(
        &self,
        rule: &Rule,
        hit: &Hit,
        context: &Context,
        subject: &Found,
        object: &Found,
    ) -> Option<Silence> {
        if self.is_only_meant(rule, context, &subject.end) {
            return Some(Silence::OnlyMeant);
        }
        if self.is_law(rule, context, &subject.end) {
            return Some(Silence::Law);
        }
        if self.says_nothing(rule, hit, context, subject, object)
            || self.is_hoped(rule, context, &subject.end)
            || self.is_beside(rule, hit, subject, object)
            || self.is_of_you(rule, hit, object)
            || self.is_beside_participle(hit, subject, object)
            || self.goes_on_to(rule, object)
            || self.is_received(rule, hit, context, object)
            || self.is_wanting(rule, hit)
            || rule.relation.name() == "kindOf" && self.is_no_example(hit, subject, object)
        {
            return Some(Silence::Void);
        }
        // "the cooperation between A and B" is told once.
        let mirrored = rule.subject == rule.object && subject.end.span > object.end.span;
        if object.end.term == subject.end.term || mirrored {
            return Some(Silence::SameEnds);
        }
        self.is_own_organ(&subject.end, &object.end).then_some(Silence::OwnOrgan)
    }

    /// Whether what stands behind "such as" is an example of something else, or of nothing.
    fn is_no_example(&self, hit: &Hit, subject: &Found, object: &Found) -> bool {
        let (text, trigger) = (self.grammar.tree.text, self.trigger(hit));
        let named = object.end.mention.is_some_and(|at| {
            let mention = &self.inputs.mentions[at];
            mention.class == MentionClass::Named && mention.kind == Kind::Place
        });
        let label = |found: &Found| found.end.term.entity().map(|id| self.inputs.entities[id.index()].label.as_str());
        let own_name = label(subject).zip(label(object)).is_some_and(|(one, kind)| examples::is_same_word(one, kind));
        let (broader, narrower) = (object.end.span, subject.end.span);
        named
            || own_name
            || examples::is_of_another(text, broader, trigger, narrower)
            || examples::is_beside(text, trigger, narrower)
    }

    /// "the decisions adopted by the Council, and resolution 5": what follows the participle has not been adopted by it.
    fn is_beside_participle(&self, hit: &Hit, subject: &Found, object: &Found) -> bool {
        let grammar = &self.grammar;
        let end = self.trigger(hit).end;
        let behind = |found: &Found| found.end.span.is_some_and(|span| span.start > end);
        let listed = matches!(object.way, Way::Listed | Way::Described);
        grammar.deprel(hit.anchor) == Deprel::Acl
            && grammar.form(hit.anchor).ends_with("ed")
            && listed
            && behind(subject)
            && behind(object)
    }

    /// "We hope that the Union will respond": no pledge of the Union's, whose words these are not.
    fn is_hoped(&self, rule: &Rule, context: &Context, subject: &End) -> bool {
        let sayer =
            context.sayer.filter(|_| rule.relation.name() == "commitsTo").and_then(|arg| saying::entity(self, arg));
        sayer.is_some_and(|sayer| subject.term.entity() != Some(sayer))
    }

    /// "will welcome the Premier to Oslo": a guest is received, which is no praise.
    fn is_received(&self, rule: &Rule, hit: &Hit, context: &Context, object: &Found) -> bool {
        let grammar = &self.grammar;
        let person = object.end.term.entity().is_some_and(|id| self.inputs.entities[id.index()].kind().is_agent());
        let to_place = || {
            let mut phrases = grammar.tree.children_by(hit.anchor, &[Deprel::Obl]);
            phrases.any(|phrase| grammar.introduction(phrase).is_some_and(|word| word == "to"))
        };
        rule.relation.name() == "commends"
            && person
            && grammar.lemma(hit.anchor) == "welcome"
            && (context.future || to_place())
    }

    /// "Without development there can be no room for democracy": what is missed is not what is set against.
    fn is_wanting(&self, rule: &Rule, hit: &Hit) -> bool {
        let grammar = &self.grammar;
        // "Without prejudice to it" misses nothing.
        let without = |at: usize| grammar.form(at) == "without" && grammar.idioms.list_at(at).is_none();
        rule.denied && rule.relation.name() == "opposes" && (0..hit.anchor).any(without)
    }

    /// "urges you to revoke the status of X": not X is asked.
    fn is_of_you(&self, rule: &Rule, hit: &Hit, object: &Found) -> bool {
        let asks = matches!(rule.relation.name(), "requests" | "invites");
        let mut told = self.grammar.tree.children_by(hit.anchor, &[Deprel::Obj, Deprel::Iobj]);
        let addressed = told.any(|child| self.grammar.form(child) == "you");
        asks && object.end.span.is_some() && addressed
    }

    /// "waits for the murderers to be punished": nobody calls for murderers.
    fn goes_on_to(&self, rule: &Rule, object: &Found) -> bool {
        let grammar = &self.grammar;
        let who = object.end.term.entity().is_some_and(|id| self.inputs.entities[id.index()].kind().is_agent());
        let Some(span) = object.end.span.filter(|_| who && rule.relation.name() == "callsFor") else { return false };
        let last = grammar.tree.sentence.tokens_in(span).end;
        let next =
            (last..grammar.tree.len()).find(|&at| grammar.upos(at) == Upos::Part || grammar.upos(at) == Upos::Verb);
        next.is_some_and(|to| grammar.form(to) == "to" && to < last + 8)
    }

    /// "States such as A and B": the two stand beside each other, neither is a kind of the other.
    fn is_beside(&self, rule: &Rule, hit: &Hit, subject: &Found, object: &Found) -> bool {
        let end = self.trigger(hit).end;
        let behind = |found: &Found| found.end.span.is_some_and(|span| span.start >= end);
        // "the Territory, including the eastern city": a part of it, no kind of it.
        let place = |found: &Found| {
            let id = found.end.term.entity();
            id.is_some_and(|id| matches!(self.inputs.entities[id.index()].kind(), Kind::Place | Kind::State))
        };
        let named =
            |found: &Found| found.end.mention.is_some_and(|at| self.inputs.mentions[at].class == MentionClass::Named);
        let places = [subject, object].into_iter().all(|found| place(found) && named(found));
        rule.relation.name() == "kindOf"
            && !self.grammar.is_verb(hit.anchor)
            && (places || behind(subject) && behind(object))
    }

    /// Whether nobody would ask after it: what is not emphasized, what is not needed, what a relative clause only says to
    /// narrow its noun ("firms whose services are necessary").
    fn says_nothing(&self, rule: &Rule, hit: &Hit, context: &Context, subject: &Found, object: &Found) -> bool {
        let negated = saying::is_denied(rule, hit, context, subject, object);
        let holder = subject.end.span.is_none();
        let aside = self.grammar.is_aside(hit.anchor);
        (aside || self.is_of_another(hit, object)) && holder && rule.relation.is_position()
            || negated
                && (matches!(rule.relation.name(), "emphasizes" | "notes" | "cites")
                    || holder && rule.relation.name() == "callsFor"
                    || rule.relation.name() == "opposes" && !rule.denied && !self.sets_against(hit)
                    // "There are no plans to do it".
                    || subject.end.denied && rule.relation.name() == "hasPurpose"
                    || self.is_of_some_only(hit, aside, subject, object))
    }

    /// Whether a trigger tells what one thinks of a thing ("objects to"), and not what one does against it: who has not
    /// been able to end a war does not favour it.
    fn sets_against(&self, hit: &Hit) -> bool {
        hit.words.iter().any(|&word| self.grammar.is(WordList::Opposing, word))
    }

    /// "The council rejected the unjust measures": what another acts on is unjust in that one's eyes, or in nobody's.
    fn is_of_another(&self, hit: &Hit, object: &Found) -> bool {
        let attribute = hit.describes && object.way == Way::Described;
        let verb = || self.grammar.verb_above(hit.anchor);
        let speaker = |at: usize| matches!(self.grammar.form(at), "i" | "we" | "delegation" | "country" | "it");
        let agent = |verb: usize| self.grammar.own_subject(verb).filter(|&at| at < hit.anchor && !speaker(at));
        let acts = |at: usize| !self.grammar.tree.is_under(hit.anchor, at);
        attribute && verb().and_then(agent).is_some_and(acts)
    }

    /// Whether a denial is said of some that are meant and not of all that the words name: "States that have not signed",
    /// "no Togolese will" is not said of Togo, "not by such acts" not of the acts.
    fn is_of_some_only(&self, hit: &Hit, aside: bool, subject: &Found, object: &Found) -> bool {
        let state = |id: EntityId| self.inputs.entities[id.index()].class == Class::Of(Kind::State);
        let no = |span: Span| {
            let first = self.grammar.tree.sentence.tokens_in(span).start;
            (first.saturating_sub(1)..=first).any(|at| at < self.grammar.tree.len() && self.grammar.form(at) == "no")
        };
        let one = subject.end.term.entity().is_some_and(state) && subject.end.span.is_some_and(no);
        let described = |found: &Found| found.way == Way::Described;
        // "those States and groups that have not signed".
        let before = |span: Span| span.end <= self.grammar.tree.token(hit.anchor).span.start;
        let antecedent = || {
            let own = self.grammar.own_subject(hit.anchor);
            let within = own.is_some_and(|own| self.grammar.tree.is_under(own, hit.anchor));
            !within && subject.end.span.is_some_and(before)
        };
        let narrowed = aside && ([subject, object].into_iter().any(described) || antecedent());
        let adjective = hit.describes && described(object) && object.end.denied;
        let participle = self.grammar.is_modifier(hit.anchor) && described(subject);
        // "there is no plan to solve it": no plan, and so no purpose.
        let missing = subject.end.denied && described(subject);
        one || narrowed || adjective || participle || missing
    }

    /// Whether a holder would ask for what a legal text only lays down: "States parties shall".
    fn is_law(&self, rule: &Rule, context: &Context, subject: &End) -> bool {
        let holder = subject.span.is_none() && subject.term.entity() == self.inputs.holder;
        let binding = context.binding || self.grammar.idioms.is_treaty;
        let asks = holder && matches!(rule.relation.name(), "callsFor" | "requests" | "opposes");
        // What "States parties shall endeavour to do" is no pledge of anybody's.
        binding && (asks || !holder && rule.relation.name() == "commitsTo")
    }

    /// Whether a document would say something of its own organ: what it says is then the organ's act.
    fn is_own_organ(&self, subject: &End, object: &End) -> bool {
        let is = |term: &Term, id: Option<_>| id.is_some() && term.entity() == id;
        is(&subject.term, self.inputs.itself) && is(&object.term, self.inputs.holder)
    }

    /// Whether a cause would be a State or person, in what they only mean to do: that is an undertaking, not a cause.
    fn is_only_meant(&self, rule: &Rule, context: &Context, subject: &End) -> bool {
        let cause = rule.relation.is_causal();
        let wills = subject.term.entity().is_some_and(|id| {
            let kind = self.inputs.entities[id.index()].kind();
            matches!(kind, Kind::State | Kind::GovernmentBody | Kind::PersonRole) || Some(id) == self.inputs.holder
        });
        cause && wills && context.modality != Modality::Asserted
    }
}
