//! Finds the thing that a person means by a name: exact labels and codes first, then acronyms, then the beginning of a
//! name, then its words. Never a guess between two.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::OnceLock;

use oxrdf::NamedNodeRef;
use rustc_hash::FxBuildHasher;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::lift::vocabulary::{dcterms, rdf, schema, skos};
use crate::model::{Class, Code, Fault, Kind};

use super::{Labels, Record, TermId};

/// The properties that name things.
pub(super) const NAMING: [NamedNodeRef<'static>; 4] =
    [skos::PREF_LABEL, skos::ALT_LABEL, dcterms::IDENTIFIER, schema::NAME];

/// Things that are listed when a name fits several.
const LISTED: usize = 9;

/// All names in a record.
pub struct Names<'r> {
    record: &'r Record<'r>,
}

/// What is read when it is first needed.
#[derive(Default)]
pub struct Known {
    /// Names by thing, things by IRI.
    things: OnceLock<Vec<(TermId, Vec<Name>)>>,
    /// In how many graphs of documents each thing has a class.
    documents: OnceLock<Numbers<usize>>,
    /// Whose name each literal is; `None` if several things have it.
    owners: OnceLock<Numbers<Option<TermId>>>,
}

type Numbers<T> = HashMap<TermId, T, FxBuildHasher>;

struct Name {
    text: String,
    folded: String,
    /// Codes are matched in their own case, or all in lower case.
    code: bool,
}

/// A thing that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its IRI.
    pub iri: String,
    /// Its number; `None` for an IRI of which nothing is said.
    pub id: Option<TermId>,
    /// Whether the name was one of its names in full. If not, say which thing was taken.
    pub exact: bool,
}

/// A name that leads to no one thing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing has it.
    #[error("no entity called “{name}”")]
    NoEntity {
        /// As given.
        name: String,
        /// The nearest names, each with what it is.
        near: Vec<String>,
    },
    /// Several things have it.
    #[error("“{name}” could be {count} things", count = candidates.len())]
    Ambiguous {
        /// As given.
        name: String,
        /// Each with what it is and its key.
        candidates: Vec<String>,
    },
}

impl Fault for NameError {
    fn code(&self) -> Code {
        match self {
            Self::NoEntity { .. } => Code::NO_SUCH_THING,
            Self::Ambiguous { .. } => Code::MANY_THINGS,
        }
    }

    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NoEntity { name, near } => {
                let start: String = name.chars().take(2).collect();
                let search = format!("search with   rapporteur show \"{start}*\"");
                if near.is_empty() { search } else { format!("did you mean  {} ?\n{search}", near.join(", ")) }
            }
            Self::Ambiguous { candidates, .. } => {
                format!("write one of  {}", candidates.join("\n              "))
            }
        })
    }
}

/// How well a name fits, best first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Exact,
    Folded,
    Acronym,
    Beginning,
    Words,
}

impl Record<'_> {
    fn things_by_name(&self) -> &[(TermId, Vec<Name>)] {
        self.known.things.get_or_init(|| things(self))
    }

    /// The documents that name a thing.
    pub fn documents_of(&self, id: TermId) -> usize {
        self.known.documents.get_or_init(|| documents(self)).get(&id).copied().unwrap_or_default()
    }

    /// Whether no other thing has that name.
    pub(super) fn is_alone(&self, name: TermId) -> bool {
        self.known.owners.get_or_init(|| owners(self)).get(&name).is_none_or(Option::is_some)
    }
}

fn things(record: &Record<'_>) -> Vec<(TermId, Vec<Name>)> {
    let quads = record.quads();
    let is_ours = |id: TermId| record.key(id).is_some_and(|key| !key.starts_with("graph/"));
    let mut names: Numbers<Vec<Name>> = HashMap::default();
    for property in NAMING {
        let rows = record.said_with(property).filter(|row| quads.is_literal(row.object));
        for row in rows.filter(|row| record.class(row.subject).is_some() || is_ours(row.subject)) {
            let text = quads.text(row.object);
            let known = names.entry(row.subject).or_default();
            if known.iter().all(|name| name.text != text) {
                let code = property == dcterms::IDENTIFIER;
                known.push(Name { folded: fold(text), text: text.to_owned(), code });
            }
        }
    }
    let mut things: Vec<(TermId, Vec<Name>)> = names.into_iter().collect();
    things.sort_unstable_by_key(|(id, _)| quads.text(*id));
    things
}

