//! A text cut where passages begin and end: pieces that a page can mark, in paragraphs, without touching a word of it.

use serde::Serialize;

use crate::model::CodePoints;

/// A passage to mark: which claim, from which code point to which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The number of the claim in the text, from 1; 0 for the place that was asked for.
    pub number: usize,
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
}

/// A stretch of text under the same marks throughout.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// The claims that it is a passage of.
    pub claims: Vec<usize>,
    /// Whether it is of the place that was asked for.
    pub asked: bool,
    /// Passages that begin here: code points.
    pub begins: Vec<(usize, usize)>,
    /// Claims whose passage ends here.
    pub ends: Vec<usize>,
}

/// A paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Its first code point.
    pub start: usize,
    /// The code point after its last.
    pub end: usize,
    /// Its pieces, in order.
    pub pieces: Vec<Piece>,
}

/// The paragraphs of a text between two code points, marked.
pub struct MarkedText<'t> {
    text: &'t str,
    points: CodePoints,
    /// In code points.
    paragraphs: Vec<(usize, usize)>,
}

impl<'t> MarkedText<'t> {
    /// Finds the paragraphs of a text: stretches between blank lines.
    pub fn new(text: &'t str) -> Self {
        let points = CodePoints::new(text);
        let mut paragraphs = Vec::new();
        let (mut begin, mut at) = (None, 0);
        for line in text.split_inclusive('\n') {
            if line.trim().is_empty() {
                paragraphs.extend(begin.take().map(|begin| (begin, at)));
            } else if begin.is_none() {
                begin = Some(at);
            }
            at += line.len();
        }
        paragraphs.extend(begin.map(|begin| (begin, at)));
        let ends = |&(start, end): &(usize, usize)| {
            let end = start + text[start..end].trim_end().len();
            (points.of_byte(text, start), points.of_byte(text, end))
        };
        let paragraphs = paragraphs.iter().map(ends).collect();
        Self { text, points, paragraphs }
    }

    /// Where the paragraphs are, in code points.
    pub fn paragraphs(&self) -> &[(usize, usize)] {
        &self.paragraphs
    }

    /// The words between two code points.
    pub fn words(&self, start: usize, end: usize) -> &'t str {
        let (start, end) = (self.points.to_byte(self.text, start), self.points.to_byte(self.text, end.max(start)));
        self.text.get(start..end).unwrap_or_default()
    }

    /// A paragraph with the marks that touch it; `marks` are sorted by start.
    pub fn paragraph(&self, (start, end): (usize, usize), marks: &[Mark]) -> Paragraph {
        let here: Vec<&Mark> = marks.iter().filter(|mark| mark.start < end && mark.end > start).collect();
        let mut cuts: Vec<usize> = here.iter().flat_map(|mark| [mark.start, mark.end]).collect();
        cuts.extend([start, end]);
        cuts.retain(|cut| (start..=end).contains(cut));
        cuts.sort_unstable();
        cuts.dedup();
        let pieces = cuts.windows(2).filter_map(|pair| {
            let &[from, to] = pair else { return None };
            let over: Vec<&&Mark> = here.iter().filter(|mark| mark.start <= from && mark.end >= to).collect();
            let claims = |fits: &dyn Fn(&Mark) -> bool| {
                over.iter().filter(|mark| mark.number > 0 && fits(mark)).map(|mark| mark.number).collect::<Vec<usize>>()
            };
            let is_begin = |mark: &&&&Mark| mark.start == from || from == start && mark.start < start;
            let mut begins: Vec<(usize, usize)> = over
                .iter()
                .filter(is_begin)
                .filter(|mark| mark.start >= start)
                .map(|mark| (mark.start, mark.end))
                .collect();
            begins.sort_unstable();
            begins.dedup();
            Some(Piece {
                text: self.words(from, to).to_owned(),
                claims: claims(&|_| true),
                asked: over.iter().any(|mark| mark.number == 0),
                begins,
                ends: claims(&|mark| mark.end == to || to == end && mark.end > end),
            })
        });
        Paragraph { start, end, pieces: pieces.collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_text_and_know_their_claims() {
        let text = "Heading\n\nWe ایران support 👍 it,\nand more.\n \nEnd.";
        let marked = MarkedText::new(text);
        assert_eq!(marked.paragraphs(), [(0, 7), (9, 41), (44, 48)]);
        let marks = [
            Mark { number: 1, start: 12, end: 25 },
            Mark { number: 2, start: 18, end: 27 },
            Mark { number: 0, start: 30, end: 46 },
        ];
        let whole: Vec<Paragraph> = marked.paragraphs().iter().map(|&at| marked.paragraph(at, &marks)).collect();
        for paragraph in &whole {
            let joined: String = paragraph.pieces.iter().map(|piece| piece.text.as_str()).collect();
            assert_eq!(joined, marked.words(paragraph.start, paragraph.end));
        }
        let second = &whole[1].pieces;
        let claims: Vec<&[usize]> = second.iter().map(|piece| piece.claims.as_slice()).collect();
        assert_eq!(claims, [&[][..], &[1], &[1, 2], &[2], &[], &[]]);
        assert_eq!(second[1].text, "ایران ");
        assert_eq!((second[1].begins.as_slice(), second[2].ends.as_slice()), (&[(12, 25)][..], &[1][..]));
        assert!(second[5].asked && whole[2].pieces[0].asked && !whole[2].pieces[1].asked);
    }

    #[test]
    fn an_empty_text_has_no_paragraphs() {
        assert!(MarkedText::new(" \n\n").paragraphs().is_empty());
    }
}
