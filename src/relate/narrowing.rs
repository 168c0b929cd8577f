//! What tells a thing from others of its name: the words behind it, without which a claim would say too much.

use super::argument::{Arguments, End, Wanted};
use super::grammar::Grammar;
use crate::model::{Deprel, Kind, MentionClass};
use crate::seeds::{Take, WordList};

impl Arguments<'_> {
    /// "the fact that the bridge was repaired": what the noun says, which by itself says nothing.
    pub(super) fn told_by(&self, grammar: &Grammar<'_>, noun: usize, wanted: &Wanted<'_>) -> Option<End> {
        if wanted.subject || !matches!(grammar.lemma(noun), "fact" | "news" | "circumstance") {
            return None;
        }
        let clauses = [Deprel::Acl, Deprel::AclRelcl, Deprel::Ccomp];
        let that = |&clause: &usize| {
            let mut marks = grammar.tree.children_by(clause, &[Deprel::Mark]);
            clause > noun && marks.any(|mark| grammar.form(mark) == "that")
        };
        let clause = grammar.tree.children_by(noun, &clauses).find(that)?;
        self.literal(grammar, clause, &Wanted { take: Take::Words, clause: true, ..*wanted })
    }

    /// Whether a common noun goes on behind what is seen of it: "people" in "people of the islands".
    pub(super) fn goes_on(&self, grammar: &Grammar<'_>, mention: usize, token: usize) -> bool {
        let mention = &self.inputs.mentions[mention];
        let tokens = grammar.tree.sentence.tokens_in(mention.span);
        let next = tokens.end;
        let kind = matches!(mention.kind, Kind::Topic | Kind::Measure | Kind::PersonRole);
        // "war on the coast": not any war.
        let on = |at: usize| {
            let mut phrases = grammar.tree.children_by(token, &[Deprel::Nmod]);
            matches!(grammar.form(at), "on" | "against" | "between" | "over")
                && tokens.len() == 1
                && phrases.any(|phrase| grammar.tree.subtree(phrase).first() == Some(&at))
        };
        // "freedom of navigation" is no freedom of everything; "freedom of Togo" is Togo's.
        let of_term = |at: usize| {
            let mut phrases = grammar.tree.children_by(token, &[Deprel::Nmod]);
            let owner = |phrase: usize| {
                self.largest_at(phrase).is_some_and(|i| {
                    let kind = self.inputs.mentions[i].kind;
                    kind.is_agent() || matches!(kind, Kind::State | Kind::Place)
                })
            };
            grammar.form(at) == "of"
                && tokens.len() == 1
                && phrases.any(|phrase| grammar.tree.subtree(phrase).first() == Some(&at) && !owner(phrase))
        };
        let of = |at: usize| match mention.class {
            MentionClass::Nominal => grammar.form(at) == "of",
            MentionClass::Term => of_term(at),
            _ => false,
        };
        let common = matches!(mention.class, MentionClass::Nominal | MentionClass::Term);
        common && kind && next < grammar.tree.len() && (of(next) || on(next))
    }

    /// Whether a bare noun that could be anything, "activities", is told from others by what follows it.
    pub(super) fn is_narrowed(&self, grammar: &Grammar<'_>, mention: usize) -> bool {
        let mention = &self.inputs.mentions[mention];
        let tokens = grammar.tree.sentence.tokens_in(mention.span);
        let next = tokens.end;
        let narrows = |at: usize| grammar.is(WordList::Telling, at);
        let any = [WordList::LooseSides, WordList::Empty].iter().any(|&list| grammar.is(list, tokens.start));
        mention.class == MentionClass::Nominal && tokens.len() == 1 && any && next < grammar.tree.len() && narrows(next)
    }
}
