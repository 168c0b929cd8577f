//! The index: what the segments say, as sorted tables of numbers that are opened, not loaded.
//!
//! The segments stay the truth. From them a chain of *generations* is made, each a file in `index/` that holds the
//! segments it was made from, the terms that no earlier generation has, and their quads in three orders. A reader maps the
//! files into memory, leaves out what stands in segments that the list of contents does not name any more, and makes
//! a generation of its own, in memory, of the segments that no file covers: so an answer never depends on how far the
//! index has come. A writer brings it up to date behind its commit: what is new becomes a small generation, and small ones
//! are made into one as they gather, so that one document does not make all be written again.
//!
//! ```text
//! index/list               the files of the chain, in order, and the length and time of change of each
//! index/<hash>.idx         a generation, named by what it was made from
//! ```

mod builder;
mod chain;
mod dataset;
mod dictionary;
mod generation;
mod named;
mod reading;
mod table;

pub use chain::{WORTH, flaws, refresh};
pub use dataset::{IndexError, Indexed};

pub(super) use chain::open;
