//! Remarks about content: what a reader of the document should know. They never stop a run.

use super::Span;

/// One remark about a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// Lower case, one cause, no full stop.
    pub message: String,
    /// Where in the text, if it has a place.
    pub span: Option<Span>,
}

/// How much a remark matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Good to know.
    Note,
    /// Something may be missing or wrong.
    Warning,
}
