//! The right to build vocabularies in a folder, and the sweeping away of what broken-off builds left there.

use std::fs;
use std::path::Path;

use super::index::UNFINISHED;

/// The right to build vocabularies in a folder, beside others who build there. Given back when dropped, however the program
/// ends.
#[derive(Debug)]
pub struct Building {
    _lock: Option<fs::File>,
}

impl Building {
    /// Begins to build. Who finds nobody else at work takes away what broken-off builds left.
    pub fn begin(folder: &Path) -> Self {
        let open = fs::OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(".lock"));
        let Ok(lock) = open else { return Self { _lock: None } };
        if lock.try_lock().is_ok() {
            sweep(folder);
            // Nothing of ours is there yet: whoever comes between may sweep again.
            let _ = lock.unlock();
        }
        let is_held = lock.lock_shared().is_ok();
        Self { _lock: is_held.then_some(lock) }
    }
}

fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            // What cannot be deleted does no harm but to the room on the disk.
            let _ = fs::remove_file(entry.path());
        }
    }
}
