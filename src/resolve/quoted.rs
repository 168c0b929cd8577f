//! Others' words between quotation marks: "I am grateful", said somebody in a paper of a State, is not the State's thanks.
//! Who says it is told too freely to be read ("added Ana Lind, of Elbonia"), so "I" and "we" between marks are nobody's.

use crate::model::{Block, BlockKind, Span, ZoneKind};
use crate::seeds::WordClass;

use super::Context;
use super::speaker::Speaker;

/// From so many words on what stands between marks is said, and not named: “our common agenda”.
const SAID: usize = 5;

/// The stretches that quote somebody in the first person, in text order; none of them in a text that is quoted whole.
pub(super) fn find(context: &Context, whole: &Speaker) -> Vec<Speaker> {
    if !context.doc.interventions.is_empty() {
        return Vec::new();
    }
    let told =
        |block: &&Block| block.zone == ZoneKind::Body && matches!(block.kind, BlockKind::Paragraph | BlockKind::Item);
    let blocks: Vec<Span> = context.doc.blocks.iter().filter(told).map(|block| block.span).collect();
    let quotes: Vec<Span> = blocks.iter().flat_map(|&block| quotes(&context.doc.text, block)).collect();
    let length = |spans: &[Span]| spans.iter().map(|span| span.len()).sum::<usize>();
    if 2 * length(&quotes) > length(&blocks) {
        return Vec::new();
    }
    let own = quotes.into_iter().filter(|quote| is_own(quote.of(&context.doc.text)));
    let mut found: Vec<Speaker> = Vec::new();
    for quote in own {
        let span = from_its_sentence(context, quote);
        if found.last().is_none_or(|last| last.span.end <= span.start) {
            found.push(Speaker { span, itself: whole.itself, ..Speaker::default() });
        }
    }
    found
}

/// What stands between quotation marks in a block; marks that nothing closes reach to its end, as where a quotation goes
/// on in the next paragraph.
fn quotes(text: &str, block: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in block.of(text).char_indices() {
        let at = block.start + at;
        match (c, open) {
            ('“', None) | ('"', None) => open = Some(at + c.len_utf8()),
            ('”', Some(start)) | ('"', Some(start)) => {
                found.push(Span::new(start, at));
                open = None;
            }
            _ => {}
        }
    }
    found.extend(open.map(|start| Span::new(start, block.end)));
    found
}

/// Whether somebody speaks of himself in some words.
fn is_own(words: &str) -> bool {
    let words = || words.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words().nth(SAID - 1).is_some() && words().any(|word| WordClass::FirstPerson.has(&word.to_lowercase()))
}

/// A quotation with the words before it in its sentence, if most of that sentence is quoted: "she said, “I …”".
fn from_its_sentence(context: &Context, quote: Span) -> Span {
    let after = context.sentences.partition_point(|sentence| sentence.span.start <= quote.start);
    let sentence = after.checked_sub(1).map(|at| context.sentences[at].span);
    match sentence.filter(|sentence| sentence.contains(Span::new(quote.start, quote.start))) {
        Some(sentence) if quote.start - sentence.start < sentence.end.min(quote.end) - quote.start => {
            Span::new(sentence.start, quote.end)
        }
        _ => quote,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_own, quotes};
    use crate::model::Span;

    #[test]
    fn marks_hold_what_is_quoted() {
        for (text, wanted) in [
            ("She said, “I am glad” and left.", &["I am glad"][..]),
            ("\"We agree\", he said, \"and go on.\"", &["We agree", "and go on."]),
            ("“It goes on", &["It goes on"]),
            ("no marks", &[]),
        ] {
            let found = quotes(text, Span::new(0, text.len()));
            assert_eq!(found.iter().map(|span| span.of(text)).collect::<Vec<_>>(), wanted, "{text}");
        }
        assert!(is_own("I am glad of this"));
        assert!(!is_own("our common agenda"), "that names something");
    }
}
