//! Letters as mail programs save them (EML): the subject and day as what the letter declares, the text part or else the HTML
//! part as its text. Attachments are left out and counted.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::model::PieceKind;
use crate::model::text::{counted, one_line};

use super::html;
use super::pieces::{Gap, Pieces};
use super::sealed::Failure;

/// Parts in each other.
const DEEPEST: usize = 20;

/// The most parts.
const PARTS: usize = 1000;

/// A part of a letter.
struct Part<'b> {
    heads: Vec<(String, String)>,
    body: &'b [u8],
}

/// What a letter holds that may be its text.
#[derive(Default)]
struct Found {
    plain: Option<String>,
    html: Option<(Vec<u8>, Option<String>)>,
    attachments: usize,
    parts: usize,
}

/// Takes the text out of a letter.
pub(super) fn read(bytes: Vec<u8>) -> Result<Pieces, Failure> {
    let letter = part(&bytes);
    if letter.heads.is_empty() {
        return Err(Failure::Broken("it has no headers".to_owned()));
    }
    let mut found = Found::default();
    look(&letter, 0, &mut found)?;
    let mut pieces = Pieces::default();
    match (&found.plain, &found.html) {
        (Some(plain), _) if !plain.trim().is_empty() => paragraphs(plain, &mut pieces),
        (_, Some((page, label))) => pieces.append(html::read(page, label.as_deref())?, None),
        _ => {}
    }
    if let Some(subject) = letter.head("subject") {
        pieces.declared.push(("title".to_owned(), one_line(&worded(subject))));
    }
    if let Some(day) = letter.head("date").and_then(day) {
        pieces.declared.push(("published".to_owned(), day));
    }
    if found.attachments > 0 {
        pieces.remarks.push(format!("{} left out", counted(found.attachments, "attachment")));
    }
    Ok(pieces)
}

/// Paragraphs of plain text; quoted letters are left with their marks.
fn paragraphs(text: &str, pieces: &mut Pieces) {
    let mut open = false;
    for line in text.lines() {
        let line = line.trim_end();
        if line.trim().is_empty() {
            open = false;
            continue;
        }
        pieces.open(PieceKind::Paragraph, if open { Gap::Line } else { Gap::Blank }, 0);
        pieces.push(line.trim_start(), None);
        open = true;
    }
    pieces.close();
}

impl Part<'_> {
    fn head(&self, name: &str) -> Option<&str> {
        self.heads.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The media type in lower case.
    fn sort(&self) -> String {
        let sort = self.head("content-type").unwrap_or("text/plain");
        sort.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// A parameter of the media type.
    fn parameter(&self, name: &str) -> Option<String> {
        let mut rest = self.head("content-type")?.split(';').skip(1);
        rest.find_map(|parameter| {
            let (known, value) = parameter.split_once('=')?;
            known.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"').to_owned())
        })
    }

    /// The body without its dress for transport.
    fn bytes(&self) -> Vec<u8> {
        let dress = self.head("content-transfer-encoding").unwrap_or_default().trim().to_ascii_lowercase();
        match dress.as_str() {
            "base64" => base64(self.body),
            "quoted-printable" => quoted_printable(self.body, false),
            _ => self.body.to_vec(),
        }
    }
}

/// Cuts headers from body.
fn part(bytes: &[u8]) -> Part<'_> {
    let mut heads: Vec<(String, String)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
        let line = String::from_utf8_lossy(&bytes[at..end]).into_owned();
        let line = line.trim_end_matches(['\r', '\n']);
        if line.is_empty() {
            at = end;
            break;
        }
        if line.starts_with([' ', '\t']) {
            // A long header goes on.
            heads.last_mut().into_iter().for_each(|(_, value)| {
                value.push(' ');
                value.push_str(line.trim());
            });
        } else if let Some((name, value)) = line.split_once(':').filter(|(name, _)| !name.contains(' ')) {
            heads.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        } else if !line.starts_with("From ") || at > 0 {
            break;
        }
        at = end;
    }
    Part { heads, body: bytes.get(at..).unwrap_or_default() }
}

/// Looks through a part and those in it.
fn look(part: &Part<'_>, depth: usize, found: &mut Found) -> Result<(), Failure> {
    found.parts += 1;
    if depth > DEEPEST || found.parts > PARTS {
        return Err(Failure::Unbounded(format!("it has more than {PARTS} parts, or {DEEPEST} in each other")));
    }
    let sort = part.sort();
    let attached =
        part.head("content-disposition").is_some_and(|how| how.trim().to_ascii_lowercase().starts_with("attachment"));
    match sort.as_str() {
        _ if attached => found.attachments += 1,
        _ if sort.starts_with("multipart/") => {
            let Some(boundary) = part.parameter("boundary").filter(|boundary| !boundary.is_empty()) else {
                return Ok(());
            };
            for inner in parted(part.body, &boundary) {
                look(&self::part(inner), depth + 1, found)?;
            }
        }
        "text/plain" if found.plain.is_none() => {
            found.plain = Some(decoded(&part.bytes(), part.parameter("charset").as_deref()));
        }
        "text/html" if found.html.is_none() => {
            let label = part.parameter("charset").filter(|label| Encoding::for_label(label.as_bytes()).is_some());
            found.html = Some((part.bytes(), label));
        }
        "text/plain" | "text/html" => {}
        _ => found.attachments += 1,
    }
    Ok(())
}

