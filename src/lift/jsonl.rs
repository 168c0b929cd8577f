//! JSON Lines, the stable machine interface: one object a line, offsets in Unicode code points of the text.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use crate::model::{Claim, Entity, EntityId, Extraction, Link, Mention, Subject, Term};

use super::Base;
use super::source::Source;
use super::vocabulary::rdf;

/// A line. Absent values of a document are written as `null`, so that each key is always there.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum JsonLine<'a> {
    #[serde(rename_all = "camelCase")]
    Document {
        iri: &'a str,
        title: Option<&'a str>,
        date: Option<&'a str>,
        speaker: Option<&'a str>,
        represents: Option<&'a str>,
        meeting: Option<&'a str>,
        /// For whom the document speaks: the entity that its positions are given to.
        holder: Option<&'a str>,
        language: Option<&'a str>,
        sha256: &'a str,
        /// The file that the text was taken out of, where it is more than its text.
        #[serde(skip_serializing_if = "Option::is_none")]
        media_type: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        file_sha256: Option<&'a str>,
    },
    Mention {
        start: usize,
        end: usize,
        text: &'a str,
        kind: &'static str,
        class: &'static str,
        zone: &'static str,
        entity: Option<&'a str>,
    },
    Entity {
        iri: &'a str,
        label: &'a str,
        kind: &'static str,
        identifiers: BTreeMap<&'a str, &'a str>,
        links: Vec<LinkLine<'a>>,
        /// Ties that may be and that nothing decides.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        candidates: Vec<LinkLine<'a>>,
    },
    Topic {
        iri: &'a str,
        label: &'a str,
        scheme: &'a str,
        of: &'a str,
        weight: f64,
        evidence: &'a str,
        source: &'a str,
    },
    #[serde(rename_all = "camelCase")]
    Claim {
        iri: &'a str,
        subject: End<'a>,
        predicate: &'a str,
        object: End<'a>,
        polarity: &'static str,
        modality: &'static str,
        said_by: Option<&'a str>,
        qualifiers: BTreeMap<&'static str, &'a str>,
        start: usize,
        end: usize,
        quote: &'a str,
        /// Where the quote stands, by page and number of the paragraph: `p. 3, para. 7 (b)`.
        #[serde(skip_serializing_if = "Option::is_none")]
        place: Option<String>,
        /// Its bytes in such a file, where it has bytes there.
        #[serde(skip_serializing_if = "Option::is_none")]
        bytes: Option<(usize, usize)>,
        rule: &'a str,
        confidence: f64,
        /// `to-review` for what is kept for a reader; absent where a claim stands.
        #[serde(skip_serializing_if = "Option::is_none")]
        standing: Option<&'static str>,
    },
}

/// A tie to an outer vocabulary.
#[derive(Serialize)]
struct LinkLine<'a> {
    iri: &'a str,
    scheme: &'a str,
    #[serde(rename = "match")]
    strength: &'static str,
    /// What the vocabulary calls it, if that is known.
    #[serde(skip_serializing_if = "str::is_empty")]
    label: &'a str,
    method: &'static str,
    score: f64,
    evidence: &'a str,
    source: &'a str,
}

/// An end of a claim.
#[derive(Serialize)]
#[serde(untagged)]
enum End<'a> {
    Entity { entity: &'a str, label: &'a str },
    Literal { literal: &'a str, datatype: &'static str },
}

/// Writes an extraction: its document, then mentions, entities and claims, each in their order.
///
/// # Errors
/// What the writer gives.
pub fn write(extraction: &Extraction, base: &Base, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    let source = Source::new(extraction, base);
    line(&document(&source), out)?;
    for (mention, referent) in extraction.mentions.iter().zip(&extraction.referents) {
        line(&self::mention(&source, mention, *referent), out)?;
    }
    for (i, entity) in extraction.entities.iter().enumerate() {
        line(&self::entity(&source, EntityId(i as u32), entity), out)?;
    }
    for (claim, iri) in extraction.claims.iter().zip(source.claims()) {
        line(&self::claim(&source, claim, iri.as_str()), out)?;
    }
    for subject in extraction.subjects.iter().filter(|subject| subject.claim.is_none()) {
        line(&topic(&source, subject), out)?;
    }
    Ok(())
}

/// Writes what an extraction keeps for a reader, as claims with `"standing":"to-review"`.
///
/// # Errors
/// What the writer gives.
pub fn write_doubtful(extraction: &Extraction, base: &Base, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    let source = Source::new(extraction, base);
    for (claim, iri) in extraction.doubtful.iter().zip(source.doubtful()) {
        let mut told = self::claim(&source, claim, iri.as_str());
        if let JsonLine::Claim { standing, .. } = &mut told {
            *standing = Some("to-review");
        }
        line(&told, out)?;
    }
    Ok(())
}

fn line(line: &JsonLine<'_>, out: &mut (impl Write + ?Sized)) -> io::Result<()> {
    serde_json::to_writer(&mut *out, line)?;
    out.write_all(b"\n")
}

