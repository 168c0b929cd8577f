//! The documents of a graph as references: what scholars cite them with. Written as BibTeX, as CSL-JSON and as a line of
//! prose.
//!
//! A State, body or group is the author of what is said in its name; the person who spoke is told beside it. Keys are made
//! of the document alone, so that they stay when others are added.

mod bibtex;
mod csl;
mod prose;

use crate::lift::vocabulary::{dcterms, own, rap, schema};
use crate::model::text::one_line;
use crate::model::{Class, DateValue, Kind};

use super::view::facts::Facts;
use super::{Quads, TermId};

pub use bibtex::write as bibtex;
pub use csl::write as csl;

/// Digits of the hash in a key, as in the numbers of claims.
const DIGITS: usize = 8;

/// Letters of the author in a key.
const LONGEST: usize = 32;

/// What a document is, as far as its citation goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// Delivered by someone: a statement, remarks, a joint statement.
    Statement,
    /// Adopted under a symbol.
    Resolution,
    /// Anything else.
    Document,
}

/// A document as one cites it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Its IRI.
    pub iri: String,
    /// A name for it among all documents: letters, digits and hyphens.
    pub key: String,
    /// What it is.
    pub sort: Sort,
    /// Labels of the States, bodies or persons in whose name it stands, sorted.
    pub authors: Vec<String>,
    /// The person who spoke, if it is not the author.
    pub speaker: Option<String>,
    /// Its title, or what would serve as one.
    pub title: String,
    /// What it calls itself: `joint statement`.
    pub genre: Option<String>,
    /// Its date or interval; `None` if it has none.
    pub date: Option<DateValue>,
    /// The meeting where it was delivered or adopted.
    pub meeting: Option<String>,
    /// The agenda item.
    pub item: Option<String>,
    /// Where that meeting was.
    pub place: Option<String>,
    /// UN symbol.
    pub symbol: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// BCP 47 tag.
    pub language: Option<String>,
    /// Where to read it.
    pub url: Option<String>,
    /// The file it was read from.
    pub file: Option<String>,
    /// SHA-256 of its text, in hex.
    pub sha256: String,
}

/// The documents that quads describe, oldest first. Graphs with an IRI in `background` explain things and add no document.
pub fn references(quads: &Quads, background: &[String]) -> Vec<Reference> {
    of_facts(&Facts::new(quads, background))
}

/// The same, of quads that are indexed already.
pub(super) fn of_facts(facts: &Facts<'_>) -> Vec<Reference> {
    let hash = facts.quads.find_iri(schema::SHA256.as_str());
    let texts = facts.stated().filter(|row| Some(row.predicate) == hash).map(|row| row.subject);
    let mut references: Vec<Reference> = texts.map(|text| reference(facts, text)).collect();
    references.sort_by(|a, b| (a.day(), &a.key).cmp(&(b.day(), &b.key)));
    references
}

fn reference(facts: &Facts<'_>, text: TermId) -> Reference {
    let work = facts.value(text, rap::TEXT_OF).unwrap_or(text);
    let sort = match facts.class(work) {
        Some(Class::Of(Kind::Resolution)) => Sort::Resolution,
        Some(Class::Statement) => Sort::Statement,
        _ => Sort::Document,
    };
    let own_words = |property| facts.text(text, property).map(one_line).filter(|words| !words.is_empty());
    let label = |relation: &str| first(facts, &[text, work], relation).map(|id| facts.label(id));
    let meeting = first(facts, &[text, work], "deliveredAt");
    let authors = authors(facts, text, work, sort);
    let sha256 = own_words(schema::SHA256).unwrap_or_default();
    let symbol = facts.values(work, dcterms::IDENTIFIER).map(|id| facts.quads.text(id).to_owned()).min();
    let mut reference = Reference {
        iri: facts.quads.text(text).to_owned(),
        key: String::new(),
        sort,
        speaker: speaker(facts, text, &authors),
        authors: authors.iter().map(|&author| facts.label(author)).collect(),
        title: String::new(),
        genre: own_words(schema::GENRE),
        date: date(facts, text),
        meeting: meeting.map(|meeting| facts.label(meeting)),
        item: label("concernsItem"),
        place: meeting.and_then(|meeting| first(facts, &[meeting], "heldIn")).map(|place| facts.label(place)),
        symbol,
        publisher: label("publishedBy"),
        language: own_words(dcterms::LANGUAGE),
        url: url(facts, text, work),
        file: own_words(schema::NAME),
        sha256,
    };
    reference.key = key(facts, &reference, authors.first().copied());
    reference.title = title(facts, &reference, text);
    reference
}

