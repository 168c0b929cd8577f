//! Quads looked up by subject: what the nouns of the record are read with.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use oxrdf::NamedNodeRef;
use rayon::slice::ParallelSliceMut;
use rustc_hash::FxBuildHasher;

use crate::lift::vocabulary::{self, dcterms, rdf, rdfs, schema, skos};
use crate::lift::{Base, Layer};
use crate::model::text::one_line;
use crate::model::{Class, Kind};
use crate::store::{Damage, Directory, Error};

use super::names::Known;
use super::terms::Terms;
use super::voices::Voices;
use super::{QuadIds, Quads, TermId};

/// What quads say, by subject.
pub struct Record<'q> {
    quads: Cow<'q, Quads>,
    /// Where our own IRIs start; empty if nothing tells.
    base: String,
    /// By subject, property, object; each once. The graph tells only whether no document states it: then it is one of
    /// the background.
    rows: Vec<QuadIds>,
    /// Where the rows of each term start; one more entry than terms.
    starts: Vec<u32>,
    /// The numbers of the rows with each property, in their order.
    by_property: OnceLock<HashMap<TermId, Vec<u32>, FxBuildHasher>>,
    /// The class of each thing, and whether a document gives it.
    classes: BTreeMap<TermId, (Class, bool)>,
    pub(super) terms: Terms,
    pub(super) voices: OnceLock<Voices>,
    pub(super) known: Known,
}

impl Default for Record<'static> {
    fn default() -> Self {
        Self::index(Cow::Owned(Quads::default()), String::new(), &[])
    }
}

impl Record<'static> {
    /// Reads some layers of a store, each line once, and gives what of it is damaged. The catalogue, if it is among
    /// them, explains things and adds none.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn open(directory: &mut Directory, layers: &[Layer]) -> Result<(Self, Vec<Damage>), Error> {
        let (quads, damages) = Quads::from_directory(directory, layers)?;
        Ok((Self::of_quads(quads, directory.base()), damages))
    }

    /// The record of quads of a store whose data IRIs begin with `base`.
    pub fn of_quads(quads: Quads, base: &Base) -> Self {
        let background = [base.shared_graph("catalogue").into_string()];
        Self::index(Cow::Owned(quads), base.as_str().to_owned(), &background)
    }

    /// The record of a database, whose data IRIs begin with `base`.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn of_store(store: &oxigraph::store::Store, base: &Base) -> Result<Self, oxigraph::store::StorageError> {
        let mut quads = Quads::from_store(store)?;
        // Beside named graphs the graph of no name is their union.
        if quads.rows().iter().any(|row| row.graph.is_some()) {
            quads.retain(|row| row.graph.is_some());
        }
        Ok(Self::of_quads(quads, base))
    }
}

impl<'q> Record<'q> {
    /// The record of quads. Graphs with an IRI in `background` explain things and add none.
    pub fn new(quads: &'q Quads, background: &[String]) -> Self {
        let base = base_of(quads).unwrap_or_default().to_owned();
        Self::index(Cow::Borrowed(quads), base, background)
    }

    fn index(quads: Cow<'q, Quads>, base: String, background: &[String]) -> Self {
        let background: Vec<TermId> = background.iter().filter_map(|iri| quads.find_iri(iri)).collect();
        let is_background = |graph: &TermId| background.contains(graph);
        let marked = |row: &QuadIds| QuadIds { graph: row.graph.filter(is_background), ..*row };
        let mut rows: Vec<_> = quads.rows().iter().map(marked).collect();
        rows.par_sort_unstable();
        rows.dedup_by_key(|row| (row.subject, row.predicate, row.object));
        let mut starts = vec![0; quads.term_ids().count() + 1];
        rows.iter().for_each(|row| starts[row.subject.index() + 1] += 1);
        (1..starts.len()).for_each(|i| starts[i] += starts[i - 1]);
        let classes = classes(&quads, &rows);
        let terms = Terms::of(&quads);
        Self {
            quads,
            base,
            rows,
            starts,
            by_property: OnceLock::new(),
            classes,
            terms,
            voices: OnceLock::new(),
            known: Known::default(),
        }
    }

