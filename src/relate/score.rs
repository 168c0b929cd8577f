//! How sure a derivation is, and what that is enough for; the constants of the rules as the simplest answer.

use super::derivation::Derivation;

/// Says how sure a derivation is.
pub trait Score: Sync {
    /// From 0 to 1, two decimals.
    fn score(&self, derivation: &Derivation<'_>) -> f32;

    /// What a confidence is enough for, in a position or in another claim.
    fn standing(&self, _is_position: bool, _confidence: f32) -> Standing {
        Standing::Stands
    }

    /// Whether a denial that its verb does not say itself waits for a reader, however sure it looks.
    fn is_strict(&self) -> bool {
        false
    }
}

/// What a derivation's confidence is enough for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is claimed.
    Stands,
    /// It is kept for a reader to decide, and is no answer until then.
    ToReview,
    /// Nothing is kept of it.
    Dropped,
}

/// The constants that the rules carry: words are less sure than an entity.
#[derive(Clone, Copy, Debug, Default)]
pub struct Table;

/// What an object in plain words leaves of a rule's constant.
const WORDS: f32 = 0.9;

impl Score for Table {
    fn score(&self, derivation: &Derivation<'_>) -> f32 {
        let words = derivation.rule.matcher.is_none() && derivation.object.term.entity().is_none();
        let sure = if words { WORDS } else { 1.0 };
        (derivation.rule.confidence * sure * 100.0).round() / 100.0
    }
}
