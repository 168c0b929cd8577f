//! The topics that a record knows, broader to narrower, with their words: those that ship and those of thesauri that the
//! user loaded.

use std::collections::{BTreeMap, BTreeSet};

use super::phrases::{Phrases, folded};
use crate::lift::vocabulary::{dcterms, skos};
use crate::model::{Class, Kind};
use crate::record::{Record, TermId};
use crate::seeds::WordClass;

/// The properties by whose words a topic is found, in the order in which a name decides.
const NAMING: [oxrdf::NamedNodeRef<'static>; 3] = [skos::PREF_LABEL, skos::ALT_LABEL, skos::HIDDEN_LABEL];

/// All topics of a record.
pub struct Topics<'r> {
    record: &'r Record<'r>,
    /// What is directly under each.
    narrower: BTreeMap<TermId, BTreeSet<TermId>>,
    /// What each is directly under.
    broader: BTreeMap<TermId, BTreeSet<TermId>>,
    concepts: Vec<TermId>,
}

impl<'r> Topics<'r> {
    /// Those of a record that holds the catalogue.
    pub fn new(record: &'r Record<'r>) -> Self {
        let mut topics = Self { record, narrower: BTreeMap::new(), broader: BTreeMap::new(), concepts: Vec::new() };
        for row in record.said_with(skos::BROADER) {
            topics.put(row.object, row.subject);
        }
        for row in record.said_with(skos::NARROWER) {
            topics.put(row.subject, row.object);
        }
        // Of documents their thesaurus topics are said with the same property; those own nothing.
        for row in record.said_with(dcterms::SUBJECT).filter(|row| row.graph.is_some()) {
            topics.put(row.object, row.subject);
        }
        topics.concepts = record.members(skos::CONCEPT).collect();
        topics.concepts.sort_by_cached_key(|&id| (record.label(id), record.quads().text(id).to_owned()));
        topics
    }

    fn put(&mut self, broader: TermId, narrower: TermId) {
        if broader != narrower {
            self.narrower.entry(broader).or_default().insert(narrower);
            self.broader.entry(narrower).or_default().insert(broader);
        }
    }

    /// The topics, by label.
    pub fn concepts(&self) -> &[TermId] {
        &self.concepts
    }

    /// The topics that are under none.
    pub fn tops(&self) -> impl Iterator<Item = TermId> + '_ {
        self.concepts.iter().copied().filter(|id| !self.broader.contains_key(id))
    }

    /// The topics directly under one, by label; not what it owns.
    pub fn under(&self, id: TermId) -> Vec<TermId> {
        let Some(under) = self.narrower.get(&id) else { return Vec::new() };
        self.concepts.iter().copied().filter(|concept| under.contains(concept)).collect()
    }

    /// All that is narrower than a thing, at any depth, and what these own.
    pub fn closure(&self, id: TermId) -> BTreeSet<TermId> {
        self.reached(id, &self.narrower)
    }

    /// All that is broader than a thing, at any height.
    pub fn above(&self, id: TermId) -> BTreeSet<TermId> {
        self.reached(id, &self.broader)
    }

    fn reached(&self, id: TermId, ways: &BTreeMap<TermId, BTreeSet<TermId>>) -> BTreeSet<TermId> {
        let (mut found, mut open) = (BTreeSet::new(), vec![id]);
        while let Some(next) = open.pop() {
            let new = ways.get(&next).into_iter().flatten().filter(|&&id| found.insert(id));
            open.extend(new.copied().collect::<Vec<_>>());
        }
        found.remove(&id);
        found
    }

    /// A topic that owns a thing: the first by label.
    pub fn owner(&self, id: TermId) -> Option<TermId> {
        let broader = self.broader.get(&id)?;
        self.concepts.iter().copied().find(|concept| broader.contains(concept))
    }

    /// The one topic that has this name: as its label before another name, before words that only show it.
    pub fn named(&self, name: &str) -> Option<TermId> {
        let wanted = folded(name);
        let fits = |id: TermId, property| {
            let words = self.record.texts(id, property);
            words.iter().any(|words| folded(words.trim_end_matches('*')) == wanted)
        };
        NAMING.into_iter().find_map(|property| self.concepts.iter().copied().find(|&id| fits(id, property)))
    }

    /// The labels nearest to a name, at most three.
    pub fn near(&self, name: &str) -> Vec<String> {
        let wanted = folded(name);
        let labels = self.concepts.iter().map(|&id| self.record.label(id));
        let mut near: Vec<(f64, String)> =
            labels.map(|label| (strsim::jaro_winkler(&wanted, &folded(&label)), label)).collect();
        near.retain(|(likeness, _)| *likeness > 0.8);
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        near.into_iter().take(3).map(|(_, label)| label).collect()
    }

    /// The words of all topics and of what they own; the names of bodies that are no topic stand for themselves, and words in
    /// another sense for nothing, so that nobody finds a topic in them.
    pub fn phrases(&self) -> Phrases<TermId> {
        let mut phrases = Phrases::default();
        // The vocabulary's own term stands for what is no topic: nobody asks for it.
        if let Some(none) = self.record.quads().find_iri(skos::BROADER.as_str()) {
            WordClass::OtherSense.words().iter().for_each(|words| phrases.add(words, none));
        }
        let concepts: BTreeSet<TermId> = self.concepts.iter().copied().collect();
        for property in NAMING {
            for row in self.record.said_with(property) {
                let is_topic = self.broader.contains_key(&row.subject) || self.narrower.contains_key(&row.subject);
                let name = self.record.quads().text(row.object);
                let is_body = self.is_body(row.subject);
                // What a topic owns may be called "the Agreement" in a text, as may many another thing.
                // So may a body be called "Members" there; its own name is a word for it.
                let is_concept = concepts.contains(&row.subject);
                let is_label = || is_body && self.record.label(row.subject).eq_ignore_ascii_case(name);
                if (is_topic || is_body) && (is_concept || !is_common(name) || is_label()) {
                    phrases.add(name, row.subject);
                }
            }
        }
        phrases
    }

    fn is_body(&self, id: TermId) -> bool {
        let kind = self.record.class(id).map(Class::kind);
        matches!(kind, Some(Kind::UNBody | Kind::InternationalOrganization))
    }
}

/// Whether a name is one word and no acronym.
fn is_common(name: &str) -> bool {
    let name = name.trim();
    !name.contains([' ', '-', '/']) && name.chars().filter(|c| c.is_uppercase()).count() < 2
}
