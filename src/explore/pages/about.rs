//! What this is: the sources with their dates and hashes, how to cite, what the rules cannot do; and the terms of the
//! ontology, each with its place on the page.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use maud::{Markup, html};
use oxrdf::{NamedOrBlankNode, Term, Triple};
use serde::Serialize;

use crate::explore::accept::Form;
use crate::explore::cards::{self, Name};
use crate::explore::graphs;
use crate::explore::response::Response;
use crate::explore::visit::{Answered, Page, Visit, row};
use crate::export::Quads;
use crate::lift::vocabulary::{ONTOLOGY_TURTLE, local_name};
use crate::query::DEFAULT_GRAPH;

/// The sources.
#[derive(Serialize)]
struct About {
    program: &'static str,
    version: &'static str,
    revision: String,
    base: String,
    documents: Vec<Source>,
    claims: usize,
    #[serde(skip)]
    has_endpoint: bool,
}

/// A text.
#[derive(Serialize)]
struct Source {
    text: Name,
    cite: String,
    sha256: String,
    read_by: String,
    sentences: usize,
    silent: usize,
}

/// Answers with the sources.
///
/// # Errors
/// 406.
pub fn about(visit: &Visit<'_>) -> Answered {
    let reading = visit.reading;
    let documents = reading.texts().iter().rev().map(|text| {
        let entry = reading.directory().documents().get(&text.sha256);
        Source {
            text: visit.namer.text(text),
            cite: text.reference.prose(),
            sha256: text.sha256.clone(),
            read_by: entry.map(|entry| entry.by.clone()).unwrap_or_default(),
            sentences: entry.map(|entry| entry.counts.sentences).unwrap_or_default(),
            silent: entry.map(|entry| entry.counts.silent).unwrap_or_default(),
        }
    });
    let page = About {
        program: "Rapporteur",
        version: env!("CARGO_PKG_VERSION"),
        revision: reading.revision().to_owned(),
        base: reading.record().base().to_owned(),
        documents: documents.collect(),
        claims: reading.claims().len(),
        has_endpoint: visit.settings.has_endpoint,
    };
    visit.answer(&page, &[])
}

impl Page for About {
    fn title(&self) -> String {
        "About".to_owned()
    }

    fn rows(&self) -> Option<Vec<Vec<String>>> {
        let mut rows = vec![row(&["text", "citation", "sha256", "read by", "sentences", "without a claim"])];
        rows.extend(self.documents.iter().map(|one| {
            row(&[
                &one.text.iri,
                &one.cite,
                &one.sha256,
                &one.read_by,
                &one.sentences.to_string(),
                &one.silent.to_string(),
            ])
        }));
        Some(rows)
    }

    fn body(&self) -> Markup {
        let (sentences, silent) =
            self.documents.iter().fold((0, 0), |sum, one| (sum.0 + one.sentences, sum.1 + one.silent));
        html! {
            h1 { "About" }
            p { "Rapporteur reads diplomatic and UN texts and reports who said what, where, about whom. No claim stands without its sentence: each leads to its words in the text, by character." }
            h2 { "What it is not" }
            ul {
                li { "A quote shows that something was said, not that it is true. Two speakers’ numbers stand side by side." }
                li { "Rules found the claims, people have not read them all. " @if sentences > 0 { (silent) " of " (sentences) " sentences gave none; that no position is found does not mean that there was none." } }
                li { "A claim with a confidence under " (crate::explore::reading::SURE) " wants a reader: read its sentence before you use it." }
            }
            h2 { "How to cite" }
            p { "Cite the text, as each page of a text or claim tells, with the characters and the number of the claim; then the program: " span class="cite" { (self.program) " " (self.version) ", state " code { (self.revision) } "." } }
            p { "The texts are their authors’. What is said of them here may be used under the terms that the owner of this store sets." }
            h2 { "As data" }
            p { "Every address gives RDF and JSON: with a suffix (" code { ".ttl" } ", " code { ".jsonld" } ", " code { ".json" } ") or by " code { "Accept" } ". " a href="/.well-known/void" { "Description of the dataset" } " · " @if self.has_endpoint { a href="/sparql" { "SPARQL" } " · " } a href="/ontology" { "Terms" } }
            p { "IRIs begin with " code { (self.base) } }
            h2 { "Sources " span class="count" { (self.documents.len()) } }
            ul class="plain" { @for one in &self.documents { li { (cards::link(&one.text)) ": " (one.cite) " " br; small class="faint" { "SHA-256 " code { (one.sha256) } " · read by " (one.read_by) } } } }
        }
    }
}

