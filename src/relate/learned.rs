//! A model that says how sure a derivation is: a logistic regression over its signs, trained on hand-made annotations by
//! `examples/train_scorer`, so that its number is a probability: of the claims at 0.8 eight in ten are right.

use std::sync::OnceLock;

use super::derivation::Derivation;
use super::score::{Score, Standing, Table};
use super::signs::{Signs, rule_sign};
use crate::seeds::shipped;

/// The weights that ship.
const EMBEDDED: &[u8] = include_bytes!("../../seeds/model/claims.bin");

/// What a file of weights begins with.
const MAGIC: &[u8; 8] = b"rapclm01";

/// Weights by sign, and from which probability on a claim stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Learned {
    /// What all derivations start from.
    pub bias: f32,
    /// From this probability on a claim stands.
    pub stands: f32,
    /// The same, of a position: wrong words about a State's stance do more harm.
    pub stands_position: f32,
    /// Below this probability nothing is kept.
    pub kept: f32,
    /// Weight by sign, by number.
    pub weights: Vec<(u32, f32)>,
}

impl Learned {
    /// The model that ships.
    pub fn embedded() -> &'static Learned {
        static MODEL: OnceLock<Learned> = OnceLock::new();
        MODEL.get_or_init(|| shipped("the judge of claims", Learned::parse(EMBEDDED).ok_or("it is no model")))
    }

    /// Reads what [`Learned::bytes`] wrote; `None` if it is something else.
    pub fn parse(bytes: &[u8]) -> Option<Learned> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let mut words = rest.chunks_exact(4).map(|word| word.try_into().map_or(0, u32::from_le_bytes));
        let mut number = || words.next().map(f32::from_bits);
        let (bias, stands, stands_position, kept) = (number()?, number()?, number()?, number()?);
        let mut weights = Vec::with_capacity(rest.len() / 8);
        while let (Some(sign), Some(weight)) = (words.next(), words.next()) {
            weights.push((sign, f32::from_bits(weight)));
        }
        weights.is_sorted_by_key(|&(sign, _)| sign).then_some(Learned { bias, stands, stands_position, kept, weights })
    }

    /// It as a file: numbers of four bytes, little end first.
    pub fn bytes(&self) -> Vec<u8> {
        let head = [self.bias, self.stands, self.stands_position, self.kept].map(f32::to_bits);
        let pairs = self.weights.iter().flat_map(|&(sign, weight)| [sign, weight.to_bits()]);
        let words = head.into_iter().chain(pairs).flat_map(u32::to_le_bytes);
        MAGIC.iter().copied().chain(words).collect()
    }

    /// The probability that something with these signs is right.
    pub fn probability(&self, signs: &Signs) -> f32 {
        let sum: f32 = signs.all().iter().filter_map(|sign| self.weight(sign.hash)).sum();
        1.0 / (1.0 + (-(self.bias + sum)).exp())
    }

    fn weight(&self, sign: u32) -> Option<f32> {
        let at = self.weights.binary_search_by_key(&sign, |&(known, _)| known).ok()?;
        Some(self.weights[at].1)
    }

    /// Whether the rule was there when it learnt; of another, a user's own, it knows nothing, and the rule's constant stands.
    fn knows(&self, derivation: &Derivation<'_>) -> bool {
        self.weight(rule_sign(&derivation.rule.code)).is_some()
    }
}

impl Score for Learned {
    fn score(&self, derivation: &Derivation<'_>) -> f32 {
        if !self.knows(derivation) {
            return Table.score(derivation);
        }
        (self.probability(&derivation.signs) * 100.0).round() / 100.0
    }

    fn is_strict(&self) -> bool {
        true
    }

    fn standing(&self, is_position: bool, confidence: f32) -> Standing {
        let needed = if is_position { self.stands_position } else { self.stands };
        match confidence {
            sure if sure >= needed => Standing::Stands,
            kept if kept >= self.kept => Standing::ToReview,
            _ => Standing::Dropped,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Learned;

    #[test]
    fn weights_are_written_and_read_back() {
        let model =
            Learned { bias: 0.5, stands: 0.4, stands_position: 0.45, kept: 0.1, weights: vec![(3, -1.5), (9, 2.25)] };
        assert_eq!(Learned::parse(&model.bytes()), Some(model.clone()));
        let unsorted = Learned { weights: vec![(9, 1.0), (3, 1.0)], ..model };
        assert_eq!(Learned::parse(&unsorted.bytes()), None);
        assert_eq!(Learned::parse(b"other"), None);
    }

    #[test]
    fn the_model_that_ships_can_be_read() {
        let model = Learned::parse(super::EMBEDDED).expect("a file of weights");
        assert!(model.kept <= model.stands && model.stands <= model.stands_position && model.stands_position < 1.0);
    }
}
