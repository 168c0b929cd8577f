//! The store: a directory of segments, and oxigraph's in-memory store filled from it. The only place that opens a
//! database.
//!
//! ```text
//! manifest.json            what is in the store; replaced whole, last of all
//! contents/<hash>.json     the documents of a store that has many, in pages that the manifest names
//! segments/<hash>.nq.gz    sorted N-Quads of one layer of one document, named by the hash of their content
//! texts/<sha256>.txt.gz    the texts as they were read, so that every quote can be proved again
//! texts/<hash>.jsonl.gz    what other programs proposed for a text, to be taken again at its next reading
//! sources/<sha256>.json.gz  for files that are more than their text: the way from the text back into them
//! files/<sha256>.pdf        the user's files themselves, where they are to be kept
//! index/                   the same quads as sorted tables, of large stores, and what was asked and proved of them before:
//!                          made from the segments, never needed
//! packs/<number>-<hash>.pack  the files of `segments/`, `texts/` and `sources/` of many documents, in one
//! damaged/                 files that `repair` put aside
//! runs.nq.gz               which runs there were, and when; .gitignore keeps it and the lock out of version control
//! run-under-way            what a long run has done so far, for the one that follows if it is stopped
//! lock                     held by the one writer
//! ```
//!
//! Each file under gzip says in its header what it is, so that the list of contents can be made again from the files.
//!
//! A file that the manifest names is never changed: what is new gets a new name, then the manifest is replaced. A run that
//! is killed leaves the old state or the new one, and at most some files that nobody names, which the next writer sweeps
//! away. Readers take no lock.

mod directory;
mod error;
mod files;
mod foreign;
mod index;
mod journal;
mod kept;
mod limits;
mod lines;
mod lock;
mod manifest;
mod memory;
mod merged;
mod note;
mod originals;
mod packed;
mod packing;
mod packs;
mod pages;
mod prune;
mod recent;
mod remembered;
mod repair;
mod restored;
mod runs;
mod segment;
mod terms;
mod ties;
mod writer;

#[cfg(test)]
mod packing_tests;
#[cfg(test)]
mod tests;

pub use directory::Directory;
pub use error::{Damage, Error};
pub use foreign::{Foreign, ForeignError, foreign, foreign_format};
pub use index::{IndexError, Indexed, flaws, refresh};
pub use journal::{Journal, Mark};
pub use kept::{AnswersEntry, GivenEntry};
pub use limits::{LimitError, Limits};
pub use lines::Line;
pub use lock::Holder;
pub use manifest::{Counts, DocumentEntry, SegmentEntry, SourceEntry};
pub use memory::{Dataset, Store, View};
pub use merged::Carried;
pub use originals::FileEntry;
pub use packed::{Packed, PackedError};
pub use recent::{Recent, Watched};
pub use remembered::{keep, kept, program};
pub use repair::{Gone, Harm};
pub use terms::{Part, Value};
pub use ties::Ties;
pub use writer::{Added, Writer};
