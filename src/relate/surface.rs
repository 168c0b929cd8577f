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
        let run = start..self.run_end(start);
        let head = run.rev().find(|&at| matches!(self.upos(at), Upos::Noun | Upos::Propn))?;
        Some(self.before_possessive(head, end))
    }

    /// Where the words of a noun phrase end that starts at a token; "cruel, inhuman and degrading punishment" is one.
    fn run_end(&self, start: usize) -> usize {
        let end = self.tree.len();
        let mut at = start;
        while at < end {
            let joint = self.form(at) == "," || self.upos(at) == Upos::Cconj;
            let between = joint && at > start && self.is_quality(at - 1) && self.leads_to_quality(at + 1);
            if !self.in_phrase(at) && !between {
                break;
            }
            at += 1;
        }
        at
    }

    fn is_quality(&self, at: usize) -> bool {
        self.upos(at) == Upos::Adj || self.upos(at) == Upos::Cconj || (self.is_verb(at) && self.in_phrase(at))
    }

    fn leads_to_quality(&self, at: usize) -> bool {
        let at = if at < self.tree.len() && self.upos(at) == Upos::Cconj { at + 1 } else { at };
        let qualities = (at..self.tree.len()).take_while(|&at| self.upos(at) == Upos::Adj).count();
        let noun = at + qualities;
        qualities > 0 && (noun < self.tree.len() && matches!(self.upos(noun), Upos::Noun | Upos::Cconj | Upos::Punct))
    }

    /// The object behind a verb, an inserted phrase passed over: "condemn in the strongest terms the attack".
    pub fn object_from(&self, from: usize) -> Option<usize> {
        let mut at = self.behind_insertion(from).unwrap_or(from);
        for _ in 0..3 {
            let found = self.phrase_from(at);
            if found.is_some() {
                return found;
            }
            let inserted = at < self.tree.len() && matches!(self.form(at), "with" | "in");
            let noun = |at: usize| self.upos(at) == Upos::Noun;
            let run = (at + 1..self.tree.len()).take_while(|&at| self.in_phrase(at));
            let mut ends = run.filter(|&at| noun(at) && !(at + 1 < self.tree.len() && noun(at + 1)));
            let next = inserted.then(|| ends.next()).flatten()? + 1;
            let opens = next < self.tree.len()
                && (matches!(self.upos(next), Upos::Det | Upos::Propn | Upos::Adp)
                    || self.deprel(next) == Deprel::NmodPoss);
            at = opens.then_some(next)?;
        }
        None
    }

    /// Behind ", in accordance with its rules,": where the sentence goes on after a phrase between commas.
    fn behind_insertion(&self, from: usize) -> Option<usize> {
        let opens = from + 1 < self.tree.len()
            && self.form(from) == ","
            && (matches!(self.upos(from + 1), Upos::Adp | Upos::Adv | Upos::Sconj) || self.form(from + 1) == "inter");
        let end = self.tree.len().min(from + 2 * REACH);
        let close = (from + 2..end).find(|&at| self.form(at) == "," || self.form(at) == ";").filter(|_| opens)?;
        let next = close + 1;
        let goes_on = next < self.tree.len() && (self.in_phrase(next) || self.upos(next) == Upos::Adv);
        (self.form(close) == "," && goes_on).then_some(next)
    }

    /// A list of phrases in a row, as far as it goes by commas and a conjunction; the phrase alone if it is no list.
    pub fn list_from(&self, head: usize, is_subject: bool) -> Vec<usize> {
        let mut list = vec![head];
        let mut joined = false;
        let mut at = self.name_end(head) + 1;
        while let Some(next) = self.after_joint(at) {
            let joint = (at..next).any(|joint| self.upos(joint) == Upos::Cconj);
            let Some(member) = self.phrase_from(next).filter(|&member| self.in_phrase(next) && member >= next) else {
                break;
            };
            let behind = self.name_end(member) + 1;
            let goes_on = behind < self.tree.len() && matches!(self.upos(behind), Upos::Aux | Upos::Verb);
            if goes_on && !is_subject && !self.form(behind).ends_with("ed") {
                break;
            }
            list.push(member);
            at = behind;
            joined |= (head..next).any(|at| matches!(self.form(at), "particular" | "particularly" | "especially"));
            if joint {
                joined = true;
                break;
            }
        }
        if joined { list } else { vec![head] }
    }

    /// Where the next member of a list may start: behind a comma, a conjunction, or both; or behind "in particular".
    fn after_joint(&self, at: usize) -> Option<usize> {
        let is = |at: usize, comma: bool| {
            at < self.tree.len() && if comma { self.form(at) == "," } else { matches!(self.form(at), "and" | "or") }
        };
        let says = |at: usize, word: &str| at < self.tree.len() && self.form(at) == word;
        match (is(at, true), is(at, false), is(at + 1, false)) {
            (true, ..) if says(at + 1, "in") && says(at + 2, "particular") => Some(at + 3),
            (true, ..) if says(at + 1, "especially") || says(at + 1, "particularly") => Some(at + 2),
            (true, _, true) => Some(at + 2),
            (true, ..) | (_, true, _) => Some(at + 1),
            _ => None,
        }
    }

    /// The phrase that follows a noun after "of", or another of the words, at once.
    pub fn phrase_after(&self, noun: usize, words: &[&str]) -> Option<usize> {
        let next = noun + 1;
        (next < self.tree.len() && words.contains(&self.form(next))).then(|| self.phrase_from(next + 1)).flatten()
    }

    /// The first phrase after `from` that a preposition brings, before the clause ends.
    pub fn phrase_behind(&self, from: usize, preposition: &str) -> Option<usize> {
        let end = self.tree.len().min(from + REACH);
        let inside = (from + 1..end).take_while(|&at| !self.ends_clause(at));
        inside.filter(|&at| self.form(at) == preposition).find_map(|at| self.phrase_from(at + 1))
    }

    fn ends_clause(&self, token: usize) -> bool {
        matches!(self.form(token), ";" | ":" | "." | "which" | "that" | "who")
            || (self.is_verb(token) && self.own_subject(token).is_some())
    }

    /// "the Group's work": the phrase goes on behind a possessor.
    fn before_possessive(&self, head: usize, end: usize) -> usize {
        let possessive = head + 1 < end && matches!(self.form(head + 1), "'s" | "’s" | "'" | "’");
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
        matches!(self.upos(token), Upos::Adv) || matches!(self.form(token), "“" | "\"" | "”" | "‘" | "inter" | "alia")
    }

    pub fn in_phrase(&self, token: usize) -> bool {
        match self.upos(token) {
            Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn => true,
            Upos::Pron => self.deprel(token) == Deprel::NmodPoss,
            Upos::Verb => {
                matches!(self.deprel(token), Deprel::Amod | Deprel::Compound) || self.is_participle_before_noun(token)
            }
            Upos::Punct => matches!(self.form(token), "-" | "“" | "”" | "‘" | "’" | "\""),
            _ => false,
        }
    }
}
