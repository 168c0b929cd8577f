//! Finds the thing that a person means by a name: exact labels and codes first, then acronyms, then the beginning of a
//! name, then its words. Never a guess between two.

use std::cell::OnceCell;
use std::cmp::Reverse;
use std::collections::BTreeMap;

use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term};
use oxigraph::store::Store;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::Error;
use super::labels::{Labels, documents};
use crate::lift::vocabulary::{dcterms, local_name, rdf, schema, skos};
use crate::model::{Class, Kind};

/// The properties that name things.
const NAMING: [NamedNodeRef<'static>; 4] = [skos::PREF_LABEL, skos::ALT_LABEL, dcterms::IDENTIFIER, schema::NAME];

/// All names in a store.
pub struct Names<'s> {
    store: &'s Store,
    base: &'s str,
    things: OnceCell<BTreeMap<String, Vec<Name>>>,
}

struct Name {
    text: String,
    folded: String,
    /// Codes are matched in their own case, or all in lower case.
    code: bool,
}

/// A thing that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The thing.
    pub node: NamedNode,
    /// Whether the name was one of its names in full. If not, say which thing was taken.
    pub exact: bool,
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

impl<'s> Names<'s> {
    /// The names of a store, whose data IRIs begin with `base`. They are read when first needed.
    pub fn new(store: &'s Store, base: &'s str) -> Self {
        Self { store, base, things: OnceCell::new() }
    }

    fn things(&self) -> &BTreeMap<String, Vec<Name>> {
        self.things.get_or_init(|| self.read())
    }

    fn read(&self) -> BTreeMap<String, Vec<Name>> {
        let mut things: BTreeMap<String, Vec<Name>> = BTreeMap::new();
        for predicate in NAMING {
            for quad in self.store.quads_for_pattern(None, Some(predicate), None, None).filter_map(Result::ok) {
                let (NamedOrBlankNode::NamedNode(node), Term::Literal(name)) = (quad.subject, quad.object) else {
                    continue;
                };
                if !node.as_str().starts_with(self.base) {
                    continue;
                }
                let names = things.entry(node.into_string()).or_default();
                if names.iter().all(|known| known.text != name.value()) {
                    names.push(Name {
                        folded: fold(name.value()),
                        text: name.value().to_owned(),
                        code: predicate == dcterms::IDENTIFIER,
                    });
                }
            }
        }
        things
    }

    /// The one thing meant by a label, acronym, code, file name, key (`state/irn`) or IRI.
    pub fn find(&self, wanted: &str) -> Result<Found, Error> {
        if let Some(node) = self.by_key(wanted) {
            return Ok(Found { node, exact: true });
        }
        if let [only] = self.named_exactly(wanted).as_slice() {
            return Ok(Found { node: only.clone(), exact: true });
        }
        let mut fits: Vec<(Fit, &str)> =
            self.things().iter().filter_map(|(iri, names)| Some((fit(wanted, names)?, iri.as_str()))).collect();
        fits.sort();
        let Some(&(best, _)) = fits.first() else {
            return Err(Error::NoEntity { name: wanted.to_owned(), near: self.nearest(wanted) });
        };
        let equal: Vec<&str> = fits.iter().take_while(|(fit, _)| *fit == best).map(|(_, iri)| *iri).collect();
        let node = self.one_of(wanted, equal)?;
        Ok(Found { node, exact: best <= Fit::Acronym })
    }

    /// All things with a name that fits a pattern with `*`, with their preferred names, best known first.
    pub fn search(&self, pattern: &str) -> Vec<NamedNode> {
        let folded = fold(pattern);
        let parts: Vec<&str> = folded.split('*').collect();
        let mut found: Vec<(Reverse<usize>, &String)> = self
            .things()
            .iter()
            .filter(|(_, names)| names.iter().any(|name| matches(&name.folded, &parts)))
            .map(|(iri, _)| (Reverse(self.documents(&NamedNode::new_unchecked(iri.as_str()))), iri))
            .collect();
        found.sort();
        found.into_iter().map(|(_, iri)| NamedNode::new_unchecked(iri.clone())).collect()
    }

    /// What a thing is, for a list: `Iran (State, 2 documents)`.
    pub fn describe(&self, node: &NamedNode) -> String {
        let labels = Labels::new(self.store, self.base);
        let count = documents(self.store, self.base, node);
        let seen = match count {
            0 => "catalogue".to_owned(),
            1 => "1 document".to_owned(),
            more => format!("{more} documents"),
        };
        let class = labels.class(node).unwrap_or_else(|| "thing".to_owned());
        format!("{} ({class}, {seen})", labels.brief(node))
    }

