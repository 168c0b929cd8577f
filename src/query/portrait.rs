//! All about one thing: what it is, what it is called, which codes it has, what is claimed of it.

use oxigraph::model::{NamedNode, Term};
use oxigraph::store::Store;

use super::answer::{Answer, Rows};
use super::labels::{Labels, Show};
use super::ties::{Tie, codes, property};
use super::{Error, Library, parse};
use crate::lift::vocabulary::{dcterms, schema, skos};

/// What the store knows of one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Portrait {
    /// The thing.
    pub node: NamedNode,
    /// Its label, else a readable key.
    pub name: String,
    /// Its class, in words.
    pub class: Option<String>,
    /// Other names.
    pub also: Vec<String>,
    /// Codes and symbols.
    pub identifiers: Vec<String>,
    /// Other plain properties: name in words, value.
    pub facts: Vec<(String, String)>,
    /// Ties to outer vocabularies.
    pub ties: Vec<Tie>,
    /// Every claim in which it plays a part, with its evidence: the answer of `evidence-of`.
    pub claims: Rows,
    /// Every place where it is named: the answer of `mentions`.
    pub mentions: Rows,
}

impl Portrait {
    /// Reads all about a thing.
    pub fn of(store: &Store, base: &str, node: &NamedNode) -> Result<Self, Error> {
        let labels = Labels::new(store, base);
        let texts = |predicate| -> Vec<String> {
            labels.objects(node, predicate).iter().map(|term| labels.term(term, Show::Name)).collect()
        };
        let name = labels.name(node);
        let mut also = texts(skos::ALT_LABEL);
        also.retain(|other| *other != name);
        also.dedup();
        let mut identifiers = texts(dcterms::IDENTIFIER);
        let codes = codes(store, base, node);
        // A code is shown with its scheme if that is known.
        identifiers.retain(|code| !codes.iter().any(|known| known.starts_with(&format!("{code} ("))));
        identifiers.extend(codes);
        Ok(Self {
            class: labels.class(node),
            also,
            identifiers,
            facts: facts(store, &labels, node),
            ties: Tie::of(store, base, node),
            claims: ask(store, base, "evidence-of", node)?,
            mentions: ask(store, base, "mentions", node)?,
            node: node.clone(),
            name,
        })
    }
}

/// A bundled query about one entity.
fn ask(store: &Store, base: &str, query: &str, node: &NamedNode) -> Result<Rows, Error> {
    let library = Library::bundled();
    let entry = library.get(query)?;
    let mut question = parse(&entry.name, &entry.text, base, &[])?;
    question.bind("entity", &node.clone().into());
    match question.ask(store)? {
        Answer::Rows(rows) => Ok(rows),
        _ => Ok(Rows { variables: Vec::new(), rows: Vec::new() }),
    }
}

/// Literal properties besides names and codes.
fn facts(store: &Store, labels: &Labels<'_>, node: &NamedNode) -> Vec<(String, String)> {
    let named =
        [skos::PREF_LABEL, skos::ALT_LABEL, dcterms::IDENTIFIER, dcterms::TITLE, schema::SHA256, schema::IDENTIFIER];
    let quads = store.quads_for_pattern(Some(node.as_ref().into()), None, None, None).filter_map(Result::ok);
    let mut facts: Vec<(String, String)> = quads
        .filter(|quad| !named.contains(&quad.predicate.as_ref()))
        .filter_map(|quad| match &quad.object {
            Term::Literal(literal) => Some((property(labels, &quad.predicate), literal.value().to_owned())),
            _ => None,
        })
        .collect();
    facts.sort();
    facts.dedup();
    facts
}
