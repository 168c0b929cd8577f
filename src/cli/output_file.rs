//! Files that appear whole or not at all, and never in place of another unless asked.

use std::fs::{OpenOptions, Permissions};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use flate2::{Compression, GzBuilder};
use rapporteur::export::{ExportError, is_gzip};
use rapporteur::model::{Exit, Fault};

/// A file that cannot be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write {}: {reason}", path.display())]
struct CannotSave {
    path: PathBuf,
    reason: String,
}

impl Fault for CannotSave {
    fn code(&self) -> &'static str {
        "R0404"
    }

    fn exit(&self) -> Exit {
        Exit::Unreadable
    }
}

/// Writes a file under a temporary name beside its place, then renames it. A name that ends in `.gz` is compressed. A link
/// stays a link; a device or pipe is written as it is.
///
/// # Errors
/// [`ExportError::Exists`] unless `force`; a fault with the path when the disk refuses; whatever `write` says.
pub fn save<T>(
    path: &Path,
    force: bool,
    write: impl FnOnce(&mut dyn Write) -> Result<T, ExportError>,
) -> Result<T, Box<dyn Fault>> {
    let gzip = is_gzip(path);
    let saved = match path.metadata() {
        Ok(there) if there.is_dir() => return Err(refused(path, "it is a folder")),
        Ok(there) if !there.is_file() => OpenOptions::new()
            .write(true)
            .open(path)
            .map_err(ExportError::from)
            .and_then(|file| fill(file, gzip, write)),
        Ok(_) if !force => return Err(ExportError::Exists { path: path.display().to_string() }.into()),
        Ok(_) => path.canonicalize().map_err(ExportError::from).and_then(|path| replace(&path, gzip, write)),
        Err(_) => replace(path, gzip, write),
    };
    saved.map_err(|error| match error {
        ExportError::Write(error) => refused(path, &reason(&error, path)),
        other => other.into(),
    })
}

/// Writes a folder of files, each whole or not at all. A folder that holds something is left alone unless `force`; then
/// files of the same names are replaced and others stay.
///
/// # Errors
/// [`ExportError::Exists`] unless `force`; a fault with the path when the disk refuses.
pub fn save_folder(path: &Path, force: bool, files: &[(String, Vec<u8>)]) -> Result<(), Box<dyn Fault>> {
    let is_used = path.is_file() || std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some());
    if is_used && !force {
        return Err(ExportError::Exists { path: path.display().to_string() }.into());
    }
    std::fs::create_dir_all(path).map_err(|error| refused(path, &reason(&error, path)))?;
    for (name, bytes) in files {
        save(&path.join(name), force, |out| Ok(out.write_all(bytes)?))?;
    }
    Ok(())
}

fn refused(path: &Path, reason: &str) -> Box<dyn Fault> {
    CannotSave { path: path.to_owned(), reason: reason.to_owned() }.into()
}

fn replace<T>(
    path: &Path,
    gzip: bool,
    write: impl FnOnce(&mut dyn Write) -> Result<T, ExportError>,
) -> Result<T, ExportError> {
    let mut file = beside(path)?;
    let written = fill(file.as_file_mut(), gzip, write)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(written)
}

fn beside(path: &Path) -> std::io::Result<tempfile::NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".rapporteur-");
    if let Some(permissions) = usual_permissions() {
        builder.permissions(permissions);
    }
    builder.tempfile_in(folder)
}

/// Those that the system gives new files: temporary ones would be for their owner alone.
#[cfg(unix)]
fn usual_permissions() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn usual_permissions() -> Option<Permissions> {
    None
}

fn fill<T>(
    file: impl Write,
    gzip: bool,
    write: impl FnOnce(&mut dyn Write) -> Result<T, ExportError>,
) -> Result<T, ExportError> {
    let mut out = BufWriter::with_capacity(1 << 16, file);
    let written = if gzip {
        // No name and no time in the header: the same graph gives the same bytes.
        let mut packed = GzBuilder::new().write(&mut out, Compression::default());
        let written = write(&mut packed)?;
        packed.finish()?;
        written
    } else {
        write(&mut out)?
    };
    out.flush()?;
    Ok(written)
}

/// The system's words in lower case, or better ones.
fn reason(error: &std::io::Error, path: &Path) -> String {
    match (error.kind(), path.parent()) {
        (ErrorKind::NotFound, Some(folder)) => format!("there is no folder {}", folder.display()),
        _ => error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase(),
    }
}
