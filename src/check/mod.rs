//! Proof that a store holds what it says: each quote at its place in the stored text, each graph in its shape.
//!
//! Quotes, texts, offsets, rules and the forms of outer identifiers are proved here ([`proof`], [`forms`]); the shapes of the
//! graph are questions, one file each in `queries/check`, whose rows are what is wrong ([`shapes`]). Whether a claim is what
//! its text gives, only reading the text anew can show ([`Comparison`]). Shapes of the user's own come as such questions too,
//! or in SHACL ([`Shapes`]).

mod again;
mod finding;
mod forms;
mod proof;
mod remembered;
mod shacl;
mod shapes;
#[cfg(test)]
mod tests;
mod unit;

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use crate::lift::Layer;
use crate::store::{Directory, Error, Limits, Store, View, flaws};

use remembered::{Clean, Remembered};
use unit::Unit;

pub use again::Comparison;
pub use finding::{Finding, Level};
pub use shacl::{Report, Shapes, ShapesError};
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
/// files, then quotes, then shapes. Each shape may cost what `limits` say. Of a store that has an index, what an earlier check
/// proved and whose files are as they were is not proved again, unless `all` says so.
///
/// # Errors
/// If there is no store, its list of contents is damaged, or a shape reaches a limit; all else is a finding.
pub fn check(path: &Path, own: &[Shape], limits: Limits, all: bool) -> Result<Vec<Finding>, Error> {
    for _ in 1..TRIES {
        let mut directory = Directory::open(path)?;
        let findings = look(&directory, own, limits, all)?;
        let is_whole = findings.iter().all(|finding| finding.level != Level::Fail);
        // What a writer took away meanwhile is not lost.
        if is_whole || !directory.has_moved_on()? {
            return Ok(findings);
        }
    }
    look(&Directory::open(path)?, own, limits, all)
}

fn look(directory: &Directory, own: &[Shape], limits: Limits, all: bool) -> Result<Vec<Finding>, Error> {
    let path = directory.path();
    let before = if all { Remembered::default() } else { Remembered::read(path) };
    let (units, clean) = prove(directory, &before);
    let mut whole = Unit::of_others(directory);
    units.into_iter().for_each(|unit| whole.absorb(unit));
    whole.damages.extend(damages_beside(directory, clean == before.documents));
    let mut findings = proof::files(directory, &whole.damages);
    findings.extend(whole.quotes.findings());
    findings.push(proof::rules(whole.rules));
    findings.push(forms::finding(whole.links.0, whole.links.1));
    let asked = asked(directory, own);
    let shapes = match before.findings(&asked).filter(|_| whole.damages.is_empty()) {
        Some(known) => known,
        None => ask(path, own, limits)?,
    };
    if whole.damages.is_empty() && !(clean == before.documents && before.findings(&asked).is_some()) {
        Remembered::write(path, clean, asked, &shapes);
    }
    findings.extend(shapes);
    Ok(findings)
}

/// Documents that are clean, each with the state of its files.
type CleanDocuments = BTreeMap<String, (String, Clean)>;

/// Proves each document, or takes what an earlier check proved of it.
fn prove(directory: &Directory, before: &Remembered) -> (Vec<Unit>, CleanDocuments) {
    let documents: Vec<&String> = directory.documents().keys().collect();
    let proved = documents.into_par_iter().map(|sha256| {
        let state = unit::state(directory, sha256);
        let known = before.documents.get(sha256).filter(|(known, _)| *known == state);
        let unit = known.map_or_else(|| Unit::of_document(directory, sha256), |(_, clean)| Unit::of_clean(*clean));
        let clean = unit.clean().map(|clean| (sha256.clone(), (state, clean)));
        (unit, clean)
    });
    let (units, clean): (Vec<Unit>, Vec<_>) = proved.collect();
    (units, clean.into_iter().flatten().collect())
}

/// What is damaged of the record of runs, and of the index if anything has changed.
fn damages_beside(directory: &Directory, is_as_before: bool) -> Vec<String> {
    let index = if is_as_before { Vec::new() } else { flaws(directory.path()) };
    directory.flaw_of_runs().into_iter().chain(index).map(|damage| damage.to_string()).collect()
}

/// Digits that change with what the shapes are asked of, and with what they ask.
fn asked(directory: &Directory, own: &[Shape]) -> String {
    let shapes = Shape::embedded().iter().chain(own).map(|shape| shape.text().to_owned());
    unit::digest(shapes.chain([directory.revision(), directory.stamp_of_runs()]))
}

/// What shapes are held against: the whole store but for what waits for a reader. That has its quotes proved, but makes no edges
/// yet.
///
/// # Errors
/// If there is no store, or its list of contents is damaged.
pub fn standing(path: &Path) -> Result<Store, Error> {
    let standing: Vec<Layer> = Layer::ALL.into_iter().filter(|layer| *layer != Layer::Doubtful).collect();
    Store::open(path, &standing, View::Asked)
}

fn ask(path: &Path, own: &[Shape], limits: Limits) -> Result<Vec<Finding>, Error> {
    let store = standing(path)?;
    Shape::embedded().iter().chain(own).map(|shape| shape.look(&store, limits)).collect()
}
