//! What things are called: no answer shows a bare IRI where the store has a name.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

use oxrdf::{NamedNodeRef, Term};

use crate::lift::vocabulary::{self, dcterms, local_name, rdf, rdfs, schema, skos};
use crate::model::{Passage, spaced};

use super::{QuadIds, Record, TermId};

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

/// File names with more characters give way to whom a text speaks for.
const LONG_FILE: usize = 24;

/// Of a file name that must do, no more characters are shown.
const LONGEST_FILE: usize = 40;

/// The labels that the ontology gives to our own terms, read without a store.
static OWN_TERMS: LazyLock<HashMap<String, String>> = LazyLock::new(ontology_labels);

/// Names for people out of a record, by IRI.
pub struct Labels<'r> {
    record: &'r Record<'r>,
    /// The language that names should have, BCP 47.
    language: Option<String>,
    brief: RefCell<HashMap<String, String>>,
}

impl<'r> Labels<'r> {
    /// Those of a record.
    pub fn new(record: &'r Record<'r>) -> Self {
        Self { record, language: None, brief: RefCell::default() }
    }

    /// The same, but names are in a language where things have one in it.
    #[must_use]
    pub fn in_language(self, language: Option<String>) -> Self {
        Self { language, brief: RefCell::default(), ..self }
    }

    /// The name of a thing in the language that is wanted.
    fn wanted(&self, iri: &str) -> Option<String> {
        self.record.label_in(self.id(iri)?, self.language.as_deref()?).map(str::to_owned)
    }

    /// The best label.
    pub fn label(&self, iri: &str) -> Option<String> {
        if let Some(name) = self.wanted(iri) {
            return Some(name);
        }
        match local_name(iri) {
            Some(local) => Some(OWN_TERMS.get(local).cloned().unwrap_or_else(|| local.to_owned())),
            None => self.id(iri).and_then(|id| self.record.given_label(id)).map(str::to_owned),
        }
    }

    /// A name for a sentence: the label, else a readable key.
    pub fn name(&self, iri: &str) -> String {
        self.place(iri).or_else(|| self.label(iri)).unwrap_or_else(|| self.readable_key(iri))
    }

    /// A name for a table: of a long label and a shorter name that nothing else has, the shorter.
    pub fn brief(&self, iri: &str) -> String {
        if let Some(known) = self.brief.borrow().get(iri) {
            return known.clone();
        }
        if let Some(name) = self.wanted(iri) {
            return name;
        }
        let is_text = self.key(iri).is_some_and(|key| key.starts_with("text/")) && Passage::parse(iri).is_none();
        let name = if is_text { self.text(iri) } else { self.name(iri) };
        let short = self.without_brackets(iri, &name).unwrap_or(name);
        let brief = if short.chars().count() > LONG { self.shorter(iri).unwrap_or(short) } else { short };
        self.brief.borrow_mut().insert(iri.to_owned(), brief.clone());
        brief
    }

    /// A term as `show` asks for.
    pub fn term(&self, term: &Term, show: Show) -> String {
        match term {
            Term::Literal(literal) => literal.value().to_owned(),
            Term::BlankNode(node) => node.to_string(),
            Term::NamedNode(node) => match show {
                Show::Name => self.name(node.as_str()),
                Show::Label => self.label(node.as_str()).unwrap_or_default(),
                Show::Iri => node.as_str().to_owned(),
                Show::Id => self.short(node.as_str()),
            },
        }
    }

    /// A term of the record in words: a literal's value, a thing's name.
    pub fn of(&self, id: TermId) -> String {
        let text = self.record.quads().text(id);
        if self.record.quads().is_literal(id) { text.to_owned() } else { self.name(text) }
    }

    /// The prefixed name, or the IRI where no prefix fits.
    pub fn short(&self, iri: &str) -> String {
        match self.key(iri) {
            Some(key) => format!("id:{key}"),
            None => vocabulary::shorten(NamedNodeRef::new_unchecked(iri)).unwrap_or_else(|| iri.to_owned()),
        }
    }

