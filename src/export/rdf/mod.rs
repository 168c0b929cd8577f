//! RDF files. Each writer takes triples or quads through the traits of `rio_api` and any `Write`; [`write()`] puts them in
//! order first.

mod context;
pub mod escape;
mod jsonld;
mod lines;
mod rdfxml;
pub mod reifiers;
mod turtle;

use std::io::{BufWriter, Write};

use crate::export::seam::QuadsFormatter;
use crate::lift::vocabulary::rdf;

pub use context::{Context, SHIPPED as CONTEXT};
pub use jsonld::JsonLd;
pub use lines::Lines;
pub use rdfxml::RdfXml;
pub use turtle::Turtle;

use super::prefixes::Prefixes;
use super::seam::{self, Union};
use super::{ExportError, Format, order};
use crate::record::{QuadIds, Quads, TermId};

/// Writes quads in an RDF format, sorted, with those of the `known` prefixes that are used; as Turtle if the format is no
/// RDF. Gives the number of statements written.
///
/// # Errors
/// When `out` cannot be written, or the format cannot hold one of the quads.
pub fn write(quads: &Quads, format: Format, known: &Prefixes, out: impl Write) -> Result<usize, ExportError> {
    let mut out = BufWriter::with_capacity(1 << 16, out);
    let rows = match format {
        Format::NTriples | Format::NQuads => order::lines(quads, format.keeps_graphs()),
        _ => order::reading(quads, format.keeps_graphs()),
    };
    match format {
        Format::NTriples => pour(quads, &rows, &mut Union(&mut Lines(&mut out)))?,
        Format::NQuads => pour(quads, &rows, &mut Lines(&mut out))?,
        Format::JsonLd => {
            let context = Context::shipped(known).used_by(all_iris(quads, &rows));
            let mut writer = JsonLd::new(&mut out, &context)?;
            pour(quads, &rows, &mut Union(&mut writer))?;
            writer.finish()?;
        }
        Format::RdfXml => {
            let prefixes = known.used_by(rows.iter().flat_map(|row| named_by_elements(quads, row)));
            let mut writer = RdfXml::new(&mut out, &prefixes)?;
            pour(quads, &rows, &mut Union(&mut writer))?;
            writer.finish()?;
        }
        Format::TriG => {
            let prefixes = known.used_by(written_iris(quads, &rows));
            let mut writer = Turtle::new(&mut out, &prefixes)?;
            pour(quads, &rows, &mut writer)?;
            writer.finish()?;
        }
        _ => {
            let prefixes = known.used_by(written_iris(quads, &rows));
            let mut writer = Turtle::new(&mut out, &prefixes)?;
            pour(quads, &rows, &mut Union(&mut writer))?;
            writer.finish()?;
        }
    }
    out.flush()?;
    Ok(rows.len())
}

/// Sends rows to a formatter, in their order.
///
/// # Errors
/// Whatever the formatter says.
pub fn pour<F: QuadsFormatter>(quads: &Quads, rows: &[QuadIds], formatter: &mut F) -> Result<(), F::Error> {
    rows.iter().try_for_each(|&row| formatter.format(&seam::quad(quads, row)))
}

/// The IRIs of rows, datatypes included, each once.
fn all_iris<'q>(quads: &'q Quads, rows: &[QuadIds]) -> impl Iterator<Item = &'q str> {
    let ids = rows.iter().flat_map(|row| [Some(row.subject), Some(row.predicate), Some(row.object), row.graph]);
    distinct(quads, ids.flatten()).into_iter().filter_map(|id| quads.iri(id).or_else(|| quads.datatype(id)))
}

/// The IRIs that Turtle writes as such: not the property `a`, not the datatypes of bare numbers.
fn written_iris<'q>(quads: &'q Quads, rows: &[QuadIds]) -> impl Iterator<Item = &'q str> {
    let ids = rows.iter().flat_map(|row| {
        let predicate = Some(row.predicate).filter(|&predicate| quads.text(predicate) != rdf::TYPE.as_str());
        [Some(row.subject), predicate, Some(row.object), row.graph]
    });
    distinct(quads, ids.flatten()).into_iter().filter_map(|id| match quads.datatype(id) {
        Some(datatype) if turtle::is_bare(quads.text(id), datatype) => None,
        Some(datatype) => Some(datatype),
        None => quads.iri(id),
    })
}

/// The IRIs that RDF/XML makes element names of, or writes relative to the base.
fn named_by_elements<'q>(quads: &'q Quads, row: &QuadIds) -> impl Iterator<Item = &'q str> + use<'q> {
    let class = (quads.text(row.predicate) == rdf::TYPE.as_str()).then_some(row.object);
    [Some(row.subject), Some(row.predicate), class].into_iter().flatten().filter_map(|id| quads.iri(id))
}

fn distinct(quads: &Quads, ids: impl Iterator<Item = TermId>) -> Vec<TermId> {
    let mut used = vec![false; quads.term_ids().count()];
    ids.for_each(|id| used[id.index()] = true);
    quads.term_ids().filter(|id| used[id.index()]).collect()
}
