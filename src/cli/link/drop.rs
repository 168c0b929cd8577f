//! `rapporteur link drop`: takes a vocabulary away, and the links to it.

use clap::Args;
use rapporteur::desk::{amend, decided};
use rapporteur::model::text::counted;
use rapporteur::model::{Exit, Fault};
use rapporteur::store::{Directory, Error, Writer};
use rapporteur::vocabularies;
use rapporteur::vocabularies::load::LoadError;

use super::folder::FolderOption;
use crate::cli::{Outcome, clock, report};

/// Drop a vocabulary and every link to it; loading it again brings both back
#[derive(Args)]
pub struct Drop {
    /// Its short name, as `link list` gives it; also that of a scheme which only the catalogue links to
    #[arg(value_name = "SCHEME")]
    scheme: String,

    #[command(flatten)]
    folder: FolderOption,
}

impl Drop {
    pub fn run(self) -> Outcome {
        let links = self.drop_links()?;
        match (vocabularies::drop_vocabulary(&self.folder.folder(), &self.scheme), links) {
            (Ok(()), links) => report::note(said(&self.scheme, links, true)),
            (Err(LoadError::Missing { .. }), Some(links)) if links > 0 => {
                report::note(said(&self.scheme, Some(links), false));
            }
            (Err(error), _) => return Err(error.into()),
        }
        Ok(Exit::Done)
    }

    /// Takes the links out of the store, if there is one, and sees to it that they stay out.
    fn drop_links(&self) -> Result<Option<usize>, Box<dyn Fault>> {
        let path = self.folder.store.directory();
        match Directory::open(&path) {
            Err(Error::Missing(_)) => return Ok(None),
            other => decided(other?)?,
        };
        let mut writer = Writer::open(&path, None, clock::holder("link drop"))?;
        let base = writer.base();
        let gone = writer.drop_links(&[base.links_graph(&self.scheme), base.link_evidence_graph(&self.scheme)])?;
        if gone > 0 {
            amend(&mut writer, |decisions| decisions.drop_scheme(&self.scheme))?;
            writer.commit()?;
        }
        Ok(Some(gone))
    }
}

fn said(scheme: &str, quads: Option<usize>, was_loaded: bool) -> String {
    let links = quads.filter(|&quads| quads > 0).map(|quads| format!("{} about links", counted(quads, "quad")));
    match (links, was_loaded) {
        (Some(links), true) => format!("dropped {scheme}, and {links} to it"),
        (Some(links), false) => format!("dropped {links} to {scheme}"),
        (None, _) => format!("dropped {scheme}"),
    }
}
