//! What waits for a decision: the possible links that the store keeps.

use std::collections::BTreeMap;

use crate::lift::Layer;
use crate::model::{Class, Decision, Decisions, Fault, Passage, Ruling};
use crate::query::Surroundings;
use crate::record::{Note, Record, TermId};
use crate::store::{Directory, Error};

use super::Desk;

/// The headings of a table of possible links, in their order.
const HEADINGS: [&str; 12] =
    ["decision", "key", "name", "kind", "scheme", "iri", "label", "score", "why", "documents", "context", "place"];

/// A possible link.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LinkCard {
    /// Key of our thing.
    pub key: String,
    /// What it is called.
    pub name: String,
    /// What it is.
    pub kind: String,
    /// The vocabulary.
    pub scheme: String,
    /// The outer IRI.
    pub iri: String,
    /// What the vocabulary calls it.
    pub label: String,
    /// How likely it is.
    pub score: f64,
    /// What speaks for it.
    pub why: String,
    /// In how many documents it is possible.
    pub documents: usize,
    /// Words around its name in one of them, the name between `▌` and `▐`; empty if the text is not stored.
    pub context: String,
    /// File and line of these words.
    pub place: String,
}

/// What the store keeps for readers.
#[derive(Debug, Default)]
pub struct Waiting {
    /// All possible links that are not decided, by thing and vocabulary, the likeliest first.
    pub cards: Vec<LinkCard>,
    /// Whether decisions stand that the documents do not show yet: a review was broken off.
    pub is_behind: bool,
}

impl LinkCard {
    /// A decision about it.
    pub fn decision(&self, ruling: Ruling) -> Decision {
        Decision { key: self.key.clone(), iri: self.iri.clone(), scheme: self.scheme.clone(), ruling }
    }

    /// Whether another card is about the same thing in the same vocabulary: one accepted settles both.
    pub fn is_rival(&self, other: &Self) -> bool {
        self.key == other.key && self.scheme == other.scheme
    }
}

/// Possible links as a table to decide in, with a delimiter.
pub fn links_table(cards: &[LinkCard], delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
    // Writing to a vector cannot fail.
    let _ = writer.write_record(HEADINGS);
    for card in cards {
        let (score, documents) = (format!("{:.2}", card.score), card.documents.to_string());
        let cells = [
            "", &card.key, &card.name, &card.kind, &card.scheme, &card.iri, &card.label, &score, &card.why, &documents,
            &card.context, &card.place,
        ];
        let _ = writer.write_record(cells);
    }
    writer.into_inner().unwrap_or_default()
}

/// The possible links of a store.
///
/// # Errors
/// If a part of it is damaged or cannot be read.
pub fn waiting(mut desk: Desk, decisions: &Decisions) -> Result<Waiting, Box<dyn Fault>> {
    let (record, damages) = desk.record(&[Layer::Claims, Layer::Mentions, Layer::Links, Layer::LinkEvidence])?;
    if let Some(damage) = damages.into_iter().next() {
        return Err(Error::from(damage).into());
    }
    let mut texts = Texts { directory: desk.directory(), read: BTreeMap::new() };
    let mut cards: BTreeMap<(String, String), (LinkCard, TermId)> = BTreeMap::new();
    let mut is_behind = false;
    for note in record.candidates() {
        let Some(card) = card(&record, &note) else { continue };
        if decisions.ruling(&card.key, &card.iri).is_some() {
            is_behind = true;
            continue;
        }
        let (kept, _) = cards.entry((card.key.clone(), card.iri.clone())).or_insert((LinkCard::default(), note.ours));
        let documents = kept.documents + 1;
        if card.score >= kept.score {
            *kept = card;
        }
        kept.documents = documents;
    }
    let mut cards: Vec<(LinkCard, TermId)> = cards.into_values().collect();
    cards.sort_by(|(a, _), (b, _)| {
        let order = (&a.key, &a.scheme).cmp(&(&b.key, &b.scheme));
        order.then(b.score.total_cmp(&a.score)).then_with(|| a.iri.cmp(&b.iri))
    });
    for (card, ours) in &mut cards {
        let places: Vec<&str> = record.mentions(*ours).into_iter().map(|place| record.quads().text(place)).collect();
        (card.context, card.place) = texts.around(&card.name, &places).unwrap_or_default();
    }
    Ok(Waiting { cards: cards.into_iter().map(|(card, _)| card).collect(), is_behind })
}

fn card(record: &Record<'_>, note: &Note<'_>) -> Option<LinkCard> {
    let name = |id| record.given_label(id).unwrap_or_default().to_owned();
    Some(LinkCard {
        key: record.key(note.ours)?.to_owned(),
        name: name(note.ours),
        kind: record.class(note.ours).map_or("", Class::name).to_owned(),
        scheme: note.scheme.to_owned(),
        iri: record.quads().text(note.theirs).to_owned(),
        label: name(note.theirs),
        score: note.score.parse().unwrap_or_default(),
        why: note.evidence.to_owned(),
        ..LinkCard::default()
    })
}

/// Stored texts, each read once.
struct Texts<'d> {
    directory: &'d Directory,
    read: BTreeMap<&'d str, Option<String>>,
}

impl<'d> Texts<'d> {
    /// The words around the first place that says the name as it is, else around the first place; and where that is.
    fn around(&mut self, name: &str, places: &[&str]) -> Option<(String, String)> {
        let mut first = None;
        for place in places {
            let Some((words, document, line)) = self.words(place) else { continue };
            let is_named = words.quote == name;
            let found =
                (format!("{}▌{}▐{}", words.before, words.quote, words.after), format!("{document}, line {line}"));
            if is_named {
                return Some(found);
            }
            first = first.or(Some(found));
        }
        first
    }

    fn words(&mut self, place: &str) -> Option<(Surroundings, &'d str, usize)> {
        let place = Passage::parse(place)?;
        let directory = self.directory;
        let (sha256, entry) = directory.documents().iter().find(|(sha256, _)| place.is_of(sha256))?;
        let text = self.read.entry(sha256).or_insert_with(|| directory.text(sha256).ok()).as_deref()?;
        let words = Surroundings::of(text, place.start, place.end)?;
        let line = words.line;
        Some((words, &entry.name, line))
    }
}
