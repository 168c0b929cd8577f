//! Which derivations become claims: of two that say the same the surer, of two of which one is the weaker the other.

use std::collections::HashMap;

use super::derivation::Derivation;
use super::score::Score;
use crate::model::{Polarity, Relation, Span, Term};

/// Relations and the stronger one that takes their place at the same words: who "stresses the importance of" something
/// attaches importance to it.
const WEAKER: &[(&str, &str)] = &[("emphasizes", "attachesImportanceTo")];

/// A derivation with its score and what became of it.
#[derive(Clone, Debug)]
pub(super) struct Decided<'r> {
    pub derivation: Derivation<'r>,
    /// 0 to 1, two decimals.
    pub confidence: f32,
    pub fate: Fate,
}

/// What becomes of a derivation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// It is a claim.
    Claimed,
    /// The derivation at that place of the list says more.
    Weaker(usize),
    /// The derivation at that place of the list says the same.
    Repeats(usize),
}

/// Decides: all derivations, by start of evidence, each with its fate. Claims are those that are [`Fate::Claimed`].
pub(super) fn decide<'r>(derivations: Vec<Derivation<'r>>, scorer: &dyn Score) -> Vec<Decided<'r>> {
    let scored = |derivation: Derivation<'r>| {
        let confidence = scorer.score(&derivation);
        Decided { derivation, confidence, fate: Fate::Claimed }
    };
    let mut all: Vec<Decided<'r>> = derivations.into_iter().map(scored).collect();
    sort(&mut all);
    drop_weaker(&mut all);
    once(&mut all);
    all
}

/// By place, then by what is said, then by rule.
fn sort(all: &mut [Decided<'_>]) {
    all.sort_by(|a, b| {
        let (a, b) = (&a.derivation, &b.derivation);
        let place = |it: &Derivation<'_>| (it.span.start, it.span.end);
        place(a).cmp(&place(b)).then_with(|| said(a).cmp(&said(b))).then_with(|| a.rule.code.cmp(&b.rule.code))
    });
}

/// What is weaker than another relation of the same subject at the same words is not claimed beside it.
fn drop_weaker(all: &mut [Decided<'_>]) {
    let mut strong: HashMap<(&str, &Term, usize), Vec<(Span, usize)>> = HashMap::new();
    for (at, decided) in all.iter().enumerate() {
        let it = &decided.derivation;
        if WEAKER.iter().any(|(_, stronger)| it.relation.name() == *stronger) {
            strong.entry((it.relation.name(), &it.subject.term, it.span.start)).or_default().push((it.span, at));
        }
    }
    let stronger = |it: &Derivation<'_>| {
        let pairs = WEAKER.iter().filter(|(weaker, _)| it.relation.name() == *weaker);
        let mut found = pairs.filter_map(|&(_, name)| strong.get(&(name, &it.subject.term, it.span.start)));
        found.find_map(|all| all.iter().find(|(span, _)| span.overlaps(it.span))).map(|&(_, at)| at)
    };
    let fates: Vec<Option<usize>> = all.iter().map(|decided| stronger(&decided.derivation)).collect();
    for (decided, fate) in all.iter_mut().zip(fates) {
        decided.fate = fate.map_or(decided.fate, Fate::Weaker);
    }
}

/// Of those that say the same only the surest is claimed, then the first; a second place is no second claim.
fn once(all: &mut [Decided<'_>]) {
    let mut best: HashMap<Said<'_>, usize> = HashMap::new();
    let mut fates: Vec<Fate> = all.iter().map(|decided| decided.fate).collect();
    for (at, decided) in all.iter().enumerate().filter(|(_, decided)| decided.fate == Fate::Claimed) {
        let key = said(&decided.derivation);
        match best.get(&key) {
            Some(&first) if all[first].confidence + 0.001 >= decided.confidence => fates[at] = Fate::Repeats(first),
            Some(&first) => {
                fates[first] = Fate::Repeats(at);
                best.insert(key, at);
            }
            None => {
                best.insert(key, at);
            }
        }
    }
    for (decided, fate) in all.iter_mut().zip(fates) {
        decided.fate = fate;
    }
}

type Said<'d> = (&'d Term, &'d Relation, &'d Term, bool);

fn said<'d>(it: &'d Derivation<'_>) -> Said<'d> {
    (&it.subject.term, &it.relation, &it.object.term, it.polarity == Polarity::Affirmed)
}
