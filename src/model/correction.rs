//! What readers decided about claims. A claim is named by what it says and by the words that prove it, not by its number:
//! so a decision holds at every later reading, whatever else is found then.

use super::text::one_line;
use super::{Claim, Extraction, Polarity, Term};

/// Digits of a text's hash by which it is named.
const DIGITS: usize = 16;

/// A claim as a decision names it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Said {
    /// First digits of the SHA-256 of the text.
    pub text: String,
    /// Of whom or what.
    pub subject: End,
    /// The property's IRI.
    pub relation: String,
    /// What.
    pub object: End,
    /// Whether it is denied.
    pub denied: bool,
    /// The words that prove it, on one line.
    pub quote: String,
}

/// An end of a claim, without the numbers of one reading.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum End {
    /// A thing, by its key.
    Thing(String),
    /// Words.
    Words(String),
}

/// What a reader decided about a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// It is right: it stands, however unsure it was.
    Accept,
    /// It is wrong: it is no claim.
    Reject,
}

impl Verdict {
    /// The word in tables and in the graph.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
        }
    }

    /// The verdict that a word or its first letter stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().as_str() {
            "a" | "accept" | "accepted" | "right" => Some(Self::Accept),
            "r" | "reject" | "rejected" | "wrong" => Some(Self::Reject),
            _ => None,
        }
    }
}

/// A verdict and who gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// What was decided.
    pub verdict: Verdict,
    /// By whom; empty if nobody said.
    pub by: String,
}

impl Said {
    /// First digits of a text's hash.
    pub fn text_of(sha256: &str) -> &str {
        sha256.get(..DIGITS).unwrap_or(sha256)
    }

    /// Whether a claim is the one meant: it says the same, and one quote holds the other.
    fn is(&self, other: &Said) -> bool {
        let says = |it: &Said| (it.text.clone(), it.subject.clone(), it.relation.clone(), it.object.clone(), it.denied);
        says(self) == says(other) && (self.quote.contains(&other.quote) || other.quote.contains(&self.quote))
    }
}

impl Extraction {
    /// A claim as a decision names it.
    pub fn said(&self, claim: &Claim) -> Said {
        let end = |term: &Term| match term {
            Term::Entity(id) => End::Thing(self.entity(*id).key.to_string()),
            Term::Literal(words) => End::Words(words.clone()),
        };
        Said {
            text: Said::text_of(&self.document.sha256).to_owned(),
            subject: end(&claim.subject),
            relation: claim.relation.iri().to_owned(),
            object: end(&claim.object),
            denied: claim.polarity == Polarity::Negated,
            quote: one_line(self.document.quote(claim.evidence.span)),
        }
    }

    /// Applies what readers decided: what is wrong is no claim, what is right stands and is sure. Gives how many decisions
    /// found their claim.
    pub fn correct<'c>(&mut self, decided: impl Iterator<Item = (&'c Said, &'c Correction)>) -> usize {
        let text = Said::text_of(&self.document.sha256).to_owned();
        let decided: Vec<_> = decided.filter(|(said, _)| said.text == text).collect();
        if decided.is_empty() {
            return 0;
        }
        let verdict = |it: &Self, claim: &Claim| {
            let said = it.said(claim);
            // Of several that may mean it, the one with exactly its words.
            let exact = decided.iter().position(|(other, _)| **other == said);
            exact.or_else(|| decided.iter().position(|(other, _)| other.is(&said)))
        };
        let mut met = vec![false; decided.len()];
        let (claims, doubtful) = (std::mem::take(&mut self.claims), std::mem::take(&mut self.doubtful));
        let (mut standing, mut waiting) = (Vec::new(), Vec::new());
        let all = claims.into_iter().map(|claim| (claim, true)).chain(doubtful.into_iter().map(|claim| (claim, false)));
        for (mut claim, stands) in all {
            let at = verdict(self, &claim);
            if let Some(met) = at.and_then(|at| met.get_mut(at)) {
                *met = true;
            }
            match at.map(|at| decided[at].1.verdict) {
                Some(Verdict::Reject) => {}
                Some(Verdict::Accept) => {
                    claim.evidence.confidence = 1.0;
                    standing.push(claim);
                }
                None if stands => standing.push(claim),
                None => waiting.push(claim),
            }
        }
        standing.sort_by_key(|claim| claim.evidence.span.start);
        (self.claims, self.doubtful) = (standing, waiting);
        met.into_iter().filter(|met| *met).count()
    }
}

#[cfg(test)]
mod tests {
    use super::{Correction, Said, Verdict};
    use crate::model::fixture;

    #[test]
    fn decisions_find_their_claims_and_hold() {
        let before = fixture::first();
        let (wrong, right) = (before.said(&before.claims[0]), before.said(&before.claims[1]));
        let elsewhere = Said { text: "0".repeat(16), ..before.said(&before.claims[2]) };
        let by = |verdict| Correction { verdict, by: "Ana".into() };
        let decided = [
            (wrong.clone(), by(Verdict::Reject)),
            (right.clone(), by(Verdict::Accept)),
            (elsewhere, by(Verdict::Reject)),
        ];
        let mut after = before.clone();
        let doubted = after.claims.remove(1);
        after.doubtful.push(doubted);
        assert_eq!(after.correct(decided.iter().map(|(said, correction)| (said, correction))), 2);
        assert_eq!(after.claims.len(), before.claims.len() - 1);
        assert!(after.doubtful.is_empty() && after.claims.iter().all(|claim| after.said(claim) != wrong));
        let stands = after.claims.iter().find(|claim| after.said(claim) == right);
        assert_eq!(stands.map(|claim| claim.evidence.confidence), Some(1.0));
        assert!(after.claims.is_sorted_by_key(|claim| claim.evidence.span.start));
    }
}
