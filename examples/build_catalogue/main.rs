//! Builds the catalogue that ships from the tables of verified identifiers:
//!
//! ```text
//! cargo run --example build_catalogue -- ../shared/data/identifiers seeds/catalogue
//! ```
//!
//! Reads `identifiers.csv`, `countries.csv`, `resolutions.csv` and `meetings.csv` of the first folder and the tables of
//! `../countries` beside it, leaves out what `traps.tsv` calls wrong, and writes sorted Turtle files into the second. The same tables give the same bytes; a
//! file that is new must be named in `src/seeds/catalogue/embedded.rs`. Files whose names begin with `supplement` are
//! written by hand and never touched. What the tables leave open (keys, finer classes, what is part of what) is decided
//! in `entities.tsv` and `sessions.tsv` beside this file.

mod decisions;
mod names;
mod tables;
mod territories;
mod things;
mod write;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [tables, catalogue] = arguments.as_slice() else {
        return Err("usage: build_catalogue TABLES_DIR CATALOGUE_DIR".into());
    };
    let folder = Path::new(tables);
    let tables = tables::Tables::read(folder)?;
    let mut things = things::Things::of(&tables)?;
    let members = tables.countries.iter().map(|row| tables::value(row, "iso3")).collect();
    territories::Territories::read(&folder.join("../countries"), &members)?.add_to(&mut things);
    for (name, text) in write::files(&things) {
        std::fs::write(Path::new(catalogue).join(&name), &text)?;
        println!("{name}: {} bytes", text.len());
    }
    Ok(())
}
