//! The pages, one a file: a model and its markup.

pub mod about;
pub mod change;
pub mod claim;
pub mod compare;
pub mod decide;
pub mod graph;
pub mod id;
pub mod lists;
pub mod matrix;
pub mod positions;
pub mod questions;
pub mod review;
pub mod search;
pub mod sparql;
pub mod start;
pub mod state;
pub mod text;
pub mod thing;
