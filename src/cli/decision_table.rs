//! Tables that people decide in: they fill the first column and hand the table back.

use std::path::Path;

use rapporteur::model::Exit;

use super::{Outcome, output_file, report};

/// What parts the cells of a table, by the ending of its name.
pub fn delimiter(file: &Path) -> u8 {
    if file.extension().is_some_and(|ending| ending == "tsv") { b'\t' } else { b',' }
}

/// Writes a table of so many rows, and says what to do with it: `fill` are the words that may stand in the first column.
/// The file `-` is standard output.
pub fn save(file: &Path, force: bool, bytes: &[u8], (rows, fill): (usize, &str)) -> Outcome {
    if file == Path::new("-") {
        return report::print(|out| out.write_all(bytes));
    }
    output_file::save(file, force, |out| Ok(out.write_all(bytes)?))?;
    let name = file.display();
    report::note(format!("{rows} to decide in {name}: fill the first column with {fill}, then --import it"));
    Ok(Exit::Done)
}
