//! Text in columns: widths as terminals count them, line breaking, and isolation of right-to-left text.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// A text fit for one line of a terminal: blanks folded, control characters gone, so that no document can steer the screen.
pub(super) fn clean(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    words.join(" ").replace(is_steering, "")
}

/// Direction marks, which would otherwise leak out of their cell.
fn is_steering(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// The lines of a text, none wider than `limit` (at least 1). Breaks at blanks; a longer word is cut.
pub(super) fn wrap(text: &str, limit: usize) -> Vec<String> {
    let limit = limit.max(1);
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split(' ') {
        let gap = usize::from(!line.is_empty());
        if width(&line) + gap + width(word) <= limit {
            if gap == 1 {
                line.push(' ');
            }
            line.push_str(word);
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        line = cut(word, limit, &mut lines);
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// Cuts a word that is too wide, after a hyphen or the like if there is one; full lines go to `lines`, what is left comes
/// back.
fn cut(word: &str, limit: usize, lines: &mut Vec<String>) -> String {
    let mut line = String::new();
    for c in word.chars() {
        if width(&line) + c.width().unwrap_or(0) > limit && !line.is_empty() {
            let joint = line.rfind(['-', '_', '/', '.', '–']).map(|at| at + 1).filter(|at| at * 2 > line.len());
            let rest = line.split_off(joint.filter(|at| line.is_char_boundary(*at)).unwrap_or(line.len()));
            lines.push(std::mem::replace(&mut line, rest));
        }
        line.push(c);
    }
    line
}

/// The widest word of a text.
pub(super) fn widest_word(text: &str) -> usize {
    text.split(' ').map(width).max().unwrap_or(0)
}

/// Between isolation marks if it holds right-to-left letters, so that the columns around it keep their order.
pub(super) fn isolate(text: &str) -> String {
    if text.chars().any(is_right_to_left) { format!("\u{2068}{text}\u{2069}") } else { text.to_owned() }
}

fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_all_words_and_the_limit() {
        for (text, limit, expected) in [
            ("one two three", 7, vec!["one two", "three"]),
            ("abcdefgh i", 3, vec!["abc", "def", "gh", "i"]),
            ("", 5, vec![""]),
            ("statement_on_rivers", 12, vec!["statement_", "on_rivers"]),
            ("statement_on_rivers", 14, vec!["statement_on_", "rivers"]),
            ("日本語 文", 4, vec!["日本", "語", "文"]),
            ("a b", 0, vec!["a", "b"]),
        ] {
            assert_eq!(wrap(text, limit), expected, "{text}");
        }
    }

    #[test]
    fn cells_cannot_steer_the_terminal() {
        assert_eq!(clean("a\u{1b}[31m\tb\r\nc\u{202e}d"), "a [31m b cd");
        assert_eq!(width(&isolate("صلح")), 3);
        assert_eq!(isolate("peace"), "peace");
    }
}
