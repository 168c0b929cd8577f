//! The text of a file that is not UTF-8, or begins with a byte order mark, as plain UTF-8.

use std::io::{self, BufRead, BufReader, Read};

use encoding_rs::{CoderResult, Decoder, Encoding};

/// A reader that leaves out a byte order mark at the start.
///
/// # Errors
/// If the first bytes cannot be read.
pub fn without_mark<'r>(mut reader: impl Read + 'r) -> io::Result<Box<dyn Read + 'r>> {
    let mut head = Vec::with_capacity(3);
    reader.by_ref().take(3).read_to_end(&mut head)?;
    if head == b"\xEF\xBB\xBF" {
        return Ok(Box::new(reader));
    }
    Ok(Box::new(io::Cursor::new(head).chain(reader)))
}

/// A reader that turns bytes of an encoding into UTF-8. What the encoding has no character for becomes U+FFFD.
pub struct Decoded<R> {
    inner: BufReader<R>,
    decoder: Decoder,
    /// Text that found no room in the caller's buffer.
    left: Vec<u8>,
    is_done: bool,
}

impl<R: Read> Decoded<R> {
    /// Text in that encoding.
    pub fn new(inner: R, encoding: &'static Encoding) -> Self {
        Self { inner: BufReader::new(inner), decoder: encoding.new_decoder(), left: Vec::new(), is_done: false }
    }

    fn more(&mut self) -> io::Result<()> {
        let mut text = vec![0; 1 << 14];
        let bytes = self.inner.fill_buf()?;
        let is_last = bytes.is_empty();
        let (result, read, written, _) = self.decoder.decode_to_utf8(bytes, &mut text, is_last);
        self.inner.consume(read);
        text.truncate(written);
        self.left = text;
        self.is_done = is_last && result == CoderResult::InputEmpty;
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.left.is_empty() && !self.is_done {
            self.more()?;
        }
        let count = self.left.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.left[..count]);
        self.left.drain(..count);
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_left_out_and_nothing_else() {
        for (bytes, expected) in
            [(&b"\xEF\xBB\xBFab"[..], "ab"), (b"ab", "ab"), (b"", ""), (b"a\xEF\xBB\xBF", "a\u{feff}")]
        {
            let mut text = String::new();
            without_mark(bytes).and_then(|mut reader| reader.read_to_string(&mut text)).expect("it can be read");
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn text_of_any_length_is_decoded() {
        let bytes: Vec<u8> = b"Sao Tom\xE9;S\xE3o\n".iter().copied().cycle().take(60_000).collect();
        let mut text = String::new();
        Decoded::new(&*bytes, encoding_rs::WINDOWS_1252).read_to_string(&mut text).expect("it can be read");
        assert!(text.starts_with("Sao Tomé;São\nSao Tomé") && text.chars().count() == 60_000);
    }
}
