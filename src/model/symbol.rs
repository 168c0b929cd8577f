//! UN document symbols and numbered decisions in canonical form.

use compact_str::CompactString;

/// A UN document symbol in canonical form: `A/RES/74/247`, `S/RES/1373 (2001)`, `E/CN.15/2011/19`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol {
    /// The canonical text.
    pub text: CompactString,
    /// What sort of document it names.
    pub kind: SymbolKind,
}

/// What sort of document a symbol names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SymbolKind {
    /// A resolution.
    Resolution,
    /// A decision.
    Decision,
    /// Any other document: report, letter, record, draft.
    Document,
}

impl Symbol {
    /// As part of an IRI or key: every run of characters other than letters, digits and dots becomes one hyphen
    /// (`A-RES-74-247`, `S-RES-1373-2001`, `E-CN.15-2011-19`).
    pub fn slug(&self) -> String {
        let mut slug = String::with_capacity(self.text.len());
        for c in self.text.chars() {
            if c.is_ascii_alphanumeric() || c == '.' {
                slug.push(c);
            } else if !slug.ends_with('-') && !slug.is_empty() {
                slug.push('-');
            }
        }
        slug.truncate(slug.trim_end_matches('-').len());
        slug
    }
}
