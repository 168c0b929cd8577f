//! Platt's correction: annotators who look at stretches leave out more than those of the measured documents, so that a model
//! of both is too modest; two numbers, fitted on documents it did not learn from, set that right.

use rapporteur::relate::Learned;

/// What the log odds are multiplied by, and what is added.
#[derive(Clone, Copy, Debug)]
pub struct Calibration {
    scale: f64,
    shift: f64,
}

/// Steps of Newton's method; it settles after some five.
const STEPS: usize = 30;

impl Calibration {
    /// The most likely correction of judged probabilities, but for those of one document.
    pub fn fit(told: &[(&str, f32, bool)], but: Option<&str>) -> Self {
        let kept = told.iter().filter(|&&(name, ..)| Some(name) != but);
        let odds = |p: f32| {
            let p = f64::from(p.clamp(1e-4, 1.0 - 1e-4));
            (p / (1.0 - p)).ln()
        };
        let points: Vec<(f64, f64)> = kept.map(|&(_, p, right)| (odds(p), f64::from(u8::from(right)))).collect();
        let mut fit = Self { scale: 1.0, shift: 0.0 };
        for _ in 0..STEPS {
            fit = fit.step(&points);
        }
        fit
    }

    fn step(self, points: &[(f64, f64)]) -> Self {
        let (mut slope, mut bend) = ([0.0; 2], [1e-6, 0.0, 1e-6]);
        for &(x, right) in points {
            let p = 1.0 / (1.0 + (-(self.scale * x + self.shift)).exp());
            let (off, weight) = (right - p, p * (1.0 - p));
            slope = [slope[0] + off * x, slope[1] + off];
            bend = [bend[0] + weight * x * x, bend[1] + weight * x, bend[2] + weight];
        }
        let whole = bend[0] * bend[2] - bend[1] * bend[1];
        if whole.abs() < 1e-12 {
            return self;
        }
        Self {
            scale: self.scale + (bend[2] * slope[0] - bend[1] * slope[1]) / whole,
            shift: self.shift + (bend[0] * slope[1] - bend[1] * slope[0]) / whole,
        }
    }

    /// The model with the correction in its weights.
    pub fn apply(self, mut model: Learned) -> Learned {
        model.weights.iter_mut().for_each(|(_, weight)| *weight = (f64::from(*weight) * self.scale) as f32);
        model.bias = (f64::from(model.bias) * self.scale + self.shift) as f32;
        model
    }
}