fn owners(record: &Record<'_>) -> Numbers<Option<TermId>> {
    let mut owners: Numbers<Option<TermId>> = HashMap::default();
    for row in [skos::PREF_LABEL, skos::ALT_LABEL].into_iter().flat_map(|property| record.said_with(property)) {
        let owner = owners.entry(row.object).or_insert(Some(row.subject));
        *owner = owner.filter(|owner| *owner == row.subject);
    }
    owners
}

fn documents(record: &Record<'_>) -> Numbers<usize> {
    let quads = record.quads();
    let a = quads.find_iri(rdf::TYPE.as_str());
    let is_document = |graph: TermId| record.key(graph).is_some_and(|key| key.starts_with("graph/doc/"));
    let mut counts = HashMap::default();
    for row in quads.rows().iter().filter(|row| Some(row.predicate) == a && row.graph.is_some_and(is_document)) {
        *counts.entry(row.subject).or_default() += 1;
    }
    counts
}

impl<'r> Names<'r> {
    /// The names of a record. They are read when first needed.
    pub fn new(record: &'r Record<'r>) -> Self {
        Self { record }
    }

    /// The one thing meant by a label, acronym, code, file name, key (`state/irn`) or IRI.
    ///
    /// # Errors
    /// [`NameError`] if there is none, or if several fit equally well.
    pub fn find(&self, wanted: &str) -> Result<Found, NameError> {
        let found = |id: TermId, exact| Found { iri: self.text(id).to_owned(), id: Some(id), exact };
        let inner = wanted.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(wanted);
        if inner.contains("://") && oxrdf::NamedNode::new(inner).is_ok() {
            return Ok(Found { iri: inner.to_owned(), id: self.record.quads().find_iri(inner), exact: true });
        }
        if let Some(id) = self.by_key(inner).or_else(|| self.named_exactly(wanted)) {
            return Ok(found(id, true));
        }
        let things = self.record.things_by_name().iter();
        let mut fits: Vec<(Fit, TermId)> = things.filter_map(|(id, names)| Some((fit(wanted, names)?, *id))).collect();
        // Things stand by IRI, and this keeps their order.
        fits.sort_by_key(|(fit, _)| *fit);
        let Some(&(best, _)) = fits.first() else {
            return Err(NameError::NoEntity { name: wanted.to_owned(), near: self.nearest(wanted) });
        };
        let equal = fits.iter().take_while(|(fit, _)| *fit == best).map(|(_, id)| *id).collect();
        Ok(found(self.one_of(wanted, equal)?, best <= Fit::Acronym))
    }

    /// All things with a name that fits a pattern with `*`, best known first.
    pub fn search(&self, pattern: &str) -> Vec<TermId> {
        let folded = fold(pattern);
        let parts: Vec<&str> = folded.split('*').collect();
        let things = self.record.things_by_name().iter();
        let fitting = things.filter(|(_, names)| names.iter().any(|name| matches(&name.folded, &parts)));
        let mut found: Vec<TermId> = fitting.map(|(id, _)| *id).collect();
        found.sort_by_key(|&id| Reverse(self.record.documents_of(id)));
        found
    }

    /// What a thing is, for a list: `Iran (State, 2 documents)`.
    pub fn describe(&self, iri: &str) -> String {
        let labels = Labels::new(self.record);
        let seen = match self.record.quads().find_iri(iri).map_or(0, |id| self.record.documents_of(id)) {
            0 => "catalogue".to_owned(),
            1 => "1 document".to_owned(),
            more => format!("{more} documents"),
        };
        let class = labels.class(iri).unwrap_or_else(|| "thing".to_owned());
        format!("{} ({class}, {seen})", labels.brief(iri))
    }

