//! N-Triples and N-Quads sorted by line in bounded memory.

use std::io::{BufWriter, Write};

use super::ExportError;
use super::rdf::Lines;
use super::seam::{self, QuadsFormatter, TriplesFormatter, rio};
use crate::sorter::Sorter;

/// Bytes of lines that are held before they are sorted and put away.
const ROOM: usize = 32 << 20;

/// Takes lines, quads or triples in any order and writes their lines sorted byte by byte, each once.
pub struct SortedLines {
    /// Whether lines tell the graph of a quad.
    graphs: bool,
    line: Lines<Vec<u8>>,
    sorter: Sorter,
}

impl SortedLines {
    /// Ready for N-Quads (`graphs`) or N-Triples. What finds no room goes to the folder for temporary files.
    pub fn new(graphs: bool) -> Self {
        Self { graphs, line: Lines(Vec::new()), sorter: Sorter::new(&std::env::temp_dir(), ROOM) }
    }

    /// Takes a line that is one of canonical N-Quads or N-Triples, given in pieces; its last byte is the line break.
    ///
    /// # Errors
    /// When the scratch file cannot be written.
    pub fn line(&mut self, pieces: &[&str]) -> Result<(), ExportError> {
        self.line.0.clear();
        pieces.iter().for_each(|piece| self.line.0.extend_from_slice(piece.as_bytes()));
        self.put()
    }

    /// Writes the lines. Gives their number.
    ///
    /// # Errors
    /// When `out` or the scratch file cannot be written.
    pub fn finish(self, out: impl Write) -> Result<usize, ExportError> {
        let mut out = BufWriter::with_capacity(1 << 16, out);
        let mut sorted = self.sorter.finish().map_err(ExportError::Scratch)?;
        let mut count = 0;
        while let Some(line) = sorted.next().map_err(ExportError::Scratch)? {
            out.write_all(line)?;
            count += 1;
        }
        out.flush()?;
        Ok(count)
    }

    fn put(&mut self) -> Result<(), ExportError> {
        self.sorter.push(&[&self.line.0]).map_err(ExportError::Scratch)
    }
}

impl QuadsFormatter for SortedLines {
    type Error = ExportError;

    fn format(&mut self, quad: &rio::Quad<'_>) -> Result<(), ExportError> {
        self.line.0.clear();
        match self.graphs {
            true => QuadsFormatter::format(&mut self.line, quad)?,
            false => TriplesFormatter::format(&mut self.line, &seam::triple(quad))?,
        }
        self.put()
    }
}
