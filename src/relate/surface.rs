//! What word order alone says, for where a tree has a fault: the noun phrase right after a verb is its object, the one
//! before it its subject, the one after "of" belongs to the noun before.

use super::grammar::Grammar;
use crate::model::{Deprel, Upos};

/// How far a phrase with a preposition may stand behind the word that it is looked for at.
const REACH: usize = 14;

impl Grammar<'_> {
    /// The head of the noun phrase that starts at a token, adverbs and quotation marks passed over.
    pub fn phrase_from(&self, from: usize) -> Option<usize> {
        let end = self.tree.len();
        let start = (from..end).find(|&at| !self.is_filler(at))?;
        if self.upos(start) == Upos::Pron && self.deprel(start) != Deprel::NmodPoss {
            return (!self.is_relative(start)).then_some(start);
        }
        let run = (start..end).take_while(|&at| self.in_phrase(at));
        let head = run.filter(|&at| matches!(self.upos(at), Upos::Noun | Upos::Propn)).last()?;
        Some(self.before_possessive(head, end))
    }

    /// The phrase that follows a noun after "of", or another of the words, at once.
    pub fn phrase_after(&self, noun: usize, words: &[&str]) -> Option<usize> {
        let next = noun + 1;
        (next < self.tree.len() && words.contains(&self.form(next).as_str()))
            .then(|| self.phrase_from(next + 1))
            .flatten()
    }

    /// The first phrase after `from` that a preposition brings, before the clause ends.
    pub fn phrase_behind(&self, from: usize, preposition: &str) -> Option<usize> {
        let end = self.tree.len().min(from + REACH);
        let inside = (from + 1..end).take_while(|&at| !self.ends_clause(at));
        inside.filter(|&at| self.form(at) == preposition).find_map(|at| self.phrase_from(at + 1))
    }

    fn ends_clause(&self, token: usize) -> bool {
        matches!(self.form(token).as_str(), ";" | ":" | "." | "which" | "that" | "who")
            || (self.is_verb(token) && self.own_subject(token).is_some())
    }

    /// "the Group's work": the phrase goes on behind a possessor.
    fn before_possessive(&self, head: usize, end: usize) -> usize {
        let possessive = head + 1 < end && matches!(self.form(head + 1).as_str(), "'s" | "’s" | "'" | "’");
        if possessive { self.phrase_from(head + 2).unwrap_or(head) } else { head }
    }

    /// "to organized crime": a participle between a determiner or preposition and a noun.
    fn is_participle_before_noun(&self, token: usize) -> bool {
        let form = self.form(token);
        let before = token > 0 && matches!(self.upos(token - 1), Upos::Det | Upos::Adj | Upos::Adp);
        let noun = token + 1 < self.tree.len() && matches!(self.upos(token + 1), Upos::Noun | Upos::Propn);
        form.ends_with("ed") && before && noun
    }

    fn is_filler(&self, token: usize) -> bool {
        matches!(self.upos(token), Upos::Adv) || matches!(self.form(token).as_str(), "“" | "\"" | "”" | "‘")
    }

    pub fn in_phrase(&self, token: usize) -> bool {
        match self.upos(token) {
            Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn => true,
            Upos::Pron => self.deprel(token) == Deprel::NmodPoss,
            Upos::Verb => matches!(self.deprel(token), Deprel::Amod | Deprel::Compound) || self.is_participle_before_noun(token),
            Upos::Punct => matches!(self.form(token).as_str(), "-" | "“" | "”" | "‘" | "’" | "\""),
            _ => false,
        }
    }
}
