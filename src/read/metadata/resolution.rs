//! Resolutions: who adopted them, when, under which number; and with these, their own symbol.

use crate::model::{Field, Metadata, Span};

use super::super::dates;
use super::super::layout::Layout;
use super::super::paragraphs::{Paragraph, Shape};
use super::masthead::Line;
use super::words::{self, Word, field, whole};

/// How the symbols of an organ's resolutions and decisions begin. This is the grammar of UN symbols, not knowledge of
/// documents: other organs' resolutions are cited by number and organ.
const SERIES: &[(&str, &str)] = &[
    ("general assembly", "A"),
    ("security council", "S"),
    ("economic and social council", "E"),
    ("human rights council", "A/HRC"),
];

/// Reads a resolution's masthead. `false` if the document is none.
pub(super) fn read(layout: &Layout, lines: &[Line], first: Option<&Paragraph>, metadata: &mut Metadata) -> bool {
    let enacting = first.filter(|paragraph| paragraph.shape == Shape::Enacting);
    let heads = lines.iter().position(|line| is_head(&line.words));
    if heads.is_none() && enacting.is_none() {
        return false;
    }
    let genre =
        heads.map_or("resolution", |i| if lines[i].words[0].lower == "decision" { "decision" } else { "resolution" });
    metadata.genre.get_or_insert_with(|| Field { value: genre.into(), span: None });
    let mut number = None;
    for (at, line) in lines.iter().enumerate() {
        adopted(layout, line, metadata);
        if at > 0 && adopted_by(&lines[at - 1]).is_some() {
            adopted_on(layout, line, metadata);
        }
        number =
            number.or_else(|| numbered_title(layout, line, metadata)).or_else(|| numbered_head(layout, line, metadata));
    }
    if let Some(paragraph) = enacting {
        let words = words::words(layout, paragraph.span);
        metadata.organ = metadata.organ.take().or_else(|| field(layout, &words));
    }
    if let (Some((number, span)), None) = (number, &metadata.symbol) {
        metadata.symbol = symbol(metadata, genre, &number).map(|value| Field { value, span: Some(span) });
    }
    true
}

/// "Resolution adopted by …", "Resolution 748 (1992)", "Draft resolution", "RESOLUTION 5/2".
fn is_head(words: &[Word]) -> bool {
    let lower = |i: usize| words.get(i).map_or("", |word| word.lower.as_str());
    let first = usize::from(lower(0) == "draft");
    let numbered = lower(first + 1).starts_with(|c: char| c.is_ascii_digit());
    matches!(lower(first), "resolution" | "decision")
        && (lower(first + 1) == "adopted" || numbered || words.len() == first + 1)
}

/// "… adopted by the General Assembly on 18 December 2019", "of 31 March 1992".
fn adopted(layout: &Layout, line: &Line, metadata: &mut Metadata) {
    let text = words::clean(layout, line.span);
    let date = dates::find(&text, None);
    let date_start = date.as_ref().map_or(line.span.end, |found| line.span.start + found.range.start);
    let by = adopted_by(line);
    let adopts = by.is_some() || is_head(&line.words);
    if let (Some(by), None) = (by, &metadata.organ) {
        let rest = &line.words[by + 2..];
        let stop =
            rest.iter().position(|word| word.span.start >= date_start || matches!(word.lower.as_str(), "on" | "at"));
        metadata.organ = field(layout, &rest[..stop.unwrap_or(rest.len())]);
    }
    if by.is_some() {
        super::set(&mut metadata.meeting, meeting(layout, &line.words));
    }
    if let (Some(found), true, None) = (date, adopts, &metadata.date) {
        let span = Span::new(line.span.start + found.range.start, line.span.start + found.range.end);
        metadata.date = Some(Field { value: found.value, span: Some(span) });
    }
}

/// Where a line says "adopted by".
fn adopted_by(line: &Line) -> Option<usize> {
    line.words.windows(2).position(|pair| pair[0].lower == "adopted" && pair[1].lower == "by")
}

/// "on 25 August 1999" below who adopted it: the day of the text, and not the one on which it was printed.
fn adopted_on(layout: &Layout, line: &Line, metadata: &mut Metadata) {
    let printed = metadata.date.as_ref().is_none_or(|date| date.span.is_some());
    let text = words::clean(layout, line.span);
    let Some(found) = dates::find(&text, None).filter(|_| printed && text.starts_with("on ")) else { return };
    let span = Span::new(line.span.start + found.range.start, line.span.start + found.range.end);
    metadata.date = Some(Field { value: found.value, span: Some(span) });
}

/// "at its 9948th meeting".
fn meeting(layout: &Layout, words: &[Word]) -> Option<Field<String>> {
    let (_, at) = super::ordinals::session(words)?;
    let noun = words.iter().skip(at).position(super::title::is_meeting)?;
    field(layout, &words[at..=at + noun])
}

/// "74/173. Promoting …": the number, and the title after it.
fn numbered_title(layout: &Layout, line: &Line, metadata: &mut Metadata) -> Option<(String, Span)> {
    let first = line.words.first().filter(|word| is_number(&word.text) && word.text.contains('/'))?;
    let letter = line.words.get(1).filter(|word| word.text.len() == 1 && word.after == Some('.'));
    let label = 1 + usize::from(letter.is_some());
    if line.words.get(label - 1)?.after != Some('.') {
        return None;
    }
    let last = line.words.get(label - 1)?;
    let number = Span::new(first.span.start, last.span.end);
    if metadata.title.is_none()
        && let (Some(start), Some(end)) = (line.words.get(label), line.words.last())
    {
        metadata.title = Some(whole(layout, Span::new(start.span.start, end.span.end)));
    }
    Some((whole(layout, number).value, number))
}

/// "Resolution 748 (1992)", "Resolution 26/4": the number, and the words as a title.
fn numbered_head(layout: &Layout, line: &Line, metadata: &mut Metadata) -> Option<(String, Span)> {
    let head = line.words.iter().position(|word| matches!(word.lower.as_str(), "resolution" | "decision"))?;
    let number = line.words.get(head + 1).filter(|word| head <= 1 && is_number(&word.text))?;
    let year = line.words.get(head + 2).filter(|word| word.bracket && dates::year(&word.text).is_some());
    let last = year.map_or(number.span.end, |year| year.closed(&layout.text));
    let span = Span::new(number.span.start, last);
    if metadata.title.is_none() {
        metadata.title = Some(whole(layout, Span::new(line.words[head].span.start, last)));
    }
    Some((whole(layout, span).value, span))
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.chars().all(|c| c.is_ascii_digit() || c == '/')
        && text.matches('/').count() <= 1
}

/// The canonical symbol of a numbered resolution or decision.
fn symbol(metadata: &Metadata, genre: &str, number: &str) -> Option<String> {
    let organ = metadata.organ.as_ref()?.value.to_lowercase();
    let (_, series) = SERIES.iter().find(|(name, _)| organ.ends_with(name))?;
    let kind = if genre == "decision" { "DEC" } else { "RES" };
    // Only the Security Council counts through and adds the year.
    (number.contains('/') != (*series == "S")).then(|| format!("{series}/{kind}/{number}"))
}
