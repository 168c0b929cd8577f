//! Plain text: lines, with front matter, bold and links where people typed them.

use super::layout::Layout;
use super::{front_matter, marks};

/// Lays out plain text.
pub(super) fn lay_out(text: String) -> Layout {
    let (front, diagnostics) = front_matter::find(&text);
    let gaps = marks::inline(&text, front.as_ref(), marks::Dialect::Plain);
    Layout::new(text, front, gaps, diagnostics)
}
