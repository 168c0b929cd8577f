//! The documents of a graph as references: what scholars cite them with. Written as BibTeX, as CSL-JSON and as a line of
//! prose.
//!
//! A State, body or group is the author of what is said in its name; the person who spoke is told beside it. Keys are made
//! of the document alone, so that they stay when others are added.

mod bibtex;
mod csl;
mod prose;

use crate::lift::vocabulary::{dcterms, own, schema};
use crate::model::text::one_line;
use crate::model::{Class, DateValue, Kind};
use crate::record::{Document, Quads, Record, TermId};

pub use bibtex::write as bibtex;
pub use csl::write as csl;

/// Digits of the hash in a key, as in the numbers of claims.
const DIGITS: usize = 8;

/// Letters of the author in a key.
const LONGEST: usize = 32;

/// What a document is, as far as its citation goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CitationType {
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
    pub sort: CitationType,
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
    of_record(&Record::new(quads, background))
}

/// The same, of a record.
pub fn of_record(record: &Record<'_>) -> Vec<Reference> {
    let mut references: Vec<Reference> =
        record.documents().iter().map(|document| reference(record, document)).collect();
    references.sort_by(|a, b| (a.day(), &a.key).cmp(&(b.day(), &b.key)));
    references
}

fn reference(record: &Record<'_>, document: &Document<'_>) -> Reference {
    let (text, work) = (document.id, document.itself());
    let sort = match record.class(work) {
        Some(Class::Of(Kind::Resolution)) => CitationType::Resolution,
        Some(Class::Statement) => CitationType::Statement,
        _ => CitationType::Document,
    };
    let own_words = |words: Option<&str>| words.map(one_line);
    let label = |relation: &str| first(record, &[text, work], relation).map(|id| record.label(id));
    let meeting = first(record, &[text, work], "deliveredAt");
    let authors = authors(record, text, sort);
    let mut reference = Reference {
        iri: record.quads().text(text).to_owned(),
        key: String::new(),
        sort,
        speaker: speaker(record, text, &authors),
        authors: authors.iter().map(|&author| record.label(author)).collect(),
        title: String::new(),
        genre: own_words(document.genre),
        date: document.date.clone(),
        meeting: meeting.map(|meeting| record.label(meeting)),
        item: label("concernsItem"),
        place: meeting.and_then(|meeting| first(record, &[meeting], "heldIn")).map(|place| record.label(place)),
        symbol: record.texts(work, dcterms::IDENTIFIER).first().map(|&symbol| symbol.to_owned()),
        publisher: label("publishedBy"),
        language: own_words(document.language),
        url: url(record, document),
        file: own_words(document.file),
        sha256: document.sha256.to_owned(),
    };
    reference.key = key(record, &reference, authors.first().copied());
    reference.title = title(record, &reference, document);
    reference
}

/// In whose name it stands: whom it or its speaker represents; for a resolution who adopted it; else who spoke; else who
/// published it.
fn authors(record: &Record<'_>, text: TermId, sort: CitationType) -> Vec<TermId> {
    let Some(voice) = record.voice(text) else { return Vec::new() };
    let adopters = if sort == CitationType::Resolution { voice.adopters.as_slice() } else { &[] };
    let ways = [adopters, &voice.represents, &voice.spoken_for, &voice.speakers, &voice.publishers];
    let mut found = ways.into_iter().find(|found| !found.is_empty()).unwrap_or_default().to_vec();
    found.sort_by_cached_key(|&id| (record.label(id), record.quads().text(id).to_owned()));
    found
}

/// The person who spoke for the authors.
fn speaker(record: &Record<'_>, text: TermId, authors: &[TermId]) -> Option<String> {
    let speakers = record.voice(text).map_or(&[] as &[TermId], |voice| &voice.speakers);
    let mut names: Vec<String> = speakers
        .iter()
        .filter(|id| !authors.contains(id) && record.class(**id) == Some(Class::Person))
        .map(|id| record.label(*id))
        .collect();
    names.sort_unstable();
    (!names.is_empty()).then(|| names.join(", "))
}

/// The first object of a relation of one of these subjects, by label.
fn first(record: &Record<'_>, subjects: &[TermId], relation: &str) -> Option<TermId> {
    let relation = own(relation);
    let objects = subjects.iter().flat_map(|&subject| record.values(subject, relation.as_ref()));
    objects.filter(|&id| !record.quads().is_literal(id)).min_by_key(|&id| (record.label(id), record.quads().text(id)))
}

/// Where it was taken from, if that is an address; else the address of its symbol.
fn url(record: &Record<'_>, document: &Document<'_>) -> Option<String> {
    let is_web = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
    let named = [document.itself(), document.id].into_iter().flat_map(|id| record.texts(id, schema::URL));
    let symbol = || named.filter(is_web).min();
    document.source.filter(is_web).or_else(symbol).map(str::to_owned)
}

/// Its own title; else its label, unless that is a file's name; else what it is, by whom and where.
fn title(record: &Record<'_>, reference: &Reference, document: &Document<'_>) -> String {
    let is_file = |words: &String| {
        words.contains('/') && reference.symbol.as_ref() != Some(words)
            || reference.file.as_ref().is_some_and(|file| words.ends_with(file.as_str()))
    };
    let given = document.title.map(one_line);
    given.or_else(|| Some(record.label(document.id)).filter(|label| !is_file(label))).unwrap_or_else(|| {
        let what = capital(reference.genre.as_deref().unwrap_or("document"));
        let by =
            if reference.authors.is_empty() { String::new() } else { format!(" by {}", listed(&reference.authors)) };
        let at = reference.meeting.as_ref().map(|meeting| format!(", {meeting}")).unwrap_or_default();
        format!("{what}{by}{at}")
    })
}

/// Symbol, or author and date, and the first digits of the hash.
fn key(record: &Record<'_>, reference: &Reference, author: Option<TermId>) -> String {
    let who = || author.and_then(|id| record.quads().text(id).rsplit('/').next()).unwrap_or("text");
    let name = match (&reference.symbol, reference.sort) {
        (Some(symbol), CitationType::Resolution) => slug(symbol),
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
        let genre = || self.genre.clone().filter(|_| self.sort != CitationType::Resolution);
        let parts: Vec<String> =
            [at.or_else(genre), self.item.clone(), self.place.clone()].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    }
}
