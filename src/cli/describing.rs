//! What `export` writes beside a file: its description in VoID and DCAT, and its licence.

use std::path::{Path, PathBuf};

use clap::Args;
use rapporteur::export::describe::{About, Licence, void};
use rapporteur::export::reference::references;
use rapporteur::export::{ExportError, Format, FormatScope, Prefixes, Quads, is_gzip};
use rapporteur::model::{Code, Fault};

use super::output_file;
use super::trouble::Trouble;

/// What is told of an export.
#[derive(Args)]
pub struct Describing {
    /// Write a description in VoID and DCAT beside the file: graph.ttl gets graph.void.ttl, a folder void.ttl
    #[arg(long)]
    describe: bool,

    /// The licence of the graph, which is yours to choose: CC-BY-4.0, CC0-1.0 … or an address. It goes into the
    /// description, the data package or the nanopublications
    #[arg(long, value_name = "LICENCE", visible_alias = "licence")]
    license: Option<String>,

    /// When it was made, for the description, the data package or the nanopublications: 2026-01-15, or
    /// 2026-01-15T10:02:00Z [default: not told, so that the same graph gives the same bytes]
    #[arg(long, value_name = "DATE", value_parser = moment)]
    pub created: Option<String>,
}

impl Describing {
    /// The licence.
    ///
    /// # Errors
    /// [`ExportError::UnknownLicence`].
    pub fn licence(&self) -> Result<Option<Licence>, ExportError> {
        self.license.as_deref().map(Licence::from_name).transpose()
    }

    /// Where the description goes, if there is to be one.
    ///
    /// # Errors
    /// When there is no file that it could stand beside, or it is there already.
    pub fn place(&self, format: Format, file: Option<&Path>, force: bool) -> Result<Option<PathBuf>, Box<dyn Fault>> {
        let is_folder = matches!(format.shape(), FormatScope::Folder | FormatScope::Answers);
        let tells_terms = is_folder || format.shape() == FormatScope::Claims;
        let has_terms = self.license.is_some() || self.created.is_some();
        if !self.describe && (!has_terms || tells_terms) {
            return Ok(None);
        }
        let file = file.ok_or_else(|| Trouble::of(Code::NOTHING_TO_DESCRIBE))?;
        let place = if is_folder {
            file.join("void.ttl")
        } else {
            let plain = if is_gzip(file) { file.with_extension("") } else { file.to_owned() };
            plain.with_extension("void.ttl")
        };
        if place.exists() && !force {
            return Err(ExportError::Exists { path: place.display().to_string() }.into());
        }
        Ok(Some(place))
    }

    /// What is told of an export of these quads.
    ///
    /// # Errors
    /// [`ExportError::UnknownLicence`].
    pub fn about(
        &self,
        quads: &Quads,
        background: &[String],
        format: Format,
        file: Option<&Path>,
        summary: &str,
    ) -> Result<About, ExportError> {
        let documents = references(quads, background);
        let title = match documents.as_slice() {
            [one] => one.title.clone(),
            several => format!("What {} documents say", several.len()),
        };
        let name = file.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
        Ok(About {
            title,
            summary: summary.to_owned(),
            licence: self.licence()?,
            created: self.created.clone(),
            documents,
            file: name.unwrap_or_default(),
            media_type: format.media_type().to_owned(),
        })
    }
}

/// Writes the description.
///
/// # Errors
/// When it cannot be written.
pub fn write(
    place: &Path,
    force: bool,
    quads: &Quads,
    background: &[String],
    about: &About,
    prefixes: &Prefixes,
) -> Result<(), Box<dyn Fault>> {
    let base = prefixes.base().unwrap_or_default();
    output_file::save(place, force, |out| void::write(quads, background, base, about, prefixes, out))
}

fn moment(text: &str) -> Result<String, String> {
    let is_day = text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok();
    let is_moment = text.ends_with('Z') && text.contains('T') && text.parse::<jiff::Timestamp>().is_ok();
    if is_day || is_moment { Ok(text.to_owned()) } else { Err("it is 2026-01-15 or 2026-01-15T10:02:00Z".to_owned()) }
}
