//! What a format's file hands over: the text, its lines, and what its marks say. All later steps work on this.

use crate::model::{Diagnostic, Piece, PieceKind, Span};

use super::front_matter::FrontMatter;

/// Text with its lines laid out.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    pub text: String,
    /// The `key: value` block at the start, if there is one. No line of it is in `lines`.
    pub front: Option<FrontMatter>,
    /// Lines with something to read on them, in text order.
    pub lines: Vec<Line>,
    /// Marks inside lines that are no words; in text order, disjoint.
    pub gaps: Vec<Span>,
    pub diagnostics: Vec<Diagnostic>,
    pub origin: Origin,
}

/// Who tells the document from what stands around it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Origin {
    /// Nobody yet: the text may be a saved page with its menus, and may have page numbers.
    #[default]
    Text,
    /// Nobody yet, but what is set apart is known: the lines of pages.
    Pages,
    /// The format's reader: what is there is the document.
    Whole,
}

/// One line that is not blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The line without the blanks around it.
    pub whole: Span,
    /// Its words: also without heading, list and quotation marks.
    pub words: Span,
    pub mark: Mark,
    /// Blank columns before it.
    pub indent: usize,
    /// Blank lines and rules before it.
    pub blanks: usize,
    /// Whether it belongs to the page, not to the text: page numbers, running heads.
    pub furniture: bool,
}

/// What stands before the words of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    None,
    /// `#`.
    Heading,
    /// `-`, `•` …
    Bullet,
    /// `1.`, `(a)` …
    Number,
    /// A cell of a table.
    Cell,
    /// A footnote or endnote, its number taken off.
    Note,
}

impl Layout {
    /// Cuts text into lines from byte `start` on, and reads the marks before each.
    pub fn new(text: String, front: Option<FrontMatter>, gaps: Vec<Span>, diagnostics: Vec<Diagnostic>) -> Self {
        let start = front.as_ref().map_or(0, |front| front.span.end);
        let lines = lines(&text, start);
        Self { text, front, lines, gaps, diagnostics, origin: Origin::Text }
    }

    /// Lays out a text whose pieces are known; `place` says where a span of theirs stands in this text.
    pub fn of_pieces(text: String, pieces: &[Piece], place: &dyn Fn(Span) -> Span, origin: Origin) -> Self {
        let mut lines = Vec::with_capacity(pieces.len());
        let mut at = 0;
        let mut in_table = false;
        for piece in pieces {
            let span = place(piece.span);
            let between = text.get(at..span.start).unwrap_or_default();
            let ends = between.bytes().filter(|&byte| byte == b'\n').count();
            let is_cell = piece.kind == PieceKind::Cell;
            let blanks = ends.saturating_sub(1).max(usize::from(is_cell || in_table));
            push_piece(&text, Piece { span, ..*piece }, blanks, &mut lines);
            (at, in_table) = (span.end, is_cell);
        }
        Self { text, lines, origin, ..Self::default() }
    }

    pub fn quote(&self, span: Span) -> &str {
        span.of(&self.text)
    }
}

/// Whether a character is nothing to read: white space, byte-order marks, invisible marks of writing direction.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}')
}

/// The span without the blanks at both ends; empty at its start if it holds nothing else.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let inner = span.of(text);
    let left = inner.len() - inner.trim_start_matches(is_blank).len();
    let kept = inner.trim_matches(is_blank).len();
    Span::new(span.start + left, span.start + left + kept)
}

/// The lines of a piece; a heading, cell or note is one line, whatever breaks it has.
fn push_piece(text: &str, piece: Piece, blanks: usize, lines: &mut Vec<Line>) {
    let one = matches!(piece.kind, PieceKind::Heading | PieceKind::Cell | PieceKind::Note);
    let mut at = piece.span.start;
    let mut blanks = blanks;
    for part in piece.span.of(text).split_inclusive(|c: char| c == '\n' && !one) {
        let whole = trim(text, Span::new(at, at + part.len()));
        at += part.len();
        if is_rule(whole.of(text)) {
            blanks += 1;
            continue;
        }
        let (mark, words) = mark_of(text, whole, piece.kind);
        let furniture = piece.kind == PieceKind::Furniture;
        lines.push(Line { whole, words, mark, indent: usize::from(piece.indent), blanks, furniture });
        blanks = 0;
    }
}

