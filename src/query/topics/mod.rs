//! What is on a topic: the claims that speak of it, of what is narrower, or have its words; and why each is among them.

mod clause;
mod phrases;
mod tree;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::lift::vocabulary::{rap, skos};
use crate::model::Qualifier;
use crate::record::{Claim, NameError, Names, Record, TermId};

pub use clause::own_clause;
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
    /// The words as they were asked for, where no topic of the tree is called so.
    asked: Phrases<()>,
    /// Whether nothing is called so, and only the words are looked for.
    is_words: bool,
}

/// The sentence around a passage, by the passage's IRI; nothing where no text is at hand.
pub type SentenceAt<'s> = &'s dyn Fn(&str) -> Option<String>;

impl Topic {
    /// The topic of that name: one of the tree, else the words as they are, with the thing that has the name if there is one.
    /// Gives a remark where the name was not one of the thing's in full: the words are never narrowed to that thing.
    ///
    /// # Errors
    /// If the name is an IRI of which nothing is said.
    pub fn find(record: &Record<'_>, name: &str) -> Result<(Self, Option<String>), NameError> {
        let topics = Topics::new(record);
        if let Some(id) = topics.named(name) {
            return Ok((Self::of(record, &topics, id), None));
        }
        let names = Names::new(record);
        match names.find(name) {
            Ok(found) => match found.id {
                Some(id) => {
                    let mut topic = Self::of(record, &topics, id);
                    topic.asked.add(name, ());
                    if !found.exact {
                        name.clone_into(&mut topic.label);
                    }
                    let remark = (!found.exact)
                        .then(|| format!("topic = {}, and what has the words “{name}”", names.describe(&found.iri)));
                    Ok((topic, remark))
                }
                None => Err(NameError::NoEntity { name: name.to_owned(), near: topics.near(name) }),
            },
            // What several things are called is looked for in the words too.
            Err(_) => Ok((Self::of_words(&topics, name), None)),
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
        let asked = Phrases::default();
        Self { label: record.label(id), id: Some(id), narrower, phrases, asked, is_words: false }
    }

    fn of_words(topics: &Topics<'_>, words: &str) -> Self {
        let mut asked = Phrases::default();
        asked.add(words, ());
        let narrower = BTreeSet::new();
        Self { label: words.to_owned(), id: None, narrower, phrases: topics.phrases(), asked, is_words: true }
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
        let signs = self.phrases.find(text).into_iter().filter(|sign| self.has(*sign)).count();
        signs.max(self.asked.find(text).len())
    }

    /// The claims of a record that are on it, each with why, by IRI. A claim is on what its own words speak of: its object,
    /// what narrows that, and its own clause with the tail behind the quote, which `sentence` gives.
    pub fn claims(&self, record: &Record<'_>, sentence: SentenceAt<'_>) -> BTreeMap<String, TopicReason> {
        let mut seen = Seen { record, phrases: &self.phrases, by_words: HashMap::new() };
        let reasons = record.claims().filter_map(|claim| {
            let reason = self.reason(&claim, record, &mut seen, sentence)?;
            Some((record.quads().text(claim.id).to_owned(), reason))
        });
        reasons.collect()
    }

    fn has(&self, sign: TermId) -> bool {
        self.id == Some(sign) || self.narrower.contains(&sign)
    }

    fn reason(
        &self,
        claim: &Claim<'_>,
        record: &Record<'_>,
        seen: &mut Seen<'_>,
        sentence: SentenceAt<'_>,
    ) -> Option<TopicReason> {
        let is_it = |id: TermId| self.id == Some(id);
        if is_it(claim.object) || claim.qualifiers.iter().any(|(_, value)| is_it(*value)) {
            return Some(TopicReason::Concept);
        }
        if spoken_of(claim, record).iter().any(|id| self.has(*id)) {
            return Some(TopicReason::Narrower);
        }
        let signs = seen.signs_of_things(claim);
        self.by_signs(&signs, || things(claim).any(|id| !self.asked.find(&words(record, id)).is_empty())).or_else(
            || {
                claim.passages.iter().find_map(|passage| {
                    let clause = own_words(record, claim, *passage, sentence);
                    let mut found = self.phrases.find(&clause);
                    // Who speaks is not what is spoken of.
                    if let Some(at) = found.iter().position(|sign| *sign == claim.subject) {
                        found.remove(at);
                    }
                    self.by_signs(&found, || {
                        claim.subject != self.id.unwrap_or(claim.object) && !self.asked.find(&clause).is_empty()
                    })
                })
            },
        )
    }

    /// Why words are on it, by what stands in them: its own words, or those of what is narrower.
    fn by_signs(&self, signs: &[TermId], is_asked: impl FnOnce() -> bool) -> Option<TopicReason> {
        if signs.iter().any(|sign| self.id == Some(*sign)) || is_asked() {
            return Some(TopicReason::Words);
        }
        signs.iter().any(|sign| self.narrower.contains(sign)).then_some(TopicReason::Narrower)
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

/// What a claim is on, and what narrows it; not the word of its act.
fn things<'c>(claim: &'c Claim<'_>) -> impl Iterator<Item = TermId> + 'c {
    let narrowing = claim.qualifiers.iter().filter(|(qualifier, _)| *qualifier != Qualifier::Verb);
    narrowing.map(|(_, value)| *value).chain([claim.object])
}

/// The words of a claim's own clause in a passage.
fn own_words(record: &Record<'_>, claim: &Claim<'_>, passage: TermId, sentence: SentenceAt<'_>) -> String {
    let quote = words(record, passage);
    let around = sentence(record.quads().text(passage));
    clause::own_clause(&quote, &record.words(claim.object), around.as_deref())
}

/// What words stand for, each read once.
struct Seen<'a> {
    record: &'a Record<'a>,
    phrases: &'a Phrases<TermId>,
    by_words: HashMap<TermId, Vec<TermId>>,
}

impl Seen<'_> {
    /// What the words of a claim's object and of what narrows it stand for.
    fn signs_of_things(&mut self, claim: &Claim<'_>) -> Vec<TermId> {
        let mut signs = Vec::new();
        for thing in things(claim) {
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

    /// The same with the words of its own clause.
    fn signs(&mut self, claim: &Claim<'_>) -> BTreeSet<TermId> {
        let mut signs: BTreeSet<TermId> = self.signs_of_things(claim).into_iter().collect();
        for passage in &claim.passages {
            signs.extend(self.phrases.find(&own_words(self.record, claim, *passage, &|_| None)));
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
