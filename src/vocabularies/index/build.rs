//! Builds a vocabulary's file from facts in any order, in bounded memory: everything is sorted on disk.

use std::path::{Path, PathBuf};

use super::built::{BuildError, Built, LONGEST_LABEL};
use super::parts::{IndexParts, fact};
use crate::link::vocabulary::{Card, Role, Sort};
use crate::sorter::Sorter;

/// Bytes that an IRI may have.
const LONGEST_IRI: usize = 4_000;

/// Languages that a vocabulary may have; labels of more are filed without a language.
const LANGUAGES: usize = 255;

/// A vocabulary in the making.
#[derive(Debug)]
pub struct Builder {
    folder: PathBuf,
    memory: usize,
    facts: Sorter,
    languages: Vec<String>,
    labels: u64,
    capitals: u64,
}

impl Builder {
    /// A builder that puts its files into `folder` and holds about `memory` bytes.
    pub fn new(folder: &Path, memory: usize) -> Self {
        let facts = Sorter::new(folder, memory);
        Self { folder: folder.to_owned(), memory, facts, languages: vec![String::new()], labels: 0, capitals: 0 }
    }

    /// Labels taken so far.
    pub const fn labels(&self) -> u64 {
        self.labels
    }

    /// Takes a label.
    ///
    /// # Errors
    /// If the label is too long, the IRI is none, or the disk is full.
    pub fn label(&mut self, iri: &str, role: Role, language: &str, text: &str) -> Result<(), BuildError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        if text.len() > LONGEST_LABEL {
            let start = text.chars().take(40).collect();
            return Err(BuildError::LongLabel { iri: iri.to_owned(), length: text.len(), start });
        }
        let language = self.language(language);
        self.labels += 1;
        self.capitals += u64::from(!text.chars().any(char::is_lowercase) && text.len() > 5);
        // English first, then labels without a language, then the rest: the first label is the concept's name.
        let rank = match self.languages.get(usize::from(language)).map(String::as_str) {
            Some("en") => 0,
            Some("") => 1,
            _ => 2,
        };
        self.fact(iri, &[&[fact::LABEL, role as u8, rank, language], text.as_bytes()])
    }

    /// Takes what sort of thing it is.
    ///
    /// # Errors
    /// As for labels; so too below.
    pub fn sort(&mut self, iri: &str, sort: Sort) -> Result<(), BuildError> {
        self.fact(iri, &[&[fact::SORT, sort.number()]])
    }

    /// Takes a broader concept.
    ///
    /// # Errors
    /// As for labels.
    pub fn broader(&mut self, iri: &str, broader: &str) -> Result<(), BuildError> {
        self.fact(iri, &[&[fact::BROADER], broader.as_bytes()])
    }

    /// Takes that it is withdrawn.
    ///
    /// # Errors
    /// As for labels.
    pub fn withdrawn(&mut self, iri: &str) -> Result<(), BuildError> {
        self.fact(iri, &[&[fact::WITHDRAWN]])
    }

    /// Takes the two letters of its country.
    ///
    /// # Errors
    /// As for labels.
    pub fn country(&mut self, iri: &str, code: &str) -> Result<(), BuildError> {
        match code.as_bytes() {
            &[a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                self.fact(iri, &[&[fact::COUNTRY, a.to_ascii_uppercase(), b.to_ascii_uppercase()]])
            }
            _ => Ok(()),
        }
    }

    /// Takes that it is a scheme or a collection, not an entry: it gets no place in the index.
    ///
    /// # Errors
    /// As for labels.
    pub fn not_an_entry(&mut self, iri: &str) -> Result<(), BuildError> {
        self.fact(iri, &[&[fact::SCHEME]])
    }

    fn fact(&mut self, iri: &str, parts: &[&[u8]]) -> Result<(), BuildError> {
        let is_sound = iri.contains(':')
            && iri.len() <= LONGEST_IRI
            && !iri.contains(|c: char| c <= ' ' || "<>\"{}|^`\\".contains(c));
        if !is_sound {
            return Err(BuildError::Iri(iri.chars().take(80).collect()));
        }
        let mut all: Vec<&[u8]> = vec![iri.as_bytes(), b"\0"];
        all.extend(parts);
        Ok(self.facts.push(&all)?)
    }

    fn language(&mut self, tag: &str) -> u8 {
        let tag = tag.to_lowercase();
        let at = self.languages.iter().position(|known| *known == tag).or_else(|| {
            (self.languages.len() < LANGUAGES).then(|| {
                self.languages.push(tag);
                self.languages.len() - 1
            })
        });
        at.unwrap_or_default() as u8
    }

    /// Sorts all facts and writes the file. `card` gives name and sources; its counts are filled in. `usual` is what entries
    /// are where no fact says so.
    ///
    /// # Errors
    /// If nothing has a label or the disk is full.
    pub fn finish(self, card: Card, usual: Sort) -> Result<Built, BuildError> {
        let Self { folder, memory, facts, languages, labels, capitals } = self;
        let card = Card { is_upper_case: capitals * 10 > labels * 6, ..card };
        IndexParts::new(&folder, memory, languages, usual)?.build(facts.finish()?, card)
    }
}
