//! What ships as data: the catalogue of known names, the relations that the ontology declares and the rules that claim
//! them, compiled for the stages.

mod catalogue;
mod error;
mod fold;
mod lexicon;
mod relations;
mod rules;
pub mod series;
mod shipped;
mod topics;
mod turtle;

pub use catalogue::{
    BASE, Catalogue, EMBEDDED_FILES, Entry, Name, NameForm, NameInTime, NamesInTime, Origin, Period, Sense,
    catalogue_properties,
};
pub use error::Error;
pub use fold::{Folded, fold, fold_name};
pub use lexicon::{Classes, Languages, Lexicon, Numerals, WordClass};
pub use relations::{ONTOLOGY_TURTLE, declare, declares_relations, relation_properties, relations};
pub use rules::{
    Example, Kinds, Part, Path, Phrase, Rule, RuleError, Rules, Step, StepKind, Take, Trigger, WordList, Words,
};
pub use shipped::{flaws, shipped};
pub use topics::{TOPIC_FILES, TopicNode, TopicTree};
