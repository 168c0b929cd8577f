//! Why a thing is tied to something outside: which file, which row, what method, how sure.

use std::collections::BTreeMap;

use oxigraph::model::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use oxigraph::store::Store;

use super::Error;
use super::labels::{Labels, Show};
use crate::lift::vocabulary::{foaf, oa, rap, rdf, schema, void};

/// A tie between a thing of ours and an outer one, with what speaks for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// Our thing.
    pub ours: NamedNode,
    /// The outer thing.
    pub theirs: NamedNode,
    /// What the outer vocabulary calls it, if that is known.
    pub label: Option<String>,
    /// The outer vocabulary.
    pub scheme: String,
    /// The property that ties them, in words; `None` for a tie that may be and that nothing decides.
    pub relation: Option<String>,
    /// The reasons, those of different documents one after the other, the best first.
    pub reasons: Vec<Reason>,
}

/// What speaks for a tie.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reason {
    /// How it was found: "row", "exact label".
    pub method: String,
    /// 0 to 1.
    pub score: String,
    /// In words.
    pub evidence: String,
    /// The file, its date or version.
    pub source: String,
}

impl Tie {
    /// The ties of a thing of ours that stand, by vocabulary.
    pub fn of(store: &Store, base: &str, ours: &NamedNode) -> Vec<Self> {
        let notes = notes(store, base, oa::HAS_TARGET, ours);
        let labels = Labels::new(store, base);
        let mut ties: Vec<Self> = standing(store, base, ours)
            .into_iter()
            .map(|(scheme, relation, theirs)| Self {
                reasons: notes.get(&(ours.clone(), theirs.clone())).map(|notes| reasons(notes)).unwrap_or_default(),
                label: labels.label(&theirs),
                relation: Some(relation),
                ours: ours.clone(),
                theirs,
                scheme,
            })
            .collect();
        ties.sort_by(|a, b| (&a.scheme, a.theirs.as_str()).cmp(&(&b.scheme, b.theirs.as_str())));
        ties.dedup();
        ties
    }

    /// All ties to an outer thing, those that stand first, and those that may be.
    ///
    /// # Errors
    /// [`Error::NoTie`] if nothing is tied to it.
    pub fn to(store: &Store, base: &str, theirs: &str) -> Result<Vec<Self>, Error> {
        let none = || Error::NoTie { name: theirs.to_owned() };
        let node = NamedNode::new(theirs).map_err(|_| none())?;
        let labels = Labels::new(store, base);
        let mut ties = Vec::new();
        for ((ours, theirs), found) in notes(store, base, oa::HAS_BODY, &node) {
            let stands = standing(store, base, &ours).into_iter().find(|(_, _, other)| *other == theirs);
            ties.push(Self {
                label: labels.label(&theirs),
                scheme: found.first().map(|note| note.scheme.clone()).unwrap_or_default(),
                relation: stands.map(|(_, relation, _)| relation),
                reasons: reasons(&found),
                ours,
                theirs,
            });
        }
        ties.sort_by_key(|tie| (tie.relation.is_none(), tie.ours.as_str().to_owned()));
        if ties.is_empty() { Err(none()) } else { Ok(ties) }
    }
}

/// One annotation of a tie.
struct Note {
    scheme: String,
    reason: Reason,
}

/// The reasons of annotations, the best first, none twice.
fn reasons(notes: &[Note]) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = notes.iter().map(|note| note.reason.clone()).collect();
    let number = |reason: &Reason| reason.score.parse::<f64>().unwrap_or_default();
    reasons.sort_by(|a, b| number(b).total_cmp(&number(a)).then_with(|| a.evidence.cmp(&b.evidence)));
    reasons.dedup();
    reasons
}

