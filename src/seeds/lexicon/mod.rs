//! English as data: what kind of thing a noun heads, which nouns are empty, which adjectives only value; the classes of
//! words that recognisers ask for; numbers, currencies and spellings.

mod classes;
mod languages;
mod numerals;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use compact_str::CompactString;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use crate::model::Kind;
use crate::model::text::one_line;

pub use classes::{Classes, WordClass};
pub use languages::Languages;
pub use numerals::Numerals;

const HEADS: &str = include_str!("../../../seeds/lexicon/heads.toml");
const CLASSES: &[(&str, &str)] = &[
    ("grammar.toml", include_str!("../../../seeds/lexicon/en/grammar.toml")),
    ("names.toml", include_str!("../../../seeds/lexicon/en/names.toml")),
    ("people.toml", include_str!("../../../seeds/lexicon/en/people.toml")),
    ("law.toml", include_str!("../../../seeds/lexicon/en/law.toml")),
    ("meetings.toml", include_str!("../../../seeds/lexicon/en/meetings.toml")),
    ("dates.toml", include_str!("../../../seeds/lexicon/en/dates.toml")),
    ("numbers.toml", include_str!("../../../seeds/lexicon/en/numbers.toml")),
    ("citations.toml", include_str!("../../../seeds/lexicon/en/citations.toml")),
    ("phrases.toml", include_str!("../../../seeds/lexicon/en/phrases.toml")),
    ("speakers.toml", include_str!("../../../seeds/lexicon/en/speakers.toml")),
    ("titles.toml", include_str!("../../../seeds/lexicon/en/titles.toml")),
    ("speeches.toml", include_str!("../../../seeds/lexicon/en/speeches.toml")),
    ("vocabularies.toml", include_str!("../../../seeds/lexicon/en/vocabularies.toml")),
    ("clauses.toml", include_str!("../../../seeds/lexicon/en/clauses.toml")),
    ("stances.toml", include_str!("../../../seeds/lexicon/en/stances.toml")),
];
const LANGUAGES: &str = include_str!("../../../seeds/lexicon/languages.toml");
const NUMERALS: &str = include_str!("../../../seeds/lexicon/en/numerals.toml");
const CURRENCIES: &str = include_str!("../../../seeds/lexicon/en/currencies.toml");
const SPELLINGS: &str = include_str!("../../../seeds/lexicon/en/spellings.toml");
const CONCEPTS: &str = include_str!("../../../seeds/lexicon/en/concepts.txt");

static EMBEDDED: LazyLock<Lexicon> = LazyLock::new(|| super::shipped("the lexicon", Lexicon::shipped()));

/// What is known of English words.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    kinds: HashMap<String, Kind>,
    /// The kinds of nouns that head a name only with a capital.
    capital_kinds: HashMap<String, Kind>,
    empty: HashSet<String>,
    evaluative: HashSet<String>,
    classes: FxHashMap<CompactString, Classes>,
    /// The words of each class, by its number, as the file has them.
    lists: Vec<Vec<String>>,
    languages: Languages,
    numerals: Numerals,
    currencies: Currencies,
    /// British spellings and the American ones, in the order of the file.
    spellings: Vec<(String, String)>,
    /// Whole words in British spelling and the American one.
    respelled: FxHashMap<String, String>,
    /// Keys of common nouns that mean the same in all texts.
    concepts: FxHashSet<&'static str>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadNouns {
    kinds: HashMap<String, String>,
    #[serde(rename = "capital-kinds")]
    capital_kinds: HashMap<String, String>,
    empty: Nouns,
    evaluative: Adjectives,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nouns {
    nouns: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Adjectives {
    words: String,
}

/// A class in its file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ListedClass {
    why: String,
    words: String,
}

/// Signs, codes and words of money.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Currencies {
    before: HashMap<String, CompactString>,
    after: HashMap<String, CompactString>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spellings {
    british: toml::Table,
    words: FxHashMap<String, String>,
}

