//! Short names of JSON-LD: what the context that ships calls a property, and how it types its values.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::export::prefixes::{Name, Prefixes};

/// The context that ships, for people and programs that want to refer to it.
pub const SHIPPED: &str = include_str!("../../../ontology/context.jsonld");

/// How the values of a term are written when they fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coercion {
    /// Strings, numbers and truth values as JSON has them.
    None,
    /// IRIs as text, relative to the base.
    Iri,
    /// IRIs as text, relative to our vocabulary.
    Vocabulary,
    /// Literals of one datatype as text.
    Datatype(String),
    /// Tagged strings as an object from language to text.
    Language,
}

#[derive(Clone, Debug)]
struct Term {
    name: String,
    coercion: Coercion,
    /// As the context writes it.
    definition: Value,
}

/// The names that a file may use.
#[derive(Clone, Debug, Default)]
pub struct Context {
    vocabulary: String,
    prefixes: Prefixes,
    by_iri: HashMap<String, Term>,
    names: HashSet<String>,
}

impl Context {
    /// The context that ships, with a base and prefixes.
    pub fn shipped(prefixes: &Prefixes) -> Self {
        let parsed: Value = serde_json::from_str(SHIPPED).unwrap_or_default();
        let entries = parsed["@context"].as_object().cloned().unwrap_or_default();
        let full = |short: &str| match short.split_once(':') {
            Some((prefix, local)) => entries.get(prefix).and_then(Value::as_str).map(|start| [start, local].concat()),
            None => None,
        };
        let term = |(name, definition): (&String, &Value)| {
            let id = definition.as_str().or_else(|| definition["@id"].as_str())?;
            let iri = full(id)?;
            let coercion = match definition["@type"].as_str() {
                _ if definition["@container"] == "@language" => Coercion::Language,
                Some("@id") => Coercion::Iri,
                Some("@vocab") => Coercion::Vocabulary,
                Some(datatype) => Coercion::Datatype(full(datatype)?),
                None => Coercion::None,
            };
            Some((iri, Term { name: name.clone(), coercion, definition: definition.clone() }))
        };
        let is_term = |name: &str, definition: &Value| {
            !name.starts_with('@') && !definition.as_str().is_some_and(|text| text.contains("//"))
        };
        let vocabulary = entries.get("@vocab").and_then(Value::as_str).unwrap_or_default();
        let terms = entries.iter().filter(|(name, definition)| is_term(name, definition)).filter_map(term);
        Self::of(vocabulary, prefixes.clone(), terms.collect())
    }

    fn of(vocabulary: &str, prefixes: Prefixes, by_iri: HashMap<String, Term>) -> Self {
        let names = by_iri.values().map(|term| term.name.clone()).collect();
        Self { vocabulary: vocabulary.to_owned(), prefixes, by_iri, names }
    }

    /// Only what is needed to write these IRIs; all prefixes that the needed terms are defined with stay.
    #[must_use]
    pub fn used_by<'i>(&self, iris: impl IntoIterator<Item = &'i str>) -> Self {
        let mut used: Vec<&str> = iris.into_iter().collect();
        let by_iri: HashMap<_, _> = used
            .iter()
            .filter_map(|&iri| self.by_iri.get_key_value(iri))
            .map(|(iri, term)| (iri.clone(), term.clone()))
            .collect();
        let datatypes = by_iri.values().filter_map(|term| match &term.coercion {
            Coercion::Datatype(datatype) => Some(datatype.as_str()),
            _ => None,
        });
        used.extend(datatypes);
        let prefixes = self.prefixes.used_by(used);
        Self::of(&self.vocabulary, prefixes, by_iri.clone())
    }

    /// The context as it stands in a file, in order: base, vocabulary, prefixes, terms.
    pub fn entries(&self) -> Vec<(String, Value)> {
        let mut entries = Vec::new();
        entries.extend(self.prefixes.base().map(|base| ("@base".to_owned(), base.into())));
        entries.push(("@vocab".to_owned(), self.vocabulary.as_str().into()));
        entries.extend(self.prefixes.pairs().into_iter().map(|(prefix, start)| (prefix.to_owned(), start.into())));
        let mut terms: Vec<_> = self.by_iri.values().map(|term| (term.name.clone(), term.definition.clone())).collect();
        terms.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        entries.extend(terms);
        entries
    }

    /// The term that stands for a property, and how its values are written.
    pub fn term(&self, iri: &str) -> Option<(&str, &Coercion)> {
        self.by_iri.get(iri).map(|term| (term.name.as_str(), &term.coercion))
    }

    /// A class, property or individual of a vocabulary: bare if it is ours, else with its prefix.
    pub fn vocabulary_name(&self, iri: &str) -> String {
        match iri.strip_prefix(&self.vocabulary).filter(|local| self.is_free(iri, local)) {
            Some(local) => local.to_owned(),
            None => self.short(iri),
        }
    }

    /// An IRI of the data: relative to the base, else with its prefix.
    pub fn data_name(&self, iri: &str) -> String {
        match self.prefixes.name(iri) {
            Name::Relative(rest) if !rest.contains(':') => rest.to_owned(),
            _ => self.short(iri),
        }
    }

    /// An IRI of a vocabulary with its prefix, even if it is ours.
    pub fn prefixed_name(&self, iri: &str) -> String {
        self.short(iri)
    }

    fn short(&self, iri: &str) -> String {
        match self.prefixes.name(iri) {
            Name::Short(prefix, local) => format!("{prefix}:{local}"),
            _ => iri.to_owned(),
        }
    }

    /// Whether a bare name means this IRI and nothing else.
    fn is_free(&self, iri: &str, local: &str) -> bool {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        let taken = || self.names.contains(local) && self.term(iri).is_none_or(|(name, _)| name != local);
        !local.is_empty() && local.bytes().all(plain) && !taken()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lift::vocabulary::{own, relations};
    use crate::model::{Qualifier, Relation};

    #[test]
    fn every_relation_and_qualifier_has_its_own_name() {
        let context = Context::shipped(&Prefixes::new(None, []));
        let names = relations().iter().map(Relation::name).chain(Qualifier::ALL.map(Qualifier::name));
        for name in names {
            // `sameAs` is what JSON-LD files call a link.
            let short = if name == "sameAs" { "isSameAs" } else { name };
            assert_eq!(context.term(own(name).as_str()), Some((short, &Coercion::Iri)), "{name}");
        }
    }

    #[test]
    fn no_name_stands_for_two_things() {
        let context = Context::shipped(&Prefixes::new(None, []));
        // `sameAs` is what JSON-LD files call a link; the relation of that name has another short one.
        for (iri, term) in context.by_iri.iter().filter(|(_, term)| term.name != "sameAs") {
            let ours = own(&term.name).into_string();
            assert!(*iri == ours || !context.by_iri.contains_key(&ours), "{}", term.name);
        }
    }
}
