//! How sure a derivation is: the constants of the rules.

use super::derivation::Derivation;

/// Says how sure a derivation is.
pub trait Score {
    /// From 0 to 1.
    fn score(&self, derivation: &Derivation<'_>) -> f32;
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
