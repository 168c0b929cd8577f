//! What things are called: no answer shows a bare IRI where the store has a name.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;

use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Term};
use oxigraph::store::Store;

use crate::lift::vocabulary::{self, dcterms, local_name, rdf, rdfs, schema, skos};
use crate::model::Passage;

/// How entities are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// The label, else a readable key. In tables the shorter of two names that both tell.
    Name,
    /// A prefixed name.
    Id,
    /// The whole IRI.
    Iri,
    /// The label in full, or nothing.
    Label,
}

impl Show {
    /// The way of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        [("name", Self::Name), ("id", Self::Id), ("iri", Self::Iri), ("label", Self::Label)]
            .into_iter()
            .find(|(known, _)| name.eq_ignore_ascii_case(known))
            .map(|(_, show)| show)
    }
}

/// Labels with more characters give way to a shorter name in tables.
const LONG: usize = 28;

/// Reads names from a store, each once.
pub struct Labels<'s> {
    store: &'s Store,
    base: &'s str,
    known: RefCell<HashMap<NamedNode, Option<String>>>,
    brief: RefCell<HashMap<NamedNode, String>>,
    ontology: OnceCell<HashMap<String, String>>,
}

impl<'s> Labels<'s> {
    /// For one store, whose data IRIs begin with `base`.
    pub fn new(store: &'s Store, base: &'s str) -> Self {
        Self { store, base, known: RefCell::default(), brief: RefCell::default(), ontology: OnceCell::new() }
    }

    /// The preferred label.
    pub fn label(&self, node: &NamedNode) -> Option<String> {
        if let Some(known) = self.known.borrow().get(node) {
            return known.clone();
        }
        let found = local_name(node.as_str()).map(|local| self.own_term(local)).or_else(|| {
            [skos::PREF_LABEL, dcterms::TITLE, rdfs::LABEL, schema::NAME, dcterms::IDENTIFIER]
                .into_iter()
                .find_map(|predicate| best(self.literals(node, predicate)))
        });
        self.known.borrow_mut().insert(node.clone(), found.clone());
        found
    }

    /// A name for a sentence: the label, else a readable key.
    pub fn name(&self, node: &NamedNode) -> String {
        if let Some(place) = self.place(node) {
            return place;
        }
        self.label(node).unwrap_or_else(|| self.readable_key(node))
    }

    /// A name for a table: of a long label and a shorter name that nothing else has, the shorter.
    pub fn brief(&self, node: &NamedNode) -> String {
        if let Some(known) = self.brief.borrow().get(node) {
            return known.clone();
        }
        let name = if self.key(node).is_some_and(|key| key.starts_with("text/")) && passage(node).is_none() {
            self.text(node)
        } else {
            self.name(node)
        };
        let short = self.without_brackets(node, &name).unwrap_or(name);
        let brief = if short.chars().count() > LONG { self.shorter(node).unwrap_or(short) } else { short };
        self.brief.borrow_mut().insert(node.clone(), brief.clone());
        brief
    }

    /// A term as `show` asks for.
    pub fn term(&self, term: &Term, show: Show) -> String {
        match term {
            Term::Literal(literal) => literal.value().to_owned(),
            Term::BlankNode(node) => node.to_string(),
            Term::NamedNode(node) => match show {
                Show::Name => self.name(node),
                Show::Label => self.label(node).unwrap_or_default(),
                Show::Iri => node.as_str().to_owned(),
                Show::Id => self.id(node),
            },
        }
    }

    /// The prefixed name, or the IRI where no prefix fits.
    pub fn id(&self, node: &NamedNode) -> String {
        match self.key(node) {
            Some(key) => format!("id:{key}"),
            None => vocabulary::shorten(node.as_ref()).unwrap_or_else(|| node.as_str().to_owned()),
        }
    }

