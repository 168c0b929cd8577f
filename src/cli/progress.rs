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
    begun: Instant,
}

impl Progress {
    /// Shown where standard error is a terminal that can rub out, and nobody asked for quiet.
    pub fn new() -> Self {
        let is_plain = std::env::var_os("TERM").is_some_and(|name| name == "dumb");
        Self {
            is_shown: io::stderr().is_terminal() && !is_plain && !report::is_quiet(),
            last: None,
            begun: Instant::now(),
        }
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

    /// Says how many of how many are done, how fast, how long the rest takes, and what is under way.
    pub fn count(&mut self, done: usize, all: usize, name: &str) {
        let seconds = self.begun.elapsed().as_secs_f64();
        self.say(|| format!("{}  {}  {name}", bar(done as u64, all as u64), pace(done, all, seconds)));
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

/// `1,200 of 16,000, 26 a second, 9 min left`.
fn pace(done: usize, all: usize, seconds: f64) -> String {
    let rate = done as f64 / seconds.max(1e-9);
    let left = (all.saturating_sub(done) as f64 / rate.max(1e-9)).min(1e9) as u64;
    let left = match left {
        0..60 => format!("{left} s"),
        60..5_400 => format!("{} min", left.div_ceil(60)),
        _ => format!("{} h", left.div_ceil(3_600)),
    };
    format!("{done} of {all}, {rate:.1} a second, {left} left")
}

/// `[######----]  45 %`, for so much of so much.
pub fn bar(done: u64, all: u64) -> String {
    let share = if all == 0 { 0.0 } else { (done as f64 / all as f64).min(1.0) };
    let full = (share * 24.0) as usize;
    format!("[{}{}] {:3.0} %", "#".repeat(full), "-".repeat(24 - full), share * 100.0)
}

#[cfg(test)]
mod tests {
    use super::{bar, pace};

    #[test]
    fn pace_tells_what_is_left() {
        assert_eq!(pace(30, 90, 3.0), "30 of 90, 10.0 a second, 6 s left");
        assert_eq!(pace(100, 16_000, 4.0), "100 of 16000, 25.0 a second, 11 min left");
        assert_eq!(pace(1, 100_001, 1.0), "1 of 100001, 1.0 a second, 28 h left");
        assert!(pace(0, 5, 0.0).ends_with("h left"));
        assert_eq!(bar(1, 0).len(), bar(5, 5).len());
    }
}
