//! The tree of topics: what statements are about, broader to narrower, each with the words by which texts show it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::turtle::{self, Object};
use super::{BASE, Error, shipped};

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../seeds/topics/", $name)))),*]
    };
}

/// Name and text of each file of `seeds/topics`, sorted by name.
pub const TOPIC_FILES: &[(&str, &str)] = files![
    "climate.ttl", "crime.ttl", "development.ttl", "disarmament.ttl", "drugs.ttl", "human-rights.ttl",
    "humanitarian.ttl", "ict.ttl", "institutions.ttl", "law.ttl", "peace-and-security.ttl", "terrorism.ttl",
    "trade.ttl",
];

/// The property after its namespace; those of a topic file are told apart by that.
const PROPERTIES: [(&str, TopicField); 6] = [
    ("prefLabel", TopicField::Label),
    ("altLabel", TopicField::Name),
    ("hiddenLabel", TopicField::Sign),
    ("acronym", TopicField::Acronym),
    ("broader", TopicField::Broader),
    ("subject", TopicField::Owner),
];

#[derive(Clone, Copy)]
enum TopicField {
    Label,
    Name,
    Sign,
    Acronym,
    Broader,
    Owner,
}

/// One topic, or a thing that a topic owns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TopicNode {
    /// What people see; empty for a thing that a topic owns: the catalogue names it.
    pub label: String,
    /// Other names.
    pub names: Vec<String>,
    /// Words that show it and name nothing.
    pub signs: Vec<String>,
    /// Acronyms, which are found only in their own case.
    pub acronyms: Vec<String>,
    /// Keys of what it belongs under.
    pub broader: BTreeSet<String>,
    /// Keys of the topics that own it.
    pub owners: BTreeSet<String>,
}

/// All topics by key: `topic/cybercrime`.
#[derive(Clone, Debug, Default)]
pub struct TopicTree {
    nodes: BTreeMap<String, TopicNode>,
}

impl TopicTree {
    /// The tree that ships.
    pub fn embedded() -> &'static Self {
        static TREE: LazyLock<TopicTree> =
            LazyLock::new(|| shipped("the tree of topics", TopicTree::parse(TOPIC_FILES)));
        &TREE
    }

    /// Reads Turtle files (name for messages, text) into one tree. What a line says beside the known properties is passed
    /// over, as in any SKOS.
    ///
    /// # Errors
    /// The first fault of the Turtle, with file, line and column.
    pub fn parse(files: &[(&str, &str)]) -> Result<Self, Error> {
        let mut tree = Self::default();
        for &(name, text) in files {
            turtle::read(name, text, &mut |_, subject, predicate, object| {
                tree.take(subject, predicate, object);
                Ok(())
            })?;
        }
        Ok(tree)
    }

    /// All nodes by key.
    pub fn nodes(&self) -> &BTreeMap<String, TopicNode> {
        &self.nodes
    }

    fn take(&mut self, subject: &str, predicate: &str, object: Object<'_>) {
        let Some(key) = subject.strip_prefix(BASE) else { return };
        let local = predicate.rsplit(['#', '/']).next().unwrap_or_default();
        let Some((_, field)) = PROPERTIES.iter().find(|(name, _)| *name == local) else { return };
        let node = self.nodes.entry(key.to_owned()).or_default();
        match (field, object) {
            (TopicField::Label, Object::Text(text)) => text.clone_into(&mut node.label),
            (TopicField::Name, Object::Text(text)) => node.names.push(text.to_owned()),
            (TopicField::Sign, Object::Text(text)) => node.signs.push(text.to_owned()),
            (TopicField::Acronym, Object::Text(text)) => node.acronyms.push(text.to_owned()),
            (TopicField::Broader, Object::Iri(iri)) => node.broader.extend(iri.strip_prefix(BASE).map(str::to_owned)),
            (TopicField::Owner, Object::Iri(iri)) => node.owners.extend(iri.strip_prefix(BASE).map(str::to_owned)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Catalogue;
    use super::{TOPIC_FILES, TopicTree};

    #[test]
    fn every_file_of_the_folder_is_compiled_in() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds/topics");
        let files = std::fs::read_dir(folder).expect("the folder ships").filter_map(Result::ok);
        let mut names: Vec<String> = files.map(|file| file.file_name().to_string_lossy().into_owned()).collect();
        names.retain(|name| name.ends_with(".ttl"));
        names.sort();
        let embedded: Vec<&str> = TOPIC_FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, embedded);
    }

    #[test]
    fn the_tree_has_no_circle_and_hangs_together() {
        let (tree, catalogue) = (TopicTree::embedded(), Catalogue::embedded());
        for (key, node) in tree.nodes() {
            let mut above: Vec<&String> = node.broader.iter().chain(&node.owners).collect();
            let mut seen = Vec::new();
            while let Some(next) = above.pop() {
                assert_ne!(next, key, "{key} is under itself");
                let broader =
                    tree.nodes().get(next).unwrap_or_else(|| panic!("{key} is under {next}, which is nowhere"));
                assert!(!broader.label.is_empty(), "{key} is under {next}, which is no topic");
                if !seen.contains(&next) {
                    seen.push(next);
                    above.extend(&broader.broader);
                }
            }
            let known = catalogue.get(key);
            assert!(node.owners.is_empty() || known.is_some(), "{key} is owned and nowhere described");
            if let (Some(entry), false) = (known, node.label.is_empty()) {
                assert_eq!(entry.label, node.label, "{key}");
            }
        }
    }

    #[test]
    fn all_subject_matter_that_is_more_than_a_word_has_its_place() {
        let (tree, catalogue) = (TopicTree::embedded(), Catalogue::embedded());
        let topics = catalogue.entries().iter().filter(|entry| entry.key.starts_with("topic/"));
        let (placed, left): (Vec<_>, Vec<_>) = topics.partition(|entry| tree.nodes().contains_key(entry.key.as_str()));
        assert!(placed.len() > 9 * left.len(), "{} of {}", left.len(), placed.len());
    }
}