    /// What is left of a data IRI without the base: `state/irn`.
    pub fn key<'n>(&self, node: &'n NamedNode) -> Option<&'n str> {
        node.as_str().strip_prefix(self.base)
    }

    /// The class of a thing, in words.
    pub fn class(&self, node: &NamedNode) -> Option<String> {
        let mut classes: Vec<String> =
            self.objects(node, rdf::TYPE).iter().map(|class| self.term(class, Show::Name)).collect();
        classes.sort();
        classes.into_iter().next()
    }

    /// A short name for a text: the file it was read from, without its ending; where that tells a person nothing, whom it
    /// speaks for and when.
    pub fn text(&self, text: &NamedNode) -> String {
        if let Some(name) = self.brief.borrow().get(text) {
            return name.clone();
        }
        let file = self.file(text).filter(|file| !is_cryptic(file));
        let is_short = |file: &String| file.chars().count() <= 24;
        let name = file
            .clone()
            .filter(is_short)
            .or_else(|| self.voice(text))
            .or(file)
            .or_else(|| self.headline(text))
            .unwrap_or_else(|| self.readable_key(text));
        self.brief.borrow_mut().insert(text.clone(), name.clone());
        name
    }

    /// The file that a text was read from, without its ending.
    pub fn file(&self, text: &NamedNode) -> Option<String> {
        let file = best(self.literals(text, schema::NAME))?;
        Some(file.rsplit_once('.').map_or(file.clone(), |(stem, _)| stem.to_owned()))
    }

    /// Whom a text speaks for, if that is short, and its date.
    fn voice(&self, text: &NamedNode) -> Option<String> {
        let represents = vocabulary::own("represents");
        let speaker = || match self.first(text, vocabulary::own("deliveredBy").as_ref())? {
            Term::NamedNode(role) => self.first(&role, represents.as_ref()),
            _ => None,
        };
        let who = match self.first(text, represents.as_ref()).or_else(speaker)? {
            Term::NamedNode(node) => self.brief(&node),
            other => self.term(&other, Show::Name),
        };
        (who.chars().count() <= LONG).then(|| self.dated(text, who))
    }

    /// How the title of a text begins, and its date.
    fn headline(&self, text: &NamedNode) -> Option<String> {
        Some(self.dated(text, cut(&self.label(text)?, LONG)))
    }

    fn dated(&self, text: &NamedNode, name: String) -> String {
        match self.first(text, dcterms::DATE) {
            Some(date) => format!("{name} {}", self.term(&date, Show::Name)),
            None => name,
        }
    }

    fn first(&self, node: &NamedNode, predicate: NamedNodeRef<'_>) -> Option<Term> {
        self.objects(node, predicate).into_iter().next()
    }

    /// All objects of a property, over all graphs.
    pub(super) fn objects(&self, node: &NamedNode, predicate: NamedNodeRef<'_>) -> Vec<Term> {
        let quads = self.store.quads_for_pattern(Some(node.as_ref().into()), Some(predicate), None, None);
        let mut objects: Vec<Term> = quads.filter_map(|quad| Some(quad.ok()?.object)).collect();
        objects.sort_by_cached_key(ToString::to_string);
        objects.dedup();
        objects
    }

    fn literals(&self, node: &NamedNode, predicate: NamedNodeRef<'_>) -> Vec<Literal> {
        let objects = self.objects(node, predicate).into_iter();
        objects.filter_map(|object| if let Term::Literal(literal) = object { Some(literal) } else { None }).collect()
    }

    /// A passage as its file and characters, a claim as its number.
    fn place(&self, node: &NamedNode) -> Option<String> {
        if let Some((text, (start, end))) = passage(node) {
            return Some(format!("{} {start}–{end}", self.text(&text)));
        }
        self.key(node)?.strip_prefix("claim/").map(str::to_owned)
    }

    /// What stands before brackets at the end of a name, if they hold an acronym or the turned-round part of the name, or
    /// if the thing is called so too: "Bolivia (Plurinational State of)".
    fn without_brackets(&self, node: &NamedNode, name: &str) -> Option<String> {
        let (before, inside) = name.strip_suffix(')')?.rsplit_once(" (")?;
        let acronym = inside.chars().all(|c| c.is_uppercase() || c == '-');
        let turned = inside == "the" || [" of", " of the"].iter().any(|end| inside.ends_with(end));
        let also = || self.literals(node, skos::ALT_LABEL).iter().any(|other| other.value() == before);
        (acronym || turned || also()).then(|| before.to_owned())
    }

    fn shorter(&self, node: &NamedNode) -> Option<String> {
        let fits = |name: &str| (2..=LONG).contains(&name.chars().count());
        let mut names: Vec<Literal> = self.names_in_documents(node);
        if !names.iter().any(|name| fits(name.value())) {
            names = self.literals(node, skos::ALT_LABEL);
        }
        names.retain(|name| fits(name.value()) && self.is_alone(node, name));
        let longest = names.iter().map(|name| name.value().chars().count()).max()?;
        names.iter().map(Literal::value).find(|name| name.chars().count() == longest).map(str::to_owned)
    }

    /// What documents call a thing, where the store tells their graphs apart: the catalogue may know names that are
    /// rarer.
    fn names_in_documents(&self, node: &NamedNode) -> Vec<Literal> {
        let graphs = [self.base, "graph/doc/"].concat();
        let quads = self.store.quads_for_pattern(Some(node.as_ref().into()), Some(skos::ALT_LABEL), None, None);
        let mut names: Vec<Literal> = quads
            .filter_map(Result::ok)
            .filter(|quad| is_graph_under(&quad.graph_name, &graphs))
            .filter_map(|quad| if let Term::Literal(name) = quad.object { Some(name) } else { None })
            .collect();
        names.sort_by(|a, b| a.value().cmp(b.value()));
        names
    }

    /// Whether no other thing has that name.
    fn is_alone(&self, node: &NamedNode, name: &Literal) -> bool {
        [skos::PREF_LABEL, skos::ALT_LABEL].into_iter().all(|predicate| {
            self.store
                .quads_for_pattern(None, Some(predicate), Some(name.into()), None)
                .filter_map(Result::ok)
                .all(|quad| quad.subject == node.clone().into())
        })
    }

    fn readable_key(&self, node: &NamedNode) -> String {
        if self.key(node).is_none() {
            return self.id(node);
        }
        let last = node.as_str().rsplit(['/', '#']).next().unwrap_or_default();
        last.replace(['-', '_'], " ")
    }

    /// The label that the ontology gives to one of our own terms, read without the store.
    fn own_term(&self, local: &str) -> String {
        let labels = self.ontology.get_or_init(ontology_labels);
        labels.get(local).cloned().unwrap_or_else(|| local.to_owned())
    }
}

