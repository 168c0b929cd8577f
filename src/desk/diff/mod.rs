//! Two documents side by side: two statements of one actor, two versions of a draft, two resolutions on one subject. Clauses
//! meet by their words; what changed is told in words, and so are the positions that changed with them.

mod align;
mod clauses;
mod edits;

use std::collections::{BTreeSet, HashSet};

use crate::record::{Record, TermId};

use super::said::Said;
use super::stance::{Matter, Side, stems};

pub use clauses::Clause;

/// What became of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Both texts have it in the same words.
    Kept,
    /// Some of its words changed.
    Changed,
    /// Only the old text has it.
    Gone,
    /// Only the new text has it.
    New,
}

impl Fate {
    /// For a table.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Changed => "changed",
            Self::Gone => "gone",
            Self::New => "new",
        }
    }
}

/// A clause of one text or of both.
#[derive(Clone, Debug, PartialEq)]
pub struct DiffRow {
    /// What became of it.
    pub fate: Fate,
    /// Whether it stands among other clauses than before.
    pub is_moved: bool,
    /// The clause in the old text.
    pub old: Option<Clause>,
    /// The clause in the new text.
    pub new: Option<Clause>,
    /// Its words, those that went as `[-…-]` and those that came as `{+…+}`.
    pub words: String,
    /// The positions that changed with it, in words; what is said anew or no more where the clause is.
    pub positions: Vec<String>,
}

/// A document of the store, ready to be compared.
pub struct Draft<'t> {
    /// The stored text.
    pub id: TermId,
    /// Its words.
    pub text: &'t str,
}

/// Compares two documents; rows come in the order of the new text, what is gone where it stood.
pub fn diff(record: &Record<'_>, said: &Said, old: &Draft<'_>, new: &Draft<'_>) -> Vec<DiffRow> {
    let (old_clauses, new_clauses) = (clauses::clauses(old.text), clauses::clauses(new.text));
    let pairs = align::align(&old_clauses, &new_clauses);
    let moved = align::moved(&pairs);
    let positions = [Positions::of(record, said, old.id), Positions::of(record, said, new.id)];
    let mut rows: Vec<((usize, usize), DiffRow)> = Vec::new();
    let mut met: [HashSet<usize>; 2] = Default::default();
    for (at, &(left, right)) in pairs.iter().enumerate() {
        met[0].insert(left);
        met[1].insert(right);
        let (old, new) = (&old_clauses[left], &new_clauses[right]);
        let is_same = old.words.to_lowercase() == new.words.to_lowercase();
        rows.push((
            (right, 1),
            DiffRow {
                fate: if is_same { Fate::Kept } else { Fate::Changed },
                is_moved: moved.contains(&at),
                words: if is_same { new.words.clone() } else { edits::told(&edits::edits(&old.words, &new.words)) },
                positions: if is_same { Vec::new() } else { moved_positions(record, &positions, old, new) },
                old: Some(old.clone()),
                new: Some(new.clone()),
            },
        ));
    }
    // What is gone stands behind the clause that it stood behind.
    let mut last = 0;
    let behind: Vec<usize> = (0..old_clauses.len())
        .map(|at| {
            last = pairs.binary_search_by_key(&at, |pair| pair.0).map_or(last, |found| pairs[found].1);
            last
        })
        .collect();
    let mut alone = |clause: &Clause, side: usize, order: (usize, usize)| {
        let told = positions[side].within(clause).iter().map(|claim| claim.told.clone()).collect();
        let (fate, mark) = if side == 0 { (Fate::Gone, ["[-", "-]"]) } else { (Fate::New, ["{+", "+}"]) };
        let words = [mark[0], &clause.words, mark[1]].concat();
        let (old, new) = if side == 0 { (Some(clause.clone()), None) } else { (None, Some(clause.clone())) };
        rows.push((order, DiffRow { fate, is_moved: false, old, new, words, positions: told }));
    };
    for (at, clause) in old_clauses.iter().enumerate().filter(|(at, _)| !met[0].contains(at)) {
        alone(clause, 0, (behind[at], 2));
    }
    for (at, clause) in new_clauses.iter().enumerate().filter(|(at, _)| !met[1].contains(at)) {
        alone(clause, 1, (at, 0));
    }
    rows.sort_by_key(|(order, _)| *order);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// A position of a text, and how it reads.
struct Position {
    place: (usize, usize),
    act: String,
    matter: Matter,
    told: String,
}

/// The positions of a text, by place.
struct Positions(Vec<Position>);

impl Positions {
    fn of(record: &Record<'_>, said: &Said, text: TermId) -> Self {
        let number = said.number_of(text);
        let lines = said.claims().iter().filter(|line| line.text == number && number.is_some() && line.is_position);
        let position = |line: &super::ClaimLine| {
            let claim = record.claim(line.id)?;
            let act = claim.relation.words_of(claim.verb, claim.is_negated());
            let matter = Matter::of(record, line)?;
            let told = format!("{} {act} {}", record.label(line.subject), matter.label);
            Some(Position { place: line.place, act, matter, told })
        };
        Self(lines.filter_map(position).collect())
    }

    fn within(&self, clause: &Clause) -> Vec<&Position> {
        let first = self.0.partition_point(|position| position.place.0 < clause.start);
        self.0[first..].iter().take_while(|position| position.place.0 < clause.end).collect()
    }
}

/// How the positions of a clause changed: put otherwise, turned round, new, or gone.
fn moved_positions(record: &Record<'_>, positions: &[Positions; 2], old: &Clause, new: &Clause) -> Vec<String> {
    let (before, now) = (positions[0].within(old), positions[1].within(new));
    let words = [old, new].map(|clause| stems(&clause.words));
    // What the other clause says too, was only not read there.
    let is_told = |position: &Position, words: &[String]| position.matter.stems.iter().all(|stem| words.contains(stem));
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let mut told = Vec::new();
    for position in &now {
        let is_like = |(at, other): &(usize, &&Position)| !used.contains(at) && position.matter.is_like(&other.matter);
        let Some((at, other)) = before.iter().enumerate().find(is_like) else {
            if !is_told(position, &words[0]) {
                told.push(format!("new: {}", position.told));
            }
            continue;
        };
        used.insert(at);
        let (was, is) = (&other.matter, &position.matter);
        let has_sides = ![was.side, is.side].contains(&Side::Neither);
        if has_sides && was.side != is.side && is.is_same(record, was) {
            told.push(format!("turned round: {} → {} {}", other.act, position.act, is.label));
        } else if was.strength != is.strength {
            let how = if is.strength > was.strength { "stronger" } else { "weaker" };
            told.push(format!(
                "{how}: {} → {} {} (rung {} → {} of 5)",
                other.act, position.act, is.label, was.strength, is.strength
            ));
        } else if other.act != position.act {
            told.push(format!("put otherwise: {} → {} {}", other.act, position.act, is.label));
        }
    }
    let left = before.iter().enumerate().filter(|(at, other)| !used.contains(at) && !is_told(other, &words[1]));
    told.extend(left.map(|(_, other)| format!("gone: {}", other.told)));
    told
}
