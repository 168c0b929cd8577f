//! What the text claims: rules over dependency trees, mention structure and metadata give [`Claim`]s.
//!
//! [`relate`] is the whole of it. `frame` reads what the document says of itself, `structure` what names say by their
//! own build, `clauses` what sentences say, rule by rule.

mod argument;
mod clauses;
mod context;
mod frame;
mod grammar;
mod items;
mod membership;
mod path;
mod plain;
mod shallow;
mod sides;
mod spelling;
mod structure;
mod surface;
mod tags;
mod trigger;

use std::collections::HashMap;

use crate::model::{Claim, Document, Entity, EntityId, Mention, Polarity, Relation, Sentence, Span, Term};
use crate::seeds::Rules;

/// All that claims are made from.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its sentences, in text order, with trees.
    pub sentences: &'a [Sentence],
    /// What is seen; by start, then longest first.
    pub mentions: &'a [Mention],
    /// What each mention means.
    pub referents: &'a [Option<EntityId>],
    /// What is meant.
    pub entities: &'a [Entity],
    /// The entity that is the document itself.
    pub itself: Option<EntityId>,
    /// For whom the document speaks: the speaker's State or group; the organ of a resolution.
    pub holder: Option<EntityId>,
    /// Who speaks for the holder: the representative, the delegation.
    pub voices: &'a [EntityId],
    /// The relation rules.
    pub rules: &'a Rules,
}

/// All claims of a document, by start of evidence; each once.
pub fn relate(inputs: &Inputs<'_>) -> Vec<Claim> {
    let mut claims = frame::claims(inputs);
    claims.extend(structure::claims(inputs));
    claims.extend(membership::claims(inputs));
    let mut asked = None;
    for sentence in inputs.sentences {
        asked = items::claims(inputs, sentence, asked, &mut claims);
    }
    drop_weaker(&mut claims);
    once(claims)
}

/// Of words that both emphasize and attach importance ("stresses the importance of"), only the second is claimed.
fn drop_weaker(claims: &mut Vec<Claim>) {
    let strong: Vec<(Term, Span)> = claims
        .iter()
        .filter(|claim| claim.relation.name() == "attachesImportanceTo")
        .map(|claim| (claim.subject.clone(), claim.evidence.span))
        .collect();
    claims.retain(|claim| {
        claim.relation.name() != "emphasizes"
            || !strong.iter().any(|(subject, span)| {
                *subject == claim.subject
                    && span.start == claim.evidence.span.start
                    && span.overlaps(claim.evidence.span)
            })
    });
}

/// Sorted, and of claims that say the same only the surest, then the first; a second place is no second claim.
fn once(mut claims: Vec<Claim>) -> Vec<Claim> {
    claims.sort_by(|a, b| {
        let place = |claim: &Claim| (claim.evidence.span.start, claim.evidence.span.end);
        place(a).cmp(&place(b)).then_with(|| said(a).cmp(&said(b))).then_with(|| a.evidence.rule.cmp(&b.evidence.rule))
    });
    let mut best: HashMap<Said, usize> = HashMap::new();
    let mut keep = vec![true; claims.len()];
    for (i, claim) in claims.iter().enumerate() {
        let key = said(claim);
        match best.get(&key) {
            Some(&first) if claims[first].evidence.confidence + 0.001 >= claim.evidence.confidence => keep[i] = false,
            Some(&first) => {
                keep[first] = false;
                best.insert(key, i);
            }
            None => {
                best.insert(key, i);
            }
        }
    }
    let mut kept = keep.into_iter();
    claims.retain(|_| kept.next().unwrap_or(true));
    claims
}

type Said = (Term, Relation, Term, bool);

fn said(claim: &Claim) -> Said {
    let affirmed = claim.polarity == Polarity::Affirmed;
    (claim.subject.clone(), claim.relation.clone(), claim.object.clone(), affirmed)
}
