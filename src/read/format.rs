//! The input formats, and which files are documents at all.

/// How a document's bytes are to be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Plain text; front matter and the commonest Markdown marks are understood too, since people save so.
    Text,
    /// Markdown.
    Markdown,
    /// A web page.
    Html,
    /// A Word document in Office Open XML.
    Docx,
    /// PDF.
    Pdf,
    /// A text in OpenDocument.
    Odt,
    /// Rich text.
    Rtf,
    /// An electronic book.
    Epub,
    /// A letter as mail programs save it.
    Eml,
}

/// How far into a file its first tag, or `%PDF-`, is looked for, in bytes.
const START: usize = 1024;

impl Format {
    /// All, in the order of help texts.
    pub const ALL: [Format; 9] =
        [Self::Text, Self::Markdown, Self::Html, Self::Docx, Self::Pdf, Self::Odt, Self::Rtf, Self::Epub, Self::Eml];

    /// The word on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Docx => "docx",
            Self::Pdf => "pdf",
            Self::Odt => "odt",
            Self::Rtf => "rtf",
            Self::Epub => "epub",
            Self::Eml => "eml",
        }
    }

    /// The media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain",
            Self::Markdown => "text/markdown",
            Self::Html => "text/html",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Pdf => "application/pdf",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Rtf => "application/rtf",
            Self::Epub => "application/epub+zip",
            Self::Eml => "message/rfc822",
        }
    }

    /// The file name extensions, lower case, without the dot.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Text => &["txt", "text"],
            Self::Markdown => &["md", "markdown"],
            Self::Html => &["html", "htm", "xhtml"],
            Self::Docx => &["docx", "docm"],
            Self::Pdf => &["pdf"],
            Self::Odt => &["odt", "ott"],
            Self::Rtf => &["rtf"],
            Self::Epub => &["epub"],
            Self::Eml => &["eml"],
        }
    }

    /// The format with this name or extension, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        let same = |word: &&str| word.eq_ignore_ascii_case(name);
        Self::ALL.into_iter().find(|format| same(&format.name()) || format.extensions().iter().any(same))
    }

    /// The format that a file name's extension tells; plain text for others.
    pub fn named(name: &str) -> Self {
        Self::of(name)
    }

    pub(super) fn of(name: &str) -> Self {
        extension(name).and_then(Self::from_name).unwrap_or(Self::Text)
    }

    /// The format of a file: what its first bytes show, else what its name says.
    pub(super) fn tell(name: &str, bytes: &[u8]) -> Self {
        let start = bytes.get(..START).unwrap_or(bytes);
        let has = |words: &[u8]| memchr::memmem::find(start, words).is_some();
        if bytes.starts_with(b"PK\x03\x04") {
            match () {
                () if has(b"mimetypeapplication/vnd.oasis.opendocument.text") => Self::Odt,
                () if has(b"mimetypeapplication/epub+zip") => Self::Epub,
                () => Self::Docx,
            }
        } else if bytes.starts_with(b"{\\rtf") {
            Self::Rtf
        } else if Self::of(name) == Self::Eml {
            // What a letter brings along says nothing of the letter.
            Self::Eml
        } else if has(b"%PDF-") {
            Self::Pdf
        } else if begins_html(start) {
            Self::Html
        } else {
            Self::of(name)
        }
    }
}

/// Whether a file begins as a web page does, whatever its encoding: after blanks, comments and declarations of XML.
fn begins_html(start: &[u8]) -> bool {
    let letters: Vec<u8> = start.iter().copied().filter(|byte| byte.is_ascii() && *byte != 0).collect();
    let text = String::from_utf8(letters).unwrap_or_default().to_ascii_lowercase();
    let mut rest = text.trim_start();
    loop {
        let end = match rest {
            _ if rest.starts_with("<?xml") => rest.find("?>").map(|end| end + 2),
            _ if rest.starts_with("<!--") => rest.find("-->").map(|end| end + 3),
            _ => break,
        };
        let Some(end) = end else { return false };
        rest = rest[end..].trim_start();
    }
    ["<!doctype html", "<html", "<head", "<body"].iter().any(|tag| rest.starts_with(tag))
}

/// Whether files with this extension (without the dot, in any case) are documents: what a walk through a folder takes.
pub fn is_readable(extension: &str) -> bool {
    Format::ALL.iter().any(|format| format.extensions().iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

/// Extensions of documents that we do not read and say so.
const OTHERS: &[&str] = &["doc", "dot", "msg", "pages", "wpd"];

/// Whether files with this extension are documents, whether or not we can read them: what a walk through a folder of the
/// user's takes, so that none is passed over in silence.
pub fn is_document(extension: &str) -> bool {
    is_readable(extension) || OTHERS.iter().any(|other| other.eq_ignore_ascii_case(extension))
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
            ("a.HTM", Format::Html),
            ("-", Format::Text),
            ("", Format::Text),
        ] {
            assert_eq!(Format::of(name), format, "{name}");
        }
        assert!(is_readable("TXT") && is_readable("md") && is_readable("pdf"));
        assert!(!is_readable("png") && !is_readable(""));
    }

    #[test]
    fn content_stands_before_the_name() {
        for (name, bytes, format) in [
            ("a.txt", &b"\xEF\xBB\xBF <!-- saved --> <!DOCTYPE HTML><p>Hello"[..], Format::Html),
            ("a.txt", b"<?xml version='1.0'?><html xmlns='x'>", Format::Html),
            ("a.txt", b"\xFF\xFE<\0h\0t\0m\0l\0>\0", Format::Html),
            ("a.docx", b"\n%PDF-1.7 ..", Format::Pdf),
            ("a.pdf", b"PK\x03\x04..", Format::Docx),
            ("a.doc", b"{\\rtf1 Hello}", Format::Rtf),
            ("a.zip", b"PK\x03\x04..mimetypeapplication/epub+zip", Format::Epub),
            ("a.eml", b"Subject: %PDF-", Format::Eml),
            ("a.html", b"<p>Hello", Format::Html),
            ("a.md", b"The tag <html> is a tag.", Format::Markdown),
        ] {
            assert_eq!(Format::tell(name, bytes), format, "{name}");
        }
    }
}