/// What the kind of a piece says, and what is typed before its words.
fn mark_of(text: &str, whole: Span, kind: PieceKind) -> (Mark, Span) {
    let (typed, words) = match kind {
        PieceKind::Heading | PieceKind::Cell | PieceKind::Furniture => (Mark::None, whole),
        PieceKind::Paragraph | PieceKind::Item | PieceKind::Note => read_mark(text, whole),
    };
    match kind {
        PieceKind::Heading => (Mark::Heading, words),
        PieceKind::Cell => (Mark::Cell, words),
        PieceKind::Note => (Mark::Note, words),
        PieceKind::Item if typed == Mark::None => (Mark::Bullet, words),
        // A number sign before a paragraph is a number sign.
        _ if typed == Mark::Heading => (Mark::None, whole),
        _ => (typed, words),
    }
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn lines(text: &str, start: usize) -> Vec<Line> {
    let mut found = Vec::new();
    let mut blanks = 0;
    let mut at = start;
    for part in text.get(start..).unwrap_or_default().split_inclusive(is_line_end) {
        let raw = Span::new(at, at + part.len());
        at = raw.end;
        let whole = trim(text, raw);
        if is_rule(whole.of(text)) {
            // The `\n` of `\r\n` is a piece of its own here, and no blank line.
            blanks += usize::from(part != "\n" || !text[..raw.start].ends_with('\r'));
            continue;
        }
        let (mark, words) = read_mark(text, whole);
        let indent = text[raw.start..whole.start].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
        found.push(Line { whole, words, mark, indent, blanks, furniture: false });
        blanks = 0;
    }
    found
}

/// Nothing on the line but signs: a rule, `###`, `* * *`. True of the empty line.
fn is_rule(line: &str) -> bool {
    line.chars().all(|c| !c.is_alphanumeric() && !is_pictograph(c))
}

/// Signs that say something by themselves.
fn is_pictograph(c: char) -> bool {
    c > '\u{2fff}' && !('\u{e000}'..='\u{f8ff}').contains(&c)
}

/// Takes the marks off the start (and `#` off the end) of a line. Only the last mark counts: `- (a) words` is an item.
fn read_mark(text: &str, whole: Span) -> (Mark, Span) {
    let line = whole.of(text);
    let unquoted = line.trim_start_matches("> ").trim_start_matches(is_blank);
    let (mark, rest) = if let Some(rest) = heading(unquoted) {
        (Mark::Heading, rest.trim_end_matches('#'))
    } else if let Some(rest) = bullet(unquoted) {
        (Mark::Bullet, rest)
    } else if let Some(rest) = enumerator(unquoted) {
        (Mark::Number, rest)
    } else {
        (Mark::None, unquoted)
    };
    let offset = rest.as_ptr() as usize - line.as_ptr() as usize;
    let words = trim(text, Span::new(whole.start + offset, whole.start + offset + rest.len()));
    if is_rule(words.of(text)) { (Mark::None, whole) } else { (mark, words) }
}

fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    ((1..=6).contains(&level) && rest.starts_with([' ', '\t'])).then_some(rest)
}

/// Bullets; among them those that word processors leave behind (a private character, or its bytes read as Latin-1).
fn bullet(line: &str) -> Option<&str> {
    let signs = [
        "-", "*", "+", "–", "—", "•", "·", "‣", "◦", "▪", "■", "●", "○", "➢", "\u{f0b7}", "\u{f0a7}", "ï·", "ï\u{82}·",
        "ï‚·",
    ];
    let rest = signs.iter().find_map(|sign| line.strip_prefix(sign))?;
    rest.starts_with(is_blank).then_some(rest)
}

/// `1.`, `12)`, `(a)`, `(iv)`, `a)` followed by a blank.
fn enumerator(line: &str) -> Option<&str> {
    let open = line.strip_prefix('(');
    let start = open.unwrap_or(line);
    let body = start.trim_start_matches(|c: char| c.is_ascii_alphanumeric());
    let (label, rest) = start.split_at(start.len() - body.len());
    let closed = rest.strip_prefix(')');
    let rest = closed.or(if open.is_none() { rest.strip_prefix('.') } else { None })?;
    let is_number = (1..=3).contains(&label.len()) && label.bytes().all(|b| b.is_ascii_digit());
    let is_letter = closed.is_some() && (label.len() == 1 || (label.len() <= 4 && is_roman(label)));
    (rest.starts_with(is_blank) && (is_number || is_letter)).then_some(rest)
}

fn is_roman(label: &str) -> bool {
    !label.is_empty() && label.bytes().all(|b| matches!(b, b'i' | b'v' | b'x' | b'l'))
}

#[cfg(test)]
mod tests {
    use super::{Layout, Mark};

    #[test]
    fn lines_end_in_many_ways() {
        let text = "\u{feff}one\r\n\r\ntwo\rthree\u{c}\n   four \n\n---\n\n# Five ##\n";
        let layout = Layout::new(text.into(), None, Vec::new(), Vec::new());
        let found: Vec<_> = layout.lines.iter().map(|line| (layout.quote(line.words), line.blanks)).collect();
        assert_eq!(found, [("one", 0), ("two", 1), ("three", 0), ("four", 1), ("Five", 3)]);
        assert_eq!(layout.lines[3].indent, 3);
    }

    #[test]
    fn marks_are_taken_off() {
        for (line, mark, words) in [
            ("## Title", Mark::Heading, "Title"),
            ("#CSW", Mark::None, "#CSW"),
            ("- item", Mark::Bullet, "item"),
            ("•\t item", Mark::Bullet, "item"),
            ("ï· item", Mark::Bullet, "item"),
            ("-5 degrees", Mark::None, "-5 degrees"),
            ("12.\tClause", Mark::Number, "Clause"),
            ("(iv) clause", Mark::Number, "clause"),
            ("b) clause", Mark::Number, "clause"),
            ("9.5 million", Mark::None, "9.5 million"),
            ("A. Smith spoke", Mark::None, "A. Smith spoke"),
            ("2, paragraph 4", Mark::None, "2, paragraph 4"),
            ("2011. And", Mark::None, "2011. And"),
            ("> quoted", Mark::None, "quoted"),
        ] {
            let layout = Layout::new(line.into(), None, Vec::new(), Vec::new());
            let first = layout.lines.first().copied();
            assert_eq!(first.map(|l| (l.mark, layout.quote(l.words))), Some((mark, words)), "{line}");
        }
    }
}
