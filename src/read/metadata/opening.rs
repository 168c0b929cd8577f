//! What the first sentences tell: who "we" are, on whose behalf, at which session.

use std::ops::Range;

use crate::model::{Field, Metadata, Span};
use crate::seeds::WordClass;

use super::super::dates;
use super::super::layout::Layout;
use super::super::paragraphs::Paragraph;
use super::super::wording;
use super::title::{self, trim};
use super::words::{self, Word, field};
use super::{office, ordinals, set};

/// How many paragraphs of the body count as its opening.
const PARAGRAPHS: usize = 5;

/// How many words of a paragraph are read.
const WORDS: usize = 400;

/// How many bytes of a paragraph are read: enough for `WORDS`.
const BYTES: usize = 8000;

/// "Following is the text of X's remarks at Y, on 8 March": an editor's lead, which tells more than the masthead.
pub(super) fn editors_lead(layout: &Layout, body: &[Paragraph], metadata: &mut Metadata) {
    let Some(paragraph) = body.first() else { return };
    let words = opening(layout, paragraph);
    // "Following a number of letters from Elbonia" leads no text.
    let tells = words.get(1).is_some_and(|word| matches!(word.lower.as_str(), "is" | "are") || word.after == Some(','));
    if words.first().is_none_or(|word| word.lower != "following") || !tells || words.len() > 120 {
        return;
    }
    let Some((owner, owned)) = words.iter().enumerate().find_map(|(i, word)| Some((i, possessor(word)?))) else {
        return;
    };
    let start = words[..owner].iter().rposition(|word| matches!(word.lower.as_str(), "of" | "is" | "are" | "by"));
    let mut speaker = words[start.map_or(1, |start| start + 1)..=owner].to_vec();
    if let Some(last) = speaker.last_mut() {
        last.span.end = owned;
    }
    metadata.speaker = metadata.speaker.take().or_else(|| field(layout, &speaker));
    let head = words.iter().skip(owner + 1).position(|word| !word.is_capital() && word.lower != "video");
    let rest = &words[owner + 1 + head.unwrap_or_default()..];
    let text = words::clean(layout, paragraph.span);
    let year = metadata.date.as_ref().and_then(|date| date.value.start().get(..4)).and_then(dates::year);
    let date = dates::find(&text, year);
    let range =
        date.as_ref().map(|found| paragraph.span.start + found.range.start..paragraph.span.start + found.range.end);
    let parts = title::parse(rest, range.clone());
    set(&mut metadata.meeting, parts.meeting.and_then(|range| field(layout, &rest[range])));
    set(&mut metadata.place, parts.place.and_then(|range| field(layout, &rest[range])));
    if let (Some(found), Some(range)) = (date, range) {
        let said = Field { value: found.value, span: Some(range.into()) };
        let printed = metadata.date.replace(said);
        set(&mut metadata.published, printed);
    }
}

/// "National Statement delivered on behalf of X at the Y on Tuesday, 12 March 2019.": the first lines of a statement on the
/// web, which read like a title.
pub(super) fn lead<'a>(layout: &Layout, body: &'a [Paragraph]) -> Option<&'a Paragraph> {
    body.iter().take(2).find(|paragraph| {
        let words = opening(layout, paragraph);
        let told = title::parse(&words, None);
        let delivered =
            words.iter().take(8).any(|word| matches!(word.lower.as_str(), "delivered" | "by" | "behalf" | "made"));
        words.len() <= 60
            && delivered
            && told.head.is_some_and(|head| head <= 4)
            && words.first().is_some_and(Word::is_capital)
            && !words.iter().any(|word| matches!(word.lower.as_str(), "is" | "was" | "are" | "we" | "i"))
    })
}

/// Where the name ends in "Ana Lind's", "Ana Lind’s".
fn possessor(word: &Word) -> Option<usize> {
    let name = word.text.strip_suffix("'s").or_else(|| word.text.strip_suffix("’s"))?;
    word.is_capital().then_some(word.span.start + name.len())
}

/// What a speaker says of speaking.
pub(super) fn read(layout: &Layout, body: &[Paragraph], metadata: &mut Metadata) {
    if let Some(first) = body.first() {
        turn(layout, &opening(layout, first), metadata);
    }
    my_country(layout, body, metadata);
    let own = body.iter().filter(|paragraph| !paragraph.foreign).take(PARAGRAPHS);
    let openings: Vec<Vec<Word>> = own.map(|paragraph| opening(layout, paragraph)).collect();
    for words in &openings {
        we_the(layout, words, metadata);
        on_behalf(layout, words, metadata);
    }
    if metadata.meeting.is_none() {
        metadata.meeting = this_session(layout, &openings);
    }
}

