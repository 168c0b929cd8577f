//! One request on its way to a page: the store as it stands, what was asked, and in which forms the answer can be.

use std::collections::BTreeSet;

use maud::Markup;
use serde::Serialize;

use super::accept::{self, Form};
use super::cards::Namer;
use super::reading::Reading;
use super::request::Request;
use super::response::{Problem, Response};
use super::{Settings, address, frame, language};

/// A visit.
pub struct Visit<'v> {
    /// The store.
    pub reading: &'v Reading,
    /// How the explorer is set up.
    pub settings: &'v Settings,
    /// What was asked.
    pub request: &'v Request,
    /// Names and cards.
    pub namer: Namer<'v>,
    /// The path without a suffix that names a form, still encoded.
    pub path: String,
    /// That suffix.
    pub suffix: Option<String>,
}

/// What a page answers with, or what is wrong.
pub type Answered = Result<Response, Problem>;

/// A page: a model that JSON writes as it is, and its markup.
pub trait Page: Serialize {
    /// What the window is called.
    fn title(&self) -> String;

    /// What stands between head and foot.
    fn body(&self) -> Markup;

    /// Rows for CSV and TSV: column names first; `None` if it has no rows.
    fn rows(&self) -> Option<Vec<Vec<String>>> {
        None
    }
}

impl<'v> Visit<'v> {
    /// A visit to a path.
    pub fn new(settings: &'v Settings, reading: &'v Reading, request: &'v Request) -> Self {
        let namer = Namer::new(reading, language::of(request));
        Self { reading, settings, request, namer, path: request.path.clone(), suffix: None }
    }

    /// Cuts a suffix off the path that names a form.
    pub fn cut_suffix(&mut self) {
        let cut = self.path.rsplit_once('.').filter(|(stem, end)| !stem.is_empty() && Form::named(end).is_some());
        if let Some((stem, end)) = cut.map(|(stem, end)| (stem.to_owned(), end.to_owned())) {
            (self.path, self.suffix) = (stem, Some(end));
        }
    }

    /// The form that is wanted of those offered, the usual one first.
    ///
    /// # Errors
    /// 406 with the list if none fits.
    pub fn form(&self, offered: &[&str]) -> Result<&'static Form, Problem> {
        accept::choose(self.request, self.suffix.as_deref(), offered).map_err(|asked| {
            let asked: String = asked.chars().take(100).collect();
            let media: Vec<String> = offered
                .iter()
                .filter_map(|name| Form::named(name))
                .map(|form| format!("{} ({})", form.name, form.media[0]))
                .collect();
            Problem::new(406, format!("this has no form “{asked}”")).hint(format!("it has  {}", media.join(", ")))
        })
    }

    /// The address of this page in another form, parameters kept.
    pub fn in_form(&self, form: &str) -> String {
        let path = if self.path == "/" { "/index" } else { self.path.as_str() };
        let pairs = self.request.pairs();
        let kept: Vec<(&str, &str)> = pairs
            .iter()
            .filter(|(name, _)| name != "format")
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        address::with(&format!("{path}.{form}"), &kept)
    }

    /// The address of this page with one parameter changed; nothing takes it away.
    pub fn changed(&self, name: &str, value: &str) -> String {
        let mut pairs: Vec<(String, String)> =
            self.request.pairs().into_iter().filter(|(known, _)| known != name && known != "after").collect();
        pairs.push((name.to_owned(), value.to_owned()));
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        address::with(if self.path.is_empty() { "/" } else { &self.path }, &pairs)
    }

    /// Answers with a page in the form that is wanted. `more` are forms besides those that every page has.
    ///
    /// # Errors
    /// 406 if none fits.
    pub fn answer(&self, page: &impl Page, more: &[&'static str]) -> Answered {
        let rows = page.rows();
        let mut offered = vec!["html", "json"];
        offered.extend(rows.as_ref().map(|_| ["csv", "tsv"]).into_iter().flatten());
        offered.extend(more);
        let form = self.form(&offered)?;
        let body = match (form.name, rows) {
            ("json", _) => format!("{}\n", serde_json::to_string_pretty(page).unwrap_or_default()).into_bytes(),
            ("csv", Some(rows)) => table(&rows, b','),
            ("tsv", Some(rows)) => table(&rows, b'\t'),
            _ => self.page(&page.title(), &offered, &page.body()).into_bytes(),
        };
        Ok(self.told(Response::new(200, &form.content_type(), body), &offered))
    }

    /// A whole page, with the language of this visit in all its links.
    pub fn page(&self, title: &str, offered: &[&str], body: &Markup) -> String {
        let page = frame::page(self, title, offered, body).into_string();
        match language::of(self.request) {
            Some(language) => language::spread(&page, &language),
            None => page,
        }
    }

    /// Says where the other forms of an answer are.
    pub fn told(&self, response: Response, offered: &[&'static str]) -> Response {
        let seen: BTreeSet<&str> = offered.iter().copied().collect();
        let links: Vec<String> = seen
            .iter()
            .filter_map(|name| Form::named(name))
            .map(|form| format!("<{}>; rel=\"alternate\"; type=\"{}\"", self.in_form(form.name), form.media[0]))
            .collect();
        let response = response.with("Vary", "Accept").with("Link", links.join(", "));
        response.with("Cache-Control", "no-cache")
    }
}

/// Rows as a table with a delimiter.
pub fn table(rows: &[Vec<String>], delimiter: u8) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(Vec::new());
    for row in rows {
        // Writing to memory cannot fail.
        let _ = writer.write_record(row);
    }
    writer.into_inner().unwrap_or_default()
}

/// A row of words.
pub fn row(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|cell| (*cell).to_owned()).collect()
}
