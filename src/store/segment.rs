//! Segments: sorted N-Quads under gzip, named by the hash of what is in them.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use flate2::read::GzDecoder;
use flate2::{Compression, GzBuilder};
use oxrdf::Quad;
use sha2::{Digest, Sha256};

use crate::lift::Graph;
use crate::model::text::hex;

use super::manifest::SegmentEntry;
use super::note::Note;
use super::{Error, Line, files};

/// Whether a file's name is one that we give: a hash, and what may follow it.
pub fn is_ours(name: &str) -> bool {
    let (stem, rest) = name.split_once('.').unwrap_or((name, ""));
    let is_hash = matches!(stem.len(), 32 | 64) && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash && ["nq.gz", "txt.gz", "jsonl.gz", "json.gz"].iter().any(|known| rest.starts_with(known))
}

/// The N-Quads of some graphs and their entry in the manifest.
pub fn of_graphs<'a>(graphs: impl Iterator<Item = &'a Graph>) -> (SegmentEntry, Vec<u8>) {
    let mut lines = Vec::new();
    let mut quads = 0;
    for graph in graphs {
        quads += graph.triples.len();
        // Writing to a vector cannot fail.
        let _ = graph.write_nquads(&mut lines);
    }
    (SegmentEntry { sha256: hash(&lines), quads }, lines)
}

/// The entry of N-Quads, one a line.
pub fn of_lines(lines: &[u8]) -> SegmentEntry {
    SegmentEntry { sha256: hash(lines), quads: memchr::memchr_iter(b'\n', lines).count() }
}

/// Writes a segment unless a sound one with the same note is there.
pub fn write(folder: &Path, entry: &SegmentEntry, lines: &[u8], note: &Note) -> Result<(), Error> {
    let is_sound = |file: &[u8]| lines_of(file, entry).is_ok();
    let path = folder.join(entry.file());
    let stands = |file: Vec<u8>| Note::of_file(&file).as_ref() == Some(note) && is_sound(&file);
    if fs::read(&path).is_ok_and(stands) {
        return Ok(());
    }
    let written = compress(lines, Some(note)).and_then(|bytes| files::write(&path, &bytes));
    written.map_err(|error| Error::write(&path, &error))
}

/// The bytes under gzip, with a note in its header; the same for the same input.
pub fn compress(bytes: &[u8], note: Option<&Note>) -> io::Result<Vec<u8>> {
    let out = Vec::with_capacity(bytes.len() / 8);
    let header = match note.map(Note::written).filter(|written| !written.is_empty()) {
        Some(written) => GzBuilder::new().comment(written),
        None => GzBuilder::new(),
    };
    let mut encoder = header.write(out, Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// What was under gzip.
pub fn decompress(file: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(file.len() * 8);
    GzDecoder::new(file).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// SHA-256 in lower-case hex.
pub fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The N-Quads of a segment's file, proved by their hash; else why not.
pub fn lines_of(file: &[u8], entry: &SegmentEntry) -> Result<Vec<u8>, String> {
    let lines = decompress(file).map_err(|error| super::error::reason(&error))?;
    match hash(&lines) == entry.sha256 {
        true => Ok(lines),
        false => Err("its content does not have the hash that it should".to_owned()),
    }
}

/// The quads of N-Quads that we wrote; else why not.
pub fn parse(lines: &[u8], expected: usize) -> Result<Vec<Quad>, String> {
    let mut quads = Vec::with_capacity(expected);
    for line in lines.split_inclusive(|byte| *byte == b'\n') {
        quads.push(Line::split(line).ok_or("a line is no quad")?.quad());
    }
    Ok(quads)
}
