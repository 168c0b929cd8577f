//! One line of a stream: a text or the path of a file, what the sender calls it, and what is known of it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rapporteur::model::Code;
use rapporteur::read::{Given, is_document};
use serde_json::Value;

use crate::cli::input::Input;
use crate::cli::meta_option::{beside, plain_values};
use crate::cli::trouble::Trouble;

/// Keys that say which text it is; all others say something of it.
const OWN: [&str; 4] = ["id", "text", "path", "name"];

/// What is to be read.
pub struct Request {
    /// What the sender calls it, as JSON: a string or a number.
    pub id: String,
    /// The name that it is read under: a file's.
    pub name: String,
    /// What is known of it.
    pub given: Option<Given>,
    /// Keys that nobody knows.
    pub strangers: BTreeSet<String>,
    content: Content,
}

enum Content {
    Text(String),
    Path(PathBuf),
}

/// A line that is no request: what the sender calls it, as far as it says, and what is the matter.
pub type Refused = (String, Box<Trouble>);

impl Request {
    /// Reads a line. `number` counts them from 1 and stands for an id that is not given.
    pub fn read(line: &[u8], number: usize) -> Result<Self, Refused> {
        let numbered = || Value::from(number);
        let refused = |id: &Value, why: String| {
            let said = format!("line {number} is no document: {why}");
            (id.to_string(), Box::new(Trouble::new(Code::LINE_UNREADABLE, said)))
        };
        let value: Value = match serde_json::from_slice(line) {
            Ok(value @ Value::Object(_)) => value,
            Ok(_) => return Err(refused(&numbered(), "it is no JSON object".to_owned())),
            Err(error) => return Err(refused(&numbered(), format!("it is no JSON ({error})"))),
        };
        let words = |key: &str| value.get(key).and_then(Value::as_str);
        let is_id = |id: &&Value| id.is_string() || id.is_number();
        let (text, path) = (words("text"), words("path").filter(|path| !path.is_empty()));
        let id = value.get("id").filter(is_id).or_else(|| value.get("name")).or_else(|| value.get("path"));
        let id = id.filter(is_id).cloned().unwrap_or_else(numbered);
        let (content, usual) = match (text, path) {
            (Some(text), None) => (Content::Text(text.to_owned()), file_name(&id)),
            (None, Some(path)) => (Content::Path(path.into()), path.to_owned()),
            (Some(_), Some(_)) => return Err(refused(&id, "it has both “text” and “path”".to_owned())),
            (None, None) => return Err(refused(&id, "it has neither “text” nor “path” as a string".to_owned())),
        };
        let name = words("name").filter(|name| !name.is_empty()).map_or(usual, str::to_owned);
        let mut request = Self { id: id.to_string(), name, given: None, strangers: BTreeSet::new(), content };
        request.given = request.known(&value).map_err(|trouble| (id.to_string(), Box::new(trouble)))?;
        Ok(request)
    }

    /// What the line says of the text, and before it a file of metadata beside the one that it names.
    fn known(&mut self, value: &Value) -> Result<Option<Given>, Trouble> {
        let mut own = Given::new("stream");
        for (key, words) in plain_values(value).unwrap_or_default() {
            match Given::key(&key) {
                _ if OWN.contains(&key.as_str()) => {}
                Some(known) => own.set(known, &words),
                None => {
                    self.strangers.insert(key);
                }
            }
        }
        let mut given = Given::default();
        if let Content::Path(path) = &self.content {
            given.take(beside(path)?.unwrap_or_default());
        }
        given.take(own);
        Ok(Some(given).filter(|given| !given.is_empty()))
    }

    /// The bytes of the text, if there are no more than that many.
    pub fn bytes(&self, limit: usize) -> Result<Vec<u8>, Trouble> {
        match &self.content {
            Content::Text(text) => Ok(text.as_bytes().to_vec()),
            Content::Path(path) => Input::new(path).read_at_most(limit),
        }
    }
}

/// An id as the name of a file of text: what follows a dot in it is no extension, unless it is one of a text.
fn file_name(id: &Value) -> String {
    let name = id.as_str().map_or_else(|| id.to_string(), |id| id.trim().replace('/', "_"));
    let extension = Path::new(&name).extension().and_then(|extension| extension.to_str());
    if extension.is_some_and(|extension| !is_document(extension)) { format!("{name}.txt") } else { name }
}

#[cfg(test)]
mod tests {
    use super::Request;

    #[test]
    fn lines_have_an_id_and_a_name_whatever_they_say() {
        for (line, id, name) in [
            (r#"{"id":"A/1","text":"x"}"#, r#""A/1""#, "A_1"),
            (r#"{"id":7,"text":"x"}"#, "7", "7"),
            (r#"{"id":"a.b","text":"x"}"#, r#""a.b""#, "a.b.txt"),
            (r#"{"id":"a.md","text":"x"}"#, r#""a.md""#, "a.md"),
            (r#"{"id":"a","name":"b.txt","text":"x"}"#, r#""a""#, "b.txt"),
            (r#"{"path":"x/y.txt"}"#, r#""x/y.txt""#, "x/y.txt"),
            (r#"{"text":"x"}"#, "3", "3"),
        ] {
            let request = Request::read(line.as_bytes(), 3).expect(line);
            assert_eq!((request.id.as_str(), request.name.as_str()), (id, name), "{line}");
        }
    }

    #[test]
    fn what_is_no_document_is_refused_by_its_id() {
        for (line, id) in [
            ("", "9"),
            ("[1]", "9"),
            ("{\"id\":\"a\",\"text\":\"cut", "9"),
            ("{\"id\":\"a\"}", "\"a\""),
            ("{\"id\":\"a\",\"text\":7}", "\"a\""),
            ("{\"id\":[1],\"text\":\"x\",\"path\":\"y\"}", "\"y\""),
        ] {
            assert_eq!(Request::read(line.as_bytes(), 9).err().map(|(id, _)| id).as_deref(), Some(id), "{line}");
        }
        assert!(Request::read(b"{\"text\":\"\xff\"}", 1).is_err());
    }

    #[test]
    fn what_is_known_is_taken_by_its_key() {
        let line = r#"{"id":"a","text":"x","country":"Norway","date":"2021-04-08","bridges":3}"#;
        let request = Request::read(line.as_bytes(), 1).expect("a request");
        let values = request.given.expect("known").values();
        assert_eq!(values, [("date", "2021-04-08"), ("represents", "Norway")].map(|(a, b)| (a.into(), b.into())));
        assert!(request.strangers.contains("bridges"));
    }
}
