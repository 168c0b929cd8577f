//! N-Triples and N-Quads sorted by line in bounded memory: lines are gathered, sorted runs go to a scratch file when the
//! room is full, and the runs are merged in the end.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, Write};

use rio_api::formatter::{QuadsFormatter, TriplesFormatter};
use rio_api::model as rio;

use super::rdf::Lines;
use super::{ExportError, seam};

/// Bytes of lines that are held before they are sorted and put away.
const ROOM: usize = 32 << 20;

/// Takes lines, quads or triples in any order and writes their lines sorted byte by byte, each once.
pub struct SortedLines {
    /// Whether lines tell the graph of a quad.
    graphs: bool,
    room: usize,
    text: Lines<Vec<u8>>,
    places: Vec<Place>,
    runs: Vec<File>,
}

/// A line in the text.
#[derive(Clone, Copy)]
struct Place {
    /// Eight of its bytes, those that are being compared.
    key: u64,
    start: u32,
    length: u32,
}

impl SortedLines {
    /// Ready for N-Quads (`graphs`) or N-Triples.
    pub fn new(graphs: bool) -> Self {
        Self::with_room(graphs, ROOM)
    }

    fn with_room(graphs: bool, room: usize) -> Self {
        Self { graphs, room, text: Lines(Vec::new()), places: Vec::new(), runs: Vec::new() }
    }

    /// Takes a line that is one of canonical N-Quads or N-Triples, given in pieces; its last byte is the line break.
    ///
    /// # Errors
    /// When the scratch file cannot be written.
    pub fn line(&mut self, pieces: &[&str]) -> Result<(), ExportError> {
        let start = self.text.0.len();
        pieces.iter().for_each(|piece| self.text.0.extend_from_slice(piece.as_bytes()));
        self.end_line(start)
    }

    /// Writes the lines. Gives their number.
    ///
    /// # Errors
    /// When `out` or the scratch file cannot be written.
    pub fn finish(mut self, out: impl Write) -> Result<usize, ExportError> {
        let mut out = BufWriter::with_capacity(1 << 16, out);
        if !self.runs.is_empty() {
            self.put_away()?;
            return merge(&self.runs, out);
        }
        sort(&mut self.places, &self.text.0, 0);
        write_run(&self.places, &self.text.0, &mut out)
    }

    fn end_line(&mut self, start: usize) -> Result<(), ExportError> {
        let end = self.text.0.len();
        let (Ok(start), Ok(length)) = (u32::try_from(start), u32::try_from(end - start)) else {
            return Err(ExportError::Write(io::Error::other("a line of more than 4 GB")));
        };
        self.places.push(Place { key: 0, start, length });
        if end >= self.room { self.put_away() } else { Ok(()) }
    }

    /// Writes a sorted run to a scratch file that has no name and goes when it is closed.
    fn put_away(&mut self) -> Result<(), ExportError> {
        sort(&mut self.places, &self.text.0, 0);
        let mut run = tempfile::tempfile().map_err(ExportError::Scratch)?;
        let written = write_run(&self.places, &self.text.0, &mut BufWriter::with_capacity(1 << 16, &run));
        written.map_err(|error| match error {
            ExportError::Write(error) => ExportError::Scratch(error),
            other => other,
        })?;
        run.rewind().map_err(ExportError::Scratch)?;
        self.runs.push(run);
        self.places.clear();
        self.text.0.clear();
        Ok(())
    }
}

impl QuadsFormatter for SortedLines {
    type Error = ExportError;

    fn format(&mut self, quad: &rio::Quad<'_>) -> Result<(), ExportError> {
        let start = self.text.0.len();
        match self.graphs {
            true => QuadsFormatter::format(&mut self.text, quad)?,
            false => TriplesFormatter::format(&mut self.text, &seam::triple(quad))?,
        }
        self.end_line(start)
    }
}

/// Lines that agree in more bytes than this are compared as wholes.
const DEEP: usize = 1 << 10;

/// Fewer lines than this are compared as wholes.
const FEW: usize = 12;

