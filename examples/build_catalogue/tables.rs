//! The tables of verified identifiers, as they are.

use std::collections::HashMap;
use std::error::Error;
use std::path::Path;

/// One row of a table: column name to value.
pub type Row = HashMap<String, String>;

/// All tables.
pub struct Tables {
    pub identifiers: Vec<Row>,
    pub countries: Vec<Row>,
    pub resolutions: Vec<Row>,
    pub meetings: Vec<Row>,
    /// Wrong links that are easy to make: label and `scheme:code`, with ` as …` behind it if a weaker match is right.
    traps: Vec<(String, String)>,
}

impl Tables {
    /// Reads them from their folder.
    pub fn read(folder: &Path) -> Result<Self, Box<dyn Error>> {
        let table = |name: &str| rows(&folder.join(name));
        Ok(Self {
            identifiers: table("identifiers.csv")?,
            countries: table("countries.csv")?,
            resolutions: table("resolutions.csv")?,
            meetings: table("meetings.csv")?,
            traps: traps(&folder.join("traps.tsv"))?,
        })
    }
}

fn traps(path: &Path) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let rows = text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned));
    Ok(rows.filter_map(|mut cells| Some((cells.next()?, cells.next()?))).collect())
}

/// The rows of a CSV file.
pub fn rows(path: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(reader.deserialize().collect::<Result<_, _>>()?)
}

impl Tables {
    /// Whether a row of identifiers is a known wrong link.
    pub fn is_trap(&self, row: &Row) -> bool {
        let link = format!("{}:{}", value(row, "scheme"), value(row, "identifier"));
        let named = self.traps.iter().filter(|(label, _)| label == value(row, "entity_label"));
        named
            .filter_map(|(_, wrong)| wrong.strip_prefix(link.as_str()))
            .any(|rest| rest.is_empty() || (rest.starts_with(" as ") && value(row, "match") == "exact"))
    }
}

/// A value of a row; empty if the column is missing.
pub fn value<'r>(row: &'r Row, column: &str) -> &'r str {
    row.get(column).map_or("", String::as_str)
}
