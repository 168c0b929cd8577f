//! Lines become paragraphs: what stands together on the page, and what it is by its outer form.

use std::ops::Range;

use crate::model::Span;

use super::dates;
use super::language::Tally;
use super::layout::{Layout, Line, Mark, trim};
use super::wording::{self, Ending};
use super::zones;

/// A run of lines that stand together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Paragraph {
    /// Numbers of its lines in the layout.
    pub lines: Range<usize>,
    /// Its words, without marks around them.
    pub span: Span,
    pub shape: Shape,
    /// Number of words, and of those that start in lower case.
    pub words: usize,
    pub lower: usize,
    pub ending: Ending,
    /// In another language than the document.
    pub foreign: bool,
    /// Blank lines before it.
    pub blanks: usize,
}

/// What a paragraph is by its outer form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Marked as a heading, or bold as a whole.
    Heading,
    /// Marked as a member of a list.
    Item,
    /// Sentences, or the clause of a resolution.
    Prose,
    /// "Mr. Chair,".
    Greeting,
    /// "Thank you, Mr. Chair."
    Thanks,
    /// "The General Assembly,".
    Enacting,
    /// A date line, a web address, a telephone number, an agenda item.
    Field,
    /// Any other few words: a heading without a mark, a menu entry, a signature.
    Line,
}

/// The fewest lines inside paragraphs that tell how wide the text is set.
const SAMPLE: usize = 4;

/// The widest setting, in characters, that counts as wrapped: beyond, a line is a paragraph.
const WIDEST: usize = 130;

/// The most lines of an unclosed bold run: beyond, the sign was a slip.
const BOLD_LINES: usize = 6;

/// Groups the lines of a text, page furniture left out, and tells the language that most of it is in.
pub(super) fn group(layout: &Layout) -> (Vec<Paragraph>, Option<&'static str>) {
    let mut paragraphs = runs(layout);
    let tallies: Vec<Tally> = paragraphs.iter().map(|paragraph| Tally::of(layout.quote(paragraph.span))).collect();
    let mut total = Tally::default();
    tallies.iter().for_each(|tally| total.add(tally));
    let language = total.language();
    for (paragraph, tally) in paragraphs.iter_mut().zip(&tallies) {
        paragraph.foreign = tally.is_foreign_to(language);
    }
    (paragraphs, language)
}

fn runs(layout: &Layout) -> Vec<Paragraph> {
    let width = width(layout);
    let lines = &layout.lines;
    let mut found = Vec::new();
    let mut start = 0;
    while start < lines.len() {
        if lines[start].furniture {
            start += 1;
            continue;
        }
        let mut run = Run::new(layout, width);
        let mut end = start + 1;
        while end < lines.len() && run.goes_on(&lines[end - 1], &lines[end]) {
            end += 1;
        }
        found.push(paragraph(layout, start..end));
        start = end;
    }
    found
}

/// The width that the text is wrapped at, in characters; `None` where each line is a paragraph.
fn width(layout: &Layout) -> Option<usize> {
    let inner = layout.lines.windows(2).filter(|pair| pair[1].blanks == 0 && !pair[0].furniture && !pair[1].furniture);
    let mut widths: Vec<usize> = inner.map(|pair| characters(layout, &pair[0])).collect();
    if widths.len() < SAMPLE {
        return None;
    }
    widths.sort_unstable();
    let (middle, wide) = (widths[widths.len() / 2], widths[widths.len() * 9 / 10]);
    (wide <= WIDEST && middle >= 30).then_some(middle)
}

fn characters(layout: &Layout, line: &Line) -> usize {
    layout.quote(line.words).chars().count()
}

/// A paragraph in the making.
struct Run<'a> {
    layout: &'a Layout,
    width: Option<usize>,
    lines: usize,
    /// Whether a `**` is open.
    bold: bool,
}

impl<'a> Run<'a> {
    fn new(layout: &'a Layout, width: Option<usize>) -> Self {
        Self { layout, width, lines: 0, bold: false }
    }

