//! Who signed: "(Signed) Ana Lind" with the office below it, one after another.

use crate::model::{Field, Metadata, Signatory, Span};

use super::super::layout::{Layout, trim};
use super::words::{self, Word, field, whole};
use super::{office, title};

const MARKS: &[&str] = &["(Signed)", "(signed)"];

/// How many lines an office may take.
const LINES: usize = 7;

/// Reads all signatures of a text.
pub(super) fn read(layout: &Layout, metadata: &mut Metadata) {
    let signed = |i: usize| {
        let line = layout.lines[i].whole;
        let text = layout.quote(line);
        let (at, mark) = MARKS.iter().find_map(|mark| Some((text.find(mark)?, mark)))?;
        Some(trim(&layout.text, Span::new(line.start + at + mark.len(), line.end)))
    };
    // What is annexed bears the signatures of others.
    let annex = (0..layout.lines.len()).find(|&i| signed(i).is_some()).and_then(|first| {
        let mut below = first + 1..layout.lines.len();
        below.find(|&i| is_annex(layout.quote(layout.lines[i].whole)))
    });
    for i in 0..annex.unwrap_or(layout.lines.len()) {
        let Some(rest) = signed(i) else { continue };
        let words = words::words(layout, rest);
        let wide = words.iter().position(|word| word.after == Some('|')).map_or(words.len(), |bar| bar + 1);
        let end = words[..wide].iter().position(|word| word.after == Some(',')).map_or(wide, |comma| comma + 1);
        let Some(name) = field(layout, &words[..end]).filter(|_| (1..=6).contains(&end)) else { continue };
        let below = (i + 1..layout.lines.len().min(i + 1 + LINES)).take_while(|&next| {
            let line = &layout.lines[next];
            line.blanks == 0 && !line.furniture && signed(next).is_none()
        });
        let last = below.last().unwrap_or(i);
        let office = trim(&layout.text, Span::new(words[end - 1].span.end, layout.lines[last].whole.end));
        let office = words::words(layout, office);
        metadata.signatories.push(Signatory {
            represents: represented(layout, &office),
            office: of(layout, &office),
            name,
        });
    }
}

/// "Annex", "Annex II to the letter dated …", "Enclosure": a heading, no sentence.
fn is_annex(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    let counted =
        second.is_empty() || second == "to" || second.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | '1'..='9'));
    matches!(first, "Annex" | "ANNEX" | "Enclosure" | "Appendix") && counted
}

/// For whom the office speaks.
fn represented(layout: &Layout, office: &[Word]) -> Option<Field<String>> {
    office::represented(office).and_then(|range| field(layout, &office[range]))
}

fn of(layout: &Layout, office: &[Word]) -> Option<Field<String>> {
    let (first, last) = (office.first()?, office.last()?);
    let is_office = office::is_office(office)
        || office.iter().any(|word| word.lower == "representative" || title::is_meeting(word));
    is_office.then(|| whole(layout, Span::new(first.span.start, last.span.end)))
}
