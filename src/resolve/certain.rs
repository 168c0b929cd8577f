//! Whether a name tells by itself which thing it means. "Geneva Conference", "Plan of Action" and "Prime Minister" name
//! another thing in another text; a subject, somebody's full name, a number or a year make them certain.

use crate::model::text::one_line;
use crate::model::{Kind, Mention, Reading};
use crate::seeds::WordClass;

use super::Context;

/// Where a name means the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Certainty {
    /// In all texts.
    Everywhere,
    /// In all texts that say the same year beside it: "the Geneva Conference of 1958".
    InYear(String),
    /// Only in this text.
    Here,
}

/// How many words behind a name its year may stand: "the Geneva Conference, held in May 1958".
const YEAR_WORDS: usize = 6;

/// Where the name of a mention means the same thing.
pub(super) fn of_name(context: &Context, mention: &Mention) -> Certainty {
    let name = one_line(context.text(mention)).to_lowercase();
    let uncertain = match mention.kind {
        Kind::PersonRole => {
            !matches!(mention.reading, Reading::Role { of: Some(_) }) && is_office_alone(context, &name)
        }
        Kind::Meeting | Kind::Treaty | Kind::Document | Kind::Measure => {
            !has_year(&name) && (is_plain(context, mention) || is_of_series(context, &name))
        }
        Kind::UNBody | Kind::ExpertGroup | Kind::InternationalOrganization => is_plain_body(context, &name),
        _ => false,
    };
    match uncertain {
        false => Certainty::Everywhere,
        true if mention.kind == Kind::PersonRole => Certainty::Here,
        true => year_beside(context, mention).map_or(Certainty::Here, Certainty::InYear),
    }
}

/// A year, or a number that counts one of a series: "A/47/277", "Agenda 21".
fn has_year(name: &str) -> bool {
    name.contains(|c: char| c.is_ascii_digit())
}

/// "Prime Minister", "outgoing President", and a surname behind a courtesy alone: "Mr. Moss".
fn is_office_alone(context: &Context, name: &str) -> bool {
    let office = |word: &str| {
        WordClass::OfficeWord.has(word) || WordClass::Office.has(word) || context.lexicon.is(word, WordClass::Rank)
    };
    let words: Vec<&str> = words_of(name).map(|(_, word)| word).collect();
    let surname = words.len() == 2 && WordClass::CourtesyTitle.has(words[0]);
    surname || words.iter().all(|word| office(word) || WordClass::SmallInName.has(word))
}

/// Whether nothing but common words, numbers and the names of places, States and bodies makes the name.
fn is_plain(context: &Context, mention: &Mention) -> bool {
    let places = [Kind::Place, Kind::State, Kind::InternationalOrganization, Kind::UNBody, Kind::GovernmentBody];
    let inside: Vec<_> = context.mentions.inside(mention.span).map(|i| &context.mentions[i]).collect();
    let placed = |at: usize| {
        let at = mention.span.start + at;
        inside.iter().any(|inner| {
            inner.span != mention.span
                && places.contains(&inner.kind)
                && (inner.span.start..inner.span.end).contains(&at)
        })
    };
    let text = context.text(mention);
    words_of(text).all(|(at, word)| placed(at) || is_common(context, &word.to_lowercase()))
}

/// "Council of Ministers", "Preparatory Committee"; a number tells which: "Sixth Committee".
fn is_plain_body(context: &Context, name: &str) -> bool {
    let counted = words_of(name).any(|(_, word)| context.lexicon.numerals().ordinal(word).is_some());
    let mut words = words_of(name).peekable();
    words.peek().is_some() && !counted && words.all(|(_, word)| is_common(context, word))
}

/// A word that tells no conference, treaty or plan from others.
fn is_common(context: &Context, word: &str) -> bool {
    let numerals = context.lexicon.numerals();
    WordClass::PlainInName.has(word)
        || WordClass::SmallInName.has(word)
        || WordClass::LocalHead.has(word)
        || numerals.ordinal(word).is_some()
        || numerals.cardinal(word).is_some()
}

/// "Conference on the Law of the Sea", "Human Development Report" without the number or year that tells which.
fn is_of_series(context: &Context, name: &str) -> bool {
    let counted = words_of(name).any(|(_, word)| context.lexicon.numerals().ordinal(word).is_some());
    !counted && WordClass::SeriesName.words().iter().any(|series| name.contains(series.as_str()))
}

/// The year right before a name, or behind it with nothing but small words, a place and a month between.
fn year_beside(context: &Context, mention: &Mention) -> Option<String> {
    let text = &context.doc.text;
    let before = text[..mention.span.start].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    if let Some(year) = year(before) {
        return Some(year);
    }
    let mut rest = text[mention.span.end..].split_whitespace().take(YEAR_WORDS);
    let links = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        WordClass::YearLink.has(&bare)
            || WordClass::Month.has(&bare)
            || bare.parse::<u8>().is_ok_and(|day| (1..=31).contains(&day))
    };
    // A full stop ends it, "Geneva" does not.
    let mut placed = false;
    rest.find_map(|word| {
        if let Some(year) = year(word) {
            return Some(Some(year));
        }
        let capital = word.starts_with(char::is_uppercase) && !std::mem::replace(&mut placed, true);
        let goes_on = links(word) || capital && !word.ends_with(['.', ';']);
        (!goes_on).then_some(None)
    })
    .flatten()
}

/// A year of four digits, in brackets or before a comma.
fn year(word: &str) -> Option<String> {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let fits = bare.len() == 4 && bare.parse::<u16>().is_ok_and(|year| (1800..2100).contains(&year));
    fits.then(|| bare.to_owned())
}

/// Words and where they begin.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    parts.map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word)).filter(|(_, word)| !word.is_empty())
}
