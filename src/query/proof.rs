//! The sentence behind a claim, with everything that shows how it was found.

use super::Error;
use crate::lift::vocabulary::own;
use crate::model::Passage as Place;
use crate::model::Qualifier;
use crate::record::{Claim, Labels, Record, TermId};

/// A claim with all that speaks for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// Its IRI.
    pub claim: String,
    /// What is left of the IRI without base and folder: `4e801cbb5a10c2d7`.
    pub number: String,
    /// Subject, relation and object in words; "not" before the relation if it is denied.
    pub sentence: String,
    /// How it is put: "asserted", "proposal".
    pub modality: String,
    /// On the ladder of diplomatic language, for positions.
    pub strength: Option<String>,
    /// 0 to 1.
    pub confidence: String,
    /// The rule's code.
    pub rule: String,
    /// Who says it: the holder that the claim names, else those for whom the document speaks, else who speaks.
    pub said_by: Option<String>,
    /// The document's date.
    pub date: Option<String>,
    /// Qualifiers in words.
    pub qualifiers: Vec<(String, String)>,
    /// Where it stands.
    pub passages: Vec<Passage>,
}

/// A stretch of a stored text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// IRI of the text.
    pub text: String,
    /// A short name for the text: see [`Labels::text`].
    pub name: String,
    /// In code points, end exclusive.
    pub start: usize,
    /// In code points.
    pub end: usize,
    /// The words as stored with the claim.
    pub quote: String,
    /// Where it stands as a citation says it: `p. 3, para. 7 (b)`.
    pub locator: Option<String>,
}

impl Passage {
    /// Whether it is of the text with that hash.
    pub fn is_of(&self, sha256: &str) -> bool {
        Place { text: &self.text, start: self.start, end: self.end }.is_of(sha256)
    }
}

impl Proof {
    /// Reads a claim.
    ///
    /// # Errors
    /// [`Error::NoClaim`] if it is none.
    pub fn of(record: &Record<'_>, id: TermId) -> Result<Self, Error> {
        let labels = Labels::new(record);
        let iri = record.quads().text(id);
        let claim = record.claim(id).ok_or_else(|| Error::NoClaim { name: labels.name(iri) })?;
        let not = if claim.is_negated() { "not: " } else { "" };
        let [subject, relation, object] = [claim.subject, claim.predicate, claim.object].map(|id| labels.of(id));
        let relation = if claim.relation.is_open() { claim.relation.words_of(claim.verb, false) } else { relation };
        let owned = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let date = claim.text.map(|text| record.date(text)).filter(|date| !date.is_empty());
        Ok(Self {
            claim: iri.to_owned(),
            number: labels.name(iri),
            sentence: format!("{not}{subject} {relation} {object}"),
            modality: claim.modality.map(|modality| labels.name(own(modality.name()).as_str())).unwrap_or_default(),
            strength: claim.strength.map(str::to_owned),
            confidence: owned(claim.confidence),
            rule: owned(claim.rule),
            said_by: said_by(record, &labels, &claim),
            date: date.map(str::to_owned),
            qualifiers: qualifiers(&labels, &claim),
            passages: claim.passages.iter().filter_map(|passage| read(record, &labels, *passage)).collect(),
        })
    }
}

fn said_by(record: &Record<'_>, labels: &Labels<'_>, claim: &Claim<'_>) -> Option<String> {
    let mut voices = record.said_by(claim);
    if voices.is_empty() {
        let voice = claim.text.and_then(|text| record.voice(text));
        voices.extend(voice.into_iter().flat_map(|voice| voice.speakers.iter().copied()));
    }
    let names: Vec<String> = voices.into_iter().map(|id| labels.of(id)).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The claims meant by an IRI, `claim/4e801cbb5a10c2d7`, `4e801cbb5a10c2d7`, its first digits (six or more), or a document's
/// name with a character: `iran-2021:1693`. By text and place.
///
/// # Errors
/// [`Error::NoClaim`] if there are none.
pub fn find_claim(record: &Record<'_>, wanted: &str) -> Result<Vec<TermId>, Error> {
    let labels = Labels::new(record);
    let inner = wanted.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(wanted);
    let key = labels.key(inner).or_else(|| inner.strip_prefix("id:")).unwrap_or(inner);
    let key = key.strip_prefix("claim/").unwrap_or(key);
    let place = key
        .rsplit_once([':', ' '])
        .and_then(|(file, at)| Some((file, at.split(['–', '-', ',']).next()?.parse().ok()?)));
    let is_meant = |claim: &Claim<'_>| {
        let number = record.key(claim.id).and_then(|key| key.strip_prefix("claim/"));
        number.is_some_and(|number| begins(number, key))
            || place.is_some_and(|place| stands_at(record, &labels, claim, place))
    };
    let mut found: Vec<TermId> = record.claims().filter(is_meant).map(|claim| claim.id).collect();
    found.sort_by_cached_key(|&claim| (place_of(record, claim), record.quads().text(claim)));
    if found.is_empty() { Err(Error::NoClaim { name: wanted.to_owned() }) } else { Ok(found) }
}

/// Digits of a number that may stand for all of it.
const ENOUGH: usize = 6;

/// Whether a claim number is the wanted one, or begins so. Numbers of stores of earlier builds name a text, a place and a
/// count, `4e801cbb-1693-1`: of them whole parts are wanted.
fn begins(number: &str, wanted: &str) -> bool {
    let parts_end = |rest: &str| rest.starts_with('-') || number.bytes().take(9).all(|byte| byte.is_ascii_hexdigit());
    number.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || (wanted.len() >= ENOUGH && parts_end(rest)))
}

/// Text and first code point of a claim's passage.
fn place_of<'r>(record: &'r Record<'_>, claim: TermId) -> Option<(&'r str, usize)> {
    let claim = record.claim(claim)?;
    let place = Place::parse(record.quads().text(*claim.passages.first()?))?;
    Some((place.text, place.start))
}

/// Whether a claim's passage in the named file begins at, or holds, that character.
fn stands_at(record: &Record<'_>, labels: &Labels<'_>, claim: &Claim<'_>, (file, at): (&str, usize)) -> bool {
    let places = claim.passages.iter().filter_map(|passage| Place::parse(record.quads().text(*passage)));
    places.filter(|place| (place.start..place.end.max(place.start + 1)).contains(&at)).any(|place| {
        let stem = record.quads().find_iri(place.text).and_then(|text| labels.file(text));
        let is_file =
            stem.is_some_and(|stem| file.strip_prefix(stem).is_some_and(|end| end.is_empty() || end.starts_with('.')));
        is_file || labels.text(place.text) == file
    })
}

fn read(record: &Record<'_>, labels: &Labels<'_>, passage: TermId) -> Option<Passage> {
    let quote = record.quote(passage);
    let Place { text, start, end } = quote.place?;
    let words = quote.words.unwrap_or_default().to_owned();
    let locator = quote.locator.map(str::to_owned);
    Some(Passage { name: labels.text(text), text: text.to_owned(), start, end, quote: words, locator })
}

fn qualifiers(labels: &Labels<'_>, claim: &Claim<'_>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for qualifier in Qualifier::ALL {
        let mut values: Vec<String> = claim.qualified(qualifier).map(|value| labels.of(value)).collect();
        values.sort();
        found.extend(values.into_iter().map(|value| (labels.name(own(qualifier.name()).as_str()), value)));
    }
    found
}
