//! Vocabularies from files: RDF, tables and ROR dumps are read in one stream, put in order on disk, and stand in the end as
//! one file per vocabulary. Until the last file is read without a fault, nothing changes.

mod columns;
mod error;
mod fact;
mod format;
mod plain;
mod rdf;
mod reader;
mod ror;
mod table;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::building::Building;
use super::index::{Builder, Built};
use crate::link::schemes;
use crate::link::vocabulary::{Card, Sort, Source};
use fact::{Fact, Take};

pub use columns::{Description, Headings};
pub use error::LoadError;
pub use format::VocabularyFormat;
pub use reader::Watch;

/// Bytes that sorting may hold in memory, for each vocabulary.
const MEMORY: usize = 96 << 20;

/// Vocabularies that one table may hold.
const SCHEMES: usize = 32;

/// Loads files into vocabularies of a folder.
pub struct Loader {
    folder: PathBuf,
    description: Description,
    vocabularies: BTreeMap<String, VocabularyDraft>,
    _building: Building,
}

struct VocabularyDraft {
    builder: Builder,
    sources: Vec<Source>,
}

impl Loader {
    /// A loader that keeps its temporary files in `folder`. What `description` leaves open is told by the files.
    ///
    /// # Errors
    /// If the name that it gives the vocabulary is none.
    pub fn new(folder: &Path, description: Description) -> Result<Self, LoadError> {
        description.scheme.as_deref().map_or(Ok(()), check_name)?;
        Ok(Self {
            folder: folder.to_owned(),
            description,
            vocabularies: BTreeMap::new(),
            _building: Building::begin(folder),
        })
    }

    /// Labels taken so far.
    pub fn labels(&self) -> u64 {
        self.vocabularies.values().map(|draft| draft.builder.labels()).sum()
    }

    /// Reads a file, packed or not. `name` is what the user calls it; `watch` sees how far reading has got; `step` is called
    /// now and then with the number of labels.
    ///
    /// # Errors
    /// Where it cannot be read or used; nothing of it counts then.
    pub fn read(
        &mut self,
        name: &str,
        format: VocabularyFormat,
        file: impl Read,
        watch: &Watch,
        step: &mut dyn FnMut(u64),
    ) -> Result<(), LoadError> {
        let unpacked = watch.open(file).and_then(plain::without_mark).map_err(|error| LoadError::read(name, &error))?;
        let given = self.description.clone();
        let mut feed = FactFeed {
            loader: self,
            name,
            scheme: given.scheme.clone(),
            touched: Vec::new(),
            date: given.date.clone(),
            facts: 0,
            step,
        };
        let mut take = |iri: &str, fact: Fact<'_>| feed.take(iri, fact);
        let take: &mut Take<'_> = &mut take;
        match format {
            VocabularyFormat::Csv => table::read(name, false, &given, unpacked, take)?,
            VocabularyFormat::Tsv => table::read(name, true, &given, unpacked, take)?,
            VocabularyFormat::Ror => ror::read(name, unpacked, take)?,
            _ => rdf::read(name, format, unpacked, watch, take)?,
        }
        let (touched, date) = (std::mem::take(&mut feed.touched), feed.date.take().unwrap_or_default());
        if touched.is_empty() {
            return Err(LoadError::build(name, super::index::BuildError::Empty));
        }
        let file = name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned();
        for scheme in touched {
            if let Some(draft) = self.vocabularies.get_mut(&scheme) {
                draft.sources.push(Source { file: file.clone(), sha256: watch.sha256(), date: date.clone() });
            }
        }
        Ok(())
    }

