//! What ships as data: the catalogue of known names and the relation rules, compiled for the stages.

mod catalogue;
mod lexicon;

pub use catalogue::{Catalogue, Entry, Name, NameForm, Origin};
pub use lexicon::Lexicon;
