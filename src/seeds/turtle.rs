//! Reads one Turtle file triple by triple, keeping the line of each: the parser is fed line by line, so what it gives
//! after a line was written on that line or, where a statement is broken oddly, shortly before it. Names and relations
//! are both read through it.

use oxrdf::{NamedOrBlankNode, Term};
use oxttl::TurtleParser;
use oxttl::turtle::LowLevelTurtleParser;

use super::Error;
use crate::model::Place;

/// What a triple ends in, as far as seeds care.
#[derive(Clone, Copy)]
pub(super) enum Object<'a> {
    /// An IRI.
    Iri(&'a str),
    /// The words of a literal, whatever its language or datatype.
    Text(&'a str),
    /// A blank node.
    Other,
}

impl<'a> Object<'a> {
    fn of(term: &'a Term) -> Self {
        match term {
            Term::NamedNode(node) => Self::Iri(node.as_str()),
            Term::Literal(literal) => Self::Text(literal.value()),
            _ => Self::Other,
        }
    }
}

/// Where reading has got to: the file, its text and the current line.
#[derive(Clone, Copy)]
pub(super) struct Spot<'a> {
    /// Name of the file, for messages.
    pub(super) file: &'a str,
    /// The whole file.
    pub(super) text: &'a str,
    /// Line, from 1.
    pub(super) line: usize,
}

impl Spot<'_> {
    /// The place of a word on this line or the few above it, where a statement may have begun.
    pub(super) fn place_of(self, word: &str) -> Place {
        let above = (0..4).filter_map(|back| self.line.checked_sub(back));
        let found = above.filter(|&line| line > 0).find_map(|line| {
            let source = self.text.lines().nth(line - 1)?;
            Some((line, source, source.find(word)?))
        });
        let (line, source, byte) =
            found.unwrap_or((self.line, self.text.lines().nth(self.line.saturating_sub(1)).unwrap_or_default(), 0));
        let column = source.get(..byte).map_or(0, |before| before.chars().count()) + 1;
        let width = if found.is_some() { word.chars().count().max(1) } else { 1 };
        Place { file: self.file.to_owned(), line, column, source: source.to_owned(), width }
    }
}

/// What takes the triples: where each stands, its subject, property and object.
pub(super) type Sink<'s> = dyn FnMut(Spot<'_>, &str, &str, Object<'_>) -> Result<(), Error> + 's;

/// Reads a file into a sink. A byte order mark at its start is passed over.
pub(super) fn read(file: &str, text: &str, sink: &mut Sink<'_>) -> Result<(), Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut parser = TurtleParser::new().low_level();
    let mut spot = Spot { file, text, line: 0 };
    for line in text.split_inclusive('\n') {
        spot.line += 1;
        parser.extend_from_slice(line.as_bytes());
        drain(&mut parser, spot, sink)?;
    }
    parser.end();
    drain(&mut parser, spot, sink)
}

fn drain(parser: &mut LowLevelTurtleParser, spot: Spot<'_>, sink: &mut Sink<'_>) -> Result<(), Error> {
    while let Some(next) = parser.parse_next() {
        let triple = next.map_err(|error| syntax_error(spot, &error))?;
        let subject = match &triple.subject {
            NamedOrBlankNode::NamedNode(node) => node.as_str(),
            NamedOrBlankNode::BlankNode(node) => node.as_str(),
        };
        sink(spot, subject, triple.predicate.as_str(), Object::of(&triple.object))?;
    }
    Ok(())
}

fn syntax_error(spot: Spot<'_>, error: &oxttl::TurtleSyntaxError) -> Error {
    let location = error.location();
    let (start, end) = (location.start, location.end);
    let line = usize::try_from(start.line).unwrap_or_default() + 1;
    let width = if end.line == start.line { end.column.saturating_sub(start.column) } else { 1 };
    let place = Place {
        file: spot.file.to_owned(),
        line,
        column: usize::try_from(start.column).unwrap_or_default() + 1,
        source: spot.text.lines().nth(line - 1).unwrap_or_default().to_owned(),
        width: usize::try_from(width).unwrap_or_default().max(1),
    };
    Error::Syntax { message: plain(error.message()), place: Box::new(place) }
}

/// The parser's words in the shape of ours: lower case, no full stop.
fn plain(message: &str) -> String {
    let mut letters = message.trim_end_matches('.').chars();
    let first = letters.next().map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}
