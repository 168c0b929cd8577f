//! Why a thing is tied to something outside: which file, which row, what method, how sure.

use super::Error;
use crate::lift::vocabulary::oa;
use crate::record::{Labels, Note, Record, TermId};

/// A tie between a thing of ours and an outer one, with what speaks for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// IRI of our thing.
    pub ours: String,
    /// IRI of the outer thing.
    pub theirs: String,
    /// What the outer vocabulary calls it, if that is known.
    pub label: Option<String>,
    /// The outer vocabulary.
    pub scheme: String,
    /// The property that ties them, in words; `None` for a tie that may be and that nothing decides.
    pub relation: Option<String>,
    /// The reasons, those of different documents one after the other, the best first.
    pub reasons: Vec<Reason>,
}

/// What speaks for a tie.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// How it was found: "row", "exact label".
    pub method: String,
    /// 0 to 1.
    pub score: String,
    /// In words.
    pub evidence: String,
    /// The file, its date or version.
    pub source: String,
}

impl Tie {
    /// The ties of a thing of ours that stand, by vocabulary.
    pub fn of(record: &Record<'_>, ours: TermId) -> Vec<Self> {
        let (labels, text) = (Labels::new(record), |id| record.quads().text(id));
        let notes = record.notes(oa::HAS_TARGET, ours);
        let tie = |link: crate::record::Link<'_>| Self {
            ours: text(ours).to_owned(),
            theirs: text(link.theirs).to_owned(),
            label: labels.label(text(link.theirs)),
            scheme: link.scheme.to_owned(),
            relation: Some(labels.property(text(link.predicate))),
            reasons: notes.get(&(text(ours), text(link.theirs))).map(|notes| reasons(notes)).unwrap_or_default(),
        };
        record.links(ours).into_iter().map(tie).collect()
    }

    /// All ties to an outer thing, those that stand first, and those that may be.
    ///
    /// # Errors
    /// [`Error::NoTie`] if nothing is tied to it.
    pub fn to(record: &Record<'_>, theirs: &str) -> Result<Vec<Self>, Error> {
        let none = || Error::NoTie { name: theirs.to_owned() };
        let id = record.quads().find_iri(theirs).ok_or_else(none)?;
        let (labels, text) = (Labels::new(record), |id| record.quads().text(id));
        let mut ties = Vec::new();
        for ((ours, theirs), found) in record.notes(oa::HAS_BODY, id) {
            let links = found.first().map(|note| record.links(note.ours)).unwrap_or_default();
            let stands = links.into_iter().find(|link| link.theirs == id);
            ties.push(Self {
                ours: ours.to_owned(),
                theirs: theirs.to_owned(),
                label: labels.label(theirs),
                scheme: found.first().map_or("", |note| note.scheme).to_owned(),
                relation: stands.map(|link| labels.property(text(link.predicate))),
                reasons: reasons(&found),
            });
        }
        ties.sort_by(|a, b| (a.relation.is_none(), &a.ours).cmp(&(b.relation.is_none(), &b.ours)));
        if ties.is_empty() { Err(none()) } else { Ok(ties) }
    }
}

/// The reasons of annotations, the best first, none twice.
fn reasons(notes: &[Note<'_>]) -> Vec<Reason> {
    let reason = |note: &Note<'_>| Reason {
        method: note.method.to_owned(),
        score: note.score.to_owned(),
        evidence: note.evidence.to_owned(),
        source: note.source.to_owned(),
    };
    let mut reasons: Vec<Reason> = notes.iter().map(reason).collect();
    let number = |reason: &Reason| reason.score.parse::<f64>().unwrap_or_default();
    reasons.sort_by(|a, b| number(b).total_cmp(&number(a)).then_with(|| a.evidence.cmp(&b.evidence)));
    reasons.dedup();
    reasons
}
