//! In whose name documents speak, and whose claims they make.

use std::collections::BTreeMap;

use crate::export::TermId;
use crate::lift::vocabulary::{own, rap, schema};

use super::claims::Claim;
use super::facts::Facts;

/// The voices of each stored text.
#[derive(Debug, Default)]
pub struct Voices {
    /// Those whom a text or its speaker represents.
    represented: BTreeMap<TermId, Vec<TermId>>,
    /// These, those who deliver it, and those who adopted the work that it holds.
    all: BTreeMap<TermId, Vec<TermId>>,
}

impl Voices {
    /// Reads the voices of all texts.
    pub fn new(facts: &Facts<'_>) -> Self {
        let hash = facts.quads.find_iri(schema::SHA256.as_str());
        let adopted = facts.quads.find_iri(own("adopted").as_str());
        let mut adopters: BTreeMap<TermId, Vec<TermId>> = BTreeMap::new();
        for row in facts.stated().filter(|row| Some(row.predicate) == adopted) {
            adopters.entry(row.object).or_default().push(row.subject);
        }
        let mut voices = Self::default();
        for text in facts.stated().filter(|row| Some(row.predicate) == hash).map(|row| row.subject) {
            let represented = represented(facts, text);
            let mut all = represented.clone();
            all.extend(facts.values(text, own("deliveredBy").as_ref()));
            let work = facts.value(text, rap::TEXT_OF);
            all.extend(work.and_then(|work| adopters.get(&work)).into_iter().flatten());
            voices.represented.insert(text, represented);
            voices.all.insert(text, all);
        }
        voices
    }

    /// Those for whom a text speaks.
    pub fn represented(&self, text: TermId) -> &[TermId] {
        self.represented.get(&text).map_or(&[], Vec::as_slice)
    }

    /// Whether a text stands in someone's name.
    pub fn speaks_for(&self, text: TermId, id: TermId) -> bool {
        self.all.get(&text).is_some_and(|voices| voices.contains(&id))
    }

    /// Whether a claim is someone's: as its holder, or as one in whose name the document speaks, if the claim is its own.
    pub fn is_said_by(&self, claim: &Claim, id: TermId) -> bool {
        let is_voice = |id: TermId| claim.text.is_some_and(|text| self.speaks_for(text, id));
        match claim.holder {
            Some(holder) => holder == id || is_voice(holder) && is_voice(id),
            None => is_voice(id),
        }
    }
}

fn represented(facts: &Facts<'_>, text: TermId) -> Vec<TermId> {
    let represents = own("represents");
    let mut found: Vec<TermId> = facts.values(text, represents.as_ref()).collect();
    for speaker in facts.values(text, own("deliveredBy").as_ref()) {
        found.extend(facts.values(speaker, represents.as_ref()));
    }
    found.sort_by_key(|&id| facts.quads.text(id));
    found.dedup();
    found
}
