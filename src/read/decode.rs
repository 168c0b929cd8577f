//! Bytes become text, or the reason why they do not.

use encoding_rs::{Encoding, GB18030, UTF_16BE, UTF_16LE};

use super::{Error, Options};

/// How binary files begin, and what they are called. Longest first where one is the start of another.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"7z\xBC\xAF", "a 7z archive"),
    (b"\x7FELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a SQLite database"),
];

/// How the containers of old office documents begin.
const OLD_OFFICE: &[u8] = b"\xD0\xCF\x11\xE0";

/// What such a container holds if a newer document was put under a password: `EncryptedPackage` in UTF-16.
const SEALED: &[u8] = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";

/// What a file with NUL bytes is called.
const NUL: &str = "binary data (it has NUL bytes)";

/// The byte-order mark.
const MARK: char = '\u{feff}';

/// How many bytes are looked at to guess what a file is.
const SAMPLE: usize = 64 << 10;

/// Refuses what is empty or too large, and kinds of files that hold no text for us.
pub(super) fn bounds(name: &str, bytes: &[u8], options: &Options) -> Result<(), Error> {
    let name = || name.to_owned();
    if bytes.is_empty() {
        return Err(Error::Empty { name: name() });
    }
    if bytes.len() > options.limit {
        return Err(Error::TooLarge { name: name(), size: bytes.len(), limit: options.limit });
    }
    if bytes.starts_with(OLD_OFFICE) {
        // A Word file under a password lies in the same kind of container as an old one.
        let sealed = memchr::memmem::find(bytes, SEALED).is_some();
        return Err(if sealed { Error::Locked { name: name() } } else { Error::OldOffice { name: name() } });
    }
    if let Some((_, what)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(Error::Binary { name: name(), what });
    }
    Ok(())
}

/// Decodes a whole file. What only tells how the file was written, a byte-order mark and the kind of its line ends, is no
/// part of the text: two copies of a text that differ in nothing else are one text, with the same places in it.
pub(super) fn decode(name: &str, bytes: &[u8], options: &Options) -> Result<String, Error> {
    let name = || name.to_owned();
    let text = match (&options.encoding, marked_utf16(bytes)) {
        (Some(label), _) => decode_as(name(), bytes, label)?,
        (None, Some(encoding)) => decode_with(name(), bytes, encoding)?,
        (None, None) => decode_utf8(name(), bytes)?,
    };
    if text.contains('\0') {
        return Err(Error::Binary { name: name(), what: NUL });
    }
    Ok(unmarked(text))
}

/// A text without its byte-order mark, each of its line ends as one line feed.
fn unmarked(mut text: String) -> String {
    if text.starts_with(MARK) {
        text.drain(..MARK.len_utf8());
    }
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

fn decode_utf8(name: String, bytes: &[u8]) -> Result<String, Error> {
    let nul = bytes.iter().position(|&byte| byte == 0);
    let offset = match (std::str::from_utf8(bytes), nul) {
        (Ok(text), None) => return Ok(text.to_owned()),
        (Ok(_), Some(nul)) => nul,
        (Err(wrong), _) => wrong.valid_up_to(),
    };
    let guess = guess(bytes);
    if guess.is_none() && nul.is_some() {
        return Err(Error::Binary { name, what: NUL });
    }
    let byte = bytes.get(offset).copied().unwrap_or_default();
    Err(Error::NotUtf8 { name, byte, offset, guess })
}

fn decode_as(name: String, bytes: &[u8], label: &str) -> Result<String, Error> {
    let encoding =
        Encoding::for_label(label.trim().as_bytes()).ok_or_else(|| Error::UnknownEncoding { label: label.into() })?;
    decode_with(name, bytes, encoding)
}

fn decode_with(name: String, bytes: &[u8], encoding: &'static Encoding) -> Result<String, Error> {
    encoding
        .decode_without_bom_handling_and_without_replacement(bytes)
        .map(std::borrow::Cow::into_owned)
        .ok_or(Error::NotInEncoding { name, encoding: encoding.name() })
}

fn marked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => Some(UTF_16LE),
        [0xFE, 0xFF, ..] => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding that bytes which are not UTF-8 look like. Only a hint for a person: it is never used to decode.
fn guess(bytes: &[u8]) -> Option<&'static str> {
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    if sample.contains(&0) {
        return guess_utf16(sample);
    }
    let high: Vec<u8> = sample.iter().copied().filter(|&byte| byte >= 0x80).collect();
    let letters = sample.iter().filter(|byte| byte.is_ascii_alphabetic()).count();
    if high.len() < letters / 2 {
        return Some("windows-1252");
    }
    let count = |common: &[u8]| high.iter().filter(|byte| common.contains(byte)).count();
    // The commonest letters: о е а и н т, and ا ل ي م ن ر.
    let (cyrillic, arabic) = (count(b"\xEE\xE5\xE0\xE8\xED\xF2"), count(b"\xC7\xE1\xED\xE3\xE4\xD1"));
    let many = high.len() / 4;
    if cyrillic.max(arabic) > many {
        return Some(if cyrillic >= arabic { "windows-1251" } else { "windows-1256" });
    }
    GB18030.decode_without_bom_handling_and_without_replacement(bytes).map(|_| "gb18030")
}

