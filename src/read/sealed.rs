//! Readers of richer formats run apart: on a thread of their own with a large stack, so that a reader that fails costs one
//! file, is said with that file's name, and cannot keep the others waiting.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::model::SourceFile;
use crate::model::text::{counted, hex};

use super::pieces::Pieces;
use super::{Error, Format, Options, docx, eml, epub, html, odt, pdf, rtf};

/// The stack of a reader, in bytes.
const STACK: usize = 16 << 20;

/// The longest that a file may take. Far beyond what any sound file needs, so that a busy machine changes no result.
const PATIENCE: Duration = Duration::from_secs(120);

/// Why a reader gave no pieces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// It is under a password.
    Locked,
    /// It has so many pages, and pictures on them.
    Scanned(usize),
    /// It breaks the rules of its format.
    Broken(String),
    /// It asks for too much of something.
    Unbounded(String),
    /// It is something else than its first bytes said.
    Other(&'static str),
    /// No encoding has the name that the user gave.
    Encoding(String),
}

/// Takes the text out of a file.
pub(super) fn take_out(
    name: &str,
    bytes: &[u8],
    format: Format,
    options: &Options,
) -> Result<(String, SourceFile), Error> {
    let pieces = match format {
        // Web pages are read by code of ours alone, which is bounded by their length.
        Format::Html => html::read(bytes, options.encoding.as_deref()),
        Format::Docx => apart(bytes.to_vec(), docx::read),
        Format::Odt => apart(bytes.to_vec(), odt::read),
        Format::Rtf => apart(bytes.to_vec(), rtf::read),
        Format::Epub => apart(bytes.to_vec(), epub::read),
        Format::Eml => apart(bytes.to_vec(), eml::read),
        Format::Pdf | Format::Text | Format::Markdown => apart(bytes.to_vec(), pdf::read),
    };
    let pieces = pieces.map_err(|failure| failure.of(name.to_owned()))?;
    Ok(pieces.finish(format.media_type(), hex(&Sha256::digest(bytes))))
}

/// Runs a reader on its own thread.
fn apart(bytes: Vec<u8>, reader: fn(Vec<u8>) -> Result<Pieces, Failure>) -> Result<Pieces, Failure> {
    let (sender, receiver) = mpsc::channel();
    let work = move || {
        let result = catch_unwind(AssertUnwindSafe(|| reader(bytes)));
        let result = result.unwrap_or_else(|_| Err(Failure::Broken("its reader gave up".to_owned())));
        // Nobody listens any more if the time is over.
        let _ = sender.send(result);
    };
    let started = thread::Builder::new().name(READER.to_owned()).stack_size(STACK).spawn(work);
    if started.is_err() {
        return Err(Failure::Unbounded("no thread is left to read it".to_owned()));
    }
    let over = || Failure::Unbounded(format!("it took longer than {} seconds", PATIENCE.as_secs()));
    receiver.recv_timeout(PATIENCE).unwrap_or_else(|_| Err(over()))
}

/// The name of the threads that readers run on. What fails there is told as an error, not by the panic hook.
pub const READER: &str = "reader";

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Locked => f.write_str("it is locked with a password"),
            Self::Scanned(pages) => write!(f, "{} without text", counted(*pages, "page")),
            Self::Broken(reason) | Self::Unbounded(reason) => f.write_str(reason),
            Self::Other(what) => write!(f, "it is {what}"),
            Self::Encoding(label) => write!(f, "no encoding is called “{label}”"),
        }
    }
}

impl Failure {
    /// The same, with the part of the file that it befell.
    pub fn within(self, part: &str) -> Self {
        match self {
            Self::Broken(reason) => Self::Broken(format!("{part}: {reason}")),
            Self::Unbounded(reason) => Self::Unbounded(format!("{part}: {reason}")),
            other => other,
        }
    }

    fn of(self, name: String) -> Error {
        match self {
            Self::Locked => Error::Locked { name },
            Self::Scanned(pages) => Error::Scanned { name, pages: counted(pages, "page") },
            Self::Broken(reason) => Error::Broken { name, reason },
            Self::Unbounded(reason) => Error::Unbounded { name, reason },
            Self::Other(what) => Error::Binary { name, what },
            Self::Encoding(label) => Error::UnknownEncoding { label },
        }
    }
}
