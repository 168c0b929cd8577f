//! Hand-made annotations of one document, read from their four files.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;

/// One annotated document.
#[derive(Clone, Debug)]
pub struct Gold {
    /// Name of the annotated file.
    pub source: String,
    /// What sort of document it is: `statement`, `resolution`, `letter` …
    pub kind: String,
    /// Whether it is held back: what is missed in it is never shown, or it would measure no longer.
    pub is_held: bool,
    /// Whether annotators listed entities with their surfaces: then names are complete, and terms are not.
    pub(super) is_listed: bool,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) skipped: Vec<(usize, usize)>,
    pub(super) mentions: Vec<GoldMention>,
    pub(super) relations: Vec<GoldRelation>,
    surfaces: HashMap<String, Vec<String>>,
}

/// A gold file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{file}, line {line}: {message}")]
pub struct GoldError {
    /// Which of the files.
    pub file: &'static str,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

#[derive(Deserialize)]
struct Meta {
    source: String,
    #[serde(default)]
    start: usize,
    #[serde(default = "no_end")]
    end: usize,
    #[serde(default)]
    not_annotated: Vec<(usize, usize)>,
    #[serde(default = "unknown")]
    kind: String,
    #[serde(default)]
    held: bool,
    #[serde(default)]
    mentions: String,
}

fn unknown() -> String {
    "?".to_owned()
}

const fn no_end() -> usize {
    1_000_000_000
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct GoldMention {
    pub start: usize,
    pub end: usize,
    pub surface: String,
    #[serde(rename = "type")]
    pub kind: String,
    pub class: String,
    pub canonical: String,
    #[serde(default)]
    pub zone: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct GoldRelation {
    pub tier: String,
    pub subject: GoldEnd,
    pub predicate: String,
    pub object: GoldEnd,
    #[serde(default)]
    pub negated: bool,
    pub start: usize,
    pub end: usize,
    pub evidence: String,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(super) enum GoldEnd {
    Entity { id: String },
    Literal { value: String },
}

impl GoldEnd {
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Entity { id } => id,
            Self::Literal { value } => value,
        }
    }
}

#[derive(Deserialize)]
struct GoldEntity {
    canonical: String,
    #[serde(default)]
    label: String,
    #[serde(default)]
    surfaces: Vec<String>,
}

impl Gold {
    /// Reads the texts of `meta.json`, `mentions.jsonl`, `relations.jsonl` and `entities.jsonl`.
    pub fn parse(meta: &str, mentions: &str, relations: &str, entities: &str) -> Result<Gold, GoldError> {
        let meta: Meta = serde_json::from_str(meta).map_err(|error| GoldError {
            file: "meta.json",
            line: error.line(),
            message: error.to_string(),
        })?;
        let mut mentions: Vec<GoldMention> = lines("mentions.jsonl", mentions)?;
        mentions.retain(|mention| mention.zone != "boilerplate");
        let entities: Vec<GoldEntity> = lines("entities.jsonl", entities)?;
        let surfaces = entities.into_iter().map(|entity| {
            let mut names = vec![entity.label];
            names.extend(entity.surfaces);
            (entity.canonical, names)
        });
        Ok(Gold {
            source: meta.source,
            kind: meta.kind,
            is_held: meta.held,
            is_listed: meta.mentions == "listed",
            start: meta.start,
            end: meta.end,
            skipped: meta.not_annotated,
            mentions,
            relations: lines("relations.jsonl", relations)?,
            surfaces: surfaces.collect(),
        })
    }

    /// Whether a stretch of code points lies where annotators looked.
    pub(super) fn covers(&self, start: usize, end: usize) -> bool {
        self.start <= start && end <= self.end && !self.skipped.iter().any(|&(from, to)| from <= start && start < to)
    }

    /// The ids of one end: members of "a+b", and a State's government beside the State.
    pub(super) fn ids(end: &GoldEnd) -> HashSet<String> {
        let GoldEnd::Entity { id } = end else { return HashSet::new() };
        let members = id.split('+').chain([id.as_str()]);
        members
            .flat_map(|id| {
                let twin = id.strip_suffix("-government").map_or_else(|| format!("{id}-government"), str::to_owned);
                [id.to_owned(), twin]
            })
            .collect()
    }

    /// All names of an id; the id itself where none is known.
    pub(super) fn names(&self, id: &str) -> Vec<String> {
        self.surfaces.get(id).cloned().unwrap_or_else(|| vec![id.replace('-', " ")])
    }

    pub(super) fn knows_any(&self, ids: &HashSet<String>) -> bool {
        ids.iter().any(|id| self.surfaces.contains_key(id))
    }
}

fn lines<T: for<'de> Deserialize<'de>>(file: &'static str, text: &str) -> Result<Vec<T>, GoldError> {
    let numbered = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    numbered
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|error| GoldError { file, line: at + 1, message: error.to_string() })
        })
        .collect()
}
