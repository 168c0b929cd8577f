//! The letters of a web page: which encoding it is in, and where each decoded byte stands in the file.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::model::{CodePoints, Span};

use super::super::sealed::Failure;

/// How far a page's declaration of its encoding is looked for, in bytes.
const START: usize = 4096;

/// A decoded page.
pub(super) struct Decoded {
    /// The whole page, without a byte-order mark.
    pub text: String,
    way: Way,
    points: CodePoints,
    /// Bytes before the text: those of a byte-order mark.
    skipped: usize,
}

/// How bytes of the text lead to bytes of the file.
enum Way {
    Same,
    /// One byte a character.
    Single,
    /// Two bytes a UTF-16 unit; the units before each character that takes two.
    Utf16(Vec<usize>),
    Unknown,
}

/// Decodes a page: by a mark of byte order, by what the user says, by what the page declares; else as UTF-8, and if it is
/// none, as windows-1252.
pub(super) fn decode(bytes: &[u8], label: Option<&str>) -> Result<Decoded, Failure> {
    let named = |label: &str| Encoding::for_label(label.trim().as_bytes());
    let marked = Encoding::for_bom(bytes);
    let skipped = marked.map_or(0, |(_, length)| length);
    let encoding = match (label, marked) {
        (Some(label), _) => named(label).ok_or_else(|| Failure::Encoding(label.to_owned()))?,
        (None, Some((encoding, _))) => encoding,
        (None, None) => match declared(bytes.get(..START).unwrap_or(bytes)).and_then(|label| named(&label)) {
            // A page that could be read so far to find that it is in UTF-16 is in UTF-8.
            Some(encoding) if encoding != UTF_16LE && encoding != UTF_16BE && encoding != UTF_8 => encoding,
            _ if std::str::from_utf8(bytes).is_ok() => UTF_8,
            Some(_) if mostly_utf8(bytes) => UTF_8,
            _ => WINDOWS_1252,
        },
    };
    let body = bytes.get(skipped..).unwrap_or_default();
    let (text, lossy) = encoding.decode_without_bom_handling(body);
    let text = text.into_owned();
    let way = match encoding {
        _ if lossy => Way::Unknown,
        _ if encoding == UTF_8 => Way::Same,
        _ if encoding.is_single_byte() => Way::Single,
        _ if encoding == UTF_16LE || encoding == UTF_16BE => Way::Utf16(doubles(&text)),
        _ => Way::Unknown,
    };
    Ok(Decoded { points: CodePoints::new(&text), text, way, skipped })
}

/// Whether bytes that a page calls UTF-8 are that but for a few.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let lost = bytes.utf8_chunks().filter(|chunk| !chunk.invalid().is_empty()).count();
    let high = bytes.iter().filter(|byte| **byte >= 0xC0).count();
    lost * 4 <= high
}

/// The label in `<meta charset=…>`, `content="text/html; charset=…"` or the declaration of XML.
fn declared(start: &[u8]) -> Option<String> {
    let text: String = start.iter().map(|&byte| char::from(byte.to_ascii_lowercase())).collect();
    let at = ["charset=", "encoding="].iter().find_map(|word| Some(text.find(word)? + word.len()))?;
    let rest = text.get(at..)?.trim_start_matches(['"', '\'', ' ']);
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':'))).unwrap_or(rest.len());
    (end > 0).then(|| rest[..end].to_owned())
}

/// Code points that take two units, by their number.
fn doubles(text: &str) -> Vec<usize> {
    text.chars().enumerate().filter(|(_, c)| c.len_utf16() == 2).map(|(at, _)| at).collect()
}

impl Decoded {
    /// The bytes of the file under bytes of the text.
    pub fn bytes(&self, span: Span) -> Option<Span> {
        Some(Span::new(self.byte(span.start)?, self.byte(span.end)?))
    }

    fn byte(&self, at: usize) -> Option<usize> {
        let point = || self.points.of_byte(&self.text, at);
        let inside = match &self.way {
            Way::Same => at,
            Way::Single => point(),
            Way::Utf16(doubles) => {
                let point = point();
                2 * (point + doubles.partition_point(|&double| double < point))
            }
            Way::Unknown => return None,
        };
        Some(self.skipped + inside)
    }
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::model::Span;

    #[test]
    fn encodings_are_told_and_lead_back() {
        let utf16: Vec<u8> = "\u{feff}<p>é 😀 x".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (bytes, word, wanted) in [
            (&b"<meta charset=windows-1251><p>\xCF\xF0"[..], "Пр", Some((30, 32))),
            (b"<p>Caf\xE9", "é", Some((6, 7))),
            ("<p>Café".as_bytes(), "é", Some((6, 8))),
            ("\u{feff}<p>Café".as_bytes(), "é", Some((9, 11))),
            (&utf16, "x", Some((18, 20))),
        ] {
            let page = decode(bytes, None).unwrap_or_else(|_| panic!("{word}"));
            let at = page.text.find(word).unwrap_or_else(|| panic!("{word} in {}", page.text));
            let found = page.bytes(Span::new(at, at + word.len()));
            assert_eq!(found.map(|span| (span.start, span.end)), wanted, "{word}");
        }
        assert!(decode(b"<p>", Some("latin-x")).is_err());
    }
}
