//! Escapes of N-Triples and Turtle strings.

use std::io::{self, Write};

/// The two characters that stand for a byte inside quotation marks: `\n`; `\u` opens the number of a control character.
/// `None` for a byte that stands for itself.
pub const fn pair(byte: u8) -> Option<(u8, u8)> {
    match byte {
        b'"' | b'\\' => Some((b'\\', byte)),
        b'\n' => Some((b'\\', b'n')),
        b'\r' => Some((b'\\', b'r')),
        b'\t' => Some((b'\\', b't')),
        0x08 => Some((b'\\', b'b')),
        0x0C => Some((b'\\', b'f')),
        0..0x20 | 0x7F => Some((b'\\', b'u')),
        _ => None,
    }
}

/// The last byte of the two characters of three bytes that no XML can hold, if one starts here: U+FFFE and U+FFFF, which
/// canonical lines escape too.
pub fn noncharacter(bytes: &[u8]) -> Option<u8> {
    match bytes {
        [0xEF, 0xBF, last @ 0xBE..=0xBF, ..] => Some(*last),
        _ => None,
    }
}

/// Writes a value between quotation marks, on one line.
pub fn quoted(out: &mut impl Write, value: &str) -> io::Result<()> {
    out.write_all(b"\"")?;
    pieces(out, value, |_, byte| IN_STRING[byte as usize])?;
    out.write_all(b"\"")
}

/// Writes a value between triple quotation marks, its lines kept.
pub fn long(out: &mut impl Write, value: &str) -> io::Result<()> {
    out.write_all(b"\"\"\"")?;
    pieces(out, value, |at, byte| match byte {
        b'\n' | b'\t' => false,
        // Only a mark that could close the string, or touch the closing one, needs an escape.
        b'"' => !matches!(value.as_bytes().get(at + 1), Some(next) if *next != b'"'),
        _ => IN_STRING[byte as usize],
    })?;
    out.write_all(b"\"\"\"")
}

/// Writes an IRI between angle brackets. Characters that no IRI may hold are escaped rather than let through.
pub fn iri(out: &mut impl Write, iri: &str) -> io::Result<()> {
    out.write_all(b"<")?;
    let mut rest = iri;
    while let Some(at) = rest.bytes().position(|byte| NOT_IN_IRI[byte as usize]) {
        write!(out, "{}\\u{:04X}", &rest[..at], rest.as_bytes()[at])?;
        rest = &rest[at + 1..];
    }
    out.write_all(rest.as_bytes())?;
    out.write_all(b">")
}

const NOT_IN_IRI: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte <= b' ' as usize {
        table[byte] = true;
        byte += 1;
    }
    let others = b"<>\"{}|^`\\";
    let mut at = 0;
    while at < others.len() {
        table[others[at] as usize] = true;
        at += 1;
    }
    table
};

const IN_STRING: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = pair(byte as u8).is_some() || byte == FIRST_OF_WIDE as usize;
        byte += 1;
    }
    table
};

fn pieces(out: &mut impl Write, value: &str, escapes: impl Fn(usize, u8) -> bool) -> io::Result<()> {
    let bytes = value.as_bytes();
    let mut done = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        if !escapes(at, byte) {
            continue;
        }
        let wide = noncharacter(&bytes[at..]);
        if byte == FIRST_OF_WIDE && wide.is_none() {
            continue;
        }
        out.write_all(&bytes[done..at])?;
        done = at + 1;
        match (wide, pair(byte)) {
            (Some(last), _) => {
                write!(out, "\\uFFF{:X}", 0xE + (last & 1))?;
                done = at + 3;
            }
            (None, Some((_, b'u'))) => write!(out, "\\u{byte:04X}")?,
            (None, Some((mark, letter))) => out.write_all(&[mark, letter])?,
            (None, None) => out.write_all(&[byte])?,
        }
    }
    out.write_all(&bytes[done..])
}

/// The first byte of the characters that [`noncharacter`] finds, and of many others.
const FIRST_OF_WIDE: u8 = 0xEF;

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl Fn(&mut Vec<u8>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_value_on_one_line() {
        let value = "a \"b\" \\n\n\r\t\u{8}\u{c}\u{1}\u{7f} ایران 👍 \u{FEFF}\u{FFFE}\u{FFFF}\u{FFFD}";
        let expected = "\"a \\\"b\\\" \\\\n\\n\\r\\t\\b\\f\\u0001\\u007F ایران 👍 \u{FEFF}\\uFFFE\\uFFFF\u{FFFD}\"";
        assert_eq!(written(|out| quoted(out, value)), expected);
    }

    #[test]
    fn a_long_value_keeps_its_lines() {
        assert_eq!(written(|out| long(out, "a\n\"b\" \"\" \"")), "\"\"\"a\n\"b\" \\\"\" \\\"\"\"\"");
        assert_eq!(written(|out| long(out, "x\r\ny\\")), "\"\"\"x\\r\ny\\\\\"\"\"");
    }
}
