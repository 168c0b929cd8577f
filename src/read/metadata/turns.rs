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
use super::words::{self, Word, field, whole};
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
    /// "Elbonian delegation." before the words: as notes of a meeting have it.
    Note,
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
        // "MS. MOSS:" in a briefing, where no label names a State.
        headings.iter_mut().filter(|heading| !heading.turn.presides).for_each(|heading| {
            if heading.form == Form::Record {
                heading.form = Form::Label;
            }
        });
        of_briefing(&mut headings);
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
    let mut turns: Vec<Intervention> = turns.into_iter().flat_map(|turn| in_own_capacity(layout, turn)).collect();
    for turn in &mut turns {
        // Where all others speak for a State, somebody named only by a title of courtesy and his name presides.
        let named = turn.speaker.as_ref().and_then(|speaker| words::words(layout, speaker.span?).into_iter().next());
        let courteous = named.is_some_and(|first| office::is_courteous(&first));
        turn.presides |= chairs_only && turn.represents.is_none() && courteous;
        on_behalf(layout, turn);
    }
    turns
}

/// Where reporters ask, or people are labelled in capitals, "THE PRESIDENT" is one who speaks and no presiding officer.
fn of_briefing(headings: &mut [Heading]) {
    let asked = headings.iter().any(|heading| is_asked(value(&heading.turn.speaker)));
    for heading in headings.iter_mut().filter(|heading| heading.turn.presides) {
        let label = value(&heading.turn.speaker);
        let shouted = is_shouted(label) && label.to_lowercase().ends_with("president");
        heading.turn.presides = !(asked && shouted);
        heading.form = if shouted { Form::Label } else { heading.form };
    }
}

/// Capitals throughout.
fn is_shouted(label: &str) -> bool {
    label.len() > 1 && label.chars().any(char::is_alphabetic) && !label.chars().any(char::is_lowercase)
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
    if spoken.iter().filter(|heading| heading.form == Form::Note).count() >= 2 {
        return true;
    }
    let asked = spoken.iter().filter(|heading| is_asked(value(&heading.turn.speaker))).count();
    let chaired = spoken.iter().any(|heading| heading.turn.presides);
    let first = spoken.first().map_or(0, |heading| heading.at);
    let opening = paragraphs[..first.min(paragraphs.len())].iter().take(12);
    let collects = opening.into_iter().any(|paragraph| {
        let lower = layout.quote(paragraph.span).to_lowercase();
        lower.split(|c: char| !c.is_alphabetic()).any(|word| WordClass::Collection.has(word))
    });
    let labelled = spoken.iter().filter(|heading| heading.form == Form::Label).count() * 2 >= spoken.len();
    let shouted = spoken.iter().filter(|heading| is_shouted(value(&heading.turn.speaker))).count();
    addressed * 5 >= spoken.len() * 2
        || asked > 0 && labelled
        || shouted >= 2 && shouted * 2 >= spoken.len() && labelled
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
        turn.represents = Some(with_own(layout, &words, group));
    }
}

/// "I shall now make a statement in my capacity as the representative of X": who presides speaks for X, until "I now
/// resume my functions".
fn in_own_capacity(layout: &Layout, turn: Intervention) -> Vec<Intervention> {
    const RESUMES: &str = "resume my function";
    let start = turn.words.min(turn.span.end);
    let near = layout.text.floor_char_boundary(turn.span.end.min(start + 400));
    let words = words::words(layout, Span::new(start, near));
    let lower: Vec<&str> = words.iter().map(|word| word.lower.as_str()).collect();
    let state = (0..words.len()).filter(|_| turn.presides).find_map(|at| {
        let rest = lower.get(at..)?.strip_prefix(&["in", "my", "capacity", "as"])?;
        let of = rest.iter().take(4).position(|&word| word == "of").filter(|_| rest.contains(&"representative"))?;
        let from = at + 4 + of + 1;
        let first = (from..words.len()).find(|&i| lower[i] != "the")?;
        let small = |word: &Word| {
            WordClass::SmallInPerson.has(&word.lower)
                || word.lower == "and"
                || word.lower.starts_with("d’")
                || word.lower.starts_with("d'")
        };
        let end = (first..words.len()).find(|&i| !(words[i].is_capital() || small(&words[i])) || words[i].ends())?;
        let end = if words[end].is_capital() || small(&words[end]) { end + 1 } else { end };
        field(layout, words.get(first..end)?)
    });
    let Some(state) = state else { return vec![turn] };
    let mut own =
        Intervention { speaker: Some(state.clone()), represents: Some(state), presides: false, ..turn.clone() };
    let text = &layout.text[start..turn.span.end.max(start)];
    let Some(resumes) = text.find(RESUMES).and_then(|at| text[..at].rfind(['.', '\n'])) else { return vec![own] };
    let at = start + resumes + 1;
    own.span.end = at;
    vec![own, Intervention { span: Span::new(at, turn.span.end), words: at, ..turn }]
}

