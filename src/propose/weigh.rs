//! Proved proposals beside what is claimed already: what says the same is no second claim, and the judge of claims decides
//! from the confidence what stands and what waits for a reader.

use std::collections::HashMap;

use crate::model::{Claim, Extraction, Polarity, Proposals, Qualifier, Relation, Span, Term};
use crate::relate::Standing;

use super::Known;

/// What makes two claims speak of the same: ends, relation, and the verb of an open one.
type Matter = (Term, Relation, Term, Option<Term>);

/// A claim of the document about a matter.
struct Told {
    polarity: Polarity,
    span: Span,
    stands: bool,
}

/// Adds claims to those of the document or to what waits for a reader, and counts what became of each.
pub(super) fn weigh(extraction: &mut Extraction, claims: Vec<Claim>, known: &Known<'_>, counts: &mut Proposals) {
    let mut told: HashMap<Matter, Vec<Told>> = HashMap::new();
    let before = extraction.claims.iter().map(|claim| (claim, true));
    for (claim, stands) in before.chain(extraction.doubtful.iter().map(|claim| (claim, false))) {
        told.entry(matter(claim)).or_default().push(Told::of(claim, stands));
    }
    for claim in claims {
        let beside = told.entry(matter(&claim)).or_default();
        let stands = match known.scorer.standing(claim.relation.is_position(), claim.evidence.confidence) {
            Standing::Dropped => {
                counts.dropped += 1;
                continue;
            }
            // A position of nobody, and what contradicts another claim at the same words, wait for a reader.
            Standing::Stands => {
                (claim.said_by.is_some() || !claim.relation.is_position())
                    && !beside.iter().any(|other| other.denies(&claim))
            }
            Standing::ToReview => false,
        };
        let same = beside.iter().find(|other| other.polarity == claim.polarity);
        if same.is_some_and(|other| other.stands || !stands) {
            counts.known += 1;
            continue;
        }
        let doubted = same.is_some();
        beside.retain(|other| other.polarity != claim.polarity);
        beside.push(Told::of(&claim, stands));
        if doubted {
            // It waited for a reader, and now another is surer of it.
            let matter = matter(&claim);
            extraction.doubtful.retain(|other| other.polarity != claim.polarity || self::matter(other) != matter);
        }
        match stands {
            true => extraction.claims.push(claim),
            false => extraction.doubtful.push(claim),
        }
        *(if stands { &mut counts.claims } else { &mut counts.to_review }) += 1;
    }
}

impl Told {
    fn of(claim: &Claim, stands: bool) -> Self {
        Self { polarity: claim.polarity, span: claim.evidence.span, stands }
    }

    /// Whether it stands and says the contrary at the same words.
    fn denies(&self, claim: &Claim) -> bool {
        self.stands && self.polarity != claim.polarity && self.span.overlaps(claim.evidence.span)
    }
}

fn matter(claim: &Claim) -> Matter {
    let verb = claim.qualifiers.iter().find(|(qualifier, _)| *qualifier == Qualifier::Verb && claim.relation.is_open());
    let verb = verb.map(|(_, verb)| verb.clone());
    (claim.subject.clone(), claim.relation.clone(), claim.object.clone(), verb)
}
