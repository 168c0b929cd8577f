//! Texts as rows: who speaks in them, where, when, and what they are called.

use std::collections::HashMap;

use crate::export::reference::{self, Reference};
use crate::lift::vocabulary::own;
use crate::record::{Record, TermId};

/// A stored text, as lists show it.
#[derive(Clone, Debug, PartialEq)]
pub struct TextLine {
    /// The text itself.
    pub id: TermId,
    /// The work that it holds, if that is another thing.
    pub work: Option<TermId>,
    /// SHA-256 of the text, in hex.
    pub sha256: String,
    /// Its first day, ISO 8601; empty if it has none.
    pub date: String,
    /// Those for whom it speaks.
    pub voices: Vec<TermId>,
    /// Those who deliver it, each with those whom they represent.
    pub speakers: Vec<(TermId, Vec<TermId>)>,
    /// Where it was delivered or adopted.
    pub meeting: Option<TermId>,
    /// As it is cited.
    pub reference: Reference,
}

impl TextLine {
    /// The first digits of its hash, as its IRI has them.
    pub fn digits(&self) -> &str {
        self.sha256.get(..16).unwrap_or(&self.sha256)
    }

    /// The year of its date; empty if it has none.
    pub fn year(&self) -> &str {
        self.date.get(..4).unwrap_or_default()
    }

    /// Whether one delivers it and represents another.
    pub fn speaks_for(&self, speaker: TermId, other: TermId) -> bool {
        self.speakers.iter().any(|(known, represented)| *known == speaker && represented.contains(&other))
    }
}

/// The texts of a record, oldest first; those without a date come first.
pub(super) fn lines(record: &Record<'_>) -> Vec<TextLine> {
    let references = reference::of_record(record);
    let mut references: HashMap<String, Reference> =
        references.into_iter().map(|reference| (reference.iri.clone(), reference)).collect();
    let (represents, delivered_at) = (own("represents"), own("deliveredAt"));
    let mut lines: Vec<TextLine> = Vec::new();
    for document in record.documents() {
        let iri = record.quads().text(document.id);
        let Some(reference) = references.remove(iri) else { continue };
        let voice = record.voice(document.id);
        let represented = |speaker: TermId| record.values(speaker, represents.as_ref()).collect();
        let of = [Some(document.id), document.work];
        let mut meetings = of.into_iter().flatten().flat_map(|id| record.values(id, delivered_at.as_ref()));
        lines.push(TextLine {
            id: document.id,
            work: document.work,
            sha256: document.sha256.to_owned(),
            date: record.date(document.id).to_owned(),
            voices: voice.map(|voice| voice.represented().collect()).unwrap_or_default(),
            speakers: voice
                .map(|voice| voice.speakers.iter().map(|&speaker| (speaker, represented(speaker))).collect())
                .unwrap_or_default(),
            meeting: meetings.next(),
            reference,
        });
    }
    lines.sort_by(|a, b| (&a.date, &a.sha256).cmp(&(&b.date, &b.sha256)));
    lines
}
