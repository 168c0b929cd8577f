//! Quads looked up by subject: labels, classes, single values.

use std::collections::BTreeMap;

use oxigraph::model::NamedNodeRef;

use crate::export::{QuadIds, Quads, TermId};
use crate::lift::vocabulary::{self, dcterms, oa, rdf, skos};
use crate::model::text::one_line;
use crate::model::{Class, Kind};

/// An index of quads by subject, with the classes of things.
pub struct Facts<'q> {
    pub quads: &'q Quads,
    /// By subject, property, object; each once. The graph tells only whether no document states it: then it is one of
    /// the background.
    rows: Vec<QuadIds>,
    /// Where the rows of each term start; one more entry than terms.
    starts: Vec<u32>,
    /// The class of each thing, and whether a document gives it.
    classes: BTreeMap<TermId, (Class, bool)>,
}

impl<'q> Facts<'q> {
    /// Indexes quads. Graphs with an IRI in `background` explain things and add none.
    pub fn new(quads: &'q Quads, background: &[String]) -> Self {
        let background: Vec<TermId> = background.iter().filter_map(|iri| quads.find_iri(iri)).collect();
        let is_background = |graph: &TermId| background.contains(graph);
        let marked = |row: &QuadIds| QuadIds { graph: row.graph.filter(is_background), ..*row };
        let mut rows: Vec<_> = quads.rows().iter().map(marked).collect();
        rows.sort_unstable();
        rows.dedup_by_key(|row| (row.subject, row.predicate, row.object));
        let mut starts = vec![0; quads.term_ids().count() + 1];
        rows.iter().for_each(|row| starts[row.subject.index() + 1] += 1);
        (1..starts.len()).for_each(|i| starts[i] += starts[i - 1]);
        let mut facts = Self { quads, rows, starts, classes: BTreeMap::new() };
        facts.classes = facts.find_classes();
        facts
    }

    /// What documents state, each once.
    pub fn stated(&self) -> impl Iterator<Item = &QuadIds> {
        self.rows.iter().filter(|row| row.graph.is_none())
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

    /// The text of the first object of a property.
    pub fn text(&self, subject: TermId, property: NamedNodeRef<'_>) -> Option<&'q str> {
        self.value(subject, property).map(|object| self.quads.text(object))
    }

    /// The subjects of a class.
    pub fn members(&self, class: NamedNodeRef<'_>) -> impl Iterator<Item = TermId> + '_ {
        let ids = self.quads.find_iri(rdf::TYPE.as_str()).zip(self.quads.find_iri(class.as_str()));
        self.rows.iter().filter(move |row| ids == Some((row.predicate, row.object))).map(|row| row.subject)
    }

    /// Things of which documents speak, or with `all` those of the background too.
    pub fn things(&self, all: bool) -> impl Iterator<Item = TermId> {
        self.classes.iter().filter(move |(_, (_, stated))| all || *stated).map(|(&id, _)| id)
    }

    /// The class of a thing; `None` for claims, passages, literals.
    pub fn class(&self, id: TermId) -> Option<Class> {
        self.classes.get(&id).map(|(class, _)| *class)
    }

    /// The best label: English, then without language, then any; else the end of the IRI.
    pub fn label(&self, id: TermId) -> String {
        let language = |label: TermId| match self.quads.language(label) {
            Some("en") => 0,
            None => 1,
            Some(tag) if tag.starts_with("en") => 2,
            Some(_) => 3,
        };
        let labels = self.values(id, skos::PREF_LABEL);
        let best = labels.min_by_key(|&label| (language(label), self.quads.language(label), self.quads.text(label)));
        let end = || self.quads.text(id).rsplit(['/', '#']).next().unwrap_or_default();
        one_line(best.map_or_else(end, |label| self.quads.text(label)))
    }

    /// The shortest other name in capitals that the label does not hold.
    pub fn acronym(&self, id: TermId) -> Option<String> {
        let label = self.label(id);
        let names = self.values(id, skos::ALT_LABEL).map(|name| self.quads.text(name));
        let fits = |name: &&str| is_acronym(name) && !label.contains(*name);
        names.filter(fits).min_by_key(|name| (name.len(), *name)).map(str::to_owned)
    }

    /// Label and date of each text, by date.
    pub fn documents(&self) -> Vec<(String, String)> {
        let has_source = self.quads.find_iri(oa::HAS_SOURCE.as_str());
        let sources = self.rows.iter().filter(|row| Some(row.predicate) == has_source);
        let mut texts: Vec<TermId> = sources.map(|row| row.object).collect();
        texts.extend(self.members(vocabulary::rap::STATEMENT));
        texts.sort_unstable();
        texts.dedup();
        let mut documents: Vec<_> = texts.into_iter().map(|text| (self.date(text), self.label(text))).collect();
        documents.sort_unstable();
        documents.into_iter().map(|(date, label)| (label, date)).collect()
    }

    /// The date of a document; empty if it has none.
    pub fn date(&self, document: TermId) -> String {
        self.text(document, dcterms::DATE).unwrap_or_default().to_owned()
    }

    fn find_classes(&self) -> BTreeMap<TermId, (Class, bool)> {
        let mut classes: BTreeMap<TermId, (Class, bool)> = BTreeMap::new();
        let a = self.quads.find_iri(rdf::TYPE.as_str());
        for row in self.rows.iter().filter(|row| Some(row.predicate) == a) {
            let local = vocabulary::local_name(self.quads.text(row.object));
            if let Some(class) = local.and_then(Class::from_name) {
                let (kept, stated) = classes.entry(row.subject).or_insert((class, false));
                *kept = finer(*kept, class);
                *stated |= row.graph.is_none();
            }
        }
        classes
    }
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
