//! Segments line by line, for those who pass lines on and never hold a whole store.

use std::fs::File;
use std::io::{self, BufRead, BufReader, ErrorKind, Read, Seek};

use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

use crate::lift::Layer;
use crate::model::text::hex;

use super::directory::TRIES;
use super::manifest::SegmentEntry;
use super::{Damage, Directory, Error, runs, segment};

/// Segments of fewer bytes are held while they are read; longer ones are unpacked twice: to prove them, then to send them.
const HELD: u64 = 16 << 20;

/// A line of N-Quads as the store has it, and its terms as they stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'l> {
    /// The line with its line break.
    pub text: &'l str,
    /// An IRI or a blank node.
    pub subject: &'l str,
    /// An IRI.
    pub predicate: &'l str,
    /// Any term.
    pub object: &'l str,
    /// The three terms of the triple, blanks between them.
    pub triple: &'l str,
    /// The graph; `None` for the default graph.
    pub graph: Option<&'l str>,
}

impl<'l> Line<'l> {
    /// Splits a line; `None` if it is none.
    pub fn split(line: &'l [u8]) -> Option<Self> {
        let text = std::str::from_utf8(line).ok()?;
        let subject = term_end(line, 0)?;
        let predicate = term_end(line, subject + 1)?;
        let object = term_end(line, predicate + 1)?;
        let graph = match line.get(object..)? {
            b" .\n" => None,
            _ => {
                let end = term_end(line, object + 1)?;
                (line.get(end..)? == b" .\n").then_some(())?;
                Some(text.get(object + 1..end)?)
            }
        };
        Some(Self {
            text,
            subject: text.get(..subject)?,
            predicate: text.get(subject + 1..predicate)?,
            object: text.get(predicate + 1..object)?,
            triple: text.get(..object)?,
            graph,
        })
    }
}

/// Where the term ends that starts here.
fn term_end(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = bytes.get(start..)?;
    let length = match rest.first()? {
        b'<' => find(rest, b'>')? + 1,
        b'_' => find(rest, b' ')?,
        b'"' => literal_end(rest)?,
        _ => return None,
    };
    (rest.get(length) == Some(&b' ')).then_some(start + length)
}

fn literal_end(rest: &[u8]) -> Option<usize> {
    let mut at = 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', rest.get(at..)?)?;
        if rest[at] == b'"' {
            break;
        }
        at += 2;
    }
    Some(at + 1 + find(&rest[at + 1..], b' ')?)
}

fn find(bytes: &[u8], wanted: u8) -> Option<usize> {
    memchr::memchr(wanted, bytes)
}

/// Why a segment was not read to its end.
enum Stop<E> {
    Gone,
    Damaged(String),
    Taker(E),
}

impl<E> From<io::Error> for Stop<E> {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::Gone,
            _ => Self::Damaged(super::error::reason(&error)),
        }
    }
}

