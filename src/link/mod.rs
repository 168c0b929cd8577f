//! Ties to outer vocabularies. What the catalogue's data rows say of an entity holds ([`rows`]); names are also looked up in
//! vocabularies that the user loaded ([`tie`]), where a link is made only if one candidate is clearly the best, and the
//! others are kept with their scores for a reader to decide.
//!
//! Like every stage it opens no file: it asks a [`vocabulary::Shelf`].

mod addresses;
pub mod candidate;
pub mod normal;
pub mod reconcile;
mod rows;
pub mod schemes;
mod symbols;
mod tie;
mod topics;
pub mod vocabulary;

pub use rows::links as rows;
pub use symbols::add_codes;
pub use tie::{Outside, tie};