    /// The quads, with their graphs.
    pub fn quads(&self) -> &Quads {
        &self.quads
    }

    /// Where our own IRIs start; empty if nothing tells.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// What documents state, each once.
    pub fn stated(&self) -> impl Iterator<Item = &QuadIds> {
        self.rows.iter().filter(|row| row.graph.is_none())
    }

    /// What documents state with a property.
    pub fn stated_with(&self, property: NamedNodeRef<'_>) -> impl Iterator<Item = &QuadIds> {
        self.said_with(property).filter(|row| row.graph.is_none())
    }

    /// What is said with a property, in documents and elsewhere.
    pub fn said_with(&self, property: NamedNodeRef<'_>) -> impl Iterator<Item = &QuadIds> {
        let property = self.quads.find_iri(property.as_str());
        let numbers = property.and_then(|property| self.by_property().get(&property));
        numbers.into_iter().flatten().map(|&number| &self.rows[number as usize])
    }

    fn by_property(&self) -> &HashMap<TermId, Vec<u32>, FxBuildHasher> {
        self.by_property.get_or_init(|| {
            let mut found: HashMap<TermId, Vec<u32>, FxBuildHasher> = HashMap::default();
            for (row, number) in self.rows.iter().zip(0..) {
                found.entry(row.predicate).or_default().push(number);
            }
            found
        })
    }