    fn by_key(&self, wanted: &str) -> Option<NamedNode> {
        let inner = wanted.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(wanted);
        if inner.contains("://") {
            return NamedNode::new(inner).ok();
        }
        let key = inner.strip_prefix("id:").unwrap_or(inner);
        let iri = [self.base, key].concat();
        let node = NamedNode::new(iri).ok()?;
        let known = self.store.quads_for_pattern(Some(node.as_ref().into()), None, None, None).next().is_some();
        known.then_some(node)
    }

    /// The things with exactly that name, found without reading all names.
    fn named_exactly(&self, wanted: &str) -> Vec<NamedNode> {
        let literals =
            [Literal::new_simple_literal(wanted), Literal::new_language_tagged_literal_unchecked(wanted, "en")];
        let quads = literals.iter().flat_map(|name| self.store.quads_for_pattern(None, None, Some(name.into()), None));
        let mut found: Vec<NamedNode> = quads
            .filter_map(Result::ok)
            .filter(|quad| NAMING.contains(&quad.predicate.as_ref()))
            .filter_map(|quad| match quad.subject {
                NamedOrBlankNode::NamedNode(node) if node.as_str().starts_with(self.base) => Some(node),
                _ => None,
            })
            .collect();
        found.sort();
        found.dedup();
        found
    }

    /// The one that is meant, if one stands out: by its sort first, then by being named in documents.
    fn one_of(&self, wanted: &str, mut candidates: Vec<&str>) -> Result<NamedNode, Error> {
        for rank in [Self::rank, Self::absence] {
            let best = candidates.iter().map(|iri| rank(self, iri)).min();
            candidates.retain(|iri| Some(rank(self, iri)) == best);
        }
        match candidates.as_slice() {
            [only] => Ok(NamedNode::new_unchecked(*only)),
            several => Err(Error::Ambiguous {
                name: wanted.to_owned(),
                candidates: several.iter().take(9).map(|iri| self.choice(iri)).collect(),
            }),
        }
    }

    fn choice(&self, iri: &str) -> String {
        let key = iri.strip_prefix(self.base).unwrap_or(iri);
        format!("{key}   {}", self.describe(&NamedNode::new_unchecked(iri)))
    }

    /// Actors, instruments and topics before what is only said of them.
    fn rank(&self, iri: &str) -> usize {
        let class = self.store.quads_for_pattern(
            Some(NamedNode::new_unchecked(iri).as_ref().into()),
            Some(rdf::TYPE),
            None,
            None,
        );
        let ranks = class.filter_map(Result::ok).filter_map(|quad| match quad.object {
            Term::NamedNode(node) => Class::from_name(local_name(node.as_str())?).map(rank),
            _ => None,
        });
        ranks.min().unwrap_or(2)
    }

    fn absence(&self, iri: &str) -> usize {
        usize::from(self.documents(&NamedNode::new_unchecked(iri)) == 0)
    }

    /// The documents that name a thing.
    pub fn documents(&self, node: &NamedNode) -> usize {
        documents(self.store, self.base, node)
    }

    /// The names most like it, at most three, each with what it is.
    fn nearest(&self, wanted: &str) -> Vec<String> {
        let wanted = fold(wanted);
        let likeness =
            |names: &[Name]| names.iter().map(|name| strsim::jaro_winkler(&wanted, &name.folded)).fold(0.0, f64::max);
        let mut near: Vec<(f64, usize, &String)> = self
            .things()
            .iter()
            .map(|(iri, names)| (likeness(names), iri))
            .filter(|(likeness, _)| *likeness > 0.85)
            .map(|(likeness, iri)| (likeness, self.absence(iri), iri))
            .collect();
        near.sort_by(|a, b| a.1.cmp(&b.1).then(b.0.total_cmp(&a.0)).then(a.2.cmp(b.2)));
        let seen = near.iter().filter(|(_, absence, _)| *absence == 0).count();
        near.iter()
            .take(if seen > 0 { seen.min(3) } else { 3 })
            .map(|(_, _, iri)| self.describe(&NamedNode::new_unchecked(iri.as_str())))
            .collect()
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
