//! Where the ends of one proposed claim may stand, and what IRIs mean there.

use crate::lift::Base;
use crate::model::{Document, EntityId, Extraction, Sentence, Span};

use super::Known;
use super::end::{Meaning, named_in};
use super::refusal::{Refusal, shown};

/// The stretch that must hold what a line points to.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub extraction: &'a Extraction,
    pub known: &'a Known<'a>,
    pub within: Span,
}

impl<'a> Scope<'a> {
    pub fn document(&self) -> &'a Document {
        &self.extraction.document
    }

    /// The sentences of the quote and the one before, where it is told who speaks.
    pub fn sentences(self) -> Self {
        let all = &self.extraction.sentences;
        let first = Sentence::from(all, self.within.start).map(|at| at.saturating_sub(1));
        let last = Sentence::from(all, self.within.end.saturating_sub(1));
        let spans = [first, last].into_iter().flatten().filter_map(|at| all.get(at)).map(|sentence| sentence.span);
        let near = |span: &Span| span.start <= self.within.end;
        Self { within: spans.filter(near).fold(self.within, Span::cover), ..self }
    }

    /// The key behind an IRI, or behind a key itself.
    pub fn key(&self, iri: &str, what: &str) -> Result<String, Refusal> {
        let iri = iri.trim().trim_start_matches('<').trim_end_matches('>');
        let of_base = || self.known.base.plain_key(iri).or_else(|| Base::default().plain_key(iri));
        let key = of_base().unwrap_or_else(|| iri.to_owned());
        self.meaning(&key, what).map(|_| key)
    }

    /// The entity of the document, else the entry of the catalogue, with that key.
    pub fn meaning(&self, key: &str, what: &str) -> Result<Meaning, Refusal> {
        let entity = self.extraction.find(key).map(Meaning::Entity);
        let entry = || self.known.catalogue.get(key).map(|entry| Meaning::Entry(entry.key.clone()));
        entity
            .or_else(entry)
            .ok_or_else(|| Refusal::new(format!("{what}: neither the document nor the catalogue has {}", shown(key))))
    }

    /// What a key means where no words are pointed to: something in the quote must name it, or it is who speaks there, or
    /// the document itself.
    pub fn named(&self, key: &str, what: &str) -> Result<(Meaning, Option<Span>), Refusal> {
        let meaning = self.meaning(key, what)?;
        if let Meaning::Entity(id) = meaning {
            if let Some(span) = self.mention_of(id) {
                return Ok((meaning, Some(span)));
            }
            if self.speaks(id) || self.extraction.itself == Some(id) {
                return Ok((meaning, None));
            }
        }
        let entry = self.known.catalogue.get(key);
        let names = entry.into_iter().flat_map(|entry| &entry.names);
        let seen = named_in(&self.document().text, self.within, names.map(|name| name.text.as_str()));
        let label = match &meaning {
            Meaning::Entity(id) => self.extraction.entity(*id).label.clone(),
            _ => entry.map_or_else(|| key.to_owned(), |entry| entry.label.clone()),
        };
        match seen {
            Some(span) => Ok((meaning, Some(span))),
            None => Err(Refusal::new(format!(
                "the quote does not name its {what} {}: say by which words, with `text`",
                shown(&label)
            ))),
        }
    }

    /// Whether a thing that only this document knows may be an entry of the catalogue, of the same kind, as a line says.
    pub fn is_read_as(&self, id: EntityId, key: &str) -> bool {
        let ours = self.extraction.entity(id);
        let entry = self.known.catalogue.get(key);
        !ours.known && entry.is_some_and(|entry| entry.class.kind() == ours.kind())
    }

    fn mention_of(&self, id: EntityId) -> Option<Span> {
        let mentions = &self.extraction.mentions;
        let mut inside = mentions.inside(self.within);
        let found = inside.find(|&at| self.extraction.referents.get(at).copied().flatten() == Some(id));
        found.and_then(|at| mentions.get(at)).map(|mention| mention.span)
    }

    /// Whether it is an entity that speaks at the quote.
    pub fn speaks(&self, id: EntityId) -> bool {
        let voice = self.extraction.voice_at(self.within.start);
        voice.holder == Some(id) || voice.role == Some(id) || voice.speakers.contains(&id)
    }
}
