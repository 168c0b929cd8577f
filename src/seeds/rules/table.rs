//! A TOML table read key by key, so that every fault knows its file and line.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::RuleError;
use super::language::Unknown;
use crate::model::Place;

/// A file being read.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub file: &'a str,
    pub text: &'a str,
    /// Where its lines start: places are asked for at every value, and need not count from the top.
    pub lines: &'a [usize],
}

/// Where the lines of a text start, in bytes.
pub(super) fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|newline| newline + 1)).collect()
}

impl Source<'_> {
    /// The place of a byte of the file.
    pub fn place(&self, byte: usize, width: usize) -> Box<Place> {
        let byte = byte.min(self.text.len());
        let line = self.lines.partition_point(|start| *start <= byte);
        let line_start = line.checked_sub(1).map_or(0, |line| self.lines[line]);
        let before = self.text.get(line_start..byte).unwrap_or_default();
        let source = self.text.get(line_start..).unwrap_or_default().lines().next().unwrap_or_default();
        Box::new(Place {
            file: self.file.to_owned(),
            line,
            column: 1 + before.chars().count(),
            source: source.to_owned(),
            width: width.clamp(1, source.chars().count().max(1)),
        })
    }

    fn of<T>(&self, spanned: &Spanned<T>) -> Box<Place> {
        let span = spanned.span();
        self.place(span.start, span.len())
    }
}

/// A table of one file, with the name of what it describes.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    pub source: Source<'a>,
    pub holder: &'static str,
    pub start: usize,
    table: &'a DeTable<'a>,
}

impl<'a> Table<'a> {
    pub fn new(source: Source<'a>, holder: &'static str, start: usize, table: &'a DeTable<'a>) -> Self {
        Self { source, holder, start, table }
    }

    /// Line of the table's header, from 1.
    pub fn line(&self) -> usize {
        self.source.place(self.start, 1).line
    }

    /// Refuses keys that are not in the list.
    pub fn allow(&self, keys: &[&str]) -> Result<(), RuleError> {
        match self.table.keys().find(|key| !keys.contains(&key.get_ref().as_ref())) {
            None => Ok(()),
            Some(key) => Err(RuleError::UnknownKey {
                holder: self.holder,
                key: key.get_ref().to_string(),
                nearest: nearest(key.get_ref(), keys.iter().copied()),
                place: self.source.of(key),
            }),
        }
    }

    /// The keys with their values.
    pub fn entries(&self) -> impl Iterator<Item = (&'a str, &'a Spanned<DeValue<'a>>)> {
        self.table.iter().map(|(key, value)| (key.get_ref().as_ref(), value))
    }

    fn get(&self, key: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.entries().find(|&(known, _)| known == key).map(|(_, value)| value)
    }

    /// A text that must be there.
    pub fn text(&self, key: &'static str) -> Result<(&'a str, Box<Place>), RuleError> {
        let value = self.get(key).ok_or_else(|| self.missing(key))?;
        match value.get_ref().as_str() {
            Some(text) => Ok((text, self.source.of(value))),
            None => Err(self.wrong(key, "a text", value)),
        }
    }

    /// A text or a list of texts; empty where the key is absent.
    pub fn texts(&self, key: &str) -> Result<Vec<(&'a str, Box<Place>)>, RuleError> {
        match self.get(key) {
            Some(value) => self.texts_of(key, value),
            None => Ok(Vec::new()),
        }
    }

    /// As [`Table::texts`], of a value at hand.
    pub fn texts_of(
        &self,
        key: &str,
        value: &'a Spanned<DeValue<'a>>,
    ) -> Result<Vec<(&'a str, Box<Place>)>, RuleError> {
        let wrong = |value| self.wrong(key, "a text or a list of texts", value);
        if let Some(text) = value.get_ref().as_str() {
            return Ok(vec![(text, self.source.of(value))]);
        }
        let items = value.get_ref().as_array().ok_or_else(|| wrong(value))?;
        items
            .iter()
            .map(|item| Ok((item.get_ref().as_str().ok_or_else(|| wrong(item))?, self.source.of(item))))
            .collect()
    }

    /// A number, whole or broken; `None` where the key is absent.
    pub fn number(&self, key: &str) -> Result<Option<f32>, RuleError> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let number = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse().ok(),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        };
        number.map(Some).ok_or_else(|| self.wrong(key, "a number", value))
    }

    /// A yes or no; no where the key is absent.
    pub fn flag(&self, key: &str) -> Result<bool, RuleError> {
        let Some(value) = self.get(key) else { return Ok(false) };
        value.get_ref().as_bool().ok_or_else(|| self.wrong(key, "true or false", value))
    }

    /// A table within; `None` where the key is absent.
    pub fn inner(&self, key: &str, holder: &'static str) -> Result<Option<Table<'a>>, RuleError> {
        let Some(value) = self.get(key) else { return Ok(None) };
        let table = value.get_ref().as_table().ok_or_else(|| self.wrong(key, "a table", value))?;
        Ok(Some(Table::new(self.source, holder, value.span().start, table)))
    }

    /// The tables of a list (`[[rule]]`); none where the key is absent.
    pub fn list(&self, key: &str, holder: &'static str) -> Result<Vec<Table<'a>>, RuleError> {
        let Some(value) = self.get(key) else { return Ok(Vec::new()) };
        let wrong = |value| self.wrong(key, "a list of tables", value);
        let items = value.get_ref().as_array().ok_or_else(|| wrong(value))?;
        items
            .iter()
            .map(|item| {
                let table = item.get_ref().as_table().ok_or_else(|| wrong(item))?;
                Ok(Table::new(self.source, holder, item.span().start, table))
            })
            .collect()
    }

    fn missing(&self, key: &'static str) -> RuleError {
        RuleError::MissingKey { holder: self.holder, key, place: self.source.place(self.start, 1) }
    }

    fn wrong<T>(&self, key: &str, wants: &'static str, value: &Spanned<T>) -> RuleError {
        RuleError::WrongType { key: key.to_owned(), wants, place: self.source.of(value) }
    }
}

/// The fault for a name of the little language that is not known.
pub(super) fn unknown(fault: Unknown, place: Box<Place>) -> RuleError {
    let nearest = nearest(&fault.name, fault.known.iter().map(String::as_str));
    RuleError::UnknownName { what: fault.what, name: fault.name, nearest, place }
}

/// The name most like `name`, if one is like it at all.
fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<String> {
    let close = known.map(|one| (strsim::jaro_winkler(name, one), one)).filter(|&(score, _)| score > 0.75);
    close.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, one)| one.to_owned())
}