fn document<'a>(source: &'a Source<'_>) -> JsonLine<'a> {
    let document = &source.extraction.document;
    let metadata = &document.metadata;
    JsonLine::Document {
        iri: source.itself().as_str(),
        title: metadata.title.as_ref().map(|field| field.value.as_str()),
        date: metadata.date.as_ref().map(|field| field.value.iso()),
        speaker: metadata.speaker.as_ref().map(|field| field.value.as_str()),
        represents: metadata.represents.as_ref().map(|field| field.value.as_str()),
        meeting: metadata.meeting.as_ref().map(|field| field.value.as_str()),
        holder: source.extraction.voice.holder.map(|id| source.entity(id).as_str()),
        language: metadata.language.as_ref().map(|field| field.value.as_str()),
        sha256: &document.sha256,
        media_type: document.source.as_ref().map(|source| source.media_type.as_str()),
        file_sha256: document.source.as_ref().map(|source| source.sha256.as_str()),
    }
}

fn mention<'a>(source: &'a Source<'_>, mention: &Mention, referent: Option<EntityId>) -> JsonLine<'a> {
    let document = &source.extraction.document;
    let (start, end) = document.code_points(mention.span);
    JsonLine::Mention {
        start,
        end,
        text: document.quote(mention.span),
        kind: mention.kind.name(),
        class: mention.class.name(),
        zone: document.zone_at(mention.span.start).name(),
        entity: referent.map(|id| source.entity(id).as_str()),
    }
}

fn entity<'a>(source: &'a Source<'_>, id: EntityId, entity: &'a Entity) -> JsonLine<'a> {
    // Of two codes in one scheme the first, which is the data row's, stands.
    let mut identifiers = BTreeMap::new();
    for identifier in &entity.identifiers {
        identifiers.entry(identifier.scheme.as_str()).or_insert(identifier.value.as_str());
    }
    let of_this = |links: &'a [Link]| -> Vec<LinkLine<'a>> {
        let first = links.partition_point(|link| link.entity < id);
        links[first..].iter().take_while(|link| link.entity == id).map(tie).collect()
    };
    JsonLine::Entity {
        iri: source.entity(id).as_str(),
        label: &entity.label,
        kind: entity.kind().name(),
        identifiers,
        links: of_this(&source.extraction.links),
        candidates: of_this(&source.extraction.candidates),
    }
}

fn tie(link: &Link) -> LinkLine<'_> {
    LinkLine {
        iri: &link.iri,
        scheme: &link.scheme,
        strength: link.strength.name(),
        label: &link.label,
        method: link.method.name(),
        score: (f64::from(link.score) * 100.0).round() / 100.0,
        evidence: &link.evidence,
        source: &link.source,
    }
}

fn topic<'a>(source: &'a Source<'_>, subject: &'a Subject) -> JsonLine<'a> {
    JsonLine::Topic {
        iri: &subject.iri,
        label: &subject.label,
        scheme: &subject.scheme,
        of: source.itself().as_str(),
        weight: (f64::from(subject.score) * 100.0).round() / 100.0,
        evidence: &subject.evidence,
        source: &subject.source,
    }
}

fn claim<'a>(source: &'a Source<'_>, claim: &'a Claim, iri: &'a str) -> JsonLine<'a> {
    let document = &source.extraction.document;
    let (start, end) = document.code_points(claim.evidence.span);
    let map = document.source.as_ref().map(|source| &source.map);
    let mut qualifiers = BTreeMap::new();
    for (qualifier, term) in &claim.qualifiers {
        qualifiers.entry(qualifier.name()).or_insert_with(|| words(source, term));
    }
    JsonLine::Claim {
        iri,
        subject: self::end(source, &claim.subject),
        predicate: claim.relation.name(),
        object: self::end(source, &claim.object),
        polarity: claim.polarity.name(),
        modality: claim.modality.name(),
        said_by: claim.said_by.map(|id| source.entity(id).as_str()),
        qualifiers,
        start,
        end,
        quote: document.quote(claim.evidence.span),
        place: document.locator(claim.evidence.span),
        bytes: map.and_then(|map| map.bytes(claim.evidence.span)).map(|bytes| (bytes.start, bytes.end)),
        rule: &claim.evidence.rule,
        confidence: (f64::from(claim.evidence.confidence) * 100.0).round() / 100.0,
        standing: None,
    }
}

fn end<'a>(source: &'a Source<'_>, term: &'a Term) -> End<'a> {
    match term {
        Term::Entity(id) => {
            End::Entity { entity: source.entity(*id).as_str(), label: &source.extraction.entity(*id).label }
        }
        Term::Literal(literal) => End::Literal { literal, datatype: rdf::LANG_STRING.as_str() },
    }
}

/// A qualifier is a flat string: the IRI of an entity, or words.
fn words<'a>(source: &'a Source<'_>, term: &'a Term) -> &'a str {
    match term {
        Term::Entity(id) => source.entity(*id).as_str(),
        Term::Literal(words) => words,
    }
}
