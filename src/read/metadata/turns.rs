//! Speakers' turns: verbatim records ("Mr. Moss (Elbonia) (spoke in French): …"), transcripts (a State's name on a line
//! above its words), questions and answers, compendia where each State speaks under its own heading.
//!
//! A wrong speaker makes every claim of a turn false. Headings that could as well be subjects ("Elbonia" above a section of
//! a communiqué) count only where the words below them are spoken to somebody, or where the document says what it is.

use crate::model::{Field, Intervention, Span};
use crate::seeds::WordClass;

use super::super::layout::Layout;
use super::super::paragraphs::{Paragraph, Shape};
use super::super::states;
use super::words::{self, Word, field};
use super::{office, opening};

/// How many words of a paragraph are looked at for a heading.
const REACH: usize = 24;

/// How a heading is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// "Mr. Moss (Elbonia):", "The President:": as records have it.
    Record,
    /// "Elbonia:", "CHAIR:", "Question:" before the words or above them.
    Label,
    /// A line of its own.
    Line,
}

/// A heading that may begin a turn.
struct Heading {
    /// Number of its paragraph.
    at: usize,
    form: Form,
    turn: Intervention,
    /// Whether it names a State or group.
    party: bool,
}

/// The turns of a document; none if one voice speaks throughout.
pub(super) fn find(layout: &Layout, paragraphs: &[Paragraph]) -> Vec<Intervention> {
    let mut headings: Vec<Heading> = paragraphs
        .iter()
        .enumerate()
        .filter_map(|(at, paragraph)| heading(layout, paragraphs, at, paragraph))
        .collect();
    let records = headings.iter().filter(|heading| heading.form == Form::Record && heading.party).count();
    if records == 0 {
        headings.retain(|heading| heading.form != Form::Record || heading.turn.presides);
    } else {
        headings.retain(|heading| heading.form == Form::Record);
    }
    close(layout, paragraphs, &mut headings);
    if records == 0 && !are_spoken(layout, paragraphs, &headings) {
        return Vec::new();
    }
    let mut turns: Vec<Intervention> = headings.into_iter().map(|heading| heading.turn).collect();
    turns.retain(|turn| has_words(layout, turn));
    let first = turns.first().map(|turn| value(&turn.speaker).to_owned());
    let several = turns.iter().any(|turn| Some(value(&turn.speaker)) != first.as_deref());
    if !several {
        return Vec::new();
    }
    let chairs_only = turns.iter().any(|turn| turn.represents.is_some());
    for turn in &mut turns {
        // Where all others speak for a State, somebody named only by his name presides.
        turn.presides |= chairs_only && turn.represents.is_none();
        on_behalf(layout, turn);
    }
    turns
}

fn value(field: &Option<Field<String>>) -> &str {
    field.as_ref().map_or("", |field| field.value.as_str())
}

/// Each turn ends where the next begins; the last one with the text.
fn close(layout: &Layout, paragraphs: &[Paragraph], headings: &mut [Heading]) {
    let end = paragraphs.last().map_or(layout.text.len(), |last| last.span.end);
    for i in 0..headings.len() {
        let until = headings.get(i + 1).map_or(paragraphs.len(), |next| next.at);
        let last = paragraphs.get(until.saturating_sub(1)).map_or(end, |last| last.span.end);
        let turn = &mut headings[i].turn;
        turn.span.end = last.max(turn.words).max(turn.span.end);
    }
}

/// Sentences, not only further names as in a list of contents.
fn has_words(layout: &Layout, turn: &Intervention) -> bool {
    let words = &layout.text[turn.words..turn.span.end.max(turn.words)];
    words.contains(['.', '!', '?']) && words.split_whitespace().nth(2).is_some() && turn.speaker.is_some()
}

/// Whether labels and lines are speakers: at least two, and their words are spoken to somebody, or the text says that it
/// collects what several said.
fn are_spoken(layout: &Layout, paragraphs: &[Paragraph], headings: &[Heading]) -> bool {
    let spoken: Vec<&Heading> = headings.iter().filter(|heading| has_words(layout, &heading.turn)).collect();
    if spoken.len() < 2 {
        return false;
    }
    let addressed = spoken.iter().filter(|heading| is_addressed(layout, &heading.turn)).count();
    let asked = spoken.iter().filter(|heading| is_asked(value(&heading.turn.speaker))).count();
    let chaired = spoken.iter().any(|heading| heading.turn.presides);
    let first = spoken.first().map_or(0, |heading| heading.at);
    let opening = paragraphs[..first.min(paragraphs.len())].iter().take(12);
    let collects = opening.into_iter().any(|paragraph| {
        let lower = layout.quote(paragraph.span).to_lowercase();
        lower.split(|c: char| !c.is_alphabetic()).any(|word| WordClass::Collection.has(word))
    });
    let labelled = spoken.iter().filter(|heading| heading.form == Form::Label).count() * 2 >= spoken.len();
    addressed * 5 >= spoken.len() * 2
        || asked > 0 && labelled
        || chaired && addressed > 0
        || collects && addressed * 5 >= spoken.len()
}

