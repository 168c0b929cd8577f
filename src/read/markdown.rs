//! Markdown: plain text whose marks all count.

use super::layout::Layout;
use super::{front_matter, marks};

/// Lays out Markdown.
pub(super) fn lay_out(text: String) -> Layout {
    let (front, diagnostics) = front_matter::find(&text);
    let gaps = marks::inline(&text, front.as_ref(), marks::Dialect::Markdown);
    Layout::new(text, front, gaps, diagnostics)
}
