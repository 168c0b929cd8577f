//! Bytes become a [`Document`]: the decoded text, its zones and blocks, and what it says of itself.
//!
//! One file per input format ([`text`], [`markdown`]) turns decoded text into a [`layout::Layout`]; from there on all
//! formats go the same way: lines → paragraphs → zones → blocks → metadata. A new format is one more such file and one
//! more [`Format`].

mod error;
mod format;
mod decode;
mod layout;
mod letters;
mod text;
mod markdown;
mod front_matter;
mod given;
mod marks;
mod dates;
mod furniture;
mod wording;
mod language;
mod states;
mod paragraphs;
mod zones;
mod blocks;
mod metadata;
mod remarks;

use sha2::{Digest, Sha256};

use crate::model::text::hex;
use crate::model::{CodePoints, Document, Letters};

pub use error::Error;
pub use format::{Format, is_readable};
pub use given::Given;

/// What the user decides about reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The WHATWG label of the file's encoding (`windows-1252`, `utf-16le` …); `None`: UTF-8, or UTF-16 if a byte-order
    /// mark says so.
    pub encoding: Option<String>,
    /// The most bytes that a document may have.
    pub limit: usize,
    /// The format; `None`: by the name's extension, else plain text.
    pub format: Option<Format>,
    /// What the user states of the document; it stands before what is read.
    pub given: Option<Given>,
}

impl Default for Options {
    fn default() -> Self {
        Self { encoding: None, limit: 64 << 20, format: None, given: None }
    }
}

/// Reads one document. `name` is what the user called it: a path, or `-`; its extension decides the format, and
/// messages show it.
///
/// # Errors
///
/// When the bytes are no text that can be read; see the variants of [`Error`]. Odd content is never an error: it leaves
/// a remark in [`Document::diagnostics`].
pub fn read(name: &str, bytes: &[u8], options: &Options) -> Result<Document, Error> {
    let text = decode::decode(name, bytes, options)?;
    if text.chars().all(|c| layout::is_blank(c) || c.is_control()) {
        return Err(Error::Blank { name: name.into() });
    }
    let format = options.format.unwrap_or_else(|| Format::of(name));
    let mut document = match letters::plain(&text) {
        Some(letters) => in_plain(name, format, text, letters),
        None => compose(name, format.lay_out(text)),
    };
    document.diagnostics.extend(remarks::twice(&document.text));
    if let Some(given) = &options.given {
        given.apply(&mut document.metadata);
        document.given = given.values();
    }
    Ok(document)
}

/// Reads a text in its plain letters and leads everything back to the text as written.
fn in_plain(name: &str, format: Format, written: String, mut letters: Box<Letters>) -> Document {
    let plain = std::mem::replace(&mut letters.other, written);
    let mut document = compose(name, format.lay_out(plain));
    document.sha256 = hex(&Sha256::digest(&letters.other));
    document.letters = Some(letters);
    document.into_written();
    document
}

/// The way that all formats share, from laid-out lines to the document.
fn compose(name: &str, mut layout: layout::Layout) -> Document {
    furniture::mark(&mut layout);
    let (paragraphs, language) = paragraphs::group(&layout);
    let parts = zones::divide(&layout, &paragraphs);
    let zones = zones::cover(&layout, &paragraphs, &parts);
    let (blocks, gaps) = blocks::build(&layout, &paragraphs, &parts);
    let (metadata, interventions, remark) = metadata::gather(name, &layout, &paragraphs, &parts, language);
    layout.diagnostics.extend(remark);
    remarks::add(&mut layout, language);
    Document {
        name: name.into(),
        sha256: hex(&Sha256::digest(&layout.text)),
        points: CodePoints::new(&layout.text),
        zones,
        blocks,
        gaps,
        metadata,
        interventions,
        given: Vec::new(),
        diagnostics: layout.diagnostics,
        letters: None,
        text: layout.text,
    }
}

#[cfg(test)]
mod tests {
    use crate::model::Document;

    /// What holds of every document.
    pub(super) fn assert_sound(document: &Document) {
        let text = &document.text;
        let mut end = 0;
        for zone in &document.zones {
            assert_eq!(zone.span.start, end, "zones have no gaps: {text:?}");
            end = zone.span.end;
        }
        assert_eq!(end, text.len(), "zones cover the text: {text:?}");
        let mut end = 0;
        for block in &document.blocks {
            assert!(end <= block.span.start && !block.span.is_empty(), "blocks in order: {text:?}");
            assert!(!document.quote(block.span).trim().is_empty());
            end = block.span.end;
        }
        let mut end = 0;
        for gap in &document.gaps {
            assert!(end <= gap.start && !document.quote(*gap).is_empty(), "gaps in order: {text:?}");
            end = gap.end;
        }
    }
}
