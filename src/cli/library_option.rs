//! The option that adds the user's own queries, the same in all subcommands that know queries.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use rapporteur::model::{Exit, Fault};
use rapporteur::query::Library;

/// Where the user's own queries are.
#[derive(Args, Clone, Debug, Default)]
pub struct LibraryOption {
    /// Your own queries: a folder of .rq files, which may hide bundled ones
    #[arg(long, value_name = "DIR")]
    queries: Option<PathBuf>,
}

/// A query file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {}: {reason}", path.display())]
pub struct UnreadableQuery {
    path: PathBuf,
    reason: String,
}

impl Fault for UnreadableQuery {
    fn code(&self) -> &'static str {
        "R0211"
    }

    fn exit(&self) -> Exit {
        Exit::Unreadable
    }
}

impl LibraryOption {
    /// The bundled queries and the user's.
    pub fn open(&self) -> Result<Library, UnreadableQuery> {
        let mut library = Library::bundled();
        let Some(folder) = &self.queries else { return Ok(library) };
        let unreadable = |error: std::io::Error| UnreadableQuery { path: folder.clone(), reason: reason(&error) };
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
pub fn read(path: &Path) -> Result<String, UnreadableQuery> {
    fs::read_to_string(path).map_err(|error| UnreadableQuery { path: path.to_owned(), reason: reason(&error) })
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::InvalidData => "it is not UTF-8".to_owned(),
        _ => error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase(),
    }
}