/// The first words of a name, if it is longer than that.
fn cut(name: &str, length: usize) -> String {
    if name.chars().count() <= length {
        return name.to_owned();
    }
    let start: String = name.chars().take(length).collect();
    let words = start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words);
    format!("{words}…")
}

/// Whether a file name is a number or hash that nobody remembers: much of it is digits, in long runs.
fn is_cryptic(file: &str) -> bool {
    file.split(|c: char| !c.is_ascii_hexdigit()).any(|run| run.len() >= 12 && run.chars().any(|c| c.is_ascii_digit()))
}

/// Text and code points of a passage IRI; `None` if it is none.
pub(super) fn passage(node: &NamedNode) -> Option<(NamedNode, (usize, usize))> {
    let passage = Passage::parse(node.as_str())?;
    Some((NamedNode::new(passage.text).ok()?, passage.place()))
}

fn ontology_labels() -> HashMap<String, String> {
    let triples = oxttl::TurtleParser::new().for_slice(vocabulary::ONTOLOGY_TURTLE).filter_map(Result::ok);
    let labels = triples.filter(|triple| triple.predicate == rdfs::LABEL).filter_map(|triple| {
        let oxrdf::NamedOrBlankNode::NamedNode(subject) = triple.subject else { return None };
        let Term::Literal(label) = triple.object else { return None };
        Some((local_name(subject.as_str())?.to_owned(), label.value().to_owned()))
    });
    labels.collect()
}

/// English first, then no language, then any; within these the first in order.
fn best(mut literals: Vec<Literal>) -> Option<String> {
    literals.sort_by_key(|literal| {
        let rank = match literal.language() {
            Some("en") => 0,
            None => 1,
            Some(_) => 2,
        };
        (rank, literal.value().to_owned())
    });
    literals.into_iter().next().map(|literal| literal.value().to_owned())
}

fn is_graph_under(graph: &GraphName, start: &str) -> bool {
    matches!(graph, GraphName::NamedNode(graph) if graph.as_str().starts_with(start))
}

/// The documents' graphs that name a thing.
pub(super) fn documents(store: &Store, base: &str, node: &NamedNode) -> usize {
    let graphs = [base, "graph/doc/"].concat();
    let quads = store.quads_for_pattern(Some(node.as_ref().into()), Some(rdf::TYPE), None, None);
    quads.filter_map(Result::ok).filter(|quad| is_graph_under(&quad.graph_name, &graphs)).count()
}
