//! Which derivations become claims: of two that say the same the surer, of two of which one is the weaker the other.

use std::collections::{HashMap, HashSet};

use compact_str::CompactString;

use super::bare;
use super::derivation::Derivation;
use super::score::{Score, Standing};
use crate::model::{Polarity, Qualifier, Relation, Span, Term};

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
    /// It is not sure enough to be claimed, but for a reader to look at.
    ToReview,
    /// It is not sure enough for anything.
    Dropped,
}

/// Decides: all derivations, by start of evidence, each with its fate. Claims are those that are [`Fate::Claimed`].
pub(super) fn decide<'r>(derivations: Vec<Derivation<'r>>, scorer: &dyn Score) -> Vec<Decided<'r>> {
    let scored = |derivation: Derivation<'r>| {
        let sure = scorer.score(&derivation);
        let confidence = if derivation.bare && scorer.is_strict() { sure.min(bare::MOST) } else { sure };
        Decided { derivation, confidence, fate: Fate::Claimed }
    };
    let mut all: Vec<Decided<'r>> = derivations.into_iter().map(scored).collect();
    sort(&mut all);
    drop_weaker(&mut all);
    once(&mut all);
    for decided in all.iter_mut().filter(|decided| decided.fate == Fate::Claimed) {
        decided.fate = match scorer.standing(decided.derivation.relation.is_position(), decided.confidence) {
            Standing::Stands if decided.derivation.doubted && scorer.is_strict() => Fate::ToReview,
            Standing::Stands => Fate::Claimed,
            Standing::ToReview => Fate::ToReview,
            Standing::Dropped => Fate::Dropped,
        };
    }
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

/// Relation, subject and where the words begin.
type Beginning<'a> = (&'a str, &'a Term, usize);

/// What is weaker than another relation of the same subject at the same words is not claimed beside it: who "stresses the
/// importance of" something attaches importance to it.
fn drop_weaker(all: &mut [Decided<'_>]) {
    let over: HashSet<&str> =
        all.iter().flat_map(|decided| decided.derivation.relation.weaker_than()).map(CompactString::as_str).collect();
    let mut strong: HashMap<Beginning<'_>, Vec<(Span, usize)>> = HashMap::new();
    for (at, decided) in all.iter().enumerate() {
        let it = &decided.derivation;
        if over.contains(it.relation.name()) {
            strong.entry((it.relation.name(), &it.subject.term, it.span.start)).or_default().push((it.span, at));
        }
    }
    let stronger = |it: &Derivation<'_>| {
        let names = it.relation.weaker_than().iter();
        let mut found = names.filter_map(|name| strong.get(&(name.as_str(), &it.subject.term, it.span.start)));
        found.find_map(|all| all.iter().find(|(span, _)| span.overlaps(it.span))).map(|&(_, at)| at)
    };
    let fates: Vec<Option<usize>> = all.iter().map(|decided| stronger(&decided.derivation)).collect();
    for (decided, fate) in all.iter_mut().zip(fates) {
        decided.fate = fate.map_or(decided.fate, Fate::Weaker);
    }
}

/// Of those that say the same only the surest is claimed, then the first; a second place is no second claim, unless another
/// side of the thing is meant there or somebody is asked to do something else.
fn once(all: &mut [Decided<'_>]) {
    let mut best: HashMap<Said<'_>, Vec<usize>> = HashMap::new();
    let mut fates: Vec<Fate> = all.iter().map(|decided| decided.fate).collect();
    for (at, decided) in all.iter().enumerate().filter(|(_, decided)| decided.fate == Fate::Claimed) {
        let it = &decided.derivation;
        let like = best.entry(said(it)).or_default();
        let same = |other: &Derivation<'_>| other.span.overlaps(it.span) || narrowed(other) == narrowed(it);
        match like.iter_mut().find(|first| same(&all[**first].derivation)) {
            Some(&mut first) if all[first].confidence + 0.001 >= decided.confidence => fates[at] = Fate::Repeats(first),
            Some(first) => fates[std::mem::replace(first, at)] = Fate::Repeats(at),
            None => like.push(at),
        }
    }
    for (decided, fate) in all.iter_mut().zip(fates) {
        decided.fate = fate;
    }
}

type Said<'d> = (&'d Term, &'d Relation, &'d Term, bool, Option<&'d Term>);

/// What tells two claims of the same ends apart where they stand in two places: the side that is meant, and the task.
fn narrowed<'d>(it: &'d Derivation<'_>) -> [Option<&'d Term>; 2] {
    let told = |wanted: Qualifier| it.qualifiers.iter().find(|(qualifier, _)| *qualifier == wanted);
    [Qualifier::Aspect, Qualifier::To].map(|wanted| told(wanted).map(|(_, term)| term))
}

/// What makes two derivations say the same. An open relation is as many relations as there are verbs.
fn said<'d>(it: &'d Derivation<'_>) -> Said<'d> {
    let verb = it.qualifiers.iter().find(|(qualifier, _)| *qualifier == Qualifier::Verb && it.relation.is_open());
    let verb = verb.map(|(_, verb)| verb);
    (&it.subject.term, &it.relation, &it.object.term, it.polarity == Polarity::Affirmed, verb)
}
