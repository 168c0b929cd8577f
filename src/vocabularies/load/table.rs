//! Labels out of tables: one row a label, or one row an entry with further names in one cell.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use super::columns::{ColumnRole, Columns, Description};
use super::error::{LoadError, NOT_UTF8};
use super::fact::{Fact, Take};
use super::plain::Decoded;
use crate::link::schemes;
use crate::link::vocabulary::{Role, Sort};

/// Bytes of one cell that is certainly no name: a table whose quotes do not match would swallow the rest of the file.
const LONGEST_ROW: usize = 4 << 20;

/// Reads a table's rows into facts. The cells of a table that is no TSV are parted by what its heading has most of.
///
/// # Errors
/// If columns are missing or a row cannot be used; and what `take` says.
pub fn read(
    name: &str,
    is_tsv: bool,
    description: &Description,
    file: impl Read,
    take: &mut Take<'_>,
) -> Result<(), LoadError> {
    let file = decoded(description, file)?;
    let since = Rc::new(Cell::new(0));
    let mut file = BufReader::with_capacity(1 << 16, RowBytes { inner: file, since: Rc::clone(&since) });
    let heading = file.fill_buf().map_err(|error| LoadError::read(name, &error))?;
    let delimiter = if is_tsv { b'\t' } else { delimiter(description, heading) };
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        // Quotes mean nothing in TSV as vocabularies write it.
        .quoting(!is_tsv)
        .has_headers(false)
        .flexible(true)
        .from_reader(file);
    let mut row = csv::StringRecord::new();
    if !rows.read_record(&mut row).map_err(|error| fault(name, &error))? {
        return Err(LoadError::build(name, crate::vocabularies::index::BuildError::Empty));
    }
    let columns = Columns::find(name, description.columns.clone(), &row)?;
    let width = row.len();
    while rows.read_record(&mut row).map_err(|error| fault(name, &error))? {
        let line = row.position().map_or(0, csv::Position::line);
        since.set(0);
        let refuse = |reason: String| LoadError::Row { name: name.to_owned(), line, reason };
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if row.len() < 2 && width > 1 {
            return Err(refuse(format!("it has {} cell where the heading has {width}", row.len())));
        }
        Row { columns: &columns, description, row: &row }.take(take).map_err(|error| match error {
            Refused::Row(reason) => refuse(reason),
            Refused::Taken(error) => error,
        })?;
    }
    Ok(())
}

/// The text of a table in the encoding that the user named.
fn decoded<'r>(description: &Description, file: impl Read + 'r) -> Result<Box<dyn Read + 'r>, LoadError> {
    let Some(label) = &description.encoding else { return Ok(Box::new(file)) };
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes());
    let encoding = encoding.ok_or_else(|| LoadError::Encoding(label.clone()))?;
    Ok(Box::new(Decoded::new(file, encoding)))
}

/// What parts the cells: what the user said, else what the first line has most of outside quotes.
fn delimiter(description: &Description, text: &[u8]) -> u8 {
    if let Some(Ok(said)) = description.delimiter.map(u8::try_from) {
        return said;
    }
    let line = text.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let outside: Vec<u8> = line.split(|&byte| byte == b'"').step_by(2).flatten().copied().collect();
    let count = |wanted: u8| outside.iter().filter(|&&byte| byte == wanted).count();
    // Of equals the first is meant.
    let more = |best: u8, next: u8| if count(next) > count(best) { next } else { best };
    [b';', b'\t'].into_iter().fold(b',', more)
}

/// A reader that ends with an error where a row goes on and on.
struct RowBytes<R> {
    inner: R,
    /// Bytes read since the last row ended.
    since: Rc<Cell<usize>>,
}

impl<R: Read> Read for RowBytes<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.since.set(self.since.get() + read);
        match self.since.get() {
            0..=LONGEST_ROW => Ok(read),
            _ => Err(io::Error::other("a row has more than 4 MB; a quote may not be closed")),
        }
    }
}

fn fault(name: &str, error: &csv::Error) -> LoadError {
    match error.kind() {
        csv::ErrorKind::Io(error) => LoadError::read(name, error),
        csv::ErrorKind::Utf8 { pos, .. } => LoadError::Row {
            name: name.to_owned(),
            line: pos.as_ref().map_or(0, csv::Position::line),
            reason: NOT_UTF8.to_owned(),
        },
        _ => LoadError::Row { name: name.to_owned(), line: 0, reason: error.to_string() },
    }
}

/// Why a row was not taken.
enum Refused {
    Row(String),
    Taken(LoadError),
}

impl From<LoadError> for Refused {
    fn from(error: LoadError) -> Self {
        Self::Taken(error)
    }
}

/// One row and what its cells mean.
struct Row<'a> {
    columns: &'a Columns,
    description: &'a Description,
    row: &'a csv::StringRecord,
}

impl Row<'_> {
    fn cell(&self, what: ColumnRole) -> &str {
        self.columns.cell(what, self.row)
    }

    fn take(&self, take: &mut Take<'_>) -> Result<(), Refused> {
        let id = self.cell(ColumnRole::Iri);
        if id.is_empty() {
            return Err(Refused::Row("it has no IRI".to_owned()));
        }
        let iri = self.iri(id);
        let scheme = self.cell(ColumnRole::Scheme);
        if !scheme.is_empty() {
            take("", Fact::Scheme(scheme))?;
        }
        self.labels(&iri, take)?;
        let kind =
            Some(self.cell(ColumnRole::Kind)).filter(|kind| !kind.is_empty()).or(self.description.kind.as_deref());
        if let Some(kind) = kind {
            let sort = Sort::from_word(kind).ok_or_else(|| {
                let known: Vec<&str> = Sort::ALL.iter().map(|sort| sort.name()).collect();
                Refused::Row(format!("do not know the kind “{kind}”; known are {}", known.join(", ")))
            })?;
            take(&iri, Fact::Sort(sort))?;
        }
        if !matches!(self.cell(ColumnRole::Status), "" | "active" | "current" | "valid") {
            take(&iri, Fact::Withdrawn)?;
        }
        let broader = self.cell(ColumnRole::Broader);
        if !broader.is_empty() {
            take(&iri, Fact::Broader(&self.iri(broader)))?;
        }
        Ok(take(&iri, Fact::Country(self.cell(ColumnRole::Country)))?)
    }

    fn labels(&self, iri: &str, take: &mut Take<'_>) -> Result<(), Refused> {
        let role = self.cell(ColumnRole::Role);
        let role = Role::from_word(role)
            .ok_or_else(|| Refused::Row(format!("“{role}” is no type of label; known are pref, alt, hidden")))?;
        let given = self.cell(ColumnRole::Lang);
        let language = if given.is_empty() { self.description.language.as_deref().unwrap_or_default() } else { given };
        take(iri, Fact::Label { role, language, text: self.cell(ColumnRole::Label) })?;
        let separator = self.description.separator.as_deref().unwrap_or("|");
        for text in self.cell(ColumnRole::Alt).split(separator).map(str::trim).filter(|text| !text.is_empty()) {
            take(iri, Fact::Label { role: Role::Alternative, language, text })?;
        }
        Ok(())
    }

    /// The IRI that an identifier stands for.
    fn iri(&self, id: &str) -> String {
        match &self.description.iri {
            Some(pattern) if !id.contains("://") => pattern.replacen("{}", id, 1),
            _ => schemes::normal_iri(id),
        }
    }
}
