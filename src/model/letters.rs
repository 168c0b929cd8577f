//! A text in plain letters beside the text as written: soft hyphens, invisible marks, ligatures, escapes and words parted
//! at a line's end make no difference to the plain one. Stages read the plain text; spans lead back to the file's.

use super::Span;

/// A stretch that is written otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Change {
    written: Span,
    plain: Span,
}

/// The plain text and where it departs from the written one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letters {
    /// The text that is not in the document just now: the plain one, while the document holds the written one.
    pub other: String,
    /// In text order, disjoint.
    changes: Vec<Change>,
}

impl Letters {
    /// Replaces stretches of a text, in text order and disjoint, by plain letters; `None` if there is nothing to replace.
    pub fn new(written: &str, replaced: &[(Span, String)]) -> Option<Self> {
        if replaced.is_empty() {
            return None;
        }
        let mut letters = Self::default();
        let mut at = 0;
        for (span, plain) in replaced {
            letters.other.push_str(&written[at..span.start]);
            let start = letters.other.len();
            letters.other.push_str(plain);
            letters.changes.push(Change { written: *span, plain: Span::new(start, letters.other.len()) });
            at = span.end;
        }
        letters.other.push_str(&written[at..]);
        Some(letters)
    }

    /// Where a stretch of the plain text stands in the written one.
    pub fn written(&self, plain: Span) -> Span {
        self.map(plain, |change| change.plain, |change| change.written)
    }

    /// Where a stretch of the written text stands in the plain one.
    pub fn plain(&self, written: Span) -> Span {
        self.map(written, |change| change.written, |change| change.plain)
    }

    fn map(&self, span: Span, from: fn(&Change) -> Span, to: fn(&Change) -> Span) -> Span {
        let start = self.edge(span.start, from, to, self.changes.partition_point(|c| from(c).start <= span.start));
        let past = self.changes.partition_point(|c| from(c).start < span.end);
        let end = match past.checked_sub(1).map(|at| &self.changes[at]) {
            Some(change) if span.end < from(change).end => to(change).end,
            _ => self.edge(span.end, from, to, past),
        };
        Span::new(start, end.max(start))
    }

    /// A byte behind `before` changes; one inside of the last of them goes to its start.
    fn edge(&self, byte: usize, from: fn(&Change) -> Span, to: fn(&Change) -> Span, before: usize) -> usize {
        match before.checked_sub(1).map(|at| &self.changes[at]) {
            None => byte,
            Some(change) if byte < from(change).end => to(change).start,
            Some(change) => to(change).end + (byte - from(change).end),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Letters;
    use crate::model::Span;

    #[test]
    fn spans_go_there_and_back() {
        // "n<shy>ot o<fi ligature>ce": a removal inside a word, one sign that becomes two.
        let written = "n\u{ad}ot o\u{fb01}ce";
        let replaced = [(Span::new(1, 3), String::new()), (Span::new(7, 10), "fi".to_owned())];
        let letters = Letters::new(written, &replaced).unwrap_or_default();
        assert_eq!(letters.other, "not ofice");
        for (plain, wanted) in [("not", "n\u{ad}ot"), ("ofice", "o\u{fb01}ce"), ("ot", "ot"), ("ice", "\u{fb01}ce")] {
            let start = letters.other.find(plain).unwrap_or_default();
            let span = letters.written(Span::new(start, start + plain.len()));
            assert_eq!(span.of(written), wanted);
        }
        let word = Span::new(0, 5);
        assert_eq!(letters.written(letters.plain(word)), word);
        assert_eq!(Letters::new("plain", &[]), None);
    }
}
