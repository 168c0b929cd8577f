//! The claim half of the measure.

use std::collections::{HashMap, HashSet};

use super::gold::{Gold, GoldEnd, GoldRelation};
use super::system::{System, SystemClaim, SystemEnd};
use super::words::{group, is_near, overlap, predicate};
use super::{ClaimTally, Judged, Score, Tally};

/// Level numbers into [`Score::claims`].
const STRICT: usize = 0;
pub(super) const NEAR: usize = 1;
const PAIR: usize = 2;

/// One end of a system claim: the gold ids it stands for, and its words.
struct End {
    ids: HashSet<String>,
    text: String,
}

/// The claims of a system where annotators looked, their ends, and at which levels each is right.
struct Compared<'s> {
    claims: Vec<&'s SystemClaim>,
    ends: Vec<(End, End)>,
    hit: Vec<[bool; 3]>,
}

pub(super) fn score(gold: &Gold, system: &System, score: &mut Score) {
    let compared = compare(gold, system, |relation, found| count_relation(relation, found, score));
    count_claims(&compared.claims, &compared.ends, &compared.hit, score);
}

/// Whether each claim of a system is right at level near, in its order; `None` where no annotator looked.
pub(super) fn verdicts(gold: &Gold, system: &System) -> Vec<Option<bool>> {
    let mut judged = compare(gold, system, |_, _| ()).hit.into_iter();
    let covered = system.claims.iter().map(|claim| gold.covers(claim.start, claim.end));
    covered.map(|covered| if covered { judged.next().map(|hit| hit[NEAR]) } else { None }).collect()
}

/// Each claim where annotators looked, and whether it is right at level near; in the order of the system.
pub(super) fn judge(gold: &Gold, system: &System) -> Vec<Judged> {
    let compared = compare(gold, system, |_, _| ());
    let ends = compared.ends.into_iter().zip(compared.hit);
    let judged = compared.claims.iter().zip(ends).map(|(claim, ((subject, object), hit))| Judged {
        subject: subject.text,
        predicate: predicate(&claim.predicate),
        object: object.text,
        negated: claim.polarity == "negated",
        right: hit[NEAR],
        start: claim.start,
        end: claim.end,
        quote: claim.quote.clone(),
    });
    judged.collect()
}

/// Compares all claims with all gold relations; `told` hears of each relation at which levels it was found.
fn compare<'s>(gold: &Gold, system: &'s System, mut told: impl FnMut(&GoldRelation, [bool; 3])) -> Compared<'s> {
    let votes = votes(gold, system);
    let claims: Vec<_> = system.claims.iter().filter(|claim| gold.covers(claim.start, claim.end)).collect();
    let ends: Vec<_> =
        claims.iter().map(|claim| (end(system, &votes, &claim.subject), end(system, &votes, &claim.object))).collect();
    let mut hit = vec![[false; 3]; claims.len()];
    for relation in gold.relations.iter().filter(|r| gold.start <= r.start && r.end <= gold.end.saturating_add(1)) {
        let found = found_by(gold, relation, &claims, &ends, &mut hit);
        told(relation, found);
    }
    Compared { claims, ends, hit }
}

/// The gold ids that each system entity stands for: those whose mentions it shares most.
fn votes<'s>(gold: &Gold, system: &'s System) -> HashMap<&'s str, HashSet<String>> {
    let mut votes: HashMap<&str, HashMap<&str, usize>> = HashMap::new();
    for mention in system.mentions.iter().filter(|m| gold.covers(m.start, m.end)) {
        let Some(entity) = mention.entity.as_deref() else { continue };
        let same = |m: &&super::gold::GoldMention| (m.start, m.end) == (mention.start, mention.end);
        let mut exact = gold.mentions.iter().filter(same).peekable();
        let counts = votes.entry(entity).or_default();
        if exact.peek().is_some() {
            exact.for_each(|m| *counts.entry(&m.canonical).or_default() += 3);
            continue;
        }
        for other in &gold.mentions {
            let shared = other.end.min(mention.end).saturating_sub(other.start.max(mention.start));
            let total = other.end.max(mention.end) - other.start.min(mention.start);
            if shared * 2 >= total && shared > 0 {
                *counts.entry(&other.canonical).or_default() += 1;
            }
        }
    }
    votes
        .into_iter()
        .filter(|(_, counts)| !counts.is_empty())
        .map(|(entity, counts)| (entity, most_voted(&counts)))
        .collect()
}

