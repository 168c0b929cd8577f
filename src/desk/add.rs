//! Texts into a store: read, tied, written; and the trace that a run leaves.

use std::path::Path;

use crate::lift::{Base, Run, catalogue, ontology};
use crate::model::{Extraction, Fault};
use crate::pipeline::Pipeline;
use crate::read::{self, Given};
use crate::seeds::Catalogue;
use crate::store::Writer;

use super::Outside;

/// What read the texts; a document read by another version is replaced.
pub const VERSION: &str = concat!("rapporteur ", env!("CARGO_PKG_VERSION"));

/// All that turns bytes into a tied extraction. Shared by threads.
pub struct Reader<'p> {
    /// The stages.
    pub pipeline: &'p Pipeline<'p>,
    /// What ties to the outside.
    pub outside: &'p Outside,
    /// How bytes become text.
    pub options: read::Options,
}

impl Reader<'_> {
    /// Reads a text. `name` is what the user called it.
    ///
    /// # Errors
    /// When the bytes cannot be read as text.
    pub fn read(&self, name: &str, bytes: &[u8]) -> Result<Extraction, read::Error> {
        self.read_given(name, bytes, None)
    }

    /// Reads a text of which the user states something himself.
    ///
    /// # Errors
    /// When the bytes cannot be read as text.
    pub fn read_given(&self, name: &str, bytes: &[u8], given: Option<Given>) -> Result<Extraction, read::Error> {
        let options = read::Options { given, ..self.options.clone() };
        self.pipeline.extract_tied(name, bytes, &options, self.outside.for_linking())
    }
}

/// Opens a store for writing, makes it if it is not there, and puts what ships into it. `holder` says who writes.
///
/// # Errors
/// When another writes, or the store cannot be written.
pub fn writer(path: &Path, base: Option<&Base>, holder: &str, known: &Catalogue) -> Result<Writer, Box<dyn Fault>> {
    let mut writer = Writer::open(path, base, holder)?;
    writer.stand(&ontology(writer.base()))?;
    writer.stand(&catalogue(known, writer.base()))?;
    Ok(writer)
}

/// Notes a run that changed something. A run that found all as it was leaves no trace.
///
/// # Errors
/// When the store cannot be written.
pub fn note_run(writer: &mut Writer, run: &Run) -> Result<(), Box<dyn Fault>> {
    if run.texts.is_empty() {
        return Ok(());
    }
    writer.record(run)?;
    Ok(writer.commit()?)
}
