//! Word documents (Office Open XML): the paragraphs of the body with the numbers that the document counts, tables row by
//! row, notes at the end, headers and footers as furniture; each stretch with its part and paragraph.

mod numbering;
pub(super) mod package;
mod story;
mod styles;
pub(super) mod xml;

use crate::model::text::{counted, one_line};
use crate::model::{Locus, PieceKind};

use super::pieces::{Gap, Pieces};
use super::sealed::Failure;
use numbering::Numbering;
use package::{Package, Relation};
use story::{Block, Sort, Story};
use styles::Styles;

/// Takes the text out of a document.
pub(super) fn read(bytes: Vec<u8>) -> Result<Pieces, Failure> {
    let mut package = Package::open(bytes)?;
    let main = package.relations("")?.into_iter().find(|relation| relation.sort == "officeDocument");
    let main = main.filter(|main| !main.target.starts_with("xl/") && !main.target.starts_with("ppt/"));
    let Some(main) = main.map(|main| main.target) else { return Err(Failure::Other(package.called())) };
    let relations = package.relations(&main)?;
    let mut reading = Reading { package, relations, pieces: Pieces::default(), last: None };
    reading.document(&main)?;
    Ok(reading.pieces)
}

struct Reading {
    package: Package,
    relations: Vec<Relation>,
    pieces: Pieces,
    last: Option<Sort>,
}

impl Reading {
    fn document(&mut self, main: &str) -> Result<(), Failure> {
        let styles = self.related("styles")?.map(|(_, text)| Styles::read(&text)).transpose()?.unwrap_or_default();
        let lists = self.related("numbering")?.map(|(_, text)| Numbering::read(&text)).transpose()?;
        let text = self.package.part(main)?;
        let text = text.ok_or_else(|| Failure::Broken(format!("{main} is not in it")))?;
        let (story, walked) = story::read(&text, &styles, &mut lists.unwrap_or_default());
        if let Err(failure) = walked {
            if story.blocks.is_empty() {
                return Err(failure.within(main));
            }
            self.pieces.remarks.push(format!("the file is broken ({failure}): read only as far as it is whole"));
        }
        self.edges(&story, &styles, true)?;
        let part = self.part(main);
        for block in &story.blocks {
            self.write(block, part, None);
        }
        self.edges(&story, &styles, false)?;
        self.notes(&story, &styles)?;
        self.remark(&story);
        Ok(())
    }

    /// The part that the main one refers to under a type.
    fn related(&mut self, sort: &str) -> Result<Option<(String, String)>, Failure> {
        let target = self.relations.iter().find(|relation| relation.sort == sort).map(|found| found.target.clone());
        let Some(target) = target else { return Ok(None) };
        Ok(self.package.part(&target)?.map(|text| (target, text)))
    }

    /// The number of a part in the map.
    fn part(&mut self, name: &str) -> u32 {
        let parts = &mut self.pieces.map.parts;
        let known = parts.iter().position(|part| part == name).unwrap_or_else(|| {
            parts.push(name.to_owned());
            parts.len() - 1
        });
        u32::try_from(known).unwrap_or(u32::MAX)
    }

    /// Headers above the text, footers below it. That of a first page which differs from the others tells of the document
    /// and is read; the rest is furniture.
    fn edges(&mut self, story: &Story, styles: &Styles, headers: bool) -> Result<(), Failure> {
        let mut seen: Vec<&str> = Vec::new();
        // Sections repeat each other's headers in parts of their own.
        let mut said: Vec<Vec<String>> = Vec::new();
        for (is_header, sort, relation) in &story.edges {
            if *is_header != headers || seen.contains(&relation.as_str()) {
                continue;
            }
            seen.push(relation);
            let target = self.relations.iter().find(|known| known.id == *relation).map(|known| known.target.clone());
            let Some(target) = target else { continue };
            let Some(text) = self.package.part(&target)? else { continue };
            // A broken header costs the header.
            let (edge, _) = story::read(&text, styles, &mut Numbering::default());
            let words: Vec<String> = edge.blocks.iter().map(|block| block.text.clone()).collect();
            if said.contains(&words) {
                continue;
            }
            said.push(words);
            let is_first = headers && sort == "first" && story.first_differs;
            let part = self.part(&target);
            for block in &edge.blocks {
                self.write(block, part, (!is_first).then_some(PieceKind::Furniture));
            }
        }
        Ok(())
    }

