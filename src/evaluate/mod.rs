//! Measures an extraction against hand-made annotations: precision, recall and F1 of mentions and claims, with misses.
//!
//! Definitions: a *named* mention counts by exact span; a claim is found at level *pair* when subject and object are
//! right, *near* when the predicate is of the same family too, *strict* when it is the same. Boilerplate and pronouns do
//! not count. A system entity stands for the gold entity whose mentions it shares most; a literal is compared by words.

mod changes;
mod claims;
mod gold;
mod mentions;
mod system;
mod words;

use std::collections::BTreeMap;

pub use changes::{Changes, Judged};
pub use gold::{Gold, GoldError};
pub use system::System;

/// Counts that add up over documents.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// Named mentions: exact spans.
    pub named: Tally,
    /// Named gold mentions that some system mention overlaps.
    pub overlapped: usize,
    /// Named gold mentions found with the right kind.
    pub kind_right: usize,
    /// Mentions of class named, nominal and term: exact spans.
    pub all: Tally,
    /// Claims by level: strict, near, pair.
    pub claims: [ClaimTally; 3],
    /// Named mentions by kind.
    pub by_kind: BTreeMap<String, Tally>,
    /// Claims at level near, by gold predicate (recall) and system predicate (precision).
    pub by_relation: BTreeMap<String, Tally>,
    /// Claims at level near, by kind of document.
    pub by_document: BTreeMap<String, ClaimTally>,
    /// Claims at level near, by group of relations: of the gold predicate (recall), of the system's (precision).
    pub by_group: BTreeMap<String, ClaimTally>,
    /// What was missed and what was too much, one line each.
    pub misses: Vec<String>,
}

/// Found and wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Gold items.
    pub gold: usize,
    /// Gold items found.
    pub found: usize,
    /// System items that count.
    pub system: usize,
    /// System items that are right.
    pub right: usize,
}

impl Tally {
    /// Right system items over all of them; 0 of none.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.system)
    }

    /// Found gold items over all of them; 0 of none.
    pub fn recall(self) -> f64 {
        ratio(self.found, self.gold)
    }

    /// Harmonic mean of both.
    pub fn f1(self) -> f64 {
        harmonic(self.precision(), self.recall())
    }

    fn add(&mut self, other: Tally) {
        self.gold += other.gold;
        self.found += other.found;
        self.system += other.system;
        self.right += other.right;
    }
}

/// Claims at one level: recall is told apart for core relations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ClaimTally {
    /// All tiers.
    pub all: Tally,
    /// Core gold relations.
    pub core: usize,
    /// Core gold relations found.
    pub core_found: usize,
}

impl ClaimTally {
    /// Core relations found over all of them.
    pub fn core_recall(self) -> f64 {
        ratio(self.core_found, self.core)
    }

    /// Harmonic mean of precision over all claims and recall of core relations.
    pub fn f1(self) -> f64 {
        harmonic(self.all.precision(), self.core_recall())
    }

    fn add(&mut self, other: ClaimTally) {
        self.all.add(other.all);
        self.core += other.core;
        self.core_found += other.core_found;
    }
}

/// Whether each claim of a system is right at level near, in its order; `None` where no annotator looked.
pub fn verdicts(gold: &Gold, system: &System) -> Vec<Option<bool>> {
    claims::verdicts(gold, system)
}

impl Score {
    /// Measures one document.
    pub fn of(gold: &Gold, system: &System) -> Score {
        let mut score = Score::default();
        mentions::score(gold, system, &mut score);
        claims::score(gold, system, &mut score);
        score.by_document.insert(gold.kind.clone(), score.claims[claims::NEAR]);
        score
    }

    /// Adds another document's counts; its misses too.
    pub fn add(&mut self, other: &Score) {
        self.named.add(other.named);
        self.all.add(other.all);
        self.overlapped += other.overlapped;
        self.kind_right += other.kind_right;
        for (mine, theirs) in self.claims.iter_mut().zip(&other.claims) {
            mine.add(*theirs);
        }
        for (kind, tally) in &other.by_kind {
            self.by_kind.entry(kind.clone()).or_default().add(*tally);
        }
        for (relation, tally) in &other.by_relation {
            self.by_relation.entry(relation.clone()).or_default().add(*tally);
        }
        for (kind, tally) in &other.by_document {
            self.by_document.entry(kind.clone()).or_default().add(*tally);
        }
        for (group, tally) in &other.by_group {
            self.by_group.entry(group.clone()).or_default().add(*tally);
        }
        self.misses.extend(other.misses.iter().cloned());
    }

    /// Named mentions found with the right kind over those found.
    pub fn kind_accuracy(&self) -> f64 {
        ratio(self.kind_right, self.named.found)
    }

    /// One line: named P R F1 kind, all F1, claims near P, core R, F1, strict F1, pair F1.
    pub fn line(&self, name: &str) -> String {
        let [strict, near, pair] = &self.claims;
        format!(
            "{name:<12} named P {:.3} R {:.3} F1 {:.3} type {:.3} | all F1 {:.3} | claims near P {:.3} coreR {:.3} F1 {:.3} strict F1 {:.3} pair F1 {:.3} ({} claims, {} core)",
            self.named.precision(),
            self.named.recall(),
            self.named.f1(),
            self.kind_accuracy(),
            self.all.f1(),
            near.all.precision(),
            near.core_recall(),
            near.f1(),
            strict.f1(),
            pair.f1(),
            near.all.system,
            near.core,
        )
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn harmonic(a: f64, b: f64) -> f64 {
    if a + b > 0.0 { 2.0 * a * b / (a + b) } else { 0.0 }
}
