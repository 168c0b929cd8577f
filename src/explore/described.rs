//! What the endpoint says of itself: the SPARQL 1.1 Service Description, VoID with its partitions, prefixes, and the bundled
//! questions as executables in the words of SHACL, where editors look for them. No blank nodes.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::export::Quads;
use crate::lift::vocabulary::{PREFIXES, dcterms, rdf, rdfs, void, xsd};
use crate::query::Library;
use crate::record::{Literal, Node, Term, TermId};

use super::reading::Reading;

const SD: &str = "http://www.w3.org/ns/sparql-service-description#";
const ANY_URI: &str = "http://www.w3.org/2001/XMLSchema#anyURI";
const SH: &str = "http://www.w3.org/ns/shacl#";

/// What results and graphs can be had as, in W3C's names.
const RESULTS: [&str; 10] = [
    "SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV", "Turtle", "N-Triples",
    "RDF_XML", "JSON-LD", "TriG", "N-Quads",
];

/// A description under way.
struct Description {
    out: Quads,
    base: String,
}

/// All that the endpoint says of itself. `endpoint` is its address, if that is known.
pub fn description(reading: &Reading, endpoint: Option<&str>) -> Quads {
    let base = reading.directory().base().as_str().to_owned();
    let mut told = Description { out: Quads::default(), base };
    if let Some(endpoint) = endpoint {
        told.service(reading, endpoint);
    }
    told.dataset(reading);
    told.prefixes();
    told.questions();
    told.out
}

impl Description {
    fn service(&mut self, reading: &Reading, endpoint: &str) {
        let (service, dataset) = (format!("{endpoint}#service"), format!("{endpoint}#dataset"));
        self.link(&service, rdf::TYPE.as_str(), &sd("Service"));
        self.link(&service, &sd("endpoint"), endpoint);
        self.link(&service, &sd("supportedLanguage"), &sd("SPARQL11Query"));
        for format in RESULTS {
            self.link(&service, &sd("resultFormat"), &format!("http://www.w3.org/ns/formats/{format}"));
        }
        self.link(&service, &sd("feature"), &sd("UnionDefaultGraph"));
        self.link(&service, &sd("defaultDataset"), &dataset);
        self.link(&dataset, rdf::TYPE.as_str(), &sd("Dataset"));
        let default = format!("{endpoint}#default-graph");
        self.link(&dataset, &sd("defaultGraph"), &default);
        self.link(&default, rdf::TYPE.as_str(), &sd("Graph"));
        let quads = reading.record().quads();
        let graphs: BTreeSet<TermId> = quads.rows().iter().filter_map(|row| row.graph).collect();
        for graph in graphs.into_iter().filter_map(|graph| quads.iri(graph)) {
            let named = format!("{endpoint}#graph-{}", graph.strip_prefix(&self.base).unwrap_or(graph));
            self.link(&dataset, &sd("namedGraph"), &named);
            self.link(&named, rdf::TYPE.as_str(), &sd("NamedGraph"));
            self.link(&named, &sd("name"), graph);
        }
    }

