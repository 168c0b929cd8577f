//! OpenDocument texts (ODT): headings, paragraphs, lists, tables row by row, notes at the end. Deleted words and comments
//! are left out and counted; each paragraph keeps its number.

use crate::model::text::{counted, one_line};
use crate::model::{Locus, PieceKind};

use super::docx::package::Package;
use super::docx::xml::{self, Step, Tag};
use super::pieces::{Gap, Pieces};
use super::sealed::Failure;

/// The part that holds the text.
const CONTENT: &str = "content.xml";

/// Letters of a paragraph in a table that still make it a cell.
const CELL: usize = 240;

/// Takes the text out of a document.
pub(super) fn read(bytes: Vec<u8>) -> Result<Pieces, Failure> {
    let mut package = Package::open(bytes)?;
    let manifest = package.part("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(Failure::Locked);
    }
    let Some(text) = package.part(CONTENT)? else { return Err(Failure::Other(package.called())) };
    let mut walker = Walker::default();
    walker.pieces.map.parts.push(CONTENT.to_owned());
    let walked = xml::walk(&text, &mut |step| walker.see(step));
    if let Err(failure) = walked {
        if walker.number == 0 {
            return Err(failure.within(CONTENT));
        }
        walker.pieces.remarks.push(format!("the file is broken ({failure}): read only as far as it is whole"));
    }
    Ok(walker.finish())
}

/// A walk through the text.
#[derive(Default)]
struct Walker {
    pieces: Pieces,
    /// How deep in what is left out.
    skipped: usize,
    /// Paragraphs that are open: whether a heading, and the words so far. Notes and text boxes lie in paragraphs.
    open: Vec<(bool, String)>,
    /// Whether the next paragraph begins a member of a list, a row, a cell.
    item: bool,
    row: bool,
    cell: bool,
    tables: usize,
    last: Option<PieceKind>,
    /// How many paragraphs have ended.
    number: u32,
    /// The words of notes, and the paragraph that each begins in; how deep in one.
    notes: Vec<(String, u32)>,
    in_note: usize,
    inserted: usize,
    deleted: usize,
    comments: usize,
}

