//! Ties to outer vocabularies: what the catalogue's data rows say of the entities that a document names, and nothing else.

pub mod candidate;
pub mod index;
pub mod load;
mod normal;
mod schemes;
pub mod shelf;

use crate::model::{Entity, EntityId, Link};

/// The links of all entities, by entity, then scheme, then IRI. Only identifiers that have an address make a link.
pub fn link(entities: &[Entity]) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for (index, entity) in entities.iter().enumerate() {
        for identifier in &entity.identifiers {
            if let Some(iri) = &identifier.iri {
                links.push(Link {
                    entity: EntityId(index as u32),
                    iri: iri.clone(),
                    scheme: identifier.scheme.clone(),
                    strength: identifier.strength,
                    source: identifier.source.clone(),
                });
            }
        }
    }
    links.sort_by(|a, b| (a.entity, &a.scheme, &a.iri).cmp(&(b.entity, &b.scheme, &b.iri)));
    links
}