    /// Puts all that was read in order and writes it under temporary names; `step` is told the name of each vocabulary.
    ///
    /// # Errors
    /// If nothing has a label or the disk is full.
    pub fn finish(self, step: &mut dyn FnMut(&str)) -> Result<Vec<Built>, LoadError> {
        let mut built = Vec::new();
        for (scheme, draft) in self.vocabularies {
            step(&scheme);
            let name = draft.sources.first().map_or_else(|| scheme.clone(), |source| source.file.clone());
            // What a vocabulary that is known by name holds need not be said by its files.
            let usual = schemes::by_name(&scheme).map_or(Sort::Unknown, |known| known.sort);
            let card = Card { scheme, sources: draft.sources, ..Card::default() };
            built.push(draft.builder.finish(card, usual).map_err(|error| LoadError::build(&name, error))?);
        }
        Ok(built)
    }

    fn builder(&mut self, scheme: &str) -> Result<&mut Builder, LoadError> {
        if !self.vocabularies.contains_key(scheme) {
            check_name(scheme)?;
            // Many vocabularies at once share the memory of one.
            let memory = MEMORY / (1 + self.vocabularies.len());
            let draft = VocabularyDraft { builder: Builder::new(&self.folder, memory), sources: Vec::new() };
            self.vocabularies.insert(scheme.to_owned(), draft);
        }
        self.vocabularies
            .get_mut(scheme)
            .map(|draft| &mut draft.builder)
            .ok_or_else(|| LoadError::Scheme(scheme.to_owned()))
    }
}

/// Refuses names that cannot be a file's and a graph's.
fn check_name(scheme: &str) -> Result<(), LoadError> {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let fits = !scheme.is_empty() && scheme.len() <= 60 && scheme.chars().all(is_plain) && !scheme.starts_with('-');
    if fits { Ok(()) } else { Err(LoadError::Scheme(scheme.to_owned())) }
}

/// Facts of one file on their way to the builders.
struct FactFeed<'a, 's> {
    loader: &'a mut Loader,
    name: &'a str,
    /// The vocabulary that facts are of; told by the first IRI if nothing else does.
    scheme: Option<String>,
    touched: Vec<String>,
    date: Option<String>,
    facts: u64,
    step: &'s mut dyn FnMut(u64),
}

impl FactFeed<'_, '_> {
    fn take(&mut self, iri: &str, fact: Fact<'_>) -> Result<(), LoadError> {
        match fact {
            Fact::Scheme(name) => {
                // What the user said of the file holds for all of it.
                if self.loader.description.scheme.is_none() && self.scheme.as_deref() != Some(name) {
                    if self.loader.vocabularies.len() > SCHEMES {
                        return Err(LoadError::Scheme(name.to_owned()));
                    }
                    self.scheme = Some(name.to_owned());
                }
                return Ok(());
            }
            Fact::Date(date) => {
                self.date.get_or_insert_with(|| date.to_owned());
                return Ok(());
            }
            _ => {}
        }
        self.facts += 1;
        if self.facts.is_multiple_of(1 << 14) {
            (self.step)(self.loader.labels());
        }
        self.put(iri, fact)
    }

    fn put(&mut self, iri: &str, fact: Fact<'_>) -> Result<(), LoadError> {
        let scheme = match &self.scheme {
            Some(scheme) => scheme.clone(),
            None => {
                let known = schemes::of_iri(iri).map(|known| known.name.to_owned());
                self.scheme.insert(known.unwrap_or_else(|| VocabularyFormat::stem(self.name))).clone()
            }
        };
        let is_new = !self.touched.contains(&scheme);
        let iri = schemes::normal_iri(iri);
        let builder = self.loader.builder(&scheme)?;
        let put = match fact {
            Fact::Label { role, language, text } => builder.label(&iri, role, language, text),
            Fact::Sort(sort) => builder.sort(&iri, sort),
            Fact::Broader(broader) => builder.broader(&iri, &schemes::normal_iri(broader)),
            Fact::Withdrawn => builder.withdrawn(&iri),
            Fact::Country(code) => builder.country(&iri, code),
            Fact::NotAnEntry => builder.not_an_entry(&iri),
            Fact::Scheme(_) | Fact::Date(_) => Ok(()),
        };
        if is_new {
            self.touched.push(scheme);
        }
        put.map_err(|error| LoadError::build(self.name, error))
    }
}
