//! Derivations without a tree: what the matchers of the frame and of the build of names have in common.

use super::Inputs;
use super::derivation::{Argument, Derivation, Way};
use crate::model::{EntityId, Kind, MentionClass, Span, Term, ZoneKind};

/// A mention that means something.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found {
    pub mention: usize,
    pub id: EntityId,
    pub span: Span,
}

/// The mentions of a document with their entities.
#[derive(Clone, Copy)]
pub(super) struct Plain<'a> {
    pub inputs: Inputs<'a>,
}

impl<'a> Plain<'a> {
    pub fn new(inputs: &Inputs<'a>) -> Self {
        Self { inputs: *inputs }
    }

    /// All mentions with an entity, outside of boilerplate, pronouns left out; by start, then longest first.
    pub fn all(&self) -> impl Iterator<Item = Found> + 'a {
        let inputs = self.inputs;
        inputs.mentions.iter().enumerate().filter_map(move |(mention, it)| {
            let id = inputs.referents.get(mention).copied().flatten()?;
            let kept =
                it.class != MentionClass::Pronoun && inputs.document.zone_at(it.span.start) != ZoneKind::Boilerplate;
            kept.then_some(Found { mention, id, span: it.span })
        })
    }

    /// The mentions strictly inside a span, by start, then longest first.
    pub fn inside(&self, span: Span) -> impl Iterator<Item = Found> + 'a {
        self.within(span).filter(move |found| found.span != span)
    }

    /// The largest mention of one of the kinds in a span, borders included.
    pub fn largest_in(&self, span: Span, kinds: &[Kind]) -> Option<Found> {
        let fits = self.within(span).filter(|found| kinds.contains(&self.kind(found.id)));
        fits.reduce(|best, found| if found.span.len() > best.span.len() { found } else { best })
    }

    /// The mentions of the kinds in a span that lie in no other such mention of it.
    pub fn outermost_in(&self, span: Span, kinds: &[Kind]) -> Vec<Found> {
        let mut found: Vec<Found> = Vec::new();
        for next in self.within(span).filter(|next| kinds.contains(&self.kind(next.id))) {
            if found.last().is_none_or(|last| !last.span.contains(next.span)) {
                found.push(next);
            }
        }
        found
    }

    /// The mentions that end at a byte, the longest first.
    pub fn ending(&self, byte: usize) -> impl Iterator<Item = Found> + 'a {
        self.found(self.inputs.mentions.ending(byte))
    }

    fn within(&self, span: Span) -> impl Iterator<Item = Found> + 'a {
        self.found(self.inputs.mentions.inside(span))
    }

    /// Those of some mentions that mean something, pronouns left out.
    fn found(&self, mentions: impl Iterator<Item = usize> + 'a) -> impl Iterator<Item = Found> + 'a {
        let inputs = self.inputs;
        let named = move |&i: &usize| inputs.mentions[i].class != MentionClass::Pronoun;
        mentions.filter(named).filter_map(move |mention| {
            let id = inputs.referents.get(mention).copied().flatten()?;
            Some(Found { mention, id, span: inputs.mentions[mention].span })
        })
    }

    pub fn kind(&self, id: EntityId) -> Kind {
        self.inputs.entities[id.index()].kind()
    }

    pub fn text(&self, span: Span) -> &'a str {
        self.inputs.document.quote(span)
    }

    pub fn is_resolution(&self) -> bool {
        self.inputs.document.metadata.genre.as_ref().is_some_and(|genre| genre.value.contains("resolution"))
    }

    /// What the rules of a matcher say of two mentions.
    pub fn between(&self, matcher: &str, subject: &Found, object: &Found) -> Vec<Derivation<'a>> {
        let span = subject.span.cover(object.span);
        self.derive(matcher, subject.end(Way::Name), object.end(Way::Name), span)
    }

    /// What the rules of a matcher say of two ends.
    pub fn derive(&self, matcher: &str, subject: Argument, object: Argument, span: Span) -> Vec<Derivation<'a>> {
        let rules = self.inputs.rules.of_matcher(matcher);
        rules.map(|rule| Derivation::plain(rule, subject.clone(), object.clone(), span)).collect()
    }
}

impl Found {
    /// It as an end of a derivation.
    pub fn end(&self, way: Way) -> Argument {
        Argument { term: Term::Entity(self.id), span: Some(self.span), way, mention: Some(self.mention) }
    }
}
