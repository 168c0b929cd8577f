//! What a question is asked of: oxigraph's in-memory store, filled from segments, or the index of a store that has one.

use std::path::Path;
use std::sync::Arc;

use oxigraph::sparql::{PreparedSparqlQuery, QueryEvaluationError, QueryResults};
use oxrdf::{GraphName, NamedNodeRef, Quad, QuadRef, Term};
use rayon::prelude::*;

use crate::lift::{Base, Layer};

use super::directory::Raw;
use super::index::{self, Indexed};
use super::{Damage, Directory, Error};

/// Segments parsed while others are inserted.
const BATCH: usize = 32;

/// How graphs are laid out for a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// All graphs merged into the default graph, where a triple that several documents state stands once. For queries
    /// that name no graph: half the memory and time.
    Merged,
    /// The merged graph, and each named graph beside it, in memory, so that more can be put beside them.
    Named,
    /// The same, only to be asked: of the index, where there is one.
    Asked,
}

/// What SPARQL is asked of. Copies are of the same data.
#[derive(Clone)]
pub enum Dataset {
    /// Quads in memory.
    Memory(oxigraph::store::Store),
    /// The index of a store, in files.
    Index(Arc<Indexed>),
}

impl From<&oxigraph::store::Store> for Dataset {
    fn from(store: &oxigraph::store::Store) -> Self {
        Self::Memory(store.clone())
    }
}

impl From<&Dataset> for Dataset {
    fn from(dataset: &Dataset) -> Self {
        dataset.clone()
    }
}

impl Dataset {
    /// Asks a query.
    ///
    /// # Errors
    /// As oxigraph has it.
    pub fn ask(&self, query: PreparedSparqlQuery) -> Result<QueryResults<'_>, QueryEvaluationError> {
        match self {
            Self::Memory(store) => query.on_store(store).execute(),
            Self::Index(index) => query.on_queryable_dataset(&**index).execute(),
        }
    }

    /// What is said first of a thing with a property.
    pub fn object(&self, subject: NamedNodeRef<'_>, property: NamedNodeRef<'_>) -> Option<Term> {
        match self {
            Self::Memory(store) => {
                let mut quads = store.quads_for_pattern(Some(subject.into()), Some(property), None, None);
                Some(quads.next()?.ok()?.object)
            }
            Self::Index(index) => index.object(subject.into(), property.into()),
        }
    }
}

/// The part of a store that a question needs.
///
/// The default graph is the union of all graphs, as a set. Ask it as it is: with oxigraph's own union option a triple
/// would count once for each document that states it.
pub struct Store {
    base: Base,
    dataset: Dataset,
    quads: usize,
    damages: Vec<Damage>,
}

impl Store {
    /// Opens a store directory and reads the layers that are asked for, and whatever RDF the user loaded.
    ///
    /// # Errors
    /// If there is no store or its list of contents is damaged. Damaged segments are no error: see [`Store::damages`].
    pub fn open(path: &Path, layers: &[Layer], view: View) -> Result<Self, Error> {
        Self::open_noting(path, layers, view, &|_| false, &mut |_| ())
    }

    /// The same; where segments are read, `note` hears each quad whose property is wanted, so that nobody else needs to read the
    /// same files. Of the index they can be asked.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn open_noting(
        path: &Path,
        layers: &[Layer],
        view: View,
        wanted: &(dyn Fn(&str) -> bool + Sync),
        note: &mut (dyn FnMut(QuadRef<'_>) + Send),
    ) -> Result<Self, Error> {
        let mut directory = Directory::open(path)?;
        let mut layers = layers.to_vec();
        layers.push(Layer::Loaded);
        if view != View::Named
            && let Some((indexed, quads, damages)) = index::open(&mut directory, &layers)?
        {
            let dataset = Dataset::Index(Arc::new(indexed));
            return Ok(Self { base: directory.base().clone(), dataset, quads, damages });
        }
        let note = &mut |quad: QuadRef<'_>| {
            if wanted(quad.predicate.as_str()) {
                note(quad);
            }
        };
        let files = directory.fetch(&layers)?;
        Self::fill(directory.base().clone(), files, view, note)
    }

    /// A store of quads that come from elsewhere.
    ///
    /// # Errors
    /// If the database refuses them.
    pub fn of_quads(base: Base, quads: &[Quad], view: View) -> Result<Self, Error> {
        let (mut store, database) = Self::empty(base)?;
        let mut transaction = database.start_transaction().map_err(refused)?;
        store.quads += insert(&mut transaction, quads, view);
        transaction.commit().map_err(refused)?;
        Ok(store)
    }

    /// Where the IRIs of the data start.
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// What SPARQL is asked of.
    pub fn dataset(&self) -> &Dataset {
        &self.dataset
    }

    /// Number of quads read.
    pub fn len(&self) -> usize {
        self.quads
    }

    /// Whether no quad was read.
    pub fn is_empty(&self) -> bool {
        self.quads == 0
    }

    /// Segments that could not be read; all others were.
    pub fn damages(&self) -> &[Damage] {
        &self.damages
    }

    fn empty(base: Base) -> Result<(Self, oxigraph::store::Store), Error> {
        let database = oxigraph::store::Store::new().map_err(refused)?;
        let dataset = Dataset::Memory(database.clone());
        Ok((Self { base, dataset, quads: 0, damages: Vec::new() }, database))
    }

    /// Parses on all cores while one inserts, in the order of the list: the same store gives rows in the same order.
    fn fill(
        base: Base,
        files: Vec<Raw>,
        view: View,
        note: &mut (dyn FnMut(QuadRef<'_>) + Send),
    ) -> Result<Self, Error> {
        let (mut store, database) = Self::empty(base)?;
        let mut transaction = database.start_transaction().map_err(refused)?;
        let mut files = files.into_iter();
        let mut next = || -> Vec<Raw> { files.by_ref().take(BATCH).collect() };
        let mut parsed = parse(next());
        while !parsed.is_empty() {
            let waiting = next();
            let ((), following) = rayon::join(|| store.take(&mut transaction, parsed, view, note), || parse(waiting));
            parsed = following;
        }
        transaction.commit().map_err(refused)?;
        Ok(store)
    }

    fn take(
        &mut self,
        transaction: &mut oxigraph::store::Transaction<'_>,
        parsed: Vec<Result<Vec<Quad>, Damage>>,
        view: View,
        note: &mut (dyn FnMut(QuadRef<'_>) + Send),
    ) {
        for segment in parsed {
            match segment {
                Ok(quads) => {
                    self.quads += insert(transaction, &quads, view);
                    quads.iter().for_each(|quad| note(quad.as_ref()));
                }
                Err(damage) => self.damages.push(damage),
            }
        }
    }
}

fn parse(files: Vec<Raw>) -> Vec<Result<Vec<Quad>, Damage>> {
    files.into_par_iter().map(Raw::parse).collect()
}

fn insert(transaction: &mut oxigraph::store::Transaction<'_>, quads: &[Quad], view: View) -> usize {
    for quad in quads {
        let quad = quad.as_ref();
        transaction.insert(QuadRef { graph_name: oxrdf::GraphNameRef::DefaultGraph, ..quad });
        if view != View::Merged && quad.graph_name != GraphName::DefaultGraph.as_ref() {
            transaction.insert(quad);
        }
    }
    quads.len()
}

fn refused(error: oxigraph::store::StorageError) -> Error {
    Error::Database(error.to_string())
}
