//! Entities that join those of a document later: the table stays sorted by key, and every number that points into it moves.

use super::{Entity, EntityId, Extraction, Term, Voice};

impl Extraction {
    /// The entity of that key.
    pub fn find(&self, key: &str) -> Option<EntityId> {
        let at = self.entities.binary_search_by(|entity| entity.key.as_str().cmp(key)).ok()?;
        Some(EntityId(at as u32))
    }

    /// Adds entities; of those whose key is there already nothing changes. Gives the new number of each that was there.
    pub fn insert(&mut self, new: Vec<Entity>) -> Vec<EntityId> {
        let mut numbered: Vec<(Option<u32>, Entity)> = Vec::with_capacity(self.entities.len() + new.len());
        let before = std::mem::take(&mut self.entities);
        let count = before.len();
        numbered.extend(before.into_iter().enumerate().map(|(at, entity)| (Some(at as u32), entity)));
        numbered.extend(new.into_iter().map(|entity| (None, entity)));
        // Of equal keys the one that was there comes first.
        numbered.sort_by(|a, b| a.1.key.cmp(&b.1.key).then(b.0.is_some().cmp(&a.0.is_some())));
        numbered.dedup_by(|later, first| later.1.key == first.1.key);
        let mut moved = vec![EntityId(0); count];
        for (to, (from, _)) in numbered.iter().enumerate() {
            if let Some(slot) = from.and_then(|from| moved.get_mut(from as usize)) {
                *slot = EntityId(to as u32);
            }
        }
        let first_new: Vec<bool> = numbered.iter().map(|(from, _)| from.is_none()).collect();
        self.entities = numbered.into_iter().map(|(_, entity)| entity).collect();
        let to = |id: &mut EntityId| {
            if let Some(place) = moved.get(id.index()) {
                *id = *place;
            }
        };
        for (entity, _) in self.entities.iter_mut().zip(first_new).filter(|(_, is_new)| !is_new) {
            entity.owner.iter_mut().chain(&mut entity.aspect_of).for_each(to);
        }
        self.renumber(&to);
        moved
    }

    /// Moves all numbers outside of the table itself.
    fn renumber(&mut self, to: &dyn Fn(&mut EntityId)) {
        self.referents.iter_mut().flatten().chain(&mut self.itself).for_each(to);
        let voices = std::iter::once(&mut self.voice).chain(&mut self.turns).chain(&mut self.reported);
        voices.for_each(|voice| renumber_voice(voice, to));
        for (who, _, whom) in &mut self.stated {
            to(who);
            to(whom);
        }
        for claim in self.claims.iter_mut().chain(&mut self.doubtful) {
            claim.said_by.iter_mut().for_each(to);
            let qualifiers = claim.qualifiers.iter_mut().map(|(_, term)| term);
            for term in [&mut claim.subject, &mut claim.object].into_iter().chain(qualifiers) {
                if let Term::Entity(id) = term {
                    to(id);
                }
            }
        }
        self.links.iter_mut().chain(&mut self.candidates).for_each(|link| to(&mut link.entity));
    }
}

fn renumber_voice(voice: &mut Voice, to: &dyn Fn(&mut EntityId)) {
    let parts = [&mut voice.holder, &mut voice.role, &mut voice.node];
    parts.into_iter().flatten().chain(&mut voice.speakers).for_each(to);
}

#[cfg(test)]
mod tests {
    use crate::model::fixture;

    #[test]
    fn what_is_added_moves_the_numbers_of_the_rest() {
        let before = fixture::first();
        let mut after = before.clone();
        let mut new = before.entities[0].clone();
        new.key = "a/first".into();
        new.aspect_of = Vec::new();
        new.owner = None;
        after.insert(vec![new.clone(), before.entities[1].clone()]);
        assert_eq!(after.entities.len(), before.entities.len() + 1);
        assert!(after.entities.is_sorted_by_key(|entity| entity.key.clone()));
        let said = |it: &crate::model::Extraction| -> Vec<_> {
            let end = |term: &crate::model::Term| term.entity().map(|id| it.entity(id).key.clone());
            let claims = it.claims.iter().map(|claim| (end(&claim.subject), end(&claim.object)));
            claims.chain(it.referents.iter().map(|id| (id.map(|id| it.entity(id).key.clone()), None))).collect()
        };
        assert_eq!(said(&after), said(&before));
        assert_eq!(after.find("a/first").map(|id| id.index()), Some(0));
        assert_eq!(after.find("a/second"), None);
    }
}
