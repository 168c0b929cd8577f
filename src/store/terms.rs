//! The terms of a line of the store. They are lines that we wrote ourselves, and proved: nothing but their escapes has to be
//! understood, which takes a fraction of the time of a parser.

use std::borrow::Cow;

use oxrdf::{BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};

use super::Line;

/// A term that is no literal, without its marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part<'l> {
    /// An IRI.
    Iri(&'l str),
    /// The label of a blank node.
    Blank(&'l str),
}

impl<'l> Part<'l> {
    /// The term as it stands in a line, read.
    pub fn of(term: &'l str) -> Self {
        match term.strip_prefix("_:") {
            Some(label) => Self::Blank(label),
            None => Self::Iri(bare(term)),
        }
    }
}

/// A literal, without its marks and escapes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value<'l> {
    /// Its text.
    pub text: Cow<'l, str>,
    /// Its language tag.
    pub language: Option<&'l str>,
    /// The IRI of its datatype.
    pub datatype: Option<&'l str>,
}

impl<'l> Value<'l> {
    /// The literal that stands in a line; `None` for another term.
    pub fn of(term: &'l str) -> Option<Self> {
        // No language tag and no IRI holds the mark.
        let (value, suffix) = term.strip_prefix('"')?.rsplit_once('"')?;
        let (language, datatype) = (suffix.strip_prefix('@'), suffix.strip_prefix("^^").map(bare));
        Some(Self { text: unescaped(value), language, datatype })
    }
}

impl Line<'_> {
    /// The quad of the line.
    pub fn quad(&self) -> Quad {
        let graph: GraphName = self.graph.map_or(GraphName::DefaultGraph, |graph| node(graph).into());
        let predicate = NamedNode::new_unchecked(bare(self.predicate));
        Quad::new(node(self.subject), predicate, term(self.object), graph)
    }
}

/// The term that stands in a line.
pub(super) fn term(text: &str) -> Term {
    match Value::of(text) {
        None => node(text).into(),
        Some(Value { text, language: Some(language), .. }) => {
            Literal::new_language_tagged_literal_unchecked(text, language).into()
        }
        Some(Value { text, datatype: Some(datatype), .. }) => {
            Literal::new_typed_literal(text, NamedNode::new_unchecked(datatype)).into()
        }
        Some(Value { text, .. }) => Literal::new_simple_literal(text).into(),
    }
}

fn node(text: &str) -> NamedOrBlankNode {
    match Part::of(text) {
        Part::Iri(iri) => NamedNode::new_unchecked(iri).into(),
        Part::Blank(label) => BlankNode::new_unchecked(label).into(),
    }
}

fn bare(term: &str) -> &str {
    term.strip_prefix('<').and_then(|rest| rest.strip_suffix('>')).unwrap_or(term)
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
