//! Two actors side by side: the matters on which both take positions.

use super::{Position, Timeline};
use crate::model::Stance;
use crate::record::TermId;

/// A matter of both, with the last word of each.
#[derive(Clone, Copy, Debug)]
pub struct Common<'t> {
    /// The narrowest topic of the matter.
    pub topic: Option<TermId>,
    /// The thing.
    pub target: TermId,
    /// Whether it is bare subject matter.
    pub is_subject: bool,
    /// The last position of the one.
    pub one: &'t Position<'t>,
    /// The last position of the other.
    pub other: &'t Position<'t>,
}

impl Common<'_> {
    /// Whether one is for it, or asks for it, and the other against it.
    pub fn differs(&self) -> bool {
        !self.is_subject && (self.one.stance == Stance::Against) != (self.other.stance == Stance::Against)
    }
}

/// The matters of both, those first on which they differ.
pub fn compare<'t>(one: &'t Timeline<'t>, other: &'t Timeline<'t>) -> Vec<Common<'t>> {
    let shared = one.matters.iter().filter_map(|(key, ours)| {
        let theirs = other.matters.get(key)?;
        let (one, other) = (ours.positions.last()?, theirs.positions.last()?);
        Some(Common { topic: ours.topic, target: ours.target, is_subject: ours.is_subject, one, other })
    });
    let mut shared: Vec<Common<'t>> = shared.collect();
    shared.sort_by_key(|common| !common.differs());
    shared
}