    /// The dataset: how many statements, which classes, and which properties each class has.
    fn dataset(&mut self, reading: &Reading) {
        let quads = reading.record().quads();
        let a = quads.find_iri(rdf::TYPE.as_str());
        let mut classes_of: HashMap<TermId, Vec<TermId>> = HashMap::new();
        let mut sizes: BTreeMap<&str, BTreeSet<TermId>> = BTreeMap::new();
        for row in quads.rows().iter().filter(|row| Some(row.predicate) == a) {
            classes_of.entry(row.subject).or_default().push(row.object);
            sizes.entry(quads.text(row.object)).or_default().insert(row.subject);
        }
        let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        let mut triples = 0;
        let triple = |row: &crate::record::QuadIds| (row.subject, row.predicate, row.object);
        let mut rows = quads.rows().to_vec();
        rows.sort_unstable();
        rows.dedup_by_key(|row| triple(row));
        for row in &rows {
            triples += 1;
            let mut classes = classes_of.get(&row.subject).cloned().unwrap_or_default();
            classes.sort_unstable();
            classes.dedup();
            for class in classes {
                *counts.entry((quads.text(class), quads.text(row.predicate))).or_default() += 1;
            }
        }
        let dataset = format!("{}dataset", self.base);
        self.link(&dataset, rdf::TYPE.as_str(), void::DATASET.as_str());
        self.words(&dataset, dcterms::TITLE.as_str(), "Claims in diplomatic and UN texts, each with its sentence");
        self.number(&dataset, void::TRIPLES.as_str(), triples);
        let base = self.base.clone();
        self.plain(&dataset, void::URI_SPACE.as_str(), &base);
        for (class, members) in sizes {
            let part = format!("{dataset}#class-{}", last(class));
            self.link(&dataset, void::CLASS_PARTITION.as_str(), &part);
            self.link(&part, void::CLASS.as_str(), class);
            self.number(&part, void::ENTITIES.as_str(), members.len());
        }
        for ((class, property), count) in counts {
            let part = format!("{dataset}#class-{}", last(class));
            let of = format!("{part}-{}", last(property));
            self.link(&part, void::PROPERTY_PARTITION.as_str(), &of);
            self.link(&of, void::PROPERTY.as_str(), property);
            self.number(&of, void::TRIPLES.as_str(), count);
        }
    }

    fn prefixes(&mut self) {
        let dataset = format!("{}dataset", self.base);
        let base = self.base.clone();
        for (prefix, namespace) in PREFIXES.iter().copied().chain([("id", base.as_str())]) {
            let declaration = format!("{dataset}#prefix-{prefix}");
            self.link(&dataset, &sh("declare"), &declaration);
            self.link(&declaration, rdf::TYPE.as_str(), &sh("PrefixDeclaration"));
            self.plain(&declaration, &sh("prefix"), prefix);
            let namespace = Term::Literal(Literal::Typed(namespace, ANY_URI));
            self.out.push(Node::Iri(&declaration), &sh("namespace"), namespace, None);
        }
    }

    /// The bundled questions, with the values of their examples.
    fn questions(&mut self) {
        let dataset = format!("{}dataset", self.base);
        for entry in Library::bundled().entries() {
            let Ok(header) = entry.header() else { continue };
            let iri = format!("{}query/{}", self.base, entry.name);
            for class in ["SPARQLExecutable", "SPARQLSelectExecutable"] {
                self.link(&iri, rdf::TYPE.as_str(), &sh(class));
            }
            self.words(&iri, rdfs::COMMENT.as_str(), &header.summary);
            self.plain(&iri, &sh("select"), &entry.text);
            self.link(&iri, &sh("prefixes"), &dataset);
            for tag in &header.tags {
                self.plain(&iri, "https://schema.org/keywords", tag);
            }
        }
    }

    fn link(&mut self, subject: &str, predicate: &str, object: &str) {
        self.out.push(Node::Iri(subject), predicate, Term::Node(Node::Iri(object)), None);
    }

    fn words(&mut self, subject: &str, predicate: &str, value: &str) {
        self.out.push(Node::Iri(subject), predicate, Term::Literal(Literal::Tagged(value, "en")), None);
    }

    fn plain(&mut self, subject: &str, predicate: &str, value: &str) {
        self.out.push(Node::Iri(subject), predicate, Term::Literal(Literal::Simple(value)), None);
    }

    fn number(&mut self, subject: &str, predicate: &str, number: usize) {
        let number = number.to_string();
        self.out.push(
            Node::Iri(subject),
            predicate,
            Term::Literal(Literal::Typed(&number, xsd::INTEGER.as_str())),
            None,
        );
    }
}

fn sd(name: &str) -> String {
    [SD, name].concat()
}

fn sh(name: &str) -> String {
    [SH, name].concat()
}

/// The end of an IRI, as part of another.
fn last(iri: &str) -> String {
    let namespace = PREFIXES.iter().find_map(|(prefix, space)| Some((prefix, iri.strip_prefix(space)?)));
    match namespace {
        Some((prefix, local)) => format!("{prefix}-{local}"),
        None => super::request::encoded(iri),
    }
}
