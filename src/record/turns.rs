//! The turns of a text in which several speak: who has the floor from where to where.

use crate::lift::vocabulary::{dcterms, own, rap};
use crate::model::Passage;

use super::{Record, TermId};

/// One speaker's turn, as the store holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The turn itself.
    pub id: TermId,
    /// Its number in the text, from 1.
    pub order: usize,
    /// Who speaks.
    pub speaker: Option<TermId>,
    /// For whom, by IRI; empty where the speaker is the State or group itself.
    pub represents: Vec<TermId>,
    /// From which code point to which.
    pub place: (usize, usize),
}

impl Record<'_> {
    /// The turns of a text, in order; none where one voice speaks throughout.
    pub fn turns(&self, text: TermId) -> Vec<Turn> {
        let work = self.value(text, rap::TEXT_OF).unwrap_or(text);
        let mut turns: Vec<Turn> = self
            .stated_with(rap::ORDER)
            .filter(|row| self.values(row.subject, dcterms::IS_PART_OF).any(|whole| whole == work))
            .filter_map(|row| self.turn(row.subject, text, self.quads().text(row.object)))
            .collect();
        turns.sort_by_key(|turn| (turn.order, turn.place));
        turns.dedup();
        turns
    }

    /// A turn, if its passage is of the text.
    fn turn(&self, id: TermId, text: TermId, order: &str) -> Option<Turn> {
        let passage = Passage::parse(self.quads().text(self.value(id, rap::EVIDENCE)?))?;
        let speaker = self.value(id, own("deliveredBy").as_ref());
        let mut represents: Vec<TermId> = speaker
            .into_iter()
            .flat_map(|speaker| self.values(speaker, own("represents").as_ref()).collect::<Vec<_>>())
            .collect();
        represents.sort_unstable_by_key(|&id| self.quads().text(id));
        represents.dedup();
        (passage.text == self.quads().text(text)).then(|| Turn {
            id,
            order: order.parse().unwrap_or_default(),
            speaker,
            represents,
            place: passage.place(),
        })
    }
}
