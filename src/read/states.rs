//! Whether a few words are the name of a State, group or organisation that may take the floor.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::model::{Class, Kind};
use crate::seeds::Catalogue;

/// Names in lower case with single blanks, without a leading article.
struct Names {
    states: HashSet<String>,
    groups: HashSet<String>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let of = |fits: fn(Class) -> bool| {
        let entries = Catalogue::embedded().entries().iter().filter(|entry| fits(entry.class));
        entries.flat_map(|entry| &entry.names).map(|name| folded(&name.text)).collect()
    };
    Names {
        states: of(|class| class == Class::Of(Kind::State)),
        groups: of(|class| class == Class::StateGroup || class.kind() == Kind::InternationalOrganization),
    }
});

/// Whether words name a State and nothing else: "Elbonia", "the Republic of Elbonia". Codes and words of up to three
/// letters are no names.
pub(super) fn is_state(words: &str) -> bool {
    is_in(&NAMES.states, words)
}

/// Whether words name a State, a group of States or an organisation.
pub(super) fn is_party(words: &str) -> bool {
    is_state(words) || is_in(&NAMES.groups, words)
}

/// Whether a word is the acronym of a group or organisation, written as such: "EU".
pub(super) fn is_acronym(word: &str) -> bool {
    let capitals = word.chars().all(|c| c.is_uppercase()) && word.len() >= 2;
    capitals && NAMES.groups.contains(&folded(word))
}

fn is_in(names: &HashSet<String>, words: &str) -> bool {
    words.len() > 3 && words.len() < 120 && names.contains(&folded(words))
}

fn folded(words: &str) -> String {
    let lower = words.to_lowercase().replace('’', "'");
    let folded = lower.split_whitespace().collect::<Vec<_>>().join(" ");
    folded.strip_prefix("the ").map(str::to_owned).unwrap_or(folded)
}
