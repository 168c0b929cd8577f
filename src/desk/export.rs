//! What an export or a report is made of, read out of a store.

use crate::export::reference::Reference;
use crate::export::report::{self, Page, Sources};
use crate::export::{Evidence, ExportError, Format, FormatScope, Quads, Selection, rdf};
use crate::lift::Layer;
use crate::store::Damage;

use super::Desk;

/// The quads of an export.
pub struct Graphs {
    /// What is to be written, and the catalogue where that explains it.
    pub quads: Quads,
    /// IRIs of graphs that only explain.
    pub background: Vec<String>,
    /// What could not be read.
    pub damages: Vec<Damage>,
}

/// References with the page that they are from.
pub type References = (Page, Vec<Reference>);

impl Desk {
    /// The names of graphs as people give them: a document by the name of its file.
    pub fn selection(&self, names: &[String]) -> Selection {
        let name = |name: &String| {
            let document = self.directory.documents().iter().find(|(_, document)| document.name == *name);
            let base = self.directory.base();
            document.map_or_else(|| name.clone(), |(sha256, _)| base.document_graph(sha256).into_string())
        };
        Selection { names: names.iter().map(name).collect() }
    }

    /// What is to be written in a format. A picture or a reference also gets the catalogue, which knows what is part of
    /// what.
    ///
    /// # Errors
    /// When the store cannot be read, or the chosen graphs hold nothing.
    pub fn graphs(&mut self, selection: &Selection, evidence: Evidence, format: Format) -> Result<Graphs, ExportError> {
        let (mut quads, mut damages) = Quads::from_directory(&mut self.directory, &selection.layers())?;
        selection.apply(&mut quads, self.directory.base())?;
        evidence.apply(&mut quads, |digits| self.text(digits));
        let mut background = Vec::new();
        if format.shape() != FormatScope::Triples && !selection.layers().contains(&Layer::Catalogue) {
            let (more, damaged) = Quads::from_directory(&mut self.directory, &[Layer::Catalogue])?;
            rdf::pour(&more, more.rows(), &mut quads)?;
            damages.extend(damaged);
            background.push(self.directory.base().shared_graph("catalogue").into_string());
        }
        Ok(Graphs { quads, background, damages })
    }

    /// The report on what a name means, the documents that it uses, a remark on the name, and what is damaged.
    ///
    /// # Errors
    /// When the store cannot be read, or the name leads to no one thing.
    pub fn report(
        &mut self,
        name: &str,
        min_confidence: f64,
    ) -> Result<(References, Option<String>, Vec<Damage>), ExportError> {
        let (record, damages) = self.record(&super::REPORT)?;
        let (id, remark) = super::meant(&record, name)?;
        let sources = Sources { record: &record, text: &|digits| self.text(digits), min_confidence };
        let page = report::page(&sources, record.quads().text(id)).unwrap_or_default();
        Ok((page, remark, damages))
    }
}
