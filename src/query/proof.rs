//! Why a claim is there: its sentence, who said it, which rule found it, how sure it is.

use oxigraph::model::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use oxigraph::store::Store;

use super::Error;
use super::labels::{Labels, Show, passage};
use crate::lift::vocabulary::{dcterms, local_name, rap, rdf};
use crate::model::Qualifier;

/// A claim with all that speaks for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Proof {
    /// Its IRI.
    pub claim: NamedNode,
    /// What is left of the IRI without base and folder: `4e801cbb-1693-1`.
    pub number: String,
    /// Subject, relation and object in words; "not" before the relation if it is denied.
    pub sentence: String,
    /// How it is put: "asserted", "proposal".
    pub modality: String,
    /// On the ladder of diplomatic language, for positions.
    pub strength: Option<String>,
    /// 0 to 1.
    pub confidence: String,
    /// The rule's code.
    pub rule: String,
    /// Who says it: the holder that the claim names, else whom the document speaks for.
    pub said_by: Option<String>,
    /// The document's date.
    pub date: Option<String>,
    /// Qualifiers in words.
    pub qualifiers: Vec<(String, String)>,
    /// Where it stands.
    pub passages: Vec<Passage>,
}

/// A stretch of a stored text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The text.
    pub text: NamedNode,
    /// A short name for the text: see [`Labels::text`].
    pub name: String,
    /// In code points, end exclusive.
    pub start: usize,
    /// In code points.
    pub end: usize,
    /// The words as stored with the claim.
    pub quote: String,
}

impl Passage {
    /// Whether it is of the text with that hash.
    pub fn is_of(&self, sha256: &str) -> bool {
        self.text.as_str().rsplit('/').next().is_some_and(|start| sha256.starts_with(start))
    }
}

impl Proof {
    /// Reads a claim.
    pub fn of(store: &Store, base: &str, claim: &NamedNode) -> Result<Self, Error> {
        let labels = Labels::new(store, base);
        let words = |predicate: NamedNodeRef<'_>| -> Option<String> {
            labels.objects(claim, predicate).first().map(|term| labels.term(term, Show::Name))
        };
        let no_claim = || Error::NoClaim { name: labels.name(claim) };
        let (Some(subject), Some(relation), Some(object)) =
            (words(rdf::SUBJECT), words(rdf::PREDICATE), words(rdf::OBJECT))
        else {
            return Err(no_claim());
        };
        let denied = labels.objects(claim, rap::POLARITY).iter().any(|term| is_own(term, "negated"));
        let not = if denied { "not: " } else { "" };
        let passages: Vec<Passage> =
            labels.objects(claim, rap::EVIDENCE).iter().filter_map(|place| read_passage(&labels, place)).collect();
        let text = passages.first().map(|passage| passage.text.clone());
        let of_text = |predicate: NamedNodeRef<'_>| {
            let term = labels.objects(text.as_ref()?, predicate).into_iter().next()?;
            Some(labels.term(&term, Show::Name))
        };
        Ok(Self {
            claim: claim.clone(),
            number: labels.name(claim),
            sentence: format!("{not}{subject} {relation} {object}"),
            modality: words(rap::MODALITY).unwrap_or_default(),
            strength: words(rap::STRENGTH),
            confidence: words(rap::CONFIDENCE).unwrap_or_default(),
            rule: words(rap::RULE).unwrap_or_default(),
            said_by: words(rap::SAID_BY).or_else(|| of_text(REPRESENTS)).or_else(|| of_text(DELIVERED_BY)),
            date: of_text(dcterms::DATE),
            qualifiers: qualifiers(&labels, claim),
            passages,
        })
    }
}

const DELIVERED_BY: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("https://w3id.org/rapporteur/ontology#deliveredBy");

const REPRESENTS: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("https://w3id.org/rapporteur/ontology#represents");

/// The claims meant by an IRI, `claim/4e801cbb-1693-1`, `4e801cbb-1693-1`, its beginning, or a document's name with a
/// character: `iran-2021:1693`. Sorted; an error if there are none.
pub fn find_claim(store: &Store, base: &str, wanted: &str) -> Result<Vec<NamedNode>, Error> {
    let labels = Labels::new(store, base);
    let inner = wanted.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(wanted);
    let key = inner.strip_prefix(base).or_else(|| inner.strip_prefix("id:")).unwrap_or(inner);
    let key = key.strip_prefix("claim/").unwrap_or(key);
    let place = key
        .rsplit_once([':', ' '])
        .and_then(|(file, at)| Some((file, at.split(['–', '-', ',']).next()?.parse().ok()?)));
    let mut found: Vec<NamedNode> = claims(store)
        .filter(|claim| {
            let number = labels.key(claim).and_then(|key| key.strip_prefix("claim/"));
            number.is_some_and(|number| begins(number, key))
                || place.is_some_and(|place| stands_at(&labels, claim, place))
        })
        .collect();
    found.sort_by_cached_key(|claim| natural_order(claim.as_str()));
    found.dedup();
    if found.is_empty() { Err(Error::NoClaim { name: wanted.to_owned() }) } else { Ok(found) }
}

fn claims(store: &Store) -> impl Iterator<Item = NamedNode> {
    let quads = store.quads_for_pattern(None, Some(rap::EVIDENCE), None, None);
    quads.filter_map(|quad| match quad.ok()?.subject {
        NamedOrBlankNode::NamedNode(claim) => Some(claim),
        NamedOrBlankNode::BlankNode(_) => None,
    })
}

/// Whether a claim number is the wanted one, or its first parts.
fn begins(number: &str, wanted: &str) -> bool {
    number.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || (rest.starts_with('-') && wanted.len() >= 8))
}

/// Whether a claim's passage in the named file begins at, or holds, that character.
fn stands_at(labels: &Labels<'_>, claim: &NamedNode, (file, at): (&str, usize)) -> bool {
    let places = labels.objects(claim, rap::EVIDENCE);
    places.iter().filter_map(|place| read_passage(labels, place)).any(|passage| {
        let stem = labels.file(&passage.text);
        let is_file =
            stem.is_some_and(|stem| file == stem || file.strip_prefix(&stem).is_some_and(|end| end.starts_with('.')));
        (is_file || passage.name == file) && (passage.start..passage.end.max(passage.start + 1)).contains(&at)
    })
}

/// Numbers in an IRI compare as numbers.
fn natural_order(iri: &str) -> (String, Vec<usize>) {
    let mut parts = iri.splitn(2, '-');
    let head = parts.next().unwrap_or_default().to_owned();
    (head, parts.next().unwrap_or_default().split('-').filter_map(|part| part.parse().ok()).collect())
}

fn read_passage(labels: &Labels<'_>, place: &Term) -> Option<Passage> {
    let Term::NamedNode(node) = place else { return None };
    let (text, (start, end)) = passage(node)?;
    let quote =
        labels.objects(node, rap::QUOTE).first().map(|quote| labels.term(quote, Show::Name)).unwrap_or_default();
    Some(Passage { name: labels.text(&text), text, start, end, quote })
}

fn is_own(term: &Term, local: &str) -> bool {
    matches!(term, Term::NamedNode(node) if local_name(node.as_str()) == Some(local))
}

fn qualifiers(labels: &Labels<'_>, claim: &NamedNode) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for qualifier in Qualifier::ALL {
        let property = crate::lift::vocabulary::own(qualifier.name());
        for value in labels.objects(claim, property.as_ref()) {
            found.push((labels.name(&property), labels.term(&value, Show::Name)));
        }
    }
    found
}
