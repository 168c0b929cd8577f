//! The dataset in VoID and DCAT, as Turtle: how many triples, things, classes and properties, with which links to whom,
//! under which licence, made of which texts by which program.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use sha2::{Digest, Sha256};

use super::About;
use crate::export::{ExportError, Format, Prefixes, QuadIds, Quads, TermId, rdf as writers};
use crate::lift::vocabulary::{dcat, dcterms, foaf, prov, rdf, schema, skos, void, xsd};
use crate::model::text::hex;
use crate::record::Literal;

/// Where IANA's media types have their addresses.
const MEDIA_TYPES: &str = "https://www.iana.org/assignments/media-types/";

/// What any such graph is of.
const KEYWORDS: [&str; 3] = ["diplomacy", "positions of States", "United Nations"];

/// Documents that are named as examples.
const EXAMPLES: usize = 3;

/// Writes the description of quads as Turtle. Graphs with an IRI in `background` are no part of them.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(
    quads: &Quads,
    background: &[String],
    base: &str,
    about: &About,
    prefixes: &Prefixes,
    out: impl Write,
) -> Result<(), ExportError> {
    let rows = rows(quads, background);
    let mut told = Description::new(quads, &rows, base, about);
    told.dataset(about);
    told.counts();
    told.partitions();
    told.links();
    told.origin(about);
    writers::write(&told.out, Format::Turtle, prefixes, out)?;
    Ok(())
}

fn rows(quads: &Quads, background: &[String]) -> Vec<QuadIds> {
    let background: Vec<TermId> = background.iter().filter_map(|iri| quads.find_iri(iri)).collect();
    let is_ours = |row: &&QuadIds| row.graph.is_none_or(|graph| !background.contains(&graph));
    quads.rows().iter().filter(is_ours).copied().collect()
}

struct Description<'q> {
    quads: &'q Quads,
    /// All quads; a triple may be in several graphs.
    rows: &'q [QuadIds],
    /// Its triples, each once.
    triples: BTreeSet<(TermId, TermId, TermId)>,
    out: Quads,
    base: String,
    /// IRI of the dataset.
    iri: String,
}

impl<'q> Description<'q> {
    fn new(quads: &'q Quads, rows: &'q [QuadIds], base: &str, about: &About) -> Self {
        let triples: BTreeSet<_> = rows.iter().map(|row| (row.subject, row.predicate, row.object)).collect();
        let iri = format!("{base}dataset/{}", name(about, triples.len()));
        Self { quads, rows, triples, out: Quads::default(), base: base.to_owned(), iri }
    }

    fn dataset(&mut self, about: &About) {
        let iri = self.iri.clone();
        for class in [void::DATASET, dcat::DATASET] {
            self.link(&iri, rdf::TYPE.as_str(), class.as_str());
        }
        self.words(&iri, dcterms::TITLE.as_str(), &about.title);
        self.words(&iri, dcterms::DESCRIPTION.as_str(), &about.summary);
        if let Some(licence) = &about.licence {
            self.link(&iri, dcterms::LICENSE.as_str(), &licence.url);
        }
        if let Some(created) = &about.created {
            let moment = self.out.intern_literal(super::moment(created));
            self.add(&iri, dcterms::CREATED.as_str(), moment);
        }
        let base = self.base.clone();
        self.plain(&iri, void::URI_SPACE.as_str(), &base);
        let file = format!("{iri}#file");
        self.link(&iri, dcat::DISTRIBUTION.as_str(), &file);
        self.link(&file, rdf::TYPE.as_str(), dcat::DISTRIBUTION_CLASS.as_str());
        self.words(&file, dcterms::TITLE.as_str(), &about.file);
        let (place, media_type) = (format!("{iri}/{}", about.file), format!("{MEDIA_TYPES}{}", about.media_type));
        self.link(&file, dcat::ACCESS_URL.as_str(), &place);
        self.link(&iri, void::DATA_DUMP.as_str(), &place);
        self.link(&file, dcat::MEDIA_TYPE.as_str(), &media_type);
        self.link(&media_type, rdf::TYPE.as_str(), dcterms::MEDIA_TYPE_CLASS.as_str());
        if let Some(licence) = &about.licence {
            self.link(&file, dcterms::LICENSE.as_str(), &licence.url);
            self.link(&licence.url, rdf::TYPE.as_str(), dcterms::LICENSE_DOCUMENT.as_str());
        }
        for keyword in KEYWORDS {
            self.words(&iri, dcat::KEYWORD.as_str(), keyword);
        }
        for document in about.documents.iter().take(EXAMPLES) {
            self.link(&iri, void::EXAMPLE_RESOURCE.as_str(), &document.iri);
        }
    }

