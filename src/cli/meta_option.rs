//! What the user knows of the texts: a table of metadata, a file beside a text, options for one text.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use rapporteur::model::{Code, Fault};
use rapporteur::read::Given;
use serde_json::Value;

use super::input::Input;
use super::report;
use super::trouble::Trouble;

/// What is known of the texts beside what they say.
#[derive(Args, Clone, Debug, Default)]
pub struct MetaOption {
    /// A table of what you know of the texts (.csv, .tsv, .jsonl): a column `file` with name or path, further columns
    /// speaker, represents, meeting, session, item, date, title, symbol, source, language, genre …; your word stands
    #[arg(long, value_name = "FILE")]
    meta: Option<PathBuf>,

    /// Who speaks (one text only)
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,

    /// For which State, group or organisation (one text only)
    #[arg(long, value_name = "NAME")]
    represents: Option<String>,

    /// At which meeting (one text only)
    #[arg(long, value_name = "NAME")]
    meeting: Option<String>,

    /// On which day: 2021-04-08, "8 April 2021" (one text only)
    #[arg(long, value_name = "DATE")]
    date: Option<String>,

    /// What it is called (one text only)
    #[arg(long, value_name = "WORDS")]
    title: Option<String>,

    /// Its UN symbol (one text only)
    #[arg(long, value_name = "SYMBOL")]
    symbol: Option<String>,

    /// What sort of document it is: statement, letter, resolution … (one text only)
    #[arg(long, value_name = "WORD")]
    genre: Option<String>,
}

/// The table, and what stands on the command line.
pub struct Knowledge {
    rows: BTreeMap<String, Given>,
    /// Names of rows that no text asked for yet.
    left: RefCell<BTreeSet<String>>,
    /// Whether there is a table at all.
    is_table: bool,
    typed: Given,
}

/// Columns that name the text.
const NAMES: &[&str] = &["file", "filename", "file_name", "path", "name", "document"];

impl MetaOption {
    /// Reads the table. `texts` are all that will be asked for.
    pub fn knowledge(&self, texts: &[Input]) -> Result<Knowledge, Box<dyn Fault>> {
        let mut typed = Given::new("command line");
        let options = [
            ("speaker", &self.speaker),
            ("represents", &self.represents),
            ("meeting", &self.meeting),
            ("date", &self.date),
            ("title", &self.title),
            ("symbol", &self.symbol),
            ("genre", &self.genre),
        ];
        for (key, value) in options {
            typed.set(key, value.as_deref().unwrap_or_default());
        }
        if !typed.is_empty() && texts.len() != 1 {
            let problem =
                format!("--speaker, --represents and the like are for one text, and there are {}", texts.len());
            return Err(Trouble::new(Code::METADATA_UNREADABLE, problem).into());
        }
        let rows = self.meta.as_deref().map(table).transpose()?.unwrap_or_default();
        let left = RefCell::new(rows.keys().cloned().collect());
        Ok(Knowledge { rows, left, is_table: self.meta.is_some(), typed })
    }
}

impl Knowledge {
    /// What is known of a text: the table's row, then the file beside it, then the command line.
    pub fn of(&self, input: &Input) -> Result<Option<Given>, Trouble> {
        let name = input.name();
        let mut given = Given::default();
        let row = self.row(&name);
        if let Some(row) = row {
            given.take(row);
        } else if self.is_table {
            report::note(format!("note: {name} has no row in the metadata"));
        }
        if !input.row().is_empty() {
            let mut own = Given::new(&called(Path::new(name.split('#').next().unwrap_or(&name))));
            let known = input.row().iter().filter_map(|(name, value)| Some((Given::key(name)?, value)));
            known.for_each(|(key, value)| own.set(key, value));
            given.take(own);
        }
        if let Some(beside) = beside(Path::new(&name))? {
            given.take(beside);
        }
        if !self.typed.is_empty() {
            given.take(self.typed.clone());
        }
        Ok(Some(given).filter(|given| !given.is_empty()))
    }

    fn row(&self, name: &str) -> Option<Given> {
        let base = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let stem = base.rsplit_once('.').map_or(base, |(stem, _)| stem);
        let key = [name, base, stem].into_iter().find(|key| self.rows.contains_key(*key))?;
        self.left.borrow_mut().remove(key);
        self.rows.get(key).cloned()
    }

    /// Tells of rows that were for no text.
    pub fn sum_up(&self) {
        let left = self.left.borrow();
        if !left.is_empty() {
            let some: Vec<&str> = left.iter().take(5).map(String::as_str).collect();
            let more = if left.len() > some.len() { " …" } else { "" };
            report::note(format!(
                "note: {} rows of the metadata are for no text: {}{more}",
                left.len(),
                some.join(", ")
            ));
        }
    }
}

fn trouble(path: &Path, problem: &str) -> Trouble {
    Trouble::new(Code::METADATA_UNREADABLE, format!("{}: {problem}", path.display()))
}

