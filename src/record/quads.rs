//! Quads in memory, each distinct term kept once: what the record and every writer read.
//!
//! A million quads have some two hundred thousand distinct terms; with numbers for terms, sorting and grouping compare
//! numbers, and a reader borrows the text of a term instead of copying it.

use std::hash::BuildHasher;
use std::num::NonZeroU32;

use hashbrown::HashTable;
use oxrdf::vocab::xsd;
use oxrdf::{GraphNameRef, LiteralRef, NamedOrBlankNodeRef, QuadRef, TermRef};
use rustc_hash::FxBuildHasher;

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

/// A node, borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Node<'t> {
    /// An IRI.
    Iri(&'t str),
    /// The label of a blank node.
    Blank(&'t str),
}

/// A literal, borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Literal<'t> {
    /// A string.
    Simple(&'t str),
    /// Words and their language tag.
    Tagged(&'t str, &'t str),
    /// A value and the IRI of its datatype.
    Typed(&'t str, &'t str),
}

/// A term, borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Term<'t> {
    /// An IRI or a blank node.
    Node(Node<'t>),
    /// A literal.
    Literal(Literal<'t>),
}

/// What sort of term it is, with what a literal carries beside its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum TermType {
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
    sort: TermType,
}

/// A set of quads.
#[derive(Clone, Debug, Default)]
pub struct Quads {
    text: String,
    entries: Vec<Entry>,
    index: HashTable<TermId>,
    rows: Vec<QuadIds>,
}

impl Quads {
    /// All quads of a database.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn from_store(store: &oxigraph::store::Store) -> Result<Self, oxigraph::store::StorageError> {
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

    /// Adds a quad of oxrdf.
    pub fn insert(&mut self, quad: QuadRef<'_>) {
        let object = match quad.object {
            TermRef::NamedNode(node) => Term::Node(Node::Iri(node.as_str())),
            TermRef::BlankNode(node) => Term::Node(Node::Blank(node.as_str())),
            TermRef::Literal(literal) => Term::Literal(self::literal(literal)),
        };
        let subject = match quad.subject {
            NamedOrBlankNodeRef::NamedNode(node) => Node::Iri(node.as_str()),
            NamedOrBlankNodeRef::BlankNode(node) => Node::Blank(node.as_str()),
        };
        let graph = match quad.graph_name {
            GraphNameRef::NamedNode(node) => Some(Node::Iri(node.as_str())),
            GraphNameRef::BlankNode(node) => Some(Node::Blank(node.as_str())),
            GraphNameRef::DefaultGraph => None,
        };
        self.push(subject, quad.predicate.as_str(), object, graph);
    }

    /// Adds a quad of borrowed terms; `predicate` is an IRI.
    pub fn push(&mut self, subject: Node<'_>, predicate: &str, object: Term<'_>, graph: Option<Node<'_>>) {
        // Most quads share subject and graph with the one before.
        let last = self.rows.last().copied();
        let row = QuadIds {
            subject: self.intern_node(subject, last.map(|row| row.subject)),
            predicate: self.intern(predicate, TermType::Iri),
            object: match object {
                Term::Node(node) => self.intern_node(node, None),
                Term::Literal(literal) => self.intern_literal(literal),
            },
            graph: graph.map(|graph| self.intern_node(graph, last.and_then(|row| row.graph))),
        };
        self.rows.push(row);
    }

    /// Adds the quads of another set.
    pub fn absorb(&mut self, other: &Self) {
        let node = |id| match other.term(id) {
            Term::Node(node) => node,
            Term::Literal(_) => Node::Blank(other.text(id)),
        };
        for row in &other.rows {
            let (predicate, object) = (other.text(row.predicate), other.term(row.object));
            self.push(node(row.subject), predicate, object, row.graph.map(node));
        }
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
        (self.entries[id.index()].sort == TermType::Iri).then(|| self.text(id))
    }

    /// Whether it is a literal.
    pub fn is_literal(&self, id: TermId) -> bool {
        !matches!(self.entries[id.index()].sort, TermType::Iri | TermType::Blank)
    }

    /// The language tag of a tagged literal.
    pub fn language(&self, id: TermId) -> Option<&str> {
        match self.entries[id.index()].sort {
            TermType::Tagged(tag) => Some(self.text(tag)),
            _ => None,
        }
    }

    /// The datatype of a typed literal; `None` for strings.
    pub fn datatype(&self, id: TermId) -> Option<&str> {
        match self.entries[id.index()].sort {
            TermType::Typed(datatype) => Some(self.text(datatype)),
            _ => None,
        }
    }

    /// A term, borrowed.
    pub fn term(&self, id: TermId) -> Term<'_> {
        let value = self.text(id);
        match self.entries[id.index()].sort {
            TermType::Iri => Term::Node(Node::Iri(value)),
            TermType::Blank => Term::Node(Node::Blank(value)),
            TermType::Simple => Term::Literal(Literal::Simple(value)),
            TermType::Tagged(tag) => Term::Literal(Literal::Tagged(value, self.text(tag))),
            TermType::Typed(datatype) => Term::Literal(Literal::Typed(value, self.text(datatype))),
        }
    }

    /// A term, as oxrdf has it.
    pub fn to_oxrdf(&self, id: TermId) -> oxrdf::Term {
        match self.term(id) {
            Term::Node(Node::Iri(iri)) => oxrdf::NamedNode::new_unchecked(iri).into(),
            Term::Node(Node::Blank(label)) => oxrdf::BlankNode::new_unchecked(label).into(),
            Term::Literal(Literal::Simple(value)) => oxrdf::Literal::new_simple_literal(value).into(),
            Term::Literal(Literal::Tagged(value, language)) => {
                oxrdf::Literal::new_language_tagged_literal_unchecked(value, language).into()
            }
            Term::Literal(Literal::Typed(value, datatype)) => {
                oxrdf::Literal::new_typed_literal(value, oxrdf::NamedNodeRef::new_unchecked(datatype)).into()
            }
        }
    }

    /// The number of an IRI that is in.
    pub fn find_iri(&self, iri: &str) -> Option<TermId> {
        self.find(iri, TermType::Iri)
    }

    /// The numbers of a string that is in, without a language and with that one.
    pub fn find_words(&self, value: &str, language: &str) -> [Option<TermId>; 2] {
        let tag = self.find(language, TermType::Simple);
        [self.find(value, TermType::Simple), tag.and_then(|tag| self.find(value, TermType::Tagged(tag)))]
    }

    /// The number of an IRI, which is put in if it is new.
    pub fn intern_iri(&mut self, iri: &str) -> TermId {
        self.intern(iri, TermType::Iri)
    }

    /// The number of a literal, which is put in if it is new.
    pub fn intern_literal(&mut self, literal: Literal<'_>) -> TermId {
        match literal {
            Literal::Simple(value) => self.intern(value, TermType::Simple),
            Literal::Tagged(value, language) => {
                let tag = self.intern(language, TermType::Simple);
                self.intern(value, TermType::Tagged(tag))
            }
            Literal::Typed(value, datatype) => {
                let datatype = self.intern(datatype, TermType::Iri);
                self.intern(value, TermType::Typed(datatype))
            }
        }
    }

    pub(super) fn intern_some(&mut self, node: Node<'_>) -> TermId {
        self.intern_node(node, None)
    }

    fn intern_node(&mut self, node: Node<'_>, last: Option<TermId>) -> TermId {
        let (text, sort) = match node {
            Node::Iri(iri) => (iri, TermType::Iri),
            Node::Blank(label) => (label, TermType::Blank),
        };
        last.filter(|&last| self.is(last, text, sort)).unwrap_or_else(|| self.intern(text, sort))
    }

    fn find(&self, value: &str, sort: TermType) -> Option<TermId> {
        let hash = FxBuildHasher.hash_one((value, sort));
        self.index.find(hash, |&id| self.is(id, value, sort)).copied()
    }

    fn intern(&mut self, value: &str, sort: TermType) -> TermId {
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

    fn is(&self, id: TermId, value: &str, sort: TermType) -> bool {
        self.entries[id.index()].sort == sort && self.text(id) == value
    }
}

fn literal(literal: LiteralRef<'_>) -> Literal<'_> {
    let value = literal.value();
    match literal.language() {
        Some(language) => Literal::Tagged(value, language),
        None if literal.datatype() == xsd::STRING => Literal::Simple(value),
        None => Literal::Typed(value, literal.datatype().as_str()),
    }
}

impl<'a> FromIterator<QuadRef<'a>> for Quads {
    fn from_iter<I: IntoIterator<Item = QuadRef<'a>>>(quads: I) -> Self {
        let mut collected = Self::default();
        quads.into_iter().for_each(|quad| collected.insert(quad));
        collected
    }
}