    fn text(&self, id: TermId) -> &'r str {
        self.record.quads().text(id)
    }

    /// The thing with that key, in its own case or, if only one has it so, in any.
    fn by_key(&self, wanted: &str) -> Option<TermId> {
        let key = wanted.strip_prefix("id:").unwrap_or(wanted);
        let is_said = |id: &TermId| !self.record.of(*id).is_empty();
        let own = || self.record.quads().find_iri(&[self.record.base(), key].concat()).filter(is_said);
        let folded = key.to_lowercase();
        let ends =
            |id: &TermId| self.text(*id).to_lowercase().strip_suffix(&folded).is_some_and(|start| start.ends_with('/'));
        let any = || {
            let mut found = self.record.things(true).filter(ends);
            found.next().filter(|_| found.next().is_none())
        };
        own().or_else(|| if key.contains('/') { any() } else { None })
    }

    /// The one thing with exactly that name, found without reading all names.
    fn named_exactly(&self, wanted: &str) -> Option<TermId> {
        let literals = self.record.quads().find_words(wanted, "en");
        let rows = NAMING.into_iter().flat_map(|property| self.record.said_with(property));
        let mut named = rows.filter(|row| literals.contains(&Some(row.object))).map(|row| row.subject);
        let first = named.next()?;
        named.all(|other| other == first).then_some(first)
    }

    /// The one that is meant, if one stands out: by its sort first, then by being named in documents.
    fn one_of(&self, wanted: &str, mut candidates: Vec<TermId>) -> Result<TermId, NameError> {
        for rank in [Self::rank, Self::absence] {
            let best = candidates.iter().map(|&id| rank(self, id)).min();
            candidates.retain(|&id| Some(rank(self, id)) == best);
        }
        let choice = |id: &TermId| {
            let key = self.record.key(*id).unwrap_or_else(|| self.text(*id));
            format!("{key}   {}", self.describe(self.text(*id)))
        };
        match candidates.as_slice() {
            [only] => Ok(*only),
            several => Err(NameError::Ambiguous {
                name: wanted.to_owned(),
                candidates: several.iter().take(LISTED).map(choice).collect(),
            }),
        }
    }

    /// Actors, instruments and topics before what is only said of them.
    fn rank(&self, id: TermId) -> usize {
        self.record.class(id).map_or(2, rank)
    }

    fn absence(&self, id: TermId) -> usize {
        usize::from(self.record.documents_of(id) == 0)
    }

    /// The names most like it, at most three, each with what it is.
    fn nearest(&self, wanted: &str) -> Vec<String> {
        let wanted = fold(wanted);
        let length = wanted.chars().count();
        // Of two names one of which is four times as long, none is like the other: a name without end is compared with few.
        let is_near = |name: &&Name| {
            let theirs = name.folded.chars().count();
            length <= 4 * theirs && theirs <= 4 * length
        };
        let likeness = |names: &[Name]| {
            let alike = names.iter().filter(is_near).map(|name| strsim::jaro_winkler(&wanted, &name.folded));
            alike.fold(0.0, f64::max)
        };
        let things = self.record.things_by_name().iter();
        let mut near: Vec<(f64, usize, TermId)> = things
            .map(|(id, names)| (likeness(names), *id))
            .filter(|(likeness, _)| *likeness > 0.85)
            .map(|(likeness, id)| (likeness, self.absence(id), id))
            .collect();
        near.sort_by(|a, b| a.1.cmp(&b.1).then(b.0.total_cmp(&a.0)));
        let seen = near.iter().filter(|(_, absence, _)| *absence == 0).count();
        let shown = if seen > 0 { seen.min(3) } else { 3 };
        near.iter().take(shown).map(|(_, _, id)| self.describe(self.text(*id))).collect()
    }
}