    /// What is left of a data IRI without the base: `state/irn`.
    pub fn key<'n>(&self, iri: &'n str) -> Option<&'n str> {
        iri.strip_prefix(self.record.base()).filter(|_| !self.record.base().is_empty())
    }

    /// The class of a thing, in words.
    pub fn class(&self, iri: &str) -> Option<String> {
        let id = self.id(iri)?;
        if let Some(class) = self.record.class(id) {
            return self.label(vocabulary::own(class.name()).as_str());
        }
        self.record.values(id, rdf::TYPE).map(|class| self.of(class)).min()
    }

    /// A property in words: our own by their label, others by the words of their local name.
    pub fn property(&self, iri: &str) -> String {
        let local = iri.rsplit(['/', '#']).next().unwrap_or_default();
        self.label(iri).unwrap_or_else(|| spaced(local))
    }

    /// A short name for a text: the file it was read from, without its ending; where that tells a person nothing, whom it
    /// speaks for and when.
    pub fn text(&self, iri: &str) -> String {
        if let Some(name) = self.brief.borrow().get(iri) {
            return name.clone();
        }
        let id = self.id(iri);
        let file = id.and_then(|id| self.file(id)).filter(|file| !is_cryptic(file));
        let is_short = |file: &&str| file.chars().count() <= LONG_FILE;
        let short = file.filter(is_short).map(str::to_owned);
        let name = short
            .or_else(|| self.voice(id?))
            .or_else(|| id.and_then(|id| self.titled(id)))
            .or_else(|| file.map(cut_file))
            .or_else(|| id.and_then(|id| Some(self.dated(id, cut(self.record.given_label(id)?, LONG)))))
            .unwrap_or_else(|| self.readable_key(iri));
        self.brief.borrow_mut().insert(iri.to_owned(), name.clone());
        name
    }

    /// The file that a text was read from, without its ending.
    pub fn file(&self, text: TermId) -> Option<&'r str> {
        let file = self.record.text(text, schema::NAME)?;
        Some(file.rsplit_once('.').map_or(file, |(stem, _)| stem))
    }

    fn id(&self, iri: &str) -> Option<TermId> {
        self.record.quads().find_iri(iri)
    }

    /// The first words of a text's title, and its date; nothing for a text that has none.
    fn titled(&self, text: TermId) -> Option<String> {
        Some(self.dated(text, cut(self.record.text(text, dcterms::TITLE)?, LONG)))
    }

    /// Whom a text speaks for, if that is one and short, and its date.
    fn voice(&self, text: TermId) -> Option<String> {
        let mut all = self.record.voice(text)?.represented();
        let who = all.next().filter(|_| all.next().is_none())?;
        let who = self.brief(self.record.quads().text(who));
        (who.chars().count() <= LONG).then(|| self.dated(text, who))
    }

    fn dated(&self, text: TermId, name: String) -> String {
        match self.record.value(text, dcterms::DATE) {
            Some(date) => format!("{name} {}", self.of(date)),
            None => name,
        }
    }

    /// A passage as its file and characters, a claim as its number.
    fn place(&self, iri: &str) -> Option<String> {
        if let Some(Passage { text, start, end }) = Passage::parse(iri) {
            return Some(format!("{} {start}–{end}", self.text(text)));
        }
        self.key(iri)?.strip_prefix("claim/").map(str::to_owned)
    }

    /// What stands before brackets at the end of a name, if they hold an acronym or the turned-round part of the name, or
    /// if the thing is called so too: "Bolivia (Plurinational State of)".
    fn without_brackets(&self, iri: &str, name: &str) -> Option<String> {
        let (before, inside) = name.strip_suffix(')')?.rsplit_once(" (")?;
        let acronym = inside.chars().all(|c| c.is_uppercase() || c == '-');
        let turned = inside == "the" || [" of", " of the"].iter().any(|end| inside.ends_with(end));
        let also = || self.id(iri).is_some_and(|id| self.record.texts(id, skos::ALT_LABEL).contains(&before));
        (acronym || turned || also()).then(|| before.to_owned())
    }

    fn shorter(&self, iri: &str) -> Option<String> {
        self.record.usual(self.id(iri)?, LONG).map(str::to_owned)
    }

    fn readable_key(&self, iri: &str) -> String {
        match self.key(iri) {
            None => self.short(iri),
            Some(_) => iri.rsplit(['/', '#']).next().unwrap_or_default().replace(['-', '_'], " "),
        }
    }
}

impl Record<'_> {
    /// Of the other names of a thing that no other thing has the longest with at most so many characters.
    pub fn shorter(&self, id: TermId, most: usize) -> Option<&str> {
        self.longest(id, most, |_| true)
    }

    /// The same, but what documents call it goes before what the catalogue knows, for that may be rarer.
    fn usual(&self, id: TermId, most: usize) -> Option<&str> {
        self.longest(id, most, |row| row.graph.is_none()).or_else(|| self.shorter(id, most))
    }

    fn longest(&self, id: TermId, most: usize, counts: impl Fn(&QuadIds) -> bool) -> Option<&str> {
        let other = self.quads().find_iri(skos::ALT_LABEL.as_str());
        let length = |name: &str| name.chars().count();
        let rows = self.of(id).iter().filter(|row| Some(row.predicate) == other && counts(row));
        let fits = rows.filter(|row| (2..=most).contains(&length(self.quads().text(row.object))));
        // A name that a page number or another misreading fell into is alone because of it.
        let is_numbered = |name: &str| name.chars().any(|c| c.is_ascii_digit());
        let may_be_numbered = self.given_label(id).is_some_and(is_numbered);
        let fits = fits.filter(|row| may_be_numbered || !is_numbered(self.quads().text(row.object)));
        let alone = fits.filter(|row| self.is_alone(row.object)).map(|row| self.quads().text(row.object));
        alone.min_by_key(|name| (std::cmp::Reverse(length(name)), *name))
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

/// A file name, or its beginning if it is longer than a line of a table has room for.
fn cut_file(file: &str) -> String {
    match file.char_indices().nth(LONGEST_FILE) {
        Some((end, _)) => format!("{}…", &file[..end]),
        None => file.to_owned(),
    }
}

/// Whether a file name is a number or hash that nobody remembers: much of it is digits, in long runs.
fn is_cryptic(file: &str) -> bool {
    file.split(|c: char| !c.is_ascii_hexdigit()).any(|run| run.len() >= 12 && run.chars().any(|c| c.is_ascii_digit()))
}

/// The local names of our own terms: what the ontology that ships declares.
pub fn own_terms() -> impl Iterator<Item = &'static String> + Clone {
    OWN_TERMS.keys()
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
