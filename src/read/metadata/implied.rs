//! What is worked out around the grammars: symbols and dates on lines of their own, and what other values imply.

use crate::model::{Field, Metadata, Span};

use super::super::dates;
use super::super::layout::Layout;
use super::super::paragraphs::{Paragraph, Shape};
use super::masthead::Line;
use super::words::{self, Word, field, whole};
use super::{coverage, office, ordinals, printed, set, title};

/// What lines of the masthead say by their form alone; before the grammars.
pub(super) fn before(layout: &Layout, lines: &[Line], metadata: &mut Metadata) {
    for line in lines {
        if let Some(symbol) = symbol(layout, line) {
            set(&mut metadata.symbol, Some(symbol));
        }
        let lower = line.words.iter().take(2).map(|word| word.lower.as_str()).collect::<Vec<_>>().join(" ");
        if matches!(lower.as_str(), "press release" | "media release" | "news release") {
            set(&mut metadata.genre, Some(worked_out("press release")));
        }
        let covers = metadata.symbol.as_ref().is_some_and(|symbol| is_coverage(&symbol.value));
        if covers || coverage::meeting(&line.words).is_some() {
            // Press releases cover meetings too.
            metadata.genre.take_if(|genre| genre.value == "press release" && genre.span.is_none());
            set(&mut metadata.genre, Some(coverage::genre()));
        }
        if line.words.iter().take(2).any(|word| word.lower == "transcript") {
            set(&mut metadata.genre, Some(worked_out("transcript")));
        }
    }
}

/// Symbols of press releases on meetings: "GA/SHC/4228", "SC/15738".
fn is_coverage(symbol: &str) -> bool {
    let mut parts = symbol.split('/');
    let organ = matches!(parts.next(), Some("GA" | "SC" | "ECOSOC" | "DC" | "L" | "SG" | "DSG" | "SOC"));
    let last = parts.next_back().unwrap_or_default();
    organ && last.len() >= 3 && last.bytes().all(|byte| byte.is_ascii_digit())
}

/// Dates on lines of their own.
pub(super) fn dated(layout: &Layout, lines: &[Line], metadata: &mut Metadata) {
    for line in lines.iter().filter(|line| line.shape == Shape::Field) {
        set(&mut metadata.date, date(layout, line));
    }
}

fn worked_out(value: &str) -> Field<String> {
    Field { value: value.into(), span: None }
}

fn date(layout: &Layout, line: &Line) -> Option<Field<crate::model::DateValue>> {
    let found = dates::find(&words::clean(layout, line.span), None)?;
    let span = Span::new(line.span.start + found.range.start, line.span.start + found.range.end);
    Some(Field { value: found.value, span: Some(span) })
}

/// A UN symbol on a line of its own, or in a column of its own: "A/RES/74/173", "United Nations   S/RES/748 (1992)".
fn symbol(layout: &Layout, line: &Line) -> Option<Field<String>> {
    let at = line.words.iter().position(|word| printed::is_symbol(&word.text)).filter(|_| line.words.len() <= 5)?;
    let (first, rest) = line.words.get(at..)?.split_first()?;
    let alone =
        at == 0 || layout.text[..first.span.start].ends_with(['\t', '\u{a0}']) || line.words[at - 1].after == Some('|');
    let end = match rest {
        [] => first.span.end,
        [year] if year.bracket && dates::year(&year.text).is_some() => year.closed(&layout.text),
        _ => return None,
    };
    alone.then(|| whole(layout, Span::new(first.span.start, end)))
}

/// What other values imply; after the grammars.
pub(super) fn after(layout: &Layout, own: &[Line], foreign: &[Line], body: &[Paragraph], metadata: &mut Metadata) {
    set(&mut metadata.title, headline(layout, own, foreign));
    let author = || layout.front.as_ref()?.get(&["author", "authors", "creator", "creators", "by"]);
    if metadata.speaker.is_none() && !is_resolution(metadata) {
        metadata.speaker = author();
    }
    speaker_implies(layout, metadata);
    office_below(layout, own, metadata);
    letterhead(layout, own, metadata);
    session(layout, own, metadata);
    set(&mut metadata.place, foreign.iter().find_map(|line| place(layout, line)));
    if metadata.genre.is_none() && printed::is_report(layout) {
        metadata.genre = Some(worked_out("report"));
    }
    if metadata.genre.is_none() && is_speech(layout, body) {
        metadata.genre = Some(worked_out("statement"));
    }
    if metadata.date.is_none() {
        metadata.date = metadata.published.take();
    }
    let day = |field: &Option<Field<crate::model::DateValue>>| field.as_ref().map(|field| field.value.clone());
    if day(&metadata.published) == day(&metadata.date) {
        metadata.published = None;
    }
}

/// Whether someone greets, thanks, or says "I" early on.
fn is_speech(layout: &Layout, body: &[Paragraph]) -> bool {
    let says_i = |paragraph: &Paragraph| {
        let words = layout.quote(paragraph.span).split_whitespace().take(200);
        words.filter(|word| matches!(*word, "I" | "me" | "my" | "My" | "We" | "we" | "our" | "Our")).count()
    };
    body.iter().any(|p| matches!(p.shape, Shape::Greeting | Shape::Thanks))
        || body.iter().take(5).map(says_i).sum::<usize>() >= 2
}

