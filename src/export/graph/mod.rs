//! The view as a file for programs that draw and measure graphs: one form of it, [`Sheet`], and a writer a format, all of
//! one shape.

mod colours;
pub mod cx2;
pub mod cytoscape;
mod drawing;
mod font;
pub mod gexf;
pub mod graphml;
pub mod html;
mod layered;
pub mod lines;
pub mod markdown;
pub mod mermaid;
pub mod png;
mod shape;
mod sheet;
pub mod svg;
pub mod tables;
pub mod vault;
pub(super) mod xml;

pub use colours::{Theme, rules};
pub use sheet::Sheet;

/// Edges of a drawn picture that nobody set a size for: of a thousand speeches 60 things have over 800, which no eye follows.
pub const MOST_EDGES: usize = 100;
