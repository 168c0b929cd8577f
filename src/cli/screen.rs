//! How wide the screen is.

use std::io::{self, IsTerminal};

/// Columns where nothing tells how wide the screen is.
pub const USUAL_WIDTH: usize = 100;

/// Columns of the screen that standard output goes to; of a page where it goes elsewhere.
pub fn width() -> usize {
    if io::stdout().is_terminal() { terminal().or_else(told) } else { told() }.unwrap_or(USUAL_WIDTH)
}

/// Columns of the terminal, if there is one.
pub fn terminal() -> Option<usize> {
    terminal_size::terminal_size().map(|(columns, _)| usize::from(columns.0)).filter(|&columns| columns > 0)
}

/// Columns that the environment tells.
pub fn told() -> Option<usize> {
    std::env::var("COLUMNS").ok()?.parse().ok().filter(|&columns| columns > 0)
}