/// The annotations that name a node as target or body, by the pair that they are about.
fn notes(
    store: &Store,
    base: &str,
    end: NamedNodeRef<'_>,
    node: &NamedNode,
) -> BTreeMap<(NamedNode, NamedNode), Vec<Note>> {
    let mut notes: BTreeMap<(NamedNode, NamedNode), Vec<Note>> = BTreeMap::new();
    let labels = Labels::new(store, base);
    let quads = store.quads_for_pattern(None, Some(end), Some(node.as_ref().into()), None).filter_map(Result::ok);
    for quad in quads {
        let NamedOrBlankNode::NamedNode(note) = quad.subject else { continue };
        let first = |predicate: NamedNodeRef<'_>| labels.objects(&note, predicate).into_iter().next();
        let words = |predicate| first(predicate).map(|term| labels.term(&term, Show::Name)).unwrap_or_default();
        let is_decision = first(rdf::TYPE) == Some(rap::LINK_DECISION.into_owned().into());
        let (Some(Term::NamedNode(ours)), Some(Term::NamedNode(theirs)), false) =
            (first(oa::HAS_TARGET), first(oa::HAS_BODY), is_decision)
        else {
            continue;
        };
        let scheme = match first(void::IN_DATASET) {
            Some(Term::NamedNode(set)) => set.as_str().rsplit('/').next().unwrap_or_default().to_owned(),
            _ => String::new(),
        };
        let reason = Reason {
            method: words(rap::LINK_METHOD),
            score: words(rap::LINK_SCORE),
            evidence: words(rap::LINK_EVIDENCE),
            source: words(rap::LINK_SOURCE),
        };
        notes.entry((ours, theirs)).or_default().push(Note { scheme, reason });
    }
    notes
}

/// Vocabulary, relation and outer thing of the ties of a thing that stand in the graphs of links.
fn standing(store: &Store, base: &str, ours: &NamedNode) -> Vec<(String, String, NamedNode)> {
    let labels = Labels::new(store, base);
    let from = store.quads_for_pattern(Some(ours.as_ref().into()), None, None, None);
    let to = store.quads_for_pattern(None, Some(foaf::FOCUS), Some(ours.as_ref().into()), None);
    let mut found = Vec::new();
    for quad in from.chain(to).filter_map(Result::ok) {
        let Some(scheme) = scheme_of(&quad.graph_name, base) else { continue };
        let relation = property(&labels, &quad.predicate);
        match (quad.subject, quad.object) {
            (NamedOrBlankNode::NamedNode(subject), Term::NamedNode(object)) => {
                let theirs = if subject == *ours { object } else { subject };
                found.push((scheme, relation, theirs));
            }
            _ => continue,
        }
    }
    found
}

/// Codes without an address, each with its vocabulary.
pub(super) fn codes(store: &Store, base: &str, ours: &NamedNode) -> Vec<String> {
    let quads = store.quads_for_pattern(Some(ours.as_ref().into()), Some(schema::IDENTIFIER), None, None);
    let mut codes: Vec<String> = quads
        .filter_map(Result::ok)
        .filter_map(|quad| match (scheme_of(&quad.graph_name, base)?, quad.object) {
            (scheme, Term::Literal(code)) => Some(format!("{} ({scheme})", code.value())),
            _ => None,
        })
        .collect();
    codes.sort();
    codes.dedup();
    codes
}

fn scheme_of(graph: &GraphName, base: &str) -> Option<String> {
    let GraphName::NamedNode(graph) = graph else { return None };
    Some(graph.as_str().strip_prefix(base)?.strip_prefix("graph/links/")?.to_owned())
}

/// A property in words: our own by their label, others by the words of their local name.
pub(super) fn property(labels: &Labels<'_>, node: &NamedNode) -> String {
    let local = node.as_str().rsplit(['/', '#']).next().unwrap_or_default();
    labels.label(node).unwrap_or_else(|| {
        let spaced = |c: char| if c.is_uppercase() { format!(" {}", c.to_lowercase()) } else { c.to_string() };
        local.chars().map(spaced).collect()
    })
}
