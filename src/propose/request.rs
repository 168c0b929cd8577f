//! What another program is told: once what claims may use, then each document, as one JSON object a line. Places are
//! Unicode code points.

use std::io::{self, Write};

use serde::Serialize;

use crate::lift::Base;
use crate::model::{Extraction, Modality, Polarity, Relations, Span};

/// The version of what is told and answered.
pub const PROTOCOL: u32 = 1;

#[derive(Serialize)]
struct Greeting<'a> {
    r#type: &'static str,
    protocol: u32,
    version: &'static str,
    relations: Vec<RelationLine<'a>>,
    modalities: [&'static str; 6],
    polarities: [&'static str; 2],
}

#[derive(Serialize)]
struct RelationLine<'a> {
    name: &'a str,
    label: String,
    /// Whether it tells a stance, whose subject holds it.
    position: bool,
}

#[derive(Serialize)]
struct DocumentLine<'a> {
    r#type: &'static str,
    id: &'a str,
    name: &'a str,
    sha256: &'a str,
    title: Option<&'a str>,
    date: Option<&'a str>,
    language: Option<&'a str>,
    /// For whom the document speaks.
    holder: Option<ThingLine<'a>>,
    text: &'a str,
    /// Start and end of each.
    sentences: Vec<(usize, usize)>,
    mentions: Vec<MentionLine<'a>>,
}

#[derive(Serialize)]
struct ThingLine<'a> {
    entity: String,
    label: &'a str,
    kind: &'static str,
}

#[derive(Serialize)]
struct MentionLine<'a> {
    id: usize,
    start: usize,
    end: usize,
    text: &'a str,
    kind: &'static str,
    class: &'static str,
    /// What it means, where exactly one thing remains.
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
}

/// The digits of a text's hash by which question and answer are told apart.
fn id(sha256: &str) -> &str {
    sha256.get(..16).unwrap_or(sha256)
}

/// Writes the first line that a program gets.
///
/// # Errors
/// What the writer gives.
pub fn greeting(relations: &Relations, out: &mut impl Write) -> io::Result<()> {
    let told = relations.iter().map(|relation| RelationLine {
        name: relation.name(),
        label: relation.words(false),
        position: relation.is_position(),
    });
    let greeting = Greeting {
        r#type: "rapporteur",
        protocol: PROTOCOL,
        version: env!("CARGO_PKG_VERSION"),
        relations: told.collect(),
        modalities: Modality::ALL.map(Modality::name),
        polarities: [Polarity::Affirmed, Polarity::Negated].map(Polarity::name),
    };
    line(&greeting, out)
}

/// Writes a document for a program, and gives the id that its answer ends with.
///
/// # Errors
/// What the writer gives.
pub fn request(extraction: &Extraction, base: &Base, out: &mut impl Write) -> io::Result<String> {
    let document = &extraction.document;
    let metadata = &document.metadata;
    let id = id(&document.sha256);
    let thing = |id: crate::model::EntityId| {
        let entity = extraction.entity(id);
        ThingLine { entity: base.iri(&entity.key).into_string(), label: &entity.label, kind: entity.kind().name() }
    };
    let place = |span: Span| document.code_points(span);
    let mentions = extraction.mentions.iter().zip(&extraction.referents).enumerate();
    let told = DocumentLine {
        r#type: "document",
        id,
        name: document.file_name().unwrap_or("-"),
        sha256: &document.sha256,
        title: metadata.title.as_ref().map(|field| field.value.as_str()),
        date: metadata.date.as_ref().map(|field| field.value.iso()),
        language: metadata.language.as_ref().map(|field| field.value.as_str()),
        holder: extraction.voice.holder.map(thing),
        text: &document.text,
        sentences: extraction.sentences.iter().map(|sentence| place(sentence.span)).collect(),
        mentions: mentions
            .map(|(id, (mention, referent))| {
                let (start, end) = place(mention.span);
                let means = referent.map(thing);
                MentionLine {
                    id,
                    start,
                    end,
                    text: document.quote(mention.span),
                    kind: mention.kind.name(),
                    class: mention.class.name(),
                    label: means.as_ref().map(|thing| thing.label),
                    entity: means.map(|thing| thing.entity),
                }
            })
            .collect(),
    };
    line(&told, out)?;
    Ok(id.to_owned())
}

fn line(told: &impl Serialize, out: &mut impl Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, told)?;
    out.write_all(b"\n")
}