    /// Whether `next`, which follows `line`, belongs to the same paragraph.
    fn goes_on(&mut self, line: &Line, next: &Line) -> bool {
        self.lines += 1;
        self.bold ^= self.layout.quote(line.whole).matches("**").count() % 2 == 1;
        if next.blanks > 0 || next.furniture || line.mark == Mark::Heading || next.mark == Mark::Note {
            return false;
        }
        let alone = |line: &Line| wording::is_connector(self.layout.quote(line.words));
        if alone(line) || alone(next) {
            return false;
        }
        if is_dateline(self.layout.quote(next.words)) && !wording::is_small(last_word(self.layout.quote(line.words))) {
            return false;
        }
        if self.bold && self.lines < BOLD_LINES {
            return true;
        }
        let (a, b) = (self.layout.quote(line.words), self.layout.quote(next.words));
        match (next.mark, self.width) {
            (Mark::Heading | Mark::Bullet, _) => false,
            (_, None) => goes_on_unwrapped(a, b, next.mark),
            (_, Some(width)) => self.goes_on_wrapped((line, a), (next, b), width),
        }
    }

    /// Where lines are wrapped: a break was forced if the next word would have fitted.
    fn goes_on_wrapped(&self, (line, a): (&Line, &str), (next, b): (&Line, &str), width: usize) -> bool {
        let first_word = b.split_whitespace().next().map_or(0, |word| word.chars().count());
        let used = characters(self.layout, line) + line.indent.min(8);
        let is_short = used + 1 + first_word < width * 9 / 10;
        let lower = wording::starts_lower(b);
        if wording::is_byline(b) && Ending::of(a) == Ending::Open && !wording::ends_small(a) {
            return false;
        }
        match Ending::of(a) {
            Ending::Open if next.mark == Mark::Number => !is_short,
            _ if next.mark == Mark::Number => false,
            Ending::Full if !lower => !is_short && next.indent <= line.indent,
            Ending::Full => true,
            // "Letter dated 5 May 2020 from the Permanent / Representative of X": set narrower than the body.
            Ending::Open | Ending::Comma if zones::is_letter_title(a) && !a.contains(" addressed ") => true,
            Ending::Open => lower || !is_heading_line(a, used, width) || open_bracket(a),
            _ => lower || !is_short,
        }
    }
}

/// Where each line is a paragraph: only a line that breaks off in mid-sentence goes on.
fn goes_on_unwrapped(a: &str, b: &str, mark: Mark) -> bool {
    if mark != Mark::None || wording::is_greeting(a) {
        return false;
    }
    let few = |text: &str| text.split_whitespace().take(9).count() <= 8;
    match Ending::of(a) {
        Ending::Open => wording::starts_lower(b),
        Ending::Comma => wording::starts_lower(b) || few(a) && few(b) && !wording::is_enacting(a),
        _ => false,
    }
}

/// "Oslo, 3 May 2011" and no more on the line.
fn is_dateline(line: &str) -> bool {
    let Some(found) = dates::find(line, None).filter(|_| line.len() <= 60) else { return false };
    let place = line[..found.range.start].trim();
    let is_place = place.is_empty()
        || place.ends_with(',') && place.split_whitespace().all(|word| word.starts_with(char::is_uppercase));
    is_place && line[found.range.end..].trim_matches(['.', ' ']).is_empty()
}

fn last_word(line: &str) -> &str {
    line.split_whitespace().next_back().unwrap_or_default()
}

fn is_heading_line(a: &str, used: usize, width: usize) -> bool {
    used * 10 < width * 7 && a.split_whitespace().count() <= 8
}

fn open_bracket(a: &str) -> bool {
    a.matches('(').count() > a.matches(')').count()
}

fn paragraph(layout: &Layout, lines: Range<usize>) -> Paragraph {
    let (first, last) = (layout.lines[lines.start], layout.lines[lines.end - 1]);
    let outer = Span::new(first.words.start, last.words.end.max(first.words.start));
    let (span, bold) = without_emphasis(&layout.text, outer);
    let text = layout.quote(span);
    let (words, lower) = wording::count_words(text);
    let mut paragraph = Paragraph {
        lines,
        span,
        shape: Shape::Line,
        words,
        lower,
        ending: Ending::of(text),
        foreign: false,
        blanks: first.blanks,
    };
    paragraph.shape = match first.mark {
        Mark::Heading => Shape::Heading,
        _ if bold && words <= 60 => Shape::Heading,
        Mark::Bullet => Shape::Item,
        Mark::Note => shape(text, &paragraph, Mark::Number),
        mark => shape(text, &paragraph, mark),
    };
    paragraph
}

/// Takes off a pair of emphasis signs that holds the whole stretch; `true` if they make it bold.
fn without_emphasis(text: &str, outer: Span) -> (Span, bool) {
    let inner = outer.of(text);
    for sign in ["***", "**", "__", "*", "_"] {
        let body = inner.strip_prefix(sign).and_then(|rest| rest.strip_suffix(sign));
        if let Some(body) = body.filter(|body| !body.is_empty() && !body.contains(sign)) {
            let start = outer.start + sign.len();
            return (trim(text, Span::new(start, start + body.len())), sign.len() > 1);
        }
    }
    (outer, false)
}

