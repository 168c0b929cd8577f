//! What a reader of a richer format hands over: text cut into pieces, with the way back into the file. Readers open a
//! piece, push words into it and close it; blanks between pieces, and notes at the end, are looked after here.

use crate::model::{Locus, Piece, PieceKind, SourceFile, SourceMap, Span};

/// The text of a file in the making.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    text: String,
    pieces: Vec<Piece>,
    pub map: SourceMap,
    /// What the file declares of itself, under the keys of front matter.
    pub declared: Vec<(String, String)>,
    /// What a reader of the document should know about its text.
    pub remarks: Vec<String>,
    /// The start of the piece that is open.
    open: Option<usize>,
    kind: Option<PieceKind>,
    indent: u16,
}

/// What stands between two pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// The next cell of a row.
    Tab,
    /// The next line of what stands together.
    Line,
    /// A blank line.
    Blank,
}

impl Gap {
    const fn text(self) -> &'static str {
        match self {
            Self::Tab => "\t",
            Self::Line => "\n",
            Self::Blank => "\n\n",
        }
    }
}

impl Pieces {
    /// Opens a piece, set off from the one before; an open one is closed.
    pub fn open(&mut self, kind: PieceKind, gap: Gap, indent: u16) {
        self.close();
        if !self.text.is_empty() {
            self.text.push_str(gap.text());
        }
        (self.open, self.kind, self.indent) = (Some(self.text.len()), Some(kind), indent);
    }

    /// Adds words to the open piece; `locus` is where the file has them, if it has them.
    pub fn push(&mut self, words: &str, locus: Option<Locus>) {
        let start = self.text.len();
        self.text.push_str(words);
        if let Some(locus) = locus {
            self.map.push(Span::new(start, self.text.len()), locus);
        }
    }

    /// Adds a line break inside the open piece.
    pub fn break_line(&mut self) {
        self.trim_blanks();
        if self.open.is_some_and(|start| self.text.len() > start) {
            self.text.push('\n');
        }
    }

    /// Whether the open piece has no words yet, or ends in a blank.
    pub fn wants_no_blank(&self) -> bool {
        self.open.is_none_or(|start| self.text.len() == start) || self.text.ends_with([' ', '\n', '\t'])
    }

    /// The words of the open piece.
    pub fn current(&self) -> &str {
        self.open.and_then(|start| self.text.get(start..)).unwrap_or_default()
    }

    fn trim_blanks(&mut self) {
        let floor = self.open.unwrap_or_default();
        let kept = self.text[floor..].trim_end_matches([' ', '\t']).len();
        self.text.truncate(floor + kept);
        self.map.cut(self.text.len());
    }

    /// Closes the open piece. One without words leaves no trace.
    pub fn close(&mut self) {
        let (Some(start), Some(kind)) = (self.open.take(), self.kind.take()) else { return };
        let kept = start + self.text[start..].trim_end().len();
        if kept == start {
            // The gap before it goes too.
            let before = self.pieces.last().map_or(0, |piece| piece.span.end);
            self.text.truncate(before);
            self.map.cut(before);
            return;
        }
        self.text.truncate(kept);
        self.map.cut(kept);
        self.pieces.push(Piece { span: Span::new(start, kept), kind, indent: self.indent });
    }

    /// How many pieces are closed.
    pub fn count(&self) -> usize {
        self.pieces.len()
    }

    /// Takes the last piece back if `unwanted` says so of its words; whether it did.
    pub fn take_back(&mut self, unwanted: impl FnOnce(PieceKind, &str) -> bool) -> bool {
        self.close();
        let Some(last) = self.pieces.last().copied() else { return false };
        let goes = unwanted(last.kind, last.span.of(&self.text));
        if goes {
            self.pieces.pop();
            let before = self.pieces.last().map_or(0, |piece| piece.span.end);
            self.text.truncate(before);
            self.map.cut(before);
        }
        goes
    }

    /// Adds the pieces of a part of the file; its places become the numbers of its pieces, if the part has a name.
    pub fn append(&mut self, other: Pieces, part: Option<&str>) {
        let (text, source) = other.finish("", String::new());
        let part = part.map(|part| {
            self.map.parts.push(part.to_owned());
            u32::try_from(self.map.parts.len() - 1).unwrap_or(u32::MAX)
        });
        let mut before = 0;
        for (number, piece) in (1..).zip(&source.pieces) {
            let gap = match text.get(before..piece.span.start).unwrap_or_default() {
                "\t" => Gap::Tab,
                "\n" => Gap::Line,
                _ => Gap::Blank,
            };
            self.open(piece.kind, gap, piece.indent);
            self.push(piece.span.of(&text), part.map(|part| Locus::Paragraph(part, number)));
            before = piece.span.end;
        }
        self.close();
        self.remarks.extend(source.remarks);
    }

    /// The text, and the file that it came from.
    pub fn finish(mut self, media_type: &str, sha256: String) -> (String, SourceFile) {
        self.close();
        let source = SourceFile {
            media_type: media_type.to_owned(),
            sha256,
            pieces: self.pieces,
            declared: self.declared,
            remarks: self.remarks,
            map: self.map,
        };
        (self.text, source)
    }
}

#[cfg(test)]
mod tests {
    use super::{Gap, Pieces};
    use crate::model::{Locus, PieceKind, Span};

    #[test]
    fn empty_pieces_leave_no_trace() {
        let mut pieces = Pieces::default();
        pieces.open(PieceKind::Heading, Gap::Blank, 0);
        pieces.push("Title ", Some(Locus::Bytes(Span::new(3, 9))));
        pieces.open(PieceKind::Paragraph, Gap::Blank, 0);
        pieces.push("  ", Some(Locus::Bytes(Span::new(20, 22))));
        pieces.open(PieceKind::Item, Gap::Line, 0);
        pieces.push("one", None);
        let (text, source) = pieces.finish("text/html", String::new());
        assert_eq!(text, "Title\none");
        assert_eq!(source.pieces.len(), 2);
        assert_eq!(source.map.bytes(Span::new(0, 5)), Some(Span::new(3, 8)));
        assert_eq!(source.map.bytes(Span::new(6, 9)), None);
    }
}
