//! What a check found.

use std::fmt;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// As it should be.
    Ok,
    /// Worth a look; the check passes.
    Warn,
    /// The check fails.
    Fail,
}

/// One line of a check: `ok   49 of 49 quotes found again …`, `FAIL 1 claim lacks a part …: 4e801cbb5a10c2d7 (confidence)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub level: Level,
    /// The stable code of what was looked for, `R0410`.
    pub code: String,
    /// What was found, in words.
    pub text: String,
    /// What it was found on: claims, things, files. Sorted.
    pub nodes: Vec<String>,
}

/// Nodes that a line names before it says how many more there are.
const SHOWN: usize = 5;

impl Finding {
    pub(super) fn ok(code: &str, text: impl Into<String>) -> Self {
        Self { level: Level::Ok, code: code.to_owned(), text: text.into(), nodes: Vec::new() }
    }

    pub(super) fn new(level: Level, code: &str, text: impl Into<String>, mut nodes: Vec<String>) -> Self {
        nodes.sort_unstable();
        nodes.dedup();
        Self { level, code: code.to_owned(), text: text.into(), nodes }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Ok => "ok  ",
            Level::Warn => "warn",
            Level::Fail => "FAIL",
        };
        write!(f, "{level} {}", self.text)?;
        if !self.nodes.is_empty() {
            let shown = &self.nodes[..self.nodes.len().min(SHOWN)];
            write!(f, ": {}", shown.join(", "))?;
        }
        if self.nodes.len() > SHOWN {
            write!(f, " and {} more", self.nodes.len() - SHOWN)?;
        }
        if self.level == Level::Ok { Ok(()) } else { write!(f, "   {}", self.code) }
    }
}
