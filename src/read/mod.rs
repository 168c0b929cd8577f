//! Bytes become a [`Document`]: the decoded text, its zones and blocks, and what it says of itself.
//!
//! Plain text and Markdown ([`text`], [`markdown`]) are decoded and laid out as they stand. A reader of a richer format
//! ([`html`], [`docx`], [`pdf`] and their kin) takes the text out of the bytes as [`pieces`]: headings, paragraphs, items, cells, notes,
//! furniture, each with the way back into the file. From the [`layout::Layout`] on all formats go the same way: lines →
//! paragraphs → zones → blocks → metadata. A new format is one more reader and one more [`Format`].

mod error;
mod format;
mod decode;
mod sealed;
mod pieces;
mod html;
mod docx;
mod pdf;
mod odt;
mod rtf;
mod epub;
mod eml;
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
mod structure;
mod metadata;
mod remarks;

use crate::model::text::{one_line, text_hash};
use crate::model::{CodePoints, Diagnostic, Document, Letters, Piece, PieceKind, Severity, SourceFile, Span};
use layout::{Layout, Mark, Origin};

pub use error::Error;
pub use format::{Format, is_document, is_readable};
pub use given::Given;
pub use sealed::READER;

/// What the user decides about reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The WHATWG label of the file's encoding (`windows-1252`, `utf-16le` …); `None`: UTF-8, or UTF-16 if a byte-order
    /// mark says so, or what a web page declares.
    pub encoding: Option<String>,
    /// The most bytes that a document may have.
    pub limit: usize,
    /// The format; `None`: by the first bytes, then by the name's extension, else plain text.
    pub format: Option<Format>,
    /// What the user states of the document; it stands before what is read.
    pub given: Option<Given>,
}

impl Default for Options {
    fn default() -> Self {
        Self { encoding: None, limit: 64 << 20, format: None, given: None }
    }
}

/// Reads one document. `name` is what the user called it: a path, or `-`. Its first bytes decide the format, then its
/// extension; messages show it.
///
/// # Errors
///
/// When the bytes are nothing that can be read; see the variants of [`Error`]. Odd content is never an error: it leaves
/// a remark in [`Document::diagnostics`].
pub fn read(name: &str, bytes: &[u8], options: &Options) -> Result<Document, Error> {
    decode::bounds(name, bytes, options)?;
    let format = options.format.unwrap_or_else(|| Format::tell(name, bytes));
    let mut document = match format {
        Format::Text => plain(name, bytes, options, text::lay_out)?,
        Format::Markdown => plain(name, bytes, options, markdown::lay_out)?,
        _ => {
            let (text, source) = sealed::take_out(name, bytes, format, options)?;
            if is_blank(&text) {
                return Err(Error::NoWords { name: name.into(), format: format.name() });
            }
            of_source(name, text, source)
        }
    };
    if let Some(given) = &options.given {
        given.apply(&mut document.metadata);
        document.given = given.values();
    }
    Ok(document)
}

/// Reads a document again from the text and source that reading it left, without its file.
pub fn again(name: &str, text: String, source: SourceFile, given: Option<&Given>) -> Document {
    let mut document = of_source(name, text, source);
    if let Some(given) = given {
        given.apply(&mut document.metadata);
    }
    document
}

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| layout::is_blank(c) || c.is_control())
}

/// Reads a file that is its own text.
fn plain(name: &str, bytes: &[u8], options: &Options, lay_out: fn(String) -> Layout) -> Result<Document, Error> {
    let text = decode::decode(name, bytes, options)?;
    if is_blank(&text) {
        return Err(Error::Blank { name: name.into() });
    }
    let mut document = match letters::plain(&text) {
        Some(letters) => in_plain(name, text, letters, |plain, _| lay_out(plain)),
        None => compose(name, lay_out(text)),
    };
    document.diagnostics.extend(remarks::twice(&document.text));
    Ok(document)
}

/// Reads a text that was taken out of a file.
fn of_source(name: &str, text: String, source: SourceFile) -> Document {
    let origin = if source.media_type == Format::Pdf.media_type() { Origin::Pages } else { Origin::Whole };
    let lay_out = |text: String, place: &dyn Fn(Span) -> Span| {
        let mut layout = Layout::of_pieces(text, &source.pieces, place, origin);
        layout.front = front_matter::FrontMatter::declared(&source.declared);
        layout
    };
    let mut document = match letters::plain(&text) {
        Some(letters) => in_plain(name, text, letters, |plain, letters| lay_out(plain, &|span| letters.plain(span))),
        None => compose(name, lay_out(text, &|span| span)),
    };
    let remark = |message: &String| Diagnostic { severity: Severity::Warning, message: message.clone(), span: None };
    document.diagnostics.extend(source.remarks.iter().map(remark));
    place_title(&mut document, &source);
    document.source = Some(Box::new(source));
    document
}

/// A title that the file declares stands in its text too, as a rule: as a heading.
fn place_title(document: &mut Document, source: &SourceFile) {
    let Some(title) = document.metadata.title.as_mut().filter(|title| title.span.is_none()) else { return };
    let headings = source.pieces.iter().filter(|piece| piece.kind == PieceKind::Heading);
    let same = |piece: &&Piece| one_line(piece.span.of(&document.text)) == title.value;
    title.span = headings.take(100).find(same).map(|piece| piece.span);
}

/// Reads a text in its plain letters and leads everything back to the text as written.
fn in_plain(
    name: &str,
    written: String,
    mut letters: Box<Letters>,
    lay_out: impl FnOnce(String, &Letters) -> Layout,
) -> Document {
    let plain = std::mem::replace(&mut letters.other, written);
    let layout = lay_out(plain, &letters);
    let mut document = compose(name, layout);
    document.sha256 = text_hash(&letters.other);
    document.letters = Some(letters);
    document.into_written();
    document
}

/// The way that all formats share, from laid-out lines to the document.
fn compose(name: &str, mut layout: Layout) -> Document {
    furniture::mark(&mut layout);
    let (paragraphs, language) = paragraphs::group(&layout);
    // Notes say nothing of the document as a whole: metadata and zones are told from what stands before them.
    let is_note = |paragraph: &paragraphs::Paragraph| layout.lines[paragraph.lines.start].mark == Mark::Note;
    let told = &paragraphs[..paragraphs.iter().position(is_note).unwrap_or(paragraphs.len())];
    let mut parts = zones::divide(&layout, told);
    parts.kinds.extend(paragraphs[told.len()..].iter().map(zones::of_note));
    let zones = zones::cover(&layout, &paragraphs, &parts);
    let (blocks, gaps) = blocks::build(&layout, &paragraphs, &parts);
    let pinpoints = structure::pinpoints(&layout, told, &parts.kinds, &blocks);
    let (metadata, interventions, remark) = metadata::gather(name, &layout, told, &parts, language);
    layout.diagnostics.extend(remark);
    remarks::add(&mut layout, language);
    Document {
        name: name.into(),
        sha256: text_hash(&layout.text),
        points: CodePoints::new(&layout.text),
        zones,
        blocks,
        gaps,
        pinpoints,
        metadata,
        interventions,
        given: Vec::new(),
        diagnostics: layout.diagnostics,
        letters: None,
        source: None,
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
