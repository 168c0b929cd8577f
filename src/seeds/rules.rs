//! The relation rules: what a rule is, and all rules together, indexed by the words that set them off.
//!
//! Rules are data (`seeds/rules/*.toml`). The language of triggers, paths and kinds is told in `seeds/rules/README.md`.

mod error;
mod frames;
mod language;
mod load;
mod table;
mod words;

use std::collections::HashMap;
use std::sync::OnceLock;

use compact_str::CompactString;

use super::relations::relations;
use super::{Origin, shipped};
use crate::model::{Modality, Qualifier, Relation, Relations};

pub use error::RuleError;
pub use language::{Kinds, Part, Path, Step, StepKind, Take, Trigger};
pub use words::{Phrase, WordList, Words};

/// The rule files that ship, in the order they are read.
const EMBEDDED: &[(&str, &str)] = &[
    ("words.toml", include_str!("../../seeds/rules/words.toml")),
    ("sense.toml", include_str!("../../seeds/rules/sense.toml")),
    ("institutions.toml", include_str!("../../seeds/rules/institutions.toml")),
    ("law.toml", include_str!("../../seeds/rules/law.toml")),
    ("positions.toml", include_str!("../../seeds/rules/positions.toml")),
    ("acts.toml", include_str!("../../seeds/rules/acts.toml")),
    ("undertakings.toml", include_str!("../../seeds/rules/undertakings.toml")),
    ("clauses.toml", include_str!("../../seeds/rules/clauses.toml")),
    ("debate.toml", include_str!("../../seeds/rules/debate.toml")),
    ("causes.toml", include_str!("../../seeds/rules/causes.toml")),
    ("effects.toml", include_str!("../../seeds/rules/effects.toml")),
    ("quantities.toml", include_str!("../../seeds/rules/quantities.toml")),
    ("frame.toml", include_str!("../../seeds/rules/frame.toml")),
    ("structure.toml", include_str!("../../seeds/rules/structure.toml")),
    ("frames/shapes.tsv", include_str!("../../seeds/rules/frames/shapes.tsv")),
    ("frames/stances.tsv", include_str!("../../seeds/rules/frames/stances.tsv")),
    ("frames/struggles.tsv", include_str!("../../seeds/rules/frames/struggles.tsv")),
    ("frames/requests.tsv", include_str!("../../seeds/rules/frames/requests.tsv")),
    ("frames/reported.tsv", include_str!("../../seeds/rules/frames/reported.tsv")),
    ("frames/undertakings.tsv", include_str!("../../seeds/rules/frames/undertakings.tsv")),
    ("frames/effects.tsv", include_str!("../../seeds/rules/frames/effects.tsv")),
    ("frames/deeds.tsv", include_str!("../../seeds/rules/frames/deeds.tsv")),
    ("frames/institutions.tsv", include_str!("../../seeds/rules/frames/institutions.tsv")),
    ("frames/texts.tsv", include_str!("../../seeds/rules/frames/texts.tsv")),
    ("frames/numbers.tsv", include_str!("../../seeds/rules/frames/numbers.tsv")),
    ("frames/matters.tsv", include_str!("../../seeds/rules/frames/matters.tsv")),
    ("frames/purposes.tsv", include_str!("../../seeds/rules/frames/purposes.tsv")),
    ("frames/bodies.tsv", include_str!("../../seeds/rules/frames/bodies.tsv")),
    ("frames/aims.tsv", include_str!("../../seeds/rules/frames/aims.tsv")),
    ("frames/last.tsv", include_str!("../../seeds/rules/frames/last.tsv")),
    ("frames/open.tsv", include_str!("../../seeds/rules/frames/open.tsv")),
];

