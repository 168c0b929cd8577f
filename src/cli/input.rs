//! The user's files: single ones, folders of them, standard input.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use rapporteur::bounds::Unpacked;
use rapporteur::model::Code;
use rapporteur::read::{self, Format};

use super::bundle::{self, Member};
use super::report;
use super::trouble::Trouble;

/// The most bytes that are taken of a file which is no text: a table, an archive, a list.
pub const LARGEST: usize = 1 << 30;

/// Something to read: a file, or a text in a file of many.
#[derive(Clone, Debug)]
pub struct Input {
    path: PathBuf,
    member: Option<Member>,
}

/// A file that cannot be read.
pub fn unreadable(path: &Path, error: &io::Error) -> Trouble {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        kind => kind.to_string(),
    };
    Trouble::new(Code::FILE_UNREADABLE, format!("cannot read {}: {reason}", path.display()))
}

/// The bytes of a file, if there are no more than that many: what is larger is not read.
pub fn bytes(path: &Path, limit: usize) -> Result<Vec<u8>, Trouble> {
    let file = fs::File::open(path).map_err(|error| unreadable(path, &error))?;
    let size = file.metadata().map_or(0, |file| file.len());
    if size > limit as u64 {
        let says = format!("{} has {size} bytes, more than the limit of {limit}", path.display());
        return Err(Trouble::new(Code::TEXT_TOO_LARGE, says));
    }
    bounded(path, file, limit)
}

/// All that a reader gives, if it is no more than that many bytes. `path` is for messages.
fn bounded(path: &Path, reader: impl Read, limit: usize) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    let read = reader.take(limit as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(path, &error))?;
    if bytes.len() > limit {
        let says = format!("{} has more bytes than the limit of {limit}", path.display());
        return Err(Trouble::new(Code::TEXT_TOO_LARGE, says));
    }
    Ok(bytes)
}

impl Input {
    /// One file, or standard input.
    pub fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), member: None }
    }

    /// A reader of what is in it, unpacked if it is under gzip; it ends with an error where that is more than so many bytes.
    pub fn open(&self, limit: u64) -> Result<Box<dyn Read + Send>, Trouble> {
        let plain: Box<dyn Read + Send> = match self.path.as_os_str() == "-" {
            true => Box::new(io::stdin()),
            false => Box::new(fs::File::open(&self.path).map_err(|error| unreadable(&self.path, &error))?),
        };
        let mut reader = BufReader::with_capacity(1 << 16, plain);
        let start = reader.fill_buf().map_err(|error| unreadable(&self.path, &error))?;
        if start.starts_with(b"\xEF\xBB\xBF") {
            reader.consume(3);
            return Ok(Box::new(Limited { inner: reader, limit, left: limit }));
        }
        let is_packed = start.starts_with(&[0x1F, 0x8B]);
        if self.path.extension().is_some_and(|ending| ending == "gz") && !is_packed {
            let says = format!("{} ends in .gz and is no whole gzip file", self.path.display());
            return Err(Trouble::new(Code::NOT_GZIP, says));
        }
        Ok(match is_packed {
            true => Box::new(Limited { inner: Unpacked::new(reader), limit, left: limit }),
            false => Box::new(Limited { inner: reader, limit, left: limit }),
        })
    }

    /// What to call it: the path as the user gave it, `-` for standard input.
    pub fn name(&self) -> String {
        if let Some(member) = &self.member {
            return member.name.clone();
        }
        self.path.to_string_lossy().into_owned()
    }

    /// What the table that it comes from says of it.
    pub fn row(&self) -> &[(String, String)] {
        self.member.as_ref().map_or(&[][..], |member| member.row.as_slice())
    }

    /// What the system says of the file that it is or stands in.
    pub fn metadata(&self) -> Option<fs::Metadata> {
        fs::metadata(&self.path).ok()
    }

    /// Its bytes.
    pub fn read(&self) -> Result<Vec<u8>, Trouble> {
        self.read_at_most(LARGEST)
    }

    /// Its bytes, if there are no more than that many: what is larger is not read.
    pub fn read_at_most(&self, limit: usize) -> Result<Vec<u8>, Trouble> {
        match &self.member {
            Some(member) => member.read(limit),
            None if self.path.as_os_str() == "-" => bounded(&self.path, io::stdin().lock(), limit),
            None => bytes(&self.path, limit),
        }
    }
}

