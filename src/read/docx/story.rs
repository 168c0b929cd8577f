//! One part of a document that holds text (the body, the notes, a header) as blocks: paragraphs with their numbers, cells,
//! notes. Changes are taken as accepted; what was deleted is left out and counted.

use super::super::sealed::Failure;
use super::numbering::{Mark, Numbering};
use super::styles::Styles;
use super::xml::{self, Step, Tag};

/// Letters of a paragraph in a table that still make it a cell.
const CELL: usize = 240;

/// The prefix of the names of a word processor's elements in a part: that of its root.
#[derive(Debug, Default)]
pub(super) struct Names(Option<String>);

impl Names {
    /// The name without the prefix; a name with another one as it stands.
    pub fn of<'n>(&mut self, name: &'n str) -> &'n str {
        let prefix = self.0.get_or_insert_with(|| match name.rsplit_once(':') {
            Some((prefix, _)) => format!("{prefix}:"),
            None => String::new(),
        });
        name.strip_prefix(prefix.as_str()).unwrap_or(name)
    }

    /// An attribute under that prefix.
    pub fn get(&mut self, tag: &Tag<'_>, name: &str) -> Option<String> {
        self.of(tag.name());
        let prefix = self.0.as_deref().unwrap_or_default();
        tag.get(&format!("{prefix}{name}"))
    }

    /// The attribute that most elements have.
    pub fn value(&mut self, tag: &Tag<'_>) -> Option<String> {
        self.get(tag, "val")
    }
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Heading,
    Paragraph,
    Item,
    /// In a table: whether it begins a row, and whether it begins a cell.
    Cell {
        row: bool,
        cell: bool,
    },
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub sort: Sort,
    /// The number that the document counts for it.
    pub number: Option<String>,
    pub text: String,
    /// Its number in the part, from 1.
    pub paragraph: u32,
    /// The note that it belongs to.
    pub note: Option<String>,
}

/// What a part holds.
#[derive(Debug, Default)]
pub(super) struct Story {
    pub blocks: Vec<Block>,
    /// Notes in the order in which they are referred to: whether at the end, and their number in the file.
    pub notes: Vec<(bool, String)>,
    /// Headers and footers: whether it is a header, its type, the number of the relation.
    pub edges: Vec<(bool, String, String)>,
    /// Whether the first page has a header of its own.
    pub first_differs: bool,
    /// Changes that were taken as accepted.
    pub inserted: usize,
    pub deleted: usize,
    /// Comments that were left out.
    pub comments: usize,
}

/// Reads a part. What stands before damage is kept; the damage is handed back beside it.
pub(super) fn read(text: &str, styles: &Styles, numbering: &mut Numbering) -> (Story, Result<(), Failure>) {
    let mut walker = Walker {
        names: Names::default(),
        styles,
        numbering,
        story: Story::default(),
        skipped: 0,
        open: Vec::new(),
        tables: Vec::new(),
        carried: String::new(),
        number: 0,
        note: None,
        takes_text: false,
        properties: 0,
        hidden: false,
    };
    let walked = xml::walk(text, &mut |step| walker.see(step));
    while !walker.open.is_empty() {
        walker.end_paragraph();
    }
    (walker.story, walked)
}

struct Walker<'s> {
    names: Names,
    styles: &'s Styles,
    numbering: &'s mut Numbering,
    story: Story,
    /// How deep in what is left out.
    skipped: usize,
    /// Paragraphs that are open: text boxes lie in paragraphs.
    open: Vec<Open>,
    tables: Vec<Table>,
    /// The words of a paragraph whose end was deleted.
    carried: String,
    number: u32,
    note: Option<String>,
    takes_text: bool,
    /// How deep in the properties of a paragraph.
    properties: usize,
    /// Whether the open run is hidden.
    hidden: bool,
}

#[derive(Debug, Default)]
struct Open {
    text: String,
    style: Option<String>,
    outline: Option<u32>,
    list: Option<u32>,
    level: Option<u32>,
    end_deleted: bool,
}

#[derive(Debug, Default)]
struct Table {
    row_begins: bool,
    cell_begins: bool,
}

