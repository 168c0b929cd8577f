//! What the model is worth on documents that it did not learn from.

use rapporteur::evaluate::{Score, System};
use rapporteur::model::{Claim, Extraction};
use rapporteur::pipeline::Pipeline;
use rapporteur::relate::Learned;
use rapporteur::seeds::{Catalogue, Lexicon, Rules};
use rayon::prelude::*;

use super::calibration::Calibration;
use super::data::{Text, json_lines};
use super::logistic::{Settings, train};

/// Prints the measures of the first folder's documents, each by a model that learnt from all others.
pub fn leave_one_out(texts: &[Text], settings: &Settings) {
    let told = probabilities(texts, settings);
    let judged: Vec<(f32, bool)> = told.iter().map(|&(_, p, right)| (p, right)).collect();
    println!("undecided: {}", Told::of(&judged));
    let measured: Vec<&Text> = texts.iter().filter(|text| text.measured).collect();
    let decided: Vec<Vec<Claim>> = measured
        .par_iter()
        .map(|text| {
            let model = train(texts, Some(&[&text.name]), settings);
            let model = Calibration::fit(&told, Some(&text.name)).apply(model);
            let pipeline =
                Pipeline::new(Catalogue::embedded(), Rules::embedded(), Lexicon::embedded()).scored_by(&model);
            pipeline.run(text.extraction.document.clone()).claims
        })
        .collect();
    println!("{:<28} {}", "all claims stand", score(&measured, &decided, 0.0, 0.0).line("").trim_start());
    for stands in [0.1, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7] {
        for more in [0.0, 0.05] {
            let score = score(&measured, &decided, stands, stands + more);
            println!("stands {stands:.2}, positions {:.2}  {}", stands + more, score.line("").trim_start());
        }
    }
    let mut judged = Vec::new();
    for (text, claims) in measured.iter().zip(&decided) {
        let system = System::parse(&json_lines(&with(&text.extraction, claims.clone()))).unwrap_or_default();
        let right = rapporteur::evaluate::verdicts(&text.gold, &system);
        judged.extend(claims.iter().zip(right).filter_map(|(claim, right)| Some((claim.evidence.confidence, right?))));
    }
    println!("decided: {}", Told::of(&judged));
    curve(&judged);
}

fn with(extraction: &Extraction, claims: Vec<Claim>) -> Extraction {
    Extraction { claims, ..extraction.clone() }
}

/// The measure of `evaluate` over those claims that stand.
fn score(texts: &[&Text], decided: &[Vec<Claim>], stands: f32, position: f32) -> Score {
    let mut total = Score::default();
    for (text, claims) in texts.iter().zip(decided) {
        let needed = |claim: &Claim| if claim.relation.is_position() { position } else { stands };
        let kept = claims.iter().filter(|claim| claim.evidence.confidence >= needed(claim)).cloned().collect();
        let system = System::parse(&json_lines(&with(&text.extraction, kept))).unwrap_or_default();
        total.add(&Score::of(&text.gold, &system));
    }
    total
}

/// Writes what the rules say of each document, right or wrong, with the probability of a model that learnt from the
/// documents of nine tenths to which it does not belong.
pub fn write_undecided(texts: &[Text], settings: &Settings, folder: &str) {
    (0..10).into_par_iter().for_each(|part| {
        let own: Vec<&Text> = texts.iter().skip(part).step_by(10).collect();
        let names: Vec<&str> = own.iter().map(|text| text.name.as_str()).collect();
        let model = train(texts, Some(&names), settings);
        for text in own {
            let told = text.examples.iter().map(|it| {
                let mut claim = it.claim.clone();
                claim.evidence.confidence = probability(&model, &it.signs);
                claim
            });
            let path = format!("{folder}/{}.jsonl", text.name);
            let written = std::fs::write(&path, json_lines(&with(&text.extraction, told.collect())));
            written.unwrap_or_else(|error| eprintln!("{path}: {error}"));
        }
    });
}

/// Document, probability and verdict of each judged derivation of the measured documents, by models that did not learn from
/// the document.
pub fn probabilities<'t>(texts: &'t [Text], settings: &Settings) -> Vec<(&'t str, f32, bool)> {
    unseen(texts, settings, |text| text.measured)
}

/// Of the claims that readers judged how many are right from which probability on, by models that did not learn from the
/// document.
pub fn readers(texts: &[Text], settings: &Settings) {
    let told = unseen(texts, settings, |text| text.judged);
    let judged: Vec<(f32, bool)> = told.iter().map(|&(_, p, right)| (p, right)).collect();
    println!("readers: {}", Told::of(&judged));
    let mut sorted = judged.clone();
    sorted.sort_by(|a, b| b.0.total_cmp(&a.0));
    for tenth in 1..=10 {
        let part = &sorted[..sorted.len() * tenth / 10];
        let right = part.iter().filter(|(_, right)| *right).count();
        let from = part.last().map_or(0.0, |last| last.0);
        println!("surest {tenth:>2} tenths, from {from:.2} on: {right} of {} right", part.len());
    }
}

