//! What no other rule speaks of: a clause between two things whose verb is none of ours. The verb itself is kept beside
//! the claim, in its plain form and with its particle or preposition.
//!
//! It wants solid grammar: a finite clause whose subject and object hang on the verb in the tree.

use super::derivation::{Derivation, Findings, Way};
use super::scene::Scene;
use crate::model::{Deprel, Qualifier, Span, Term, Upos};
use crate::seeds::WordList;

/// The word that stands for any verb in a rule's triggers.
pub(super) const ANY: &str = "*";

impl<'a> Scene<'_, 'a> {
    /// Adds what the rules of open relations say at the verbs of which nothing was said yet. `first` is the sentence's
    /// first derivation.
    pub fn open(&self, first: usize, findings: &mut Findings<'a>) {
        for verb in 0..self.grammar.tree.len() {
            if !self.tells(verb) || is_told(&findings.derivations[first..], self.grammar.tree.token(verb).span) {
                continue;
            }
            let before = findings.derivations.len();
            for key in [self.grammar.lemma(verb), ANY] {
                self.set_off(verb, key, true, findings);
                let solid = |it: &Derivation<'_>| is_solid(it.subject.way) && is_solid(it.object.way);
                let mut at = before;
                while at < findings.derivations.len() {
                    match solid(&findings.derivations[at]) {
                        true => at += 1,
                        false => drop(findings.derivations.remove(at)),
                    }
                }
                if findings.derivations.len() > before {
                    break;
                }
            }
            for it in &mut findings.derivations[before..] {
                let words = self.verb_phrase(verb, it.object.span);
                it.qualifiers.push((Qualifier::Verb, Term::Literal(words)));
            }
        }
    }

    /// Whether a verb may tell what one thing does to another.
    fn tells(&self, verb: usize) -> bool {
        let grammar = &self.grammar;
        grammar.upos(verb) == Upos::Verb
            && !grammar.is_in_name(verb)
            && !grammar.is(WordList::Vague, verb)
            && grammar.makes_clause(verb)
            && !matches!(grammar.deprel(verb), Deprel::Amod | Deprel::Case | Deprel::Compound | Deprel::Xcomp)
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

/// Whether the tree itself gave the word.
fn is_solid(way: Way) -> bool {
    matches!(way, Way::Tree | Way::Listed | Way::Described)
}