impl Walker<'_> {
    fn see(&mut self, step: Step<'_>) {
        match step {
            Step::Start(_) if self.skipped > 0 => self.skipped += 1,
            Step::End(name) if self.skipped > 0 => {
                self.skipped -= 1;
                // What is left out counts all the same, so that numbers are those of the part.
                self.number += u32::from(self.names.of(name) == "p");
            }
            Step::Start(tag) => self.start(&tag),
            Step::End(name) => self.end(name),
            Step::Text(words) if self.skipped == 0 && self.takes_text && !self.hidden => self.write(words),
            Step::Text(_) => {}
        }
    }

    fn write(&mut self, words: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.push_str(words);
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        let name = self.names.of(tag.name()).to_owned();
        if self.properties > 0 {
            self.property(&name, tag);
            return;
        }
        match name.as_str() {
            "p" => self.open.push(Open { text: std::mem::take(&mut self.carried), ..Open::default() }),
            "pPr" => self.properties = 1,
            "r" => self.hidden = false,
            "vanish" => self.hidden = !matches!(self.names.value(tag).as_deref(), Some("0" | "false")),
            "t" => self.takes_text = true,
            "tab" | "ptab" => self.write("\t"),
            "br" | "cr" => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            "ins" | "moveTo" => self.story.inserted += 1,
            "del" | "moveFrom" => {
                self.story.deleted += 1;
                self.skipped = 1;
            }
            "tbl" => self.tables.push(Table::default()),
            "tr" => self.in_table(|table| table.row_begins = true),
            "tc" => self.in_table(|table| table.cell_begins = true),
            "footnote" | "endnote" => self.begin_note(tag),
            "footnoteReference" | "endnoteReference" => {
                let id = self.names.get(tag, "id");
                self.story.notes.extend(id.map(|id| (name == "endnoteReference", id)));
            }
            "commentReference" => self.story.comments += 1,
            "headerReference" | "footerReference" => {
                let sort = self.names.get(tag, "type").unwrap_or_default();
                let relation = tag.get("r:id").unwrap_or_default();
                self.story.edges.push((name == "headerReference", sort, relation));
            }
            "titlePg" => self.story.first_differs = true,
            "mc:Fallback" | "instrText" | "delText" | "rPrChange" | "sectPrChange" | "tblPrChange" => self.skipped = 1,
            _ => {}
        }
    }

    /// Something in the properties of a paragraph.
    fn property(&mut self, name: &str, tag: &Tag<'_>) {
        self.properties += 1;
        let value = self.names.value(tag);
        let number = || value.as_deref().and_then(|value| value.parse().ok());
        let Some(open) = self.open.last_mut() else { return };
        match name {
            "pStyle" => open.style = value,
            "outlineLvl" => open.outline = number(),
            "numId" => open.list = number(),
            "ilvl" => open.level = number(),
            "del" => open.end_deleted = true,
            "headerReference" | "footerReference" => {
                let sort = self.names.get(tag, "type").unwrap_or_default();
                let relation = tag.get("r:id").unwrap_or_default();
                self.story.edges.push((name == "headerReference", sort, relation));
            }
            "titlePg" => self.story.first_differs = true,
            // The properties as they were before a change.
            "pPrChange" | "rPrChange" | "sectPrChange" => {
                self.properties -= 1;
                self.skipped = 1;
            }
            _ => {}
        }
    }

    fn in_table(&mut self, what: impl FnOnce(&mut Table)) {
        if let Some(table) = self.tables.last_mut() {
            what(table);
        }
    }

    /// A note that is one, not the line between text and notes.
    fn begin_note(&mut self, tag: &Tag<'_>) {
        let sort = self.names.get(tag, "type").unwrap_or_default();
        match self.names.get(tag, "id") {
            Some(id) if !matches!(sort.as_str(), "separator" | "continuationSeparator" | "continuationNotice") => {
                self.note = Some(id);
            }
            _ => self.skipped = 1,
        }
    }

    fn end(&mut self, name: &str) {
        if self.properties > 0 {
            self.properties -= 1;
            return;
        }
        match self.names.of(name) {
            "t" => self.takes_text = false,
            "r" => self.hidden = false,
            "p" => self.end_paragraph(),
            "tbl" => drop(self.tables.pop()),
            "footnote" | "endnote" => self.note = None,
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        let Some(open) = self.open.pop() else { return };
        self.number += 1;
        if open.end_deleted {
            self.carried = open.text;
            return;
        }
        let text = open.text.trim().to_owned();
        if text.is_empty() {
            return;
        }
        let style = open.style.as_deref().unwrap_or_default();
        let outline = open.outline.or_else(|| self.styles.outline(style)).filter(|level| *level < 9);
        let (list, level) = match (open.list, self.styles.numbering(style)) {
            (Some(list), of_style) => (list, open.level.unwrap_or_else(|| of_style.map_or(0, |(_, level)| level))),
            (None, Some((list, level))) => (list, open.level.unwrap_or(level)),
            (None, None) => (0, 0),
        };
        let mark = self.numbering.next(list, level);
        let sort = match (&mark, self.tables.last_mut()) {
            _ if outline.is_some() => Sort::Heading,
            (_, Some(table)) if text.len() <= CELL => {
                let sort = Sort::Cell { row: table.row_begins, cell: table.cell_begins };
                *table = Table::default();
                sort
            }
            (Some(_), _) => Sort::Item,
            (None, _) => Sort::Paragraph,
        };
        let number = mark.and_then(|mark| match mark {
            Mark::Number(number) => Some(number),
            Mark::Bullet => None,
        });
        // What counts and has sentences is a paragraph with a number.
        let sort = if sort == Sort::Item && number.is_some() { Sort::Paragraph } else { sort };
        self.story.blocks.push(Block { sort, number, text, paragraph: self.number, note: self.note.clone() });
    }
}

