//! Files that appear whole or not at all, and never in place of another unless asked.

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

use flate2::{Compression, GzBuilder};
use rapporteur::export::{ExportError, is_gzip};
use rapporteur::model::{Code, Fault};

use super::trouble::Trouble;

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
    // A link that leads nowhere yet stays a link: the file is made where it leads.
    let target = std::fs::read_link(path).ok().filter(|_| path.metadata().is_err());
    let led = target.map(|target| folder_of(path).join(target));
    let path = led.as_deref().unwrap_or(path);
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

/// Writes a folder of files, all of them or none: they are made in a folder of no lasting name beside it. A folder that
/// holds something is left alone unless `force`; then the new folder takes its place in one step, and files of other names
/// move into it.
///
/// # Errors
/// [`ExportError::Exists`] unless `force`; a fault with the path when the disk refuses.
pub fn save_folder(path: &Path, force: bool, files: &[(String, Vec<u8>)]) -> Result<(), Box<dyn Fault>> {
    let is_used = path.is_file() || std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_some());
    if is_used && !force {
        return Err(ExportError::Exists { path: path.display().to_string() }.into());
    }
    put_folder(path, files).map_err(|error| refused(path, &reason(&error, path)))
}

fn put_folder(path: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    if path.is_file() {
        return Err(io::Error::other("it is a file"));
    }
    std::fs::create_dir_all(folder_of(path))?;
    sweep(path);
    let place = temporary(&prefix(path), 0o777).tempdir_in(folder_of(path))?;
    let lock = File::create(place.path().join(LOCK))?;
    // Where the system has no locks, others go by nothing; they are few.
    let _ = lock.try_lock();
    let (made, old) = (place.path().join("new"), place.path().join(OLD));
    std::fs::create_dir(&made)?;
    for (name, bytes) in files {
        let file = made.join(name);
        std::fs::create_dir_all(folder_of(&file))?;
        std::fs::write(file, bytes)?;
    }
    if std::fs::read_dir(path).is_err() {
        return std::fs::rename(made, path);
    }
    if let Some((name, _)) = files.iter().find(|(name, _)| path.join(name).is_dir()) {
        return Err(io::Error::other(format!("{name} in it is a folder")));
    }
    let folders = files.iter().flat_map(|(name, _)| Path::new(name).ancestors().skip(1));
    if let Some(folder) = folders.into_iter().find(|folder| path.join(folder).is_file()) {
        return Err(io::Error::other(format!("{} in it is a file", folder.display())));
    }
    std::fs::rename(path, &old)?;
    std::fs::rename(made, path)?;
    keep_others(&old, path)
}

/// What a folder is called while another takes its place.
const OLD: &str = "old";

/// What is locked in a temporary folder while somebody is at work there.
const LOCK: &str = "lock";

/// Clears away what runs left that were killed while they wrote this file or folder. What a folder had, and a killed run had
/// not yet put back, comes back first.
fn sweep(path: &Path) {
    let Ok(entries) = std::fs::read_dir(folder_of(path)) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(&prefix(path))) {
        let (left, is_folder) = (entry.path(), entry.file_type().is_ok_and(|kind| kind.is_dir()));
        let lock = if is_folder { left.join(LOCK) } else { left.clone() };
        // Whoever is still at work holds its lock.
        if File::open(lock).is_ok_and(|lock| lock.try_lock().is_err()) {
            continue;
        }
        let old = left.join(OLD);
        let is_back = !old.is_dir()
            || if path.is_dir() { keep_others(&old, path).is_ok() } else { std::fs::rename(&old, path).is_ok() };
        // What cannot be deleted does no harm but to the room on the disk.
        let _ = match (is_folder, is_back) {
            (true, true) => std::fs::remove_dir_all(left),
            (false, _) => std::fs::remove_file(left),
            (true, false) => Ok(()),
        };
    }
}

/// Moves what a folder has and another has not, in folders within it too.
fn keep_others(from: &Path, to: &Path) -> io::Result<()> {
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let place = to.join(entry.file_name());
        match std::fs::symlink_metadata(&place) {
            Err(_) => std::fs::rename(entry.path(), place)?,
            Ok(there) if there.is_dir() && entry.file_type()?.is_dir() => keep_others(&entry.path(), &place)?,
            Ok(_) => {}
        }
    }
    Ok(())
}

fn refused(path: &Path, reason: &str) -> Box<dyn Fault> {
    Trouble::new(Code::CANNOT_WRITE, format!("cannot write {}: {reason}", path.display())).into()
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

fn beside(path: &Path) -> io::Result<tempfile::NamedTempFile> {
    sweep(path);
    let file = temporary(&prefix(path), 0o666).tempfile_in(folder_of(path))?;
    let _ = file.as_file().try_lock();
    Ok(file)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What the names of temporary files for a file or folder begin with.
fn prefix(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    format!(".rapporteur-{}.", name.chars().take(50).collect::<String>())
}

/// A file or folder that others may use as the system lets them: temporary ones would be for their owner alone.
fn temporary(prefix: &str, _mode: u32) -> tempfile::Builder<'_, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(prefix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(_mode));
    builder
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
fn reason(error: &io::Error, path: &Path) -> String {
    match (error.kind(), path.parent()) {
        (ErrorKind::NotFound, Some(folder)) => format!("there is no folder {}", folder.display()),
        _ => error.to_string().split(" (os error").next().unwrap_or_default().to_lowercase(),
    }
}
