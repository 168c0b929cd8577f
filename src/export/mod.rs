//! Files out of the store. All writers read one form, [`Quads`], and write to any `Write`: RDF in six formats, and the
//! graph of entities as a picture.
//!
//! [`Quads`] takes statements through `rio_api`'s formatter traits, and so does each RDF writer: any program that speaks
//! them can write through us.

pub mod dot;
mod evidence;
mod fault;
mod format;
mod order;
mod prefixes;
mod quads;
pub mod rdf;
pub mod seam;
mod selection;
pub mod view;

use std::collections::BTreeSet;
use std::io::Write;

pub use evidence::Evidence;
pub use fault::ExportError;
pub use format::{Format, is_gzip};
pub use prefixes::{Name, Prefixes};
pub use quads::{QuadIds, Quads, TermId};
pub use selection::Selection;

use view::View;

/// Writes quads in a format. `view` says what a picture shows; RDF has all quads. Gives what was written, in words:
/// `2273 triples, the union of 4 graphs`, `14 of 27 nodes, 17 edges; left out: …`.
///
/// # Errors
/// When `out` cannot be written, the format cannot hold a quad, or the focus of the view cannot be found.
pub fn write(
    quads: &Quads,
    format: Format,
    prefixes: &Prefixes,
    view: &view::Options,
    out: impl Write,
) -> Result<String, ExportError> {
    if format.is_picture() {
        let view = View::new(quads, view)?;
        if view.graph.node_count() == 0 {
            return Err(ExportError::Undrawable(view.left_out.to_string()));
        }
        dot::write(&view, prefixes, out)?;
        return Ok(view.summary());
    }
    let statements = rdf::write(quads, format, prefixes, out)?;
    Ok(if format.keeps_graphs() {
        count(statements, "quad")
    } else {
        let graphs: BTreeSet<_> = quads.rows().iter().map(|row| row.graph).collect();
        format!("{}, the union of {}", count(statements, "triple"), count(graphs.len(), "graph"))
    })
}

/// `1 quad`, `2 quads`.
fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
