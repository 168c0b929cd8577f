//! What names are looked up in: vocabularies, and the shelf of those at hand. Where they lie, and in what form, is another
//! room's matter: this one opens no file.

mod card;
mod concept;
mod hit;
mod sort;

use super::normal::Key;

pub use card::{Card, Source};
pub use concept::{Concept, Label, Role};
pub use hit::{Hit, Likeness};
pub use sort::Sort;

/// A vocabulary that answers to names.
pub trait Vocabulary {
    /// What it is.
    fn card(&self) -> &Card;

    /// Every label that is the name, or has its words in another order; the closest first, then by IRI.
    fn find(&self, name: &str) -> Vec<Hit> {
        self.find_key(name, &Key::of(name))
    }

    /// The same, for a name whose key is known.
    fn find_key(&self, name: &str, key: &Key) -> Vec<Hit>;

    /// Whether a name is there at all.
    fn knows(&self, key: &Key) -> bool;

    /// Labels a few letters away from the name; the nearest first. The first letter and all numbers must be right.
    fn near(&self, name: &str) -> Vec<Hit>;

    /// Labels that begin as the name does, in the order of their keys; as many concepts as asked for.
    fn starting(&self, name: &str, limit: usize) -> Vec<Hit>;

    /// The concept of a number.
    fn concept(&self, number: u32) -> Option<Concept>;

    /// The concept with that IRI.
    fn by_iri(&self, iri: &str) -> Option<Concept>;

    /// All labels of a concept, the best first.
    fn labels(&self, number: u32) -> Vec<Label>;

    /// The best label of a concept; empty if it has none.
    fn name(&self, number: u32) -> String;

    /// Numbers of the concepts that are one step broader.
    fn broader(&self, number: u32) -> Vec<u32>;
}

/// The vocabularies at hand.
pub trait Shelf {
    /// All of them, sorted by name.
    fn vocabularies(&self) -> Box<dyn Iterator<Item = &dyn Vocabulary> + '_>;

    /// The vocabulary of that name.
    fn get(&self, scheme: &str) -> Option<&dyn Vocabulary> {
        self.vocabularies().find(|vocabulary| vocabulary.card().scheme == scheme)
    }
}
