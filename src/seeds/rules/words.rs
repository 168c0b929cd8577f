//! Word lists that all rules share: what negates, what makes a proposal, which nouns are only a side of their complement.

use std::collections::HashSet;

use compact_str::CompactString;

/// One of the lists of `[words]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordList {
    /// Nouns that name only a side of what follows: "the work of the Group" is about the Group.
    Sides,
    /// As [`WordList::Sides`], but only where no adjective or noun stands before them: "the development of X".
    LooseSides,
    /// Adjectives that make no thing of its own: "other", "important".
    LightAdjectives,
    /// Words that deny what they stand with: "not", "no", "without".
    Denials,
    /// Verbs and adjectives that deny their complement: "fail to", "unable to".
    Failures,
    /// Modals and verbs of obligation: "should", "must", "need to".
    Obligations,
    /// Nouns and adjectives whose infinitive is a proposal: "the need to", "it is vital to".
    Needs,
    /// Modals of possibility and forecast: "can", "may", "will".
    Possibilities,
    /// Verbs that ask somebody to do what follows: "urge", "request".
    Commands,
    /// Verbs of wishing, which do not weaken the act that they introduce: "I would like to thank".
    Wishes,
    /// Verbs of opinion: "believe", "consider".
    Opinions,
    /// Verbs of reporting: "state", "note".
    Reports,
    /// Words that open a purpose: "order" in "in order to", "view" in "with a view to".
    Purposes,
    /// Words that open a condition: "if", "whether".
    Conditions,
    /// Nouns that stand for what somebody does or has, and so lend it their owner as subject: "decision to", "efforts to".
    Deeds,
    /// Nouns that say nothing by themselves: "measures", "steps".
    Empty,
    /// Verbs against something: "combat", "end".
    Against,
    /// Verbs and adjectives of undertaking: "agree to", "ready to".
    Undertakings,
    /// Verbs that say only how a deed is gone about: "work to protect", "continue to".
    Endeavours,
    /// Verbs with which an organ acts in a clause of a resolution: "requests", "noting".
    Acts,
    /// Verbs that tell of something as not so: "deny that".
    Contradictions,
    /// Verbs that say too little for an open relation: "do", "go", "think".
    Vague,
}

impl WordList {
    /// All lists with their keys.
    pub const ALL: [(&'static str, WordList); 22] = [
        ("sides", WordList::Sides),
        ("loose_sides", WordList::LooseSides),
        ("light_adjectives", WordList::LightAdjectives),
        ("denials", WordList::Denials),
        ("failures", WordList::Failures),
        ("obligations", WordList::Obligations),
        ("needs", WordList::Needs),
        ("possibilities", WordList::Possibilities),
        ("commands", WordList::Commands),
        ("wishes", WordList::Wishes),
        ("opinions", WordList::Opinions),
        ("reports", WordList::Reports),
        ("purposes", WordList::Purposes),
        ("conditions", WordList::Conditions),
        ("deeds", WordList::Deeds),
        ("empty", WordList::Empty),
        ("against", WordList::Against),
        ("undertakings", WordList::Undertakings),
        ("endeavours", WordList::Endeavours),
        ("acts", WordList::Acts),
        ("contradictions", WordList::Contradictions),
        ("vague", WordList::Vague),
    ];
}

/// All word lists.
#[derive(Clone, Debug, Default)]
pub struct Words {
    lists: [HashSet<CompactString>; WordList::ALL.len()],
}

impl Words {
    /// Whether a lemma (in lower case) stands in a list.
    pub fn has(&self, list: WordList, lemma: &str) -> bool {
        self.lists[list as usize].contains(lemma)
    }

    pub(super) fn insert(&mut self, list: WordList, lemma: &str) {
        self.lists[list as usize].insert(lemma.into());
    }

    pub(super) fn merge(&mut self, other: Words) {
        for (mine, theirs) in self.lists.iter_mut().zip(other.lists) {
            mine.extend(theirs);
        }
    }
}
