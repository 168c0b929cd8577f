//! `rapporteur store merge`: many stores, or what was extracted on many machines, into one.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use rapporteur::desk::{self, Merged, Merging, VERSION};
use rapporteur::lift::Base;
use rapporteur::model::text::counted;
use rapporteur::model::{Code, Exit, Fault};
use rapporteur::store::{Directory, Packed, PackedError};
use rapporteur::vocabularies;
use rayon::prelude::*;

use super::extracted::{Extracted, Raw};
use crate::cli::input::{self, Input, LARGEST};
use crate::cli::link::FolderOption;
use crate::cli::progress::Progress;
use crate::cli::rules_option::RulesOption;
use crate::cli::trouble::Trouble;
use crate::cli::{Outcome, clock, report};

/// Documents that are read at a time, and their bytes.
const BATCH: (usize, usize) = (64, 64 << 20);

/// Merge stores, and files of `extract --stream --format store` or `nq`, into one store; nothing of them is lost
#[derive(Args)]
#[command(after_help = "\
The store holds the same, byte for byte, as if one machine had added all the texts, but for the clocks in the record of runs.
Where two hold the same text otherwise, the later one stands.

Examples:
  rapporteur store merge part-*.jsonl.gz -s all
  rapporteur store merge geneva vienna new-york -s all")]
pub struct Merge {
    /// Folders of stores, files that `extract --stream` wrote (plain or .gz), and folders of such files; `-` is standard input
    #[arg(required = true, value_name = "STORE|FILE")]
    from: Vec<PathBuf>,

    #[command(flatten)]
    folder: FolderOption,

    #[command(flatten)]
    rules: RulesOption,

    /// Where the IRIs of a new store start, if not where those of the first one do
    #[arg(long, value_name = "IRI")]
    base: Option<String>,
}

/// What is to be merged.
struct Sources {
    stores: Vec<Directory>,
    files: Vec<PathBuf>,
}

impl Merge {
    pub fn run(self) -> Outcome {
        let mut sources = self.sources()?;
        let base = self.base(&sources)?;
        let path = self.folder.store.directory();
        let writer = desk::writer(&path, base.as_ref(), clock::holder("store merge"), &*self.rules.catalogue()?)?;
        let mut merging = Merging::begin(writer, &sources.stores)?;
        let mut shown = Progress::new();
        for store in &sources.stores {
            let name = store.path().display().to_string();
            merging.take_store(store, &mut |done, all| shown.count(done, all, &name))?;
            shown.clear();
            bring_vocabularies(store.path(), &self.folder.folder())?;
        }
        let mut failed = 0;
        for file in std::mem::take(&mut sources.files) {
            failed += take_file(&mut merging, &file, &mut shown)?;
        }
        shown.clear();
        let version = format!("{VERSION}{}", self.rules.version()?);
        let merged = merging.finish(self.rules.pipeline()?, self.folder.shelf()?, &version, clock::now())?;
        Ok(say(&merged, failed))
    }

    /// The stores and files that were named, in their order.
    fn sources(&self) -> Result<Sources, Box<dyn Fault>> {
        let mut sources = Sources { stores: Vec::new(), files: Vec::new() };
        let here = self.folder.store.directory().canonicalize().ok();
        for path in &self.from {
            if path.join("manifest.json").is_file() {
                if path.canonicalize().ok().is_some_and(|path| Some(path) == here) {
                    let said = format!("{} is the store to merge into", path.display());
                    return Err(Trouble::new(Code::NOT_MERGEABLE, said)
                        .try_this("name another one with --store")
                        .into());
                }
                sources.stores.push(Directory::open(path)?);
            } else if path.is_dir() {
                let files =
                    input::expand(std::slice::from_ref(path), |ending| matches!(ending, "jsonl" | "nq" | "gz"))?;
                sources.files.extend(files.iter().map(|file| PathBuf::from(file.name())));
            } else {
                sources.files.push(path.clone());
            }
        }
        match sources.stores.is_empty() && sources.files.is_empty() {
            true => Err(Trouble::of(Code::NOT_MERGEABLE).into()),
            false => Ok(sources),
        }
    }

