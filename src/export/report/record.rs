//! The claims of a store in the order of their documents, with whose they are.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::export::TermId;
use crate::export::view::claims::{self, Claim};
use crate::export::view::facts::Facts;
use crate::export::view::voices::Voices;
use crate::lift::vocabulary::{self, own, rap, schema, skos};
use crate::model::{DateValue, Modality, Qualifier, spaced};

use super::Note;

/// Labels with more characters give way to a shorter name.
const LONG: usize = 48;

/// All claims, oldest document first, in the order of its text.
pub struct Record<'f, 'q> {
    pub facts: &'f Facts<'q>,
    pub claims: Vec<Told>,
    /// Claims that are not sure enough.
    pub unsure: usize,
    voices: Voices,
    /// How many things have each name.
    names: HashMap<&'f str, usize>,
}

/// A claim with what else is said of it.
pub struct Told {
    pub claim: Claim,
    /// How it is put, unless plainly asserted.
    pub modality: Option<Modality>,
    pub strength: Option<String>,
    pub qualifiers: Vec<(Qualifier, TermId)>,
}

impl Told {
    /// Whether it speaks of a thing in any part but as its holder.
    pub fn names(&self, id: TermId) -> bool {
        self.claim.subject == id || self.claim.object == id || self.qualifiers.iter().any(|(_, value)| *value == id)
    }
}

impl<'f, 'q> Record<'f, 'q> {
    /// Reads the claims that are at least so sure.
    pub fn new(facts: &'f Facts<'q>, min_confidence: f64) -> Self {
        let all: Vec<Told> = claims::claims(facts).map(|claim| told(facts, claim)).collect();
        let count = all.len();
        let mut claims: Vec<Told> =
            all.into_iter().filter(|told| told.claim.quote.confidence >= min_confidence).collect();
        claims.sort_by_cached_key(|told| {
            let quote = &told.claim.quote;
            (quote.date.clone(), told.claim.text.map(|text| facts.quads.text(text)), quote.place, quote.claim.clone())
        });
        Self { facts, unsure: count - claims.len(), claims, voices: Voices::new(facts), names: names(facts) }
    }

    /// What a thing is called in a table: a date in words; for a long label the longest shorter name that no other thing
    /// has; a literal's words.
    pub fn name(&self, id: TermId) -> String {
        let label = claims::label_of(self.facts, id);
        if let Some(iso) = self.facts.text(id, rap::ISO_DATE) {
            return DateValue::new(iso).words();
        }
        if self.facts.quads.is_literal(id) || label.chars().count() <= LONG {
            return label;
        }
        let fits = |name: &&str| name.chars().count() <= LONG && self.names.get(name) == Some(&1);
        let others = self.facts.values(id, skos::ALT_LABEL).map(|name| self.facts.quads.text(name)).filter(fits);
        others.max_by_key(|name| (name.chars().count(), *name)).map_or(label, str::to_owned)
    }

    /// The stored texts that a thing is, or that hold it, by name: none for what is no document.
    pub fn texts_of(&self, id: TermId) -> Vec<TermId> {
        let is_text = |id: &TermId| self.facts.value(*id, schema::SHA256).is_some();
        if is_text(&id) {
            return vec![id];
        }
        let text_of = self.facts.quads.find_iri(rap::TEXT_OF.as_str());
        let rows = self.facts.stated().filter(|row| Some(row.predicate) == text_of && row.object == id);
        let mut texts: Vec<TermId> = rows.map(|row| row.subject).filter(is_text).collect();
        texts.sort_by_key(|&text| self.facts.quads.text(text));
        texts
    }

    /// Whether a claim is someone's.
    pub fn is_said_by(&self, told: &Told, id: TermId) -> bool {
        self.voices.is_said_by(&told.claim, id)
    }

    /// Whether a text stands in someone's name.
    pub fn speaks_for(&self, text: TermId, id: TermId) -> bool {
        self.voices.speaks_for(text, id)
    }

    /// Whose claim it is, in words: its holder, else those for whom the document speaks.
    pub fn speaker(&self, told: &Told) -> Option<String> {
        let represented = || {
            let voices = self.voices.represented(told.claim.text?);
            let mut names: Vec<String> = voices.iter().map(|&id| self.name(id)).collect();
            names.sort_unstable();
            (!names.is_empty()).then(|| names.join(", "))
        };
        told.claim.holder.map(|holder| self.name(holder)).or_else(represented)
    }

