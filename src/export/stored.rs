//! Lines of the store as quads. They are lines that we wrote ourselves, and proved: nothing but their escapes has to be
//! understood, which takes a fraction of the time of a parser.

use std::borrow::Cow;

use crate::export::seam::{QuadsFormatter, rio};
use crate::lift::Layer;
use crate::store::{Damage, Directory, Line};

use super::{ExportError, Quads};

impl Quads {
    /// All quads of some layers of a store, and what of it is damaged.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn from_directory(directory: &mut Directory, layers: &[Layer]) -> Result<(Self, Vec<Damage>), ExportError> {
        directory.lines(layers, Self::default, |quads, line| send(line, quads))
    }
}

/// Sends the quad of a line.
fn send<F: QuadsFormatter>(line: Line<'_>, formatter: &mut F) -> Result<(), F::Error> {
    let value = line.object.strip_prefix('"').map(Literal::split);
    let plain = value.as_ref().map(|literal| unescaped(literal.value));
    let object = match (&value, &plain) {
        (Some(literal), Some(plain)) => literal.term(plain),
        _ => node(line.object).into(),
    };
    formatter.format(&rio::Quad {
        subject: node(line.subject),
        predicate: rio::NamedNode { iri: bare(line.predicate) },
        object,
        graph_name: line.graph.map(|graph| match node(graph) {
            rio::Subject::BlankNode(node) => node.into(),
            _ => rio::NamedNode { iri: bare(graph) }.into(),
        }),
    })
}

fn node(term: &str) -> rio::Subject<'_> {
    match term.strip_prefix("_:") {
        Some(id) => rio::BlankNode { id }.into(),
        None => rio::NamedNode { iri: bare(term) }.into(),
    }
}

fn bare(term: &str) -> &str {
    term.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(term)
}

/// A literal without its opening mark: what stands before the closing one, escapes included, and after it.
struct Literal<'l> {
    value: &'l str,
    suffix: &'l str,
}

impl<'l> Literal<'l> {
    /// No language tag and no IRI holds the mark.
    fn split(rest: &'l str) -> Self {
        let (value, suffix) = rest.rsplit_once('"').unwrap_or((rest, ""));
        Self { value, suffix }
    }

    fn term<'t>(&self, value: &'t str) -> rio::Term<'t>
    where
        'l: 't,
    {
        match (self.suffix.strip_prefix('@'), self.suffix.strip_prefix("^^")) {
            (Some(language), _) => rio::Literal::LanguageTaggedString { value, language }.into(),
            (_, Some(datatype)) => {
                rio::Literal::Typed { value, datatype: rio::NamedNode { iri: bare(datatype) } }.into()
            }
            _ => rio::Literal::Simple { value }.into(),
        }
    }
}

/// A value without its escapes.
fn unescaped(value: &str) -> Cow<'_, str> {
    let Some((first, mut rest)) = value.split_once('\\') else { return value.into() };
    let mut out = String::with_capacity(value.len());
    out.push_str(first);
    loop {
        let digits = match rest.bytes().next() {
            Some(b'u') => 4,
            Some(b'U') => 8,
            _ => 0,
        };
        let code =
            rest.get(1..=digits).and_then(|digits| u32::from_str_radix(digits, 16).ok()).and_then(char::from_u32);
        let length = match (code, rest.chars().next()) {
            (Some(c), _) => {
                out.push(c);
                1 + digits
            }
            (None, Some(letter)) => {
                out.push(letter_of(letter));
                letter.len_utf8()
            }
            (None, None) => 0,
        };
        rest = &rest[length..];
        match rest.split_once('\\') {
            Some((plain, after)) => {
                out.push_str(plain);
                rest = after;
            }
            None => {
                out.push_str(rest);
                return out.into();
            }
        }
    }
}

/// What a letter after the escape stands for; marks stand for themselves.
const fn letter_of(letter: char) -> char {
    match letter {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\u{8}',
        'f' => '\u{C}',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone() {
        for (written, value) in [
            ("", ""),
            ("plain ایران", "plain ایران"),
            (r#"say \"no\" \\ yes"#, "say \"no\" \\ yes"),
            (r"\n\r\t\b\f\u0001\u007F\uFFFE\U0001F44D", "\n\r\t\u{8}\u{c}\u{1}\u{7f}\u{FFFE}👍"),
            (r"\\u0041\\", r"\u0041\"),
        ] {
            assert_eq!(unescaped(written), value, "{written}");
        }
    }
}
