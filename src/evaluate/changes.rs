//! What a change of the program gained and lost, claim by claim.

use std::collections::HashMap;

use super::claims::judge;
use super::{Gold, System};

/// A claim of a system and whether it is right, at level near.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Its subject's label, or its words.
    pub subject: String,
    /// In kebab case.
    pub predicate: String,
    /// Its object's label, or its words.
    pub object: String,
    /// Whether it is denied.
    pub negated: bool,
    /// Whether the annotations say so too.
    pub right: bool,
    /// First code point of its evidence.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words under it.
    pub quote: String,
}

/// Claims that only one of two results has, or that only one of them has right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Right, and new.
    pub gained: Vec<Judged>,
    /// Right, and no longer there.
    pub lost: Vec<Judged>,
    /// Wrong, and new.
    pub spoiled: Vec<Judged>,
    /// Wrong, and no longer there.
    pub cleared: Vec<Judged>,
}

impl Changes {
    /// From an old result of one document to a new one. Claims are the same if ends, predicate and polarity are; where in
    /// the text they stand is not compared.
    pub fn between(gold: &Gold, old: &System, new: &System) -> Changes {
        Self::of(judge(gold, old), judge(gold, new))
    }

    fn of(old: Vec<Judged>, new: Vec<Judged>) -> Changes {
        let (gone, come) = (without(&old, &new), without(&new, &old));
        let (gained, spoiled) = come.into_iter().partition(|claim| claim.right);
        let (lost, cleared) = gone.into_iter().partition(|claim| claim.right);
        Changes { gained, lost, spoiled, cleared }
    }

    /// Adds another document's changes.
    pub fn add(&mut self, other: Changes) {
        self.gained.extend(other.gained);
        self.lost.extend(other.lost);
        self.spoiled.extend(other.spoiled);
        self.cleared.extend(other.cleared);
    }

    /// The four lists with what to call them, in the order to show them.
    pub fn lists(&self) -> [(&'static str, &[Judged]); 4] {
        [
            ("gained right", &self.gained),
            ("lost right", &self.lost),
            ("new wrong", &self.spoiled),
            ("wrong gone", &self.cleared),
        ]
    }

    /// One line: `+3 right, -1 right, +2 wrong, -4 wrong`.
    pub fn line(&self) -> String {
        let [gained, lost, spoiled, cleared] = self.lists().map(|(_, list)| list.len());
        format!("+{gained} right, -{lost} right, +{spoiled} wrong, -{cleared} wrong")
    }
}

/// The claims of `these` that `those` do not have, as often as they have them more.
fn without(these: &[Judged], those: &[Judged]) -> Vec<Judged> {
    let mut left: HashMap<_, usize> = HashMap::new();
    for claim in those {
        *left.entry(key(claim)).or_default() += 1;
    }
    let mut new = Vec::new();
    for claim in these {
        match left.get_mut(&key(claim)) {
            Some(times) if *times > 0 => *times -= 1,
            _ => new.push(claim.clone()),
        }
    }
    new
}

fn key(claim: &Judged) -> (String, &str, String, bool, bool) {
    (claim.subject.to_lowercase(), &claim.predicate, claim.object.to_lowercase(), claim.negated, claim.right)
}

#[cfg(test)]
mod tests {
    use super::{Changes, Judged};

    fn claim(subject: &str, right: bool) -> Judged {
        let (predicate, object) = ("supports".to_owned(), "the work".to_owned());
        let (subject, quote) = (subject.to_owned(), String::new());
        Judged { subject, predicate, object, negated: false, right, start: 0, end: 1, quote }
    }

    #[test]
    fn only_differences_are_told() {
        let old = vec![claim("Fiji", true), claim("Fiji", true), claim("Tonga", false), claim("Palau", false)];
        let new = vec![claim("fiji", true), claim("Tonga", true), claim("Samoa", false)];
        let changes = Changes::of(old.clone(), new);
        let names =
            changes.lists().map(|(_, list)| list.iter().map(|c| c.subject.clone()).collect::<Vec<_>>().join(" "));
        assert_eq!(names, ["Tonga", "Fiji", "Samoa", "Tonga Palau"].map(str::to_owned));
        assert_eq!(changes.line(), "+1 right, -1 right, +1 wrong, -2 wrong");
        assert_eq!(Changes::of(old.clone(), old), Changes::default());
    }
}
