//! What ships as data: the catalogue of known names and the relation rules, compiled for the stages.

mod catalogue;
mod error;
mod fold;
mod lexicon;
mod rules;

pub use catalogue::{BASE, Catalogue, EMBEDDED_FILES, Entry, Name, NameForm, ONTOLOGY, Origin, catalogue_properties};
pub use error::Error;
pub use fold::{Folded, fold, fold_name};
pub use lexicon::Lexicon;
pub use rules::{Example, Kinds, Part, Path, Rule, RuleError, Rules, Step, StepKind, Take, Trigger, WordList, Words};
