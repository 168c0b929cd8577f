//! A line that says how far a long job has got: on a terminal, and nowhere else.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::cli::report;

/// How often the line changes.
const PACE: Duration = Duration::from_millis(100);

/// The line.
pub struct Progress {
    is_shown: bool,
    last: Option<Instant>,
}

impl Progress {
    /// Shown where standard error is a terminal and nobody asked for quiet.
    pub fn new() -> Self {
        Self { is_shown: io::stderr().is_terminal() && !report::is_quiet(), last: None }
    }

    /// Changes the line, if enough time has passed.
    pub fn say(&mut self, text: impl FnOnce() -> String) {
        if self.is_shown && self.last.is_none_or(|last| last.elapsed() >= PACE) {
            self.last = Some(Instant::now());
            let _ = write!(io::stderr(), "\r\x1b[K{}", text());
        }
    }

    /// Takes the line away.
    pub fn clear(&mut self) {
        if self.is_shown && self.last.take().is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}

/// `[######----]  45 %`, for so much of so much.
pub fn bar(done: u64, all: u64) -> String {
    let share = if all == 0 { 0.0 } else { (done as f64 / all as f64).min(1.0) };
    let full = (share * 24.0) as usize;
    format!("[{}{}] {:3.0} %", "#".repeat(full), "-".repeat(24 - full), share * 100.0)
}