/// The terms.
#[derive(Serialize)]
struct Ontology {
    terms: Vec<TermEntry>,
}

/// A term of ours.
#[derive(Clone, Default, Serialize)]
struct TermEntry {
    name: String,
    label: String,
    comment: String,
    kind: String,
    /// Other statements: property in words and value.
    facts: Vec<(String, String)>,
}

/// The ontology that ships, read once.
static TRIPLES: LazyLock<Vec<Triple>> =
    LazyLock::new(|| oxttl::TurtleParser::new().for_slice(ONTOLOGY_TURTLE).filter_map(Result::ok).collect());

/// Answers with the terms.
///
/// # Errors
/// 406.
pub fn ontology(visit: &Visit<'_>) -> Answered {
    let more = ["ttl", "jsonld", "nt", "rdf"];
    let offered: Vec<&'static str> = ["html", "json"].into_iter().chain(more).collect();
    let form: &Form = visit.form(&offered)?;
    if graphs::is_rdf(form) {
        let mut quads = Quads::default();
        TRIPLES.iter().for_each(|triple| quads.insert(triple.as_ref().in_graph(DEFAULT_GRAPH)));
        let body = graphs::write(visit.reading, &quads, form)?;
        return Ok(visit.told(Response::new(200, &form.content_type(), body), &offered));
    }
    visit.answer(&Ontology { terms: terms() }, &more)
}

fn terms() -> Vec<TermEntry> {
    let mut terms: BTreeMap<String, TermEntry> = BTreeMap::new();
    for triple in TRIPLES.iter() {
        let NamedOrBlankNode::NamedNode(subject) = &triple.subject else { continue };
        let Some(name) = local_name(subject.as_str()) else { continue };
        let entry =
            terms.entry(name.to_owned()).or_insert_with(|| TermEntry { name: name.to_owned(), ..TermEntry::default() });
        let property = triple.predicate.as_str().rsplit(['#', '/']).next().unwrap_or_default();
        let value = match &triple.object {
            Term::Literal(literal) => literal.value().to_owned(),
            Term::NamedNode(node) => local_name(node.as_str()).unwrap_or(node.as_str()).to_owned(),
            Term::BlankNode(_) => continue,
        };
        match property {
            "label" if entry.label.is_empty() => entry.label = value,
            "comment" | "definition" if entry.comment.is_empty() => entry.comment = value,
            "type" => entry.kind = value.rsplit(['#', '/']).next().unwrap_or_default().to_owned(),
            _ => entry.facts.push((crate::model::spaced(property), value)),
        }
    }
    terms.into_values().collect()
}

impl Page for Ontology {
    fn title(&self) -> String {
        "Terms".to_owned()
    }

    fn body(&self) -> Markup {
        html! {
            h1 { "Terms " span class="count" { (self.terms.len()) } }
            p class="lead" { "The ontology: classes, relations and the words that qualify them. As data: " a href="/ontology.ttl" { ".ttl" } " " a href="/ontology.jsonld" { ".jsonld" } }
            @for term in &self.terms {
                section class="term" id=(term.name) {
                    h3 { a href={ "#" (term.name) } { (term.label) } " " code { "rap:" (term.name) } " " span class="faint" { (term.kind) } }
                    @if !term.comment.is_empty() { p { (term.comment) } }
                    @if !term.facts.is_empty() { p class="proof" { @for (at, (property, value)) in term.facts.iter().enumerate() { @if at > 0 { " · " } (property) ": " bdi { (value) } } } }
                }
            }
        }
    }
}
