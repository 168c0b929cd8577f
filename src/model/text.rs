//! Small things done to words everywhere: on one line, as a key, counted, in hex.

use std::fmt::Write;

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
    use super::{counted, hex, one_line, slug};

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
