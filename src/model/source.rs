//! The file that a document was read from, where it is more than plain text: what it is, how its text hangs together, and
//! which page, bytes or paragraph each stretch of the text came from.

use serde::{Deserialize, Serialize};

use super::Span;

/// A file whose text was taken out of it. All spans point into the text as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceFile {
    /// The media type: `application/pdf`.
    pub media_type: String,
    /// SHA-256 of the file's bytes in lower-case hex.
    pub sha256: String,
    /// What stands together, in text order, disjoint.
    pub pieces: Vec<Piece>,
    /// What the file declares of itself, under the keys of front matter.
    pub declared: Vec<(String, String)>,
    /// What the reader noticed.
    pub remarks: Vec<String>,
    /// The way back into the file.
    pub map: SourceMap,
}

/// A stretch of text that the file sets apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Where, without blanks around it.
    pub span: Span,
    /// What it is.
    pub kind: PieceKind,
    /// Columns that it is moved in by.
    pub indent: u16,
}

/// What a piece of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PieceKind {
    /// A title or heading.
    Heading,
    /// Running text: a paragraph, or a line of one where the file knows only lines.
    Paragraph,
    /// A member of a list.
    Item,
    /// A cell of a table.
    Cell,
    /// A footnote or endnote.
    Note,
    /// What belongs to the page: running heads, page numbers.
    Furniture,
}

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locus {
    /// Bytes of the file.
    Bytes(Span),
    /// A page, counted from 1, and the box on it.
    Page(u32, Area),
    /// A part of an archive, by its number in the map, and the paragraph in it, counted from 1.
    Paragraph(u32, u32),
}

/// A box on a page, in tenths of a point from the lower left corner of the page as it is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// Left edge.
    pub left: i32,
    /// Lower edge.
    pub bottom: i32,
    /// Right edge.
    pub right: i32,
    /// Upper edge.
    pub top: i32,
}

impl Area {
    /// The smallest box around two.
    pub fn around(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            bottom: self.bottom.min(other.bottom),
            right: self.right.max(other.right),
            top: self.top.max(other.top),
        }
    }
}

/// A stretch of text that came from one place. Where text and file have the same length in bytes, they agree byte by byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// In the text.
    pub span: Span,
    /// In the file.
    pub locus: Locus,
}

/// From text to file. What no run covers (blanks between pieces, numbers that were written out) stands nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceMap {
    /// Parts of an archive: `word/document.xml`.
    pub parts: Vec<String>,
    /// In text order, disjoint.
    runs: Vec<Run>,
}

impl SourceMap {
    /// Adds what comes next in the text, joined to the run before if it goes on there.
    pub fn push(&mut self, span: Span, locus: Locus) {
        if span.is_empty() {
            return;
        }
        if let Some(last) = self.runs.last_mut().filter(|last| last.span.end == span.start) {
            let joined = match (last.locus, locus) {
                (Locus::Bytes(known), Locus::Bytes(more))
                    if known.end == more.start && known.len() == last.span.len() && more.len() == span.len() =>
                {
                    Some(Locus::Bytes(Span::new(known.start, more.end)))
                }
                (Locus::Paragraph(..), _) if last.locus == locus => Some(locus),
                _ => None,
            };
            if let Some(joined) = joined {
                *last = Run { span: Span::new(last.span.start, span.end), locus: joined };
                return;
            }
        }
        self.runs.push(Run { span, locus });
    }

    /// Forgets what lies behind a byte of the text.
    pub fn cut(&mut self, end: usize) {
        while let Some(last) = self.runs.last_mut().filter(|run| run.span.end > end) {
            if last.span.start >= end {
                self.runs.pop();
                continue;
            }
            if let Locus::Bytes(bytes) = &mut last.locus
                && bytes.len() == last.span.len()
            {
                bytes.end -= last.span.end - end;
            }
            last.span.end = end;
        }
    }

    /// Whether it leads nowhere.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// The runs that share text with a span, in text order.
    pub fn within(&self, span: Span) -> &[Run] {
        let first = self.runs.partition_point(|run| run.span.end <= span.start);
        let past = self.runs.partition_point(|run| run.span.start < span.end);
        self.runs.get(first..past).unwrap_or_default()
    }

    /// First and last page of a span.
    pub fn pages(&self, span: Span) -> Option<(u32, u32)> {
        let mut pages = self.within(span).iter().filter_map(|run| match run.locus {
            Locus::Page(number, _) => Some(number),
            _ => None,
        });
        let first = pages.next()?;
        Some(pages.fold((first, first), |(low, high), page| (low.min(page), high.max(page))))
    }

