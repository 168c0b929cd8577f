//! The graph of a document: its metadata, the entities it names, its claims.

use std::collections::HashSet;

use oxrdf::Triple;

use crate::model::{DateValue, Entity, EntityId, Identifier, MatchStrength, Polarity, Value};

use super::source::{About, Source};
use super::vocabulary::{dcterms, own, rap, rdf, schema, skos};
use super::{Graph, Layer, claims, literals};

/// Schemes whose codes people know a thing by; other codes are found through the catalogue and the links.
const TELLING: &[&str] =
    &["un-symbol", "iso3166-1-alpha3", "cets", "celex", "ccpcj-resolution-number", "ecosoc-resolution-number"];

/// Metadata, entities, claims and direct edges of a document.
pub fn graph(source: &Source<'_>) -> Graph {
    let mut triples = Vec::with_capacity(source.extraction.claims.len() * 13 + source.extraction.entities.len() * 4);
    metadata(source, &mut triples);
    for (i, entity) in source.extraction.entities.iter().enumerate() {
        describe(source, EntityId(i as u32), entity, &mut triples);
    }
    interventions(source, &mut triples);
    stated(source, &mut triples);
    claims::add(source, &mut triples);
    Graph::new(source.base.document_graph(&source.extraction.document.sha256), Layer::Claims, triples)
}

/// What the document may claim and is not sure enough to stand.
pub fn doubtful(source: &Source<'_>) -> Graph {
    let mut triples = Vec::new();
    claims::add_doubtful(source, &mut triples);
    Graph::new(source.base.document_graph(&source.extraction.document.sha256), Layer::Doubtful, triples)
}

/// What the document says of itself, and what it is.
fn metadata(source: &Source<'_>, triples: &mut Vec<Triple>) {
    let document = &source.extraction.document;
    let mut text = About::new(&source.text, triples);
    text.add(schema::SHA256, literals::plain(&document.sha256));
    if let Some(file) = &document.source {
        text.add(dcterms::FORMAT, literals::plain(&file.media_type));
        text.add(rap::FILE_SHA256, literals::plain(&file.sha256));
    }
    if let Some(name) = document.file_name() {
        text.add(schema::NAME, literals::plain(name));
    }
    let metadata = &document.metadata;
    if let Some(title) = &metadata.title {
        text.add(dcterms::TITLE, source.words(&title.value));
    }
    if let Some(language) = &metadata.language {
        text.add(dcterms::LANGUAGE, literals::plain(&language.value));
    }
    if let Some(genre) = &metadata.genre {
        text.add(schema::GENRE, literals::plain(&genre.value));
    }
    if let Some(place) = &metadata.source {
        text.add(dcterms::SOURCE, literals::plain(&place.value));
    }
    if let Some(date) = &metadata.date {
        dates(&mut text, &date.value);
    }
    if source.itself() != &source.text || source.extraction.itself.is_none() {
        file(source, triples);
    }
}

/// The turns of a document: who delivers each, for whom, in which order, where.
fn interventions(source: &Source<'_>, triples: &mut Vec<Triple>) {
    let turns = source.extraction.turns.iter().zip(&source.extraction.document.interventions);
    let claimed = representatives(source);
    for (order, (voice, turn)) in turns.enumerate() {
        let Some(node) = voice.node else { continue };
        let mut node = About::new(source.entity(node), triples);
        node.add(dcterms::IS_PART_OF, source.itself().clone());
        node.add(rap::ORDER, oxrdf::Literal::from(order as i64 + 1));
        node.add(rap::EVIDENCE, source.passage(turn.span));
        if let Some(language) = &turn.language {
            node.add(dcterms::LANGUAGE, literals::plain(&language.value));
        }
        if let Some(speaker) = voice.role.or(voice.holder) {
            node.add(own("deliveredBy").as_ref(), source.entity(speaker).clone());
        }
        let holder = voice.holder.filter(|&holder| voice.role != Some(holder));
        // For whom a speaker speaks is often only a guess: without a claim it stays one.
        if let (Some(role), Some(holder)) = (voice.role, holder)
            && claimed.contains(&(role, holder))
        {
            let mut role = About::new(source.entity(role), triples);
            role.add(own("represents").as_ref(), source.entity(holder).clone());
        }
    }
}

