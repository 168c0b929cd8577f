//! What readers decided about claims and documents. A claim is named by what it says and by the words that prove it, not by its number:
//! so a decision holds at every later reading, whatever else is found then.

use super::text::one_line;
use super::{Claim, Extraction, Polarity, Qualifier, Relations, Term};

/// Digits of a text's hash by which it is named.
const DIGITS: usize = 16;

/// The rule of claims that a reader corrected.
pub const EDITED: &str = "review.edit";

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

/// What a reader decided.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// The claim is right: it stands, however unsure it was.
    Accept,
    /// The claim is wrong: it is no claim.
    Reject,
    /// The words prove another claim: this one stands in its place.
    Edit(Box<Said>),
    /// The document has this value, whatever is read in it.
    State(String),
}

impl Verdict {
    /// The word in tables and in the graph.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Edit(_) => "edit",
            Self::State(_) => "state",
        }
    }

    /// The verdict that a word or its first letter stands for, if it needs nothing beside it.
    pub fn from_word(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().as_str() {
            "a" | "accept" | "accepted" | "right" => Some(Self::Accept),
            "r" | "reject" | "rejected" | "wrong" => Some(Self::Reject),
            _ => None,
        }
    }
}

/// What a decision is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reviewed {
    /// A claim.
    Claim(Said),
    /// What is known of a document.
    Document {
        /// First digits of the SHA-256 of its text.
        text: String,
        /// Which of its values, as in front matter: `speaker`.
        key: String,
    },
}

impl Reviewed {
    /// First digits of the SHA-256 of the text that it is about.
    pub fn text(&self) -> &str {
        match self {
            Self::Claim(said) => &said.text,
            Self::Document { text, .. } => text,
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

    /// Applies what readers decided: what is wrong is no claim, what is right stands and is sure, what was corrected says
    /// what readers made of it. Things that corrections name must be in the table. Gives how many decisions found their
    /// claim.
    pub fn correct<'c>(
        &mut self,
        decided: impl Iterator<Item = (&'c Said, &'c Correction)>,
        relations: &Relations,
    ) -> usize {
        let text = Said::text_of(&self.document.sha256).to_owned();
        let decided: Vec<_> = decided.filter(|(said, _)| said.text == text).collect();
        if decided.is_empty() {
            return 0;
        }
        let mut met = vec![false; decided.len()];
        let (claims, doubtful) = (std::mem::take(&mut self.claims), std::mem::take(&mut self.doubtful));
        let (mut standing, mut waiting) = (Vec::new(), Vec::new());
        let all = claims.into_iter().map(|claim| (claim, true)).chain(doubtful.into_iter().map(|claim| (claim, false)));
        for (mut claim, stands) in all {
            let said = self.said(&claim);
            // Of several that may mean it, the one with exactly its words.
            let exact = decided.iter().position(|(other, _)| **other == said);
            let at = exact.or_else(|| decided.iter().position(|(other, _)| other.is(&said)));
            if let Some(met) = at.and_then(|at| met.get_mut(at)) {
                *met = true;
            }
            match at.and_then(|at| decided.get(at)).map(|(_, correction)| &correction.verdict) {
                Some(Verdict::Reject) => {}
                Some(Verdict::Accept) => {
                    claim.evidence.confidence = 1.0;
                    standing.push(claim);
                }
                Some(Verdict::Edit(now)) => standing.extend(self.edited(claim, now, relations)),
                Some(Verdict::State(_)) | None if stands => standing.push(claim),
                Some(Verdict::State(_)) | None => waiting.push(claim),
            }
        }
        standing.sort_by_key(|claim| claim.evidence.span.start);
        (self.claims, self.doubtful) = (standing, waiting);
        met.into_iter().filter(|met| *met).count()
    }

    /// A claim as a reader corrected it; `None` if it names a thing that is not in the table.
    fn edited(&self, mut claim: Claim, now: &Said, relations: &Relations) -> Option<Claim> {
        let end = |end: &End| match end {
            End::Thing(key) => self.find(key).map(Term::Entity),
            End::Words(words) => Some(Term::Literal(words.clone())),
        };
        (claim.subject, claim.object) = (end(&now.subject)?, end(&now.object)?);
        if claim.relation.iri() != now.relation {
            claim.relation = relations.of_iri(&now.relation);
            // The text's own verb is that of what was there before.
            claim.qualifiers.retain(|(qualifier, _)| *qualifier != Qualifier::Verb);
        }
        claim.polarity = if now.denied { Polarity::Negated } else { Polarity::Affirmed };
        claim.evidence.confidence = 1.0;
        claim.evidence.rule = EDITED.into();
        Some(claim)
    }
}

#[cfg(test)]
mod tests {
    use super::{Correction, Relations, Said, Verdict};
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
        let relations = Relations::default();
        assert_eq!(after.correct(decided.iter().map(|(said, correction)| (said, correction)), &relations), 2);
        assert_eq!(after.claims.len(), before.claims.len() - 1);
        assert!(after.doubtful.is_empty() && after.claims.iter().all(|claim| after.said(claim) != wrong));
        let stands = after.claims.iter().find(|claim| after.said(claim) == right);
        assert_eq!(stands.map(|claim| claim.evidence.confidence), Some(1.0));
        assert!(after.claims.is_sorted_by_key(|claim| claim.evidence.span.start));
    }

    #[test]
    fn a_corrected_claim_says_what_was_made_of_it() {
        let mut extraction = fixture::first();
        let before = extraction.said(&extraction.claims[0]);
        let mut now = before.clone();
        (now.object, now.denied) = (super::End::Words("the harbour".into()), !before.denied);
        let edit = Correction { verdict: Verdict::Edit(Box::new(now.clone())), by: String::new() };
        assert_eq!(extraction.correct([(&before, &edit)].into_iter(), &Relations::default()), 1);
        let claim = extraction.claims.iter().find(|claim| extraction.said(claim) == now).unwrap();
        assert_eq!((claim.evidence.confidence, claim.evidence.rule.as_str()), (1.0, super::EDITED));
    }
}
