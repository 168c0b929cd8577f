//! Strings the stages together: the one place that sees them all.

use std::sync::LazyLock;

use crate::annotate::{self, NameMatcher};
use crate::lift::Base;
use crate::link;
use crate::model::{Answers, Decisions, Document, End, Entity, Extraction, Relations, Verdict};
use crate::propose;
use crate::read;
use crate::relate::{self, Learned};
use crate::resolve;
use crate::seeds::{Catalogue, Entry, Lexicon, Rules};
use crate::syntax;

static EMBEDDED: LazyLock<Pipeline<'static>> = LazyLock::new(|| {
    Pipeline::new(Catalogue::embedded(), Rules::embedded(), Lexicon::embedded()).scored_by(Learned::embedded())
});

/// All that is needed to read documents, compiled once. Shared by threads: documents do not depend on each other.
pub struct Pipeline<'a> {
    catalogue: &'a Catalogue,
    rules: &'a Rules,
    lexicon: &'a Lexicon,
    names: NameMatcher<'a>,
    syntax: &'static syntax::Model,
    scorer: &'a dyn relate::Score,
}

impl Pipeline<'static> {
    /// The pipeline over the catalogue, rules and model that ship.
    pub fn embedded() -> &'static Pipeline<'static> {
        &EMBEDDED
    }

    /// The same, but all stands that the rules say, with the constants of the rules as confidence.
    pub fn unjudged() -> &'static Pipeline<'static> {
        static UNJUDGED: LazyLock<Pipeline<'static>> =
            LazyLock::new(|| Pipeline::new(Catalogue::embedded(), Rules::embedded(), Lexicon::embedded()));
        &UNJUDGED
    }
}

impl<'a> Pipeline<'a> {
    /// A pipeline over a catalogue and rules of the caller's, which lets all stand that the rules say: [`Pipeline::scored_by`]
    /// gives it a judge.
    pub fn new(catalogue: &'a Catalogue, rules: &'a Rules, lexicon: &'a Lexicon) -> Self {
        Self {
            catalogue,
            rules,
            lexicon,
            names: NameMatcher::new(catalogue, lexicon),
            syntax: syntax::Model::embedded(),
            scorer: &relate::Table,
        }
    }

    /// The same pipeline with another judge of how sure claims are.
    pub fn scored_by(self, scorer: &'a dyn relate::Score) -> Self {
        Self { scorer, ..self }
    }

    /// Reads a document and finds everything in it. `name` is what the user called it.
    ///
    /// # Errors
    ///
    /// Only when the bytes cannot be read as text; see [`read::Error`].
    pub fn extract(&self, name: &str, bytes: &[u8], options: &read::Options) -> Result<Extraction, read::Error> {
        Ok(self.run(read::read(name, bytes, options)?))
    }

    /// Ties a document to vocabularies and to what readers decided: the last step, when all claims are there.
    pub fn tie(&self, extraction: &mut Extraction, outside: link::Outside<'_>) {
        link::tie(extraction, outside);
    }

    /// Takes what another program proposes for a document, as far as its text bears it: `fresh` answers, or those of an
    /// earlier time. `base` is where the IRIs start.
    pub fn take(&self, extraction: &mut Extraction, answers: &Answers, fresh: bool, base: &Base) {
        let known =
            propose::Known { catalogue: self.catalogue, relations: self.rules.relations(), scorer: self.scorer, base };
        let before = extraction.entities.len();
        let mut proposals = propose::take(extraction, answers, &known);
        proposals.fresh = fresh;
        if !fresh {
            // What does not fit this reading of the text may fit the next one.
            proposals.kept = answers.clone();
        }
        extraction.proposals.push(proposals);
        if extraction.entities.len() > before {
            link::add_codes(&mut extraction.entities, self.catalogue);
            extraction.links = link::rows(&extraction.entities, self.catalogue);
        }
    }