/// "for A, B and my own country, C": C too.
fn with_own(layout: &Layout, words: &[Word], group: Field<String>) -> Field<String> {
    let Some(span) = group.span else { return group };
    let behind: Vec<&Word> = words.iter().skip_while(|word| word.span.start < span.end).take(6).collect();
    let own =
        matches!(behind.as_slice(), [and, my, ..] if and.lower == "and" && matches!(my.lower.as_str(), "my" | "our"));
    let named = behind.iter().skip(2).find(|word| word.is_capital()).filter(|word| own && states::is_state(&word.text));
    named.map_or(group, |named| whole(layout, Span::new(span.start, named.span.end)))
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
        .or_else(|| note(layout, paragraph, &words))
        .or_else(|| label(layout, paragraph, &words))
        .or_else(|| line(layout, paragraphs, at, paragraph, &words))
        .or_else(|| stranger(layout, paragraph))
        .map(|mut heading| {
            heading.at = at;
            let turn = &mut heading.turn;
            if heading.form == Form::Record && !turn.presides && turn.represents.is_none() {
                turn.represents =
                    turn.speaker.as_ref().and_then(|speaker| announced(layout, &paragraphs[..at], speaker));
            }
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
    let titled = is_titled(head);
    if !courteous && !presides && !titled || head.len() > 20 || names_officer(layout, paragraph, head[colon].span.end) {
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
    let spoken = heading.turn.language.is_some();
    (heading.party || presides || open == head.len() || titled && spoken).then_some(heading)
}

/// "President: Mr. Moss (Elbonia)": a line of the title page, with nothing but the name behind the colon.
fn names_officer(layout: &Layout, paragraph: &Paragraph, colon: usize) -> bool {
    let rest = &layout.text[colon..paragraph.span.end.max(colon)];
    let line = rest.lines().next().unwrap_or_default();
    let words = words::words(layout, Span::new(colon, colon + line.len()));
    let state = words.iter().position(|word| word.bracket);
    words.first().is_some_and(office::is_courteous)
        && words.len() <= 14
        && state.is_some_and(|state| words[..state].iter().all(Word::is_capital))
        && line.trim_end().ends_with(')')
}

/// "The Secretary-General", "President Lind", "The Under-Secretary-General for Water".
fn is_titled(head: &[Word]) -> bool {
    let article = usize::from(head.first().is_some_and(|word| word.lower == "the"));
    let offices = [WordClass::Office, WordClass::AddressedOffice, WordClass::Rank];
    let office = |word: &Word| {
        let held = offices.iter().any(|class| class.has(&word.lower)) && word.lower != "general";
        word.is_capital() && (held || word.lower.ends_with("secretary-general"))
    };
    let open = head.iter().position(|word| word.bracket).unwrap_or(head.len());
    // "President: a word on …" is no name: an office needs an article or a name behind it.
    open <= 8 && open > 1 && head.iter().skip(article).take(2).any(office)
}

/// The State of a head of State or Government who speaks by his title, by the line that announces his address: "Address by
/// Ms. Ana Lind, President of the Republic of Elbonia".
fn announced(layout: &Layout, before: &[Paragraph], speaker: &Field<String>) -> Option<Field<String>> {
    let surname = speaker.value.rsplit(' ').next()?;
    before.iter().rev().take(6).filter(|paragraph| paragraph.words <= 40).find_map(|paragraph| {
        let words = words::words(layout, paragraph.span);
        let address = words.windows(2).any(|pair| pair[0].lower == "address" && pair[1].lower == "by");
        let named = words.iter().any(|word| word.text == surname);
        let range = office::represented(&words).filter(|_| address && named)?;
        field(layout, &words[range])
    })
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
    if let Some(asks) = words.first().filter(|first| is_set_off(layout, first)) {
        let mut heading = begin(layout, paragraph, Form::Label, asks.span.end);
        heading.turn.speaker = field(layout, &words[..1]).or_else(|| Some(whole(layout, asks.span)));
        heading.turn.presides = true;
        heading.turn.asks = true;
        return Some(heading);
    }
    let colon = words.iter().take(8).position(|word| colon_behind(layout, word))?;
    let head = &words[..=colon];
    let text = field(layout, head)?;
    let party = states::is_party(&text.value);
    let shouted = is_shouted(&text.value);
    let person = head.len() >= 2 && office::is_courteous(&head[0]) && head.iter().all(Word::is_capital);
    let known = party
        || is_chair(head)
        || person
        || head.len() == 1 && (is_asked(&text.value) || is_answering(&text.value))
        || shouted && head.len() <= 5 && head.len() >= 2 && (office::is_office(head) || is_titled_label(head));
    if !known {
        return None;
    }
    let mut heading = begin(layout, paragraph, Form::Label, head[colon].span.end);
    heading.turn.asks = is_asked(&text.value);
    heading.turn.presides = is_chair(head) || heading.turn.asks;
    heading.turn.represents = Some(text.clone()).filter(|_| party);
    heading.turn.speaker = Some(text);
    heading.party = party;
    Some(heading)
}

/// "Elbonian delegation. We regret …": whose words the paragraph notes.
fn note(layout: &Layout, paragraph: &Paragraph, words: &[Word]) -> Option<Heading> {
    let at = words.iter().take(4).position(|word| word.lower == "delegation" && word.ends())?;
    let state = field(layout, &words[..at]).filter(|state| states::is_state(&state.value))?;
    let mut heading = begin(layout, paragraph, Form::Note, words[at].span.end + 1);
    heading.turn.represents = Some(state.clone());
    heading.turn.speaker = Some(state);
    heading.party = true;
    Some(heading)
}

/// "Q   Thank you": the letter of one who asks, set off by blanks.
fn is_set_off(layout: &Layout, word: &Word) -> bool {
    let after = &layout.text[word.span.end..];
    let blanks = after.chars().take_while(|c| c.is_whitespace() && *c != '\n').count();
    word.text == "Q" && blanks >= 2
}

/// "PRESIDENT LIND", "SENIOR ADMINISTRATION OFFICIAL": the label begins or ends with an office.
fn is_titled_label(head: &[Word]) -> bool {
    let offices = [WordClass::Office, WordClass::Rank, WordClass::AddressedOffice];
    let held = |word: &Word| offices.iter().any(|class| class.has(&word.lower)) || word.lower == "official";
    [0, 1, head.len() - 1].iter().filter_map(|&at| head.get(at)).any(held)
}

/// One-word labels of those who answer.
fn is_answering(label: &str) -> bool {
    WordClass::Answering.has(&label.to_lowercase())
}

/// "Elbonia", "Elbonia | Representative", "Ambassador Moss", "Office | Ana Lind | Director" on a line of its own above words.
fn line(
    layout: &Layout,
    paragraphs: &[Paragraph],
    at: usize,
    paragraph: &Paragraph,
    words: &[Word],
) -> Option<Heading> {
    let bar = words.iter().position(|word| word.after == Some('|'));
    let alone = matches!(paragraph.shape, Shape::Heading | Shape::Line) && paragraph.words <= 12;
    let above = paragraphs.get(at + 1).is_some_and(|next| {
        next.words >= 6
            || matches!(next.shape, Shape::Greeting | Shape::Thanks)
            || bar.is_some() && next.shape != Shape::Heading
    });
    if !alone || !above || words.is_empty() {
        return None;
    }
    let behalf = words.iter().position(|word| word.bracket).unwrap_or(words.len());
    let first = &words[..bar.map_or(words.len(), |bar| bar + 1).min(behalf)];
    let named = turned(layout, first).or_else(|| field(layout, first))?;
    let party = states::is_party(&named.value) || bar.is_some() && states::is_acronym(&named.value);
    let person = words.len() >= 2
        && words.len() <= 5
        && office::is_courteous(&words[0])
        && words.iter().all(|word| word.is_capital() && word.after.is_none_or(|sign| sign == '.'));
    let chair = is_chair(words);
    let official = if party || chair { None } else { official(layout, &words[..behalf]) };
    if !party && !person && !chair && official.is_none() {
        return None;
    }
    let mut heading = begin(layout, paragraph, Form::Line, paragraph.span.end);
    heading.turn.presides = chair;
    heading.turn.represents =
        group(layout, &words[behalf..], bar.is_some()).or_else(|| Some(named.clone()).filter(|_| party));
    heading.turn.speaker = if chair { field(layout, words) } else { official.or(Some(named)) };
    heading.party = party;
    Some(heading)
}

/// "Elbonia, Republic of": the name as it is spoken.
fn turned(layout: &Layout, words: &[Word]) -> Option<Field<String>> {
    let comma = words.iter().position(|word| word.after == Some(','))?;
    let (before, behind) = (field(layout, &words[..=comma])?, field(layout, words.get(comma + 1..)?)?);
    let all = field(layout, words)?;
    (words.last()?.lower == "of").then(|| Field { value: format!("{} {}", behind.value, before.value), ..all })
}

/// "(on behalf of the Group of Islands)", in a line with bars also "(Group of Islands)".
fn group(layout: &Layout, bracket: &[Word], barred: bool) -> Option<Field<String>> {
    let close = bracket.iter().position(|word| word.after == Some(')')).map_or(bracket.len(), |close| close + 1);
    let inner = bracket.get(..close)?;
    match inner {
        [on, behalf, _, rest @ ..] if on.lower == "on" && behalf.lower == "behalf" && !rest.is_empty() => {
            field(layout, rest)
        }
        _ => field(layout, inner)
            .filter(|group| barred && (states::is_party(&group.value) || states::is_acronym(&group.value))),
    }
}

/// "Office | Ana Lind | Director": the person, of whom the last part gives the office.
fn official(layout: &Layout, words: &[Word]) -> Option<Field<String>> {
    let parts: Vec<&[Word]> = words.split_inclusive(|word| word.after == Some('|')).collect();
    let [_, person, office] = parts.as_slice() else { return None };
    let named = (2..=4).contains(&person.len()) && person.iter().all(Word::is_capital);
    let offices = [WordClass::Office, WordClass::OfficeBehind];
    let held = office.iter().any(|word| offices.iter().any(|class| class.has(&word.lower)));
    if named && held { field(layout, person) } else { None }
}
