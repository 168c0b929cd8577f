//! What the cues weigh together: a layer of `tanh` units beside the cues themselves. The weights are data
//! (`seeds/model/holders.txt`), fitted by `examples/measure_holders.rs`.

use std::sync::OnceLock;

use super::Evidence;

/// A line with the names of the cues, a line `direct` with a weight for each cue, then a line for each unit: what it weighs, and what each cue weighs in it.
const WEIGHTS: &str = include_str!("../../../seeds/model/holders.txt");

/// The weights.
pub(super) struct Net {
    direct: Vec<f32>,
    units: Vec<(f32, Vec<f32>)>,
}

impl Net {
    /// The weights that ship.
    pub fn shipped() -> &'static Self {
        static NET: OnceLock<Net> = OnceLock::new();
        NET.get_or_init(|| Self::read(WEIGHTS))
    }

    fn read(text: &str) -> Self {
        let mut net = Self { direct: Vec::new(), units: Vec::new() };
        for line in text.lines() {
            let mut parts = line.split(' ');
            let first = parts.next().unwrap_or_default();
            let weights: Vec<f32> = parts.filter_map(|part| part.parse().ok()).collect();
            match (first, first.parse()) {
                ("direct", _) => net.direct = weights,
                (_, Ok(out)) => net.units.push((out, weights)),
                _ => {}
            }
        }
        net
    }

    /// How much speaks for a State; nothing speaks for the case that the speaker's State is not named.
    pub fn weigh(&self, evidence: &Evidence) -> f32 {
        let dot = |weights: &[f32]| weights.iter().zip(evidence).map(|(weight, value)| weight * value).sum::<f32>();
        dot(&self.direct) + self.units.iter().map(|(out, weights)| out * dot(weights).tanh()).sum::<f32>()
    }
}

#[cfg(test)]
mod tests {
    use super::super::CUES;
    use super::Net;

    #[test]
    fn each_cue_has_its_weights() {
        let net = Net::shipped();
        assert_eq!(super::WEIGHTS.lines().next().map(|names| names.split(" | ").count()), Some(CUES));
        assert_eq!(net.direct.len(), CUES);
        assert!(net.units.iter().all(|(_, weights)| weights.len() == CUES));
    }
}
