//! The user's own SHACL files for `check`: read, held against the store, told in lines and as a report in RDF.

use std::path::{Path, PathBuf};

use rapporteur::check::{Finding, Report, Shapes, standing};
use rapporteur::export::{self, ExportError, Format, FormatScope, Prefixes, Quads, view};
use rapporteur::lift::Base;
use rapporteur::lift::vocabulary::PREFIXES;
use rapporteur::model::{Code, Fault};
use rapporteur::store::{Foreign, Limits, Store, foreign, foreign_format};

use super::input::{self, Input, LARGEST};
use super::trouble::Trouble;
use super::{output_file, report};

/// Shapes that were read, and what to call them.
pub struct OwnShapes {
    name: String,
    shapes: Shapes,
}

impl OwnShapes {
    /// Reads files of shapes; those in folders too.
    pub fn read(files: &[PathBuf]) -> Result<Self, Box<dyn Fault>> {
        let inputs = input::expand(files, |ending| foreign_format(&format!(".{ending}"), None).is_ok())?;
        let name = inputs.iter().map(Input::name).collect::<Vec<_>>().join(", ");
        let read = inputs.iter().map(shapes_of).collect::<Result<Vec<_>, _>>()?;
        let shapes = Shapes::read(&name, &read)?;
        for import in shapes.imports() {
            report::note(format_args!(
                "{name} imports {import}, which is not fetched: name its file too if its shapes count"
            ));
        }
        Ok(Self { name, shapes })
    }

    /// Holds them against a store; writes the report, if one is asked for.
    pub fn hold(
        &self,
        store: &Path,
        limits: Limits,
        file: Option<&Path>,
        force: bool,
    ) -> Result<Vec<Finding>, Box<dyn Fault>> {
        let format = file.map(format_of).transpose()?;
        let store = standing(store)?;
        report::left_out(store.damages());
        let found = self.shapes.hold(store.dataset(), limits)?;
        if let (Some(file), Some(format)) = (file, format) {
            write(&found, &store, file, format, force)?;
            report::note(format_args!("wrote {}", file.display()));
        }
        Ok(found.findings(&self.name, &store))
    }
}

fn shapes_of(input: &Input) -> Result<Foreign, Box<dyn Fault>> {
    let name = input.name();
    let format = foreign_format(&name, None)?;
    Ok(foreign(&name, input.open(LARGEST as u64)?, format, None, &Base::default())?)
}

fn format_of(file: &Path) -> Result<Format, Box<dyn Fault>> {
    let format = Format::from_path(file)?.unwrap_or(Format::Turtle);
    match format.shape() {
        FormatScope::Triples => Ok(format),
        _ => {
            let why = format!("a report of shapes is RDF, and {} is {format}", file.display());
            Err(Trouble::new(Code::OPTION_MEANINGLESS, why)
                .try_this("name a file that ends in .ttl, .nt, .rdf or .jsonld")
                .into())
        }
    }
}

fn write(found: &Report<'_>, store: &Store, file: &Path, format: Format, force: bool) -> Result<(), Box<dyn Fault>> {
    let mut quads = Quads::default();
    found.quads(store.base()).iter().for_each(|quad| quads.insert(quad.as_ref()));
    let prefixes = Prefixes::new(None, PREFIXES.iter().copied());
    output_file::save(file, force, |out| -> Result<(), ExportError> {
        export::write(&quads, format, &prefixes, &view::Options::default(), out).map(|_| ())
    })
}
