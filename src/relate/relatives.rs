//! Relative pronouns, and what they stand for.

use super::grammar::{DEPTH, Grammar};
use crate::model::{Deprel, Upos};
use crate::seeds::WordList;

impl Grammar<'_> {
    /// What somebody is asked to do where a tree hangs it on what tells who is asked: "urges States that have not done so to
    /// ratify it". The first infinitive behind the verb of the relative clause that no word before it wants.
    pub fn task_in_relative(&self, command: usize) -> Option<usize> {
        if !self.is(WordList::Commands, command) {
            return None;
        }
        let asked = self.addressee(command)?;
        let clause = self.tree.children_by(asked, &[Deprel::AclRelcl]).find(|&clause| clause > asked)?;
        let wants = |at: usize| {
            matches!(self.upos(at), Upos::Verb | Upos::Adj | Upos::Aux)
                || self.is(WordList::Deeds, at)
                || self.is(WordList::Needs, at)
        };
        let end = self.tree.subtree(clause).last().copied()?;
        let mut inside = clause + 1..end;
        inside.find(|&at| self.form(at) == "to" && self.is_verb(at + 1) && !wants(at - 1)).map(|to| to + 1)
    }

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
