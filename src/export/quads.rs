//! Quads in memory, each distinct term kept once: what every writer and the graph view read.
//!
//! A million quads have some two hundred thousand distinct terms; with numbers for terms, sorting and grouping compare
//! numbers, and a writer borrows the text of a term instead of copying it.

use std::hash::BuildHasher;
use std::num::NonZeroU32;

use hashbrown::HashTable;
use oxigraph::model::QuadRef;
use rustc_hash::FxBuildHasher;

use super::{ExportError, seam};
use crate::export::seam::{QuadsFormatter, TriplesFormatter, rio};

/// The number of a term in its [`Quads`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TermId(NonZeroU32);

impl TermId {
    /// As an index into tables that hold one entry a term.
    pub const fn index(self) -> usize {
        self.0.get() as usize - 1
    }

    fn of(index: usize) -> Self {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        Self(NonZeroU32::new(number).unwrap_or(NonZeroU32::MAX))
    }
}

/// One quad, by numbers. `graph` is `None` in the default graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QuadIds {
    /// The subject.
    pub subject: TermId,
    /// The predicate, always an IRI.
    pub predicate: TermId,
    /// The object.
    pub object: TermId,
    /// The graph.
    pub graph: Option<TermId>,
}

/// What sort of term it is, with what a literal carries beside its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Sort {
    Iri,
    Blank,
    Simple,
    /// The language tag, itself kept as a simple literal.
    Tagged(TermId),
    Typed(TermId),
}

#[derive(Clone, Copy, Debug)]
struct Entry {
    start: usize,
    end: usize,
    sort: Sort,
}

/// A set of quads. Filled through `rio_api`'s formatter traits, or from oxigraph's quads.
#[derive(Clone, Debug, Default)]
pub struct Quads {
    text: String,
    entries: Vec<Entry>,
    index: HashTable<TermId>,
    rows: Vec<QuadIds>,
}

/// The place of a subject in a quad, and so on: most quads share subject and graph with the one before.
#[derive(Clone, Copy)]
enum Slot {
    Subject,
    Graph,
}

impl Quads {
    /// All quads of a database.
    ///
    /// # Errors
    /// [`ExportError::Store`] when it cannot be read.
    pub fn from_store(store: &oxigraph::store::Store) -> Result<Self, ExportError> {
        let mut quads = Self::default();
        for quad in store.iter() {
            quads.insert(quad?.as_ref());
        }
        Ok(quads)
    }

    /// The quads in the order in which they came, repeats included.
    pub fn rows(&self) -> &[QuadIds] {
        &self.rows
    }

    /// Number of quads.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Adds a quad of oxigraph.
    pub fn insert(&mut self, quad: QuadRef<'_>) {
        // A quad of oxigraph's RDF 1.1 model holds nothing that `Quads` cannot.
        let _ = seam::send(quad, self);
    }

    /// Adds a quad of terms that are in already.
    pub fn insert_ids(&mut self, row: QuadIds) {
        self.rows.push(row);
    }

    /// Keeps the quads for which `keep` holds.
    pub fn retain(&mut self, keep: impl FnMut(&QuadIds) -> bool) {
        self.rows.retain(keep);
    }

    /// All terms, in order of number. Some may stand in no quad.
    pub fn term_ids(&self) -> impl Iterator<Item = TermId> + use<> {
        (0..self.entries.len()).map(TermId::of)
    }

    /// The text of an IRI, the value of a literal, the label of a blank node.
    pub fn text(&self, id: TermId) -> &str {
        let entry = self.entries[id.index()];
        &self.text[entry.start..entry.end]
    }

    /// The IRI, if it is one.
    pub fn iri(&self, id: TermId) -> Option<&str> {
        (self.entries[id.index()].sort == Sort::Iri).then(|| self.text(id))
    }

    /// Whether it is a literal.
    pub fn is_literal(&self, id: TermId) -> bool {
        !matches!(self.entries[id.index()].sort, Sort::Iri | Sort::Blank)
    }

    /// The language tag of a tagged literal.
    pub fn language(&self, id: TermId) -> Option<&str> {
        match self.entries[id.index()].sort {
            Sort::Tagged(tag) => Some(self.text(tag)),
            _ => None,
        }
    }

    /// The datatype of a typed literal; `None` for strings.
    pub fn datatype(&self, id: TermId) -> Option<&str> {
        match self.entries[id.index()].sort {
            Sort::Typed(datatype) => Some(self.text(datatype)),
            _ => None,
        }
    }

    /// The number of an IRI that is in.
    pub fn find_iri(&self, iri: &str) -> Option<TermId> {
        self.find(iri, Sort::Iri)
    }

    /// The number of an IRI, which is put in if it is new.
    pub fn intern_iri(&mut self, iri: &str) -> TermId {
        self.intern(iri, Sort::Iri)
    }

    /// The number of a literal, which is put in if it is new.
    pub fn intern_literal(&mut self, literal: rio::Literal<'_>) -> TermId {
        match literal {
            rio::Literal::Simple { value } => self.intern(value, Sort::Simple),
            rio::Literal::LanguageTaggedString { value, language } => {
                let tag = self.intern(language, Sort::Simple);
                self.intern(value, Sort::Tagged(tag))
            }
            rio::Literal::Typed { value, datatype } => {
                let datatype = self.intern(datatype.iri, Sort::Iri);
                self.intern(value, Sort::Typed(datatype))
            }
        }
    }

