//! A stretch of a text, as its IRI names it after RFC 5147: `…/text/4e801cbb5a10c2d7#char=1693,1742`. The one place that
//! writes such an IRI and reads it back.

use std::fmt;

/// A stretch of a text that has an IRI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Passage<'i> {
    /// The IRI of the text.
    pub text: &'i str,
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
}

impl<'i> Passage<'i> {
    /// What stands between the IRI of a text and the code points.
    pub const MARK: &'static str = "#char=";

    /// Reads an IRI; `None` if it is that of no passage.
    pub fn parse(iri: &'i str) -> Option<Self> {
        let (text, place) = iri.rsplit_once(Self::MARK)?;
        let (start, end) = place.split_once(',')?;
        Some(Self { text, start: number(start)?, end: number(end)? })
    }

    /// The end of the text's IRI: the first digits of its hash.
    pub fn digits(&self) -> &'i str {
        self.text.rsplit('/').next().unwrap_or_default()
    }

    /// What the text's IRI begins with, before `text/`; `None` if it has another shape.
    pub fn base(&self) -> Option<&'i str> {
        self.text.strip_suffix(self.digits())?.strip_suffix("text/")
    }

    /// Whether it is of the text with that SHA-256 in hex.
    pub fn is_of(&self, sha256: &str) -> bool {
        !self.digits().is_empty() && sha256.starts_with(self.digits())
    }

    /// Both code points.
    pub const fn place(&self) -> (usize, usize) {
        (self.start, self.end)
    }
}

impl fmt::Display for Passage<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{},{}", self.text, Self::MARK, self.start, self.end)
    }
}

/// A number in the one way in which we write it, so that no two IRIs name the same place.
fn number(digits: &str) -> Option<usize> {
    let is_ours = digits.bytes().all(|byte| byte.is_ascii_digit()) && (digits == "0" || !digits.starts_with('0'));
    if is_ours { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::Passage;

    #[test]
    fn what_is_written_is_read_back() {
        let passage = Passage { text: "https://x.org/text/4e801cbb5a10c2d7", start: 0, end: 1742 };
        let iri = passage.to_string();
        assert_eq!(iri, "https://x.org/text/4e801cbb5a10c2d7#char=0,1742");
        assert_eq!(Passage::parse(&iri), Some(passage));
        assert_eq!((passage.digits(), passage.base()), ("4e801cbb5a10c2d7", Some("https://x.org/")));
        assert!(passage.is_of("4e801cbb5a10c2d7aa") && !passage.is_of("4e80"));
    }

    #[test]
    fn what_is_no_passage_is_not_read() {
        for iri in [
            "https://x.org/text/ab", "https://x.org/text/ab#char=1", "x#char=1,y", "x#char=+1,2", "x#char=01,2",
            "x#char=,2",
        ] {
            assert_eq!(Passage::parse(iri), None, "{iri}");
        }
    }
}
