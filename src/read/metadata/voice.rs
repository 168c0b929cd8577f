//! Whether what was read as a speaker can be one: a title that tells of more than its speaker, a date, a broken line and a
//! heading in capitals are none, and whoever is taken for a speaker is given all that a text says.

use crate::model::{Field, Metadata, Span};
use crate::seeds::WordClass;

use super::super::layout::Layout;
use super::super::{dates, states};
use super::ordinals;
use super::words::{self, Word, field};

/// Cuts speakers to their names, and takes back those who can be none. What a user states stays as it is.
pub(super) fn settle(layout: &Layout, metadata: &mut Metadata) {
    if let Some(reports) = reporting(layout, metadata) {
        metadata.speaker = Some(reports);
    }
    let said = metadata.speaker.as_ref().and_then(|speaker| speaker.span);
    metadata.speaker = metadata.speaker.take().and_then(|speaker| settled(layout, speaker));
    let kept = metadata.speaker.as_ref().and_then(|speaker| speaker.span);
    if let Some(said) = said {
        metadata.represents = metadata.represents.take().and_then(|state| still_told(layout, state, said, kept));
    }
    let nobody = |field: &Field<String>| field.span.is_some_and(|span| is_nobody(&words::words(layout, span)));
    metadata.represents = metadata.represents.take().filter(|state| !nobody(state));
}

/// "Elbonia / Report of the Secretary-General": who reports, where the State that is reported on was taken for the speaker.
fn reporting(layout: &Layout, metadata: &Metadata) -> Option<Field<String>> {
    let speaker = metadata.speaker.as_ref().filter(|speaker| states::is_state(&speaker.value))?;
    let title = metadata.title.as_ref().and_then(|title| title.span)?;
    let read = words::words(layout, title);
    let lower = |at: usize| read.get(at).map_or("", |word| word.lower.as_str());
    let from = 2 + usize::from(lower(2) == "the");
    let reports = lower(0) == "report" && lower(1) == "of" && from < read.len();
    let apart = speaker.span.is_none_or(|span| !title.contains(span));
    field(layout, &read[from.min(read.len())..]).filter(|_| reports && apart)
}

/// For whom a speaker speaks, where the speaker's own words told it, as far as these words are still the speaker's.
fn still_told(layout: &Layout, state: Field<String>, said: Span, kept: Option<Span>) -> Option<Field<String>> {
    let Some(span) = state.span.filter(|&span| said.contains(span)) else { return Some(state) };
    let end = kept?.end;
    if span.end <= end {
        return Some(state);
    }
    let words: Vec<Word> = words::words(layout, span).into_iter().filter(|word| word.span.end <= end).collect();
    field(layout, &words)
}

fn settled(layout: &Layout, speaker: Field<String>) -> Option<Field<String>> {
    let Some(span) = speaker.span else { return Some(speaker) };
    if is_named_for(layout, span) {
        return None;
    }
    let read = words::words(layout, span);
    let named = name(&read);
    if is_nobody(named) {
        return None;
    }
    if named.len() == read.len() { Some(speaker) } else { field(layout, named) }
}

/// "X announces nominee for Ambassador to Elbonia": whoever is to hold an office is told of, and does not speak.
fn is_named_for(layout: &Layout, speaker: Span) -> bool {
    let line = layout.text[..speaker.start].rfind('\n').map_or(0, |end| end + 1);
    let before = words::words(layout, Span::new(line, speaker.start));
    let mut last = before.iter().rev().take(3);
    last.any(|word| matches!(word.lower.as_str(), "nominee" | "nominees" | "nomination" | "appointment" | "nominates"))
}

/// The words of a speaker's name: without "Note by" before it, and without what the speaker does where and how behind it
/// ("Announcing", "in a reception").
fn name(words: &[Word]) -> &[Word] {
    let lower = |at: usize| words.get(at).map_or("", |word: &Word| word.lower.as_str());
    let issued = matches!(lower(0), "note" | "report" | "letter" | "statement") && matches!(lower(1), "by" | "from");
    let start = if issued { 2 + usize::from(lower(2) == "the") } else { 0 };
    let tells = |at: usize| {
        let gerund = words[at].is_capital() && WordClass::TitleGerund.has(lower(at));
        gerund || lower(at) == "in" && matches!(lower(at + 1), "a" | "an")
    };
    let end = (start + 2..words.len()).find(|&at| tells(at)).unwrap_or(words.len());
    &words[start.min(end)..end]
}

/// Whether words name nobody who could speak: a day, a number, a lone word that describes an office or is a heading.
fn is_nobody(words: &[Word]) -> bool {
    let [first, rest @ ..] = words else { return true };
    let text: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    let day = dates::find(&text.join(" "), None).is_some_and(|found| found.range.start == 0);
    let number = first.text.starts_with(|c: char| c.is_ascii_digit());
    // The number of a chapter: "IX."
    let numeral = rest.is_empty() && first.text.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C'));
    let month = rest.len() <= 1 && WordClass::Month.has(&first.lower);
    let shouted = first.text.len() > 4 && first.text.chars().all(char::is_uppercase);
    let alone = rest.is_empty()
        && (WordClass::OfficeAdjective.has(&first.lower)
            || ordinals::parse(&first.lower).is_some()
            || shouted && !states::is_party(&first.text));
    // "Notice on the Continuation of …", "Executive Order on …": what a text is called.
    let entitled = words.iter().take(2).any(|word| WordClass::DocumentNoun.has(&word.lower))
        && words
            .iter()
            .skip(1)
            .take(2)
            .any(|word| matches!(word.lower.as_str(), "on" | "to" | "for" | "regarding" | "concerning"));
    day || number || numeral || month || alone || entitled
}

#[cfg(test)]
mod tests {
    use crate::read::{Format, Options, read};

    fn speaker(text: &str) -> Option<String> {
        let options = Options { format: Some(Format::Markdown), ..Options::default() };
        let document = read("a.md", text.as_bytes(), &options).expect("it can be read");
        document.metadata.speaker.map(|field| field.value)
    }

    #[test]
    fn speakers_are_cut_to_their_names() {
        let title =
            |title: &str| speaker(&format!("---\ntitle: \"{title}\"\n---\n\nWe support the plan of the Union.\n"));
        let cases = [
            ("Remarks by President Lind Announcing New Measures in Elbonia", Some("President Lind")),
            ("Remarks by President Lind in a Reception for the Tide Council", Some("President Lind")),
            ("Fact Sheet: Goal to Be Met by July 4th", None),
            ("Notice on the Continuation of the Emergency of Elbonia", None),
        ];
        for (text, wanted) in cases {
            assert_eq!(title(text).as_deref(), wanted, "{text}");
        }
    }
}