    /// Footnotes and endnotes in the order in which the text refers to them.
    fn notes(&mut self, story: &Story, styles: &Styles) -> Result<(), Failure> {
        for (at_end, sort) in [(false, "footnotes"), (true, "endnotes")] {
            let Some((name, text)) = self.related(sort)? else { continue };
            let (notes, walked) = story::read(&text, styles, &mut Numbering::default());
            if walked.is_err() {
                self.pieces.remarks.push(format!("{name} in the file is broken: some notes are missing"));
            }
            let part = self.part(&name);
            let mut number = 0;
            for (_, id) in story.notes.iter().filter(|(end, _)| *end == at_end) {
                number += 1;
                let blocks: Vec<&Block> = notes.blocks.iter().filter(|block| block.note.as_ref() == Some(id)).collect();
                self.note(number, &blocks, part);
            }
        }
        Ok(())
    }

    fn note(&mut self, number: usize, blocks: &[&Block], part: u32) {
        self.pieces.open(PieceKind::Note, Gap::Blank, 0);
        for (at, block) in blocks.iter().enumerate() {
            self.pieces.push(&if at == 0 { format!("{number}. ") } else { " ".to_owned() }, None);
            self.pieces.push(&one_line(&block.text), Some(Locus::Paragraph(part, block.paragraph)));
        }
        self.pieces.close();
    }

    fn write(&mut self, block: &Block, part: u32, kind: Option<PieceKind>) {
        let own = match block.sort {
            Sort::Heading => PieceKind::Heading,
            Sort::Paragraph => PieceKind::Paragraph,
            Sort::Item => PieceKind::Item,
            Sort::Cell { .. } => PieceKind::Cell,
        };
        let in_table = matches!(self.last, Some(Sort::Cell { .. }));
        let gap = match block.sort {
            Sort::Cell { row: false, cell: true } if in_table => Gap::Tab,
            Sort::Cell { .. } if in_table => Gap::Line,
            Sort::Item if self.last == Some(Sort::Item) => Gap::Line,
            _ => Gap::Blank,
        };
        self.pieces.open(kind.unwrap_or(own), gap, 0);
        if let Some(number) = &block.number {
            self.pieces.push(&format!("{number} "), None);
        }
        self.pieces.push(&block.text, Some(Locus::Paragraph(part, block.paragraph)));
        self.pieces.close();
        self.last = Some(block.sort);
    }

