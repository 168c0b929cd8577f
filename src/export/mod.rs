//! Files out of the store. All writers read one form, [`Quads`], and write to any `Write`: RDF in six formats, and the
//! graph of entities as a picture.
//!
//! [`Quads`] takes statements through `rio_api`'s formatter traits, and so does each RDF writer: any program that speaks
//! them can write through us.

pub mod answers;
pub mod describe;
pub mod dot;
mod edges;
mod evidence;
mod labels;
mod fault;
mod format;
pub mod graph;
pub mod heat;
mod nanopub;
pub mod ontology;
mod order;
mod prefixes;
pub mod reference;
pub mod report;
pub mod rdf;
pub mod seam;
mod selection;
mod sorted_lines;
mod source;
mod stream;
pub mod view;

use std::collections::BTreeSet;
use std::io::{BufWriter, Write};

pub use crate::record::{QuadIds, Quads, TermId};
pub use edges::Edges;
pub use evidence::Evidence;
pub use fault::ExportError;
pub use format::{Format, FormatScope, is_gzip};
pub use labels::prefer_one;
pub use prefixes::{Name, Prefixes};
pub use selection::Selection;
pub use sorted_lines::SortedLines;
pub use source::{Source, SourceCounts};
pub use stream::stream;

use crate::model::text::counted;

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
    match format.shape() {
        FormatScope::Triples => {}
        FormatScope::Folder | FormatScope::Answers => return Err(ExportError::Folder { format }),
        FormatScope::Claims => return write_claims(quads, prefixes, view, out),
        FormatScope::References => return write_references(quads, format, &view.background, out),
        FormatScope::Drawing | FormatScope::Graph => {
            return write_view(&drawable(quads, format, view)?, format, prefixes, view, out);
        }
    }
    let statements = rdf::write(quads, format, prefixes, out)?;
    Ok(if format.keeps_graphs() {
        counted(statements, "quad")
    } else {
        let graphs: BTreeSet<_> = quads.rows().iter().map(|row| row.graph).collect();
        format!("{}, the union of {}", counted(statements, "triple"), counted(graphs.len(), "graph"))
    })
}

/// Writes the view as a page for a browser. `text` gives a document's text by the name at the end of its IRI; passages are
/// shown in the texts that it gives, and by themselves otherwise.
///
/// # Errors
/// As [`write`].
pub fn write_page(
    quads: &Quads,
    prefixes: &Prefixes,
    view: &view::Options,
    text: impl Fn(&str) -> Option<String>,
    mut out: impl Write,
) -> Result<String, ExportError> {
    let view = drawable(quads, Format::Html, view)?;
    graph::html::write(&graph::Sheet::new(&view, prefixes), text, &mut out)?;
    Ok(view.summary())
}

/// The files of a format that is a folder, by name; and what was written, in words.
///
/// # Errors
/// When there is nothing to write, or the focus of the view cannot be found.
pub fn write_folder(
    quads: &Quads,
    format: Format,
    prefixes: &Prefixes,
    view: &view::Options,
) -> Result<(Vec<graph::tables::File>, String), ExportError> {
    let view = drawable(quads, format, view)?;
    let sheet = graph::Sheet::new(&view, prefixes);
    let files = match format {
        Format::Gephi => graph::tables::gephi(&sheet)?,
        Format::Obsidian => graph::vault::files(&sheet),
        _ => graph::tables::neo4j(&sheet)?,
    };
    Ok((files, view.summary()))
}

/// The view that a format shows, if there is anything to show.
fn drawable(quads: &Quads, format: Format, options: &view::Options) -> Result<View, ExportError> {
    let mut view = View::new(quads, options)?;
    match format {
        Format::Mermaid => view.keep_edges(graph::mermaid::MOST_EDGES),
        // Who asks for more things wants more lines too.
        Format::Svg | Format::Png if options.max_nodes <= view::Options::default().max_nodes => {
            view.keep_edges(graph::MOST_EDGES);
        }
        _ => {}
    }
    if view.graph.node_count() == 0 {
        return Err(ExportError::Undrawable(view.left_out.to_string()));
    }
    Ok(view)
}

fn write_view(
    view: &View,
    format: Format,
    prefixes: &Prefixes,
    options: &view::Options,
    out: impl Write,
) -> Result<String, ExportError> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let theme = match options.dark {
        None => graph::Theme::Screen,
        Some(false) => graph::Theme::Light,
        Some(true) => graph::Theme::Dark,
    };
    let sheet = || graph::Sheet::new(view, prefixes);
    match format {
        Format::Svg => graph::svg::write(&sheet(), theme, &mut out)?,
        Format::Png => graph::png::write(&sheet(), theme, options.scale, &mut out)?,
        Format::Html => graph::html::write(&sheet(), |_| None, &mut out)?,
        Format::Markdown => graph::markdown::write(&sheet(), &mut out)?,
        Format::Mermaid => graph::mermaid::write(&sheet(), &mut out)?,
        Format::Gexf => graph::gexf::write(&sheet(), &mut out)?,
        Format::GraphMl => graph::graphml::write(&sheet(), graph::graphml::Flavour::Plain, &mut out)?,
        Format::Yed => graph::graphml::write(&sheet(), graph::graphml::Flavour::Yed, &mut out)?,
        Format::Cytoscape => graph::cytoscape::write(&sheet(), &mut out)?,
        Format::Cx2 => graph::cx2::write(&sheet(), &mut out)?,
        Format::JsonLines => graph::lines::write(&sheet(), &mut out)?,
        _ => dot::write(view, prefixes, &mut out)?,
    }
    out.flush()?;
    Ok(view.summary())
}

fn write_claims(
    quads: &Quads,
    prefixes: &Prefixes,
    view: &view::Options,
    out: impl Write,
) -> Result<String, ExportError> {
    let (quads, claims) = nanopub::assemble(quads, view);
    if claims == 0 {
        return Err(ExportError::Empty { what: "no claims".into(), present: Vec::new() });
    }
    rdf::write(&quads, Format::TriG, prefixes, out)?;
    Ok(counted(claims, "nanopublication"))
}

fn write_references(
    quads: &Quads,
    format: Format,
    background: &[String],
    mut out: impl Write,
) -> Result<String, ExportError> {
    let references = reference::references(quads, background);
    if references.is_empty() {
        return Err(ExportError::Empty { what: "no documents".into(), present: Vec::new() });
    }
    match format {
        Format::Csl => reference::csl(&references, &mut out)?,
        _ => reference::bibtex(&references, &mut out)?,
    }
    Ok(counted(references.len(), "document"))
}
