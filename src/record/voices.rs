//! In whose name texts stand, and whose claims they make.

use std::collections::BTreeMap;

use crate::lift::vocabulary::{own, rap, schema};

use super::{Claim, Record, TermId};

/// The voices of a text, each list by IRI.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Voice {
    /// Those whom the text represents.
    pub represents: Vec<TermId>,
    /// Those who deliver it.
    pub speakers: Vec<TermId>,
    /// Those whom these speakers represent.
    pub spoken_for: Vec<TermId>,
    /// Those who adopted the work that it holds.
    pub adopters: Vec<TermId>,
    /// Those who published it.
    pub publishers: Vec<TermId>,
}

impl Voice {
    /// Those for whom the text speaks: it says so itself, or its speaker speaks for them.
    pub fn represented(&self) -> impl Iterator<Item = TermId> + '_ {
        let others = self.spoken_for.iter().filter(|id| !self.represents.contains(id));
        self.represents.iter().chain(others).copied()
    }

    /// Whether the text stands in someone's name: of those represented, of the speakers, or of those who adopted it.
    pub fn is(&self, id: TermId) -> bool {
        [&self.represents, &self.spoken_for, &self.speakers, &self.adopters].iter().any(|voices| voices.contains(&id))
    }
}

/// The voices of all texts.
pub struct Voices(BTreeMap<TermId, Voice>);

impl Record<'_> {
    /// The voices of a text; `None` if it is no stored text.
    pub fn voice(&self, text: TermId) -> Option<&Voice> {
        self.voices.get_or_init(|| self.read_voices()).0.get(&text)
    }

    /// Whether a text stands in someone's name.
    pub fn speaks_for(&self, text: TermId, id: TermId) -> bool {
        self.voice(text).is_some_and(|voice| voice.is(id))
    }

    /// Whether a claim is someone's: as its holder, or as one in whose name the document speaks, if the claim is its own.
    pub fn is_said_by(&self, claim: &Claim<'_>, id: TermId) -> bool {
        let is_voice = |id: TermId| claim.text.is_some_and(|text| self.speaks_for(text, id));
        match claim.holder {
            Some(holder) => holder == id || is_voice(holder) && is_voice(id),
            None => is_voice(id),
        }
    }

    /// Whose claim it is: its holder, else those for whom its text speaks.
    pub fn said_by(&self, claim: &Claim<'_>) -> Vec<TermId> {
        match claim.holder {
            Some(holder) => vec![holder],
            None => claim.text.and_then(|text| self.voice(text)).into_iter().flat_map(Voice::represented).collect(),
        }
    }

    fn read_voices(&self) -> Voices {
        let mut adopters: BTreeMap<TermId, Vec<TermId>> = BTreeMap::new();
        for row in self.stated_with(own("adopted").as_ref()) {
            adopters.entry(row.object).or_default().push(row.subject);
        }
        let (represents, delivered_by, published_by) = (own("represents"), own("deliveredBy"), own("publishedBy"));
        let things = |of: TermId, property: &oxrdf::NamedNode| {
            self.sorted(self.values(of, property.as_ref()).filter(|id| !self.quads().is_literal(*id)).collect())
        };
        let voice = |text: TermId| {
            let speakers = things(text, &delivered_by);
            let works = self.value(text, rap::TEXT_OF).into_iter().chain([text]);
            Voice {
                represents: things(text, &represents),
                spoken_for: self.sorted(speakers.iter().flat_map(|&speaker| things(speaker, &represents)).collect()),
                speakers,
                adopters: self.sorted(works.filter_map(|work| adopters.get(&work)).flatten().copied().collect()),
                publishers: things(text, &published_by),
            }
        };
        Voices(self.stated_with(schema::SHA256).map(|row| (row.subject, voice(row.subject))).collect())
    }

    /// By IRI, each once.
    fn sorted(&self, mut things: Vec<TermId>) -> Vec<TermId> {
        things.sort_unstable_by_key(|&id| self.quads().text(id));
        things.dedup();
        things
    }
}
