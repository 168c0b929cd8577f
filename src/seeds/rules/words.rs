//! Word lists that all rules share: what negates, what makes a proposal, which nouns are only a side of their complement.

use std::collections::{HashMap, HashSet};

use compact_str::CompactString;

/// One of the lists of `[words]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WordList {
    /// Nouns that name only a side of what follows: "the work of the Group" is about the Group.
    Sides,
    /// As [`WordList::Sides`], but only where no adjective or noun stands before them: "the development of X".
    LooseSides,
    /// Words behind a bare noun that tell it from others of its name: "activities in", "activities aimed at".
    Telling,
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
    /// Phrases whose denial denies nothing: "not only", "cannot but", "without question".
    Affirming,
    /// Phrases that deny the clause they stand in: "no longer", "under no circumstances", "has yet to".
    Denying,
    /// What tells that a clause is not so, or only what somebody says: "it is wrong to say", "the myth that".
    Untruths,
    /// Verbs that take back what their object names: "withdraw its support".
    Retractions,
    /// Verbs with which one holds or shows what their object names: "has no commitment".
    Holdings,
    /// Subjects that stand for nobody in particular: "some think", "critics claim".
    Nobodies,
    /// Verbs of saying that without a subject tell of hearsay: "it is often said".
    Hearsay,
    /// Verbs whose infinitive is their own subject's deed, whomever they speak to: "promised Norway to".
    Promises,
    /// Verbs that let happen: what they let happen is the whole clause ("cannot allow X to fail").
    Permissions,
    /// Nouns that ask somebody for something: "its request to the Committee to report".
    Requests,
    /// Words before something that is left out of what is meant: "rather than", "instead of".
    Excluding,
    /// Words that open sentences which are nobody's position: notices on corrections, on copies.
    Boilerplate,
    /// Names of those whom a treaty binds: what they "shall" do nobody calls for.
    TreatyParties,
    /// Verbs that turn the sense of their object, beside those against it: "undermine the Court".
    Harming,
    /// Nouns for what somebody holds to be so: "the view that".
    Views,
    /// Verbs that bring about what they name: "a convention must be adopted" asks for the convention.
    Achieving,
    /// Words that a denial before them bears on alone: "cannot do it alone", "not merely".
    Narrowing,
    /// Words that tell what one thinks of a thing, not what one does against it: "objects to".
    Opposing,
    /// Verbs that go on behind another one, where a tagger reads a noun: "and thanks the Chair".
    SecondVerbs,
    /// Nouns that stand for one of many and do not tell which: "commission", "meeting".
    Unnamed,
    /// Nouns behind "this" that mean the time and place of speaking: "this year".
    Here,
    /// Adjectives that tell of a view as untrue: "the mistaken belief that".
    Mistaken,
    /// Verbs of weighing what is not done yet: "discussed imposing".
    Deliberations,
    /// Phrases that tell of another time than the text's: "last year", "at that time".
    Past,
    /// What somebody takes or has to do something: "takes this opportunity to thank".
    Occasions,
    /// Adverbs that make a statement stronger and no smaller: "strongly", "categorically".
    Emphasis,
}

/// A list that a phrase of several words stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The list.
    pub list: WordList,
    /// The words behind the first, in lower case.
    pub rest: Vec<CompactString>,
}

impl WordList {
    /// All lists with their keys.
    pub const ALL: [(&'static str, WordList); 49] = [
        ("sides", WordList::Sides),
        ("loose_sides", WordList::LooseSides),
        ("telling", WordList::Telling),
        ("light_adjectives", WordList::LightAdjectives),
        ("occasions", WordList::Occasions),
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
        ("affirming", WordList::Affirming),
        ("denying", WordList::Denying),
        ("untruths", WordList::Untruths),
        ("retractions", WordList::Retractions),
        ("holdings", WordList::Holdings),
        ("nobodies", WordList::Nobodies),
        ("hearsay", WordList::Hearsay),
        ("promises", WordList::Promises),
        ("permissions", WordList::Permissions),
        ("requests", WordList::Requests),
        ("excluding", WordList::Excluding),
        ("boilerplate", WordList::Boilerplate),
        ("treaty_parties", WordList::TreatyParties),
        ("harming", WordList::Harming),
        ("views", WordList::Views),
        ("achieving", WordList::Achieving),
        ("narrowing", WordList::Narrowing),
        ("opposing", WordList::Opposing),
        ("second_verbs", WordList::SecondVerbs),
        ("unnamed", WordList::Unnamed),
        ("here", WordList::Here),
        ("mistaken", WordList::Mistaken),
        ("deliberations", WordList::Deliberations),
        ("past", WordList::Past),
        ("emphasis", WordList::Emphasis),
    ];
}

/// All word lists.
#[derive(Clone, Debug)]
pub struct Words {
    /// The single words of each list.
    lists: [HashSet<CompactString>; WordList::ALL.len()],
    /// The phrases of several words of all lists, by their first word, longer ones first.
    phrases: HashMap<CompactString, Vec<Phrase>>,
}

impl Default for Words {
    fn default() -> Self {
        Self { lists: std::array::from_fn(|_| HashSet::new()), phrases: HashMap::new() }
    }
}

impl Words {
    /// Whether a lemma (in lower case) stands in a list.
    pub fn has(&self, list: WordList, lemma: &str) -> bool {
        self.lists[list as usize].contains(lemma)
    }

    /// The phrases of several words that begin with a word (in lower case), longer ones first.
    pub fn phrases(&self, first: &str) -> &[Phrase] {
        self.phrases.get(first).map_or(&[], Vec::as_slice)
    }

    pub(super) fn insert(&mut self, list: WordList, entry: &str) {
        let mut words = entry.split(' ').map(CompactString::from);
        let (Some(first), rest) = (words.next(), words.collect::<Vec<_>>()) else { return };
        if rest.is_empty() {
            self.lists[list as usize].insert(first);
            return;
        }
        self.add(first, Phrase { list, rest });
    }

    fn add(&mut self, first: CompactString, phrase: Phrase) {
        let known = self.phrases.entry(first).or_default();
        if !known.contains(&phrase) {
            known.push(phrase);
            known.sort_by_key(|phrase| std::cmp::Reverse(phrase.rest.len()));
        }
    }

    pub(super) fn merge(&mut self, other: Words) {
        for (mine, theirs) in self.lists.iter_mut().zip(other.lists) {
            mine.extend(theirs);
        }
        for (first, phrases) in other.phrases {
            phrases.into_iter().for_each(|phrase| self.add(first.clone(), phrase));
        }
    }
}