impl Walker {
    fn see(&mut self, step: Step<'_>) {
        match step {
            Step::Start(tag) if self.skipped > 0 => {
                self.skipped += 1;
                self.deleted += usize::from(tag.name() == "text:deletion");
                self.inserted += usize::from(tag.name() == "text:insertion");
            }
            Step::End(name) if self.skipped > 0 => {
                self.skipped -= 1;
                self.number += u32::from(matches!(name, "text:p" | "text:h"));
            }
            Step::Text(_) if self.skipped > 0 => {}
            Step::Start(tag) => self.start(&tag),
            Step::End(name) => self.end(name),
            Step::Text(words) => self.words(words),
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "text:p" => self.open.push((false, String::new())),
            "text:h" => self.open.push((true, String::new())),
            "text:s" => self.words(" "),
            "text:tab" => self.sign('\t'),
            "text:line-break" => self.sign('\n'),
            "text:list-item" => self.item = true,
            "table:table" => self.tables += 1,
            "table:table-row" => self.row = true,
            "table:table-cell" => self.cell = true,
            "text:note-body" => {
                self.in_note += 1;
                self.notes.push((String::new(), self.number + 1));
            }
            "text:note-citation" | "text:tracked-changes" => self.skipped = 1,
            "office:annotation" => {
                self.comments += 1;
                self.skipped = 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "text:p" | "text:h" => self.end_paragraph(),
            "text:note-body" => self.in_note = self.in_note.saturating_sub(1),
            "text:list-item" => self.item = false,
            "table:table" => self.tables = self.tables.saturating_sub(1),
            _ => {}
        }
    }

    fn sign(&mut self, sign: char) {
        if let Some((_, text)) = self.open.last_mut() {
            text.push(sign);
        }
    }

    /// Adds words, runs of blanks as one.
    fn words(&mut self, words: &str) {
        let Some((_, text)) = self.open.last_mut() else { return };
        for sign in words.chars() {
            if !matches!(sign, ' ' | '\t' | '\n' | '\r') {
                text.push(sign);
            } else if !text.is_empty() && !text.ends_with([' ', '\t', '\n']) {
                text.push(' ');
            }
        }
    }

    fn end_paragraph(&mut self) {
        let Some((heading, text)) = self.open.pop() else { return };
        self.number += 1;
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        if let Some((note, _)) = self.notes.last_mut().filter(|_| self.in_note > 0) {
            note.push_str(if note.is_empty() { "" } else { " " });
            note.push_str(&one_line(text));
            return;
        }
        let kind = match () {
            () if heading => PieceKind::Heading,
            () if self.tables > 0 && text.len() <= CELL => PieceKind::Cell,
            () if self.item => PieceKind::Item,
            () => PieceKind::Paragraph,
        };
        let gap = match (kind, self.last) {
            (PieceKind::Cell, Some(PieceKind::Cell)) if self.cell && !self.row => Gap::Tab,
            (PieceKind::Cell, Some(PieceKind::Cell)) => Gap::Line,
            (PieceKind::Item, Some(PieceKind::Item)) => Gap::Line,
            _ => Gap::Blank,
        };
        (self.item, self.row, self.cell) = (false, false, false);
        self.pieces.open(kind, gap, 0);
        self.pieces.push(text, Some(Locus::Paragraph(0, self.number)));
        self.pieces.close();
        self.last = Some(kind);
    }

    fn finish(mut self) -> Pieces {
        while !self.open.is_empty() {
            self.end_paragraph();
        }
        for (at, (note, paragraph)) in std::mem::take(&mut self.notes).into_iter().enumerate() {
            self.pieces.open(PieceKind::Note, Gap::Blank, 0);
            self.pieces.push(&format!("{}. ", at + 1), None);
            self.pieces.push(&note, Some(Locus::Paragraph(0, paragraph)));
            self.pieces.close();
        }
        if self.inserted + self.deleted > 0 {
            let (inserted, deleted) = (counted(self.inserted, "insertion"), counted(self.deleted, "deletion"));
            self.pieces.remarks.push(format!("tracked changes are read as accepted: {inserted}, {deleted}"));
        }
        if self.comments > 0 {
            self.pieces.remarks.push(format!("{} in the file left out", counted(self.comments, "comment")));
        }
        self.pieces
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::CompressionMethod::Stored;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::super::{Error, Options, read};
    use crate::model::Span;

    fn packed(content: &str, manifest: &str) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let stored = SimpleFileOptions::default().compression_method(Stored);
        for (name, text) in [
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", content),
            ("META-INF/manifest.xml", manifest),
        ] {
            writer.start_file(name, stored).expect("a part");
            writer.write_all(text.as_bytes()).expect("its text");
        }
        writer.finish().expect("an archive").into_inner()
    }

    const CONTENT: &str = "<office:document-content><office:body><office:text><text:tracked-changes><text:changed-region>\
        <text:deletion><text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>\
        <text:h text:outline-level='1'>Report on the bridges</text:h>\
        <text:p>The council met in May<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>See the \
        report of the ferry office.</text:p></text:note-body></text:note> and <office:annotation><text:p>why?</text:p>\
        </office:annotation>thanked&amp;praised\n  the<text:s text:c='3'/>towns.</text:p>\
        <text:list><text:list-item><text:p>First of the list</text:p></text:list-item></text:list>\
        <table:table><table:table-row><table:table-cell><text:p>Year</text:p></table:table-cell><table:table-cell>\
        <text:p>Bridges</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>2019</text:p>\
        </table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>";

    #[test]
    fn a_text_is_read() {
        let found = read("a.odt", &packed(CONTENT, ""), &Options::default()).expect("a document");
        let wanted = "Report on the bridges\n\nThe council met in May and thanked&praised the towns.\n\nFirst of the list\n\n\
            Year\tBridges\n2019\n\n1. See the report of the ferry office.";
        assert_eq!(found.text, wanted);
        super::super::tests::assert_sound(&found);
        let remarks: Vec<&str> = found.diagnostics.iter().map(|remark| remark.message.as_str()).collect();
        assert_eq!(
            remarks,
            ["tracked changes are read as accepted: 0 insertions, 1 deletion", "1 comment in the file left out"]
        );
        let map = &found.source.as_ref().expect("a source").map;
        let start = found.text.find("towns").expect("a word");
        assert_eq!(map.paragraphs(Span::new(start, start + 5)), Some(("content.xml", 5, 5)));
    }

    #[test]
    fn what_is_locked_or_broken_is_said() {
        let said = |content: &str, manifest: &str| {
            read("a.odt", &packed(content, manifest), &Options::default()).map(|document| document.text)
        };
        assert!(matches!(said("x", "<manifest:encryption-data/>"), Err(Error::Locked { .. })));
        assert!(matches!(said("<office:document-content><a></b>", ""), Err(Error::Broken { .. })));
        let part = "<office:text><text:p>The council met in May.</text:p><text:p></text:q>";
        assert_eq!(said(part, "").as_deref(), Ok("The council met in May."));
    }
}