fn is_asked(speaker: &str) -> bool {
    WordClass::Asked.has(&speaker.to_lowercase())
}

fn is_addressed(layout: &Layout, turn: &Intervention) -> bool {
    let words = layout.text[turn.words..turn.span.end.max(turn.words)].split_whitespace().take(25);
    words.into_iter().any(|word| {
        let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        WordClass::SpokenTo.has(&lower)
    })
}

/// "I speak on behalf of X" in the first words holds for the turn.
fn on_behalf(layout: &Layout, turn: &mut Intervention) {
    if turn.presides {
        return;
    }
    let end = layout.text.floor_char_boundary(turn.span.end.min(turn.words + 900));
    let words = words::words(layout, Span::new(turn.words.min(end), end));
    if let Some(group) = opening::spoken_for(layout, &words) {
        turn.represents = Some(group);
    }
}

/// The heading that a paragraph is or begins with.
fn heading(layout: &Layout, paragraphs: &[Paragraph], at: usize, paragraph: &Paragraph) -> Option<Heading> {
    if matches!(paragraph.shape, Shape::Greeting | Shape::Thanks) || paragraph.span.is_empty() {
        return None;
    }
    let near = layout.text.floor_char_boundary(paragraph.span.end.min(paragraph.span.start + 300));
    let mut words = words::words(layout, Span::new(paragraph.span.start, near));
    words.truncate(REACH);
    record(layout, paragraph, &words)
        .or_else(|| label(layout, paragraph, &words))
        .or_else(|| line(layout, paragraphs, at, paragraph, &words))
        .or_else(|| stranger(layout, paragraph))
        .map(|mut heading| {
            heading.at = at;
            heading
        })
}

/// A heading that names nobody known ends the turn before it: what stands below it is nobody's.
fn stranger(layout: &Layout, paragraph: &Paragraph) -> Option<Heading> {
    let marked = paragraph.shape == Shape::Heading && paragraph.words <= 12;
    marked.then(|| begin(layout, paragraph, Form::Line, paragraph.span.end))
}

fn begin(layout: &Layout, paragraph: &Paragraph, form: Form, from: usize) -> Heading {
    let signs = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | ':' | ')' | ']');
    let rest = &layout.text[from..];
    let words = from + (rest.len() - rest.trim_start_matches(signs).len());
    let turn =
        Intervention { span: Span::new(paragraph.span.start, paragraph.span.end), words, ..Intervention::default() };
    Heading { at: 0, form, turn, party: false }
}

/// "Mr. Moss (Elbonia) (spoke in French): …", "The President (spoke in Arabic): …".
fn record(layout: &Layout, paragraph: &Paragraph, words: &[Word]) -> Option<Heading> {
    let colon = words.iter().position(|word| colon_behind(layout, word))?;
    let head = &words[..=colon];
    let courteous = office::is_courteous(&head[0]);
    let presides = is_chair(head);
    if !courteous && !presides || head.len() > 20 {
        return None;
    }
    let open = head.iter().position(|word| word.bracket).unwrap_or(head.len());
    let named = head[..open].iter().all(|word| word.is_capital() || WordClass::SmallInPerson.has(&word.lower));
    if !named || open == 0 {
        return None;
    }
    let mut heading = begin(layout, paragraph, Form::Record, head[colon].span.end);
    heading.turn.speaker = field(layout, &head[..open]);
    heading.turn.presides = presides;
    let mut start = open;
    while start < head.len() {
        let end = (start..head.len()).find(|&i| matches!(head[i].after, Some(')' | ':'))).unwrap_or(head.len() - 1);
        let inner = &head[start..=end];
        match inner[0].lower.as_str() {
            "spoke" | "interpretation" | "speaking" | "translated" => heading.turn.language = language(layout, inner),
            _ if heading.turn.represents.is_none() && !presides => heading.turn.represents = field(layout, inner),
            _ => {}
        }
        start = end + 1;
    }
    let party = value(&heading.turn.represents);
    heading.party = !party.is_empty() && (states::is_party(party) || party.starts_with(char::is_uppercase));
    (heading.party || presides || open == head.len()).then_some(heading)
}

