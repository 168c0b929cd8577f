//! Documents named by what stands around them: a quoted title after "entitled", an agenda item by its
//! number.

use crate::model::{Document, Kind, Mention, MentionClass, Mentions, Reading, Span, ZoneKind};
use crate::seeds::WordClass;

use super::text::Text;
use super::words::{Shape, Word};

/// Quoted titles and agenda items, and the document's own title.
pub(super) fn find(text: &Text, _: &Mentions) -> Vec<Mention> {
    let inside = text
        .lines()
        .flat_map(|(sentence, words)| quoted(text.doc, sentence.span).into_iter().chain(items(text, words)));
    let own = &text.doc.metadata.items;
    let numbers = own.iter().filter_map(|item| item.number.span);
    let inside = inside.filter(|it| !numbers.clone().any(|number| number.overlaps(it.span)));
    let several = numbers.clone().map(|span| document(span, MentionClass::Named));
    inside.chain(own_title(text)).chain(several).collect()
}

/// The document's own title where it stands in one line, each time it stands in the front: "Statement by … before …".
fn own_title(text: &Text) -> Vec<Mention> {
    let doc = text.doc;
    let title = doc.metadata.title.as_ref().and_then(|title| title.span).map_or("", |span| doc.quote(span));
    let lower = title.to_lowercase();
    let opens = |opening: &String| lower.strip_prefix(opening.as_str()).is_some_and(|rest| rest.starts_with(' '));
    if title.contains('\n') || !text.lexicon.list(WordClass::DocumentOpening).iter().any(opens) {
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

/// "Agenda item 2", "agenda items 4 and 5": with the first number; at the head of a document also "Item 128".
fn items(text: &Text, words: &[Word]) -> Vec<Mention> {
    let is = |at: usize, wanted: &str| words.get(at).is_some_and(|word| text.lower(word) == wanted);
    let numbered = |at: usize| words.get(at).filter(|number| number.shape == Shape::Number);
    let heading = |at: usize| {
        let word = words.get(at)?;
        let front = at == 0 && is(at, "item") && word.shape == Shape::Capital;
        let number = numbered(at + 1).filter(|_| front && text.doc.zone_at(word.span.start) == ZoneKind::Front)?;
        Some(Span::new(word.span.start, number.span.end))
    };
    let found = (0..words.len()).filter_map(|at| {
        if let Some(span) = heading(at) {
            return Some(span);
        }
        let number = words.get(at + 2).filter(|number| number.shape == Shape::Number)?;
        let is_item = is(at, "agenda") && (is(at + 1, "item") || is(at + 1, "items"));
        is_item.then(|| Span::new(words[at].span.start, number.span.end))
    });
    found.map(|span| document(span, MentionClass::Named)).collect()
}

fn document(span: Span, class: MentionClass) -> Mention {
    Mention::new(span, Kind::Document, class, Reading::Name)
}