/// UTF-16 without a mark: text in Latin letters has a NUL in every second byte.
fn guess_utf16(sample: &[u8]) -> Option<&'static str> {
    let zeros = |parity: usize| sample.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match sample.len() / 4 {
        many if odd > many && even == 0 => Some("utf-16le"),
        many if even > many && odd == 0 => Some("utf-16be"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Error, Options, read};
    use crate::model::Fault;

    fn said(name: &str, bytes: &[u8], options: &Options) -> String {
        match read(name, bytes, options) {
            Ok(document) => format!("text of {} bytes", document.text.len()),
            Err(error) => format!("{}: {error} | {}", error.code(), error.hint().unwrap_or_default()),
        }
    }

    #[test]
    fn every_cause_has_its_words() {
        let save = "save it as one of these first, then add the result";
        for (bytes, start, end) in [
            (&b""[..], "R0101: a.txt is empty", "was it saved?"),
            (b" \r\n\t\xEF\xBB\xBF", "R0101: a.txt holds nothing but blanks", "was it saved?"),
            (
                b"He said \x93hello\x94 to us",
                "R0102: a.txt is not UTF-8 (byte 0x93 at 8)",
                "looks like Windows-1252: try --encoding windows-1252",
            ),
            (b"\xCF\xF0\xE8\xE2\xE5\xF2 \xEE\xED\xE0", "R0102", "try --encoding windows-1251"),
            (
                b"H\0e\0l\0l\0o\0 \0\xE9\0",
                "R0102: a.txt is not UTF-8 (byte 0xe9 at 12)",
                "looks like UTF-16LE: try --encoding utf-16le",
            ),
            (b"%PDF-1.7 \xE2", "R0117: a.txt is broken: ", "open it in the program that made it, and save it again"),
            (b"PK\x03\x04..", "R0117: a.txt is broken: ", "open it in the program that made it, and save it again"),
            (
                b"\xD0\xCF\x11\xE0..",
                "R0119: a.txt is an old office document",
                "open it in a word processor and save it as .docx or .pdf",
            ),
            (b"\xD0\xCF\x11\xE0E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", "R0115", ""),
            (b"\x89PNG\r\n", "R0103: a.txt is a PNG image, not text", save),
            (b"some\0text", "R0103: a.txt is binary data (it has NUL bytes), not text", save),
            (b"\n<!DOCTYPE html><p> ", "R0116: no words were found in a.txt (html)", ""),
        ] {
            let said = said("a.txt", bytes, &Options::default());
            assert!(said.starts_with(start) && said.ends_with(end), "{said}");
        }
    }

    #[test]
    fn a_named_encoding_is_used() {
        let options = |label: &str| Options { encoding: Some(label.into()), ..Options::default() };
        let text = |label: &str, bytes: &[u8]| read("a", bytes, &options(label)).map(|document| document.text);
        assert_eq!(text("Windows-1252", b"\x93Caf\xE9\x94").as_deref(), Ok("“Café”"));
        assert_eq!(text("latin-x", b"a"), Err(Error::UnknownEncoding { label: "latin-x".into() }));
        let wrong = Err(Error::NotInEncoding { name: "a".into(), encoding: "UTF-8" });
        assert_eq!(text("utf-8", b"\xE9a"), wrong);
    }

    #[test]
    fn how_a_file_is_written_is_no_part_of_its_text() {
        let told =
            |bytes: &[u8]| read("a", bytes, &Options::default()).map(|document| (document.text, document.sha256));
        let plain = told(b"Ok.\n\nYes.\n").unwrap();
        assert_eq!(plain.0, "Ok.\n\nYes.\n");
        for bytes in ["\u{feff}Ok.\n\nYes.\n", "Ok.\r\n\r\nYes.\r\n", "Ok.\r\rYes.\r"] {
            assert_eq!(told(bytes.as_bytes()).unwrap(), plain, "{bytes:?}");
        }
        let utf16: Vec<u8> = "\u{feff}Ok.\n\nYes.\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(told(&utf16).unwrap(), plain);
        assert_eq!(told(b"Ok.\n\nYes.").unwrap().1, plain.1);
    }

    #[test]
    fn the_limit_counts_bytes() {
        let options = Options { limit: 4, ..Options::default() };
        assert_eq!(said("a", b"Yes.", &options), "text of 4 bytes");
        assert!(said("a", b"Yes..", &options).starts_with("R0104: a has 5 bytes, more than the limit of 4"));
    }

    #[test]
    fn no_bytes_are_too_odd() {
        let mut state = 0x2545_F491_4F6C_DD1D_u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        let alphabet = "aA1.,;:\n\n  \t\r*#-–•(){}[]/<>'\"`_\\—éپ中😀\u{feff}\u{c}§%&@=+~^|$";
        let letters: Vec<char> = alphabet.chars().collect();
        for round in 0..2000 {
            let length = (next() % 300) as usize;
            let bytes: Vec<u8> = if round % 2 == 0 {
                (0..length).map(|_| next() as u8).collect()
            } else {
                let text: String = (0..length).map(|_| letters[next() as usize % letters.len()]).collect();
                let front = if round % 3 == 0 { "---\ntitle: \"a\\\n  b\n---\n" } else { "" };
                format!("{front}{text}").into_bytes()
            };
            if let Ok(document) = read("a.md", &bytes, &Options::default()) {
                super::super::tests::assert_sound(&document);
            }
        }
    }
}
