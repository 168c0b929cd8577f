//! Words found again in a text: blanks and line breaks are alike, so are the ways to write quotation marks and hyphens;
//! letters are not.

use crate::model::{Document, Span};

use super::refusal::{Refusal, shown};

/// Code points that a quote may have: a quote is a sentence or two, not a page.
const LONGEST: usize = 1_000;

/// A stretch as a line tells it: code points, words, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub start: Option<usize>,
    pub end: Option<usize>,
    pub words: Option<String>,
}

impl Place {
    /// Whether nothing is told.
    pub fn is_empty(&self) -> bool {
        self.start.is_none() && self.end.is_none() && self.words.is_none()
    }

    /// The stretch inside `within`, or why there is none; `what` it is for messages. Of several that say only words the
    /// caller chooses.
    pub fn find(&self, document: &Document, within: Span, what: &str) -> Result<Vec<Span>, Refusal> {
        let text = &document.text;
        match (self.start, self.end, &self.words) {
            (Some(start), Some(end), words) => {
                let length = document.points.of_byte(text, text.len());
                if start >= end || end > length {
                    let why = format!("{what}: {start}–{end} is no stretch of the text, which has {length} characters");
                    return Err(Refusal::new(why));
                }
                let span = Span::new(document.points.to_byte(text, start), document.points.to_byte(text, end));
                match words {
                    Some(words) if !is_same(span.of(text), words) => Err(Refusal::new(format!(
                        "{what}: at {start}–{end} stands {}, not {} (places count Unicode code points)",
                        shown(span.of(text)),
                        shown(words)
                    ))),
                    _ => Ok(vec![trimmed(text, span)]),
                }
            }
            (Some(start), None, Some(words)) => {
                let from = document.points.to_byte(text, start);
                let end = pattern_of(words).and_then(|pattern| match_at(text.get(from..)?, &pattern));
                let none = || Refusal::new(format!("{what}: {} does not stand at {start}", shown(words)));
                Ok(vec![end.map(|length| Span::new(from, from + length)).ok_or_else(none)?])
            }
            (_, _, Some(words)) => Ok(occurrences(text, within, words)),
            _ => Err(Refusal::new(format!("{what}: it needs the words, or start and end"))),
        }
    }
}

/// The one stretch that a quote means.
pub(super) fn quote(document: &Document, place: &Place) -> Result<Span, Refusal> {
    let text = &document.text;
    let words = || shown(place.words.as_deref().unwrap_or_default());
    let found = place.find(document, Span::new(0, text.len()), "quote")?;
    let span = match found.as_slice() {
        [] => return Err(Refusal::new(format!("the quote {} does not stand in the text", words()))),
        [one] => *one,
        several => {
            let many = several.len();
            let why = format!("the quote {} stands {many} times in the text: say where it starts", words());
            return Err(Refusal::new(why));
        }
    };
    let length = span.of(text).chars().count();
    if !span.of(text).contains(char::is_alphanumeric) {
        return Err(Refusal::new("the quote has no words"));
    }
    if length > LONGEST {
        return Err(Refusal::new(format!("the quote has {length} characters, at most {LONGEST}: quote the sentence")));
    }
    if is_cut(text, span) {
        return Err(Refusal::new(format!("the quote {} begins or ends inside a word", shown(span.of(text)))));
    }
    Ok(span)
}

/// Where words stand inside a stretch, not as parts of other words, in text order.
pub(super) fn occurrences(text: &str, within: Span, words: &str) -> Vec<Span> {
    let Some(pattern) = pattern_of(words) else { return Vec::new() };
    let mut found = Vec::new();
    let mut past = within.start;
    for (at, c) in within.of(text).char_indices() {
        let start = within.start + at;
        if start < past || pattern.first().is_none_or(|first| *first != plain(c)) {
            continue;
        }
        let end = match_at(&text[start..within.end], &pattern).map(|length| start + length);
        if let Some(span) = end.map(|end| Span::new(start, end)).filter(|span| !is_cut(text, *span)) {
            found.push(span);
            past = span.end;
        }
    }
    found
}

/// Whether a stretch begins or ends inside a word.
pub(super) fn is_cut(text: &str, span: Span) -> bool {
    let joins = |at: usize| {
        let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        before && text[at..].chars().next().is_some_and(char::is_alphanumeric)
    };
    joins(span.start) || joins(span.end)
}

