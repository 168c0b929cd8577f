//! Front matter: the block of YAML between two `---` lines at the start of a file.
//!
//! The values come from the YAML reader; their places come from the lines, since the reader forgets them. A block that
//! is no good YAML leaves a remark and is read line by line.

use serde_yaml_ng::Value;

use crate::model::text::one_line;
use crate::model::{Diagnostic, Field, Severity, Span};

use super::layout::trim;

/// The longest front matter that is looked for, in bytes.
const LIMIT: usize = 64 << 10;

/// A front matter block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FrontMatter {
    /// From the start of the text to the end of the closing line.
    pub span: Span,
    /// In text order.
    pub entries: Vec<Entry>,
}

/// One `key: value`; a list has one value a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Lower case, with `_` for blanks and hyphens.
    pub key: String,
    pub values: Vec<Field<String>>,
}

impl FrontMatter {
    /// What a file declares of itself outside of its text; `None` if it declares nothing.
    pub fn declared(entries: &[(String, String)]) -> Option<Self> {
        let entry = |(key, value): &(String, String)| Entry {
            key: key.clone(),
            values: vec![Field { value: one_line(value), span: None }],
        };
        let entries: Vec<Entry> = entries.iter().map(entry).collect();
        (!entries.is_empty()).then(|| Self { span: Span::default(), entries })
    }

    /// The first value of the first of these keys that has one.
    pub fn get(&self, keys: &[&str]) -> Option<Field<String>> {
        keys.iter().find_map(|key| self.entries.iter().find(|entry| entry.key == *key)?.values.first().cloned())
    }

    /// Escapes inside double-quoted values, which are no words.
    pub fn gaps(&self, text: &str) -> Vec<Span> {
        let spans = self.entries.iter().flat_map(|entry| &entry.values).filter_map(|value| value.span);
        spans.filter(|span| text[..span.start].ends_with('"')).flat_map(|span| escapes(text, span)).collect()
    }
}

/// Finds the front matter of a text, with remarks on what is wrong with it.
pub(super) fn find(text: &str) -> (Option<FrontMatter>, Vec<Diagnostic>) {
    let Some(content) = fence(text) else { return (None, Vec::new()) };
    let close = text[content.end..].find('\n').map_or(text.len(), |end| content.end + end + 1);
    let span = Span::new(0, close);
    let yaml = serde_yaml_ng::from_str::<Value>(content.of(text));
    let remark = match &yaml {
        Ok(Value::Mapping(_) | Value::Null) => None,
        Ok(_) => Some("front matter is not a list of “key: value”".to_owned()),
        Err(error) => Some(format!("front matter is not valid YAML ({error}); read line by line")),
    };
    let entries = entries(text, content, yaml.as_ref().ok());
    let diagnostics = remark
        .map(|message| Diagnostic { severity: Severity::Warning, message, span: Some(content) })
        .into_iter()
        .collect();
    (Some(FrontMatter { span, entries }), diagnostics)
}

/// What lies between the opening `---` line and the closing `---` or `...` line.
fn fence(text: &str) -> Option<Span> {
    let body = text.trim_start_matches('\u{feff}');
    let first = body.split_inclusive('\n').next().filter(|line| line.trim_end() == "---" && line.ends_with('\n'))?;
    let start = text.len() - body.len() + first.len();
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some(Span::new(start, at));
        }
        at += line.len();
        if at - start > LIMIT {
            break;
        }
    }
    None
}

fn entries(text: &str, content: Span, yaml: Option<&Value>) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    for (name, value) in raw_entries(text, content) {
        let key = name.trim_matches(['"', '\'']).to_lowercase().replace([' ', '-'], "_");
        let decoded = yaml.and_then(|yaml| yaml.get(name.trim_matches(['"', '\''])));
        let values = values(text, value, decoded, yaml.is_some());
        found.push(Entry { key, values });
    }
    found
}

/// Top-level keys and the stretch up to the next one.
fn raw_entries(text: &str, content: Span) -> Vec<(&str, Span)> {
    let mut found: Vec<(&str, Span)> = Vec::new();
    let mut at = content.start;
    for line in content.of(text).split_inclusive('\n') {
        let key = line.split_once(':').filter(|(key, rest)| {
            !key.is_empty()
                && !key.starts_with([' ', '\t', '#', '-'])
                && (rest.is_empty() || rest.starts_with(char::is_whitespace))
        });
        match (key, found.last_mut()) {
            (Some((key, _)), _) => found.push((key, Span::new(at + key.len() + 1, at + line.len()))),
            (None, Some((_, value))) => value.end = at + line.len(),
            (None, None) => {}
        }
        at += line.len();
    }
    found
}