fn most_voted(counts: &HashMap<&str, usize>) -> HashSet<String> {
    let top = counts.values().max().copied().unwrap_or(0);
    let best = counts.iter().filter(|(_, votes)| **votes == top);
    best.flat_map(|(id, _)| id.split('+').chain([*id])).map(str::to_owned).collect()
}

fn end(system: &System, votes: &HashMap<&str, HashSet<String>>, end: &SystemEnd) -> End {
    match end.entity.as_deref().filter(|entity| !entity.is_empty()) {
        Some(entity) => End {
            ids: votes.get(entity).cloned().unwrap_or_default(),
            text: end
                .label
                .clone()
                .filter(|label| !label.is_empty())
                .or_else(|| system.labels.get(entity).cloned())
                .unwrap_or_default(),
        },
        None => {
            let text = end.literal.clone().unwrap_or_default();
            End { ids: HashSet::from([text.clone()]), text }
        }
    }
}

fn found_by(
    gold: &Gold,
    relation: &GoldRelation,
    claims: &[&SystemClaim],
    ends: &[(End, End)],
    hit: &mut [[bool; 3]],
) -> [bool; 3] {
    let wanted = predicate(&relation.predicate);
    let mut found = [false; 3];
    for (i, claim) in claims.iter().enumerate() {
        if !(is_same(gold, &relation.subject, &ends[i].0) && is_same(gold, &relation.object, &ends[i].1)) {
            continue;
        }
        let said = predicate(&claim.predicate);
        let agrees = (claim.polarity == "negated") == relation.negated;
        for (level, reached) in
            [(STRICT, agrees && wanted == said), (NEAR, agrees && is_near(&wanted, &said)), (PAIR, true)]
        {
            found[level] |= reached;
            hit[i][level] |= reached;
        }
    }
    found
}

/// Whether a system end is the gold end.
fn is_same(gold: &Gold, wanted: &GoldEnd, end: &End) -> bool {
    let ids = Gold::ids(wanted);
    if !ids.is_disjoint(&end.ids) {
        return true;
    }
    if let GoldEnd::Literal { value } = wanted {
        return overlap(value, &end.text) >= 0.5;
    }
    if gold.knows_any(&end.ids) {
        return false;
    }
    let names = ids.iter().flat_map(|id| gold.names(id)).chain(ids.iter().cloned());
    names.into_iter().any(|name| overlap(&name, &end.text) >= 0.6)
}

fn count_relation(relation: &GoldRelation, found: [bool; 3], score: &mut Score) {
    let is_core = relation.tier == "core";
    for (level, tally) in score.claims.iter_mut().enumerate() {
        tally.all.gold += 1;
        tally.all.found += usize::from(found[level]);
        tally.core += usize::from(is_core);
        tally.core_found += usize::from(is_core && found[level]);
    }
    let tally = Tally { gold: 1, found: usize::from(found[NEAR]), ..Tally::default() };
    let name = predicate(&relation.predicate);
    let core = usize::from(is_core);
    let in_group = ClaimTally { all: tally, core, core_found: core * tally.found };
    score.by_group.entry(group(&name)).or_default().add(in_group);
    score.by_relation.entry(name).or_default().add(tally);
    if is_core && !found[NEAR] {
        let quote: String = relation.evidence.chars().take(90).collect();
        score.misses.push(format!(
            "miss claim   {} | {} | {}   «{quote}»",
            relation.subject.text(),
            relation.predicate,
            relation.object.text()
        ));
    }
}

fn count_claims(claims: &[&SystemClaim], ends: &[(End, End)], hit: &[[bool; 3]], score: &mut Score) {
    let add = |tally: &mut ClaimTally, right: bool| {
        tally.all.system += 1;
        tally.all.right += usize::from(right);
    };
    for (i, claim) in claims.iter().enumerate() {
        for (level, tally) in score.claims.iter_mut().enumerate() {
            add(tally, hit[i][level]);
        }
        let tally = Tally { system: 1, right: usize::from(hit[i][NEAR]), ..Tally::default() };
        let name = predicate(&claim.predicate);
        score.by_group.entry(group(&name)).or_default().add(ClaimTally { all: tally, ..ClaimTally::default() });
        score.by_relation.entry(name).or_default().add(tally);
        if !hit[i][NEAR] {
            let quote: String = claim.quote.chars().take(90).collect();
            score.misses.push(format!(
                "extra claim  {} | {} | {}   «{quote}»",
                ends[i].0.text, claim.predicate, ends[i].1.text
            ));
        }
    }
}