/// One rule: which words set it off, where its subject and object stand, and what it claims.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its code, which every claim it makes carries: `position.supports`.
    pub code: CompactString,
    /// One plain sentence on what it finds.
    pub says: String,
    /// What it claims.
    pub relation: Relation,
    /// The words that set it off; none where a matcher does.
    pub triggers: Vec<Trigger>,
    /// The matcher in code that finds its ends, for what is said by names or the title block and not by a clause.
    pub matcher: Option<CompactString>,
    /// Where the subject stands: the first path that leads somewhere is taken.
    pub subject: Vec<Path>,
    /// Where the object stands: the first path that leads somewhere is taken.
    pub object: Vec<Path>,
    /// What the subject may be.
    pub subject_kinds: Kinds,
    /// What the object may be.
    pub object_kinds: Kinds,
    /// Whether it speaks only where its words are denied, and then affirms: "no need for" is opposed.
    pub denied: bool,
    /// Whether it speaks only where its words make a finite clause: not of gerunds and infinitives.
    pub finite: bool,
    /// Whether it waits for the others: it speaks only at verbs of which no other rule spoke.
    pub last: bool,
    /// How a clause must not be put for it to speak: it may, for example, pass over purposes.
    pub unless: Vec<Modality>,
    /// The modality, where the rule itself decides it.
    pub modality: Option<Modality>,
    /// On the ladder of diplomatic language, 1 to 5.
    pub strength: Option<u8>,
    /// 0 to 1.
    pub confidence: f32,
    /// What narrows the claim, and where it stands.
    pub qualifiers: Vec<(Qualifier, Vec<Path>)>,
    /// Sentences that show it.
    pub examples: Vec<Example>,
    /// Where it was read from.
    pub origin: Origin,
}

/// A sentence with the claims that its rule must find in it.
#[derive(Clone, Debug)]
pub struct Example {
    /// The sentence.
    pub text: String,
    /// `subject | object`, then perhaps `| negated` and `| proposal`; empty where the rule must stay silent.
    pub claims: Vec<String>,
    /// Whether the sentence is a clause of a resolution.
    pub resolution: bool,
    /// Whether it is no sentence but a whole document with its title block.
    pub document: bool,
    /// Where it was read from.
    pub origin: Origin,
}

/// All rules and the word lists they share.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    relations: Relations,
    rules: Vec<Rule>,
    words: Words,
    by_word: HashMap<CompactString, Vec<(u32, u32)>>,
    by_matcher: HashMap<CompactString, Vec<u32>>,
    shapes: frames::Shapes,
}