    fn counts(&mut self) {
        let distinct =
            |of: fn(&(TermId, TermId, TermId)) -> TermId| -> BTreeSet<TermId> { self.triples.iter().map(of).collect() };
        let (subjects, properties, objects) = (distinct(|t| t.0), distinct(|t| t.1), distinct(|t| t.2));
        let a = self.quads.find_iri(rdf::TYPE.as_str());
        let typed = self.triples.iter().filter(|triple| Some(triple.1) == a);
        let classes: BTreeSet<TermId> = typed.clone().map(|triple| triple.2).collect();
        let things: BTreeSet<TermId> = typed.map(|triple| triple.0).collect();
        let namespaces: BTreeSet<&str> =
            properties.iter().chain(&classes).filter_map(|&id| namespace(self.quads.text(id))).collect();
        let namespaces: Vec<String> = namespaces.into_iter().map(str::to_owned).collect();
        let iri = self.iri.clone();
        for (property, number) in [
            (void::TRIPLES, self.triples.len()),
            (void::ENTITIES, things.len()),
            (void::CLASSES, classes.len()),
            (void::PROPERTIES, properties.len()),
            (void::DISTINCT_SUBJECTS, subjects.len()),
            (void::DISTINCT_OBJECTS, objects.len()),
        ] {
            self.number(&iri, property.as_str(), number);
        }
        for namespace in namespaces {
            self.link(&iri, void::VOCABULARY.as_str(), &namespace);
        }
    }

    /// How many things of each class, how many triples of each property.
    fn partitions(&mut self) {
        let a = self.quads.find_iri(rdf::TYPE.as_str());
        let mut classes: BTreeMap<String, usize> = BTreeMap::new();
        let mut properties: BTreeMap<String, usize> = BTreeMap::new();
        for (_, predicate, object) in &self.triples {
            *properties.entry(self.quads.text(*predicate).to_owned()).or_default() += 1;
            if Some(*predicate) == a {
                *classes.entry(self.quads.text(*object).to_owned()).or_default() += 1;
            }
        }
        let iri = self.iri.clone();
        for (at, (class, count)) in classes.iter().enumerate() {
            let part = format!("{iri}#class-{}", at + 1);
            self.link(&iri, void::CLASS_PARTITION.as_str(), &part);
            self.link(&part, void::CLASS.as_str(), class);
            self.number(&part, void::ENTITIES.as_str(), *count);
        }
        for (at, (property, count)) in properties.iter().enumerate() {
            let part = format!("{iri}#property-{}", at + 1);
            self.link(&iri, void::PROPERTY_PARTITION.as_str(), &part);
            self.link(&part, void::PROPERTY.as_str(), property);
            self.number(&part, void::TRIPLES.as_str(), *count);
        }
    }

    /// The sets of links, one a scheme, on what terms the scheme is given, and in each a set for every property that ties:
    /// a set of links runs one way.
    fn links(&mut self) {
        let start = format!("{}graph/links/", self.base);
        let mut sets: BTreeMap<&str, BTreeMap<&str, Vec<&QuadIds>>> = BTreeMap::new();
        for row in self.rows {
            let graph = row.graph.map(|graph| self.quads.text(graph)).filter(|graph| graph.starts_with(&start));
            let is_tie = self.quads.iri(row.object).is_some();
            if let Some(graph) = graph.filter(|graph| is_tie && self.quads.text(row.subject) != *graph) {
                sets.entry(graph).or_default().entry(self.quads.text(row.predicate)).or_default().push(row);
            }
        }
        let iri = self.iri.clone();
        for (set, properties) in sets {
            let target = format!("{set}#target");
            self.link(&iri, void::SUBSET.as_str(), set);
            self.link(set, rdf::TYPE.as_str(), void::DATASET.as_str());
            self.number(set, void::TRIPLES.as_str(), properties.values().map(Vec::len).sum());
            self.terms(set);
            self.link(&target, rdf::TYPE.as_str(), void::DATASET.as_str());
            self.words(&target, dcterms::TITLE.as_str(), set.strip_prefix(&start).unwrap_or(set));
            for (at, (property, rows)) in properties.into_iter().enumerate() {
                let part = format!("{set}#ties-{}", at + 1);
                // From the concept to the thing that it is about; all others from our thing.
                let (from, to) = if property == foaf::FOCUS.as_str() { (&target, &iri) } else { (&iri, &target) };
                self.link(set, void::SUBSET.as_str(), &part);
                self.link(&part, rdf::TYPE.as_str(), void::LINKSET.as_str());
                self.link(&part, void::LINK_PREDICATE.as_str(), property);
                self.link(&part, void::SUBJECTS_TARGET.as_str(), from);
                self.link(&part, void::OBJECTS_TARGET.as_str(), to);
                self.number(&part, void::TRIPLES.as_str(), rows.len());
            }
        }
    }

