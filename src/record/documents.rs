//! The texts that were read, with what they say of themselves.

use crate::lift::vocabulary::{dcterms, rap, schema};
use crate::model::DateValue;

use super::{Record, TermId};

/// A stored text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document<'r> {
    /// The text itself.
    pub id: TermId,
    /// The work that it holds, if that is another thing: a resolution.
    pub work: Option<TermId>,
    /// SHA-256 of the text, in hex.
    pub sha256: &'r str,
    /// The file it was read from.
    pub file: Option<&'r str>,
    /// Its title.
    pub title: Option<&'r str>,
    /// BCP 47 tag.
    pub language: Option<&'r str>,
    /// What it calls itself: `joint statement`.
    pub genre: Option<&'r str>,
    /// Where it was taken from.
    pub source: Option<&'r str>,
    /// Its date or interval.
    pub date: Option<DateValue>,
}

impl Document<'_> {
    /// The work: the resolution, or the text itself.
    pub fn itself(&self) -> TermId {
        self.work.unwrap_or(self.id)
    }
}

impl Record<'_> {
    /// The stored texts, by IRI.
    pub fn documents(&self) -> Vec<Document<'_>> {
        let mut texts: Vec<TermId> = self.stated_with(schema::SHA256).map(|row| row.subject).collect();
        texts.sort_unstable_by_key(|&text| self.quads().text(text));
        texts.dedup();
        texts.into_iter().filter_map(|text| self.document(text)).collect()
    }

    /// A stored text; `None` if it is none.
    pub fn document(&self, text: TermId) -> Option<Document<'_>> {
        let words = |property| self.text(text, property).filter(|words| !words.trim().is_empty());
        Some(Document {
            id: text,
            work: self.value(text, rap::TEXT_OF),
            sha256: self.text(text, schema::SHA256)?,
            file: words(schema::NAME),
            title: words(dcterms::TITLE),
            language: words(dcterms::LANGUAGE),
            genre: words(schema::GENRE),
            source: words(dcterms::SOURCE),
            date: self.dated(text),
        })
    }

    /// The stored texts that a thing is, or that hold it, by IRI: none for what is no document.
    pub fn texts_of(&self, id: TermId) -> Vec<TermId> {
        let is_text = |id: &TermId| self.value(*id, schema::SHA256).is_some();
        if is_text(&id) {
            return vec![id];
        }
        let rows = self.stated_with(rap::TEXT_OF).filter(|row| row.object == id);
        let mut texts: Vec<TermId> = rows.map(|row| row.subject).filter(is_text).collect();
        texts.sort_unstable_by_key(|&text| self.quads().text(text));
        texts
    }

    /// The day on which a document begins, as written; empty if it has none.
    pub fn date(&self, document: TermId) -> &str {
        self.text(document, dcterms::DATE).unwrap_or_default()
    }

    /// A date or interval of a thing.
    fn dated(&self, id: TermId) -> Option<DateValue> {
        let start = self.text(id, dcterms::DATE)?;
        Some(match self.text(id, rap::UNTIL) {
            Some(end) => DateValue::new(&format!("{start}/{end}")),
            None => DateValue::new(start),
        })
    }
}
