//! What a parser has read last, so that an error can show its line though the file is read once and not kept.

use std::cell::RefCell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use oxigraph::io::{RdfFormat, RdfParseError, RdfSyntaxError};

use crate::bounds::{Grammar, Guarded, Refusal};
use crate::model::Place;

use super::ForeignError;

/// Bytes that are kept at least: more than parsers read ahead.
const KEPT: usize = 1 << 16;

/// Code points of the longest line that is shown.
const WIDEST: usize = 400;

/// The bytes that a reader gave last.
pub struct Recent {
    kept: Rc<RefCell<RecentBytes>>,
    by_line: bool,
    grammar: Grammar,
    refusal: RefCell<Refusal>,
}

#[derive(Default)]
struct RecentBytes {
    bytes: Vec<u8>,
    /// Bytes that came before these.
    before: u64,
    /// Line breaks seen so far, the last byte's own not counted.
    breaks: usize,
    /// The file's first bytes.
    head: Vec<u8>,
}

/// A reader that is watched, and that refuses what would unfold without limit.
pub struct Watched<R> {
    inner: BufReader<Guarded<R>>,
    kept: Rc<RefCell<RecentBytes>>,
    by_line: bool,
}

impl Recent {
    /// For a file of that format. The parser of RDF/XML does not tell where it met an error: it is given one line at a
    /// time, and the last one is it.
    pub fn new(format: RdfFormat) -> Self {
        let grammar = match format {
            RdfFormat::RdfXml => Grammar::Xml,
            RdfFormat::JsonLd { .. } => Grammar::Json,
            _ => Grammar::Other,
        };
        Self { kept: Rc::default(), by_line: format == RdfFormat::RdfXml, grammar, refusal: RefCell::default() }
    }

    /// A reader of the same bytes.
    pub fn watch<R: Read>(&self, reader: R) -> Watched<R> {
        let guarded = Guarded::new(reader, self.grammar);
        self.refusal.replace(guarded.refusal());
        Watched { inner: BufReader::with_capacity(KEPT, guarded), kept: Rc::clone(&self.kept), by_line: self.by_line }
    }

    /// What to tell people of a parser's error.
    pub fn fault(&self, name: &str, format: RdfFormat, error: RdfParseError) -> ForeignError {
        if let Some(reason) = self.refusal.borrow().borrow_mut().take() {
            return ForeignError::Unbounded { name: name.to_owned(), reason };
        }
        match error {
            RdfParseError::Io(error) if name.ends_with(".gz") && is_packing(&error) => {
                ForeignError::Packed(name.to_owned())
            }
            RdfParseError::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                ForeignError::Unbounded { name: name.to_owned(), reason: error.to_string() }
            }
            RdfParseError::Io(error) => {
                ForeignError::Read { name: name.to_owned(), reason: super::error::reason(&error) }
            }
            RdfParseError::Syntax(error) => self.syntax(name, format, &error),
        }
    }

    fn syntax(&self, name: &str, format: RdfFormat, error: &RdfSyntaxError) -> ForeignError {
        let kept = self.kept.borrow();
        let place = if self.by_line { Some(kept.last_line(name)) } else { kept.place(name, error) };
        let whole = error.to_string();
        let reason =
            whole.split_once(": ").filter(|_| error.location().is_some()).map_or(&*whole, |(_, reason)| reason);
        ForeignError::Syntax {
            name: name.to_owned(),
            format: format.name(),
            hint: hint(reason, format, &kept.head),
            reason: reason.to_owned(),
            place: place.map(Box::new),
        }
    }
}

impl RecentBytes {
    fn push(&mut self, bytes: &[u8]) {
        if self.head.len() < 64 {
            self.head.extend(bytes.iter().take(64));
        }
        if self.bytes.len() > 2 * KEPT {
            let dropped = self.bytes.len() - KEPT;
            self.bytes.drain(..dropped);
            self.before += dropped as u64;
        }
        self.bytes.extend_from_slice(bytes);
    }

    fn place(&self, name: &str, error: &RdfSyntaxError) -> Option<Place> {
        let range = error.location()?;
        let (line, column) = (range.start.line as usize, range.start.column as usize);
        let width = match range.end.line == range.start.line {
            true => range.end.column.saturating_sub(range.start.column) as usize,
            false => 1,
        };
        let source = self.line_at(range.start.offset).unwrap_or_default();
        Some(Place { file: name.to_owned(), line: line + 1, column: column + 1, source, width: width.max(1) })
    }

    /// The line that holds a byte, if it is still there and not too long to be shown.
    fn line_at(&self, offset: u64) -> Option<String> {
        let at = usize::try_from(offset.checked_sub(self.before)?).ok()?.min(self.bytes.len());
        let start = match self.bytes[..at].iter().rposition(|&byte| byte == b'\n') {
            Some(before) => before + 1,
            None if self.before == 0 => 0,
            None => return None,
        };
        let line = self.bytes[start..].split(|&byte| byte == b'\n').next()?;
        let line = String::from_utf8_lossy(line).trim_end_matches('\r').to_owned();
        (line.chars().count() <= WIDEST).then_some(line)
    }

