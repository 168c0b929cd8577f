//! Metadata that front matter declares.

use crate::model::{DateValue, Field, Metadata};

use super::super::dates;
use super::super::front_matter::FrontMatter;

const DATES: &[&str] = &["date", "delivered_on", "adopted_on"];

const PUBLISHED: &[&str] = &["published", "published_time", "publication_date", "published_on"];

/// Reads the keys that people use.
pub(in crate::read) fn metadata(front: &FrontMatter) -> Metadata {
    let source = front.get(&["source_url", "url", "link", "source"]);
    Metadata {
        title: front.get(&["title", "headline"]),
        speaker: front.get(&["speaker", "delivered_by", "spokesperson"]),
        represents: front.get(&["represents", "on_behalf_of", "country", "delegation"]),
        meeting: front.get(&["meeting", "event", "delivered_at"]),
        session: front.get(&["session"]).and_then(number),
        agenda_item: front.get(&["agenda_item", "item"]),
        item_title: front.get(&["item_title", "agenda_item_title"]),
        place: front.get(&["place", "location", "city"]),
        date: front.get(DATES).and_then(date),
        era: None,
        published: front.get(PUBLISHED).and_then(date),
        publisher: front.get(&["publisher", "published_by"]).or_else(|| office(front)),
        source,
        symbol: front.get(&["symbol", "un_symbol"]),
        organ: front.get(&["organ", "adopted_by"]),
        genre: front.get(&["genre", "document_type", "kind"]),
        language: front.get(&["language", "lang"]),
        addressee: front.get(&["addressee", "addressed_to", "to"]),
        stated_by: None,
        items: Vec::new(),
        signatories: Vec::new(),
    }
}

/// Dates that front matter declares and that are none, with the key.
pub(super) fn bad_dates(front: &FrontMatter) -> impl Iterator<Item = (&str, &Field<String>)> {
    let dates = front.entries.iter().filter(|entry| DATES.iter().chain(PUBLISHED).any(|key| *key == entry.key));
    let first = dates.filter_map(|entry| Some((entry.key.as_str(), entry.values.first()?)));
    first.filter(|(_, value)| date((*value).clone()).is_none())
}

/// A `source` that is no address, beside an address under another key, is the office that published.
fn office(front: &FrontMatter) -> Option<Field<String>> {
    front
        .get(&["source_url", "url", "link"])
        .and_then(|_| front.get(&["source"]))
        .filter(|field| !field.value.contains("://"))
}

/// The first number in a value: 5 for "5th session".
fn number(field: Field<String>) -> Option<Field<u32>> {
    let digits: String =
        field.value.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok().map(|value| Field { value, span: field.span })
}

/// A day, interval, month or year. Times of day are left aside; the span keeps the whole value.
fn date(field: Field<String>) -> Option<Field<DateValue>> {
    let interval = field.value.split_once('/').filter(|(start, _)| start.len() == 10);
    let value = match interval {
        Some((start, end)) => {
            let (start, end) = (dates::find(start, None)?, dates::find(end, None)?);
            DateValue::new(&format!("{}/{}", start.value.iso(), end.value.iso()))
        }
        None => dates::find(&field.value, None).map(|found| found.value).or_else(|| coarse(&field.value))?,
    };
    Some(Field { value, span: field.span })
}

/// `2019` or `2019-03`.
fn coarse(text: &str) -> Option<DateValue> {
    let (year, month) = text.split_once('-').unwrap_or((text, "01"));
    dates::year(year)?;
    let valid = month.len() == 2 && month.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
    valid.then(|| DateValue::new(text))
}
