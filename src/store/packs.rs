//! Packs: the files of many documents in one, each byte for byte as it would stand by itself, so that a store of thousands of
//! documents is some hundreds of files. Which pack a file lies in is written nowhere but in the packs: the list of contents
//! names files by their content, wherever they are. A file that stands by itself goes before one in a pack, one in a later
//! pack before one in an earlier.
//!
//! A pack is `packs/<number>-<hash>.pack`: a table under gzip (a line a file: its folder and name, its bytes), then the files,
//! which are under gzip themselves and say in their headers what they are. So any program that unpacks gzip reads a pack from
//! end to end, and a pack whose table is lost still gives its files.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use flate2::bufread::GzDecoder;

use crate::model::{SourceFile, text};

use super::manifest::SegmentEntry;
use super::note::{Holding, Note};
use super::{Damage, files, segment};

/// The folder.
pub const FOLDER: &str = "packs";

/// The longest table that is read, in bytes: a pack has some thousands of files.
const TABLE: u64 = 1 << 26;

/// Files on their way into a store, by folder and name.
pub type Pending = BTreeMap<String, Vec<u8>>;

/// Where a file lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Which pack.
    pub pack: usize,
    /// Where it starts, in bytes.
    pub start: u64,
    /// Its bytes.
    pub length: u64,
}

/// The packs of a store as they were found.
#[derive(Debug, Default)]
pub struct Table {
    /// The names of the packs, earlier ones first.
    pub packs: Vec<String>,
    /// Those of them whose tables cannot be read.
    pub damaged: Vec<usize>,
    /// Where each file lies, by folder and name.
    pub places: HashMap<String, Place>,
}

/// The packs of a store, looked into when they are first needed. Copies share what was found.
#[derive(Clone, Debug, Default)]
pub struct Packs(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    /// What a writer has not written yet.
    pending: Pending,
    table: Option<Arc<Table>>,
}

impl Packs {
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A file of a store by its folder and name, wherever it is.
    ///
    /// # Errors
    /// As reading a file has them; `NotFound` if it is nowhere.
    pub fn read(&self, store: &Path, name: &str) -> io::Result<Vec<u8>> {
        if let Some(bytes) = self.state().pending.get(name) {
            return Ok(bytes.clone());
        }
        let mut before = None;
        loop {
            match fs::read(store.join(name)) {
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                found => return found,
            }
            let table = self.table(store);
            let found = table.places.get(name).map(|place| table.read(store, *place));
            match found {
                None => {}
                Some(Err(error)) if error.kind() == ErrorKind::NotFound => {}
                Some(found) => return found,
            }
            // A writer may have put it into another pack meanwhile.
            if before.as_ref() == Some(&table.packs) {
                return Err(ErrorKind::NotFound.into());
            }
            before = Some(table.packs.clone());
            self.look_again(store);
        }
    }

    /// Where a file lies; `None` if it is in no pack, or stands by itself as well.
    pub fn find(&self, store: &Path, name: &str) -> Option<(PathBuf, Place)> {
        if store.join(name).is_file() {
            return None;
        }
        let table = self.table(store);
        let place = table.places.get(name)?;
        Some((store.join(FOLDER).join(&table.packs[place.pack]), *place))
    }

    /// The packs that there are.
    pub fn table(&self, store: &Path) -> Arc<Table> {
        let known = self.state().table.clone();
        known.unwrap_or_else(|| {
            let table = Arc::new(Table::of(store, &names(store)));
            self.state().table = Some(Arc::clone(&table));
            table
        })
    }

    /// Forgets what was found.
    pub fn forget(&self) {
        self.state().table = None;
    }

    fn look_again(&self, store: &Path) {
        let is_same = self.state().table.as_ref().is_some_and(|table| table.packs == names(store));
        if !is_same {
            self.forget();
        }
    }

    /// Holds a file until it is written.
    pub fn hold(&self, name: String, bytes: Vec<u8>) {
        self.state().pending.insert(name, bytes);
    }

    /// Bytes that are held.
    pub fn held(&self) -> usize {
        self.state().pending.values().map(Vec::len).sum()
    }

    /// Writes what is held: into a pack, or each file by itself.
    ///
    /// # Errors
    /// If a file cannot be written. What is held then stays so.
    pub fn flush(&self, store: &Path, into_pack: bool) -> io::Result<()> {
        let mut state = self.state();
        if state.pending.is_empty() {
            return Ok(());
        }
        if into_pack {
            write(store, &state.pending)?;
            state.table = None;
        } else {
            for (name, bytes) in &state.pending {
                files::write(&store.join(name), bytes)?;
            }
        }
        state.pending.clear();
        Ok(())
    }
}

impl Table {
    fn of(store: &Path, names: &[String]) -> Self {
        let mut table = Self { packs: names.to_vec(), ..Self::default() };
        for (pack, name) in names.iter().enumerate() {
            match members(&store.join(FOLDER).join(name)) {
                Ok(members) => table
                    .places
                    .extend(members.into_iter().map(|(name, start, length)| (name, Place { pack, start, length }))),
                // One that was swept away meanwhile is none.
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(_) => table.damaged.push(pack),
            }
        }
        table
    }

