//! The text of a page as pieces: what begins and ends a line of its own becomes a piece, blanks fold as they do on a
//! screen, and each stretch keeps its bytes.

use crate::model::{Locus, PieceKind, Span};

use super::super::pieces::{Gap, Pieces};
use super::charset::Decoded;
use super::letters;
use super::main_text::{Choice, Measure};
use super::names;
use super::tree::{Element, Node, Text, Tree};

/// Letters of a paragraph, or of a list for each member, up to which it is taken for a menu if it is all links.
const SHORT: usize = 120;

/// Letters that a cell of a table of data has on average, at most.
const WIDE: usize = 200;

/// How many nodes of a list are looked at to count its members.
const COUNTED: usize = 2000;

/// What an open element makes of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Block,
    Heading,
    /// A member of a list, with its number; the first piece in it is the item.
    Item(Option<u32>),
    /// A list and the number of its next member, if it counts.
    List(Option<u32>),
    /// A table; whether it is one of data.
    Table(bool),
    Row,
    Cell,
    /// Blanks and line ends as they stand.
    Kept,
    Link,
}

/// A page being written.
pub(super) struct Flow<'t> {
    tree: &'t Tree,
    page: &'t Decoded,
    measure: &'t Measure,
    choice: &'t Choice,
    pub pieces: Pieces,
    /// Whether nothing is left out that can be read.
    pub everything: bool,
    /// Open elements: the number of the node behind each, and what it is.
    open: Vec<(usize, Part)>,
    /// Whether the next word begins a piece.
    fresh: bool,
    /// Whether a cell was written in the open row, and whether a row was.
    in_row: bool,
    in_table: bool,
    last: Option<PieceKind>,
    /// Letters of the open piece, and those in links.
    letters: usize,
    linked: usize,
}

impl<'t> Flow<'t> {
    /// Nothing yet.
    pub fn new(tree: &'t Tree, page: &'t Decoded, measure: &'t Measure, choice: &'t Choice) -> Self {
        Self {
            tree,
            page,
            measure,
            choice,
            pieces: Pieces::default(),
            everything: false,
            open: Vec::new(),
            fresh: true,
            in_row: false,
            in_table: false,
            last: None,
            letters: 0,
            linked: 0,
        }
    }

    /// Writes some nodes.
    pub fn write(&mut self, from: usize, to: usize) {
        let mut at = from;
        while at < to {
            self.leave(at);
            let next = match &self.tree.nodes[at] {
                Node::Element(element) if self.is_left_out(at, element) && at != from => element.end,
                Node::Element(element) => {
                    self.enter(at, element);
                    at + 1
                }
                Node::Text(text) => {
                    self.text(text);
                    at + 1
                }
            };
            at = next.max(at + 1);
        }
        self.leave(usize::MAX);
        self.end_piece();
    }

    fn is_left_out(&self, at: usize, element: &Element) -> bool {
        if !self.everything && self.choice.left_out.get(at).copied().unwrap_or_default() {
            return true;
        }
        if names::is_silent(&element.name) {
            return true;
        }
        match element.name.as_str() {
            // A list of nothing but short links is a menu.
            "ul" | "ol" | "dl" => {
                let letters = self.measure.letters(at, element.end);
                let all_linked = letters > 0 && self.measure.linked(at, element.end) * 10 >= letters * 8;
                // Lists inside each other are counted once for each.
                let inner = self.tree.nodes[at..element.end].iter().take(COUNTED);
                let members = inner.filter(|node| is_member(node)).count().max(1);
                !self.everything && all_linked && letters < members * SHORT && members > 2
            }
            "div" | "section" => !self.everything && self.is_of_links(at, element),
            // The mark of a note.
            "sup" => {
                let inner = self.tree.element(at + 1);
                inner.is_some_and(|inner| inner.name == "a" && inner.get("href").is_some_and(|to| to.contains('#')))
            }
            _ => false,
        }
    }

    /// Whether a part of the page is mostly links, with no sentence and no title of the page in it.
    fn is_of_links(&self, at: usize, element: &Element) -> bool {
        let letters = self.measure.letters(at, element.end);
        let linked = self.measure.linked(at, element.end);
        let titled = || {
            let is_title = |at| self.tree.element(at).is_some_and(|inner| matches!(inner.name.as_str(), "h1" | "h2"));
            (at..element.end).take(COUNTED / 10).any(is_title)
        };
        letters > SHORT / 2 && linked * 10 >= letters * 6 && self.measure.prose(at, element.end) == 0 && !titled()
    }

    fn leave(&mut self, at: usize) {
        while let Some((_, part)) = self.open.pop_if(|(end, _)| *end <= at) {
            match part {
                Part::Table(_) => self.in_table = false,
                Part::Row => self.in_row = false,
                _ => {}
            }
            if part != Part::Link {
                self.end_piece();
            }
        }
    }

