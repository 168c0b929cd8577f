//! A line that a program wrote, read with a word for whatever is wrong with it.

use serde_json::{Map, Value};

use crate::model::Annotator;

use super::proposal::Proposal;
use super::refusal::{Refusal, shown};

/// What a line is.
#[derive(Clone, Debug, PartialEq)]
pub enum Line {
    /// The program says what it is.
    Header(Annotator),
    /// The answer for a document is whole: its id, where one is told.
    End(Option<String>),
    /// The SHA-256 of the text that the claims are about, as our own JSON Lines tell it.
    Document(String),
    /// A claim.
    Claim(Box<Proposal>),
    /// Another line of our own JSON Lines, from which nothing is taken.
    Other,
}

impl Line {
    /// Reads a line. A blank one ends an answer.
    ///
    /// # Errors
    /// Why it cannot be used.
    pub fn read(line: &str) -> Result<Line, Refusal> {
        if line.trim().is_empty() {
            return Ok(Line::End(None));
        }
        let value: Value = serde_json::from_str(line).unwrap_or_default();
        let Value::Object(object) = value else {
            return Err(Refusal::new(format!("{} is no JSON object", shown(line))));
        };
        match object.get("type").map(|kind| kind.as_str().unwrap_or_default()) {
            None if object.len() == 1 && object.contains_key("end") => Ok(Line::End(object.get("end").and_then(plain))),
            None | Some("claim") => Ok(Line::Claim(Box::new(Proposal::read(&object)?))),
            Some("annotator") => header(&object).map(Line::Header),
            Some("document") => Ok(document(&object)),
            Some("mention" | "entity" | "topic") => Ok(Line::Other),
            Some(kind) => Err(Refusal::new(format!("its type is {}, not claim or annotator", shown(kind)))),
        }
    }
}

fn header(object: &Map<String, Value>) -> Result<Annotator, Refusal> {
    let part = |key: &str| object.get(key).and_then(plain);
    let (name, version) = (part("name").unwrap_or_default(), part("version"));
    Annotator::new(&name, version.as_deref().unwrap_or("unknown")).ok_or_else(|| {
        let told = [Some(name), version].into_iter().flatten().collect::<Vec<_>>().join("@");
        Refusal::new(format!(
            "{} is no name and version of a program: letters, digits, dots, hyphens and underscores",
            shown(&told)
        ))
    })
}

fn document(object: &Map<String, Value>) -> Line {
    object.get("sha256").and_then(Value::as_str).map_or(Line::Other, |sha256| Line::Document(sha256.to_owned()))
}

/// A string or a number, as a string.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
