//! `rapporteur text`: what is read of a file before anything is looked for in it, and where each stretch of that stands in
//! the file. For people who wonder what became of their PDF.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use rapporteur::model::{Diagnostic, Document, Exit, Fault, Locus, PieceKind, SourceFile, Span};
use rapporteur::read::{self, Format};
use serde::Serialize;

use super::input::Input;
use super::{Outcome, input, report};

/// Print the text of files as it is read, and where it stands in them
#[derive(Args)]
pub struct Text {
    /// Files, or folders of files; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// What the files are (text, markdown, html, pdf, docx, odt, rtf, epub, eml), whatever their content and names say
    #[arg(long, value_name = "FORMAT", value_parser = input::format)]
    from: Option<Format>,

    /// A file's encoding, by its WHATWG label
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,

    /// One JSON line for each piece or word, with its characters in the text, and its page and box, bytes, or part and
    /// paragraph in the file
    #[arg(long, value_enum, value_name = "UNIT")]
    places: Option<Unit>,
}

/// What gets a line of its own.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Unit {
    Pieces,
    Words,
}

/// A stretch of text and its place.
#[derive(Serialize)]
struct Line<'a> {
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<PieceKind>,
    start: usize,
    end: usize,
    text: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

/// Where it stands in the file.
#[derive(Default, Serialize)]
struct Place<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<u32>,
    /// Left, lower, right and upper edge in points from the lower left corner.
    #[serde(rename = "box", skip_serializing_if = "Option::is_none")]
    area: Option<[f64; 4]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<[usize; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<u32>,
}

impl Text {
    pub fn run(self) -> Outcome {
        let options = read::Options { encoding: self.encoding.clone(), format: self.from, ..read::Options::default() };
        let mut exit = Exit::Done;
        let inputs = input::texts(&self.files, None)?;
        for input in &inputs {
            match read(input, &options) {
                Ok(document) => {
                    document.diagnostics.iter().for_each(|remark| told(&document, remark));
                    report::print(|out| out.write_all(self.shown(&document).as_bytes()))?;
                }
                Err(fault) if inputs.len() == 1 => return Err(fault),
                Err(fault) => {
                    report::fault(&*fault);
                    exit = Exit::Partly;
                }
            }
        }
        Ok(exit)
    }

    fn shown(&self, document: &Document) -> String {
        let Some(unit) = self.places else { return document.text.trim_end().to_owned() + "\n" };
        let mut shown = String::new();
        for (kind, span) in stretches(document, unit) {
            let source = document.source.as_deref();
            let line = Line {
                file: &document.name,
                kind,
                start: document.points.of_byte(&document.text, span.start),
                end: document.points.of_byte(&document.text, span.end),
                text: span.of(&document.text),
                place: source.map(|source| place(source, span)).unwrap_or_default(),
            };
            if let Ok(json) = serde_json::to_string(&line) {
                shown += &json;
                shown.push('\n');
            }
        }
        shown
    }
}

fn read(input: &Input, options: &read::Options) -> Result<Document, Box<dyn Fault>> {
    Ok(read::read(&input.name(), &input.read_at_most(options.limit)?, options)?)
}

fn told(document: &Document, remark: &Diagnostic) {
    report::note(format!("{}: note: {}", document.name, remark.message));
}

/// What gets a line: the pieces of a file, or the blocks of a text; or the words of either.
fn stretches(document: &Document, unit: Unit) -> Vec<(Option<PieceKind>, Span)> {
    let pieces = match &document.source {
        Some(source) => source.pieces.iter().map(|piece| (Some(piece.kind), piece.span)).collect(),
        None => document.blocks.iter().map(|block| (None, block.span)).collect::<Vec<_>>(),
    };
    if unit == Unit::Pieces {
        return pieces;
    }
    let words = |(kind, piece): (Option<PieceKind>, Span)| {
        let text = piece.of(&document.text);
        text.split_whitespace().map(move |word| {
            let start = piece.start + (word.as_ptr() as usize - text.as_ptr() as usize);
            (kind, Span::new(start, start + word.len()))
        })
    };
    pieces.into_iter().flat_map(words).collect()
}

fn place(source: &SourceFile, span: Span) -> Place<'_> {
    let map = &source.map;
    let mut place = Place { bytes: map.bytes(span).map(|bytes| [bytes.start, bytes.end]), ..Place::default() };
    if let Some((page, area)) = map.areas(span).first().copied() {
        let points = |tenths: i32| f64::from(tenths) / 10.0;
        place.page = Some(page);
        place.area = Some([points(area.left), points(area.bottom), points(area.right), points(area.top)]);
    }
    if let Some(Locus::Paragraph(part, number)) = map.within(span).first().map(|run| run.locus) {
        place.part = map.parts.get(part as usize).map(String::as_str);
        place.paragraph = Some(number);
    }
    place
}