    /// Applies what readers decided about the claims of a document. A thing that a correction names must be named by the
    /// document or be in the catalogue.
    pub fn correct(&self, extraction: &mut Extraction, decisions: &Decisions) {
        let things = decisions.claims().filter(|(said, _)| extraction.document.sha256.starts_with(&said.text));
        let things = things.flat_map(|(_, correction)| match &correction.verdict {
            Verdict::Edit(now) => vec![&now.subject, &now.object],
            _ => Vec::new(),
        });
        let new: Vec<Entity> = things
            .filter_map(|end| match end {
                End::Thing(key) if extraction.find(key).is_none() => self.catalogue.get(key).map(Entry::entity),
                _ => None,
            })
            .collect();
        if !new.is_empty() {
            extraction.insert(new);
            link::add_codes(&mut extraction.entities, self.catalogue);
            extraction.links = link::rows(&extraction.entities, self.catalogue);
        }
        extraction.correct(decisions.claims(), self.relations());
    }

    /// Whether a thing can be the end of a corrected claim of a document that does not name it.
    pub fn knows(&self, key: &str) -> bool {
        self.catalogue.get(key).is_some()
    }

    /// The relations that claims may use.
    pub fn relations(&self) -> &Relations {
        self.rules.relations()
    }

    /// Finds everything in a document that has been read.
    pub fn run(&self, document: Document) -> Extraction {
        self.run_with(document, |_| ()).0
    }

    /// As [`Pipeline::run`], with what became of every rule that the document set off.
    pub fn explain(&self, document: Document) -> (Extraction, Vec<relate::Account>) {
        let (extraction, mut accounts) = self.run_with(document, |inputs| relate::explain(inputs, self.scorer));
        if let Some(letters) = &extraction.document.letters {
            accounts.iter_mut().for_each(|account| account.respan(&|span| letters.written(span)));
        }
        (extraction, accounts)
    }

    /// As [`Pipeline::run`], with all that the rules say, undecided.
    pub fn candidates(&self, document: Document) -> (Extraction, Vec<relate::Candidate>) {
        let (extraction, mut candidates) = self.run_with(document, relate::candidates);
        if let Some(letters) = &extraction.document.letters {
            candidates.iter_mut().for_each(|candidate| candidate.claim.respan(&|span| letters.written(span)));
        }
        (extraction, candidates)
    }

    /// Finds everything in a document; `also` sees what claims are made from.
    fn run_with<T>(&self, mut document: Document, also: impl FnOnce(&relate::Inputs<'_>) -> T) -> (Extraction, T) {
        document.into_plain();
        let (sentences, remarks) = self.syntax.parse_document(&document);
        document.diagnostics.extend(remarks);
        let mentions = annotate::annotate(&document, &sentences, &self.names, self.lexicon);
        let mut resolved = resolve::resolve(&document, &sentences, &mentions, self.catalogue, self.lexicon);
        let inputs = relate::Inputs {
            document: &document,
            sentences: &sentences,
            mentions: &mentions,
            referents: &resolved.referents,
            entities: &resolved.entities,
            itself: resolved.itself,
            holder: resolved.voice.holder,
            voices: &resolved.voice.speakers,
            shown_by: resolved.voice.shown_by,
            turns: &resolved.turns,
            reported: &resolved.reported,
            rules: self.rules,
        };
        let (relate::Claims { claims, doubtful }, seen) = (relate::relate(&inputs, self.scorer), also(&inputs));
        link::add_codes(&mut resolved.entities, self.catalogue);
        let links = link::rows(&resolved.entities, self.catalogue);
        let mut extraction = Extraction {
            document,
            sentences,
            mentions,
            referents: resolved.referents,
            entities: resolved.entities,
            itself: resolved.itself,
            voice: resolved.voice,
            turns: resolved.turns,
            reported: resolved.reported,
            stated: resolved.stated,
            claims,
            doubtful,
            links,
            candidates: Vec::new(),
            subjects: Vec::new(),
            proposals: Vec::new(),
        };
        extraction.attribute();
        extraction.into_written();
        (extraction, seen)
    }
}

#[cfg(test)]
mod tests;