fn is_resolution(metadata: &Metadata) -> bool {
    metadata.genre.as_ref().is_some_and(|genre| matches!(genre.value.as_str(), "resolution" | "decision"))
}

/// The language of the text, where front matter tells none.
pub(super) fn language(found: Option<&'static str>, metadata: &mut Metadata) {
    set(&mut metadata.language, found.map(worked_out));
}

/// The line that looks most like a title: a marked heading, else the first of some length.
fn headline(layout: &Layout, own: &[Line], foreign: &[Line]) -> Option<Field<String>> {
    let heading = own.iter().chain(foreign).find(|line| line.shape == Shape::Heading && line.words.len() >= 2);
    let line =
        heading.or_else(|| own.iter().enumerate().find(|(i, line)| is_headline(*i, line)).map(|(_, line)| line))?;
    let address = line.words.iter().position(|word| word.text.contains('/') && word.text.contains('.'));
    match address {
        Some(address) => field(layout, &line.words[..address]),
        None => Some(whole(layout, line.span)),
    }
}

fn is_headline(i: usize, line: &Line) -> bool {
    let small = line.words.iter().filter(|word| !word.is_capital()).count();
    let invokes = line.words.iter().take(4).map(|word| word.lower.as_str()).eq(["in", "the", "name", "of"]);
    let spoken =
        line.words.iter().any(|word| matches!(word.lower.as_str(), "i" | "we" | "my" | "our" | "you" | "your"));
    // "United Nations A/79/772 General Assembly Distr.: General" stands above all papers.
    let head = line.words.iter().any(|word| word.lower.starts_with("distr"));
    let breaks_off = line.words.last().is_some_and(|word| crate::read::wording::is_small(&word.lower));
    line.shape == Shape::Line
        && line.words.len() >= 4
        && !invokes
        && !spoken
        && !breaks_off
        && !head
        && (i == 0 || small * 2 <= line.words.len())
}

/// "PERMANENT MISSION OF X TO THE UNITED NATIONS" above all else.
fn letterhead(layout: &Layout, own: &[Line], metadata: &mut Metadata) {
    let Some(line) = own.iter().take(4).find(|line| office::is_letterhead(&line.words)) else { return };
    if metadata.speaker.as_ref().and_then(|speaker| speaker.span).is_some_and(|span| line.span.contains(span)) {
        return;
    }
    set(&mut metadata.publisher, field(layout, &line.words));
    let state = office::represented(&line.words).and_then(|range| field(layout, &line.words[range]));
    set(&mut metadata.represents, state);
}

/// An office speaks for someone; a speaker with an article and no office is itself a State or group.
fn speaker_implies(layout: &Layout, metadata: &mut Metadata) {
    let Some(span) = metadata.speaker.as_ref().and_then(|speaker| speaker.span) else { return };
    let words = words::words(layout, span);
    if let Some(range) = office::represented(&words) {
        set(&mut metadata.represents, field(layout, &words[range]));
    } else if !office::is_office(&words) && layout.text[..span.start].trim_end().ends_with("the") {
        set(&mut metadata.represents, metadata.speaker.clone());
    }
    let from = words.iter().position(|word| word.lower == "from").map(|i| title::trim(&words, i + 1..words.len()));
    let meeting = from.filter(|range| words[range.clone()].last().is_some_and(title::is_meeting));
    set(&mut metadata.meeting, meeting.and_then(|range| field(layout, &words[range])));
}

/// "Statement by H.E. Ms. Ana Lind" and on the next line "Permanent Representative of Elbonia to the United Nations".
fn office_below(layout: &Layout, own: &[Line], metadata: &mut Metadata) {
    let Some(span) = metadata.speaker.as_ref().and_then(|speaker| speaker.span) else { return };
    if metadata.represents.is_some() {
        return;
    }
    // The title again, "Statement by the Ministers of X on Y", is no office.
    let is_title = |line: &&Line| line.words.iter().any(|word| word.lower == "by");
    let below = own.iter().filter(|line| line.span.start >= span.end && line.span.start < span.end + 200).take(2);
    let below = below.filter(|line| !is_title(line));
    let represented = below.into_iter().find_map(|line| {
        let range = office::represented(&line.words).filter(|_| office::is_office(&line.words))?;
        field(layout, &line.words[range])
    });
    metadata.represents = represented;
}

/// The ordinal in the meeting's name, else on a line such as "Seventy-eighth session".
fn session(layout: &Layout, own: &[Line], metadata: &mut Metadata) {
    if metadata.session.is_some() {
        return;
    }
    let meeting = metadata.meeting.as_ref().and_then(|meeting| meeting.span).map(|span| words::words(layout, span));
    let counted = |words: &[Word]| {
        ordinals::session(words).map(|(value, i)| Field { value, span: words.get(i).map(|word| word.span) })
    };
    metadata.session =
        meeting.as_deref().and_then(counted).or_else(|| own.iter().find_map(|line| counted(&line.words)));
}

/// A city at the end of a lead in another language: "… i Wien."
fn place(layout: &Layout, line: &Line) -> Option<Field<String>> {
    let is_in = |word: &Word| matches!(word.lower.as_str(), "i" | "in" | "à" | "en" | "em" | "a");
    line.words.windows(2).find_map(|pair| {
        let city = is_in(&pair[0]) && pair[1].is_capital() && matches!(pair[1].after, Some('.' | ','));
        city.then(|| field(layout, &pair[1..])).flatten()
    })
}
