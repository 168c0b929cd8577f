//! A label that answers to a name.

use super::concept::{Label, Role};

/// How alike a label is to the name that was looked up; the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Likeness {
    /// Letter by letter.
    Exact,
    /// But for case, accents, punctuation, "the" and spelling.
    Normalised,
    /// The same words in another order.
    Reordered,
    /// So many letters differ.
    Near(u8),
}

/// A label that answers to a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Number of its concept.
    pub concept: u32,
    /// The label.
    pub label: Label,
    /// How alike it is.
    pub likeness: Likeness,
    /// Whether the label is an acronym.
    pub is_acronym: bool,
}

impl Hit {
    /// The closest first, then preferred labels, then by concept.
    pub fn order(&self) -> (Likeness, Role, u32, &str) {
        (self.likeness, self.label.role, self.concept, &self.label.language)
    }
}
