//! Quads looked up by subject: labels, classes, single values.

use std::collections::BTreeMap;

use oxigraph::model::NamedNodeRef;

use crate::export::{QuadIds, Quads, TermId};
use crate::lift::vocabulary::{self, dcterms, oa, rdf, skos};
use crate::model::{Class, Kind};

/// An index of quads by subject, with the classes of things.
pub struct Facts<'q> {
    pub quads: &'q Quads,
    /// By subject, property, object; each once, whatever its graph.
    rows: Vec<QuadIds>,
    /// Where the rows of each term start; one more entry than terms.
    starts: Vec<u32>,
    classes: BTreeMap<TermId, Class>,
}

impl<'q> Facts<'q> {
    pub fn new(quads: &'q Quads) -> Self {
        let mut rows: Vec<_> = quads.rows().iter().map(|row| QuadIds { graph: None, ..*row }).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut starts = vec![0; quads.term_ids().count() + 1];
        rows.iter().for_each(|row| starts[row.subject.index() + 1] += 1);
        (1..starts.len()).for_each(|i| starts[i] += starts[i - 1]);
        let mut facts = Self { quads, rows, starts, classes: BTreeMap::new() };
        facts.classes = facts.find_classes();
        facts
    }

    /// All rows, each once.
    pub fn rows(&self) -> &[QuadIds] {
        &self.rows
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

    /// Things and their classes.
    pub fn things(&self) -> &BTreeMap<TermId, Class> {
        &self.classes
    }

    /// The class of a thing; `None` for claims, passages, literals.
    pub fn class(&self, id: TermId) -> Option<Class> {
        self.classes.get(&id).copied()
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
        folded(best.map_or_else(end, |label| self.quads.text(label)))
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
        let sources = self.rows.iter().filter(|row| self.quads.text(row.predicate) == oa::HAS_SOURCE.as_str());
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

    fn find_classes(&self) -> BTreeMap<TermId, Class> {
        let Some(a) = self.quads.find_iri(rdf::TYPE.as_str()) else { return BTreeMap::new() };
        let mut classes = BTreeMap::new();
        for row in self.rows.iter().filter(|row| row.predicate == a) {
            let local = vocabulary::local_name(self.quads.text(row.object));
            if let Some(class) = local.and_then(Class::from_name) {
                let kept = classes.entry(row.subject).or_insert(class);
                // Of two classes the finer one says more; of two equally fine ones any will do, if always the same.
                *kept = (*kept).min_by_fineness(class);
            }
        }
        classes
    }
}

trait Fineness {
    fn min_by_fineness(self, other: Self) -> Self;
}

impl Fineness for Class {
    fn min_by_fineness(self, other: Self) -> Self {
        let key = |class: Class| (matches!(class, Class::Of(_)), class == Class::Of(Kind::Document), class);
        if key(other) < key(self) { other } else { self }
    }
}

/// Line breaks and runs of blanks as one blank.
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Two to eight letters or digits, capitals in the main.
fn is_acronym(name: &str) -> bool {
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    (2..=8).contains(&name.chars().count())
        && name.chars().all(char::is_alphanumeric)
        && 2 * capitals > name.chars().count()
}
