//! The user's files: single ones, folders of them, standard input.

use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use flate2::read::MultiGzDecoder;

use rapporteur::model::Code;
use rapporteur::read::Format;

use super::trouble::Trouble;

/// Something to read: where it is, and whether the user named it or a folder held it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    path: PathBuf,
}

/// A file that cannot be read.
fn unreadable(path: &Path, error: &io::Error) -> Trouble {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        kind => kind.to_string(),
    };
    Trouble::new(Code::FILE_UNREADABLE, format!("cannot read {}: {reason}", path.display()))
}

impl Input {
    /// One file, or standard input.
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned() }
    }

    /// A reader of what is in it, unpacked if it is under gzip.
    pub fn open(&self) -> Result<Box<dyn Read>, Trouble> {
        let plain: Box<dyn Read> = match self.path.as_os_str() == "-" {
            true => Box::new(io::stdin().lock()),
            false => Box::new(fs::File::open(&self.path).map_err(|error| unreadable(&self.path, &error))?),
        };
        let mut reader = BufReader::with_capacity(1 << 16, plain);
        let start = reader.fill_buf().map_err(|error| unreadable(&self.path, &error))?;
        if start.starts_with(b"\xEF\xBB\xBF") {
            reader.consume(3);
            return Ok(Box::new(reader));
        }
        Ok(if start.starts_with(&[0x1F, 0x8B]) { Box::new(MultiGzDecoder::new(reader)) } else { Box::new(reader) })
    }

    /// What to call it: the path as the user gave it, `-` for standard input.
    pub fn name(&self) -> String {
        self.path.to_string_lossy().into_owned()
    }

    /// Its bytes.
    pub fn read(&self) -> Result<Vec<u8>, Trouble> {
        if self.path.as_os_str() != "-" {
            return fs::read(&self.path).map_err(|error| unreadable(&self.path, &error));
        }
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map_err(|error| unreadable(&self.path, &error))?;
        Ok(bytes)
    }
}

/// A format by its name or extension.
pub fn format(name: &str) -> Result<Format, String> {
    let known = Format::ALL.map(Format::name).join(", ");
    Format::from_name(name).ok_or_else(|| format!("no such format; there are {known}"))
}

/// The files that paths stand for, in the order given; a folder stands for the files under it whose extension is wanted,
/// sorted, without hidden ones.
pub fn expand(paths: &[PathBuf], is_wanted: impl Fn(&str) -> bool) -> Result<Vec<Input>, Trouble> {
    let mut inputs = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, &is_wanted, &mut inputs)?;
        } else {
            inputs.push(Input::new(path));
        }
    }
    Ok(inputs)
}

fn walk(folder: &Path, is_wanted: &impl Fn(&str) -> bool, inputs: &mut Vec<Input>) -> Result<(), Trouble> {
    let listed = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut entries = listed.map_err(|error| unreadable(folder, &error))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        // A link to a folder may lead in a circle: only real folders are entered.
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        } else if is_folder {
            walk(&path, is_wanted, inputs)?;
        } else if path.extension().and_then(|extension| extension.to_str()).is_some_and(is_wanted) {
            inputs.push(Input { path });
        }
    }
    Ok(())
}
