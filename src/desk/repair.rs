//! A damaged store is made whole as far as its own texts can make it.

use std::path::Path;

use crate::lift::{catalogue, ontology};
use crate::model::Fault;
use crate::pipeline::Pipeline;
use crate::read;
use crate::seeds::Catalogue;
use crate::store::{Gone, Harm, Holder, Writer};
use crate::vocabularies::Folder;

use super::{Outside, Reader, decided};

/// What repairing did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repaired {
    /// What was wrong. What is gone is all that is gone in the end.
    pub harm: Harm,
    /// Names of the documents that were read again, with the version that had read them if it was another.
    pub again: Vec<(String, Option<String>)>,
    /// Names of the vocabularies that are damaged, so that what was read again is tied to none of them, and their flaws.
    pub without: Vec<(String, String)>,
}

/// What documents are read again with.
pub struct Means<'p> {
    /// The stages.
    pub pipeline: &'p Pipeline<'p>,
    /// The names that ship and the user's.
    pub known: &'p Catalogue,
    /// The vocabularies.
    pub shelf: Folder,
    /// Program and rules: `rapporteur 0.1.0`.
    pub version: String,
}

/// Repairs a store. `holder` says who writes.
///
/// # Errors
/// When there is no store, another writes, or it cannot be written.
pub fn repair(path: &Path, holder: &Holder, means: Means<'_>) -> Result<Repaired, Box<dyn Fault>> {
    let Means { pipeline, known, shelf, version } = means;
    let (mut writer, mut harm) = Writer::repairing(path, holder)?;
    let (mut again, mut without) = (Vec::new(), shelf.damaged());
    if !harm.is_none() {
        writer.stand(&ontology(writer.base()))?;
        writer.stand(&catalogue(known, writer.base()))?;
        let directory = writer.preview();
        let outside = Outside { shelf, decisions: decided(directory.clone())? };
        let options = read::Options::default();
        let reader = Reader { pipeline, outside: &outside, options, base: writer.base().clone() };
        for sha256 in &harm.to_read {
            let before = directory.documents().get(sha256).map(|entry| entry.by.clone()).unwrap_or_default();
            match reader.read_again(&directory, sha256, None) {
                Ok(Some(extraction)) => {
                    writer.add(&extraction, &version)?;
                    let name = writer.document(sha256).map(|entry| entry.name.clone()).unwrap_or_default();
                    again.push((name, (!before.is_empty() && before != version).then_some(before)));
                }
                Ok(None) | Err(_) => harm.gone.push(Gone::Findings(writer.give_up(sha256))),
            }
        }
        writer.commit()?;
        writer.index()?;
        without = outside.shelf.damaged();
    }
    Ok(Repaired { harm, again, without })
}
