//! Claims out of a file into a document of the store: its text is read again, with what was stated of it and with all that
//! other programs proposed before.

use crate::model::{Answers, Extraction, Fault};
use crate::store::{Directory, Error};

use super::Reader;

/// What a document of the store gives with more answers, in place of those that the same program gave before. `version`
/// names program and rules, which must be those that read the document.
///
/// # Errors
/// If the document was read otherwise, or a part of the store is damaged.
pub fn with_answers(
    directory: &Directory,
    reader: &Reader<'_>,
    version: &str,
    sha256: &str,
    answers: Answers,
) -> Result<Extraction, Box<dyn Fault>> {
    let entry = directory.documents().get(sha256).cloned().unwrap_or_default();
    let same = match entry.by == version {
        true => reader.read_again(directory, sha256, Some(answers))?,
        false => None,
    };
    let otherwise = || Error::ReadOtherwise { name: entry.name, by: entry.by, now: version.to_owned() };
    Ok(same.ok_or_else(otherwise)?)
}
