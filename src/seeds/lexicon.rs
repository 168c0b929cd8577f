//! The lexicon of head nouns: what kind of thing a noun heads, which nouns are empty, which adjectives only value.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::model::Kind;
use crate::model::text::one_line;

const HEADS: &str = include_str!("../../seeds/lexicon/heads.toml");

static EMBEDDED: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::parse(HEADS).unwrap_or_default());

/// Head nouns and the words around them. All words are lower-case lemmas.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    kinds: HashMap<String, Kind>,
    empty: HashSet<String>,
    evaluative: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    kinds: HashMap<String, String>,
    empty: Nouns,
    evaluative: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nouns {
    nouns: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: String,
}

impl Lexicon {
    /// The lexicon that ships.
    pub fn embedded() -> &'static Lexicon {
        &EMBEDDED
    }

    /// Reads a lexicon file. The error is one line that names the fault.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: File = toml::from_str(text).map_err(|error| error.message().to_owned())?;
        let mut kinds = HashMap::new();
        for (name, nouns) in &file.kinds {
            let kind = Kind::from_name(name).ok_or_else(|| format!("no kind called “{name}”"))?;
            for noun in list(nouns) {
                if let Some(other) = kinds.insert(noun.clone(), kind) {
                    return Err(format!("“{noun}” is both {} and {name}", other.name()));
                }
            }
        }
        Ok(Self { kinds, empty: list(&file.empty.nouns).collect(), evaluative: list(&file.evaluative.words).collect() })
    }

    /// The kind that a noun or noun phrase heads; the longest known ending decides ("penal code" before "code").
    pub fn kind_of(&self, phrase: &str) -> Option<Kind> {
        let mut rest = phrase;
        loop {
            if let Some(&kind) = self.kinds.get(rest) {
                return Some(kind);
            }
            rest = rest.split_once(' ')?.1;
        }
    }

    /// Whether a noun names nothing by itself.
    pub fn is_empty_noun(&self, lemma: &str) -> bool {
        self.empty.contains(lemma)
    }

    /// Whether a word before a noun only values or counts it.
    pub fn is_evaluative(&self, word: &str) -> bool {
        self.evaluative.contains(word)
    }
}

fn list(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(',').map(one_line).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{HEADS, Lexicon};
    use crate::model::Kind;

    #[test]
    fn the_lexicon_that_ships_is_read_whole() {
        let lexicon = Lexicon::parse(HEADS).expect("heads.toml");
        for (phrase, kind) in [
            ("ministry", Some(Kind::GovernmentBody)),
            ("national cyber police", Some(Kind::LawEnforcementAgency)),
            ("working group", Some(Kind::ExpertGroup)),
            ("criminal organisation", Some(Kind::PersonRole)),
            ("banana", None),
        ] {
            assert_eq!(lexicon.kind_of(phrase), kind, "{phrase}");
        }
    }
}
