//! Words in a picture: wrapped, cut, and escaped as GraphViz reads them.

/// Characters a line, if words allow it.
const WIDTH: usize = 24;

/// Characters that a short tail may stand out.
const SPARE: usize = 5;

/// Lines a label; what is longer is cut, and whole in the tooltip.
const LINES: usize = 4;

/// Text between quotation marks. GraphViz reads `\n`, `\N`, `\G` … as commands and `&lt;` as a character: both must come
/// out as they went in. Line breaks stay line breaks.
pub fn quoted(text: &str) -> String {
    marked(text, "\\n")
}

/// Like [`quoted`], with each line set to the left.
pub fn left(text: &str) -> String {
    marked(&format!("{text}\n"), "\\l")
}

fn marked(text: &str, line_break: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for (at, c) in text.char_indices() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str(line_break),
            '&' if is_entity(&text[at + 1..]) => out.push_str("&amp;"),
            _ if c.is_control() => out.push(' '),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Whether what follows an ampersand makes it a character reference.
fn is_entity(rest: &str) -> bool {
    rest.split_once(';').is_some_and(|(name, _)| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
    })
}

/// A label in lines of about 24 characters, at most four, of even length; `tail` is kept whatever is cut.
pub fn wrapped(text: &str, tail: &str) -> String {
    let mut lines = balanced(text);
    if lines.len() > LINES {
        lines = broken(text, WIDTH);
        lines.truncate(LINES);
        if let Some(last) = lines.last_mut() {
            last.push('…');
        }
    }
    match lines.last_mut() {
        Some(last) if !tail.is_empty() && last.chars().count() + 1 + tail.chars().count() <= WIDTH + SPARE => {
            last.push(' ');
            last.push_str(tail);
        }
        _ if !tail.is_empty() => lines.push(tail.to_owned()),
        _ => {}
    }
    lines.join("\n")
}

/// As few lines as the width allows, and among those the narrowest: no lonely last word.
fn balanced(text: &str) -> Vec<String> {
    let widest = broken(text, WIDTH);
    let narrower = (1..WIDTH).rev().map(|width| broken(text, width));
    narrower.take_while(|lines| lines.len() <= widest.len()).last().unwrap_or(widest)
}

/// Lines of at most `width` characters, longer only where a word is.
fn broken(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// At most so many characters, with an ellipsis where something is missing.
pub fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_graphviz_would_read_as_a_command_is_escaped() {
        assert_eq!(quoted("C:\\new \"x\"\nA&B &lt; \u{1}<b>"), r#""C:\\new \"x\"\nA&B &amp;lt;  <b>""#);
    }

    #[test]
    fn long_labels_are_wrapped_and_cut_but_keep_their_acronym() {
        assert_eq!(wrapped("Ad hoc Committee", ""), "Ad hoc Committee");
        assert_eq!(wrapped("Commission on Narcotic Drugs", "(CND)"), "Commission on\nNarcotic Drugs (CND)");
        assert_eq!(wrapped("Ruritania (Hereditary Kingdom of)", ""), "Ruritania (Hereditary\nKingdom of)");
        let long =
            "Group of Friends of the Chair of the Committee on the Peaceful Uses of the High Seas and their Subsoil";
        let label = wrapped(long, "(GF)");
        assert_eq!(label.lines().count(), LINES, "{label}");
        assert!(label.ends_with("… (GF)"), "{label}");
    }
}