fn is_same(found: &str, words: &str) -> bool {
    let wanted = pattern_of(words);
    wanted.is_some_and(|pattern| match_at(found.trim(), &pattern) == Some(found.trim().len()))
}

fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    let start = span.start + (words.len() - words.trim_start().len());
    Span::new(start, start + words.trim().len())
}

/// The signs of words, as they are compared; `None` where there are none.
fn pattern_of(words: &str) -> Option<Vec<char>> {
    let mut pattern = Vec::with_capacity(words.len());
    for c in words.trim().chars() {
        match c.is_whitespace() {
            true if pattern.last() == Some(&' ') => {}
            true => pattern.push(' '),
            false => pattern.push(plain(c)),
        }
    }
    (!pattern.is_empty()).then_some(pattern)
}

/// How many bytes of a text the signs take from its beginning, if they stand there.
fn match_at(text: &str, pattern: &[char]) -> Option<usize> {
    let mut chars = text.char_indices().peekable();
    for &wanted in pattern {
        if wanted == ' ' {
            chars.next_if(|(_, c)| c.is_whitespace())?;
            while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
        } else {
            chars.next_if(|(_, c)| plain(*c) == wanted)?;
        }
    }
    Some(chars.peek().map_or(text.len(), |(at, _)| *at))
}

/// One sign for those that programs exchange when they write a text again.
const fn plain(c: char) -> char {
    match c {
        '‘' | '’' | '‛' | '´' | '`' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::{Place, occurrences, quote};
    use crate::model::fixture::Draft;
    use crate::model::{Document, Span};

    const TEXT: &str = "The “Harbour Union” – a\nunion of ports – supports ports. No port is Unionist. Ports win.";

    fn document() -> Document {
        Draft::new("a.txt", TEXT).done().document
    }

    fn place(start: Option<usize>, end: Option<usize>, words: Option<&str>) -> Place {
        Place { start, end, words: words.map(str::to_owned) }
    }

    #[test]
    fn words_are_found_however_they_are_broken_or_marked() {
        let whole = Span::new(0, TEXT.len());
        let found = |words: &str| occurrences(TEXT, whole, words).iter().map(|span| span.of(TEXT)).collect::<Vec<_>>();
        assert_eq!(found("\"Harbour Union\" - a union"), ["“Harbour Union” – a\nunion"]);
        assert_eq!(found("ports"), ["ports", "ports"]);
        assert_eq!(found("Union"), ["Union"], "a part of a word is none");
        assert!(found("harbour union").is_empty() && found("").is_empty());
    }

    #[test]
    fn a_quote_is_one_place() {
        let document = document();
        let told = |place: &Place| match quote(&document, place) {
            Ok(span) => span.of(TEXT).to_owned(),
            Err(refusal) => format!("! {refusal}"),
        };
        let start = TEXT.find("No port").unwrap_or_default();
        let start = document.points.of_byte(TEXT, start);
        assert_eq!(told(&place(Some(start), Some(start + 20), None)), "No port is Unionist.");
        assert_eq!(told(&place(Some(start), None, Some("No port"))), "No port");
        assert_eq!(told(&place(Some(start), Some(start + 7), Some("No port"))), "No port");
        assert_eq!(told(&place(None, None, Some("union of ports"))), "union of ports");
        for (at, expected) in [
            (place(Some(start + 1), Some(start + 8), Some("No port")), "stands “o port”, not “No port”"),
            (place(Some(9), Some(9), None), "is no stretch of the text"),
            (place(Some(0), Some(99_999), None), "is no stretch of the text"),
            (place(Some(start), Some(start + 6), None), "begins or ends inside a word"),
            (place(Some(start), None, Some("Ports")), "does not stand at"),
            (place(Some(5), None, None), "it needs the words, or start and end"),
            (place(None, None, Some("ports")), "stands 2 times"),
            (place(None, None, Some("boats")), "does not stand in the text"),
            (place(None, None, Some("–")), "“–” stands 2 times"),
        ] {
            let said = told(&at);
            assert!(said.starts_with("! ") && said.contains(expected), "{said}");
        }
    }
}