fn rank(class: Class) -> usize {
    match class {
        Class::Matter | Class::Statement | Class::AgendaItem => 2,
        _ => match class.kind() {
            Kind::Quantity | Kind::Money | Kind::Date => 3,
            Kind::Measure | Kind::Document => 2,
            Kind::Meeting | Kind::PersonRole | Kind::Place => 1,
            _ => 0,
        },
    }
}

fn fit(wanted: &str, names: &[Name]) -> Option<Fit> {
    let folded = fold(wanted);
    names.iter().filter_map(|name| fit_one(wanted, &folded, name)).min()
}

fn fit_one(wanted: &str, folded: &str, name: &Name) -> Option<Fit> {
    if name.text == wanted {
        return Some(Fit::Exact);
    }
    if folded.is_empty() {
        return None;
    }
    if name.code {
        return (wanted.to_lowercase() == wanted && name.folded == folded).then_some(Fit::Folded);
    }
    if name.folded == folded {
        return Some(Fit::Folded);
    }
    if is_acronym(wanted) && initials(&name.text) == wanted {
        return Some(Fit::Acronym);
    }
    let rest = name.folded.strip_prefix(folded);
    if rest.is_some_and(|rest| folded.chars().count() > 2 || rest.starts_with(' ')) {
        return Some(Fit::Beginning);
    }
    let words: Vec<&str> = name.folded.split(' ').collect();
    let all = folded.split(' ').all(|wanted| words.contains(&wanted));
    all.then_some(Fit::Words)
}

fn is_acronym(text: &str) -> bool {
    text.chars().count() >= 2 && text.chars().all(|c| c.is_uppercase())
}

/// The initials of a name's capitalised words.
fn initials(name: &str) -> String {
    name.split([' ', '-']).filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect()
}

/// Lower case, without accents, article and punctuation, blanks folded.
fn fold(name: &str) -> String {
    let plain: String = name
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c.is_alphanumeric() || matches!(c, '/' | '.' | '*') { c } else { ' ' })
        .collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    let words = if words.first() == Some(&"the") && words.len() > 1 { &words[1..] } else { &words[..] };
    words.join(" ")
}

fn matches(name: &str, parts: &[&str]) -> bool {
    let [first, middle @ .., last] = parts else { return parts.first().is_some_and(|only| name.contains(only)) };
    let Some(mut rest) = name.strip_prefix(first) else { return false };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fold_and_fit() {
        let name = |text: &str| Name { text: text.to_owned(), folded: fold(text), code: text == "XKX" };
        for (wanted, known, expected) in [
            ("Interpol", "Interpol", Some("exact")),
            ("interpol", "Interpol", Some("folded")),
            ("Republique d'Aland", "République d’Åland", Some("folded")),
            ("the Expert Group", "Expert Group", Some("folded")),
            ("A/RES/65/230", "A/RES/65/230", Some("exact")),
            ("IAEA", "International Atomic Energy Agency", Some("acronym")),
            ("Inter", "Interpol", Some("beginning")),
            ("In", "Interpol", None),
            ("Expert Group", "Open-ended Expert Group on Rivers", Some("words")),
            ("Group of rivers", "Expert Group on Rivers", None),
            ("", "Interpol", None),
            ("xkx", "XKX", Some("folded")),
            ("Xkx", "XKX", None),
        ] {
            let found = fit(wanted, &[name(known)]).map(|fit| match fit {
                Fit::Exact => "exact",
                Fit::Folded => "folded",
                Fit::Acronym => "acronym",
                Fit::Beginning => "beginning",
                Fit::Words => "words",
            });
            assert_eq!(found, expected, "{wanted} / {known}");
        }
    }

    #[test]
    fn stars_stand_for_anything() {
        for (pattern, name, fits) in [
            ("ir*", "iran", true),
            ("*pol", "interpol", true),
            ("e*l", "europol", true),
            ("ir*", "syria", false),
            ("ra", "iran", true),
        ] {
            let parts: Vec<&str> = pattern.split('*').collect();
            assert_eq!(matches(name, &parts), fits, "{pattern} {name}");
        }
    }
}