    /// Where the IRIs of the store start: as the user says, else as in the first store.
    fn base(&self, sources: &Sources) -> Result<Option<Base>, Box<dyn Fault>> {
        let of_store = || sources.stores.first().map(|store| store.base().clone());
        Ok(self.base.as_deref().map(Base::new).transpose()?.or_else(of_store))
    }
}

/// Takes the documents of a file. Gives how many could not be read where it was made.
fn take_file(merging: &mut Merging, file: &Path, shown: &mut Progress) -> Result<usize, Box<dyn Fault>> {
    let input = Input::new(file);
    let mut extracted = Extracted::new(&input.name(), input.open(u64::MAX)?);
    let mut done = 0;
    loop {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        while batch.len() < BATCH.0 && bytes < BATCH.1 {
            let Some(raw) = extracted.next()? else { break };
            if raw.len() > LARGEST {
                return Err(extracted.refused("is too long").into());
            }
            bytes += raw.len();
            batch.push(raw);
        }
        if batch.is_empty() {
            return Ok(extracted.failed);
        }
        done += batch.len();
        shown.say(|| format!("{}  {}", input.name(), counted(done, "document")));
        let read = batch.par_iter().map(|raw: &Raw| raw.read().map(Packed::pressed));
        let read = read.collect::<Result<Vec<Packed>, PackedError>>();
        let read = read.map_err(|error| {
            let said =
                format!("{} cannot be merged: of a document near line {}, {error}", input.name(), extracted.line());
            Trouble::new(Code::NOT_MERGEABLE, said)
        })?;
        merging.take(read)?;
    }
}

/// Copies vocabularies that the store does not have; where it has another of that name, its own stays.
fn bring_vocabularies(store: &Path, to: &Path) -> Result<(), Trouble> {
    let from = store.join("vocabularies");
    for entry in fs::read_dir(&from).into_iter().flatten().flatten() {
        let (path, name) = (entry.path(), entry.file_name());
        if path.extension() != Some(OsStr::new(vocabularies::ENDING)) {
            continue;
        }
        let place = to.join(&name);
        if place.exists() {
            let same = fs::read(&place).ok() == fs::read(&path).ok();
            if !same {
                report::note(format!(
                    "note: {} stays as it is; that of {} is another",
                    place.display(),
                    store.display()
                ));
            }
            continue;
        }
        let unfinished = place.with_extension("unfinished");
        let copied = fs::create_dir_all(to).and_then(|()| fs::copy(&path, &unfinished));
        let copied = copied.and_then(|_| fs::rename(&unfinished, &place));
        copied.map_err(|error| {
            Trouble::new(Code::VOCABULARY_UNWRITABLE, format!("cannot write {}: {}", place.display(), error.kind()))
        })?;
        report::note(format!("took the vocabulary {}; rapporteur link run ties all documents to it", place.display()));
    }
    Ok(())
}

fn say(merged: &Merged, failed: usize) -> Exit {
    let all = merged.new + merged.same + merged.replaced.len();
    let mut parts = vec![format!("{} new", merged.new)];
    if merged.same > 0 {
        parts.push(format!("{} already there", merged.same));
    }
    if !merged.replaced.is_empty() {
        parts.push(format!("{} in place of what was there", merged.replaced.len()));
    }
    if merged.again > 0 {
        parts.push(format!("{} read again for what was decided or proposed elsewhere", merged.again));
    }
    report::note(format!("{}: {}", counted(all, "document"), parts.join(", ")));
    for (name, now) in &merged.renamed {
        report::note(format!("note: {name} is loaded as “{now}”: other RDF has that name"));
    }
    if let Some(first) = merged.left.first() {
        let count = counted(merged.left.len(), "document");
        report::note(format!(
            "note: {count} without what was decided or proposed elsewhere, for example {first}: read by other rules or another version"
        ));
    }
    if failed > 0 {
        report::note(format!("note: {} could not be read where the files were made", counted(failed, "document")));
    }
    report::left_out(&merged.damages);
    if merged.left.is_empty() && failed == 0 { Exit::Done } else { Exit::Partly }
}
