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
        })
    }
}

fn rows(path: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let mut reader = csv::Reader::from_path(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(reader.deserialize().collect::<Result<_, _>>()?)
}

/// A value of a row; empty if the column is missing.
pub fn value<'r>(row: &'r Row, column: &str) -> &'r str {
    row.get(column).map_or("", String::as_str)
}