    /// A file that lies in a pack.
    pub fn read(&self, store: &Path, place: Place) -> io::Result<Vec<u8>> {
        let mut file = File::open(store.join(FOLDER).join(&self.packs[place.pack]))?;
        file.seek(SeekFrom::Start(place.start))?;
        let mut bytes = Vec::with_capacity(usize::try_from(place.length.min(TABLE)).unwrap_or_default());
        file.take(place.length).read_to_end(&mut bytes)?;
        if bytes.len() as u64 == place.length { Ok(bytes) } else { Err(ErrorKind::UnexpectedEof.into()) }
    }
}

/// The packs of a store, earlier ones first.
pub fn names(store: &Path) -> Vec<String> {
    let entries = fs::read_dir(store.join(FOLDER)).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| is_ours(name));
    names.sort_unstable();
    names
}

/// Whether a file of the folder has a name that we give.
pub fn is_ours(name: &str) -> bool {
    let stem = name.strip_suffix(".pack").and_then(|stem| stem.split_once('-'));
    stem.is_some_and(|(number, hash)| {
        number.len() == 8
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && hash.len() == 32
            && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// The files in a pack: folder and name, start, length.
pub fn members(path: &Path) -> io::Result<Vec<(String, u64, u64)>> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut reader = BufReader::new(file);
    let mut text = String::new();
    GzDecoder::new(&mut reader).take(TABLE).read_to_string(&mut text)?;
    let mut start = reader.stream_position()?;
    let mut members = Vec::new();
    let fault = || io::Error::new(ErrorKind::InvalidData, "a line of its table is none");
    for line in text.lines() {
        let (name, bytes) = line.split_once(' ').ok_or_else(fault)?;
        let bytes: u64 = bytes.parse().map_err(|_| fault())?;
        members.push((name.to_owned(), start, bytes));
        start = start.checked_add(bytes).ok_or_else(fault)?;
    }
    if start <= length { Ok(members) } else { Err(ErrorKind::UnexpectedEof.into()) }
}

/// What is wrong with the tables of a store's packs.
pub fn flaws(store: &Path) -> Vec<Damage> {
    let folder = store.join(FOLDER);
    let flaw = |name: String| {
        let path = folder.join(name);
        let error = members(&path).err().filter(|error| error.kind() != ErrorKind::NotFound)?;
        Some(Damage { path, what: "files of many documents".to_owned(), reason: super::error::reason(&error) })
    };
    names(store).into_iter().filter_map(flaw).collect()
}

/// The whole files in what is left of a pack, wherever they stand in it.
pub fn salvage(pack: &[u8]) -> Pending {
    let mut saved = Pending::new();
    let mut rest = pack;
    while let Some(start) = memchr::memmem::find(rest, &[0x1f, 0x8b, 8]) {
        let file = &rest[start..];
        let (mut decoder, mut content) = (GzDecoder::new(file), Vec::new());
        let is_whole = decoder.read_to_end(&mut content).is_ok();
        let length = if is_whole { file.len() - decoder.into_inner().len() } else { 1 };
        if let Some(name) = name_of(&file[..length], &content).filter(|_| is_whole) {
            saved.insert(name, file[..length].to_vec());
        }
        rest = &file[length..];
    }
    saved
}

/// The name of a file of a document, by what it holds.
fn name_of(file: &[u8], content: &[u8]) -> Option<String> {
    let sha256 = segment::hash(content);
    match Note::of_file(file)?.holding {
        Holding::Layer { .. } | Holding::Standing { .. } | Holding::Loaded { .. } => {
            Some(SegmentEntry { sha256, quads: 0 }.place())
        }
        Holding::Text { .. } => Some(format!("texts/{}.txt.gz", text::text_hash(std::str::from_utf8(content).ok()?))),
        Holding::Answers => Some(format!("texts/{sha256}.jsonl.gz")),
        Holding::Source => {
            let source: SourceFile = serde_json::from_slice(content).ok()?;
            Some(format!("sources/{}.json.gz", source.sha256))
        }
    }
}

/// Writes a pack of some files behind all that there are.
///
/// # Errors
/// If it cannot be written.
pub fn write(store: &Path, members: &Pending) -> io::Result<()> {
    let folder = store.join(FOLDER);
    fs::create_dir_all(&folder)?;
    let table: String = members.iter().map(|(name, bytes)| format!("{name} {}\n", bytes.len())).collect();
    let mut pack = segment::compress(table.as_bytes(), None)?;
    members.values().for_each(|bytes| pack.extend_from_slice(bytes));
    let number = names(store).last().and_then(|last| last.split('-').next()?.parse::<u32>().ok()).unwrap_or(0) + 1;
    let hash = segment::hash(&pack);
    files::write(&folder.join(format!("{number:08}-{}.pack", &hash[..32])), &pack)?;
    files::sync_folder(&folder)
}