    /// What a reader should know of how the file was taken.
    fn remark(&mut self, story: &Story) {
        if story.inserted + story.deleted > 0 {
            let (inserted, deleted) = (counted(story.inserted, "insertion"), counted(story.deleted, "deletion"));
            self.pieces.remarks.push(format!("tracked changes are read as accepted: {inserted}, {deleted}"));
        }
        if story.comments > 0 {
            let remark = format!("{} in the file left out", counted(story.comments, "comment"));
            self.pieces.remarks.push(remark);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::super::{Error, Options, read};
    use crate::model::{Document, Span};

    const RELATIONS: &str = "<Relationships xmlns='r'><Relationship Id='rId1' Type='http://x/officeDocument' \
        Target='word/document.xml'/></Relationships>";

    fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [("_rels/.rels", RELATIONS)].iter().chain(parts) {
            writer.start_file(*name, SimpleFileOptions::default()).expect("a part");
            writer.write_all(text.as_bytes()).expect("its text");
        }
        writer.finish().expect("an archive").into_inner()
    }

    fn paragraph(properties: &str, text: &str) -> String {
        format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>")
    }

    fn sample() -> Vec<u8> {
        let list = "<w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr>";
        let note = "<w:r><w:footnoteReference w:id='2'/></w:r>";
        let body = [
            paragraph("<w:pStyle w:val='Top'/>", "Report on the bridges"),
            "<w:p><w:r><w:t>The council met in May and thanked the towns.</w:t></w:r>".to_owned() + note + "</w:p>",
            paragraph(list, "Decides to open three bridges;"),
            paragraph(list, "Requests the towns to report on the ferries."),
            "<w:p><w:r><w:commentReference w:id='0'/></w:r></w:p>".to_owned(),
            "<w:sectPr><w:headerReference w:type='default' r:id='h1'/></w:sectPr>".to_owned(),
        ];
        let document = format!("<w:document xmlns:w='w' xmlns:r='r'><w:body>{}</w:body></w:document>", body.concat());
        let relations = "<Relationships><Relationship Id='s' Type='t/styles' Target='styles.xml'/><Relationship Id='n' \
            Type='t/numbering' Target='numbering.xml'/><Relationship Id='f' Type='t/footnotes' Target='footnotes.xml'/>\
            <Relationship Id='h1' Type='t/header' Target='header1.xml'/></Relationships>";
        let styles = "<w:styles xmlns:w='w'><w:style w:styleId='Top'><w:pPr><w:outlineLvl w:val='0'/></w:pPr></w:style></w:styles>";
        let numbering = "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'><w:start w:val='1'/>\
            <w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl></w:abstractNum><w:num w:numId='1'>\
            <w:abstractNumId w:val='0'/></w:num></w:numbering>";
        let footnotes = "<w:footnotes xmlns:w='w'><w:footnote w:type='separator' w:id='0'><w:p><w:r><w:t>x</w:t></w:r></w:p>\
            </w:footnote><w:footnote w:id='2'><w:p><w:r><w:t>See the report of the ferry office.</w:t></w:r></w:p>\
            </w:footnote></w:footnotes>";
        packed(&[
            ("word/document.xml", &document),
            ("word/_rels/document.xml.rels", relations),
            ("word/styles.xml", styles),
            ("word/numbering.xml", numbering),
            ("word/footnotes.xml", footnotes),
            ("word/header1.xml", "<w:hdr xmlns:w='w'><w:p><w:r><w:t>Draft of May</w:t></w:r></w:p></w:hdr>"),
        ])
    }

    fn document(bytes: &[u8]) -> Document {
        read("a.docx", bytes, &Options::default()).expect("a document")
    }

    #[test]
    fn a_document_is_read() {
        let found = document(&sample());
        let wanted = "Draft of May\n\nReport on the bridges\n\nThe council met in May and thanked the towns.\n\n\
            1. Decides to open three bridges;\n\n2. Requests the towns to report on the ferries.\n\n\
            1. See the report of the ferry office.";
        assert_eq!(found.text, wanted);
        super::super::tests::assert_sound(&found);
        let remarks: Vec<&str> = found.diagnostics.iter().map(|remark| remark.message.as_str()).collect();
        assert_eq!(remarks, ["1 comment in the file left out"]);
        let source = found.source.as_ref().expect("a source");
        let start = found.text.find("three").expect("a word");
        assert_eq!(source.map.paragraphs(Span::new(start, start + 5)), Some(("word/document.xml", 3, 3)));
        let start = found.text.find("ferry").expect("a word");
        assert_eq!(source.map.paragraphs(Span::new(start, start + 5)), Some(("word/footnotes.xml", 2, 2)));
    }

    #[test]
    fn what_was_stored_gives_the_document_again() {
        let found = document(&sample());
        let source = *found.source.clone().expect("a source");
        let again = super::super::again("a.docx", found.text.clone(), source, None);
        assert_eq!((&again.blocks, &again.zones, &again.metadata), (&found.blocks, &found.zones, &found.metadata));
        assert_eq!(again.sha256, found.sha256);
    }

    #[test]
    fn what_is_no_document_is_refused() {
        let said = |bytes: &[u8]| read("a.docx", bytes, &Options::default()).map(|document| document.text);
        let bomb = format!("<w:document xmlns:w='w'>{}</w:document>", "a".repeat(3 << 20));
        assert!(matches!(said(&packed(&[("word/document.xml", &bomb)])), Err(Error::Unbounded { .. })));
        let laughs = "<!DOCTYPE x [<!ENTITY a 'ha'>]><w:document xmlns:w='w'>&a;</w:document>";
        assert!(matches!(said(&packed(&[("word/document.xml", laughs)])), Err(Error::Unbounded { .. })));
        let deep = "<w:tbl>".repeat(2000);
        assert!(matches!(said(&packed(&[("word/document.xml", &deep)])), Err(Error::Unbounded { .. })));
        assert!(matches!(said(&packed(&[])), Err(Error::Broken { .. })));
        let whole = sample();
        assert!(matches!(said(&whole[..whole.len() / 2]), Err(Error::Broken { .. })));
    }

    #[test]
    fn broken_documents_keep_what_is_whole() {
        let broken = "<w:document xmlns:w='w'><w:p><w:r><w:t>The council met in May.</w:t></w:r></w:p><w:p></w:q>";
        let found = document(&packed(&[("word/document.xml", broken)]));
        assert_eq!(found.text, "The council met in May.");
        assert!(found.diagnostics.iter().any(|remark| remark.message.contains("read only as far as it is whole")));
    }
}