    /// The footnotes of claims. `text` gives a stored text by the first digits of its hash.
    pub fn notes(&self, order: &[TermId], text: &dyn Fn(&str) -> Option<String>) -> Vec<Note> {
        let by_id: BTreeMap<TermId, &Told> = self.claims.iter().map(|told| (told.claim.id, told)).collect();
        let mut lines: BTreeMap<TermId, Option<Vec<usize>>> = BTreeMap::new();
        let told = order.iter().filter_map(|id| by_id.get(id));
        told.map(|told| {
            let starts = told.claim.text.and_then(|id| {
                let name = self.facts.quads.text(id).rsplit('/').next().unwrap_or_default();
                lines.entry(id).or_insert_with(|| text(name).map(|text| line_starts(&text))).as_ref()
            });
            self.note(told, starts.map(|starts| starts.partition_point(|&at| at <= told.claim.quote.place.0)))
        })
        .collect()
    }

    fn note(&self, told: &Told, line: Option<usize>) -> Note {
        let quote = &told.claim.quote;
        let words =
            self.facts.value(told.claim.id, rap::EVIDENCE).and_then(|place| self.facts.value(place, rap::QUOTE));
        Note {
            quote: quote.text.clone(),
            language: words.and_then(|words| self.facts.quads.language(words)).map(str::to_owned),
            said_by: self.speaker(told),
            document: quote.document.clone(),
            date: if quote.date.is_empty() { String::new() } else { DateValue::new(&quote.date).words() },
            line,
            place: quote.place,
            confidence: quote.confidence,
            claim: quote.claim.rsplit('/').next().unwrap_or_default().to_owned(),
        }
    }
}

fn told(facts: &Facts<'_>, claim: Claim) -> Told {
    let modality = facts.text(claim.id, rap::MODALITY).and_then(vocabulary::local_name);
    let modality = Modality::ALL.into_iter().find(|one| modality == Some(one.name()));
    let mut qualifiers: Vec<(Qualifier, TermId)> = Vec::new();
    for qualifier in Qualifier::ALL {
        let mut values: Vec<TermId> = facts.values(claim.id, own(qualifier.name()).as_ref()).collect();
        values.sort_by_cached_key(|&value| claims::label_of(facts, value));
        qualifiers.extend(values.into_iter().map(|value| (qualifier, value)));
    }
    Told {
        modality: modality.filter(|one| *one != Modality::Asserted),
        strength: facts.text(claim.id, rap::STRENGTH).map(str::to_owned),
        qualifiers,
        claim,
    }
}

/// How many things have each name.
fn names<'f>(facts: &'f Facts<'_>) -> HashMap<&'f str, usize> {
    let mut names: HashMap<&str, usize> = HashMap::new();
    for id in facts.things(true) {
        let all = facts.values(id, skos::PREF_LABEL).chain(facts.values(id, skos::ALT_LABEL));
        let once: BTreeSet<&str> = all.map(|name| facts.quads.text(name)).collect();
        once.into_iter().for_each(|name| *names.entry(name).or_default() += 1);
    }
    names
}

/// The code point at which each line begins.
fn line_starts(text: &str) -> Vec<usize> {
    let breaks = text.chars().enumerate().filter(|(_, c)| *c == '\n').map(|(at, _)| at + 1);
    std::iter::once(0).chain(breaks).collect()
}

/// What a thing is, in words: `expert group`.
pub fn class(facts: &Facts<'_>, id: TermId) -> Option<String> {
    let name = facts.class(id)?.name();
    Some(match name {
        "UNBody" => "body of the United Nations".to_owned(),
        _ => spaced(name).trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::line_starts;

    #[test]
    fn lines_are_counted_in_code_points() {
        let starts = line_starts("پاسخ\n👍\n\nend");
        assert_eq!(starts, [0, 5, 7, 8]);
        assert_eq!(
            [0, 4, 5, 6, 7, 8, 99].map(|at| starts.partition_point(|&start| start <= at)),
            [1, 1, 2, 2, 3, 4, 4]
        );
    }
}