impl Rules {
    /// The rules that ship with the program.
    pub fn embedded() -> &'static Rules {
        static RULES: OnceLock<Rules> = OnceLock::new();
        RULES.get_or_init(|| shipped("the rules", Rules::parse(EMBEDDED, relations())))
    }

    /// Reads rule files, given as name and text, that claim these relations. All is refused at the first fault.
    ///
    /// # Errors
    /// A [`RuleError`] with file and line: TOML that does not parse, a key, relation, kind, path or trigger that is unknown.
    pub fn parse(files: &[(&str, &str)], relations: &Relations) -> Result<Rules, RuleError> {
        let mut rules = Rules { relations: relations.clone(), ..Rules::default() };
        for &(file, text) in files {
            rules.extend(file, text)?;
        }
        Ok(rules)
    }

    /// Adds the rules of one more file, so that a user's folder can follow the rules that ship.
    ///
    /// # Errors
    /// As [`Rules::parse`]; the rules read before stay.
    pub fn extend(&mut self, file: &str, text: &str) -> Result<(), RuleError> {
        let rules = &self.rules;
        let known = |code: &str| rules.iter().find(|rule| rule.code == code).map(|rule| rule.origin.clone());
        let read = match file.ends_with(".tsv") {
            true => frames::read(file, text, &mut self.shapes, &self.relations, &known)?,
            false => load::read(file, text, &self.relations, &known)?,
        };
        self.words.merge(read.words);
        for rule in read.rules {
            self.add(rule);
        }
        Ok(())
    }

    /// Adds a user's own files, given as name and text, and the relations that they may claim: a rule whose code is known
    /// already takes the other's place. Two of the user's rules with one code are a fault.
    ///
    /// # Errors
    /// As [`Rules::parse`]; nothing is changed then.
    pub fn replace(&mut self, files: &[(&str, &str)], relations: &Relations) -> Result<(), RuleError> {
        let mut own = Rules { shapes: self.shapes.clone(), relations: relations.clone(), ..Rules::default() };
        for &(file, text) in files {
            own.extend(file, text)?;
        }
        let kept = std::mem::take(&mut self.rules).into_iter();
        let kept: Vec<Rule> = kept.filter(|rule| own.rules.iter().all(|new| new.code != rule.code)).collect();
        self.by_word.clear();
        self.by_matcher.clear();
        self.relations = own.relations;
        self.words.merge(own.words);
        self.shapes = own.shapes;
        kept.into_iter().chain(own.rules).for_each(|rule| self.add(rule));
        Ok(())
    }

    /// The relations that rules may claim.
    pub fn relations(&self) -> &Relations {
        &self.relations
    }

    /// All rules, in the order read.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The word lists that all rules share.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The rules that a word (lemma, or form in lower case) may set off, each with the trigger that holds the word.
    pub fn set_off_by(&self, word: &str) -> impl Iterator<Item = (&Rule, &Trigger)> {
        self.by_word.get(word).into_iter().flatten().map(|&(rule, trigger)| {
            let rule = &self.rules[rule as usize];
            (rule, &rule.triggers[trigger as usize])
        })
    }

    /// The rules whose ends a matcher in code finds.
    pub fn of_matcher(&self, matcher: &str) -> impl Iterator<Item = &Rule> {
        self.by_matcher.get(matcher).into_iter().flatten().map(|&rule| &self.rules[rule as usize])
    }

    fn add(&mut self, rule: Rule) {
        let at = self.rules.len() as u32;
        for (i, trigger) in rule.triggers.iter().enumerate() {
            self.by_word.entry(trigger.word.clone()).or_default().push((at, i as u32));
        }
        if let Some(matcher) = &rule.matcher {
            self.by_matcher.entry(matcher.clone()).or_default().push(at);
        }
        self.rules.push(rule);
    }
}

#[cfg(test)]
mod tests {
    use super::{EMBEDDED, Rules, relations};

    const OWN: &str = "[[rule]]\ncode = \"CODE\"\nsays = \"Mine.\"\nrelation = \"supports\"\non = \"verb: cheer\"\nsubject = \"subject\"\nobject = \"object\"\n";

    #[test]
    fn own_rules_replace_those_of_their_code() {
        let mut rules = Rules::embedded().clone();
        let count = rules.rules().len();
        let code = rules.rules()[0].code.to_string();
        let trigger = rules.rules()[0].triggers[0].word.clone();
        let before = rules.set_off_by(&trigger).count();
        assert!(rules.replace(&[("mine.toml", &OWN.replace("CODE", &code))], relations()).is_ok());
        assert_eq!((rules.rules().len(), rules.set_off_by("cheer").count()), (count, 1));
        assert!(rules.set_off_by(&trigger).count() < before);
        assert!(rules.replace(&[("mine.toml", &OWN.replace("CODE", "my.own"))], relations()).is_ok());
        assert_eq!(rules.rules().len(), count + 1);
        let twice = OWN.replace("CODE", "a");
        assert!(rules.replace(&[("a.toml", &twice), ("b.toml", &twice)], relations()).is_err());
        assert_eq!(rules.rules().len(), count + 1);
    }

    #[test]
    fn the_rules_that_ship_are_sound() {
        let rules = Rules::parse(EMBEDDED, relations()).unwrap_or_else(|error| panic!("{error}"));
        assert!(!rules.rules().is_empty());
        for rule in rules.rules() {
            assert!(rule.says.ends_with('.'), "{} says no sentence", rule.code);
            let is_ranked = !rule.relation.is_position() || rule.strength.is_some();
            assert!(is_ranked, "{} finds positions that stand on no rung of the ladder", rule.code);
        }
    }
}
