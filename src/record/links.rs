//! Ties of our things to outer vocabularies: those that stand, those that may be, and what speaks for each.

use std::collections::BTreeMap;

use oxrdf::NamedNodeRef;

use crate::lift::vocabulary::{dcterms, foaf, oa, rap, rdf, schema, void};

use super::{Record, TermId};

/// A tie that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link<'r> {
    /// The vocabulary.
    pub scheme: &'r str,
    /// Our thing.
    pub ours: TermId,
    /// The property that ties them; `foaf:focus` runs from theirs to ours.
    pub predicate: TermId,
    /// The outer thing.
    pub theirs: TermId,
}

/// What speaks for a tie, whether it stands or not.
#[derive(Clone, Debug, PartialEq)]
pub struct Note<'r> {
    /// Our thing.
    pub ours: TermId,
    /// The outer thing.
    pub theirs: TermId,
    /// The vocabulary; empty if it is not said.
    pub scheme: &'r str,
    /// Whether it is one that may be and that nothing decides.
    pub is_candidate: bool,
    /// How it was found: `row`, `exact label`.
    pub method: &'r str,
    /// As written, 0 to 1.
    pub score: &'r str,
    /// In words.
    pub evidence: &'r str,
    /// The file, its date or version.
    pub source: &'r str,
}

impl Record<'_> {
    /// The ties of a thing that stand, by vocabulary, then outer IRI.
    pub fn links(&self, ours: TermId) -> Vec<Link<'_>> {
        let focus = self.quads().find_iri(foaf::FOCUS.as_str());
        let mut found: Vec<Link<'_>> = Vec::new();
        for row in self.quads().rows() {
            let theirs = match (row.subject == ours, row.object == ours && Some(row.predicate) == focus) {
                (true, _) => row.object,
                (_, true) => row.subject,
                _ => continue,
            };
            if let Some(scheme) = self.scheme(row.graph).filter(|_| self.quads().iri(theirs).is_some()) {
                found.push(Link { scheme, ours, predicate: row.predicate, theirs });
            }
        }
        found.sort_by_key(|link| (link.scheme, self.quads().text(link.theirs), link.predicate));
        found.dedup();
        found
    }

    /// Codes of a thing that have no address, each with its vocabulary.
    pub fn codes(&self, ours: TermId) -> Vec<(&str, &str)> {
        let identifier = self.quads().find_iri(schema::IDENTIFIER.as_str());
        let rows = self.quads().rows().iter().filter(|row| row.subject == ours && Some(row.predicate) == identifier);
        let codes = rows.filter(|row| self.quads().is_literal(row.object));
        let mut codes: Vec<(&str, &str)> =
            codes.filter_map(|row| Some((self.quads().text(row.object), self.scheme(row.graph)?))).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// What speaks for ties of a thing of ours (`oa:hasTarget`) or to an outer one (`oa:hasBody`), by the pair.
    pub fn notes(&self, end: NamedNodeRef<'_>, id: TermId) -> BTreeMap<(&str, &str), Vec<Note<'_>>> {
        let mut notes: BTreeMap<(&str, &str), Vec<Note<'_>>> = BTreeMap::new();
        for row in self.said_with(end).filter(|row| row.object == id) {
            if let Some(note) = self.note(row.subject) {
                notes.entry((self.quads().text(note.ours), self.quads().text(note.theirs))).or_default().push(note);
            }
        }
        notes
    }

    /// Ties that may be and that nothing decides.
    pub fn candidates(&self) -> impl Iterator<Item = Note<'_>> {
        self.members(rap::LINK_CANDIDATE).filter_map(|note| self.note(note))
    }

    /// An annotation of a tie; `None` for what is none, and for a decision.
    fn note(&self, id: TermId) -> Option<Note<'_>> {
        let is = |class: NamedNodeRef<'_>| {
            self.values(id, rdf::TYPE).any(|found| self.quads().text(found) == class.as_str())
        };
        if is(rap::LINK_DECISION) {
            return None;
        }
        let words = |property| self.text(id, property).unwrap_or_default();
        let iri = |property| self.value(id, property).filter(|object| self.quads().iri(*object).is_some());
        let set = self.text(id, dcterms::IS_PART_OF).or_else(|| self.text(id, void::IN_DATASET));
        let scheme = set.and_then(|set| set.split_once("graph/links/"));
        Some(Note {
            ours: iri(oa::HAS_TARGET)?,
            theirs: iri(oa::HAS_BODY)?,
            scheme: scheme.map_or("", |(_, scheme)| scheme),
            is_candidate: is(rap::LINK_CANDIDATE),
            method: words(rap::LINK_METHOD),
            score: words(rap::LINK_SCORE),
            evidence: words(rap::LINK_EVIDENCE),
            source: words(rap::LINK_SOURCE),
        })
    }

    /// The vocabulary whose graph of ties it is.
    fn scheme(&self, graph: Option<TermId>) -> Option<&str> {
        self.quads().iri(graph?)?.strip_prefix(self.base())?.strip_prefix("graph/links/")
    }
}