/// Who is said to represent whom.
fn representatives(source: &Source<'_>) -> HashSet<(EntityId, EntityId)> {
    let claims = source.extraction.claims.iter();
    let affirmed = claims.filter(|claim| claim.relation.name() == "represents" && claim.polarity == Polarity::Affirmed);
    affirmed.filter_map(|claim| Some((claim.subject.entity()?, claim.object.entity()?))).collect()
}

/// What the user states, with who states it.
fn stated(source: &Source<'_>, triples: &mut Vec<Triple>) {
    let Some(by) = &source.extraction.document.metadata.stated_by else { return };
    About::new(&source.text, triples).add(rap::STATED_BY, literals::plain(by));
    for &(who, relation, whom) in &source.extraction.stated {
        let mut node = About::new(source.entity(who), triples);
        node.add(own(relation).as_ref(), source.entity(whom).clone());
    }
}

/// A day, or both ends of an interval.
fn dates(text: &mut About<'_>, date: &DateValue) {
    text.add(dcterms::DATE, literals::date(date.start()));
    if date.is_interval() {
        text.add(rap::UNTIL, literals::date(date.end()));
    }
}

/// A text that is not itself among the entities: it needs a class and a label of its own.
fn file(source: &Source<'_>, triples: &mut Vec<Triple>) {
    let document = &source.extraction.document;
    let mut text = About::new(&source.text, triples);
    text.add(rdf::TYPE, rap::DOCUMENT.into_owned());
    let title = document.metadata.title.as_ref().map(|title| title.value.as_str());
    let named = source.extraction.itself.map(|id| source.extraction.entity(id).label.as_str());
    text.add(
        skos::PREF_LABEL,
        literals::words(title.or(named).or(document.file_name()).unwrap_or("text"), literals::ENGLISH),
    );
    if source.extraction.itself.is_some() {
        text.add(rap::TEXT_OF, source.itself().clone());
    }
}

/// Class, names, codes and value of an entity.
fn describe(source: &Source<'_>, id: EntityId, entity: &Entity, triples: &mut Vec<Triple>) {
    let mut node = About::new(source.entity(id), triples);
    node.add(rdf::TYPE, own(entity.class.name()));
    match &entity.value {
        // A date is the same in all languages.
        Some(Value::Date(_)) => node.add(skos::PREF_LABEL, literals::plain(&entity.label)),
        _ => node.add(skos::PREF_LABEL, literals::words(&entity.label, literals::ENGLISH)),
    }
    for name in &entity.also {
        node.add(skos::ALT_LABEL, source.words(name));
    }
    for identifier in entity.identifiers.iter().filter(|identifier| is_telling(identifier)) {
        node.add(dcterms::IDENTIFIER, literals::plain(&identifier.value));
    }
    if let Some(owner) = entity.owner {
        node.add(rap::BELONGS_TO, source.entity(owner).clone());
    }
    for part in &entity.aspect_of {
        node.add(rap::ASPECT_OF, source.entity(*part).clone());
    }
    if let Some(value) = &entity.value {
        measure(&mut node, value);
    }
}

fn is_telling(identifier: &Identifier) -> bool {
    identifier.strength == MatchStrength::Exact && TELLING.contains(&identifier.scheme.as_str())
}

fn measure(node: &mut About<'_>, value: &Value) {
    match value {
        Value::Quantity(quantity) => {
            node.add(schema::VALUE, literals::number(&quantity.number));
            node.add(schema::UNIT_TEXT, literals::plain(&quantity.unit));
            node.add(rap::APPROXIMATE, oxrdf::Literal::from(quantity.approximate));
        }
        Value::Money(money) => {
            node.add(schema::VALUE, literals::number(&money.amount));
            node.add(schema::CURRENCY, literals::plain(&money.currency));
            node.add(rap::APPROXIMATE, oxrdf::Literal::from(money.approximate));
        }
        Value::Date(date) => node.add(rap::ISO_DATE, literals::plain(date.iso())),
    }
}