    /// The boxes around a span, one a page, in page order.
    pub fn areas(&self, span: Span) -> Vec<(u32, Area)> {
        let mut areas: Vec<(u32, Area)> = Vec::new();
        for run in self.within(span) {
            let Locus::Page(number, area) = run.locus else { continue };
            match areas.iter_mut().find(|(page, _)| *page == number) {
                Some((_, known)) => *known = known.around(area),
                None => areas.push((number, area)),
            }
        }
        areas.sort_by_key(|(page, _)| *page);
        areas
    }

    /// The bytes of the file from the start of a span to its end.
    pub fn bytes(&self, span: Span) -> Option<Span> {
        let runs = self.within(span);
        let first = edge(runs.first()?, span.start, |bytes| bytes.start)?;
        let last = edge(runs.last()?, span.end, |bytes| bytes.end)?;
        (first <= last).then_some(Span::new(first, last))
    }

    /// Where a span stands, as a person would say it: `p. 3`, `pp. 3–4`, `paragraph 12`; `None` for bytes.
    pub fn place(&self, span: Span) -> Option<String> {
        if let Some((first, last)) = self.pages(span) {
            return Some(if first == last { format!("p. {first}") } else { format!("pp. {first}–{last}") });
        }
        let (_, first, last) = self.paragraphs(span)?;
        Some(if first == last { format!("paragraph {first}") } else { format!("paragraphs {first}–{last}") })
    }

    /// Part and first and last paragraph of a span.
    pub fn paragraphs(&self, span: Span) -> Option<(&str, u32, u32)> {
        let mut found = self.within(span).iter().filter_map(|run| match run.locus {
            Locus::Paragraph(part, number) => Some((part, number)),
            _ => None,
        });
        let (part, first) = found.next()?;
        let last = found.rfind(|(other, _)| *other == part).map_or(first, |(_, number)| number);
        Some((self.parts.get(part as usize)?, first, last))
    }
}

/// The byte of the file at a byte of the text, exactly where a run agrees byte by byte, else at the run's own edge.
fn edge(run: &Run, at: usize, outer: fn(Span) -> usize) -> Option<usize> {
    let Locus::Bytes(bytes) = run.locus else { return None };
    let inside = run.span.start <= at && at <= run.span.end && bytes.len() == run.span.len();
    Some(if inside { bytes.start + (at - run.span.start) } else { outer(bytes) })
}

#[cfg(test)]
mod tests {
    use super::{Area, Locus, SourceMap};
    use crate::model::Span;

    #[test]
    fn text_leads_to_bytes() {
        // "Fish & chips" written as "Fish &amp; chips" from byte 10 on.
        let mut map = SourceMap::default();
        map.push(Span::new(0, 2), Locus::Bytes(Span::new(10, 12)));
        map.push(Span::new(2, 5), Locus::Bytes(Span::new(12, 15)));
        map.push(Span::new(5, 6), Locus::Bytes(Span::new(15, 20)));
        map.push(Span::new(6, 12), Locus::Bytes(Span::new(20, 26)));
        assert_eq!(map.within(Span::new(0, 12)).len(), 3);
        assert_eq!(map.bytes(Span::new(1, 4)), Some(Span::new(11, 14)));
        assert_eq!(map.bytes(Span::new(5, 6)), Some(Span::new(15, 20)));
        assert_eq!(map.bytes(Span::new(7, 12)), Some(Span::new(21, 26)));
        assert_eq!(map.bytes(Span::new(20, 30)), None);
    }

    #[test]
    fn text_leads_to_pages_and_paragraphs() {
        let area = |left| Area { left, bottom: 0, right: left + 10, top: 10 };
        let mut map = SourceMap::default();
        map.push(Span::new(0, 3), Locus::Page(1, area(0)));
        map.push(Span::new(4, 7), Locus::Page(1, area(20)));
        map.push(Span::new(8, 9), Locus::Page(2, area(0)));
        assert_eq!(map.pages(Span::new(1, 9)), Some((1, 2)));
        assert_eq!(map.areas(Span::new(0, 7)), [(1, Area { left: 0, bottom: 0, right: 30, top: 10 })]);
        assert_eq!(map.pages(Span::new(3, 4)), None);
        let mut map = SourceMap { parts: vec!["word/document.xml".into()], ..SourceMap::default() };
        map.push(Span::new(0, 3), Locus::Paragraph(0, 1));
        map.push(Span::new(5, 9), Locus::Paragraph(0, 2));
        assert_eq!(map.paragraphs(Span::new(2, 6)), Some(("word/document.xml", 1, 2)));
    }
}
