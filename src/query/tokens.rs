//! The words of a SPARQL text with their places: just enough to find a misspelt word or an undeclared prefix, and to see
//! what is text, comment or IRI.

/// One word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct QueryToken<'a> {
    pub kind: TokenKind,
    pub text: &'a str,
    /// In bytes.
    pub start: usize,
}

/// What sort of word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// `SELECT`, `a`, `COUNT`.
    Word,
    /// `skos:prefLabel`, `:x`, `_:b`.
    Prefixed,
    /// `?x`, `$x`.
    Variable,
    /// `<…>`.
    Iri,
    /// `"…"`, `'…'`, also with three quotes.
    Text,
    /// A text without its end.
    Unclosed,
    /// `{`, `(` or `[`.
    Open,
    /// `}`, `)` or `]`.
    Close,
    /// Numbers and signs.
    Other,
}

impl<'a> QueryToken<'a> {
    /// The prefix of a prefixed name, without its colon; `None` for blank nodes and all else.
    pub fn prefix(&self) -> Option<&'a str> {
        match self.kind {
            TokenKind::Prefixed => self.text.split(':').next().filter(|prefix| *prefix != "_"),
            _ => None,
        }
    }

    /// Whether it is that keyword, in any case.
    pub fn is(&self, keyword: &str) -> bool {
        self.kind == TokenKind::Word && self.text.eq_ignore_ascii_case(keyword)
    }

    /// The byte after it.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The words of a text in order, without blanks and comments.
pub(super) fn tokens(text: &str) -> Vec<QueryToken<'_>> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) {
        let rest = &text[at..];
        if first.is_whitespace() {
            at += first.len_utf8();
        } else if first == '#' {
            at += rest.find('\n').unwrap_or(rest.len());
        } else {
            let (kind, length) = token(rest, first);
            tokens.push(QueryToken { kind, text: &rest[..length], start: at });
            at += length;
        }
    }
    tokens
}

/// The prefixes that the text declares.
pub(super) fn declared<'a>(tokens: &[QueryToken<'a>]) -> Vec<&'a str> {
    tokens.windows(2).filter(|pair| pair[0].is("PREFIX")).filter_map(|pair| pair[1].prefix()).collect()
}

fn token(rest: &str, first: char) -> (TokenKind, usize) {
    match first {
        '{' | '(' | '[' => (TokenKind::Open, 1),
        '}' | ')' | ']' => (TokenKind::Close, 1),
        '"' | '\'' => string(rest, first),
        '<' => iri(rest).map_or((TokenKind::Other, 1), |length| (TokenKind::Iri, length)),
        '?' | '$' => match name_length(&rest[1..], false) {
            0 => (TokenKind::Other, 1),
            length => (TokenKind::Variable, 1 + length),
        },
        ':' | '_' => word(rest),
        _ if first.is_alphabetic() => word(rest),
        _ if first.is_ascii_digit() => (TokenKind::Other, number_length(rest)),
        _ => (TokenKind::Other, first.len_utf8()),
    }
}

fn word(rest: &str) -> (TokenKind, usize) {
    let length = name_length(rest, false);
    if rest[length..].starts_with(':') {
        return (TokenKind::Prefixed, length + 1 + name_length(&rest[length + 1..], true));
    }
    if length == 0 { (TokenKind::Other, 1) } else { (TokenKind::Word, length) }
}

/// Bytes of a name. The part after a prefix may also hold colons, dots inside, per cent signs and escapes.
fn name_length(rest: &str, local: bool) -> usize {
    let mut length = 0;
    let mut escaped = false;
    for (at, c) in rest.char_indices() {
        let inside = c.is_alphanumeric() || c == '_' || c == '-' || (local && matches!(c, ':' | '%' | '\\')) || escaped;
        if inside {
            length = at + c.len_utf8();
        } else if c != '.' {
            break;
        }
        escaped = local && c == '\\';
    }
    length
}

fn number_length(rest: &str) -> usize {
    rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(rest.len())
}

fn iri(rest: &str) -> Option<usize> {
    let end = rest.find('>')?;
    let inside = &rest[1..end];
    let broken = |c: char| c.is_whitespace() || matches!(c, '<' | '"' | '{' | '}' | '|' | '^' | '`');
    if inside.contains(broken) { None } else { Some(end + 1) }
}

fn string(rest: &str, quote: char) -> (TokenKind, usize) {
    let long: String = std::iter::repeat_n(quote, 3).collect();
    let (fence, many_lines) = if rest.starts_with(&long) { (long.as_str(), true) } else { (&long[..1], false) };
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(fence.len()) {
        if !escaped && rest[at..].starts_with(fence) {
            return (TokenKind::Text, at + fence.len());
        }
        if c == '\n' && !many_lines {
            return (TokenKind::Unclosed, at);
        }
        escaped = c == '\\' && !escaped;
    }
    (TokenKind::Unclosed, rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_places() {
        let text = "PREFIX ex: <http://e/#x> # not: here\nSELECT ?s { ?s ex:a.b '''it's''' , \"}\" ; a 3.5 . _:b < 4 }";
        let found: Vec<(TokenKind, &str)> = tokens(text).iter().map(|t| (t.kind, t.text)).collect();
        let expected = [
            (TokenKind::Word, "PREFIX"),
            (TokenKind::Prefixed, "ex:"),
            (TokenKind::Iri, "<http://e/#x>"),
            (TokenKind::Word, "SELECT"),
            (TokenKind::Variable, "?s"),
            (TokenKind::Open, "{"),
            (TokenKind::Variable, "?s"),
            (TokenKind::Prefixed, "ex:a.b"),
            (TokenKind::Text, "'''it's'''"),
            (TokenKind::Other, ","),
            (TokenKind::Text, "\"}\""),
            (TokenKind::Other, ";"),
            (TokenKind::Word, "a"),
            (TokenKind::Other, "3.5"),
            (TokenKind::Other, "."),
            (TokenKind::Prefixed, "_:b"),
            (TokenKind::Other, "<"),
            (TokenKind::Other, "4"),
            (TokenKind::Close, "}"),
        ];
        assert_eq!(found, expected);
        for token in tokens(text) {
            assert_eq!(&text[token.start..token.end()], token.text);
        }
        assert_eq!(declared(&tokens(text)), ["ex"]);
    }

    #[test]
    fn any_text_falls_into_words() {
        for text in ["", "\"", "'''", "<", "?", ":", "é:ü", "\\", "\u{feff}SELECT", "ex:a\\", "$", "a:%", "\"\\"] {
            let found = tokens(text);
            assert!(found.iter().all(|t| !t.text.is_empty() && text.is_char_boundary(t.start)), "{text:?}");
        }
        assert_eq!(tokens("\"open\nnext")[0].kind, TokenKind::Unclosed);
    }
}
