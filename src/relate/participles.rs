//! "Pointing to the drought, X's delegate said …", "…, she said, urging partners to act": what those do besides whose words
//! are reported, in participles without a subject.

use super::grammar::Grammar;
use crate::model::{Deprel, Upos};
use crate::seeds::WordClass;

impl Grammar<'_> {
    /// Whether a participle in reported speech tells what its holder says.
    pub fn tells_beside(&self, node: usize) -> bool {
        let told = self.told.is_some_and(|told| told.contains(self.tree.token(node).span));
        told && WordClass::SpeakingParticiple.has(self.form(node))
            && self.upos(node) == Upos::Verb
            && !matches!(
                self.deprel(node),
                Deprel::Amod | Deprel::Nsubj | Deprel::Obj | Deprel::Compound | Deprel::Ccomp
            )
            && self.own_subject(node).is_none()
            && self.stands_apart(node)
    }

    /// It opens the sentence, or a comma, "while" or another such participle stands before it.
    fn stands_apart(&self, node: usize) -> bool {
        let before = (0..node).rev().find(|&at| !matches!(self.upos(at), Upos::Adv | Upos::Cconj));
        let Some(before) = before else { return true };
        let joined = (before + 1..node).any(|at| self.upos(at) == Upos::Cconj);
        let alike = || (0..before).rev().take(20).any(|at| WordClass::SpeakingParticiple.has(self.form(at)));
        matches!(self.form(before), "," | "while" | "when" | "–" | "—") || joined && alike()
    }
}