/// Sorts lines that agree in their first bytes: by the next eight of each, then those that agree in these likewise. Names
/// of things share their beginnings; so no byte of them is compared twice.
fn sort(places: &mut [Place], text: &[u8], depth: usize) {
    let rest = |place: &Place| {
        let end = place.start as usize + place.length as usize;
        &text[(place.start as usize + depth).min(end)..end]
    };
    if places.len() < FEW || depth > DEEP {
        return places.sort_unstable_by(|a, b| rest(a).cmp(rest(b)));
    }
    for place in &mut *places {
        place.key = rest(place).first_chunk().map_or_else(|| padded(rest(place)), |eight| u64::from_be_bytes(*eight));
    }
    places.sort_unstable_by_key(|place| place.key);
    for run in places.chunk_by_mut(|a, b| a.key == b.key).filter(|run| run.len() > 1) {
        sort(run, text, depth + 8);
    }
}

/// No line holds a zero byte: a shorter one comes first.
fn padded(rest: &[u8]) -> u64 {
    rest.iter().chain(std::iter::repeat(&0)).take(8).fold(0, |key, byte| key << 8 | u64::from(*byte))
}

/// Writes sorted lines, each once.
fn write_run(places: &[Place], text: &[u8], out: &mut impl Write) -> Result<usize, ExportError> {
    let mut count = 0;
    let mut last: &[u8] = b"";
    for place in places {
        let line = &text[place.start as usize..][..place.length as usize];
        if line != last {
            out.write_all(line)?;
            count += 1;
        }
        last = line;
    }
    out.flush()?;
    Ok(count)
}

/// Writes the lines of sorted runs in one order, each once.
fn merge(runs: &[File], mut out: impl Write) -> Result<usize, ExportError> {
    let mut runs: Vec<_> = runs.iter().map(|run| BufReader::with_capacity(1 << 16, run)).collect();
    let count_of_runs = runs.len();
    let mut heads = BinaryHeap::with_capacity(count_of_runs);
    let mut next = |number: usize, mut line: Vec<u8>| {
        line.clear();
        let read = runs[number].read_until(b'\n', &mut line).map_err(ExportError::Scratch)?;
        Ok::<_, ExportError>((read > 0).then_some(Reverse((line, number))))
    };
    for number in 0..count_of_runs {
        heads.extend(next(number, Vec::new())?);
    }
    let (mut count, mut last) = (0, Vec::new());
    while let Some(Reverse((line, number))) = heads.pop() {
        if line != last {
            out.write_all(&line)?;
            count += 1;
        }
        heads.extend(next(number, std::mem::replace(&mut last, line))?);
    }
    out.flush()?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Lines that share beginnings, some twice, some much longer than a key.
    fn lines() -> Vec<String> {
        let mut state = 7u64;
        let mut dice = |sides: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % sides
        };
        let line = |_| {
            let tail = ["", "a", "ab", "é", "\u{10FFFF}", "~~~~~~~~~"][dice(6) as usize].repeat(dice(4) as usize);
            format!("<http://example.org/{}/{}{tail}\n", "x".repeat([0, 1, 40, 1500][dice(4) as usize]), dice(90))
        };
        (0..3000).map(line).collect()
    }

    #[test]
    fn lines_come_out_sorted_and_once_however_little_room_there_is() {
        let lines = lines();
        let mut expected = lines.clone();
        expected.sort_unstable();
        expected.dedup();
        for room in [1, 1 << 12, 1 << 16, ROOM] {
            let mut sorted = SortedLines::with_room(true, room);
            let few = if room == 1 { 90 } else { lines.len() };
            lines[..few].iter().for_each(|line| sorted.line(&[line]).unwrap());
            let mut out = Vec::new();
            let count = sorted.finish(&mut out).unwrap();
            let mut expected = expected.clone();
            expected.retain(|line| lines[..few].contains(line));
            assert_eq!(count, expected.len(), "{room}");
            assert!(String::from_utf8(out).unwrap() == expected.concat(), "{room}");
        }
    }
}
