//! Words in XML: escaped so that readers give them back as they were, line breaks in attributes too.

/// A value for an attribute or an element. Characters that XML has no way to hold become U+FFFD.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '\t' => out.push_str("&#9;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_xml_reads_otherwise_is_escaped() {
        assert_eq!(escaped("a \"b\" <c> & d\n\u{1} ایران"), "a &quot;b&quot; &lt;c&gt; &amp; d&#10;\u{fffd} ایران");
    }
}
