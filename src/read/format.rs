//! The input formats, and which files are documents at all.

use super::layout::Layout;
use super::{markdown, text};

/// How a document's text is to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text; front matter and the commonest Markdown marks are understood too, since people save so.
    Text,
    /// Markdown.
    Markdown,
}

impl Format {
    /// All, in the order of help texts.
    pub const ALL: [Format; 2] = [Self::Text, Self::Markdown];

    /// The word on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
        }
    }

    /// The file name extensions, lower case, without the dot.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["txt", "text"],
            Self::Markdown => &["md", "markdown"],
        }
    }

    /// The format with this name or extension, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        let same = |word: &&str| word.eq_ignore_ascii_case(name);
        Self::ALL.into_iter().find(|format| same(&format.name()) || format.extensions().iter().any(same))
    }

    /// The format that a file name's extension tells; plain text for others.
    pub(super) fn of(name: &str) -> Self {
        extension(name).and_then(Self::from_name).unwrap_or(Self::Text)
    }

    pub(super) fn lay_out(self, text: String) -> Layout {
        match self {
            Self::Text => text::lay_out(text),
            Self::Markdown => markdown::lay_out(text),
        }
    }
}

/// Whether files with this extension (without the dot, in any case) are documents: what a walk through a folder takes.
pub fn is_readable(extension: &str) -> bool {
    Format::ALL.iter().any(|format| format.extensions().iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

/// What follows the last dot of the last part of a path.
pub(super) fn extension(name: &str) -> Option<&str> {
    let file = name.rsplit(['/', '\\']).next()?;
    file.rsplit_once('.').map(|(_, extension)| extension)
}

#[cfg(test)]
mod tests {
    use super::{Format, is_readable};

    #[test]
    fn extensions_tell_the_format() {
        for (name, format) in [
            ("a.txt", Format::Text),
            ("dir.md/a", Format::Text),
            ("a.MD", Format::Markdown),
            ("a.b.markdown", Format::Markdown),
            ("-", Format::Text),
            ("", Format::Text),
        ] {
            assert_eq!(Format::of(name), format, "{name}");
        }
        assert!(is_readable("TXT") && is_readable("md") && !is_readable("png") && !is_readable(""));
    }
}