fn opening(layout: &Layout, paragraph: &Paragraph) -> Vec<Word> {
    let end = layout.text.floor_char_boundary(paragraph.span.end.min(paragraph.span.start + BYTES));
    let mut words = words::words(layout, Span::new(paragraph.span.start, end));
    words.truncate(WORDS);
    words
}

/// "Mr. Moss (Elbonia) (spoke in French): It is …", as records begin a turn.
fn turn(layout: &Layout, words: &[Word], metadata: &mut Metadata) {
    let Some(open) = words.iter().take(10).position(|word| word.bracket).filter(|open| *open >= 2) else { return };
    let closes = |word: &Word| matches!(word.after, Some(')' | ':'));
    let Some(close) = words.iter().skip(open).take(10).position(closes).map(|i| open + i) else { return };
    let colon = words.iter().skip(close).take(10).any(|word| word.after == Some(':'));
    if colon && office::is_courteous(&words[0]) && words[1..open].iter().all(Word::is_capital) {
        set(&mut metadata.speaker, field(layout, &words[..open]));
        set(&mut metadata.represents, field(layout, &words[open..=close]));
    }
}

/// "We, the Ministers of X, met in Y on Z".
fn we_the(layout: &Layout, words: &[Word], metadata: &mut Metadata) {
    let Some(we) = words.windows(2).position(|pair| pair[0].lower == "we" && pair[1].lower == "the") else { return };
    let range = name(words, we + 2);
    if range.len() < 2 || we > 40 || is_everybody(&words[range.clone()]) {
        return;
    }
    let end = range.end;
    set(&mut metadata.speaker, field(layout, &words[range]));
    set(&mut metadata.genre, Some(Field { value: "joint statement".into(), span: None }));
    met(layout, words, end, metadata);
}

/// "We, the Member States of the United Nations", "the peoples": nobody's statement.
fn is_everybody(words: &[Word]) -> bool {
    let first = words[0].lower.as_str();
    let second = words[1].lower.as_str();
    WordClass::Everybody.has(first)
        || matches!((first, second), ("member" | "united" | "developing", _) | ("heads", "of"))
            && words.last().is_some_and(|word| matches!(word.lower.as_str(), "nations" | "states" | "countries"))
}

/// "met in Oslo, Norway, on 3 May 2010", within the words after `from`.
fn met(layout: &Layout, words: &[Word], from: usize, metadata: &mut Metadata) {
    let near = from..words.len().min(from + 8);
    let Some(met) =
        near.clone().find(|&i| matches!(words[i].lower.as_str(), "met" | "meeting" | "gathered" | "assembled"))
    else {
        return;
    };
    let rest = &words[met + 1..];
    let is_in = |word: &Word| matches!(word.lower.as_str(), "in" | "at" | "on");
    if let Some(at) = rest.iter().take(3).position(is_in) {
        let start = at + 1 + usize::from(rest.get(at + 1).is_some_and(|word| word.lower == "the"));
        let is_city = |word: &&Word| word.is_capital() && !word.text.starts_with(|c: char| c.is_ascii_digit());
        let named = rest.iter().skip(start).take(4).take_while(is_city).count();
        let comma = rest.iter().skip(start).take(named).position(|word| word.after == Some(','));
        let end = comma.map_or(start + named, |comma| start + comma + 1);
        set(
            &mut metadata.place,
            rest.get(start..end).filter(|city| !city.is_empty()).and_then(|city| field(layout, city)),
        );
    }
    let Some((first, last)) = rest.first().zip(rest.iter().take(25).next_back()) else { return };
    let span = Span::new(first.span.start, last.span.end);
    let date = dates::find(&words::clean(layout, span), None);
    set(
        &mut metadata.date,
        date.map(|found| Field {
            value: found.value,
            span: Some(Span::new(span.start + found.range.start, span.start + found.range.end)),
        }),
    );
}

/// "I have the honour to speak on behalf of X", "Speaking for X": said of oneself, not of one's own country.
fn on_behalf(layout: &Layout, words: &[Word], metadata: &mut Metadata) {
    if metadata.represents.is_none() {
        metadata.represents = spoken_for(layout, words);
    }
}

/// For whom the first words say that they are spoken.
pub(super) fn spoken_for(layout: &Layout, words: &[Word]) -> Option<Field<String>> {
    let mut found = (0..words.len().min(80)).filter_map(|at| Some((at, behalf(words, at)?)));
    let (_, after) = found.find(|(at, _)| is_own(words, *at))?;
    let named = agent(words, of_the_people(words, after));
    if is_anothers_act(words, &named) {
        return None;
    }
    let range = if named.is_empty() { group_of(words, after) } else { named };
    let own = words.get(range.start).is_none_or(|word| matches!(word.lower.as_str(), "my" | "our" | "all" | "myself"));
    if own { None } else { field(layout, &words[range]) }
}

