//! Small things done to words everywhere: on one line, as a key, counted, in hex; and the hash that names a text.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The hash that names a text: SHA-256 in lower-case hex (64 digits) of its UTF-8 with exactly one line feed at its end,
/// however many it ends in. It is the hash of a file that is UTF-8, has no byte-order mark and ends its lines in LF.
pub fn text_hash(text: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(text.trim_end_matches('\n'));
    hash.update(b"\n");
    hex(&hash.finalize())
}

/// Whether a text is the one that a hash names: by [`text_hash`], or by the hash of its bytes as they stand, which named
/// texts in stores of earlier builds.
pub fn is_named(text: &str, sha256: &str) -> bool {
    text_hash(text) == sha256 || hex(&Sha256::digest(text)) == sha256
}

/// Every run of blanks and line breaks as one blank, none around.
pub fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// Text as the last part of a key: lower-case letters, digits and single hyphens; other scripts stay as they are.
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.trim().chars() {
        let is_point = c == '.' && before.is_ascii_digit();
        before = c;
        if c.is_alphanumeric() || is_point {
            slug.extend(c.to_lowercase());
        } else if !matches!(c, '\'' | '’' | '.') && !slug.ends_with('-') && !slug.is_empty() {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches(['-', '.']).len());
    slug
}

/// `1 claim`, `2 claims`; for nouns that take an s.
pub fn counted(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// Bytes, as those of a digest, in lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        // Writing to memory cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use super::{counted, hex, is_named, one_line, slug, text_hash};

    #[test]
    fn the_end_of_a_text_does_not_name_it() {
        // `printf 'Tides.\n' | sha256sum`
        let named = "fa38b721c85701e7f4b98b5d84f3b1b9b0dbe55f7f0df58de6b34e9adf80deb8";
        for text in ["Tides.", "Tides.\n", "Tides.\n\n"] {
            assert_eq!(text_hash(text), named);
            assert!(is_named(text, named));
        }
        assert_ne!(text_hash("Tides. \n"), named);
        let of_bytes = hex(&<sha2::Sha256 as sha2::Digest>::digest("Tides."));
        assert!(is_named("Tides.", &of_bytes) && !is_named("Tides.\n", &of_bytes));
    }

    #[test]
    fn slugs_are_plain() {
        for (text, expected) in [
            ("Ministry of\n Foreign Affairs", "ministry-of-foreign-affairs"),
            ("GP’s offices (new)", "gps-offices-new"),
            ("4.5", "4.5"),
            (" 4. 5.", "4.-5"),
            ("ایران", "ایران"),
        ] {
            assert_eq!(slug(text), expected);
        }
    }

    #[test]
    fn words_on_a_line_numbers_and_bytes() {
        assert_eq!(one_line(" a\n\n b\tc "), "a b c");
        assert_eq!((counted(1, "claim").as_str(), counted(0, "claim").as_str()), ("1 claim", "0 claims"));
        assert_eq!(hex(&[0, 171, 255]), "00abff");
    }
}
