//! A stretch of text as words with their places, for the small grammars of mastheads.

use crate::model::text::one_line;
use crate::model::{Field, Span};

use super::super::layout::Layout;

/// One word, without the signs around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub text: String,
    pub lower: String,
    pub span: Span,
    /// The sign after it, if it closes something: `,`, `.`, `:`, `)`, `”` …, or a free-standing dash or bar.
    pub after: Option<char>,
    /// Whether a bracket opens before it.
    pub bracket: bool,
}

impl Word {
    pub fn is_capital(&self) -> bool {
        self.text.chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
    }

    /// The end of the word, with the bracket that closes right behind it.
    pub fn closed(&self, text: &str) -> usize {
        let closed = text.get(self.span.end..).is_some_and(|rest| rest.starts_with([')', ']']));
        self.span.end + usize::from(closed)
    }

    /// Whether a colon, bar, dash or closing sign follows: nothing reaches over it.
    pub fn ends(&self) -> bool {
        matches!(self.after, Some(':' | ';' | '|' | '>' | '–' | '—' | '-' | '?' | '!' | ')' | ']' | '/'))
            || self.after == Some('.') && !self.is_abbreviation()
    }

    /// "H.E.", "Mr.", "Dr.", "St.".
    fn is_abbreviation(&self) -> bool {
        self.text.contains('.') || self.text.chars().count() <= 3 && self.is_capital()
    }
}

/// The text of a span with its gaps blanked out; as long as the span, byte for byte.
pub(super) fn clean(layout: &Layout, span: Span) -> String {
    let mut text = layout.quote(span).to_owned();
    let first = layout.gaps.partition_point(|gap| gap.end <= span.start);
    for gap in layout.gaps.iter().skip(first).take_while(|gap| gap.end <= span.end) {
        if let Some(start) = gap.start.checked_sub(span.start) {
            text.replace_range(start..start + gap.len(), &" ".repeat(gap.len()));
        }
    }
    text
}

/// The words of a span.
pub(super) fn words(layout: &Layout, span: Span) -> Vec<Word> {
    let text = clean(layout, span);
    let mut found: Vec<Word> = Vec::new();
    let mut at = 0;
    for part in text.split_inclusive(char::is_whitespace) {
        let start = span.start + at;
        at += part.len();
        let outer = part.trim_end();
        let left = outer.trim_start_matches(|c: char| !c.is_alphanumeric());
        let bare = left.trim_end_matches(|c: char| !c.is_alphanumeric());
        let signs = left.strip_prefix(bare).unwrap_or_default();
        if bare.is_empty() {
            let sign = outer.chars().next();
            if let (Some(last), Some(sign)) = (found.last_mut(), sign) {
                last.after = last.after.or(Some(sign));
            }
            continue;
        }
        if ends_column(&layout.text[..start]) {
            found.iter_mut().last().into_iter().for_each(|last| last.after = last.after.or(Some('|')));
        }
        let place = start + (outer.len() - left.len());
        // The stop of an abbreviation belongs to it; an outer sign tells more than an inner one.
        let after = signs.chars().rev().find(|c| !matches!(c, '*' | '_' | '’' | '\''));
        found.push(Word {
            text: bare.into(),
            lower: bare.to_lowercase(),
            span: Span::new(place, place + bare.len()),
            after,
            bracket: outer[..outer.len() - left.len()].contains(['(', '[']),
        });
    }
    found
}

/// Whether three blanks or more stand at the end: what follows is another column.
fn ends_column(before: &str) -> bool {
    let rest = before.trim_end_matches([' ', '\u{a0}']);
    before.len() - rest.len() >= 3 && !rest.ends_with('\n')
}

/// The words `range` as a value: from the first letter to the last, a leading article left out.
pub(super) fn field(layout: &Layout, words: &[Word]) -> Option<Field<String>> {
    let skipped = words.iter().take_while(|word| matches!(word.lower.as_str(), "the" | "a" | "an")).count();
    let words = words.get(skipped..)?;
    let span = Span::new(words.first()?.span.start, words.last()?.span.end);
    Some(whole(layout, span))
}

/// A span as a value.
pub(super) fn whole(layout: &Layout, span: Span) -> Field<String> {
    Field { value: one_line(&clean(layout, span)), span: Some(span) }
}
