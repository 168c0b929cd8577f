//! Idioms of a sentence by their sense: what denies, what only looks like a denial, what tells that a clause is not so.
//!
//! They are found by their words, since trees of idioms are seldom right; the lists are data (`seeds/rules/sense.toml`).

use super::spelling::Spelling;
use crate::model::{Deprel, Tree, Upos};
use crate::seeds::{Phrase, WordClass, WordList, Words};

/// The lists that are looked for.
const LISTS: [WordList; 4] = [WordList::Affirming, WordList::Denying, WordList::Untruths, WordList::Past];

/// How many adverbs may stand between two words of an idiom: "cannot really help but".
const GAP: usize = 2;

/// The idioms of one sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Idioms {
    /// By word: the list of the idiom that it is a part of.
    covers: Vec<Option<WordList>>,
    /// By word: whether an idiom denies it.
    denies: Vec<bool>,
    /// Whether the sentence is a rule of a treaty: "States parties shall".
    pub is_treaty: bool,
    /// Whether it opens as notices on the text itself do: "Corrections should be".
    pub is_notice: bool,
}

impl Idioms {
    /// Finds the idioms of a sentence.
    pub fn find(tree: &Tree<'_>, tags: &[Upos], spelling: &[Spelling], words: &Words) -> Self {
        let seeker = Seeker { tree, tags, spelling, words };
        let mut found = Self {
            covers: vec![None; tree.len()],
            denies: vec![false; tree.len()],
            is_treaty: seeker.is_treaty(),
            is_notice: seeker.is_notice(),
        };
        let mut at = 0;
        while at < tree.len() {
            let Some((list, end)) = seeker.idiom_at(at) else {
                at += 1;
                continue;
            };
            found.covers[at..end].fill(Some(list));
            let governor = seeker.governor(at, end).filter(|_| list == WordList::Denying);
            if let Some(governor) = governor.filter(|&governor| !seeker.is_emphatic(at, governor)) {
                found.denies[governor] = true;
            }
            at = end;
        }
        found
    }

    /// The list of the idiom that a word is a part of.
    pub fn list_at(&self, word: usize) -> Option<WordList> {
        self.covers[word]
    }

    /// Whether a word is a part of an idiom of denial, sham or real, and so says nothing by itself.
    pub fn says_nothing(&self, word: usize) -> bool {
        matches!(self.covers[word], Some(WordList::Affirming | WordList::Denying))
    }

    /// Whether an idiom denies a word: "supports" in "no longer supports".
    pub fn denies(&self, word: usize) -> bool {
        self.denies[word]
    }
}

struct Seeker<'s, 'a> {
    tree: &'s Tree<'a>,
    tags: &'s [Upos],
    spelling: &'s [Spelling],
    words: &'s Words,
}

impl Seeker<'_, '_> {
    /// The list of the longest idiom that starts at a word, and where it ends.
    fn idiom_at(&self, at: usize) -> Option<(WordList, usize)> {
        let Spelling { form, lemma } = &self.spelling[at];
        let first = if *form == "n't" { "not" } else { form.as_str() };
        let keys = [first].into_iter().chain((first != lemma.as_str()).then_some(lemma.as_str()));
        for key in keys {
            let phrases = self.words.phrases(key).iter().filter(|phrase| LISTS.contains(&phrase.list));
            for phrase in phrases {
                if let Some(end) = self.end_of(phrase, at + 1).filter(|&end| !self.is_distance(phrase.list, end)) {
                    return Some((phrase.list, end));
                }
            }
            // A word alone: "falsely".
            if let Some(list) = LISTS.into_iter().find(|&list| self.words.has(list, key)) {
                return Some((list, at + 1));
            }
        }
        None
    }

    /// "far from the average", where "far from resolved" denies: a preposition with a noun behind it.
    fn is_distance(&self, list: WordList, end: usize) -> bool {
        let preposition = end > 0 && matches!(self.spelling[end - 1].form.as_str(), "from" | "of");
        let noun = end < self.tree.len()
            && matches!(self.tags[end], Upos::Det | Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num);
        list == WordList::Denying && preposition && noun
    }

    /// "At no time has it been more necessary", "at no point has it become such a burden": it is, and more than ever.
    fn is_emphatic(&self, start: usize, governor: usize) -> bool {
        let form = |at: usize| self.spelling.get(at).map_or("", |word| word.form.as_str());
        let over_time = form(start) == "at" && matches!(form(start + 2), "time" | "point" | "stage");
        let degree = |at: usize| WordClass::DegreeWord.has(form(at));
        let becomes = self.spelling[governor].lemma == "become" && (governor + 1..governor + 4).any(degree);
        over_time && (becomes || governor > 0 && degree(governor - 1))
    }

    /// Whether somebody whom a treaty binds is the first that the sentence names, and shall or may do something.
    fn is_treaty(&self) -> bool {
        let opening = self.tree.len().min(8);
        let party = (0..opening).find_map(|at| self.phrase_end(WordList::TreatyParties, at));
        let rule = |at: usize| matches!(self.spelling[at].form.as_str(), "shall" | "may" | "undertake" | "undertakes");
        party.is_some_and(|end| (end..self.tree.len().min(end + 12)).any(rule))
    }

    fn is_notice(&self) -> bool {
        let word = |at: &usize| self.spelling[*at].form.chars().all(char::is_alphabetic);
        let first = (0..self.tree.len().min(3)).find(word);
        first.is_some_and(|first| self.phrase_end(WordList::Boilerplate, first).is_some())
    }

    /// Where a phrase or word of a list ends that starts at a word.
    fn phrase_end(&self, list: WordList, at: usize) -> Option<usize> {
        let Spelling { form, lemma } = &self.spelling[at];
        if self.words.has(list, form) {
            return Some(at + 1);
        }
        let keys = [form.as_str()].into_iter().chain((form != lemma).then_some(lemma.as_str()));
        let mut phrases = keys.flat_map(|key| self.words.phrases(key)).filter(|phrase| phrase.list == list);
        phrases.find_map(|phrase| self.end_of(phrase, at + 1))
    }

    fn end_of(&self, phrase: &Phrase, mut at: usize) -> Option<usize> {
        for word in &phrase.rest {
            let says = |at: usize| self.spelling[at].form == *word || self.spelling[at].lemma == *word;
            let skipped = (at..self.tree.len().min(at + GAP)).take_while(|&at| !says(at) && self.tags[at] == Upos::Adv);
            at += skipped.count();
            if at >= self.tree.len() || !says(at) {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// The word that an idiom of denial denies: the verb or quality right behind it, else what it hangs on.
    fn governor(&self, start: usize, end: usize) -> Option<usize> {
        let content =
            |at: &usize| matches!(self.tags[*at], Upos::Verb | Upos::Adj) && self.tree.token(*at).deprel != Deprel::Aux;
        let next = (end..self.tree.len()).find(|&at| self.tags[at] != Upos::Adv);
        let hangs_on = || {
            let mut heads = (start..end).filter_map(|at| self.tree.head(at));
            let head = heads.rfind(|head| !(start..end).contains(head))?;
            if content(&head) { Some(head) } else { self.tree.head(head) }
        };
        // "under no circumstances does Kenya support": the verb behind the subject.
        let behind = || (end..self.tree.len()).find(|&at| self.tags[at] == Upos::Verb);
        next.filter(content).or_else(hangs_on).or_else(behind)
    }
}
