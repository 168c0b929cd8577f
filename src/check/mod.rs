//! Proof that a store holds what it says: each quote at its place in the stored text, each graph in its shape.
//!
//! Quotes, texts, offsets, rules and the forms of outer identifiers are proved here ([`proof`], [`forms`]); the shapes of the
//! graph are questions, one file each in `queries/check`, whose rows are what is wrong ([`shapes`]). Whether a claim is what
//! its text gives, only reading the text anew can show ([`Comparison`]).

mod again;
mod finding;
mod forms;
mod proof;
mod shapes;
#[cfg(test)]
mod tests;

use std::path::Path;

use crate::lift::Layer;
use crate::record::Record;
use crate::store::{Directory, Error, Limits, Store, View};

pub use again::Comparison;
pub use finding::{Finding, Level};
pub use shapes::{Shape, ShapeError};

/// How often a check is begun, if another writes to the store meanwhile.
const TRIES: usize = 5;

/// The layers that hold passages, mentions and links.
const PROVED: [Layer; 7] = [
    Layer::Claims,
    Layer::Evidence,
    Layer::Mentions,
    Layer::Doubtful,
    Layer::Links,
    Layer::LinkEvidence,
    Layer::Loaded,
];

/// Checks a whole store. `own` are the user's shapes, asked after those that ship. Findings come in a fixed order: first
/// files, then quotes, then shapes. Each shape may cost what `limits` say.
///
/// # Errors
/// If there is no store, its list of contents is damaged, or a shape reaches a limit; all else is a finding.
pub fn check(path: &Path, own: &[Shape], limits: Limits) -> Result<Vec<Finding>, Error> {
    for _ in 1..TRIES {
        let mut directory = Directory::open(path)?;
        let findings = look(path, &mut directory, own, limits)?;
        let is_whole = findings.iter().all(|finding| finding.level != Level::Fail);
        // What a writer took away meanwhile is not lost.
        if is_whole || !directory.has_moved_on()? {
            return Ok(findings);
        }
    }
    look(path, &mut Directory::open(path)?, own, limits)
}

fn look(path: &Path, directory: &mut Directory, own: &[Shape], limits: Limits) -> Result<Vec<Finding>, Error> {
    let (record, mut damages) = Record::open(directory, &PROVED)?;
    // What stands beside the documents proves nothing here, but must be whole too.
    let rest: Vec<Layer> = Layer::ALL.into_iter().filter(|layer| !PROVED.contains(layer)).collect();
    damages.extend(directory.quads(&rest)?.1);
    let mut findings = proof::files(directory, &damages);
    findings.extend(proof::quotes(directory, &record));
    findings.push(proof::rules(&record));
    findings.push(forms::links(&record));
    drop(record);
    // What waits for a reader has its quotes proved, but makes no edges yet.
    let standing: Vec<Layer> = Layer::ALL.into_iter().filter(|layer| *layer != Layer::Doubtful).collect();
    let store = Store::open(path, &standing, View::Named)?;
    for shape in Shape::embedded().iter().chain(own) {
        findings.push(shape.look(&store, limits)?);
    }
    Ok(findings)
}