/// The word after "on behalf of", "speaking for", "in the name of" that starts at `at`.
fn behalf(words: &[Word], at: usize) -> Option<usize> {
    let lower = |i: usize| words.get(at + i).map_or("", |word| word.lower.as_str());
    match (lower(0), lower(1), lower(2)) {
        ("on", "behalf", "of") => Some(at + 3),
        ("on", "the", "behalf") if lower(3) == "of" => Some(at + 4),
        ("speaking" | "speak", "for", _) => Some(at + 2),
        _ => None,
    }
}

/// Whether it is the speaker who speaks so, rather than somebody whose statement he mentions.
fn is_own(words: &[Word], at: usize) -> bool {
    let start = words[..at].iter().rposition(|word| word.after == Some('.') && word.ends()).map_or(0, |stop| stop + 1);
    let before = &words[start..at];
    let near = &before[before.len().saturating_sub(20)..];
    let has = |class: WordClass| near.iter().any(|word| class.has(&word.lower));
    let speaks = words[at].lower.starts_with("speak");
    // "the statement delivered by Elbonia on behalf of X", "by the representative of Elbonia, speaking on behalf of X".
    let others = near.iter().rev().take(14).any(|word| WordClass::AnothersStatement.has(&word.lower));
    let named = before.len() > 1
        && before.last().is_some_and(|word| word.is_capital() && !matches!(word.lower.as_str(), "i" | "we"));
    before.is_empty()
        || !others
            && !named
            && (has(WordClass::SpeakingWord) && has(WordClass::SpeakerSelf)
                || speaks && (before.len() <= 4 || has(WordClass::SpeakerSelf)))
}

/// "On behalf of the League, Elbonia also submitted it": what a State did for a group, told of later.
fn is_anothers_act(words: &[Word], named: &std::ops::Range<usize>) -> bool {
    let inside = words.get(named.clone()).unwrap_or_default();
    let listed = inside.iter().any(|word| word.lower == "and");
    let apart = inside.split_last().is_some_and(|(_, rest)| rest.iter().any(|word| word.after == Some(',')));
    let goes_on = words.get(named.end).is_some_and(|next| !next.is_capital());
    apart && !listed && goes_on && inside.last().is_some_and(|last| last.after.is_none())
}

/// Steps over "the Government and people of" to the name after it.
fn of_the_people(words: &[Word], from: usize) -> usize {
    let house = ["government", "people", "peoples", "delegation", "president"];
    let near = words.get(from..).unwrap_or_default().iter().take(6);
    let of = near.clone().position(|word| word.lower == "of");
    let names = near.take(of.unwrap_or_default()).any(|word| house.contains(&word.lower.as_str()));
    if names { from + of.map_or(0, |of| of + 1) } else { from }
}

/// "my country, X,": anywhere, since it says the same anywhere.
fn my_country(layout: &Layout, body: &[Paragraph], metadata: &mut Metadata) {
    let (Some(first), Some(last)) = (body.first(), body.last()) else { return };
    if metadata.represents.is_some() {
        return;
    }
    let text = layout.quote(Span::new(first.span.start, last.span.end));
    let Some(at) = text.find("my country,").map(|at| first.span.start + at + "my country,".len()) else { return };
    let end = layout.text.floor_char_boundary(last.span.end.min(at + 200));
    let words = words::words(layout, Span::new(at, end));
    let range = name(&words[..words.len().min(8)], 0);
    let closed = range.end.checked_sub(1).is_some_and(|i| words[i].after.is_some());
    if closed && words.first().is_some_and(|word| word.is_capital() || word.lower == "the") {
        metadata.represents = field(layout, &words[range]);
    }
}

/// A name from word `from` on: capitalised words, small words and commas between them.
fn name(words: &[Word], from: usize) -> Range<usize> {
    let mut end = from;
    let mut last = from;
    while let Some(word) = words.get(end) {
        let small = wording::is_small(&word.lower) && word.lower != "its";
        let sentence = end > from && words[end - 1].after == Some(',') && wording::is_opener(&word.text);
        if sentence || end > from && word.bracket || !(word.is_capital() || small) {
            break;
        }
        end += 1;
        last = if small { last } else { end };
        if word.after.is_some_and(|sign| sign != ',') {
            break;
        }
    }
    trim(words, from..last)
}