    fn enter(&mut self, at: usize, element: &Element) {
        let name = element.name.as_str();
        if name == "br" {
            self.line_break();
            return;
        }
        let part = match name {
            "a" if element.get("href").is_some() => Part::Link,
            "li" => Part::Item(self.number()),
            "ol" => Part::List(Some(element.get("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1))),
            "ul" | "menu" => Part::List(None),
            "table" => Part::Table(self.is_of_data(at, element)),
            "tr" => Part::Row,
            "td" | "th" if self.in_data_table() => Part::Cell,
            "pre" => Part::Kept,
            _ if names::heading(name).is_some() => Part::Heading,
            _ if names::is_block(name) => Part::Block,
            _ => return,
        };
        if part != Part::Link {
            self.end_piece();
        }
        self.open.push((element.end, part));
    }

    /// The number of the next member of the innermost list.
    fn number(&mut self) -> Option<u32> {
        let list = self.open.iter_mut().rev().find_map(|(_, part)| match part {
            Part::List(next) => Some(next),
            _ => None,
        })?;
        let number = *list;
        *list = number.map(|number| number.saturating_add(1));
        number
    }

    /// Whether a table holds data: no other table, and no long cells.
    fn is_of_data(&self, at: usize, table: &Element) -> bool {
        let mut cells = 0;
        for node in self.tree.nodes.get(at + 1..table.end).unwrap_or_default() {
            match node {
                Node::Element(inner) if inner.name == "table" => return false,
                Node::Element(inner) if matches!(inner.name.as_str(), "td" | "th") => cells += 1,
                _ => {}
            }
        }
        cells > 1 && self.measure.letters(at, table.end) < cells * WIDE
    }

    fn in_data_table(&self) -> bool {
        let table = self.open.iter().rev().find_map(|(_, part)| match part {
            Part::Table(data) => Some(*data),
            _ => None,
        });
        table.unwrap_or_default()
    }

    fn is_in(&self, wanted: Part) -> bool {
        self.open.iter().rev().any(|(_, part)| *part == wanted)
    }

    fn line_break(&mut self) {
        if self.fresh {
            return;
        }
        if self.pieces.current().ends_with('\n') {
            // Two breaks make a paragraph.
            self.end_piece();
        } else {
            self.pieces.break_line();
        }
    }

    fn end_piece(&mut self) {
        if !self.fresh && self.last == Some(PieceKind::Paragraph) {
            let (letters, linked) = (self.letters, self.linked);
            let is_link = !self.everything && letters < SHORT && linked * 10 >= letters * 8 && linked > 0;
            self.pieces.take_back(|_, _| is_link);
        }
        (self.fresh, self.letters, self.linked) = (true, 0, 0);
    }

    fn begin_piece(&mut self) {
        let mut kind = PieceKind::Paragraph;
        let mut number = None;
        for (_, part) in self.open.iter_mut().rev() {
            kind = match part {
                Part::Heading => PieceKind::Heading,
                Part::Cell => PieceKind::Cell,
                Part::Item(counted) => {
                    number = counted.take();
                    // What follows in the same member is a paragraph of it.
                    *part = Part::Block;
                    PieceKind::Item
                }
                Part::Table(_) => break,
                _ => continue,
            };
            break;
        }
        let gap = match kind {
            PieceKind::Cell if self.in_row => Gap::Tab,
            PieceKind::Cell if self.in_table => Gap::Line,
            PieceKind::Item if self.last == Some(PieceKind::Item) => Gap::Line,
            _ => Gap::Blank,
        };
        if kind == PieceKind::Cell {
            (self.in_row, self.in_table) = (true, true);
        }
        self.pieces.open(kind, gap, 0);
        if let Some(number) = number {
            self.pieces.push(&format!("{number}. "), None);
        }
        (self.fresh, self.last) = (false, Some(kind));
    }

    fn text(&mut self, text: &Text) {
        if self.fresh && text.value.trim().is_empty() {
            return;
        }
        let kept = self.is_in(Part::Kept);
        let letters = text.value.chars().filter(|c| c.is_alphanumeric()).count();
        for part in letters::parts(&self.page.text, text) {
            let exact = part.value.len() == part.page.len();
            self.part(part.value.of(&text.value), part.page, exact, kept);
        }
        self.letters += letters;
        if self.is_in(Part::Link) {
            self.linked += letters;
        }
    }

    /// Writes a part of a text, blanks folded.
    fn part(&mut self, value: &str, page: Span, exact: bool, kept: bool) {
        let is_blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
        let mut at = 0;
        while at < value.len() {
            let rest = &value[at..];
            let words = rest.find(is_blank).unwrap_or(rest.len());
            if words > 0 {
                if self.fresh {
                    self.begin_piece();
                }
                let span = Span::new(at, at + words);
                let bytes = if exact { Span::new(page.start + span.start, page.start + span.end) } else { page };
                let locus = self.page.bytes(bytes).map(Locus::Bytes);
                self.pieces.push(span.of(value), locus);
                at = span.end;
                continue;
            }
            let blanks = rest.len() - rest.trim_start_matches(is_blank).len();
            self.blank(&rest[..blanks], Span::new(page.start + at, page.start + at + blanks), exact, kept);
            at += blanks;
        }
    }

    fn blank(&mut self, blanks: &str, page: Span, exact: bool, kept: bool) {
        if self.fresh {
            return;
        }
        if kept && blanks.contains('\n') {
            let many = blanks.matches('\n').count() > 1;
            self.line_break();
            if many {
                self.line_break();
            }
        } else if !self.pieces.wants_no_blank() {
            let locus = if exact && blanks == " " { self.page.bytes(page).map(Locus::Bytes) } else { None };
            self.pieces.push(" ", locus);
        }
    }
}

fn is_member(node: &Node) -> bool {
    matches!(node, Node::Element(element) if matches!(element.name.as_str(), "li" | "dd"))
}