/// "spoke in French; English text provided by the delegation".
fn language(layout: &Layout, words: &[Word]) -> Option<Field<String>> {
    let at = words.iter().position(|word| matches!(word.lower.as_str(), "in" | "from"))?;
    field(layout, words.get(at + 1..at + 2)?)
}

/// Whether a colon closes the heading behind this word, over brackets and emphasis.
fn colon_behind(layout: &Layout, word: &Word) -> bool {
    layout.text[word.span.end..].trim_start_matches([')', ']', '*', '_', '.', ' ']).starts_with(':')
}

/// "The President", "CHAIR", "IAHWG | Co-Chair": whether the words name who presides and nobody else.
fn is_chair(words: &[Word]) -> bool {
    let open = words.iter().position(|word| word.bracket).unwrap_or(words.len());
    let bar = words[..open].iter().rposition(|word| word.after == Some('|')).filter(|bar| bar + 1 < open);
    let label = &words[bar.map_or(0, |bar| bar + 1)..open];
    label.last().is_some_and(|last| WordClass::Chair.has(&last.lower))
        && label[..label.len() - 1].iter().all(|word| WordClass::BeforeChair.has(&word.lower))
        && label.len() <= 4
}

/// "Elbonia: We …", "**Elbonia:**", "CHAIR:", "Question: …", "MR. MOSS: …".
fn label(layout: &Layout, paragraph: &Paragraph, words: &[Word]) -> Option<Heading> {
    let colon = words.iter().take(8).position(|word| colon_behind(layout, word))?;
    let head = &words[..=colon];
    let text = field(layout, head)?;
    let party = states::is_party(&text.value);
    let shouted = text.value.chars().any(char::is_alphabetic)
        && !text.value.chars().any(char::is_lowercase)
        && text.value.len() > 1;
    let person = head.len() >= 2 && office::is_courteous(&head[0]) && head.iter().all(Word::is_capital);
    let known = party
        || is_chair(head)
        || person
        || head.len() == 1 && (is_asked(&text.value) || is_answering(&text.value))
        || shouted && head.len() <= 5 && (person || head.len() >= 2 && office::is_office(head));
    if !known {
        return None;
    }
    let mut heading = begin(layout, paragraph, Form::Label, head[colon].span.end);
    heading.turn.presides = is_chair(head) || is_asked(&text.value);
    heading.turn.represents = Some(text.clone()).filter(|_| party);
    heading.turn.speaker = Some(text);
    heading.party = party;
    Some(heading)
}

/// One-word labels of those who answer.
fn is_answering(label: &str) -> bool {
    WordClass::Answering.has(&label.to_lowercase())
}

/// "Elbonia", "Elbonia | Representative", "Ambassador Moss" on a line of its own above words.
fn line(
    layout: &Layout,
    paragraphs: &[Paragraph],
    at: usize,
    paragraph: &Paragraph,
    words: &[Word],
) -> Option<Heading> {
    let alone = matches!(paragraph.shape, Shape::Heading | Shape::Line) && paragraph.words <= 9;
    let above = paragraphs
        .get(at + 1)
        .is_some_and(|next| next.words >= 6 || matches!(next.shape, Shape::Greeting | Shape::Thanks));
    if !alone || !above || words.is_empty() {
        return None;
    }
    let bar = words.iter().position(|word| word.after == Some('|')).map_or(words.len(), |bar| bar + 1);
    let behalf = words.iter().position(|word| word.bracket).unwrap_or(words.len());
    let named = field(layout, &words[..bar.min(behalf)])?;
    let party = states::is_party(&named.value);
    let person = words.len() >= 2
        && words.len() <= 5
        && office::is_courteous(&words[0])
        && words.iter().all(|word| word.is_capital() && word.after.is_none_or(|sign| sign == '.'));
    let chair = is_chair(words);
    if !party && !person && !chair {
        return None;
    }
    let mut heading = begin(layout, paragraph, Form::Line, paragraph.span.end);
    heading.turn.presides = chair;
    // "Elbonia (on behalf of the Group of Islands)".
    let group = words
        .get(behalf..)
        .filter(|rest| rest.len() > 3 && rest[0].lower == "on" && rest[1].lower == "behalf")
        .and_then(|rest| field(layout, &rest[3..]));
    heading.turn.represents = group.or_else(|| Some(named.clone()).filter(|_| party));
    heading.turn.speaker = if chair { field(layout, words) } else { Some(named) };
    heading.party = party;
    Some(heading)
}