/// The name of whom somebody speaks for: it ends where is told at what, on what, to whom.
fn agent(words: &[Word], from: usize) -> Range<usize> {
    let range = name(words, from);
    let stop = |i: &usize| WordClass::AfterAgent.has(&words[*i].lower);
    let end = range.clone().skip(1).find(stop).unwrap_or(range.end);
    trim(words, range.start..end)
}

/// A group in lower case: "a group of small islands", "the following countries: X, Y and Z".
fn group_of(words: &[Word], from: usize) -> Range<usize> {
    let grouped = |word: &Word| WordClass::Grouped.has(&word.lower);
    if !words.iter().skip(from).take(5).any(grouped) {
        return from..from;
    }
    let colon = words.iter().skip(from).take(8).position(|word| word.after == Some(':')).map(|i| from + i + 1);
    if let Some(list) = colon.map(|list| name(words, list)).filter(|list| !list.is_empty()) {
        return list;
    }
    let stop = |word: &Word| WordClass::AfterGroup.has(&word.lower);
    let mut end = from;
    while end < words.len().min(from + 10) && !stop(&words[end]) {
        end += 1;
        if words[end - 1].after.is_some() {
            break;
        }
    }
    from..end
}

/// A session that an opening may be spoken at.
struct Session {
    /// Whether "this" or the like stands before its number.
    points: bool,
    number: u32,
    name: Field<String>,
}

/// "this 66th session of the Commission", "the Assembly at its fifty-third session". Who presided over an earlier one is
/// thanked, so that of several the last is meant.
fn this_session(layout: &Layout, openings: &[Vec<Word>]) -> Option<Field<String>> {
    let all = openings.iter().flat_map(|words| sessions(layout, words));
    let best =
        all.reduce(|best, next| if (next.points, next.number) > (best.points, best.number) { next } else { best });
    best.map(|session| session.name)
}

fn sessions(layout: &Layout, words: &[Word]) -> Vec<Session> {
    let (mut found, mut from) = (Vec::new(), 0);
    while let Some((number, at)) = ordinals::session(&words[from..]) {
        let at = from + at;
        let cues = &words[at.saturating_sub(25)..at];
        let sentence = cues.iter().rposition(|word| word.after == Some('.') && word.ends()).map_or(0, |stop| stop + 1);
        let has = |words: &[Word], class: WordClass| words.iter().any(|word| class.has(&word.lower));
        let points =
            cues.iter().rev().take(2).any(|word| matches!(word.lower.as_str(), "this" | "present" | "current"));
        let thanked = cues[sentence..].iter().any(|word| is_thanks(&word.lower));
        // "your predecessor, who led the last session", "tribute to Mr. Moss, President of the fourth session".
        let other = has(&cues[sentence..], WordClass::OtherSession)
            || thanked && !has(&cues[sentence..], WordClass::ElectionWord);
        if (points || !other) && has(cues, WordClass::PresentSession) {
            let range = session_name(words, at).filter(|range| points || !is_sitting(&words[range.clone()]));
            let name = range.and_then(|range| field(layout, &words[range]));
            found.extend(name.map(|name| Session { points, number, name }));
        }
        from = at + 1;
    }
    found
}

fn is_thanks(word: &str) -> bool {
    matches!(word, "thank" | "thanks" | "gratitude" | "tribute" | "appreciation")
}

/// "the 1125th meeting": where another spoke, as a rule.
fn is_sitting(words: &[Word]) -> bool {
    words
        .first()
        .zip(words.last())
        .is_some_and(|(first, last)| last.lower == "meeting" && first.lower.starts_with(|c: char| c.is_ascii_digit()))
}

/// The name of the session whose ordinal is word `at`, with the body before or after it.
pub(super) fn session_name(words: &[Word], at: usize) -> Option<Range<usize>> {
    let noun = (at + 1..words.len().min(at + 6)).find(|&i| title::is_meeting(&words[i]))?;
    let of = words.get(noun + 1).filter(|word| word.lower == "of" && words[noun].after.is_none());
    Some(match (of, at.checked_sub(1).map(|i| words[i].lower.as_str())) {
        (Some(_), _) => at..name(words, noun + 2).end,
        (None, Some("its")) => body_before(words, at)..noun + 1,
        _ => at..noun + 1,
    })
}

/// The start of the name before "at its fifth session".
fn body_before(words: &[Word], at: usize) -> usize {
    let Some(end) = at.checked_sub(2).filter(|&i| words[i].lower == "at") else { return at };
    let mut start = end;
    while start > 0 && (words[start - 1].is_capital() || matches!(words[start - 1].lower.as_str(), "and" | "on")) {
        start -= 1;
    }
    if start == end { at } else { start }
}