/// A format by its name or extension.
pub fn format(name: &str) -> Result<Format, String> {
    let known = Format::ALL.map(Format::name).join(", ");
    Format::from_name(name).ok_or_else(|| format!("no such format; there are {known}"))
}

/// The texts that paths stand for: those of [`expand`], and those in archives and tables of texts that are named. What
/// folders hold beside them is said.
pub fn texts(paths: &[PathBuf], list: Option<&Path>) -> Result<Vec<Input>, Trouble> {
    let listed = list.map(listed).transpose()?.unwrap_or_default();
    let mut inputs = Vec::new();
    let mut passed = BTreeMap::new();
    for path in paths.iter().chain(&listed) {
        if path.is_dir() {
            walk(path, &read::is_document, &mut inputs, &mut passed)?;
        } else if let Some(members) = bundle::members(path)? {
            inputs.extend(members.into_iter().map(|member| Input { path: path.clone(), member: Some(member) }));
        } else {
            inputs.push(Input::new(path));
        }
    }
    if !passed.is_empty() {
        let kinds: Vec<String> = passed.iter().map(|(extension, count)| format!("{count} .{extension}")).collect();
        report::note(format!("passed over in folders: {}", kinds.join(", ")));
        if passed.keys().any(|extension| bundle::is_archive(extension)) {
            report::note("  to read what is in an archive, name the archive itself");
        }
    }
    if inputs.is_empty() {
        return Err(Trouble::of(Code::NO_TEXTS));
    }
    Ok(inputs)
}

/// The paths of a list, one a line; `-` is standard input.
fn listed(list: &Path) -> Result<Vec<PathBuf>, Trouble> {
    let bytes = Input::new(list).read()?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(PathBuf::from).collect())
}

/// The files that paths stand for, in the order given; a folder stands for the files under it whose extension is wanted,
/// sorted, without hidden ones.
pub fn expand(paths: &[PathBuf], is_wanted: impl Fn(&str) -> bool) -> Result<Vec<Input>, Trouble> {
    let mut inputs = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, &is_wanted, &mut inputs, &mut BTreeMap::new())?;
        } else {
            inputs.push(Input::new(path));
        }
    }
    Ok(inputs)
}

/// Walks through a folder. `passed` counts what is not wanted by its extension.
fn walk(
    folder: &Path,
    is_wanted: &impl Fn(&str) -> bool,
    inputs: &mut Vec<Input>,
    passed: &mut BTreeMap<String, usize>,
) -> Result<(), Trouble> {
    let listed = fs::read_dir(folder).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut entries = listed.map_err(|error| unreadable(folder, &error))?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        // A link to a folder may lead in a circle: only real folders are entered.
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        // What a store keeps is no text of the user's.
        let is_store = is_folder && path.join("segments").is_dir() && path.join("manifest.json").is_file();
        if is_store || entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        } else if is_folder {
            walk(&path, is_wanted, inputs, passed)?;
        } else if let Some(extension) = path.extension().and_then(|extension| extension.to_str()) {
            if is_wanted(extension) && is_endless(&entry) {
                report::note(format!("passed over {}: it is a pipe or device, no file", path.display()));
            } else if is_wanted(extension) {
                inputs.push(Input::new(&path));
            } else {
                *passed.entry(extension.to_lowercase()).or_default() += 1;
            }
        }
    }
    Ok(())
}

/// A reader that ends with an error behind so many bytes.
struct Limited<R> {
    inner: R,
    limit: u64,
    left: u64,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => self.left = left,
            None => {
                let reason = format!("it has more than {} bytes; --max-bytes allows more", self.limit);
                return Err(io::Error::new(io::ErrorKind::FileTooLarge, reason));
            }
        }
        Ok(read)
    }
}

/// Whether an entry of a folder is a pipe, a socket or a device: to read it could take for ever.
fn is_endless(entry: &fs::DirEntry) -> bool {
    let kind = match entry.file_type() {
        Ok(kind) if kind.is_symlink() => fs::metadata(entry.path()).map(|file| file.file_type()),
        kind => kind,
    };
    kind.is_ok_and(|kind| !kind.is_file() && !kind.is_dir())
}
