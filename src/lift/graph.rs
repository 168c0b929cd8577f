//! Graphs as they leave `lift`: named, sorted, without doubles.

use std::cmp::Ordering;
use std::io::{self, Write};

use oxrdf::{NamedNode, NamedOrBlankNodeRef, QuadRef, TermRef, Triple, TripleRef};

/// What a graph is for: the store keeps each layer in segments of its own, so that a query loads only what it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Layer {
    /// Metadata, entities, claims and direct edges of a document.
    Claims,
    /// The passages that prove a document's claims, with their words.
    Evidence,
    /// Where a document names what: in the same graph as the passages, and most of it, but few questions ask for it.
    Mentions,
    /// What a document may claim and is not sure enough to stand, with its passages: loaded only where a question asks for it.
    Doubtful,
    /// Ties of a document's entities to outer vocabularies.
    Links,
    /// How these ties were found, and which may be: more than the ties, and few questions ask for it.
    LinkEvidence,
    /// The known world that ships.
    Catalogue,
    /// Classes, properties and schemes.
    Ontology,
    /// When what was read, with which version.
    Runs,
    /// What readers decided about links.
    Review,
    /// RDF that a user loaded.
    Loaded,
}

impl Layer {
    /// All layers.
    pub const ALL: [Layer; 11] = [
        Self::Claims,
        Self::Evidence,
        Self::Mentions,
        Self::Doubtful,
        Self::Links,
        Self::LinkEvidence,
        Self::Catalogue,
        Self::Ontology,
        Self::Runs,
        Self::Review,
        Self::Loaded,
    ];

    /// All but what waits for a reader: where answers come from.
    pub const STANDING: [Layer; 10] = {
        let mut standing = [Self::Claims; 10];
        let (mut at, mut to) = (0, 0);
        while at < Self::ALL.len() {
            if !matches!(Self::ALL[at], Self::Doubtful) {
                standing[to] = Self::ALL[at];
                to += 1;
            }
            at += 1;
        }
        standing
    };

    /// The word in the store's manifest.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Claims => "claims",
            Self::Evidence => "evidence",
            Self::Mentions => "mentions",
            Self::Doubtful => "doubtful",
            Self::Links => "links",
            Self::LinkEvidence => "link-evidence",
            Self::Catalogue => "catalogue",
            Self::Ontology => "ontology",
            Self::Runs => "runs",
            Self::Review => "review",
            Self::Loaded => "loaded",
        }
    }

    /// The layer of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layer| layer.name() == name)
    }
}

/// One named graph, or the part of it that is in one layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Graph {
    /// Its IRI.
    pub name: NamedNode,
    /// What it is for.
    pub layer: Layer,
    /// Its triples, in the order of their N-Quads lines, none twice.
    pub triples: Vec<Triple>,
}

impl Graph {
    /// Sorts the triples and drops doubles.
    pub fn new(name: NamedNode, layer: Layer, mut triples: Vec<Triple>) -> Self {
        triples.sort_unstable_by(|a, b| order(a.as_ref(), b.as_ref()));
        triples.dedup();
        Self { name, layer, triples }
    }

    /// The triples with the graph's name.
    pub fn quads(&self) -> impl Iterator<Item = QuadRef<'_>> {
        self.triples.iter().map(|triple| triple.as_ref().in_graph(&self.name))
    }

    /// Writes N-Quads, one line a quad, sorted bytewise.
    ///
    /// # Errors
    /// What the writer gives.
    pub fn write_nquads(&self, out: &mut impl Write) -> io::Result<()> {
        self.triples.iter().try_for_each(|triple| writeln!(out, "{triple} {} .", self.name))
    }
}

/// All graphs of one document, sorted by name, then layer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lifted {
    /// The graphs; none is empty.
    pub graphs: Vec<Graph>,
}

