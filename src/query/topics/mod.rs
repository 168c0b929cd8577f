//! What is on a topic: the claims that speak of it, of what is narrower, or have its words; and why each is among them.

mod phrases;
mod tree;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::lift::vocabulary::{rap, skos};
use crate::model::Qualifier;
use crate::record::{Claim, NameError, Names, Record, TermId};

pub use phrases::{Phrases, folded};
pub use tree::Topics;

/// Why a claim is on a topic, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TopicReason {
    /// It speaks of the very thing.
    Concept,
    /// It speaks of something narrower, or that the topic owns.
    Narrower,
    /// It has the words.
    Words,
}

impl TopicReason {
    /// For a table.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Concept => "by concept",
            Self::Narrower => "narrower",
            Self::Words => "in the words",
        }
    }
}

/// A topic as a person asked for it.
pub struct Topic {
    /// What it is called.
    pub label: String,
    /// The thing, if it is one.
    id: Option<TermId>,
    narrower: BTreeSet<TermId>,
    phrases: Phrases<TermId>,
    /// What the words of the topic stand for.
    signs: BTreeSet<TermId>,
    /// What stands for words that are no thing's.
    is_words: bool,
}

impl Topic {
    /// The topic of that name: one of the tree, else any thing, else only the words. Gives a remark where the name was not
    /// one of the thing's in full.
    ///
    /// # Errors
    /// If several things have the name.
    pub fn find(record: &Record<'_>, name: &str) -> Result<(Self, Option<String>), NameError> {
        let topics = Topics::new(record);
        if let Some(id) = topics.named(name) {
            return Ok((Self::of(record, &topics, id), None));
        }
        let names = Names::new(record);
        match names.find(name) {
            Ok(found) => match found.id {
                Some(id) => {
                    let remark = (!found.exact).then(|| format!("topic = {}", names.describe(&found.iri)));
                    Ok((Self::of(record, &topics, id), remark))
                }
                None => Err(NameError::NoEntity { name: name.to_owned(), near: topics.near(name) }),
            },
            Err(NameError::NoEntity { .. }) => Ok((Self::of_words(record, &topics, name), None)),
            Err(several) => Err(several),
        }
    }

    fn of(record: &Record<'_>, topics: &Topics<'_>, id: TermId) -> Self {
        let mut phrases = topics.phrases();
        let narrower = topics.closure(id);
        if narrower.is_empty() && !topics.concepts().contains(&id) {
            for label in [skos::PREF_LABEL, skos::ALT_LABEL].into_iter().flat_map(|property| record.texts(id, property))
            {
                phrases.add(label, id);
            }
        }
        let signs = narrower.iter().copied().chain([id]).collect();
        Self { label: record.label(id), id: Some(id), narrower, phrases, signs, is_words: false }
    }

    fn of_words(record: &Record<'_>, topics: &Topics<'_>, words: &str) -> Self {
        // The vocabulary's own term stands for the words: no thing of a store is that.
        let mut phrases = topics.phrases();
        let sign = record.quads().find_iri(skos::CONCEPT.as_str());
        if let Some(sign) = sign {
            phrases.add(words, sign);
        }
        let signs = sign.into_iter().collect();
        Self { label: words.to_owned(), id: None, narrower: BTreeSet::new(), phrases, signs, is_words: true }
    }

    /// The thing, if it is one.
    pub const fn id(&self) -> Option<TermId> {
        self.id
    }

    /// Whether nothing is called so, and only the words are looked for.
    pub const fn is_words(&self) -> bool {
        self.is_words
    }

    /// How often the words of the topic stand in a text.
    pub fn times_in(&self, text: &str) -> usize {
        self.phrases.find(text).iter().filter(|sign| self.signs.contains(sign)).count()
    }

    /// The claims of a record that are on it, each with why, by IRI.
    pub fn claims(&self, record: &Record<'_>) -> BTreeMap<String, TopicReason> {
        let mut seen = Seen { record, phrases: &self.phrases, by_words: HashMap::new() };
        let reasons = record.claims().filter_map(|claim| {
            let reason = self.reason(&claim, record, &mut seen)?;
            Some((record.quads().text(claim.id).to_owned(), reason))
        });
        reasons.collect()
    }

    fn reason(&self, claim: &Claim<'_>, record: &Record<'_>, seen: &mut Seen<'_>) -> Option<TopicReason> {
        let is_it = |id: TermId| self.id == Some(id);
        if is_it(claim.object) || claim.qualifiers.iter().any(|(_, value)| is_it(*value)) {
            return Some(TopicReason::Concept);
        }
        if spoken_of(claim, record).iter().any(|id| is_it(*id) || self.narrower.contains(id)) {
            return Some(TopicReason::Narrower);
        }
        let has_words = seen.signs(claim).iter().any(|sign| self.signs.contains(sign));
        has_words.then_some(TopicReason::Words)
    }
}

/// Puts claims under the narrowest topic that they are on.
pub struct Placing<'a> {
    tree: &'a Topics<'a>,
    phrases: Phrases<TermId>,
    record: &'a Record<'a>,
    /// The one topic under which all is put, with what is narrower.
    under: Option<(TermId, BTreeSet<TermId>)>,
}

