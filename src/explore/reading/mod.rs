//! The reading model: what pages need of a store, loaded once. It is the one type between pages and store, so that an index
//! on disk can take its place.
//!
//! Claims are rows in the order in which they were said: by date, text, place. Who is spoken of leads to rows by number.

mod folded;
mod names;
mod ranked;

use std::collections::HashMap;
use std::sync::OnceLock;

use rustc_hash::FxBuildHasher;

use crate::desk;
use crate::lift::vocabulary::rap;
use crate::model::Stance;
use crate::record::{Claim, Labels, Record, TermId};
use crate::store::{Damage, Directory, Error};

use super::asking::Asking;

pub use crate::desk::{ClaimLine, Said, TextLine};
pub use folded::{FoldedTexts, Hit};
pub use names::{NameIndex, folded_letter};
pub use ranked::{Foremost, Ranked};

/// Claims below this confidence want a reader.
pub const SURE: f64 = crate::desk::USABLE;

/// A store as pages read it, in one state.
pub struct Reading {
    record: Record<'static>,
    directory: Directory,
    revision: String,
    damages: Vec<Damage>,
    said: Said,
    claim_numbers: HashMap<TermId, usize, FxBuildHasher>,
    /// The claims that speak of a thing, or are its own.
    of_thing: HashMap<TermId, Vec<usize>, FxBuildHasher>,
    /// Made when somebody asks by name.
    names: OnceLock<NameIndex>,
    /// Made when somebody looks at what is spoken of most.
    ranked: OnceLock<Ranked>,
    /// Made for the first screen.
    foremost: OnceLock<Foremost>,
    /// Read when somebody searches.
    folded: OnceLock<FoldedTexts>,
    asking: Asking,
}

impl Reading {
    /// Loads a store.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(mut directory: Directory) -> Result<Self, Error> {
        let (record, damages) = Record::open(&mut directory, &desk::PORTRAIT)?;
        let revision = directory.revision();
        let mut reading = Self {
            names: OnceLock::new(),
            ranked: OnceLock::new(),
            foremost: OnceLock::new(),
            said: Said::new(&record),
            folded: OnceLock::new(),
            asking: Asking::default(),
            record,
            directory,
            revision,
            damages,
            claim_numbers: HashMap::default(),
            of_thing: HashMap::default(),
        };
        reading.claim_numbers = reading.said.claims().iter().enumerate().map(|(at, line)| (line.id, at)).collect();
        reading.index();
        Ok(reading)
    }

    fn index(&mut self) {
        for (at, line) in self.said.claims().iter().enumerate() {
            let mut things = [line.subject, line.object].to_vec();
            things.extend(line.on.iter().chain(&line.said_by).copied());
            if let Some(claim) = self.record.claim(line.id) {
                things.extend(claim.qualifiers.iter().map(|(_, value)| *value));
            }
            things.sort_unstable();
            things.dedup();
            for thing in things {
                self.of_thing.entry(thing).or_default().push(at);
            }
        }
    }

    /// What was said, in order.
    pub const fn said(&self) -> &Said {
        &self.said
    }

    /// The record.
    pub const fn record(&self) -> &Record<'static> {
        &self.record
    }

    /// The folder of the store.
    pub const fn directory(&self) -> &Directory {
        &self.directory
    }

    /// Names for people; they are kept for as long as this is.
    pub fn labels(&self) -> Labels<'_> {
        Labels::new(&self.record)
    }

    /// The names of things.
    pub fn names(&self) -> &NameIndex {
        self.names.get_or_init(|| NameIndex::new(&self.record))
    }

    /// What is spoken of most.
    pub fn ranked(&self) -> &Ranked {
        self.ranked.get_or_init(|| Ranked::new(self))
    }

    /// Who and what the first screen shows.
    pub fn foremost(&self) -> &Foremost {
        self.foremost.get_or_init(|| Foremost::new(self))
    }

    /// Makes what pages otherwise make when they first need it.
    pub fn warm(&self) {
        rayon::join(|| self.ranked(), || self.names());
        self.folded();
    }

    /// All texts, to look for words in.
    pub fn folded(&self) -> &FoldedTexts {
        self.folded.get_or_init(|| FoldedTexts::new(self))
    }

    /// Where questions in SPARQL are asked.
    pub const fn asking(&self) -> &Asking {
        &self.asking
    }

    /// A number that changes with the store.
    pub fn revision(&self) -> &str {
        &self.revision
    }

    /// What could not be read.
    pub fn damages(&self) -> &[Damage] {
        &self.damages
    }

    /// The texts, oldest first.
    pub fn texts(&self) -> &[TextLine] {
        self.said.texts()
    }

    /// A stored text by its thing.
    pub fn text(&self, id: TermId) -> Option<&TextLine> {
        self.said.number_of(id).map(|at| &self.said.texts()[at])
    }

    /// The claims, in the order in which they were said.
    pub fn claims(&self) -> &[ClaimLine] {
        self.said.claims()
    }

    /// A claim by its thing.
    pub fn claim(&self, id: TermId) -> Option<&ClaimLine> {
        self.claim_numbers.get(&id).map(|&at| &self.said.claims()[at])
    }

    /// All that the store says of a claim.
    pub fn whole(&self, line: &ClaimLine) -> Option<Claim<'_>> {
        self.record.claim(line.id)
    }

    /// The claims that speak of a thing, or are its own.
    pub fn about(&self, thing: TermId) -> impl Iterator<Item = &ClaimLine> {
        self.of_thing.get(&thing).into_iter().flatten().map(|&at| &self.said.claims()[at])
    }

    /// How many claims speak of a thing, or are its own.
    pub fn spoken_of(&self, thing: TermId) -> usize {
        self.of_thing.get(&thing).map_or(0, Vec::len)
    }

    /// The claims of a text, in the order of the text.
    pub fn of_text(&self, text: TermId) -> impl Iterator<Item = &ClaimLine> {
        let (at, claims) = (self.said.number_of(text), self.said.claims());
        // They stand together.
        let first = claims.partition_point(|line| line.text < at);
        claims[first..].iter().take_while(move |line| line.text == at).filter(move |_| at.is_some())
    }

    /// The text that a claim is of.
    pub fn text_of(&self, line: &ClaimLine) -> Option<&TextLine> {
        self.said.text_of(line)
    }

    /// The words of a stored text.
    pub fn words(&self, text: &TextLine) -> Option<String> {
        self.directory.text(&text.sha256).ok()
    }

    /// The thing with that key, as it stands in its IRI; `None` if nothing is said of it.
    pub fn thing(&self, key: &str) -> Option<TermId> {
        let base = self.directory.base();
        let known = |iri: &str| self.record.quads().find_iri(iri).filter(|&id| !self.record.of(id).is_empty());
        known(&[base.as_str(), key].concat()).or_else(|| {
            let plain = super::request::decoded(key);
            known(&[base.as_str(), &plain].concat()).or_else(|| known(base.iri(&plain).as_str()))
        })
    }

    /// How many positions each stance has, over some claims.
    pub fn tally<'r>(lines: impl IntoIterator<Item = &'r ClaimLine>) -> [(Stance, usize); 4] {
        let mut counts = Stance::ALL.map(|stance| (stance, 0));
        for line in lines {
            if let Some((_, count)) = counts.iter_mut().find(|(stance, _)| *stance == line.stance) {
                *count += 1;
            }
        }
        counts
    }

    /// What a thing is a side or part of.
    pub fn wholes(&self, thing: TermId) -> Vec<TermId> {
        self.record.values(thing, rap::ASPECT_OF).collect()
    }
}
