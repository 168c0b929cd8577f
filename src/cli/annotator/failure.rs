//! How a program fails on a document: what the user is told. It costs that document's annotations, nothing else.

use std::process::ExitStatus;
use std::time::Duration;

/// How a program failed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It could not be started.
    #[error("it cannot be started: {0}")]
    Unstartable(String),
    /// It ended too early.
    #[error("it ended ({0}) before its answer was whole")]
    Ended(Status),
    /// It closed its output and went on.
    #[error("it closed its output before its answer was whole")]
    Closed,
    /// It took too long.
    #[error("it gave no whole answer within {} s (--annotator-timeout)", .0.as_secs())]
    Slow(Duration),
    /// It closed its input and then said nothing more.
    #[error("it closed its input and gave no whole answer")]
    Deaf,
    /// It wrote too much.
    #[error("it wrote more than {0} MB for one document")]
    TooMuch(usize),
    /// It wrote too many lines.
    #[error("it wrote more than {0} lines for one document")]
    TooMany(usize),
    /// It wrote a line without end.
    #[error("it wrote a line of more than {0} MB")]
    LongLine(usize),
    /// Its first line says not what it is.
    #[error("its first line does not say what it is: {0}")]
    Unnamed(String),
    /// It ended another answer than the one it was asked for.
    #[error("it ended its answer with {0}, which is not the id of the document")]
    OtherDocument(String),
    /// It failed too often in a row and is not asked any more.
    #[error("it is not asked any more: it failed {0} times in a row")]
    GivenUp(usize),
}

/// How a process ended, in words.
#[derive(Debug)]
pub struct Status(pub ExitStatus);

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0.code() {
            Some(code) => write!(f, "exit code {code}"),
            None => write!(f, "{}", self.0),
        }
    }
}