/// In whose name it stands: whom it or its speaker represents; for a resolution who adopted it; else who spoke; else who
/// published it.
fn authors(facts: &Facts<'_>, text: TermId, work: TermId, sort: Sort) -> Vec<TermId> {
    let of = |subject: TermId, relation: &str| facts.values(subject, own(relation).as_ref()).collect::<Vec<_>>();
    let speakers = of(text, "deliveredBy");
    let spoken_for = || speakers.iter().flat_map(|&speaker| of(speaker, "represents")).collect();
    let ways: [&dyn Fn() -> Vec<TermId>; 5] = [
        &|| if sort == Sort::Resolution { adopters(facts, work) } else { Vec::new() },
        &|| of(text, "represents"),
        &spoken_for,
        &|| speakers.clone(),
        &|| of(text, "publishedBy"),
    ];
    let mut found = ways.iter().map(|way| way()).find(|found| !found.is_empty()).unwrap_or_default();
    found.retain(|&id| !facts.quads.is_literal(id));
    found.sort_by_cached_key(|&id| (facts.label(id), facts.quads.text(id).to_owned()));
    found.dedup();
    found
}

fn adopters(facts: &Facts<'_>, work: TermId) -> Vec<TermId> {
    let adopted = facts.quads.find_iri(own("adopted").as_str());
    facts.stated().filter(|row| Some(row.predicate) == adopted && row.object == work).map(|row| row.subject).collect()
}

/// The person who spoke for the authors.
fn speaker(facts: &Facts<'_>, text: TermId, authors: &[TermId]) -> Option<String> {
    let speakers = facts.values(text, own("deliveredBy").as_ref());
    let mut names: Vec<String> = speakers
        .filter(|id| !authors.contains(id) && facts.class(*id) == Some(Class::Person))
        .map(|id| facts.label(id))
        .collect();
    names.sort_unstable();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The first object of a relation of one of these subjects, by label.
fn first(facts: &Facts<'_>, subjects: &[TermId], relation: &str) -> Option<TermId> {
    let relation = own(relation);
    let objects = subjects.iter().flat_map(|&subject| facts.values(subject, relation.as_ref()));
    objects.filter(|&id| !facts.quads.is_literal(id)).min_by_key(|&id| (facts.label(id), facts.quads.text(id)))
}

fn date(facts: &Facts<'_>, text: TermId) -> Option<DateValue> {
    let start = facts.text(text, dcterms::DATE)?;
    Some(match facts.text(text, rap::UNTIL) {
        Some(end) => DateValue::new(&format!("{start}/{end}")),
        None => DateValue::new(start),
    })
}

/// Where it was taken from, if that is an address; else the address of its symbol.
fn url(facts: &Facts<'_>, text: TermId, work: TermId) -> Option<String> {
    let is_web = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
    let named = facts.values(work, schema::URL).chain(facts.values(text, schema::URL)).map(|id| facts.quads.text(id));
    let symbol = || named.filter(is_web).min();
    facts.text(text, dcterms::SOURCE).filter(is_web).or_else(symbol).map(str::to_owned)
}

/// Its own title; else its label, unless that is a file's name; else what it is, by whom and where.
fn title(facts: &Facts<'_>, reference: &Reference, text: TermId) -> String {
    let is_file = |words: &String| {
        words.contains('/') && reference.symbol.as_ref() != Some(words)
            || reference.file.as_ref().is_some_and(|file| words.ends_with(file.as_str()))
    };
    let given = facts.text(text, dcterms::TITLE).map(one_line).filter(|title| !title.is_empty());
    given.or_else(|| Some(facts.label(text)).filter(|label| !is_file(label))).unwrap_or_else(|| {
        let what = capital(reference.genre.as_deref().unwrap_or("document"));
        let by =
            if reference.authors.is_empty() { String::new() } else { format!(" by {}", listed(&reference.authors)) };
        let at = reference.meeting.as_ref().map(|meeting| format!(", {meeting}")).unwrap_or_default();
        format!("{what}{by}{at}")
    })
}

/// Symbol, or author and date, and the first digits of the hash.
fn key(facts: &Facts<'_>, reference: &Reference, author: Option<TermId>) -> String {
    let who = || author.and_then(|id| facts.quads.text(id).rsplit('/').next()).unwrap_or("text");
    let name = match (&reference.symbol, reference.sort) {
        (Some(symbol), Sort::Resolution) => slug(symbol),
        _ => [slug(who()), slug(reference.day())].join("-"),
    };
    let hash = reference.sha256.get(..DIGITS).unwrap_or(&reference.sha256);
    [name.trim_matches('-'), hash].join("-")
}

/// ASCII letters and digits, all else as single hyphens.
fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(LONGEST);
    out.trim_end_matches('-').to_owned()
}

/// `A`, `A and B`, `A, B and C`.
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// With a capital at the beginning.
fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

impl Reference {
    /// The day on which it begins, as far as known, in ISO 8601; empty if it is not.
    pub fn day(&self) -> &str {
        self.date.as_ref().map_or("", DateValue::start)
    }

    /// What was done with it and where: `statement at the fifth session …, agenda item 2, Vienna`.
    fn occasion(&self) -> Option<String> {
        let at = self.meeting.as_ref().map(|meeting| match self.genre.as_deref() {
            Some(genre) => format!("{genre} at {meeting}"),
            None => meeting.clone(),
        });
        let genre = || self.genre.clone().filter(|_| self.sort != Sort::Resolution);
        let parts: Vec<String> =
            [at.or_else(genre), self.item.clone(), self.place.clone()].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}
