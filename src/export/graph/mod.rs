//! The view as a file for programs that draw and measure graphs: one form of it, [`Sheet`], and a writer a format, all of
//! one shape.

pub mod cx2;
pub mod cytoscape;
pub mod gexf;
pub mod graphml;
pub mod html;
pub mod lines;
pub mod markdown;
pub mod mermaid;
mod placing;
mod sheet;
pub mod svg;
pub mod tables;
pub mod vault;
pub(super) mod xml;

pub use sheet::Sheet;