fn shape(text: &str, paragraph: &Paragraph, mark: Mark) -> Shape {
    if wording::is_greeting(text) {
        Shape::Greeting
    } else if wording::is_thanks(text) {
        Shape::Thanks
    } else if wording::is_enacting(text) {
        Shape::Enacting
    } else if is_field(text, paragraph.words) {
        Shape::Field
    } else if wording::is_adoption(text) {
        Shape::Line
    } else if is_prose(paragraph) {
        Shape::Prose
    } else if mark == Mark::Number {
        Shape::Item
    } else {
        Shape::Line
    }
}

/// Sentences or clauses, to judge by length, ending and the share of words in lower case.
fn is_prose(paragraph: &Paragraph) -> bool {
    let Paragraph { words, lower, ending, .. } = *paragraph;
    let ends = match ending {
        Ending::Full => words >= 5,
        Ending::Semicolon | Ending::Colon => words >= 4,
        Ending::Comma => words >= 8,
        Ending::Open => words >= 30 && lower * 2 >= words,
    };
    // A sentence full of names has few words in lower case; so has a long title, but that has no full stop.
    let full = ending == Ending::Full && words >= 12 && lower * 4 >= words;
    ends && (lower * 5 >= words * 2 || full)
}

fn is_field(text: &str, words: usize) -> bool {
    if words > 12 || text.len() > 200 {
        return false;
    }
    let lower = text.to_lowercase();
    let address = ["http://", "https://", "www.", "url:", "source:", "tel:", "tel.", "tel ", "agenda item"];
    let date = dates::find(text, None).is_some_and(|found| found.range.len() * 2 >= text.len());
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    date || address.iter().any(|start| lower.starts_with(start)) || digits * 2 > text.len()
}

#[cfg(test)]
mod tests {
    use super::super::layout::Layout;
    use super::{Shape, group};

    fn shapes(text: &str) -> Vec<(Shape, String)> {
        let layout = Layout::new(text.into(), None, Vec::new(), Vec::new());
        let paragraphs = group(&layout).0;
        paragraphs.iter().map(|p| (p.shape, layout.quote(p.span).replace('\n', "/"))).collect()
    }

    fn texts(text: &str) -> Vec<String> {
        shapes(text).into_iter().map(|(_, text)| text).collect()
    }

    #[test]
    fn unwrapped_lines_are_paragraphs() {
        let text = "Madam President\nI am glad to be here with you.\nWe built a fund and a transparency\noffice for all.\n\
                    The Council,\nRecalling its earlier decision on the matter of fish,\nMinistry of Ports,\nRepublic of Elbonia";
        let expected = [
            "Madam President",
            "I am glad to be here with you.",
            "We built a fund and a transparency/office for all.",
            "The Council,",
            "Recalling its earlier decision on the matter of fish,",
            "Ministry of Ports,/Republic of Elbonia",
        ];
        assert_eq!(texts(text), expected);
    }

    #[test]
    fn wrapped_lines_join() {
        let text = "Introduction\nI should like to speak today about the state\nof our rivers, which matter to the United\n\
                    Republics of the lowlands. They are wide and\nslow.\nThe second matter is that of bridges, and I\n\
                    shall be brief about it, as we all want to\n";
        assert_eq!(texts(text).len(), 3);
        let indented = " In accordance with the plan of our Government we\nhave built two bridges over the long river this year.\n \
                        The resources came from the northern provinces and\nfrom the sale of salt, as was agreed in the plan.\n \
                        We are glad.";
        assert_eq!(texts(indented).len(), 3);
    }

    #[test]
    fn shapes_follow_form() {
        let text = "# A heading\n\n**Two lines\nof bold**\n\n- an item\n\nMr. Chair,\n\nOslo, 3 May 2011\n\n(a) Decides to go;\n\n\
                    Thank you.\n\nThe Senate of Cities,\n\nMore words without a stop";
        let expected = [
            Shape::Heading,
            Shape::Heading,
            Shape::Item,
            Shape::Greeting,
            Shape::Field,
            Shape::Item,
            Shape::Thanks,
            Shape::Enacting,
            Shape::Line,
        ];
        assert_eq!(shapes(text).iter().map(|(shape, _)| *shape).collect::<Vec<_>>(), expected);
    }
}
