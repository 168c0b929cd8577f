//! What the user knows of a document: a row of a metadata table, a file beside it, options of the command line. The user's
//! word stands before what is read.

use crate::model::{Field, Metadata, Span};

use super::front_matter::{Entry, FrontMatter};
use super::metadata::declared;

/// Values for one document, and who gives them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// The name of the file that says so, without its folders; `command line`.
    pub by: String,
    fields: Vec<(&'static str, String)>,
}

/// The keys, as in front matter; the first of each row is the one that messages name.
const KEYS: &[&[&str]] = &[
    &["title", "headline"],
    &["speaker", "delivered_by", "spokesperson", "author"],
    &["represents", "on_behalf_of", "country", "delegation", "state"],
    &["meeting", "event", "delivered_at"],
    &["session"],
    &["agenda_item", "item"],
    &["item_title", "agenda_item_title"],
    &["place", "location", "city"],
    &["date", "delivered_on", "adopted_on"],
    &["published", "publication_date", "published_on"],
    &["publisher", "published_by"],
    &["source", "source_url", "url", "link"],
    &["symbol", "un_symbol"],
    &["organ", "adopted_by"],
    &["genre", "document_type", "kind"],
    &["language", "lang"],
    &["addressee", "addressed_to"],
];

impl Given {
    /// Nothing yet, from a file or the command line.
    pub fn new(by: &str) -> Self {
        Self { by: by.to_owned(), fields: Vec::new() }
    }

    /// The key that a name stands for, in any case and with blanks or hyphens for `_`.
    pub fn key(name: &str) -> Option<&'static str> {
        let folded = name.trim().to_lowercase().replace([' ', '-'], "_");
        KEYS.iter().find(|names| names.contains(&folded.as_str())).map(|names| names[0])
    }

    /// The key whose name is nearest to one that nobody knows, if one is near.
    pub fn nearest(name: &str) -> Option<&'static str> {
        let folded = name.trim().to_lowercase().replace([' ', '-'], "_");
        let known = KEYS.iter().flat_map(|names| names.iter().map(|known| (names[0], *known)));
        let best = known.min_by_key(|(_, known)| strsim::osa_distance(known, &folded))?;
        (strsim::osa_distance(best.1, &folded) * 3 <= folded.chars().count().max(3)).then_some(best.0)
    }

    /// Sets a value; an empty one says nothing, a later one stands before an earlier one.
    pub fn set(&mut self, key: &'static str, value: &str) {
        if !value.trim().is_empty() {
            self.fields.retain(|(known, _)| *known != key);
            self.fields.push((key, value.trim().to_owned()));
        }
    }

    /// Adds what another one gives; that one's word stands.
    pub fn take(&mut self, other: Given) {
        if self.fields.is_empty() || !other.fields.is_empty() {
            self.by = if self.fields.is_empty() { other.by } else { format!("{}, {}", self.by, other.by) };
        }
        for (key, value) in other.fields {
            self.set(key, &value);
        }
    }

    /// What was given to an earlier reading: see [`Given::values`].
    pub fn again<'v>(by: &str, values: impl IntoIterator<Item = (&'v str, &'v str)>) -> Self {
        let mut given = Self::new(by);
        for (key, value) in values {
            if let Some(key) = Self::key(key) {
                given.set(key, value);
            }
        }
        given
    }

    /// Keys and values, by key.
    pub fn values(&self) -> Vec<(String, String)> {
        let mut values: Vec<_> = self.fields.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
        values.sort();
        values
    }

    /// Whether nothing is given.
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Puts the values in the place of those that were read.
    pub(super) fn apply(&self, metadata: &mut Metadata) {
        let entry = |(key, value): &(&'static str, String)| Entry {
            key: (*key).to_owned(),
            values: vec![Field { value: value.clone(), span: None }],
        };
        let front = FrontMatter { span: Span::default(), entries: self.fields.iter().map(entry).collect() };
        let given = declared::metadata(&front);
        replace(&mut metadata.title, given.title);
        if given.speaker.is_some() || given.represents.is_some() {
            // Another speaker speaks for somebody else.
            metadata.represents = None;
        }
        replace(&mut metadata.speaker, given.speaker);
        replace(&mut metadata.represents, given.represents);
        replace(&mut metadata.meeting, given.meeting);
        replace(&mut metadata.session, given.session);
        replace(&mut metadata.agenda_item, given.agenda_item);
        replace(&mut metadata.item_title, given.item_title);
        replace(&mut metadata.place, given.place);
        replace(&mut metadata.date, given.date);
        replace(&mut metadata.published, given.published);
        replace(&mut metadata.publisher, given.publisher);
        replace(&mut metadata.source, given.source);
        replace(&mut metadata.symbol, given.symbol);
        replace(&mut metadata.organ, given.organ);
        replace(&mut metadata.genre, given.genre);
        replace(&mut metadata.language, given.language);
        replace(&mut metadata.addressee, given.addressee);
        metadata.stated_by = (!self.is_empty()).then(|| self.by.clone());
    }
}

fn replace<T>(slot: &mut Option<T>, value: Option<T>) {
    if value.is_some() {
        *slot = value;
    }
}

#[cfg(test)]
mod tests {
    use super::Given;

    #[test]
    fn names_are_known_or_near() {
        assert_eq!(Given::key("On behalf-of"), Some("represents"));
        assert_eq!(Given::key("speeker"), None);
        assert_eq!(Given::nearest("speeker"), Some("speaker"));
        assert_eq!(Given::nearest("colour"), None);
    }

    #[test]
    fn the_later_word_stands() {
        let mut given = Given::new("table.csv");
        given.set("speaker", "Ana Lind");
        let mut other = Given::new("command line");
        other.set("speaker", "Bo Moss");
        given.take(other);
        let mut metadata = crate::model::Metadata::default();
        given.apply(&mut metadata);
        assert_eq!(metadata.speaker.map(|field| field.value).as_deref(), Some("Bo Moss"));
        assert_eq!(metadata.stated_by.as_deref(), Some("table.csv, command line"));
    }
}
