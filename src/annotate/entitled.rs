//! Documents named by what stands around them: a quoted title after "entitled", a report with its symbol in brackets, an
//! agenda item by its number.

use crate::model::{Document, Kind, Mention, MentionClass, Mentions, Reading, Sentence, Span, ZoneKind};

use super::words::{Shape, words};

/// Quoted titles and agenda items.
pub(super) fn find(doc: &Document, sentences: &[Sentence]) -> Vec<Mention> {
    let inside =
        sentences.iter().flat_map(|sentence| quoted(doc, sentence.span).into_iter().chain(items(doc, sentence.span)));
    inside.chain(own_title(doc)).collect()
}

/// The document's own title where it stands in one line, each time it stands in the front: "Statement by … before …".
fn own_title(doc: &Document) -> Vec<Mention> {
    const OPENINGS: &[&str] =
        &["statement ", "joint statement ", "remarks ", "address ", "speech ", "declaration ", "communiqué "];
    let title = doc.metadata.title.as_ref().and_then(|title| title.span).map_or("", |span| doc.quote(span));
    let lower = title.to_lowercase();
    if title.contains('\n') || !OPENINGS.iter().any(|opening| lower.starts_with(opening)) {
        return Vec::new();
    }
    let places = doc.text.match_indices(title).map(|(at, _)| Span::new(at, at + title.len()));
    places
        .filter(|span| doc.zone_at(span.start) == ZoneKind::Front)
        .map(|span| document(span, MentionClass::Named))
        .collect()
}

/// "entitled “…”": the words between the quotation marks.
fn quoted(doc: &Document, span: Span) -> Vec<Mention> {
    const CUES: &[&str] = &["entitled", "titled", "called", "theme", "named"];
    let text = span.of(&doc.text);
    let openings = text.char_indices().filter(|(_, c)| matches!(c, '“' | '"'));
    let titles = openings.filter_map(|(at, mark)| {
        let before = text[..at].trim_end();
        let cue = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let start = at + mark.len_utf8();
        let length = text[start..].find(['”', '"'])?;
        let title = text[start..start + length].trim_end_matches([',', '.', ';']);
        let is_title = CUES.contains(&cue) && title.starts_with(char::is_uppercase) && title.contains(' ');
        is_title.then(|| Span::new(span.start + start, span.start + start + title.len()))
    });
    titles.map(|span| document(span, MentionClass::Named)).collect()
}

/// "Agenda item 2", "agenda items 4 and 5": with the first number.
fn items(doc: &Document, span: Span) -> Vec<Mention> {
    let words = words(&doc.text, span);
    let is = |at: usize, word: &str| words.get(at).is_some_and(|w| w.span.of(&doc.text).eq_ignore_ascii_case(word));
    let found = (0..words.len()).filter_map(|at| {
        let number = words.get(at + 2).filter(|number| number.shape == Shape::Number)?;
        let is_item = is(at, "agenda") && (is(at + 1, "item") || is(at + 1, "items"));
        is_item.then(|| Span::new(words[at].span.start, number.span.end))
    });
    found.map(|span| document(span, MentionClass::Named)).collect()
}

/// A document phrase with its symbol in brackets is named by it: "report of the Committee (A/79/12)".
pub(super) fn with_symbols(doc: &Document, phrases: &mut [Mention], known: &Mentions) {
    for phrase in phrases.iter_mut().filter(|phrase| phrase.kind == Kind::Document) {
        let after = phrase.span.end + 2;
        let mut starting = known.starting(after).map(|i| &known[i]);
        let symbol = starting.find(|mention| matches!(mention.reading, Reading::Symbol(_)));
        let in_brackets = symbol.filter(|symbol| {
            doc.text[phrase.span.end..].starts_with(" (") && doc.text[symbol.span.end..].starts_with(')')
        });
        if let Some(symbol) = in_brackets {
            phrase.span.end = symbol.span.end + 1;
            phrase.class = MentionClass::Named;
            phrase.reading = symbol.reading.clone();
        }
    }
}

fn document(span: Span, class: MentionClass) -> Mention {
    Mention { span, kind: Kind::Document, class, reading: Reading::Name }
}
