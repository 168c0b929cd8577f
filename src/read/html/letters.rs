//! Where the letters of a text token stand in the page: where entities, line ends or lost letters make the two differ, the
//! token is cut into runs that agree byte by byte and runs that stand for one another as a whole.

use html5gum::{Token, Tokenizer};

use crate::model::Span;

use super::tree::Text;

/// The longest entity that is looked for, in bytes.
const LONGEST: usize = 40;

/// A part of a text token: bytes of its value, and bytes of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// In the value.
    pub value: Span,
    /// In the decoded page.
    pub page: Span,
}

/// Cuts a text token into parts, in order, that cover its value.
pub(super) fn parts(page: &str, text: &Text) -> Vec<Part> {
    let whole = Span::new(0, text.value.len());
    let raw = page.get(text.span.start..text.span.end).unwrap_or_default();
    if raw == text.value {
        return vec![Part { value: whole, page: text.span }];
    }
    let (value, source) = (text.value.as_bytes(), raw.as_bytes());
    let mut found: Vec<Part> = Vec::new();
    let (mut at, mut from) = (0, 0);
    while at < value.len() && from < source.len() {
        let same = value[at..].iter().zip(&source[from..]).take_while(|(a, b)| a == b && !matches!(b, b'&' | b'\r'));
        let same = same.count();
        if same > 0 {
            found.push(part((at, same), (from, same), text.span.start));
            (at, from) = (at + same, from + same);
            continue;
        }
        let Some((letters, bytes)) = unlike(&text.value, at, raw, from) else { break };
        found.push(part((at, letters), (from, bytes), text.span.start));
        (at, from) = (at + letters, from + bytes);
    }
    if at < value.len() {
        let page = Span::new(text.span.start + from, text.span.end);
        found.push(Part { value: Span::new(at, value.len()), page });
    }
    found
}

fn part((at, letters): (usize, usize), (from, bytes): (usize, usize), base: usize) -> Part {
    Part { value: Span::new(at, at + letters), page: Span::new(base + from, base + from + bytes) }
}

/// How many bytes of the value stand for how many of the source, where the two part: an entity, a line end, an `&`.
fn unlike(value: &str, at: usize, raw: &str, from: usize) -> Option<(usize, usize)> {
    let (rest, source) = (value.get(at..)?, raw.get(from..)?);
    if let Some(behind) = source.strip_prefix('\r') {
        return rest.starts_with('\n').then_some((1, if behind.starts_with('\n') { 2 } else { 1 }));
    }
    let behind = source.strip_prefix('&')?;
    let name = behind.bytes().take(LONGEST).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
    let semicolon = usize::from(behind.as_bytes().get(name) == Some(&b';'));
    let entity = &source[..1 + name + semicolon];
    let decoded = decoded(entity);
    (!decoded.is_empty() && rest.starts_with(&decoded)).then_some((decoded.len(), entity.len()))
}

fn decoded(entity: &str) -> String {
    let mut letters = String::new();
    for token in Tokenizer::new(entity) {
        let Ok(token) = token;
        if let Token::String(text) = token {
            letters.push_str(&String::from_utf8_lossy(&text.value));
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::super::tree::{Node, Tree};
    use super::parts;

    #[test]
    fn parts_cover_the_value_and_lead_back() {
        for page in [
            "<p>plain</p>", "a &amp; b", "AT&T &notit; x", "caf&eacute; &#8217;s &", "one\r\ntwo\rthree", "é &lt;b&gt;",
        ] {
            for node in Tree::read(page).nodes {
                let Node::Text(text) = node else { continue };
                let mut at = 0;
                for part in parts(page, &text) {
                    assert_eq!(part.value.start, at, "{page}");
                    at = part.value.end;
                    let (value, raw) = (part.value.of(&text.value), part.page.of(page));
                    assert!(value == raw || raw.starts_with(['&', '\r']), "{page}: {value:?} for {raw:?}");
                }
                assert_eq!(at, text.value.len(), "{page}");
            }
        }
    }
}