    /// A term as the formatters take it, borrowed.
    pub fn term(&self, id: TermId) -> rio::Term<'_> {
        let value = self.text(id);
        match self.entries[id.index()].sort {
            Sort::Iri => rio::NamedNode { iri: value }.into(),
            Sort::Blank => rio::BlankNode { id: value }.into(),
            Sort::Simple => rio::Literal::Simple { value }.into(),
            Sort::Tagged(tag) => rio::Literal::LanguageTaggedString { value, language: self.text(tag) }.into(),
            Sort::Typed(datatype) => {
                rio::Literal::Typed { value, datatype: rio::NamedNode { iri: self.text(datatype) } }.into()
            }
        }
    }

    /// A quad as the formatters take it, borrowed.
    pub fn quad(&self, row: QuadIds) -> rio::Quad<'_> {
        rio::Quad {
            subject: self.node(row.subject),
            predicate: rio::NamedNode { iri: self.text(row.predicate) },
            object: self.term(row.object),
            graph_name: row.graph.map(|graph| match self.node(graph) {
                rio::Subject::BlankNode(node) => node.into(),
                _ => rio::NamedNode { iri: self.text(graph) }.into(),
            }),
        }
    }

    fn node(&self, id: TermId) -> rio::Subject<'_> {
        match self.entries[id.index()].sort {
            Sort::Blank => rio::BlankNode { id: self.text(id) }.into(),
            _ => rio::NamedNode { iri: self.text(id) }.into(),
        }
    }

    fn find(&self, value: &str, sort: Sort) -> Option<TermId> {
        let hash = FxBuildHasher.hash_one((value, sort));
        self.index.find(hash, |&id| self.is(id, value, sort)).copied()
    }

    fn intern(&mut self, value: &str, sort: Sort) -> TermId {
        let hash = FxBuildHasher.hash_one((value, sort));
        if let Some(&id) = self.index.find(hash, |&id| self.is(id, value, sort)) {
            return id;
        }
        let id = TermId::of(self.entries.len());
        let start = self.text.len();
        self.text.push_str(value);
        self.entries.push(Entry { start, end: self.text.len(), sort });
        let (text, entries) = (&self.text, &self.entries);
        self.index.insert_unique(hash, id, |id| {
            let entry = entries[id.index()];
            FxBuildHasher.hash_one((&text[entry.start..entry.end], entry.sort))
        });
        id
    }

    fn is(&self, id: TermId, value: &str, sort: Sort) -> bool {
        self.entries[id.index()].sort == sort && self.text(id) == value
    }

    fn intern_node(&mut self, node: rio::Subject<'_>, slot: Slot) -> Result<TermId, ExportError> {
        let (text, sort) = match node {
            rio::Subject::NamedNode(node) => (node.iri, Sort::Iri),
            rio::Subject::BlankNode(node) => (node.id, Sort::Blank),
            rio::Subject::Triple(_) => return Err(ExportError::QuotedTriple),
        };
        let last = self.rows.last().and_then(|row| match slot {
            Slot::Subject => Some(row.subject),
            Slot::Graph => row.graph,
        });
        Ok(last.filter(|&last| self.is(last, text, sort)).unwrap_or_else(|| self.intern(text, sort)))
    }

    fn intern_term(&mut self, term: rio::Term<'_>) -> Result<TermId, ExportError> {
        match term {
            rio::Term::NamedNode(node) => Ok(self.intern(node.iri, Sort::Iri)),
            rio::Term::BlankNode(node) => Ok(self.intern(node.id, Sort::Blank)),
            rio::Term::Literal(literal) => Ok(self.intern_literal(literal)),
            rio::Term::Triple(_) => Err(ExportError::QuotedTriple),
        }
    }
}

impl QuadsFormatter for Quads {
    type Error = ExportError;

    fn format(&mut self, quad: &rio::Quad<'_>) -> Result<(), ExportError> {
        let row = QuadIds {
            subject: self.intern_node(quad.subject, Slot::Subject)?,
            predicate: self.intern(quad.predicate.iri, Sort::Iri),
            object: self.intern_term(quad.object)?,
            graph: quad.graph_name.map(|graph| self.intern_node(graph.into(), Slot::Graph)).transpose()?,
        };
        self.rows.push(row);
        Ok(())
    }
}

impl TriplesFormatter for Quads {
    type Error = ExportError;

    fn format(&mut self, triple: &rio::Triple<'_>) -> Result<(), ExportError> {
        let quad =
            rio::Quad { subject: triple.subject, predicate: triple.predicate, object: triple.object, graph_name: None };
        QuadsFormatter::format(self, &quad)
    }
}

impl<'a> FromIterator<QuadRef<'a>> for Quads {
    fn from_iter<I: IntoIterator<Item = QuadRef<'a>>>(quads: I) -> Self {
        let mut collected = Self::default();
        quads.into_iter().for_each(|quad| collected.insert(quad));
        collected
    }
}