#[cfg(test)]
mod tests {
    use super::super::numbering::Numbering;
    use super::super::styles::Styles;
    use super::{Sort, Story, read};

    fn story(body: &str) -> Story {
        let text = format!("<w:document xmlns:w='x'><w:body>{body}</w:body></w:document>");
        let (story, walked) = read(&text, &Styles::default(), &mut Numbering::default());
        assert!(walked.is_ok(), "{walked:?}");
        story
    }

    fn texts(body: &str) -> Vec<(u32, String)> {
        story(body).blocks.into_iter().map(|block| (block.paragraph, block.text)).collect()
    }

    #[test]
    fn changes_are_accepted_and_counted() {
        let body = "<w:p><w:r><w:t>We do </w:t></w:r><w:del><w:r><w:delText>not </w:delText></w:r></w:del>\
            <w:ins><w:r><w:t>fully </w:t></w:r></w:ins><w:r><w:t>agree &amp; sign.</w:t></w:r></w:p>\
            <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p><w:p><w:r><w:t>line.</w:t></w:r></w:p>";
        let found = story(body);
        let texts: Vec<&str> = found.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["We do fully agree & sign.", "One line."]);
        assert_eq!((found.inserted, found.deleted), (1, 1));
    }

    #[test]
    fn what_nobody_sees_is_left_out() {
        let body = "<w:p><w:pPr><w:tabs><w:tab w:pos='3'/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/>\
            <w:t>c</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:instrText>PAGE</w:instrText>\
            </w:r></w:p><w:p/><w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p>\
            </w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r><w:t>box</w:t></w:r></w:p></mc:Fallback>\
            </mc:AlternateContent></w:r><w:r><w:t>after</w:t></w:r></w:p>";
        let wanted = [(1, "a\tb\nc"), (3, "box"), (5, "after")];
        assert_eq!(texts(body), wanted.map(|(at, text)| (at, text.to_owned())));
    }

    #[test]
    fn tables_have_rows() {
        let cell = |text: &str| format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
        let body = format!("<w:tbl><w:tr>{}{}</w:tr><w:tr>{}</w:tr></w:tbl>", cell("a"), cell("b"), cell("c"));
        let sorts: Vec<Sort> = story(&body).blocks.iter().map(|block| block.sort).collect();
        let wanted = [(true, true), (false, true), (true, true)].map(|(row, cell)| Sort::Cell { row, cell });
        assert_eq!(sorts, wanted);
    }
}
