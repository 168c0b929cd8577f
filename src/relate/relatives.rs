//! Relative pronouns, and what they stand for.

use super::grammar::{DEPTH, Grammar};
use crate::model::{Deprel, Upos};

impl Grammar<'_> {
    /// Whether a word is a relative pronoun.
    pub fn is_relative(&self, token: usize) -> bool {
        matches!(self.form(token), "which" | "who" | "whom" | "that" | "whose")
            && matches!(self.upos(token), Upos::Pron | Upos::Det | Upos::Sconj)
    }

    /// "the role that each State must play": a relative clause that tells of its noun asks nobody for anything.
    pub fn acts_on_antecedent(&self, verb: usize) -> bool {
        let relative = |object: usize| self.is_relative(object) && object < verb;
        self.deprel(verb) == Deprel::AclRelcl && self.tree.children_by(verb, &[Deprel::Obj]).any(relative)
    }

    /// What a relative pronoun stands for; the word itself if it is no relative pronoun. Behind a preposition
    /// ("pursuant to which") it is the nearest noun, whatever the tree says.
    pub fn antecedent(&self, token: usize) -> Option<usize> {
        if !self.is_relative(token) {
            return Some(token);
        }
        let behind = token > 0 && self.upos(token - 1) == Upos::Adp;
        let found = if behind { None } else { self.described_by_clause(token) };
        let found = found.filter(|&found| self.is_nominal(found)).or_else(|| self.nearest_phrase(token))?;
        Some(self.agreeing(token, found))
    }

    /// The head of the relative clause that a pronoun stands in.
    fn described_by_clause(&self, pronoun: usize) -> Option<usize> {
        let mut at = pronoun;
        for _ in 0..DEPTH {
            let head = self.tree.head(at)?;
            if self.deprel(at) == Deprel::AclRelcl {
                return Some(head);
            }
            at = head;
        }
        None
    }
}
