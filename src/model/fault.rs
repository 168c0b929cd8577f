//! Errors about the world, in three parts: what, where, what to try.

use super::Code;

/// An error that a person can act on. Its `Display` is lower case, one cause, no full stop; it never says "panic" or
/// "IO error".
pub trait Fault: std::error::Error {
    /// The row of the table of codes.
    fn code(&self) -> Code;

    /// What the process should end with.
    fn exit(&self) -> Exit {
        self.code().exit()
    }

    /// What to try next, one line or a few.
    fn hint(&self) -> Option<String> {
        self.code().advice()
    }

    /// Where in a text the cause lies.
    fn place(&self) -> Option<Place> {
        None
    }
}

/// A place in a text that a person wrote, to be shown with its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// File name, or a description such as `query`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in code points, from 1.
    pub column: usize,
    /// The line itself.
    pub source: String,
    /// Code points to underline, at least 1.
    pub width: usize,
}

/// What the process ends with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// All done.
    Done = 0,
    /// A check failed, or `--fail-empty` met nothing.
    Failed = 1,
    /// Wrong usage.
    Usage = 2,
    /// Input or query unreadable.
    Unreadable = 3,
    /// Partly done: some documents failed, the rest is saved.
    Partly = 4,
    /// Store missing, locked or damaged.
    Store = 5,
}

impl<'a, E: Fault + 'a> From<E> for Box<dyn Fault + 'a> {
    fn from(fault: E) -> Self {
        Box::new(fault)
    }
}
