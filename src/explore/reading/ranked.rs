//! What is spoken of most: the things in the order of their list, and who takes most positions on what; counted once for
//! each state of the store.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::desk::USABLE;
use crate::explore::matrix::{self, MatrixPlan};
use crate::model::Class;
use crate::record::TermId;

use super::Reading;

/// Actors and topics that are kept, at most.
const KEPT: usize = 20;

/// Things by how much is said of them.
pub struct Ranked {
    /// The things with a page of their own, most spoken of first, then by IRI.
    pub things: Vec<TermId>,
    /// Things of each class: one of them, and how many.
    pub classes: Vec<(TermId, usize)>,
}

impl Ranked {
    pub(super) fn new(reading: &Reading) -> Self {
        let record = reading.record();
        let mut things: Vec<TermId> = record.things(false).filter(|&id| record.key(id).is_some()).collect();
        things.sort_by_cached_key(|&id| (Reverse(reading.spoken_of(id)), record.quads().text(id)));
        let mut classes: HashMap<Option<Class>, (TermId, usize)> = HashMap::new();
        for &id in &things {
            classes.entry(record.class(id)).or_insert((id, 0)).1 += 1;
        }
        let mut classes: Vec<(TermId, usize)> = classes.into_values().collect();
        classes.sort_unstable();
        Self { things, classes }
    }
}

/// Who and what the first screen shows.
pub struct Foremost {
    /// Those who take most positions, most first.
    pub actors: Vec<TermId>,
    /// What most positions are on, most first.
    pub topics: Vec<TermId>,
    /// Things of which documents speak.
    pub things: usize,
}

impl Foremost {
    pub(super) fn new(reading: &Reading) -> Self {
        let (none, ever) = (Vec::new, String::new);
        let plan =
            MatrixPlan { actors: none(), topics: none(), by_year: false, since: ever(), until: ever(), least: USABLE };
        let (actors, topics) = matrix::usual(reading, &plan, KEPT);
        Self { actors, topics, things: reading.record().things(false).count() }
    }
}
