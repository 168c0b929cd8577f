//! Ties to outer vocabularies. What the catalogue's data rows say of an entity holds ([`rows`]); names are also looked up in
//! vocabularies that the user loaded ([`tie`]), where a link is made only if one candidate is clearly the best, and the
//! others are kept with their scores for a reader to decide.
//!
//! [`load`] turns files into vocabularies, [`index`] is one vocabulary on disk, [`shelf`] the folder of them: the only files
//! that this stage opens are its own.

pub mod building;
pub mod candidate;
pub mod index;
pub mod load;
mod normal;
pub mod reconcile;
mod rows;
pub mod schemes;
pub mod shelf;
mod symbols;
mod tie;
mod topics;

pub use rows::links as rows;
pub use symbols::add_codes;
pub use tie::tie;