    fn last_line(&self, name: &str) -> Place {
        let end = self.before + self.bytes.len() as u64;
        let source = self.line_at(end.saturating_sub(1)).unwrap_or_default();
        let indent = source.chars().take_while(|c| c.is_whitespace()).count();
        let width = source.trim().chars().count().max(1);
        Place { file: name.to_owned(), line: self.breaks + 1, column: indent + 1, source, width }
    }
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let available = self.inner.fill_buf()?;
        let mut length = available.len().min(buffer.len());
        let mut kept = self.kept.borrow_mut();
        if self.by_line && length > 0 {
            kept.breaks += usize::from(kept.bytes.last() == Some(&b'\n'));
            length = available[..length].iter().position(|&byte| byte == b'\n').map_or(length, |at| at + 1);
        }
        let taken = &available[..length];
        buffer[..length].copy_from_slice(taken);
        kept.push(taken);
        self.inner.consume(length);
        Ok(length)
    }
}

/// Whether an error is one of bytes that are no whole gzip.
fn is_packing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData)
}

/// What to try next, by what the parser says and by what the file starts with.
fn hint(reason: &str, format: RdfFormat, head: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(head);
    let start = start.trim_start_matches('\u{FEFF}').trim_start().to_lowercase();
    let begins = |marks: &[&str]| marks.iter().any(|mark| start.starts_with(mark));
    let is_lines = matches!(format, RdfFormat::NTriples | RdfFormat::NQuads);
    let looks_like = match format {
        RdfFormat::RdfXml if begins(&["{", "["]) => "JSON-LD (jsonld)",
        RdfFormat::RdfXml if begins(&["@prefix", "@base", "prefix", "base", "#"]) => "Turtle (ttl)",
        RdfFormat::RdfXml => "",
        RdfFormat::JsonLd { .. } if begins(&["@prefix", "@base", "prefix", "base", "#"]) => "Turtle (ttl)",
        RdfFormat::JsonLd { .. } if begins(&["<?xml", "<rdf:rdf"]) => "RDF/XML (rdf)",
        RdfFormat::JsonLd { .. } => "",
        _ if begins(&["<?xml", "<rdf:rdf", "<!doctype"]) => "RDF/XML (rdf)",
        _ if begins(&["{\"", "{ \"", "{\n", "[{", "[\n"]) && format != RdfFormat::TriG => "JSON-LD (jsonld)",
        _ if is_lines && begins(&["@prefix", "@base", "prefix", "base"]) => "Turtle (ttl)",
        _ => "",
    };
    if !looks_like.is_empty() {
        return Some(format!("it looks like {looks_like}: name its format"));
    }
    if reason.contains("No scheme") {
        return Some("a relative IRI needs a base: --base IRI".to_owned());
    }
    if reason.contains("has not been declared") {
        return Some("declare it at the top of the file: @prefix name: <…> .".to_owned());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::io::RdfParser;

    fn fault(text: &str, format: RdfFormat) -> ForeignError {
        let recent = Recent::new(format);
        let parser = RdfParser::from_format(format).for_reader(recent.watch(text.as_bytes()));
        let error = parser.into_iter().find_map(Result::err).expect("an error");
        recent.fault("x", format, error)
    }

    fn place(text: &str, format: RdfFormat) -> (usize, String) {
        match fault(text, format) {
            ForeignError::Syntax { place: Some(place), .. } => (place.line, place.source),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_line_is_shown_however_far_down_it_is() {
        let good = "<http://x.org/s> <http://x.org/p> \"مثال\" .\n";
        for lines in [0, 1, 5000, 20_000] {
            let text = [&good.repeat(lines), "<http://x.org/s> oops .\n", good].concat();
            assert_eq!(place(&text, RdfFormat::NTriples), (lines + 1, "<http://x.org/s> oops .".to_owned()), "{lines}");
            assert_eq!(place(&text, RdfFormat::Turtle).0, lines + 1);
        }
    }

    #[test]
    fn rdf_xml_tells_the_line_too() {
        let text = "<?xml version=\"1.0\"?>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n  \
                    <rdf:Description rdf:about=\"http://x.org/s\">\n  </wrong>\n</rdf:RDF>\n";
        assert_eq!(place(text, RdfFormat::RdfXml), (4, "  </wrong>".to_owned()));
    }

    #[test]
    fn hints_say_what_to_try() {
        let json = RdfFormat::from_extension("jsonld").unwrap();
        for (text, format, expected) in [
            ("<a> <http://x.org/p> 1 .", RdfFormat::Turtle, "a relative IRI needs a base: --base IRI"),
            ("a:b a:c a:d .", RdfFormat::Turtle, "declare it at the top of the file: @prefix name: <…> ."),
            ("{\"@id\": \"x:y\"}", RdfFormat::Turtle, "it looks like JSON-LD (jsonld): name its format"),
            ("<?xml version=\"1.0\"?>\n<a/>", RdfFormat::NQuads, "it looks like RDF/XML (rdf): name its format"),
            ("@prefix a: <x:> .\n", RdfFormat::NTriples, "it looks like Turtle (ttl): name its format"),
            ("@prefix a: <x:> .\n", json, "it looks like Turtle (ttl): name its format"),
        ] {
            match fault(text, format) {
                ForeignError::Syntax { hint, .. } => assert_eq!(hint.as_deref(), Some(expected), "{text}"),
                other => panic!("{other:?}"),
            }
        }
    }
}
