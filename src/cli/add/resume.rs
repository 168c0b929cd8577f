//! A run of `add` that was stopped goes on where it was: what it hangs on beside the texts, and what tells a text without
//! reading it.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::UNIX_EPOCH;

use rapporteur::read::Given;
use rapporteur::store::{Directory, Mark};

use crate::cli::input::Input;

/// All that the outcome of a run hangs on beside its texts: the program itself, what it was told, vocabularies, decisions.
pub fn key(options: &str, vocabularies: &Path, store: &Directory) -> String {
    let program = std::env::current_exe().and_then(fs::metadata).ok().map(|program| state(&program));
    let mut shelf: Vec<_> = fs::read_dir(vocabularies).into_iter().flatten().flatten().collect();
    shelf.sort_by_key(fs::DirEntry::file_name);
    let shelf: Vec<_> =
        shelf.iter().map(|entry| (entry.file_name(), entry.metadata().ok().map(|it| state(&it)))).collect();
    let decided = store.standing().get("review");
    let here = std::env::current_dir().ok();
    format!("{options}\n{here:?}\n{program:?}\n{shelf:?}\n{decided:?}")
}

/// What tells a text; nothing tells what comes by a pipe.
pub fn mark(input: &Input, given: Option<&Given>) -> Option<Mark> {
    let file = input.metadata().filter(Metadata::is_file)?;
    let (size, changed) = state(&file);
    let given = given.map(|given| format!("{} {:?}", given.by, given.values())).unwrap_or_default();
    Some(Mark { name: input.name(), size, changed, given })
}

/// Length of a file, and when it was changed.
fn state(file: &Metadata) -> (u64, u64) {
    let changed = file.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    (file.len(), changed.and_then(|since| u64::try_from(since.as_nanos()).ok()).unwrap_or_default())
}