impl<'a> Placing<'a> {
    /// Into the topics of a tree.
    pub fn new(record: &'a Record<'a>, tree: &'a Topics<'a>) -> Self {
        Self { tree, phrases: tree.phrases(), record, under: None }
    }

    /// Into a topic of a tree and what is narrower; what is on none of these is on that topic.
    pub fn under(self, topic: TermId) -> Self {
        let narrower = self.tree.closure(topic);
        Self { under: Some((topic, narrower)), ..self }
    }

    /// The narrowest topic of what a claim speaks of; by what it is before by its words, and of equals the first by label.
    pub fn narrowest(&mut self, claim: &Claim<'_>) -> Option<TermId> {
        let is_under = |id: &TermId| self.under.as_ref().is_none_or(|(topic, all)| id == topic || all.contains(id));
        let is_topic = |id: &TermId| self.tree.concepts().contains(id) && is_under(id);
        let owner = |id: TermId| if is_topic(&id) { Some(id) } else { self.tree.owner(id).filter(is_under) };
        let things = spoken_of(claim, self.record).into_iter().filter_map(owner);
        let signs = self.phrases.find(&self.record.words(claim.object)).into_iter().filter_map(owner);
        let depth = |id: &TermId| self.tree.above(*id).len();
        let (things, signs): (Vec<TermId>, Vec<TermId>) = (things.collect(), signs.collect());
        let deepest =
            |ids: Vec<TermId>| ids.into_iter().max_by_key(|id| (depth(id), std::cmp::Reverse(self.record.label(*id))));
        deepest(things).or_else(|| deepest(signs)).or(self.under.as_ref().map(|(topic, _)| *topic))
    }
}

/// What a claim speaks of: its object, what narrows it, and what these are a part or aspect of.
fn spoken_of(claim: &Claim<'_>, record: &Record<'_>) -> Vec<TermId> {
    let mut things = vec![claim.object];
    things.extend(claim.qualifiers.iter().map(|(_, value)| *value));
    let of: Vec<TermId> = things.iter().flat_map(|&id| record.values(id, rap::ASPECT_OF)).collect();
    things.extend(of);
    things
}

/// What words stand for, each read once.
struct Seen<'a> {
    record: &'a Record<'a>,
    phrases: &'a Phrases<TermId>,
    by_words: HashMap<TermId, Vec<TermId>>,
}

impl Seen<'_> {
    /// What the words of a claim stand for: those of its quote, of its object and of what narrows it.
    fn signs(&mut self, claim: &Claim<'_>) -> BTreeSet<TermId> {
        let narrowing = claim.qualifiers.iter().filter(|(qualifier, _)| *qualifier != Qualifier::Verb);
        let things = narrowing.map(|(_, value)| *value).chain([claim.object]).chain(claim.passages.iter().copied());
        let things: Vec<TermId> = things.collect();
        let mut signs = BTreeSet::new();
        for thing in things {
            let (record, phrases) = (self.record, self.phrases);
            let known = self.by_words.entry(thing).or_insert_with(|| {
                let mut found = phrases.find(&words(record, thing));
                found.sort_unstable();
                found.dedup();
                found
            });
            signs.extend(known.iter().copied());
        }
        signs
    }
}

/// The words of a thing, a literal or a passage.
fn words(record: &Record<'_>, id: TermId) -> String {
    match record.value(id, rap::QUOTE) {
        Some(quote) => record.quads().text(quote).to_owned(),
        None => record.label(id),
    }
}

/// How much a record says of a topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicCount {
    /// Claims on it or on what is narrower.
    pub claims: usize,
    /// Those of them that are positions.
    pub positions: usize,
    /// Documents with such a claim.
    pub documents: usize,
}

/// How much a record says of each of its topics, narrower ones included.
pub fn counts(record: &Record<'_>, topics: &Topics<'_>) -> BTreeMap<TermId, TopicCount> {
    let phrases = topics.phrases();
    let mut seen = Seen { record, phrases: &phrases, by_words: HashMap::new() };
    let mut above: HashMap<TermId, BTreeSet<TermId>> = HashMap::new();
    let mut counts: BTreeMap<TermId, TopicCount> = BTreeMap::new();
    let mut documents: BTreeSet<(TermId, TermId)> = BTreeSet::new();
    for claim in record.claims() {
        let mut on = seen.signs(&claim);
        on.extend(spoken_of(&claim, record));
        let mut all: BTreeSet<TermId> = BTreeSet::new();
        for id in on {
            let broader = above.entry(id).or_insert_with(|| topics.above(id));
            all.extend(broader.iter().copied().chain([id]));
        }
        for topic in all {
            let count = counts.entry(topic).or_default();
            count.claims += 1;
            count.positions += usize::from(claim.relation.is_position());
            if claim.text.is_some_and(|text| documents.insert((topic, text))) {
                count.documents += 1;
            }
        }
    }
    counts
}
