//! The graph that is looked at, step by step: of a store in memory, or of the index of a large one.

use std::collections::{HashMap, HashSet};

use oxigraph::sparql::CancellationToken;
use oxrdf::{GraphNameRef, NamedNode, NamedNodeRef, NamedOrBlankNodeRef, Term, TermRef};
use spareval::QueryableDataset;

use crate::store::{Dataset, Indexed};
use oxrdf::vocab::{rdf, rdfs};

/// The database fails, or the time is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactsError(pub String);

/// A graph, and what is known of its classes.
pub struct Facts {
    dataset: Dataset,
    token: CancellationToken,
    /// Each class that shapes name, with all below it.
    classes: HashMap<NamedNode, HashSet<Term>>,
}

type Row = [Term; 3];

impl Facts {
    /// All graphs of a dataset as one; `classes` are those that will be asked for.
    ///
    /// # Errors
    /// If the store fails.
    pub fn new(dataset: Dataset, token: CancellationToken, classes: Vec<NamedNode>) -> Result<Self, FactsError> {
        let mut facts = Self { dataset, token, classes: HashMap::new() };
        for class in classes {
            let below = facts.below(&class)?;
            facts.classes.insert(class, below);
        }
        Ok(facts)
    }

    /// What SPARQL is asked of.
    pub fn dataset(&self) -> &Dataset {
        &self.dataset
    }

    /// What ends the work.
    pub fn token(&self) -> &CancellationToken {
        &self.token
    }

    /// What a node has as values of a property.
    ///
    /// # Errors
    /// If the store fails.
    pub fn objects(&self, node: &Term, property: &NamedNode) -> Result<Vec<Term>, FactsError> {
        Ok(self.rows(Some(node), Some(property), None)?.into_iter().map(|[_, _, object]| object).collect())
    }

    /// What has a node as value of a property.
    ///
    /// # Errors
    /// If the store fails.
    pub fn subjects(&self, property: &NamedNode, node: &Term) -> Result<Vec<Term>, FactsError> {
        Ok(self.rows(None, Some(property), Some(node))?.into_iter().map(|[subject, ..]| subject).collect())
    }

    /// All that is said with a property: who, and what.
    ///
    /// # Errors
    /// If the store fails.
    pub fn pairs(&self, property: &NamedNode) -> Result<Vec<(Term, Term)>, FactsError> {
        Ok(self.rows(None, Some(property), None)?.into_iter().map(|[subject, _, object]| (subject, object)).collect())
    }

    /// All that is said of a node: property and value.
    ///
    /// # Errors
    /// If the store fails.
    pub fn of(&self, node: &Term) -> Result<Vec<(Term, Term)>, FactsError> {
        Ok(self.rows(Some(node), None, None)?.into_iter().map(|[_, property, object]| (property, object)).collect())
    }

    /// Whether a node is of a class, or of one below it.
    ///
    /// # Errors
    /// If the store fails.
    pub fn is_a(&self, node: &Term, class: &NamedNode) -> Result<bool, FactsError> {
        let below = self.classes.get(class);
        Ok(self
            .objects(node, &rdf::TYPE.into_owned())?
            .iter()
            .any(|known| below.is_some_and(|below| below.contains(known))))
    }

    /// The members of a class and of those below it.
    ///
    /// # Errors
    /// If the store fails.
    pub fn members(&self, class: &NamedNode) -> Result<Vec<Term>, FactsError> {
        let mut found = Vec::new();
        for class in self.classes.get(class).into_iter().flatten() {
            found.extend(self.subjects(&rdf::TYPE.into_owned(), class)?);
        }
        Ok(found)
    }

    fn below(&self, class: &NamedNode) -> Result<HashSet<Term>, FactsError> {
        let (mut seen, mut waiting) = (HashSet::new(), vec![Term::from(class.clone())]);
        while let Some(class) = waiting.pop() {
            if seen.insert(class.clone()) {
                waiting.extend(self.subjects(&rdfs::SUB_CLASS_OF.into_owned(), &class)?);
            }
        }
        Ok(seen)
    }

    fn rows(
        &self,
        subject: Option<&Term>,
        property: Option<&NamedNode>,
        object: Option<&Term>,
    ) -> Result<Vec<Row>, FactsError> {
        if self.token.is_cancelled() {
            return Err(FactsError("it was stopped".to_owned()));
        }
        if matches!(subject, Some(Term::Literal(_))) {
            return Ok(Vec::new());
        }
        match &self.dataset {
            Dataset::Memory(store) => in_memory(store, subject, property.map(NamedNode::as_ref), object),
            Dataset::Index(index) => in_index(index, subject, property, object),
        }
    }
}

fn in_memory(
    store: &oxigraph::store::Store,
    subject: Option<&Term>,
    property: Option<NamedNodeRef<'_>>,
    object: Option<&Term>,
) -> Result<Vec<Row>, FactsError> {
    let subject = subject.and_then(|node| match node {
        Term::NamedNode(node) => Some(NamedOrBlankNodeRef::from(node)),
        Term::BlankNode(node) => Some(NamedOrBlankNodeRef::from(node)),
        _ => None,
    });
    let quads = store.quads_for_pattern(subject, property, object.map(TermRef::from), Some(GraphNameRef::DefaultGraph));
    quads
        .map(|quad| quad.map(|quad| [quad.subject.into(), quad.predicate.into(), quad.object]))
        .collect::<Result<_, _>>()
        .map_err(|error| FactsError(error.to_string()))
}

fn in_index(
    index: &Indexed,
    subject: Option<&Term>,
    property: Option<&NamedNode>,
    object: Option<&Term>,
) -> Result<Vec<Row>, FactsError> {
    let failed = |_| FactsError("the index cannot be read".to_owned());
    let number = |term: Option<Term>| term.map(|term| index.internalize_term(term)).transpose().map_err(failed);
    let asked = [number(subject.cloned())?, number(property.cloned().map(Term::from))?, number(object.cloned())?];
    let [subject, property, object] = asked.each_ref().map(Option::as_ref);
    let rows = index.internal_quads_for_pattern(subject, property, object, Some(None));
    rows.map(|row| {
        let row = row.map_err(failed)?;
        let term = |number| index.externalize_term(number).map_err(failed);
        Ok([term(row.subject)?, term(row.predicate)?, term(row.object)?])
    })
    .collect()
}
