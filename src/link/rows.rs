//! Ties that are known beforehand: what the catalogue's data rows say of an entity, and the documented address rule of UN
//! symbols.

use crate::model::{Entity, EntityId, Identifier, Link, MatchStrength, Method};
use crate::seeds::Catalogue;

use super::addresses::address;

/// The links of all entities that rows state, by entity, then scheme, then IRI. Only identifiers that have an address make a
/// link.
pub fn links(entities: &[Entity], catalogue: &Catalogue) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for (index, entity) in entities.iter().enumerate() {
        let id = EntityId(index as u32);
        let file = catalogue.get(&entity.key).map_or("", |entry| entry.origin.file.as_str());
        links.extend(entity.identifiers.iter().filter_map(|identifier| row(id, identifier, file)));
        let has_address = entity.identifiers.iter().any(|one| one.scheme == "un-symbol" && one.iri.is_some());
        if !has_address {
            links.extend(entity.identifiers.iter().find_map(|identifier| symbol(id, identifier)));
        }
    }
    links.sort_by(|a, b| (a.entity, &a.scheme, &a.iri).cmp(&(b.entity, &b.scheme, &b.iri)));
    links
}

/// The link that a row of the catalogue's file states.
fn row(entity: EntityId, identifier: &Identifier, file: &str) -> Option<Link> {
    let Identifier { scheme, value, strength, .. } = identifier;
    Some(Link {
        entity,
        iri: identifier.iri.clone()?,
        scheme: identifier.scheme.clone(),
        is_concept: false,
        strength: identifier.strength,
        source: identifier.source.clone(),
        method: Method::Row,
        score: 1.0,
        label: String::new(),
        evidence: format!("row “{scheme} | {value} | {}” of the catalogue's {file}", strength.name()),
    })
}

/// The address of a symbol that the text states.
fn symbol(entity: EntityId, identifier: &Identifier) -> Option<Link> {
    let symbol = identifier.value.as_str();
    let iri = (identifier.scheme == "un-symbol").then(|| address(symbol)).flatten()?;
    Some(Link {
        entity,
        evidence: format!("{iri} is the address of the symbol {symbol}"),
        iri,
        scheme: identifier.scheme.clone(),
        is_concept: false,
        strength: MatchStrength::Exact,
        source: "address rule of undocs.org".to_owned(),
        method: Method::Rule,
        score: 1.0,
        label: String::new(),
    })
}