    /// What is said of a subject.
    pub fn of(&self, subject: TermId) -> &[QuadIds] {
        let at = subject.index();
        &self.rows[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    /// The objects of a property of a subject.
    pub fn values(&self, subject: TermId, property: NamedNodeRef<'_>) -> impl Iterator<Item = TermId> + '_ {
        let property = self.quads.find_iri(property.as_str());
        let rows = if property.is_some() { self.of(subject) } else { &[] };
        rows.iter().filter(move |row| Some(row.predicate) == property).map(|row| row.object)
    }

    /// The first object of a property.
    pub fn value(&self, subject: TermId, property: NamedNodeRef<'_>) -> Option<TermId> {
        self.values(subject, property).next()
    }

    /// The texts of the objects of a property, sorted, each once.
    pub fn texts(&self, subject: TermId, property: NamedNodeRef<'_>) -> Vec<&str> {
        let mut texts: Vec<&str> = self.values(subject, property).map(|object| self.quads.text(object)).collect();
        texts.sort_unstable();
        texts.dedup();
        texts
    }

    /// The text of the first object of a property.
    pub fn text(&self, subject: TermId, property: NamedNodeRef<'_>) -> Option<&str> {
        self.value(subject, property).map(|object| self.quads.text(object))
    }

    /// The subjects of a class.
    pub fn members(&self, class: NamedNodeRef<'_>) -> impl Iterator<Item = TermId> + '_ {
        let class = self.quads.find_iri(class.as_str());
        self.said_with(rdf::TYPE).filter(move |row| Some(row.object) == class).map(|row| row.subject)
    }

    /// Things of which documents speak, or with `all` those of the background too.
    pub fn things(&self, all: bool) -> impl Iterator<Item = TermId> {
        self.classes.iter().filter(move |(_, (_, stated))| all || *stated).map(|(&id, _)| id)
    }

    /// The class of a thing; `None` for claims, passages, literals.
    pub fn class(&self, id: TermId) -> Option<Class> {
        self.classes.get(&id).map(|(class, _)| *class)
    }

    /// What is left of an IRI of ours without the base: `state/irn`.
    pub fn key(&self, id: TermId) -> Option<&str> {
        self.quads.iri(id)?.strip_prefix(self.base.as_str()).filter(|_| !self.base.is_empty())
    }

    /// The best name that anything gives: English first, then without a language, then any.
    pub fn given_label(&self, id: TermId) -> Option<&str> {
        let ways = [skos::PREF_LABEL, dcterms::TITLE, rdfs::LABEL, schema::NAME, dcterms::IDENTIFIER];
        ways.into_iter().find_map(|property| self.best(self.values(id, property)))
    }

    /// The name that anything gives in a language, BCP 47; a wider tag has its narrower ones.
    pub fn label_in(&self, id: TermId, language: &str) -> Option<&str> {
        let ways = [skos::PREF_LABEL, rdfs::LABEL, schema::NAME];
        let is_in = |tag: &str| {
            let rest = tag.get(..language.len()).filter(|start| start.eq_ignore_ascii_case(language));
            rest.is_some() && matches!(tag.as_bytes().get(language.len()), None | Some(b'-'))
        };
        let of_language = |literal: &TermId| self.quads.language(*literal).is_some_and(is_in);
        let order = |literal: &TermId| (self.quads.language(*literal), self.quads.text(*literal));
        ways.into_iter().find_map(|property| {
            let found = self.values(id, property).filter(of_language).min_by_key(order);
            found.map(|literal| self.quads.text(literal))
        })
    }

    /// The best label, else the end of the IRI.
    pub fn label(&self, id: TermId) -> String {
        let end = || self.quads.text(id).rsplit(['/', '#']).next().unwrap_or_default();
        one_line(self.given_label(id).unwrap_or_else(end))
    }

    /// A literal's words, a thing's label.
    pub fn words(&self, id: TermId) -> String {
        if self.quads.is_literal(id) { one_line(self.quads.text(id)) } else { self.label(id) }
    }

    /// The shortest other name in capitals that the label does not hold.
    pub fn acronym(&self, id: TermId) -> Option<String> {
        let label = self.label(id);
        let names = self.values(id, skos::ALT_LABEL).map(|name| self.quads.text(name));
        let fits = |name: &&str| is_acronym(name) && !label.contains(*name);
        names.filter(fits).min_by_key(|name| (name.len(), *name)).map(str::to_owned)
    }

    /// Of literals the best: English first, then without a language, then any; within these the first in order.
    fn best(&self, literals: impl Iterator<Item = TermId>) -> Option<&str> {
        let rank = |language: Option<&str>| match language {
            Some("en") => 0,
            None => 1,
            Some(tag) if tag.starts_with("en") => 2,
            Some(_) => 3,
        };
        let order = |literal: &TermId| {
            let language = self.quads.language(*literal);
            (rank(language), language, self.quads.text(*literal))
        };
        literals.filter(|id| self.quads.is_literal(*id)).min_by_key(order).map(|literal| self.quads.text(literal))
    }
}

/// What comes before `text/` in the IRI of the first stored text.
fn base_of(quads: &Quads) -> Option<&str> {
    let hash = quads.find_iri(schema::SHA256.as_str())?;
    let text = quads.rows().iter().find(|row| row.predicate == hash)?.subject;
    let (base, digits) = quads.iri(text)?.rsplit_once("text/")?;
    (!digits.contains('/')).then_some(base)
}

fn classes(quads: &Quads, rows: &[QuadIds]) -> BTreeMap<TermId, (Class, bool)> {
    let mut classes: BTreeMap<TermId, (Class, bool)> = BTreeMap::new();
    let a = quads.find_iri(rdf::TYPE.as_str());
    for row in rows.iter().filter(|row| Some(row.predicate) == a) {
        let local = vocabulary::local_name(quads.text(row.object));
        if let Some(class) = local.and_then(Class::from_name) {
            let (kept, stated) = classes.entry(row.subject).or_insert((class, false));
            *kept = finer(*kept, class);
            *stated |= row.graph.is_none();
        }
    }
    classes
}

/// Of two classes the finer one, which says more; of two equally fine ones always the same.
fn finer(one: Class, other: Class) -> Class {
    let key = |class: Class| (matches!(class, Class::Of(_)), class == Class::Of(Kind::Document), class);
    if key(other) < key(one) { other } else { one }
}

/// Two to eight letters or digits, capitals in the main.
fn is_acronym(name: &str) -> bool {
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    (2..=8).contains(&name.chars().count())
        && name.chars().all(char::is_alphanumeric)
        && 2 * capitals > name.chars().count()
}