impl Lexicon {
    /// The lexicon that ships.
    pub fn embedded() -> &'static Lexicon {
        &EMBEDDED
    }

    /// Reads all files that ship.
    fn shipped() -> Result<Self, String> {
        let mut lexicon = Self::parse(HEADS)?;
        lexicon.add_classes(CLASSES)?;
        lexicon.languages = Languages::parse(LANGUAGES)?;
        lexicon.numerals = Numerals::parse(NUMERALS)?;
        lexicon.currencies = read(CURRENCIES)?;
        let spellings: Spellings = read(SPELLINGS)?;
        lexicon.respelled = spellings.words;
        lexicon.concepts = CONCEPTS.lines().collect();
        let pairs = spellings.british.into_iter();
        lexicon.spellings = pairs.filter_map(|(one, other)| Some((one, other.as_str()?.to_owned()))).collect();
        Ok(lexicon)
    }

    /// Reads a file of head nouns. The error is one line that names the fault.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: HeadNouns = read(text)?;
        let (kinds, capital_kinds) = (by_noun(&file.kinds)?, by_noun(&file.capital_kinds)?);
        let (empty, evaluative) = (list(&file.empty.nouns).collect(), list(&file.evaluative.words).collect());
        Ok(Self { kinds, capital_kinds, empty, evaluative, ..Self::default() })
    }

    /// Takes in files of word classes, each with its name; together they must tell every class once.
    fn add_classes(&mut self, files: &[(&str, &str)]) -> Result<(), String> {
        let mut all: HashMap<String, ListedClass> = HashMap::new();
        for (name, text) in files {
            let file: HashMap<String, ListedClass> = read(text).map_err(|error| format!("{name}: {error}"))?;
            for (class, words) in file {
                if words.why.is_empty() || all.insert(class.clone(), words).is_some() {
                    return Err(format!("{name}: “{class}” is told twice, or not why there is one"));
                }
            }
        }
        for &class in WordClass::ALL {
            let words = all.remove(class.name()).ok_or_else(|| format!("no words for “{}”", class.name()))?;
            let words: Vec<String> = list(&words.words).collect();
            for word in &words {
                self.classes.entry(CompactString::from_str_to_lowercase(word)).or_default().insert(class);
            }
            self.lists.push(words);
        }
        all.keys().next().map_or(Ok(()), |class| Err(format!("nothing asks for “{class}”")))
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

    /// The kind that a noun or noun phrase heads where it is written with a capital: some nouns name a body only so ("the
    /// Group", "the Assembly").
    pub fn kind_of_capital(&self, phrase: &str) -> Option<Kind> {
        let last = phrase.rsplit(' ').next().unwrap_or(phrase);
        self.kind_of(phrase).or_else(|| self.capital_kinds.get(last).copied())
    }

    /// Whether a noun names nothing by itself.
    pub fn is_empty_noun(&self, lemma: &str) -> bool {
        self.empty.contains(lemma)
    }

    /// Whether a word before a noun only values or counts it.
    pub fn is_evaluative(&self, word: &str) -> bool {
        self.evaluative.contains(word)
    }

    /// The head noun of a name: the last word before its first preposition, in lower case.
    pub fn head_of(&self, name: &str) -> String {
        let lower = name.to_lowercase();
        let before = words_of(&lower).take_while(|word| !self.is(word, WordClass::ComplementStart));
        before.last().unwrap_or_default().to_owned()
    }

    /// The words that tell a name from others, in lower case: all but the small ones.
    pub fn telling_words(&self, name: &str) -> Vec<String> {
        let lower = name.to_lowercase();
        words_of(&lower).filter(|word| !self.is(word, WordClass::SmallInName)).map(str::to_owned).collect()
    }

    /// The classes of a word in lower case.
    pub fn classes(&self, lower: &str) -> Classes {
        self.classes.get(lower).copied().unwrap_or_default()
    }

    /// Whether a word in lower case is of a class.
    pub fn is(&self, lower: &str, class: WordClass) -> bool {
        self.classes(lower).has(class)
    }

    /// The words of a class, as the file has them.
    pub fn list(&self, class: WordClass) -> &[String] {
        self.lists.get(class as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether a common noun means the same in all texts, by the key that it has there: "topic/good-governance".
    pub fn is_concept(&self, key: &str) -> bool {
        self.concepts.contains(key)
    }

    /// Languages that a text can be in.
    pub fn languages(&self) -> &Languages {
        &self.languages
    }

    /// Numbers in words.
    pub fn numerals(&self) -> &Numerals {
        &self.numerals
    }

    /// A plural's singular, in lower case: irregular ones from their list, the others by their endings.
    pub fn singular(&self, plural: &str) -> CompactString {
        self.numerals.singular(plural)
    }

    /// A plural's singular, in lower case, by its ending alone. For the heads of names: "Women" with a capital is a word
    /// of a title, where "woman" would make a name of it.
    pub fn singular_by_ending(&self, plural: &str) -> CompactString {
        numerals::singular_by_ending(plural)
    }

    /// The currency that a sign or code before a number tells.
    pub fn currency_before(&self, sign: &str) -> Option<&CompactString> {
        self.currencies.before.get(sign)
    }

    /// The currency that words after a number tell; they are parted by single blanks.
    pub fn currency_after(&self, words: &str) -> Option<&CompactString> {
        self.currencies.after.get(words)
    }

    /// British spellings and the American ones, in folded form.
    pub fn spellings(&self) -> impl Iterator<Item = (&str, &str)> {
        self.spellings.iter().map(|(british, american)| (british.as_str(), american.as_str()))
    }

    /// The American spelling of a whole word in lower case, if it is one of those that labels are filed under.
    pub fn respelled(&self, british: &str) -> Option<&str> {
        self.respelled.get(british).map(String::as_str)
    }

    /// The words that are respelled, in no order.
    pub fn respelled_words(&self) -> impl Iterator<Item = &str> {
        self.respelled.keys().map(String::as_str)
    }
}

/// Each noun with the kind that it heads. A noun of two kinds is a fault.
fn by_noun(nouns_of: &HashMap<String, String>) -> Result<HashMap<String, Kind>, String> {
    let mut kinds = HashMap::new();
    for (name, nouns) in nouns_of {
        let kind = Kind::from_name(name).ok_or_else(|| format!("no kind called “{name}”"))?;
        for noun in list(nouns) {
            if let Some(other) = kinds.insert(noun.clone(), kind) {
                return Err(format!("“{noun}” is both {} and {name}", other.name()));
            }
        }
    }
    Ok(kinds)
}

fn read<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T, String> {
    toml::from_str(text).map_err(|error| error.message().to_owned())
}

fn words_of(lower: &str) -> impl Iterator<Item = &str> {
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn list(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(',').map(one_line).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{Lexicon, WordClass};
    use crate::model::Kind;

    #[test]
    fn the_lexicon_that_ships_is_read_whole() {
        let lexicon = Lexicon::shipped().expect("the files of seeds/lexicon");
        for (phrase, kind) in [
            ("ministry", Some(Kind::GovernmentBody)),
            ("national cyber police", Some(Kind::LawEnforcementAgency)),
            ("working group", Some(Kind::ExpertGroup)),
            ("criminal organisation", Some(Kind::PersonRole)),
            ("banana", None),
        ] {
            assert_eq!(lexicon.kind_of(phrase), kind, "{phrase}");
        }
        assert!(lexicon.is("convention", WordClass::InstrumentHead) && !lexicon.is("banana", WordClass::Plural));
        assert!(WordClass::ALL.iter().all(|class| !lexicon.list(*class).is_empty()));
    }

    #[test]
    fn classes_are_told_once_and_asked_for() {
        let mut lexicon = Lexicon::default();
        let one = "[month]\nwhy = \"a\"\nwords = \"may\"\n";
        for (files, fault) in [
            (vec![("a", one)], "no words for"),
            (vec![("a", one), ("b", one)], "told twice"),
            (vec![("a", "[month]\nwords = \"may\"\n")], "a: missing field"),
        ] {
            let error = lexicon.add_classes(&files).expect_err("a fault");
            assert!(error.contains(fault), "{error}");
        }
    }
}
