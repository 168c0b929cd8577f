//! Claims of fresh texts that a reader judged: right, half, wrong or misleading, each by its place and what it says.

use std::collections::HashMap;

use serde_json::Value;
use sha2::{Digest, Sha256};

/// The file of a document's verdicts: one JSON object a line with `start` and `end` (code points), `said` and `verdict`.
pub const FILE: &str = "verdicts.jsonl";

/// How much a verdict counts, beside an annotated relation: what misleads about a State weighs more, of a claim that is
/// half right its other half is not to be forgotten.
const WEIGHTS: [(&str, bool, f64); 4] =
    [("right", true, 1.0), ("half", false, 0.5), ("wrong", false, 1.0), ("misleading", false, 2.0)];

/// Whether each claim of some JSON Lines is right, and how much that counts; `None` where no reader saw it.
pub fn judged(verdicts: &str, told: &str) -> Vec<(Option<bool>, f64)> {
    let rows = verdicts.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let rows: HashMap<_, _> = rows
        .filter_map(|row| Some(((row["start"].as_u64()?, row["end"].as_u64()?, row["said"].as_str()?.to_owned()), row)))
        .collect();
    let lines = told.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let claims = lines.filter(|line| line["type"] == "claim");
    let verdict = |claim: Value| {
        let key = (claim["start"].as_u64()?, claim["end"].as_u64()?, said(&claim));
        let verdict = rows.get(&key)?["verdict"].as_str()?;
        WEIGHTS.iter().find(|(name, ..)| *name == verdict).map(|&(_, right, weight)| (Some(right), weight))
    };
    claims.map(|claim| verdict(claim).unwrap_or((None, 1.0))).collect()
}

/// What a claim says, as sixteen hex digits: subject, predicate, polarity and object, parted by U+001F.
fn said(claim: &Value) -> String {
    let end = |end: &Value| end["label"].as_str().or(end["literal"].as_str()).unwrap_or_default().to_owned();
    let text = |name: &str| claim[name].as_str().unwrap_or_default().to_owned();
    let said = [end(&claim["subject"]), text("predicate"), text("polarity"), end(&claim["object"])].join("\u{1f}");
    Sha256::digest(said)[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}
