//! Marks inside lines that are no words: `**`, the brackets and targets of links, backslashes.

use crate::model::Span;

use super::front_matter::FrontMatter;

/// Which marks count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Bold and links, which people type in plain text too.
    Plain,
    /// Single stars, code ticks and backslashes as well.
    Markdown,
}

/// The longest link target that is looked for, in bytes: keeps one pass one pass.
const TARGET: usize = 1024;

/// The marks of a text, front matter included; in text order, disjoint.
pub(super) fn inline(text: &str, front: Option<&FrontMatter>, dialect: Dialect) -> Vec<Span> {
    let mut gaps = front.map_or(Vec::new(), |front| front.gaps(text));
    let bytes = text.as_bytes();
    let mut open = None;
    let mut barren = 0;
    let mut at = front.map_or(0, |front| front.span.end);
    while let Some(&byte) = bytes.get(at) {
        let length = match byte {
            b'*' | b'_' | b'`' => match emphasis(bytes, at, dialect) {
                (run, false) => {
                    at += run;
                    continue;
                }
                (run, true) => run,
            },
            b'\\' => usize::from(dialect == Dialect::Markdown && next_is_sign(bytes, at)),
            b'[' => {
                open = Some(at);
                0
            }
            b'\n' => {
                open = None;
                0
            }
            b']' if open.is_some() && at >= barren => link_target(bytes, at).unwrap_or_else(|end| {
                barren = end;
                0
            }),
            _ => 0,
        };
        if length > 0 {
            if byte == b']' {
                open_bracket(&mut gaps, bytes, open.take());
            }
            gaps.push(Span::new(at, at + length));
        }
        // A backslash takes its power from the sign after it.
        at += if byte == b'\\' { length + 1 } else { length.max(1) };
    }
    gaps
}

/// Puts the `[` or `![` of a link where it belongs among the gaps.
fn open_bracket(gaps: &mut Vec<Span>, bytes: &[u8], open: Option<usize>) {
    let Some(open) = open else { return };
    let image = open > 0 && bytes.get(open - 1) == Some(&b'!');
    let gap = Span::new(open - usize::from(image), open + 1);
    let slot = gaps.partition_point(|known| known.start < gap.start);
    if gaps.get(slot).is_none_or(|next| gap.end <= next.start) {
        gaps.insert(slot, gap);
    }
}

/// The length of a run of emphasis signs, and whether it is a mark: it touches a word, and is not inside one.
fn emphasis(bytes: &[u8], at: usize, dialect: Dialect) -> (usize, bool) {
    let sign = bytes[at];
    let run = bytes[at..].iter().take_while(|&&byte| byte == sign).count();
    let is_mark = match dialect {
        Dialect::Plain => sign == b'*' && run == 2,
        Dialect::Markdown => run <= 3,
    };
    let before = at.checked_sub(1).and_then(|i| bytes.get(i)).copied();
    let after = bytes.get(at + run).copied();
    let touches = |side: Option<u8>| side.is_some_and(|byte| !byte.is_ascii_whitespace());
    let inside_word = sign == b'_' && is_word(before) && is_word(after);
    (run, is_mark && !inside_word && (touches(before) || touches(after)))
}

fn is_word(byte: Option<u8>) -> bool {
    byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || byte >= 0x80)
}

fn next_is_sign(bytes: &[u8], at: usize) -> bool {
    bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation)
}

/// The length of `](target)` or `][target]` from the `]` on; else the byte up to which no target ends.
fn link_target(bytes: &[u8], at: usize) -> Result<usize, usize> {
    let close = match bytes.get(at + 1) {
        Some(b'(') => b')',
        Some(b'[') => b']',
        _ => return Err(at),
    };
    let rest = bytes.get(at + 2..).unwrap_or_default();
    let rest = &rest[..rest.len().min(TARGET)];
    match rest.iter().position(|&byte| byte == close || byte == b'\n') {
        Some(end) if rest[end] == close => Ok(end + 3),
        end => Err(at + 2 + end.unwrap_or(rest.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::{Dialect, inline};

    fn without(text: &str, dialect: Dialect) -> String {
        let mut kept = String::new();
        let mut at = 0;
        for gap in inline(text, None, dialect) {
            kept += &text[at..gap.start];
            at = gap.end;
        }
        kept + &text[at..]
    }

    #[test]
    fn words_stay() {
        for (text, plain, markdown) in [
            ("**Bold** word", "Bold word", "Bold word"),
            ("a *light* word", "a *light* word", "a light word"),
            ("2 * 3 ** 4", "2 * 3 ** 4", "2 * 3 ** 4"),
            ("see [the Office](https://a.b/c_d) now", "see the Office now", "see the Office now"),
            ("![alt](x.png) end", "alt end", "alt end"),
            ("[on the report (A/1)]", "[on the report (A/1)]", "[on the report (A/1)]"),
            ("item [a](b", "item [a](b", "item [a](b"),
            (r"1\. one \*", r"1\. one \*", "1. one *"),
            ("snake_case _it_", "snake_case _it_", "snake_case it"),
            ("a] (b) [c]", "a] (b) [c]", "a] (b) [c]"),
        ] {
            assert_eq!(without(text, Dialect::Plain), plain);
            assert_eq!(without(text, Dialect::Markdown), markdown);
        }
    }
}