fn values(text: &str, raw: Span, decoded: Option<&Value>, is_yaml: bool) -> Vec<Field<String>> {
    let raw = trim(text, raw);
    let spans = if is_list(raw.of(text)) { members(text, raw) } else { vec![scalar(text, raw)] };
    let plain = |span: Span| Field { value: one_line(span.of(text)), span: Some(span) };
    match decoded {
        Some(Value::Sequence(list)) => {
            let words = list.iter().map(scalar_text);
            spans
                .iter()
                .zip(words)
                .filter_map(|(&span, value)| Some(Field { value: value?, span: Some(span) }))
                .collect()
        }
        Some(value) => {
            let span = Span::new(spans.first().map_or(raw.start, |s| s.start), spans.last().map_or(raw.end, |s| s.end));
            scalar_text(value).map(|value| Field { value, span: Some(span) }).into_iter().collect()
        }
        None if is_yaml => Vec::new(),
        None => spans.into_iter().filter(|span| !span.is_empty()).map(plain).collect(),
    }
}

fn is_list(raw: &str) -> bool {
    raw.starts_with("- ") || raw.starts_with('[')
}

/// The members of a `- a` or `[a, b]` list.
fn members(text: &str, raw: Span) -> Vec<Span> {
    let inner = raw.of(text);
    let (separator, skipped) = if inner.starts_with('[') { (',', "[]") } else { ('\n', "-") };
    let mut at = raw.start;
    let mut found = Vec::new();
    for part in inner.split_inclusive(separator) {
        let span = Span::new(at, at + part.len());
        at = span.end;
        let words = part.trim_matches(|c: char| c.is_whitespace() || c == separator || skipped.contains(c));
        let start = span.start + (words.as_ptr() as usize - part.as_ptr() as usize);
        if !words.is_empty() {
            found.push(scalar(text, Span::new(start, start + words.len())));
        }
    }
    found
}

/// A value without its quotes or block sign.
fn scalar(text: &str, raw: Span) -> Span {
    let inner = raw.of(text);
    for quote in ['"', '\''] {
        if inner.len() >= 2 && inner.starts_with(quote) && inner.ends_with(quote) {
            return Span::new(raw.start + 1, raw.end - 1);
        }
    }
    match inner.split_once('\n') {
        Some((first, _)) if first.starts_with(['|', '>']) => trim(text, Span::new(raw.start + first.len(), raw.end)),
        _ => raw,
    }
}

/// A scalar's text with blanks folded; `None` for mappings, lists, nothing.
fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(one_line(text)).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Tagged(tagged) => scalar_text(&tagged.value),
        Value::Null | Value::Sequence(_) | Value::Mapping(_) => None,
    }
}

/// The backslash escapes of a double-quoted value: the whole of those for blanks, else the backslash.
fn escapes(text: &str, span: Span) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = span.start;
    while at < span.end {
        if bytes[at] != b'\\' {
            at += 1;
            continue;
        }
        let length = match bytes.get(at + 1) {
            Some(b'_' | b'n' | b't' | b' ') => 2,
            _ => 1,
        };
        let gap = Span::new(at, (at + length).min(span.end));
        found.push(gap);
        at += 2;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::find;

    fn told(text: &str) -> Vec<(String, String, String)> {
        let front = find(text).0;
        let entries = front.into_iter().flat_map(|front| front.entries);
        let rows = entries.flat_map(|entry| entry.values.into_iter().map(move |value| (entry.key.clone(), value)));
        rows.map(|(key, value)| (key, value.value, value.span.map_or("", |span| span.of(text)).into())).collect()
    }

    #[test]
    fn values_know_their_places() {
        let text = "\u{feff}---\r\ntitle: \"On the\\\r\n  \\ high\\_seas\"\r\ndate: '2020-05-01'\r\nAgenda item: 3 # c\r\nnone:\r\nwho:\r\n  - \"A, B\"\r\n  - C\r\nkeys: [x, 'y']\r\nnote: >\r\n  one\r\n  two\r\n---\r\nBody.";
        let expected = [
            ("title", "On the high seas", "On the\\\r\n  \\ high\\_seas"),
            ("date", "2020-05-01", "2020-05-01"),
            ("agenda_item", "3", "3 # c"),
            ("who", "A, B", "A, B"),
            ("who", "C", "C"),
            ("keys", "x", "x"),
            ("keys", "y", "y"),
            ("note", "one two", "one\r\n  two"),
        ];
        let expected: Vec<_> = expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned())).into();
        assert_eq!(told(text), expected);
    }

    #[test]
    fn broken_yaml_is_a_remark() {
        let text = "---\ntitle: A: B: [c\nplace: Oslo\n---\nBody.";
        assert_eq!(told(text).len(), 2);
        let (front, remarks) = find(text);
        assert!(front.is_some_and(|front| front.span.of(text).ends_with("---\n")));
        assert!(remarks.iter().all(|remark| remark.message.starts_with("front matter is not valid YAML")));
        assert_eq!(remarks.len(), 1);
    }

    #[test]
    fn rules_are_no_front_matter() {
        for text in ["---", "---\nno end", "text\n---\na: b\n---\n", "----\na: b\n----\n", "", "--- a\nb: c\n---\n"] {
            assert_eq!(find(text).0, None, "{text}");
        }
    }
}
