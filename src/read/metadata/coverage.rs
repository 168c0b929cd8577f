//! Meetings coverage: which meeting it tells of and what its headline is. Whoever it quotes, nobody speaks in it himself.

use crate::model::{Field, Metadata};
use crate::seeds::WordClass;

use super::super::layout::Layout;
use super::super::paragraphs::{Paragraph, Shape};
use super::masthead::Line;
use super::words::{Word, field, whole};
use super::{printed, set};

/// The fewest words of a headline.
const HEADLINE: usize = 5;

/// How many paragraphs are looked at for those whose words are told.
const PARAGRAPHS: usize = 40;

/// How many delegates are named at least in a text without a head that is coverage.
const DELEGATES: usize = 2;

/// Whether a document tells what was said at a meeting.
pub(super) fn is_genre(metadata: &Metadata) -> bool {
    metadata.genre.as_ref().is_some_and(|genre| genre.value.contains("coverage"))
}

/// Meeting and title, from the lines above the body.
pub(super) fn read(layout: &Layout, own: &[Line], metadata: &mut Metadata) {
    let meets = own.iter().find_map(|line| meeting(&line.words).map(|end| (line, end)));
    if let Some((line, end)) = meets {
        set(&mut metadata.meeting, field(layout, &line.words[..end]));
    }
    let from = meets.map_or(0, |(line, _)| line.span.end);
    let headline = own.iter().find(|line| {
        line.span.start >= from
            && line.shape != Shape::Field
            && line.words.len() >= HEADLINE
            && !line.words.iter().any(|word| printed::is_symbol(&word.text))
    });
    set(&mut metadata.title, headline.map(|line| whole(layout, line.span)));
}

/// "5th & 6th Meetings (AM & PM)": how many words name the meeting.
pub(super) fn meeting(words: &[Word]) -> Option<usize> {
    let meets = words.iter().position(|word| matches!(word.lower.as_str(), "meeting" | "meetings"))?;
    let timed = words[meets + 1..]
        .iter()
        .any(|word| word.bracket && matches!(word.text.as_str(), "AM" | "PM" | "Night" | "Resumed" | "Closed"));
    timed.then_some(meets + 1)
}

/// Takes back whom single speakers speak for: nobody speaks for the whole.
pub(super) fn nobody_speaks(metadata: &mut Metadata) {
    for slot in [&mut metadata.speaker, &mut metadata.represents] {
        if slot.as_ref().is_some_and(|field| field.span.is_some()) {
            *slot = None;
        }
    }
}

/// A text without a head in whose paragraphs delegates say something, and in which nobody says "I".
pub(super) fn is_told(layout: &Layout, body: &[Paragraph]) -> bool {
    let (mut told, mut spoken, mut all) = (0, 0, 0);
    for paragraph in body.iter().filter(|paragraph| paragraph.words >= 12).take(PARAGRAPHS) {
        let words: Vec<String> = layout.quote(paragraph.span).split_whitespace().take(150).map(bare).collect();
        let own = words.iter().take(12).any(|word| WordClass::FirstPerson.has(word));
        let says =
            words.iter().any(|word| word == "said" || word.ends_with("ed") && WordClass::SayingVerb.has(base(word)));
        // Reviews of a State tell of its delegation throughout, and speak of it all the same.
        let delegates = words.iter().filter(|word| matches!(word.as_str(), "delegate" | "representative" | "observer"));
        let delegates = delegates.count();
        told += if says && !own { delegates } else { 0 };
        spoken += usize::from(own);
        all += 1;
    }
    told >= DELEGATES && told * 3 >= all && spoken * 3 <= told
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// "stressed" is of "stress", "urged" of "urge": the stem that is a word of saying.
fn base(word: &str) -> &str {
    let stem = word.strip_suffix("ed").unwrap_or(word);
    if WordClass::SayingVerb.has(stem) { stem } else { word.strip_suffix('d').unwrap_or(word) }
}

/// The genre, where form or words show it.
pub(super) fn genre() -> Field<String> {
    Field { value: "meeting coverage".into(), span: None }
}
