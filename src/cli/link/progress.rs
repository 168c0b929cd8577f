//! A line that says how far a long job has got: on a terminal, and nowhere else.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::cli::{report, screen};

/// How often the line changes.
const PACE: Duration = Duration::from_millis(100);

/// The line.
pub struct Progress {
    is_shown: bool,
    last: Option<Instant>,
}

impl Progress {
    /// Shown where standard error is a terminal that can rub out, and nobody asked for quiet.
    pub fn new() -> Self {
        let is_plain = std::env::var_os("TERM").is_some_and(|name| name == "dumb");
        Self { is_shown: io::stderr().is_terminal() && !is_plain && !report::is_quiet(), last: None }
    }

    /// Changes the line, if enough time has passed.
    pub fn say(&mut self, text: impl FnOnce() -> String) {
        if self.is_shown && self.last.is_none_or(|last| last.elapsed() >= PACE) {
            self.last = Some(Instant::now());
            // A line that the terminal would fold could not be written over.
            let width = screen::terminal().unwrap_or(80).saturating_sub(1);
            let line: String = text().chars().take(width).collect();
            let _ = write!(io::stderr(), "\r\x1b[K{line}");
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
