//! What people decided about links: accepted, rejected, never to be merged. Decisions outrank all that is found.

use std::collections::{BTreeMap, BTreeSet};

use super::{Correction, Reviewed, Said, Verdict};

/// What somebody decided about a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ruling {
    /// They are the same: the link stands, whatever is found.
    Accept,
    /// This link is wrong.
    Reject,
    /// The two are never to be merged, by any way.
    Never,
}

impl Ruling {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Accept, Self::Reject, Self::Never];

    /// The word in files and in the graph: `accept`, `reject`, `never`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Never => "never",
        }
    }

    /// The ruling that a word or its first letter stands for.
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.trim().to_lowercase();
        match word.as_str() {
            "a" | "accept" | "accepted" | "yes" => Some(Self::Accept),
            "r" | "reject" | "rejected" | "no" => Some(Self::Reject),
            "n" | "never" | "never-merge" => Some(Self::Never),
            _ => None,
        }
    }
}

/// A decision about one of our things and something else: an outer IRI, or another thing of ours.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// Key of our thing: `body/unodc`.
    pub key: String,
    /// The outer IRI, or the IRI of another thing of ours.
    pub iri: String,
    /// The scheme of the outer IRI; empty for a thing of ours.
    pub scheme: String,
    /// What was decided.
    pub ruling: Ruling,
}

/// One step of a reader: a decision, or one that is taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A decision, in place of an earlier one about the same pair.
    Put(Decision),
    /// What was decided about a pair is open again.
    Forget(Decision),
}

/// All decisions: the last one about a pair holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisions {
    rulings: BTreeMap<(String, String), Decision>,
    /// Schemes that were dropped: none of their links is made.
    dropped: BTreeSet<String>,
    /// What readers decided about claims and documents.
    reviewed: BTreeMap<Reviewed, Correction>,
}

impl Decisions {
    /// Takes a decision, in place of an earlier one about the same pair.
    pub fn put(&mut self, decision: Decision) {
        self.rulings.insert((decision.key.clone(), decision.iri.clone()), decision);
    }

    /// Takes a step.
    pub fn change(&mut self, change: Change) {
        match change {
            Change::Put(decision) => self.put(decision),
            Change::Forget(decision) => drop(self.forget(&decision.key, &decision.iri)),
        }
    }

    /// Takes a decision back.
    pub fn forget(&mut self, key: &str, iri: &str) -> Option<Decision> {
        self.rulings.remove(&(key.to_owned(), iri.to_owned()))
    }

    /// Takes what was decided about a claim or document, in place of an earlier decision about it; `None` leaves it open
    /// again.
    pub fn review(&mut self, about: Reviewed, correction: Option<Correction>) {
        match correction {
            Some(correction) => drop(self.reviewed.insert(about, correction)),
            None => drop(self.reviewed.remove(&about)),
        }
    }

    /// What was decided about a claim or document.
    pub fn correction(&self, about: &Reviewed) -> Option<&Correction> {
        self.reviewed.get(about)
    }

    /// All that was decided about claims and documents.
    pub fn reviewed(&self) -> impl Iterator<Item = (&Reviewed, &Correction)> {
        self.reviewed.iter()
    }

    /// All that was decided about claims, by text and what they say.
    pub fn claims(&self) -> impl Iterator<Item = (&Said, &Correction)> {
        self.reviewed.iter().filter_map(|(about, correction)| match about {
            Reviewed::Claim(said) => Some((said, correction)),
            Reviewed::Document { .. } => None,
        })
    }

    /// The claim that was read, of one that may be a reader's correction of it.
    pub fn read<'d>(&'d self, said: &'d Said) -> &'d Said {
        let corrected = |verdict: &Verdict| matches!(verdict, Verdict::Edit(now) if **now == *said);
        self.claims().find(|(_, correction)| corrected(&correction.verdict)).map_or(said, |(read, _)| read)
    }

    /// What readers stated of the document of a text: key, value, who.
    pub fn stated<'d>(&'d self, text: &'d str) -> impl Iterator<Item = (&'d str, &'d str, &'d str)> {
        self.reviewed.iter().filter_map(move |(about, correction)| match (about, &correction.verdict) {
            (Reviewed::Document { text: of, key }, Verdict::State(value)) if of == text => {
                Some((key.as_str(), value.as_str(), correction.by.as_str()))
            }
            _ => None,
        })
    }

    /// Takes all that others decided; what they decided otherwise stands.
    pub fn absorb(&mut self, other: Self) {
        self.rulings.extend(other.rulings);
        self.dropped.extend(other.dropped);
        self.reviewed.extend(other.reviewed);
    }

    /// Whether the same is decided about links.
    pub fn ties_as(&self, other: &Self) -> bool {
        self.rulings == other.rulings && self.dropped == other.dropped
    }

    /// Whether the same is decided about the claims and the document of a text, named by its first digits.
    pub fn says_of(&self, text: &str, other: &Self) -> bool {
        let of = |all: &'_ Self| -> Vec<(Reviewed, Correction)> {
            let said = all.reviewed.iter().filter(|(about, _)| about.text() == text);
            said.map(|(about, correction)| (about.clone(), correction.clone())).collect()
        };
        of(self) == of(other)
    }

    /// Takes that a scheme's links are not wanted.
    pub fn drop_scheme(&mut self, scheme: &str) {
        self.dropped.insert(scheme.to_owned());
    }

    /// Takes that a scheme's links are wanted again; tells whether they were not.
    pub fn want_scheme(&mut self, scheme: &str) -> bool {
        self.dropped.remove(scheme)
    }

    /// The schemes whose links are not wanted, sorted.
    pub fn dropped(&self) -> impl Iterator<Item = &str> {
        self.dropped.iter().map(String::as_str)
    }

    /// Whether a scheme's links are wanted.
    pub fn wants(&self, scheme: &str) -> bool {
        !self.dropped.contains(scheme)
    }

    /// What was decided about a pair.
    pub fn ruling(&self, key: &str, iri: &str) -> Option<Ruling> {
        self.rulings.get(&(key.to_owned(), iri.to_owned())).map(|decision| decision.ruling)
    }

    /// Whether two things of ours are never to be merged; `iris` are theirs.
    pub fn are_apart(&self, a: (&str, &str), b: (&str, &str)) -> bool {
        let is_never = |key: &str, iri: &str| self.ruling(key, iri) == Some(Ruling::Never);
        is_never(a.0, b.1) || is_never(b.0, a.1)
    }

    /// All decisions, by key and IRI.
    pub fn iter(&self) -> impl Iterator<Item = &Decision> {
        self.rulings.values()
    }

    /// Whether nothing was decided.
    pub fn is_empty(&self) -> bool {
        self.rulings.is_empty() && self.dropped.is_empty() && self.reviewed.is_empty()
    }

    /// How many decisions about pairs there are.
    pub fn len(&self) -> usize {
        self.rulings.len()
    }
}