    /// On what terms the publisher of a scheme gives what ties take from it.
    fn terms(&mut self, set: &str) {
        let of_set = self.rows.iter().filter(|row| self.quads.text(row.subject) == set);
        let told: Vec<(&str, TermId)> = of_set.map(|row| (self.quads.text(row.predicate), row.object)).collect();
        for (property, object) in told {
            if property == dcterms::LICENSE.as_str() {
                self.link(set, property, self.quads.text(object));
            } else if property == dcterms::RIGHTS.as_str() {
                self.words(set, property, self.quads.text(object));
            }
        }
    }

    /// The texts by their hashes, and the program that read them.
    fn origin(&mut self, about: &About) {
        let iri = self.iri.clone();
        for document in &about.documents {
            self.link(&iri, prov::WAS_DERIVED_FROM.as_str(), &document.iri);
            self.words(&document.iri, dcterms::TITLE.as_str(), &document.title);
            self.plain(&document.iri, schema::SHA256.as_str(), &document.sha256);
        }
        let program = super::program();
        let agent = format!("{}software/{}", self.base, program.replace(' ', "-"));
        self.link(&iri, prov::WAS_ATTRIBUTED_TO.as_str(), &agent);
        self.link(&agent, rdf::TYPE.as_str(), prov::SOFTWARE_AGENT.as_str());
        self.link(&agent, rdf::TYPE.as_str(), foaf::AGENT.as_str());
        self.link(&iri, dcterms::CREATOR.as_str(), &agent);
        self.words(&agent, skos::PREF_LABEL.as_str(), &program);
        self.plain(&agent, foaf::NAME.as_str(), &program);
        self.plain(&agent, schema::SOFTWARE_VERSION.as_str(), env!("CARGO_PKG_VERSION"));
    }

    fn link(&mut self, subject: &str, predicate: &str, object: &str) {
        let object = self.out.intern_iri(object);
        self.add(subject, predicate, object);
    }

    fn words(&mut self, subject: &str, predicate: &str, value: &str) {
        let object = self.out.intern_literal(Literal::Tagged(value, "en"));
        self.add(subject, predicate, object);
    }

    fn plain(&mut self, subject: &str, predicate: &str, value: &str) {
        let object = self.out.intern_literal(Literal::Simple(value));
        self.add(subject, predicate, object);
    }

    fn number(&mut self, subject: &str, predicate: &str, number: usize) {
        let object = self.out.intern_literal(Literal::Typed(&number.to_string(), xsd::INTEGER.as_str()));
        self.add(subject, predicate, object);
    }

    fn add(&mut self, subject: &str, predicate: &str, object: TermId) {
        let row = QuadIds {
            subject: self.out.intern_iri(subject),
            predicate: self.out.intern_iri(predicate),
            object,
            graph: None,
        };
        self.out.insert_ids(row);
    }
}

/// A name made of what the export is made of.
fn name(about: &About, triples: usize) -> String {
    let mut hash = Sha256::new();
    let mut texts: Vec<&str> = about.documents.iter().map(|document| document.sha256.as_str()).collect();
    texts.sort_unstable();
    texts.iter().for_each(|text| hash.update(text));
    hash.update(format!("{} {triples} {}", about.file, about.summary));
    hex(&hash.finalize()[..8])
}

/// What an IRI shares with the others of its vocabulary.
fn namespace(iri: &str) -> Option<&str> {
    let at = iri.rfind(['#', '/'])?;
    iri.get(..=at)
}
