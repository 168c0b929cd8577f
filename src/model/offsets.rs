//! The map between bytes (inside) and Unicode code points (RDF, JSON Lines, screens).

use super::Span;

/// Bytes between two remembered positions: a look-up counts at most this many bytes.
const STRIDE: usize = 128;

/// Converts offsets of one text between bytes and Unicode code points, without keeping a copy of the text.
#[derive(Clone, Debug, Default)]
pub struct CodePoints {
    /// Code points before byte `i * STRIDE`; empty when the text is ASCII, where both counts agree.
    before: Vec<usize>,
}

impl CodePoints {
    /// Reads the text once.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self::default();
        }
        let mut count = 0;
        let before = text
            .as_bytes()
            .chunks(STRIDE)
            .map(|chunk| {
                let at = count;
                count += starts(chunk);
                at
            })
            .collect();
        Self { before }
    }

    /// Code points of `text` before byte `byte`, which must be a character boundary or the end.
    pub fn of_byte(&self, text: &str, byte: usize) -> usize {
        let slot = byte / STRIDE;
        match self.before.get(slot) {
            Some(before) => before + starts(&text.as_bytes()[slot * STRIDE..byte]),
            None if self.before.is_empty() => byte,
            None => self.before[slot - 1] + starts(&text.as_bytes()[(slot - 1) * STRIDE..byte]),
        }
    }

    /// Start and end of a span in code points.
    pub fn of_span(&self, text: &str, span: Span) -> (usize, usize) {
        (self.of_byte(text, span.start), self.of_byte(text, span.end))
    }

    /// The byte where code point number `point` starts; the text's length if it has no more than `point`.
    pub fn to_byte(&self, text: &str, point: usize) -> usize {
        if self.before.is_empty() {
            return point.min(text.len());
        }
        let slot = self.before.partition_point(|&before| before <= point) - 1;
        let mut left = point - self.before[slot];
        for (i, &byte) in text.as_bytes()[slot * STRIDE..].iter().enumerate() {
            if is_start(byte) {
                if left == 0 {
                    return slot * STRIDE + i;
                }
                left -= 1;
            }
        }
        text.len()
    }
}

const fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| is_start(byte)).count()
}

#[cfg(test)]
mod tests {
    use super::CodePoints;

    #[test]
    fn every_boundary_goes_there_and_back() {
        let mixed = "Iran (ایران) agrees 👍 with “this”. ".repeat(40);
        for text in ["", "plain", &mixed] {
            let map = CodePoints::new(text);
            let ends = text.char_indices().map(|(byte, _)| byte).chain([text.len()]);
            for (point, byte) in ends.enumerate() {
                assert_eq!(map.of_byte(text, byte), point);
                assert_eq!(map.to_byte(text, point), byte);
            }
        }
    }
}
