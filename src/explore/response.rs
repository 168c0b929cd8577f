//! An answer: status, headers, body; and errors as RFC 9457 has them, in the form that the asker reads.

use maud::{Markup, html};
use serde_json::json;

use crate::model::Fault;

use super::accept;
use super::request::Request;

/// An answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// 200 to 599.
    pub status: u16,
    /// Names as they are usually written.
    pub headers: Vec<(&'static str, String)>,
    /// What is sent.
    pub body: Vec<u8>,
}

impl Response {
    /// An answer of a media type.
    pub fn new(status: u16, media: &str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: vec![("Content-Type", media.to_owned())], body: body.into() }
    }

    /// A page.
    pub fn page(status: u16, page: Markup) -> Self {
        Self::new(status, "text/html; charset=utf-8", page.into_string())
    }

    /// A JSON value.
    pub fn json(status: u16, value: &serde_json::Value) -> Self {
        Self::new(status, "application/json; charset=utf-8", format!("{value}\n"))
    }

    /// The same with one more header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The first header of a name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The body as text; for tests and printing.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// What went wrong, for people and programs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// The status of the answer.
    pub status: u16,
    /// The number of the error in the table of codes, if it has one.
    pub code: Option<&'static str>,
    /// What, in one line.
    pub title: String,
    /// What to try.
    pub hint: Option<String>,
    /// Line and column, from 1.
    pub place: Option<(usize, usize)>,
    /// The line at fault.
    pub source: Option<Box<str>>,
    /// Where a person goes on from here: an address and what it is called.
    pub way: Option<Box<(&'static str, &'static str)>>,
}

impl Problem {
    /// A problem in words.
    pub fn new(status: u16, title: impl Into<String>) -> Self {
        Self { status, title: title.into(), ..Self::default() }
    }

    /// With what to try.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// With the way on for a person.
    #[must_use]
    pub fn way(mut self, href: &'static str, name: &'static str) -> Self {
        self.way = Some(Box::new((href, name)));
        self
    }

    /// An error of ours.
    pub fn of(status: u16, fault: &dyn Fault) -> Self {
        let place = fault.place();
        Self {
            status,
            code: Some(fault.code().number()),
            title: fault.to_string(),
            hint: fault.hint(),
            place: place.as_ref().map(|place| (place.line, place.column)),
            source: place.map(|place| place.source.into()),
            way: None,
        }
    }

    /// As JSON.
    pub fn json(&self) -> serde_json::Value {
        let mut value = json!({"type": "about:blank", "status": self.status, "title": self.title});
        if let Some(code) = self.code {
            value["code"] = json!(code);
        }
        if let Some(hint) = &self.hint {
            value["hint"] = json!(hint);
        }
        if let Some((line, column)) = self.place {
            value["line"] = json!(line);
            value["column"] = json!(column);
        }
        value
    }

    /// As lines of text.
    pub fn lines(&self) -> String {
        let code = self.code.map(|code| format!(" {code}")).unwrap_or_default();
        let place = self.place.map(|(line, column)| format!(" (line {line}, column {column})")).unwrap_or_default();
        let hint = self.hint.iter().flat_map(|hint| hint.lines()).map(|line| format!("  {line}\n"));
        format!("error{code}: {}{place}\n{}", self.title, hint.collect::<String>())
    }

    /// As part of a page.
    pub fn markup(&self) -> Markup {
        html! {
            div class="problem" role="alert" {
                p { strong { (self.title) } @if let Some(code) = self.code { " " span class="faint" { (code) } } }
                @if let (Some((line, column)), Some(source)) = (self.place, &self.source) {
                    p { "Line " (line) ", column " (column) ":" }
                    pre { code { (source) "\n" (" ".repeat(column.saturating_sub(1).min(2_000))) "^" } }
                }
                @for line in self.hint.iter().flat_map(|hint| hint.lines()) { p { (line) } }
                @if let Some((href, name)) = self.way.as_deref() { p { a href=(href) { (name) } } }
            }
        }
    }

    /// As the asker reads it: a page for browsers, lines for terminals, JSON for programs. `page` puts it into a frame.
    pub fn answer(&self, request: &Request, page: impl FnOnce(Markup) -> Markup) -> Response {
        let accepted = request.header("accept").unwrap_or_default();
        let best = accept::best(accepted, &["application/problem+json", "text/html", "text/plain", "application/json"]);
        let is_page = best == Some("text/html") && accepted.contains("text/html");
        let response = match best {
            _ if is_page => Response::page(self.status, page(self.markup())),
            Some("text/plain") => Response::new(self.status, "text/plain; charset=utf-8", self.lines()),
            _ => Response::new(self.status, "application/problem+json", format!("{}\n", self.json())),
        };
        response.with("Vary", "Accept").with("Cache-Control", "no-store")
    }
}
