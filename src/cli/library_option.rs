//! The option that adds the user's own queries, the same in all subcommands that know queries.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use rapporteur::model::Code;
use rapporteur::query::Library;

use super::trouble::Trouble;

/// Where the user's own queries are.
#[derive(Args, Clone, Debug, Default)]
pub struct LibraryOption {
    /// Your own queries: a folder of .rq files, which may hide bundled ones
    #[arg(long, value_name = "DIR")]
    queries: Option<PathBuf>,
}

impl LibraryOption {
    /// The bundled queries and the user's.
    pub fn open(&self) -> Result<Library, Trouble> {
        let mut library = Library::bundled();
        let Some(folder) = &self.queries else { return Ok(library) };
        let unreadable = |error: std::io::Error| cannot_read(folder, &error);
        let mut files: Vec<PathBuf> = Vec::new();
        for entry in fs::read_dir(folder).map_err(unreadable)? {
            files.push(entry.map_err(unreadable)?.path());
        }
        files.sort();
        for file in files.iter().filter(|file| is_query(file)) {
            let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            library.add(&name, read(file)?);
        }
        Ok(library)
    }
}

/// Whether a file name ends as query files do.
pub fn is_query(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "rq" || extension == "sparql")
}

/// The text of a query file.
pub fn read(path: &Path) -> Result<String, Trouble> {
    fs::read_to_string(path).map_err(|error| cannot_read(path, &error))
}

fn cannot_read(path: &Path, error: &std::io::Error) -> Trouble {
    Trouble::new(Code::QUERY_FILE_UNREADABLE, format!("cannot read {}: {}", path.display(), reason(error)))
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::InvalidData => "it is not UTF-8".to_owned(),
        _ => error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase(),
    }
}
