//! What answers about stances are read from: the record of a store, what was said in it in order, and the texts themselves.

use crate::lift::Layer;
use crate::query::{SentenceAt, Topic, TopicReason};
use crate::record::{NameError, Record, TermId};
use crate::store::{Damage, Error};

use super::said::Said;
use super::{Desk, meant, topic};

use std::collections::BTreeMap;

/// The layers of answers about stances.
const HEARD: [Layer; 4] = [Layer::Claims, Layer::Evidence, Layer::Catalogue, Layer::Loaded];

/// A store read for answers about stances.
pub struct Hearing {
    /// The record.
    pub record: Record<'static>,
    /// What was said.
    pub said: Said,
    /// What is damaged.
    pub damages: Vec<Damage>,
    /// Names that were taken for those of things, in words.
    pub remarks: Vec<String>,
}

impl Desk {
    /// Reads a store for answers about stances.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn hearing(&mut self) -> Result<Hearing, Error> {
        let (record, damages) = self.record(&HEARD)?;
        let said = Said::new(&record);
        Ok(Hearing { record, said, damages, remarks: Vec::new() })
    }

    /// A stored text by the SHA-256 of the whole.
    pub fn whole_text(&self, sha256: &str) -> Option<String> {
        self.directory.text(sha256).ok()
    }
}

impl Hearing {
    /// The one thing that a name means; a remark is kept if it was none of its names in full.
    ///
    /// # Errors
    /// [`NameError`] if there is none, or if several fit equally well.
    pub fn actor(&mut self, name: &str) -> Result<TermId, NameError> {
        let (id, remark) = meant(&self.record, name)?;
        self.remarks.extend(remark);
        Ok(id)
    }

    /// The topic of a name with the claims on it, by IRI. `sentence` gives the sentence around a passage, if texts are at hand.
    ///
    /// # Errors
    /// [`NameError`] if nothing has the name and no claim has the words.
    pub fn topic(
        &mut self,
        name: &str,
        sentence: SentenceAt<'_>,
    ) -> Result<(Topic, BTreeMap<String, TopicReason>), NameError> {
        let (topic, remarks) = topic(&self.record, name, sentence)?;
        self.remarks.extend(remarks);
        let claims = topic.claims(&self.record, sentence);
        Ok((topic, claims))
    }
}