/// The parts between boundaries.
fn parted<'b>(body: &'b [u8], boundary: &str) -> Vec<&'b [u8]> {
    let mark = format!("--{boundary}");
    let mut parts = Vec::new();
    let mut start = None;
    for at in memchr::memmem::find_iter(body, mark.as_bytes()) {
        if at > 0 && body[at - 1] != b'\n' {
            continue;
        }
        if let Some(start) = start {
            parts.push(body.get(start..at).unwrap_or_default());
        }
        let after = at + mark.len();
        if body.get(after..after + 2) == Some(b"--") {
            return parts;
        }
        start = memchr::memchr(b'\n', body.get(after..).unwrap_or_default()).map(|end| after + end + 1);
        if parts.len() > PARTS {
            return parts;
        }
    }
    parts.extend(start.and_then(|start| body.get(start..)));
    parts
}

fn decoded(bytes: &[u8], label: Option<&str>) -> String {
    let named = label.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let fitting = if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 };
    named.unwrap_or(fitting).decode(bytes).0.into_owned()
}

fn base64(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for &sign in text {
        let value = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
            bits &= (1 << count) - 1;
        }
    }
    bytes
}

/// Quoted-printable; in headers `_` is a blank.
fn quoted_printable(text: &[u8], header: bool) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut at = 0;
    while let Some(&sign) = text.get(at) {
        let rest = &text[at + 1..];
        let hex = rest.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (sign, byte) {
            (b'=', _) if rest.starts_with(b"\r\n") => at += 3,
            (b'=', _) if rest.starts_with(b"\n") => at += 2,
            (b'=', Some(byte)) => {
                bytes.push(byte);
                at += 3;
            }
            (b'_', _) if header => {
                bytes.push(b' ');
                at += 1;
            }
            _ => {
                bytes.push(sign);
                at += 1;
            }
        }
    }
    bytes
}

/// A header with its encoded words: `=?utf-8?Q?caf=C3=A9?=`.
fn worded(value: &str) -> String {
    let mut words = String::new();
    let mut rest = value;
    let mut joins = false;
    while let Some(start) = rest.find("=?") {
        let Some((word, after)) = encoded_word(&rest[start..]) else {
            words.push_str(&rest[..start + 2]);
            rest = &rest[start + 2..];
            continue;
        };
        // Blanks between two such words are no blanks.
        if !(joins && rest[..start].trim().is_empty()) {
            words.push_str(&rest[..start]);
        }
        words.push_str(&word);
        (rest, joins) = (after, true);
    }
    words + rest
}

fn encoded_word(text: &str) -> Option<(String, &str)> {
    let mut parts = text.strip_prefix("=?")?.splitn(3, '?');
    let (label, how, rest) = (parts.next()?, parts.next()?, parts.next()?);
    let (word, after) = rest.split_once("?=")?;
    let bytes = match how {
        "Q" | "q" => quoted_printable(word.as_bytes(), true),
        "B" | "b" => base64(word.as_bytes()),
        _ => return None,
    };
    Some((decoded(&bytes, label.split('*').next()), after))
}

/// `Tue, 8 Apr 2021 10:00:00 +0200` as `8 Apr 2021`.
fn day(date: &str) -> Option<String> {
    let words: Vec<&str> = date.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|word| word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit()))?;
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let month = words.get(at + 1)?.get(..3)?.to_ascii_lowercase();
    let month = months.iter().position(|known| *known == month)? + 1;
    let year = words.get(at + 2).filter(|year| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))?;
    Some(format!("{year}-{month:02}-{:0>2}", words[at]))
}

#[cfg(test)]
mod tests {
    use super::super::{Error, Options, read};
    use super::{base64, day, worded};

    #[test]
    fn a_letter_is_read() {
        let letter = "From: a@b.example\r\nSubject: =?utf-8?Q?The_caf=C3=A9?= =?utf-8?B?IG9wZW5z?=\r\n\
            Date: Thu, 8 Apr 2021 10:00:00 +0200\r\nContent-Type: multipart/mixed;\r\n boundary=\"xx\"\r\n\r\nno words\r\n\
            --xx\r\nContent-Type: text/html\r\n\r\n<p>no</p>\r\n--xx\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nThe caf=E9 of the Ministry op=\r\nens.\r\n\r\nIt is new.\r\n\
            --xx\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment\r\n\r\nxyz\r\n--xx--\r\n";
        let found = read("a.eml", letter.as_bytes(), &Options::default()).expect("a document");
        assert_eq!(found.text, "The café of the Ministry opens.\n\nIt is new.");
        super::super::tests::assert_sound(&found);
        assert_eq!(found.metadata.title.as_ref().map(|title| title.value.as_str()), Some("The café opens"));
        assert!(found.diagnostics.iter().any(|remark| remark.message == "1 attachment left out"));
    }

    #[test]
    fn a_page_is_a_letter_too() {
        let letter = "Subject: Bridges\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n\
            PHA+VGhlIGNvdW5jaWwgbWV0IGluIE1heSBhbmQgdGhhbmtlZCB0aGUgdG93bnMuPC9wPg==\n";
        let found = read("a.eml", letter.as_bytes(), &Options::default()).expect("a document");
        assert_eq!(found.text, "The council met in May and thanked the towns.");
        let none =
            read("a.eml", b"Subject: x\nContent-Type: multipart/mixed; boundary=a\n\n--a--", &Options::default());
        assert!(matches!(none, Err(Error::NoWords { .. })), "{none:?}");
        assert!(matches!(read("a.eml", b"\nHello", &Options::default()), Err(Error::Broken { .. })));
    }

    #[test]
    fn dress_is_taken_off() {
        assert_eq!(base64(b"SGVs\r\nbG8="), b"Hello");
        assert_eq!(worded("Re: =?x?Z?a?= b"), "Re: =?x?Z?a?= b");
        assert_eq!(day("8 Apr 2021 10:00").as_deref(), Some("2021-04-08"));
        assert_eq!(day("yesterday"), None);
    }
}