fn text(path: &Path) -> Result<String, Trouble> {
    let bytes = fs::read(path).map_err(|error| trouble(path, &format!("cannot be read ({})", error.kind())))?;
    let text = String::from_utf8(bytes).map_err(|_| trouble(path, "is not UTF-8"))?;
    Ok(text.trim_start_matches('\u{feff}').to_owned())
}

fn called(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// Rows by the name of their text.
fn table(path: &Path) -> Result<BTreeMap<String, Given>, Trouble> {
    let text = text(path)?;
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default().to_lowercase();
    let rows = rows(path, &text, &extension)?;
    let mut strangers: BTreeSet<String> = BTreeSet::new();
    let mut found = BTreeMap::new();
    for row in rows {
        let is_name = |name: &String| NAMES.contains(&name.trim().to_lowercase().replace([' ', '-'], "_").as_str());
        let Some((_, file)) = row.iter().find(|(name, value)| is_name(name) && !value.is_empty()) else { continue };
        let mut given = Given::new(&called(path));
        for (name, value) in row.iter().filter(|(name, _)| !is_name(name)) {
            match Given::key(name) {
                Some(key) => given.set(key, value),
                None => {
                    strangers.insert(name.clone());
                }
            }
        }
        found.insert(file.trim().to_owned(), given);
    }
    tell_strangers(path, &strangers);
    if found.is_empty() {
        return Err(trouble(path, "no row names a text: it needs a column `file`"));
    }
    Ok(found)
}

/// Columns that nobody knows, with the nearest name.
fn tell_strangers(path: &Path, strangers: &BTreeSet<String>) {
    for name in strangers {
        let near = Given::nearest(name).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        report::note(format!("note: {}: nothing is done with the column `{name}`{near}", path.display()));
    }
}

/// Columns and values.
pub type Row = Vec<(String, String)>;

/// The rows of a table.
pub fn rows(path: &Path, text: &str, extension: &str) -> Result<Vec<Row>, Trouble> {
    match extension {
        "jsonl" | "ndjson" => json_lines(path, text),
        "tsv" | "tab" => separated(path, text, b'\t'),
        _ if text.lines().next().is_some_and(|line| line.contains(';') && !line.contains(',')) => {
            separated(path, text, b';')
        }
        _ => separated(path, text, b','),
    }
}

/// The values of a line of JSON; `None` if it is no object.
pub fn json_row(line: &str) -> Option<Row> {
    plain_values(&serde_json::from_str(line).ok()?)
}

fn separated(path: &Path, text: &str, separator: u8) -> Result<Vec<Row>, Trouble> {
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let bad = |error: csv::Error| trouble(path, &format!("is no good table ({error})"));
    let heads: Vec<String> = reader.headers().map_err(bad)?.iter().map(str::to_owned).collect();
    let row = |record: csv::StringRecord| heads.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|record| record.map(row).map_err(bad)).collect()
}

fn json_lines(path: &Path, text: &str) -> Result<Vec<Row>, Trouble> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let row = |(number, line): (usize, &str)| {
        let value: Value = serde_json::from_str(line)
            .map_err(|error| trouble(path, &format!("line {} is no JSON object ({error})", number + 1)))?;
        plain_values(&value).ok_or_else(|| trouble(path, &format!("line {} is no JSON object", number + 1)))
    };
    lines.map(row).collect()
}

/// The plain values of an object; of a list the members, joined.
pub fn plain_values(value: &Value) -> Option<Row> {
    let plain = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let row = value.as_object()?.iter().filter_map(|(name, value)| {
        let words = match value {
            Value::Array(list) => Some(list.iter().filter_map(plain).collect::<Vec<_>>().join(", ")),
            value => plain(value),
        };
        Some((name.clone(), words?))
    });
    Some(row.collect())
}

/// `file.meta.json` or `file.meta.yaml` beside a text.
pub fn beside(text_path: &Path) -> Result<Option<Given>, Trouble> {
    for ending in ["meta.json", "meta.yaml", "meta.yml"] {
        let mut full = text_path.as_os_str().to_owned();
        full.push(format!(".{ending}"));
        let full = PathBuf::from(full);
        let path = [full, text_path.with_extension(ending)].into_iter().find(|path| path.is_file());
        let Some(path) = path else { continue };
        let text = text(&path)?;
        let value: Value = match ending {
            "meta.json" => {
                serde_json::from_str(&text).map_err(|error| trouble(&path, &format!("is no JSON ({error})")))?
            }
            _ => serde_yaml_ng::from_str(&text).map_err(|error| trouble(&path, &format!("is no YAML ({error})")))?,
        };
        let row = plain_values(&value).ok_or_else(|| trouble(&path, "is no list of “key: value”"))?;
        let mut given = Given::new(&called(&path));
        let mut strangers = BTreeSet::new();
        for (name, value) in &row {
            match Given::key(name) {
                Some(key) => given.set(key, value),
                None => {
                    strangers.insert(name.clone());
                }
            }
        }
        tell_strangers(&path, &strangers);
        return Ok(Some(given));
    }
    Ok(None)
}