fn unseen<'t>(texts: &'t [Text], settings: &Settings, of: fn(&Text) -> bool) -> Vec<(&'t str, f32, bool)> {
    let measured: Vec<&Text> = texts.iter().filter(|text| of(text)).collect();
    // Ten parts are enough to choose by, and faster than one for each document.
    let parts: Vec<Vec<&Text>> =
        (0..10).map(|part| measured.iter().copied().skip(part).step_by(10).collect()).collect();
    let each = parts.par_iter().map(|part| {
        let names: Vec<&str> = part.iter().map(|text| text.name.as_str()).collect();
        let model = train(texts, Some(&names), settings);
        let examples = part.iter().flat_map(|text| text.examples.iter().map(|it| (text.name.as_str(), it)));
        let judged = examples.filter_map(|(name, it)| Some((name, probability(&model, &it.signs), it.right?)));
        judged.collect::<Vec<_>>()
    });
    each.collect::<Vec<_>>().concat()
}

fn undecided(texts: &[Text], settings: &Settings) -> Vec<(f32, bool)> {
    probabilities(texts, settings).into_iter().map(|(_, p, right)| (p, right)).collect()
}

fn probability(model: &Learned, signs: &[(&'static str, u32)]) -> f32 {
    let weight = |sign: u32| {
        model.weights.binary_search_by_key(&sign, |&(known, _)| known).map_or(0.0, |at| model.weights[at].1)
    };
    let sum: f32 = signs.iter().map(|&(_, sign)| weight(sign)).sum();
    1.0 / (1.0 + (-(model.bias + sum)).exp())
}

/// Tries settings, and what each group of signs is worth.
pub fn choose(texts: &[Text], usual: &Settings) {
    for pull in [0.5, 1.0, 2.0, 4.0, 8.0, 16.0] {
        for least in [2, 3, 5] {
            let settings = Settings { pull, least, ..usual.clone() };
            println!("pull {pull:<5} least {least}: {}", Told::of(&undecided(texts, &settings)));
        }
    }
    let mut groups: Vec<&'static str> = Vec::new();
    for (group, _) in texts.iter().flat_map(|text| &text.examples).flat_map(|it| &it.signs) {
        if !groups.contains(group) {
            groups.push(group);
        }
    }
    for group in groups {
        let settings = Settings { without: vec![group.to_owned()], ..usual.clone() };
        println!("without {group:<18}: {}", Told::of(&undecided(texts, &settings)));
    }
}

/// How well probabilities sort right from wrong.
struct Told {
    count: usize,
    right: usize,
    loss: f64,
    area: f64,
    means: [f64; 2],
}

impl Told {
    fn of(judged: &[(f32, bool)]) -> Self {
        let right = judged.iter().filter(|(_, right)| *right).count();
        let wrong = judged.len() - right;
        let loss =
            judged.iter().map(|&(p, right)| f64::from(if right { p } else { 1.0 - p }.max(1e-4)).ln()).sum::<f64>();
        let mean = |wanted: bool, count: usize| {
            judged.iter().filter(|(_, right)| *right == wanted).map(|(p, _)| f64::from(*p)).sum::<f64>()
                / count.max(1) as f64
        };
        let mut sorted: Vec<_> = judged.to_vec();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut below, mut pairs) = (0.0, 0.0);
        for part in sorted.chunk_by(|a, b| a.0 == b.0) {
            let right = part.iter().filter(|(_, right)| *right).count() as f64;
            let wrong = part.len() as f64 - right;
            pairs += right * (below + 0.5 * wrong);
            below += wrong;
        }
        let area = pairs / (right * wrong).max(1) as f64;
        Self {
            count: judged.len(),
            right,
            loss: -loss / judged.len().max(1) as f64,
            area,
            means: [mean(true, right), mean(false, wrong)],
        }
    }
}

impl std::fmt::Display for Told {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { count, right, loss, area, means: [yes, no] } = self;
        write!(
            f,
            "{count} judged, {right} right; log loss {loss:.4}, area {area:.4}; right {yes:.3}, wrong {no:.3}, apart {:.3}",
            yes - no
        )
    }
}

/// Of the claims at each confidence, how many are right.
fn curve(judged: &[(f32, bool)]) {
    println!("confidence   claims   mean   right");
    for tenth in 0..10 {
        let inside = |p: f32| (p * 10.0).floor().min(9.0) as usize == tenth;
        let part: Vec<_> = judged.iter().filter(|(p, _)| inside(*p)).collect();
        if part.is_empty() {
            continue;
        }
        let share = |sum: f64| sum / part.len() as f64;
        let mean = share(part.iter().map(|(p, _)| f64::from(*p)).sum());
        let right = share(part.iter().filter(|(_, right)| *right).count() as f64);
        println!("0.{tenth} to 0.{tenth}9  {:>6}   {mean:.2}   {right:.2}", part.len());
    }
}
