//! Reports for people: on one document, or on what one actor said and what is said of it. A report is a [`Page`] of tables
//! whose every row has a footnote with the sentence and its place; Markdown and HTML write it.

mod actor;
mod brief;
mod document;
mod dossier;
mod html;
mod markdown;
mod numbers;
mod positions;
mod rows;
mod speakers;

use std::collections::BTreeMap;

use super::reference::{self, Reference};
use crate::record::{Record, TermId};

pub use brief::{BriefChange, BriefMatter, BriefPlan, page as brief};
pub use html::write as html;
pub use markdown::write as markdown;

use dossier::Dossier;

/// A report, ready to be written.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// What it is on.
    pub title: String,
    /// BCP 47 tag of the title, if it is that of a document.
    pub language: Option<String>,
    /// A sentence on how much there is and what is left out.
    pub summary: String,
    /// Plain facts: name and value.
    pub facts: Vec<(String, Cell)>,
    /// Its parts.
    pub sections: Vec<Section>,
    /// Footnotes; [`TextRun::Note`] counts from 0.
    pub notes: Vec<Note>,
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// Its heading.
    pub title: String,
    /// 1, or 2 for a part of the part before.
    pub level: usize,
    /// A remark under the heading; may be empty.
    pub remark: String,
    /// What it holds.
    pub body: Body,
}

/// What a part holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// Column heads and rows.
    Table(Vec<String>, Vec<Vec<Cell>>),
    /// A list.
    List(Vec<Cell>),
    /// Text as it is, to be copied.
    Verbatim(String),
    /// Nothing but the heading.
    Nothing,
}

/// What stands in one place.
pub type Cell = Vec<TextRun>;

/// A piece of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextRun {
    /// Words.
    Words(String),
    /// Words that stand out.
    Strong(String),
    /// An address.
    Address(String),
    /// The mark of a footnote, counted from 0.
    Note(usize),
}

/// A footnote: the sentence behind a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// The words; empty if they were left out.
    pub quote: String,
    /// Their language, BCP 47.
    pub language: Option<String>,
    /// Whose claim it is.
    pub said_by: Option<String>,
    /// The document's label.
    pub document: String,
    /// Its date in words; empty if it has none.
    pub date: String,
    /// Where the words stand for a reader: `p. 3` of the file, or `line 26` of the stored text if that is at hand.
    pub locator: Option<String>,
    /// First and last code point, the last one excluded.
    pub place: (usize, usize),
    /// 0 to 1.
    pub confidence: f64,
    /// The number of the claim: `4e801cbb5a10c2d7`.
    pub claim: String,
}

impl Note {
    /// What stands behind the quote: `Iran, Statement on …, 8 April 2021, line 26, characters 1693–1742 (claim …, confidence 0.93)`.
    fn source(&self) -> String {
        let (start, end) = self.place;
        let date = Some(self.date.clone()).filter(|date| !date.is_empty());
        let parts = [
            self.said_by.clone(),
            Some(self.document.clone()),
            date,
            self.locator.clone(),
            Some(format!("characters {start}–{end}")),
        ];
        let known: Vec<String> = parts.into_iter().flatten().collect();
        format!("{} (claim {}, confidence {:.2})", known.join(", "), self.claim, self.confidence)
    }
}

/// What a report is made of.
pub struct Sources<'a> {
    /// Claims, passages, mentions, links, and the catalogue that explains things.
    pub record: &'a Record<'a>,
    /// A stored text by the first 16 digits of its hash: tells the lines of quotes.
    pub text: &'a dyn Fn(&str) -> Option<String>,
    /// No claims below this confidence, 0 to 1.
    pub min_confidence: f64,
}

/// The report on a thing, by its IRI: on a document, if it is one or the work that one holds; else on an actor, or on what
/// is said of anything. `None` if nothing here has that IRI.
pub fn page(sources: &Sources<'_>, iri: &str) -> Option<(Page, Vec<Reference>)> {
    let record = sources.record;
    let id = record.quads().find_iri(iri)?;
    let references = reference::of_record(record);
    let dossier = Dossier::new(record, sources.min_confidence);
    let (draft, used) = match record.texts_of(id).first() {
        Some(&text) => document::page(&dossier, text, &references),
        None => actor::page(&dossier, id, &references),
    };
    let page = draft.finish(&dossier, sources.text);
    Some((page, used))
}

/// The footnotes of claims, in that order. `text` gives a stored text by the first 16 digits of its hash.
pub fn notes(record: &Record<'_>, claims: &[TermId], text: &dyn Fn(&str) -> Option<String>) -> Vec<Note> {
    Dossier::new(record, 0.0).notes(claims, text)
}

/// A page under way: footnotes are numbered in the order in which claims are first named.
#[derive(Default)]
struct PageDraft {
    page: Page,
    numbers: BTreeMap<TermId, usize>,
    order: Vec<TermId>,
}

impl PageDraft {
    /// The mark of a claim's footnote.
    fn note(&mut self, claim: TermId) -> TextRun {
        let next = self.order.len();
        let number = *self.numbers.entry(claim).or_insert(next);
        if number == next {
            self.order.push(claim);
        }
        TextRun::Note(number)
    }

    /// A fact with words; none for no words.
    fn fact(&mut self, name: &str, words: &str) {
        if !words.is_empty() {
            self.page.facts.push((name.to_owned(), said(words)));
        }
    }

    /// A table; none for no rows.
    fn table(&mut self, title: &str, remark: &str, heads: &[&str], rows: Vec<Vec<Cell>>) {
        if !rows.is_empty() {
            let heads = heads.iter().map(|&head| head.to_owned()).collect();
            self.section(title, 1, remark, Body::Table(heads, rows));
        }
    }

    fn section(&mut self, title: &str, level: usize, remark: &str, body: Body) {
        self.page.sections.push(Section { title: title.to_owned(), level, remark: remark.to_owned(), body });
    }

    fn finish(mut self, dossier: &Dossier<'_>, text: &dyn Fn(&str) -> Option<String>) -> Page {
        self.page.notes = dossier.notes(&self.order, text);
        self.page
    }
}

/// A cell of plain words.
fn said(words: &str) -> Cell {
    vec![TextRun::Words(words.to_owned())]
}