impl Directory {
    /// Sends the lines of some layers, segment by segment in a fixed order, to a taker that `begin` makes; each segment is
    /// proved before its first line is sent. If a writer sweeps a segment away meanwhile, all starts again with a new
    /// taker. Gives the taker and what is damaged.
    ///
    /// # Errors
    /// What `take` says; or if a writer replaced the list of contents and the new one cannot be read.
    pub fn lines<T, E: From<Error>>(
        &mut self,
        layers: &[Layer],
        begin: impl Fn() -> T,
        take: impl Fn(&mut T, Line<'_>) -> Result<(), E>,
    ) -> Result<(T, Vec<Damage>), E> {
        let mut tries = 0;
        loop {
            tries += 1;
            let (mut taker, mut damages, mut is_gone) = (begin(), Vec::new(), false);
            for (what, entry) in self.manifest().segments(layers) {
                let reason = match self.send(entry, |line| take(&mut taker, line)) {
                    Ok(()) => continue,
                    Err(Stop::Taker(error)) => return Err(error),
                    Err(Stop::Damaged(reason)) => reason,
                    Err(Stop::Gone) => {
                        is_gone = true;
                        "the file is missing".to_owned()
                    }
                };
                damages.push(Damage { path: self.path_of(&entry.place()), what: what.to_string(), reason });
            }
            if let Some(record) = runs::text(self.path()).filter(|_| layers.contains(&Layer::Runs)) {
                match record {
                    Ok(text) => text
                        .split_inclusive(|byte| *byte == b'\n')
                        .try_for_each(|line| Line::split(line).map_or(Ok(()), |line| take(&mut taker, line)))?,
                    Err(damage) => damages.push(damage),
                }
            }
            if !is_gone || tries >= TRIES || !self.has_moved_on()? {
                return Ok((taker, damages));
            }
        }
    }

    /// Sends the lines of a segment, wherever its file is.
    fn send<E>(&self, entry: &SegmentEntry, mut take: impl FnMut(Line<'_>) -> Result<(), E>) -> Result<(), Stop<E>> {
        match File::open(self.path().join(entry.place())) {
            // What lies in a pack is short.
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let lines = segment::decompress(&self.file(&entry.place())?)?;
                prove(&*lines, entry)?;
                each_line(&*lines, &mut |line| Line::split(line).map_or(Ok(()), &mut take).map_err(Stop::Taker))
            }
            file => send(file?, entry, HELD, take),
        }
    }
}

/// Sends the lines of one segment, if its file holds what it should; holds no more bytes of it than `room`.
fn send<E>(
    mut file: File,
    entry: &SegmentEntry,
    room: u64,
    mut take: impl FnMut(Line<'_>) -> Result<(), E>,
) -> Result<(), Stop<E>> {
    let mut send = |line: &[u8]| Line::split(line).map_or(Ok(()), &mut take).map_err(Stop::Taker);
    let mut held = Vec::new();
    unpack(&file).take(room).read_to_end(&mut held)?;
    let is_whole = (held.len() as u64) < room;
    if is_whole {
        prove(&*held, entry)?;
        return each_line(&*held, &mut send);
    }
    drop(held);
    file.rewind()?;
    prove(BufReader::new(unpack(&file)), entry)?;
    file.rewind()?;
    each_line(BufReader::new(unpack(&file)), &mut send)
}

fn unpack(file: &File) -> GzDecoder<BufReader<&File>> {
    GzDecoder::new(BufReader::new(file))
}

/// Whether the lines are quads and have the hash that they should.
fn prove<E>(lines: impl BufRead, entry: &SegmentEntry) -> Result<(), Stop<E>> {
    let mut hasher = Sha256::new();
    let mut is_sound = true;
    each_line(lines, &mut |line| {
        hasher.update(line);
        is_sound &= Line::split(line).is_some();
        Ok(())
    })?;
    if hex(&hasher.finalize()) != entry.sha256 {
        return Err(Stop::Damaged("its content does not have the hash that it should".to_owned()));
    }
    if is_sound { Ok(()) } else { Err(Stop::Damaged("a line is no quad".to_owned())) }
}

fn each_line<E>(mut lines: impl BufRead, take: &mut impl FnMut(&[u8]) -> Result<(), Stop<E>>) -> Result<(), Stop<E>> {
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line)? > 0 {
        take(&line)?;
        line.clear();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_split_at_its_terms() {
        let literal = r#""a \"b\" <c> . \\""#;
        for object in
            ["<http://x.org/o>", "_:b1", literal, &format!("{literal}@en"), &format!("{literal}^^<http://x.org/t>")]
        {
            for graph in [None, Some("<http://x.org/g>"), Some("_:g")] {
                let triple = format!("<http://x.org/s> <http://x.org/p> {object}");
                let line = format!("{triple}{} .\n", graph.map(|graph| format!(" {graph}")).unwrap_or_default());
                let split = Line::split(line.as_bytes()).unwrap();
                assert_eq!((split.subject, split.predicate), ("<http://x.org/s>", "<http://x.org/p>"));
                assert_eq!((split.object, split.triple, split.graph), (object, triple.as_str(), graph));
            }
        }
    }

    #[test]
    fn what_is_no_line_is_not_split() {
        for line in
            ["", "\n", "<a> <b> <c>\n", "<a> <b> \"c .\n", "<a> <b> \"c\\", "<a> <b> <c> <g> <h> .\n", "a b c .\n"]
        {
            assert_eq!(Line::split(line.as_bytes()), None, "{line}");
        }
    }

    #[test]
    fn a_segment_is_proved_before_its_first_line_is_sent() {
        let folder = tempfile::tempdir().unwrap();
        let lines: String = (0..500).map(|n| format!("<http://x.org/{n}> <http://x.org/p> \"ایران\" .\n")).collect();
        let path = folder.path().join("segment");
        let packed = |text: &str| {
            std::fs::write(&path, super::super::segment::compress(text.as_bytes(), None).unwrap()).unwrap()
        };
        let entry = |text: &str| SegmentEntry { sha256: super::super::segment::hash(text.as_bytes()), quads: 500 };
        let taken = |entry: &SegmentEntry, room| {
            let mut taken = String::new();
            let sent = send(File::open(&path).unwrap(), entry, room, |line| {
                taken.push_str(line.text);
                Ok::<_, ()>(())
            });
            (matches!(sent, Err(Stop::Damaged(_))), taken)
        };
        let no_quads = lines.replace("<http://x.org/p>", "p");
        for room in [1, 1 << 10, HELD] {
            packed(&lines);
            assert_eq!(taken(&entry(&lines), room), (false, lines.clone()), "{room}");
            assert_eq!(taken(&entry("other"), room), (true, String::new()), "{room}");
            packed(&no_quads);
            assert_eq!(taken(&entry(&no_quads), room), (true, String::new()), "{room}");
        }
    }
}
