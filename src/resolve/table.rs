//! The entity table while it is being filled.

use std::collections::HashMap;

use compact_str::CompactString;

use crate::model::text::one_line;
use crate::model::{Class, Entity, EntityId, Identifier, Kind, MentionClass, Value, Voice};
use crate::seeds::Entry;

use super::speaker::{Speaker, Speakers};
use super::{Context, Resolution};

/// Entities by key, and what each mention refers to.
pub(super) struct Table {
    entities: Vec<Entity>,
    by_key: HashMap<CompactString, EntityId>,
    referents: Vec<Option<EntityId>>,
    /// For each entity the mentions that were said to refer to it, as they came.
    mentions: Vec<Vec<usize>>,
}

impl Table {
    pub(super) fn new(mentions: usize) -> Self {
        Self { entities: Vec::new(), by_key: HashMap::new(), referents: vec![None; mentions], mentions: Vec::new() }
    }

    /// The entity with that key, made if it is new.
    pub(super) fn intern(&mut self, key: &str, class: Class) -> EntityId {
        if let Some(&id) = self.by_key.get(key) {
            return id;
        }
        let id = EntityId(self.entities.len() as u32);
        self.entities.push(Entity {
            key: key.into(),
            class,
            label: String::new(),
            also: Vec::new(),
            identifiers: Vec::new(),
            known: false,
            value: None,
            owner: None,
            aspect_of: Vec::new(),
        });
        self.mentions.push(Vec::new());
        self.by_key.insert(key.into(), id);
        id
    }

    /// The entity of a catalogue entry.
    pub(super) fn intern_known(&mut self, entry: &Entry) -> EntityId {
        let id = self.intern(&entry.key, entry.class);
        let entity = &mut self.entities[id.index()];
        if !entity.known {
            entity.known = true;
            entity.label.clone_from(&entry.label);
            entity.identifiers.clone_from(&entry.identifiers);
        }
        id
    }

    /// The entity with that key, if mentions refer to it.
    pub(super) fn named(&self, key: &str) -> Option<EntityId> {
        let id = self.by_key.get(key).copied()?;
        self.mentions_of(id).next().is_some().then_some(id)
    }

    pub(super) fn set_value(&mut self, id: EntityId, value: Value) {
        self.entities[id.index()].value = Some(value);
    }

    pub(super) fn set_owner(&mut self, id: EntityId, owner: EntityId) {
        let slot = &mut self.entities[id.index()].owner;
        if id != owner && slot.is_none() {
            *slot = Some(owner);
        }
    }

    pub(super) fn set_label(&mut self, id: EntityId, label: &str) {
        let slot = &mut self.entities[id.index()].label;
        if slot.is_empty() {
            *slot = label.to_owned();
        }
    }

    pub(super) fn add_aspects(&mut self, id: EntityId, aspects: impl IntoIterator<Item = EntityId>) {
        let slot = &mut self.entities[id.index()].aspect_of;
        for aspect in aspects {
            if aspect != id && !slot.contains(&aspect) {
                slot.push(aspect);
            }
        }
    }

    pub(super) fn add_identifier(&mut self, id: EntityId, identifier: Identifier) {
        let slot = &mut self.entities[id.index()].identifiers;
        if !slot.iter().any(|other| other.scheme == identifier.scheme && other.value == identifier.value) {
            slot.push(identifier);
        }
    }

    pub(super) fn refer(&mut self, mention: usize, id: EntityId) {
        self.referents[mention] = Some(id);
        self.mentions[id.index()].push(mention);
    }

    /// The mentions of an entity, in no order.
    pub(super) fn mentions_of(&self, id: EntityId) -> impl Iterator<Item = usize> + '_ {
        self.mentions[id.index()].iter().copied().filter(move |&mention| self.referents[mention] == Some(id))
    }

    pub(super) fn of(&self, mention: usize) -> Option<EntityId> {
        self.referents[mention]
    }

    pub(super) fn entity(&self, id: EntityId) -> &Entity {
        &self.entities[id.index()]
    }

    pub(super) fn kind(&self, id: EntityId) -> Kind {
        self.entities[id.index()].kind()
    }

    /// The last part of a key: `irn` of `state/irn`.
    pub(super) fn slug(&self, id: EntityId) -> CompactString {
        let key = &self.entities[id.index()].key;
        key.split_once('/').map_or(key.as_str(), |(_, slug)| slug).into()
    }

    /// Labels from surfaces, sorted by key, ids renumbered.
    pub(super) fn finish(mut self, context: &Context, speakers: &Speakers) -> Resolution {
        self.label(context);
        let mut order: Vec<usize> = (0..self.entities.len()).collect();
        order.sort_by(|&a, &b| self.entities[a].key.cmp(&self.entities[b].key));
        let mut new_id = vec![EntityId(0); order.len()];
        for (new, &old) in order.iter().enumerate() {
            new_id[old] = EntityId(new as u32);
        }
        let renumber = |id: EntityId| new_id[id.index()];
        let mut entities: Vec<Entity> = order.iter().map(|&old| self.entities[old].clone()).collect();
        for entity in &mut entities {
            entity.owner = entity.owner.map(renumber);
            entity.aspect_of.iter_mut().for_each(|id| *id = renumber(*id));
            entity.aspect_of.sort_unstable();
            entity.identifiers.sort();
        }
        let voice = |speaker: &Speaker| Voice {
            span: speaker.span,
            holder: speaker.holder.map(renumber),
            speakers: speaker.voices.iter().copied().map(renumber).collect(),
            role: speaker.role.map(renumber),
            presides: speaker.presides,
            reported: speaker.reported,
            node: speaker.node.map(renumber),
            sure: speaker.sure,
            shown_by: speaker.shown_by,
        };
        Resolution {
            entities,
            referents: self.referents.into_iter().map(|id| id.map(renumber)).collect(),
            itself: speakers.whole.itself.map(renumber),
            voice: voice(&speakers.whole),
            turns: speakers.turns.iter().map(voice).collect(),
            reported: speakers.reported.iter().map(voice).collect(),
            stated: speakers
                .stated
                .iter()
                .map(|&(who, relation, whom)| (renumber(who), relation, renumber(whom)))
                .collect(),
        }
    }

    /// Gives each entity its label (the longest surface where the catalogue has none) and its other names.
    fn label(&mut self, context: &Context) {
        let mut surfaces: Vec<Vec<String>> = vec![Vec::new(); self.entities.len()];
        for (mention, referent) in context.mentions.iter().zip(&self.referents) {
            if let (Some(id), true) = (referent, mention.class != MentionClass::Pronoun) {
                surfaces[id.index()].push(one_line(context.text(mention)));
            }
        }
        for (entity, mut names) in self.entities.iter_mut().zip(surfaces) {
            names.sort_unstable();
            names.dedup();
            names.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
            if entity.label.is_empty() {
                entity.label = names
                    .first()
                    .cloned()
                    .unwrap_or_else(|| entity.key.rsplit('/').next().unwrap_or_default().replace('-', " "));
            }
            names.sort_unstable();
            names.retain(|name| *name != entity.label);
            entity.also = names;
        }
    }
}