impl Lifted {
    /// Sorts the graphs by name and layer and drops empty ones.
    pub fn new(mut graphs: Vec<Graph>) -> Self {
        graphs.retain(|graph| !graph.triples.is_empty());
        graphs.sort_unstable_by(|a, b| (a.name.as_str(), a.layer).cmp(&(b.name.as_str(), b.layer)));
        Self { graphs }
    }

    /// The graphs of one layer.
    pub fn layer(&self, layer: Layer) -> impl Iterator<Item = &Graph> {
        self.graphs.iter().filter(move |graph| graph.layer == layer)
    }

    /// All quads, graph by graph.
    pub fn quads(&self) -> impl Iterator<Item = QuadRef<'_>> {
        self.graphs.iter().flat_map(Graph::quads)
    }

    /// Number of quads.
    pub fn len(&self) -> usize {
        self.graphs.iter().map(|graph| graph.triples.len()).sum()
    }

    /// Whether there is no quad.
    pub fn is_empty(&self) -> bool {
        self.graphs.is_empty()
    }
}

/// The order of two triples' N-Quads lines, found without writing them.
pub fn order(a: TripleRef<'_>, b: TripleRef<'_>) -> Ordering {
    subject(a.subject, b.subject)
        .then_with(|| iri(a.predicate.as_str(), b.predicate.as_str()))
        .then_with(|| object(a.object, b.object))
}

fn subject(a: NamedOrBlankNodeRef<'_>, b: NamedOrBlankNodeRef<'_>) -> Ordering {
    match (a, b) {
        (NamedOrBlankNodeRef::NamedNode(a), NamedOrBlankNodeRef::NamedNode(b)) => iri(a.as_str(), b.as_str()),
        _ => a.to_string().cmp(&b.to_string()),
    }
}

fn object(a: TermRef<'_>, b: TermRef<'_>) -> Ordering {
    match (a, b) {
        (TermRef::NamedNode(a), TermRef::NamedNode(b)) => iri(a.as_str(), b.as_str()),
        (TermRef::Literal(_), TermRef::NamedNode(_)) => Ordering::Less,
        (TermRef::NamedNode(_), TermRef::Literal(_)) => Ordering::Greater,
        // Two literals of one subject and predicate are rare: their escapes are worth writing out.
        _ => a.to_string().cmp(&b.to_string()),
    }
}

/// IRIs as they stand in a line, where `>` follows them: it comes after `#`, `-`, `.`, `/` and digits.
fn iri(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let common = a.len().min(b.len());
    let close = Some(&b'>');
    a[..common].cmp(&b[..common]).then_with(|| a.get(common).or(close).cmp(&b.get(common).or(close)))
}

#[cfg(test)]
mod tests {
    use oxrdf::{Literal, NamedNode, Term, Triple};

    use super::{Graph, Layer};

    #[test]
    fn lines_are_sorted_bytewise_and_single() {
        let nodes =
            ["https://x.org/a", "https://x.org/a/b", "https://x.org/a#c", "https://x.org/aa", "https://x.org/é"];
        let node = |iri: &str| NamedNode::new_unchecked(iri);
        let literals = ["a\"b", "a b", "a", "é", "\n", "\\"];
        let mut objects: Vec<Term> = nodes.iter().map(|iri| node(iri).into()).collect();
        objects.extend(literals.map(|value| Literal::new_language_tagged_literal_unchecked(value, "en").into()));
        objects.extend(literals.map(|value| Literal::new_simple_literal(value).into()));
        let mut triples = Vec::new();
        for subject in nodes {
            for predicate in nodes {
                for object in &objects {
                    triples.push(Triple::new(node(subject), node(predicate), object.clone()));
                    triples.push(Triple::new(node(subject), node(predicate), object.clone()));
                }
            }
        }
        let graph = Graph::new(node("https://x.org/g"), Layer::Claims, triples);
        let mut out = Vec::new();
        graph.write_nquads(&mut out).expect("a vector takes all");
        let text = String::from_utf8(out).expect("UTF-8");
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), nodes.len() * nodes.len() * objects.len());
        assert!(lines.is_sorted_by(|a, b| a < b));
    }
}
