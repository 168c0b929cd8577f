//! The rules that wait for the others: they speak only at verbs and nouns of which no other rule spoke, and want solid
//! grammar, a finite clause whose subject and object hang on the verb in the tree.
//!
//! The last of them are those of the open relation, for a verb that is none of ours: the verb itself is kept beside the
//! claim, in its plain form and with its particle or preposition.

use super::derivation::{Argument, Derivation, Findings, Way};
use super::scene::Scene;
use crate::model::{Deprel, MentionClass, Qualifier, Span, Term, Upos};
use crate::seeds::WordList;

/// The word that stands for any verb in a rule's triggers.
pub(super) const ANY: &str = "*";

impl<'a> Scene<'_, 'a> {
    /// Adds what the rules that wait for the others say at words of which nothing was said yet. `first` is the
    /// sentence's first derivation.
    pub fn last(&self, first: usize, findings: &mut Findings<'a>) {
        for word in 0..self.grammar.tree.len() {
            if is_told(&findings.derivations[first..], self.grammar.tree.token(word).span) {
                continue;
            }
            match self.grammar.upos(word) {
                Upos::Verb if self.tells(word) => {
                    let spoke = self.at(word, self.grammar.lemma(word), findings);
                    if !spoke && !self.grammar.is(WordList::Vague, word) {
                        self.at(word, ANY, findings);
                    }
                }
                Upos::Noun if !self.grammar.is_in_name(word) => drop(self.at(word, self.grammar.lemma(word), findings)),
                _ => {}
            }
        }
    }

    /// The rules under one key at a word; whether one spoke.
    fn at(&self, word: usize, key: &str, findings: &mut Findings<'a>) -> bool {
        let before = findings.derivations.len();
        self.set_off(word, key, true, findings);
        let added = findings.derivations.split_off(before);
        findings.derivations.extend(added.into_iter().filter(|it| self.is_solid(it)));
        for it in findings.derivations[before..].iter_mut().filter(|it| it.relation.is_open()) {
            let words = self.verb_phrase(word, it.object.span);
            it.qualifiers.push((Qualifier::Verb, Term::Literal(words)));
        }
        findings.derivations.len() > before
    }

    /// Whether a verb may tell what one thing does to another.
    fn tells(&self, verb: usize) -> bool {
        let grammar = &self.grammar;
        !grammar.is_in_name(verb)
            && grammar.makes_clause(verb)
            && !matches!(grammar.deprel(verb), Deprel::Amod | Deprel::Case | Deprel::Compound | Deprel::Xcomp)
    }

    /// Whether the tree itself gave both ends, and words say enough: "expectations" alone does not.
    fn is_solid(&self, it: &Derivation<'_>) -> bool {
        let by_tree = |end: &Argument| matches!(end.way, Way::Tree | Way::Listed);
        let describes_one = it.subject.way == Way::Described && it.subject.mention.is_some_and(|at| self.is_name(at));
        let says = |end: &Argument| match &end.term {
            Term::Entity(_) => true,
            Term::Literal(words) => words.contains(' '),
        };
        (by_tree(&it.subject) || describes_one) && by_tree(&it.object) && says(&it.subject) && says(&it.object)
    }

    fn is_name(&self, mention: usize) -> bool {
        self.inputs.mentions[mention].class == MentionClass::Named
    }

    /// The verb in its plain form, with its particle and what brings the object: "withdraw from".
    fn verb_phrase(&self, verb: usize, object: Option<Span>) -> String {
        let grammar = &self.grammar;
        let mut words = grammar.lemma(verb).to_owned();
        let mut add = |word: &str| {
            words.push(' ');
            words.push_str(word);
        };
        if let Some(particle) = grammar.tree.child(verb, Deprel::CompoundPrt) {
            add(grammar.form(particle));
        }
        let phrases = [Deprel::Obl, Deprel::Nmod];
        let within = |&child: &usize| object.is_some_and(|span| span.contains(grammar.tree.token(child).span));
        let phrase = grammar.tree.children_by(verb, &phrases).find(within);
        if let Some(word) = phrase.and_then(|child| grammar.introduction(child)).filter(|word| word != "by") {
            add(&word);
        }
        words
    }
}

/// Whether the words of some derivation say what the verb says.
fn is_told(said: &[Derivation<'_>], verb: Span) -> bool {
    said.iter().any(|it| it.trigger.is_some_and(|trigger| trigger.contains(verb)))
}
