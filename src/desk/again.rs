//! The texts of a store read anew, to prove what it holds.

use crate::check::{Comparison, Finding};
use crate::model::Fault;
use crate::store::Directory;

use super::Reader;

/// Reads each text of a store anew and compares. `version` names program, rules and names: what another one read is passed
/// over. Nothing is written.
///
/// # Errors
/// When something that was kept for a text is damaged.
pub fn again(directory: &Directory, reader: &Reader<'_>, version: &str) -> Result<Vec<Finding>, Box<dyn Fault>> {
    let mut comparison = Comparison::default();
    for (sha256, entry) in directory.documents() {
        if entry.by != version {
            comparison.pass_over(&entry.name);
        } else if directory.text(sha256).is_ok() {
            comparison.see(directory, sha256, reader.read_again(directory, sha256, None)?.as_ref());
        }
    }
    Ok(comparison.findings())
}
